"""The hands a quotation went through."""

from __future__ import annotations

from functools import cached_property
from math import comb

from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Option, OrderForm
from medialit.scoring.order import kendall_tau, set_f1


class ProvenanceChain(Task[list[str]]):
    """Half for the set (F1), half for the order.

    Order: the pairs of hands that are as in the chain, less those the other way round, of all its pairs; never below 0.
    """

    @cached_property
    def form(self) -> OrderForm:
        links = sorted(self.case.chain.links, key=lambda link: link.text)
        return OrderForm(tuple(Option(link.key, link.text) for link in links), optional=True)

    def score(self, answer: list[str]) -> Result:
        right = self.answer()
        chosen = set_f1(answer, right)
        # A pair that was left out earns nothing: two hands in their order are not a chain of five.
        shared = len(set(answer) & set(right))
        order = max(0.0, kendall_tau(answer, right)) * comb(shared, 2) / comb(len(right), 2)
        extra = [x for x in answer if x not in right]
        lacking = len(set(right) - set(answer))
        message = self.say("found", fit=shared, of=len(answer), lacking=lacking, extra=len(extra))
        step = ""
        if extra:
            link = next(x for x in self.case.chain.links if x.key == extra[0])
            step = self.say("extra", link=link.text, why=link.why)
        elif lacking:
            step = self.say("lacking")
        elif order < 1:
            step = self.say("order")
        details, measured = {"set": chosen, "order": order}, self.say("measured", order=order)
        return self.result(0.5 * chosen + 0.5 * order, message, step, details, measured=measured)

    def answer(self) -> list[str]:
        return [key for _, key in sorted((x.place, x.key) for x in self.case.chain.links if x.place is not None)]

    def facts(self) -> dict[str, object]:
        named, order = {link.key: link.text for link in self.case.chain.links}, self.answer()
        return {
            "question": self.case.chain.question,
            "record": f" {self.case.chain.record}" if self.case.chain.record else "",
            "clue": self.case.chain.clue,
            "hands": len(order),
            "last": named[order[-1]],
            "chain": " → ".join(named[key] for key in order),
        }
