"""A task in two lengths: all of it, or the part for which a lesson has time. One button turns from one to the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from medialit.exercises.records import Result
from medialit.widgets.look import box, button, classed, live, note_html, row, tools
from medialit.widgets.task import TaskWidget

MORE = "You have filled in more than the short form asks for. Go on here, so that nothing is lost."


class TwoLengths(w.VBox):
    """``make(short)`` makes the click door of one length, with what is saved; None when more is saved than it asks for.

    What is filled in goes along when a learner turns. ``few`` is the number of rows of the short form, ``rows`` what a
    row is called.
    """

    def __init__(self, make: Callable[[bool], TaskWidget | None], few: int, rows: str) -> None:
        self._make, self._rows, self.short = make, rows, False
        self.door: Any = make(False)
        self._names = (f"In class: {few} {rows} only", f"Show all {len(self.task.form.rows)} {rows}")
        self.switch = button(self._names[0], self._turn)
        self._said = live()
        self._place = w.VBox((self.door,))
        super().__init__((tools(), box(row(self.switch), self._said), self._place))
        classed(self, "medialit")

    def _turn(self) -> None:
        given, other = self.form.value, self._make(not self.short)
        if other is None or set(given) - {line.key for line in other.task.form.rows}:
            self._said.value = note_html(MORE)
            return
        other.form.set({**other.form.value, **given})
        self.door, self.short = other, not self.short
        self._place.children = (other,)
        self.switch.description = self._names[self.short]
        self._said.value = note_html(
            f"{len(other.task.form.rows)} {self._rows} are shown now. What you filled in is still there."
        )

    @property
    def task(self) -> Any:
        """The task in the length that is shown."""
        return self.door.task

    @property
    def form(self) -> Any:
        """Its form."""
        return self.door.form

    def answer(self, answer: Any) -> Result:
        """The code door of what is shown."""
        return self.door.answer(answer)

    def text_form(self) -> str:
        """What is shown, as plain text."""
        return self.door.text_form()

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle = super()._repr_mimebundle_(**kwargs)
        return {**bundle, "text/plain": self.door.text_form(), "text/html": self.door.html_form()}
