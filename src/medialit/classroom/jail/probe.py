"""Which walls this machine really gives: a child tries to get through each of them, and the answer is what it met."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from typing import Any

from medialit.classroom.jail.parent import Jail
from medialit.errors import MedialitError
from medialit.files import course_path

_PROBE = """
import ctypes, os, socket
found = {}
def tried(name, attempt):
    try:
        attempt()
    except BaseException:
        found[name] = "held"
    else:
        found[name] = "open"
tried("network", lambda: socket.socket())
tried("read", lambda: open(KEY).read(1))
tried("write", lambda: open(OUTSIDE, "a"))
tried("processes", lambda: os.fork() or os._exit(0))
tried("signals", lambda: os.kill(PARENT, 0))
tried("memory", lambda: open(f"/proc/{PARENT}/mem", "rb"))
medialit.open_unit("probe").check("probe", found)
"""
_HANDOUT = {
    "names": {"probe": "probe"},
    "first": "probe",
    "cases": [{"name": "probe", "title": "", "text": "One sentence.", "glossary": {}, "models": {}}],
    "units": [{"unit": "probe", "case": "probe", "tasks": {"probe": {"title": "", "form": None}}, "questions": []}],
}
# Name of a wall, and what it means that it stands.
_NEEDED = {
    "network": "no network",
    "read": "the key and other files cannot be read",
    "write": "nothing outside its folder can be written",
    "processes": "no new processes",
    "signals": "no signals to other processes",
    "memory": "no look into other processes",
}
_MORE = {
    "own network": "a network without any card (besides the ban on sockets)",
    "disk": "a RAM disk as its folder (without it, the folder's size is watched)",
    "threads": "a limit on threads (without it, only memory limits them)",
}


@dataclass(frozen=True)
class Protections:
    """The walls that stand and those that do not, by name; ``why`` is said when code could not be tried at all."""

    standing: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    why: str = ""

    @property
    def enough(self) -> bool:
        """True when every wall that is needed stands."""
        return all(name in self.standing for name in _NEEDED)

    def __str__(self) -> str:
        return " ".join(self.sentences())

    def sentences(self) -> list[str]:
        """In plain words, one sentence each."""
        if self.why:
            return [self.why]
        needed = [_NEEDED[name] for name in _NEEDED if name in self.standing]
        open_ = [_NEEDED[name] for name in _NEEDED if name in self.missing]
        more = [_MORE[name] for name in _MORE if name in self.missing]
        found = []
        if needed:
            found.append(f"Notebook code is walled in here: {'; '.join(needed)}.")
            found.append("Its time, memory, files and output are limited.")
        if open_:
            found.append(f"These walls do not hold on this machine: {'; '.join(open_)}.")
        if more:
            found.append(f"Not given here: {'; '.join(more)}.")
        return found


_OTHER = (
    "Notebook code cannot be walled in on this system: that needs Linux with Landlock (5.13 or later) and seccomp. "
    "docs/grading.md shows a container that gives both."
)


def protections() -> Protections:
    """Try the walls of this machine. Takes about a second."""
    if sys.platform != "linux":
        return Protections(missing=tuple(_NEEDED), why=_OTHER)
    try:
        jail = Jail(trust=True, handout=_HANDOUT)
    except OSError as error:
        return Protections(missing=tuple(_NEEDED), why=f"The jail could not be started ({error.strerror}).")
    try:
        with tempfile.NamedTemporaryFile(prefix="medialit-outside-") as outside:
            known = {"KEY": _key(), "OUTSIDE": outside.name, "PARENT": os.getpid()}
            ran = jail.run(["import medialit", "\n".join(f"{k} = {v!r}" for k, v in known.items()), _PROBE])
        about = jail.about
    except MedialitError as error:
        return Protections(missing=tuple(_NEEDED), why=str(error))
    finally:
        jail.close()
    return _seen(ran.answers[-1].answer if ran.answers else {}, about)


def _key() -> str:
    return str(next(iter(sorted(course_path().glob("*/tasks.yaml"))), __file__))


def _seen(found: Any, about: dict[str, Any]) -> Protections:
    held = {name: found.get(name) == "held" for name in _NEEDED}
    held |= {"own network": about["network"], "disk": about["disk"], "threads": about["threads"]}
    return Protections(tuple(n for n in held if held[n]), tuple(n for n in held if not held[n]))
