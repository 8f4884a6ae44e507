"""How fast is the speed that the story gives? A first question, to meet Check, Hint and Solution."""

from __future__ import annotations

from functools import cached_property

from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import Task
from medialit.forms import ChoiceForm

RIGHT = "b"


class PracticeQuestion(Task[list[str]]):
    """Pass or fail."""

    @cached_property
    def form(self) -> ChoiceForm:
        return ChoiceForm(self.options("speeds"))

    def score(self, answer: list[str]) -> Result:
        if answer == [RIGHT]:
            return Result(Outcome.PASSED, 1.0, self.say("right"))
        return Result(Outcome.NOT_YET, 0.0, self.say("wrong"), self.say("again"))

    def answer(self) -> str:
        return RIGHT
