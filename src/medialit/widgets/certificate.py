"""A button that makes the certificate. Nothing is written before it is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from medialit.show.html import RUN, View, titled
from medialit.widgets.look import button, classed, html, live, row, tools

WORDS = (
    "One page to print: your units, your levels, the date, and what the page proves. Your name is not asked: write it by "
    "hand."
)


class CertificateWidget(w.VBox):
    """``make()`` writes the certificate and says where it is."""

    def __init__(self, make: Callable[[], View]) -> None:
        self._make = make
        self.said = live()
        self.button = button("Make my certificate", self.make, primary=True)
        super().__init__((tools(), html(f"<p>{WORDS}</p>"), row(self.button), self.said))
        classed(self, "medialit")

    def make(self) -> None:
        """Make it, and show the links."""
        self.said.value = self._make().html

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle = super()._repr_mimebundle_(**kwargs)
        typed = "By typing: me.write_certificate()"
        page = titled("My certificate", f"<p>{WORDS}</p><p>{RUN}</p><p>{typed}</p>")
        return {**bundle, "text/plain": f"{WORDS}\n{RUN}\n{typed}", "text/html": page}
