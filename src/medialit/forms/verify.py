"""Judge claims with evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from medialit.case.desk import EvidenceDesk
from medialit.english import day_in_words
from medialit.errors import MedialitError
from medialit.forms.base import Form, Key, Option, keyed, keys_of, refuse_unknown
from medialit.scoring.calibration import is_certainty

FIELDS = ("verdict", "evidence", "certainty")


@dataclass(frozen=True)
class Judgment:
    """What was said about one claim: a verdict or "", the cited cards, and a certainty of 1 to 3 or None."""

    verdict: str = ""
    evidence: tuple[str, ...] = ()
    certainty: int | None = None


@dataclass(frozen=True)
class VerifyForm(Form[dict[str, Judgment]]):
    """Judge claims with evidence (answer: ``{claim: {"verdict": …, "evidence": [card, …], "certainty": 1–3}}``).

    ``cards`` are the keys of all evidence cards that can be found. Read with an empty judgment for what is missing.
    """

    kind: ClassVar[str] = "verify"
    claims: tuple[Option, ...]
    verdicts: tuple[Option, ...]
    cards: tuple[str, ...]
    desk: EvidenceDesk | None = field(default=None, repr=False, compare=False)

    def read(self, answer: Any) -> dict[str, Judgment]:
        claims = keys_of(self.claims)
        if not isinstance(answer, dict):
            first = f"{{“{claims[0]}”: {{“verdict”: …, “evidence”: […]}}}}"
            raise MedialitError(f"Hand in one entry for each claim, such as {first}.")
        refuse_unknown(answer, claims)
        return dict.fromkeys(claims, Judgment()) | {name: self._judgment(name, cells) for name, cells in answer.items()}

    def _judgment(self, claim: str, cells: Any) -> Judgment:
        if not isinstance(cells, dict):
            raise MedialitError(f"Claim “{claim}” needs named fields: verdict, evidence, certainty.")
        stranger = next((name for name in cells if name not in FIELDS), None)
        if stranger is not None:
            raise MedialitError(
                f"Claim “{claim}” has a field “{stranger}”. Known fields: verdict, evidence, certainty."
            )
        verdict, evidence, certainty = cells.get("verdict"), cells.get("evidence") or [], cells.get("certainty")
        if verdict is not None and verdict not in keys_of(self.verdicts):
            known = ", ".join(keys_of(self.verdicts))
            raise MedialitError(f"Claim “{claim}”: “{str(verdict)[:40]}” is not a verdict. Choose one of: {known}.")
        self._check_evidence(claim, evidence)
        if verdict and not evidence:
            number = keys_of(self.claims).index(claim) + 1
            raise MedialitError(f"Claim {number} (“{claim}”) has a verdict but no evidence. Open a card and cite it.")
        if certainty is not None and not is_certainty(certainty):
            raise MedialitError(f"Claim “{claim}”: certainty is 1, 2 or 3, or nothing.")
        return Judgment(verdict or "", tuple(evidence), certainty)

    def _check_evidence(self, claim: str, evidence: Any) -> None:
        if not isinstance(evidence, list) or not all(isinstance(card, str) for card in evidence):
            raise MedialitError(f"Claim “{claim}”: hand in the evidence as a list of card names.")
        unknown = next((card for card in evidence if card not in self.cards), None)
        if unknown is not None:
            raise MedialitError(f"Claim “{claim}”: there is no evidence card “{unknown[:40]}”. Search for it again.")
        doubled = next((card for card in evidence if evidence.count(card) > 1), None)
        if doubled:
            raise MedialitError(
                f"Claim “{claim}”: the card “{doubled}” is cited twice. A card counts once; find another origin."
            )

    def sample(self) -> str:
        rest = ", …" if len(self.claims) > 1 else ""
        return f'{{"{self.claims[0].key}": {{"verdict": "…", "evidence": ["…", "…"], "certainty": …}}{rest}}}'

    def all_keys(self) -> list[Key]:
        return keyed("claim", self.claims) + keyed("verdict", self.verdicts)

    def in_words(self, answer: Any) -> list[str]:
        claims = {claim.key: claim.text for claim in self.claims}
        # The number of a card says nothing to a reader.
        known = self.desk.cards.values() if self.desk else ()
        cards = {card.id: f"{card.publisher}, {day_in_words(card.date or 'no date')}" for card in known}
        return [
            f"{claims[name]} → **{given['verdict']}** ({'; '.join(cards.get(one, one) for one in given['evidence'])})"
            for name, given in answer.items()
        ]
