"""Correct one paragraph on a page: the paragraph as it was printed, with the claim underlined."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from medialit.forms import CorrectForm, Passage
from medialit.lenses.framing import loaded_words
from medialit.show.html import escape
from medialit.widgets.form import FormPage


class CorrectPage(FormPage):
    """Each claim keeps its own text while another is tried."""

    form: CorrectForm

    def spec(self) -> dict[str, Any]:
        spec = super().spec()
        for claim, told in zip(spec["claims"], self.form.claims, strict=True):
            claim["html"] = original_html(told)
        return spec

    def offer(self, names: Iterable[str], instead: str = "") -> None:
        """Offer only these claims, or say what is to be done first ``instead``. A claim that is already chosen stays."""
        self._offer(offered=list(names), instead=instead)


def original_html(told: Passage) -> str:
    """The paragraph as it was printed, the claim's words underlined, and the words that a list marks as loaded."""
    before, _, after = told.paragraph.partition(told.words)
    words = f"<u>{escape(told.words)}</u>" if told.words in told.paragraph else escape(told.words)
    # Reporting verbs are no sign of a side: they would fill the line.
    loaded = [one for one in loaded_words(told.paragraph) if one.cls in ("one-sided term", "subjective intensifier")]
    marked = ", ".join(dict.fromkeys(f"“{one.word}” ({one.cls})" for one in loaded)) or "none"
    return (
        f"<p><strong>As it was printed, ¶{told.number}.</strong> The claim is underlined.</p>"
        f"<blockquote>{escape(before)}{words}{escape(after)}</blockquote>"
        f"<p>Words that our list marks as loaded: {escape(marked)}.</p>"
    )
