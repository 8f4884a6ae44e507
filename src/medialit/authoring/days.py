"""Dates as authors write them: kept as 2025-03-10, and asked about where two days could be meant."""

from __future__ import annotations

import re

from medialit.english import read_day
from medialit.errors import MedialitError


def day_of(text: str, instead: str = "") -> str:
    """A date as files have it: a day, a month or a year; "" for no text. ``instead`` is what else can be done, or where.

    Raises MedialitError for what is no date, and for one that two countries read as two days.
    """
    text = text.strip()
    found = text if re.fullmatch(r"[12]\d{3}", text) else read_day(text)
    if text and not found:
        raise MedialitError(f"“{text[:40]}” is not a date that can be read. Write it as 2025-03-10{instead}.")
    if (numbers := re.fullmatch(r"(\d{1,2})([-/])\s?(\d{1,2})\2\s?(\d{4})", text)) and numbers[1] != numbers[3]:
        first, _, second, year = numbers.groups()
        if max(int(first), int(second)) <= 12:
            days = sorted(f"{year}-{month:0>2}-{day:0>2}" for month, day in ((first, second), (second, first)))
            raise MedialitError(f"“{text}” can mean two days. Write {' or '.join(days)}{instead}.")
    return found
