"""The side that scores: hands a notebook's code over, reads lines of JSON with limits, believes none of them."""

from __future__ import annotations

import base64
import json
import math
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import weakref
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from medialit.classroom.jail.limits import Limits
from medialit.classroom.jail.nursery import LARGE, receive, send
from medialit.errors import MedialitError

MAX_LINE = 150_000  # more than the longest answer that is scored
MAX_NAME = 60
MAX_TOLD = 5
START_SECONDS = 60.0
# Where a file costs no disk; elsewhere the usual temporary folder.
_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class Answer(NamedTuple):
    """One answer that code handed in: plain data from an untrusted hand, not scored yet."""

    unit: str
    case: str
    task: str
    answer: Any
    door: str = "code"
    certainty: int | None = None


@dataclass(frozen=True)
class Ran:
    """What a run left: answers in order, one line about what went wrong or nothing, bytes printed, seconds."""

    answers: tuple[Answer, ...] = ()
    problem: str = ""
    output_bytes: int = 0
    seconds: float = 0.0


class Jail:
    """Runs notebooks one after another, each in a process of its own behind walls.

    ``trust`` runs them although walls are missing. ``cases`` maps names to folders beside the kit's. Raises
    MedialitError when this machine cannot wall code in and ``trust`` is not given. ``handout`` replaces what the
    notebooks may know of the course. Use it from one thread.
    """

    def __init__(
        self,
        trust: bool = False,
        cases: Mapping[str, Path | str] | None = None,
        limits: Limits = Limits(),  # noqa: B008
        handout: Mapping[str, Any] | None = None,
    ) -> None:
        self.trust, self.limits, self._cases = trust, limits, dict(cases or {})
        self._nursery: _Nursery | None = _Nursery()
        self._handout = handout

    @property
    def about(self) -> dict[str, Any]:
        """What walls the nursery can put up."""
        return self._ready().about

    def run(self, cells: list[str], folder_files: Mapping[str, bytes] | None = None) -> Ran:
        """Run the code cells of one notebook, with these files in its folder. Whatever the code does, a Ran comes back.

        Raises MedialitError when the jail itself fails.
        """
        begun = time.monotonic()
        nursery = self._ready()
        try:
            found = nursery.run(cells, folder_files or {}, self.limits)
        except (OSError, EOFError) as error:
            self.close()
            raise MedialitError(f"The jail stopped working ({type(error).__name__}). Run the command again.") from None
        return found.ran(time.monotonic() - begun, self.limits)

    def _ready(self) -> _Nursery:
        if self._nursery is None:
            self._nursery = _Nursery()
        nursery = self._nursery
        if nursery.about is None:
            nursery.hello()
            if not self.trust and not (nursery.about["landlock"] and nursery.about["seccomp"]):
                self.close()
                raise MedialitError("This machine cannot protect itself from the code in the notebooks.")
            if self._handout is None:
                # Only now: this loads the key, and the nursery was started before it was in memory.
                from medialit.classroom.jail.handout import handout

                self._handout = handout(self._cases)
            nursery.learn(self._handout)
        return nursery

    def close(self) -> None:
        """End the nursery."""
        if self._nursery is not None:
            self._nursery.end()
            self._nursery = None


@dataclass
class _Found:
    """Raw bytes and how the process ended."""

    data: bytes
    status: int
    used: float
    stopped: str

    def ran(self, seconds: float, limits: Limits) -> Ran:
        if not self.data.startswith(b"R") and not self.stopped:
            why = self.data.decode("utf-8", "replace")[:200] or f"status {self.status}"
            raise MedialitError(f"The walls around a notebook could not be put up ({why.lstrip('!')}).")
        answers, faults, end, printed = parsed(self.data[1:])
        problem = self.stopped or _ending(self.status, self.used, limits)
        if not problem and end is None:
            problem = "It ended itself before its last cell. Answers up to there count."
        lines = [line for line in (problem, _cell_faults(end), *faults) if line]
        return Ran(tuple(answers), " ".join(lines[:MAX_TOLD]), printed, seconds)


def _ending(status: int, used: float, limits: Limits) -> str:
    # Code that shuts out the warning signal gets the kill at the end of the time instead.
    if status == -signal.SIGXCPU or (status == -signal.SIGKILL and used >= limits.cpu_seconds):
        return f"It took more than {limits.cpu_seconds} seconds of processor time and was stopped. Answers up to there count."
    if status < 0:
        return f"It crashed (signal {-status}). Answers up to there count."
    return ""


def _cell_faults(end: Mapping[str, Any] | None) -> str:
    faults = end.get("faults") if end else None
    if not isinstance(faults, list) or not faults:
        return ""
    first = faults[0]
    if not (isinstance(first, list) and len(first) == 2 and type(first[0]) is int and isinstance(first[1], str)):
        return ""
    more = f" {len(faults) - 1} more stopped." if len(faults) > 1 else ""
    return f"Cell {first[0]} stopped: {first[1][:200]}.{more} The other cells were run."


