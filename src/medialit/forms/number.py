"""Type one number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from medialit.errors import MedialitError
from medialit.forms.base import Form, Key, is_number


@dataclass(frozen=True)
class NumberForm(Form[float]):
    """Type one number (answer: int or float)."""

    kind: ClassVar[str] = "number"
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None

    def read(self, answer: Any) -> float:
        if not is_number(answer):
            raise MedialitError("Hand in a number, for instance 7.")
        if self.minimum is not None and answer < self.minimum:
            raise MedialitError(f"The number cannot be below {self.minimum:g}.")
        if self.maximum is not None and answer > self.maximum:
            raise MedialitError(f"The number cannot be above {self.maximum:g}.")
        number: float = answer
        return number

    def sample(self) -> str:
        return "7" if self.maximum is None or self.maximum >= 7 else f"{self.maximum:g}"

    def all_keys(self) -> list[Key]:
        return []
