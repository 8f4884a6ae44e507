"""The article: verbatim text, cut into blocks and sentences, every position a character offset."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from medialit.errors import MedialitError

if TYPE_CHECKING:
    from nltk.tokenize import NLTKWordTokenizer
    from nltk.tokenize.punkt import PunktSentenceTokenizer

# Abbreviations that do not end a sentence, without the last dot (Punkt's own notation, lower case).
ABBREVIATIONS = frozenset(
    "u.s u.n u.k e.u d.c a.m p.m mr mrs ms dr prof gen col lt sgt capt cmdr adm maj brig gov sen rep hon rev "
    "st jr sr vs etc inc ltd co corp dept univ assn bros no vol fig p pp ed al cf e.g i.e "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "a.b c.e b.c m.d ph.d u.s.a u.s.s.r rs approx".split()
)

# Languages that are usually written from right to left.
RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he iw ks nqo ps sd syr ug ur yi".split())


class Span(NamedTuple):
    """A stretch of text: ``start`` to ``end`` in code points, end exclusive."""

    start: int
    end: int

    def overlaps(self, other: tuple[int, int]) -> bool:
        """True when the two spans share at least one character."""
        return self.start < other[1] and other[0] < self.end

    def shared(self, other: tuple[int, int]) -> int:
        """How many characters the two spans share."""
        return max(0, min(self.end, other[1]) - max(self.start, other[0]))


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


@dataclass(frozen=True)
class Bounds:
    """Where the sentences and the words of a text start and end, both in text order.

    A case keeps the bounds of its article in a file, so that no key depends on the version of a tokenizer.
    """

    sentences: tuple[Span, ...]
    words: tuple[Span, ...]


class Article:
    """A text and its parts. Nothing is changed: every part is an offset into ``text``.

    Without ``bounds`` the text is cut by NLTK (Punkt with our abbreviations, then the Penn Treebank tokenizer).
    ``language`` is a code such as ``en`` (BCP 47).
    """

    def __init__(self, text: str, title: str = "", bounds: Bounds | None = None, language: str = "en") -> None:
        self.text = text
        self.title = title
        self.language = language
        if bounds:
            self.bounds = bounds

    def __repr__(self) -> str:
        return f"Article({self.title or self.text[:30].strip()!r}, {len(self.text)} characters)"

    def __getitem__(self, span: tuple[int, int]) -> str:
        """The words of a span: ``article[12, 20]``."""
        return self.text[span[0] : span[1]]

    def lines(self, span: tuple[int, int]) -> list[Span]:
        """The parts of a span, one for each line that has words; a line after the first is without its opening mark.

        A quotation of several paragraphs has an opening mark in front of each of them.
        """
        first, *rest = self.text[slice(*span)].split("\n")
        found, at = [Span(span[0], span[0] + len(first))], span[0] + len(first) + 1
        for line in rest:
            found.append(Span(at + len(line) - len(line.lstrip(' “„«"')), at + len(line)))
            at += len(line) + 1
        return [part for part in found if self[part].strip()]

    @property
    def direction(self) -> str:
        """How its language is written: ``rtl`` from right to left, or ``ltr``."""
        return "rtl" if self.language.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"

    @property
    def is_english(self) -> bool:
        """Lenses read English alone."""
        return self.language.partition("-")[0].lower() == "en"

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Headings, paragraphs, bullets and posts in text order."""
        return tuple(_blocks(self.text))

    @cached_property
    def bounds(self) -> Bounds:
        """The bounds of all sentences and words."""
        return cut(self.text, self.blocks)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in text order; a heading is one sentence, and none runs over a block's edge."""
        starts = [block.span.start for block in self.blocks]
        spans = enumerate(self.bounds.sentences, 1)
        return tuple(Sentence(number, span, bisect_right(starts, span.start) - 1) for number, span in spans)

    @property
    def paragraphs(self) -> tuple[Block, ...]:
        """All blocks but the headings, in text order."""
        return tuple(block for block in self.blocks if block.number)

    def block_at(self, position: int) -> Block | None:
        """The block that holds the character at ``position``, or None between blocks."""
        return _holding(self.blocks, position)

    def paragraph_of(self, span: tuple[int, int]) -> str:
        """Where a stretch begins, as learners see it: ``¶3``, or ``Heading``."""
        block = self.block_at(span[0])
        return f"¶{block.number}" if block and block.number else "Heading"

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence that holds the character at ``position``, or None between sentences."""
        return _holding(self.sentences, position)

    def number_at(self, position: int) -> int:
        """The number of the sentence that holds the character at ``position``; 0 between sentences."""
        found = self.sentence_at(position)
        return found.number if found else 0

    def words(self, span: tuple[int, int] | None = None) -> list[Span]:
        """Words and punctuation of a span (default: the whole text) as spans; a word that it cuts is given in part."""
        if span is None:
            return list(self.bounds.words)
        first, last = span
        words = self.bounds.words
        start = bisect_right(words, first, key=lambda word: word.end)
        end = bisect_left(words, last, lo=start, key=lambda word: word.start)
        return [Span(max(first, a), min(last, b)) for a, b in words[start:end]] if first < last else []

    def find(self, words: str, nth: int = 0) -> Span:
        """Where these words appear; ``nth`` counts from 0 when they occur often.

        Words copied with straight quotation marks or apostrophes, other spaces or a line end are found as well, and parts of
        words where there are no such words. Raises MedialitError when they do not appear so often, or are no words.
        """
        if not isinstance(words, str) or not words.strip():
            raise MedialitError("Give the words to find, in quotation marks, as the article has them.")
        if type(nth) is not int or nth < 0:
            raise MedialitError("The second value says which time the words occur: 0 is the first time, 1 the second.")
        words = words.strip()
        exact, loose = re.escape(words), _loosely(words)
        spans: list[Span] = []
        for one in (rf"(?<!\w){exact}(?!\w)", exact, rf"(?<!\w){loose}(?!\w)", loose):
            spans = spans or [Span(*m.span(1)) for m in re.finditer(f"(?=({one}))", self.text)]
        if nth < len(spans):
            return spans[nth]
        shown = " ".join(words.split())[:60]
        if spans:
            times = "once" if len(spans) == 1 else f"{len(spans)} times"
            raise MedialitError(f"The article has “{shown}” only {times}, and counting starts at 0.")
        raise MedialitError(f"The article does not contain “{shown}”. Copy the words from the article.")


# Signs that stand for each other when words are copied, and any run of space.
_ALIKE = {sign: f"[{group}]" for group in ("'’‘`´", '"“”„', "–—-") for sign in group}
_COPIED = re.compile(r"(\s+)|(.)")


def _loosely(words: str) -> str:
    """A pattern that finds words in whatever way they were copied."""
    return _COPIED.sub(lambda m: r"\s+" if m[1] else _ALIKE.get(m[2], re.escape(m[2])), words)


Part = TypeVar("Part", Block, Sentence)


def _holding(parts: tuple[Part, ...], position: int) -> Part | None:
    """The part that holds a position; parts are in text order and do not overlap."""
    place = bisect_right(parts, position, key=lambda part: part.span.start) - 1
    return parts[place] if place >= 0 and position < parts[place].span.end else None


def as_article(text_or_article: str | Article) -> Article:
    """Accept what a learner has at hand: a text or an Article. Raises MedialitError for anything else."""
    if isinstance(text_or_article, str):
        return Article(text_or_article)
    if isinstance(text_or_article, Article):
        return text_or_article
    raise MedialitError("Give a text in quotation marks, or an article such as unit.case.article.")


# --- blocks -----------------------------------------------------------------------------------------------------

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_BULLET = re.compile(r"\s*(?:[-*•‣▪–]|\d{1,2}[.)])\s+")
_POST_END = re.compile(r"^\s*[—–-]{1,2}\s.*\(@\w+\)")
_POST_MARK = re.compile(r"pic\.twitter\.com/|(?:^|\s)#\w+.*#\w+|https?://t\.co/")
# A line that begins as speech or a tag does, or is all in marks of another language.
_SPOKEN = re.compile(r"[#“\"]|[„«»‘‹].*[“”«»’›]$")
_SENTENCE_END = re.compile(r"[.!?…:;,؟۔।]\s?[\"'”’“‘»«›)\]]*$")


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
    if len(words) <= 14 and not _SENTENCE_END.search(line.strip()) and not _SPOKEN.match(line.strip()):
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


def cut(text: str, blocks: tuple[Block, ...]) -> Bounds:
    """Cut a text into sentences, block by block, and each of them into words."""
    sentences = [
        span for block in blocks for span in ([block.span] if block.kind == "heading" else _cut_block(text, block.span))
    ]
    # Sentence by sentence: the tokenizer splits off a full stop only at the end of what it is given.
    words = [Span(start + a, start + b) for start, end in sentences for a, b in token_spans(text[start:end])]
    return Bounds(tuple(sentences), tuple(words))


def _cut_block(text: str, block: Span) -> list[Span]:
    found = _punkt().span_tokenize(text[block.start : block.end])
    spans = [_trim(text, Span(block.start + a, block.start + b)) for a, b in found]
    return [span for span in spans if span.end > span.start]


@lru_cache(maxsize=1)
def _punkt() -> PunktSentenceTokenizer:
    from nltk.tokenize.punkt import PunktLanguageVars, PunktParameters, PunktSentenceTokenizer

    class Marks(PunktLanguageVars):  # type: ignore[misc]
        sent_end_chars = (".", "?", "!", "؟", "۔", "।")  # of English, Arabic, Urdu and Hindi

    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS)
    return PunktSentenceTokenizer(parameters, lang_vars=Marks())


@lru_cache(maxsize=1)
def _tokenizer() -> NLTKWordTokenizer:
    from nltk.tokenize import NLTKWordTokenizer

    return NLTKWordTokenizer()


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
