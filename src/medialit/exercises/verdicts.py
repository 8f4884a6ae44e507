"""Tasks 2.4 to 2.6: judge claims with evidence, say how sure you are, publish a check."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from medialit.case.claims import Claim
from medialit.case.desk import EvidenceDesk
from medialit.exercises.claimreview import RATINGS, to_claimreview
from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import RawTask
from medialit.forms import Field, Form, Option, TableForm, VerifyForm
from medialit.forms.certainty import CERTAINTIES
from medialit.scoring.calibration import brier_of_certainty, mark

VERDICTS = (
    Option("supported", "supported: the record we found agrees"),
    Option("missing context", "missing context: true, but something that changes the meaning is left out"),
    Option("outdated", "outdated: it was true, told as if it were now"),
    Option("misattributed", "misattributed: tied to the wrong event or speaker"),
    Option("contradicted", "contradicted: the record we found says otherwise"),
    Option("not established", "not established: we found nothing that settles it"),
)
# Verdicts that differ by one step only: half the credit.
_NEIGHBOURS = (
    {"supported", "missing context"},
    {"missing context", "outdated"},
    {"outdated", "misattributed"},
    {"misattributed", "contradicted"},
)
# So many cards that bear on the claim are enough: nobody has to find all of them.
ENOUGH = 2
# What to look at again, by the verdict given, for a claim that has no sentence of its own in the case.
_INSTEAD = {
    "supported": "Put it beside your cards: thing, number, day and name. Which of these does not fit?",
    "missing context": "Which fact is left out, and which card has it? If you find none, another verdict fits better.",
    "outdated": "Was it true at an earlier time? Compare the days on your cards with the time that the story tells of.",
    "misattributed": "To which event or speaker do your cards tie it? Compare with the one in the claim.",
    "contradicted": "Which words on your cards cannot be so at the same time? Put your finger on them.",
    "not established": "Do your cards really settle nothing? Read again what they say about exactly this.",
}
MAX_TOLD = 3  # sentences on wrong verdicts at once


class VerifyClaims(RawTask):
    """2.4: for each claim .4 verdict (a neighbor counts half) + .4 evidence F1 + .2 for two independent origins.

    The verdict's credit halves when no cited card bears on the claim. Copies of one text are one origin. To pass, at most
    one verdict may not fit, and not all may be "supported".
    """

    id = "2.4"

    @cached_property
    def claims(self) -> list[Claim]:
        gold = self.case.claim_gold
        return [gold.claim(name) for name in gold.verify]

    @cached_property
    def desk(self) -> EvidenceDesk:
        """Where the evidence is found."""
        return EvidenceDesk(self.case.evidence)

    @cached_property
    def form(self) -> Form[Any]:
        rows = tuple(Option(claim.id, claim.says) for claim in self.claims)
        return VerifyForm(rows, VERDICTS, tuple(card.id for card in self.case.evidence), self.desk)

    def measured(self, claims: Sequence[Claim], answer: dict[str, dict[str, Any]]) -> dict[str, tuple[float, ...]]:
        """For each of these claims what its verdict, its evidence and its independence earn; together at most 1."""
        return {claim.id: self._one(claim, answer.get(claim.id, {})) for claim in claims}

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        parts = self.measured(self.claims, answer)
        value = sum(sum(part) for part in parts.values()) / len(parts)
        judged = [c for c in self.claims if answer.get(c.id, {}).get("verdict")]
        message = self.told(judged, answer, parts, len(self.claims))
        details = {"parts": {key: [round(x, 3) for x in part] for key, part in parts.items()}}
        outcome, needed = self.passing(self.outcome(value), judged, answer, len(self.claims))
        step = self._step(answer, parts, judged)
        return Result(outcome, value, message + needed, step, details, self._codes(answer))

    def told(self, judged: Sequence[Claim], answer: dict[str, Any], parts: dict[str, Any], of: int) -> str:
        """How many verdicts there are and fit, and how many claims rest on two origins."""
        independent = sum(part[2] > 0 for part in parts.values())
        return (
            f"Judged: {len(judged)} of {of}. Verdicts that fit: {self._fitting(judged, answer)}. "
            f"Claims with two independent origins that bear on them: {independent}."
        )

    @staticmethod
    def _fitting(judged: Sequence[Claim], answer: dict[str, Any]) -> int:
        return sum(answer[c.id]["verdict"] in (c.verdict, c.other) for c in judged)

    def passing(
        self, outcome: Outcome, judged: Sequence[Claim], answer: dict[str, Any], of: int
    ) -> tuple[Outcome, str]:
        """The outcome once the verdicts are looked at, and what else it takes to pass. Good evidence alone is no check."""
        right = self._fitting(judged, answer)
        alike = {answer[c.id]["verdict"] for c in judged} == {"supported"}
        if outcome is not Outcome.PASSED or right == of or (right == of - 1 and not alike):
            return outcome, ""
        if alike:
            return Outcome.PARTLY, " You call every claim supported, and not every one is."
        return Outcome.PARTLY, f" To pass, at least {of - 1} of {of} verdicts must fit."

    def _one(self, claim: Claim, cells: dict[str, Any]) -> tuple[float, float, float]:
        cited = cells.get("evidence") or []
        bearing = [card for card in cited if card in claim.evidence]
        precision = len(bearing) / len(cited) if cited else 0.0
        recall = min(1.0, len(bearing) / min(ENOUGH, len(claim.evidence)))
        evidence = 2 * precision * recall / (precision + recall) if bearing else 0.0
        verdict = self._verdict(claim, cells.get("verdict")) * (1.0 if bearing else 0.5)
        origins = self.case.claim_gold.origins(bearing)
        return 0.4 * verdict, 0.4 * evidence, 0.2 * (len(origins) >= 2)

    @staticmethod
    def _verdict(claim: Claim, given: str | None) -> float:
        # A claim without a second verdict has None there, as one that was not judged has None here.
        if given is None:
            return 0.0
        if given in (claim.verdict, claim.other):
            return 1.0
        return 0.5 if {given, claim.verdict} in _NEIGHBOURS else 0.0

    def _step(self, answer: dict[str, dict[str, Any]], parts: dict[str, Any], judged: list[Claim]) -> str:
        if len(judged) < len(self.claims):
            waiting = next(claim for claim in self.claims if claim not in judged)
            return f"Still to judge: “{waiting.says}”"
        return self.advice(judged, parts, answer)

    def advice(self, judged: Sequence[Claim], parts: dict[str, Any], answer: dict[str, Any]) -> str:
        """A sentence for each verdict that does not fit its claim; else what the evidence lacks; empty when nothing is."""
        wrong = [c for c in judged if answer[c.id]["verdict"] not in (c.verdict, c.other) and parts[c.id][1]]
        said = [
            f"“{c.says}” {c.instead.get(given, _INSTEAD[given])}" for c in wrong if (given := answer[c.id]["verdict"])
        ]
        if said:
            more = f" And {len(said) - MAX_TOLD} more." if len(said) > MAX_TOLD else ""
            return " ".join(said[:MAX_TOLD]) + more
        worst = min(judged, key=lambda claim: sum(parts[claim.id]))
        return self._lacking(worst, parts[worst.id], answer[worst.id])

    @staticmethod
    def _lacking(worst: Claim, part: tuple[float, ...], cells: dict[str, Any]) -> str:
        """What the evidence lacks for the claim that earned least."""
        cited = cells.get("evidence") or []
        if sum(part) > 0.99:
            return ""
        if not part[2] and all(card in worst.evidence for card in cited):
            return (
                f"Look at “{worst.says}”: what you cite fits, and goes back to one origin. One alone "
                f"is not yet independent: find a second one."
            )
        return f"Look at “{worst.says}”: does each cited card speak about exactly this?"

    def _codes(self, answer: dict[str, dict[str, Any]]) -> tuple[str, ...]:
        codes = []
        for claim in self.claims:
            cells = answer.get(claim.id, {})
            given, cited = cells.get("verdict"), cells.get("evidence") or []
            if len(cited) > 1 and len(self.case.claim_gold.origins(cited)) == 1:
                codes.append("C-I")
            if given and given not in (claim.verdict, claim.other):
                codes.append({"outdated": "C-F", "contradicted": "C-E", "supported": "C-G"}.get(claim.verdict, "C-D"))
        return tuple(codes)

    def answer(self) -> dict[str, dict[str, Any]]:
        return {
            claim.id: {"verdict": claim.verdict, "evidence": self._two_origins(claim), "certainty": 3}
            for claim in self.claims
        }

    def _two_origins(self, claim: Claim) -> list[str]:
        chosen: dict[str, str] = {}
        for name in claim.evidence:
            card = self.case.claim_gold.card(name)
            chosen.setdefault(card.origin, name)
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


class SayHowSure(RawTask):
    """2.5: a verdict and a certainty for each claim. Formative: every claim answered is full marks.

    Certainty-based marks (Gardner-Medwin 2005) and the Brier score (Brier 1950) are reported, never graded.
    """

    id = "2.5"

    @cached_property
    def claims(self) -> list[Claim]:
        gold = self.case.claim_gold
        return [gold.claim(name) for name in gold.verify]

    @cached_property
    def form(self) -> Form[Any]:
        rows = tuple(Option(claim.id, claim.says) for claim in self.claims)
        return TableForm(
            rows, (Field("verdict", "Your verdict", VERDICTS), Field("certainty", "How sure?", CERTAINTIES))
        )

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        filled = [
            (int(cells["certainty"]), cells["verdict"] in (claim.verdict, claim.other))
            for claim in self.claims
            if (cells := answer.get(claim.id, {})).get("verdict") and cells.get("certainty")
        ]
        value = len(filled) / len(self.claims)
        if not filled:
            return Result(Outcome.NOT_YET, 0.0, "No claim has both a verdict and a certainty.", "Choose both for each.")
        certainties, right = [c for c, _ in filled], [r for _, r in filled]
        points = sum(mark(c, r) for c, r in filled)
        brier = brier_of_certainty(certainties, right)
        sure_and_wrong = sum(c == 3 and not r for c, r in filled)
        message = (
            f"{sum(right)} of {len(filled)} verdicts fit. Certainty points: {points:+d}. "
            f"Brier score {brier:.2f} (0 is best; .25 is what always saying “50 %” gives)."
        )
        step = f"Sure and not right: {sure_and_wrong}." if sure_and_wrong else ""
        if value < 1:
            step = f"{len(self.claims) - len(filled)} claims lack a verdict or a certainty."
        details = {"points": points, "brier": round(brier, 3), "pairs": [[c, r] for c, r in filled]}
        # "points" names the whole task here; the widget shows it with the message.
        return Result(self.outcome(value), value, message, step, {"calibration": details})

    def answer(self) -> dict[str, dict[str, str]]:
        return {claim.id: {"verdict": claim.verdict, "certainty": "3"} for claim in self.claims}

    def facts(self) -> dict[str, object]:
        return {"claims": len(self.claims)}


class PublishCheck(RawTask):
    """2.6: a check as ClaimReview. .4 filled in and valid by the schema, .2 each for verdict, source and number."""

    id = "2.6"

    @cached_property
    def claims(self) -> list[Claim]:
        gold = self.case.claim_gold
        return [gold.claim(name) for name in gold.verify]

    @cached_property
    def form(self) -> Form[Any]:
        ratings = tuple(
            Option(str(n), f"{n} of 5" + {5: " (agrees with the record)", 1: " (the record says otherwise)"}.get(n, ""))
            for n in (5, 4, 3, 2, 1)
        )
        cards = tuple(Option(card.id, f"{card.publisher}, {card.date or 'no date'}") for card in self._cards())
        return TableForm(
            (Option("review", "Your check"),),
            (
                Field("claim", "The claim", tuple(Option(c.id, c.says) for c in self.claims), long=True),
                Field("verdict", "Your verdict", VERDICTS),
                Field("rating", "As a number", (*ratings, Option("none", "no number"))),
                Field("source", "Your best source", cards),
            ),
        )

    def _cards(self) -> list[Any]:
        names = {name for claim in self.claims for name in claim.evidence}
        return [card for card in self.case.evidence if card.id in names]

    def review(self, cells: dict[str, Any]) -> dict[str, Any]:
        """The ClaimReview of an answer. Raises MedialitError when a field is missing."""
        claim = self.case.claim_gold.claim(cells["claim"])
        made = to_claimreview(
            claim,
            cells["verdict"],
            url="https://example.org/my-check",
            date=str(self.case.timeline.now.date),
            author="A learner of this course",
            person=True,
            claim_author="The article of this case",
            claim_date=str(self.case.timeline.now.date),
            appearance="https://example.org/article",
            explanation=claim.explanation,
            evidence=[self.case.claim_gold.card(cells["source"])],
        )
        if cells.get("rating") not in (None, "none"):
            made["reviewRating"]["ratingValue"] = int(cells["rating"])
        return made

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        cells = answer["review"]
        missing = [f.label for f in self.form.fields if not cells.get(f.name)]
        if missing:
            text = f"Still empty: {', '.join(missing)}."
            return Result(Outcome.NOT_YET, 0.1 * (4 - len(missing)), text, "Fill in every field, then check again.")
        claim = self.case.claim_gold.claim(cells["claim"])
        # What is chosen from lists makes a valid form, but for a number that says something else than the verdict.
        fits = cells["rating"] == str(RATINGS[cells["verdict"]] or "none")
        right_verdict = cells["verdict"] in (claim.verdict, claim.other)
        right_source = cells["source"] in claim.evidence
        value = 0.4 + 0.2 * right_verdict + 0.2 * right_source + 0.2 * fits
        said = ["The form is filled in."]
        said.append(
            "Your source bears on the claim." if right_source else "Your source does not speak about this claim."
        )
        said.append(
            "Your verdict fits the record we found." if right_verdict else "Your verdict does not fit the record."
        )
        if not fits:
            said.append("Number and verdict do not agree, so the form is not valid yet.")
        step = "" if value > 0.99 else "Fix what is named and check again."
        return Result(self.outcome(value), value, " ".join(said), step, {"review": self.review(cells)})

    def answer(self) -> dict[str, dict[str, str]]:
        claim = next(c for c in self.claims if c.verdict == "contradicted")
        rating = RATINGS[claim.verdict]
        return {
            "review": {
                "claim": claim.id,
                "verdict": claim.verdict,
                "rating": str(rating) if rating else "none",
                "source": claim.evidence[0],
            }
        }

    def facts(self) -> dict[str, object]:
        return {"scale": ", ".join(f"{name} {n or 'no number'}" for name, n in RATINGS.items())}
