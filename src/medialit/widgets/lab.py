"""The reliability lab on a page: Python compares two codings and works alpha out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from medialit.english import spread
from medialit.errors import MedialitError
from medialit.forms import LabForm
from medialit.scoring.reliability import compare, fault_in_lines, steps_of_alpha, why
from medialit.show.tables import table_view
from medialit.widgets.form import FormPage
from medialit.widgets.markup import note_html

Coding = dict[str, str]


class LabPage(FormPage):
    """``offer`` names the codings that can be chosen; ``read`` turns the text of a partner's file into a coding."""

    form: LabForm
    _read: Callable[[str], Coding] | None = None

    def spec(self) -> dict[str, Any]:
        return super().spec() | {"codings": self._offered.get("codings", {})}

    def offer(self, codings: Mapping[str, tuple[str, Coding]], read: Callable[[str], Coding] | None = None) -> None:
        """Codings that can be chosen: ``{key: (title, {item: label})}``."""
        self._read = read or self._read
        given = {key: [title, dict(coding)] for key, (title, coding) in codings.items()}
        self._offer(codings={**self._offered.get("codings", {}), **given})

    def asked(self, what: str, message: Mapping[str, Any]) -> Any:
        if what == "read":
            return self._loaded(str(message.get("text", "")))
        first, second = message.get("first"), message.get("second")
        both = (first, second) if isinstance(first, dict) and isinstance(second, dict) and first and second else None
        if what == "compare":
            return self._table(both) if both else ""
        if what == "work":
            return note_html(*(self._told(both) if both else ["Choose two codings first."]))
        if what == "run":
            lines = message.get("lines")
            fault = fault_in_lines(lines if isinstance(lines, list) else [])
            told = self._told(both) if both else ["The lines run. Choose two codings above, then run them again."]
            return note_html(fault) if fault else note_html(*told)
        return None

    def _loaded(self, text: str) -> Any:
        try:
            coding = self._read(text) if self._read else None
        except MedialitError as error:
            return {"said": str(error)}
        return coding and {
            "coding": coding,
            "said": "Your partner’s coding is in both lists now, as “My partner’s file”.",
        }

    def _table(self, pair: tuple[Coding, Coding]) -> str:
        rows = [
            {
                "Item": f"{i.key}: {i.text}",
                "First": pair[0][i.key],
                "Second": pair[1][i.key],
                "Same": _same(pair, i.key),
            }
            for i in self.form.items
            if i.key in pair[0] and i.key in pair[1]
        ]
        same = sum(line["Same"] == "✓ same" for line in rows)
        return table_view(rows, f"The two codings: {same} of {len(rows)} items the same").html

    @staticmethod
    def _told(pair: tuple[Coding, Coding]) -> list[str]:
        both = [key for key in pair[0] if key in pair[1]]
        steps, found = steps_of_alpha([pair[0][k] for k in both], [pair[1][k] for k in both]), compare(*pair)
        if steps is None or found.value is None:
            return [found.note]
        return [
            f"1. The coders differ on {round(steps.differ * steps.units)} of the {steps.units} items: {steps.differ:.3f}.",
            f"2. By chance, two answers drawn from all {2 * steps.units} would differ {steps.chance:.3f} of the time.",
            f"3. Agreement beyond chance = 1 − {steps.differ:.3f} ÷ {steps.chance:.3f} = {found.value:.2f}.",
            f"4. With other items like these, it could well be {spread(found.low, found.high)}.",
            f"Why: {why(*pair)}",
        ]


def _same(pair: tuple[Coding, Coding], key: str) -> str:
    return "✓ same" if pair[0][key] == pair[1][key] else "○ different"
