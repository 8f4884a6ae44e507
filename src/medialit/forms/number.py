"""Type one number, in digits or in words."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, ClassVar

from medialit.english import NUMBERS, TENS
from medialit.errors import MedialitError
from medialit.forms.base import Form, Key, is_number

_ONE = frozenset({"single"})
_NOTHING = frozenset("none nobody nothing nil null noone nought".split())
# After these, only words of this list still mean 0: "no sources" does, "no idea" does not.
_DENY = frozenset({"no", "not"})
_BESIDE = frozenset(
    "one single a an any at all of the them these those that there is are it i can could you we be in name named ask look up "
    "find checked and or".split()
)
# With one of these, a number is not exactly that number.
_OPEN = frozenset(
    "more less fewer least most than between or to over under half dozen dozens many few several some minus".split()
)
_PIECE = re.compile(r"[-−]?\d+(?:[.,]\d+)*|[^\W\d_]+")


def number_of(text: str, unit: str = "") -> float | None:
    """The one number that a text gives: ``7``, ``about 7 hours``, ``twenty-five``, ``none``; None when it gives none or two.

    ``unit`` names what is counted, so that ``no sources`` is 0 where sources are.
    """
    pieces = _PIECE.findall(text.lower().replace("n't", " not").replace("n’t", " not").replace("no one", "none"))
    words = set(pieces)
    beside = _BESIDE | {word for name in unit.lower().split() for word in (name, name.removesuffix("s"))}
    numbers = _numbers(pieces)
    if words & _NOTHING or words & _DENY:
        plainly = words & _NOTHING or words <= _DENY | beside
        return 0 if plainly and set(numbers) <= {0, 1} else None
    return numbers[0] if len(numbers) == 1 and not words & _OPEN else None


def _numbers(pieces: list[str]) -> list[float]:
    found: list[float] = []
    tens = single = False  # of the last piece: twenty five are 25, and a single one is 1
    for piece in pieces:
        if piece in NUMBERS:
            if tens and 0 < NUMBERS[piece] < 10:
                found[-1] += NUMBERS[piece]
            elif not (single and piece == "one"):
                found.append(NUMBERS[piece])
        elif piece in _ONE:
            found.append(1)
        elif piece[-1].isdigit():
            found.append(_digits(piece.replace("−", "-")))
        tens, single = piece in TENS, piece in _ONE
    return found


def _digits(piece: str) -> float:
    thousands = re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", piece)
    try:
        number = float(piece.replace(",", "" if thousands else "."))
    except ValueError:
        return math.nan  # a date, say
    return int(number) if number.is_integer() else number


def parsed(typed: Any) -> Any:
    """The number in a text box: ``7``, ``7.5``, ``7,5``, ``1,500`` or ``65%``; the text itself when it is no number.

    None when the box is empty. What is no text is given back.
    """
    if not isinstance(typed, str):
        return typed
    text = typed.strip().replace("\u2212", "-").removesuffix("%").strip()
    if not text:
        return typed.strip() or None
    number = _digits(text)
    return number if math.isfinite(number) else text


@dataclass(frozen=True)
class NumberForm(Form[float]):
    """Type one number (answer: int or float, or a text that gives one)."""

    kind: ClassVar[str] = "number"
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None

    def read(self, answer: Any) -> float:
        if isinstance(answer, str) and (found := number_of(answer, self.unit)) is not None:
            answer = found
        if not is_number(answer) or math.isnan(answer):
            raise MedialitError("Hand in a number, for instance 7.")
        if self.minimum is not None and answer < self.minimum:
            raise MedialitError(f"The number cannot be below {self.minimum:g}.")
        if self.maximum is not None and answer > self.maximum:
            raise MedialitError(f"The number cannot be above {self.maximum:g}.")
        number: float = answer
        return number

    def unfinished(self, answer: Any) -> None:
        if not isinstance(answer, str):
            self.read(answer)

    def typed(self, given: Any) -> Any:
        return parsed(given)

    def shown(self, answer: Any) -> Any:
        return "" if answer is None else str(answer)

    def sample(self) -> str:
        return "12" if self.maximum is None or self.maximum >= 12 else f"{self.maximum:g}"

    def all_keys(self) -> list[Key]:
        return []
