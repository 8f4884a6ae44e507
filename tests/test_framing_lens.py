"""The framing lens: classes, guards against words that only look loaded, and lists that are in order."""

import pytest
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
    ],
)
def test_a_word_counts_only_where_it_does_its_job(text, marked):
    assert found(text) == marked


def test_words_between_quotation_marks_are_somebody_elses():
    first, second = loaded_words("The reckless plan is, he said, “a reckless plan”.")[0::2]
    assert (first.in_quotation, second.in_quotation) == (False, True)


def test_spans_count_code_points_also_after_an_emoji():
    text = "🚀🚀 A brutal é́ act, “truly brutal”."
    assert all(text[w.span.start : w.span.end] == w.word for w in loaded_words(text))
    assert len(loaded_words(text)) >= 2


def test_a_heading_in_capitals_is_read_too():
    assert ("Defiant", "one-sided term") in found("Kim's Defiant Display of Military Power")


def test_the_article_holds_what_the_lesson_speaks_of():
    marked = found(medialit.load_case("missile-tests").article)
    for word in ("rogue", "provocative", "aggressive", "hardline", "defiant"):
        assert (word, "one-sided term") in marked
    for word in ("may", "seems", "appears", "potentially"):
        assert (word, "hedge") in marked


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error_and_twice_alike(text):
    once = loaded_words(text)
    assert once == loaded_words(text)
    assert all(text[w.span.start : w.span.end] == w.word and w.cls in CLASSES for w in once)
    assert frame_profile(text) == frame_profile(text)


def test_cues_of_a_frame_are_words_of_the_paragraph():
    article = medialit.load_case("missile-tests").article
    signs = frame_profile(article)
    assert any(s.item == "c2" and "condemned" in s.words for s in signs)
    assert all(article[span] == word for s in signs for span, word in zip(s.spans, s.words, strict=True))


def test_the_list_is_sorted_and_has_every_entry_once():
    lines = data_path("lexicons", "loaded-words", "words.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    names = [row[0] for row in rows]
    assert names == sorted(names)
    assert len(names) == len(set(names))
    assert {row[1] for row in rows} == set(CLASSES) - {"reporting verb"}
    assert all(len(row) == 4 and row[2] in "anvmp" for row in rows)


def test_every_item_of_the_codebook_has_cues():
    from medialit.case.framing import load_codebook
    from medialit.lenses._loaded_lexicon import frame_cues

    assert set(frame_cues()) == {item.id for item in load_codebook().items}
