"""A place to choose a file: what is in it goes to Python and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from medialit.show.html import run_line, titled
from medialit.widgets.markup import note_html
from medialit.widgets.page import Page, PageBlock, failure


class FileForm:
    """The form of a file, for the page alone: its text; or, with ``most``, its name, its size and (in base64) its bytes.

    Of a file with more than ``most`` bytes there is only the name and the size.
    """

    def __init__(self, label: str, accept: str, most: int = 0) -> None:
        self._spec = {"kind": "file", "label": label, "accept": accept, "whole": bool(most), "most": most}
        self.value: Any = None

    def spec(self) -> dict[str, Any]:
        return self._spec

    def typed(self, given: Any) -> Any:
        return given

    def offered_to(self, changed: Any) -> None:
        """Nothing is ever offered."""


class FileWidget(Page):
    """``take(bytes)`` returns HTML that says what happened; it may raise MedialitError. ``typed`` is the way by code."""

    def __init__(
        self, title: str, words: str, label: str, accept: str, take: Callable[[bytes], str], typed: str, shown: str = ""
    ) -> None:
        self._words, self._typed_line, self._read = words, typed, take
        form, prompt = FileForm(label, accept), f"<p>{words}</p>"
        self.block = PageBlock("file", title, prompt=prompt, form=form, sends=True, press=self._chosen)
        super().__init__([self.block])
        if shown:
            self.block.say(feedback=shown)

    def _chosen(self, message: Mapping[str, Any]) -> None:
        try:
            said = self._read(str(message["answer"] or "").encode("utf-8", "surrogatepass"))
        except Exception as error:
            said = note_html(failure(error))
        # The file itself is not kept on the page.
        self.block.say(feedback=said, answer=None)

    def text_form(self) -> str:
        return f"{self._words}\n{self._typed_line}"

    def html_form(self) -> str:
        return titled(self.block.spec["title"], f"<p>{self._words}</p>{run_line()}")


class RestoreWidget(FileWidget):
    """Bring back a saved progress file; ``restore(bytes)`` returns a report whose text says what happened."""

    def __init__(self, restore: Callable[[bytes], Any]) -> None:
        words = "Choose the file my-progress.jsonl that you downloaded. What is here already stays here."
        super().__init__(
            "Restore your work", words, "Your progress file", ".jsonl",
            lambda data: note_html(f"{restore(data)} Start the page again to see the answers."),
            'By typing: unit.restore("my-progress.jsonl")',
        )  # fmt: skip
