"""A fact by source matrix, whole or as the rows of a short session, and what it says in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from statistics import mode

from medialit.case.coverage import LABELS, Report, Row
from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Field, MatrixForm, Option, Table
from medialit.scoring.agreement import krippendorff_alpha
from medialit.scoring.labels import macro_f1

EMPTY = "–"
# (given, right) -> the misconception behind it.
_CELL_CODES = {("contradicts", "not found"): "S-C", ("contradicts", "states differently"): "S-D"}
Pair = tuple[str, str]
# A fact, the sources that state it as well, and those that contradict it.
Side = tuple[str, list[str], list[str]]


class FillMatrix(Task[Table]):
    """What each source does with each fact. Macro-F1 over four labels; alpha with the key is reported.

    The rows of the short session come first. Whoever fills only those is scored on them alone.
    """

    @cached_property
    def rows(self) -> list[Row]:
        """All rows, the short session's first; in a short session those alone."""
        matrix = self.case.coverage.matrix
        return list(matrix.short) if self.short else sorted(matrix.rows, key=lambda row: not row.cut)

    @cached_property
    def sources(self) -> list[str]:
        """The ids of the columns."""
        return [column.report for column in self.case.coverage.matrix.columns]

    @cached_property
    def names(self) -> dict[str, str]:
        """A short name for each column: who, and when."""
        return {name: source_name(self.case.coverage.report(name)) for name in self.sources}

    @cached_property
    def form(self) -> MatrixForm:
        told = self.wording("labels")
        labels = tuple(Option(label, told[label]) for label in LABELS)
        fields = tuple(Field(name, self.names[name], labels) for name in self.sources)
        return MatrixForm(tuple(Option(row.key, row.text) for row in self.rows), fields)

    def score(self, answer: Table) -> Result:
        begun = [row for row in self.rows if row.cut or answer[row.key]]
        given, right = [], []
        for row in begun:
            for source in self.sources:
                mine, cell = answer[row.key].key(source) or EMPTY, row.cells[source]
                given.append(mine)
                # Where readers can differ, either label counts.
                right.append(mine if mine == cell.other else cell.label)
        pairs = list(zip(given, right, strict=True))
        value, hits, empty = macro_f1(given, right) or 0.0, sum(a == b for a, b in pairs), given.count(EMPTY)
        message = self.say("found", hits=hits, of=len(right), rows=len(begun))
        step = self.say("empty", n=empty) if empty else self._step(begun, pairs)
        details = {
            "macro_f1": round(value, 3),
            "alpha": krippendorff_alpha([pair for pair in pairs if pair[0] != EMPTY]),
            "rows": [row.key for row in begun],
        }
        codes = [code for pair in pairs if (code := _CELL_CODES.get(pair))]
        again = {
            row.key: row.why
            for row in begun
            if any((mine := answer[row.key].key(s)) and not cell.fits(mine) for s, cell in row.cells.items())
        }

        def measured() -> str:
            alpha = "" if empty else self.say_alpha("alpha", pairs)
            return f"{self.say('measured', f1=value)} {alpha}".strip()

        return self.result(value, message, step, details, codes, measured=measured, again=again)

    def _step(self, begun: Sequence[Row], pairs: Sequence[Pair]) -> str:
        slips = [pair for pair in pairs if pair[0] != pair[1]]
        if not slips:
            return ""
        # A misconception first, else the slip that is made most often; with the row in which it is made first.
        slip = mode([pair for pair in slips if pair in _CELL_CODES] or slips)
        row = begun[pairs.index(slip) // len(self.sources)]
        told = self.wording("slips").get(", ".join(slip), "")
        return f"{told} {self.say('read', row=row.text, why=row.why)}".strip()

    def answer(self) -> dict[str, dict[str, str]]:
        return {row.key: {source: cell.label for source, cell in row.cells.items()} for row in self.rows}

    def facts(self) -> dict[str, object]:
        short = self.case.coverage.matrix.short
        return {
            "rows": len(self.rows),
            "sources": len(self.sources),
            "cut": " " + self.say("in_class", n=len(short)) if len(self.rows) > len(short) else "",
            "first": short[0].text,
            "first_why": short[0].why,
            "whys": " ".join(f"“{row.text}” {row.why}" for row in short),
        }


def source_name(report: Report) -> str:
    """Publisher without the place of reprint, and date."""
    short = report.publisher.split(",")[0]
    return f"{short} {report.date}" if report.date else short


def sides(rows: Sequence[tuple[str, Mapping[str, str]]], article: str) -> tuple[list[Side], set[str]]:
    """What a filled matrix says about one of its sources, by its own cells alone.

    ``rows`` are (text, label by source). Returns (text, sources that state it as well, sources that contradict it) for each
    row in which ``article`` states what some source contradicts, and the sources that are on both sides in different rows.
    """
    found: list[Side] = []
    on: set[str] = set()
    against: set[str] = set()
    for text, cells in rows:
        others = {name: label for name, label in cells.items() if name != article}
        yes = [name for name, label in others.items() if label == "states"]
        no = [name for name, label in others.items() if label == "contradicts"]
        if cells.get(article) == "states" and no:
            found.append((text, yes, no))
            on.update(yes)
            against.update(no)
    return found, on & against
