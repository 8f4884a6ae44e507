"""Publish a check as ClaimReview."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from medialit.case.load import UNKNOWN
from medialit.exercises.claimreview import RATINGS, to_claimreview
from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import Task
from medialit.forms import Cells, Field, Option, Table, TableForm

ROW, NO_NUMBER = "review", "none"


class PublishCheck(Task[Table]):
    """.4 filled in and valid by the schema, .2 each for verdict, source and number."""

    @cached_property
    def form(self) -> TableForm:
        names = {name for claim in self.case.claim_gold.to_verify for name in claim.evidence}
        cards = [card for card in self.case.evidence if card.id in names]
        sources = tuple(Option(card.id, f"{card.publisher}, {card.date or 'no date'}") for card in cards)
        claims = tuple(Option(c.id, c.says) for c in self.case.claim_gold.to_verify)
        return TableForm(
            (Option(ROW, self.say("row")),),
            (
                Field("claim", self.say("claim"), claims, long=True),
                Field("verdict", self.say("verdict"), self.options("verdicts")),
                Field("rating", self.say("rating"), self.options("ratings")),
                Field("source", self.say("source"), sources),
            ),
        )

    def review(self, cells: Cells) -> dict[str, Any]:
        """The ClaimReview of an answer. Raises MedialitError when a field is missing."""
        claim = self.case.claim_gold.claim(cells.key("claim"))
        made = to_claimreview(
            claim,
            cells.key("verdict"),
            author="A learner of this course",
            person=True,
            appearance="" if (address := self.case.about.published.address) == UNKNOWN else address,
            explanation=claim.explanation,
            evidence=[self.case.claim_gold.card(cells.key("source"))],
        )
        if cells.key("rating") not in ("", NO_NUMBER):
            made["reviewRating"]["ratingValue"] = int(cells.key("rating"))
        return made

    def score(self, answer: Table) -> Result:
        cells = answer[ROW]
        missing = [field.label for field in self.form.fields if not cells.key(field.name)]
        if missing:
            text = self.say("empty", fields=", ".join(missing))
            return Result(Outcome.NOT_YET, 0.1 * (4 - len(missing)), text, self.say("fill_in"))
        claim, verdict = self.case.claim_gold.claim(cells.key("claim")), cells.key("verdict")
        # What is chosen from lists makes a valid form, but for a number that says something else than the verdict.
        fits = cells.key("rating") == str(RATINGS[verdict] or NO_NUMBER)
        right_verdict = claim.fits(verdict)
        right_source = cells.key("source") in claim.evidence
        value = 0.4 + 0.2 * right_verdict + 0.2 * right_source + 0.2 * fits
        said = [
            self.say("filled_in"),
            self.say("right_source" if right_source else "wrong_source"),
            self.say("right_verdict" if right_verdict else "wrong_verdict"),
            *([] if fits else [self.say("wrong_number")]),
        ]
        step = "" if right_verdict and right_source and fits else self.say("fix")
        return self.result(value, " ".join(said), step, {"review": self.review(cells)})

    def answer(self) -> dict[str, dict[str, str]]:
        claim = next(c for c in self.case.claim_gold.to_verify if c.verdict == "contradicted")
        verdict = claim.verdict or ""
        rating = str(RATINGS[verdict] or NO_NUMBER)
        return {ROW: {"claim": claim.id, "verdict": verdict, "rating": rating, "source": claim.evidence[0]}}

    def facts(self) -> dict[str, object]:
        return {"scale": ", ".join(f"{name} {n or 'no number'}" for name, n in RATINGS.items())}
