"""Files to be read from folders and zip files, by name first, within a limit later, and never through a link."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAX_MEMBERS = 50_000
MAX_DEPTH = 8
_UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    RuntimeError,  # encrypted
    NotImplementedError,  # a way of packing that Python does not know
    ValueError,
    MemoryError,
)
# What no learner put there on purpose.
_PASSED_OVER = ("__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini")


class Refused(Exception):
    """Why a file is not read, as the end of a sentence."""

    def __init__(self, why: str, *, too_large: bool = False) -> None:
        super().__init__(why)
        self.too_large = too_large


@dataclass(frozen=True)
class Source:
    """A file by its place under the folder or zip it was found in. ``fault`` says why it must not be read."""

    parts: tuple[str, ...]
    path: Path | None = None
    seen: tuple[int, int] = (0, 0)  # device and number of the file when it was listed
    packed: tuple[zipfile.ZipFile, zipfile.ZipInfo] | None = None
    fault: str = ""

    @property
    def empty(self) -> bool:
        """True for a folder without any file."""
        return self.parts[-1] == ""

    @property
    def name(self) -> str:
        """The parts with a slash between them."""
        return "/".join(self.parts)

    def read(self, limit: int) -> bytes:
        """The bytes. Raises Refused when there are more than ``limit`` or the file cannot be read."""
        if self.fault:
            raise Refused(self.fault)
        try:
            data = _from_zip(*self.packed, limit) if self.packed else _from_disk(self.path or Path(), self.seen, limit)
        except _UNREADABLE:
            raise Refused("it is damaged or cannot be opened") from None
        if len(data) > limit:
            raise Refused("it is too large", too_large=True)
        return data


def _from_disk(path: Path, seen: tuple[int, int], limit: int) -> bytes:
    # Not through a link, not waiting for a pipe: the file may have been changed since it was listed.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as file:
        state = os.fstat(file.fileno())
        # Where the system tells files apart by numbers: a folder on the way may have become a link.
        if not stat.S_ISREG(state.st_mode) or (state.st_ino and (state.st_dev, state.st_ino) != seen):
            raise Refused("it was changed while it was read")
        if state.st_size > limit:
            raise Refused(f"it has {state.st_size / 1e6:,.0f} MB", too_large=True)
        # Python takes as much memory as it is asked to read.
        return file.read(state.st_size + 1)


def _from_zip(opened: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    if info.file_size > limit:
        raise Refused(f"it has {info.file_size / 1e6:,.0f} MB", too_large=True)
    # A zip bomb states a small size: never ask for more than the limit, whatever it states.
    with opened.open(info) as file:
        return file.read(limit + 1)


def folder_source(folder: Path, only: str = "", leave_out: Collection[Path] = ()) -> list[Source]:
    """Every file under a folder in order of names; links and other special files with their fault.

    ``leave_out`` are resolved paths that are not looked into.
    """
    if only:
        return [_on_disk(folder / only, (only,))]
    return list(_walk(folder, (), leave_out))


def _walk(folder: Path, parts: tuple[str, ...], leave_out: Collection[Path]) -> Iterator[Source]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield Source((*parts, "."), fault="this folder cannot be opened")
        return
    entries = [entry for entry in entries if not entry.name.startswith(".") and entry.name not in _PASSED_OVER]
    if parts and not entries:
        # A learner who handed in nothing is a learner all the same.
        yield Source((*parts, ""))
    for entry in entries:
        inner = (*parts, entry.name)
        if leave_out and Path(entry.path).resolve() in leave_out:
            continue
        if entry.is_dir(follow_symlinks=False):
            if len(inner) > MAX_DEPTH:
                yield Source(inner, fault="it is too many folders deep")
            else:
                yield from _walk(Path(entry.path), inner, leave_out)
        else:
            yield _on_disk(Path(entry.path), inner)


def _on_disk(path: Path, parts: tuple[str, ...]) -> Source:
    state = path.lstat()
    if stat.S_ISLNK(state.st_mode):
        return Source(parts, fault="it is a link, and links are not followed")
    if not stat.S_ISREG(state.st_mode):
        return Source(parts, fault="it is not a plain file")
    if state.st_nlink > 1:
        return Source(parts, fault="it is a second name of another file (a hard link). Copy the file instead")
    return Source(parts, path, (state.st_dev, state.st_ino))


def zip_source(path: Path) -> list[Source]:
    """The files of a zip on disk. Raises Refused when it is none."""
    try:
        with path.open("rb") as file:
            _refuse_wide(file, MAX_MEMBERS)
        # Left open: its files are read one learner at a time, much later.
        return _members(zipfile.ZipFile(path))
    except _UNREADABLE:
        raise Refused("it is not a zip file, or it is damaged") from None


def zip_bytes(data: bytes, limit: int) -> list[Source]:
    """The files of a zip in memory. Raises Refused when it is none or holds more than ``limit`` files."""
    try:
        _refuse_wide(io.BytesIO(data), limit)
        return _members(zipfile.ZipFile(io.BytesIO(data)))
    except _UNREADABLE:
        raise Refused("it is not a zip file, or it is damaged") from None


def _refuse_wide(file: Any, limit: int) -> None:
    """Look at the size of the list of names before it is read: a small zip can name millions of files."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 65_600))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 16:
        return
    (listed,) = struct.unpack_from("<L", tail, end + 12)
    if listed != 0xFFFFFFFF and listed > limit * 1_000:
        raise Refused(f"it names more than {limit:,} files")


def _members(opened: zipfile.ZipFile) -> list[Source]:
    infos = opened.infolist()
    if len(infos) > MAX_MEMBERS:
        raise Refused(f"it names more than {MAX_MEMBERS:,} files")
    found = []
    for info in infos:
        parts = tuple(part for part in info.filename.replace("\\", "/").split("/") if part not in ("", "."))
        if info.is_dir() or not parts or any(p in _PASSED_OVER or (p[0] == "." and p != "..") for p in parts):
            continue
        fault = _fault(info, parts)
        # A name that leads out of the zip is shown without its steps upwards.
        found.append(Source(tuple(p for p in parts if p != "..") or ("no name",), packed=(opened, info), fault=fault))
    return sorted(found, key=lambda source: source.parts)


def _fault(info: zipfile.ZipInfo, parts: tuple[str, ...]) -> str:
    if ".." in parts or info.filename.startswith(("/", "\\")) or ":" in parts[0]:
        return "its name leads out of the folder"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link, and links are not followed"
    if info.flag_bits & 0x1:
        return "it is locked with a password"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Python unpacks the others whole, whatever limit it is given: a few KB would fill the memory.
        return "it is packed in a way that is not read here: use an ordinary zip file"
    return "it is too many folders deep" if len(parts) > MAX_DEPTH else ""
