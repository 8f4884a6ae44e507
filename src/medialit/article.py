"""The article: verbatim text, cut into blocks and sentences, every position a character offset."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from medialit.lean import from_parts

if TYPE_CHECKING:
    from nltk.tokenize import NLTKWordTokenizer
    from nltk.tokenize.punkt import PunktSentenceTokenizer

# Abbreviations that do not end a sentence, without the last dot (Punkt's own notation, lower case).
ABBREVIATIONS = frozenset(
    "u.s u.n u.k e.u d.c a.m p.m mr mrs ms dr prof gen col lt sgt capt cmdr adm maj brig gov sen rep hon rev "
    "st jr sr vs etc inc ltd co corp dept univ assn bros no vol fig p pp ed al cf e.g i.e "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "a.b c.e b.c m.d ph.d u.s.a u.s.s.r".split()
)


class Span(NamedTuple):
    """A stretch of text: ``start`` to ``end`` in code points, end exclusive."""

    start: int
    end: int

    def overlaps(self, other: tuple[int, int]) -> bool:
        """True when the two spans share at least one character."""
        return self.start < other[1] and other[0] < self.end


@dataclass(frozen=True)
class Block:
    """One line of the article as it is laid out: a heading, a paragraph, a bullet or a post.

    ``number`` counts every block except headings, from 1: it is the ¶ number a learner sees. Headings have 0.
    """

    kind: str
    span: Span
    number: int


@dataclass(frozen=True)
class Sentence:
    """One sentence; ``number`` counts from 1 through the whole article, ``block`` is an index into ``blocks``."""

    number: int
    span: Span
    block: int


class Article:
    """A text and its parts. Nothing is changed: every part is an offset into ``text``."""

    def __init__(self, text: str, title: str = "") -> None:
        self.text = text
        self.title = title

    def __repr__(self) -> str:
        return f"Article({self.title or self.text[:30].strip()!r}, {len(self.text)} characters)"

    def __getitem__(self, span: tuple[int, int]) -> str:
        """The words of a span: ``article[12, 20]``."""
        return self.text[span[0] : span[1]]

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Headings, paragraphs, bullets and posts in text order."""
        return tuple(_blocks(self.text))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in text order; a heading is one sentence, and none runs over a block's edge."""
        return tuple(_sentences(self.text, self.blocks))

    @property
    def paragraphs(self) -> tuple[Block, ...]:
        """All blocks but the headings, in text order."""
        return tuple(block for block in self.blocks if block.number)

    def block_at(self, position: int) -> Block | None:
        """The block that holds the character at ``position``, or None between blocks."""
        return _holding(self.blocks, position)

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence that holds the character at ``position``, or None between sentences."""
        return _holding(self.sentences, position)

    def words(self, span: tuple[int, int] | None = None) -> list[Span]:
        """Words and punctuation of a span (default: the whole text) as spans, Penn Treebank style."""
        first, last = span if span else (0, len(self.text))
        found: list[Span] = []
        # Sentence by sentence: the tokenizer splits off a full stop only at the end of what it is given.
        place = bisect_right(self.sentences, first, key=lambda sentence: sentence.span.end)
        for sentence in self.sentences[place:]:
            if sentence.span.start >= last:
                break
            start, end = max(first, sentence.span.start), min(last, sentence.span.end)
            if start < end:
                found.extend(Span(start + a, start + b) for a, b in token_spans(self.text[start:end]))
        return found


Part = TypeVar("Part", Block, Sentence)


def _holding(parts: tuple[Part, ...], position: int) -> Part | None:
    """The part that holds a position; parts are in text order and do not overlap."""
    place = bisect_right(parts, position, key=lambda part: part.span.start) - 1
    return parts[place] if place >= 0 and position < parts[place].span.end else None


def as_article(text_or_article: str | Article) -> Article:
    """Accept what a learner has at hand: a text or an Article."""
    return text_or_article if isinstance(text_or_article, Article) else Article(str(text_or_article))


# --- blocks -----------------------------------------------------------------------------------------------------

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_BULLET = re.compile(r"\s*(?:[-*•‣▪–]|\d{1,2}[.)])\s+")
_POST_END = re.compile(r"^\s*[—–-]{1,2}\s.*\(@\w+\)")
_POST_MARK = re.compile(r"pic\.twitter\.com/|(?:^|\s)#\w+.*#\w+|https?://t\.co/")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’)\]]*$")


def _blocks(text: str) -> list[Block]:
    lines = [Span(*m.span()) for m in _LINE.finditer(text)]
    kinds = [_kind(text[a:b]) for a, b in lines]
    for i, (a, b) in enumerate(lines):
        # A signature line such as "— Name (@account) date" closes a post: the marked lines above belong to it.
        if _POST_END.match(text[a:b]):
            kinds[i] = "post"
            j = i - 1
            while j >= 0 and i - j <= 4 and _POST_MARK.search(text[lines[j].start : lines[j].end]):
                kinds[j] = "post"
                j -= 1
    blocks, number = [], 0
    for span, kind in zip(lines, kinds, strict=True):
        number += kind != "heading"
        blocks.append(Block(kind, _trim(text, span), 0 if kind == "heading" else number))
    return blocks


def _kind(line: str) -> str:
    if _BULLET.match(line):
        return "bullet"
    words = line.split()
    if len(words) <= 14 and not _SENTENCE_END.search(line.strip()) and not line.lstrip().startswith(("#", "“", '"')):
        return "heading"
    return "paragraph"


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


# --- sentences and words ----------------------------------------------------------------------------------------

_NLTK = ("nltk", "nltk.tokenize")


@lru_cache(maxsize=1)
def _punkt() -> PunktSentenceTokenizer:
    punkt = from_parts(_NLTK, lambda: import_module("nltk.tokenize.punkt"))
    parameters = punkt.PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS)
    return punkt.PunktSentenceTokenizer(parameters)


def _sentences(text: str, blocks: tuple[Block, ...]) -> list[Sentence]:
    found: list[Sentence] = []
    for index, block in enumerate(blocks):
        start, end = block.span
        parts = [block.span] if block.kind == "heading" else _sentence_spans(text[start:end], start)
        for span in parts:
            if span.end > span.start:
                found.append(Sentence(len(found) + 1, span, index))
    return found


def _sentence_spans(text: str, offset: int) -> list[Span]:
    spans = [Span(offset + a, offset + b) for a, b in _punkt().span_tokenize(text)]
    return [_trim_local(text, s, offset) for s in spans]


def _trim_local(text: str, span: Span, offset: int) -> Span:
    inner = _trim(text, Span(span.start - offset, span.end - offset))
    return Span(inner.start + offset, inner.end + offset)


@lru_cache(maxsize=1)
def _tokenizer() -> NLTKWordTokenizer:
    return from_parts(_NLTK, lambda: import_module("nltk.tokenize.destructive")).NLTKWordTokenizer()


# Curly marks are replaced one for one, so that the tokenizer knows them and offsets hold.
_PLAIN_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


def token_spans(text: str) -> list[Span]:
    """Words and punctuation of ``text`` as spans, in the Penn Treebank manner (NLTKWordTokenizer).

    Falls back to runs of letters and single signs for text that the tokenizer cannot align.
    """
    try:
        return [Span(a, b) for a, b in _tokenizer().span_tokenize(text.translate(_PLAIN_MARKS))]
    except ValueError:
        return [Span(*m.span()) for m in re.finditer(r"\w+|[^\w\s]", text)]
