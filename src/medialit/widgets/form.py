"""Python's half of a form on a page: what is drawn, what was typed, and what only Python can answer.

Most forms need nothing of their own. Those that do are in ``SPECIAL``, each in the file that its ``kind`` names.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, is_dataclass
from importlib import import_module
from typing import Any

from medialit.errors import MedialitError
from medialit.forms import Form, is_blank

SPECIAL = {
    "act": "ActPage",
    "card": "CardPage",
    "correct": "CorrectPage",
    "lab": "LabPage",
    "spans": "SpansPage",
    "verify": "VerifyPage",
}


class FormPage:
    """One form. ``value`` is the newest plain answer, ``offer`` what the page may choose from now."""

    def __init__(self, form: Form[Any]) -> None:
        self.form = form
        self.value: Any = None
        self._changed: Callable[[dict[str, Any]], None] = lambda _: None
        self._offered: dict[str, Any] = {}

    def spec(self) -> dict[str, Any]:
        """What the page needs to draw it."""
        return {"kind": self.form.kind} | {
            f.name: _data(getattr(self.form, f.name)) for f in fields(self.form) if f.repr
        }

    def typed(self, given: Any) -> Any:
        """What the page holds, as a plain answer: numbers are typed as text."""
        if self.form.kind == "number":
            return parsed(given) if isinstance(given, str) else given
        if self.form.kind in ("table", "matrix") and isinstance(given, dict):
            numbers = {field.name for field in self.form.fields if not field.options}
            return {
                row: {n: parsed(v) if n in numbers and isinstance(v, str) else v for n, v in cells.items()}
                for row, cells in given.items()
                if isinstance(cells, dict)
            }
        return given

    def shown(self, answer: Any) -> Any:
        """A plain answer as the page holds it."""
        if self.form.kind == "number":
            return "" if answer is None else str(answer)
        return answer

    def put(self, answer: Any) -> None:
        """Take over an answer. Raises MedialitError when it does not fit the form."""
        problem = None if is_blank(answer) else self.form.problem(answer)
        if problem:
            raise MedialitError(problem)
        self.value = None if is_blank(answer) else answer

    def signs(self, marks: Any) -> Any:
        """What the page is told of single marks or rows after a check."""
        return marks

    def asked(self, what: str, message: Mapping[str, Any]) -> Any:
        """The answer to a question of the page, as plain data; None when there is none."""
        return None

    def offered_to(self, changed: Callable[[dict[str, Any]], None]) -> None:
        """Who is told when there is something new to choose from."""
        self._changed = changed
        if self._offered:
            changed(self._offered)

    def _offer(self, **offer: Any) -> None:
        self._offered = {**self._offered, **offer}
        self._changed(self._offered)


def form_page(form: Form[Any]) -> FormPage:
    """The page half of a form."""
    name = SPECIAL.get(form.kind)
    return FormPage(form) if name is None else getattr(import_module(f"medialit.widgets.{form.kind}"), name)(form)


def _data(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return [_data(one) for one in value] if isinstance(value, tuple | list) else value


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
