"""Run a notebook again, for whoever wants a proof that its code gives its answers: in a sandbox, and never by default.

bubblewrap gives the sandbox: no network, no file but Python's libraries and the course as the learner has it, no other
process to see, and one folder to write to, in memory. The notebook goes in and comes out by pipes. Answers are scored
elsewhere, by ``grading``, which reads what came out as data.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import IO

from medialit.errors import MedialitError
from medialit.files import course_path, data_path

MB = 1_000_000
CELL_SECONDS = 15
WALL_SECONDS = 120.0
CPU_SECONDS = 60
MEMORY = 2_000 * MB  # all processes of a notebook together
PROCESSES = 64
FOLDER = 64 * MB
RESULT = 20 * MB
ROOM = "/room"
_NEEDS = (
    "“--run” needs bubblewrap, which keeps the code of notebooks in a sandbox. {why} Without “--run” nothing is run."
)


@lru_cache(maxsize=1)
def refusal() -> str:
    """Why notebooks cannot be run safely here, in plain words; empty when they can."""
    if sys.platform != "linux":
        return _NEEDS.format(why="There is none for this system.")
    if shutil.which("bwrap") is None:
        return _NEEDS.format(why="On Debian and Ubuntu: apt-get install bubblewrap.")
    tried = subprocess.run([*_sandbox(), sys.executable, "-c", ""], capture_output=True, text=True, check=False)
    why = " ".join(tried.stderr.split())[:200].rstrip(".")
    return _NEEDS.format(why=f"This machine does not let it work ({why}).") if tried.returncode else ""


def rerun(notebook: bytes, beside: Mapping[str, bytes]) -> bytes:
    """The notebook with the outputs of a new run. ``beside`` are files that lie beside it, by their names.

    Raises MedialitError, the end of a sentence, when it did not come to its end.
    """
    files = {name: base64.b64encode(data).decode() for name, data in beside.items()}
    given = json.dumps({"notebook": notebook.decode("utf-8-sig"), "files": files}).encode()
    # A pipe of its own: standard output is open to every process in the sandbox.
    ours, theirs = os.pipe()
    command = [*_sandbox(), sys.executable, "-m", __name__, str(theirs)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, pass_fds=(theirs,)) as running:
        os.close(theirs)
        kept: list[bytes] = []
        reader = Thread(target=_read, args=(ours, kept), daemon=True)
        reader.start()
        Thread(target=_write, args=(running.stdin, given), daemon=True).start()
        fault = _watch(running)
        running.kill()  # and with it everything in the sandbox
        reader.join(5)
    if fault:
        raise MedialitError(fault)
    if not kept:
        raise MedialitError("it ended without a result")
    return kept[0]


def _sandbox() -> list[str]:
    """The command up to the program that runs inside."""
    system = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/alternatives")
    # Not all of sys.path: its first entry may be the folder with the class in it.
    homes = [str(Path(spec.origin).parents[1]) for name in _NEEDED if (spec := find_spec(name)) and spec.origin]
    places = dict.fromkeys([sys.prefix, sys.base_prefix, *homes, str(course_path()), str(data_path())])
    # A checkout has more than a learner gets: solutions, and the key of the tests.
    hidden = [*course_path().glob("*/exercise.md"), *course_path("tests").glob("key*")]
    return [
        "bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv",
        *(word for path in system for word in ("--ro-bind-try", path, path)),
        *(word for path in places for word in ("--ro-bind", path, path)),
        *(word for path in hidden for word in ("--ro-bind", "/dev/null", str(path))),
        "--proc", "/proc", "--dev", "/dev", "--size", str(FOLDER), "--tmpfs", ROOM, "--symlink", ROOM, "/tmp",
        "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", ROOM,
        "--setenv", "HOME", ROOM, "--setenv", "PATH", f"{sys.prefix}/bin:/usr/bin:/bin", "--setenv", "LANG", "C.UTF-8",
        "--setenv", "MEDIALIT_PROGRESS", ":memory:", "--setenv", "MPLBACKEND", "agg",
        "--setenv", "PYTHONPATH", os.pathsep.join(dict.fromkeys(homes)),
    ]  # fmt: skip


_NEEDED = ("medialit", "nbclient", "ipykernel", "numpy")


def _write(pipe: IO[bytes], data: bytes) -> None:
    with suppress(OSError):  # it ended before it had read everything
        pipe.write(data)
        pipe.close()


def _read(end: int, kept: list[bytes]) -> None:
    with open(end, "rb") as pipe:
        data = pipe.read(RESULT + 1)
    if data and len(data) <= RESULT:
        kept.append(data)


def _watch(running: subprocess.Popen[bytes]) -> str:
    """Wait until it ends; why it was stopped, or nothing."""
    import psutil

    end = time.monotonic() + WALL_SECONDS
    while running.poll() is None:
        if time.monotonic() > end:
            return f"it ran longer than {WALL_SECONDS:.0f} seconds and was stopped"
        memory = count = 0
        with suppress(psutil.Error):  # one of them ended just now
            for process in psutil.Process(running.pid).children(recursive=True):
                count += 1
                memory += process.memory_info().rss
        if memory > MEMORY:
            return f"it took more than {MEMORY // MB} MB of memory and was stopped"
        if count > PROCESSES:
            return f"it started more than {PROCESSES} processes and was stopped"
        time.sleep(0.1)
    return "" if running.returncode == 0 else "it ended before its last cell"


def _inside() -> None:
    """What runs in the sandbox: every cell in a kernel of its own, and the notebook out again."""
    import ctypes
    import resource

    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import DeadKernelError

    # PR_SET_DUMPABLE: the notebook's kernel must not reach into this process and write a result of its own.
    ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (2 * MEMORY, 2 * MEMORY))
    given = json.load(sys.stdin)
    for name, data in given["files"].items():
        with suppress(OSError):
            place = Path(ROOM, name)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(base64.b64decode(data))
    book = nbformat.reads(given["notebook"], as_version=4)
    for cell in book.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    client = NotebookClient(
        book, timeout=CELL_SECONDS, kernel_name="python3", allow_errors=True, interrupt_on_timeout=True
    )
    with suppress(DeadKernelError):  # what came before counts
        client.execute()
    with open(int(sys.argv[1]), "w", encoding="utf-8") as result:
        result.write(nbformat.writes(book))
    os._exit(0)


if __name__ == "__main__":
    _inside()
