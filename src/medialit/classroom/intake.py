"""Take in what a class handed in: folders and zip files become one bundle of files a learner.

Nothing is trusted and nothing is unpacked to disk. What cannot be read is named in one plain line and left out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from medialit.classroom.names import (
    HandInName,
    cleaned,
    from_file,
    from_folder,
    hides_signs,
    learner_name,
    one_line,
    own_name,
    without_group,
)
from medialit.classroom.sources import Refused, Source, folder_source, zip_bytes, zip_source
from medialit.classroom.worksheet import same_name
from medialit.english import some
from medialit.errors import MedialitError
from medialit.progress.entry import HEADER_START

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
# Endings of what people hand in when they were asked for something else. Such a file has a person, as a notebook has.
_HANDED_IN = tuple(".ipynb .jsonl .zip .json .txt .html .htm .pdf .docx .doc .odt .rtf .py".split())
_NOBODY = re.compile(
    r"(read.?me|licen[cs]e|index|roster|worksheet|grades?|gradebook|instructions?|assignment)\b.*", re.I
)
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
    late: bool = False
    hand: str = ""

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hexadecimal) of all that was handed in, and of what was left out."""
        found = hashlib.sha256()
        for name, data in self.files.items():
            found.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogatepass"))
            found.update(data)
        found.update("\n".join(self.problems).encode("utf-8", "surrogatepass"))
        return found.hexdigest()

    @cached_property
    def notebooks(self) -> dict[str, bytes]:
        """The notebooks among the files."""
        return {name: data for name, data in self.files.items() if _kind(name, data) == "notebook"}

    @cached_property
    def progress(self) -> dict[str, bytes]:
        """The progress files among the files."""
        return {name: data for name, data in self.files.items() if _kind(name, data) == "progress"}

    @property
    def others(self) -> dict[str, bytes]:
        """What else lay beside them, for a notebook that reads a file of its own."""
        return {n: d for n, d in self.files.items() if n not in self.notebooks and n not in self.progress}


def _kind(name: str, data: bytes) -> str:
    """What a file is: by its ending and, as browsers change endings, by what is in it."""
    low = name.lower()
    if low.endswith((".ipynb", ".jsonl")):
        return "notebook" if low.endswith(".ipynb") else "progress"
    if low.endswith((".json", ".txt", ".html", ".htm")) or "." not in PurePosixPath(low).name:
        head = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
        if head.startswith(HEADER_START):
            return "progress"
        if head.startswith(b"{") and (b'"nbformat"' in data or own_name(low).endswith(".ipynb")):
            return "notebook"
    return ""


