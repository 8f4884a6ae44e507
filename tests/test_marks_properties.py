"""What holds for the score of any answer to any task, on either story."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marks import BOTH, tasks

from medialit.units.registry import UNITS

EVERY = [
    pytest.param(case, task, id=f"{task.label} {case}")
    for case in BOTH
    for plan in UNITS
    for task in tasks(plan.name, case).values()
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 600) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)


def test_there_are_tasks():
    assert len(EVERY) >= 60


@pytest.mark.parametrize(("case", "task"), EVERY)
def test_the_key_is_done_with_full_marks_and_a_stub_is_not_attempted(case, task):
    result = task.check(task.answer())
    assert (result.outcome.done, result.score) == (True, 1.0)
    for blank in (None, ..., "", "   ", [], {}, [[]], {"x": None}):
        assert task.check(blank).outcome == "not attempted", blank


def mixed(task, data):
    """A key with random JSON in the place of one of its parts."""
    answer = copy.deepcopy(task.answer())
    if not isinstance(answer, dict | list) or not answer:
        return data.draw(JSON)
    where = data.draw(st.sampled_from(sorted(answer) if isinstance(answer, dict) else range(len(answer))))
    if isinstance(answer[where], dict) and answer[where] and data.draw(st.booleans()):
        answer[where][data.draw(st.sampled_from(sorted(answer[where])))] = data.draw(JSON)
    else:
        answer[where] = data.draw(JSON)
    return answer


@pytest.mark.parametrize(("case", "task"), EVERY)
@settings(max_examples=8)
@given(data=st.data())
def test_no_json_raises_and_every_score_is_between_nothing_and_everything(case, task, data):
    for answer in (data.draw(JSON), mixed(task, data)):
        result = task.check(answer)
        assert 0 <= result.score <= 1
        json.dumps(result.as_dict())
        if result.outcome in ("not attempted", "could not check"):
            assert result.score == 0


# From which score on a task is passed, and from which it is partly done.
LIMITS = {
    "0.2": (0.8, 0.4), "0.4": (1.0, 0.5),
    "1.1": (0.75, 0.4), "1.2": (0.8, 0.5), "1.3": (0.8, 0.3), "1.4": (0.97, 0.55), "1.5": (0.8, 0.4), "1.6": (0.8, 0.3),
    "2.1": (0.75, 0.4), "2.2": (0.8, 0.5), "2.3": (0.7, 0.45), "2.4": (0.75, 0.3), "2.5": (1.0, 0.1), "2.6": (0.9, 0.7),
    "3.1": (0.8, 0.65), "3.2": (0.65, 0.55), "3.3": (0.7, 0.35), "3.4": (0.9, 0.4), "3.5": (0.9, 0.5), "3.6": (0.75, 0.4),
    "4.1": (0.75, 0.4), "4.2": (0.8, 0.65), "4.3": (0.75, 0.5), "4.4": (0.9, 0.4), "4.5": (0.9, 0.4), "4.6": (0.9, 0.4),
    "4.7": (0.8, 0.5),
}  # fmt: skip


@pytest.mark.parametrize(
    "task", [one.values[1] for one in EVERY if one.values[1].label in LIMITS], ids=lambda task: task.label
)
def test_pass_marks(task):
    passed, partly = LIMITS[task.label]
    outcomes = [str(task.outcome(score)) for score in (passed, passed - 0.001, partly, partly - 0.001)]
    assert outcomes == ["passed", "partly", "partly", "not yet"]


# Tasks whose answer is a set of right items, of which any part may be handed in. The others are a choice, a text, an order of
# all items, or rules whose gain depends on each other.
GROWING = set("0.2 0.4 1.1 1.2 1.5 2.1 2.2 2.4 2.5 3.2 3.3 3.6 4.1 4.2 4.3 4.7 5.2".split())


@pytest.mark.parametrize(("case", "task"), [one for one in EVERY if one.values[1].label in GROWING])
@settings(max_examples=6)
@given(data=st.data())
def test_adding_a_right_item_never_lowers_a_score(case, task, data):
    key = task.answer()
    names = data.draw(st.permutations(sorted(key) if isinstance(key, dict) else range(len(key))))
    before = 0.0
    for n in range(1, len(names) + 1):
        part = {name: key[name] for name in names[:n]} if isinstance(key, dict) else [key[i] for i in sorted(names[:n])]
        score = task.check(part).score
        assert score >= before - 1e-9, part
        before = score
    assert before == 1.0
