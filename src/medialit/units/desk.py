"""What units with an evidence desk have in common: search the frozen page, open a card, show some."""

from __future__ import annotations

from medialit.case.desk import EvidenceDesk
from medialit.errors import MedialitError
from medialit.show.card import card_view
from medialit.show.html import View, note_view
from medialit.show.tables import table_view
from medialit.units.base import Unit
from medialit.units.claims.verify import VerifyClaims


class DeskUnit(Unit):
    """A unit in which claims are looked up. ``desk_task`` is the kind of task that has the desk."""

    desk_task: type[VerifyClaims] = VerifyClaims

    @property
    def desk(self) -> EvidenceDesk:
        """The frozen search page of this case."""
        return self.the(self.desk_task).desk

    def _step(self, step: dict[str, str]) -> None:
        """One step at the desk: ``{"open": card}`` or ``{"judge": claim}``."""

    def search(self, query: str) -> View:
        """Search the frozen page: a list of cards with their names."""
        cards = self.desk.search(query)
        if not cards:
            return note_view(self.say("search_nothing", query=query))
        rows = [
            {"Publisher": c.publisher, "Date": c.date or "no date", "Title": c.title, "Origin": c.origin, "Card": c.id}
            for c in cards
        ]
        return table_view(rows, caption=self.say("search_found", n=len(cards), query=query))

    def open_card(self, name: str) -> View:
        """Open a card. Raises MedialitError when there is none of this name."""
        if name not in self.desk.cards:
            raise MedialitError(self.say("no_card", name=name))
        self._step({"open": name})
        return card_view(self.desk.cards[name])

    def evidence(self, *names: str) -> View:
        """Some cards, one below the other, as an example; it is not counted as looking."""
        from functools import reduce

        return reduce(View.__add__, [card_view(self.desk.cards[name]) for name in names])
