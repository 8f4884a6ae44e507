"""The names in an article: every mention of a person or a body, with the titles and countries that stand around it.

A name is a run of words with capital letters. Titles before it ("Prime Minister") are set apart, a body is known by a
word such as "ministry", a person by a title, a given name or a later "he". No list of names is needed to find one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from medialit.article import Article, Span
from medialit.lenses.quoting.lexicon import bodies, given_names, media, nations, titles, words
from medialit.lenses.quoting.tokens import CAPITALS


class Name(NamedTuple):
    """One mention of a name.

    ``parts`` are its words in lower case; ``kind`` is person, body or name (not known); ``gender`` he, she or "";
    ``roles`` are titles beside it, ``lands`` countries beside it.
    """

    span: Span
    parts: tuple[str, ...]
    kind: str
    gender: str
    roles: frozenset[str]
    lands: frozenset[str]


_JOIN = "&|of|for|de|del|da|dos|van|von|der|den|bin|ibn|al|el|la|le|di|du"
_CAPITAL = r"(?:[A-ZÀ-ÞŁŚŽČŠĐİ][^\W_]*(?:[.’'&-](?=[^\W_])[^\W_]+)*(?:(?<=[\W_][A-Z])\.)?|al-[A-Z][^\W_]+)"
_RUN = re.compile(
    rf"(?<![^\W_]){_CAPITAL}(?:[ \u00a0](?:(?:{_JOIN})[ \u00a0](?:(?:the|{_JOIN})[ \u00a0])?)?{_CAPITAL}){{0,11}}"
)
_PART = re.compile(r"[^\s\u00a0]+")
_PIECE = re.compile(r"[^\s\u00a0-]+")
_POSSESSIVE = re.compile(r"['’]s?$")
_APPOSITIVE = re.compile(r",? (?:the |a |an |who is |former |then-)?((?:[^\W\d_][\w'’-]* ?){1,6})")


@cache
def _not_names() -> frozenset[str]:
    small = words("det poss subject object prep and sub wh aux adverb time neg")
    return small | words("no-name")


def names_in(text: str, span: Span) -> list[Name]:
    """All mentions of names in a stretch of text."""
    return [name for match in _RUN.finditer(text, *span) for name in _names_in(text, match, span.end)]


def names_of(article: Article) -> list[Name]:
    """All mentions of names outside of headings in title case, in text order."""
    found: list[Name] = []
    for block in article.blocks:
        start, end = block.span
        if block.kind == "heading" and _title_case(article.text[start : min(end, start + 300)]):
            continue
        for match in _RUN.finditer(article.text, start, end):
            found.extend(_names_in(article.text, match, end))
    return found


def _title_case(line: str) -> bool:
    long_words = [word for word in line.split() if len(word) > 3]
    return len(long_words) > 2 and sum(word[0].isupper() for word in long_words) > 0.7 * len(long_words)


class _Part(NamedTuple):
    """One word of a run of capital words: lower case, without the possessive."""

    word: str
    start: int
    end: int


def _names_in(text: str, run: re.Match[str], end: int) -> Iterator[Name]:
    """The names in one run of capital words: "Afghan Ambassador Hamdullah Mohib" holds a land, a title and a name."""
    parts: list[_Part] = []
    for match in _PART.finditer(text, run.start(), run.end()):
        ending = _POSSESSIVE.search(match.group())
        stop = match.end() - (len(ending.group()) if ending else 0)
        parts.extend(_split(text, match.start(), stop))
        if ending and ending.group() not in ("'", "’"):
            # "Japan's Defense Ministry": the owner is a name of its own, and part of what it owns.
            yield from _names_of_parts(text, parts, end)
            parts = []
    yield from _names_of_parts(text, parts, end)


def _split(text: str, start: int, end: int) -> Iterator[_Part]:
    """A word, or the pieces of a word with hyphens: "Kim Jong-un" and "Kim Jong Un" are the same name."""
    whole = text[start:end].lower().replace("’", "'")
    if "-" not in whole or whole in titles() or whole.startswith(("al-", "el-")):
        if whole:
            yield _Part(whole.rstrip(".") if len(whole) > 3 and whole.count(".") == 1 else whole, start, end)
        return
    for piece in _PIECE.finditer(text, start, end):
        yield _Part(piece.group().lower(), *piece.span())


def _names_of_parts(text: str, parts: list[_Part], end: int) -> Iterator[Name]:
    """Tell apart: small words, bodies, a person after a body, titles before a person."""
    article = bool(parts) and (parts[0].word == "the" or text[max(0, parts[0].start - 4) : parts[0].start] == "the ")
    parts = _without_small_words(text, parts)
    while len(parts) > 1 and parts[-1].word in words("postnominal") and text[parts[-1].start : parts[-1].end].isupper():
        parts.pop()
    if not parts:
        return
    low = [part.word for part in parts]
    office = _office_end(low)
    if office < len(low) and not all(word in titles() for word in low[office:]):
        yield _person(text, parts[office:], end, *_beside(low[:office]))
        return
    body = any(word in bodies() for word in low) or (len(low) == 1 and media().get(low[0]) == "whole")
    for joint in ("of", "for"):
        at = low.index(joint) if joint in low else 0
        if at and low[at - 1] not in titles() and not any(word in bodies() for word in low[:at]):
            # "Jane Roe of Oz" are two names, "Bank of Oz" is one.
            yield from _names_of_parts(text, parts[:at], end)
            yield from _names_of_parts(text, parts[at + 1 :], end)
            return
    given = _given_name_at(low, body)
    if given:
        # A person after a body or a land: "Council on Oz Relations Alia Salem".
        roles, lands = _beside(low[:given])
        if body and not roles:
            yield from _names_of_parts(text, parts[:given], end)
        yield _person(text, parts[given:], end, roles, lands)
        return
    # "Dan Brewer" is a name, though brewers are many.
    ends = len(low) - (len(low) > 1 and low[-2] in given_names())
    title = max((k for k in range(ends) if low[k] in titles()), default=-1)
    after_title = low[title + 1 :]
    if body and after_title and (title < 0 or low[-1] in bodies() or any(word in bodies() for word in after_title)):
        span = Span(_owned(text, parts[0].start), parts[-1].end)
        yield Name(span, tuple(low), "body", "", frozenset(), _beside(low)[1])
    elif title >= 0:
        if after_title and after_title[0] not in ("of", "for", "the"):
            yield _person(text, parts[title + 1 :], end, *_beside(low[: title + 1]))
    elif not article and len(low) >= 3 and low[0] in nations() and " ".join(low[:2]) not in nations():
        yield _person(text, parts[1:], end, frozenset(), frozenset({nations()[low[0]]}))
    else:
        yield _person(text, parts, end, frozenset(), frozenset())


def _office_end(low: list[str]) -> int:
    """The word after "Secretary of State" when a name follows; the number of words when none does."""
    at = next((k for k in range(1, len(low) - 1) if low[k] in ("of", "for") and low[k - 1] in titles()), None)
    if at is None:
        return len(low)
    while at < len(low) and (low[at] in words("portfolio") or low[at] in ("of", "for", "the", "and", "&")):
        at += 1
    return at if low[at - 1] in words("portfolio") else len(low)


def _without_small_words(text: str, parts: list[_Part]) -> list[_Part]:
    """The parts without "The", "But", "Monday" at their edges; an empty list for a run that is too long for a name."""

    def small(part: _Part) -> bool:
        return part.word in _not_names() and text[part.start : part.end] not in CAPITALS

    first, last = 0, len(parts)
    while first < last and small(parts[first]):
        first += 1
    while last > first and small(parts[last - 1]):
        last -= 1
    return parts[first:last] if last - first <= 12 else []


def _given_name_at(low: list[str], body: bool) -> int:
    """Where a person's name begins after other words; 0 when it does not."""
    given = next((k for k in range(1, len(low) - 1) if low[k] in given_names() and k >= len(low) - 4), 0)
    if not given or not (body or len(low) >= 4 or any(w in titles() or w in nations() for w in low[:given])):
        return 0
    title = max((k + 1 for k in range(given) if low[k] in titles()), default=given)
    return given if body else title


