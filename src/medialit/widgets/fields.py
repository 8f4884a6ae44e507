"""The plain form widgets: choices, a number, a text, one button, and a table of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w
import traitlets as tt

from medialit.forms import ActForm, ChoiceForm, NumberForm, Option, TableForm, TextForm
from medialit.widgets.form import CHOOSE, LATE, UNSET, FormWidget, parsed, shown
from medialit.widgets.look import box, button, classed, html, live, row
from medialit.widgets.markup import inline_html

SMALL = 4  # letters of an option that stands beside others


def lettered(options: tuple[Option, ...]) -> list[tuple[str, str]]:
    """(label, key) pairs. A short key is shown, because it is what the code door takes."""
    return [(f"{o.key}) {o.text}" if len(o.key) == 1 else o.text, o.key) for o in options]


class ChoiceWidget(FormWidget):
    """One choice as radio buttons, several as check boxes."""

    def __init__(self, form: ChoiceForm, label: str = "Your answer") -> None:
        if form.several:
            self._boxes = {
                key: w.Checkbox(False, description=text, indent=False) for text, key in lettered(form.options)
            }
            heading = html(f'<span class="medialit-name">{inline_html(label)}</span>')
            super().__init__(form, (heading, *self._boxes.values()))
            self.add_class("medialit-group")
            self._watch(*self._boxes.values())
        else:
            self._radio = w.RadioButtons(options=lettered(form.options), value=None, description=label)
            super().__init__(form, (self._radio,))
            self._watch(self._radio)

    @property
    def value(self) -> Any:
        if self.form.several:
            return [key for key, control in self._boxes.items() if control.value]
        return self._radio.value

    def _put(self, value: Any) -> None:
        if self.form.several:
            for key, control in self._boxes.items():
                control.value = key in (value or [])
        else:
            self._radio.value = value


class NumberWidget(FormWidget):
    """A text box for one number. What is no number is handed on as typed, so that the check can say so."""

    def __init__(self, form: NumberForm, label: str = "Your number") -> None:
        named = f"{label} ({form.unit})" if form.unit else label
        self._box = w.Text(description=named, **LATE)
        super().__init__(form, (self._box,))
        self._watch(self._box)

    @property
    def value(self) -> Any:
        return parsed(self._box.value)

    def _put(self, value: Any) -> None:
        self._box.value = shown(value)


class TextWidget(FormWidget):
    """A short text, or a longer one when the form asks for several lines."""

    def __init__(self, form: TextForm, label: str = "Your words") -> None:
        made = w.Text if form.lines == 1 else w.Textarea
        self._box = made(description=label, **LATE)
        if form.lines > 1:
            self._box.rows = form.lines
        super().__init__(form, (self._box,))
        self._watch(self._box)

    @property
    def value(self) -> Any:
        return self._box.value

    def _put(self, value: Any) -> None:
        self._box.value = value or ""


class ActWidget(FormWidget):
    """One button. What the act returns is the answer; ``offer`` says what the act is."""

    def __init__(self, form: ActForm, label: str = "") -> None:
        self._act: Callable[[], dict[str, str]] | None = None
        self._result: dict[str, str] = {}
        self._said = live()
        super().__init__(form, (row(button(form.label, self._do)), self._said))

    def offer(self, act: Callable[[], dict[str, str]]) -> None:
        """What the button does."""
        self._act = act

    def _do(self) -> None:
        if self._act:
            self._put(self._act())
            self._changed()

    @property
    def value(self) -> Any:
        return dict(self._result)

    def _put(self, value: Any) -> None:
        self._result = dict(value or {})
        told = "; ".join(f"{name}: {text}" for name, text in self._result.items())
        self._said.value = f"<span>{inline_html(told)}. Now press Check.</span>" if told else ""


class ManyWidget(w.VBox):
    """Check boxes for a field of which several options can be ticked. ``value`` is a list of keys, in their order."""

    value = tt.List()

    def __init__(self, field: Any) -> None:
        self._boxes = {o.key: w.Checkbox(False, description=o.text, indent=False) for o in field.options}
        heading = html(f'<span class="medialit-name">{inline_html(field.label)}</span>')
        # Options of a few letters, such as the numbers of paragraphs, stand side by side.
        small = all(len(o.text) <= SMALL for o in field.options)
        boxes = (classed(row(*self._boxes.values()), "medialit-small"),) if small else tuple(self._boxes.values())
        super().__init__((heading, *boxes))
        self.add_class("medialit-group")
        for control in self._boxes.values():
            control.observe(self._ticked, names="value")
        self.observe(self._put, names="value")

    def _ticked(self, _: Any) -> None:
        self.value = [key for key, control in self._boxes.items() if control.value]

    def _put(self, change: Any) -> None:
        # The boxes are ticked one by one: until the last one, what is ticked is not the value yet.
        wanted = change["new"]
        for control in self._boxes.values():
            control.unobserve(self._ticked, names="value")
        for key, control in self._boxes.items():
            control.value = key in wanted
        for control in self._boxes.values():
            control.observe(self._ticked, names="value")


class TableWidget(FormWidget):
    """A group of labelled drop-down lists, radio buttons (for sentences) or number boxes for each row."""

    def __init__(self, form: TableForm, label: str = "") -> None:
        self._cells: dict[str, dict[str, Any]] = {}
        groups = []
        for line in form.rows:
            cells = {field.name: self._cell(field, line) for field in form.fields}
            self._cells[line.key] = cells
            # The first line names the row; further ones explain it.
            name, *more = line.text.split("\n")
            heading = f'<div class="medialit-name"><strong>{inline_html(name)}</strong></div>'
            heading += "".join(f"<div>{inline_html(text)}</div>" for text in more)
            groups.append(box(html(heading), self._inner(cells), classes=("medialit-group",)))
            self._watch(*cells.values())
        super().__init__(form, tuple(groups))

    def _inner(self, cells: dict[str, Any]) -> Any:
        tall = any(isinstance(cell, w.RadioButtons | ManyWidget) for cell in cells.values())
        return box(*cells.values()) if tall else row(*cells.values())

    def _cell(self, field: Any, _line: Option) -> Any:
        if not field.options:
            return w.Text(description=field.label, **LATE)
        pairs = [(option.text, option.key) for option in field.options]
        if field.several:
            return ManyWidget(field)
        if field.long:
            return w.RadioButtons(options=pairs, value=None, description=field.label)
        return w.Dropdown(options=[(CHOOSE, UNSET), *pairs], value=UNSET, description=field.label)

    @property
    def value(self) -> Any:
        filled = {}
        for key, cells in self._cells.items():
            given = {n: parsed(c.value) if isinstance(c, w.Text) else c.value for n, c in cells.items()}
            given = {name: value for name, value in given.items() if value not in (None, UNSET, [])}
            if given:
                filled[key] = given
        return filled

    def _put(self, value: Any) -> None:
        for key, cells in self._cells.items():
            given = (value or {}).get(key, {})
            for name, cell in cells.items():
                if isinstance(cell, w.Text):
                    cell.value = shown(given.get(name))
                elif isinstance(cell, ManyWidget):
                    cell.value = list(given.get(name) or [])
                else:
                    cell.value = given.get(name, UNSET if isinstance(cell, w.Dropdown) else None)
