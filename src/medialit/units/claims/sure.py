"""Say how sure you are of your verdicts."""

from __future__ import annotations

from functools import cached_property

from medialit.case.claims import Claim
from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import Task
from medialit.forms import Field, Option, Table, TableForm
from medialit.scoring.calibration import brier_of_certainty, mark
from medialit.units.claims.verify import instead


class SayHowSure(Task[Table]):
    """Formative: every claim answered is full marks.

    Certainty-based marks (Gardner-Medwin 2005) and the Brier score (Brier 1950) are reported, never graded.
    """

    @cached_property
    def claims(self) -> list[Claim]:
        """The claims that were judged in the task on verdicts."""
        return self.case.claim_gold.to_verify

    @cached_property
    def form(self) -> TableForm:
        rows = tuple(Option(claim.id, claim.says) for claim in self.claims)
        verdict = Field("verdict", self.say("verdict"), self.options("verdicts"))
        certainty = Field("certainty", self.say("certainty"), self.options("certainties"))
        return TableForm(rows, (verdict, certainty))

    def pairs(self, answer: Table) -> list[tuple[int, bool]]:
        """(certainty, right or not) of every claim that has both a verdict and a certainty."""
        return [
            (int(cells.key("certainty")), claim.fits(cells.key("verdict")))
            for claim in self.claims
            if (cells := answer[claim.id]).key("verdict") and cells.key("certainty")
        ]

    def score(self, answer: Table) -> Result:
        filled = self.pairs(answer)
        if not filled:
            return Result(Outcome.NOT_YET, 0.0, self.say("nothing"), self.say("choose"))
        certainties, right = [c for c, _ in filled], [r for _, r in filled]
        points, brier = sum(mark(c, r) for c, r in filled), brier_of_certainty(certainties, right) or 0.0
        message = self.say("found", right=sum(right), of=len(filled), points=points)
        lacking, sure_and_wrong = len(self.claims) - len(filled), sum(c == 3 and not r for c, r in filled)
        step = ""
        if lacking:
            step = self.say("lacking", n=lacking)
        elif sure_and_wrong:
            step = self.say("sure_and_wrong", n=sure_and_wrong)
        details = {"points": points, "brier": round(brier, 3), "pairs": [[c, r] for c, r in filled]}
        # "points" names the whole task here; the widget shows it with the message.
        measured, again, score = self.say("measured", brier=brier), self._again(answer), len(filled) / len(self.claims)
        return self.result(score, message, step, {"calibration": details}, measured=measured, again=again)

    def _again(self, answer: Table) -> dict[str, str]:
        """Claims whose verdict does not fit, each with what to look at."""
        given = {claim.id: answer[claim.id].key("verdict") for claim in self.claims}
        wrong = [c for c in self.claims if given[c.id] and not c.fits(given[c.id])]
        return {claim.id: instead(claim, given[claim.id], self.wording("instead")) for claim in wrong}

    def answer(self) -> dict[str, dict[str, str]]:
        return {claim.id: {"verdict": claim.verdict or "", "certainty": "3"} for claim in self.claims}

    def facts(self) -> dict[str, object]:
        return {"claims": len(self.claims)}
