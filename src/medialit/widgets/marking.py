"""Mark stretches of the article with the pen or by the sentence list: two ways to one answer."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as w

from medialit.forms import SpanForm
from medialit.widgets.form import FormWidget
from medialit.widgets.look import box, button, classed, live
from medialit.widgets.spans import SIGNS, SpanWidget, place_of, short

PEN, LIST = "pen", "list"


class MarkingWidget(FormWidget):
    """Marked stretches as ``[[start, end], …]`` in text order, or ``[[start, end, label], …]`` where there are labels.

    The answer is held here; the way on show gets it when it comes on show, so that either edits the same one. Without
    anywidget there is the sentence list alone.
    """

    def __init__(self, form: SpanForm) -> None:
        self._article = form.marked_in
        self._marks: list[list[Any]] = []
        self._signs: dict[tuple[int, int], str] = {}
        self._missed: list[list[Any]] = []
        self._revealed = False
        self._keep: Callable[[Any], str | None] | None = None
        self._list: SpanWidget | None = None
        self._pen = pen(form)
        self._place = box()
        self._ask = button("Show what I missed", self._reveal)
        self._told = live()
        self._after = box()
        self._way = classed(
            w.RadioButtons(options=[("Pen", PEN), ("Sentence list", LIST)], value=PEN, description="Way to mark"),
            "medialit-beside",
        )
        super().__init__(form, (*([self._way] if self._pen else []), self._place, self._after, self._told))
        if self._pen:
            self._pen.observe(self._from_page, names="sent")
            self._pen.observe(self._keep_page, names="keep")
            self._way.observe(self._turned, names="value")
        self._show()

    # the answer ---------------------------------------------------------------------------------------------------

    @property
    def value(self) -> Any:
        return [list(mark) for mark in self._marks]

    @property
    def way(self) -> str:
        """The way on show: ``"pen"`` or ``"list"``."""
        return str(self._way.value) if self._pen else LIST

    def _put(self, value: Any) -> None:
        self._marks = in_order(value or [])
        self._signs, self._missed = {}, []
        self._show_missed(False)
        self._show()

    def keep_drafts(self, keep: Callable[[Any], str | None], key: str = "", since: int = 0) -> None:
        self._keep = keep
        if self._pen:
            self._pen.since, self._pen.key = since, key

    # the two ways -------------------------------------------------------------------------------------------------

    def _turned(self, _: Any) -> None:
        self._show()

    def _show(self) -> None:
        """Bring the way that was chosen up to date, and on show."""
        if self.way == LIST:
            if self._list is None:
                self._list = SpanWidget(self.form)
                self._list.on_change(self._from_list)
            self._list.set(self.value)
            self._list.show_signs(self._own_signs())
            shown: FormWidget | Any = self._list
        else:
            self._to_page()
            shown = self._pen
        # Hidden, not taken away: the pen keeps what can be undone.
        for each in (self._pen, self._list):
            if each is not None:
                each.layout.display = None if each is shown else "none"
        children = tuple(each for each in (self._pen, self._list) if each is not None)
        if self._place.children != children:
            self._place.children = children

    def _to_page(self) -> None:
        """The marks and their signs to the page; what was missed only once it was asked for."""
        if not self._pen:
            return
        signs = [[a, b, name] for (a, b), name in self._signs.items()]
        if self._revealed:
            signs += [[a, b, "missed"] for a, b, *_ in self._missed]
        with self._pen.hold_sync():
            self._pen.marks, self._pen.signs = self.value, signs

    def _from_page(self, change: Any) -> None:
        given = self._pen.marks
        problem = self.form.problem(given)
        with self._pen.hold_sync():
            if problem:
                self._pen.marks = self.value
                self._pen.say(f"That change was not taken over. {problem} Your other marks are as they were.")
            else:
                self._took(given)
                if self.way == PEN:
                    self._to_page()
            self._pen.seen = change["new"]

    def _keep_page(self, change: Any) -> None:
        # Changes by the page come one by one and quickly: it says when it is quiet.
        problem = self._draft()
        if problem:
            self._pen.say(problem)
        else:
            self._pen.kept = change["new"]

    def _from_list(self, _: Any) -> None:
        if self._list is None or self._list.value == self.value:
            return
        self._took(self._list.value)
        self._list.show_signs(self._own_signs())
        problem = self._draft()
        if problem:
            self._list.say(problem)

    def _took(self, given: list[list[Any]]) -> None:
        before, self._marks = self._marks, in_order(given)
        if before == self._marks:
            return
        kept = {tuple(mark) for mark in before} & {tuple(mark) for mark in self._marks}
        places = {mark[:2] for mark in kept}
        self._signs = {place: name for place, name in self._signs.items() if place in places}
        self._changed()

    def _draft(self) -> str | None:
        return self._keep(self.value) if self._keep else None

    # after a check ------------------------------------------------------------------------------------------------

    def show_signs(self, marks: dict[str, list[list[Any]]] | None) -> None:
        """Put a sign on each of the learner's marks, and offer to show what was missed.

        ``marks`` is ``{"ok": [[a, b]], "edge": …, "extra": …, "missed": …}``, with the names of ``SIGNS``.
        """
        found: dict[tuple[int, int], str] = {}
        for name in SIGNS:
            found.update({(a, b): name for a, b, *_ in (marks or {}).get(name, ())})
        self._signs = found
        self._missed = [list(span) for span in (marks or {}).get("missed", ())]
        self._show_missed(False)
        self._show()

    def _own_signs(self) -> dict[str, list[list[Any]]]:
        signs: dict[str, list[list[Any]]] = {}
        for place, name in self._signs.items():
            signs.setdefault(name, []).append(list(place))
        return signs

    def _show_missed(self, shown: bool) -> None:
        self._revealed = shown
        self._told.value = self._missed_html() if shown and self._missed else ""
        children = (self._ask,) if self._missed and not shown else ()
        if self._after.children != children:
            self._after.children = children

    def _reveal(self) -> None:
        self._show_missed(True)
        self._to_page()

    def _missed_html(self) -> str:
        items = "".join(
            f"<li>{escape(place_of(self._article, a))} “{escape(short(self._article[a, b]))}”</li>"
            for a, b, *_ in self._missed
        )
        return f'<p style="margin:4px 0"><strong>Missed</strong></p><ul style="margin:4px 0">{items}</ul>'


def in_order(marks: list[list[Any]]) -> list[list[Any]]:
    """The marks in text order, each once."""
    return [list(mark) for mark in sorted({tuple(mark) for mark in marks})]


def pen(form: SpanForm) -> Any:
    """The pen, or None where anywidget is not installed."""
    try:
        from medialit.widgets.highlighter import Highlighter
    except ImportError:
        return None
    return Highlighter(form, SIGNS)
