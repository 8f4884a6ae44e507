"""Attacks on the grader by what somebody writes into a file: each gains nothing and costs only its own submission.

Nothing of a learner is executed, so there is no attack by code; for “--run” see ``test_rerun.py``, for zip files, links and
names ``test_intake.py``.
"""

import csv
import html
import io
import json
import sys

import pytest

import medialit
from medialit.classroom.grade import grade_class
from medialit.classroom.grading import Options
from medialit.classroom.store import read_book
from medialit.files import kit_root
from medialit.progress import Progress

sys.path.insert(0, str(kit_root() / "benchmarks"))
from forged import FORGED, forged_text, with_forged
from made_up_class import book, recorded

# The one cell that nobody can read costs the notebook that it is in.
WHOLE = ("nested beyond the reader",)


def first_two():
    return list(recorded("quotes")[0].values())[:2]


def honest():
    return book("quotes", {first_two()[0].task: first_two()[0].code})


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Everybody in one class: each attacker has a neighbor who is honest."""
    folder = tmp_path_factory.mktemp("attacks")
    task = medialit.open_unit("quotes", progress=Progress()).tasks[first_two()[1].task]
    for number, name in enumerate(FORGED):
        text = forged_text(name, "quotes", task.label, task.version, task.answer())
        for learner, data in (("mal", with_forged(honest(), text)), ("ana", json.dumps(honest()).encode())):
            place = folder / "class" / f"{learner}-{number:02}"
            place.mkdir(parents=True)
            (place / "01-quotes.ipynb").write_bytes(data)
    done = grade_class([folder / "class"], folder / "out", Options(), jobs=2)
    return done, read_book(folder / "out" / "gradebook.db"), folder / "out"


def points(found, learner):
    return {grade.task: grade.score for grade in found.grades if grade.learner == learner and grade.score}


def test_everybody_is_graded(graded):
    done, found, _ = graded
    assert done.graded == 2 * len(FORGED) > 40
    assert done.not_graded == len(WHOLE)
    assert len({receipt.learner for receipt in found.submissions}) == 2 * len(FORGED)


@pytest.mark.parametrize("number", range(len(FORGED)), ids=list(FORGED))
def test_an_attack_gains_nothing_and_costs_only_itself(graded, number):
    _, found, out = graded
    name = list(FORGED)[number]
    assert points(found, f"mal-{number:02}") == ({} if name in WHOLE else {first_two()[0].task: 1.0})
    assert points(found, f"ana-{number:02}") == {first_two()[0].task: 1.0}
    page = (out / "feedback" / f"mal-{number:02}.html").read_text(encoding="utf-8")
    shown = html.unescape(page)
    assert page.count("<script") == page.count("<img") == 0
    assert all(sign.isprintable() or sign == "\n" for sign in shown)
    (receipt,) = [one for one in found.submissions if one.learner == f"mal-{number:02}"]
    assert all(line.isprintable() and len(line) <= 300 for line in receipt.problems)


def test_no_cell_of_any_file_begins_a_formula(graded, tmp_path):
    out = graded[2]
    for name in ("gradebook.csv", "grades.csv"):
        text = (out / name).read_text(encoding="utf-8")
        for separator in ",;\t":
            cells = [cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]
            assert len(cells) > 10
            assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@＝＋－＠")]


def test_a_flood_of_forgery_is_graded_in_seconds(tmp_path):
    import time

    task = medialit.open_unit("quotes", progress=Progress()).tasks[first_two()[1].task]
    for number in range(8):
        text = forged_text("answers that are all different", "quotes", task.label, task.version, None)
        (tmp_path / "class" / "mal").mkdir(parents=True, exist_ok=True)
        (tmp_path / "class" / "mal" / f"{number}.ipynb").write_bytes(with_forged(honest(), text))
    begun = time.process_time()
    grade_class([tmp_path / "class"], tmp_path / "out", Options(), jobs=1)
    assert time.process_time() - begun < 20
