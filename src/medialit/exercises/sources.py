"""Tasks 4.1 to 4.3: a fact by source matrix, reports by origin, and the facts of a story on two events."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Any

from medialit.case.coverage import LABELS, Cell, Row
from medialit.exercises.forms import ChoiceForm, Field, Form, Option, TableForm
from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.scoring.agreement import alpha_with_interval
from medialit.scoring.clusters import b_cubed
from medialit.scoring.labels import macro_f1
from medialit.scoring.order import set_f1

NEITHER = "neither"
_SAYS = {
    "states": "states it",
    "states differently": "states it differently",
    "contradicts": "contradicts it",
    "not found": "not found here",
}
# (given, right) -> the misconception behind it.
_CELL_CODES = {("contradicts", "not found"): "S-C", ("contradicts", "states differently"): "S-D"}


class FillMatrix(Task):
    """4.1: what each source does with each fact. Macro-F1 over four labels; alpha with the key is reported.

    The rows of the short session come first. Whoever fills only those is scored on them alone.
    """

    id = "4.1"

    @cached_property
    def rows(self) -> list[Row]:
        """All rows, the short session's first."""
        return sorted(self.case.coverage.matrix.rows, key=lambda row: not row.cut)

    @cached_property
    def form(self) -> Form:
        gold = self.case.coverage
        labels = tuple(Option(label, _SAYS[label]) for label in LABELS)
        fields = []
        for column in gold.matrix.columns:
            report = gold.report(column.report)
            fields.append(Field(report.id, f"{report.publisher}{', ' + report.date if report.date else ''}", labels))
        return TableForm(tuple(Option(row.key, row.text) for row in self.rows), tuple(fields))

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        begun = [row for row in self.rows if row.cut or any(answer.get(row.key, {}).values())]
        sources = [column.report for column in self.case.coverage.matrix.columns]
        given, right = [], []
        for row in begun:
            for source in sources:
                mine, cell = answer.get(row.key, {}).get(source) or "–", row.cells[source]
                given.append(mine)
                # Where readers can differ, either label counts.
                right.append(mine if mine == cell.other else cell.label)
        value = macro_f1(given, right) or 0.0
        hits, empty = sum(a == b for a, b in zip(given, right, strict=True)), given.count("–")
        agreement = alpha_with_interval([(a, b) for a, b in zip(given, right, strict=True) if a != "–"])
        shown = ""
        if agreement.value is not None and not empty:
            shown = f" Agreement with the key: alpha {agreement.value:.2f} ({agreement.low:.2f} to {agreement.high:.2f})."
        message = f"{hits} of {len(right)} cells of {len(begun)} rows fit. Macro-F1 {value:.2f}.{shown}"
        codes = [_CELL_CODES.get((a, b)) for a, b in zip(given, right, strict=True)]
        details = {"macro_f1": round(value, 3), "alpha": agreement.value, "rows": [row.key for row in begun]}
        found = tuple(c for c in codes if c)
        return Result(self.outcome(value), value, message, self._step(answer, begun, empty, found), details, found)

    def _step(self, answer: dict[str, Any], begun: list[Row], empty: int, codes: tuple[str, ...]) -> str:
        if empty:
            return f"{empty} cells are empty. “Not found here” is an answer too."
        if "S-C" in codes:
            return "Somewhere you read silence as a denial. A card that does not mention a fact says nothing about it."
        wrong = Counter(row.key for row in begun for s, c in row.cells.items() if not _fits(answer[row.key].get(s), c))
        if not wrong:
            return ""
        row = next(row for row in begun if row.key == wrong.most_common(1)[0][0])
        return f"Read the row “{row.text}” once more. {row.why}"

    def answer(self) -> dict[str, dict[str, str]]:
        return {row.key: {source: cell.label for source, cell in row.cells.items()} for row in self.rows}

    def facts(self) -> dict[str, object]:
        short = self.case.coverage.matrix.short
        first = short[0]
        return {
            "rows": len(self.rows),
            "sources": len(self.case.coverage.matrix.columns),
            "short": len(short),
            "first": first.text,
            "first_why": first.why,
            "whys": " ".join(f"“{row.text}” {row.why}" for row in short),
        }


def _fits(given: str | None, cell: Cell) -> bool:
    return given in (cell.label, cell.other) and given is not None


