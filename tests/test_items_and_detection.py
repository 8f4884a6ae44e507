"""Item analysis and signal detection against worked examples, and silent where there is too little."""

import pytest

from medialit.scoring.detection import Detection, detect, more_suspicious_only, normalised_gain, told
from medialit.scoring.items import correlation, discrimination, kr20


def test_items_by_hand():
    assert correlation([1, 2, 3], [2, 4, 6]) == pytest.approx(1)
    assert correlation([0, 1, 0, 1], [1, 1, 0, 0]) == pytest.approx(0)
    assert correlation([1, 1, 1], [1, 2, 3]) is None
    # Small numbers correlate as large ones do.
    assert correlation([0.001, 0.002, 0.003], [0.002, 0.004, 0.006]) == pytest.approx(1)
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
    assert kr20([[True, True], [False, False]]) == pytest.approx(2 * (1 - 0.5 / 1))
    assert (kr20([[True, False]]), kr20([[True], [False]]), kr20([])) == (None, None, None)
    assert (correlation([0, 1], [0, 1]), correlation([1], [1])) == (pytest.approx(1), None)


def test_the_interval_of_a_correlation_by_hand():
    """r = .5 in 40 learners. Fisher: z = .5493, half = 1.96 / sqrt(37) = .3222, so tanh(.2271) to tanh(.8715)."""
    item = [1] * 20 + [0] * 20
    rest = [1] * 15 + [0] * 5 + [1] * 5 + [0] * 15
    found = discrimination(item, rest)
    assert (found.value, found.low, found.high) == pytest.approx((0.5, 0.2233, 0.7022), abs=1e-4)
    assert found.learners == 40
    assert discrimination(item[5:35], rest[5:35]).learners == 30
    # A perfect correlation has an interval, too.
    for sign in (1, -1):
        found = discrimination(item, [sign * x for x in item])
        assert found.value == pytest.approx(sign)
        assert (found.low, found.high) == pytest.approx((sign, sign), abs=1e-4)


def test_detection_by_hand():
    # 15 of 20 hits and 5 of 20 false alarms; log-linear: 15.5/21 and 5.5/21, z = .637 and -.637.
    unsound = [True] * 20 + [False] * 20
    called = [True] * 15 + [False] * 5 + [True] * 5 + [False] * 15
    found = detect(unsound, called)
    assert (found.d_prime, found.bias) == (pytest.approx(1.273, abs=0.005), pytest.approx(0, abs=1e-9))
    assert (found.hit_rate, found.false_alarm_rate, found.answers) == (0.75, 0.25, 40)
    assert detect([True], [True]) is None
    assert detect([False], [True]) is None
    with pytest.raises(ValueError, match="2 and 1 answers"):
        detect([True, False], [True])
    # 9 of 10 hits and 3 of 10 false alarms: 9.5/11 and 3.5/11, z = 1.0968 and -.4728.
    found = detect([True] * 10 + [False] * 10, [True] * 9 + [False] + [True] * 3 + [False] * 7)
    assert (found.d_prime, found.bias) == pytest.approx((1.5696, -0.3120), abs=2e-4)
    assert (found.hit_rate, found.false_alarm_rate) == (0.9, 0.3)
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


@pytest.mark.parametrize(
    ("bias", "d_prime", "warned"),
    # Before: c = 0 and d' = 1. A change of less than .1 is no change.
    [(-0.15, 1.0, True), (-0.15, 1.05, True), (-0.15, 1.15, False), (-0.05, 1.0, False), (0.15, 0.5, False)],
)
def test_a_warning_needs_a_change_that_counts(bias, d_prime, warned):
    before, after = Detection(1.0, 0.0, 0.7, 0.3, 40), Detection(d_prime, bias, 0.7, 0.3, 40)
    assert more_suspicious_only(before, after) is warned


@pytest.mark.parametrize(
    ("bias", "lean"),
    [
        (-0.21, "calls too much unsound"),
        (-0.2, "leans to neither side"),
        (0.0, "leans to neither side"),
        (0.2, "leans to neither side"),
        (0.21, "believes too much"),
    ],
)
def test_d_prime_and_bias_in_words(bias, lean):
    said = told(Detection(1.234, bias, 0.9, 0.3, 40), "In 2.4")
    assert said.startswith(
        f"In 2.4, the class tells unsound from sound with d′ = 1.23 (0 is chance) and bias c = {bias:.2f}"
    )
    assert f": it {lean}. Unsound statements were called so 90% of the time, sound ones 30%." in said


def test_gain_is_hidden_below_ten_learners():
    assert normalised_gain([0.5] * 9, [0.75] * 9) is None
    found = normalised_gain([0.5, 0.4] * 5, [0.75, 0.7] * 5)
    assert found.value == pytest.approx((0.725 - 0.45) / 0.55)
    assert found.low <= found.value <= found.high
    assert normalised_gain([1.0] * 12, [1.0] * 12) is None
    # Ten learners from .5; five of them to 1. A draw of k of those has the gain k / 10, and k is binomial (10, .5):
    # 1.1% of draws have k <= 1 and 5.5% have k <= 2, so the interval is .2 to .8.
    found = normalised_gain([0.5] * 10, [1.0] * 5 + [0.5] * 5)
    assert (found.value, found.low, found.high) == pytest.approx((0.5, 0.2, 0.8))
    assert found.learners == 10
