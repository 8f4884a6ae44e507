"""Python's half of a form on a page: what is drawn, what was typed, and what only Python can answer.

Most forms need nothing of their own. One that does has a file that its ``kind`` names, with a class such as ``LabPage``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, is_dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, cast

from medialit.forms import Form, is_blank


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
            f.name: _data(getattr(self.form, f.name)) for f in fields(cast(Any, self.form)) if f.repr
        }

    def typed(self, given: Any) -> Any:
        """What the page holds, as a plain answer."""
        return self.form.typed(given)

    def shown(self, answer: Any) -> Any:
        """A plain answer as the page holds it."""
        return self.form.shown(answer)

    def put(self, answer: Any, draft: bool = False) -> None:
        """Take over an answer, or a draft of one. Raises MedialitError when it does not fit the form."""
        if not is_blank(answer):
            (self.form.unfinished if draft else self.form.read)(answer)
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
    module = f"medialit.widgets.{form.kind}"
    made = getattr(import_module(module), f"{form.kind.capitalize()}Page", FormPage) if find_spec(module) else FormPage
    page: FormPage = made(form)
    return page


def _data(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return [_data(one) for one in value] if isinstance(value, tuple | list) else value