def _beside(low: list[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Titles and countries among some words."""
    roles = frozenset(word for word in low if word in titles())
    lands = {nations()[word] for word in low if word in nations()}
    lands |= {nations()[f"{a} {b}"] for a, b in itertools.pairwise(low) if f"{a} {b}" in nations()}
    return roles, frozenset(lands)


_OWNER = re.compile(r"([A-Z][\w.]*(?: [A-Z][\w.]*)?)['’]s $")


def _owned(text: str, start: int) -> int:
    """The start of "Japan's" when it stands before "Defense Ministry"."""
    match = _OWNER.search(text, max(0, start - 40), start)
    if match:
        owner = match.group(1).lower()
        for name in (owner, owner.split()[-1]):
            if name in nations():
                return match.end(1) - len(name)
    return start


_SOMEBODY = re.compile(r", (?:who(?! have| are| were)|whose|aged \d\d|\d\d)\b")
_CLOSES = re.compile(r"\s*(?:[,.;:)]|of\b|for\b|at\b|in\b|who\b|and\b|$)")


def _person(text: str, parts: list[_Part], end: int, roles: frozenset[str], lands: frozenset[str]) -> Name:
    """A name that is not a body's; titles and lands are also read from the words around it."""
    span = Span(parts[0].start, parts[-1].end)
    low = tuple(part.word for part in parts)
    more_roles, more_lands = _beside(_words_before(text, span) + _words_after(text, span, end))
    roles = roles | more_roles if more_roles else roles
    lands = lands | more_lands if more_lands else lands
    gender = given_names().get(low[0], "") if len(low) > 1 else ""
    for role in roles:
        gender = {"m": "he", "w": "she"}.get(titles()[role].split()[-1], gender)
    known = (roles or gender or _SOMEBODY.match(text, span.end)) and " ".join(low) not in nations()
    return Name(span, low, "person" if known else "name", gender, roles, lands)


def _words_before(text: str, span: Span) -> list[str]:
    """The words before a name when the last of them is a title: "Japan's leader Fumio Tanaka", "Mr. Roe"."""
    left = text[max(0, span.start - 40) : span.start].lower()
    form = left.split()[-1:] if left.endswith((". ", ".\u00a0")) else []
    if text[span.end : span.end + 1] in (",", ".", ";", ")"):
        left = left.rstrip().removesuffix(",")  # "the Japanese leader, Fumio Tanaka,"
    left = left.removesuffix(" is ")  # "Coach is Ann Lee"
    left = left[max(left.rfind(sign) for sign in '.,;:“”"\n') + 1 :]
    beside = [w.removesuffix("'s").removesuffix("’s") for w in left.split()[-4:]]
    if left.split() and left.split()[-1].endswith(("'s", "’s")):
        return []  # "Prime Minister's Questions"
    return [w for w in form if w in titles()] + (beside if beside and beside[-1] in titles() else [])


def _words_after(text: str, span: Span, end: int) -> list[str]:
    """The words after a name up to a title: "Roe, mayor of Oz, ..."; none when the title is somebody else's."""
    aside = _APPOSITIVE.match(text, span.end, min(end, span.end + 60))
    if aside is None or text[span.end] != "," or aside.group(1).split()[0] in words("wh"):
        return []
    around: list[str] = []
    for match in re.finditer(r"[^\s,]+", aside.group(1)):
        word = match.group().lower().replace("’s", "").replace("'s", "")
        around.append(word)
        if word in titles():
            # ", the mayor of Oz, said", not ", the mayor said" and not "in Oz, Secretary-General Ann Lee".
            return around if _CLOSES.match(text, aside.start(1) + match.end(), end) else []
    return []
