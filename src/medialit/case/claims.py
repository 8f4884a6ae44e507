"""The gold of the claims lens: claims with verdicts, evidence cards, and the dated events behind them."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from medialit.case.records import Record, SpanField
from medialit.errors import MedialitError

ClaimKind = Literal["checkable", "prediction", "opinion", "not checkable as written"]
Verdict = Literal["supported", "missing context", "outdated", "misattributed", "contradicted", "not established"]
Role = Literal["agency", "broadcaster", "newspaper", "state media", "rewrite", "primary", "analysis"]
Confidence = Literal["high", "medium", "low"]

_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def _day(value: object) -> str:
    # YAML reads 2024-03-18 as a date; the parts of a day that are not known are left out (2024-03).
    text = str(value) if value is not None else ""
    if not _DAY.fullmatch(text):
        raise ValueError("This needs a date such as 2024-03-18, or 2024-03 when the day is not known.")
    return text


DayField = Annotated[str, BeforeValidator(_day)]


class Claim(Record):
    """One claim of the article and what one documented check found.

    ``text`` repeats the article's words at ``span``; ``says`` puts the claim as a sentence that stands alone.
    ``share`` is 1 unless the check itself was divided; then ``other`` is the second verdict. ``event`` names the
    event whose record the claim really fits. ``instead`` says, for a verdict that does not fit, what to look at again.
    """

    id: str
    sentence: int
    span: SpanField
    text: str
    says: str
    kind: ClaimKind
    verdict: Verdict | None = None
    other: Verdict | None = None
    share: float = Field(1.0, ge=0.5, le=1.0)
    event: str
    explanation: str
    evidence: list[str] = Field(default_factory=list)
    confidence: Confidence | None = None
    note: str = ""
    instead: dict[Verdict, str] = Field(default_factory=dict)

    def fits(self, verdict: str) -> bool:
        """True for the right verdict; where readers can differ, for either one."""
        return verdict in (self.verdict, self.other)


class Split(Record):
    """A sentence and the atomic claims it joins, in text order."""

    sentence: int
    claims: list[SpanField]


class Statement(Record):
    """A statement to classify. ``span`` is empty when it was written for the course; ``other`` is a second kind that fits.

    ``says`` is what learners read instead of ``text``, where the article's words are no sentence of their own.
    """

    key: str
    text: str
    says: str = ""
    span: SpanField | None = None
    kind: ClaimKind
    other: ClaimKind | None = None
    why: str


class Worth(Record):
    """How much a claim is worth a check: ``gain`` from 0 (leave it) to 4 (check it first), and why."""

    claim: str
    gain: int = Field(ge=0, le=4)
    why: str


class ClaimsFile(Record):
    """The whole of ``claims.yaml``. ``verify`` names the claims that learners verify, ``top`` counts the top ranks.

    ``joins`` are words that join claims in the sentences to split, for a hint.
    """

    how: str = ""
    claims: list[Claim]
    joins: list[str] = Field(default_factory=list)
    splits: list[Split] = Field(default_factory=list)
    classify: list[Statement] = Field(default_factory=list)
    top: int = 1
    rank: list[Worth] = Field(default_factory=list)
    verify: list[str] = Field(default_factory=list)


class Card(Record):
    """An evidence card: one fact from one page.

    ``origin`` is the agency or body that the text really came from: cards with one origin are one source.
    ``title_from`` says whether the title was read on the page, in copies of it, in its address, or is our description.
    A text that was read only in copies has no ``address``; ``address_note`` says so.
    ``event`` is what the fact is about, ``happened`` the day of it; they need not be those of the page.
    ``read`` says how much of the page could be read: what a part does not mention, the rest may hold.
    ``supports``, ``contradicts`` and ``context`` (what the claim leaves out) are ids of claims.
    """

    id: str
    publisher: str
    title: str
    title_from: Literal["page", "copies", "address", "description"] = "page"
    date: DayField | None = None
    date_note: str = ""
    address: str = ""
    address_note: str = ""
    origin: str
    role: Role
    event: str
    happened: DayField | None = None
    read: Literal["whole", "part"] = "part"
    fact: str
    quotation: str = ""
    keywords: list[str]
    supports: list[str] = Field(default_factory=list)
    contradicts: list[str] = Field(default_factory=list)
    context: list[str] = Field(default_factory=list)


class EvidenceFile(Record):
    """The whole of ``evidence.yaml``."""

    how: str = ""
    cards: list[Card]


class Event(Record):
    """Something that happened on a day, or from ``date`` to ``until``. ``told`` are claims that tell of it."""

    id: str
    date: DayField
    until: DayField | None = None
    label: str
    event: str
    weapon: str = ""
    sea: str = ""
    who: str = ""
    evidence: list[str]
    told: list[str] = Field(default_factory=list)


class Now(Record):
    """The day that the article makes its readers believe in, between ``earliest`` and ``latest``, and why."""

    date: DayField
    earliest: DayField
    latest: DayField
    why: str


class Timeline(Record):
    """The whole of ``timeline.yaml``. ``names`` says in words what each event key stands for."""

    names: dict[str, str] = Field(default_factory=dict)
    now: Now | None = None
    events: list[Event] = Field(default_factory=list)

    def days(self, name: str) -> tuple[str, str] | None:
        """The first and the last day of the events with this key; None for ``other``, which is no one event."""
        found = [day for e in self.events if e.event == name != "other" for day in (e.date, e.until or e.date)]
        return (min(found), max(found)) if found else None


class ClaimGold:
    """The claims lens's gold of a case: plain records, held against the article and against each other.

    A file that the case does not have is None. ``claim_ids``, ``card_ids`` and ``event_names`` are None then, too: nothing
    can be said to be unknown.
    """

    def __init__(
        self,
        claims: ClaimsFile | None = None,
        evidence: EvidenceFile | None = None,
        timeline: Timeline | None = None,
    ) -> None:
        self.about = about = claims or ClaimsFile(claims=[])
        self.claims = tuple(about.claims)
        self.splits, self.classify = tuple(about.splits), tuple(about.classify)
        self.rank, self.top, self.verify = tuple(about.rank), about.top, tuple(about.verify)
        self.evidence = tuple(evidence.cards) if evidence else ()
        self.timeline = timeline or Timeline()
        self.claim_ids = frozenset(claim.id for claim in about.claims) if claims else None
        self.card_ids = frozenset(card.id for card in self.evidence) if evidence else None
        self.event_names = [*timeline.names, "none"] if timeline else None

    @property
    def to_verify(self) -> list[Claim]:
        """The claims that learners verify."""
        return [self.claim(name) for name in self.verify]

    def claim(self, name: str) -> Claim:
        """The claim with this id. Raises MedialitError when there is none."""
        if found := self.find_claim(name):
            return found
        raise MedialitError(f"There is no claim “{name}” in this case.")

    def card(self, name: str) -> Card:
        """The evidence card with this id. Raises MedialitError when there is none."""
        if found := self.find_card(name):
            return found
        raise MedialitError(f"There is no evidence card “{name}” in this case.")

    def find_claim(self, name: str) -> Claim | None:
        """The claim with this id, or None."""
        return next((claim for claim in self.claims if claim.id == name), None)

    def find_card(self, name: str) -> Card | None:
        """The evidence card with this id, or None."""
        return next((card for card in self.evidence if card.id == name), None)

    def origins(self, names: list[str]) -> set[str]:
        """The origins behind some cards: copies of one text count once. Unknown ids are left out."""
        return {card.origin for card in self.evidence if card.id in names}
