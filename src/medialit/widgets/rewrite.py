"""Rewrite a sentence: choose words for its loaded places, or edit the text freely."""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from medialit.forms import RewriteForm, RewriteSentence
from medialit.widgets.form import LATE, UNSET, FormWidget
from medialit.widgets.look import box, html
from medialit.widgets.markup import inline_html

KEEP = "as it stands"


class RewriteWidget(FormWidget):
    """One text box a sentence. A choice in a list puts its words into the text; the text can also be typed."""

    def __init__(self, form: RewriteForm) -> None:
        self._texts: dict[str, Any] = {}
        self._slots: dict[str, list[Any]] = {}
        groups = []
        for sentence in form.sentences:
            lists = [
                w.Dropdown(
                    options=[(f"{KEEP}: {slot.words}", UNSET), *((o.text, o.key) for o in slot.choices)],
                    value=UNSET,
                    description=f"In place of “{slot.words}”",
                )
                for slot in sentence.slots
            ]
            text = w.Textarea(sentence.text, rows=4, description=f"Your sentence {sentence.key}", **LATE)
            self._texts[sentence.key], self._slots[sentence.key] = text, lists
            for control in lists:
                control.observe(lambda _, s=sentence: self._assemble(s), names="value")
            name = html(
                f'<div class="medialit-name"><strong>{sentence.key}</strong> · {inline_html(sentence.text)}</div>'
            )
            groups.append(box(name, *lists, text, classes=("medialit-group",)))
        super().__init__(form, tuple(groups))
        self._watch(*self._texts.values())

    def _assemble(self, sentence: RewriteSentence) -> None:
        """The original with the chosen words in their places. Words that were typed before are replaced."""
        if self._quiet:
            return
        text = sentence.text
        for slot, control in zip(sentence.slots, self._slots[sentence.key], strict=True):
            if control.value != UNSET:
                text = text.replace(slot.words, control.value, 1)
        self._texts[sentence.key].value = text

    @property
    def value(self) -> Any:
        """The texts that differ from the original."""
        originals = {sentence.key: sentence.text for sentence in self.form.sentences}
        return {key: box.value for key, box in self._texts.items() if box.value.strip() != originals[key]}

    def _put(self, value: Any) -> None:
        for sentence in self.form.sentences:
            self._texts[sentence.key].value = (value or {}).get(sentence.key) or sentence.text
            for slot, control in zip(sentence.slots, self._slots[sentence.key], strict=True):
                text = self._texts[sentence.key].value
                # The wording in the text that is longest: a short one may stand inside another.
                found = [o.key for o in slot.choices if o.key in text and slot.words not in text]
                control.value = max(found, key=len, default=UNSET)
