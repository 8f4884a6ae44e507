"""Take in what a class handed in: folders and zip files become one bundle of files a learner.

Nothing is trusted and nothing is unpacked to disk. What cannot be read is named in one plain line and left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from medialit.classroom.names import Found, cleaned, from_file, from_folder, learner_name, one_line, units_named
from medialit.classroom.sources import Refused, Source, folder_source, zip_bytes, zip_source
from medialit.errors import MedialitError

MB = 1_000_000
MAX_NOTEBOOK = 10 * MB
MAX_PROGRESS = 10 * MB
MAX_OTHER = 2 * MB
MAX_ZIP = 30 * MB
MAX_LEARNER = 60 * MB
MAX_FILES = 200
_LIMITS = {
    ".ipynb": ("a notebook", MAX_NOTEBOOK),
    ".jsonl": ("a progress file", MAX_PROGRESS),
    ".zip": ("a zip file inside a submission", MAX_ZIP),
}
_COURSE_FOLDERS = ("exercises", "notebooks")
_WRAPPERS = ("submitted", "submissions")


@dataclass(frozen=True)
class Submission:
    """One learner's files, read and in order of their names. ``problems`` says in plain lines what was left out."""

    learner: str
    name: str
    files: dict[str, bytes]
    problems: tuple[str, ...] = ()
    lms: str = ""
    lms_id: str = ""

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hexadecimal) of all that was handed in, and of what was left out."""
        found = hashlib.sha256()
        for name, data in self.files.items():
            found.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogatepass"))
            found.update(data)
        found.update("\n".join(self.problems).encode("utf-8", "surrogatepass"))
        return found.hexdigest()

    @property
    def notebooks(self) -> dict[str, bytes]:
        """The notebooks among the files."""
        return {name: data for name, data in self.files.items() if name.lower().endswith(".ipynb")}

    @property
    def progress(self) -> dict[str, bytes]:
        """The progress files among the files."""
        return {name: data for name, data in self.files.items() if name.lower().endswith(".jsonl")}

    @property
    def others(self) -> dict[str, bytes]:
        """What else lay beside them, for a notebook that reads a file of its own."""
        return {n: d for n, d in self.files.items() if not n.lower().endswith((".ipynb", ".jsonl"))}

    @property
    def units(self) -> tuple[str, ...]:
        """The units that the names of the files speak of."""
        return tuple(dict.fromkeys(unit for name in self.files for unit in units_named(name)))


@dataclass
class Bundle:
    """The files of one learner, not read yet."""

    learner: str
    name: str
    lms: str = ""
    lms_id: str = ""
    sources: list[tuple[str, Source]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def read(self) -> Submission:
        """Read the files, as many and as large as a submission may have."""
        reader = _Reader(list(self.problems))
        for name, source in sorted(self.sources, key=lambda pair: pair[0]):
            reader.take(name, source)
        files = dict(sorted(reader.files.items()))
        if not any(name.lower().endswith((".ipynb", ".jsonl")) for name in files):
            reader.problems.append("There is no notebook and no progress file that can be read.")
        problems = tuple(one_line(problem) for problem in reader.problems)
        return Submission(self.learner, self.name, files, problems, self.lms, self.lms_id)


class _Reader:
    """Reads one learner's files within the limits."""

    def __init__(self, problems: list[str]) -> None:
        self.files: dict[str, bytes] = {}
        self.problems, self.total, self.full = problems, 0, False

    def take(self, name: str, source: Source, nested: bool = False) -> None:
        what, limit = _LIMITS.get(PurePosixPath(name.lower()).suffix, ("a file", MAX_OTHER))
        if self.full:
            return
        if len(self.files) >= MAX_FILES or self.total > MAX_LEARNER:
            self.full = True
            self.problems.append(
                f"A submission may hold {MAX_FILES} files and {MAX_LEARNER // MB} MB. What comes after is not read."
            )
            return
        try:
            data = source.read(limit)
            if name.lower().endswith(".zip"):
                if nested:
                    raise Refused("it is a zip file inside a zip file")
                for inner in zip_bytes(data, limit=MAX_FILES):
                    self.take(f"{name[:-4]}/{inner.name}", inner, nested=True)
                return
        except Refused as refused:
            size = f" {what.capitalize()} has at most {limit // MB} MB." if refused.too_large else ""
            self.problems.append(f"{one_line(name, 80)} was not read: {refused}.{size}")
            return
        self.total += len(data)
        while name in self.files:
            name = f"again/{name}"
        self.files[name] = data


