"""What a person decides: marks with reasons and history, and answers to “I disagree”. The kit's own scores stay."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, ValidationError

from medialit.case.records import StrictRecord
from medialit.classroom.names import one_line
from medialit.classroom.pseudonyms import Pseudonyms
from medialit.classroom.records import Book, Grade, Mark, place_of
from medialit.classroom.store import Store
from medialit.errors import MedialitError
from medialit.exercises.records import Outcome
from medialit.units.correction.rubric import CRITERIA, LEVELS

CARD = "card"  # the rubric of the correction card, as a task of unit 5
MAX_FILE = 5_000_000


class _One(StrictRecord):
    code: str = Field(max_length=20)
    unit: str = Field(max_length=40)
    case: str = Field(max_length=80)
    task: str = Field(max_length=40)
    score: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = None
    levels: dict[str, Literal["beginning", "emerging", "mastery"]] = Field(default_factory=dict)
    reason: str = Field("", max_length=2_000)
    reply: str = Field("", max_length=2_000)


class _File(StrictRecord):
    kind: Literal["medialit marks"]
    version: Literal[1]
    at: str = Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
    by: str = Field("", max_length=80)
    marks: list[_One] = Field(max_length=20_000)


def latest(marks: Iterable[Mark]) -> dict[tuple[str, str, str, str], Mark]:
    """By (learner, unit, case, task), the newest mark that has a score."""
    return {place_of(one): one for one in sorted(marks, key=lambda one: one.at) if one.score is not None}


def with_marks(book: Book) -> Book:
    """The gradebook as it counts: where a person marked, the person's score and words instead of the kit's."""
    marked = latest(book.marks)
    grades = [_marked(grade, marked.pop(place_of(grade), None)) for grade in book.grades]
    learners = {receipt.learner for receipt in book.submissions}
    for mark in marked.values():
        if mark.learner in learners:
            blank = Grade(mark.learner, mark.unit, mark.task, "", None, 1.0, 0, mark.at, mark.case, "")
            grades.append(_marked(blank, mark))
    return book._replace(grades=sorted(grades, key=place_of))


def _marked(grade: Grade, mark: Mark | None) -> Grade:
    if mark is None or mark.score is None:
        return grade
    outcome = Outcome.PASSED if mark.score >= 1 else Outcome.PARTLY if mark.score > 0 else Outcome.NOT_YET
    levels = "; ".join(f"{name}: {level}" for name, level in mark.levels.items())
    words = one_line(". ".join(filter(None, (levels.capitalize(), mark.reason))), 2_000)
    return replace(
        grade, outcome=str(outcome), score=round(mark.score * grade.max_score, 4), source="marked by hand", words=words
    )


def read_marks(path: Path, key: Pseudonyms) -> tuple[list[Mark], list[str]]:
    """(the marks in a file of the marking page, lines about those that fit nobody). Raises MedialitError when it is none."""
    with path.open("rb") as file:
        data = file.read(MAX_FILE + 1)
    try:
        if len(data) > MAX_FILE:
            raise ValueError
        found = _File.model_validate(json.loads(data))
    except (ValidationError, ValueError, RecursionError):
        raise MedialitError(
            f"{path} is not a file of marks. Choose the marks-….json that the marking page saved."
        ) from None
    marks, lines = [], []
    for one in found.marks:
        learner = key.learner(one.code)
        if learner is None:
            lines.append(f"{one_line(one.code)} is nobody's code in {key.path.name}, so its mark was left out.")
            continue
        score = one.score
        if one.task == CARD and one.levels:
            if set(one.levels) != set(CRITERIA):
                lines.append(f"{one.code}: the rubric is not complete, so it was left out.")
                continue
            score = sum(LEVELS[level] for level in one.levels.values()) / len(CRITERIA)
        if score is None and not one.reply and not one.reason:
            continue
        levels: dict[str, str] = dict(one.levels)
        words = (one.reason, one.reply, found.by)
        marks.append(Mark(learner, one.unit, one.case, one.task, found.at, score, levels, *words))
    return marks, lines


def take(store: Store, marks: Iterable[Mark], learners: Iterable[str]) -> tuple[int, list[str]]:
    """(how many marks were written that are new, lines about what changed). Marks are added; none is ever overwritten."""
    before, known = {(place_of(one), one.at): one for one in store.book().marks}, set(learners)
    new = [one for one in marks if one.learner in known and (place_of(one), one.at) not in before]
    old = latest(before.values())
    lines = []
    for one in new:
        was = old.get(place_of(one))
        change = f"{was.score:g} → {one.score:g}" if was and was.score is not None and one.score is not None else ""
        shown = change or ("answered" if one.score is None else f"{one.score:g}")
        lines.append(
            f"{one.learner} {one.unit} {one.task}: {shown}{f' ({one_line(one.reason, 80)})' if one.reason else ''}"
        )
    store.add_marks(new)
    return len(new), lines


def is_question(item: str) -> bool:
    """Is an item of the gradebook a question? Tasks are numbered, and the rubric of the card is a reader's."""
    return not item[:1].isdigit() and item != CARD


class Disagreement(NamedTuple):
    """What a learner disagreed with, in their words, and the answer to it (empty while there is none)."""

    unit: str
    item: str
    words: str
    reply: str


def replies(book: Book) -> dict[str, list[Disagreement]]:
    """By learner: what they disagreed with, each with the newest answer."""
    answered = {place_of(mark): mark.reply for mark in sorted(book.marks, key=lambda one: one.at) if mark.reply}
    found: dict[str, list[Disagreement]] = {}
    for one in book.attempts:
        if one.kind == "contest":
            reply = answered.get(place_of(one), "")
            found.setdefault(one.learner, []).append(
                Disagreement(one.unit, one.item, one_line(str(one.answer), 600), reply)
            )
    return found
