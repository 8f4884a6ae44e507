"""The shapes an answer can take, as plain data. A task owns a form; widgets and text views draw it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen: ``key`` goes into the answer, ``text`` is read by the learner."""

    key: str
    text: str


@dataclass(frozen=True)
class ChoiceForm:
    """Pick one option (answer: its key) or several (answer: list of keys)."""

    kind: ClassVar[str] = "choice"
    options: tuple[Option, ...]
    several: bool = False


@dataclass(frozen=True)
class NumberForm:
    """Type one number (answer: int or float)."""

    kind: ClassVar[str] = "number"
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class TextForm:
    """Type a short text (answer: str)."""

    kind: ClassVar[str] = "text"
    lines: int = 1


@dataclass(frozen=True)
class OrderForm:
    """Put options in order with Up and Down (answer: list of keys).

    With ``optional`` some items may be left out: the learner also chooses which belong.
    """

    kind: ClassVar[str] = "order"
    options: tuple[Option, ...]
    optional: bool = False


@dataclass(frozen=True)
class Field:
    """One column of a table form: a drop-down list when it has options, else a number box.

    ``long`` options are sentences: they are shown one below the other instead of in a drop-down list. With ``several``
    any number of options can be ticked, and the value is a list of keys.
    """

    name: str
    label: str
    options: tuple[Option, ...] = ()
    long: bool = False
    several: bool = False


@dataclass(frozen=True)
class TableForm:
    """Fill in one or more fields for each row (answer: ``{row key: {field name: value}}``)."""

    kind: ClassVar[str] = "table"
    rows: tuple[Option, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class MatrixForm(TableForm):
    """A table whose cells all take one of the same few options: rows are statements, fields are columns of a grid."""

    @property
    def labels(self) -> tuple[Option, ...]:
        """What can stand in a cell."""
        return self.fields[0].options


@dataclass(frozen=True)
class SpanForm:
    """Mark stretches of the article (answer: list of ``[start, end]``), offered sentence by sentence.

    ``parts`` groups sentence numbers into chunks that are shown one after another. With ``labels`` each mark carries
    one of them (answer: list of ``[start, end, label key]``).
    """

    kind: ClassVar[str] = "spans"
    parts: tuple[tuple[int, ...], ...]
    labels: tuple[Option, ...] = ()


@dataclass(frozen=True)
class VerifyForm:
    """Judge claims with evidence (answer: ``{claim: {"verdict": …, "evidence": [card, …], "certainty": 1–3}}``).

    ``cards`` are the keys of all evidence cards that can be found.
    """

    kind: ClassVar[str] = "verify"
    claims: tuple[Option, ...]
    verdicts: tuple[Option, ...]
    cards: tuple[str, ...]


@dataclass(frozen=True)
class LabForm:
    """Compare two codings (answer: ``{"first": {item: label}, "second": …, "alpha": number, "band": …, "reading": …}``).

    ``coders`` are the bundled codings, ``lines`` the lines of code that compute alpha, in the order in which they run.
    """

    kind: ClassVar[str] = "lab"
    items: tuple[Option, ...]
    coders: tuple[Option, ...]
    bands: tuple[Option, ...]
    readings: tuple[Option, ...]
    lines: tuple[Option, ...]


@dataclass(frozen=True)
class RewriteSlot:
    """Words of a sentence, and what can be put in their place."""

    words: str
    choices: tuple[Option, ...]


@dataclass(frozen=True)
class RewriteSentence:
    """A sentence to tell in other words."""

    key: str
    text: str
    slots: tuple[RewriteSlot, ...]


@dataclass(frozen=True)
class RewriteForm:
    """Rewrite sentences by choosing words, or freely (answer: ``{sentence key: text}``)."""

    kind: ClassVar[str] = "rewrite"
    sentences: tuple[RewriteSentence, ...]


@dataclass(frozen=True)
class ActForm:
    """Do something once with a button (answer: ``{name: text}`` for each of ``names``, as the act returned it)."""

    kind: ClassVar[str] = "act"
    label: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """A claim, the number and the words of its paragraph, and the words that make the claim there."""

    key: str
    says: str
    number: int
    paragraph: str
    words: str


@dataclass(frozen=True)
class CorrectForm:
    """Correct one paragraph (answer: ``{"claim": key, "text": the whole paragraph in new words}``)."""

    kind: ClassVar[str] = "correct"
    claims: tuple[Told, ...]
    limit: int


@dataclass(frozen=True)
class Blank:
    """One line of a card: a choice when it has options, else words of at most ``limit`` characters.

    ``words`` is the number of words that are asked for at most; ``lines`` the height of the box.
    """

    name: str
    label: str
    options: tuple[Option, ...] = ()
    limit: int = 0
    words: int = 0
    lines: int = 1


@dataclass(frozen=True)
class CardForm:
    """Fill in a card (answer: ``{name: key or words}``)."""

    kind: ClassVar[str] = "card"
    blanks: tuple[Blank, ...]


Form = (
    ActForm
    | CardForm
    | CorrectForm
    | LabForm
    | RewriteForm
    | VerifyForm
    | ChoiceForm
    | NumberForm
    | TextForm
    | OrderForm
    | TableForm
    | SpanForm
)
