"""The date lens: every expression of time in a text, and the days that it most plainly means.

A date is absolute (*March 18, 2024*), counted from the day on which the text was written (*yesterday*, *on Tuesday*, *March
18* without a year), or vague (*recently*). The second kind is read as newsrooms write: the day nearest to the day of
writing, a weekday as the last one before it, unless the sentence speaks of what will be. Types and values follow TIMEX3
(Pustejovsky and others 2003) in small: days, weeks, months, seasons, quarters, years, decades and centuries; no times of
day, no durations.

Limits: the lens reads words, not the world. *January* in a text of February is the January of that year for it, whether the
speech was held then or a year before. How often it is right on texts that nobody here wrote: ``benchmarks/README.md``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar

from medialit.article import Span, as_article
from medialit.english import MONTHS, NUMBERS
from medialit.errors import MedialitError

if TYPE_CHECKING:
    from medialit.article import Article

_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_NUMBERS = NUMBERS | {"a": 1, "an": 1}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}

_MONTH = (
    rf"(?P<m>{'|'.join(MONTHS)}"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAY = r"(?P<w>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_TO_DAY = r"(?:\s?[–—-]\s?(?P<d2>3[01]|[12]\d|0?[1-9])(?!\d|,?\d{3}))?"
_YEAR = r"(?P<y>1[5-9]\d\d|20\d\d)(?![\d%]|,\d|\.\d)"
_COUNT = r"(?P<n>\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_UNIT = r"(?P<u>day|week|month|year|decade)"
_SEASON = r"(?P<s>spring|summer|autumn|fall|winter)"
_FROM_WRITING = "counted from the day of writing"
_WILL = re.compile(
    r"\b(?:will|won[’']t|shall|would|going to|(?:due|scheduled|expected|set|slated|planned|plans?|hopes?|wants?) "
    r"(?:to|for|on)|upcoming)\b|[’']ll\b",
    re.IGNORECASE,
)
# Before a bare year: what makes a number a year. After a number: what makes it a count of something.
_OF_YEARS = r"(?<![\d.,$€£#])(?<!\bthan )(?<!\bsome )(?<!\babout )(?<!\bnearly )(?<!\balmost )(?<!\bleast )"
_WAS_COUNTED = (
    r"(?![\s-]?(?:%|percent\b|per\scent\b|years?\b|people|men\b|women|children|meters|metres|feet|miles|km\b|kilometers|dollars|euros|votes|"
    r"words|pages|tons\b|tonnes|soldiers|troops|homes|houses|cases|deaths|of\sthem\b))"
)


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


Mention = TypeVar("Mention", bound=_Spanned)
Reader = TypeVar("Reader")


@dataclass(frozen=True)
class DateMention:
    """One expression of time: where it is, the first and the last day that it means, and how that was found.

    ``kind`` is absolute, counted (from the day of writing) or vague; ``grain`` day, week, month, season, quarter, year,
    decade or century. ``first`` and ``last`` are None when the text does not tell, or when nobody said when it was written.
    """

    span: Span
    text: str
    kind: str
    grain: str
    first: date | None
    last: date | None
    why: str

    @property
    def value(self) -> str:
        """The days as people sort them: 2024-03-18, 2024-03, 2024, or first and last day with a slash; empty if unknown."""
        if self.first is None or self.last is None:
            return ""
        shape = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}.get(self.grain, "%Y-%m-%d")
        ends = [f"{day:{shape}}" for day in (self.first, self.last)]
        return ends[0] if ends[0] == ends[1] else "/".join(ends)

    def as_dict(self) -> dict[str, object]:
        """The record as plain data."""
        return {"span": list(self.span), "text": self.text, "kind": self.kind, "value": self.value, "why": self.why}


@dataclass(frozen=True)
class ParagraphDates:
    """The dates of one paragraph: its ¶ number and its mentions. ``apart`` are days between its two farthest dates."""

    paragraph: int
    mentions: tuple[DateMention, ...]

    @property
    def apart(self) -> int:
        """Days between the end of the earliest and the beginning of the latest date; 0 when they meet."""
        known = [(m.first, m.last) for m in self.mentions if m.first and m.last]
        return max(0, (max(a for a, _ in known) - min(b for _, b in known)).days) if known else 0

    @property
    def mixed(self) -> bool:
        """True when two of its dates are more than a month apart."""
        return self.apart > 31


def find_dates(text_or_article: str | Article, written: date | str | None = None) -> list[DateMention]:
    """Every expression of time in a text or an Article, in text order; no two overlap.

    ``written`` is the day on which the text was written, as a date or as *2025-02-28*. Without it, what is counted from that
    day has no value. Raises MedialitError when ``written`` is no date.
    """
    article, now = as_article(text_or_article), _written(written)
    return read_once(article.text, _RULES, lambda read, match: read(_Place(article, match, now)))


def read_once(
    text: str,
    rules: Iterable[tuple[re.Pattern[str], Reader]],
    use: Callable[[Reader, re.Match[str]], Mention | None],
    taken: Iterable[Span] = (),
) -> list[Mention]:
    """What the rules find, in text order: a stretch that an earlier rule read, or that is ``taken``, is not read again."""
    used, found = bytearray(len(text)), []
    for start, end in taken:
        used[start:end] = b"\1" * (end - start)
    for pattern, read in rules:
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(used[start:end]) and (mention := use(read, match)) is not None:
                used[start:end] = b"\1" * (end - start)
                found.append(mention)
    return sorted(found, key=lambda mention: mention.span)


def dates_by_paragraph(article: Article, mentions: Iterable[DateMention]) -> list[ParagraphDates]:
    """The mentions of each paragraph that has one, in text order. Headings are left out."""
    grouped: dict[int, list[DateMention]] = {}
    for mention in mentions:
        block = article.block_at(mention.span.start)
        if block is not None and block.number:
            grouped.setdefault(block.number, []).append(mention)
    return [ParagraphDates(number, tuple(those)) for number, those in sorted(grouped.items())]


def _written(given: date | str | None) -> date | None:
    if given is None or isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError):
        raise MedialitError(f"“{given}” is not a date. Write the day as year-month-day, such as 2025-02-28.") from None


class _Place:
    """A match and what stands around it: its sentence, the day of writing, and the parts of the match by name."""

    def __init__(self, article: Article, match: re.Match[str], now: date | None) -> None:
        self.match, self.now, self.article = match, now, article
        self.parts = {k: v for k, v in match.groupdict().items() if v}

    def before(self) -> str:
        """The words of its sentence before it."""
        start = self.match.start()
        sentence = self.article.sentence_at(start)
        return self.article.text[sentence.span.start if sentence else max(0, start - 80) : start]

    def sentence(self) -> str:
        sentence = self.article.sentence_at(self.match.start())
        return self.article[sentence.span] if sentence else ""

    def found(self, kind: str, grain: str, days: tuple[date, date] | None, why: str) -> DateMention:
        first, last = days or (None, None)
        return DateMention(Span(*self.match.span()), self.match.group(), kind, grain, first, last, why)


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def _month(year: int, month: int) -> tuple[date, date]:
    """First and last day; ``month`` may run over: month 13 is January of the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _week(day: date) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _month_number(word: str) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name[:3] == word.capitalize()[:3])


