"""Put items in order with Up and Down, and choose which belong."""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from medialit.forms import OrderForm
from medialit.widgets.form import FormWidget
from medialit.widgets.look import button, live, row
from medialit.widgets.markup import inline_html


class OrderWidget(FormWidget):
    """Pick an item, then move it with Up and Down. The pick stays on the item, and the focus on the button."""

    def __init__(self, form: OrderForm, label: str = "Your order") -> None:
        self._texts = {option.key: option.text for option in form.options}
        self._letters = all(len(key) == 1 for key in self._texts)
        self._in: list[str] = [] if form.optional else list(self._texts)
        self._list = w.RadioButtons(options=[], description=f"{label}. Pick an item, then move it:")
        self._said = live()
        buttons = [button("Up", lambda: self._move(-1)), button("Down", lambda: self._move(1))]
        if form.optional:
            buttons += [button("Put in", self._put_in), button("Leave out", self._leave_out)]
        super().__init__(form, (self._list, row(*buttons), self._said))
        self._show(next(iter(self._texts)))

    @property
    def value(self) -> Any:
        return list(self._in)

    def _put(self, value: Any) -> None:
        self._in = list(value) if value else ([] if self.form.optional else list(self._texts))
        self._show(self._list.value)

    def _out(self) -> list[str]:
        return [key for key in self._texts if key not in self._in]

    def _show(self, picked: str) -> None:
        named = {key: f"{key}) {text}" if self._letters else text for key, text in self._texts.items()}
        options = [(f"{place}. {named[key]}", key) for place, key in enumerate(self._in, 1)]
        options += [(f"(left out) {named[key]}", key) for key in self._out()]
        # One message to the browser: the list never shows the pick on a wrong item.
        with self._list.hold_sync():
            self._list.options = options
            self._list.value = picked

    def _say(self, words: str) -> None:
        self._said.value = f"<span>{inline_html(words)}</span>"

    def _move(self, by: int) -> None:
        picked = self._list.value
        if picked not in self._in:
            self._say("This item is left out. Put it in first.")
            return
        place = self._in.index(picked)
        to = place + by
        if not 0 <= to < len(self._in):
            self._say(f"It is already {'first' if by < 0 else 'last'}.")
            return
        self._in[place], self._in[to] = self._in[to], self._in[place]
        self._after(picked)

    def _put_in(self) -> None:
        picked = self._list.value
        if picked not in self._in:
            self._in.append(picked)
        self._after(picked)

    def _leave_out(self) -> None:
        picked = self._list.value
        if picked in self._in:
            self._in.remove(picked)
        self._after(picked)

    def _after(self, picked: str) -> None:
        self._show(picked)
        where = f"number {self._in.index(picked) + 1} of {len(self._in)}" if picked in self._in else "left out"
        self._say(f"Now {where}: {self._texts[picked]}")
        self._changed()
