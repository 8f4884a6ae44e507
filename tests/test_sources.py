"""The sources lens: words, facts, origins and voices."""

import math
import random
from collections import Counter

import pytest

from medialit.article import Article
from medialit.case import load_case
from medialit.case.gold import load_coverage
from medialit.errors import MedialitError
from medialit.lenses.quotes import find_quotes
from medialit.lenses.sources import (
    compare_facts,
    count_words,
    distinctive_words,
    every_distinctive_word,
    group_by_origin,
    merge_counts,
    tokens,
    word_counts,
)
from medialit.lenses.voices import compare_voices, quoted_words
from medialit.scoring.shares import entropy


@pytest.fixture(scope="module")
def case():
    return load_case("missile-tests")


@pytest.fixture(scope="module")
def gold(case):
    return load_coverage(case.folder, case.claim_gold)


@pytest.fixture(scope="module")
def texts(case, gold):
    return {"article": case.article, **gold.model_articles()}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Japan’s well-known plan, isn’t it?", ["japan", "well-known", "plan", "isn't", "it"]),
        ("The U.S.-South Korean drill: 1,587 km.", ["the", "u.s", "south", "korean", "drill", "1,587", "km"]),
        ("«Über» Straße", ["über", "strasse"]),
        ("미사일 발사", ["미사일", "발사"]),
        ("三発のミサイル2024年", [*"三発のミサイル", "2024", "年"]),
        ("الصواريخ", ["الصواريخ"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("… — “”", []),
    ],
)
def test_words_in_several_languages(text, words):
    found, spans = tokens(text)
    assert (found, Counter(words)) == (words, word_counts(text))
    for word, span in zip(found, spans, strict=True):
        assert text[slice(*span)].casefold().startswith(word[:2])


# The examples printed in the README of the package fightin_words 1.0 (Wigderowitz 2019, MIT licence), a port of Jack
# Hessel's implementation of Monroe, Colaresi & Quinn 2008.
FIRST = "the quick brown fox jumps over the lazy pig"
SECOND = "the lazy purple pig jumps over the lazier donkey"
LONG = "the lazy purple pig jumps over the " + "very " * 1000 + "sleepy donkey"
PLAIN = {
    **dict.fromkeys(("donkey", "lazier", "purple"), -0.6894227886807968),
    **dict.fromkeys(("jumps", "lazy", "over", "pig", "the"), 0.0),
    **dict.fromkeys(("brown", "fox", "quick"), 0.6894227886807968),
}
UNINFORMED = {
    "very": -2.2144429606255946,
    **dict.fromkeys(("donkey", "purple", "sleepy"), 0.3528670051726073),
    **dict.fromkeys(("brown", "fox", "quick"), 1.7074955767167836),
    **dict.fromkeys(("jumps", "lazy", "over", "pig"), 3.4564380059373603),
    "the": 4.954523357120953,
}
INFORMED = {
    "very": -0.4368846171934332,
    **dict.fromkeys(("donkey", "purple", "sleepy"), 0.3539801999989518),
    **dict.fromkeys(("brown", "fox", "quick"), 1.7087406001344665),
    **dict.fromkeys(("jumps", "lazy", "over", "pig"), 3.4605672465974453),
    "the": 4.961066225017743,
}


@pytest.mark.parametrize(
    ("second", "prior", "published"),
    [
        (SECOND, 0.05, PLAIN),
        (LONG, 0.05, UNINFORMED),
        (LONG, {**dict.fromkeys((FIRST + " " + LONG).split(), 0.05), "very": 1 / 1000}, INFORMED),
    ],
    ids=["uninformed", "uninformed, long", "informed"],
)
def test_z_agrees_with_the_numbers_of_a_published_implementation(second, prior, published):
    found = distinctive_words({"one": FIRST, "two": second}, "one", prior=prior)
    assert {score.word: score.z for score in found.words} == pytest.approx(published, abs=1e-12)


def test_the_prior_from_the_pool_is_the_formula_written_out():
    target, others = {"missile": 8, "sea": 2, "drill": 10}, [{"missile": 2, "sea": 8}, {"drill": 30, "japan": 20}]
    found = distinctive_words({"t": target, "x": others[0], "y": others[1]}, "t", prior_words=100)
    # n = 20, m = 60, together 80 words of which 10 are "missile": alpha = 100 * 10 / 80 = 12.5 of 100.
    a, b = 8 + 12.5, 2 + 12.5
    delta = math.log(a / (20 + 100 - a)) - math.log(b / (60 + 100 - b))
    score = found.score("missile")
    assert (score.log_odds, score.z) == (pytest.approx(delta), pytest.approx(delta / math.sqrt(1 / a + 1 / b)))
    assert (score.count, score.reference_count, score.rate) == (8, 2, 400)
    assert (found.target_words, found.reference_words, found.reference) == (20, 60, ("x", "y"))
    assert [s.z for s in found.words] == sorted((s.z for s in found.words), reverse=True)


