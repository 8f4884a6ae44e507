"""Whole lines to disk: one write, fsync, and a lock where the system has one. Raises OSError, nothing else."""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

fcntl: Any = None
msvcrt: Any = None
try:
    import fcntl  # Linux and macOS

    if sys.platform == "emscripten" or not hasattr(fcntl, "flock"):
        fcntl = None  # the browser: a lock there would hold nobody back, and most builds of Python have none
except ImportError:
    with suppress(ImportError):
        import msvcrt  # Windows

_ON_WINDOWS = os.name == "nt"
_BINARY = getattr(os, "O_BINARY", 0)
_FAR = 0x7FFF0000  # Windows locks bytes, not files: one that lies behind every end is in nobody's way
_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
_PATIENCE = 5.0  # seconds to wait for a turn to write: a lock that hangs must not stop a learner for ever
_PATIENCE_TO_READ = 2.0  # reading goes on without a turn: at worst it sees half a line, and leaves it for later
_NO_SYNC = (errno.EINVAL, errno.ENOSYS, getattr(errno, "ENOTSUP", errno.EINVAL))


class NotKept(OSError):
    """What was written without an error cannot be read back."""


class Handle(NamedTuple):
    """An open file; ``locked`` is False where the system has no locks."""

    number: int
    locked: bool


class FileRead(NamedTuple):
    """What was read, and the mark of the file it came from."""

    data: bytes
    mark: tuple[int, ...]
    locked: bool


def has_locks() -> bool:
    """False in the browser. Elsewhere a single drive may still have none: that shows when a file is locked."""
    return bool(fcntl or msvcrt)


def mark(path: Path) -> tuple[int, ...] | None:
    """Something that changes whenever the file does; None when there is no file.

    Raises OSError for a pipe or a device: opening one could wait for ever.
    """
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is not an ordinary file")
    return _mark(found)


def size(mark: tuple[int, ...]) -> int:
    """The size in bytes that a mark holds."""
    return mark[2]


def same_file(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """True when both marks are of one file (it may have grown in between)."""
    return one[:2] == other[:2]


def _mark(found: os.stat_result) -> tuple[int, ...]:
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def read(path: Path, start: int = 0) -> FileRead:
    """All bytes from ``start`` on, never half of a line that somebody is writing (where there are locks)."""
    with _opened(path, os.O_RDONLY) as handle:
        os.lseek(handle.number, start, os.SEEK_SET)
        data = _read_all(handle.number)
        # Windows gives an open file and its name slightly different times; elsewhere the open file is the surer one.
        seen = os.stat(path) if _ON_WINDOWS else os.fstat(handle.number)
        return FileRead(data, _mark(seen), handle.locked)


def append(path: Path, lines: bytes, head: bytes = b"") -> None:
    """Put whole lines at the end in ONE write and wait until they are on the disk.

    ``head`` goes first into an empty file. A line that was torn before us is closed, so it swallows nothing.
    On failure the file is cut back to what it was, where a lock makes that safe. Raises OSError (EBUSY) when the
    lock does not come free: writing without it could put the lines into a file that is about to be replaced.
    """
    with _opened(path, os.O_RDWR | os.O_CREAT | os.O_APPEND) as handle:
        _append(handle, lines, head)
        replaced = not handle.locked and not _is_at(handle, path)
    if replaced:  # without locks another notebook may have put a new file here while we wrote to the old one
        append_missing(path, lines.splitlines())


def append_missing(path: Path, lines: list[bytes]) -> None:
    """Append those lines that the file does not hold yet."""
    with _opened(path, os.O_RDWR | os.O_CREAT | os.O_APPEND) as handle:
        os.lseek(handle.number, 0, os.SEEK_SET)
        there = set(_read_all(handle.number).split(b"\n"))
        new = [line for line in dict.fromkeys(line.rstrip(b"\n") for line in lines) if line not in there]
        if new:
            _append(handle, b"\n".join(new) + b"\n")
        replaced = not handle.locked and not _is_at(handle, path)
    if replaced:
        append_missing(path, lines)


def rewrite(path: Path, build: Callable[[bytes], bytes]) -> None:
    """Replace the file by ``build(its bytes)``, all or nothing: temporary file, fsync, rename."""
    flags, late = os.O_RDWR | os.O_CREAT, b""
    with _turn(path, flags) as turn:
        with _file(path, flags, turn) as handle:
            alone = "" if handle.locked else f".{os.getpid()}"  # without locks two may restore at once
            spare = path.with_name(f"{path.name}{alone}.tmp")
            try:
                _write_new(spare, build(_read_all(handle.number)), stat.S_IMODE(os.fstat(handle.number).st_mode))
                if not _ON_WINDOWS:
                    os.replace(spare, path)
            except BaseException:
                with suppress(OSError):
                    spare.unlink()
                raise
            if not handle.locked:
                late = _read_all(handle.number)  # what somebody added to the old file after it was read
        if _ON_WINDOWS:  # it does not replace a file that is open, so our own handle goes first, not our turn
            _replace_when_closed(spare, path)
        _sync_folder(path.parent)
    if late:
        append_missing(path, late.splitlines())


def read_whole(path: Path) -> bytes:
    """All bytes, none when there is no such file. It asks for nothing but the content: see ``progress.pages``."""
    try:
        number = os.open(path, os.O_RDONLY | _BINARY)
    except FileNotFoundError:
        return b""
    try:
        return _read_all(number)
    finally:
        os.close(number)


def put(path: Path, data: bytes) -> None:
    """Write ``data`` over all that a file held, so that a drive that saves when a file is closed saves once.

    A file is never cut, since that would be saved first: what was longer ends in empty lines.
    """
    number = os.open(path, os.O_RDWR | os.O_CREAT | _BINARY, 0o666)
    try:
        longer = os.lseek(number, 0, os.SEEK_END) - len(data)
        os.lseek(number, 0, os.SEEK_SET)
        _write_all(number, data + b"\n" * longer)
        _sync(number)
    finally:
        os.close(number)


def _append(handle: Handle, lines: bytes, head: bytes = b"") -> None:
    end = os.lseek(handle.number, 0, os.SEEK_END)
    if end:
        os.lseek(handle.number, end - 1, os.SEEK_SET)
        head = b"" if os.read(handle.number, 1) == b"\n" else b"\n"
    data = head + lines
    try:
        if os.write(handle.number, data) < len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        _sync(handle.number)
    except OSError:
        if handle.locked:
            with suppress(OSError):
                os.ftruncate(handle.number, end)
        raise


def _write_new(path: Path, data: bytes, mode: int) -> None:
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, mode)
    try:
        _write_all(number, data)
        _sync(number)
    finally:
        os.close(number)


