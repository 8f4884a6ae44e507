"""Verify the claims of a card at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from medialit.case.claims import Claim
from medialit.case.correction import WANTED
from medialit.errors import MedialitError
from medialit.exercises.records import Result
from medialit.forms import Judgment, VerifyForm
from medialit.units.claims.verify import VerifyClaims
from medialit.units.correction.choose import CYNICISM, choices_of


class VerifyChosen(VerifyClaims):
    """Scored as in unit 2, over the three claims of the card. Which three is up to the learner."""

    @cached_property
    def claims(self) -> list[Claim]:
        return choices_of(self.case)

    def chosen(self, names: Sequence[str]) -> VerifyForm:
        """The form with these claims only, for the page; an answer to it is an answer to the whole form."""
        rows = tuple(option for option in self.form.claims if option.key in names)
        return VerifyForm(rows, self.form.verdicts, self.form.cards, self.desk)

    def read(self, answer: Any) -> dict[str, Judgment]:
        given = super().read(answer)
        judged = sum(bool(judgment.verdict) for judgment in given.values())
        if judged > WANTED:
            raise MedialitError(self.say("too_many", n=judged, wanted=WANTED))
        return given

    def score(self, answer: dict[str, Judgment]) -> Result:
        judged = [claim for claim in self.claims if answer[claim.id].verdict]
        parts = self.measured(judged, answer)
        # Always three: what is not judged yet earns nothing.
        value = sum(sum(part) for part in parts.values()) / WANTED
        independent = sum(part[2] > 0 for part in parts.values())
        message, codes = self.told(judged, answer, parts, WANTED), self.codes(judged, answer)
        details = {"claims": round(value, 4), "independence": round(independent / WANTED, 4)}
        if len(judged) < WANTED:
            return self.result(value, message, self.say("missing", n=WANTED - len(judged)), details, codes)
        if all(claim.verdict != "supported" for claim in judged):
            told = f"{message} {self.say('none_supported')}"
            return self.result(min(value, self.text.partly_at), told, self.say("to_sound"), details, (*codes, CYNICISM))
        outcome, needed = self.passing(self.outcome(value), judged, answer, WANTED)
        return Result(outcome, value, message + needed, self.advice(judged, parts, answer), details, codes)

    def answer(self) -> dict[str, dict[str, object]]:
        judged = self.case.correction.model.answers()["judged"]
        return {name: judged[name] for name in self.case.correction.choices if name in judged}

    def facts(self) -> dict[str, object]:
        model = self.case.correction.model.judged
        claims = [self.case.claim_gold.claim(name) for name in model]
        return {
            "wanted": WANTED,
            "first": claims[0].says,
            "first_card": self.case.claim_gold.card(model[claims[0].id].evidence[0]).publisher,
            "verdicts": "; ".join(f"“{claim.says}”: {claim.verdict}" for claim in claims),
        }
