"""What the correction desk needs of a case: claims to choose from, a worked card and a model card."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from medialit.article import Article
from medialit.case.claims import ClaimGold, Verdict
from medialit.case.reading import CaseFiles
from medialit.case.records import Record
from medialit.files import Fault

WANTED = 3


class CardVerdict(Record):
    """A verdict on one claim, the cards it rests on, and a certainty from 1 to 3."""

    verdict: Verdict
    evidence: list[str] = Field(min_length=1)
    certainty: int = Field(ge=1, le=3)


class Correction(Record):
    """The corrected paragraph: which claim it corrects, and the whole paragraph in new words."""

    claim: str
    text: str


class CardTexts(Record):
    """What is written on a card, as in the form of its task. ``source`` and ``second`` are ids of evidence cards."""

    claim: str
    verdict: Verdict
    rating: Literal["1", "2", "3", "4", "5", "none"]
    source: str
    second: str
    headline: str
    date: str
    found: str
    voices: str
    framing: str
    sure: Literal["1", "2", "3"]
    open: str
    method: str
    relative: str
    address: str = ""


class WrittenCard(Record):
    """A whole card, as answers to the tasks of the unit. ``why`` says what a reader should notice."""

    why: str = ""
    judged: dict[str, CardVerdict]
    correction: Correction
    card: CardTexts

    def answers(self) -> dict[str, Any]:
        """The card as plain answers, by part: ``judged``, ``correction`` and ``card``."""
        return {part: self.model_dump()[part] for part in ("judged", "correction", "card")}


class CorrectionFile(Record):
    """The whole of ``correction.yaml``. ``choices`` are ids of the claims that a learner chooses from."""

    how: str
    choices: list[str] = Field(min_length=2 * WANTED)
    example: WrittenCard
    model: WrittenCard


def load_correction(folder: Path, article: Article, claims: ClaimGold) -> CorrectionFile | None:
    """Read ``correction.yaml`` of a case and compare it with its claims and cards, where it has both; None without it.

    Raises CaseError with file, line and field of the first fault, and the others attached.
    """
    files = CaseFiles(folder)
    gold = files.read("correction.yaml", CorrectionFile)
    if gold and claims.claim_ids is not None and claims.card_ids is not None:
        files.compared("correction.yaml", correction_faults(gold, article, claims))
    files.done()
    return gold


def correction_faults(gold: CorrectionFile, article: Article, claims: ClaimGold) -> Iterator[Fault]:
    """(place, what) of each fault of a case's cards, the first first."""
    for number, name in enumerate(gold.choices):
        place = ("choices", number)
        claim = claims.find_claim(name)
        if claim is None:
            yield place, f"There is no claim “{name}” in claims.yaml."
        elif claim.verdict is None:
            yield place, f"Claim {name} has no verdict, so nobody can verify it."
        elif len(claims.origins(claim.evidence)) < 2:
            yield place, f"Claim {name} has fewer than two independent origins among its evidence."
        elif not (block := article.block_at(claim.span.start)) or claim.span.end > block.span.end:
            yield place, f"Claim {name} runs over more than one paragraph."
        elif gold.choices.count(name) > 1:
            yield place, f"Claim {name} appears twice."
    verdicts = {claim.id: claim.verdict for claim in claims.claims}
    sound = sum(verdicts.get(name) == "supported" for name in gold.choices)
    if sound < 0.45 * len(gold.choices):
        yield ("choices",), "At least 45% of the claims to choose from must be supported."
    if sound == len(gold.choices):
        yield ("choices",), "At least one of the claims to choose from must not be supported."
    for part in ("example", "model"):
        yield from _card_faults(part, getattr(gold, part), claims)
    if strangers := set(gold.model.judged) - set(gold.choices):
        yield ("model", "judged"), f"The model card judges {min(strangers)}, which is not one of the choices."
    if shared := set(gold.example.judged) & set(gold.choices):
        yield ("example", "judged"), f"The worked card judges {min(shared)}, which learners can choose."


def _card_faults(part: str, card: WrittenCard, claims: ClaimGold) -> Iterator[Fault]:
    if len(card.judged) != WANTED:
        yield (part, "judged"), f"A card judges {WANTED} claims; this one judges {len(card.judged)}."
    for name, judged in card.judged.items():
        if claims.find_claim(name) is None:
            yield (part, "judged", name), f"There is no claim “{name}” in claims.yaml."
        for one in judged.evidence:
            if claims.find_card(one) is None:
                yield (part, "judged", name, "evidence"), f"There is no evidence card “{one}”."
            elif (claim := claims.find_claim(name)) and one not in claim.evidence:
                yield (part, "judged", name, "evidence"), f"The card {one} does not bear on {name}."
    for field in ("source", "second"):
        if claims.find_card(getattr(card.card, field)) is None:
            yield (part, "card", field), f"There is no evidence card “{getattr(card.card, field)}”."
    for where in ("correction", "card"):
        if getattr(card, where).claim not in card.judged:
            yield (part, where, "claim"), "This claim is not one of the three that the card judges."
