"""What a gradebook holds, as plain records. Everything else in this room reads or makes these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

# A contest is what a learner disagreed with, in words; a note is a reflection. Both are kept for a reader and never scored.
Kind = Literal["task", "question", "prediction", "statement", "contest", "note"]


@dataclass(frozen=True)
class Attempt:
    """One answer of one learner to one item, scored by the grader and by nobody else.

    ``nth`` counts this learner's attempts at this item on this case from 1. ``at`` is UTC to the second
    (``2026-11-23T10:00:00Z``), or empty for an answer in a notebook. ``answer`` and
    ``details`` are plain data, ``score`` runs from 0 to 1, ``certainty`` is 1, 2, 3 or None. A prediction has the
    outcome "not graded" and the score 0. A statement of a test never becomes a grade. ``source`` is where it was found,
    for people: a file, with the number of the cell in a notebook. ``late`` is the platform's mark on
    the hand-in that it first came in.
    """

    learner: str
    unit: str
    item: str
    kind: Kind
    case: str
    version: str
    nth: int
    at: str
    answer: Any
    outcome: str
    score: float
    certainty: int | None = None
    codes: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)
    hints: int = 0
    door: str = "code"
    source: str = ""
    late: bool = False


@dataclass(frozen=True)
class Grade:
    """What counts: a learner's best attempt at one task or question, or "not attempted" with no attempt.

    ``score`` runs from 0 to ``max_score``; it is None when nothing was attempted, or nothing that could be scored.
    ``graded_at`` is UTC to the second. ``nth`` is the number of the best attempt (0 for none), ``source`` where it was
    found, and ``words`` what is said about it to the learner.
    """

    learner: str
    unit: str
    task: str
    outcome: str
    score: float | None
    max_score: float
    attempts: int
    graded_at: str
    case: str
    version: str
    nth: int = 0
    source: str = ""
    words: str = ""


@dataclass(frozen=True)
class Receipt:
    """One submission that was graded: ``digest`` (SHA-256 of its files) and ``kit`` say when it need not be again.

    ``name`` and ``lms_id`` are what the learning platform called the learner. ``problems`` are plain sentences, ``said``
    sentences for the learner that belong to no grade. ``late`` is the platform's own mark, ``hand`` its number of a file.
    """

    learner: str
    digest: str
    kit: str
    graded_at: str
    units: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    name: str = ""
    lms: str = ""
    lms_id: str = ""
    late: bool = False
    hand: str = ""


@dataclass(frozen=True)
class Mark:
    """What a person decided at ``at`` (UTC to the second). A newer one counts, and the
    older ones are its history.

    ``score`` runs from 0 to 1, or is None when only words were written. ``reason`` is told to the learner, ``reply`` answers
    what they disagreed with, ``levels`` are those of a rubric.
    """

    learner: str
    unit: str
    case: str
    task: str
    at: str
    score: float | None
    levels: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    reply: str = ""
    by: str = ""


def place_of(one: Attempt | Grade | Mark) -> tuple[str, str, str, str]:
    """Whose it is, and which task of which unit on which case it is about."""
    return one.learner, one.unit, one.case, one.item if isinstance(one, Attempt) else one.task


@dataclass(frozen=True)
class Done:
    """One graded submission; times are filled in where it is written down."""

    receipt: Receipt
    attempts: tuple[Attempt, ...] = ()
    grades: tuple[Grade, ...] = ()

    def at(self, time: str) -> Done:
        """The same with the time of grading."""
        grades = tuple(replace(grade, graded_at=time) for grade in self.grades)
        return Done(replace(self.receipt, graded_at=time), self.attempts, grades)


class Book(NamedTuple):
    """A whole gradebook, each list in a fixed order (by learner, unit, case, item, number)."""

    attempts: list[Attempt]
    grades: list[Grade]
    submissions: list[Receipt]
    marks: Sequence[Mark] = ()
