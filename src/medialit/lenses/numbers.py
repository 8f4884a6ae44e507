"""The number lens: every number in a text, what it counts, and what it does not say.

A number in the news is a count, a measure, money, a percentage or a place in a row (*the fourth this year*). Each is only as
good as what the text says with it: what is counted, of which whole, since when, and how exactly. The lens reads these from
the next words, without a parser.

Limits: the thing counted is a guess from word forms, and often too short. Dates, times of day and numbers
inside words are left out. How many numbers are found in texts that nobody here wrote: ``benchmarks/README.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from medialit.article import Span, as_article
from medialit.english import NUMBERS, TENS
from medialit.lenses.dates import find_dates, read_once
from medialit.records import PlainRecord

if TYPE_CHECKING:
    from medialit.article import Article

_SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000, "lakh": 100_000, "crore": 10_000_000, "m": 1_000_000, "bn": 1_000_000_000,
}  # fmt: skip
_PARTS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
_ORDINALS = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}
_UNITS = (
    "kilometers kilometres meters metres centimeters centimetres millimeters miles feet foot inches yards acres hectares "
    "degrees hours minutes seconds days weeks months years decades tons tonnes kilograms kilos grams liters litres gallons "
    "barrels watts megawatts gigawatts kilowatts volts knots km kg cm mm mph kph"
)
_UNIT = "|".join(sorted({u for unit in _UNITS.split() for u in (unit, unit.removesuffix("s"))}, key=len, reverse=True))
_COINS = "dollars?|euros?|pounds?|yen|won|yuan|rupees?|rubles?|francs?|cents?|pesos?"

_SMALL_WORD = "|".join(sorted(NUMBERS, key=len, reverse=True))
_TENS_WORD = "|".join(TENS)
_SCALE_WORD = "|".join(sorted((s for s in _SCALES if len(s) > 2), key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORD = rf"(?:(?:{_TENS_WORD})-(?:{_SMALL_WORD})|{_SMALL_WORD})"
_SCALED = rf"(?:\s(?:{_SCALE_WORD})\b(?:\s(?:and\s)?{_WORD}\b)?|(?<=\d)\s?(?:bn|m)\b)*"
_ONE = rf"(?:(?:{_DIGITS}|\b{_WORD}\b|\b(?:a|several)(?=\s(?:{_SCALE_WORD})\b)){_SCALED})"
_ABOUT = (
    "about|around|approximately|roughly|nearly|almost|some|an estimated|more than|less than|fewer than|at least|at most|"
    "up to|over|under|no more than|as many as|close to"
)
# Where the noun after a number, or after "of", ends: at a word that cannot be part of it, at a mark, at the end.
_STOP = (
    r"(?=\s(?:\w+ed|fell|rose|is|are|was|were|has|have|had|said|says?|do|did|does|will|would|in|on|at|to|for|of|by|with|who|that|this|last|"
    r"since|after|and|or|but|when)\b|[.,;:!?”)]|$)"
)
_NUMBER = re.compile(
    rf"(?:\b(?P<about>{_ABOUT})\s)?(?P<coin>(?:US|A|C|NZ|HK)?[$€£¥]\s?|Rs\.?\s?)?(?<![\w./:-])(?P<a>{_ONE})"
    rf"(?:\s?(?:-|–|—|\bto\b)\s?(?P<b>{_ONE}))?"
    rf"(?P<percent>\s?(?:%|percent(?:age points)?\b|per\scent\b)|\s(?:percentage\spoints?)\b)?"
    rf"(?:[\s-](?P<money>{_COINS})\b)?(?:[\s-](?:square\s|cubic\s)?(?P<unit>{_UNIT})\b)?(?![\w:]|[.,/]\d|-\d)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:(?P<n>one|two|three|four|a)[\s-](?P<part>half|third|quarter|fifth|tenth)s?|(?P<half>half))\b(?=\s(?:of|the|a|an|its|their|all)\b)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\b(?P<o>"
    + "|".join(_ORDINALS)
    + r"|\d{1,3}(?:st|nd|rd|th))\b(?=[\s-](?:[a-z][\w’-]*\s){0,3}?[a-z])(?!\sof\sall|\sand\sforemost|-hand)",
    re.IGNORECASE,
)
_WINDOW = re.compile(
    r"\b(?:this|last|of\sthe)\s(?:year|month|week|season|decade|century)\b|\bsince\s[\w’ ]+?(?=[,.;]|$)"
    r"|\bin\s(?:\w+\s)?(?:years|months|weeks|days)\b",
    re.IGNORECASE,
)
_PER = re.compile(
    r"\s(?:per|an?|each|every)\s(?:second|minute|hour|day|week|month|year|person|household|head)\b", re.IGNORECASE
)
_OF = re.compile(r"\sof\s([\w’-]+(?:\s[\w’-]+){0,4}?)" + _STOP, re.IGNORECASE)
_THE = re.compile(r"\s((?:the|an?|its|their|all)\s[\w’-]+)", re.IGNORECASE)
_ROW = re.compile(r"[\s-]([a-z][\w’-]*(?:\s[a-z][\w’-]*){0,2}?)" + _STOP)
_NOUNS = re.compile(r"[\s-]((?:[a-zA-Z][\w’-]*\s){0,3}?(?:[a-z][\w-]*s|people|children|men|women|police))\b")
_NOUN = re.compile(r"\s([a-z]{3,})\b")
_NO_ONE = re.compile(r"\s(?:day|thing|way|another|can|could|would|should|must|may|who|that|has|was|is)\b")
_NO_NOUN = re.compile(
    r"\b(?:is|was|has|its|this|does|says|as|and|or|of|in|on|at|to|by|for|with|the|that|who|which|were|are|than|from|after|before|but)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class NumberMention(PlainRecord):
    """One number: where it is, its value, what it counts, and what is missing.

    ``kind`` is count, measure, money, percent, share or ordinal; ``value`` and ``last`` are equal unless a range is given.
    ``counts`` is the thing counted, in the words of the text; ``whole`` the whole of a percentage, or the time in which
    an ordinal counts. ``about`` is the word that makes the number inexact. All are empty when the text has none.
    """

    span: Span
    text: str
    kind: str
    value: float
    last: float
    counts: str
    whole: str
    about: str

    @property
    def missing(self) -> str:
        """What a reader has to ask before this number says anything; empty when nothing is missing."""
        if self.kind in ("percent", "share") and not self.whole:
            return "of what?"
        if self.kind == "ordinal" and self.whole:
            return "which ones were counted?"
        return "of what?" if self.kind == "count" and not self.counts else ""

    def as_dict(self) -> dict[str, Any]:
        """The record as plain data, with what is missing."""
        return {**super().as_dict(), "missing": self.missing}


def find_numbers(text_or_article: str | Article) -> list[NumberMention]:
    """Every number in a text or an Article but those in dates, in text order; no two overlap."""
    article = as_article(text_or_article)
    text = article.text

    def use(read: Callable[[re.Match[str], str], NumberMention | None], match: re.Match[str]) -> NumberMention | None:
        start, end = match.span()
        sentence = article.sentence_at(start)
        return read(match, text[end : max(end, sentence.span.end if sentence else end + 120)])

    dated = [mention.span for mention in find_dates(article) if any(c.isdigit() for c in mention.text)]
    return read_once(text, ((_PART, _share), (_ORDINAL, _ordinal), (_NUMBER, _number)), use, dated)


def value_of(words: str) -> float:
    """The value of a number in digits or English words: *1,587*, *twenty-one*, *2.5 million*, *three dozen*."""
    total = current = 0.0
    for word in re.split(r"[\s-]+", re.sub(r"(?<=\d)(?=[a-z])", " ", words.lower().replace(",", ""))):
        if word in ("a", "several"):
            current = current or 1
        elif word in NUMBERS:
            current += NUMBERS[word]
        elif word in _SCALES:
            current = (current or 1) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, current = total + current, 0
        elif word and word != "and":
            current += float(word)
    return total + current


def _number(match: re.Match[str], after: str) -> NumberMention | None:
    first = value_of(match["a"])
    last = value_of(match["b"]) if match["b"] else first
    if match["coin"] or match["money"]:
        kind = "money"
    elif match["percent"]:
        kind = "percent"
    elif match["unit"]:
        kind = "measure"
    else:
        kind = "count"
    alone = match["a"].lower()
    if alone == "one" and (match["unit"] or "").lower() == "day":
        return None
    if kind == "count" and ((alone == "one" and not _one_thing(match, after)) or alone == "zero"):
        return None
    per = _PER.match(after) if kind in ("measure", "money") else None
    whole = _OF.match(after) if kind == "percent" else None
    counts = (
        {"money": "", "percent": ""}.get(kind) if kind != "measure" else f"{match['unit']}{per.group() if per else ''}"
    )
    return NumberMention(
        Span(*match.span()),
        match.group(),
        kind,
        min(first, last),
        max(first, last),
        _noun(after, alone == "one") if counts is None else counts,
        whole[1].strip() if whole else "",
        (match["about"] or "").lower(),
    )


def _one_thing(match: re.Match[str], after: str) -> bool:
    """*One soldier died* counts; *one of them*, *one day*, *no one*, *this one* do not."""
    before = match.string[max(0, match.start() - 6) : match.start()].lower()
    thing = _NOUN.match(after) and not _NO_ONE.match(after)
    return bool(thing) and not before.endswith(("no ", "this ", "that ", "the ", "any "))


def _noun(after: str, one: bool) -> str:
    """The thing counted: the words up to the first plural; after *one* the next word; with *of 50 members* those members."""
    match = (_NOUN if one else _NOUNS).match(after)
    if match and not _NO_NOUN.search(match[1]):
        return match[1]
    whole = _OF.match(after)
    return whole[1].strip() if whole else ""


def _share(match: re.Match[str], after: str) -> NumberMention:
    value = value_of(match["n"]) * _PARTS[match["part"].lower()] if match["n"] else _PARTS["half"]
    whole = _OF.match(after) or _THE.match(after)
    return NumberMention(
        Span(*match.span()), match.group(), "share", value, value, "", whole[1].strip() if whole else "", ""
    )


def _ordinal(match: re.Match[str], after: str) -> NumberMention | None:
    word = match["o"].lower()
    value = float(_ORDINALS[word] if word in _ORDINALS else int(word[:-2]))
    noun = _ROW.match(after)
    window = _WINDOW.search(after)
    if noun is None and window is None:
        return None
    counted, since = noun[1].strip() if noun else "", window.group() if window else ""
    return NumberMention(Span(*match.span()), match.group(), "ordinal", value, value, counted, since, "")
