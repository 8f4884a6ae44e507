"""The tests before and after, and the recheck: statements in parallel forms. Which of them hold is not known here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import model_validator

from medialit.case.records import StrictRecord
from medialit.exercises.records import stamped
from medialit.files import course_path, load_model
from medialit.forms import ChoiceForm, Option

FORMS = ("A", "B")
RECHECK = "R"
LENSES = ("quotes", "claims", "framing", "sources")
TRUE, NOT_TRUE = "true", "not-true"
FORM = ChoiceForm((Option(TRUE, "true"), Option(NOT_TRUE, "not true")))


class TestStatement(StrictRecord):
    """One statement to call true or not true. ``pair`` is shared with the statement of the other form that matches it.

    ``case`` is the case of the course, or the id of a text that belongs to the tests alone. ``worked``: a lesson has just
    this as an example.
    """

    id: str
    form: Literal["A", "B", "R"]
    pair: str
    case: str
    lens: Literal["quotes", "claims", "framing", "sources"]
    difficulty: Literal[1, 2, 3]
    worked: bool = False
    topic: str
    text: str


class TestText(StrictRecord):
    """A short invented text that no unit shows. Its paragraphs are the lines of ``text``."""

    id: str
    title: str
    genre: str
    text: str


class _Texts(StrictRecord):
    texts: list[TestText]


class _File(StrictRecord):
    version: int
    statements: list[TestStatement]

    @model_validator(mode="after")
    def _each_once(self) -> _File:
        seen = [s.id for s in self.statements]
        if twice := next((name for name in seen if seen.count(name) > 1), None):
            raise ValueError(f"The statement {twice} appears twice.")
        return self


@dataclass(frozen=True)
class ParallelForm:
    """The statements of one form, in the order in which they are met."""

    name: str
    version: int
    statements: tuple[TestStatement, ...]

    @cached_property
    def stamp(self) -> str:
        """Version and digest of all texts: an edited form does not take over old answers."""
        asked = repr([(s.id, s.case, s.text) for s in self.statements])
        return stamped(self.version, asked)

    def problem(self, answers: Any) -> str | None:
        """Why this is no answer to the form, in one sentence; None when it is ``{statement id: true or not-true}``."""
        if not isinstance(answers, dict):
            return "Answers to a test are a dictionary: the id of a statement, and true or not-true."
        known = {s.id for s in self.statements}
        if strange := next((name for name in answers if name not in known), None):
            return f"There is no statement “{str(strange)[:20]}” in this form."
        if any(said not in (TRUE, NOT_TRUE) for said in answers.values()):
            return f"Each statement is “{TRUE}” or “{NOT_TRUE}”."
        return None


def read_forms(path: Path) -> dict[str, ParallelForm]:
    """The forms of a file by name. Raises CaseError with file, line and field of the first fault."""
    file = load_model(_File, path)
    return {
        name: ParallelForm(name, file.version, tuple(s for s in file.statements if s.form == name))
        for name in (*FORMS, RECHECK)
    }


@lru_cache(maxsize=1)
def load_forms() -> dict[str, ParallelForm]:
    """The course's own forms: ``A``, ``B`` and ``R`` for the recheck."""
    return read_forms(course_path("tests", "forms.yaml"))


@lru_cache(maxsize=1)
def load_texts() -> dict[str, TestText]:
    """The texts that belong to the tests alone, by id. Raises CaseError with file, line and field of the first fault."""
    return {text.id: text for text in load_model(_Texts, course_path("tests", "texts.yaml")).texts}
