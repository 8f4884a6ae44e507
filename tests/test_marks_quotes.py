"""Unit 1: what an answer between nothing and everything earns."""

import copy
from types import SimpleNamespace

import pytest
from marks import BOTH, A, M, cells, earns, rows, scored, spans, tasks, too_few

from medialit.article import Article
from medialit.forms import Cells, Table
from medialit.scoring.spans import SpanScore
from medialit.units.quotes.rules import NAMES, _on_the_rest

M_SORT = {
    "q01": ("Donald Trump", "suggests", "indirect"),
    "q05": ("South Korean military officials", "confirmed", "indirect"),
    "q07": ("Japan’s Defense Ministry", "clarified", "indirect"),
    "q11": ("U.S. officials", "warned", "mixed"),
}
A_SORT = {
    "q04": ("Nadia Brandreth", "told", "indirect"),
    "q05": ("Nadia Brandreth", "said", "direct"),
    "q08": ("Oswin Tarrell", "spoke of", "direct"),
    "q11": ("engineers", "warn", "mixed"),
}


def sort(rows, *fields):
    """An answer to 1.2 with only these of its three columns filled in."""
    return {
        row: {name: value for name, value in zip(("who", "verb", "kind"), right, strict=True) if name in fields}
        for row, right in rows.items()
    }


M_BLOCS = {"Kim Jong Un": "North Korea", "Korean Central News Agency": "North Korea", "North Korea": "North Korea"}
A_BLOCS = {"Nadia Brandreth": "town of Averstow", "Oswin Tarrell": "town of Averstow", "town": "town of Averstow"}

