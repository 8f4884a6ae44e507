"""The format of ``quiz.yaml``. Loaded only when a quiz is read, because pydantic is not cheap to import."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}-[A-Z0-9]{1,4}$")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,30}$")]


class Strict(BaseModel):
    """Unknown fields and silent conversions are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Choice(Strict):
    """An option of ``one`` and ``several``. A wrong one carries the code of its misconception."""

    id: Key
    text: Sentence
    right: bool = False
    code: Code | None = None
    feedback: Sentence


class Item(Strict):
    """One thing to put in order."""

    id: Key
    text: Sentence


class Otherwise(Strict):
    """Feedback for every wrong answer that no trap foresees."""

    code: Code | None = None
    feedback: Sentence


class NumberTrap(Strict):
    """A wrong number, or all from ``low`` to ``high`` (both included), that points to a misconception."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    code: Code
    feedback: Sentence


class OrderTrap(Strict):
    """A wrong order: the first item of ``before`` stands somewhere before the second."""

    before: Annotated[list[Key], Field(min_length=2, max_length=2)]
    code: Code
    feedback: Sentence


class TextTrap(Strict):
    """Wrong words that point to a misconception."""

    any_of: Annotated[list[Sentence], Field(min_length=1)]
    code: Code
    feedback: Sentence


class Base(Strict):
    """What every question has."""

    id: Key
    version: Annotated[int, Field(ge=1)]
    stem: Sentence
    hints: Annotated[list[Sentence], Field(min_length=3, max_length=3)]
    certainty: bool = False


class OneQuestion(Base):
    """Exactly one option is right."""

    type: Literal["one"]
    options: Annotated[list[Choice], Field(min_length=2, max_length=5)]


class SeveralQuestion(Base):
    """One option or more are right; ``missed`` is said when only right ones are chosen, but not all."""

    type: Literal["several"]
    options: Annotated[list[Choice], Field(min_length=3, max_length=6)]
    missed: Otherwise


class NumberQuestion(Base):
    """A number, right within ``tolerance``."""

    type: Literal["number"]
    answer: float
    tolerance: Annotated[float, Field(ge=0)] = 0.0
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    right: Sentence
    traps: list[NumberTrap] = []
    otherwise: Otherwise


class OrderQuestion(Base):
    """Items to put in order; shown as they are written here, which must not be the right order."""

    type: Literal["order"]
    items: Annotated[list[Item], Field(min_length=3, max_length=8)]
    order: list[Key]
    right: Sentence
    traps: list[OrderTrap] = []
    otherwise: Otherwise


class TextQuestion(Base):
    """A short text; capitals, marks, accents of typing and double spaces do not count."""

    type: Literal["text"]
    accept: Annotated[list[Sentence], Field(min_length=1)]
    right: Sentence
    traps: list[TextTrap] = []
    otherwise: Otherwise


QUESTION_TYPES: dict[str, type[Base]] = {
    "one": OneQuestion,
    "several": SeveralQuestion,
    "number": NumberQuestion,
    "order": OrderQuestion,
    "text": TextQuestion,
}


class QuizFile(Strict):
    """The whole file; each question is validated by its own type."""

    title: Sentence
    misconceptions: dict[Code, Sentence]
    questions: Annotated[list[dict[str, Any]], Field(min_length=1)]
