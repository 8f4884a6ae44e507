"""Gradebook files for people and for learning platforms: plain CSV in a fixed order."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from medialit.classroom.records import Book, Grade, Receipt
from medialit.exercises.registry import UNITS

COLUMNS = (
    "learner", "unit", "task", "outcome", "score", "max_score", "attempts", "graded_at", "case", "version", "best", "source"
)  # fmt: skip
_ORDER = {plan.name: number for number, plan in enumerate(UNITS)}
_TITLES = {plan.name: plan.title for plan in UNITS}
Part = tuple[str, str]


def gradebook_csv(book: Book) -> str:
    """One line a learner and task or question; one line for a learner of whom nothing could be graded.

    ``best`` is the number of the attempt that counts, ``source`` where it was found. What was not attempted has no score.
    """
    graded = attrgetter(*COLUMNS[1:-2], "nth", "source")
    rows = [[grade.learner, *map(_shown, graded(grade))] for grade in book.grades]
    people = {grade.learner for grade in book.grades}
    nothing = [""] * (len(COLUMNS) - 4)
    rows += [[name, "", "", NOTHING, *nothing] for name in _people(book) if name not in people]
    return _csv([COLUMNS, *sorted(rows, key=lambda row: row[0])])


NOTHING = "nothing graded"


def canvas_csv(book: Book, due: Sequence[str] = ()) -> str:
    """For *Grades → Import* in Canvas, which finds a learner by the number in the column ID."""
    parts = _parts(book.grades)
    names = [f"medialit {title}" for _, title in parts]
    most = _most(book.grades)
    rows: list[Sequence[Any]] = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *names]]
    rows.append(["    Points Possible", "", "", "", "", *(_shown(most[part]) for part, _ in parts)])
    points = _points(book, due)
    for learner, receipt in _people(book).items():
        number = receipt.lms_id if receipt.lms == "canvas" else ""
        mine = (_shown(points[learner].get(part)) for part, _ in parts)
        rows.append([receipt.name, number, "", "", "", *mine])
    return _csv(rows)


def moodle_csv(book: Book, due: Sequence[str] = ()) -> str:
    """For Moodle: *Identifier* and *Grade* (of 100) as in its grading worksheet, then the points of every unit.

    The grade is a share of what the learner handed in and of what was due.
    """
    parts = _parts(book.grades)
    most, points = _most(book.grades), _points(book, due)
    rows: list[Sequence[Any]] = [["Identifier", "Full name", "Grade", "Maximum grade", *(title for _, title in parts)]]
    for learner, receipt in _people(book).items():
        mine = points[learner]
        whole = sum(most[part] for part in mine)
        identifier = f"Participant {receipt.lms_id}" if receipt.lms == "moodle" else ""
        percent = f"{100 * sum(mine.values()) / whole:.2f}" if whole else ""
        shown = (_shown(mine.get(part)) for part, _ in parts)
        rows.append([identifier, receipt.name, percent, "100.00" if percent else "", *shown])
    return _csv(rows)


def _part(grade: Grade) -> Part:
    # Tasks are numbered (1.1), questions have a letter in front (q1).
    return grade.unit, "tasks" if grade.task[:1].isdigit() else "quiz"


def _parts(grades: Iterable[Grade]) -> list[tuple[Part, str]]:
    found = sorted({_part(grade) for grade in grades}, key=lambda p: (_ORDER.get(p[0], 99), p[0], p[1] == "quiz"))
    return [(part, f"{_TITLES.get(part[0], part[0])} {part[1]}") for part in found]


def _most(grades: Iterable[Grade]) -> dict[Part, float]:
    """The highest points of each part: every task or question once, on whatever case it was answered."""
    points: dict[Part, dict[str, float]] = {}
    for grade in grades:
        points.setdefault(_part(grade), {})[grade.task] = grade.max_score
    return {part: sum(tasks.values()) for part, tasks in points.items()}


def _people(book: Book) -> dict[str, Receipt]:
    """Each learner once, with what was handed in last; what an earlier hand-in said of the platform is kept."""
    people: dict[str, Receipt] = {}
    for receipt in sorted(book.submissions, key=lambda one: (one.learner, bool(one.lms_id), one.graded_at)):
        people[receipt.learner] = receipt
    return people


def _points(book: Book, due: Sequence[str]) -> dict[str, dict[Part, float]]:
    """Each learner's points in each part. A part without any scored answer is left out, unless its unit was due.

    Who answered a task on two cases keeps the better one. Work that could not be read earns nothing and loses nothing.
    """
    best: dict[str, dict[Part, dict[str, float]]] = {learner: {} for learner in _people(book)}
    for grade in book.grades:
        if grade.score is not None:
            mine = best[grade.learner].setdefault(_part(grade), {})
            mine[grade.task] = max(grade.score, mine.get(grade.task, 0.0))
    owed = [part for part, _ in _parts(book.grades) if part[0] in due]
    for learner, receipt in _people(book).items():
        if receipt.units or not receipt.files:
            for part in owed:
                best[learner].setdefault(part, {})
    return {learner: {part: sum(tasks.values()) for part, tasks in mine.items()} for learner, mine in best.items()}


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{round(value, 4):.4f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)


# What a spreadsheet may take for the start of a formula, in any width, also behind what it may take for the end of a cell.
_FORMULA = re.compile(r"(^|[;,|\t\r\n])(\s*)(?=[=+\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20])")


def _csv(rows: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([_FORMULA.sub(r"\1\2'", cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue()