@dataclass
class Bundle:
    """The files of one learner, not read yet."""

    learner: str
    name: str
    lms: str = ""
    lms_id: str = ""
    late: bool = False
    hand: str = ""
    spellings: set[str] = field(default_factory=set)
    sources: list[tuple[str, Source]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def read(self) -> Submission:
        """Read the files, as many and as large as a submission may have."""
        reader = _Reader(list(self.problems))
        for name, source in sorted(self.sources, key=lambda pair: pair[0]):
            reader.take(name, source)
        files = dict(sorted(reader.files.items()))
        if len(self.spellings) > 1:
            reader.problems.append("Two spellings of this name look the same, and were taken as one person.")
        if any(hides_signs(raw) for raw in self.spellings):
            reader.problems.append("The name holds signs that cannot be shown. They were left out.")
        if not any(_kind(name, data) for name, data in files.items()):
            reader.problems.append(_unusable(list(files)) if self.sources or reader.problems else NOTHING)
        problems = tuple(one_line(problem) for problem in reader.problems)
        return Submission(self.learner, self.name, files, problems, self.lms, self.lms_id, self.late, self.hand)


NOTHING = "Nothing was handed in."


def _unusable(files: list[str]) -> str:
    told = f" Handed in: {some((one_line(name, 60) for name in files), 3)}." if files else ""
    return f"There is no notebook and no progress file that can be read.{told}"


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


def scan(
    paths: Iterable[Path | str], people: Iterable[HandInName] = (), leave_out: Iterable[Path] = ()
) -> tuple[list[Bundle], list[str]]:
    """All learners found at these paths, in order of their names, and plain lines about what was passed over.

    ``people`` are those on the instructor's list, who may have handed in nothing. ``leave_out`` are paths that are nobody's
    work, such as the folder for the gradebook. Only names are read here. Raises MedialitError when a path does not exist.
    """
    bundles: dict[str, Bundle] = {}
    lines: list[str] = []
    passed: list[str] = []
    left_out = {path.resolve() for path in leave_out}
    for path in map(Path, paths):
        sources, one = _open(path, left_out, lines)
        for source in sources:
            _assign(source, path, one, bundles, passed)
    _without_groups(bundles)
    _join(people, bundles)
    if passed:
        lines.append(f"Passed over, because the name is nobody's: {some(passed, 5)}.")
    return [bundles[learner] for learner in sorted(bundles)], [one_line(line) for line in lines]


def _open(path: Path, leave_out: set[Path], lines: list[str]) -> tuple[list[Source], bool]:
    """(files, do all of them belong to one person?)"""
    if path.is_dir():
        path = path / "submitted" if (path / "submitted").is_dir() else path
        found = folder_source(path, leave_out=leave_out)
        return (found, True) if _one_person(found) else (_with_zips(found, lines), False)
    if not path.exists():
        raise MedialitError(f"There is no file or folder {path}. Check its name.")
    if path.suffix.lower() == ".zip":
        found = _zip(path.name, path, lines)
        return found, _one_person(found)
    return folder_source(path.parent, only=path.name), False


def _with_zips(found: list[Source], lines: list[str]) -> list[Source]:
    """A zip file that lies loose in the folder of a class is the work of the learner it is named after, or an export.

    What is inside never says whose it is: a learner could put another's name into a zip.
    """
    opened: list[Source] = []
    for source in found:
        if len(source.parts) > 1 or source.path is None or not source.name.lower().endswith(".zip"):
            opened.append(source)
            continue
        named = from_file(source.name)
        if named is None or named.who.lower() in _WRAPPERS:
            opened += _zip(source.name, source.path, lines)
            continue
        opened.append(source)
        # What is damaged is told in the learner's own lines.
        inner = [] if named.lms else _zip(source.name, source.path, [])
        whole = {one.parts[0] for one in inner if len(one.parts) > 1 and one.parts[0] not in _COURSE_FOLDERS}
        whole |= {who.key for one in inner if (who := from_file(one.parts[0])) and who.lms}
        if len(whole) > 1:
            lines.append(
                f"{one_line(source.name, 80)} was taken as the work of one learner. "
                "If it is a whole class, name the zip file itself."
            )
    return opened


def _zip(name: str, path: Path, lines: list[str]) -> list[Source]:
    try:
        return zip_source(path)
    except Refused as refused:
        lines.append(f"{one_line(name, 80)} was not read: {refused}.")
        return []


def _one_person(sources: list[Source]) -> bool:
    """Is this somebody's own working folder? It has the course in it, or a progress file without a name, and no name."""
    work = [source for source in sources if own_name(source.parts[-1]).lower().endswith((".ipynb", ".jsonl"))]
    folders = {source.parts[0] for source in work if len(source.parts) > 1}
    loose = {own_name(source.parts[0]).lower() for source in work if len(source.parts) == 1}
    named = any(from_file(name) for name in loose) or not folders <= set(_COURSE_FOLDERS)
    return not named and (bool(folders) or "my-progress.jsonl" in loose)


def _assign(source: Source, path: Path, one: bool, bundles: dict[str, Bundle], passed: list[str]) -> None:
    """Give a file to the learner whose folder it is in, or whose name it bears."""
    parts = list(source.parts)
    while len(parts) > 1 and parts[0].lower() in _WRAPPERS:
        parts = parts[1:]
    if one:
        found, inside = HandInName(path.stem if path.is_file() else path.resolve().name), "/".join(parts)
    elif len(parts) > 1:
        found, inside = from_folder(parts[0]), "/".join(parts[1:])
    else:
        named = from_file(parts[0])
        readable = own_name(parts[0]).lower().endswith((".ipynb", ".jsonl", ".zip"))
        if not (named and named.lms) and (
            not parts[0].lower().endswith(_HANDED_IN) or (not readable and (not named or _NOBODY.fullmatch(parts[0])))
        ):
            passed.append(one_line(parts[0], 60))
            return
        found = named or HandInName(path.stem if path.is_file() else path.resolve().name, parts[0])
        inside = found.file
    bundle = _add(found, bundles)
    if source.fault:
        bundle.problems.append(f"{one_line(inside, 80)} was not read: {source.fault}.")
    elif not source.empty:
        bundle.sources.append((inside, source))


def _add(found: HandInName, bundles: dict[str, Bundle]) -> Bundle:
    """The bundle of a person, new when there is none."""
    learner = learner_name(found.key)
    bundle = bundles.setdefault(learner, Bundle(learner, cleaned(found.who), found.lms, found.lms_id))
    bundle.late, bundle.hand = bundle.late or found.late, bundle.hand or found.hand
    bundle.spellings.add(found.who)
    return bundle


def _join(people: Iterable[HandInName], bundles: dict[str, Bundle]) -> None:
    """Add those on the list who handed in nothing, and give the others the name that the list has for them."""
    numbers = {(bundle.lms, bundle.lms_id): bundle for bundle in bundles.values() if bundle.lms_id}
    names = {spelling: bundle for bundle in bundles.values() for spelling in same_name(bundle.name)}
    for found in people:
        bundle = numbers.get((found.lms, found.lms_id)) if found.lms_id else None
        if bundle is None:
            known = [names[name] for name in same_name(found.shown or found.who) if name in names]
            # Two people may have one name: a number tells them apart.
            known = [one for one in known if not (found.lms_id and one.lms_id)]
            bundle = known[0] if known else _add(found, bundles)
        if found.shown:
            bundle.name = cleaned(found.shown)
        if found.lms_id and not bundle.lms_id:
            bundle.lms, bundle.lms_id = found.lms, found.lms_id


def _without_groups(bundles: dict[str, Bundle]) -> None:
    """Take Moodle's group from the names of a class."""
    mine = [bundle for bundle in bundles.values() if bundle.lms == "moodle"]
    for bundle, name in zip(mine, without_group([bundle.name for bundle in mine]), strict=True):
        if name != bundle.name:
            del bundles[bundle.learner]
            bundle.name = name
            bundle.learner = learner_name(HandInName(name, lms_id=bundle.lms_id).key)
            bundles[bundle.learner] = bundle
