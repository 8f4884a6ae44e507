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
    """How one quotation travelled to the article. ``clue`` is a hint that names the paragraph and no link."""

    quote: str
    question: str
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
    attributions that they take apart. ``voices_clue`` is a hint on for whom somebody in the story speaks.
    """

    voices: list[Voice]
    voices_clue: str
    marking: list[list[int]]
    sorting: list[str]
    chain: Chain
    repair: Repair


class QuoteGold(QuoteTasks):
    """Both files together: the attributions and what the tasks need."""

    attributions: list[GoldQuote]


class _Attributions(Record):
    attributions: list[GoldQuote]


def load_quotes(folder: Path, article: Article) -> QuoteGold:
    """Read ``attributions.yaml`` and ``quotes.yaml`` and hold them against the article.

    Raises CaseError with file, line and field.
    """
    tasks_path = folder / "quotes.yaml"
    data, line_of = load_yaml(tasks_path)
    tasks = validated(QuoteTasks, data, tasks_path, line_of)
    attributions = _attributions(folder / "attributions.yaml", article, {voice.name for voice in tasks.voices})
    ids = {quote.id for quote in attributions}
    named: dict[tuple[str | int, ...], str] = {
        ("chain", "quote"): tasks.chain.quote,
        ("repair", "quote"): tasks.repair.quote,
    }
    named |= {("sorting", i): name for i, name in enumerate(tasks.sorting)}
    for place, name in named.items():
        if name not in ids:
            raise CaseError(
                f"There is no attribution “{name}”.", file=tasks_path, line=line_of(place), field=str(place[0])
            )
    last = len(article.sentences)
    for i, chunk in enumerate(tasks.marking):
        if not all(1 <= number <= last for number in chunk):
            where = line_of(("marking", i))
            raise CaseError(f"Sentences are numbered 1 to {last}.", file=tasks_path, line=where, field="marking")
    return QuoteGold(**{name: getattr(tasks, name) for name in QuoteTasks.model_fields}, attributions=attributions)


def _attributions(path: Path, article: Article, voices: set[str]) -> list[GoldQuote]:
    data, line_of = load_yaml(path)
    found = validated(_Attributions, {"attributions": data}, path, lambda place: line_of(place[1:])).attributions
    ids: set[str] = set()
    for i, quote in enumerate(found):

        def fault(what: str, field: str, i: int = i) -> CaseError:
            return CaseError(what, file=path, line=line_of((i, field)), field=field)

        if quote.id in ids:
            raise fault(f"The id {quote.id} appears twice. Give each attribution its own.", "id")
        ids.add(quote.id)
        for field in ("content", "speaker", "cue"):
            span = getattr(quote, field)
            if span and span.end > len(article.text):
                raise fault(f"This span ends after the last character of the article ({len(article.text):,}).", field)
        if article[quote.content] != quote.text:
            raise fault("The text is not what stands at this span in the article.", "text")
        if quote.speaker_name and quote.speaker_name not in voices:
            raise fault(f"“{quote.speaker_name}” is not in the list of voices in quotes.yaml. Add it.", "speaker_name")
    return found
