"""A test by click: each choice is kept at once, nothing is called right or wrong, and it is handed in once."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from medialit.exercises.sittings import LATER
from medialit.exercises.statements import FORM
from medialit.exercises.wording import say
from medialit.show.html import RUN, run_line, titled
from medialit.widgets.markup import note_html
from medialit.widgets.page import Page, PageBlock, Text


class SheetWidget(Page):
    """``sitting`` is what keeps the answers."""

    def __init__(self, sitting: Any) -> None:
        self.sitting = sitting
        self._warned = False
        super().__init__(title=sitting.title)
        self._show()

    def _show(self) -> None:
        if self.sitting.done or not self.sitting.offer.form:
            self._close()
        elif self.sitting.begun:
            self.begin()
        else:
            prompt, buttons = f"<p>{escape(say('test_how'))}</p>", [("begin", say("test_begin"), "")]
            self.show([PageBlock("begin", "", prompt=prompt, buttons=buttons, press=self._pressed)])

    def _pressed(self, _: Mapping[str, Any]) -> None:
        self.begin()
        self.go_to_top()

    def begin(self) -> None:
        """Open the form, or go on with it."""
        back = self.sitting.begun
        problem = self.sitting.begin()
        if self.sitting.done or not self.sitting.offer.form:
            self._close()
            return
        answers, parts = self.sitting.answers, list(self.sitting.parts())
        total = sum(len(statements) for _, _, statements in parts)
        blocks: list[Any] = [Text("words", f"<p>{escape(say('test_how'))}</p>")]
        number = 0
        for place, (heading, story, statements) in enumerate(parts):
            blocks.append(Text(f"story-{place}", f'<h3 class="ml-title">{escape(heading)}</h3>{story.html}'))
            for statement in statements:
                number += 1
                blocks.append(StatementBlock(statement, number, total, answers.get(statement.id), self._keep))
        self.end = PageBlock("hand", "", buttons=[("hand", say("test_hand_in"), "")], press=self._handed)
        self.show([*blocks, self.end])
        went_on = say("test_back", n=len(answers), of=total) if back else say("test_open", n=total)
        self.intro = note_html(went_on) + (note_html(problem) if problem else "")

    def _keep(self, statement: str, said: str) -> str:
        return str(self.sitting.answer(statement, said, door="click"))

    def _handed(self, _: Mapping[str, Any]) -> None:
        if self.hand_in():
            self.go_to_top()

    def hand_in(self) -> bool:
        """Hand in; with open statements only at the second press."""
        missing = self.sitting.missing() if not self.sitting.done else ""
        if missing and not self._warned:
            self._warned = True
            self.end.say(feedback=note_html(say("test_again", missing=missing)))
            return False
        if not self.sitting.done:
            self.sitting.hand_in(unfinished=True, door="click")
        self._close(self.sitting.closing().html)
        return True

    def _close(self, words: str = "") -> None:
        """Nothing of the form stays on the page."""
        self.show([])
        self.intro = note_html(self.sitting.state())
        self.foot = words or (self.sitting.closing().html if self.sitting.done else "")

    def _length(self) -> str:
        return say("test_length_recheck" if self.sitting.which == LATER else "test_length")

    # No statement is in a notebook that was not begun: the stored page is the same for everybody.
    def text_form(self) -> str:
        return f"{self.sitting.title}: {self._length()}\n{RUN}\n{say('test_typing')}"

    def html_form(self) -> str:
        return titled(
            self.sitting.title, f"<p>{escape(self._length())}</p>{run_line()}<p>{escape(say('test_typing'))}</p>"
        )


class StatementBlock(PageBlock):
    """One statement with two choices, kept as they are made."""

    def __init__(self, statement: Any, number: int, total: int, saved: str | None, keep: Any) -> None:
        self.statement, self._take = statement, keep
        over = f"Statement {number} of {total}"
        super().__init__(statement.id, statement.text, over=over, form=FORM, sends=True)
        if saved:
            self.put(saved)

    def pressed(self, act: str, message: Mapping[str, Any]) -> None:
        said = self._take(self.statement.id, message["answer"])
        kept = f"<p>Kept: {'true' if message['answer'] == 'true' else 'not true'}.</p>"
        self.say(feedback=kept if said.startswith("Kept") else note_html(said))