TABLE = [
    # 1.1: F1 of the marks. 10 stretches in the one story, 9 in the other: k right ones alone earn 2k / (10 + k).
    (M, "1.1", spans(M, "interest in engagement"), 2 / 11),
    (
        M,
        "1.1",
        spans(
            M,
            "interest in engagement",
            "recent joint exercises between American and South Korean forces",
            "U.S. strategic threats",
        ),
        6 / 13,
    ),
    # One right, one in the sentence of another and no attribution: P 1/2, R 1/10.
    (M, "1.1", spans(M, "interest in engagement", "North Korea continues weapons testing"), 2 * 0.5 * 0.1 / 0.6),
    # 5 of the 9 words of a stretch: IoU .56 matches. 4 of 9 do not.
    (M, "1.1", spans(M, "between American and South Korean"), 2 / 11),
    (M, "1.1", spans(M, "interest in engagement", "American and South Korean"), 2 * 0.5 * 0.1 / 0.6),
    (A, "1.1", spans(A, "the boiler was 31 years old"), 2 / 10),
    (A, "1.1", spans(A, "the boiler was 31 years old", "a hard week for everybody who swims before work"), 4 / 11),
    (
        A,
        "1.1",
        spans(
            A,
            "the boiler was 31 years old",
            "the water had cooled to 19 degrees Celsius",
            "the town’s drinking water is not affected",
        ),
        6 / 12,
    ),
    # A sentence that is not asked for.
    (M, "1.1", spans(M, "strategic missile tests raise"), 0),
    # 1.2: .4 who, .3 by which word, .3 what kind; eight rows.
    (M, "1.2", sort(M_SORT, "who"), 0.4 * 4 / 8),
    (M, "1.2", sort(M_SORT, "verb"), 0.3 * 4 / 8),
    (M, "1.2", sort(M_SORT, "kind"), 0.3 * 4 / 8),
    (M, "1.2", sort(M_SORT, "who", "verb"), 0.7 * 4 / 8),
    (A, "1.2", sort(A_SORT, "who"), 0.4 * 4 / 8),
    (A, "1.2", sort(A_SORT, "verb", "kind"), 0.6 * 4 / 8),
    (A, "1.2", sort(A_SORT, "who", "verb", "kind"), 4 / 8),
    # 1.4: .5 F1 of the set + .5 of the order, 10 pairs in a chain of five.
    # Two of five in order: F1 4/7, one pair of ten.
    (M, "1.4", ["account", "story"], 0.5 * 4 / 7 + 0.5 * 1 / 10),
    # Four of five in order: F1 8/9, six pairs of ten.
    (M, "1.4", ["officials", "newspaper", "account", "story"], 0.5 * 8 / 9 + 0.5 * 6 / 10),
    # All five, two neighbors swapped: nine pairs right, one wrong.
    (M, "1.4", ["newspaper", "officials", "agency", "account", "story"], 0.5 + 0.5 * 8 / 10),
    # All five and one too many: F1 10/11.
    (M, "1.4", ["officials", "newspaper", "agency", "account", "kim", "story"], 0.5 * 10 / 11 + 0.5),
    # More pairs the wrong way round than right: the order earns nothing, and takes nothing away.
    (M, "1.4", ["story", "account", "agency", "newspaper", "officials"], 0.5),
    (A, "1.4", ["engineers"], 0.5 * 2 / 6),
    (A, "1.4", ["engineers", "newspaper", "agency"], 0.5 * 6 / 8 + 0.5 * 3 / 10),
    (A, "1.4", ["manager", "engineers", "newspaper", "agency", "account", "story"], 0.5 * 10 / 11 + 0.5),
    # 1.5: .8 for the shares of three blocs + .2 for the entropy. 49 words: North Korea 65.3%, Japan 32.7%, U.S. 2.0%.
    (M, "1.5", cells("bloc", **M_BLOCS), 0.8 * 1 / 3),
    (M, "1.5", cells("bloc", **M_BLOCS, **{"Fumio Kishida": "Japan"}), 0.8 * 2 / 3),
    # Without North Korea’s 2 words that bloc is 4.1 points off: half. The official is missing: no entropy.
    (
        M,
        "1.5",
        cells("bloc", **(M_BLOCS | {"North Korea": "nobody in particular"}), **{"Fumio Kishida": "Japan"}),
        0.8 * 1.5 / 3,
    ),
    # The U.S. word in Japan’s bloc: Japan 2.04 points off, half; no U.S. bloc, nothing; entropy .93 instead of 1.04.
    (M, "1.5", cells("bloc", **M_BLOCS, **{"Fumio Kishida": "Japan", "U.S. officials": "Japan"}), 0.8 * 1.5 / 3),
    # The other way round the shares are right under wrong names, so only the entropy is: .2.
    (
        M,
        "1.5",
        cells(
            "bloc",
            **dict.fromkeys(M_BLOCS, "South Korea"),
            **{"Fumio Kishida": "United States", "U.S. officials": "nobody in particular"},
        ),
        0.2,
    ),
    # 48 words: town 75%, county 16.7%, schools 8.3%.
    (A, "1.5", cells("bloc", **A_BLOCS), 0.8 * 1 / 3),
    (A, "1.5", cells("bloc", **A_BLOCS, **{"Lotte Simmering": "county"}), 0.8 * 2 / 3),
    (
        A,
        "1.5",
        cells("bloc", **A_BLOCS, **{"Lotte Simmering": "schools", "Imre Halloway": "county"}),
        0.8 * 1 / 3 + 0.2,
    ),
    # 1.6: .7 for the version + .3 for the reason.
    (M, "1.6", {"repair": {"rewrite": "b"}}, 0.7),
    (M, "1.6", {"repair": {"rewrite": "c", "reason": "translation"}}, 0.7),
    (M, "1.6", {"repair": {"rewrite": "a", "reason": "other-words"}}, 0.3),
    (A, "1.6", {"repair": {"rewrite": "d"}}, 0.7),
    (A, "1.6", {"repair": {"rewrite": "a", "reason": "official"}}, 0.7),
    (A, "1.6", {"repair": {"reason": "other-words"}}, 0.3),
]


@pytest.mark.parametrize(("case", "name", "answer", "score"), rows(TABLE))
def test_partial_credit(case, name, answer, score):
    assert earns("quotes", case, name, answer, score)


@pytest.mark.parametrize("case", BOTH)
def test_ticking_everything_does_not_beat_the_rule(case):
    task = tasks("quotes", case)["1.3"]
    everything = task.check([option.key for option in task.form.options])
    assert everything.outcome == "partly"
    assert "Many marks are false" in everything.next_step
    assert "names" not in task.answer()
    assert task.check(["marks", "said", "according"]).score == 1


