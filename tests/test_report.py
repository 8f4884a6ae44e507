"""What a class believes: sections from a gradebook, small cells hidden, and nothing that points at one person."""

import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from gradebooks import TASKS, attempt, frames
from some import some
from typer.testing import CliRunner

from medialit.authoring.pictures import picture_fault
from medialit.classroom.report import course, pairs
from medialit.classroom.report.page import SECTIONS, ClassReport
from medialit.cli import app
from medialit.units.class_answers import HIDDEN
from medialit.units.registry import find_unit

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    from report import make_book

    folder = tmp_path_factory.mktemp("report")
    make_book(folder / "gradebook.db", 30)
    return ClassReport(folder / "gradebook.db")


@pytest.mark.parametrize("name", SECTIONS)
def test_every_section_has_words_and_every_chart_a_table(report, name):
    view = report.section(name)
    assert view.text.strip()
    assert not picture_fault([{"data": {"text/html": view.html}}])
    if "<img" in view.html or "<svg" in view.html:
        assert "<caption" in view.html


def test_the_page_names_no_learner_asks_no_machine_and_is_the_notebook(report):
    for name in some(SECTIONS):
        if name != "pairs":
            assert "learner-0" not in report.section(name).text
    assert "http://" not in report.html()
    assert "https://" not in report.html()
    assert "<script" not in report.html()
    # The notebook holds the same as the page.
    import nbformat

    book = nbformat.reads(report.notebook(), as_version=4)
    nbformat.validate(book)
    shown = [o["data"]["text/html"] for c in book.cells if c.cell_type == "code" for o in c.outputs]
    assert shown == [report.section(name).html for name in SECTIONS]


def test_small_cells_and_odd_times():
    table = course.completion(frames(*[attempt(f"l{i}", "q1", 1.0) for i in range(3)]))
    assert HIDDEN in table.text
    assert "3" not in table.text.split("\n")[-1].replace("0.3", "")
    rows = [replace(attempt(f"l{i}", q, 1.0), at="2026-99-99T99:99:99Z") for i in range(6) for q in ("q1", "q2")]
    assert "Quotes" in course.completion(frames(*rows)).text
    for name, (_, section) in some(SECTIONS.items()):
        assert section(frames()).text, name
    rows = [replace(attempt(f"l{i}", "1.1", 0.5, kind="task", answer=[[0, 5]]), case="my-story") for i in range(6)]
    text = SECTIONS["quotes"][1](frames(*rows)).text
    assert "my-story is not part of this kit" in text


def test_what_is_not_known_of_a_class_is_left_out():
    """Everybody answered the tasks by code: no time is known, and nobody failed the quiz that was never handed in."""
    class_ = [attempt(f"l{i}", task, 1.0, kind="task") for i in range(6) for task in TASKS]
    text = course.completion(frames(*class_)).text
    assert "Minutes" not in text
    *_, row = text.splitlines()
    assert row.split() == "Quotes 6 tasks 100% 6 0 0 0".split()


def test_the_code_of_the_notebook_opens_the_report(report):
    import nbformat

    book = nbformat.reads(report.notebook(), as_version=4)
    names = {}
    exec(next(cell.source for cell in book.cells if cell.cell_type == "code"), names)
    assert names["report"].section("completion").text == report.section("completion").text


def test_misconceptions_count_from_five_learners_on_and_at_first_attempts():
    four = [attempt(f"l{i}", "q1", 0.0, codes=("Q-C",)) for i in range(4)]
    assert "No misconception" in course.misconceptions(frames(*four)).text
    shown = course.misconceptions(frames(*four, attempt("l9", "q1", 0.0, codes=("Q-C",)))).text
    # With its unit: another unit may have the same code.
    assert "Learners by code and unit: Q-C, quotes 5." in shown
    assert find_unit("quotes").quiz.misconceptions["Q-C"] in shown
    first = [attempt(f"l{i}", "q1", 1.0) for i in range(6)]
    second = [attempt(f"l{i}", "q1", 0.0, codes=("Q-C",), nth=2) for i in range(6)]
    assert "No misconception" in course.misconceptions(frames(*first, *second)).text


def test_discrimination_is_silent_below_thirty_learners():
    dice = random.Random(2)
    few = [attempt(f"l{i}", q, float(dice.random() < 0.5)) for i in range(29) for q in ("q1", "q2", "q3")]
    more = [attempt(f"l{i}", q, float(dice.random() < 0.5)) for i in range(31) for q in ("q1", "q2", "q3")]
    assert " to " not in course.item_table(frames(*few)).text.split("Items, first attempts")[1]
    assert " to " in course.item_table(frames(*more)).text.split("Items, first attempts")[1]


def test_equal_rare_wrong_answers_are_a_reason_to_talk():
    dice = random.Random(3)
    rows = [attempt(f"l{i:02}", f"q{q}", 0.0, answer=f"{dice.random()}") for i in range(20) for q in range(6)]
    twins = [attempt(name, f"q{q}", 0.0, answer=f"same {q}") for name in ("x", "y") for q in range(6)]
    assert pairs.pairs(frames(*rows, *twins)) == [(("x", "y"), 6)]
    assert "no proof" in pairs.same_wrong(frames(*rows, *twins)).text
    common = [attempt(f"l{i:02}", "q9", 0.0, answer="all") for i in range(20)]
    assert pairs.pairs(frames(*rows, *common)) == []


def test_the_command_writes_both_and_names_a_missing_gradebook(report, tmp_path):
    done = CliRunner().invoke(app, ["report", str(report.place), "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"report.html", "report.ipynb"}
    missing = CliRunner().invoke(app, ["report", str(tmp_path / "no.db")])
    assert "There is no gradebook" in str(missing.exception)
