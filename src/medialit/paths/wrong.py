"""Wrong answers to expect in a room, and what to say: taken from the misconceptions in the quizzes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from medialit.exercises.quiz import Question
from medialit.files import COURSE_CASE
from medialit.paths.records import CoursePath
from medialit.paths.unit import UnitFolder, find_folder


@dataclass(frozen=True)
class Wrong:
    """One wrong answer: where it comes up, what is said, its misconception, and a sentence to answer with."""

    unit: str
    question: str
    said: str
    code: str
    answer: str


def expected(path: CoursePath, course: Path, case: str = COURSE_CASE) -> list[Wrong]:
    """The wrong answers to the questions that a path asks on a case, in its order. A whole quiz is not listed."""
    found: list[Wrong] = []
    for sitting in path.sittings:
        for section in sitting.sections:
            if section.questions:
                unit = find_folder(course, sitting.unit_of(section))
                asked = unit.quiz.on(case)
                for name in section.questions:
                    found += wrong_answers(unit, asked[name]) if name in asked else ()
    return found


def wrong_answers(unit: UnitFolder, question: Question) -> Iterator[Wrong]:
    """Every foreseen wrong answer to one question. A misconception is listed once for a question."""
    seen: set[tuple[str, str]] = set()
    for said, code in question.wrong():
        if (said, code) not in seen:
            seen.add((said, code))
            answer = unit.quiz.misconceptions[code]
            yield Wrong(f"unit {int(unit.folder.name[:2])}", question.id, said, code, answer)
