"""A test by click: each choice is kept at once, nothing is called right or wrong, and it is handed in once."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as w

from medialit.exercises.statements import FORM
from medialit.show.html import RUN, titled
from medialit.widgets.fields import ChoiceWidget
from medialit.widgets.look import box, button, classed, come_here, html, live, note_html, row, tools

WORDS = (
    "Each statement is true or not true. Each choice is kept at once; you can change it until you hand in. Nothing is "
    "called right or wrong while you answer. If you do not know, choose what you think."
)


class SheetWidget(w.VBox):
    """``sitting`` is what keeps the answers (``units.sitting.Sitting``)."""

    def __init__(self, sitting: Any) -> None:
        self.sitting = sitting
        self.said, self.place, self.end = live(), box(), live()
        self.start = button("Begin the test", self._pressed, primary=True)
        self.hand = button("Hand in the test", self._handed, primary=True)
        self.boxes: dict[str, StatementWidget] = {}
        self._warned = self._clicked = False
        heading = html(f'<h2 style="margin:8px 0;font-size:20px">{escape(sitting.title)}</h2>')
        super().__init__((tools(), heading, self.said, self.place, self.end))
        classed(self, "medialit")
        self._show()

    def _show(self) -> None:
        if self.sitting.done or not self.sitting.offer.form:
            self._close()
        elif self.sitting.begun:
            self.begin()
        else:
            self.place.children = (html(f"<p>{escape(WORDS)}</p>"), row(self.start))

    def _pressed(self) -> None:
        self._clicked = True
        self.begin()

    def _moved(self) -> str:
        """After a click the window follows; a page that is only run stays where it is."""
        moved, self._clicked = come_here() if self._clicked else "", False
        return moved

    def begin(self) -> None:
        """Open the form, or go on with it."""
        back = self.sitting.begun
        problem = self.sitting.begin()
        if self.sitting.done or not self.sitting.offer.form:
            self._close()
            return
        answers = self.sitting.answers
        total = sum(len(statements) for _, _, statements in self.sitting.parts())
        parts: list[Any] = [html(f"<p>{escape(WORDS)}</p>")]
        number = 0
        for heading, story, statements in self.sitting.parts():
            parts.append(html(f'<h3 style="margin:16px 0 4px;font-size:18px">{escape(heading)}</h3>'))
            parts.append(html(story.html))
            for statement in statements:
                number += 1
                made = StatementWidget(statement, number, total, answers.get(statement.id), self._keep)
                self.boxes[statement.id] = made
                parts.append(made)
        self.place.children = (*parts, row(self.hand))
        went_on = (
            f"Your answers are back: {len(answers)} of {total}." if back else f"The test is open: {total} statements."
        )
        self.said.value = note_html(went_on) + (note_html(problem) if problem else "") + self._moved()

    def _keep(self, statement: str, said: str) -> str:
        return self.sitting.answer(statement, said, door="click")

    def _handed(self) -> None:
        self._clicked = True
        self.hand_in()

    def hand_in(self) -> None:
        """Hand in; with open statements only at the second press."""
        missing = self.sitting.missing() if not self.sitting.done else ""
        if missing and not self._warned:
            self._warned = True
            self._clicked = False
            self.end.value = note_html(f"{missing} Answer, or press again to hand it in as it is.")
            return
        if not self.sitting.done:
            self.sitting.hand_in(unfinished=True, door="click")
        self._close(self.sitting.closing().html)

    def _close(self, words: str = "") -> None:
        """Nothing of the form stays on the page."""
        self.boxes, self.place.children = {}, ()
        self.said.value = note_html(self.sitting.state()) + self._moved()
        self.end.value = words or (self.sitting.closing().html if self.sitting.done else "")

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        # No statement stands in a notebook that was not begun: the stored page is the same for everybody.
        bundle = super()._repr_mimebundle_(**kwargs)
        typed = "To take it by typing: test.statements(), then test.answer(…, True) and test.hand_in()."
        length = (
            "8 statements, 5 minutes."
            if self.sitting.which not in ("before", "after")
            else "16 statements, 12 minutes."
        )
        text = f"{self.sitting.title}: {length}\n{RUN}\n{typed}"
        inner = f"<p>{length}</p><p>{escape(RUN)}</p><p>{escape(typed)}</p>"
        return {**bundle, "text/plain": text, "text/html": titled(self.sitting.title, inner)}


class StatementWidget(w.VBox):
    """One statement with two buttons to choose from."""

    def __init__(self, statement: Any, number: int, total: int, saved: str | None, keep: Any) -> None:
        self.statement, self._keep = statement, keep
        name = f"Statement {number} of {total}"
        heading = f'<h4 class="medialit-name" style="margin:4px 0;font-size:16px">{name}</h4>'
        self.form = ChoiceWidget(FORM, label="This is")
        self.said = live()
        if saved:
            self.form.set(saved)
        self.form.on_change(self._chosen)
        super().__init__((html(f'{heading}<p style="margin:4px 0">{escape(statement.text)}</p>'), self.form, self.said))
        classed(self, "medialit-block")

    def _chosen(self, form: Any) -> None:
        said = self._keep(self.statement.id, form.value)
        if said.startswith("Kept"):
            self.said.value = f'<p style="margin:0">Kept: {"true" if form.value == "true" else "not true"}.</p>'
        else:
            self.said.value = note_html(said)
