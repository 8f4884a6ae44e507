"""How far a learner has come in each unit: pure questions to the entries of a progress file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from medialit.case import Case
from medialit.errors import MedialitError
from medialit.exercises.registry import UNITS, UnitPlan, load_tasks, optional_tasks
from medialit.files import course_path
from medialit.progress import Entry, best, is_review
from medialit.scoring.levels import level


@dataclass(frozen=True)
class Weak:
    """A task or question that was tried and not passed: ``page`` is the notebook to open, from ``notebooks/``."""

    item: str
    title: str
    score: float
    page: str


@dataclass(frozen=True)
class UnitProgress:
    """One unit: how many items it has, how many were tried and passed, and the share of points (0 to 1)."""

    plan: UnitPlan
    items: int
    tried: int
    passed: int
    share: float
    weak: tuple[Weak, ...] = ()

    @property
    def level(self) -> str:
        """The level in a word; empty before the first answer."""
        return level(self.share) if self.tried else ""

    @property
    def percent(self) -> int:
        """The share of points as a whole number."""
        return round(100 * self.share)


def items_of(plan: UnitPlan, case: Case) -> list[Any]:
    """Tasks and questions of a unit on a case, in order; empty when the case does not serve the unit."""
    from medialit.exercises.quiz import load_quiz

    try:
        tasks = list(load_tasks(plan, case).values())
    except MedialitError:
        return []
    quiz = course_path(plan.folder, "quiz.yaml")
    return [*tasks, *(load_quiz(quiz).questions if quiz.is_file() else ())]


def unit_progress(plan: UnitPlan, items: list[Any], case: str, entries: list[Entry]) -> UnitProgress:
    """How far one unit is on a case. The best attempt at each item counts; an optional task counts once it was tried."""
    mine = [e for e in entries if e.kind == "attempt" and e.unit == plan.name and e.case == case]
    tried = passed = left_out = 0
    points = 0.0
    weak = []
    for item in items:
        top = best([e for e in mine if e.task == item.id], item.version)
        if top is None:
            left_out += item.id in optional_tasks(plan.name)
            continue
        score = top.score or 0.0
        tried, points = tried + 1, points + score
        if top.outcome in ("passed", "complete"):
            passed += 1
        else:
            is_task = item.id[:1].isdigit()
            page = f"../exercises/{plan.folder}.ipynb" if is_task else f"{plan.folder}.ipynb"
            title = item.title if is_task else item.stem
            weak.append(Weak(item.id, title, score, page))
    count = len(items) - left_out
    return UnitProgress(plan, count, tried, passed, points / count, tuple(sorted(weak, key=lambda w: w.score)))


def items_by_unit(case: Case) -> dict[UnitPlan, list[Any]]:
    """Tasks and questions of all units that the case serves, in the order of the course."""
    return {plan: items for plan in UNITS if (items := items_of(plan, case))}


def last_unit(case: str, entries: list[Entry]) -> str:
    """The name of the unit that was worked in last; empty at the beginning."""
    mine = [e.unit for e in entries if e.kind == "attempt" and e.case == case and not is_review(e)]
    return mine[-1] if mine else ""
