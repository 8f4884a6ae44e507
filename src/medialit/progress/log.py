"""The progress file as a notebook uses it: add, look back, download, restore. It never raises over a disk."""

from __future__ import annotations

import atexit
import os
import weakref
from collections.abc import Callable
from pathlib import Path

from medialit.errors import MedialitError
from medialit.progress import disk
from medialit.progress.entry import Entry, EntryLine, header_line, new_learner, sealed, to_line
from medialit.progress.merge import MAX_FILE, RestoreReport, elder, read_source, report, union
from medialit.progress.pages import Pages
from medialit.progress.reading import Contents
from medialit.progress.watch import tell, watch
from medialit.progress.words import bar, listed, why

FILE_NAME = "my-progress.jsonl"
MEMORY = ":memory:"


class Progress:
    """The learner's log of attempts, in a file of JSON lines or, without a path, in memory only.

    The file is the truth: what other notebooks write is seen, what cannot be saved waits in memory and is tried
    again with the next entry. ``problem`` and ``warnings`` hold plain sentences to show.
    """

    def __init__(self, path: Path | str | None = None) -> None:
        self.path = _place(path)
        self._pages = Pages(self.path) if self.path and not disk.has_locks() else None
        self._contents = Contents()
        self._mark: tuple[int, ...] | None = None
        self._waiting: dict[str, EntryLine] = {}
        self._learner = new_learner()
        self._barred = ""  # the file must not be written to, and why
        self._failed = ""  # the last attempt to write failed, and why
        self._gone = False
        self._copied: set[int] = set()  # numbers of the damaged lines that were set aside
        self._refresh()

    @classmethod
    def default(cls, start: Path | str | None = None) -> Progress:
        """The one file that all notebooks of a course share: my-progress.jsonl in the course's root.

        The environment variable MEDIALIT_PROGRESS (a path or ``:memory:``) comes first. The root is the nearest
        folder upwards that holds ``notebooks`` and ``exercises``, else one that holds such a file, else ``start``.
        """
        given = os.environ.get("MEDIALIT_PROGRESS", "").strip()
        try:
            path = _place(given or _course_root(start) / FILE_NAME)
            if path is None:
                return cls()
            # One for each file: what could not be saved yet is in it, whichever page it came from.
            return _shared.get(path) or _shared.setdefault(path, cls(path))
        except OSError:  # the folder we stand in was deleted
            progress = cls()
            progress._failed = "The folder of this notebook has gone, so there is no place to save in."
            return progress

    # --- looking back ---

    @property
    def learner(self) -> str:
        """A pseudonym of eight signs, drawn on this machine."""
        self._refresh()
        return self._contents.header.learner if self._contents.header else self._learner

    def entries(
        self, kind: str | None = None, unit: str | None = None, task: str | None = None, case: str | None = None
    ) -> list[Entry]:
        """All entries in order, or those that match; what other notebooks added since is among them."""
        self._refresh()
        return [
            e
            for e, _ in self._records()
            if (kind is None or e.kind == kind)
            and (unit is None or e.unit == unit)
            and (task is None or e.task == task)
            and (case is None or e.case == case)
        ]

    @property
    def problem(self) -> str | None:
        """Why something is not saved, and what to do; None when all is well."""
        if not (self._barred or self._failed):
            return None
        waiting = len(self._waiting)
        if not waiting:
            return self._barred or None
        kept = "1 entry is not saved yet; it is" if waiting == 1 else f"{waiting} entries are not saved yet; they are"
        return (
            f"{self._barred or self._failed} {kept} kept while this notebook stays open. "
            "Run unit.download() to keep a copy."
        )

    @property
    def warnings(self) -> list[str]:
        """What was found damaged, in plain sentences."""
        found = []
        if self._gone and self.path:
            found.append(
                f"{self.path.name} is no longer in {self.path.parent}. A new one starts with your next answer."
            )
        damaged = sorted(self._contents.damaged)
        if damaged and not self._contents.foreign and self.path:
            lines = f"Line {damaged[0]}" if len(damaged) == 1 else f"Lines {listed(damaged)}"
            aside = self._aside.name
            kept = f"A copy is in {aside}." if self._copied.issuperset(damaged) else f"{aside} cannot be written."
            found.append(f"{lines} of {self.path.name} could not be read. {kept} All other lines are in use.")
        return found

    def as_bytes(self) -> bytes:
        """The whole log as a progress file: for a download."""
        return header_line(self.learner) + b"".join(record.line for record in self._records())

    def digest(self) -> str:
        """SHA-256 (hexadecimal) of the entries, whatever their order in the file and whoever wrote the header."""
        import hashlib

        self._refresh()
        lines = sorted((e.time, e.id, to_line(e)) for e, _ in self._records())
        return hashlib.sha256(b"".join(line for _, _, line in lines)).hexdigest()

    # --- writing ---

    def add(self, entry: Entry) -> Entry:
        """Append an entry and return it with its ``id`` and ``time``. When it cannot be saved, see ``problem``.

        Raises MedialitError only for an entry that no file could hold (an object, not a number).
        """
        record = sealed(entry)
        self._refresh()
        known = self._contents.records.get(record.entry.id) or self._waiting.get(record.entry.id)
        if not known:
            self._waiting[record.entry.id] = record
        self._save()
        # A draft comes with every click; what is shown of the file waits for the next answer.
        if entry.kind != "draft":
            tell(self._name)
        return (known or record).entry

    def watch(self, place: str, act: Callable[[], None]) -> None:
        """Call ``act`` after each entry that this kernel adds to this file, also through another Progress. A place has one
        watcher, the newest."""
        watch(self._name, place, act)

    @property
    def _name(self) -> str:
        return str(self.path or f"memory {id(self)}")

    def restore(self, source: Path | str | bytes | bytearray | memoryview) -> RestoreReport:
        """Merge another progress file into this one. Bad input changes nothing; the report says what happened."""
        try:
            theirs = read_source(source)
            if self.path is None:
                return self._merge_in_memory(theirs)
            return self._merge_on_disk(self.path, theirs)
        except MedialitError as error:
            return RestoreReport(str(error), ok=False)
        except OSError as error:
            return RestoreReport(f"{why(error, self.path)} Nothing was restored.", ok=False)

    # --- inside ---

    def _records(self) -> list[EntryLine]:
        return [*self._contents.records.values(), *self._waiting.values()]

    @property
    def _aside(self) -> Path:
        assert self.path is not None
        return self.path.with_name(f"{self.path.stem}.damaged{self.path.suffix}")

    def _save(self) -> None:
        if self.path is None or self._barred or not self._waiting:
            return
        lines = b"".join(record.line for record in self._waiting.values())
        head = header_line(self._learner)
        try:
            # A file that lost its header gets one with the next line; an empty one gets it in any case.
            headless = self._contents.offset > 0 and not self._contents.header
            if self._pages:
                self._write_pages(self._pages, list(self._waiting.values()))
            else:
                disk.append(self.path, head + lines if headless else lines, head)
        except OSError as error:
            if not self._failed:  # no further answer may come: try once more when the notebook is closed
                atexit.register(_last_try, weakref.ref(self))
            self._failed = why(error, self.path)
            return
        self._failed, self._gone = "", False
        self._refresh()

    def _refresh(self) -> None:
        """Read what is new in the file. All of it when the file was replaced, cut or edited."""
        if self.path is None:
            return
        if self._pages:
            self._read_pages(self._pages, self.path)
            return
        try:
            now = disk.mark(self.path)
            if now is None:
                if self._mark:
                    self._contents, self._mark, self._gone = Contents(), None, True
                self._barred = ""
                return
            if now == self._mark:
                return
            self._read_on(self.path, now)
        except OSError as error:
            self._barred = "" if self._mark else why(error, self.path, "read")
            return
        for name in self._contents.records.keys() & self._waiting.keys():
            del self._waiting[name]
        self._set_aside()

    def _read_pages(self, pages: Pages, path: Path) -> None:
        try:
            found = pages.read()
        except OSError as error:
            self._barred = why(error, path, "read")
            return
        if found:
            self._contents, self._copied = found, set()
            self._barred = bar(found, path.name)
            self._set_aside()

    def _write_pages(self, pages: Pages, new: list[EntryLine]) -> None:
        header = self._contents.header
        # A draft comes with every click: our own file is enough for it.
        pages.write(new, header.learner if header else self._learner, any(r.entry.kind != "draft" for r in new))
        for record in new:
            self._contents.records[record.entry.id] = record
            self._waiting.pop(record.entry.id, None)

    def _read_on(self, path: Path, now: tuple[int, ...]) -> None:
        old, piece = self._contents, None
        if self._mark and disk.same_file(self._mark, now) and disk.size(now) > disk.size(self._mark):
            piece = disk.read(path, old.offset - len(old.trail))
        if piece and self._mark and disk.same_file(self._mark, piece.mark) and piece.data.startswith(old.trail):
            old.feed(piece.data[len(old.trail) :], whole=piece.locked)
        elif disk.size(now) > MAX_FILE:
            self._mark, self._barred = now, f"{path.name} is larger than {MAX_FILE / 1e6:.0f} MB. Move it elsewhere."
            return
        else:
            piece = disk.read(path)
            self._contents = Contents().feed(piece.data, whole=piece.locked)
            self._copied = set()
        self._mark, self._gone = piece.mark, False
        self._barred = bar(self._contents, path.name)

    def _set_aside(self) -> None:
        new = self._contents.damaged.keys() - self._copied
        if not new or self._contents.foreign:
            return
        try:
            lines = [self._contents.damaged[number] for number in sorted(new)]
            if self._pages:
                self._pages.set_aside(lines, self._aside)
            else:
                disk.append_missing(self._aside, lines)
        except OSError:
            return  # ``warnings`` says so; the lines stay where they are
        self._copied |= new

    def _merge_in_memory(self, theirs: Contents) -> RestoreReport:
        ours, added = list(self._waiting.values()), _new(theirs, self._waiting.keys())
        if theirs.header and elder(ours, theirs.records.values()):
            self._learner = theirs.header.learner
        self._waiting = {record.entry.id: record for record in union(ours, added)}
        return report(added, len(theirs.records) - len(added), len(theirs.damaged))

    def _merge_on_disk(self, path: Path, theirs: Contents) -> RestoreReport:
        self._refresh()
        if self._barred:
            raise MedialitError(f"{self._barred} Nothing was restored.")
        if not _new(theirs, self._contents.records.keys()) and not self._waiting:
            return report([], len(theirs.records), len(theirs.damaged))
        if self._pages:
            added = _new(theirs, self._contents.records.keys())
            if theirs.header and elder(self._contents.records.values(), theirs.records.values()):
                self._contents.header = theirs.header
            self._write_pages(self._pages, [*self._waiting.values(), *added])
            self._contents.records = {r.entry.id: r for r in union(self._contents.records.values(), ())}
            self._failed = ""
            return report(added, len(theirs.records) - len(added), len(theirs.damaged))
        done: list[RestoreReport] = []

        def build(data: bytes) -> bytes:
            # Read again under the lock: another notebook may have added a line or restored a file meanwhile.
            here = Contents().feed(data)
            if barred := bar(here, path.name):
                raise MedialitError(f"{barred} Nothing was restored.")
            if here.damaged:
                disk.append_missing(self._aside, list(here.damaged.values()))
            ours = union(here.records.values(), self._waiting.values())
            added = _new(theirs, {record.entry.id for record in ours})
            done.append(report(added, len(theirs.records) - len(added), len(theirs.damaged)))
            learner = here.header.learner if here.header else self._learner
            if theirs.header and elder(ours, theirs.records.values()):
                learner = theirs.header.learner
            return header_line(learner) + b"".join(record.line for record in union(ours, added))

        disk.rewrite(path, build)
        self._failed = ""
        self._refresh()
        return done[-1]


_shared: dict[Path, Progress] = {}


def _last_try(found: weakref.ref[Progress]) -> None:
    if progress := found():
        progress._refresh()
        progress._save()


def _place(path: Path | str | None) -> Path | None:
    if path is None or str(path) == MEMORY:
        return None
    found = Path(path).expanduser()
    if os.path.isdir(found):
        found = found / FILE_NAME
    # A link is followed once, so that a replaced file stays where the link points to.
    return Path(os.path.realpath(found))


def _course_root(start: Path | str | None) -> Path:
    here = Path(start or ".").absolute()
    folders = (here, *here.parents)
    tests: tuple[Callable[[Path], bool], ...] = (
        lambda f: os.path.isdir(f / "notebooks") and os.path.isdir(f / "exercises"),
        lambda f: os.path.isfile(f / FILE_NAME),
    )
    return next((folder for test in tests for folder in folders if test(folder)), here)


def _new(theirs: Contents, known: object) -> list[EntryLine]:
    return [record for name, record in theirs.records.items() if name not in known]  # type: ignore[operator]
