"""Bring back a saved progress file by choosing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from medialit.show.html import RUN, titled
from medialit.widgets.look import classed, html, live, note_html, tools

WORDS = "Choose the file my-progress.jsonl that you downloaded. What is here already stays here."


class RestoreWidget(w.VBox):
    """A file chooser; ``restore(bytes)`` returns a report whose text says what happened."""

    def __init__(self, restore: Callable[[bytes], Any]) -> None:
        self._restore = restore
        self.upload = w.FileUpload(accept=".jsonl", multiple=False, description="Restore")
        self.upload.observe(self._chosen, names="value")
        self.said = live()
        body = (html(f'<p style="margin:4px 0">{WORDS}</p>'), self.upload, self.said)
        super().__init__((tools(), classed(w.VBox(body), "medialit-block")))
        classed(self, "medialit")

    def _chosen(self, change: dict[str, Any]) -> None:
        for file in change["new"]:
            report = self._restore(bytes(file["content"]))
            self.said.value = note_html(f"{report} Run the page again to see the answers.")

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle = super()._repr_mimebundle_(**kwargs)
        page = titled("Restore your work", f"<p>{WORDS} {RUN}</p>")
        return {**bundle, "text/plain": f'{WORDS}\nBy typing: unit.restore("my-progress.jsonl")', "text/html": page}
