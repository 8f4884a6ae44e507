"""Gradebook files for people and for learning platforms: plain CSV in a fixed order."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

from medialit.classroom.marks import is_question
from medialit.classroom.names import HandInName
from medialit.classroom.records import Book, Grade, Receipt
from medialit.classroom.worksheet import Worksheet, csv_text, same_name
from medialit.errors import MedialitError
from medialit.files import write_whole
from medialit.units.registry import BY_NAME, optional_tasks

COLUMNS = (
    "learner", "unit", "task", "outcome", "score", "max_score", "attempts", "graded_at", "case", "version", "best", "source"
)  # fmt: skip
_ORDER = {name: number for number, name in enumerate(BY_NAME)}
_KINDS = ("tasks", "quiz", "rubric")
Part = tuple[str, str]


def gradebook_csv(book: Book) -> str:
    """One line a learner and task or question; one line for a learner of whom nothing could be graded.

    ``best`` is the number of the attempt that counts, ``source`` where it was found. What was not attempted has no score.
    """
    graded = attrgetter(*COLUMNS[1:-2], "nth", "source")
    rows = [[grade.learner, *map(_shown, graded(grade))] for grade in book.grades]
    people = {grade.learner for grade in book.grades}
    nothing = [""] * (len(COLUMNS) - 4)
    for name, receipt in people_of(book).items():
        if name not in people:
            rows.append([name, "", "", "nothing graded" if receipt.files else "nothing handed in", *nothing])
    return _csv([COLUMNS, *sorted(rows, key=lambda row: row[0])])


def grades_csv(book: Book, totals: Totals, who: Callable[[str], str] = str) -> str:
    """One line a learner: what the platform says of them, the points of each part, and the share of all that counts.

    The share is one of what the learner handed in and of what was due. ``who`` says whose points they are, where the book
    has codes for names.
    """
    head = ["learner", "name", "platform", "number", "late", *totals.more, "handed in", "percent", *totals.most]
    rows: list[Sequence[Any]] = [head, [*[""] * (head.index("percent")), "100", *map(_shown, totals.most.values())]]
    for learner, receipt in people_of(book).items():
        about = [learner, receipt.name, receipt.lms, receipt.lms_id, "yes" if receipt.late else ""]
        about += [tell(who(learner)) for tell in totals.more.values()]
        mine, percent = totals.of(who(learner)), totals.percent(who(learner))
        rows.append([*about, len(receipt.files), percent, *(mine.get(title, "") for title in totals.most)])
    return _csv(rows)


def worksheet_csv(sheet: Worksheet, book: Book, totals: Totals) -> tuple[str, list[str]]:
    """(the instructor's worksheet with grades in it, learners of the gradebook who are not on it).

    Raises MedialitError when it has no place for grades.
    """
    people = people_of(book)
    numbers = {(one.lms, one.lms_id): learner for learner, one in people.items() if one.lms_id}
    names = {spelling: learner for learner, one in people.items() for spelling in same_name(one.name)}
    used: set[str] = set()

    def grades(person: HandInName) -> dict[str, str]:
        learner = numbers.get((person.lms, person.lms_id))
        learner = learner or next((names[n] for n in same_name(person.shown or person.who) if n in names), None)
        if learner is None:
            return {}
        used.add(learner)
        return {
            "": totals.percent(learner),
            **{f"medialit {title}": points for title, points in totals.of(learner).items()},
        }

    most = {f"medialit {title}": _shown(points) for title, points in totals.most.items()}
    rows = sheet.filled(grades, most)
    return _csv(rows), [learner for learner in people if learner not in used]


def feedback_zips(book: Book, pages: Mapping[str, str]) -> dict[str, bytes]:
    """Zip files with the pages, named as the bulk upload of Moodle and of Canvas expects. ``pages`` are by learner."""
    found: dict[str, dict[str, str]] = {}
    for learner, receipt in people_of(book).items():
        if receipt.lms == "moodle":
            folder = f"{receipt.name.replace('_', ' ')}_{receipt.lms_id}_assignsubmission_file_"
            found.setdefault("feedback-moodle.zip", {})[f"{folder}/feedback.html"] = pages[learner]
        elif receipt.lms == "canvas" and receipt.hand and receipt.lms_id.isdigit():
            name = f"{re.sub(r'[^A-Za-z]', '', receipt.name.lower()) or 'learner'}_{receipt.lms_id}_{receipt.hand}"
            found.setdefault("feedback-canvas.zip", {})[f"{name}_feedback.html"] = pages[learner]
    return {name: _zipped(files) for name, files in found.items()}


def _zipped(files: Mapping[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, text in sorted(files.items()):
            # The same class gives the same bytes.
            opened.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED)
    return held.getvalue()


class Totals:
    """Points of everybody by part: the tasks or the quiz of a unit. ``most`` has the highest points of each part."""

    most: dict[str, float]
    # Columns that a plan of the course adds: what each says of a learner.
    more: Mapping[str, Callable[[str], str]] = {}
    lines: Sequence[str] = ()

    def __init__(self, book: Book, due: Sequence[str] = ()) -> None:
        # A task that was answered on two cases counts once, with the better score. Optional tasks are beside all totals.
        worth: dict[Part, dict[str, float]] = {}
        best: dict[str, dict[Part, dict[str, float]]] = {learner: {} for learner in people_of(book)}
        for grade in book.grades:
            if grade.task in optional_tasks(grade.unit):
                continue
            worth.setdefault(_part(grade), {})[grade.task] = grade.max_score
            if grade.score is not None:
                mine = best[grade.learner].setdefault(_part(grade), {})
                mine[grade.task] = max(grade.score, mine.get(grade.task, 0.0))
        parts = sorted(worth, key=lambda part: (_ORDER.get(part[0], 99), part[0], _KINDS.index(part[1])))
        titles = {part: f"{BY_NAME[part[0]].title if part[0] in BY_NAME else part[0]} {part[1]}" for part in parts}
        self.most = {title: sum(worth[part].values()) for part, title in titles.items()}
        self._points: dict[str, dict[str, float]] = {}
        for learner, receipt in people_of(book).items():
            # Work that could not be read earns nothing and loses nothing.
            owed = due if receipt.units or not receipt.files else ()
            self._points[learner] = {
                title: sum(best[learner].get(part, {}).values())
                for part, title in titles.items()
                if part in best[learner] or part[0] in owed
            }

    def told(self, learner: str) -> Sequence[str]:
        """Lines for the feedback page about what counts: none without a plan of the course."""
        return ()

    def of(self, learner: str) -> dict[str, str]:
        """A learner's points by part, as they are written. A part that nobody asked for and nobody touched is missing."""
        return {title: _shown(points) for title, points in self._points[learner].items()}

    def percent(self, learner: str) -> str:
        """The share of points in parts that count, of 100; empty when none does."""
        mine = self._points[learner]
        whole = sum(self.most[title] for title in mine)
        return f"{100 * sum(mine.values()) / whole:.2f}" if whole else ""


def _part(grade: Grade) -> Part:
    return grade.unit, "tasks" if grade.task[:1].isdigit() else "quiz" if is_question(grade.task) else "rubric"


def people_of(book: Book) -> dict[str, Receipt]:
    """Each learner once, with what was handed in last; what an earlier hand-in said of the platform is kept."""
    people: dict[str, Receipt] = {}
    for receipt in sorted(book.submissions, key=lambda one: (one.learner, bool(one.lms_id), one.graded_at)):
        people[receipt.learner] = receipt
    return people


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{round(value, 4):.4f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)


# What a spreadsheet may take for the start of a formula, in any width, also behind what it may take for the end of a cell.
_FORMULA = re.compile(r"(^|[;,|\t\r\n])(\s*)(?!-\s*$)(?=[=+\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20])")


def _csv(rows: Iterable[Sequence[Any]]) -> str:
    return csv_text([_FORMULA.sub(r"\1\2'", cell) if isinstance(cell, str) else cell for cell in row] for row in rows)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it. Raises MedialitError when it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MedialitError(f"The folder {folder} could not be created ({error.strerror}).") from None


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> list[Path]:
    """Write files by their names under a folder, which is made; returns their paths. Raises MedialitError."""
    for name, data in files.items():
        make_folder((folder / name).parent)
        try:
            write_whole(folder / name, data.encode() if isinstance(data, str) else data, sync=False)
        except OSError as error:
            raise MedialitError(f"{folder / name} could not be written ({error.strerror}).") from None
    return [folder / name for name in files]