def _nearest(options: Iterable[tuple[date, date]], now: date) -> tuple[date, date]:
    """The one nearest to the day of writing; of two as near the earlier, since news looks back."""
    return min(options, key=lambda days: (max((days[0] - now).days, (now - days[1]).days, 0), days[0]))


_YEAR_ALONE = re.compile(r"\b" + _YEAR)


def _year_said(place: _Place) -> int | None:
    """The only year that the same sentence names; then a date without a year is of that year."""
    years = {int(match["y"]) for match in _YEAR_ALONE.finditer(place.sentence())}
    return years.pop() if len(years) == 1 else None


def _calendar_day(place: _Place) -> DateMention | None:
    parts, month = place.parts, _month_number(place.parts["m"])
    day, last = int(parts["d"]), int(parts.get("d2", parts["d"]))

    def days(year: int) -> tuple[date, date] | None:
        a, b = _day(year, month, day), _day(year, month, last)
        return (a, b) if a and b and a <= b else None

    if "y" in parts:
        full = days(int(parts["y"]))
        return place.found("absolute", "day", full, "the date is complete") if full else None
    if days(2024) is None:
        return None
    said = _year_said(place)
    if said is not None and days(said):
        return place.found("absolute", "day", days(said), f"the sentence names the year {said}")
    if place.now is None:
        return place.found("counted", "day", None, "the year is missing")
    options = [full for year in range(place.now.year - 4, place.now.year + 5) if (full := days(year))]
    return place.found(
        "counted", "day", _nearest(options, place.now), "the year is missing: the nearest to the day of writing"
    )


