"""The gold of the quotes lens: attributions, voices, one provenance chain and one quote to repair."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Literal

from pydantic import Field, RootModel

from medialit.article import Article
from medialit.case.reading import CaseFiles, span_faults, unknown
from medialit.case.records import Record, SpanField
from medialit.files import Fault, Place

QuoteKind = Literal["direct", "mixed", "indirect", "scare"]


class GoldQuote(Record):
    """One attribution of the gold.

    ``text`` repeats the words of ``content`` for people who read the file. ``share`` is the share of coding passes
    that marked this attribution, ``kind_share`` the share of those that gave it this kind (0 to 1).
    """

    id: str
    text: str
    content: SpanField
    speaker: SpanField | None = None
    speaker_name: str | None = None
    cue: SpanField | None = None
    kind: QuoteKind
    share: float = 1.0
    kind_share: float = 1.0
    nested: bool = False
    note: str = ""


class Voice(Record):
    """A speaker of the story and the bloc it is counted under."""

    name: str
    bloc: str
    unnamed: bool = False


class Link(Record):
    """One pair of hands that a quotation may have gone through; ``place`` counts from 1, None means not at all."""

    key: str
    text: str
    place: int | None = None
    why: str


class Chain(Record):
    """How one quotation traveled to the article. ``clue`` is a hint that names the paragraph and no link.

    ``record`` is what the record says about it, in a few sentences.
    """

    quote: str
    question: str
    record: str = ""
    clue: str
    links: list[Link]


class QuoteRepair(Record):
    """One way to repair a quote; ``share`` is the share of judges who would print it (0 to 1)."""

    key: str
    text: str
    share: float
    why: str


class Reason(Record):
    """A reason that can be given for a rewrite."""

    key: str
    text: str
    right: bool = False


class Repair(Record):
    """A quote of the article that the record gives in another form, with rewrites to choose from."""

    quote: str
    record: str
    question: str
    rewrites: list[QuoteRepair]
    reasons: list[Reason]


class QuoteTasks(Record):
    """The whole of ``quotes.yaml``: what the tasks on quotes need besides the attributions.

    ``marking`` are the chunks that learners mark themselves, as lists of sentence numbers; ``sorting`` names the
    attributions that they take apart. Where they are left out, they are chosen by rule. ``voices_clue`` is a hint on for
    whom somebody in the story speaks.
    """

    voices: list[Voice] = Field(default_factory=list)
    voices_clue: str = ""
    marking: list[list[int]] = Field(default_factory=list)
    sorting: list[str] = Field(default_factory=list)
    chain: Chain | None = None
    repair: Repair | None = None


class QuoteGold(QuoteTasks):
    """Both files together: the attributions and what the tasks need."""

    attributions: list[GoldQuote] = Field(default_factory=list)


class _Attributions(RootModel[list[GoldQuote]]):
    """The whole of ``attributions.yaml``."""


def load_quotes(folder: Path, article: Article) -> QuoteGold:
    """Read those of ``attributions.yaml`` and ``quotes.yaml`` that a case has, and compare them with the article.

    Raises CaseError with file, line and field of the first fault, and the others attached.
    """
    files = CaseFiles(folder)
    tasks, listed = files.read("quotes.yaml", QuoteTasks), files.read("attributions.yaml", _Attributions)
    quotes = listed.root if listed else []
    files.compared("attributions.yaml", _quote_faults(quotes, article, tasks))
    if tasks:
        files.compared("quotes.yaml", _task_faults(tasks, article, quotes if listed else None))
    files.done()
    given = {name: getattr(tasks, name) for name in QuoteTasks.model_fields} if tasks else {}
    chosen = {"marking": to_mark(article, quotes), "sorting": to_sort(quotes)}
    return QuoteGold(**given | {name: own for name, own in chosen.items() if not given.get(name)}, attributions=quotes)


def _task_faults(tasks: QuoteTasks, article: Article, quotes: Sequence[GoldQuote] | None) -> Iterator[Fault]:
    named: dict[Place, str] = {("sorting", i): name for i, name in enumerate(tasks.sorting)}
    if tasks.chain:
        named["chain", "quote"] = tasks.chain.quote
    if tasks.repair:
        named["repair", "quote"] = tasks.repair.quote
    known = None if quotes is None else {quote.id for quote in quotes}
    for place, name in named.items():
        yield from unknown(place, [name], known, "attribution")
    last = len(article.sentences)
    for i, chunk in enumerate(tasks.marking):
        if not all(1 <= number <= last for number in chunk):
            yield ("marking", i), f"Sentences are numbered 1 to {last}."


def _quote_faults(quotes: Sequence[GoldQuote], article: Article, tasks: QuoteTasks | None) -> Iterator[Fault]:
    ids: set[str] = set()
    for i, quote in enumerate(quotes):
        if quote.id in ids:
            yield (i, "id"), f"The id {quote.id} appears twice. Give each attribution its own."
        ids.add(quote.id)
        yield from span_faults((i,), quote.content, article, quote.text, "content")
        yield from span_faults((i,), quote.speaker, article, field="speaker")
        yield from span_faults((i,), quote.cue, article, field="cue")
        if tasks and quote.speaker_name and quote.speaker_name not in {voice.name for voice in tasks.voices}:
            yield (i, "speaker_name"), f"“{quote.speaker_name}” is not in the list of voices in quotes.yaml. Add it."


CHUNK = 3  # sentences that are marked on one page
MARKED = 0.6  # share of the attributions that learners mark themselves; the rules are measured on the rest
ROWS = 8  # attributions to take apart


def to_mark(article: Article, quotes: Sequence[GoldQuote]) -> list[list[int]]:
    """The sentences that learners mark, by rule: those with attributions, from the top, until there are enough."""
    found = (article.sentence_at(quote.content.start) for quote in quotes if quote.share >= 1)
    numbers = [sentence.number for sentence in found if sentence]
    wanted = sorted(set(sorted(numbers)[: math.ceil(MARKED * len(numbers))]))
    return [wanted[i : i + CHUNK] for i in range(0, len(wanted), CHUNK)]


def to_sort(quotes: Sequence[GoldQuote]) -> list[str]:
    """The attributions that learners take apart, by rule: each kind in turn, in the order of the text."""
    by_kind: dict[str, list[GoldQuote]] = {}
    for quote in quotes:
        if quote.share >= 1 and quote.kind_share >= 1 and not quote.nested:
            by_kind.setdefault(quote.kind, []).append(quote)
    turns = [quote for row in zip_longest(*by_kind.values()) for quote in row if quote]
    return [quote.id for quote in sorted(turns[:ROWS], key=lambda quote: quote.content)]
