"""The date and the number lens kind by kind, and what holds for any text."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import medialit
from medialit import find_dates, find_numbers
from medialit.errors import MedialitError
from medialit.lenses.dates import dates_by_paragraph
from medialit.lenses.numbers import value_of

HERE = Path(__file__)
DATES = yaml.safe_load(HERE.with_name("dates_by_kind.yaml").read_text("utf-8"))
NUMBERS = yaml.safe_load(HERE.with_name("numbers_by_kind.yaml").read_text("utf-8"))
WRITTEN = "2025-03-14"


def rows(table):
    found = [pytest.param(row, id=f"{kind}: {row['text'][:40]}") for kind, rows in table.items() for row in rows]
    assert found
    return found


@pytest.mark.parametrize("row", rows(DATES))
def test_dates_by_kind(row):
    found = [f"{m.text} = {m.value}".strip() for m in find_dates(row["text"], WRITTEN)]
    assert found == row["dates"]


@pytest.mark.parametrize("row", rows(NUMBERS))
def test_numbers_by_kind(row):
    found = find_numbers(row["text"])
    shown = []
    for m in found:
        value = f"{m.value:.12g}" if m.value.is_integer() else f"{m.value:.3g}"
        value += f"-{m.last:g}" if m.last != m.value else ""
        shown.append(f"{m.text} | {m.kind} | {value} | {m.counts} | {m.whole}")
    assert [" ".join(s.split()) for s in shown] == [" ".join(s.split()) for s in row["numbers"]]
    if "missing" in row:
        assert [m.missing for m in found] == [row["missing"]]


def test_without_the_day_of_writing_only_complete_dates_have_a_value():
    found = find_dates("It closed on March 10, on Tuesday, last year. It opened on March 18, 2024.")
    assert [m.value for m in found] == ["", "", "", "2024-03-18"]


@pytest.mark.parametrize("wrong", ["March", "2025-02-30", 20250228, object()])
def test_a_day_of_writing_that_is_no_date_gets_a_sentence(wrong):
    with pytest.raises(MedialitError, match="year-month-day"):
        find_dates("It rained.", wrong)


@given(st.text(st.sampled_from("JMay 0123489/-.,’'“”$%thofinlastagoweekyear\nMonday"), max_size=120), st.dates())
def test_any_text_is_read_and_no_two_mentions_overlap(text, written):
    for found in (find_dates(text, written), find_numbers(text)):
        spans = [m.span for m in found]
        assert all(a.end <= b.start for a, b in pairwise(spans))
        assert all(text[m.span.start : m.span.end] == m.text for m in found)
    assert all(
        (m.first is None) == (m.last is None) and (m.first is None or m.first <= m.last)
        for m in find_dates(text, written)
    )


@pytest.mark.parametrize(
    ("words", "value"),
    [("1,587", 1587), ("twenty-one", 21), ("2.5 million", 2.5e6), ("three dozen", 36), ("a hundred and ten", 110)],
)
def test_numbers_in_words(words, value):
    assert value_of(words) == value


def test_the_story_hides_that_its_dates_are_a_year_apart():
    """Its one complete date is more than a year older than the day it implies, and its January has no year."""
    case = medialit.load_case("missile-tests")
    found = find_dates(case.article, str(case.timeline.now.date))
    complete = [m for m in found if m.kind == "absolute"]
    assert [m.value for m in complete] == ["2024-01-26"]
    assert (date.fromisoformat(str(case.timeline.now.date)) - complete[0].last).days > 365
    by_paragraph = dates_by_paragraph(case.article, found)
    (january,) = [p for p in by_paragraph if p.paragraph == 17]
    assert january.mentions[0].value == "2025-01"  # the nearest, and wrong: the speech is of January 2024


def test_a_paragraph_that_mixes_dates_says_so():
    article = medialit.Article(
        "The gate broke on March 3, 2024. It was opened again on March 9, 2025.\nIt rained yesterday."
    )
    mixed, other = dates_by_paragraph(article, find_dates(article, WRITTEN))
    assert (mixed.mixed, mixed.apart, other.mixed) == (True, 371, False)