def scan(paths: Iterable[Path | str]) -> tuple[list[Bundle], list[str]]:
    """All learners found at these paths, in order of their names, and plain lines about what was passed over.

    Only names are read here. Raises MedialitError when a path does not exist.
    """
    bundles: dict[str, Bundle] = {}
    lines: list[str] = []
    for path in map(Path, paths):
        for source in _open(path, lines):
            _assign(source, path, bundles, lines)
    return [bundles[learner] for learner in sorted(bundles)], [one_line(line) for line in lines]


def _open(path: Path, lines: list[str]) -> list[Source]:
    if path.is_dir():
        path = path / "submitted" if (path / "submitted").is_dir() else path
        return _with_zips(folder_source(path), lines)
    if not path.exists():
        raise MedialitError(f"There is no file or folder {path}. Check its name.")
    if path.suffix.lower() == ".zip":
        return _zip(path.name, path, lines)
    return folder_source(path.parent, only=path.name)


def _with_zips(found: list[Source], lines: list[str]) -> list[Source]:
    """A zip file that lies loose in the folder of a class is an export, or the work of the learner it is named after."""
    opened: list[Source] = []
    for source in found:
        if len(source.parts) > 1 or source.path is None or not source.name.lower().endswith(".zip"):
            opened.append(source)
            continue
        named = from_file(source.name)
        nobody = named is None or named.who.lower() in _WRAPPERS
        # What is damaged is told once: here when it names nobody, else in the learner's own lines.
        inner = [] if named and named.lms else _zip(source.name, source.path, lines if nobody else [])
        if nobody or _as_exported(inner):
            opened += inner
        else:
            # Otherwise a learner could put a folder with another learner's name into a zip.
            opened.append(source)
            folders = {one.parts[0] for one in inner if len(one.parts) > 1 and one.parts[0] not in _COURSE_FOLDERS}
            if len(folders) > 1:
                lines.append(
                    f"{one_line(source.name, 80)} was taken as the work of one learner. "
                    "If it is a whole class, name the zip file itself."
                )
    return opened


def _as_exported(inner: list[Source]) -> bool:
    """True when a learning platform gave every file its name. Such a name holds a number that no other learner has."""
    named = ((from_folder(one.parts[0]), from_file(one.parts[0])) for one in inner)
    return bool(inner) and all(folder.lms or (file and file.lms) for folder, file in named)


def _zip(name: str, path: Path, lines: list[str]) -> list[Source]:
    try:
        return zip_source(path)
    except Refused as refused:
        lines.append(f"{one_line(name, 80)} was not read: {refused}.")
        return []


def _assign(source: Source, path: Path, bundles: dict[str, Bundle], lines: list[str]) -> None:
    """Give a file to the learner whose folder it lies in, or whose name it bears."""
    parts = list(source.parts)
    while len(parts) > 1 and parts[0].lower() in _WRAPPERS:
        parts = parts[1:]
    if len(parts) == 1:
        if not parts[0].lower().endswith((".ipynb", ".jsonl", ".zip")):
            return
        found = from_file(parts[0]) or Found(path.stem if path.is_file() else path.resolve().name, parts[0])
        inside = found.file
    elif parts[0] in _COURSE_FOLDERS:
        # The folder is one learner's own working folder.
        found, inside = Found(path.stem if path.is_file() else path.resolve().name), "/".join(parts)
    else:
        found, inside = from_folder(parts[0]), "/".join(parts[1:])
    raw = f"{found.who}_{found.lms_id}" if found.lms_id else found.who
    learner = learner_name(raw)
    bundle = bundles.get(learner)
    if bundle is None:
        bundle = bundles[learner] = Bundle(learner, cleaned(found.who), found.lms, found.lms_id)
        if learner != raw and cleaned(raw) != raw:
            bundle.problems.append("The name holds signs that cannot be shown. They were left out.")
    if source.fault:
        bundle.problems.append(f"{one_line(inside, 80)} was not read: {source.fault}.")
    elif not source.empty:
        bundle.sources.append((inside, source))
