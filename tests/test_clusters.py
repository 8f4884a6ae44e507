"""B-cubed: groups against groups."""

import pytest

from medialit.scoring.clusters import b_cubed

TRUTH = [[1, 2, 3, 4, 5], [6, 7], [8, 9, "A", "B", "C"]]


def test_the_two_answers_of_bagga_and_baldwin():
    # Bagga & Baldwin 1998, "Algorithms for Scoring Coreference Chains": 76% and 58% precision, recall 100%.
    first = b_cubed([[1, 2, 3, 4, 5], [6, 7, 8, 9, "A", "B", "C"]], TRUTH)
    second = b_cubed([[1, 2, 3, 4, 5, 8, 9, "A", "B", "C"], [6, 7]], TRUTH)
    assert (round(first.precision, 2), first.recall) == (0.76, 1.0)
    assert (round(second.precision, 2), second.recall) == (0.58, 1.0)
    assert first.f1 == pytest.approx(2 * first.precision / (first.precision + 1))


def test_groups_lumped_split_and_renamed():
    assert b_cubed(reversed(TRUTH), TRUTH).f1 == 1
    assert b_cubed({"x": "AP", "y": "AP", "z": "Reuters"}, [["z"], ["y", "x"]]).f1 == 1
    # One group for all is complete but not precise and singles the reverse.
    items = [item for group in TRUTH for item in group]
    lumped, split = b_cubed([items], TRUTH), b_cubed([[item] for item in items], TRUTH)
    assert lumped.recall == 1
    assert lumped.precision < 0.5
    assert (split.precision, split.recall) == (1, pytest.approx(3 / 12))
    # "b" is the name of a group here and an item there.
    assert b_cubed({"a": "b"}, [["a"], ["b"]]).precision == 1


def test_items_left_out_doubled_or_unknown():
    left_out = b_cubed([["a", "b"]], [["a", "b", "c"]])
    assert left_out == b_cubed([["a", "b"], ["c"]], [["a", "b", "c"]])
    assert b_cubed([], [["a", "b"]]).recall == 0.5
    assert b_cubed({}, []) is None
    # An item in two groups or from nowhere is refused.
    with pytest.raises(ValueError, match="“a” is in two groups"):
        b_cubed([["a"], ["a", "b"]], [["a", "b"]])
    with pytest.raises(ValueError, match="“q” is not one of the items"):
        b_cubed([["q"]], [["a"]])
