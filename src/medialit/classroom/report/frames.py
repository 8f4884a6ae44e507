"""The gradebook as pandas tables: all attempts, and each learner's first and best one."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from medialit.classroom.records import Attempt, Book
from medialit.units.registry import number_of

if TYPE_CHECKING:
    import pandas as pd

_ITEM = ["unit", "case", "item"]
_NUMBERS = ("nth", "score", "certainty", "hints")


@dataclass(frozen=True)
class Frames:
    """A book with what the report asks of it again and again."""

    book: Book
    _found: dict[str, dict[tuple[str, str], Any]] = field(default_factory=dict, repr=False)

    @cached_property
    def attempts(self) -> pd.DataFrame:
        """Every attempt that was scored, in order: one row each, columns as in ``Attempt``."""
        import pandas as pd

        rows, columns = self.book.attempts, {}
        for name in (column.name for column in fields(Attempt)):
            values = list(map(attrgetter(name), rows))
            # pandas' own type for text is several times slower to compare and to group by.
            columns[name] = values if name in _NUMBERS else pd.Series(values, dtype=object)
        return pd.DataFrame(columns)

    @cached_property
    def graded(self) -> pd.DataFrame:
        """Attempts at tasks and questions, without predictions and without the tests before and after."""
        return self.attempts[self.attempts["kind"].isin(("task", "question"))]

    @cached_property
    def statements(self) -> pd.DataFrame:
        """Statements of the tests, with ``form``, ``called`` and ``unsound`` (missing without a key) as columns."""
        found = self.attempts[self.attempts["kind"] == "statement"].copy()
        for name in ("form", "called", "unsound"):
            found[name] = [details.get(name) for details in found["details"]]
        return found

    @cached_property
    def first(self) -> pd.DataFrame:
        """Each learner's first attempt at each item: what item analysis is about."""
        return self.graded.sort_values(["learner", *_ITEM, "nth"]).drop_duplicates(["learner", *_ITEM])

    @cached_property
    def best(self) -> pd.DataFrame:
        """Each learner's best attempt at each item: what the level is about."""
        order = self.graded.sort_values(["learner", *_ITEM, "score", "nth"], ascending=[*[True] * 4, False, True])
        return order.drop_duplicates(["learner", *_ITEM])

    @property
    def learners(self) -> int:
        """How many learners handed something in."""
        return len({receipt.learner for receipt in self.book.submissions} | set(self.attempts["learner"]))

    def _places(self, which: str) -> dict[tuple[str, str], Any]:
        """(unit, item): at which rows of a frame they stand, in their order."""
        if which not in self._found:
            self._found[which] = getattr(self, which).groupby(["unit", "item"], sort=False).indices
        return self._found[which]

    def item(self, unit: str, name: str, which: str = "first") -> pd.DataFrame:
        """First, best or graded attempts at one item, over all cases. A gradebook numbers tasks as the course does today."""
        frame = getattr(self, which)
        places = self._places(which).get((unit, number_of(unit, name)))
        return frame.iloc[[] if places is None else places]

    def answers(self, unit: str, name: str, case: str, which: str = "first") -> list[Any]:
        """The first or best answers to one item on one case, one a learner."""
        mine = self.item(unit, name, which)
        return list(mine[mine["case"] == case]["answer"])

    def cases(self, unit: str) -> list[str]:
        """The stories on which a unit was answered, most learners first."""
        mine = self.graded[self.graded["unit"] == unit].groupby("case")["learner"].nunique()
        return sorted(mine.index, key=lambda case: (-mine[case], case))
