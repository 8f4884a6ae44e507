"""Which units there are, and their tasks: a unit is a folder of ``course/`` and of ``units/``, a task a module there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medialit.case import Case
from medialit.errors import MedialitError
from medialit.exercises.skill import SkillTask
from medialit.exercises.task import Task, TaskText, load_texts
from medialit.files import course_path, load_yaml

if TYPE_CHECKING:
    from medialit.exercises.prediction import Prediction
    from medialit.exercises.quiz import Quiz


@dataclass(frozen=True)
class UnitPlan:
    """A unit's short name, its folder under ``course/`` and its title; its files raise CaseError when they are damaged."""

    name: str
    folder: str
    title: str

    @property
    def texts(self) -> dict[str, TaskText]:
        """The words of its tasks by number, in order."""
        found: dict[str, TaskText] = _read(load_texts, course_path(self.folder, "tasks.yaml"))
        return found

    @property
    def quiz(self) -> Quiz:
        """Its quiz as plain records."""
        from medialit.exercises.quiz import load_quiz

        found: Quiz = _read(load_quiz, course_path(self.folder, "quiz.yaml"))
        return found

    @property
    def predictions(self) -> dict[str, Prediction]:
        """The guesses that its lesson asks for, by id."""
        from medialit.exercises.prediction import load_predictions

        found: dict[str, Prediction] = _read(load_predictions, course_path(self.folder, "predictions.yaml"))
        return found


@lru_cache(maxsize=64)
def _read(load: Callable[[Path], Any], path: Path) -> Any:
    return load(path)


def _plans() -> tuple[UnitPlan, ...]:
    titles, _ = load_yaml(course_path("units.yaml"))
    return tuple(UnitPlan(folder[3:], folder, title) for folder, title in titles.items())


UNITS = _plans()


def find_unit(name: str) -> UnitPlan:
    """A unit by its short name, its folder or its number. Raises MedialitError with the known names."""
    wanted = str(name).strip().lower()
    for plan in UNITS:
        if wanted in (plan.name, plan.folder, plan.folder[:2], str(int(plan.folder[:2]))):
            return plan
    raise MedialitError(f"There is no unit “{name}”. Units: {', '.join(plan.name for plan in UNITS)}.")


class Tasks(dict[str, Task[Any]]):
    """The tasks of a unit by number, in order; a name finds them too."""

    def __missing__(self, name: str) -> Task[Any]:
        if found := self.find(name):
            return found
        raise KeyError(name)

    def find(self, ref: object) -> Task[Any] | None:
        """A task by its name or by the number that it has today, or None."""
        return next((task for task in self.values() if str(ref) in (task.id, task.label)), None)

    def saved_as(self, name: str) -> Task[Any] | None:
        """The task whose answers are, or were, saved under this name; None when there is none."""
        mine = (task for task in self.values() if task.id == name)
        return next(mine, None) or next((task for task in self.values() if name in task.was), None)


def load_tasks(plan: UnitPlan, case: Case) -> Tasks:
    """The tasks of a unit on a case, by number, in order, without those that need data which the case does not have."""
    return Tasks(
        (id, (SkillTask if text.skill else _class_of(plan, text.name))(text, case, plan.name))
        for id, text in plan.texts.items()
        if not text.private and (not text.skill or text.name in case.skills)
    )


def private_task(plan: UnitPlan, case: Case, name: str) -> Task[Any]:
    """A task for the learner alone. Raises MedialitError where the unit has none of this name, or the case no data for it."""
    found = next((text for text in plan.texts.values() if text.private and text.name == name), None)
    if found is None or name not in case.skills:
        raise MedialitError(f"There is no table “{name}” for you alone in this unit, on the story “{case.title}”.")
    return _class_of(plan, name)(found, case, plan.name)


@lru_cache(maxsize=16)
def optional_tasks(unit: str) -> frozenset[str]:
    """The numbers of a unit's optional tasks: whoever leaves them out loses nothing. Empty for what is no unit."""
    if unit not in {plan.name for plan in UNITS}:
        return frozenset()
    return frozenset(name for name, text in find_unit(unit).texts.items() if text.optional)


def _class_of(plan: UnitPlan, task: str) -> type[Task[Any]]:
    """The class of a task: the first one in the module of its name, in the unit's folder."""
    path = f"medialit.units.{plan.name}.{task}"
    if not task.isidentifier() or find_spec(path) is None:
        told = f"course/{plan.folder}/tasks.yaml names a task “{task}”"
        raise MedialitError(f"{told}, and there is no units/{plan.name}/{task}.py for it.")
    kinds = [kind for kind in vars(import_module(path)).values() if isinstance(kind, type) and kind.__module__ == path]
    return next(kind for kind in kinds if issubclass(kind, Task))


@lru_cache(maxsize=256)
def number_of(unit: str, name: str) -> str:
    """The number that a task has today; the name itself for what is no task."""
    if unit not in {plan.name for plan in UNITS}:
        return name
    return next((number for number, text in find_unit(unit).texts.items() if text.name == name), name)
