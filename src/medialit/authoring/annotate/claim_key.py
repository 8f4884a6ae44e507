"""From one coder's claims and evidence to ``claims.yaml`` and ``evidence.yaml``: the files, and the rules that choose.

``coding/claims-coder-N.yaml`` is what coder N confirmed. ``coding/claims-adjudicated.yaml`` has the same form: it is what
several coders agreed on, and it is used instead of the first coder's file where it is there::

    next: 4                      # number of the next new claim: no number is ever used twice
    claims:                      # in text order; no two overlap, and each is inside one sentence
    - id: c01
      span: [40, 106]            # characters of article.txt
      text: The indoor pool …    # the words at the span
      kind: checkable            # or prediction, opinion, not checkable as written
      other: prediction          # optional: a second kind that fits (where coders differ)
      says: The pool is closed.  # optional: the claim as a sentence that can be read alone
      why: …                     # optional: why it is of this kind
      gain: 3                    # optional: 0 (leave it) to 4 (check it first)
      worth: …                   # why it is worth that
    without: [7]                 # of a second coder: sentences of the first one that make no claim
    splits: [2, 15]              # these three only where somebody changed what the rules choose: sentences to split,
    classify: [c01, c02, c05]    # claims to tell apart by kind,
    top: 3                       # and how many claims count as the top of the ranking

``coding/evidence-coder-N.yaml`` holds the cards and the verdicts. A verdict joins a claim with cards, once::

    next: 3
    cards:                       # as in evidence.yaml, without supports, contradicts and context
    - {id: e01, publisher: …, title: …, date: 2025-03-10, address: https://…, origin: …, role: primary, fact: …}
    verdicts:
    - claim: c01
      verdict: supported
      explanation: …
      confidence: high           # optional
      cards: {e01: supports, e02: context}
      instead: {outdated: …}     # optional: what to look at again after another verdict
    verify: [c01, c04]           # only where somebody changed what the rules choose
    drafts: {e03: {fact: …}}     # what is typed and not saved yet, by the number of its card or claim
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, pairwise, zip_longest
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from medialit.article import Article
from medialit.authoring.annotate import base
from medialit.authoring.annotate.base import HEAD
from medialit.case import _claim_checks
from medialit.case._claim_checks import SUPPORTED_SHARE
from medialit.case.claims import (
    Card,
    ClaimGold,
    ClaimKind,
    ClaimsFile,
    Confidence,
    DayField,
    EvidenceFile,
    Role,
    Verdict,
)
from medialit.case.desk import EvidenceDesk
from medialit.case.records import Record, SpanField
from medialit.english import count, filled
from medialit.errors import CaseError, MedialitError
from medialit.files import course_path, load_model, load_yaml, write_whole, yaml_bytes

Relation = Literal["supports", "contradicts", "context"]
LEAST = 3  # claims, rows or kinds: with fewer, an exercise is a guess
SHORTEST = 2  # words of a claim in a sentence to split
MOST_SPLITS, MOST_ROWS, MOST_VERIFIED, TOP = 6, 12, 6, 4
CLAIMS, EVIDENCE = "claims.yaml", "evidence.yaml"
VERDICTS = "verdicts-settled.yaml"  # in coding/, from the settle page
_JOINS = re.compile(r"^(?:and|but|or|so)\s+")


class MarkedClaim(Record):
    """One claim as a coder marked and confirmed it."""

    id: str
    span: SpanField
    text: str
    kind: ClaimKind
    other: ClaimKind | None = None
    says: str = ""
    why: str = ""
    gain: int | None = Field(None, ge=0, le=4)
    worth: str = ""

    @property
    def alone(self) -> str:
        """The claim as a sentence that can be read alone."""
        return self.says or alone(self.text)


class ClaimsPass(Record):
    """The whole of ``claims-coder-N.yaml``."""

    next: int = Field(1, ge=1)
    claims: list[MarkedClaim] = Field(default_factory=list)
    without: list[int] = Field(default_factory=list)
    splits: list[int] | None = None
    classify: list[str] | None = None
    top: int | None = None


class WrittenCard(Record):
    """An evidence card without what it bears on."""

    id: str
    publisher: str
    title: str
    date: DayField | None = None
    address: str = ""
    origin: str
    role: Role
    read: Literal["whole", "part"] = "part"
    fact: str
    quotation: str = ""
    happened: DayField | None = None


def card_line(card: WrittenCard | Card) -> str:
    """A card in a list: who published it, when, and under which title."""
    return f"{card.publisher}, {card.date or 'no date'}: {card.title}"


class GivenVerdict(Record):
    """A verdict on a claim, and what each card says about it."""

    claim: str
    verdict: Verdict
    explanation: str
    confidence: Confidence | None = None
    cards: dict[str, Relation] = Field(default_factory=dict)
    instead: dict[Verdict, str] = Field(default_factory=dict)


class EvidencePass(Record):
    """The whole of ``evidence-coder-N.yaml``."""

    next: int = Field(1, ge=1)
    cards: list[WrittenCard] = Field(default_factory=list)
    verdicts: list[GivenVerdict] = Field(default_factory=list)
    verify: list[str] | None = None
    drafts: dict[str, dict[str, str]] = Field(default_factory=dict)


class SettledVerdicts(Record):
    """The whole of ``verdicts-settled.yaml``: what coders agreed on or somebody decided, and the claims that are open.

    ``added`` are the claims that the first coder did not judge, and on which another one's verdict was taken.
    """

    verdicts: list[GivenVerdict] = Field(default_factory=list)
    open: list[str] = Field(default_factory=list)
    added: list[str] = Field(default_factory=list)


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The sentences that a case gets where its author has written none."""
    found, _ = load_yaml(course_path("annotation.yaml"))
    return dict(found)