class GroupOrigins(Task):
    """4.2: which pages go back to one text. B-cubed F1 (Bagga & Baldwin 1998); the names of groups carry no meaning."""

    id = "4.2"

    @cached_property
    def origins(self) -> dict[str, str]:
        """The origin of each card."""
        cards = {card.id: card for card in self.case.evidence}
        return {copy.card: cards[copy.card].origin for copy in self.case.coverage.grouping}

    @cached_property
    def form(self) -> Form:
        cards = {card.id: card for card in self.case.evidence}
        rows = []
        for copy in self.case.coverage.grouping:
            card = cards[copy.card]
            rows.append(Option(card.id, f"{card.publisher}, {card.date or 'no date'}: “{card.title}”. {copy.clue}"))
        groups = tuple(Option(str(n), f"group {n}") for n in range(1, len(set(self.origins.values())) + 3))
        return TableForm(tuple(rows), (Field("group", "Group", groups),))

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        given = {card: cells["group"] for card, cells in answer.items() if cells.get("group")}
        found = b_cubed(given, self.origins)
        value = found.f1 if found else 0.0
        groups, right = len(set(given.values())), len(set(self.origins.values()))
        empty = len(self.origins) - len(given)
        message = (
            f"You made {groups} groups of {len(given)} pages. B-cubed precision {found.precision:.2f}, "
            f"recall {found.recall:.2f}, F1 {value:.2f}."
        )
        codes: tuple[str, ...] = ()
        step = ""
        if empty:
            step = f"{empty} pages have no group yet."
        elif found.recall < found.precision and found.recall < 1:
            step, codes = "Some pages that you keep apart go back to one text. Look at order, figures and small words.", ("S-A",)
        elif found.precision < 1:
            step, codes = "Some pages that you put together have different reporters behind them. Read the credit again.", ("S-A2",)
        details = {"groups": groups, "right": right, **(found.as_dict() if found else {})}
        return Result(self.outcome(value), value, message, step, details, codes)

    def answer(self) -> dict[str, dict[str, str]]:
        names = {origin: str(n) for n, origin in enumerate(dict.fromkeys(self.origins.values()), 1)}
        return {card: {"group": names[origin]} for card, origin in self.origins.items()}

    def facts(self) -> dict[str, object]:
        members = Counter(self.origins.values())
        return {
            "pages": len(self.origins),
            "groups": len(members),
            "whole": "; ".join(f"{origin}: {n}" for origin, n in members.most_common()),
            "first": next(iter(self.origins.values())),
        }


class SplitTimeline(Task):
    """4.3: give each fact of the story to an event, or to neither. Accuracy; half credit for a label that readers share."""

    id = "4.3"

    @property
    def names(self) -> dict[str, str]:
        """What each event is called."""
        return {key: self.case.timeline.names[key] for key in self.events}

    @cached_property
    def events(self) -> tuple[str, ...]:
        """The events that the facts belong to."""
        return tuple(sorted({piece.event for piece in self.case.coverage.split} - {NEITHER}))

    @cached_property
    def form(self) -> Form:
        signs = ("●", "▲", "■")
        events = [Option(key, f"{sign} {self.names[key]}") for key, sign in zip(self.events, signs, strict=False)]
        options = (*events, Option(NEITHER, "– cannot be told"))
        rows = tuple(Option(piece.claim, piece.text) for piece in self.case.coverage.split)
        return TableForm(rows, (Field("event", "Belongs to", options),))

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        credit, wrong, empty = 0.0, [], 0
        for piece in self.case.coverage.split:
            given = answer.get(piece.claim, {}).get("event")
            empty += not given
            if given == piece.event:
                credit += 1
            elif given and given == piece.other:
                credit += 0.5
            elif given:
                wrong.append((piece, given))
        pieces = self.case.coverage.split
        value = credit / len(pieces)
        placed = Counter(cells.get("event") for cells in answer.values())
        piles = ", ".join(f"{placed[key]} to {self.names[key]}" for key in self.events)
        message = f"{credit:g} of {len(pieces)} points. You gave {piles}, and {placed[NEITHER]} to neither."
        step = ""
        if empty:
            step = f"{empty} facts have no place yet."
        elif wrong:
            piece = wrong[0][0]
            step = f"Look at “{piece.text}” again. {piece.why}"
        codes = tuple("S-B" for piece, given in wrong if piece.event == NEITHER)
        return Result(self.outcome(value), value, message, step, {"piles": dict(placed)}, codes)

    def answer(self) -> dict[str, dict[str, str]]:
        return {piece.claim: {"event": piece.event} for piece in self.case.coverage.split}

    def facts(self) -> dict[str, object]:
        counts = Counter(piece.event for piece in self.case.coverage.split)
        first = self.case.coverage.split[0]
        return {
            "facts": len(self.case.coverage.split),
            "events": "; ".join(f"{counts[key]} belong to {self.names[key]}" for key in self.events),
            "neither": counts[NEITHER],
            "first": first.text,
            "first_why": first.why,
        }


class BuildTest(Task):
    """4.7: choose the questions that tell the events apart. F1 of the chosen set."""

    id = "4.7"

    @cached_property
    def form(self) -> Form:
        return ChoiceForm(tuple(Option(q.key, q.text) for q in self.case.coverage.about.questions), several=True)

    def score(self, answer: list[str]) -> Result:
        right, given = set(self.answer()), set(answer)
        value = set_f1(given, right)
        extra, missed = given - right, right - given
        message = f"{len(given & right)} of {len(right)} questions that tell the events apart, {len(extra)} that do not."
        step = ""
        questions = self.case.coverage.about.questions
        if extra:
            question = next(q for q in questions if q.key in extra)
            step = f"Ask “{question.text}” of a report of each event. {question.why}"
        elif missed:
            step = "Go back to your matrix: which rows have “states it” on one side and “contradicts it” on the other?"
        return Result(self.outcome(value), value, message, step, {"f1": round(value, 3)})

    def answer(self) -> list[str]:
        return [q.key for q in self.case.coverage.about.questions if q.tells]

    def facts(self) -> dict[str, object]:
        questions = self.case.coverage.about.questions
        return {
            "questions": len(questions),
            "right": sum(q.tells for q in questions),
            "first": next(q.text for q in questions if q.tells),
            "whole": " ".join(q.text for q in questions if q.tells),
        }