def parsed(data: bytes) -> tuple[list[Answer], list[str], dict[str, Any] | None, int]:
    """(answers, plain lines about answers that are none, the last line's record, bytes printed) from raw lines.

    Only JSON, only known fields, only plain types; what is anything else is left out.
    """
    answers: list[Answer] = []
    faults: list[str] = []
    end: dict[str, Any] | None = None
    printed = 0
    for line in data.split(b"\n"):
        if not line or len(line) > MAX_LINE:
            if line:
                faults.append("One answer was larger than 150 KB and was not taken.")
            continue
        row = _row(line)
        if row is None:
            continue
        if "end" in row:
            end = row
            if type(row.get("output")) is int:
                printed = max(0, min(row["output"], 1 << 40))
        elif all(isinstance(row.get(name), str) and len(row[name]) <= MAX_NAME for name in ("unit", "case", "task")):
            if isinstance(row.get("fault"), str):
                faults.append(f"{row['task']}: {row['fault'][:200]}")
            elif "answer" in row:
                sure = row.get("certainty")
                answers.append(
                    Answer(
                        row["unit"], row["case"], row["task"], row["answer"],
                        "click" if row.get("door") == "click" else "code",
                        sure if type(sure) is int and 0 <= sure <= 10 else None,
                    )
                )  # fmt: skip
    return answers, list(dict.fromkeys(faults)), end, printed


def _row(line: bytes) -> dict[str, Any] | None:
    try:
        row = json.loads(line, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refuse(text)


class _Nursery:
    """The other end of the line."""

    def __init__(self) -> None:
        from medialit.classroom.jail import places

        self.about: Any = None
        self.loaded: set[str] = set()
        self.room = os.path.realpath(tempfile.mkdtemp(prefix="medialit-jail-"))
        self.line, theirs = socket.socketpair()
        self.line.settimeout(START_SECONDS)
        source = str(places.package().parent)
        paths = list(dict.fromkeys([source, *places.library_paths()]))
        code = (
            f"import sys; sys.path[:0] = [p for p in {paths!r} if p not in sys.path]; "
            f"from medialit.classroom.jail.nursery import main; main({theirs.fileno()}, {self.room!r})"
        )
        known = {name: os.environ[name] for name in ("HOME", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
        one = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-X", "utf8", "-c", code],
            env=known | one | {"LANG": "C.UTF-8", "MPLBACKEND": "agg"},
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd="/",
        )
        theirs.close()
        self.end = weakref.finalize(self, _end, self.line, self.process, self.room)

    def hello(self) -> None:
        """Wait until it is ready."""
        try:
            self.about, _ = receive(self.line)
        except (EOFError, OSError):
            self.process.kill()
            why = self.process.stderr.read().decode("utf-8", "replace").strip().splitlines()[-1:] or ["no reason given"]
            self.end()
            raise MedialitError(f"The jail could not be started: {why[0][:200]}.") from None

    def learn(self, handout: Any) -> None:
        """Hand over what may be known."""
        send(self.line, {"do": "learn", "handout": handout})
        receive(self.line)

    def load(self, names: set[str]) -> None:
        """Have large libraries loaded for this notebook and all after it, before its time is counted."""
        if new := sorted(names - self.loaded):
            self.loaded |= names
            send(self.line, {"do": "load", "names": new})
            receive(self.line)

    def run(self, cells: list[str], files: Mapping[str, bytes], limits: Limits) -> _Found:
        """One notebook."""
        self.load({name for name in LARGE if any(name in text for text in cells)})
        ours, theirs = os.pipe()
        try:
            packed = {name: base64.b64encode(data).decode() for name, data in files.items()}
            # An open file without a name: the nursery passes it on unread.
            with tempfile.TemporaryFile(dir=_MEMORY) as job:
                job.write(json.dumps({"cells": cells, "files": packed}).encode())
                job.seek(0)
                try:
                    send(self.line, {"do": "run", "limits": asdict(limits)}, [theirs, job.fileno()])
                finally:
                    os.close(theirs)
            data, stopped = _read(ours, limits, self.room)
        finally:
            os.close(ours)
        if not stopped and not select.select([self.line], [], [], limits.end_wait)[0]:
            # It closed the pipe and went on.
            stopped = "It did not end and was stopped."
        if stopped:
            send(self.line, {"do": "stop"})
        reply, _ = receive(self.line)
        return _Found(data, reply["status"], reply["used"], stopped)


def _read(pipe: int, limits: Limits, room: str) -> tuple[bytes, str]:
    """Everything from the pipe within the limits, and why it was cut off (or nothing)."""
    deadline = time.monotonic() + limits.wall_seconds
    parts, size = [], 0
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            took = f"It ran longer than {limits.wall_seconds:g} seconds"
            return b"".join(parts), f"{took} and was stopped. Answers up to there count."
        if not select.select([pipe], [], [], min(left, 0.25))[0]:
            if _large(room, limits.disk_bytes):
                return b"".join(parts), "It filled its folder and was stopped. Answers up to there count."
            continue
        part = os.read(pipe, 1 << 16)
        if not part:
            return b"".join(parts), ""
        size += len(part)
        parts.append(part)
        if size > limits.result_bytes:
            return b"".join(parts), f"It handed in more than {limits.result_bytes // 10**6} MB and was stopped."


def _large(room: str, limit: int) -> bool:
    """More in the folder than may be. Where it is a RAM disk of the nursery, this sees an empty folder."""
    total = count = 0
    for folder, _, names in os.walk(room):
        for name in names:
            count += 1
            with suppress(OSError):
                total += os.lstat(os.path.join(folder, name)).st_size
            if total > limit * 1.1 or count > 5000:
                return True
    return False


def _end(line: socket.socket, process: subprocess.Popen[bytes], room: str) -> None:
    line.close()
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stderr:
        process.stderr.close()
    shutil.rmtree(room, ignore_errors=True)
