"""Which units there are, and their tasks: a unit is a folder of ``course/`` and of ``units/``, a task a module there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from medialit.case import Case
from medialit.errors import MedialitError
from medialit.exercises.skill import SkillTask
from medialit.exercises.task import Task, load_texts
from medialit.files import course_path, load_yaml


@dataclass(frozen=True)
class UnitPlan:
    """A unit's short name, its folder under ``course/`` and its title."""

    name: str
    folder: str
    title: str


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
    texts = load_texts(course_path(plan.folder, "tasks.yaml"))
    return Tasks(
        (id, (SkillTask if text.skill else _class_of(plan, text.name))(text, case, plan.name))
        for id, text in texts.items()
        if not text.private and (not text.skill or text.name in case.skills)
    )


def private_task(plan: UnitPlan, case: Case, name: str) -> Task[Any]:
    """A task for the learner alone. Raises MedialitError where the unit has none of this name, or the case no data for it."""
    texts = load_texts(course_path(plan.folder, "tasks.yaml")).values()
    found = next((text for text in texts if text.private and text.name == name), None)
    if found is None or name not in case.skills:
        raise MedialitError(f"There is no table “{name}” for you alone in this unit, on the story “{case.title}”.")
    return _class_of(plan, name)(found, case, plan.name)


@lru_cache(maxsize=16)
def optional_tasks(unit: str) -> frozenset[str]:
    """The numbers of a unit's optional tasks: whoever leaves them out loses nothing. Empty for what is no unit."""
    if unit not in {plan.name for plan in UNITS}:
        return frozenset()
    texts = load_texts(course_path(find_unit(unit).folder, "tasks.yaml"))
    return frozenset(name for name, text in texts.items() if text.optional)


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
    texts = load_texts(course_path(find_unit(unit).folder, "tasks.yaml"))
    return next((number for number, text in texts.items() if text.name == name), name)
