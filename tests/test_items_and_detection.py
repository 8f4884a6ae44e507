"""Item analysis and signal detection against worked examples, and silent where there is too little."""

import pytest

from medialit.scoring.detection import detect, more_suspicious_only, normalised_gain
from medialit.scoring.items import correlation, difficulty, discrimination, kr20


def test_items_by_hand():
    assert correlation([1, 2, 3], [2, 4, 6]) == pytest.approx(1)
    assert correlation([0, 1, 0, 1], [1, 1, 0, 0]) == pytest.approx(0)
    assert correlation([1, 1, 1], [1, 2, 3]) is None
    with pytest.raises(ValueError, match="cannot be paired"):
        correlation([1], [1, 2])
    # Discrimination has an interval and needs thirty.
    item, rest = [float(i % 2) for i in range(30)], [float(i % 2) + 0.1 * (i % 3) for i in range(30)]
    found = discrimination(item, rest)
    assert found.low < found.value < found.high < 1
    assert discrimination(item[:29], rest[:29]) is None
    # Kr20 by hand.
    # Four learners, three items: p = .75, .5, .25; totals 3, 2, 1, 0 with variance 1.25.
    rows = [[True, True, True], [True, True, False], [True, False, False], [False, False, False]]
    assert kr20(rows) == pytest.approx(3 / 2 * (1 - (0.1875 + 0.25 + 0.1875) / 1.25))
    assert kr20([[True, False], [True, False]]) is None
    assert difficulty([]) is None


def test_detection_by_hand():
    # 15 of 20 hits and 5 of 20 false alarms; log-linear: 15.5/21 and 5.5/21, z = .637 and -.637.
    unsound = [True] * 20 + [False] * 20
    called = [True] * 15 + [False] * 5 + [True] * 5 + [False] * 15
    found = detect(unsound, called)
    assert (found.d_prime, found.bias) == (pytest.approx(1.273, abs=0.005), pytest.approx(0, abs=1e-9))
    assert detect([True], [True]) is None
    found = detect([True, True, False, False], [True] * 4)
    assert found.d_prime == pytest.approx(0)
    assert found.bias < 0
    # The warning needs more doubt without more skill.
    unsound = [True] * 10 + [False] * 10
    before = detect(unsound, [True] * 6 + [False] * 4 + [True] * 3 + [False] * 7)
    doubt = detect(unsound, [True] * 9 + [False] + [True] * 7 + [False] * 3)
    skill = detect(unsound, [True] * 9 + [False] + [True] * 1 + [False] * 9)
    assert more_suspicious_only(before, doubt)
    assert not more_suspicious_only(before, skill)


def test_gain_is_hidden_below_ten_learners():
    assert normalised_gain([0.5] * 9, [0.75] * 9) is None
    found = normalised_gain([0.5, 0.4] * 5, [0.75, 0.7] * 5)
    assert found.value == pytest.approx((0.725 - 0.45) / 0.55)
    assert found.low <= found.value <= found.high
    assert normalised_gain([1.0] * 12, [1.0] * 12) is None
