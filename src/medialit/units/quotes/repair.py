"""Choose how to print a quote that the record gives otherwise."""

from __future__ import annotations

from functools import cached_property

from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Field, Option, Table, TableForm
from medialit.scoring.agreement import soft_credit

ROW = "repair"


class RepairQuote(Task[Table]):
    """.7 soft credit + .3 for the reason."""

    @cached_property
    def form(self) -> TableForm:
        repair = self.case.repair
        rewrites = tuple(Option(r.key, r.text) for r in repair.rewrites)
        reasons = tuple(Option(r.key, r.text) for r in repair.reasons)
        return TableForm(
            (Option(ROW, repair.question),),
            (
                Field("rewrite", self.say("rewrite"), rewrites, long=True),
                Field("reason", self.say("reason"), reasons, long=True),
            ),
        )

    def score(self, answer: Table) -> Result:
        given, repair = answer[ROW], self.case.repair
        rewrite = next((r for r in repair.rewrites if r.key == given.key("rewrite")), None)
        credit = soft_credit({r.key: r.share for r in repair.rewrites}, given.key("rewrite"))
        reason = next((r for r in repair.reasons if r.key == given.key("reason")), None)
        score = 0.7 * credit + 0.3 * bool(reason and reason.right)
        chosen = rewrite.why if rewrite else self.say("no_version")
        because = self.say("no_reason" if reason is None else "right_reason" if reason.right else "wrong_reason")
        step = "" if self.outcome(score).done else self.say("compare")
        return self.result(score, f"{chosen} {because}", step, {"credit": credit})

    def answer(self) -> dict[str, dict[str, str]]:
        best = max(self.case.repair.rewrites, key=lambda r: r.share)
        reason = next(r for r in self.case.repair.reasons if r.right)
        return {ROW: {"rewrite": best.key, "reason": reason.key}}

    def facts(self) -> dict[str, object]:
        best = max(self.case.repair.rewrites, key=lambda r: r.share)
        quote = next(q for q in self.case.quotes if q.id == self.case.repair.quote)
        paragraph = self.paragraph(quote.content.start)
        return {"record": self.case.repair.record, "best": best.text, "why": best.why, "paragraph": paragraph}
