"""A guess before the result, and a place to think in writing. Both are kept, neither is graded."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as w

from medialit.errors import MedialitError
from medialit.exercises.prediction import Prediction
from medialit.show.html import RUN, View, code, titled
from medialit.widgets.certainty import certainty_list
from medialit.widgets.forms import form_widget
from medialit.widgets.look import box, button, classed, html, live, note_html, row, tools

# (answer, certainty) -> a plain sentence when it could not be saved
Keep = Callable[[Any, int | None], str | None]


class PredictWidget(w.VBox):
    """Asks for a guess about what is shown above it; ``reveal`` is shown only after it was made."""

    def __init__(
        self,
        prediction: Prediction,
        keep: Keep,
        saved: Any = None,
        reveal: View | None = None,
        *,
        about: View | None = None,
        call: str = "unit",
    ) -> None:
        self.prediction, self._keep, self._call = prediction, keep, call
        self._about, self._reveal = about, reveal
        self.form = form_widget(prediction.form)
        self.certainty = certainty_list()
        self.button = button("Keep my guess", self._clicked, primary=True)
        self.said, self._place = live(), box()
        stem = f'<p class="medialit-name" style="margin:4px 0"><strong>{escape(prediction.stem)}</strong></p>'
        certainty = (self.certainty,) if prediction.certainty else ()
        shown = (html(about.html),) if about else ()
        body = (*shown, html(stem), self.form, *certainty, row(self.button), self.said)
        super().__init__((tools(), classed(w.VBox(body), "medialit-block"), self._place))
        classed(self, "medialit")
        if saved is not None and prediction.problem(saved) is None:
            self.form.set(saved)
            self._open(saved, "This is the guess you kept. ")

    def _clicked(self) -> None:
        self.answer(self.form.value, self.certainty.value or None)

    def answer(self, answer: Any, certainty: int | None = None) -> None:
        """Make the guess, by click or by code."""
        problem = self.prediction.problem(answer)
        if problem:
            self.said.value = note_html(problem)
            return
        try:
            self.form.set(answer)
            trouble = self._keep(answer, certainty)
        except (MedialitError, OSError) as error:
            trouble = str(error)
        self._open(answer, "Kept. ")
        if trouble:
            self.said.value += note_html(trouble)

    def _open(self, answer: Any, before: str) -> None:
        self.said.value = note_html(before + self.prediction.said(answer))
        if self._reveal is not None:
            self._place.children = (html(self._reveal.html),)

    def text_form(self) -> str:
        """The question as plain text, without the result."""
        example = f'{self._call}.predict("{self.prediction.id}", {self.prediction.form.sample()})'
        typing = f"{RUN} To answer by typing: {example}"
        about = self._about.text if self._about else ""
        return "\n".join(filter(None, [about, self.prediction.stem, self.prediction.form.as_text(), typing]))

    def html_form(self) -> str:
        """The same as HTML."""
        example = code(f'{self._call}.predict("{self.prediction.id}", {self.prediction.form.sample()})')
        stem = f"<p><strong>{escape(self.prediction.stem)}</strong></p>"
        typing = f"<p>{RUN} To answer by typing: {example}</p>"
        stem = (self._about.html if self._about else "") + stem
        return titled("A guess", stem + self.prediction.form.as_html() + typing)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle = super()._repr_mimebundle_(**kwargs)
        return {**bundle, "text/plain": self.text_form(), "text/html": self.html_form()}


MAX_WORDS = 5000


class ReflectWidget(w.VBox):
    """A text box whose words are kept in the progress file."""

    def __init__(self, prompt: str, keep: Callable[[str], str | None], saved: str = "") -> None:
        self.prompt, self._keep = prompt, keep
        self.text = w.Textarea(value=saved, rows=5, description="Your thoughts")
        self.button = button("Save", lambda: self.keep(self.text.value), primary=True)
        self.said = live()
        stem = f'<p class="medialit-name" style="margin:4px 0"><strong>{escape(prompt)}</strong></p>'
        body = (html(stem), self.text, row(self.button), self.said)
        super().__init__((tools(), classed(w.VBox(body), "medialit-block")))
        classed(self, "medialit")
        if saved:
            self.said.value = note_html("These are the words you saved. You can change them.")

    def keep(self, words: str) -> None:
        """Save the words, by click or by code."""
        words = str(words).strip()
        if not words:
            self.said.value = note_html("There is nothing to save yet. Two sentences are enough.")
            return
        if len(words) > MAX_WORDS:
            self.said.value = note_html(f"That is {len(words):,} characters. Keep it under {MAX_WORDS:,}.")
            return
        self.text.value = words
        try:
            trouble = self._keep(words)
        except (MedialitError, OSError) as error:
            trouble = str(error)
        self.said.value = note_html(trouble or "Saved in your progress file. Nobody grades it, and nothing is sent.")

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle = super()._repr_mimebundle_(**kwargs)
        text = f"{self.prompt}\nTo write here, run this cell: Shift+Enter."
        page = titled("Think back", f"<p><strong>{escape(self.prompt)}</strong></p><p>{escape(RUN)}</p>")
        return {**bundle, "text/plain": text, "text/html": page}
