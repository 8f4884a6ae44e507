"""What exercises need of a case, and what an author is told of a case that lacks it: ``course/needs.yaml``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from medialit.case.records import Record
from medialit.english import filled
from medialit.errors import Lacking
from medialit.files import course_path, load_model

LEAST = 3  # rows, attributions or terms: with fewer, an exercise is a guess


class NeedsFile(Record):
    """The whole of ``needs.yaml``: the needs of each exercise, in order, a sentence for each need, and the rows of tables."""

    exercises: dict[str, list[str]]
    says: dict[str, str]
    tables: dict[str, str]


@lru_cache(maxsize=4)
def _read(path: Path) -> NeedsFile:
    return load_model(NeedsFile, path)


def needs_of(exercise: str) -> list[str]:
    """The needs of an exercise such as ``quotes/mark``, in the order in which an author gets there."""
    return _read(course_path("needs.yaml")).exercises.get(exercise, [])


def lacking(need: str, **values: object) -> Lacking:
    """What says, to an author, that a case lacks this."""
    return Lacking(filled(_read(course_path("needs.yaml")).says[need], least=LEAST, **values))


def lacking_table(name: str) -> Lacking:
    """What says, to an author, that a case lacks the table of this exercise."""
    return lacking("table", name=name, rows=_read(course_path("needs.yaml")).tables[name])
