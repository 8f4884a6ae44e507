"""What all parts of the annotation notebook share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from medialit.errors import MedialitError
from medialit.widgets.form import FormPage, form_page
from medialit.widgets.markup import note_html
from medialit.widgets.page import PageBlock, failure

# The first line of a file that a part may write again. A file without it was written by hand, and is left alone.
HEAD = "# Made on the annotation page (medialit author case annotate). What is proposed is not part of the key.\n"


class AnnotationStep(PageBlock):
    """One form with its buttons. ``keep`` takes what is typed, as one goes on; ``press`` a button and the answer.

    ``checks`` says beside the buttons that something was not saved by one of them yet.
    """

    def __init__(
        self,
        name: str,
        title: str,
        prompt: str,
        form: Any,
        buttons: Sequence[tuple[str, str]],
        press: Callable[[str, Any], None],
        keep: Callable[[Any], None],
        key: str,
        checks: bool = True,
    ) -> None:
        self._press, self._keep = press, keep
        drawn = form if isinstance(form, FormPage) else form_page(form)
        super().__init__(
            name, title, prompt=prompt, form=drawn, buttons=[(act, text, "") for act, text in buttons],
            key=f"{key}/{name}", drafts=True, checks=checks,
        )  # fmt: skip

    def drafted(self, answer: Any, certainty: int | None) -> str | None:
        return self._try(lambda: self._keep(answer))

    def pressed(self, act: str, message: Mapping[str, Any]) -> None:
        if problem := self._try(lambda: self._press(act, message["answer"])):
            self.say(feedback=note_html(problem))

    @staticmethod
    def _try(do: Callable[[], None]) -> str | None:
        try:
            do()
        except (MedialitError, OSError) as error:
            return failure(error)
        return None
