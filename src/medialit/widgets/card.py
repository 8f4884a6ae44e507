"""The correction desk by clicking: a paragraph to put right, and the blanks of a card. Nothing typed is ever thrown away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import ipywidgets as w

from medialit.forms import Blank, CardForm, CorrectForm, Passage
from medialit.show.html import escape
from medialit.widgets.form import CHOOSE, LATE, UNSET, FormWidget
from medialit.widgets.look import box, classed, html, live

# Up to so many sentences stand one below the other, so that each can be read whole.
IN_SIGHT = 4
LONG = 30
WIDE = "medialit-wide"


class CorrectWidget(FormWidget):
    """Choose a claim, read its paragraph, rewrite it. Each claim keeps its own draft while you try another."""

    def __init__(self, form: CorrectForm) -> None:
        self._drafts: dict[str, str] = {}
        self._told = {claim.key: claim for claim in form.claims}
        self._claim = w.Dropdown(options=_pairs(form.claims), value=UNSET, description="Which claim do you correct?")
        self._original = live()
        self._text = classed(w.Textarea(description="The paragraph, corrected", rows=9, **LATE), WIDE)
        self._count = html()
        super().__init__(form, (self._claim, self._original, self._text, self._count))
        self._claim.observe(self._new_claim, names="value")
        self._text.observe(self._typed, names="value")
        self._show()

    def offer(self, names: Iterable[str]) -> None:
        """Offer only these claims; all when there are none. A claim that is chosen already stays."""
        wanted = set(names)
        shown = [c for c in self.form.claims if not wanted or c.key in wanted or c.key == self._claim.value]
        chosen, quiet, self._quiet = self._claim.value, self._quiet, True
        with self._claim.hold_sync():
            self._claim.options = _pairs(shown)
            self._claim.value = chosen
        self._quiet = quiet

    def _new_claim(self, change: Mapping[str, Any]) -> None:
        if self._quiet:
            return
        if change["old"]:
            self._drafts[change["old"]] = self._text.value
        self._fill()
        self._changed()

    def _fill(self) -> None:
        told = self._told.get(self._claim.value)
        quiet, self._quiet = self._quiet, True
        self._text.value = self._drafts.get(told.key, told.paragraph) if told else ""
        self._quiet = quiet
        self._show()

    def _typed(self, _: Any) -> None:
        self._show_count()
        self._changed()

    def _show(self) -> None:
        told = self._told.get(self._claim.value)
        self._original.value = (
            _original_html(told) if told else "<p>Choose a claim. Its paragraph then stands here.</p>"
        )
        self._show_count()

    def _show_count(self) -> None:
        self._count.value = f"<p style='margin:0'>{len(self._text.value)} of {self.form.limit} characters</p>"

    @property
    def value(self) -> Any:
        return {"claim": self._claim.value, "text": self._text.value} if self._claim.value else {}

    def _put(self, value: Any) -> None:
        value = value or {}
        key = value.get("claim") or UNSET
        if key and key not in [k for _, k in self._claim.options]:
            self._claim.options = _pairs(self.form.claims)
        self._claim.value = key
        if key:
            self._drafts[key] = value.get("text") or ""
        self._fill()


def _pairs(claims: Iterable[Passage]) -> list[tuple[str, str]]:
    return [(CHOOSE, UNSET), *((f"¶{claim.number}: {claim.says}", claim.key) for claim in claims)]


def _original_html(told: Passage) -> str:
    """The paragraph as it was printed, the claim's words underlined, and the words that a list marks as loaded."""
    from medialit.lenses.framing import loaded_words

    before, _, after = told.paragraph.partition(told.words)
    words = f"<u>{escape(told.words)}</u>" if told.words in told.paragraph else escape(told.words)
    # Reporting verbs are no sign of a side: they would fill the line.
    loaded = [one for one in loaded_words(told.paragraph) if one.cls in ("one-sided term", "subjective intensifier")]
    marked = ", ".join(dict.fromkeys(f"“{one.word}” ({one.cls})" for one in loaded)) or "none"
    side = "margin:4px 0;padding-left:12px;border-left:3px solid #808080"
    quoted = f"<blockquote style='{side}'>{escape(before)}{words}{escape(after)}</blockquote>"
    return (
        f"<p style='margin:4px 0'><strong>As it was printed, ¶{told.number}.</strong> The claim is underlined.</p>{quoted}"
        f"<p style='margin:4px 0'>Words that our list marks as loaded: {escape(marked)}.</p>"
    )


class CardWidget(FormWidget):
    """The blanks of a card: lists, radio buttons and text boxes, each with its room in characters."""

    def __init__(self, form: CardForm) -> None:
        self._blanks = {blank.name: blank for blank in form.blanks}
        self._cells: dict[str, Any] = {name: self._cell(blank) for name, blank in self._blanks.items()}
        self._counts = {name: html() for name, blank in self._blanks.items() if blank.lines > 1}
        groups = [box(*filter(None, (cell, self._counts.get(name)))) for name, cell in self._cells.items()]
        super().__init__(form, tuple(groups))
        self._watch(*self._cells.values())
        for name in self._counts:
            self._cells[name].observe(lambda _, n=name: self._count(n), names="value")
            self._count(name)

    @staticmethod
    def _cell(blank: Blank) -> Any:
        if not blank.options:
            if blank.lines == 1:
                return w.Text(description=blank.label, **LATE)
            return classed(w.Textarea(description=blank.label, rows=blank.lines, **LATE), WIDE)
        if len(blank.options) <= IN_SIGHT and any(len(option.text) > LONG for option in blank.options):
            return w.RadioButtons(options=[(o.text, o.key) for o in blank.options], value=None, description=blank.label)
        return w.Dropdown(options=_choices(blank), value=UNSET, description=blank.label)

    def offer(self, name: str, keys: Iterable[str]) -> None:
        """Offer only some of a list's options; all when there are none. What is chosen already stays."""
        blank, cell = self._blanks[name], self._cells[name]
        wanted, chosen = set(keys), cell.value
        quiet, self._quiet = self._quiet, True
        with cell.hold_sync():
            cell.options = _choices(blank, wanted | {chosen} if wanted else set())
            cell.value = chosen
        self._quiet = quiet

    def suggest(self, values: Mapping[str, str]) -> None:
        """Fill in what is still empty; what somebody chose or typed stays."""
        quiet, self._quiet = self._quiet, True
        for name, value in values.items():
            if not self._cells[name].value and value:
                self._set(name, value)
        self._quiet = quiet

    def _count(self, name: str) -> None:
        blank, text = self._blanks[name], self._cells[name].value
        said = (
            f"{len(text.split())} of {blank.words} words" if blank.words else f"{len(text)} of {blank.limit} characters"
        )
        self._counts[name].value = f"<p style='margin:0 0 8px'>{said}</p>"

    @property
    def value(self) -> Any:
        return {name: cell.value for name, cell in self._cells.items() if (cell.value or "").strip()}

    def _set(self, name: str, value: str) -> None:
        cell, blank = self._cells[name], self._blanks[name]
        if isinstance(cell, w.Dropdown) and value not in [key for _, key in cell.options]:
            cell.options = _choices(blank)
        cell.value = value

    def _put(self, value: Any) -> None:
        for name, cell in self._cells.items():
            self._set(name, (value or {}).get(name) or (None if isinstance(cell, w.RadioButtons) else ""))


def _choices(blank: Blank, wanted: set[str] | frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    shown = [option for option in blank.options if not wanted or option.key in wanted]
    return [(CHOOSE, UNSET), *((option.text, option.key) for option in shown)]