def test_a_small_comparison_says_so_and_a_pool_says_more():
    filler = {f"w{i}": 7 for i in range(99)}
    one = {"a": {**filler, "rogue": 5}, "b": dict(filler)}
    alone = distinctive_words(one, "a")
    assert abs(alone.score("rogue").z) < 1.96  # five times here, never there: still not much
    assert "no word stands out" in alone.warning
    pooled = distinctive_words({**one, **{f"c{i}": dict(filler) for i in range(4)}}, "a")
    assert pooled.score("rogue").z > 1.96
    assert pooled.warning == ""
    short = distinctive_words({"a": {"rogue": 60, "x": 40}, "b": {"x": 400, "y": 200}}, "a")
    assert "one text of 600 words" in short.warning


def test_the_article_stands_out_by_words_of_conflict(texts):
    found = distinctive_words(texts, "article")
    top = {score.word for score in found.top(12)}
    assert {"military", "tests", "weapons", "trump"} <= top
    # A label that stands there once weighs nothing, however strong it is: count is not meaning.
    assert found.score("rogue").count == 1
    assert abs(found.score("rogue").z) < 1
    assert found.reference == tuple(name for name in texts if name != "article")
    found = distinctive_words(texts, "article", ["brief-a", "brief-b"])
    assert found.reference == ("brief-a", "brief-b")
    assert found.reference_words == sum(sum(word_counts(texts[n]).values()) for n in found.reference)
    plain = distinctive_words(texts, "article").as_dict()
    assert plain["words"][0]["word"] == "military"
    assert set(plain) == {"target", "reference", "target_words", "reference_words", "words", "warning"}


def test_a_whole_collection_gives_the_same_numbers(texts):
    together = every_distinctive_word(texts)
    for name in ("article", "state-b"):
        alone = distinctive_words(texts, name)
        assert together[name].warning == alone.warning
        for score in together[name].words:
            assert score.z == pytest.approx(alone.score(score.word).z)
        assert {s.word for s in together[name].words} == set(word_counts(texts[name]))


def test_counts_of_pieces_merge_to_the_numbers_of_the_whole(texts):
    pairs = [(name, text.text) for name, text in texts.items()] * 2
    random.Random(4).shuffle(pairs)
    whole = count_words(pairs)
    pieces = [count_words(pairs[i::5]) for i in range(5)]
    before = [dict(piece) for piece in pieces]
    merged = {}
    for piece in pieces:
        merged = merge_counts(merged, piece)
    assert (merged, pieces) == (whole, before)
    one, other = distinctive_words(whole, "article"), distinctive_words(merged, "article")
    assert {s.word: s.z for s in one.words} == pytest.approx({s.word: s.z for s in other.words})


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"a": "", "b": "some words"}, "“a” has no words"),
        ({"a": "some words"}, "one text only"),
        ({"a": "some words", "b": "…"}, "compare with have no words"),
        ({"a": "same words here", "b": "same words here"}, "no word stands out"),
        ({"a": "one", "b": "one"}, "no word stands out"),
    ],
)
def test_thin_input_gives_a_sentence_and_no_score_from_nothing(given, says):
    found = distinctive_words(given, "a")
    assert says in found.warning
    assert all(math.isfinite(score.z) for score in found.words)
    assert found.top() == ()
    assert says in every_distinctive_word(given)["a"].warning


def test_five_megabytes_without_a_full_stop():
    text = "north korea tests missiles " * 190_000
    found = distinctive_words({"a": text, "b": "north korea talks"}, "a")
    assert found.target_words == 760_000
    assert distinctive_words({"a": "a" * 5_000_000, "b": "north"}, "a").target_words == 1


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda t: distinctive_words(t, "z"), "There is no text “z”. Known: a, b."),
        (lambda t: distinctive_words(t, "a", ["z"]), "There is no text “z”"),
        (lambda t: distinctive_words(t, "a", ["a"]), "cannot be compared with itself"),
        (lambda t: distinctive_words(t, "a", prior=0), "a number above 0"),
        (lambda t: distinctive_words(t, "a", prior={"some": 1}), "no weight above 0 for “"),
        (lambda t: distinctive_words(t, "a", prior_words=0), "prior_words needs a number above 0"),
        (lambda t: every_distinctive_word(t, prior_words=-1), "prior_words needs a number above 0"),
        (lambda t: distinctive_words(t["a"], "a"), "The texts need names"),
        (lambda t: distinctive_words(list(t.values()), "a"), "The texts need names"),
        (lambda t: compare_voices(t["a"]), "The articles need names"),
    ],
)
def test_wrong_calls_are_answered_in_one_sentence(call, says):
    with pytest.raises(MedialitError) as caught:
        call({"a": "some words", "b": "other words"})
    assert says in str(caught.value)


