"""The reliability lab: choose two codings, work out alpha by buttons or by ordering five lines, and read the interval."""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from medialit.errors import MedialitError
from medialit.forms import LabForm, OrderForm
from medialit.scoring.reliability import compare, fault_in_lines, steps_of_alpha, why
from medialit.widgets.form import CHOOSE, LATE, UNSET, FormWidget, parsed, shown
from medialit.widgets.look import box, button, html, live, note_html, row
from medialit.widgets.order import OrderWidget

SIDES = (("first", "First coding"), ("second", "Second coding"))
KEPT = "kept"
OPEN_LINES, CLOSE_LINES = "Show the code way", "Hide the code way"


class LabWidget(FormWidget):
    """``codings`` are the answers that can be chosen, by name; ``titles`` what the lists call them.

    ``read`` turns the text of a partner's file into a coding, or raises MedialitError with a plain sentence.
    """

    def __init__(self, form: LabForm) -> None:
        self._codings: dict[str, dict[str, str]] = {}
        self._read: Any = None
        self._sides = {
            name: w.Dropdown(options=[(CHOOSE, UNSET)], value=UNSET, description=label) for name, label in SIDES
        }
        self._file = w.FileUpload(description="Load a partner's file", accept=".json", multiple=False)
        self._said, self._table, self._steps, self._ran = live(), html(), live(), live()
        self._order = OrderWidget(OrderForm(_mixed(form.lines)), "The five lines")
        self._alpha = w.Text(description="Alpha, two places after the point", **LATE)
        self._band = _choice("Its band", form.bands)
        self._reading = _choice("What the interval says", form.readings)
        super().__init__(form, self._rows())
        self._file.observe(self._loaded, names="value")
        for control in self._sides.values():
            control.observe(self._show_table, names="value")
        self._watch(*self._sides.values(), self._alpha, self._band, self._reading)

    def _rows(self) -> tuple[Any, ...]:
        work = box(
            html('<div class="medialit-name"><strong>Work out alpha</strong></div>'),
            row(button("Work it out step by step", self._work)),
            self._steps,
            classes=("medialit-group",),
        )
        self._lines = box(
            html('<div class="medialit-name"><strong>Or, for coders: put the five lines in order</strong></div>'),
            self._order,
            row(button("Run the lines", self._run)),
            self._ran,
            classes=("medialit-group",),
        )
        self._lines.layout.display = "none"
        # A button, since the headings of an accordion cannot be reached by keyboard.
        self._way = button(OPEN_LINES, self._turn_lines)
        return (
            row(*self._sides.values()),
            self._file,
            self._said,
            self._table,
            work,
            row(self._way),
            self._lines,
            self._alpha,
            self._band,
            self._reading,
        )

    # the codings ----------------------------------------------------------------------------------------------------

    def offer(self, codings: dict[str, tuple[str, dict[str, str]]], read: Any = None) -> None:
        """Codings that can be chosen: ``{key: (title, {item: label})}``."""
        self._read = read or self._read
        for key, (_, coding) in codings.items():
            self._codings[key] = dict(coding)
        titles = {key: title for key, (title, _) in codings.items()}
        for control in self._sides.values():
            now = control.value
            known = [pair for pair in control.options if pair[1] not in titles]
            control.options = [*known, *((title, key) for key, title in titles.items())]
            control.value = now

    def _loaded(self, _: Any) -> None:
        if not self._file.value or self._read is None:
            return
        file = self._file.value[0]
        try:
            coding = self._read(bytes(file["content"]).decode("utf-8", "replace"))
        except MedialitError as error:
            self._said.value = note_html(str(error))
            return
        self.offer({"partner": ("My partner's file", coding)})
        self._said.value = note_html("Your partner's coding is in both lists now, as “My partner's file”.")

    def _pair(self) -> tuple[dict[str, str], dict[str, str]] | None:
        first, second = (self._codings.get(control.value) for control in self._sides.values())
        return (first, second) if first and second else None

    def _show_table(self, _: Any = None) -> None:
        pair = self._pair()
        self._steps.value = self._ran.value = ""
        if pair is None:
            self._table.value = ""
            return
        from medialit.show.tables import table_view

        texts = {item.key: item.text for item in self.form.items}
        rows = [
            {"Item": f"{key}: {texts[key]}", "First": pair[0][key], "Second": pair[1][key], "Same": _same(pair, key)}
            for key in texts
            if key in pair[0] and key in pair[1]
        ]
        same = sum(line["Same"] == "✓ same" for line in rows)
        self._table.value = table_view(rows, f"The two codings: {same} of {len(rows)} items the same").html

    # the two ways to the number ---------------------------------------------------------------------------------------

    def _work(self) -> None:
        pair = self._pair()
        if pair is None:
            self._steps.value = note_html("Choose two codings first. Alpha compares two coders.")
            return
        self._steps.value = note_html(*self._told(pair))

    def _turn_lines(self) -> None:
        shut = self._lines.layout.display == "none"
        self._lines.layout.display = "" if shut else "none"
        self._way.description = CLOSE_LINES if shut else OPEN_LINES

    def _run(self) -> None:
        fault = fault_in_lines(self._order.value)
        if fault:
            self._ran.value = note_html(fault)
            return
        pair = self._pair()
        told = self._told(pair) if pair else ["The lines run. Choose two codings above, then run them again."]
        self._ran.value = note_html(*told)

    @staticmethod
    def _told(pair: tuple[dict[str, str], dict[str, str]]) -> list[str]:
        both = [key for key in pair[0] if key in pair[1]]
        steps = steps_of_alpha([pair[0][k] for k in both], [pair[1][k] for k in both])
        found = compare(*pair)
        if steps is None:
            return [found.note]
        return [
            f"1. The coders differ on {steps.differ:.3f} of the {steps.units} items.",
            f"2. By chance, two answers drawn from all {2 * steps.units} would differ {steps.chance:.3f} of the time.",
            f"3. Alpha = 1 − {steps.differ:.3f} ÷ {steps.chance:.3f} = {found.value:.2f}.",
            f"4. Drawing the items again 2,000 times, 95 % of the alphas lie from {found.low:.2f} to {found.high:.2f}.",
            f"Why: {why(*pair)}",
        ]

    # the answer -------------------------------------------------------------------------------------------------------

    @property
    def value(self) -> Any:
        first, second = (self._codings.get(control.value) for control in self._sides.values())
        given = {
            "first": first,
            "second": second,
            "alpha": parsed(self._alpha.value),
            "band": self._band.value or None,
            "reading": self._reading.value or None,
        }
        return {name: value for name, value in given.items() if value is not None}

    def _put(self, value: Any) -> None:
        value = value or {}
        for name, label in SIDES:
            coding = value.get(name)
            found = next((key for key, known in self._codings.items() if known == coding), UNSET) if coding else UNSET
            if coding and not found:
                found = f"{KEPT} {name}"
                self.offer({found: (f"{label} of my saved answer", coding)})
            self._sides[name].value = found
        self._alpha.value = shown(value.get("alpha"))
        self._band.value, self._reading.value = value.get("band"), value.get("reading")


def _choice(label: str, options: tuple[Any, ...]) -> Any:
    return w.RadioButtons(options=[(o.text, o.key) for o in options], value=None, description=label)


def _mixed(lines: tuple[Any, ...]) -> tuple[Any, ...]:
    """The lines in an order that does not run: the last first."""
    return (lines[-1], *lines[1:-1][::-1], lines[0])


def _same(pair: tuple[dict[str, str], dict[str, str]], key: str) -> str:
    return "✓ same" if pair[0][key] == pair[1][key] else "○ different"
