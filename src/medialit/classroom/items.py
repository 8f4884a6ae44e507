"""Everything that can be answered, on every case, with its key: loaded once in a process that runs no learner's code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from medialit.case import load_case
from medialit.case.load import named_case, packed
from medialit.errors import MedialitError
from medialit.exercises.prediction import Prediction
from medialit.exercises.quiz import Question
from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import Task
from medialit.files import COURSE_CASE, know_case, list_cases
from medialit.units.registry import BY_NAME, Tasks, find_unit, load_tasks

MAX_ANSWER = 100_000
MAX_KEPT = 20_000


@dataclass(frozen=True)
class Items:
    """One unit on one case."""

    unit: str
    case: str
    tasks: Tasks
    questions: Mapping[str, Question]
    predictions: Mapping[str, Prediction]

    def graded(self) -> dict[str, Task[Any] | Question]:
        """What a grade is given for: tasks, then questions."""
        return {**self.tasks, **self.questions}


class AnswerKey:
    """Scores one answer at a time and remembers equal ones. ``cases`` maps names to folders, beside the kit's own."""

    def __init__(self, cases: Mapping[str, Path | str] | None = None) -> None:
        self._places: dict[str, Path | str] = {**{name: name for name in list_cases()}, **(cases or {})}
        # The case of a class that was named alone: what is handed in without an answer is about it.
        self.usual = next(iter(cases)) if cases and len(cases) == 1 else COURSE_CASE
        self._items: dict[tuple[str, str], Items] = {}
        self._kept: dict[tuple[str, ...], Result] = {}

    def knows(self, case: str) -> bool:
        """Is this story in the kit, or was its folder named?"""
        return case in self._places

    def items(self, unit: str, case: str) -> Items | None:
        """A unit on a case; None when one of the two is not known here, or the case does not serve this unit."""
        if unit not in BY_NAME or case not in self._places:
            return None
        try:
            return self._load(unit, case)
        except (MedialitError, KeyError, IndexError, StopIteration, ValueError):
            # A fault of one case, or of one unit on it, must not cost the answers on the others.
            return None

    def _load(self, unit: str, case: str) -> Items:
        if (unit, case) not in self._items:
            plan = find_unit(unit)
            story = load_case(self._places[case])
            tasks = load_tasks(plan, story)
            questions = {question.id: question for question in plan.quiz_on(story).questions}
            self._items[unit, case] = Items(unit, case, tasks, questions, plan.predictions)
        return self._items[unit, case]

    def check(self, items: Items, name: str, answer: Any, certainty: int | None, text: str = "") -> Result:
        """Outcome and feedback for one plain answer, whose JSON with sorted keys is ``text``; never raises."""
        item = items.graded()[name]
        # The order of a dictionary's keys is not part of an answer; 1, 1.0 and true are written differently.
        key = (items.unit, items.case, name, item.version, text or json.dumps(answer, sort_keys=True), repr(certainty))
        if key not in self._kept:
            if len(self._kept) >= MAX_KEPT:
                self._kept.clear()
            self._kept[key] = self._score(item, answer, certainty)
        return self._kept[key]

    def _score(self, item: Task[Any] | Question, answer: Any, certainty: int | None) -> Result:
        try:
            result = item.check(answer, certainty)
        except MedialitError as error:
            return Result(Outcome.COULD_NOT_CHECK, 0.0, str(error), "Nothing was counted.")
        except Exception:
            # A fault of the kit must not cost the other answers.
            why = "The kit could not score this answer. Please report it."
            return Result(Outcome.COULD_NOT_CHECK, 0.0, why, "Nothing was counted.")
        try:
            json.dumps(result.details, sort_keys=True)
        except (TypeError, ValueError):
            return replace(result, details={})  # what cannot be written down costs no points
        return result


def case_at(path: Path) -> tuple[str, str]:
    """(name, folder) of a case of one's own, which this process knows by its name from now on. Raises MedialitError."""
    if not (path / "case.yaml").is_file():
        raise MedialitError(f"{path} is not a case: it has no case.yaml.{packed(path)}")
    case = named_case(path)
    know_case(case.name, case.folder)
    return case.name, str(case.folder)
