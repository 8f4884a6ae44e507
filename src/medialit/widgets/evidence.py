"""The evidence desk by clicking: search, open, cite, judge. Every step is a list, a box or a button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from medialit.errors import MedialitError
from medialit.forms import VerifyForm
from medialit.show.card import card_line, card_view
from medialit.widgets.certainty import certainty_list
from medialit.widgets.form import FormWidget
from medialit.widgets.look import box, button, html, live, row
from medialit.widgets.markup import inline_html

NONE = "not yet"


class EvidenceWidget(FormWidget):
    """One claim at a time: search the frozen page, open cards, cite them, then judge.

    ``on_step(callback)`` hears of every opened card and every verdict, in order.
    """

    def __init__(self, form: VerifyForm) -> None:
        if form.desk is None:
            raise MedialitError("This task needs an evidence desk, but none was given.")
        self._desk = form.desk
        self._kept: dict[str, dict[str, Any]] = {}
        self._listeners: list[Callable[[dict[str, str]], None]] = []
        self._claim = w.Dropdown(options=[("", "")], description="Claim")
        self._says = html()
        self._query = w.Text(description="Leave the story: search for", continuous_update=False)
        self._idea = w.Dropdown(options=[("", "")], description="Or choose a search")
        self._found = w.Select(options=[], rows=7, description="Results")
        self._card, self._said = live(), live()
        self._cited = w.Select(options=[], rows=3, description="Cited for this claim (0)")
        verdicts = [(NONE, ""), *((option.text, option.key) for option in form.verdicts)]
        self._verdict = w.Dropdown(options=verdicts, value="", description="Verdict")
        self._sure = certainty_list()
        super().__init__(form, self._rows())
        self._claims()
        self._claim.value = form.claims[0].key
        self._claim.observe(self._new_claim, names="value")
        self._idea.observe(self._take_idea, names="value")
        self._query.observe(lambda _: self.search(), names="value")
        self._verdict.observe(self._judge, names="value")
        self._sure.observe(self._judge, names="value")
        self._new_claim()

    def _rows(self) -> tuple[Any, ...]:
        search = button("Search", self.search, tooltip="Look for cards that hold these words")
        return (
            self._claim,
            self._says,
            self._query,
            row(search),
            self._idea,
            self._found,
            row(button("Open", self._open_chosen), button("Cite this card", self._cite)),
            self._said,
            self._card,
            self._cited,
            row(button("Take away", self._take_away, tooltip="Remove the card picked in the list of cited cards")),
            row(box(self._verdict, classes=("medialit-half",)), box(self._sure, classes=("medialit-half",))),
        )

    # the answer ---------------------------------------------------------------------------------------------------

    @property
    def value(self) -> Any:
        shown = {claim.key for claim in self.form.claims}
        return {key: dict(cells) for key, cells in self._kept.items() if cells and key in shown}

    def _put(self, value: Any) -> None:
        self._kept = {key: {k: v for k, v in cells.items() if v} for key, cells in (value or {}).items()}
        self._claims()
        self._new_claim()

    def offer(self, form: VerifyForm) -> None:
        """Go on with these claims. What was said about others is kept, in case they come back."""
        self.form = form
        self._claims()
        self._new_claim()

    def on_step(self, callback: Callable[[dict[str, str]], None]) -> None:
        """Call ``callback({"open": card})`` or ``callback({"judge": claim})`` for each step."""
        self._listeners.append(callback)

    def _tell(self, **step: str) -> None:
        for listener in self._listeners:
            listener(step)

    def _cells(self) -> dict[str, Any]:
        return self._kept.setdefault(self._claim.value, {})

    # one claim after the other ------------------------------------------------------------------------------------

    def _claims(self) -> None:
        options = []
        for number, claim in enumerate(self.form.claims, 1):
            verdict = self._kept.get(claim.key, {}).get("verdict", NONE)
            options.append((f"{number} of {len(self.form.claims)} ({verdict})", claim.key))
        keys = [claim.key for claim in self.form.claims]
        chosen = self._claim.value if self._claim.value in keys else keys[0]
        quiet, self._quiet = self._quiet, True
        with self._claim.hold_sync():
            self._claim.options = options
            self._claim.value = chosen
        self._quiet = quiet

    def _new_claim(self, _: Any = None) -> None:
        if self._quiet and _ is not None:
            return
        key = self._claim.value
        cells = self._kept.get(key, {})
        text = next(claim.text for claim in self.form.claims if claim.key == key)
        self._says.value = f'<p style="margin:4px 0"><strong>{inline_html(text)}</strong></p>'
        ideas = self._desk.questions_for(text)
        quiet, self._quiet = self._quiet, True
        self._idea.options = [("–", ""), *((idea, idea) for idea in ideas)]
        self._idea.value = ""
        self._verdict.value = cells.get("verdict") or ""
        self._sure.value = cells.get("certainty") or 0
        self._quiet = quiet
        self._show_cited()

    def _take_idea(self, _: Any = None) -> None:
        if self._idea.value and not self._quiet:
            self._query.value = self._idea.value
            self.search()

    # looking ------------------------------------------------------------------------------------------------------

    def search(self) -> None:
        """Fill the result list; the same words always give the same list."""
        cards = self._desk.search(self._query.value)
        self._found.options = [(card_line(card), card.id) for card in cards]
        self._found.value = cards[0].id if cards else None
        found = f"{len(cards)} results." if cards else "Nothing found. Try a name, a number or a month."
        self._say(found)

    def _open_chosen(self) -> None:
        if self._found.value is None:
            self._say("Search first, then pick a result.")
        else:
            self.show_card(self._found.value)

    def show_card(self, name: str) -> None:
        """Show a card."""
        self._card.value = card_view(self._desk.cards[name]).html
        self._say("The card is shown below.")
        self._tell(open=name)

    def _cite(self) -> None:
        name = self._found.value
        if name is None:
            self._say("Search first, then pick a result.")
            return
        cited = self._cells().setdefault("evidence", [])
        if name in cited:
            self._say("This card is cited already.")
            return
        cited.append(name)
        self._show_cited()
        self._say(f"Cited: {card_line(self._desk.cards[name])}")
        self._changed()

    def _take_away(self) -> None:
        name = self._cited.value
        if name is None:
            self._say("Pick a cited card first.")
            return
        self._cells()["evidence"].remove(name)
        self._show_cited()
        self._say("Taken away.")
        self._changed()

    def _show_cited(self) -> None:
        cited = self._kept.get(self._claim.value, {}).get("evidence") or []
        cards = [self._desk.cards[name] for name in cited]
        origins = len({card.origin for card in cards})
        with self._cited.hold_sync():
            self._cited.options = [(f"{card_line(card)} · from {card.origin}", card.id) for card in cards]
            self._cited.value = None
            self._cited.description = f"Cited for this claim ({len(cards)}, from {origins} origins)"

    def _judge(self, _: Any = None) -> None:
        if self._quiet:
            return
        cells = self._cells()
        before = cells.get("verdict")
        for name, value in (("verdict", self._verdict.value), ("certainty", self._sure.value)):
            if value:
                cells[name] = value
            else:
                cells.pop(name, None)
        if cells.get("verdict") and cells["verdict"] != before:
            self._tell(judge=self._claim.value)
        self._claims()
        self._changed()

    def _say(self, words: str) -> None:
        self._said.value = f"<span>{inline_html(words)}</span>"
