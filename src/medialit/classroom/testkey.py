"""The instructor's key of the tests before and after. It lies in a checkout, not in the wheel and not on Binder."""

from __future__ import annotations

from pathlib import Path

from medialit.case.records import StrictRecord
from medialit.errors import MedialitError
from medialit.exercises.statements import load_forms
from medialit.files import course_path, load_model

KEY = "key.yaml"
# ((statement, does it hold), ...): plain data that travels to every worker.
Key = tuple[tuple[str, bool], ...]


class KeyedStatement(StrictRecord):
    """One statement: whether it holds, why, and where that stands in the case (a claim, a card, or the words)."""

    holds: bool
    basis: list[str]
    why: str


class KeyFile(StrictRecord):
    """The whole of ``key.yaml``."""

    key: dict[str, KeyedStatement]


def read_key(path: Path) -> dict[str, KeyedStatement]:
    """The key of a file. Raises CaseError with file, line and field of the first fault."""
    return load_model(KeyFile, path).key


def find_key(path: Path | None = None) -> Key:
    """The key at ``path``, or the course's own where it is at hand; empty where it is not.

    Raises MedialitError when a named file is missing or does not fit the forms.
    """
    place = path or course_path("tests", KEY)
    if not place.is_file():
        if path:
            raise MedialitError(f"There is no key {path}. It is key.yaml, in course/tests of a copy of the project.")
        return ()
    key = read_key(place)
    asked = {s.id for form in load_forms().values() for s in form.statements}
    if strange := sorted(asked ^ set(key)):
        raise MedialitError(f"{place.name} and the forms of the tests do not fit: {', '.join(strange[:5])}.")
    return tuple(sorted((name, entry.holds) for name, entry in key.items()))
