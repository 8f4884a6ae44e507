"""The log of attempts: looking back, damage, restoring. What a killed or full machine does is in test_progress_disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from some import some

from medialit.errors import MedialitError
from medialit.progress import Entry, Progress, best, count, first, hints, latest, merge


def attempt(answer: object = "b", **other: object) -> Entry:
    values = {"unit": "quotes", "task": "1.1", "version": "1", "door": "code", "outcome": "passed", "score": 1.0}
    return Entry("attempt", answer=answer, **(values | other))


def filled(path: Path, number: int = 3) -> Progress:
    progress = Progress(path)
    for i in range(number):
        progress.add(attempt(i, time=f"2026-01-01T00:00:{i:02}Z"))
    return progress


def answers(progress: Progress) -> list[object]:
    return [entry.answer for entry in progress.entries()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "my-progress.jsonl"


def test_a_file_begins_with_a_header_and_what_is_added_is_read_back(path):
    added = Progress(path).add(attempt("“quoted”", codes=["Q-C"], certainty=3))
    header, line = path.read_text("utf-8").splitlines()
    assert json.loads(header).keys() == {"kind", "format", "learner", "kit"}
    assert len(json.loads(header)["learner"]) == 8
    assert "“quoted”" in line
    assert "text" not in json.loads(line)
    assert "hints" not in json.loads(line)
    assert added.id
    assert added.time.endswith("Z")
    assert added.codes == ("Q-C",)


def test_what_is_added_is_read_back_equal_by_the_next_session(path):
    progress = Progress(path)
    entries = [
        attempt([[1, 2], {"a": None, "b": False}]),
        attempt(False, score=0, hints=2, outcome="not yet"),
        attempt(0.25, certainty=1),
        Entry("note", text="line\none\u2028two \ud800"),
        Entry("contest", task="1.2", text="I read ¶9 differently."),
        attempt(""),
    ]
    added = [progress.add(entry) for entry in entries]
    assert Progress(path).entries() == added == progress.entries()
    assert Progress(path).warnings == []


def test_entries_are_found_by_kind_unit_task_and_case(path):
    progress = Progress(path)
    progress.add(attempt(1))
    progress.add(attempt(2, task="1.2", case="other"))
    progress.add(Entry("draft", unit="claims", task="1.1", answer=3))
    assert [e.answer for e in progress.entries(task="1.1")] == [1, 3]
    assert [e.answer for e in progress.entries(kind="attempt", unit="quotes")] == [1, 2]
    assert [e.answer for e in progress.entries(case="other")] == [2]


def test_two_notebooks_see_each_others_entries(path):
    one, two = Progress(path), Progress(path)
    one.add(attempt(1))
    two.add(attempt(2))
    one.add(attempt(3))
    assert answers(one) == answers(two) == [1, 2, 3]
    assert (one.learner, path.read_bytes().count(b'"header"')) == (two.learner, 1)


def test_memory_only_writes_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for progress in (Progress(), Progress(":memory:")):
        progress.add(attempt(1))
        assert answers(progress) == [1]
        assert progress.problem is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "wrong",
    [
        attempt(object()),
        attempt(float("nan")),
        attempt({1, 2}),
        attempt(score=2),
        attempt(score=float("nan")),
        attempt(certainty=4),
        attempt(certainty=0),
        attempt(door="window"),
        attempt(codes="Q-C"),
        attempt(hints=-1),
        Entry("answer"),
        Entry("attempt", time="today"),
    ],
)
def test_an_entry_that_no_file_can_hold_is_refused_and_not_written(path, wrong):
    progress = Progress(path)
    with pytest.raises(MedialitError):
        progress.add(wrong)
    assert progress.entries() == []
    assert not path.exists()


def test_the_answer_kept_is_a_copy(path):
    given_in = [1]
    progress = Progress(path)
    progress.add(attempt(given_in))
    given_in.append(2)
    assert answers(progress) == [[1]]


def test_an_edited_task_never_takes_an_old_answer():
    old, new = attempt("a", version="1"), attempt("b", version="2", score=0.5)
    assert (latest([old, new], "1"), latest([old, new], "2")) == (old, new)
    assert latest([old, new], "3") is None
    assert count([old, new], "2") == 1


def test_first_best_count_and_hints():
    log = [
        attempt(outcome="could not check", score=0.0),
        attempt("x", score=0.2, outcome="not yet"),
        Entry("event", version="1", hints=2),
        attempt("y", score=0.9, outcome="partly", hints=1),
        attempt("z", score=0.9, outcome="partly", hints=1),
        attempt(None, outcome="not attempted", score=0.0),
        Entry("draft", version="1", answer="d"),
    ]
    assert (first(log, "1").answer, best(log, "1").answer, latest(log, "1").answer) == ("x", "y", "z")
    assert (latest(log, "1", kind="draft").answer, count(log, "1"), hints(log, "1")) == ("d", 3, 2)
    assert first([], "1") is best([], "1") is latest([], "1") is None
    assert hints([], "1") == 0


def test_all_notebooks_of_a_course_share_the_file_in_its_root(tmp_path, monkeypatch):
    monkeypatch.delenv("MEDIALIT_PROGRESS", raising=False)
    for name in ("notebooks", "exercises"):
        (tmp_path / name).mkdir()
    (tmp_path / "notebooks" / "my-progress.jsonl").write_bytes(b"")  # a copy dropped there by mistake
    monkeypatch.chdir(tmp_path / "exercises")
    assert Progress.default().path == tmp_path / "my-progress.jsonl"
    assert Progress.default(tmp_path / "notebooks").path == tmp_path / "my-progress.jsonl"


def test_without_a_course_the_nearest_file_upwards_is_used_else_the_folder_itself(tmp_path, monkeypatch):
    monkeypatch.delenv("MEDIALIT_PROGRESS", raising=False)
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert Progress.default(inner).path == inner / "my-progress.jsonl"
    (tmp_path / "a" / "my-progress.jsonl").write_bytes(b"")
    assert Progress.default(inner).path == tmp_path / "a" / "my-progress.jsonl"


def test_where_the_file_is(tmp_path, monkeypatch):
    monkeypatch.setenv("MEDIALIT_PROGRESS", ":memory:")
    assert Progress.default(tmp_path).path is None
    monkeypatch.setenv("MEDIALIT_PROGRESS", str(tmp_path / "mine.jsonl"))
    assert Progress.default().path == tmp_path / "mine.jsonl"
    monkeypatch.setenv("MEDIALIT_PROGRESS", str(tmp_path))
    assert Progress.default().path == tmp_path / "my-progress.jsonl"


def test_a_damaged_line_is_set_aside_once_and_named(path):
    filled(path)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2][:30] + b"\n"
    path.write_bytes(b"".join(lines))
    for _ in range(3):
        progress = Progress(path)
        assert (answers(progress), len(progress.warnings)) == ([0, 2], 1)
        assert "Line 3 of my-progress.jsonl could not be read" in progress.warnings[0]
    assert (path.parent / "my-progress.damaged.jsonl").read_bytes() == lines[2]
    assert path.read_bytes() == b"".join(lines)


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"[1, 2]",
        b"17",
        b'{"kind": "attempt"}',
        b'{"kind": "attempt", "id": "a", "time": "2026-01-01T00:00:00Z", "score": "1"}',
        b'{"kind": "attempt", "id": "a", "time": "2026-01-01T00:00:00Z", "score": true}',
        b'{"kind": "attempt", "id": "a", "time": "2026-01-01T00:00:00Z", "answer": NaN}',
        b'{"kind": "attempt", "id": "a", "time": "2026-01-01T00:00:00Z", "answer": 1e999}',
        b'{"kind": "attempt", "id": "a", "time": "2026-01-01T00:00:00Z", "answer": ' + b"9" * 5000 + b"}",
        b'{"kind": "attempt", "id": "a", "time": "2026-01-01T00:00:00Z", "answer": ' + b"[" * 200_000,
        b'{"kind": "prize", "id": "a", "time": "2026-01-01T00:00:00Z"}',
        b'{"kind": "header", "format": "one"}',
        b'{"kind": "header", "format": 0}',
        b"\xff\xfe{\x00}\x00",
        b"\0\0\0\0",
    ],
)
def test_every_sort_of_bad_line_leaves_the_others_usable(path, line):
    filled(path, 2)
    with path.open("ab") as file:
        file.write(line + b"\n")
    Progress(path).add(attempt("after"))
    progress = Progress(path)
    assert answers(progress) == [0, 1, "after"]
    assert "Line 4 " in progress.warnings[0]


def test_several_damaged_lines_make_one_sentence(path):
    filled(path, 1)
    with path.open("ab") as file:
        file.write(b"".join(b"bad %d\n" % i for i in range(14)))
    (text,) = Progress(path).warnings
    assert "Lines 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 4 more of" in text


def test_cut_at_any_byte_of_the_last_line_loses_only_that_line(path):
    filled(path, 3)
    data = path.read_bytes()
    start = data.rstrip(b"\n").rindex(b"\n") + 1
    for cut in some(range(start, len(data) + 1)):
        path.write_bytes(data[:cut])
        progress = Progress(path)
        kept = [0, 1, 2] if cut >= len(data) - 1 else [0, 1]
        assert (answers(progress), len(progress.warnings)) == (kept, start < cut < len(data) - 1)
        progress.add(attempt("next"))
        assert answers(progress) == answers(Progress(path)) == [*kept, "next"]


def test_cut_at_any_byte_of_the_header_the_file_stays_usable(path):
    filled(path, 0).add(attempt(0))
    header = path.read_bytes().split(b"\n")[0]
    for cut in some(range(len(header) + 1)):
        path.write_bytes(header[:cut])
        progress = Progress(path)
        progress.add(attempt("next"))
        again = Progress(path)
        assert answers(again) == ["next"]
        assert again.problem is None
        assert again.learner == progress.learner


@given(st.lists(st.binary(max_size=40), max_size=6))
def test_any_bytes_between_good_lines_never_raise_and_lose_nothing(tmp_path_factory, parts):
    path = tmp_path_factory.mktemp("any") / "my-progress.jsonl"
    good = [
        b'{"kind": "note", "id": "n%d", "time": "2026-01-01T00:00:00Z", "answer": %d}' % (i, i)
        for i in range(len(parts) + 1)
    ]
    mixed = [good[0]]
    for part, line in zip(parts, good[1:], strict=True):
        mixed += [part, line]
    path.write_bytes(b"\n".join(mixed) + b"\n")
    progress = Progress(path)
    assert answers(progress) == list(range(len(good)))
    aside = path.parent / "my-progress.damaged.jsonl"
    held = aside.read_bytes() if aside.exists() else b""
    assert all(piece in held for part in parts for piece in part.split(b"\n") if piece.strip())


def test_a_file_that_is_not_a_progress_file_is_left_alone(path):
    notebook = b'{\n "cells": [],\n "nbformat": 4\n}\n'
    path.write_bytes(notebook)
    progress = Progress(path)
    progress.add(attempt(1))
    assert path.read_bytes() == notebook
    assert not (path.parent / "my-progress.damaged.jsonl").exists()
    assert "is not a progress file" in progress.problem
    assert "1 entry is not saved yet" in progress.problem
    path.unlink()
    progress.add(attempt(2))
    assert progress.problem is None
    assert answers(Progress(path)) == [1, 2]


def test_a_newer_format_is_opened_for_reading_only(path):
    filled(path, 1)
    newer = path.read_bytes().replace(b'"format": 1', b'"format": 2') + b'{"kind": "prize"}\n'
    path.write_bytes(newer)
    progress = Progress(path)
    assert answers(progress) == [0]
    assert "newer medialit (format 2)" in progress.problem
    assert progress.warnings == []
    progress.add(attempt(1))
    assert (answers(progress), path.read_bytes()) == ([0, 1], newer)
    assert not progress.restore(filled(path.with_name("other.jsonl")).as_bytes()).ok
    assert path.read_bytes() == newer


def test_line_ends_and_marks_that_an_editor_leaves_do_no_harm(path):
    filled(path, 2)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n\r\n")
    progress = Progress(path)
    assert (answers(progress), progress.warnings) == ([0, 1], [])


def test_an_edit_in_place_is_seen(path):
    progress = filled(path, 3)
    path.write_bytes(path.read_bytes().replace(b'"answer": 1', b'"answer": [1, 1]'))
    assert answers(progress) == [0, [1, 1], 2]


def test_a_deleted_file_means_a_fresh_start_and_is_said(path):
    progress = filled(path, 2)
    path.unlink()
    assert progress.entries() == []
    assert "is no longer in" in progress.warnings[0]
    progress.add(attempt("new"))
    assert (answers(progress), progress.warnings) == (["new"], [])


def test_a_download_restored_elsewhere_is_the_same_log_under_the_same_pseudonym(path, tmp_path):
    progress = filled(path, 4)
    there = Progress(tmp_path / "elsewhere.jsonl")
    report = there.restore(progress.as_bytes())
    assert (str(report), there.entries()) == ("Restored 4 attempts.", progress.entries())
    assert there.digest() == progress.digest()
    assert there.learner == progress.learner == Progress(there.path).learner


def test_restore_joins_by_id_and_orders_by_time(path):
    mine, other = Progress(path), Progress()
    for second in (1, 5):
        mine.add(attempt(second, time=f"2026-01-01T00:00:0{second}Z"))
    for second in (0, 3, 9):
        other.add(attempt(second, time=f"2026-01-01T00:00:0{second}Z"))
    other.add(Entry("note", text="mine", time="2026-01-01T00:00:09Z"))
    other.restore(mine.as_bytes())
    report = mine.restore(other.as_bytes() + b"damaged")
    assert str(report) == ("Restored 3 attempts and 1 other entry; 2 were here already; 1 line could not be read.")
    assert (report.ok, report.added, report.already, report.unreadable) == (True, 4, 2, 1)
    assert answers(mine) == answers(Progress(path)) == [0, 1, 3, 5, 9, None]
    assert (mine.digest(), mine.learner) == (other.digest(), other.learner)
    before = path.read_bytes()
    assert str(mine.restore(path)) == "There was nothing new to restore; 6 were here already."
    assert path.read_bytes() == before


def test_an_open_notebook_follows_a_file_that_was_replaced_by_a_restore(path):
    one = filled(path, 2)
    two = Progress(path)
    two.restore(filled(path.with_name("old.jsonl"), 3).as_bytes())
    one.add(attempt("last"))
    assert len(one.entries()) == 6
    assert one.entries() == two.entries() == Progress(path).entries()


def test_restore_keeps_our_lines_byte_for_byte_and_damaged_ones_aside(path):
    filled(path, 1)
    strange = b'{"kind": "note", "id": "s", "time": "2026-01-01T00:00:00Z", "later": [1]}'
    with path.open("ab") as file:
        file.write(strange + b"\nbroken\n")
    progress = Progress(path)
    progress.restore(filled(path.with_name("old.jsonl"), 2).as_bytes())
    assert strange in path.read_bytes().split(b"\n")
    assert ((path.parent / "my-progress.damaged.jsonl").read_bytes(), progress.warnings) == (b"broken\n", [])
    assert len(progress.entries()) == 4


def test_bad_input_to_restore_is_one_sentence_and_changes_nothing(path, tmp_path, monkeypatch):
    progress = filled(path, 2)
    before = sorted((p.name, p.read_bytes()) for p in tmp_path.iterdir())
    notebook = b'{\n "cells": [],\n "nbformat": 4\n}\n'
    bad = {
        "is empty": b" \n",
        "is a notebook": notebook,
        "is not a progress file": b"\x89PNG\r\n\x1a\n\0\0",
        "a newer medialit (format 9)": b'{"kind": "header", "format": 9, "learner": "x"}\n',
        "There is no file": tmp_path / "absent.jsonl",
        "is a folder": tmp_path,
        "There is no file bad": "bad\0name",
        "not int": 17,
    }
    reports = {words: progress.restore(source) for words, source in bad.items()}
    monkeypatch.setattr(merge, "MAX_FILE", 1000)
    reports["too large"] = progress.restore(b"x" * 1001)
    for words, report in reports.items():
        assert words in str(report)
        assert not report.ok
        assert "Nothing was changed" in str(report)
        assert "\n" not in str(report)
    assert sorted((p.name, p.read_bytes()) for p in tmp_path.iterdir()) == before


def test_a_file_of_200_megabytes_is_refused_without_being_read(path, tmp_path):
    huge = tmp_path / "huge.jsonl"
    with huge.open("wb") as file:
        file.truncate(200_000_000)  # a hole: it takes no room on the disk
    assert "too large for a progress file (200 MB" in str(Progress(path).restore(huge))
    assert "larger than 50 MB" in Progress(huge).problem


def test_ten_thousand_entries_are_read_once_and_then_only_what_is_new(path, monkeypatch):
    line = '{"kind": "attempt", "id": "%d", "time": "2026-01-01T00:00:00Z", "task": "%d", "answer": [[1, 2]]}\n'
    path.write_text("".join(line % (i, i % 50) for i in range(10_000)))
    progress = Progress(path)
    assert len(progress.entries(task="7")) == 200
    read: list[int] = []
    from medialit.progress import disk

    whole = disk.read
    monkeypatch.setattr(disk, "read", lambda *a: (piece := whole(*a), read.append(len(piece.data)))[0])
    progress.add(attempt("new"))
    assert (len(progress.entries()), len(read)) == (10_001, 1)
    assert sum(read) < 1000


def test_adding_the_same_entry_again_changes_nothing(path):
    progress = Progress(path)
    entry = progress.add(attempt(1))
    assert (progress.add(entry), answers(Progress(path))) == (entry, [1])