def say(name: str, **blanks: Any) -> str:
    """A text of the annotation pages, with its blanks filled in."""
    return filled(words()["says"][name], **blanks)


# --- files ---


def read_claims(path: Path, article: Article) -> ClaimsPass:
    """What a coder confirmed; empty without the file. Raises CaseError when the file is damaged."""
    if not path.is_file():
        return ClaimsPass()
    now = path.stat()
    found = _read_claims(path, (now.st_mtime_ns, now.st_size, now.st_ino))
    for claim in found.claims:
        if article[claim.span] != claim.text:
            raise CaseError(f"The article has other words at the span of {claim.id}.", file=path)
    return found


@lru_cache(maxsize=8)
def _read_claims(path: Path, _: object) -> ClaimsPass:
    """A file that has not changed is not read again: the evidence page asks for it several times at each press."""
    return load_model(ClaimsPass, path)


def read_evidence(path: Path) -> EvidencePass:
    """A coder's cards and verdicts; empty without the file. Raises CaseError when the file is damaged."""
    return load_model(EvidencePass, path) if path.is_file() else EvidencePass()


def save(path: Path, made: Record) -> None:
    """Write a pass, with nothing in it that says nothing."""
    path.parent.mkdir(exist_ok=True)
    write_whole(path, _text(made))


def key_claims(folder: Path, article: Article) -> ClaimsPass:
    """The claims that the key is made from: the settled ones, else the first coder's."""
    settled = folder / "coding" / "claims-adjudicated.yaml"
    return read_claims(settled if settled.is_file() else settled.with_name("claims-coder-1.yaml"), article)


def key_evidence(folder: Path) -> EvidencePass:
    """The cards, and the verdicts that the key is made from: the settled ones, else the first coder's."""
    first = read_evidence(folder / "coding" / "evidence-coder-1.yaml")
    path = folder / "coding" / VERDICTS
    if not path.is_file():
        return first
    settled = load_model(SettledVerdicts, path)
    known = {one.claim: one for one in settled.verdicts}
    kept = {one.claim: known.get(one.claim, one) for one in first.verdicts if one.claim not in settled.open}
    kept |= {name: known[name] for name in settled.added if name in known}
    return first.model_copy(update={"verdicts": list(kept.values())})


def by_hand(folder: Path) -> list[str]:
    """The files of the key that somebody wrote by hand: they are left alone."""
    return [name for name in (CLAIMS, EVIDENCE) if base.by_hand(folder / name)]


def write_key(folder: Path, article: Article) -> None:
    """Make ``claims.yaml`` and ``evidence.yaml`` from what is in ``coding/``; both, or neither. Neither is :func:`by_hand`.

    Raises MedialitError for what the course would refuse.
    """
    evidence = key_evidence(folder)
    claims, cards = made_key(article, key_claims(folder, article), evidence)
    if claims.claims or (folder / CLAIMS).is_file():
        files = {folder / CLAIMS: _text(claims)}
        if cards.cards or (folder / EVIDENCE).is_file():
            files[folder / EVIDENCE] = _text(cards)
        base.write_all(files)


def _text(made: Record) -> bytes:
    return yaml_bytes(made.model_dump(mode="json", exclude_defaults=True), HEAD)


# --- the key ---


