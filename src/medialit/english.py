"""Numbers, lists and dates as they are written in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from string import Formatter
from typing import Any

from medialit.errors import MedialitError


def count(number: int, one: str, several: str = "") -> str:
    """``1 word``, ``2 words``, ``0 words``; ``several`` is the plural where it is not ``one`` with an s.

    Whole phrases work as well: ``count(n, "row is empty", "rows are empty")``.
    """
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def in_letters(number: int) -> str:
    """A small number as a word: ``two``; others as they are."""
    words = "no one two three four five six seven eight nine ten eleven twelve".split()
    return words[number] if 0 <= number < len(words) else f"{number:,}"


def listed(items: Iterable[object], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``; an empty list is an empty string."""
    words = [str(item) for item in items]
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1] if words else "") if part)


def some(items: Iterable[object], most: int) -> str:
    """``a, b and 3 more``: the first ``most`` of a list, and how many there are beside them."""
    words = [str(item) for item in items]
    return ", ".join(words[:most]) + (f" and {len(words) - most} more" if len(words) > most else "")


def spread(low: float | None, high: float | None) -> str:
    """An interval within a sentence: ``anything from 0.43 to 0.88``, or ``1.00 again`` where nothing else is in it."""
    if low is None or high is None:
        return "any value"
    ends = f"{low:.2f}", f"{high:.2f}"
    return f"{ends[0]} again" if ends[0] == ends[1] else f"anything from {ends[0]} to {ends[1]}"


def shortened(text: str, limit: int) -> str:
    """A text on one line, cut between two words after at most ``limit`` characters; empty for a limit of 0."""
    if not limit:
        return ""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def sentence(text: str) -> str:
    """A text that ends as a sentence does: with a period where it ends in none of ``.!?…``, also before a closing mark."""
    text = text.strip()
    return f"{text}." if text and text.rstrip("\"'”’)»*")[-1:] not in tuple(".!?…") else text


class _Sentence(Formatter):
    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        name, bar, nouns = field_name.partition("|")
        if not bar:
            found, used = super().get_field(field_name, args, kwargs)
            return found, str(used)
        one, _, several = nouns.partition("|")
        return count(kwargs[name], one, several), name


def filled(text: str, /, **values: object) -> str:
    """A text of the course with its names in braces filled in; ``{n|claim|claims}`` is a number with its noun.

    Raises MedialitError, with the sentence, when a name is not given or the braces cannot be read.
    """
    try:
        return _Sentence().vformat(text, (), values)
    except KeyError as name:
        raise MedialitError(
            f"Nothing fills in {name} in “{shortened(text, 60)}”. It can have: {', '.join(values) or 'no name in braces'}."
        ) from None
    except (ValueError, IndexError, AttributeError, TypeError) as error:
        raise MedialitError(f"The braces in “{shortened(text, 60)}” cannot be read: {error}.") from None


def said_in(texts: Mapping[str, str], name: str, where: str, /, **values: object) -> str:
    """One of the texts of a file, filled in. Raises MedialitError for one that is not in the file, which is ``where``."""
    if name not in texts:
        raise MedialitError(f"{where} has no text “{name}”. Write it there, or correct the name where it is asked for.")
    return filled(texts[name], **values)


def percent(share: float) -> str:
    """A share (0 to 1) in whole percent; only all is 100%, and only none is 0%."""
    whole = round(100 * share)
    return f"{99 if whole == 100 and share < 1 - 1e-9 else 1 if whole == 0 and share > 1e-9 else whole}%"


def quoted(text: str) -> str:
    """Words of a text between quotation marks; marks inside become single ones, and each gets its other one."""
    before, after = (max(0, text.count(one) - text.count(other)) for one, other in ("”“", "“”"))
    inner = f"{'“' * before}{text}{'”' * after}".translate(_INNER)
    return f"“{inner}”"


TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_TO_NINETEEN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
# The value of every number that is one word and less than a hundred.
NUMBERS = {word: n for n, word in enumerate(_TO_NINETEEN.split())} | {word: 10 * n for n, word in enumerate(TENS, 2)}
_INNER = str.maketrans("“”", "‘’")
MONTHS = "January February March April May June July August September October November December".split()


def day_in_words(day: str) -> str:
    """2025-03-01 as March 1, 2025; 2025-03 as March 2025; anything else as it is."""
    parts = day.strip().split("-")
    if not 2 <= len(parts) <= 3 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return day
    month = MONTHS[int(parts[1]) - 1]
    return f"{month} {int(parts[2])}, {parts[0]}" if len(parts) == 3 else f"{month} {parts[0]}"


def read_day(text: str) -> str:
    """A date in one of the common ways of writing it, as 2026-03-02; without a day as 2026-03; empty when it is none.

    With slashes the month comes first, unless it cannot be one; with points the day does.
    """
    words = re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", text.strip().lower().replace(" of ", " "))
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    if named := re.fullmatch(r"(?:(\d{1,2})\.?[\s-]+)?([a-z]{3,9})\.?[\s-]*(?:(\d{1,2}))?[\s,-]*(\d{4})", words):
        before, name, after, year = named.groups()
        month = next(
            (
                n
                for n, full in enumerate(MONTHS, 1)
                if full.lower().startswith(name) or name == "sept" == full.lower()[:4]
            ),
            0,
        )
        return "" if before and after else _day(int(year), month, before or after)
    if re.fullmatch(r"\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?", words):
        return _day(numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else None)
    if re.fullmatch(r"\d{1,2}([-/.])\s?\d{1,2}\1\s?\d{4}", words):
        first, second, year = numbers
        day_first = "." in words or first > 12
        return _day(year, second, first) if day_first else _day(year, first, second)
    return ""


def _day(year: int, month: int, day: int | str | None) -> str:
    try:
        found = date(year, month, int(day or 1))
    except ValueError:
        return ""
    return found.isoformat() if day else found.isoformat()[:7]
