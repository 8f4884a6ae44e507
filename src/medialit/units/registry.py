"""Which units there are, and their tasks: a unit is a folder of ``course/`` and of ``units/``, a task a module there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medialit.case import Case
from medialit.case.records import Texts
from medialit.errors import CaseError, MedialitError, NotServed
from medialit.exercises.prediction import load_predictions
from medialit.exercises.skill import SkillTask
from medialit.exercises.task import Task, TaskText, load_texts
from medialit.files import COURSE_CASE, Fault, course_path, load_checked

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

    def text(self, task: str) -> TaskText:
        """The words of one of its tasks, by name."""
        return next(text for text in self.texts.values() if text.name == task)

    def lacking(self, task: str, case: Case) -> str:
        """What a case lacks for one of its tasks, by name, in one sentence; empty when it serves it."""
        return self.text(task).lacking(case)

    @property
    def quiz(self) -> Quiz:
        """Its quiz as plain records."""
        from medialit.exercises.quiz import load_quiz

        found: Quiz = _read(load_quiz, course_path(self.folder, "quiz.yaml"))
        return found

    def quiz_on(self, case: Case) -> Quiz:
        """Its quiz on a case: instead of questions about another story, those of the case and those made from its key.

        It is empty where the case serves no exercise of the unit and brings no questions for it: the unit is not offered.
        """
        return self.quiz if case.name == COURSE_CASE else _quiz_on(self, case)

    @property
    def predictions(self) -> dict[str, Prediction]:
        """The guesses that its lesson asks for, by id."""
        found: dict[str, Prediction] = _read(load_predictions, course_path(self.folder, "predictions.yaml"))
        return found


@lru_cache(maxsize=64)
def _quiz_on(plan: UnitPlan, case: Case) -> Quiz:
    from medialit.units.made import made_from

    quiz, own = plan.quiz.on(case.name), None
    # A damaged quiz.yaml costs its own questions alone; “case check” names its faults.
    with suppress(CaseError):
        own = own_quizzes(case).get(plan.name)
    if own:
        quiz = quiz.more(own.misconceptions, own.questions)
    elif not _serves(plan, case):
        return quiz.only()
    return quiz.more(*made_from(course_path(plan.folder, "made.yaml"), case))


def _serves(plan: UnitPlan, case: Case) -> bool:
    """Does the case serve an exercise of this unit? What a damaged file keeps from being known, it does not serve."""
    with suppress(CaseError):
        return any(not text.lacking(case) for text in _shown(plan).values())
    return False


def own_quizzes(case: Case) -> dict[str, Quiz]:
    """The questions of a case's own ``quiz.yaml``, by unit; empty where there is none.

    Raises CaseError with file, line and field of the first fault, and the others attached.
    """
    from medialit.units.own_quiz import load_own

    return load_own(case.folder, case.name, UNITS)


@lru_cache(maxsize=64)
def _read(load: Callable[[Path], Any], path: Path) -> Any:
    return load(path)


def read_units(file: Path) -> tuple[UnitPlan, ...]:
    """The units of the course whose ``units.yaml`` this is. Raises CaseError for one without a folder or without code."""
    titles = load_checked(Texts, file, lambda found: _faults(found.root, file.parent)).root
    return tuple(UnitPlan(folder[3:], folder, title) for folder, title in titles.items())


def _faults(folders: Iterable[str], course: Path) -> Iterator[Fault]:
    for folder in folders:
        # In the browser's package there is only what was compiled: unit.pyc.
        code = (Path(__file__).parent / folder[3:]).glob("unit.py*")
        if not re.fullmatch(r"\d\d-[a-z]+", folder):
            yield (
                (folder,),
                "The name of a unit is two digits, a hyphen and one word in small letters, such as 06-images.",
            )
        elif not (course / folder).is_dir():
            yield (folder,), f"There is no folder course/{folder}. “Add a unit” in CONTRIBUTING.md says what is in it."
        elif not any(code):
            told = f"There is no src/medialit/units/{folder[3:]}/unit.py."
            yield (folder,), f"{told} “Add a unit” in CONTRIBUTING.md says what is in it."


UNITS = read_units(course_path("units.yaml"))
BY_NAME = {plan.name: plan for plan in UNITS}


def find_unit(name: str) -> UnitPlan:
    """A unit by its short name, its folder or its number. Raises MedialitError with the known names."""
    wanted = str(name).strip().lower()
    for plan in UNITS:
        if wanted in (plan.name, plan.folder, plan.folder[:2], str(int(plan.folder[:2]))):
            return plan
    raise MedialitError(f"There is no unit “{name}”. Units: {', '.join(plan.name for plan in UNITS)}.")


def place_of(plan: UnitPlan, item: Any) -> str:
    """Where a task, question or guess is, seen from ``notebooks/``: its page, and behind ``#`` the item itself."""
    folder = "../exercises/" if isinstance(item, Task) else ""
    return f"{folder}{plan.folder}.ipynb#{plan.name}/{item.id}"


