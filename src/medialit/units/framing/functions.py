"""Which paragraphs do what (Entman 1993)."""

from __future__ import annotations

from functools import cached_property

from medialit.case.framing import Function
from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Field, Option, Table, TableForm
from medialit.scoring.order import set_f1


class MapFunctions(Task[Table]):
    """F1 of the chosen set for each function, averaged.

    A paragraph that more than half of the coders chose is asked for; one that fewer chose is neither right nor wrong.
    """

    @cached_property
    def form(self) -> TableForm:
        paragraphs = tuple(Option(f"p{p.number}", f"¶{p.number}") for p in self.case.article.paragraphs)
        rows = tuple(Option(f.key, f"{f.label}\n{f.ask}") for f in self.case.framing.codebook.functions)
        return TableForm(rows, (Field("paragraphs", self.say("field"), paragraphs, several=True),))

    def asked(self, function: str) -> tuple[set[str], set[str]]:
        """The paragraphs that are asked for, and those that cost nothing either way."""
        shares = self.case.framing.function(function)
        most = {f"p{n}" for n, share in shares.items() if share > 0.5}
        return most, {f"p{n}" for n in shares} - most

    def score(self, answer: Table) -> Result:
        functions = self.case.framing.codebook.functions
        scores: dict[str, float] = {}
        missed: dict[str, set[str]] = {}
        extra: dict[str, set[str]] = {}
        hits = 0
        for function in functions:
            key = function.key
            most, open_to_both = self.asked(key)
            given = set(answer[key].keys("paragraphs")) - open_to_both
            scores[key], missed[key], extra[key] = set_f1(given, most), most - given, given - most
            hits += len(given & most)
        value = sum(scores.values()) / len(scores)
        each = ", ".join(f"{f.label.lower()} {scores[f.key]:.2f}" for f in functions)
        message = self.say(
            "found", hits=hits, missed=sum(map(len, missed.values())), extra=sum(map(len, extra.values()))
        )
        weak = min(functions, key=lambda f: scores[f.key])
        told = {f.key: self._told(f, extra[f.key], missed[f.key]) for f in functions}
        again = {key: said for key, said in told.items() if said and answer[key]}
        details, measured = {"f1": {k: round(v, 3) for k, v in scores.items()}}, self.say("measured", each=each)
        return self.result(value, message, told[weak.key], details, measured=measured, again=again)

    def _told(self, function: Function, extra: set[str], missed: set[str]) -> str:
        """What is wrong with the paragraphs of one function; empty when nothing is."""
        if extra and len(extra) >= len(missed):
            return self.say("extra", function=function.label, paragraph=min(map(_number, extra)), ask=function.ask)
        return self.say("missed", function=function.label, n=len(missed), ask=function.ask) if missed else ""

    def answer(self) -> dict[str, dict[str, list[str]]]:
        functions = self.case.framing.codebook.functions
        return {f.key: {"paragraphs": sorted(self.asked(f.key)[0], key=_number)} for f in functions}

    def facts(self) -> dict[str, object]:
        right = {key: [_number(p) for p in cells["paragraphs"]] for key, cells in self.answer().items()}
        labels = {f.key: f.label for f in self.case.framing.codebook.functions}
        few = min(right, key=lambda key: (len(right[key]), key))
        told = [f"{labels[key]}: {', '.join(f'¶{n}' for n in numbers)}" for key, numbers in right.items()]
        return {
            "few": labels[few].lower(),
            "few_n": len(right[few]),
            "last": max(right[few], default=1),
            "map": "; ".join(told),
        }


def _number(paragraph: str) -> int:
    return int(paragraph[1:])
