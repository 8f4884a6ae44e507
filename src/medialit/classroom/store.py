"""The gradebook in a database: SQLite by default, any other that SQLAlchemy speaks to by its address."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from operator import itemgetter
from pathlib import Path
from typing import Any, Self

from medialit.classroom.records import Attempt, Book, Done, Grade, Mark, Receipt
from medialit.errors import MedialitError

try:
    import sqlalchemy as sa
    from sqlalchemy.engine import Engine
    from sqlalchemy.exc import SQLAlchemyError
except ImportError:
    raise MedialitError("The gradebook needs SQLAlchemy. Install it with: pip install 'medialit[classroom]'.") from None


class _Json(sa.TypeDecorator[Any]):
    """Plain data as JSON in ASCII, sorted: the same data gives the same bytes, and no sign upsets a database."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str:
        return json.dumps(value, sort_keys=True, ensure_ascii=True)

    def result_processor(self, dialect: Any, coltype: Any) -> Any:
        # Not process_result_value: a large class has a hundred thousand values, and each would pass two wrappers more.
        return json.loads


TABLES = sa.MetaData()


_TYPES: dict[str, Any] = {"str": sa.Text, "Kind": sa.Text, "int": sa.Integer, "float": sa.Float, "bool": sa.Boolean}


def _table(name: str, record: Any, *key: str) -> sa.Table:
    """A table with a column for each field of a record, its key first; lists and other data are JSON."""
    kinds = {field.name: str(field.type).removesuffix(" | None") for field in fields(record)}
    empty = {field.name for field in fields(record) if str(field.type).endswith(" | None")}
    columns = [
        sa.Column(
            one, _TYPES.get(kinds[one], _Json), primary_key=one in key, nullable=one in empty, autoincrement=False
        )
        for one in dict.fromkeys([*key, *kinds])
    ]
    # Without row numbers a table is kept in the order of its key, whatever the order of writing.
    return sa.Table(name, TABLES, *columns, sqlite_with_rowid=False)


SUBMISSIONS = _table("submissions", Receipt, "learner", "digest", "kit")
ATTEMPTS = _table("attempts", Attempt, "learner", "unit", "case", "item", "nth")
GRADES = _table("grades", Grade, "learner", "unit", "case", "task")
MARKS = _table("marks", Mark, "learner", "unit", "case", "task", "at")


PATIENCE = 60.0  # seconds that SQLite waits while another process reads or writes the same file


