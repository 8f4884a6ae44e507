"""Notebooks are read as data: the answers in their outputs, what is old or missing in them, and nothing is executed."""

import json
import shutil
import sys

import pytest

from medialit.classroom import grading
from medialit.classroom.grading import Grader, Options, grade_here
from medialit.classroom.intake import Submission
from medialit.classroom.notebooks import MAX_CELLS, read_notebook
from medialit.errors import MedialitError
from medialit.files import data_path, kit_root
from medialit.show.answer_output import MIME

sys.path.insert(0, str(kit_root() / "benchmarks"))
from run_cells import outputs_of

CASE = "missile-tests"
CHAIN = ["officials", "newspaper", "agency", "account", "story"]
OPEN = 'import medialit\nunit = medialit.open_unit("quotes")'
CHECK = f'unit.check("1.4", {CHAIN!r})'


@pytest.fixture(autouse=True)
def no_progress(monkeypatch):
    monkeypatch.setenv("MEDIALIT_PROGRESS", ":memory:")


def cell(source, outputs=()):
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": list(outputs), "execution_count": None}


def notebook(*cells, **more):
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells, **more}).encode()


def ran(*sources):
    """A notebook with the outputs that these cells leave."""
    return notebook(*map(cell, sources, outputs_of(sources)))


def changed(data, change):
    book = json.loads(data)
    change(book["cells"])
    return json.dumps(book).encode()


def graded(files, **options):
    return Grader(Options(**options)).grade(Submission("ana", "Ana", files))


def points(done):
    return {grade.task: grade.score for grade in done.grades if grade.score}


def test_what_a_cell_left_is_read_with_the_place_where_it_is():
    book = read_notebook(
        "a.ipynb", ran(OPEN, CHECK, 'unit.predict("p1", "a")', 'unit.quiz().answer("q1", "b", certainty=2)')
    )
    assert [(one.item, one.kind, one.door, one.certainty, one.at) for one in book.answers[:3]] == [
        ("chain", "attempt", "code", None, ""),
        ("p1", "event", "click", None, ""),
        ("q1", "attempt", "code", 2, ""),
    ]
    assert [one.source for one in book.answers[:2]] == ["a.ipynb, cell 2", "a.ipynb, cell 3"]
    assert (book.problems, book.units, book.ran) == ([], ("quotes",), True)


def test_cells_may_be_moved_copied_split_merged_or_lose_their_source():
    whole = ran(OPEN, 'unit.task("1.4")', CHECK, "unit.read()")
    changes = {
        "moved": lambda cells: cells.reverse(),
        "copied": lambda cells: cells.extend(list(cells)),
        "code deleted": lambda cells: cells.pop(0),
        "in lines": lambda cells: [c.update(source=c["source"].splitlines(keepends=True)) for c in cells],
    }
    for name, change in changes.items():
        done = graded({"01-quotes.ipynb": changed(whole, change)})
        assert points(done) == {"1.4": 1.0}, name
        assert done.receipt.problems == (), name
    for sources in (
        [OPEN, f"answer = {CHAIN!r}", 'unit.check("1.4", answer)'],
        [f"{OPEN}\n{CHECK}\nunit.check('1.5', 1)"],
    ):
        assert points(graded({"x.ipynb": ran(*sources)})) == {"1.4": 1.0}


def test_an_answer_by_click_counts_too():
    data = ran(OPEN, 'w = unit.task("1.4")\nw', f"w.block.hand_in({CHAIN!r}, 'click', None)")
    assert points(graded({"x.ipynb": data})) == {"1.4": 1.0}


def test_an_output_that_is_older_than_its_cell_is_named_and_counts():
    data = changed(ran(OPEN, CHECK), lambda cells: cells[1].update(source='unit.check("1.4", ["story"])'))
    done = graded({"01-quotes.ipynb": data})
    assert points(done) == {"1.4": 1.0}
    (line,) = done.receipt.problems
    assert line.startswith("01-quotes.ipynb: the output of cell 2 is older than what the cell holds now.")
    # An output that holds nothing is not worth a line.
    data = changed(ran(OPEN, 'unit.task("1.4")'), lambda cells: cells[1].update(source='unit.task("1.5")'))
    assert graded({"01-quotes.ipynb": data}).receipt.problems == ()


@pytest.mark.parametrize("cleared", ["outputs", "nothing was run"])
def test_a_notebook_without_outputs_was_not_attempted_and_says_what_to_do(cleared):
    data = (
        notebook(cell(OPEN), cell(CHECK))
        if cleared != "outputs"
        else changed(ran(OPEN, CHECK), lambda cells: [one.update(outputs=[]) for one in cells])
    )
    done = graded({"01-quotes.ipynb": data})
    assert {(grade.outcome, grade.score) for grade in done.grades} == {("not attempted", None)}
    (line,) = done.receipt.problems
    assert "save it with Ctrl+S, and hand it in again." in line
    # With a progress file beside it there is nothing to complain of.
    assert graded({"01-quotes.ipynb": data, "my-progress.jsonl": b""}).receipt.problems == ()