def test_a_verb_of_ones_own_counts_and_less_than_the_marks_earns_nothing():
    assert scored("quotes", M, "1.3", ["marks", "clarify"]).score > scored("quotes", M, "1.3", ["marks"]).score
    assert scored("quotes", M, "1.3", ["according"]).score == 0
    assert scored("quotes", M, "1.3", ["grumbled"]).score == 0


@pytest.mark.parametrize(
    ("mine", "best", "score"),
    [(0.4, 0.6, 0), (0.5, 0.6, 0), (0.55, 0.6, 0.5), (0.7, 0.6, 1), (0.5, 0.5, 0.5), (0.4, 0.5, 0)],
)
def test_a_gain_over_the_marks_is_a_share_of_the_room_above_them(mine, best, score):
    """The marks alone have F1 .5. Where no choice does better, they are right, and half is for what adds nothing to them."""
    task = copy.copy(tasks("quotes")["1.3"])
    f1 = {("marks",): 0.5, tuple(task.answer()): best, ("names",): mine}
    task._measure = lambda rules, verbs=(): SpanScore((), (), (), (), 0, 0, f1[tuple(rules)], 0)
    task.answer = tasks("quotes")["1.3"].answer
    assert task.score(["names"]).score == pytest.approx(score)
    said = {1: "", 0.5: task.say("idle")} if best == 0.5 else {1: ""}
    assert task.score(["names"]).next_step == said.get(score, task.say("missed"))
    assert task.score(task.answer()).score == 1


@pytest.mark.parametrize("answer", ["marks", ["marks", 1], ["marks", " "], {"marks": 1}])
def test_what_is_no_list_of_rules_and_verbs_is_refused(answer):
    assert scored("quotes", M, "1.3", answer).outcome == "could not check"
    assert scored("quotes", M, "1.3", [object()]).outcome == "could not check"


def test_in_a_chain_of_four_hands_three_pairs_of_six_are_half_of_the_order():
    task = copy.copy(tasks("quotes")["1.4"])
    task.answer = lambda: ["officials", "newspaper", "agency", "account"]
    assert task.score(["officials", "newspaper", "agency"]).score == pytest.approx(0.5 * 6 / 7 + 0.5 * 3 / 6)


def test_the_rule_of_names_marks_whole_sentences_with_a_name_behind_the_first_word():
    text = "Kim saw a boat there. We met Kim by the sea. Nobody came back."
    article = Article(text)
    first, second, third = (sentence.span for sentence in article.sentences)

    def found(*gold, marked=()):
        quotes = [SimpleNamespace(content=span, share=1) for span in gold]
        case = type("Story", (), {"article": article, "marking": [marked], "quotes": quotes})
        score = _on_the_rest.__wrapped__(case, (NAMES,), ())
        return score.precision, score.recall

    assert found(second) == (1, 1)
    assert found(first, third) == (0, 0)
    assert found(first, second) == (1, 0.5)
    # What was marked by hand is neither found nor asked for.
    assert found(first, second, marked=(2,)) == (0, 0)


@pytest.mark.parametrize(
    ("moved", "score"),
    # Errors of 2, 3, 5, 6, 13 and 14 points; entropies of .9507 and .9427 beside 1: .0493 and .0573 off.
    [(2, 1), (3, 0.6), (5, 0.6), (6, 0.2), (13, 0.2), (14, 0)],
)
def test_an_error_of_2_points_is_full_and_of_5_half(moved, score):
    """X has 50 words and Y the others. Whoever moves C from X to Y gives 50 to each."""
    task = copy.copy(tasks("quotes")["1.5"])
    task.words, task.right = {"A": 50, "B": 50 - moved, "C": moved}, {"A": "X", "B": "Y", "C": "X"}
    given = Table({name: Cells({"bloc": bloc}) for name, bloc in {"A": "X", "B": "Y", "C": "Y"}.items()})
    result = task.score(given)
    assert (result.score, result.details["shares"]) == (pytest.approx(score), {"X": 50, "Y": 50})


def test_every_task_with_parts_has_three_rows():
    assert too_few(TABLE, ["1.1", "1.2", "1.4", "1.5", "1.6"]) == []
