"""The instructor's own list of a class: Moodle's grading worksheet, Canvas's gradebook, or any table or list of names.

It says who is in the class, and is filled in and given back, so that the platform finds its own columns, in its own language.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from medialit.classroom.names import HandInName
from medialit.errors import MedialitError

MAX_ROWS, MAX_BYTES = 20_000, 20_000_000
_NUMBERED = re.compile(r"(\D*?)\s*(\d+)")  # “Participant 98765”, in any language
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
# Canvas's own titles are the same in every language; a setting of the gradebook splits the name.
_CANVAS, _SPLIT = ("Student", "ID", "Section"), ("LastName", "FirstName", "ID", "Section")
_GRADE, _MOST, _STATUS = "grade", "maximum grade", "status"  # Moodle's titles in English
_NAMES = ("name", "full name", "fullname", "student", "student name", "learner", "participant")
_PARTS = (("first name", "firstname", "given name"), ("last name", "lastname", "surname", "family name"))


@dataclass(frozen=True)
class Worksheet:
    """A table with one person a row. ``people`` has somebody, or None, for each row."""

    name: str
    kind: Literal["moodle", "canvas", "names"]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    people: tuple[HandInName | None, ...]

    def filled(self, grades: Callable[[HandInName], Mapping[str, str]], most: Mapping[str, str]) -> list[Sequence[str]]:
        """The rows to give back. ``grades(person)`` maps names of columns to values; for Moodle the one name is "".

        ``most`` has the highest value of each column. Raises MedialitError when Moodle's grade column is not to be found.
        """
        return self._moodle(grades) if self.kind == "moodle" else self._canvas(grades, most)

    def _moodle(self, grades: Callable[[HandInName], Mapping[str, str]]) -> list[Sequence[str]]:
        column, highest = self._grade_column()
        found = [list(self.header)]
        for row, person in zip(self.rows, self.people, strict=True):
            cells = list(row)
            if person and (share := grades(person).get("")):
                cells[column] = f"{float(share) * highest:.2f}"
            found.append(cells)
        return list(found)

    def _grade_column(self) -> tuple[int, float]:
        """(place of the grade, highest grade): the column before the one in which every row has the same number."""
        titles = [title.strip().lower() for title in self.header]
        english = [titles.index(_MOST)] if _GRADE in titles and _MOST in titles else []
        for place in english or range(1, len(titles)):
            values = {row[place].strip() for row in self.rows}
            before = {row[place - 1].strip() for row in self.rows} - {"", "-"}
            if len(values) == 1 and _NUMBER.fullmatch(only := values.pop()) and all(map(_NUMBER.fullmatch, before)):
                return place - 1, float(only.replace(",", ".")) / 100
        raise MedialitError(
            f"{self.name} has no column for grades that can be found: before a column with the maximum grade. In Moodle, "
            "turn on “Offline grading worksheet” in the settings of the assignment, and download the worksheet again."
        )

    def _canvas(
        self, grades: Callable[[HandInName], Mapping[str, str]], most: Mapping[str, str]
    ) -> list[Sequence[str]]:
        kept = self.header.index("Section") + 1
        # An assignment that is there already is called “medialit Quotes tasks (4711)”.
        there = {re.sub(r"\s*\(\d+\)$", "", title): title for title in self.header[kept:]}
        found: list[Sequence[str]] = [[*self.header[:kept], *(there.get(name, name) for name in most)]]
        found.append(["    Points Possible", *[""] * (kept - 1), *most.values()])
        for row, person in zip(self.rows, self.people, strict=True):
            if person:
                mine = grades(person)
                found.append([*row[:kept], *(mine.get(name, "") for name in most)])
        return found


def read_table(path: Path) -> list[tuple[str, ...]]:
    """The rows of a table in text, all of one width. Raises MedialitError when it cannot be read, or has none."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise MedialitError(f"{path} could not be read ({error.strerror}).") from None
    rows = _rows(path, data)
    if not rows or len(rows) > MAX_ROWS or len(data) > MAX_BYTES:
        raise MedialitError(f"{path} is {'too large' if rows else 'empty'}. It should have one person per line.")
    return rows


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """A table as CSV, with one line end on every system."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def read_worksheet(path: Path) -> Worksheet:
    """The table or list in a file. Raises MedialitError when it cannot be read or names nobody."""
    rows = read_table(path)
    header, *rest = rows
    rest = [row for row in rest if row[0].strip()]
    if set(_CANVAS) <= set(header) or set(_SPLIT) <= set(header):
        return Worksheet(path.name, "canvas", header, tuple(rest), tuple(_canvas_person(header, row) for row in rest))
    if rest and len(header) > 2 and len({row[0] for row in rest}) == len(rest):
        found = [_NUMBERED.fullmatch(row[0].strip()) for row in rest]
        if all(found) and len(words := {match[1] for match in found if match}) == 1 and words != {""}:
            numbers = [match[2] for match in found if match]
            # In an anonymous assignment there is no name, and the next column says the same of many.
            anonymous = header[1].strip().lower() == _STATUS or 2 * len({row[1] for row in rest}) <= len(rest)
            shown = [row[0] if anonymous else row[1].strip() or row[0] for row in rest]
            people = [HandInName(name, lms="moodle", lms_id=n) for name, n in zip(shown, numbers, strict=True)]
            return Worksheet(path.name, "moodle", header, tuple(rest), tuple(people))
    names = _names(header, rest)
    if not names:
        raise MedialitError(f"{path} names nobody. It should have one person per line, or a column called Name.")
    return Worksheet(path.name, "names", header, tuple(rest), tuple(HandInName(name) for name in names))


def _rows(path: Path, data: bytes) -> list[tuple[str, ...]]:
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            break
    else:
        raise MedialitError(f"{path} is not a table in text. Save it as CSV.")
    text = text.lstrip("\ufeff")
    first = text.lstrip().partition("\n")[0]
    # A list of names has no separator; “Doe, John” in it is one name.
    separator = max("\x1f,;\t", key=first.count)
    try:
        rows = [tuple(row) for row in csv.reader(io.StringIO(text), delimiter=separator) if any(map(str.strip, row))]
    except csv.Error:
        raise MedialitError(f"{path} is not a table in text. Save it as CSV.") from None
    width = max((len(row) for row in rows), default=0)
    return [(*row, *[""] * (width - len(row))) for row in rows]


def _canvas_person(header: tuple[str, ...], row: tuple[str, ...]) -> HandInName | None:
    """Nobody in the lines that Canvas adds: highest points, who posts by hand, and a student for testing."""
    names = ("Student",) if "Student" in header else _SPLIT[:2]
    name, number = ", ".join(row[header.index(one)].strip() for one in names), row[header.index("ID")].strip()
    if not number.isdigit() or (name == "Student, Test" and _sis(header, row) == ""):
        return None
    # As Canvas writes the name of a file.
    return HandInName(re.sub(r"\W", "", name.lower()), lms="canvas", lms_id=number, shown=name)


def _sis(header: tuple[str, ...], row: tuple[str, ...]) -> str | None:
    """The number that a school gives its students; None where Canvas does not know any."""
    return row[header.index("SIS User ID")].strip() if "SIS User ID" in header else None


def _names(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    titles = [title.strip().lower() for title in header]
    if column := next((place for place, title in enumerate(titles) if title in _NAMES), None) if rows else None:
        return [row[column].strip() for row in rows if row[column].strip()]
    parts = [next((place for place, title in enumerate(titles) if title in known), -1) for known in _PARTS]
    if min(parts) >= 0:
        return [f"{row[parts[0]].strip()} {row[parts[1]].strip()}".strip() for row in rows]
    # A list without titles; the first line is a person too, unless it is called so.
    first = [] if titles[0] in _NAMES else [header]
    return [row[0].strip() for row in (*first, *rows) if row[0].strip()]


def same_name(name: str) -> frozenset[str]:
    """What two ways to write a name have in common: “Doe, John”, “John Doe” and “doejohn” share an entry."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.findall(r"[^\W_]+", plain)
    turned = re.findall(r"[^\W_]+", " ".join(plain.split(",")[::-1])) if "," in plain else [*words[-1:], *words[:-1]]
    return frozenset(("".join(words), "".join(turned)))
