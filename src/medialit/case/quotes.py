"""The gold of the quotes lens: attributions, voices, one provenance chain and one quote to repair."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from medialit.article import Article
from medialit.case.records import Record, SpanField
from medialit.errors import CaseError
from medialit.files import load_yaml, validated

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
    """How one quotation travelled to the article."""

    quote: str
    question: str
    links: list[Link]


class Rewrite(Record):
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
    rewrites: list[Rewrite]
    reasons: list[Reason]


class QuoteGold(Record):
    """The whole of ``quotes.yaml``.

    ``marking`` are the chunks that learners mark themselves, as lists of sentence numbers; ``sorting`` names the
    attributions that they take apart.
    """

    attributions: list[GoldQuote]
    marking: list[list[int]]
    sorting: list[str]
    voices: list[Voice]
    chain: Chain
    repair: Repair


def load_quotes(path: Path, article: Article) -> QuoteGold:
    """Read ``quotes.yaml`` and hold it against the article. Raises CaseError with file, line and field."""
    data, line_of = load_yaml(path)
    gold = validated(QuoteGold, data, path, line_of)
    known = {voice.name for voice in gold.voices}
    ids: set[str] = set()
    for i, quote in enumerate(gold.attributions):

        def fault(what: str, field: str, i: int = i) -> CaseError:
            return CaseError(what, file=path, line=line_of(("attributions", i, field)), field=field)

        if quote.id in ids:
            raise fault(f"The id {quote.id} stands twice. Give each attribution its own.", "id")
        ids.add(quote.id)
        for field in ("content", "speaker", "cue"):
            span = getattr(quote, field)
            if span and span.end > len(article.text):
                raise fault(f"This span ends after the last character of the article ({len(article.text):,}).", field)
        if article[quote.content] != quote.text:
            raise fault("The text is not what stands at this span in the article.", "text")
        if quote.speaker_name and quote.speaker_name not in known:
            raise fault(f"“{quote.speaker_name}” is not in the list of voices. Add it there.", "speaker_name")
    named = [(("chain", "quote"), gold.chain.quote), (("repair", "quote"), gold.repair.quote)]
    named += [(("sorting", i), name) for i, name in enumerate(gold.sorting)]
    for place, name in named:
        if name not in ids:
            raise CaseError(f"There is no attribution “{name}”.", file=path, line=line_of(place), field=str(place[0]))
    numbers = {sentence.number for sentence in article.sentences}
    for i, chunk in enumerate(gold.marking):
        if not set(chunk) <= numbers:
            raise CaseError(
                f"Sentences are numbered 1 to {len(numbers)}.", file=path, line=line_of(("marking", i)), field="marking"
            )
    return gold
