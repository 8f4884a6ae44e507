"""The process that runs one notebook: it walls itself in, runs cell after cell, and ends without any farewell."""

from __future__ import annotations

import ast
import builtins
import contextlib
import io
import json
import os
import signal
import sys
import types
from collections.abc import Callable, Mapping
from typing import Any

from medialit.classroom.jail import landlock, namespaces, seccomp
from medialit.classroom.jail.limits import Limits, apply_limits
from medialit.classroom.jail.namespaces import Spaces

READY = b"R"
FAULT = b"!"
MAX_FAULTS = 20
NOT_SAFE = 97


class CellTimeout(BaseException):
    """A cell took too long."""


def wall_in(room: str, limits: Limits, spaces: Spaces, parent: int, rules: int | None, *, filtered: bool) -> None:
    """Put every wall up that there is. Raises OSError when one that should stand does not."""
    os.chdir(room)
    threads = namespaces.thread_limit(spaces, limits.threads) if sys.platform == "linux" else None
    if sys.platform == "linux":
        os.setsid()
        namespaces.become(spaces.user)
        namespaces.own_death(parent)
    apply_limits(limits, threads)
    if rules is not None:
        landlock.restrict(rules)
        os.close(rules)
    if filtered:
        seccomp.restrict()


def clean(room: str, keep: tuple[int, ...]) -> None:
    """No open file but ``keep``, no environment, nothing to read from or print to."""
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    first = 3
    for number in sorted(keep):
        os.closerange(first, number)
        first = number + 1
    os.closerange(first, 4096)
    os.environ.clear()
    os.environ.update(HOME=room, TMPDIR=room, LANG="C.UTF-8", MPLBACKEND="agg", MPLCONFIGDIR=room)


class _Counted(io.RawIOBase):
    """Counts what is printed and lets it go."""

    def __init__(self, most: int) -> None:
        self.count, self._most = 0, most

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.count += len(data)
        if self.count > self._most:
            raise OSError(f"Too much was printed: more than {self._most // 10**6} MB.")
        return len(data)


def run(cells: list[str], files: Mapping[str, bytes], write: Callable[[str], None], limits: Limits) -> None:
    """Run the cells and say at the end how it went. A cell that fails does not stop the next."""
    dumps = json.dumps
    _lay_out(files)
    printed = _Counted(limits.output_bytes)
    shown = sys.stdout = sys.stderr = io.TextIOWrapper(io.BufferedWriter(printed), encoding="utf-8", errors="replace")
    sys.stdin = io.StringIO()
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    builtins.display = lambda *_, **__: None  # type: ignore[attr-defined]
    builtins.get_ipython = lambda: _Shell()  # type: ignore[attr-defined]
    _set_clocks()
    faults: list[tuple[int, str]] = []
    for number, text in enumerate(cells, 1):
        try:
            _wind(limits.cell_seconds, limits.cell_wait)
            exec(_compiled(text, number), main.__dict__)
        except CellTimeout:
            faults.append((number, "it took too long"))
        except BaseException as error:
            faults.append((number, _said(error)))
        finally:
            _wind(0, 0)
    with contextlib.suppress(BaseException):
        shown.flush()
    write(dumps({"end": len(cells), "output": printed.count, "faults": faults[:MAX_FAULTS], "failed": len(faults)}))


def _said(error: BaseException) -> str:
    try:
        # Without the path: it says where the grader keeps its files.
        text = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        return f"{type(error).__name__}: {text[:150].rstrip(' .')}"
    except BaseException:
        return "an error that cannot be shown"


def _lay_out(files: Mapping[str, bytes]) -> None:
    """Put the files that lay beside the notebook into the room. Runs behind the walls: a bad name reaches nothing."""
    for name, data in files.items():
        with contextlib.suppress(OSError, ValueError):
            if folder := os.path.dirname(name):
                os.makedirs(folder, exist_ok=True)
            with open(name, "wb") as file:
                file.write(data)


class _Shell:
    """The few things that notebooks ask of IPython."""

    def __getattr__(self, name: str) -> Any:
        return lambda *_, **__: None


def _compiled(text: str, number: int) -> Any:
    name = f"cell {number}"
    try:
        return compile(ast.parse(text, name), name, "exec", dont_inherit=True)
    except SyntaxError:
        plain = without_magic(text)
        if plain == text:
            raise
        return compile(ast.parse(plain, name), name, "exec", dont_inherit=True)


_TIMING = ("%%time", "%%timeit", "%%capture", "%%prun")


def without_magic(text: str) -> str:
    """The cell without what only IPython understands: ``%magic``, ``!shell`` and ``help?`` lines."""
    lines = text.splitlines()
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.startswith("%%") and not first.startswith(_TIMING):
        return ""
    kept = []
    for line in lines:
        bare = line.strip()
        special = bare.startswith(("%", "!", "?")) or (bare.endswith("?") and "#" not in bare)
        kept.append(f"{line[: len(line) - len(line.lstrip())]}pass" if special else line)
    return "\n".join(kept)


def _set_clocks() -> None:
    def ring(*_: Any) -> None:
        raise CellTimeout

    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, ring)


def _wind(busy: float, waiting: float) -> None:
    # Again every second: code that catches the first ring meets the next.
    signal.setitimer(signal.ITIMER_PROF, busy, 1.0 if busy else 0)
    signal.setitimer(signal.ITIMER_REAL, waiting, 1.0 if waiting else 0)
