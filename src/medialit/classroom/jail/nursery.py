"""A clean process that forks one child for each notebook. It loads libraries and public texts, and never a key.

It is started as a program of its own, so that nothing of its parent's memory is in it.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import json
import os
import select
import shutil
import signal
import socket
import struct
import sys
from collections.abc import Callable
from typing import Any

from medialit.classroom.jail.limits import Limits

HEAD = struct.Struct("=Q")
MAX_MESSAGE = 200_000_000


def send(line: socket.socket, message: Any, descriptors: list[int] | None = None) -> None:
    """One message over the line, with open files if need be."""
    data = json.dumps(message).encode()
    if descriptors:
        socket.send_fds(line, [HEAD.pack(len(data))], descriptors)
    else:
        line.sendall(HEAD.pack(len(data)))
    line.sendall(data)


def receive(line: socket.socket) -> tuple[Any, list[int]]:
    """The next message and its open files. Raises EOFError at the end of the line."""
    head, descriptors, _, _ = socket.recv_fds(line, HEAD.size, 4)
    while head and len(head) < HEAD.size:
        more = line.recv(HEAD.size - len(head))
        head = head + more if more else b""
    if not head:
        raise EOFError
    (size,) = HEAD.unpack(head)
    if size > MAX_MESSAGE:
        raise EOFError
    parts = []
    while size:
        part = line.recv(min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return json.loads(b"".join(parts)), descriptors


class Nursery:
    """Waits for work on the line."""

    def __init__(self, line: socket.socket, room: str) -> None:
        # ``child`` is not used here: what is loaded now need not be read and compiled by each child again.
        from medialit.classroom.jail import child, landlock, namespaces, seccomp  # noqa: F401

        self.line, self.room = line, room
        # Before any library can start a thread.
        self.spaces = namespaces.enter()
        self.landlock, self.filtered = landlock.abi() > 0, seccomp.available()
        disk = self.spaces.files and namespaces.mount_room(room, 1 << 20, self.spaces.user)
        if disk:
            namespaces.unmount_room(room)
        self.disk = disk
        self.course = preload()
        from medialit.classroom.jail import places

        self.rules = places.readable() if self.landlock else []
        gc.collect()
        gc.freeze()

    def about(self) -> dict[str, Any]:
        """What walls this process can put up."""
        from medialit.classroom.jail import landlock

        return {
            "landlock": landlock.abi(),
            "seccomp": self.filtered,
            "network": self.spaces.network,
            "disk": self.disk,
            "user": self.spaces.user is not None,
            "threads": self.spaces.user is not None or self.spaces.users or os.geteuid() != 0,
        }

    def serve(self) -> None:
        """Work until the line ends."""
        send(self.line, self.about())
        while True:
            try:
                message, descriptors = receive(self.line)
            except (EOFError, OSError):
                return
            if message["do"] == "learn":
                self.learn(message["handout"])
                send(self.line, {"learned": True})
            elif message["do"] == "load":
                load_large(message["names"])
                send(self.line, {"loaded": True})
            elif message["do"] == "run":
                try:
                    status, used = self.run(message["limits"], *descriptors)
                    send(self.line, {"status": status, "used": used})
                except (EOFError, OSError):
                    return

    def learn(self, handout: Any) -> None:
        """Take in texts and forms, and cut the texts once for all children."""
        self.course.learn(handout)
        for article in self.course.articles:
            _ = article.sentences
        warm_up(self.course.articles)
        gc.collect()
        gc.freeze()

    def run(self, limits: dict[str, Any], out: int, job: int) -> tuple[int, float]:
        """Fork, wait, clean up. The exit code of the child, negative for a signal, and the seconds that it computed.

        ``out`` takes the answers. ``job`` is an open file with cells and files. Only the child reads it, so that no
        submission is ever in the memory that the children after it inherit.
        """
        from medialit.classroom.jail import namespaces

        if self.disk:
            namespaces.mount_room(self.room, limits["disk_bytes"], self.spaces.user)
        elif self.spaces.user is not None:
            os.chown(self.room, self.spaces.user, self.spaces.user)
        parent = os.getpid()
        try:
            pid = os.fork()
            if pid == 0:
                try:
                    self.line.close()
                    _child(self, Limits(**limits), out, job, parent)
                finally:
                    os._exit(1)
            # Closed here, the pipe ends when the child closes it.
            os.close(out)
            os.close(job)
            return self._wait(pid)
        finally:
            if self.disk:
                namespaces.unmount_room(self.room)
            else:
                empty(self.room)

    def _wait(self, pid: int) -> tuple[int, float]:
        """Wait for the child, and kill it when the parent says so or is gone: exit code, seconds of processor time."""
        watched = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else -1
        known = [watched] if watched >= 0 else []
        killed = gone = False
        while True:
            places = known if killed else [self.line, *known]
            ready, _, _ = select.select(places, [], [], None if known else 0.01)
            if not known or watched in ready:
                found, status, usage = os.wait4(pid, 0 if known else os.WNOHANG)
                if found:
                    break
            if self.line in ready:
                # Only one message comes while a child runs: the one that ends it.
                try:
                    receive(self.line)
                except (EOFError, OSError):
                    gone = True
                os.kill(pid, signal.SIGKILL)
                killed = True
        for number in known:
            os.close(number)
        if gone:
            raise EOFError
        return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime


def _child(nursery: Nursery, limits: Limits, out: int, job: int, parent: int) -> None:
    from medialit.classroom.jail import child, landlock

    rules = None
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        with open(job, "rb", closefd=False) as file:
            work = json.loads(file.read())
        files = {name: base64.b64decode(data) for name, data in work["files"].items()}
        child.clean(nursery.room, (out,))
        if nursery.landlock:
            allowed = [*nursery.rules, (nursery.room, landlock.WRITE), (os.devnull, landlock.WRITE)]
            rules = landlock.ruleset(allowed)
        child.wall_in(nursery.room, limits, nursery.spaces, parent, rules, filtered=nursery.filtered)
    except BaseException as error:
        os.write(out, child.FAULT + f"{type(error).__name__}: {error}".encode()[:200])
        os._exit(child.NOT_SAFE)
    os.write(out, child.READY)
    write = writer(out)
    nursery.course.write = write
    child.run(work["cells"], files, write, limits)
    os._exit(0)


def writer(out: int) -> Callable[[str], None]:
    """Writes one line to the parent."""

    def write(text: str) -> None:
        data = memoryview(text.encode() + b"\n")
        while data:
            data = data[os.write(out, data) :]

    return write


def empty(room: str) -> None:
    """Remove all that a child left in a room without a disk of its own. Raises OSError when something stays.

    A folder may have been made so that nobody may look into it: what lies there would be found by the next notebook.
    """
    for folder, names, _ in os.walk(room):
        for name in names:
            place = os.path.join(folder, name)
            if not os.path.islink(place):
                os.chmod(place, 0o700)
    for entry in os.scandir(room):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                os.unlink(entry.path)
    if left := os.listdir(room):
        raise OSError(f"{len(left)} files of a notebook could not be removed")


def preload() -> Any:
    """Load what every notebook uses, and put the stand-in where they look for the course."""
    import medialit
    from medialit.classroom.jail.standin import QUIET, Course

    for name in _LIBRARIES:
        with contextlib.suppress(ImportError):
            __import__(name)
    course = Course()
    for name, home in medialit._WHERE.items():
        # Only what computes on texts. What opens a unit or a case knows the key: the stand-in takes its place.
        if home.startswith(_TEXTS):
            setattr(medialit, name, getattr(medialit, name))
    medialit.open_unit, medialit.load_case, medialit.to_claimreview = course.open_unit, course.load_case, QUIET
    # The tests are graded from the progress file alone.
    medialit.open_test = medialit.my_course = QUIET
    return course


def load_large(names: list[str]) -> None:
    """Load some of ``LARGE`` for all children from now on; what is missing is passed over."""
    from medialit.lean import wake

    for name in names:
        for part in LARGE.get(name, ()):
            with contextlib.suppress(ImportError):
                __import__(part)
        if name in sys.modules:
            # The lenses use parts of nltk; a notebook that asks for it may use all.
            wake(sys.modules[name])
    gc.collect()
    gc.freeze()


def warm_up(articles: list[Any]) -> None:
    """Use each lens once, so that its word lists are read."""
    import medialit

    for name in ("find_quotes", "score_claims", "loaded_words"):
        with contextlib.suppress(Exception):
            getattr(medialit, name)(articles[0])


_TEXTS = ("medialit.article", "medialit.errors", "medialit.lenses", "medialit.scoring")
_LIBRARIES = (
    "collections",
    "csv",
    "datetime",
    "decimal",
    "fractions",
    "itertools",
    "math",
    "random",
    "re",
    "statistics",
    "string",
    "tempfile",
    "textwrap",
    "threading",
    "medialit.forms",
    "medialit.scoring.spans",
    "medialit.show.html",
)
# Loaded when the first notebook speaks of them: they triple the memory that each fork copies and each exit gives back, and
# the exercises need none of them.
LARGE = {
    "numpy": ("numpy",),
    "nltk": ("nltk",),
    "matplotlib": ("matplotlib.backends.backend_agg", "matplotlib.figure", "matplotlib.font_manager"),
}


def main(descriptor: int, room: str) -> None:
    """Serve on an inherited socket."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        Nursery(socket.socket(fileno=descriptor), room).serve()
    finally:
        shutil.rmtree(room, ignore_errors=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
