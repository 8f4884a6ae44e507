"""The framing lens: classes, guards against words that only look loaded, and lists that are in order."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import medialit
from medialit.files import data_path
from medialit.lenses.framing import CLASSES, frame_profile, loaded_words


def found(text):
    return {(w.word, w.cls) for w in loaded_words(text)}


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("He may come.", {("may", "hedge")}),
        ("In May 2024 it rained.", set()),
        ("It ended on May 3.", set()),
        ("They claim that it works.", {("claim", "assertive")}),
        ("The claim was old.", set()),
        ("He appears tired.", {("appears", "hedge")}),
        ("He appeared in court.", set()),
        ("the tax regime", set()),
        ("the regime fell", {("regime", "one-sided term")}),
        ("extreme weather", set()),
        ("an extreme view", {("extreme", "one-sided term")}),
        ("gross domestic product", set()),
        ("They managed to leave.", {("managed", "implicative")}),
        ("They managed the shop.", set()),
        ("It revealed that he knew.", {("revealed", "factive")}),
        ("It revealed a garden.", set()),
        ("U.S. forces left.", set()),
        ("The Patriot battery moved.", set()),
        ("a rogue state", {("rogue", "one-sided term")}),
        ("Tensions reached new heights.", {("new heights", "subjective intensifier")}),
        ("Rain continued to fall.", set()),
        # plain uses of a listed word
        ("The massive star collapsed.", set()),
        ("A massive black hole swallowed it.", set()),
        ("There was regime change at Apple.", set()),
        ("Toxic waste leaked from an explosive device.", set()),
        ("The storm wrecked a house.", set()),
        ("A cat ran through the mess hall of the circus tent.", set()),
        ("Their brilliant blue feathers shine.", set()),
        ("The talks failed to start.", {("failed", "implicative")}),
        ("The truth lies elsewhere.", set()),
        # forms of an entry
        ("They kept smearing him.", {("smearing", "one-sided term")}),
        ("He lied shamelessly.", {("shamelessly", "one-sided term")}),
        ("The thug's friends left.", {("thug's", "one-sided term")}),
        ("They slammed the budget.", {("slammed", "one-sided term")}),
        ("It was his failed plan.", {("failed", "one-sided term")}),
        ("The Nazis marched.", {("Nazis", "one-sided term")}),
        # plain reporting verbs judge nobody
        ("She argued that it works.", {("argued", "reporting verb")}),
        ("He warned that it leaks.", {("warned", "reporting verb")}),
    ],
)
def test_a_word_counts_only_where_it_does_its_job(text, marked):
    assert found(text) == marked


PAIRS = yaml.safe_load(Path(__file__).with_name("loaded_pairs.yaml").read_text("utf-8"))


@pytest.mark.parametrize(("where", "one", "other"), PAIRS, ids=[f"{one} / {other}" for _, one, other in PAIRS])
def test_what_opposite_camps_say_is_marked_alike(where, one, other):
    judging = ("one-sided term", "subjective intensifier")
    marks = [{cls for _, cls in found(f"The paper wrote of {term} again.") if cls in judging} for term in (one, other)]
    assert marks[0] == marks[1], where


def test_the_pairs_are_many_and_from_many_places():
    assert len(PAIRS) >= 60
    assert len({where for where, _, _ in PAIRS}) >= 12
    assert len({term for _, *pair in PAIRS for term in pair}) >= 120


def test_quotation_marks_emoji_and_headings():
    first, second = loaded_words("The reckless plan is, he said, “a reckless plan”.")[0::2]
    assert (first.in_quotation, second.in_quotation) == (False, True)
    text = "🚀🚀 A brutal é́ act, “truly brutal”."
    assert all(text[w.span.start : w.span.end] == w.word for w in loaded_words(text))
    assert len(loaded_words(text)) >= 2
    assert ("Defiant", "one-sided term") in found("Kim's Defiant Display of Military Power")


def test_the_article_holds_what_the_lesson_speaks_of():
    marked = found(medialit.load_case("missile-tests").article)
    for word in ("rogue", "provocative", "aggressive", "hardline", "defiant"):
        assert (word, "one-sided term") in marked
    for word in ("may", "seems", "appears", "potentially"):
        assert (word, "hedge") in marked
    # Cues of a frame are words of the paragraph.
    article = medialit.load_case("missile-tests").article
    signs = frame_profile(article)
    assert any(s.item == "c2" and "condemned" in s.words for s in signs)
    assert all(article[span] == word for s in signs for span, word in zip(s.spans, s.words, strict=True))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error_and_twice_alike(text):
    once = loaded_words(text)
    assert once == loaded_words(text)
    assert all(text[w.span.start : w.span.end] == w.word and w.cls in CLASSES for w in once)
    assert frame_profile(text) == frame_profile(text)


def test_the_list_is_sorted_and_has_every_entry_once():
    lines = data_path("lexicons", "loaded-words", "words.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    names = [row[0] for row in rows]
    assert (names, len(names)) == (sorted(names), len(set(names)))
    assert {row[1] for row in rows} == set(CLASSES) - {"reporting verb"}
    assert all(len(row) == 4 and row[2] in ("a", "n", "v", "nv", "m", "p") for row in rows)


def test_every_guard_of_the_list_has_its_rows():
    from medialit.lenses._loaded_lexicon import guards, lexicon

    entries = [entry for listed in lexicon().entries.values() for entry in listed]
    used = {entry.entry if entry.guard == "literal" else entry.guard for entry in entries if entry.guard}
    assert len(used) >= 40
    assert used <= set(guards())


def test_every_item_of_the_codebook_has_cues():
    from medialit.case.framing import load_codebook
    from medialit.lenses._loaded_lexicon import frame_cues

    assert set(frame_cues()) == {item.id for item in load_codebook().items}
