"""Share a case as one zip file, and take one in: text and data only, checked in full before anything is put in place."""

from __future__ import annotations

import json
import re
import stat
import struct
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from medialit.authoring.newcase import check_name, new_folder
from medialit.case.load import CaseFile, case_faults
from medialit.errors import CaseError, MedialitError
from medialit.files import load_model, load_yaml, read_text, write_whole
from medialit.units.own_quiz import load_own
from medialit.units.registry import UNITS

LIMIT = 5_000_000  # bytes, packed and unpacked
MOST = 100  # files
KEY = "It holds the key of every exercise: give it to instructors, and to no learner."
# Folders that a pack may have, and how the names of files in it look.
_FOLDERS = ("", "coding/")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.(?:yaml|txt|md|json)")
_HTML = re.compile(r"<(?:[A-Za-z/!?])[^<>]*>?")
_NOT_READ = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError, LookupError,
    OverflowError,
)  # fmt: skip


def pack(folder: Path, out: Path | None = None) -> tuple[Path, list[str]]:
    """Write the text and data of a case into one zip file; returns it, and the names of what was left out.

    Raises MedialitError, and writes nothing, when the case could not be taken in again: its name is not that of its folder
    or is one of the kit's, a file is damaged, or HTML is in it.
    """
    folder = folder.resolve()
    check_name(folder.name)
    found = sorted(path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    places = {path: path.relative_to(folder).as_posix() for path in found}
    taken = [path for path in found if _is_data(places[path]) and not path.is_symlink()]
    files = {places[path]: _bytes(path) for path in taken}
    if (size := sum(map(len, files.values()))) > LIMIT or len(files) > MOST:
        raise MedialitError(
            f"{folder.name} has {len(files)} files with {size:,} bytes. A pack holds {MOST} and {LIMIT:,}."
        )
    out = out or Path(f"{folder.name}-with-key.zip")
    try:
        with tempfile.TemporaryDirectory(prefix="medialit-pack-") as place:
            _check(_unpacked(Path(place, folder.name), files))
            made = Path(place, "pack.zip")
            with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.comment = f"A case of medialit. {KEY}".encode()
                for name, data in files.items():
                    # The same case makes the same pack, byte for byte.
                    archive.writestr(zipfile.ZipInfo(f"{folder.name}/{name}"), data, zipfile.ZIP_DEFLATED)
            write_whole(out, made.read_bytes())
    except OSError as error:
        raise MedialitError(
            f"The pack could not be written to {out} ({error.strerror}). Nothing was left behind."
        ) from None
    return out, [name for path, name in places.items() if path not in taken]


def install(file: Path, folder: Path) -> Path:
    """Put the case of a pack into ``folder``, as a folder of its own: all of it, or nothing. Returns that folder.

    Raises MedialitError for a file that is no pack, for anything in it but text and data in the folder of one case, for HTML,
    for a name that cannot be or is taken, for a case with a fault, and when the disk does not take it.
    """
    name, files = _read(file)
    check_name(name)
    target = folder / name
    if target.exists() or target.is_symlink():
        raise MedialitError(
            f"There is something at {target} already. Move it away, or name another place with --folder."
        )
    with new_folder(target) as made:
        _check(_unpacked(made, files))
    return target


def _is_data(name: str) -> bool:
    head, slash, last = name.rpartition("/")
    return head + slash in _FOLDERS and _FILE.fullmatch(last) is not None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CaseError(f"This file cannot be read ({error.strerror}).", file=path) from None


def _read(file: Path) -> tuple[str, Mapping[str, bytes]]:
    """The name of the case in a pack, and its files by their place in it."""
    try:
        if file.stat().st_size > LIMIT:
            raise MedialitError(f"{file.name} has more than {LIMIT:,} bytes: it is no pack of a case.")
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            name = _one_case(file.name, entries)
            return name, dict(_contents(file.name, archive, entries, name))
    except OSError as error:
        raise MedialitError(f"{file} cannot be read ({error.strerror}).") from None
    except _NOT_READ:
        raise MedialitError(f"{file.name} is damaged, or is no zip file. Ask for it once more.") from None


def _one_case(file: str, entries: list[zipfile.ZipInfo]) -> str:
    """The one folder that holds everything. Raises MedialitError for a path, a link or a file that has no place in a pack."""
    if len(entries) > MOST:
        raise MedialitError(f"{file} has {len(entries)} files. A case has at most {MOST}.")
    seen: set[str] = set()
    cases: set[str] = set()
    for entry in entries:
        path = entry.orig_filename
        case, _, inside = path.partition("/")
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if not re.fullmatch(r"[a-z0-9-]+", case) or not (inside in _FOLDERS or _is_data(inside)):
            raise MedialitError(
                f"{file} holds “{path[:80]}”. A pack is the folder of one case with text and data: files that end in .yaml, "
                ".txt, .md or .json, in it or in coding/. Nothing was taken from it."
            )
        if kind and kind != (stat.S_IFDIR if inside in _FOLDERS else stat.S_IFREG):
            raise MedialitError(f"“{path[:80]}” in {file} is a link or no file. Nothing was taken from the pack.")
        # Some disks tell no small letter from a capital one.
        if (same := unicodedata.normalize("NFC", path).casefold()) in seen:
            raise MedialitError(f"{file} holds “{path[:80]}” twice. Nothing was taken from it.")
        seen.add(same)
        cases.add(case)
    if len(cases) != 1:
        raise MedialitError(f"{file} holds {len(cases)} cases. A pack holds one.")
    return cases.pop()


def _contents(
    file: str, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], case: str
) -> Iterator[tuple[str, bytes]]:
    left = LIMIT
    for entry in entries:
        inside = entry.orig_filename.removeprefix(f"{case}/")
        if inside in _FOLDERS:
            continue
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotImplementedError(entry.compress_type)
        if entry.flag_bits & 1:
            raise MedialitError(f"{file} is locked with a password. Ask for it without one.")
        with archive.open(entry) as opened:
            # What the file says about its own size is not believed.
            data = opened.read(left + 1)
        left -= len(data)
        if left < 0:
            raise MedialitError(f"{file} unpacks to more than {LIMIT:,} bytes. Nothing was taken from it.")
        yield inside, data


def _unpacked(place: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return place


def _check(folder: Path) -> None:
    """Raises MedialitError when this is not the folder of a sound case without HTML."""
    for path in sorted(folder.rglob("*.*")):
        place = path.relative_to(folder).as_posix()
        for text in _texts(path):
            if found := _HTML.search(text):
                raise CaseError(f"HTML is not allowed in a pack: “{found[0][:60]}”. Write plain text.", file=place)
    about = load_model(CaseFile, folder / "case.yaml")
    if about.name != folder.name:
        raise CaseError(
            f"The case calls itself “{about.name[:60]}”, and its folder is {folder.name}. Give both the same name.",
            file="case.yaml",
            field="name",
        )
    if faults := case_faults(folder):
        more = f" And {len(faults) - 1} more." if len(faults) > 1 else ""
        raise MedialitError(f"The case has a fault. {faults[0]}{more} Nothing was written.")
    load_own(folder, about.name, UNITS)


def _texts(path: Path) -> Iterator[str]:
    """The text of a file and, where it is data, each text in it: an escape can hide what the file does not show."""
    yield (text := read_text(path))
    if path.suffix == ".yaml":
        data, _ = load_yaml(path)
        yield from _inside(data)
    elif path.suffix == ".json":
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            raise CaseError("This file is not valid JSON.", file=path) from None
        yield from _inside(data)


def _inside(data: Any) -> Iterator[str]:
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, (list, tuple, set)):
            waiting += one
