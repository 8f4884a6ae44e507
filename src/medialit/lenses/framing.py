"""The framing lens: words that take a side, add strength or hold back, and cue words of the five generic frames.

It sees words, never what a passage does: a frame made by order and choice is invisible to it. The classes follow Recasens
and others (2013); the lists are this project's own (``datasets/lexicons/loaded-words``), and how often they are wrong is
measured in ``datasets/lexicons/measured.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from medialit.article import Span, as_article
from medialit.lenses._loaded_lexicon import LexiconEntry, frame_cues, guard_holds, lexicon, reporting_forms
from medialit.records import PlainRecord

if TYPE_CHECKING:
    from medialit.article import Article

__all__ = ["CLASSES", "FrameSign", "LoadedWord", "frame_profile", "loaded_words"]

CLASSES = (
    "one-sided term",
    "subjective intensifier",
    "hedge",
    "factive",
    "implicative",
    "assertive",
    "reporting verb",
)
_WHY = {
    "one-sided term": "its meaning takes one side",
    "subjective intensifier": "it adds strength and gives no measure",
    "hedge": "it says that something is not certain",
    "factive": "it takes what follows as true",
    "implicative": "it tells whether something came about",
    "assertive": "it states with a strength of its own",
    "reporting verb": "it tells that somebody said something",
}
# A word: letters with inner hyphens, apostrophes and dots, so that "far-right", "won't" and "U.S." stay whole.
_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
LONGEST = 5


@dataclass(frozen=True)
class LoadedWord(PlainRecord):
    """Words that the lens marks.

    ``span`` counts code points; ``entry`` is the line of the lexicon; ``why`` says what the class does. ``in_quotation``
    is True between quotation marks: there the word is somebody else's.
    """

    span: Span
    word: str
    entry: str
    cls: str
    why: str
    in_quotation: bool


@dataclass(frozen=True)
class FrameSign:
    """Cue words of one codebook item in one paragraph: a suggestion to look, never a coding.

    ``paragraph`` is the ¶ number (0 in a heading), ``spans`` are code points, ``words`` what stands there.
    """

    item: str
    paragraph: int
    spans: tuple[Span, ...]
    words: tuple[str, ...]


def loaded_words(text_or_article: str | Article) -> list[LoadedWord]:
    """Words of seven classes in text order; of entries that overlap, the longest counts. Never raises on a text.

    Source of the classes: Recasens, Danescu-Niculescu-Mizil and Jurafsky (2013).
    """
    article = as_article(text_or_article)
    found: list[LoadedWord] = []
    for block in article.blocks:
        text = article[block.span]
        words = [Span(m.start(), m.end()) for m in _WORD.finditer(text)]
        lower = [text[a:b].lower().replace("’", "'").removesuffix("'s") for a, b in words]
        quoted = _quoted(text)
        shouting = _title_case(text, words)
        place = 0
        while place < len(words):
            hit = _match(text, words, lower, place, shouting)
            if hit is None:
                place += 1
                continue
            entry, length = hit
            start, end = words[place].start, words[place + length - 1].end
            where = Span(block.span.start + start, block.span.start + end)
            inside = any(a <= start < b for a, b in quoted)
            found.append(LoadedWord(where, text[start:end], entry.entry, entry.cls, _WHY[entry.cls], inside))
            place += length
    return found


def _match(
    text: str, words: list[Span], lower: list[str], place: int, shouting: bool
) -> tuple[LexiconEntry, int] | None:
    """The longest entry that begins at this word and passes its guard, with its length in words."""
    listed, reporting = lexicon(), reporting_forms()
    first = lower[place]
    if first in listed.heads:
        for length in range(min(LONGEST, len(words) - place), 0, -1):
            for entry in listed.entries.get(" ".join(lower[place : place + length]), ()):
                here = _joined(text, words, place, length)
                if here and guard_holds(entry, text, words, lower, place, length, shouting):
                    return entry, length
    if first in reporting and guard_holds(reporting[first], text, words, lower, place, 1, shouting):
        return reporting[first], 1
    return None


def _joined(text: str, words: list[Span], place: int, length: int) -> bool:
    """Do the words of a phrase stand side by side, with nothing but spaces between them?"""
    pairs = zip(words[place : place + length - 1], words[place + 1 : place + length], strict=True)
    return all(not text[a.end : b.start].strip() for a, b in pairs)


_MARKS = re.compile(r"[“\"](.*?)(?:[”\"]|$)", re.DOTALL)


def _quoted(text: str) -> list[tuple[int, int]]:
    """Stretches between double quotation marks; an unclosed one runs to the end of the block."""
    return [m.span(1) for m in _MARKS.finditer(text)]


def _title_case(text: str, words: list[Span]) -> bool:
    """Is most of this line capitalised, as in a heading? Then a capital letter is no sign of a name."""
    long = [text[a:b] for a, b in words if b - a > 3]
    return bool(long) and sum(w[0].isupper() for w in long) >= 0.7 * len(long)


def frame_profile(text_or_article: str | Article) -> list[FrameSign]:
    """Cue words for items of the codebook (Semetko & Valkenburg 2000), by paragraph, in text order.

    A cue is a reason to read a paragraph, not an answer: no item is ever called present, and nobody gets a score.
    """
    article = as_article(text_or_article)
    found: list[FrameSign] = []
    for block in article.blocks:
        text = article[block.span]
        for item, pattern in frame_cues().items():
            spans = tuple(
                Span(block.span.start + m.start(), block.span.start + m.end()) for m in pattern.finditer(text)
            )
            if spans:
                found.append(FrameSign(item, block.number, spans, tuple(article[s] for s in spans)))
    return found
