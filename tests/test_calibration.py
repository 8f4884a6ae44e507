"""Certainty-based marks, Brier score and the calibration table."""

import pytest

from medialit.scoring.calibration import (
    PAYOFF,
    brier,
    brier_of_certainty,
    calibration_table,
    mark,
)


@pytest.mark.parametrize(
    ("certainty", "right", "points"),
    [(1, True, 1), (1, False, 0), (2, True, 2), (2, False, -2), (3, True, 3), (3, False, -6)],
)
def test_the_published_payoffs(certainty, right, points):
    assert mark(certainty, right) == points


@pytest.mark.parametrize("certainty", [0, 4, 1.5, "2", None, True])
def test_another_certainty_is_refused(certainty):
    with pytest.raises(ValueError, match="Certainty is 1, 2 or 3"):
        mark(certainty, True)
    with pytest.raises(ValueError, match="Certainty is 1, 2 or 3"):
        calibration_table([certainty], [True])


@pytest.mark.parametrize(("chance", "level"), [(0.5, 1), (0.66, 1), (0.68, 2), (0.79, 2), (0.81, 3), (1.0, 3)])
def test_the_borders_lie_at_two_thirds_and_four_fifths(chance, level):
    pays = {c: chance * win + (1 - chance) * loss for c, (win, loss) in PAYOFF.items()}
    assert max(pays, key=lambda c: pays[c]) == level


def test_brier_worked_by_hand():
    assert (brier([1.0, 0.0], [True, False]), brier([0.5, 0.5], [True, False])) == (0, 0.25)
    assert brier([0.9, 0.75, 0.5], [True, False, True]) == pytest.approx((0.01 + 0.5625 + 0.25) / 3)
    assert brier([], []) is None
    with pytest.raises(ValueError, match="0 to 1"):
        brier([1.2], [True])
    assert brier_of_certainty([3, 2, 1], [True, False, True]) == pytest.approx((0.01 + 0.5625 + 0.25) / 3)


def test_the_table_has_a_row_for_a_level_never_chosen():
    rows = calibration_table([3, 3, 1], [True, False, True])
    assert [(r.certainty, r.answers, r.right, r.share) for r in rows] == [
        (1, 1, 1, 1.0),
        (2, 0, 0, None),
        (3, 2, 1, 0.5),
    ]
    assert rows[2].as_dict() == {"certainty": 3, "answers": 2, "right": 1, "share": 0.5, "expected": 0.9}
