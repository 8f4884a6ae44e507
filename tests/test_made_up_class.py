"""A made-up class of thirty, graded from end to end: every score is the one known before."""

import sys

import pytest

from medialit.classroom.grade import grade_class
from medialit.classroom.grading import Options
from medialit.classroom.store import read_book
from medialit.files import kit_root
from medialit.units.registry import UNITS

sys.path.insert(0, str(kit_root() / "benchmarks"))

from made_up_class import CHANGES, faults, make_class, recorded, write_class

UNIT_NAMES = [plan.name for plan in UNITS]


@pytest.fixture(scope="module", params=["quotes", "claims"])
def graded(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    made = make_class(request.param, 30)
    grade_class([write_class(made, folder / "class")], folder / "out", Options(), jobs=1)
    return request.param, made, read_book(folder / "out" / "gradebook.db")


def test_every_score_is_the_one_known_before_and_a_wrong_one_is_found(graded):
    unit, made, book = graded
    assert (faults(made, book, unit), sum(one.kind in ("right", "partly", "wrong") for one in made)) == ([], 21)
    unit, made, book = graded
    other = book._replace(grades=[g for g in book.grades if g.learner != made[0].learner])
    assert faults(made, other, unit)


@pytest.mark.parametrize("unit", UNIT_NAMES)
def test_recorded_answers_cover_every_task(unit):
    solutions, wrong = recorded(unit)
    assert ({answer.score for answer in solutions.values()}, set(wrong)) == ({1.0}, set(solutions))
    assert all(answer.score < 1 for answers in wrong.values() for answer in answers)


def test_the_class_is_the_same_each_time_and_holds_every_kind():
    first, second = (make_class("quotes", 60) for _ in range(2))
    assert [(one.files, one.expected) for one in first] == [(one.files, one.expected) for one in second]
    assert {one.kind for one in first} == {"right", "partly", "wrong", "empty", "broken", "hostile"}
    assert (len({one.attack for one in first if one.kind == "hostile"}), len(set(CHANGES))) == (6, 6)
