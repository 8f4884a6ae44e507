"""Do something once with a button: what the act returns is the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from medialit.widgets.form import FormPage


class ActPage(FormPage):
    """``offer(act)`` says what the button does."""

    _act: Callable[[], dict[str, str]] | None = None

    def offer(self, act: Callable[[], dict[str, str]]) -> None:
        """What the button does."""
        self._act = act

    def asked(self, what: str, message: Mapping[str, Any]) -> Any:
        return self._act() if self._act else None
