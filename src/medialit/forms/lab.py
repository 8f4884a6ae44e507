"""Compare two codings of the same items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from medialit.errors import MedialitError
from medialit.forms.base import Form, Key, Option, keyed, keys_of, listed, refuse_unknown

FIELDS = ("first", "second", "band", "reading")


@dataclass(frozen=True)
class Comparison:
    """Two codings (``{item: yes or no}``), and what was said about their agreement; "" is empty."""

    first: dict[str, str]
    second: dict[str, str]
    band: str
    reading: str


@dataclass(frozen=True)
class LabForm(Form[Comparison]):
    """Compare two codings (answer: ``{"first": {item: label}, "second": …, "band": …, "reading": …}``).

    ``coders`` are the bundled codings, ``lines`` what computes alpha, in the order in which it runs.
    """

    kind: ClassVar[str] = "lab"
    items: tuple[Option, ...]
    coders: tuple[Option, ...]
    bands: tuple[Option, ...]
    readings: tuple[Option, ...]
    lines: tuple[Option, ...]

    def read(self, answer: Any) -> Comparison:
        if not isinstance(answer, dict):
            raise MedialitError("Hand in a dictionary with first, second, band and reading.")
        refuse_unknown(answer, FIELDS)
        first, second = self._coding("first", answer), self._coding("second", answer)
        for name, options in (("band", self.bands), ("reading", self.readings)):
            if answer.get(name) is not None and answer[name] not in keys_of(options):
                known = listed(keys_of(options))
                raise MedialitError(f"The {name} “{str(answer[name])[:40]}” is not one of: {known}.")
        return Comparison(first, second, answer.get("band") or "", answer.get("reading") or "")

    def _coding(self, name: str, answer: dict[str, Any]) -> dict[str, str]:
        coding, items = answer.get(name) or {}, keys_of(self.items)
        if not isinstance(coding, dict):
            raise MedialitError(f"The {name} coding needs yes or no for each item, such as {{“{items[0]}”: “yes”}}.")
        refuse_unknown(coding, items, f"The {name} coding: ")
        stranger = next((x for x in coding.values() if x not in ("yes", "no")), None)
        if stranger is not None:
            raise MedialitError(f"The {name} coding has the label “{str(stranger)[:20]}”. Labels are yes and no.")
        return dict(coding)

    def sample(self) -> str:
        return '{"first": {…}, "second": {…}, "band": "…", "reading": "…"}'

    def all_keys(self) -> list[Key]:
        return keyed("coding", self.coders) + keyed("band", self.bands) + keyed("reading", self.readings)
