"""Do something once with a button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from medialit.errors import MedialitError
from medialit.forms.base import Form, Key, listed, refuse_unknown


@dataclass(frozen=True)
class ActForm(Form[dict[str, str]]):
    """Do something once with a button (answer: ``{name: text}`` for each of ``names``, as the act returned it)."""

    kind: ClassVar[str] = "act"
    label: str
    names: tuple[str, ...]

    def read(self, answer: Any) -> dict[str, str]:
        if not isinstance(answer, dict):
            raise MedialitError(f"Hand in a dictionary with {listed(self.names)}.")
        refuse_unknown(answer, self.names)
        wrong = next((name for name in self.names if not isinstance(answer.get(name, ""), str)), None)
        if wrong:
            raise MedialitError(f"“{wrong}” needs a text.")
        return {name: answer.get(name, "") for name in self.names}

    def sample(self) -> str:
        return "{" + ", ".join(f'"{name}": "…"' for name in self.names) + "}"

    def all_keys(self) -> list[Key]:
        return [Key("answer", name, "what the button returns under this name") for name in self.names]

    def choices(self) -> list[tuple[str, str]]:
        return []
