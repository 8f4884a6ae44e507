"""Voices: whose quoted words fill a story.

Counts words between double quotation marks, curly or straight. Words in single marks are not counted: they are too
easily mixed up with apostrophes. A paraphrase gives a speaker space too, but not in their own words, so it is left out.

Limits: space is not accuracy, and equal space is not fairness. Marks of other languages than “”, „“ and «» are not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log2
from typing import Protocol

from medialit.article import Article, Span, as_article
from medialit.errors import MedialitError
from medialit.lenses.quotes import find_quotes
from medialit.lenses.quoting import marks
from medialit.records import PlainRecord


class Quoted(Protocol):
    """An attribution, from the lens or from the gold."""

    @property
    def content(self) -> tuple[int, int]: ...
    @property
    def speaker_name(self) -> str | None: ...


NOBODY = "nobody named"


@dataclass(frozen=True)
class VoiceShare(PlainRecord):
    """Words in quotation marks by one speaker: ``words`` is a count, ``share`` a percentage of all of them."""

    speaker: str
    words: int
    share: float


@dataclass(frozen=True)
class Voices(PlainRecord):
    """The voices of one source: quoted words in all, by speaker and by bloc, largest share first.

    ``entropy`` is Shannon's, in bits, over the blocs: 0 when one bloc holds all quoted words (or nobody is quoted),
    log2(k) when k blocs hold equal parts.
    """

    source: str
    words: int
    speakers: tuple[VoiceShare, ...]
    blocs: tuple[VoiceShare, ...]
    entropy: float


def marked_stretches(article: Article) -> list[Span]:
    """What stands between double quotation marks, without the marks, in text order; each paragraph by itself."""
    return [
        line
        for mark in marks.marked_stretches(article.text, article.blocks, single=False)
        for line in article.lines(mark.inner)
    ]


def quoted_words(article: Article, quotes: Iterable[Quoted]) -> dict[str, int]:
    """Words in quotation marks for each speaker, most first.

    ``quotes`` are records with ``content`` and ``speaker_name``, from the lens or from the gold. A marked stretch goes
    to the narrowest attribution that covers most of it; one that no attribution covers is left out.
    """
    waiting = sorted(quotes, key=lambda quote: quote.content[0], reverse=True)
    near: list[Quoted] = []
    counts: dict[str, int] = {}
    for stretch in marked_stretches(article):
        # Both come in text order, so only attributions that can reach this stretch are looked at.
        while waiting and waiting[-1].content[0] < stretch.end:
            near.append(waiting.pop())
        near = [quote for quote in near if quote.content[1] > stretch.start]
        best: Quoted | None = None
        size = 0
        for quote in near:
            start, end = max(stretch.start, quote.content[0]), min(stretch.end, quote.content[1])
            if 2 * (end - start) > stretch.end - stretch.start:
                length = quote.content[1] - quote.content[0]
                if best is None or length < size:
                    best, size = quote, length
        if best is not None:
            name = best.speaker_name or NOBODY
            counts[name] = counts.get(name, 0) + word_count(article[stretch])
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def voices(article: Article, quotes: Iterable[Quoted], bloc_of: Mapping[str, str] | None = None) -> list[VoiceShare]:
    """Quoted words by speaker, or by bloc when ``bloc_of`` maps speakers to blocs; largest share first."""
    return _shares(quoted_words(article, quotes), bloc_of or {})


def compare_voices(
    sources: Mapping[str, str | Article | tuple[str | Article, Iterable[Quoted]]],
    bloc_of: Mapping[str, str] | None = None,
) -> tuple[Voices, ...]:
    """Whose quoted words fill each of several sources: name -> (article, its quotes).

    An article alone is read by ``find_quotes``, whose limits then hold here too. Raises MedialitError without names.
    ``bloc_of`` maps speakers to blocs; a speaker without one is a bloc of their own. A source without quoted words has
    no shares and an entropy of 0. Two articles of one source go into ``merge_voices``.
    """
    if not isinstance(sources, Mapping):
        raise MedialitError('The articles need names: hand in a dictionary, such as {"story": text, "other": text}.')
    pairs = {name: _with_quotes(source) for name, source in sources.items()}
    return tuple(
        _voices(name, quoted_words(article, quotes), bloc_of or {}) for name, (article, quotes) in pairs.items()
    )


def _with_quotes(source: str | Article | tuple[str | Article, Iterable[Quoted]]) -> tuple[Article, Iterable[Quoted]]:
    if isinstance(source, str | Article):
        article = as_article(source)
        return article, find_quotes(article)
    return as_article(source[0]), source[1]


def _voices(source: str, counts: Mapping[str, int], bloc_of: Mapping[str, str]) -> Voices:
    blocs = _shares(counts, bloc_of)
    parts = [share.share / 100 for share in blocs if share.words]
    bits = -sum(part * log2(part) for part in parts) + 0.0
    return Voices(source, sum(counts.values()), tuple(_shares(counts, {})), tuple(blocs), bits)


def _shares(counts: Mapping[str, int], bloc_of: Mapping[str, str]) -> list[VoiceShare]:
    grouped: dict[str, int] = {}
    for name, words in counts.items():
        key = bloc_of.get(name, name)
        grouped[key] = grouped.get(key, 0) + words
    total = sum(grouped.values())
    ordered = sorted(grouped.items(), key=lambda item: (-item[1], item[0]))
    return [VoiceShare(name, words, 100 * words / total if total else 0.0) for name, words in ordered]


def word_count(text: str) -> int:
    """Words separated by spaces that hold a letter or a digit."""
    return sum(any(c.isalnum() for c in word) for word in text.split())
