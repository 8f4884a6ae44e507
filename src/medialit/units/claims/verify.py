"""Judge claims with evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from medialit.case.claims import Claim
from medialit.case.desk import EvidenceDesk
from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import Task
from medialit.forms import Judgment, Option, VerifyForm
from medialit.scoring.spans import f1

# Verdicts that differ by one step only: half the credit.
_NEIGHBORS = (
    {"supported", "missing context"},
    {"missing context", "outdated"},
    {"outdated", "misattributed"},
    {"misattributed", "contradicted"},
)
# So many cards that bear on the claim are enough: nobody has to find all of them.
ENOUGH = 2
MAX_TOLD = 3  # sentences on wrong verdicts at once
# What the verdict, the evidence and the independence of one claim earn; together at most 1.
Parts = Mapping[str, tuple[float, float, float]]
Judgments = Mapping[str, Judgment]


def instead(claim: Claim, verdict: str, told: Mapping[str, str]) -> str:
    """What to look at again when this verdict was given: the case's own sentence, else the one for the verdict."""
    own = {str(given): words for given, words in claim.instead.items()}
    return own.get(verdict) or told[verdict]


class VerifyClaims(Task[dict[str, Judgment]]):
    """For each claim .4 verdict (a neighbor counts half) + .4 evidence F1 + .2 for two independent origins.

    The verdict's credit halves when no cited card bears on the claim. Copies of one text are one origin. To pass, at most
    one verdict may not fit, and not all may be "supported".
    """

    @cached_property
    def claims(self) -> list[Claim]:
        """The claims to judge."""
        return self.case.claim_gold.to_verify

    @cached_property
    def desk(self) -> EvidenceDesk:
        """Where the evidence is found."""
        return EvidenceDesk(self.case.evidence)

    @cached_property
    def form(self) -> VerifyForm:
        rows = tuple(Option(claim.id, claim.says) for claim in self.claims)
        return VerifyForm(rows, self.options("verdicts"), tuple(card.id for card in self.case.evidence), self.desk)

    def score(self, answer: dict[str, Judgment]) -> Result:
        parts = self.measured(self.claims, answer)
        value = sum(sum(part) for part in parts.values()) / len(parts)
        judged = [c for c in self.claims if answer[c.id].verdict]
        details: dict[str, Any] = {"parts": {key: [round(x, 3) for x in part] for key, part in parts.items()}}
        details["again"] = {
            c.id: instead(c, answer[c.id].verdict, self.wording("instead"))
            for c in judged
            if not c.fits(answer[c.id].verdict)
        }
        outcome, needed = self.passing(self.outcome(value), judged, answer, len(self.claims))
        message = self.told(judged, answer, parts, len(self.claims)) + needed
        waiting = next((claim for claim in self.claims if claim not in judged), None)
        step = self.say("waiting", claim=waiting.says) if waiting else self.advice(judged, parts, answer)
        return Result(outcome, value, message, step, details, self.codes(self.claims, answer))

    def measured(self, claims: Sequence[Claim], answer: Judgments) -> Parts:
        """What each of these claims earns."""
        return {claim.id: self._one(claim, answer[claim.id]) for claim in claims}

    def _one(self, claim: Claim, given: Judgment) -> tuple[float, float, float]:
        cited = given.evidence
        bearing = [card for card in cited if card in claim.evidence]
        recall = min(1.0, len(bearing) / min(ENOUGH, len(claim.evidence)))
        evidence = f1(len(bearing) / len(cited), recall) if bearing else 0.0
        verdict = 1.0 if claim.fits(given.verdict) else 0.5 if {given.verdict, claim.verdict} in _NEIGHBORS else 0.0
        origins = self.case.claim_gold.origins(bearing)
        return 0.4 * verdict * (1.0 if bearing else 0.5), 0.4 * evidence, 0.2 * (len(origins) >= 2)

    def told(self, judged: Sequence[Claim], answer: Judgments, parts: Parts, of: int) -> str:
        """How many verdicts there are and fit, and how many claims rest on two origins."""
        fitting = sum(claim.fits(answer[claim.id].verdict) for claim in judged)
        independent = sum(part[2] > 0 for part in parts.values())
        return self.say("judged", judged=len(judged), of=of, fit=fitting, independent=independent)

    def passing(self, outcome: Outcome, judged: Sequence[Claim], answer: Judgments, of: int) -> tuple[Outcome, str]:
        """The outcome once the verdicts are looked at, and what else it takes to pass. Good evidence alone is no check."""
        right = sum(claim.fits(answer[claim.id].verdict) for claim in judged)
        alike = {answer[claim.id].verdict for claim in judged} == {"supported"}
        if outcome is not Outcome.PASSED or right == of or (right == of - 1 and not alike):
            return outcome, ""
        return Outcome.PARTLY, " " + (
            self.say("all_supported") if alike else self.say("more_must_fit", n=of - 1, of=of)
        )

    def advice(self, judged: Sequence[Claim], parts: Parts, answer: Judgments) -> str:
        """A sentence for each verdict that does not fit its claim; else what the evidence lacks; empty when nothing is."""
        wrong = [claim for claim in judged if not claim.fits(answer[claim.id].verdict) and parts[claim.id][1]]
        if wrong:
            told = self.wording("instead")
            said = [f"“{claim.says}” {instead(claim, answer[claim.id].verdict, told)}" for claim in wrong[:MAX_TOLD]]
            more = [self.say("more", n=len(wrong) - MAX_TOLD)] if len(wrong) > MAX_TOLD else []
            return " ".join([*said, *more])
        worst = min(judged, key=lambda claim: sum(parts[claim.id]))
        if sum(parts[worst.id]) > 0.99:
            return ""
        fitting = all(card in worst.evidence for card in answer[worst.id].evidence)
        one_origin = fitting and not parts[worst.id][2]
        return self.say("one_origin", claim=worst.says) if one_origin else self.say("off", claim=worst.says)

    def codes(self, claims: Sequence[Claim], answer: Judgments) -> tuple[str, ...]:
        """The misconceptions behind verdicts that do not fit, and behind copies that were counted as sources."""
        found = []
        for claim in claims:
            given = answer[claim.id]
            if len(given.evidence) > 1 and len(self.case.claim_gold.origins(list(given.evidence))) == 1:
                found.append("C-I")
            if given.verdict and not claim.fits(given.verdict):
                found.append(
                    {"outdated": "C-F", "contradicted": "C-E", "supported": "C-G"}.get(claim.verdict or "", "C-D")
                )
        return tuple(found)

    def answer(self) -> dict[str, dict[str, object]]:
        return {
            claim.id: {"verdict": claim.verdict, "evidence": self._two_origins(claim), "certainty": 3}
            for claim in self.claims
        }

    def _two_origins(self, claim: Claim) -> list[str]:
        chosen: dict[str, str] = {}
        for name in claim.evidence:
            chosen.setdefault(self.case.claim_gold.card(name).origin, name)
        return list(chosen.values())[:ENOUGH]

    def facts(self) -> dict[str, object]:
        first = self.claims[0]
        return {
            "claims": len(self.claims),
            "supported": sum(claim.verdict == "supported" for claim in self.claims),
            "first": first.says,
            "first_card": self.case.claim_gold.card(first.evidence[0]).publisher,
            "verdicts": "; ".join(f"“{claim.says}”: {claim.verdict}" for claim in self.claims),
        }
