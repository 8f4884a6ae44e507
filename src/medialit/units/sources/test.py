"""Choose the questions that tell the events apart."""

from __future__ import annotations

from functools import cached_property

from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import ChoiceForm, Option
from medialit.scoring.order import set_f1


class BuildTest(Task[list[str]]):
    """F1 of the chosen set; nothing for all questions, since that tells nothing apart."""

    @cached_property
    def form(self) -> ChoiceForm:
        return ChoiceForm(tuple(Option(q.key, q.text) for q in self.case.coverage.about.questions), several=True)

    def score(self, answer: list[str]) -> Result:
        right, given, questions = set(self.answer()), set(answer), self.case.coverage.about.questions
        extra = [q for q in questions if q.key in given - right]
        value = 0.0 if len(given) == len(questions) else set_f1(given, right)
        message = self.say("found", fit=len(given & right), of=len(right), extra=len(extra))
        step = ""
        if extra:
            step = self.say("ask", question=extra[0].text, why=extra[0].why)
        elif right - given:
            step = self.say("missed")
        return self.result(value, message, step, {"f1": round(value, 3)}, [q.code for q in extra if q.code])

    def answer(self) -> list[str]:
        return [q.key for q in self.case.coverage.about.questions if q.tells]

    def facts(self) -> dict[str, object]:
        told = [q.text for q in self.case.coverage.about.questions if q.tells]
        return {
            "questions": len(self.case.coverage.about.questions),
            "right": len(told),
            "first": told[0],
            "whole": " ".join(told),
        }
