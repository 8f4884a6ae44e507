"""The quotes lens on text that nobody would print: it never raises, and its spans lie in the text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medialit import find_quotes
from medialit.lenses.quotes import Quote, quote_mark_rule

_SINGLE = (
    """ " “ ” ‘ ’ ' „ « » `` '' , . : ; — - ( ) … \n \n\n \t \u00a0 \u200b \ufeff \x00 <p> </q> &quot; &ldquo; """
    "https://t.co/x @oz #oz said says told that who he she they I as the minister Jane Roe O’Neil U.S. WHO p.m. "
    "officials ’s called and but if 12 Æ Ø 王 é 🙂 ß İ"
)
_LONG = "according to|was quoted by|as saying|claim that|warned of|it was late|will go|in Oz|on Monday|— Oz (@oz)"
PIECES = [*_SINGLE.split(" "), *_LONG.split("|"), "\n— Oz (@oz) May 1", "\n\n“", '\n\n"', " "]
assembled = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)
glued = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
slow = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(text: str) -> None:
    for found in (find_quotes(text), quote_mark_rule(text)):
        assert found == sorted(found, key=lambda q: q.content)
        for quote in found:
            assert_within(quote, text)
    assert all((quote.kind == "scare") == (quote.speaker is None) for quote in find_quotes(text))
    assert find_quotes(text) == find_quotes(text)


def assert_within(quote: Quote, text: str) -> None:
    for span in (quote.content, quote.speaker, quote.cue, *quote.mentions):
        if span is not None:
            assert 0 <= span.start < span.end <= len(text)
    assert quote.kind in ("direct", "mixed", "indirect", "scare")
    assert quote.why
    if quote.speaker is not None:
        assert quote.mentions


@slow
@given(st.text(max_size=300))
def test_any_unicode(text: str) -> None:
    check(text)


@slow
@given(assembled)
def test_words_and_marks_in_any_order(text: str) -> None:
    check(text)


@slow
@given(glued)
def test_words_and_marks_without_spaces(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "piece", ['"', "“", "' ", "“a ", "he said ", 'he said "a b" ', "according to x, ", "X's claim that y is z "]
)
def test_the_work_grows_with_the_text_only(piece: str) -> None:
    """Twice the text, at most little more than twice the steps: counted in calls, not in seconds."""
    small, large = (calls(piece * (size // len(piece))) for size in (6000, 12000))
    assert large < 2.6 * small + 1000


def calls(text: str) -> int:
    import sys

    count = 0

    def profiler(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    find_quotes("warm up")
    before = sys.getprofile()
    sys.setprofile(profiler)
    try:
        find_quotes(text)
    finally:
        sys.setprofile(before)
    return count


def test_a_megabyte_of_one_line() -> None:
    line = "no quote in here, only words that go on and on " * (1_000_000 // 47)
    assert find_quotes(line) == []