class Store:
    """An open gradebook. Every method raises MedialitError, one plain sentence, when the database does not answer.

    ``new`` makes the tables where there are none. Who only reads leaves it out: two processes that make the same
    tables at the same time stop each other.
    """

    def __init__(self, place: Path | str, *, new: bool = True) -> None:
        self.url = as_url(place)
        with _plainly(self.url):
            waits = {"timeout": PATIENCE} if sa.make_url(self.url).get_backend_name() == "sqlite" else {}
            self.engine: Engine = sa.create_engine(self.url, connect_args=waits)
            if new:
                TABLES.create_all(self.engine)
                self._agree()

    def known(self) -> set[tuple[str, str, str]]:
        """(learner, digest, kit) of every submission that is graded already."""
        columns = (SUBMISSIONS.c.learner, SUBMISSIONS.c.digest, SUBMISSIONS.c.kit)
        with _plainly(self.url), self.engine.connect() as connection:
            return {tuple(row) for row in connection.execute(sa.select(*columns))}

    def _agree(self) -> None:
        found = sa.inspect(self.engine)
        for name, table in TABLES.tables.items():
            if {column["name"] for column in found.get_columns(name)} != set(table.columns.keys()):
                raise MedialitError(
                    "This gradebook was made by another version of medialit. Grade anew, with another folder after --out."
                )

    def attempts(self, learner: str) -> list[Attempt]:
        """All attempts of one learner so far."""
        with _plainly(self.url), self.engine.connect() as connection:
            return list(_rows(connection, ATTEMPTS, Attempt, learner))

    def keep(self, done: Sequence[Done], fresh: Collection[str] = ()) -> None:
        """Write graded submissions, all of them or none. In its units, each is now all of its learner's work.

        ``fresh`` are learners of whom there is nothing yet.
        """
        with _plainly(self.url), self.engine.begin() as connection:
            for receipt in (one.receipt for one in done if one.receipt.learner not in fresh):
                mine, again = SUBMISSIONS.c.learner == receipt.learner, SUBMISSIONS.c.digest == receipt.digest
                connection.execute(SUBMISSIONS.delete().where(mine & again))
                for table in (ATTEMPTS, GRADES):
                    old = (table.c.learner == receipt.learner) & table.c.unit.in_(receipt.units)
                    connection.execute(table.delete().where(old))
            tables: tuple[tuple[sa.Table, list[Any]], ...] = (
                (SUBMISSIONS, [one.receipt for one in done]),
                (ATTEMPTS, [row for one in done for row in one.attempts]),
                (GRADES, [row for one in done for row in one.grades]),
            )
            for table, rows in tables:
                if rows:
                    connection.execute(table.insert(), [vars(row) for row in rows])

    def add_marks(self, marks: Sequence[Mark]) -> None:
        """Write what a person decided beside what is there: all of it or nothing."""
        if marks:
            with _plainly(self.url), self.engine.begin() as connection:
                connection.execute(MARKS.insert(), [vars(mark) for mark in marks])

    def change(self, attempts: Sequence[Attempt], grades: Sequence[Grade]) -> None:
        """Write these instead of those of the same learner and item: all of them or none."""
        changes: tuple[tuple[sa.Table, Sequence[Any]], ...] = ((ATTEMPTS, attempts), (GRADES, grades))
        with _plainly(self.url), self.engine.begin() as connection:
            for table, rows in changes:
                for row in map(vars, rows):
                    mine = [column == row[column.name] for column in table.primary_key]
                    connection.execute(table.update().where(*mine).values(**row))

    def book(self) -> Book:
        """Everything, in a fixed order."""
        with _plainly(self.url), self.engine.connect() as connection:
            return Book(*(list(_rows(connection, *pair)) for pair in _PAIRS))

    def tidy(self) -> None:
        """Give the file back the space that deleted rows held; equal gradebooks are then equal bytes (SQLite)."""
        if self.engine.dialect.name == "sqlite":
            with _plainly(self.url), self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as opened:
                opened.exec_driver_sql("VACUUM")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()


_PAIRS: tuple[tuple[Any, Any], ...] = ((ATTEMPTS, Attempt), (GRADES, Grade), (SUBMISSIONS, Receipt), (MARKS, Mark))


def _rows(connection: Any, table: Any, record: Any, learner: str | None = None) -> Iterator[Any]:
    names = [field.name for field in fields(record)]
    lists = [place for place, field in enumerate(fields(record)) if str(field.type).startswith("tuple")]
    asked = sa.select(*(table.c[name] for name in names))
    if learner is not None:
        asked = asked.where(table.c.learner == learner)
    rows = [list(row) for row in connection.execute(asked)]
    # Sorted here and not by the database, whose order of letters depends on where it was installed.
    rows.sort(key=itemgetter(*(names.index(column.name) for column in table.primary_key)))
    for row in rows:
        for place in lists:
            row[place] = tuple(row[place])
        yield record(*row)


def as_url(place: Path | str) -> str:
    """The address of a database: an address as it is, a path as a SQLite file."""
    return str(place) if "://" in str(place) else f"sqlite:///{place}"


def read_book(place: Path | str) -> Book:
    """The gradebook at a path or a database address. Raises MedialitError when there is none."""
    if "://" not in str(place) and not Path(place).is_file():
        raise MedialitError(f"There is no gradebook {place}. “medialit grade” writes one, named gradebook.db.")
    with Store(place, new=False) as store:
        return store.book()


@contextmanager
def _plainly(url: str) -> Iterator[None]:
    """Turn the database's words into one sentence that holds no password."""
    try:
        yield
    except (SQLAlchemyError, ImportError) as error:
        try:
            shown = sa.make_url(url).render_as_string(hide_password=True)
        except SQLAlchemyError:
            shown = "this address"
        why = str(getattr(error, "orig", None) or error).strip().splitlines()[0][:200]
        raise MedialitError(f"The gradebook at {shown} cannot be used: {why}.") from None
