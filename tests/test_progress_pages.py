"""The progress file in the browser: a drive without locks that gives back what an old handle holds."""

from __future__ import annotations

import errno
import os
import runpy
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from medialit.progress import Entry, Progress, disk, latest, pages

_HANDLES = 10_000  # numbers of the drive's own handles, far from those of real files


class Drive:
    """JupyterLite's drive as a page sees it: a file is taken whole when it is opened and put back whole when it is closed.

    It has no locks, one writer never sees what another does in between, and it never answers a page that asks for the size
    of a file that is gone. ``before`` is called before each request.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, bytes] = {}
        self.handles: dict[int, SimpleNamespace] = {}
        self.before = lambda: None
        self.keeps = True
        self.requests = 0

    def name(self, path: object) -> str | None:
        path = Path(os.fspath(path)) if isinstance(path, (str, os.PathLike)) else Path("/")
        return path.name if path.parent == self.folder else None

    def ask(self) -> None:
        self.requests += 1
        self.before()

    def open(self, path: object, flags: int) -> int:
        name = self.name(path)
        self.ask()
        assert not flags & os.O_TRUNC, "the drive would save an empty file first"
        if name not in self.files:
            if not flags & os.O_CREAT:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            self.files[name] = b""
        number = _HANDLES + len(self.handles)
        writes = bool(flags & (os.O_WRONLY | os.O_RDWR))
        self.handles[number] = SimpleNamespace(name=name, data=self.files[name], at=0, writes=writes)
        return number

    def read(self, number: int, size: int) -> bytes:
        handle = self.handles[number]
        piece = handle.data[handle.at : handle.at + size]
        handle.at += len(piece)
        return piece

    def write(self, number: int, data: bytes) -> int:
        handle = self.handles[number]
        data = bytes(data)
        handle.data = handle.data[: handle.at] + data + handle.data[handle.at + len(data) :]
        handle.at += len(data)
        return len(data)

    def lseek(self, number: int, to: int, whence: int) -> int:
        handle = self.handles[number]
        handle.at = to + {os.SEEK_SET: 0, os.SEEK_CUR: handle.at, os.SEEK_END: len(handle.data)}[whence]
        return handle.at

    def close(self, number: int) -> None:
        handle = self.handles[number]
        self.ask()
        if handle.writes and self.keeps:
            self.files[handle.name] = handle.data


@pytest.fixture
def drive(tmp_path, monkeypatch):
    here = Drive(tmp_path)
    monkeypatch.setattr(disk, "fcntl", None)
    monkeypatch.setattr(pages, "PAUSE", 0.0)
    real = {name: getattr(os, name) for name in ("open", "read", "write", "lseek", "close", "listdir", "fsync")}

    def routed(name):
        def act(first, *more, **named):
            ours = first >= _HANDLES if type(first) is int else here.name(first) is not None
            return getattr(here, name)(first, *more[:2]) if ours else real[name](first, *more, **named)

        return act

    for name in ("read", "write", "lseek", "close"):
        monkeypatch.setattr(os, name, routed(name))
    monkeypatch.setattr(os, "open", lambda path, flags, *more, **named: routed("open")(path, flags))
    monkeypatch.setattr(os, "fsync", lambda number: None if number >= _HANDLES else real["fsync"](number))
    monkeypatch.setattr(
        os,
        "listdir",
        lambda path=".": (here.ask(), list(here.files))[1] if Path(path) == tmp_path else real["listdir"](path),
    )

    def refuse(path, *_more, **_named):
        raise AssertionError(f"{path}: this page would wait for ever, or another page's file would go")

    for name in ("replace", "rename", "remove", "unlink", "truncate", "ftruncate"):
        monkeypatch.setattr(os, name, refuse)
    yield here
    assert all(line.endswith(b"\n") for line in here.files.values())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "my-progress.jsonl"


def answers(progress: Progress) -> list[object]:
    return [entry.answer for entry in progress.entries()]


def copy_of(*given: object) -> bytes:
    other = Progress()
    for answer in given:
        other.add(Entry("note", answer=answer))
    return other.as_bytes()


def taken_away(drive: Drive, path: Path) -> list[object]:
    """What a grader finds in my-progress.jsonl, taken from the drive as it is."""
    away = Progress()
    away.restore(drive.files[path.name])
    return answers(away)


@pytest.mark.parametrize("module", [ModuleType("fcntl"), None])
def test_a_system_whose_fcntl_has_no_flock_counts_as_one_without_locks(monkeypatch, module):
    monkeypatch.setitem(sys.modules, "fcntl", module)
    found = runpy.run_path(disk.__file__)
    assert found["fcntl"] is None
    assert not found["has_locks"]()


def test_the_browser_has_no_locks_even_where_flock_is_there(monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert not runpy.run_path(disk.__file__)["has_locks"]()


def test_an_answer_outlives_its_page_and_lies_in_the_one_file_too(drive, path):
    progress = Progress(path)
    progress.add(Entry("attempt", task="1.1", answer="a"))
    progress.add(Entry("attempt", task="1.1", answer="b"))
    assert progress.problem is None
    assert answers(progress) == answers(Progress(path)) == taken_away(drive, path) == ["a", "b"]
    assert Progress(path).learner == progress.learner


def test_a_restore_is_on_the_drive_when_it_says_so(drive, path):
    progress = Progress(path)
    progress.add(Entry("note", answer="here"))
    report = progress.restore(copy_of("one", "two"))
    assert (report.ok, report.added) == (True, 2)
    assert sorted(answers(Progress(path))) == sorted(taken_away(drive, path)) == ["here", "one", "two"]
    assert "nothing new" in progress.restore(copy_of()).text


def test_what_the_browser_does_not_keep_is_not_called_saved_or_restored(drive, path):
    progress = Progress(path)
    drive.keeps = False
    report = progress.restore(copy_of("gone"))
    assert not report.ok
    assert "Nothing was restored" in report.text
    progress.add(Entry("note", answer=1))
    assert "is not kept: this is a private window" in progress.problem
    assert "unit.download()" in progress.problem
    drive.keeps = True
    progress.add(Entry("note", answer=2))
    assert progress.problem is None
    assert {1, 2} <= set(answers(Progress(path)))


def add(progress: Progress, answer: object) -> None:
    progress.add(Entry("note", answer=answer))


def bring(progress: Progress, answer: object) -> None:
    assert progress.restore(copy_of(answer)).ok


@pytest.mark.parametrize("one_does", [add, bring])
@pytest.mark.parametrize("two_does", [add, bring])
@pytest.mark.parametrize("before", ["nothing yet", "both pages wrote", "an old page to take over"])
def test_two_pages_lose_nothing_wherever_one_breaks_in_on_the_other(drive, path, one_does, two_does, before):
    moments = 0
    for moment in range(200):
        drive.files.clear()
        drive.handles.clear()
        expected = {"one", "two"}
        if before == "an old page to take over":
            Progress(path).add(Entry("note", answer="old", time="2026-01-01T00:00:00Z"))
            expected |= {"old"}
        one, two = Progress(path), Progress(path)
        if before == "both pages wrote":
            add(one, 1)
            add(two, 2)
            expected |= {1, 2}
        left = [moment]

        def step(left=left, two=two):
            left[0] -= 1
            if left[0] == -1:
                two_does(two, "two")

        drive.before = step
        one_does(one, "one")
        drive.before = lambda: None
        if left[0] >= 0:
            break
        moments += 1
        assert set(answers(one)) == set(answers(two)) == set(answers(Progress(path))) == expected, moment
        assert one.problem is two.problem is None
        add(two, "after")  # the next answer of any page makes the one file whole again
        assert set(taken_away(drive, path)) == {*expected, "after"}, moment
    assert moments > 5


def test_eighty_answers_in_turns_are_eighty_and_take_two_files_beside_the_one(drive, path):
    one, two = Progress(path), Progress(path)
    for number in range(40):
        add(one, number)
        add(two, 100 + number)
    assert sorted(answers(Progress(path))) == [*range(40), *range(100, 140)]
    assert len(drive.files) == 3


def test_a_page_that_was_closed_long_ago_leaves_its_file_to_the_next(drive, path):
    for day in range(1, 6):
        Progress(path).add(Entry("note", answer=day, time=f"2026-01-0{day}T00:00:00Z"))
    assert len(drive.files) == 2
    assert answers(Progress(path)) == [1, 2, 3, 4, 5]


def test_a_page_that_wakes_up_after_its_file_was_taken_over_goes_on_in_another(drive, path):
    asleep = Progress(path)
    asleep.add(Entry("note", answer="slept", time="2026-01-01T00:00:00Z"))
    other = Progress(path)
    add(other, "other")
    assert len(drive.files) == 2
    add(asleep, "awake")
    add(other, "again")
    assert sorted(answers(Progress(path))) == ["again", "awake", "other", "slept"]


def test_a_draft_goes_to_one_file_alone_and_keeps_its_place_among_the_answers(drive, path):
    progress = Progress(path)
    progress.add(Entry("attempt", task="q", version="1", answer="a"))
    main = drive.files[path.name]
    progress.add(Entry("draft", task="q", version="1", answer="b"))
    assert drive.files[path.name] == main
    progress.add(Entry("attempt", task="q", version="1", answer="c"))
    found = Progress(path).entries()
    assert [entry.answer for entry in found] == ["a", "b", "c"]
    assert latest(found, "1").answer == "c"


def test_a_file_that_was_deleted_by_hand_comes_back_with_the_next_answer(drive, path):
    progress = Progress(path)
    add(progress, 1)
    drive.files.clear()
    add(progress, 2)
    assert answers(Progress(path)) == taken_away(drive, path) == [1, 2]


def test_a_damaged_line_stays_and_is_copied_and_a_foreign_file_is_left_alone(drive, path):
    add(Progress(path), 1)
    drive.files[path.name] += b"broken\n"
    progress = Progress(path)
    assert "could not be read. A copy is in my-progress.damaged.jsonl" in progress.warnings[0]
    add(progress, 2)
    assert b"broken" in drive.files[path.name]
    assert drive.files["my-progress.damaged.jsonl"] == b"broken\n"
    drive.files.clear()
    drive.files[path.name] = b"dear diary\n"
    add(Progress(path), 3)
    assert drive.files == {path.name: b"dear diary\n"}


def test_other_pages_are_looked_at_once_a_second_at_most(drive, path, monkeypatch):
    progress = Progress(path)
    add(progress, 1)
    monkeypatch.setattr(pages, "PAUSE", 60.0)
    answers(progress)
    drive.requests = 0
    for _ in range(20):
        assert answers(progress) == [1]
    assert drive.requests == 0
    add(progress, 2)
    assert answers(progress) == [1, 2]