def _numeric_day(place: _Place) -> DateMention | None:
    year, a, b = (int(place.parts[key]) for key in ("y", "a", "b"))
    if "-" in place.match.group() and place.match.group().startswith(place.parts["y"]):
        whole = _day(year, a, b)
        return place.found("absolute", "day", (whole, whole), "the date is complete") if whole else None
    readings = {day for day in (_day(year, a, b), _day(year, b, a)) if day}
    if len(readings) == 1:
        (only,) = readings
        return place.found("absolute", "day", (only, only), "only one order of day and month fits")
    return place.found("vague", "day", None, "day and month could be either") if readings else None


# "May" and "March" are also words: a month alone needs a word before it, or the year after it.
def _calendar_month(place: _Place) -> DateMention | None:
    parts, month = place.parts, _month_number(place.parts["m"])
    if "y" in parts:
        return place.found("absolute", "month", _month(int(parts["y"]), month), "month and year are given")
    said = _year_said(place)
    if said is not None:
        return place.found("absolute", "month", _month(said, month), f"the sentence names the year {said}")
    if place.now is None:
        return place.found("counted", "month", None, "the year is missing")
    which = parts.get("which", "").lower()
    options = [_month(place.now.year + n, month) for n in (-1, 0, 1)]
    if which == "last":
        options = [days for days in options if days[1] < place.now]
    elif which == "next":
        options = [days for days in options if days[0] > place.now]
    return place.found(
        "counted", "month", _nearest(options, place.now), "the year is missing: the nearest to the day of writing"
    )


def _season(place: _Place) -> DateMention | None:
    first, last = _SEASONS[place.parts["s"].lower()]

    def days(year: int) -> tuple[date, date]:
        return _month(year, first)[0], _month(year + (last < first), last)[1]

    if "y" in place.parts:
        return place.found("absolute", "season", days(int(place.parts["y"])), "season and year are given")
    if place.now is None:
        return place.found("counted", "season", None, "the year is missing")
    which, now = place.parts["which"].lower(), place.now
    options = [days(now.year + n) for n in (-2, -1, 0, 1)]
    if which == "last":
        options = [span for span in options if span[1] < now]
        return place.found("counted", "season", options[-1], "the last one before the day of writing")
    if which == "next":
        options = [span for span in options if span[0] > now]
        return place.found("counted", "season", options[0], "the first one after the day of writing")
    return place.found("counted", "season", _nearest(options, now), "the nearest to the day of writing")


def _quarter(place: _Place) -> DateMention | None:
    number = _ORDINALS[place.parts["o"].lower()]
    year = int(place.parts["y"])
    return place.found(
        "absolute",
        "quarter",
        (_month(year, 3 * number - 2)[0], _month(year, 3 * number)[1]),
        "quarter and year are given",
    )


def _years(place: _Place) -> DateMention | None:
    first = int(place.parts["y"])
    last = place.parts.get("y2", "")
    end = int(last if len(last) == 4 else f"{first // 100}{last}") if last else first
    if end < first:
        return None
    return place.found("absolute", "year", (_year(first)[0], _year(end)[1]), "a year is given")


