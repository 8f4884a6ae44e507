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
from medialit.lenses.quoting.wording import CAPITALS


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


_JOIN = "of|for|de|del|da|dos|van|von|der|den|bin|ibn|al|el|la|le|di|du"
_CAPITAL = r"(?:[A-ZÀ-ÞŁŚŽČŠĐİ][^\W_]*(?:[.’'&-](?=[^\W_])[^\W_]+)*(?:(?<=[\W_][A-Z])\.)?|al-[A-Z][^\W_]+)"
_RUN = re.compile(rf"(?<![^\W_]){_CAPITAL}(?:[ \u00a0](?:(?:{_JOIN})[ \u00a0](?:the[ \u00a0])?)?{_CAPITAL}){{0,11}}")
_PART = re.compile(r"[^\s\u00a0]+")
_POSSESSIVE = re.compile(r"['’]s?$")
_APPOSITIVE = re.compile(r",? (?:the |a |an |who is |former |then-)?((?:[^\W\d_][\w'’-]* ?){1,6})")


@cache
def _not_names() -> frozenset[str]:
    small = ("det", "poss", "subject", "object", "prep", "and", "sub", "wh", "aux", "adverb", "time", "neg")
    return frozenset().union(*(words(kind) for kind in small)) | {"yes", "there", "here", "i'm", "it's", "we're"}


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


def _names_in(text: str, run: re.Match[str], end: int) -> Iterator[Name]:
    """The names in one run of capital words: "Afghan Ambassador Hamdullah Mohib" holds a land, a title and a name."""
    parts: list[tuple[str, int, int]] = []
    for match in _PART.finditer(text, run.start(), run.end()):
        raw = match.group()
        ending = _POSSESSIVE.search(raw)
        stop = match.end() - (len(ending.group()) if ending else 0)
        word = text[match.start() : stop].lower().replace("’", "'")
        if "-" in word and word not in titles() and not word.startswith(("al-", "el-")):
            # "Kim Jong-un" and "Kim Jong Un" are the same name.
            at = match.start()
            for piece in word.split("-"):
                if piece:
                    parts.append((piece, at, at + len(piece)))
                at += len(piece) + 1
        elif stop > match.start():
            parts.append((word.rstrip(".") if len(word) > 3 and word.count(".") == 1 else word, match.start(), stop))
        if ending and ending.group() != "'":
            # "Japan's Defense Ministry": the owner is a name of its own, and part of what it owns.
            yield from _one_name(text, parts, end)
            parts = []
    yield from _one_name(text, parts, end)


def _one_name(text: str, parts: list[tuple[str, int, int]], end: int) -> Iterator[Name]:
    while (
        parts
        and parts[0][0] in _not_names()
        and text[slice(*parts[0][1:])] not in CAPITALS
        and not (len(parts) > 1 and parts[0][0] in ("will", "may", "april", "june"))
    ):
        parts = parts[1:]
    while parts and parts[-1][0] in _not_names() and text[slice(*parts[-1][1:])] not in CAPITALS:
        parts = parts[:-1]
    if not parts or len(parts) > 12:
        return
    low = [word for word, _, _ in parts]
    body = any(word in bodies() for word in low) or (len(low) == 1 and media().get(low[0]) == "whole")
    for joint in ("of", "for"):
        if joint in low and not body and low[low.index(joint) - 1] not in titles():
            at = low.index(joint)
            yield from _one_name(text, parts[:at], end)
            yield from _one_name(text, parts[at + 1 :], end)
            return
    # A person after a body or a land: "American-Islamic Relations Alia Salem".
    given = next((k for k in range(len(low) - 1) if low[k] in given_names() and k >= len(low) - 4), None)
    title_before = max((k + 1 for k in range(given or 0) if low[k] in titles()), default=given)
    given = title_before if given and not body else given
    if given and (body or len(low) >= 4 or any(w in titles() or w in nations() for w in low[:given])):
        roles, lands = _beside(low[:given])
        if body and not roles:
            yield from _one_name(text, parts[:given], end)
        yield _person(text, parts[given:], end, roles, lands)
        return
    title = next((k for k in range(len(low) - 1, -1, -1) if low[k] in titles()), None)
    if (
        body
        and (title is None or title + 1 < len(low))
        and not (title is not None and low[-1] not in bodies() and _no_body(low[title + 1 :]))
    ):
        span = Span(_owned(text, parts[0][1]), parts[-1][2])
        yield Name(span, tuple(low), "body", "", frozenset(), _beside(low)[1])
        return
    if title is not None:
        roles, lands = _beside(low[: title + 1])
        if title + 1 < len(low) and low[title + 1] not in ("of", "for", "the"):
            yield _person(text, parts[title + 1 :], end, roles, lands)
        return
    lands = frozenset()
    if len(low) >= 3 and low[0] in nations() and " ".join(low[:2]) not in nations():
        lands, parts, low = frozenset({nations()[low[0]]}), parts[1:], low[1:]
    yield _person(text, parts, end, frozenset(), lands)