def test_the_facts_matrix_whole_and_in_part(gold):
    whole = compare_facts(gold)
    assert (len(whole.facts), len(whole.sources)) == (30, 1 + len(gold.reports))
    assert whole.sources[0] == "article"
    part = compare_facts(gold, ["A4", "B1"], ["article", "dpa-a", "ap-b"])
    assert part.cells == (("contradicts", "states", "unknown"), ("silent", "silent", "states"))
    assert part.cell("A4", "dpa-a") == whole.cell("A4", "dpa-a") == "states"
    assert part.row("B1") == {"article": "silent", "dpa-a": "silent", "ap-b": "states"}
    assert part.column("ap-b") == {"A4": "unknown", "B1": "states"}
    assert part.counts()["article"] == {"contradicts": 1, "silent": 1}
    assert part.as_dict()["labels"] == ["About 50 km high", "Cruise missiles"]
    assert compare_facts(gold, [], []).cells == ()
    assert compare_facts(gold, ["A1"], []).cells == ((),)
    # Unknown ids are named.
    with pytest.raises(MedialitError, match="There is no fact “A16”"):
        compare_facts(gold, ["A1", "A16"])
    with pytest.raises(MedialitError, match="There is no report “cnn”"):
        compare_facts(gold, sources=["cnn"])
    with pytest.raises(MedialitError, match=r"“B1” is not in this matrix\. It has: A1\."):
        compare_facts(gold, ["A1"]).row("B1")


def test_a_case_can_be_handed_in_whole(case, gold):
    assert compare_facts(case, ["A1"]) == compare_facts(gold, ["A1"])


def test_copies_are_one_group_and_unknown_origins_stand_alone(case, gold):
    groups = group_by_origin(gold.sources)
    members = [member for group in groups for member in group.members]
    assert sorted(members) == sorted(source.id for source in gold.sources)
    alone = [group for group in groups if not group.known]
    assert {group.members for group in alone} == {("article",), ("script-b",)}
    cards = [case.claim_gold.card(copy.card) for copy in gold.grouping]
    by_origin = {group.origin: group.members for group in group_by_origin(cards)}
    assert len(by_origin["AP"]) == 5
    assert by_origin["UPI"] == ("upi-28feb25",)
    assert group_by_origin([]) == ()
    assert groups[0].as_dict()["origin"] == "Reuters"


def test_voices_of_the_article_and_of_model_reports(case, gold):
    blocs = {voice.name: voice.bloc for voice in (*case.voices, *gold.voices)}
    sources = {model.id: (model.text, model.spoken) for model in gold.models}
    rows = {row.source: row for row in compare_voices({"article": (case.article, case.quotes), **sources}, blocs)}
    assert rows["article"].words == sum(quoted_words(case.article, case.quotes).values())
    assert rows["article"].blocs[0].speaker == "North Korea"
    assert [share.speaker for share in rows["broadcaster-a"].blocs] == ["Japan"]
    assert rows["broadcaster-a"].entropy == 0
    for row in rows.values():
        assert sum(share.share for share in row.blocs) == pytest.approx(100)
        assert row.entropy == pytest.approx(entropy({share.speaker: share.words for share in row.blocs}))
    # North and South, one and the other: more than one bloc gives more than 0 bits.
    assert rows["brief-a"].entropy > 0
    assert rows["brief-a"].as_dict()["blocs"][0]["speaker"] == "Japan"


def test_voices_of_nothing_of_other_languages_and_of_texts_alone(gold):
    (empty, japanese) = compare_voices({"empty": ("", []), "ja": ("首相は「容認できない」と述べた。", [])})
    assert (empty.words, empty.speakers, empty.entropy) == (0, (), 0)
    assert japanese.words == 0
    article = Article(gold.model("brief-a").text)
    (row,) = compare_voices({"brief-a": (article, find_quotes(article))})
    assert row.words == sum(len(q.words.split()) for q in gold.model("brief-a").quotations)
    text = gold.models[0].text
    assert compare_voices({"one": text}) == compare_voices({"one": (text, find_quotes(text))})
    assert compare_voices({"nothing": ""})[0].words == 0


def test_a_stretch_goes_to_the_narrowest_of_nested_attributions():
    text = 'He said that she said "one two three" and left. ' * 3
    spots = [i for i in range(len(text)) if text.startswith('"one', i)]

    class Quote:
        def __init__(self, content, speaker_name):
            self.content, self.speaker_name = content, speaker_name

    inner = [Quote((spot + 1, spot + 14), "she") for spot in spots]
    outer = Quote((0, len(text)), "he")
    assert quoted_words(Article(text), [outer, *inner[:2]]) == {"she": 6, "he": 3}