def _century(place: _Place) -> DateMention | None:
    start = 100 * (int(place.parts["c"]) - 1)
    return place.found("absolute", "century", (date(start or 1, 1, 1), _year(start + 99)[1]), "a century is given")


def _decade(place: _Place) -> DateMention | None:
    start = int(place.parts["c"])
    return place.found("absolute", "decade", (_year(start)[0], _year(start + 9)[1]), "a decade is given")


def _weekday(place: _Place) -> DateMention | None:
    if place.now is None:
        return place.found("counted", "day", None, "counted from the day of writing, which is not known")
    which = place.parts.get("which", "").lower()
    back = (place.now.weekday() - [d[:3] for d in _DAYS].index(place.parts["w"][:3].lower())) % 7
    if which == "next" or (which != "last" and back and _WILL.search(place.before())):
        day = place.now + timedelta(days=7 - back)
        return place.found("counted", "day", (day, day), "the first one after the day of writing")
    day = place.now - timedelta(days=back or 7 * (which == "last"))
    return place.found("counted", "day", (day, day), "the last one before the day of writing")


def _named_day(place: _Place) -> DateMention | None:
    shift = {"yest": -1, "tomo": 1, "last": -1}.get(place.match.group()[:4].lower(), 0)
    day = None if place.now is None else (place.now + timedelta(days=shift),) * 2
    return place.found("counted", "day", day, _FROM_WRITING)


def _ago(place: _Place) -> DateMention | None:
    parts = place.parts
    unit, count = parts["u"].lower(), _number(parts["n"])
    if parts["to"].lower() in ("later", "earlier"):
        return place.found("vague", unit, None, "counted from another day of the text")
    sign = -1 if parts["to"].lower() == "ago" else 1
    days = None if place.now is None else _shifted(place.now, unit, sign * count)
    return place.found("counted", unit, days, _FROM_WRITING)


def _named_unit(place: _Place) -> DateMention | None:
    unit = place.parts["u"].lower()
    by = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(place.parts["which"].lower(), 0)
    if unit == "weekend":
        if place.now is None:
            return place.found("counted", "day", None, _FROM_WRITING)
        saturday = _week(place.now + timedelta(days=7 * by))[0] + timedelta(days=5)
        if by == 0 and place.now.weekday() < 3 and not _WILL.search(place.before()):
            saturday -= timedelta(days=7)
        return place.found("counted", "day", (saturday, saturday + timedelta(days=1)), _FROM_WRITING)
    return place.found("counted", unit, None if place.now is None else _shifted(place.now, unit, by), _FROM_WRITING)


def _shifted(now: date, unit: str, by: int) -> tuple[date, date] | None:
    """The day, week, month, year or decade that is ``by`` of them away from ``now``; None outside the calendar."""
    try:
        if unit == "day":
            return (now + timedelta(days=by),) * 2
        if unit == "week":
            return _week(now + timedelta(weeks=by))
        if unit == "month":
            return _month(now.year, now.month + by)
        start = now.year + by * (10 if unit == "decade" else 1)
        return _year(start)
    except (ValueError, OverflowError):
        return None


def _vague(place: _Place) -> DateMention | None:
    return place.found("vague", "", None, "no day can be told from this")


def _after(words: str) -> str:
    """A pattern that holds right after one of these words, small or with a capital; a bracket needs no space."""
    looks = (
        r"(?<=\()" if word == "(" else rf"(?<=\b[{word[0].upper()}{word[0]}]{word[1:]}\s)" for word in words.split()
    )
    return f"(?:{'|'.join(looks)})"


