"""Servers that end with the tests: a run that is killed must not leave a JupyterLab behind."""

import ctypes
import signal
import sys

_PR_SET_PDEATHSIG = 1


def ends_with_us():
    """Further arguments for ``subprocess.Popen``: on Linux the program is asked to end when its parent is gone."""
    if sys.platform != "linux":
        return {}
    libc = ctypes.CDLL(None)  # here and not in the child, where nothing may be loaded

    def first() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        # Whoever runs the tests in the background of a script ignores Ctrl+C, and a program would inherit that.
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    return {"preexec_fn": first}
