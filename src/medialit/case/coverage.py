"""The gold of the sources lens: facts, reports that state them or not, and model reports written for the course."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Protocol, TypeVar

from pydantic import BeforeValidator, Field

from medialit.article import Article, Span
from medialit.case.claims import DayField
from medialit.case.quotes import Voice
from medialit.case.records import Record
from medialit.errors import MedialitError

Status = Literal["states", "states differently", "contradicts", "silent", "unknown"]
Label = Literal["states", "states differently", "contradicts", "not found"]
LABELS: tuple[Label, ...] = ("states", "states differently", "contradicts", "not found")


class Fact(Record):
    """One fact of one event. ``since`` is the first day on which somebody could report it.

    ``claims`` are the claims of the article that state it, so that verdicts, cards and cells can be compared.
    """

    id: str
    event: str
    label: str
    text: str
    since: DayField
    claims: list[str] = Field(default_factory=list)


class Report(Record):
    """What one report says, as far as it was read.

    ``gist`` is its headline in our words. ``states`` are ids of facts; ``differs`` and ``contradicts`` map ids to what
    the report says instead. ``quoted`` are people and bodies that are quoted or cited, ``loaded`` words that judge or
    belong to one side. ``cards`` are the evidence cards it was read from; copies of one text are one report.
    """

    id: str
    publisher: str
    date: DayField | None = None
    date_note: str = ""
    address: str = ""
    origin: str
    event: str
    read: Literal["whole", "part"]
    gist: str
    states: list[str]
    differs: dict[str, str] = Field(default_factory=dict)
    contradicts: dict[str, str] = Field(default_factory=dict)
    quoted: list[str] = Field(default_factory=list)
    loaded: list[str] = Field(default_factory=list)
    framing: str = ""
    cards: list[str] = Field(default_factory=list)

    def status(self, fact: Fact) -> Status:
        """What the report does with a fact.

        ``silent`` only when the whole report was read, or when it appeared before anybody could know the fact; a fact
        that was not seen in a report read in part is ``unknown``.
        """
        if fact.id in self.states:
            return "states"
        if fact.id in self.differs:
            return "states differently"
        if fact.id in self.contradicts:
            return "contradicts"
        # A date without a day may be any day of its month or year, so it has to be earlier as a whole.
        early = self.date is not None and self.date < fact.since[: len(self.date)]
        return "silent" if early or self.read == "whole" else "unknown"


class Mistake(Record):
    """A fact that the article gets wrong, and the claim that says it."""

    fact: str
    claim: str
    why: str


class Cell(Record):
    """The right label of one cell. Where readers can differ, ``share`` (.5 to 1) is for it, the rest for ``other``."""

    label: Label
    other: Label | None = None
    share: float = Field(1.0, ge=0.5, le=1.0)
    why: str = ""

    def fits(self, label: str) -> bool:
        """True for the right label; where readers can differ, for either one."""
        return label in (self.label, self.other)


CellField = Annotated[Cell, BeforeValidator(lambda value: {"label": value} if isinstance(value, str) else value)]


class Row(Record):
    """One sentence about "the launch", and what each source makes of it. ``cut`` marks the rows of the short session.

    ``narrow``: the row asks for less than the whole fact, or for its exact words.
    """

    key: str
    fact: str
    text: str
    cut: bool = False
    narrow: bool = False
    cells: dict[str, CellField]
    why: str


class Column(Record):
    """A source of the matrix: the facts on its card in our words, and a note that the course adds."""

    report: str
    card: str
    note: str = ""


class Matrix(Record):
    """Rows by columns; ``cells`` of a row are keyed by report id."""

    columns: list[Column] = Field(default_factory=list)
    rows: list[Row] = Field(default_factory=list)

    @property
    def short(self) -> tuple[Row, ...]:
        """The rows of the short session. They work alone."""
        return tuple(row for row in self.rows if row.cut)


class Copy(Record):
    """A page whose text came from somewhere: ``clue`` is what the page shows."""

    card: str
    clue: str


class Trace(Record):
    """A text that the article shares runs of words with. The text itself is not in the case: it is not ours to print.

    ``longest`` counts the words of the longest shared run that was found; ``runs`` are shared runs that can be shown.
    """

    card: str
    longest: int = Field(ge=4)
    runs: list[str] = Field(min_length=1)


class PlacedFact(Record):
    """A fact of the article to be given to an event; ``neither`` when it cannot be told. ``share`` as in a cell."""

    claim: str
    text: str
    event: str
    other: str | None = None
    share: float = Field(1.0, ge=0.5, le=1.0)
    why: str


class TestQuestion(Record):
    """A question to ask of a report; ``tells`` is True when its answer differs between the events.

    ``code`` is the misconception of whoever thinks that it does.
    """

    key: str
    text: str
    tells: bool
    why: str
    code: str = ""


class CoverageFile(Record):
    """The whole of ``coverage.yaml``. ``grouping_clue`` is a hint that points to a trace of copying.

    ``traces`` are texts behind the article, as far as shared runs of words show; ``traces_say`` what may be concluded.
    """

    how: str = ""
    facts: list[Fact] = Field(default_factory=list)
    article: Report
    wrong: list[Mistake] = Field(default_factory=list)
    reports: list[Report] = Field(default_factory=list)
    matrix: Matrix = Field(default_factory=Matrix)
    grouping_clue: str = ""
    grouping: list[Copy] = Field(default_factory=list)
    traces: list[Trace] = Field(default_factory=list)
    traces_say: str = ""
    split: list[PlacedFact] = Field(default_factory=list)
    questions: list[TestQuestion] = Field(default_factory=list)


class Quotation(Record):
    """Words between quotation marks in a model report, who said them, and the card that has them."""

    words: str
    speaker: str
    card: str


class Drift(Record):
    """A fact that a copy changed on its way: what the first text says, what the copy says."""

    fact: str
    before: str
    after: str


class ModelReport(Record):
    """A report written for the course. It uses the listed facts and no others; ``label`` says what it is.

    ``copies`` names the model report that it was copied from, ``drifts`` what changed on the way.
    """

    id: str
    label: str
    kind: str
    event: str
    facts: list[str]
    copies: str | None = None
    drifts: list[Drift] = Field(default_factory=list)
    quotations: list[Quotation] = Field(default_factory=list)
    title: str
    text: str

    @property
    def spoken(self) -> tuple[Spoken, ...]:
        """The quotations with their places in ``text``, in the order of the list."""
        found = ((quotation, self.text.find(quotation.words)) for quotation in self.quotations)
        return tuple(Spoken(Span(at, at + len(q.words)), q.speaker) for q, at in found if at >= 0)


@dataclass(frozen=True)
class Spoken:
    """Words in quotation marks of a model report: where they stand, without the marks, and who said them."""

    content: Span
    speaker_name: str


class ReportsFile(Record):
    """The whole of ``reports.yaml``. ``voices`` says for which side each quoted speaker speaks."""

    how: str = ""
    voices: list[Voice] = Field(default_factory=list)
    reports: list[ModelReport]


def _no_coverage() -> CoverageFile:
    row = Report(id="article", publisher="", origin="", event="none", read="whole", gist="", states=[])
    return CoverageFile(article=row)


class CoverageGold:
    """The sources lens's gold of a case: plain records, held against each other. A file that the case lacks is None.

    ``fact_ids`` is None without ``coverage.yaml``: nothing can be said to be unknown then.
    """

    def __init__(self, about: CoverageFile | None, models: ReportsFile | None) -> None:
        self.fact_ids = frozenset(fact.id for fact in about.facts) if about else None
        self.about = about = about or _no_coverage()
        self.facts, self.wrong = tuple(about.facts), tuple(about.wrong)
        self.article, self.reports = about.article, tuple(about.reports)
        self.matrix, self.grouping, self.split = about.matrix, tuple(about.grouping), tuple(about.split)
        self.models = tuple(models.reports) if models else ()
        self.voices = tuple(models.voices) if models else ()

    @property
    def sources(self) -> Iterator[Report]:
        """The article first, then the reports."""
        yield self.article
        yield from self.reports

    def fact(self, name: str) -> Fact:
        """The fact with this id. Raises MedialitError for an unknown one."""
        return _one(self.facts, name, "fact")

    def report(self, name: str) -> Report:
        """The report with this id, or the article. Raises MedialitError for an unknown one."""
        return _one(tuple(self.sources), name, "report")

    def model(self, name: str) -> ModelReport:
        """The model report with this id. Raises MedialitError for an unknown one."""
        return _one(self.models, name, "model report")

    def model_articles(self) -> dict[str, Article]:
        """The model reports as articles, by id."""
        return {report.id: Article(report.text, title=report.title) for report in self.models}


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Known = TypeVar("Known", bound=_Named)


def _one(records: Sequence[Known], name: str, what: str) -> Known:
    found = next((record for record in records if record.id == name), None)
    if found is None:
        known = ", ".join(record.id for record in records)
        raise MedialitError(f"There is no {what} “{name}”. Known: {known}.")
    return found
