"""One widget for each form of answer. ``value`` is the plain answer that the code door would hand in."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import ipywidgets as w
import traitlets as tt

from medialit.article import Article
from medialit.errors import MedialitError
from medialit.exercises.forms import (
    ActForm,
    CardForm,
    ChoiceForm,
    CorrectForm,
    Form,
    LabForm,
    MatrixForm,
    NumberForm,
    Option,
    OrderForm,
    RewriteForm,
    SpanForm,
    TableForm,
    TextForm,
    VerifyForm,
)
from medialit.exercises.validate import is_blank, problem_with
from medialit.widgets.look import box, button, classed, html, live, row
from medialit.widgets.markup import inline_html

# Send a typed text once, when it is finished: letter by letter, the last one can arrive after the click on Check.
LATE = {"continuous_update": False}
CHOOSE = "Choose …"
SMALL = 4
UNSET = ""  # a drop-down list in ipywidgets shows nothing at all for None


class FormWidget(w.VBox):
    """What every form widget does: give its value, take a value, and say when it changed."""

    form: Form

    def __init__(self, form: Form, children: tuple[Any, ...] = ()) -> None:
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
        problem = None if is_blank(value) else problem_with(self.form, value, self._length())
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

    def _length(self) -> int:
        return 0

    def _changed(self, _: Any = None) -> None:
        if not self._quiet:
            for callback in self._callbacks:
                callback(self)

    def _watch(self, *controls: Any) -> None:
        for control in controls:
            control.observe(self._changed, names="value")


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


def form_widget(form: Form, article: Article | None = None, label: str | None = None, desk: Any = None) -> FormWidget:
    """The widget of a form. A SpanForm needs the article, a VerifyForm the desk.

    Raises MedialitError for an unknown form.
    """
    if isinstance(form, VerifyForm):
        from medialit.widgets.evidence import EvidenceWidget

        if desk is None:
            raise MedialitError("This task needs an evidence desk, but none was given.")
        return EvidenceWidget(form, desk)
    if isinstance(form, SpanForm):
        from medialit.widgets.marking import MarkingWidget

        if article is None:
            raise MedialitError("This task marks words in an article, but no article was given.")
        return MarkingWidget(form, article)
    if isinstance(form, LabForm):
        from medialit.widgets.lab import LabWidget

        return LabWidget(form)
    if isinstance(form, RewriteForm):
        from medialit.widgets.rewrite import RewriteWidget

        return RewriteWidget(form)
    if isinstance(form, CorrectForm):
        from medialit.widgets.card import CorrectWidget

        return CorrectWidget(form)
    if isinstance(form, CardForm):
        from medialit.widgets.card import CardWidget

        return CardWidget(form)
    if isinstance(form, MatrixForm):
        from medialit.widgets.matrix import MatrixWidget

        return MatrixWidget(form)
    if isinstance(form, OrderForm):
        from medialit.widgets.order import OrderWidget

        return OrderWidget(form, label) if label else OrderWidget(form)
    for kind, made in _WIDGETS.items():
        if isinstance(form, kind):
            return made(form, label) if label else made(form)
    raise MedialitError(f"There is no widget for an answer of the form “{type(form).__name__}”.")


_WIDGETS: dict[type, Any] = {
    ActForm: ActWidget,
    ChoiceForm: ChoiceWidget,
    NumberForm: NumberWidget,
    TextForm: TextWidget,
    TableForm: TableWidget,
}
