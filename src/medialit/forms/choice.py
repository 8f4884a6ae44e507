"""Pick one option, or several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from medialit.errors import MedialitError
from medialit.forms.base import Form, Key, Option, keyed, keys_of, listed, refuse_unknown


@dataclass(frozen=True)
class ChoiceForm(Form[list[str]]):
    """Pick one option (answer: its key) or several (answer: list of keys); read as the list of what was picked."""

    kind: ClassVar[str] = "choice"
    options: tuple[Option, ...]
    several: bool = False

    def read(self, answer: Any) -> list[str]:
        keys = keys_of(self.options)
        if not self.several:
            if not isinstance(answer, str) or answer not in keys:
                raise MedialitError(f"Hand in one of these: {listed(keys)}.")
            return [answer]
        if not isinstance(answer, list):
            raise MedialitError(f"Hand in a list with some of these: {listed(keys)}.")
        refuse_unknown(answer, keys)
        return list(answer)

    def sample(self) -> str:
        return '["…", "…"]' if self.several else f'"{self.options[0].key}"'

    def all_keys(self) -> list[Key]:
        return keyed("answer", self.options)

    def in_words(self, answer: Any) -> list[str]:
        names = {option.key: option.text for option in self.options}
        return [names[key] for key in (answer if self.several else [answer])]
