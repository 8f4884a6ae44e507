"""A card to fill in on a page: some lists offer only what earlier tasks chose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from medialit.widgets.form import FormPage


class CardPage(FormPage):
    """What somebody chose or typed always stays."""

    def offer(self, name: str, keys: Iterable[str]) -> None:
        """Offer only some of a list's options; all when there are none."""
        self._offer(offered={**self._offered.get("offered", {}), name: list(keys)})

    def suggest(self, values: Mapping[str, str | None]) -> None:
        """Fill in what is still empty."""
        given = {name: value for name, value in values.items() if value}
        self._offer(suggested={**self._offered.get("suggested", {}), **given})
