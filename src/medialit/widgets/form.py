"""What every form widget does, and how a number is typed and shown."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import ipywidgets as w

from medialit.errors import MedialitError
from medialit.forms import Form, is_blank

# Send a typed text once, when it is finished: letter by letter, the last one can arrive after the click on Check.
LATE = {"continuous_update": False}
CHOOSE = "Choose …"
UNSET = ""  # a drop-down list in ipywidgets shows nothing at all for None


class FormWidget(w.VBox):
    """What every form widget does: give its value, take a value, and say when it changed."""

    form: Any

    def __init__(self, form: Form[Any], children: tuple[Any, ...] = ()) -> None:
        self.form = form
        self._callbacks: list[Callable[[FormWidget], None]] = []
        self._quiet = False
        super().__init__(children)
        self.add_class("medialit-form")

    @property
    def value(self) -> Any:
        """The answer as plain data; what a beginner has not touched is None or empty."""
        raise NotImplementedError

    def set(self, value: Any) -> None:
        """Show this answer; None clears. Raises MedialitError when it does not fit the form."""
        problem = None if is_blank(value) else self.form.problem(value)
        if problem:
            raise MedialitError(problem)
        self._quiet = True
        try:
            self._put(None if is_blank(value) else value)
        finally:
            self._quiet = False
        self._changed()

    def on_change(self, callback: Callable[[FormWidget], None]) -> None:
        """Call ``callback(widget)`` after each change of the value."""
        self._callbacks.append(callback)

    def keep_drafts(self, keep: Callable[[Any], str | None], key: str = "", since: int = 0) -> None:
        """Where to keep an answer that is not finished; most forms are filled in quickly and keep none.

        ``keep(value)`` returns a sentence when it could not. ``key`` names the task on this computer; ``since`` is the
        time of the newest saved answer (ms since 1970).
        """

    def _put(self, value: Any) -> None:
        raise NotImplementedError

    def _changed(self, _: Any = None) -> None:
        if not self._quiet:
            for callback in self._callbacks:
                callback(self)

    def _watch(self, *controls: Any) -> None:
        for control in controls:
            control.observe(self._changed, names="value")


def parsed(typed: str) -> int | float | str | None:
    """The number in a text box: ``7``, ``7.5``, ``7,5``, ``1,500`` or ``65 %``; the text itself when it is no number.

    None when the box is empty.
    """
    text = typed.strip().replace("\u2212", "-").removesuffix("%").strip()
    if not text:
        return typed.strip() or None
    plain = text.replace(",", "" if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text) else ".")
    try:
        number = float(plain)
    except ValueError:
        return text
    if not math.isfinite(number):
        return text
    return int(number) if number.is_integer() else number


def shown(value: float | None) -> str:
    """A number as it is typed."""
    return "" if value is None else str(value)
