"""Put claims in the order in which you would check them."""

from __future__ import annotations

from functools import cached_property

from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Option, OrderForm
from medialit.scoring.ranking import average_precision, ndcg


class RankClaims(Task[list[str]]):
    """.7 average precision of the top + .3 NDCG, stretched: the order turned round earns 0, and not .42."""

    @cached_property
    def form(self) -> OrderForm:
        gold = self.case.claim_gold
        claims = sorted((gold.claim(item.claim) for item in gold.rank), key=lambda c: c.span)
        return OrderForm(tuple(Option(claim.id, claim.says) for claim in claims))

    def score(self, answer: list[str]) -> Result:
        gold = self.case.claim_gold
        top, first = self.answer()[: gold.top], answer[: gold.top]
        precision, gain = self._measured(answer)
        least = self._weighed(*self._measured(self.answer()[::-1]))
        value = (self._weighed(precision, gain) - least) / (1 - least)
        message = self.say("found", inside=len(set(first) & set(top)), top=len(top))
        low = next((key for key in first if key not in top), None)
        step = self.say("ask", claim=gold.claim(low).says) if low else ""
        details = {"ap": round(precision, 3), "ndcg": round(gain, 3)}
        measured = self.say("measured", ap=precision, ndcg=gain)
        return self.result(value, message, step, details, measured=measured)

    def _measured(self, order: list[str]) -> tuple[float, float]:
        gold = self.case.claim_gold
        gains = {item.claim: item.gain for item in gold.rank}
        return average_precision(order, self.answer()[: gold.top]) or 0.0, ndcg(order, gains) or 0.0

    @staticmethod
    def _weighed(precision: float, gain: float) -> float:
        return 0.7 * precision + 0.3 * gain

    def answer(self) -> list[str]:
        return [item.claim for item in sorted(self.case.claim_gold.rank, key=lambda item: -item.gain)]

    def facts(self) -> dict[str, object]:
        gold, order = self.case.claim_gold, self.answer()
        return {
            "claims": len(gold.rank),
            "top": gold.top,
            "best": gold.claim(order[0]).says,
            "best_why": next(item.why for item in gold.rank if item.claim == order[0]),
            "least": gold.claim(order[-1]).says,
        }
