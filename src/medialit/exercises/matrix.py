"""Task 4.1: a fact by source matrix, whole or as the four rows of a short session, and what it says in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from medialit.case.coverage import LABELS, Cell, Report, Row
from medialit.exercises.records import Result
from medialit.exercises.task import RawTask
from medialit.forms import Field, Form, MatrixForm, Option
from medialit.scoring.agreement import alpha_with_interval
from medialit.scoring.labels import macro_f1

_SAYS = {
    "states": "✓ states it",
    "states differently": "≈ differently",
    "contradicts": "✗ contradicts",
    "not found": "– not found",
}
EMPTY = "–"
# (given, right) -> the misconception behind it.
_CELL_CODES = {("contradicts", "not found"): "S-C", ("contradicts", "states differently"): "S-D"}
# The same, and slips that are no misconception -> what to say about them.
_SLIPS = {
    ("contradicts", "not found"): (
        "Somewhere you read silence as a denial. A card that does not mention a fact says nothing about it."
    ),
    ("contradicts", "states differently"): (
        "Somewhere you read another wording as a denial. Both can hold at the same time, so it is “differently”."
    ),
    (
        "states differently",
        "contradicts",
    ): "Somewhere two statements cannot both hold. Then it is more than “differently”.",
    (
        "states",
        "contradicts",
    ): "Somewhere a card says the opposite of what you wrote. Look for the word that cannot fit.",
    ("states", "not found"): "Somewhere you found more than the card says. Put your finger on the words that state it.",
    ("states", "states differently"): "Somewhere the words or the figure are not the same. Compare them one by one.",
    ("not found", "states"): "Somewhere a card does state the fact. Read it to the end.",
    (
        "not found",
        "contradicts",
    ): "Somewhere a card has words that cannot hold together with the fact. That is not silence.",
    ("not found", "states differently"): "Somewhere a card has the fact in other words.",
}


class FillMatrix(RawTask):
    """4.1: what each source does with each fact. Macro-F1 over four labels; alpha with the key is reported.

    The rows of the short session come first. Whoever fills only those is scored on them alone.
    """

    id = "4.1"

    @cached_property
    def rows(self) -> list[Row]:
        """All rows, the short session's first."""
        return sorted(self.case.coverage.matrix.rows, key=lambda row: not row.cut)

    @cached_property
    def sources(self) -> list[str]:
        """The ids of the columns."""
        return [column.report for column in self.case.coverage.matrix.columns]

    @cached_property
    def names(self) -> dict[str, str]:
        """A short name for each column: who, and when."""
        return {name: source_name(self.case.coverage.report(name)) for name in self.sources}

    @cached_property
    def form(self) -> Form[Any]:
        labels = tuple(Option(label, _SAYS[label]) for label in LABELS)
        fields = tuple(Field(name, self.names[name], labels) for name in self.sources)
        return MatrixForm(tuple(Option(row.key, row.text) for row in self.rows), fields)

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        begun = [row for row in self.rows if row.cut or any(answer.get(row.key, {}).values())]
        given, right = [], []
        for row in begun:
            for source in self.sources:
                mine, cell = answer.get(row.key, {}).get(source) or EMPTY, row.cells[source]
                given.append(mine)
                # Where readers can differ, either label counts.
                right.append(mine if mine == cell.other else cell.label)
        value = macro_f1(given, right) or 0.0
        pairs = list(zip(given, right, strict=True))
        hits, empty = sum(a == b for a, b in pairs), given.count(EMPTY)
        agreement = alpha_with_interval([pair for pair in pairs if pair[0] != EMPTY])
        shown = ""
        if agreement.value is not None and not empty:
            shown = (
                f" Agreement with the key: alpha {agreement.value:.2f} ({agreement.low:.2f} to {agreement.high:.2f})."
            )
        message = f"{hits} of {len(right)} cells of {len(begun)} rows fit. Macro-F1 {value:.2f}.{shown}"
        codes = tuple(code for pair in pairs if (code := _CELL_CODES.get(pair)))
        details = {"macro_f1": round(value, 3), "alpha": agreement.value, "rows": [row.key for row in begun]}
        return Result(self.outcome(value), value, message, self._step(answer, begun, pairs), details, codes)

    def _step(self, answer: dict[str, Any], begun: list[Row], pairs: list[tuple[str, str]]) -> str:
        empty = sum(given == EMPTY for given, _ in pairs)
        if empty:
            return f"{empty} cells are empty. “Not found here” is an answer too."
        slips = Counter(pair for pair in pairs if pair[0] != pair[1])
        if not slips:
            return ""
        # A misconception first, else the slip that is made most often.
        slip = next((s for s, _ in slips.most_common() if s in _CELL_CODES), slips.most_common(1)[0][0])
        wrong = Counter(r.key for r in begun for s, c in r.cells.items() if not _fits(answer[r.key].get(s), c))
        row = next(row for row in begun if row.key == wrong.most_common(1)[0][0])
        return f"{_SLIPS.get(slip, '')} Read the row “{row.text}” once more. {row.why}".strip()

    def answer(self) -> dict[str, dict[str, str]]:
        return {row.key: {source: cell.label for source, cell in row.cells.items()} for row in self.rows}

    def facts(self) -> dict[str, object]:
        short = self.case.coverage.matrix.short
        first = short[0]
        return {
            "rows": len(self.rows),
            "sources": len(self.sources),
            "cut": f" In class, do the first {len(short)} rows." if len(self.rows) > len(short) else "",
            "first": first.text,
            "first_why": first.why,
            "whys": " ".join(f"“{row.text}” {row.why}" for row in short),
        }


class ShortMatrix(FillMatrix):
    """The rows of the short session and nothing else. An answer to it is an answer to 4.1."""

    @cached_property
    def rows(self) -> list[Row]:
        return list(self.case.coverage.matrix.short)


def source_name(report: Report) -> str:
    """Publisher without the place of reprint, and date."""
    short = report.publisher.split(",")[0]
    return f"{short} {report.date}" if report.date else short


def sides(
    rows: Sequence[tuple[str, Mapping[str, str]]], article: str, names: Mapping[str, str]
) -> tuple[list[str], set[str]]:
    """What a filled matrix says about one of its sources, by its own cells alone.

    ``rows`` are (text, label by source). Returns a sentence for each row in which ``article`` states what some source
    contradicts, and the sources that it agrees with in one row and stands against in another.
    """
    said, on, against = [], set(), set()
    for text, cells in rows:
        others = {name: label for name, label in cells.items() if name != article}
        yes = [name for name, label in others.items() if label == "states"]
        no = [name for name, label in others.items() if label == "contradicts"]
        if cells.get(article) != "states" or not no:
            continue
        beside = f"with {_listed([names[n] for n in yes])}, " if yes else ""
        said.append(f"“{text}”: {names[article]} stands {beside}against {_listed([names[n] for n in no])}.")
        on.update(yes)
        against.update(no)
    return said, on & against


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _fits(given: str | None, cell: Cell) -> bool:
    return given in (cell.label, cell.other) and given is not None