def made_key(article: Article, marked: ClaimsPass, evidence: EvidencePass) -> tuple[ClaimsFile, EvidenceFile]:
    """The records of both files. Raises MedialitError, in one sentence, where the course would refuse them."""
    told = words()
    claims = sorted(marked.claims, key=lambda claim: claim.span)
    kinds = {claim.id: claim.kind for claim in claims}
    # A claim that was removed, or that turned into an opinion, has no verdict; what was written stays in coding/.
    verdicts = {one.claim: one for one in evidence.verdicts if kinds.get(one.claim, "opinion") != "opinion"}
    known = {card.id for card in evidence.cards}
    ranked = [claim for claim in claims if claim.gain is not None] if _ranks(claims) else []
    rows = []
    for claim in claims:
        given = verdicts.get(claim.id)
        rows.append(
            {
                "id": claim.id,
                "sentence": _number(article, claim),
                "span": claim.span,
                "text": claim.text,
                "says": claim.alone,
                "kind": claim.kind,
                "event": "none",
                "explanation": given.explanation if given else told["explanation"][claim.kind],
            }
            | (
                {
                    "verdict": given.verdict,
                    "evidence": [name for name in given.cards if name in known],
                    "confidence": given.confidence,
                    "instead": given.instead,
                }
                if given
                else {}
            )
        )
    numbers = split_sentences(article, claims)
    kept = [number for number in marked.splits or [] if number in numbers]
    long = [claim for claim in claims if len(article.words(claim.span)) >= SHORTEST]
    spans = {number: [claim.span for claim in long if _number(article, claim) == number] for number in numbers}
    chosen = classified(claims, marked.classify)
    claims_file = ClaimsFile.model_validate(
        {
            "how": told["how"],
            "claims": rows,
            "joins": _joins(article, claims),
            "splits": [
                {"sentence": number, "claims": spans[number]}
                for number in (numbers[:MOST_SPLITS] if marked.splits is None else kept)
            ],
            "classify": [
                {
                    "key": claim.id, "text": claim.text, "says": _stated(claim), "span": claim.span, "kind": claim.kind,
                    "other": claim.other,
                    "why": claim.why or told["why"][claim.kind],
                }
                for claim in claims if claim.id in chosen
            ],
            "top": top_of([claim.gain or 0 for claim in ranked], marked.top),
            "rank": [{"claim": claim.id, "gain": claim.gain, "why": claim.worth} for claim in ranked],
            "verify": verified(claims, verdicts, evidence.cards, evidence.verify),
        }
    )  # fmt: skip
    cards_file = EvidenceFile.model_validate(
        {"how": told["how"], "cards": [_card(card, verdicts.values()) for card in evidence.cards]}
    )
    gold = ClaimGold(claims_file, cards_file if evidence.cards else None, None)
    for _, place, fault in _claim_checks.faults(gold, article):
        what, at = place[0], place[1] if len(place) > 1 else None
        where = f"On “{rows[at]['says']}”: " if what == "claims" and isinstance(at, int) else ""
        raise MedialitError(f"{where}{fault}")
    return claims_file, cards_file


def alone(text: str) -> str:
    """Words of an article as a sentence of their own."""
    text = _JOINS.sub("", " ".join(text.split()).strip(" ,;:–—-"))
    text += "”" * (text.count("“") - text.count("”"))
    ended = text.rstrip("\"'”’»")[-1:] in (".", "!", "?", "…")
    return text[:1].upper() + text[1:] + ("" if ended else ".")


def _card(card: WrittenCard, verdicts: Iterable[GivenVerdict]) -> dict[str, Any]:
    told = words()
    bears: dict[str, list[str]] = {}
    for given in verdicts:
        if card.id in given.cards:
            bears.setdefault(given.cards[card.id], []).append(given.claim)
    return (
        card.model_dump()
        | {
            "event": "none",
            "date_note": "" if card.date else told["date_note"],
            "address_note": "" if card.address else told["address_note"],
            "keywords": EvidenceDesk([]).questions_for(card.fact)[1:],
        }
        | bears
    )


# --- what learners get ---


def _number(article: Article, claim: MarkedClaim) -> int:
    return article.number_at(claim.span.start)


def split_sentences(article: Article, claims: Sequence[MarkedClaim]) -> list[int]:
    """The numbers of sentences that join at least two claims, in text order."""
    found = []
    for number, group in groupby(claims, key=lambda claim: _number(article, claim)):
        long = [claim for claim in group if len(article.words(claim.span)) >= SHORTEST]
        if len(long) > 1:
            found.append(number)
    return found


def _joins(article: Article, claims: Sequence[MarkedClaim]) -> list[str]:
    """The words that join two claims of a sentence, between them or at the beginning of the second, for a hint."""
    usual: list[str] = words()["joins"]
    found: dict[str, None] = {}
    for one, other in pairwise(claims):
        if _number(article, one) == _number(article, other):
            after = article.text[one.span.end : other.span.end].strip(" ,;:–—").lower().split()
            found |= dict.fromkeys(word for word in after[:1] if word in usual)
    return list(found) or usual[:2]


