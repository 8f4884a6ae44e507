"""How far a learner has come in each unit: pure questions to the entries of a progress file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from medialit.case import Case
from medialit.errors import MedialitError
from medialit.exercises.task import Task
from medialit.progress import Entry, best, is_review
from medialit.scoring.levels import level
from medialit.units.registry import UNITS, UnitPlan, load_tasks, place_of


@dataclass(frozen=True)
class Weak:
    """A task or question that was tried and not passed: ``page`` leads to it, from ``notebooks/``."""

    item: str
    title: str
    score: float
    page: str


@dataclass(frozen=True)
class Part:
    """The exercises or the questions of a unit: how many there are, how many were done, and how.

    ``complete`` are those that only a reader can judge; they are among ``passed``. ``points`` are those of what was done.
    """

    items: int = 0
    tried: int = 0
    passed: int = 0
    complete: int = 0
    points: float = 0.0

    @property
    def level(self) -> str:
        """The level of what was done, in a word; empty before half of it was done."""
        return level(self.points / self.tried) if self.tried and 2 * self.tried >= self.items else ""

    @property
    def done(self) -> str:
        """``4 of 4``, and the level where there is one."""
        return f"{self.tried} of {self.items}{f', {self.level}' if self.level else ''}"


@dataclass(frozen=True)
class UnitProgress:
    """One unit: its exercises and its questions apart, and what was tried and not passed yet."""

    plan: UnitPlan
    exercises: Part
    questions: Part
    weak: tuple[Weak, ...] = ()

    @property
    def items(self) -> int:
        """How many exercises and questions there are."""
        return self.exercises.items + self.questions.items

    @property
    def tried(self) -> int:
        """How many were done."""
        return self.exercises.tried + self.questions.tried

    @property
    def passed(self) -> int:
        """How many were passed or are complete."""
        return self.exercises.passed + self.questions.passed


def items_of(plan: UnitPlan, case: Case) -> list[Any]:
    """Tasks and questions of a unit on a case, in order; empty when the case does not serve the unit."""
    try:
        return [*load_tasks(plan, case).values(), *plan.quiz_on(case).questions]
    except MedialitError:
        return []


def unit_progress(plan: UnitPlan, items: list[Any], case: str, entries: list[Entry]) -> UnitProgress:
    """How far one unit is on a case. The best attempt at each item counts; an optional task counts once it was tried."""
    mine = [e for e in entries if e.kind == "attempt" and e.unit == plan.name and e.case == case]
    weak: list[Weak] = []
    tasks = [item for item in items if isinstance(item, Task)]
    exercises = _part(plan, tasks, mine, weak)
    questions = _part(plan, [item for item in items if item not in tasks], mine, weak)
    return UnitProgress(plan, exercises, questions, tuple(sorted(weak, key=lambda w: w.score)))


def _part(plan: UnitPlan, items: list[Any], mine: list[Entry], weak: list[Weak]) -> Part:
    """What was done of these items; those not passed yet go to ``weak``."""
    tops = [(item, best([e for e in mine if e.task in (item.id, *item.was)], item.version)) for item in items]
    counted = [(item, top) for item, top in tops if top or not item.optional]
    done = [(item, top) for item, top in counted if top]
    outcomes = [top.outcome for _, top in done]
    for item, top in done:
        if top.outcome not in ("passed", "complete"):
            title = item.title if isinstance(item, Task) else item.stem
            weak.append(Weak(item.label, title, top.score or 0.0, place_of(plan, item)))
    complete = outcomes.count("complete")
    points = sum(top.score or 0.0 for _, top in done)
    return Part(len(counted), len(done), outcomes.count("passed") + complete, complete, points)


def items_by_unit(case: Case) -> dict[UnitPlan, list[Any]]:
    """Tasks and questions of all units that the case serves, in the order of the course."""
    return {plan: items for plan in UNITS if (items := items_of(plan, case))}


def last_place(case: str, entries: list[Entry]) -> tuple[str, str]:
    """(name of the unit that was worked in last, what was answered there last); empty at the beginning."""
    mine = [(e.unit, e.task) for e in entries if e.kind == "attempt" and e.case == case and not is_review(e)]
    return mine[-1] if mine else ("", "")
