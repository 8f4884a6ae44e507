"""A grid of drop-down lists: statements down, sources across. Keyboard: Tab from cell to cell, arrows inside a cell.

Where the window is narrow the cells of a row wrap, and one row follows the other. Each list is named by its column and
its row; the row's name is there for screen readers only, because it stands above the cells.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

import ipywidgets as w

from medialit.forms import MatrixForm, Option
from medialit.widgets.fields import TableWidget
from medialit.widgets.form import CHOOSE, UNSET
from medialit.widgets.look import box


class MatrixWidget(TableWidget):
    """One list a cell, in rows. A chosen cell is tinted by its place in the list of labels, beside its sign."""

    form: MatrixForm

    def __init__(self, form: MatrixForm) -> None:
        self._tints = {option.key: f"medialit-tint-{n}" for n, option in enumerate(form.labels)}
        super().__init__(form)
        self.add_class("medialit-matrix")

    def _inner(self, cells: dict[str, Any]) -> Any:
        return box(*cells.values(), classes=("medialit-cells",))

    def _cell(self, field: Any, line: Option) -> Any:
        made = w.Dropdown(
            options=[(CHOOSE, UNSET), *((option.text, option.key) for option in field.options)],
            value=UNSET,
            description=f'{_whole_dates(escape(field.label))}<span class="medialit-hidden">: {escape(line.text)}</span>',
            description_allow_html=True,
        )
        made.observe(self._tint, names="value")
        return made

    def _tint(self, change: Any) -> None:
        if change.old in self._tints:
            change.owner.remove_class(self._tints[change.old])
        if change.new in self._tints:
            change.owner.add_class(self._tints[change.new])


def _whole_dates(label: str) -> str:
    return re.sub(r"\d{4}-\d{2}(-\d{2})?", r'<span class="medialit-whole">\g<0></span>', label)