def _no_body(low: list[str]) -> bool:
    return not any(word in bodies() for word in low)


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


_CLOSES = re.compile(r"\s*(?:[,.;:)]|of\b|for\b|at\b|in\b|who\b|and\b|$)")


def _closed(text: str, aside: re.Match[str], end: int) -> bool:
    """True when a title after a comma ends its phrase: ", the mayor of Oz, said", not ", the mayor said"."""
    at = aside.start(1)
    for match in re.finditer(r"[^\s,]+", aside.group(1)):
        if match.group().lower().replace("’s", "").replace("'s", "") in titles():
            at = aside.start(1) + match.end()
            break
    return bool(_CLOSES.match(text, at, end))


def _person(
    text: str, parts: list[tuple[str, int, int]], end: int, roles: frozenset[str], lands: frozenset[str]
) -> Name:
    """A name that is not a body's; titles and lands are also read from the words around it."""
    span = Span(parts[0][1], parts[-1][2])
    low = tuple(word for word, _, _ in parts)
    left = text[max(0, span.start - 40) : span.start].lower()
    form = left.split()[-1:] if left.endswith((". ", ".\u00a0")) else []  # "Mr. Roe"
    # "the Japanese leader, Fumio Kishida": the title may stand before a comma.
    if text[span.end : span.end + 1] in (",", ".", ";", ")"):
        left = left.rstrip().removesuffix(",") + " "
    left = left[max(left.rfind(s) for s in '.,;:“”"\n') + 1 :]
    beside = [w.removesuffix("'s").removesuffix("’s") for w in left.split()[-4:]]
    more = [word for word in (*form, *beside[-1:]) if word in titles()]
    aside = _APPOSITIVE.match(text, span.end, min(end, span.end + 60)) if text[span.end : span.end + 1] == "," else None
    around = aside.group(1).lower().replace("’s", "").replace("'s", "").split() if aside else []
    # Of the words after the comma only those up to the title count: "Roe, mayor of Oz, ...".
    cut = next((k for k, w in enumerate(around) if w in titles()), None)
    apposed = around[: cut + 1] if cut is not None else []
    if apposed and aside and not _closed(text, aside, end):
        apposed = []  # "in New York, Secretary-General Kofi Annan": that title is somebody else's
    new_roles, new_lands = _beside(form + (beside if more else []) + apposed)
    roles = roles | new_roles if new_roles else roles
    lands = lands | new_lands if new_lands else lands
    gender = given_names().get(low[0], "") if len(low) > 1 else ""
    for role in roles:
        mark = titles()[role].split()[-1]
        gender = {"m": "he", "w": "she"}.get(mark, gender)
    known = bool(roles) or bool(gender)
    nation = " ".join(low) in nations()
    return Name(span, low, "person" if known and not nation else "name", gender, roles, lands)