def test_a_notebook_that_was_run_and_not_answered_is_only_not_attempted():
    done = graded({"x.ipynb": ran(OPEN, 'unit.task("1.4")', 'unit.check("1.4", None)')})
    assert {grade.outcome for grade in done.grades} == {"not attempted"}
    assert done.receipt.problems == ()


def test_nothing_in_a_notebook_is_executed(tmp_path, monkeypatch):
    """Not its code, not a cell magic, not what its outputs name."""
    canary = tmp_path / "canary"
    monkeypatch.chdir(tmp_path)
    code = f"open({str(canary)!r}, 'w')"
    outputs = [{"output_type": "display_data", "metadata": {}, "data": {MIME: {"answers": [{"__reduce__": code}]}}}]
    data = notebook(
        *(cell(text, outputs) for text in (code, f"%run {canary}", f"!touch {canary}", f"%%bash\ntouch {canary}"))
    )
    graded({"x.ipynb": data, "conftest.py": code.encode(), "medialit.py": code.encode()})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "its JSON is damaged"),
        (notebook()[:-5], "its JSON is damaged"),
        (b"[" * 100_000, "its JSON is damaged"),
        (b"\xff\xfe\x00", "it is not UTF-8 text"),
        (b"[]", "it is JSON, but not a notebook"),
        (b'{"nbformat": "4"}', "it is JSON, but not a notebook"),
        (b'{"nbformat": ' + b"9" * 10_000 + b"}", "it is JSON, but not a notebook"),
        (notebook(nbformat=5), "newer than this kit knows"),
        (notebook(*[cell("1")] * (MAX_CELLS + 1)), "more than 2,000 cells"),
    ],
)
def test_what_is_no_notebook_is_half_a_sentence(data, says):
    with pytest.raises(MedialitError, match=says):
        read_notebook("x.ipynb", data)
    assert f"x.ipynb was not read: {says[:3]}"[:22] in graded({"x.ipynb": data}).receipt.problems[0]


@pytest.mark.parametrize(
    "cells", [None, 3, "x", [None, 3, {"source": 7, "outputs": 3}, {"outputs": [None, {"data": 3}]}]]
)
def test_odd_cells_hold_nothing(cells):
    assert read_notebook("x", json.dumps({"nbformat": 4, "metadata": [], "cells": cells}).encode()).answers == []


def test_a_notebook_of_an_old_format_is_read():
    old = [{**one, "input": one.pop("source")} for one in json.loads(ran(OPEN, CHECK))["cells"]]
    data = json.dumps({"nbformat": 3, "worksheets": [{"cells": old}]}).encode()
    assert points(graded({"x.ipynb": data})) == {"1.4": 1.0}


def test_the_unit_is_known_from_the_code_when_nothing_was_answered():
    done = graded({"x.ipynb": notebook(cell('import medialit as m\nu = m.open_unit( "02-claims" )'))})
    assert done.receipt.units == ("claims",)
    assert graded({"02-claims.ipynb": notebook(cell("1"))}).receipt.units == ("claims",)


def test_too_many_notebooks_are_named(monkeypatch):
    monkeypatch.setattr(grading, "MAX_NOTEBOOKS", 3)
    done = graded({f"{n}.ipynb": notebook(cell("1")) for n in range(5)})
    assert [line[:18] for line in done.receipt.problems] == ["3.ipynb was not re", "4.ipynb was not re"]


def test_lines_about_one_learner_have_an_end():
    done = graded({f"{n}.ipynb": b"{" for n in range(150)})
    assert len(done.receipt.problems) == grading.MAX_LINES + 1


def test_a_case_of_ones_own_is_found_by_its_name(tmp_path):
    shutil.copytree(data_path(CASE), tmp_path / "ours")
    data = ran(OPEN, CHECK).replace(b'"missile-tests"', b'"ours"')
    assert points(graded({"x.ipynb": data})) == {}
    done = graded({"x.ipynb": data}, cases=(("ours", str(tmp_path / "ours")),))
    assert {(grade.case, grade.score) for grade in done.grades if grade.score} == {("ours", 1.0)}


def test_a_fault_of_the_kit_costs_one_learner_and_is_named(monkeypatch):
    monkeypatch.setattr(grading, "from_progress", lambda *_, **__: 1 / 0)
    done = grade_here(Options(), (Submission("ana", "Ana", {"x.ipynb": ran(OPEN, CHECK)}), []))
    assert done.receipt.problems == ("It could not be graded (ZeroDivisionError). Please report it.",)
    assert (done.grades, done.receipt.kit) == ((), "")