def classified(claims: Sequence[MarkedClaim], chosen: Sequence[str] | None) -> set[str]:
    """The claims to tell apart by kind: as chosen where these are of three kinds, else some of each kind by turns."""
    wanted = [claim for claim in claims if claim.id in chosen] if chosen is not None else []
    if len({claim.kind for claim in wanted}) >= LEAST:
        return {claim.id for claim in wanted}
    by_kind: dict[str, list[str]] = {}
    for claim in claims:
        by_kind.setdefault(claim.kind, []).append(claim.id)
    return set(_by_turns(by_kind.values())[:MOST_ROWS]) if len(by_kind) >= LEAST else set()


def _stated(claim: MarkedClaim) -> str:
    """A claim as learners read it. What cannot be checked as written stays as written: a sentence of its own may say more."""
    return alone(claim.text) if claim.kind == "not checkable as written" else claim.alone


def _by_turns(lists: Iterable[Sequence[str]]) -> list[str]:
    return [one for group in zip_longest(*lists) for one in group if one is not None]


def _ranks(claims: Sequence[MarkedClaim]) -> bool:
    gains = [claim.gain for claim in claims if claim.gain is not None]
    return len(gains) >= LEAST and len(set(gains)) > 1


def tops(gains: Sequence[int]) -> list[int]:
    """How many claims can be the top of a ranking: only where the next one is worth less, so that no tie is cut."""
    order = sorted(gains, reverse=True)
    return [n for n in range(1, len(order)) if order[n - 1] > order[n]]


def top_of(gains: Sequence[int], chosen: int | None) -> int:
    """The number chosen, where it cuts no tie; else the one that is nearest to half of them, and to four."""
    can = tops(gains)
    if chosen in can:
        return int(chosen or 0)
    return min(can, key=lambda n: abs(n - min(TOP, len(gains) / 2)), default=1)


def verifiable(
    claims: Sequence[MarkedClaim], verdicts: Mapping[str, GivenVerdict], cards: Sequence[WrittenCard]
) -> list[str]:
    """The claims with a verdict and cards of at least two origins, in text order."""
    origin = {card.id: card.origin for card in cards}
    given = {name: {origin[card] for card in one.cards if card in origin} for name, one in verdicts.items()}
    return [claim.id for claim in claims if len(given.get(claim.id, ())) > 1]


def verified(
    claims: Sequence[MarkedClaim],
    verdicts: Mapping[str, GivenVerdict],
    cards: Sequence[WrittenCard],
    chosen: Sequence[str] | None,
) -> list[str]:
    """The claims to verify, in text order: as chosen, or up to six, at least 45% supported, with as many verdicts as can be.

    None where there would be fewer than three, or fewer than three verdicts among them.
    """
    ready = verifiable(claims, verdicts, cards)
    wanted = [name for name in ready if name in chosen] if chosen is not None else []
    if wanted and not unfair([verdicts[name].verdict for name in wanted]):
        return wanted
    gain = {claim.id: claim.gain or 0 for claim in claims}
    by_verdict: dict[str, list[str]] = {}
    for name in sorted(ready, key=lambda name: -gain[name]):
        by_verdict.setdefault(verdicts[name].verdict, []).append(name)
    sound = by_verdict.pop("supported", [])
    others = _by_turns(by_verdict.values())
    # As many others as leave the share of supported ones; then supported ones up to the whole number.
    others = others[: min(MOST_VERIFIED // 2, int(len(sound) * (1 - SUPPORTED_SHARE) / SUPPORTED_SHARE))]
    picked = {*others, *sound[: MOST_VERIFIED - len(others)]}
    found = [name for name in ready if name in picked]
    return [] if unfair([verdicts[name].verdict for name in found]) else found


def unfair(verdicts: Sequence[str]) -> str:
    """Why claims with these verdicts are no exercise; empty when they are."""
    if len(verdicts) < LEAST:
        return f"Choose at least {LEAST} claims to verify."
    if len(set(verdicts)) < LEAST:
        return f"Choose claims with at least {LEAST} different verdicts, or one answer everywhere does well."
    if verdicts.count("supported") / len(verdicts) < SUPPORTED_SHARE:
        return (
            f"Of these {len(verdicts)} claims, only {count(verdicts.count('supported'), 'is', 'are')} supported. At least "
            f"{SUPPORTED_SHARE:.0%} must be, so that learners also find what holds."
        )
    return ""
