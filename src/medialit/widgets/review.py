"""What a reader says about a card, by clicking; and the way back: choose the file that your reader saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from medialit.errors import MedialitError
from medialit.exercises.wording import say
from medialit.forms import CardForm
from medialit.show.html import RUN, View, code, run_line, titled
from medialit.widgets.files import FileWidget
from medialit.widgets.markup import note_html
from medialit.widgets.page import Page, PageBlock, failure


class ReviewWidget(Page):
    """The blanks of a review. ``save(answer)`` returns what to show; it raises MedialitError when something is missing."""

    def __init__(
        self, form: CardForm, save: Callable[[dict[str, str]], View], saved: Any = None, place: str = ""
    ) -> None:
        self._save, self._form = save, form
        self.block = PageBlock(
            "review", say("review_title"), prompt=f"<p>{say('review_how')}</p>", form=form,
            buttons=[("save", "Save the review", "")], key=place, press=lambda message: self.save(message["answer"]),
        )  # fmt: skip
        super().__init__([self.block])
        if saved:
            try:
                self.block.put(saved)
                self.block.say(feedback=note_html(say("review_again")))
            except MedialitError:
                self.block.say(feedback=note_html(say("review_changed")))

    def answer(self, answer: dict[str, str]) -> None:
        """Save a review by code."""
        try:
            self.block.put(answer)
        except MedialitError as error:
            self.block.say(feedback=note_html(str(error)))
            return
        self.save(answer)

    def save(self, answer: dict[str, str]) -> None:
        """Save a review, and show what became of it."""
        try:
            said = self._save(dict(answer)).html
        except (MedialitError, OSError) as error:
            said = note_html(failure(error))
        self.block.say(feedback=said)

    def text_form(self) -> str:
        return f"{say('review_title')}\n{say('review_how')}\n{self._form.as_text()}\n{RUN} By typing: {EXAMPLE}"

    def html_form(self) -> str:
        return titled(
            say("review_title"),
            f"<p>{say('review_how')}</p>{self._form.as_html()}{run_line(f' By typing: {code(EXAMPLE)}')}",
        )


EXAMPLE = 'unit.review().answer({"card": "…", "clarity": "…", …})'


class ReceivedWidget(FileWidget):
    """A file chooser; ``take(bytes)`` returns what to show."""

    def __init__(self, take: Callable[[bytes], View], name: str, shown: View | None = None) -> None:
        super().__init__(
            "Your reader’s review", say("review_file", name=name), "Load a review", ".json", lambda data: take(data).html,
            'By typing: unit.received("card-review.json")', shown.html if shown else "",
        )  # fmt: skip
