"""Put options in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from medialit.errors import MedialitError
from medialit.forms.base import Form, Key, Option, keyed, keys_of, listed, refuse_unknown


@dataclass(frozen=True)
class OrderForm(Form[list[str]]):
    """Put options in order with Up and Down (answer: list of keys).

    With ``optional`` some items may be left out: the learner also chooses which belong.
    """

    kind: ClassVar[str] = "order"
    options: tuple[Option, ...]
    optional: bool = False

    def read(self, answer: Any) -> list[str]:
        keys = keys_of(self.options)
        if not isinstance(answer, list):
            raise MedialitError(f"Hand in a list of keys in order, from: {listed(keys)}.")
        refuse_unknown(answer, keys)
        doubled = {x for x in answer if answer.count(x) > 1}
        if doubled:
            raise MedialitError(f"“{min(doubled)}” appears twice in your order. Keep it once.")
        if not self.optional and len(answer) < len(keys):
            raise MedialitError(f"Your order has {len(answer)} of {len(keys)} items. Put every item in.")
        return list(answer)

    def sample(self) -> str:
        return '["…", "…", …]'

    def all_keys(self) -> list[Key]:
        return keyed("answer", self.options)

    def in_words(self, answer: Any) -> list[str]:
        names = {option.key: option.text for option in self.options}
        return [names[key] for key in answer]
