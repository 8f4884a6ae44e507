"""Macro-F1 of labels."""

import pytest

from medialit.scoring.labels import f1_by_label, macro_f1


def test_macro_f1_of_the_scikit_learn_manual_and_by_hand():
    # scikit-learn's own example for f1_score(average="macro"): 0.26.
    assert macro_f1([0, 2, 1, 0, 0, 1], [0, 1, 2, 0, 1, 2]) == pytest.approx(0.2667, abs=1e-4)
    # Worked by hand.
    right = ["fact", "fact", "fact", "view"]
    given = ["fact", "fact", "view", "view"]
    assert f1_by_label(given, right) == {"fact": pytest.approx(0.8), "view": pytest.approx(2 / 3)}
    assert macro_f1(given, right) == pytest.approx((0.8 + 2 / 3) / 2)
    right = ["fact"] * 9 + ["view"]
    assert macro_f1(["fact"] * 10, right) == pytest.approx(18 / 19 / 2)
    assert macro_f1(["other", "fact"], ["fact", "fact"]) == pytest.approx(2 / 3)


def test_edges():
    assert macro_f1([], []) is None
    with pytest.raises(ValueError, match="2 labels for 1 items"):
        macro_f1(["a", "b"], ["a"])
    assert list(f1_by_label(["x", "a"], ["a", "a"])) == ["a", "x"]