def _rules() -> Iterator[tuple[re.Pattern[str], Callable[[_Place], DateMention | None]]]:
    """The patterns, the most complete first: what one has taken is not read again."""

    def rule(
        read: Callable[[_Place], DateMention | None], *shapes: str, flags: int = 0
    ) -> Iterator[tuple[re.Pattern[str], Callable[[_Place], DateMention | None]]]:
        for shape in shapes:
            yield re.compile(shape, flags), read

    case = re.IGNORECASE
    weekday = r"(?:\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?"
    yield from rule(
        _numeric_day,
        r"\b(?P<y>(?:19|20)\d\d)-(?P<a>\d\d)-(?P<b>\d\d)\b",
        r"\b(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>(?:19|20)\d\d)\b",
    )
    yield from rule(
        _calendar_day,
        rf"{weekday}\b{_MONTH}\s{_DAY}{_TO_DAY},?\s{_YEAR}",
        rf"{weekday}\b(?:the\s)?{_DAY}{_TO_DAY}(?:\sof)?\s{_MONTH},?\s{_YEAR}",
        rf"{weekday}\b{_MONTH}\s{_DAY}{_TO_DAY}(?![\d%]|[.,:]\d|\s(?:million|billion|thousand|people|percent)\b)",
        rf"{weekday}\b(?:the\s)?{_DAY}{_TO_DAY}(?:\sof)?\s{_MONTH}(?!\w)",
    )
    yield from rule(
        _season, rf"\b(?:the\s)?{_SEASON}(?:\sof)?\s{_YEAR}", rf"\b(?P<which>last|this|next)\s{_SEASON}\b", flags=case
    )
    yield from rule(_quarter, rf"\b(?:the\s)?(?P<o>first|second|third|fourth)\squarter\sof\s{_YEAR}", flags=case)
    yield from rule(
        _calendar_month,
        rf"\b{_MONTH},?\s{_YEAR}",
        rf"(?<!\w)(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s{_MONTH}(?!\w)",
        rf"{_after('in since early late mid until of by from during')}{_MONTH}(?!\w)",
        rf"(?<=[’']s\s){_MONTH}(?=\s[a-z])",
        rf"(?<=\b[Tt]he\s){_MONTH}(?=\s[a-z])",
    )
    yield from rule(_vague, rf"\b(?:[Ee]very|[Ee]ach|[Oo]n\sa|[Aa])\s{_WEEKDAY}s?\b", rf"\b{_WEEKDAY}s\b")
    yield from rule(_weekday, rf"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s)?{_WEEKDAY}\b")
    yield from rule(
        _named_day,
        r"\b(?:today|tonight|yesterday|tomorrow|last night|this (?:morning|afternoon|evening))\b",
        flags=case,
    )
    yield from rule(
        _ago,
        rf"\b{_COUNT}\s{_UNIT}s?\s(?P<to>ago|earlier|from\snow|later)\b",
        rf"\b(?P<to>in)\s{_COUNT}\s{_UNIT}s?(?:’|'|\stime)\b",
        flags=case,
    )
    yield from rule(
        _named_unit,
        r"\b(?P<which>last|this|next|past|previous|coming)\s(?P<u>weekend|week|month|year|decade)\b",
        flags=case,
    )
    yield from rule(_century, r"\b(?:the\s)?(?P<c>1\d|2[01])(?:st|nd|rd|th)[\s-]century\b", flags=case)
    yield from rule(_decade, r"\b(?:the\s)?(?:early\s|late\s|mid-)?(?P<c>(?:1[5-9]|20)\d0)[’']?s\b")
    yield from rule(
        _years,
        rf"{_OF_YEARS}\b(?P<y>(?:19|20)\d\d)\s?(?:[–—/-])\s?(?P<y2>(?:19|20)\d\d|\d\d)\b(?!-\d)",
        rf"{_OF_YEARS}\b(?=19|20){_YEAR}\b(?!-){_WAS_COUNTED}",
        # Older years need a word that makes them one.
        rf"{_after('in by of from since until after before during (')}(?=1[5-8]){_YEAR}\b(?!-){_WAS_COUNTED}",
    )
    yield from rule(
        _vague,
        r"\brecent(?:ly)?\b",
        r"\b(?:the\s)?(?:coming|past|last|next)\s(?:few\s|several\s|couple\sof\s)?(?:days|weeks|months|years|decades)\b",
        r"\b(?:soon|lately|nowadays)\b",
        flags=case,
    )


_RULES = tuple(_rules())
