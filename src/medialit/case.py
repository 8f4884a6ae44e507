"""A case: one article with all that is needed to teach from it, validated when it is loaded."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from medialit.article import Article, Span
from medialit.errors import CaseError, MedialitError
from medialit.files import data_path, list_cases, load_model, load_yaml, read_text, validated

QuoteKind = Literal["direct", "mixed", "indirect", "scare"]


def _span(value: object) -> Span:
    if not (isinstance(value, list | tuple) and len(value) == 2 and all(type(x) is int for x in value)):
        raise ValueError("This needs two whole numbers: [start, end].")
    if not 0 <= value[0] < value[1]:
        raise ValueError("A span starts at 0 or later and ends after its start.")
    return Span(*value)


SpanField = Annotated[Span, BeforeValidator(_span)]


class Record(BaseModel):
    """A frozen record that refuses fields nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


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


class CaseFile(Record):
    """The whole of ``case.yaml``."""

    name: str
    title: str
    language: str = "en"
    invented: bool = False
    sha256: str
    provenance: str
    unknown: list[str]
    kernel: str = ""


class Case:
    """A loaded case. Attributes are plain records; every span is an offset into ``article.text``."""

    def __init__(self, folder: Path, about: CaseFile, article: Article, quotes: QuoteGold, glossary: dict[str, str]):
        self.folder, self.about, self.article, self.glossary = folder, about, article, glossary
        self.name, self.title = about.name, about.title
        self.quotes = tuple(quotes.attributions)
        self.voices = tuple(quotes.voices)
        self.marking = tuple(tuple(chunk) for chunk in quotes.marking)
        self.sorting = tuple(quotes.sorting)
        self.chain, self.repair = quotes.chain, quotes.repair

    def __repr__(self) -> str:
        return f"Case({self.name!r}, {len(self.quotes)} gold quotes)"


def load_case(name_or_folder: str | Path) -> Case:
    """Load and validate a case: a name from the kit (``"missile-tests"``) or a folder of your own.

    Raises CaseError, with file, line and field, when a file is missing or damaged.
    """
    folder = Path(name_or_folder) if Path(name_or_folder).is_dir() else data_path(str(name_or_folder))
    if not (folder / "case.yaml").is_file():
        names = ", ".join(list_cases())
        raise MedialitError(f"There is no case “{name_or_folder}”. Cases in this kit: {names}. Or give a folder.")
    return _load(folder.resolve(), _stamp(folder))


def _stamp(folder: Path) -> tuple[tuple[str, int], ...]:
    """File names and change times: an edited case is read again, an unchanged one is not."""
    return tuple(sorted((p.name, p.stat().st_mtime_ns) for p in folder.iterdir() if p.is_file()))


@lru_cache(maxsize=8)
def _load(folder: Path, _: object) -> Case:
    about = load_model(CaseFile, folder / "case.yaml")
    article = Article(read_text(folder / "article.txt"), title=about.title)
    found = hashlib.sha256((folder / "article.txt").read_bytes()).hexdigest()
    if found != about.sha256:
        raise CaseError("The text was changed: its checksum is not the one in case.yaml.", file=folder / "article.txt")
    quotes = _quotes(folder / "quotes.yaml", article)
    glossary, _lines = load_yaml(folder / "glossary.yaml")
    return Case(folder, about, article, quotes, dict(glossary or {}))


def _quotes(path: Path, article: Article) -> QuoteGold:
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
