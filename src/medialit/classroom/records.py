"""What a gradebook holds, as plain records. Everything else in this room reads or makes these."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Kind = Literal["task", "question", "prediction", "statement"]


@dataclass(frozen=True)
class Attempt:
    """One answer of one learner to one item, scored by the grader and by nobody else.

    ``nth`` counts this learner's attempts at this item on this case from 1. ``at`` is UTC to the second
    (``2026-11-23T10:00:00Z``), or empty for an answer that a notebook handed in when it was run. ``answer`` and
    ``details`` are plain data, ``score`` runs from 0 to 1, ``certainty`` is 1, 2, 3 or None. A prediction has the
    outcome "not graded" and the score 0. A statement of a test never becomes a grade.
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


@dataclass(frozen=True)
class Grade:
    """What counts: a learner's best attempt at one task or question, or "not attempted" with no attempt.

    ``score`` runs from 0 to ``max_score``; ``graded_at`` is UTC to the second.
    """

    learner: str
    unit: str
    task: str
    outcome: str
    score: float
    max_score: float
    attempts: int
    graded_at: str
    case: str
    version: str


@dataclass(frozen=True)
class Receipt:
    """One submission that was graded: ``digest`` (SHA-256 of its files) and ``kit`` say when it need not be again.

    ``name`` and ``lms_id`` are what the learning platform called the learner. ``problems`` are plain sentences,
    ``feedback`` maps ``unit/item`` to the words a learner reads about their best attempt.
    """

    learner: str
    digest: str
    kit: str
    graded_at: str
    units: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    feedback: dict[str, str] = field(default_factory=dict)
    name: str = ""
    lms: str = ""
    lms_id: str = ""


class Book(NamedTuple):
    """A whole gradebook, each list in a fixed order (by learner, unit, case, item, number)."""

    attempts: list[Attempt]
    grades: list[Grade]
    submissions: list[Receipt]
