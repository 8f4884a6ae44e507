"""What a unit's section of the class report is made from: the answers of a class, and how small numbers are hidden."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from medialit.case import load_case
from medialit.english import percent, said_in
from medialit.exercises.wording import says_of
from medialit.files import course_path
from medialit.show.html import View, paragraph
from medialit.units.registry import Tasks, find_unit, load_tasks

if TYPE_CHECKING:
    import pandas as pd

# A number about fewer learners than this could point at a person: it is hidden.
HIDE_BELOW = 5
HIDDEN = "fewer than 5"


class ClassAnswers(Protocol):
    """The attempts of a class. ``name`` is a task's name or a question's id, ``which`` is first, best or graded."""

    @property
    def attempts(self) -> pd.DataFrame:
        """Every attempt that was scored, and guesses."""

    @property
    def graded(self) -> pd.DataFrame:
        """Attempts at tasks and questions."""

    def item(self, unit: str, name: str, which: str = "first") -> pd.DataFrame:
        """Attempts at one item, over all cases."""

    def answers(self, unit: str, name: str, case: str, which: str = "first") -> list[Any]:
        """The answers to one item on one case, one a learner."""


@lru_cache(maxsize=8)
def tasks_of(unit: str, case: str) -> Tasks:
    """The tasks of a unit on a case by its name. Raises MedialitError when there is no such case."""
    return load_tasks(find_unit(unit), load_case(case))


def tell(name: str, /, **values: object) -> View:
    """A sentence of ``course/report.yaml``, with its names in braces filled in, as a line of prose."""
    return paragraph(said(name, **values))


def said(name: str, /, **values: object) -> str:
    """The same as text."""
    return said_in(says_of(course_path("report.yaml")), name, "course/report.yaml", **values)


def shown(count: int) -> str:
    """A count of learners, hidden when it is small."""
    return str(count) if count >= HIDE_BELOW or count == 0 else HIDDEN


def part(count: int, total: int) -> str:
    """A share of learners in per cent, hidden when it is about few of them."""
    if not total:
        return "–"
    return percent(count / total) if count >= HIDE_BELOW or count == 0 else HIDDEN


def cells_of(answer: Any, row: str) -> dict[str, Any]:
    """One row of a table that was filled in; empty when it is not there or is no row."""
    cells = answer.get(row) if isinstance(answer, dict) else None
    return cells if isinstance(cells, dict) else {}
