"""Quizzes as plain records, and the form in which short answers are compared."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from medialit.errors import MedialitError
from medialit.exercises.forms import Form


@dataclass(frozen=True)
class QuizOption:
    """One option of a choice. The key and the explanation are kept out of the printed form."""

    id: str
    text: str
    right: bool = field(default=False, repr=False)
    code: str | None = field(default=None, repr=False)
    feedback: str = field(default="", repr=False)


@dataclass(frozen=True)
class Trap:
    """A foreseen wrong answer: its misconception and what is said about it."""

    feedback: str
    code: str | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    before: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()

    def fits_number(self, number: float) -> bool:
        """True when the trap foresees this number."""
        if self.value is not None:
            return math.isclose(number, self.value, abs_tol=1e-9)
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        return low <= number <= high


@dataclass(frozen=True)
class Question:
    """One question: what is asked is printed, what is right is not."""

    id: str
    type: str
    stem: str
    version: str
    form: Form
    hints: tuple[str, ...] = field(default=(), repr=False)
    certainty: bool = False
    options: tuple[QuizOption, ...] = field(default=(), repr=False)
    key: Any = field(default=None, repr=False)
    tolerance: float = field(default=0.0, repr=False)
    right: str = field(default="", repr=False)
    traps: tuple[Trap, ...] = field(default=(), repr=False)
    otherwise: Trap | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Quiz:
    """A title, questions in order, and the misconceptions: code -> a sentence to say in class."""

    title: str
    questions: tuple[Question, ...]
    misconceptions: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __getitem__(self, question_id: str) -> Question:
        """The question of an id. Raises MedialitError with the known ids."""
        wanted = str(question_id)[:40].strip().lower()
        for question in self.questions:
            if question.id == wanted:
                return question
        raise MedialitError(f"There is no question “{wanted}”. Questions: {', '.join(q.id for q in self.questions)}.")

    def only(self, *question_ids: str) -> Quiz:
        """The same quiz with these questions alone, in the order asked for."""
        return replace(self, questions=tuple(self[question_id] for question_id in question_ids))


def normal(text: str) -> str:
    """A text for comparing short answers: no capitals, accents, marks, article in front or possessive ``'s``."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    letters = re.sub(r"['’]s?\b", "", letters)
    kept = (c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    words = "".join(kept).split()
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words)
