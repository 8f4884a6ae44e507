"""What checking an answer returns: an outcome, a score and feedback, all plain data."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from medialit.records import PlainRecord


def stamped(version: int, asked: str) -> str:
    """The written version with a digest of all that is asked, so that an edited item takes over no old answer."""
    return f"{version}-{hashlib.sha256(asked.encode()).hexdigest()[:6]}"


class Outcome(StrEnum):
    """Six different things, never mixed up. What only a reader can judge is complete, and never passed."""

    PASSED = "passed"
    COMPLETE = "complete"
    PARTLY = "partly"
    NOT_YET = "not yet"
    NOT_ATTEMPTED = "not attempted"
    COULD_NOT_CHECK = "could not check"

    @property
    def sign(self) -> str:
        """The shape shown beside the word, so that colour never carries the meaning alone."""
        signs = {
            "passed": "✓",
            "complete": "◆",
            "partly": "◐",
            "not yet": "○",
            "not attempted": "–",
            "could not check": "?",
        }
        return signs[self]

    @property
    def counts(self) -> bool:
        """Was an answer measured, however well it did?"""
        return self not in (Outcome.NOT_ATTEMPTED, Outcome.COULD_NOT_CHECK)

    @property
    def done(self) -> bool:
        """Is there nothing left to do for the learner?"""
        return self in (Outcome.PASSED, Outcome.COMPLETE)


# What opens the part of a feedback that has measures in it.
FOR_MEASURERS = "For those who measure"


@dataclass(frozen=True)
class Result(PlainRecord):
    """The outcome of one check.

    ``score`` runs from 0 to 1. ``message`` says what was found, missed and extra; ``next_step`` names one thing
    to do. Neither holds the answer. ``details`` is plain data for charts and reports; ``details["again"]`` names the rows
    of a table to look at again, each with its reason. ``codes`` are the misconceptions that a wrong choice points to (for
    instance ``Q-C``). ``measured`` holds measures with their names, for those who want them; ``measure`` makes it, because
    an interval takes longer than all else and a gradebook has none.
    """

    outcome: Outcome
    score: float
    message: str
    next_step: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    measure: Callable[[], str] = field(default=str, compare=False, repr=False)

    @property
    def measured(self) -> str:
        """Measures with their names in a sentence; empty where there are none."""
        return self.measure()

    def __str__(self) -> str:
        said = f"{self.outcome.sign} {self.outcome.capitalize()}. {self.message} {self.next_step}".strip()
        measured = self.measured
        return f"{said} {FOR_MEASURERS}: {measured}" if measured else said

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """Read like feedback, not like a record, when it stands at the end of a cell."""
        printer.text(str(self))

    def as_dict(self) -> dict[str, Any]:
        """The result as plain data (strings, numbers, lists, dicts)."""
        found = {**super().as_dict(), "outcome": str(self.outcome), "measured": self.measured}
        del found["measure"]
        return found


NOT_ATTEMPTED = Result(
    Outcome.NOT_ATTEMPTED, 0.0, "There is no answer yet.", "Choose or write your answer first. Then check it."
)


def could_not_check(problem: str) -> Result:
    """What is said of an answer of another shape than the one that is asked for."""
    return Result(Outcome.COULD_NOT_CHECK, 0.0, problem, "Nothing was counted. Fix it and check again.")
