"""Average precision and NDCG against examples worked by hand or published."""

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medialit.scoring.ranking import average_precision, average_precision_of_scores, ndcg


def test_average_precision_worked_by_hand():
    # Relevant at places 1, 3 and 5: (1/1 + 2/3 + 3/5) / 3.
    assert average_precision(list("abcde"), {"a", "c", "e"}) == pytest.approx((1 + 2 / 3 + 3 / 5) / 3)
    assert average_precision(list("abcd"), {"a", "b"}) == 1
    assert average_precision(list("cdab"), {"a", "b"}) == pytest.approx((1 / 3 + 2 / 4) / 2)
    assert average_precision(["a"], {"a", "b"}) == 0.5
    assert average_precision(list("ab"), set()) is None
    assert average_precision_of_scores([0.5], [0]) is None


def test_a_doubled_item_is_refused_by_name():
    with pytest.raises(ValueError, match="“a” appears twice"):
        average_precision(["a", "b", "a"], {"a"})
    with pytest.raises(ValueError, match="“b” appears twice"):
        ndcg(["b", "b"], {"b": 1})
    with pytest.raises(ValueError, match="“b” appears twice"):
        ndcg(["a", "b", "b"], {"b": 1})


def test_average_precision_of_scores():
    # scikit-learn's own example for average_precision_score: 0.83.
    assert average_precision_of_scores([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]) == pytest.approx(0.8333, abs=1e-4)
    assert average_precision_of_scores([1, 1, 1, 1], [1, 0, 0, 0]) == 0.25
    assert average_precision_of_scores([1, 1, 1, 1], [0, 0, 0, 1]) == 0.25


def test_ndcg_of_the_published_example_and_at_its_edges():
    # Widely used example (English Wikipedia, Discounted cumulative gain): gains 3, 2, 3, 0, 1, 2; DCG 6.861.
    gains = dict(zip("abcdef", [3, 2, 3, 0, 1, 2], strict=True))
    ideal = sum(g / log2(i + 1) for i, g in enumerate([3, 3, 2, 2, 1, 0], 1))
    assert ndcg("abcdef", gains) == pytest.approx(6.861 / ideal, abs=1e-3)
    assert (ndcg("ab", {"a": 0, "b": 1}, depth=1), ndcg("ba", {"a": 0, "b": 1}, depth=1)) == (0, 1)
    assert ndcg("ab", {"a": 0}) is None
    assert ndcg("ab", {}) is None
    # One item of two has a gain; in the second place it counts 1 / log2(3).
    assert ndcg("ba", {"a": 2, "b": 0}) == pytest.approx(1 / log2(3))
    assert ndcg("xa", {"a": 2}) == pytest.approx(1 / log2(3))
    with pytest.raises(ValueError, match="negative"):
        ndcg("a", {"a": -1, "b": 1})


@given(st.permutations(range(6)), st.sets(st.integers(0, 5), min_size=1))
def test_both_ways_to_compute_agree_without_ties(order, relevant):
    scores = [-order.index(i) for i in range(6)]
    labels = [int(i in relevant) for i in range(6)]
    assert average_precision(order, relevant) == pytest.approx(average_precision_of_scores(scores, labels))


@given(st.permutations("abcd"))
def test_ndcg_is_one_only_when_gains_fall(order):
    gains = {"a": 4.0, "b": 3.0, "c": 2.0, "d": 1.0}
    score = ndcg(order, gains)
    assert 0 < score <= 1 + 1e-12
    assert (score == pytest.approx(1)) == (list(order) == list("abcd"))
