"""Facts by sources: who states what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from medialit.errors import MedialitError
from medialit.records import PlainRecord

if TYPE_CHECKING:
    from medialit.case import Case
    from medialit.case.coverage import CoverageGold, Fact, Report, Status


@dataclass(frozen=True)
class FactMatrix(PlainRecord):
    """Facts (rows) by sources (columns). ``cells[i][j]`` is what source j does with fact i."""

    facts: tuple[str, ...]
    labels: tuple[str, ...]
    sources: tuple[str, ...]
    cells: tuple[tuple[Status, ...], ...]

    def cell(self, fact: str, source: str) -> Status:
        """What one source does with one fact. Raises MedialitError for an id that is not in the matrix."""
        return self.cells[_place(self.facts, fact)][_place(self.sources, source)]

    def row(self, fact: str) -> dict[str, Status]:
        """One fact: what each source does with it."""
        return dict(zip(self.sources, self.cells[_place(self.facts, fact)], strict=True))

    def column(self, source: str) -> dict[str, Status]:
        """One source: what it does with each fact."""
        place = _place(self.sources, source)
        return {fact: row[place] for fact, row in zip(self.facts, self.cells, strict=True)}

    def counts(self) -> dict[str, dict[str, int]]:
        """How often each source states, contradicts and so on."""
        return {source: dict(Counter(self.column(source).values())) for source in self.sources}


def _place(names: Sequence[str], name: str) -> int:
    if name not in names:
        raise MedialitError(f"“{name}” is not in this matrix. It has: {', '.join(names)}.")
    return names.index(name)


def compare_facts(
    coverage: CoverageGold | Case, facts: Iterable[str] | None = None, sources: Iterable[str] | None = None
) -> FactMatrix:
    """A fact by source matrix from a case, or its coverage; by default every fact by the article and every report.

    ``facts`` and ``sources`` are ids, in the order you want. Cells: states, states differently, contradicts, silent
    (the report was read whole, or is older than the fact), unknown (it was read in part, and the fact was not seen).

    Limits: the matrix is a reading made by people, not by this function. Silence has no reason attached: a report may
    leave a fact out because it was short, early, or about something else. Sources that agree may have one origin (see
    ``group_by_origin``), and agreement is not truth.

    Raises MedialitError for an unknown id, or for anything but a case or its coverage.
    """
    gold = cast("CoverageGold", getattr(coverage, "coverage", coverage))
    if not hasattr(gold, "facts"):
        raise MedialitError("Give a case, such as unit.case.")
    rows: Sequence[Fact] = gold.facts if facts is None else [gold.fact(name) for name in facts]
    columns: Sequence[Report] = list(gold.sources) if sources is None else [gold.report(name) for name in sources]
    return FactMatrix(
        tuple(fact.id for fact in rows),
        tuple(fact.label for fact in rows),
        tuple(report.id for report in columns),
        tuple(tuple(report.status(fact) for report in columns) for fact in rows),
    )
