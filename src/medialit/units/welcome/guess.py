"""Guess how many quotations the simplest rule finds, then see."""

from __future__ import annotations

from functools import cached_property

from medialit.english import listed
from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import Task
from medialit.forms import NumberForm
from medialit.lenses.quotes import find_quotes
from medialit.lenses.voices import marked_stretches

NEAR = 2


class GuessCount(Task[float]):
    """Scored for doing it, not for the guess."""

    @cached_property
    def form(self) -> NumberForm:
        return NumberForm(minimum=0, maximum=500)

    @cached_property
    def found(self) -> int:
        """What the quote-mark rule finds in the story."""
        return len(find_quotes(self.case.article, rules=("marks",)))

    def score(self, answer: float) -> Result:
        step = self.say("near" if abs(answer - self.found) <= NEAR else "far")
        return Result(Outcome.PASSED, 1.0, self.say("found", guess=answer, found=self.found), step)

    def answer(self) -> int:
        return self.found

    def facts(self) -> dict[str, object]:
        numbers = sorted({self.paragraph(span.start) for span in marked_stretches(self.case.article)} - {0}) or [1]
        return {"paragraphs": listed(f"¶{number}" for number in numbers), "first": numbers[0]}
