"""Type a short text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from medialit.errors import MedialitError
from medialit.forms.base import Form, Key


@dataclass(frozen=True)
class TextForm(Form[str]):
    """Type a short text (answer: str)."""

    kind: ClassVar[str] = "text"
    writes: ClassVar[bool] = True
    lines: int = 1

    def read(self, answer: Any) -> str:
        if not isinstance(answer, str):
            raise MedialitError("Hand in a text between quotation marks.")
        return answer

    def sample(self) -> str:
        return '"your words"'

    def all_keys(self) -> list[Key]:
        return []
