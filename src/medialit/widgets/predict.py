"""A guess before the result, and a place to think in writing. Both are kept, neither is graded."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from medialit.exercises.prediction import Prediction
from medialit.forms import TextForm
from medialit.show.html import RUN, View, code, run_line, titled
from medialit.widgets.markup import note_html
from medialit.widgets.page import Page, PageBlock, attempt

# (answer, certainty) -> a plain sentence when it could not be saved
Keep = Callable[[Any, int | None], str | None]


class PredictWidget(Page):
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
        place: str = "",
    ) -> None:
        self.prediction, self._keep, self._call = prediction, keep, call
        self._about, self._reveal = about, reveal
        self.block = PageBlock(
            prediction.id, prediction.stem, prompt=about.html if about else "", form=prediction.form,
            certainty=prediction.certainty, pays=False, buttons=[("guess", "Keep my guess", "")], key=place,
            press=lambda message: self.take(message["answer"], message["certainty"]),
        )  # fmt: skip
        super().__init__([self.block])
        if saved is not None and prediction.problem(saved) is None:
            self.block.put(saved)
            self._open(saved, "This is the guess you kept. ")

    def answer(self, answer: Any, certainty: int | None = None) -> None:
        """Make the guess by code."""
        if self.prediction.problem(answer) is None:
            self.block.put(answer, certainty)
        self.take(answer, certainty)

    def take(self, answer: Any, certainty: int | None) -> None:
        """Keep a guess, and show what it was about."""
        problem = self.prediction.problem(answer)
        if problem:
            self.block.say(feedback=note_html(problem))
            return
        self._open(answer, "Kept. ", attempt(lambda: self._keep(answer, certainty)))

    def _open(self, answer: Any, before: str, trouble: str | None = None) -> None:
        said = note_html(before + self.prediction.said(answer)) + (note_html(trouble) if trouble else "")
        self.block.say(feedback=said, solution=self._reveal.html if self._reveal else "", outcome="kept")

    def text_form(self) -> str:
        example = f'{self._call}.predict("{self.prediction.id}", {self.prediction.form.sample()})'
        typing = f"{RUN} To answer by typing: {example}"
        about = self._about.text if self._about else ""
        return "\n".join(filter(None, [about, self.prediction.stem, self.prediction.form.as_text(), typing]))

    def html_form(self) -> str:
        example = code(f'{self._call}.predict("{self.prediction.id}", {self.prediction.form.sample()})')
        stem = f"<p><strong>{escape(self.prediction.stem)}</strong></p>"
        typing = run_line(f" To answer by typing: {example}")
        stem = (self._about.html if self._about else "") + stem
        return titled("A guess", stem + self.prediction.form.as_html() + typing)


MAX_WORDS = 5000


class ReflectWidget(Page):
    """A text box whose words are kept in the progress file."""

    def __init__(self, prompt: str, keep: Callable[[str], str | None], saved: str = "", place: str = "") -> None:
        self.prompt, self._keep = prompt, keep
        self.block = PageBlock(
            "thoughts", prompt, form=TextForm(lines=5), buttons=[("save", "Save", "")], key=place, checks=True,
            press=lambda message: self._say(self.save(str(message["answer"] or ""))),
            # What is written here is kept as it is typed: there is nothing to check.
            keep=lambda answer, _: self.keep_quietly(str(answer or "")),
        )  # fmt: skip
        self.block.spec["form"]["label"] = "Your thoughts"
        super().__init__([self.block])
        if saved:
            self.block.put(saved)
            self._say("These are the words you saved. You can change them.")

    def _say(self, said: str) -> None:
        self.block.say(feedback=note_html(said))

    def keep(self, words: str) -> None:
        """Save the words by code."""
        said = self.save(str(words))
        self.block.put(str(words).strip())
        self._say(said)

    def keep_quietly(self, words: str) -> str | None:
        """Save what is typed so far; a sentence when that was not possible."""
        words = words.strip()
        return attempt(lambda: self._keep(words)) if words and len(words) <= MAX_WORDS else None

    def save(self, words: str) -> str:
        """Save the words, and say so."""
        words = words.strip()
        if not words:
            return "There is nothing to save yet. Two sentences are enough."
        if len(words) > MAX_WORDS:
            return f"That is {len(words):,} characters. Keep it under {MAX_WORDS:,}."
        trouble = attempt(lambda: self._keep(words))
        return trouble or "Saved in your progress file. Nobody grades it, and nothing is sent."

    def text_form(self) -> str:
        return f"{self.prompt}\n{RUN}"

    def html_form(self) -> str:
        return titled("Think back", f"<p><strong>{escape(self.prompt)}</strong></p>{run_line()}")
