"""What a reader says about a card, by clicking; and the way back: choose the file that your reader saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from medialit.errors import MedialitError
from medialit.forms import CardForm
from medialit.show.html import RUN, View, code, titled
from medialit.widgets.card import CardWidget
from medialit.widgets.look import button, classed, html, live, note_html, row, tools

HOW = (
    "Open your partner's card in a browser, or have it beside you on paper. Say how it reads, not who wrote it. Your review "
    "goes into a small file without a name. You hand it back yourself."
)
BACK = "Choose the file {name} that your reader gave you."


class ReviewWidget(w.VBox):
    """The blanks of a review. ``save(answer)`` returns what to show; it raises MedialitError when something is missing."""

    def __init__(self, form: CardForm, save: Callable[[dict[str, str]], View], saved: Any = None) -> None:
        self._save = save
        self.form = CardWidget(form)
        self.button = button("Save the review", self._clicked, primary=True)
        self.said = live()
        heading = '<h3 class="medialit-name" style="margin:4px 0;font-size:18px">Read a partner’s card</h3>'
        body = (html(f'{heading}<p style="margin:4px 0">{HOW}</p>'), self.form, row(self.button), self.said)
        super().__init__((tools(), classed(w.VBox(body), "medialit-block")))
        classed(self, "medialit")
        if saved:
            try:
                self.form.set(saved)
                self.said.value = note_html("This is the review you saved last. You can change it and save it again.")
            except MedialitError:
                self.said.value = note_html("Your last review no longer fits this form. Please fill it in again.")

    def _clicked(self) -> None:
        self.answer(self.form.value)

    def answer(self, answer: dict[str, str]) -> None:
        """Save a review, by click or by code."""
        try:
            self.form.set(answer)
            self.said.value = self._save(dict(answer)).html
        except (MedialitError, OSError) as error:
            self.said.value = note_html(str(error))

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle = super()._repr_mimebundle_(**kwargs)
        example = 'unit.review().answer({"card": "…", "clarity": "…", …})'
        text = f"Read a partner’s card\n{HOW}\n{self.form.form.as_text()}\n{RUN} By typing: {example}"
        page = f"<p>{HOW}</p>{self.form.form.as_html()}<p>{RUN} By typing: {code(example)}</p>"
        return {**bundle, "text/plain": text, "text/html": titled("Read a partner’s card", page)}


class ReceivedWidget(w.VBox):
    """A file chooser; ``take(bytes)`` returns what to show."""

    def __init__(self, take: Callable[[bytes], View], name: str, shown: View | None = None) -> None:
        self._take, self._words = take, BACK.format(name=name)
        self.upload = w.FileUpload(accept=".json", multiple=False, description="Load a review")
        self.upload.observe(self._chosen, names="value")
        self.said = live()
        body = (html(f'<p style="margin:4px 0">{self._words}</p>'), self.upload, self.said)
        super().__init__((tools(), classed(w.VBox(body), "medialit-block")))
        classed(self, "medialit")
        if shown:
            self.said.value = shown.html

    def _chosen(self, change: dict[str, Any]) -> None:
        for file in change["new"]:
            try:
                self.said.value = self._take(bytes(file["content"])).html
            except MedialitError as error:
                self.said.value = note_html(str(error))

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle = super()._repr_mimebundle_(**kwargs)
        page = titled("Your reader’s review", f"<p>{self._words} {RUN}</p>")
        return {
            **bundle,
            "text/plain": f'{self._words}\nBy typing: unit.received("card-review.json")',
            "text/html": page,
        }
