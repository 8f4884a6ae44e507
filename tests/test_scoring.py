"""Measures, held against published examples and against NLTK."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from medialit.scoring.agreement import alpha_with_interval, cohen_kappa, krippendorff_alpha, soft_credit
from medialit.scoring.order import kendall_tau, order_score, set_f1
from medialit.scoring.shares import entropy, percentages
from medialit.scoring.spans import WordIndex, match_spans, score_spans

TEXT = "The mayor said that the old bridge is safe, and the vicar doubts it."


def index(text=TEXT):
    from medialit.article import Article

    return WordIndex(text, Article(text).words())


def at(words, text=TEXT):
    start = text.index(words)
    return start, start + len(words)


def test_overlap_of_spans_is_counted_in_words():
    assert index().iou(at("old bridge"), at("old bridge is safe")) == pytest.approx(2 / 4)
    assert index().iou(at("mayor"), at("vicar")) == 0.0
    assert index().iou(at("that the old bridge is safe,"), at("old bridge is safe")) == 1.0
    gold = [at("old bridge is safe")]
    pairs = match_spans([at("bridge is safe"), at("old bridge is safe")], gold, index())
    assert pairs == [(1, 0, 1.0)]


def test_span_scores_and_what_coders_disagree_about():
    gold = [at("old bridge is safe"), at("doubts it")]
    score = score_spans([at("bridge is safe"), at("mayor")], gold, index())
    assert (score.precision, score.recall, score.f1, score.strict_f1) == (0.5, 0.5, 0.5, 0.0)
    assert (score.missed, score.extra, [e[:2] for e in score.edge]) == ((1,), (1,), [(0, 0)])
    # What the coders disagree about neither helps nor harms.
    gold, required = [at("old bridge is safe"), at("doubts it")], [True, False]
    without = score_spans([at("old bridge is safe")], gold, index(), required)
    with_it = score_spans([at("old bridge is safe"), at("doubts it")], gold, index(), required)
    assert without.f1 == with_it.f1 == 1.0


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 8)), max_size=8), st.data())
def test_f1_is_symmetric_and_never_above_one(raw, data):
    spans = [(a, a + n) for a, n in raw]
    other = [(a, a + n) for a, n in data.draw(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 8)), max_size=8))]
    one = score_spans(spans, other, index())
    assert 0 <= one.f1 <= 1
    if other and spans:
        assert one.f1 == pytest.approx(score_spans(other, spans, index()).f1)


# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", example C: 4 observers, 12 units, nominal: .743
OBSERVERS = ["1 2 3 3 2 1 4 1 2 * * *", "1 2 3 3 2 2 4 1 2 5 * 3", "* 3 3 3 2 3 4 2 2 5 1 *", "1 2 3 3 2 4 4 1 2 5 1 *"]


def test_alpha_gives_the_published_values():
    columns = [row.split() for row in OBSERVERS]
    units = [[None if x == "*" else x for x in unit] for unit in zip(*columns, strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=0.0005)
    meg = "0 1 0 0 0 0 0 0 1 0".split()
    owen = "1 1 1 0 0 1 0 0 0 0".split()
    assert krippendorff_alpha(list(zip(meg, owen, strict=True))) == pytest.approx(0.095, abs=0.0005)


# Krippendorff (2011), example A: 2 observers, 10 units, binary: .095


def test_alpha_and_kappa_agree_with_nltk():
    draw = random.Random(7)
    for _ in range(20):
        units = [[draw.choice("abc") for _ in range(2)] for _ in range(30)]
        data = [(str(coder), str(i), label) for i, row in enumerate(units) for coder, label in enumerate(row)]
        task = AnnotationTask(data)
        assert krippendorff_alpha(units) == pytest.approx(task.alpha())
        assert cohen_kappa([a for a, _ in units], [b for _, b in units]) == pytest.approx(task.kappa())


def test_alpha_has_an_interval_or_says_why_it_is_undefined():
    units = [("no", "no")] * 90 + [("yes", "no")] * 5 + [("no", "yes")] * 5
    found = alpha_with_interval(units)
    assert abs(found.value) < 0.06
    assert found.low <= found.value <= found.high < 0.5
    assert "Nothing varies" in alpha_with_interval([("a", "a")] * 5).note
    assert "second coding" in alpha_with_interval([("a", None)] * 5).note
    units = [("a", "a"), ("b", "a"), ("b", "b"), ("a", "a"), ("b", "b")]
    assert alpha_with_interval(units) == alpha_with_interval(units)
    assert (soft_credit({"x": 0.6, "y": 0.3, "z": 0.1}, "y"), soft_credit({}, "y")) == (pytest.approx(0.5), 0.0)


def test_order_sets_and_shares():
    assert (kendall_tau("abcd", "abcd"), kendall_tau("dcba", "abcd")) == (1, -1)
    assert (kendall_tau("bacd", "abcd"), order_score("dcba", "abcd")) == (pytest.approx(4 / 6), 0)
    assert kendall_tau("a", "abcd") == 1
    assert (set_f1("cba", "abc"), set_f1("ab", "abcd")) == (1, pytest.approx(2 / 3))
    assert (entropy({"a": 7}), entropy({"a": 3, "b": 3}), entropy({})) == (0, pytest.approx(1), 0)
    assert list(percentages({"a": 1, "b": 3}).items()) == [("b", 75.0), ("a", 25.0)]
    assert (percentages({"a": 0, "b": 0}), entropy({"a": 0, "b": 3})) == ({"a": 0.0, "b": 0.0}, 0)
    assert (str(entropy({"a": 3})), set_f1([], []), set_f1(["a"], [])) == ("0.0", 1.0, 0.0)
