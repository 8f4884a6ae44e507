"""Unit 4: what an answer between nothing and everything earns."""

import copy
from types import SimpleNamespace

import pytest
from marks import BOTH, M, cells, scored, tasks

N = "not found"


def key(case, name, **changed):
    answer = tasks("sources", case)[name].answer()
    row = next(iter(answer))
    return {row: answer[row] | changed} if len(answer) == 1 else answer


@pytest.mark.parametrize("case", BOTH)
@pytest.mark.parametrize(
    ("name", "first", "second"),
    [("4.4", "most", "limits"), ("4.5", "share", "reading"), ("4.6", "most", "sentence")],
)
def test_what_the_numbers_say_and_what_they_mean_count_one_half_each(case, name, first, second):
    task = tasks("sources", case)[name]
    assert all(field.options for field in task.form.fields), "nobody copies a number"
    (row,) = task.answer()
    given = task.answer()[row]
    assert task.check({row: given}).score == 1.0
    for field in (f for f in task.form.fields if f.name in (first, second)):
        others = [option.key for option in field.options if option.key != given[field.name]]
        assert others
        for other in others:
            assert task.check({row: given | {field.name: other}}).score == 0.5, other
        assert task.check({row: {k: v for k, v in given.items() if k != field.name}}).score == 0.5


@pytest.mark.parametrize("case", BOTH)
@pytest.mark.parametrize("window", [3, 5, 8, 12])
def test_any_window_can_be_chosen_and_its_band_fits(case, window):
    task = tasks("sources", case)["4.5"]
    band = int(task.band(window))
    assert band - 20 <= 100 * task.shared(window).a_in_b <= band
    assert task.check({"reuse": {"window": str(window), "share": str(band), "reading": "copied"}}).score == 1


def test_groups_of_pages_count_by_what_was_put_together():
    """4.2: B-cubed F1 times the share of 12 pages that have a group. 5 of AP, 4 of Reuters, 2 of KCNA, 1 of UPI."""
    one = cells("group", **{"upi-28feb25": "1"})
    # Every page alone: precision 1; recall (1 + 1 + 1 + 1) / 12 = 1/3; F1 1/2; one page of twelve.
    assert scored("sources", M, "4.2", one).score == pytest.approx(0.5 / 12, abs=1e-6)
    everything = cells("group", **dict.fromkeys(tasks("sources")["4.2"].answer(), "1"))
    # One group: recall 1; precision (25 + 16 + 4 + 1) / 144.
    precision = 46 / 144
    assert scored("sources", M, "4.2", everything).score == pytest.approx(2 * precision / (precision + 1), abs=1e-6)
    agencies = tasks("sources")["4.2"].answer() | cells("group", **{"upi-28feb25": "3"})
    # UPI beside KCNA: their three pages share a group. Precision (9 + (4 + 1) / 3) / 12, recall 1.
    precision = (9 + 5 / 3) / 12
    assert scored("sources", M, "4.2", agencies).score == pytest.approx(2 * precision / (precision + 1), abs=1e-6)


def test_facts_on_a_timeline_count_one_each_and_half_where_readers_differ():
    task = tasks("sources")["4.3"]
    pieces = task.case.coverage.split
    right = task.answer()
    assert len(pieces) == 14
    for n in (1, 5, 13):
        assert task.check(dict(list(right.items())[:n])).score == pytest.approx(n / 14, abs=1e-6)
    for piece in pieces:
        for event in ("A", "B", "neither"):
            lost = 0 if event == piece.event else 0.5 if event == piece.other else 1
            score = task.check(right | {piece.claim: {"event": event}}).score
            assert score == pytest.approx((14 - lost) / 14, abs=1e-6), (piece.claim, event)


@pytest.mark.parametrize(
    ("chosen", "score"),
    [
        (["ballistic"], 2 / 6),
        (["ballistic", "side"], 4 / 7),
        (["ballistic", "side", "north"], 4 / 8),
        (["ballistic", "side", "premier", "president"], 8 / 9),
        (["ballistic", "side", "premier", "president", "exercise", "north"], 10 / 11),
    ],
)
def test_questions_of_a_test_count_by_f1(chosen, score):
    assert scored("sources", M, "4.7", chosen).score == pytest.approx(score, abs=1e-6)


def test_five_words_of_four_letters_or_more_that_stand_out_are_picked():
    task = copy.copy(tasks("sources")["4.4"])
    scores = {"abcd": 2, "abc": 1.5, "efgh": 0.5, "ijkl": 0, "mnop": -1}
    task.found = SimpleNamespace(words=[SimpleNamespace(word=word, z=z) for word, z in scores.items()])
    task.__dict__.pop("picked", None)
    assert task.picked == ["abcd", "efgh"]


def test_an_exercise_that_is_planned_is_no_silence():
    """A card names the exercise planned for next month: it speaks of it, at another time."""
    right = tasks("sources")["4.1"].answer()
    for label, full in (("states differently", True), ("contradicts", True), (N, False)):
        answer = right | {"exercise": right["exercise"] | {"kbs-feb25": label}}
        assert (scored("sources", M, "4.1", answer).score == 1.0) is full


def test_alpha_of_the_matrix_is_over_the_cells_that_have_an_answer():
    answer = tasks("sources")["4.1"].answer()
    assert scored("sources", M, "4.1", answer).details["alpha"] == 1
    (row, cell), *_ = answer.items()
    source = next(iter(cell))
    # One cell is empty: of those that are left, all agree.
    left = {name: label for name, label in cell.items() if name != source}
    assert scored("sources", M, "4.1", answer | {row: left}).details["alpha"] == 1
    wrong = next(option.key for option in tasks("sources")["4.1"].form.fields[0].options if option.key != cell[source])
    assert scored("sources", M, "4.1", answer | {row: cell | {source: wrong}}).details["alpha"] < 1