def _write_all(number: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        if not (written := os.write(number, view)):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        view = view[written:]


def _replace_when_closed(spare: Path, path: Path) -> None:
    for left in range(50, -1, -1):
        try:
            return os.replace(spare, path)
        except PermissionError:  # another notebook is reading it at this moment
            if not left:
                raise
            time.sleep(0.02)
    return None


def _read_all(number: int) -> bytes:
    parts = []
    while part := os.read(number, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _sync(number: int) -> None:
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise


def _sync_folder(folder: Path) -> None:
    # Puts the rename itself on disk; Windows cannot open a folder and needs no such call.
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _is_at(handle: Handle, path: Path) -> bool:
    now = mark(path)
    return bool(now and same_file(_mark(os.fstat(handle.number)), now))


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[Handle]:
    with _turn(path, flags) as turn, _file(path, flags, turn) as handle:
        yield handle


@contextmanager
def _turn(path: Path, flags: int) -> Iterator[bool | None]:
    """Windows only: a lock on a file beside, since ours must be closed before it can be replaced. Else None."""
    if not (_ON_WINDOWS and msvcrt):
        yield None
        return
    try:
        number = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT | _BINARY, 0o666)
    except OSError:  # nobody can put a new file into this folder, so nobody can replace ours
        yield False
        return
    try:
        locked = _lock(number, flags)
        try:
            yield locked
        finally:
            if locked:
                _unlock(number)
    finally:
        os.close(number)


@contextmanager
def _file(path: Path, flags: int, turn: bool | None) -> Iterator[Handle]:
    """The file that bears this name now, locked. Another notebook may replace it while we wait: then look again."""
    there = mark(path)
    if not there and not flags & os.O_CREAT:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    for _ in range(50):
        number = os.open(path, flags | _BINARY, 0o666)
        try:
            locked = _lock(number, flags) if turn is None else turn
            handle = Handle(number, locked)
            if not _ON_WINDOWS and not _is_at(handle, path):
                continue
            yield handle
        finally:
            os.close(number)  # the lock ends here, also when the process is killed
        if not there:
            _sync_folder(path.parent)
        return
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))


def _lock(number: int, flags: int) -> bool:
    """Wait for our turn. False where the system has no locks, or for a reader whose turn does not come.

    Raises OSError (EBUSY) for a writer whose turn does not come.
    """
    writes = flags & os.O_CREAT
    until = time.monotonic() + (_PATIENCE if writes else _PATIENCE_TO_READ)
    while True:
        try:
            if fcntl:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            elif msvcrt:
                os.lseek(number, _FAR, os.SEEK_SET)
                msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
            else:
                return False
            return True
        except OSError as error:
            if error.errno not in _BUSY:
                return False
        if time.monotonic() > until:
            if not writes:
                return False
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
        time.sleep(0.003)


def _unlock(number: int) -> None:
    with suppress(OSError):
        os.lseek(number, _FAR, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_UNLCK, 1)