@dataclass(frozen=True)
class LeftOut:
    """A task that a case does not serve, and what the case lacks for it, in one sentence."""

    label: str
    id: str
    title: str
    why: str
    optional: bool

    def __str__(self) -> str:
        return f"Exercise {self.label} ({self.title}) is not part of your class's story."


class Tasks(dict[str, Task[Any]]):
    """The tasks of a unit by number, in order; a name finds them too. ``left_out`` are those that the case does not serve."""

    left_out: tuple[LeftOut, ...] = ()

    def __missing__(self, name: str) -> Task[Any]:
        if found := self.find(name):
            return found
        if missing := self.missing(name):
            raise NotServed(str(missing))
        raise KeyError(name)

    def missing(self, ref: object) -> LeftOut | None:
        """The task of this name or number that the case does not serve, or None."""
        return next((one for one in self.left_out if str(ref) in (one.id, one.label)), None)

    def __contains__(self, ref: object) -> bool:
        return self.find(ref) is not None

    def find(self, ref: object) -> Task[Any] | None:
        """A task by its name or by the number that it has today, or None."""
        return next((task for task in self.values() if str(ref) in (task.id, task.label)), None)

    def saved_as(self, name: str) -> Task[Any] | None:
        """The task whose answers are, or were, saved under this name; None when there is none."""
        mine = (task for task in self.values() if task.id == name)
        return next(mine, None) or next((task for task in self.values() if name in task.was), None)


def _shown(plan: UnitPlan) -> dict[str, TaskText]:
    return {number: text for number, text in plan.texts.items() if not text.private}


def load_tasks(plan: UnitPlan, case: Case) -> Tasks:
    """The tasks of a unit that a case serves, by number, in order; those that it does not serve are in ``left_out``."""
    shown = _shown(plan)
    why = {number: text.lacking(case) for number, text in shown.items()}
    tasks = Tasks(
        (number, (SkillTask if text.table else _class_of(plan, text))(text, case, plan.name))
        for number, text in shown.items()
        if not why[number]
    )
    tasks.left_out = tuple(
        LeftOut(number, text.name, text.title, why[number], text.optional)
        for number, text in shown.items()
        if why[number]
    )
    return tasks


def private_task(plan: UnitPlan, case: Case, name: str) -> Task[Any]:
    """A task for the learner alone. Raises NotServed where the unit has none of this name, or the case no data for it."""
    found = next((text for text in plan.texts.values() if text.private and text.name == name), None)
    if found is None or name not in case.skills:
        raise NotServed(f"There is no table “{name}” for you alone in this unit, on the story “{case.title}”.")
    return _class_of(plan, found)(found, case, plan.name)


@lru_cache(maxsize=16)
def optional_tasks(unit: str) -> frozenset[str]:
    """The numbers of a unit's optional tasks: whoever leaves them out loses nothing. Empty for what is no unit."""
    texts = BY_NAME[unit].texts if unit in BY_NAME else {}
    return frozenset(name for name, text in texts.items() if text.optional)


def _class_of(plan: UnitPlan, text: TaskText) -> type[Task[Any]]:
    """The class of a task: the first one in the module of its name, in the unit's folder."""
    task, needed = text.name, ("form", "score") if text.private else ("form", "score", "answer")
    path = f"medialit.units.{plan.name}.{task}"
    if not task.isidentifier() or find_spec(path) is None:
        told = f"course/{plan.folder}/tasks.yaml names a task “{task}”"
        raise MedialitError(f"{told}, and there is no units/{plan.name}/{task}.py for it.")
    own = (one for one in vars(import_module(path)).values() if isinstance(one, type) and one.__module__ == path)
    found: type[Task[Any]] | None = next((one for one in own if issubclass(one, Task)), None)
    parts = [name for name in needed if found and getattr(found, name) is getattr(Task, name)]
    if found is None or parts:
        told = f"There is no {parts[0] if parts else 'class of a task'} in units/{plan.name}/{task}.py."
        raise MedialitError(f"{told} “Add a task” in CONTRIBUTING.md says what it has.")
    return found


@lru_cache(maxsize=256)
def number_of(unit: str, name: str) -> str:
    """The number that a task has today; the name itself for what is no task."""
    texts = BY_NAME[unit].texts if unit in BY_NAME else {}
    return next((number for number, text in texts.items() if text.name == name), name)
