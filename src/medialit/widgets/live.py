"""A view of the progress file that follows it: drawn again after each answer, without running the page again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from medialit.progress import Progress
from medialit.show.html import View


class LiveView(w.HTML):  # type: ignore[misc]  # ipywidgets has no types
    """``make()`` draws the view; ``place`` names it, so that a cell that runs again takes over from its former self.

    ``of()`` says what it is drawn of: while that stays the same, it is not drawn again.
    """

    def __init__(
        self, progress: Progress, place: str, make: Callable[[], View], of: Callable[[], object] | None = None
    ) -> None:
        self._make = make
        # Without it everything counts as new: two objects are never equal.
        self._of = of or object
        self._drawn = self._of()
        # A block, because a line of its own would be as wide as the widest table in it.
        super().__init__(make().html, layout=w.Layout(display="block", width="100%", height="auto", margin="0"))
        self.add_class("medialit-live-view")
        progress.watch(place, self._follow)

    @property
    def text(self) -> str:
        """The view in words as it is now, for a terminal."""
        return self._make().text

    @property
    def html(self) -> str:
        """The view as HTML as it is now."""
        return self._make().html

    def __str__(self) -> str:
        return self.text

    def _follow(self) -> None:
        now = self._of()
        if now != self._drawn:
            # Nothing is sent when it looks as before.
            self._drawn, self.value = now, self.html

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        view = self._make()
        return {**super()._repr_mimebundle_(**kwargs), "text/plain": view.text, "text/html": view.html}
