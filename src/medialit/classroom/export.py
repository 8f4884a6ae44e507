"""Gradebook files for people and for learning platforms: plain CSV in a fixed order."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from medialit.classroom.records import Book, Grade, Receipt
from medialit.exercises.registry import UNITS

COLUMNS = ("learner", "unit", "task", "outcome", "score", "max_score", "attempts", "graded_at", "case", "version")
_ORDER = {plan.name: number for number, plan in enumerate(UNITS)}
_TITLES = {plan.name: plan.title for plan in UNITS}


def gradebook_csv(book: Book) -> str:
    """One line a learner and task or question."""
    rest = attrgetter(*COLUMNS[1:])
    rows = [[_safe(grade.learner), *map(_shown, rest(grade))] for grade in book.grades]
    return _csv([COLUMNS, *rows])


def canvas_csv(book: Book) -> str:
    """For *Grades → Import* in Canvas, which finds a learner by the number in the column ID."""
    parts = _parts(book.grades)
    names = [f"medialit {title}" for _, title in parts]
    most = _most(book.grades)
    rows: list[Sequence[Any]] = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *names]]
    rows.append(["    Points Possible", "", "", "", "", *(_shown(most[part]) for part, _ in parts)])
    for receipt, sums in _people(book):
        number = receipt.lms_id if receipt.lms == "canvas" else ""
        rows.append([_safe(receipt.name), number, "", "", "", *(_shown(sums.get(part, "")) for part, _ in parts)])
    return _csv(rows)


def moodle_csv(book: Book) -> str:
    """For Moodle: *Identifier* and *Grade* (of 100) as in its grading worksheet, then the points of every unit."""
    parts = _parts(book.grades)
    rows: list[Sequence[Any]] = [["Identifier", "Full name", "Grade", "Maximum grade", *(title for _, title in parts)]]
    most = _most(book.grades)
    whole = sum(most[part] for part, _ in parts)
    for receipt, sums in _people(book):
        identifier = f"Participant {receipt.lms_id}" if receipt.lms == "moodle" else ""
        percent = f"{100 * sum(sums.values()) / whole:.2f}" if whole else ""
        points = (_shown(sums.get(part, "")) for part, _ in parts)
        rows.append([identifier, _safe(receipt.name), percent, "100.00", *points])
    return _csv(rows)


Part = tuple[str, str]


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


def _people(book: Book) -> list[tuple[Receipt, dict[Part, float]]]:
    """Each learner once, with points for each part. Who answered a task on two cases keeps the better one."""
    best: dict[str, dict[tuple[Part, str], float]] = {}
    for grade in book.grades:
        mine = best.setdefault(grade.learner, {})
        place = (_part(grade), grade.task)
        mine[place] = max(grade.score, mine.get(place, 0.0))
    people: dict[str, Receipt] = {}
    for receipt in book.submissions:
        # A receipt that knows the platform's number is worth more than one that does not.
        if receipt.learner not in people or receipt.lms_id:
            people[receipt.learner] = receipt
    found = []
    for learner, receipt in people.items():
        sums: dict[Part, float] = {}
        for (part, _), score in best.get(learner, {}).items():
            sums[part] = sums.get(part, 0.0) + score
        found.append((receipt, sums))
    return found


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{round(value, 4):.4f}".rstrip("0").rstrip(".")
    return str(value)


def _safe(name: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{name}" if name[:1] in ("=", "+", "-", "@") else name


def _csv(rows: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
