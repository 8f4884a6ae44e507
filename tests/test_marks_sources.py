"""Unit 4: what an answer between nothing and everything earns."""

import pytest
from marks import BOTH, M, cells, scored, tasks

N = "not found"


def key(case, name, **changed):
    answer = tasks("sources", case)[name].answer()
    row = next(iter(answer))
    return {row: answer[row] | changed} if len(answer) == 1 else answer


@pytest.mark.parametrize("case", BOTH)
def test_copied_numbers_and_their_meaning_count_one_half_each(case):
    """4.4: .1 for each of five values within .01, .5 for the statement. 4.5 and 4.6: .5 and .5."""
    task = tasks("sources", case)["4.4"]
    words = task.picked
    right = task.answer()["words"]
    assert len(words) == 5
    assert "keep" not in [field.name for field in task.form.fields]
    for few in range(1, 5):
        assert task.check({"words": {word: right[word] for word in words[:few]}}).score == pytest.approx(0.1 * few)
    assert task.check({"words": {"limits": "here"}}).score == 0.5
    assert task.check({"words": right | {"limits": "bias"}}).score == 0.5
    near, far = (
        task.check({"words": {words[0]: task.found.score(words[0]).z + off}}).score for off in (0.0149, 0.0152)
    )
    assert (near, far) == (pytest.approx(0.1), 0.0)


@pytest.mark.parametrize("case", BOTH)
@pytest.mark.parametrize(
    ("name", "number", "tolerance", "choice", "other"),
    [("4.5", "share", 0.02, "reading", "same event"), ("4.6", "entropy", 0.05, "sentence", "neutral")],
)
def test_a_number_and_a_reading_count_one_half_each(case, name, number, tolerance, choice, other):
    task = tasks("sources", case)[name]
    (row,) = task.answer()
    right = (task.shared(5).a_in_b if name == "4.5" else task.voices[task.other].entropy) or 0.0
    given = task.answer()[row]
    for off, good in (
        (0.0, True),
        (tolerance + 0.0049, True),
        (-tolerance - 0.0049, True),
        (tolerance + 0.0051, False),
    ):
        assert task.check({row: given | {number: right + off}}).score == (1.0 if good else 0.5), off
    assert task.check({row: given | {choice: other}}).score == 0.5
    assert task.check({row: {k: v for k, v in given.items() if k != choice}}).score == 0.5
    assert task.check({row: {choice: given[choice]}}).score == 0.5


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


def test_an_exercise_that_is_planned_is_no_silence():
    """A card names the exercise planned for next month: it speaks of it, at another time."""
    right = tasks("sources")["4.1"].answer()
    for label, full in (("states differently", True), ("contradicts", True), (N, False)):
        answer = right | {"exercise": right["exercise"] | {"kbs-feb25": label}}
        assert (scored("sources", M, "4.1", answer).score == 1.0) is full


LIMITS = {
    "4.1": (0.75, 0.4),
    "4.2": (0.8, 0.55),
    "4.3": (0.75, 0.5),
    "4.4": (0.9, 0.4),
    "4.5": (0.9, 0.4),
    "4.6": (0.9, 0.4),
    "4.7": (0.8, 0.5),
}


@pytest.mark.parametrize("name", LIMITS)
def test_pass_marks(name):
    task, (passed, partly) = tasks("sources")[name], LIMITS[name]
    outcomes = [str(task.outcome(score)) for score in (passed, passed - 0.001, partly, partly - 0.001)]
    assert outcomes == ["passed", "partly", "partly", "not yet"]
