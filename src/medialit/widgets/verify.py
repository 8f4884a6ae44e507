"""The evidence desk on a page: what is searched and opened is answered, and logged step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from medialit.errors import MedialitError
from medialit.forms import VerifyForm
from medialit.show.card import card_line, card_view
from medialit.widgets.form import FormPage


class VerifyPage(FormPage):
    """``on_step(callback)`` hears of every opened card and every verdict, in order."""

    form: VerifyForm

    def __init__(self, form: VerifyForm) -> None:
        super().__init__(form)
        if form.desk is None:
            raise MedialitError("This task needs an evidence desk, but none was given.")
        self._desk = form.desk
        self._listeners: list[Callable[[dict[str, str]], None]] = []

    def spec(self) -> dict[str, Any]:
        lines = {name: [card_line(card), card.origin] for name, card in self._desk.cards.items()}
        return {
            "kind": "verify",
            "verdicts": [{"key": o.key, "text": o.text} for o in self.form.verdicts],
            "lines": lines,
        } | self._claims()

    def _claims(self) -> dict[str, Any]:
        claims = self.form.claims
        return {
            "claims": [{"key": claim.key, "text": claim.text} for claim in claims],
            "ideas": {claim.key: self._desk.questions_for(claim.text) for claim in claims},
        }

    def offer(self, form: VerifyForm, instead: str = "") -> None:
        """Go on with these claims, or say what is to be done first ``instead``. What was said about others is kept."""
        self.form = form
        self._offer(**self._claims(), instead=instead)

    def put(self, answer: Any, draft: bool = False) -> None:
        # What was said about a claim that is not offered now is kept.
        self.value = answer or None

    def on_step(self, callback: Callable[[dict[str, str]], None]) -> None:
        """Call ``callback({"open": card})`` or ``callback({"judge": claim})`` for each step."""
        self._listeners.append(callback)

    def asked(self, what: str, message: Mapping[str, Any]) -> Any:
        if what == "search":
            return [{"id": c.id, "line": card_line(c)} for c in self._desk.search(str(message.get("query", ""))[:300])]
        if what == "open" and (card := self._desk.cards.get(str(message.get("card")))):
            self._tell(open=card.id)
            return {"line": card_line(card), "origin": card.origin, "html": card_view(card).html}
        if what == "judge":
            self._tell(judge=str(message.get("claim"))[:40])
        return None

    def _tell(self, **step: str) -> None:
        for listener in self._listeners:
            listener(step)
