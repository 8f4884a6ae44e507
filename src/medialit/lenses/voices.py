"""Voices: whose quoted words fill a story.

Counts words between double quotation marks, curly or straight. Words in single marks are not counted: they are too
easily mixed up with apostrophes. A paraphrase gives a speaker space too, but not in their own words, so it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from medialit.article import Article, Span

NOBODY = "nobody named"
# A marked stretch ends at its closing mark or, when that is missing, at the end of the line.
_MARKED = re.compile(r"“([^“”\n]*)(?:”|(?=\n)|$)|\"([^\"\n]*)\"")


@dataclass(frozen=True)
class VoiceShare:
    """Words in quotation marks by one speaker: ``words`` is a count, ``share`` a percentage of all of them."""

    speaker: str
    words: int
    share: float

    def as_dict(self) -> dict[str, object]:
        """The record as plain data."""
        return {"speaker": self.speaker, "words": self.words, "share": self.share}


def marked_stretches(article: Article) -> list[Span]:
    """What stands between double quotation marks, without the marks, in text order."""
    found = []
    for match in _MARKED.finditer(article.text):
        group = 1 if match.group(1) is not None else 2
        if match.group(group).strip():
            found.append(Span(*match.span(group)))
    return found


def quoted_words(article: Article, quotes: Iterable[object]) -> dict[str, int]:
    """Words in quotation marks for each speaker, most first.

    ``quotes`` are records with ``content`` and ``speaker_name``, from the lens or from the gold. A marked stretch goes
    to the narrowest attribution that covers most of it; one that no attribution covers is left out.
    """
    records = list(quotes)
    counts: dict[str, int] = {}
    for stretch in marked_stretches(article):
        best, size = None, None
        for quote in records:
            start, end = max(stretch.start, quote.content[0]), min(stretch.end, quote.content[1])
            if 2 * (end - start) > stretch.end - stretch.start:
                length = quote.content[1] - quote.content[0]
                if size is None or length < size:
                    best, size = quote, length
        if best is not None:
            name = best.speaker_name or NOBODY
            counts[name] = counts.get(name, 0) + word_count(article[stretch])
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def voices(article: Article, quotes: Iterable[object], bloc_of: Mapping[str, str] | None = None) -> list[VoiceShare]:
    """Quoted words by speaker, or by bloc when ``bloc_of`` maps speakers to blocs; largest share first."""
    counts: dict[str, int] = {}
    for name, words in quoted_words(article, quotes).items():
        key = (bloc_of or {}).get(name, name)
        counts[key] = counts.get(key, 0) + words
    total = sum(counts.values())
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [VoiceShare(name, words, 100 * words / total if total else 0.0) for name, words in ordered]


def word_count(text: str) -> int:
    """Words separated by spaces that hold a letter or a digit."""
    return sum(any(c.isalnum() for c in word) for word in text.split())
