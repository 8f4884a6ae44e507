"""Choose the claims of a card."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from medialit.case import Case
from medialit.case.claims import Claim
from medialit.case.correction import WANTED
from medialit.errors import MedialitError
from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Field, Option, Table, TableForm

ROW = "card"
CYNICISM = "W-D"


def choices_of(case: Case) -> list[Claim]:
    """The claims that can be chosen, in the order of the story."""
    return [case.claim_gold.claim(name) for name in case.correction.choices]


class ChooseClaims(Task[Table]):
    """Three different claims, of which at least one holds and at least one does not; and a guess which one holds.

    The guess is never graded as right or wrong.
    """

    @cached_property
    def claims(self) -> list[Claim]:
        """The claims to choose from."""
        return choices_of(self.case)

    @cached_property
    def form(self) -> TableForm:
        options = tuple(Option(claim.id, claim.says) for claim in self.claims)
        return TableForm(
            (Option(ROW, self.say("row")),),
            (
                Field("claims", self.say("claims", n=WANTED), options, several=True),
                Field("sound", self.say("sound"), options),
            ),
        )

    def read(self, answer: Any) -> Table:
        given = super().read(answer)
        chosen = given[ROW].keys("claims")
        doubled = next((name for name in chosen if chosen.count(name) > 1), None)
        if doubled:
            raise MedialitError(self.say("doubled", claim=doubled, n=WANTED))
        return given

    def score(self, answer: Table) -> Result:
        chosen = answer[ROW].keys("claims")
        if len(chosen) != WANTED:
            step = self.say("too_few" if len(chosen) < WANTED else "too_many")
            value = 0.3 * min(len(chosen), WANTED) / WANTED
            return self.result(value, self.say("ticked", n=len(chosen), wanted=WANTED), step)
        if answer[ROW].key("sound") not in chosen:
            return self.result(0.3, self.say("no_guess"), self.say("guess"))
        verdicts = {claim.verdict for claim in self.claims if claim.id in chosen}
        if "supported" not in verdicts:
            return self.result(0.5, self.say("none_holds"), self.say("to_sound"), codes=(CYNICISM,))
        if verdicts == {"supported"}:
            return self.result(0.5, self.say("all_hold"), self.say("to_doubt"))
        return self.result(1.0, self.say("both"), self.say("go_on"))

    def answer(self) -> dict[str, dict[str, Any]]:
        judged = self.case.correction.model.judged
        chosen = [name for name in self.case.correction.choices if name in judged]
        sound = next(name for name in chosen if judged[name].verdict == "supported")
        return {ROW: {"claims": chosen, "sound": sound}}

    def facts(self) -> dict[str, object]:
        return {"claims": len(self.claims), "wanted": WANTED, "first": self.claims[0].says}
