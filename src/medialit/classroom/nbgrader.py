"""Write grades into an nbgrader gradebook: its own database, as its ``nbgrader/api.py`` describes the tables (0.6 to 0.9).

The database must exist (nbgrader makes it). Only columns that this version of nbgrader has are written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from medialit.classroom.export import people_of
from medialit.classroom.marks import latest, with_marks
from medialit.classroom.records import Book
from medialit.errors import MedialitError
from medialit.exercises.records import Outcome
from medialit.units.registry import BY_NAME

_NEEDED = ("assignment", "notebook", "base_cell", "grade_cells", "student", "submitted_assignment",
           "submitted_notebook", "grade", "course")  # fmt: skip
_COURSE = "default_course"  # what nbgrader calls it where nobody gives it a name


class _Writer:
    """Rows by their own ids, which are digests of their names: writing twice changes a row and adds none."""

    def __init__(self, connection: sa.Connection, tables: Mapping[str, sa.Table]) -> None:
        self.connection, self.tables = connection, tables

    def row(self, table: str, names: Mapping[str, Any], new: Mapping[str, Any] | None = None, **values: Any) -> str:
        """The id of the row with these names, which gets the values; a new one gets ``new`` as well."""
        here = self.tables[table]
        new, values = ({n: v for n, v in one.items() if n in here.c} for one in (new or {}, values))
        same = [here.c[name] == value for name, value in names.items()]
        found = self.connection.execute(sa.select(here.c.id).where(*same)).scalar()
        if found is None:
            made = hashlib.sha256(repr((table, sorted(names.items()))).encode()).hexdigest()[:32]
            found = str(names.get("id", made))
            self.connection.execute(here.insert().values({"id": found, **names, **new, **values}))
        elif values:
            self.connection.execute(here.update().where(here.c.id == found).values(values))
        return str(found)


def to_nbgrader(book: Book, place: Path) -> int:
    """Write every unit as an assignment, every task as a cell; returns how many grades were written.

    Marks by hand go to nbgrader's manual score. Students are called as in the folders of ``submitted/``. All of it is
    written or nothing. Raises MedialitError when the file is no gradebook of nbgrader.
    """
    if not place.is_file():
        raise MedialitError(f"There is no {place}. Create it with nbgrader first: nbgrader db assignment add quotes.")
    engine = sa.create_engine(f"sqlite:///{place}")
    try:
        tables = sa.MetaData()
        tables.reflect(engine)
        if missing := [name for name in _NEEDED if name not in tables.tables]:
            raise MedialitError(f"{place} is not a gradebook of nbgrader: it has no table {missing[0]}.")
        with engine.begin() as connection:
            return _write(_Writer(connection, tables.tables), book)
    except sa.exc.SQLAlchemyError as error:
        why = str(getattr(error, "orig", None) or error).splitlines()[0][:200]
        raise MedialitError(f"{place} could not be written: {why}. Nothing was changed.") from None
    finally:
        engine.dispose()


def _write(writer: _Writer, book: Book) -> int:
    marked = {(one.learner, one.unit, one.case, one.task): one.score for one in latest(book.marks).values()}
    people = people_of(book)
    best: dict[tuple[str, str, str], Any] = {}
    for grade in with_marks(book).grades:
        place = (grade.learner, grade.unit, grade.task)
        if grade.score is not None and (place not in best or best[place].score < grade.score):
            best[place] = grade
    # A course has one gradebook; it may have a name of its own.
    course = writer.connection.execute(sa.select(writer.tables["course"].c.id)).scalar() or _COURSE
    writer.row("course", {"id": course})
    for (learner, unit, task), grade in sorted(best.items()):
        folder = BY_NAME[unit].folder if unit in BY_NAME else unit
        assignment = writer.row("assignment", {"name": unit}, {"course_id": course})
        notebook = writer.row("notebook", {"name": folder, "assignment_id": assignment})
        cell = writer.row("base_cell", {"name": task, "notebook_id": notebook, "type": "GradeCell"})
        writer.row("grade_cells", {"id": cell}, max_score=grade.max_score, cell_type="code")
        who = {"last_name": people[learner].name, "lms_user_id": people[learner].lms_id or None}
        student = writer.row("student", {"id": learner}, who)
        handed_in = writer.row("submitted_assignment", {"assignment_id": assignment, "student_id": student})
        pages = writer.row(
            "submitted_notebook", {"notebook_id": notebook, "assignment_id": handed_in}, {"flagged": False}
        )
        by_hand = marked.get((learner, unit, grade.case, task))
        scores = {"manual_score": grade.score} if by_hand is not None else {"auto_score": grade.score}
        waits = grade.outcome == Outcome.COMPLETE and by_hand is None
        writer.row("grade", {"cell_id": cell, "notebook_id": pages}, needs_manual_grade=waits, **scores)
    return len(best)
