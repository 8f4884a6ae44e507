"""Wrong answers to expect in a room, and what to say: taken from the misconceptions in the quizzes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from medialit.exercises.quiz import Question, Trap
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


def expected(path: CoursePath, course: Path) -> list[Wrong]:
    """The wrong answers to the questions that a path asks, in its order. A whole quiz is not listed."""
    found: list[Wrong] = []
    for sitting in path.sittings:
        for section in sitting.sections:
            if section.questions:
                unit = find_folder(course, sitting.unit_of(section))
                for name in section.questions:
                    found += wrong_answers(unit, unit.questions[name])
    return found


def wrong_answers(unit: UnitFolder, question: Question) -> Iterator[Wrong]:
    """Every foreseen wrong answer to one question. A misconception is listed once for a question."""
    seen: set[tuple[str, str]] = set()
    for said, code in _foreseen(question):
        if (said, code) not in seen:
            seen.add((said, code))
            answer = unit.quiz.misconceptions[code]
            yield Wrong(f"unit {int(unit.folder.name[:2])}", question.id, said, code, answer)


def _foreseen(question: Question) -> Iterator[tuple[str, str]]:
    for option in question.options:
        if option.code:
            yield f"{option.id}: {option.text}", option.code
    for trap in question.traps:
        if trap.code:
            yield _said(question, trap), trap.code


def _said(question: Question, trap: Trap) -> str:
    if trap.any_of:
        return ", ".join(trap.any_of[:3])
    if trap.before:
        return f"{trap.before[0]} before {trap.before[1]}"
    if trap.value is not None:
        return f"{trap.value:g}"
    low = f"{trap.low:g} or more" if trap.low is not None else ""
    high = f"up to {trap.high:g}" if trap.high is not None else ""
    return " ".join(filter(None, (low, high)))
