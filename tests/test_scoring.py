"""Measures, held against published examples and against NLTK."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from medialit.errors import MedialitError
from medialit.scoring.agreement import (
    Agreement,
    alpha_with_interval,
    cohen_kappa,
    krippendorff_alpha,
    percent_agreement,
    soft_credit,
)
from medialit.scoring.order import kendall_tau, order_score, set_f1
from medialit.scoring.reliability import band_of, compare, fault_in_lines, reading_of, steps_of_alpha, why
from medialit.scoring.shares import entropy
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


GOLD = ("old bridge is safe", "doubts it")


# (found, gold, which must be found): precision, recall, F1, F1 at .8, worked by hand from the definitions.
@pytest.mark.parametrize(
    ("found", "gold", "must", "scores"),
    [
        # Half of the words in common is a match, and four of five are a strict one.
        (["old bridge"], GOLD[:1], None, (1, 1, 1, 0)),
        (["old bridge is safe"], ["old bridge is safe, and"], None, (1, 1, 1, 1)),
        (["bridge"], GOLD[:1], None, (0, 0, 0, 0)),
        # The words that count for nothing do not make a match.
        (["the"], ["the"], None, (0, 0, 0, 0)),
        # An optional one that was found is left out of both; one too many is not.
        ([*GOLD, "mayor"], GOLD, (True, False), (1 / 2, 1, 2 / 3, 2 / 3)),
        ([GOLD[1]], GOLD, (True, False), (0, 0, 0, 0)),
        ([GOLD[0]], [*GOLD, "mayor"], (True, True, True), (1, 1 / 3, 1 / 2, 1 / 2)),
        # Nothing had to be found, and nothing wrong was.
        ([], [], None, (1, 1, 1, 1)),
        ([GOLD[1]], GOLD[1:], (False,), (1, 1, 1, 1)),
        (["mayor"], GOLD[1:], (False,), (0, 1, 0, 0)),
        ([], GOLD, None, (0, 0, 0, 0)),
    ],
)
def test_span_scores_by_hand(found, gold, must, scores):
    score = score_spans([at(x) for x in found], [at(x) for x in gold], index(), must)
    assert (score.precision, score.recall, score.f1, score.strict_f1) == pytest.approx(scores)


def test_which_spans_were_missed_and_are_too_many():
    score = score_spans(
        [at("mayor"), at("old bridge is safe")], [at("old bridge"), at("doubts it"), at("vicar")], index()
    )
    assert (score.pairs, score.missed, score.extra) == (((1, 0, 0.5),), (1, 2), (0,))
    assert score_spans([], [at(x) for x in GOLD], index(), [True, False]).missed == (0,)
    # Each span is matched once, the better pair first.
    twice = match_spans([at("old bridge"), at("bridge is safe")], [at("old bridge is safe")], index())
    assert twice == [(1, 0, 0.75)]
    assert match_spans([at("old bridge is safe")] * 2, [at("old bridge is safe")] * 2, index()) == [
        (0, 0, 1),
        (1, 1, 1),
    ]


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


def test_shares_of_equal_labels_by_hand():
    # Ordered pairs: 2 of 2 equal, 0 of 2, 2 of 6; a unit with one label has none.
    units = [("a", "a"), ("a", "b"), ("a", "a", "b"), ("a", None)]
    assert percent_agreement(units) == pytest.approx(4 / 10)
    assert percent_agreement([("a", None)]) is None
    # 20 yes and yes, 5 yes and no, 10 no and yes, 15 no and no: .70 agree, .50 would by chance.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen_kappa(*zip(*pairs, strict=True)) == pytest.approx(0.4)
    assert cohen_kappa("aa", "aa") is None
    assert cohen_kappa("", "") is None
    with pytest.raises(ValueError, match="2 and 1 labels"):
        cohen_kappa("ab", "a")
    # One unit of three labels and one of two: 4 and 0 of 5 labels' pairs differ, weighted by 1 / (m - 1).
    # a 4, b 1: unequal 4 / 2 = 2, expected (25 - 17) / 4 = 2.
    assert krippendorff_alpha([("a", "a", "b"), ("a", "a", None)]) == pytest.approx(0)
    assert (krippendorff_alpha([("a", None)]), krippendorff_alpha([])) == (None, None)
    for wrong in ("ab", ["ab", "cd"], [("a", "b"), None], None):
        with pytest.raises(MedialitError, match="list of rows"):
            krippendorff_alpha(wrong)


# Two units, one alike and one not: two draws of the unlike one give alpha -.5 (a quarter of all draws), one of each
# gives 0 (half), two of the like one count as 1 (a quarter). So the interval is known without drawing.
@pytest.mark.parametrize(
    ("units", "level", "interval"),
    [
        ([("a", "b"), ("a", "a")], 0.95, (-0.5, 1)),
        ([("a", "b"), ("a", "a")], 0.60, (-0.5, 1)),
        ([("a", "b"), ("a", "a")], 0.40, (0, 0)),
        ([("a", "b"), ("a", "a")], 1.00, (-0.5, 1)),
        ([("a", "b"), ("a", None)], 0.95, (-0.5, 1)),
        ([("a", "b"), ("a", None)], 0.40, (0, 0)),
        ([("a", "b")], 0.95, (0, 0)),
        ([("a", "a"), ("b", "b")], 0.95, (1, 1)),
    ],
)
def test_the_interval_by_hand(units, level, interval):
    found = alpha_with_interval(units, level=level)
    assert (found.low, found.high) == pytest.approx(interval)
    assert (found.units, found.coders) == (len(units), 2)


def test_how_many_coded_and_why_alpha_is_undefined():
    assert alpha_with_interval([("a", "b"), ("a", "b", "a")]).coders == 3
    none = alpha_with_interval([])
    assert (none.value, none.units, none.coders) == (None, 0, 0)
    assert "Nothing varies" in alpha_with_interval([("a", "a"), ("a", None)]).note
    assert "second coding" in alpha_with_interval([("a", None), ("b", None)]).note


def test_the_steps_of_alpha_by_hand():
    # 1 of 4 differs. 3 yes and 5 no: by chance 1 - (3 * 2 + 5 * 4) / (8 * 7) = 30 / 56 differ.
    first, second = "yes yes no no".split(), "yes no no no".split()
    assert steps_of_alpha(first, second) == pytest.approx((4, 1 / 4, 30 / 56, 1 - 14 / 30))
    assert steps_of_alpha(first, second).alpha == pytest.approx(
        krippendorff_alpha(list(zip(first, second, strict=True)))
    )
    assert steps_of_alpha(["no"], ["no"]) is None
    one, other = dict(zip("abcd", first, strict=True)), dict(zip("abcde", [*second, "yes"], strict=True))
    assert compare(one, other).units == 4
    # 1 - 30/56 is 46; they agree on 75 of 100; so 29 of the 54 that are left are won.
    assert re.findall(r"\d+", why(one, other)) == ["5", "8", "46", "75", "54", "29"]
    assert why({"a": "no"}, {"a": "no"}) == ""
    # 2 of 4 agree, and by chance 24 of 56 would: 50 - 43 = 7. 2 of 5 agree, and by chance 40 of 90 would: nothing is won.
    assert re.findall(r"\d+", why(dict(enumerate("yynn")), dict(enumerate("ynyn"))))[2:] == ["43", "50", "57", "7"]
    assert re.findall(r"\d+", why(dict(enumerate("yyynn")), dict(enumerate("nnyyn"))))[2:] == ["44", "40"]


@pytest.mark.parametrize(
    ("order", "fault"),
    [
        ("units differ counts chance alpha", None),
        ("counts chance units differ alpha", None),
        ("differ units counts chance alpha", "Line 1 uses “units”"),
        ("units differ chance counts alpha", "Line 3 uses “counts”"),
        ("units differ counts alpha chance", "Line 4 uses “chance”"),
        ("units differ counts chance", "Some lines are missing"),
    ],
)
def test_five_lines_run_only_when_each_has_what_it_needs(order, fault):
    said = fault_in_lines(order.split())
    assert said is None if fault is None else fault in said


# Krippendorff (2004): conclusions are firm from .800 on, tentative from .667 on.
def test_the_bands_of_alpha():
    bands = [
        (0.8, "firm"),
        (0.799, "tentative"),
        (0.667, "tentative"),
        (0.666, "low"),
        (-0.2, "low"),
        (None, "undefined"),
    ]
    assert [band_of(value) for value, _ in bands] == [band for _, band in bands]
    readings = [(0.8, 0.9, "all firm"), (0.79, 0.9, "crosses"), (0.5, 0.667, "crosses"), (0.5, 0.66, "all low")]
    assert [reading_of(Agreement(0.7, low, high)) for low, high, _ in readings] == [said for *_, said in readings]
    for unknown in (Agreement(None, 0.8, 0.9), Agreement(0.8, None, 0.9), Agreement(0.8, 0.8, None)):
        assert reading_of(unknown) == "none"


def test_order_sets_and_shares():
    assert (kendall_tau("abcd", "abcd"), kendall_tau("dcba", "abcd")) == (1, -1)
    assert (kendall_tau("bacd", "abcd"), order_score("dcba", "abcd")) == (pytest.approx(4 / 6), 0)
    assert kendall_tau("a", "abcd") == 1
    assert (set_f1("cba", "abc"), set_f1("ab", "abcd")) == (1, pytest.approx(2 / 3))
    assert (entropy({"a": 7}), entropy({"a": 3, "b": 3}), entropy({})) == (0, pytest.approx(1), 0)
    assert entropy({"a": 1, "b": 1, "c": 1, "d": 1}) == pytest.approx(2)
    assert entropy({"a": 0, "b": 3}) == 0
    assert (str(entropy({"a": 3})), set_f1([], []), set_f1(["a"], [])) == ("0.0", 1.0, 0.0)
