"""One task by clicking: prompt, form, Check, Hint, Show me, and a way to disagree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from medialit.errors import MedialitError
from medialit.exercises.answers import plain
from medialit.exercises.records import Result
from medialit.show.html import RUN, code, run_line, titled
from medialit.widgets.block import CheckedBlock, Problem, Submit, milliseconds
from medialit.widgets.form import form_page
from medialit.widgets.markup import note_html, to_html, to_text
from medialit.widgets.page import Page, words


class TaskBlock(CheckedBlock):
    """A task on a page."""

    def solution_html(self) -> str:
        return f'<div class="ml-note"><p><strong>Solution.</strong></p>{to_html(self.item.solution_text())}</div>'

    def restore(self, saved: Mapping[str, Any]) -> None:
        """Show what was saved: an answer that was checked, or a draft."""
        if saved.get("answer") is None:
            return
        try:
            self.put(
                saved["answer"],
                saved.get("certainty"),
                draft=bool(saved.get("draft")),
                time=milliseconds(saved.get("time")),
            )
        except MedialitError:
            self.say(feedback=note_html("Your saved answer no longer fits this task. Please answer again."))
            return
        # A draft was not handed in.
        self.counts({**saved, "answer": None} if saved.get("draft") else saved)
        if saved.get("draft"):
            self.say(feedback=note_html("Your work from before is back. It is not checked yet."))
            return
        outcome = self.outcome
        last = f" Last outcome: {outcome.sign} {outcome}." if outcome else ""
        attempts = f" Attempts so far: {self.attempts}." if self.attempts else ""
        go_on = "" if outcome and outcome.done else " Check it to read what is missing."
        self.say(feedback=note_html(f"Your saved answer is back.{last}{attempts}{go_on}"))


class TaskWidget(Page):
    """The click door of a task.

    ``submit``, ``contest``, ``keep`` and ``problem`` as for :class:`Checked`; ``saved`` is ``{"answer": …, "outcome": …,
    "attempts": …, "hints": …}`` or None. ``prepare(form)`` is called before a saved answer is shown; ``place`` is the task's
    name in this browser. ``short`` are the keys of the rows of a short form to turn to, and ``rows`` what a row is called.
    ``language`` is that of the story.
    """

    def __init__(
        self,
        task: Any,
        submit: Submit,
        saved: Mapping[str, Any] | None = None,
        contest: Callable[[str, str], Any] | None = None,
        *,
        call: str = "unit",
        problem: Problem = None,
        prepare: Callable[[Any], None] | None = None,
        keep: Callable[[Any, int | None], str | None] | None = None,
        place: str = "",
        short: tuple[str, ...] = (),
        rows: str = "",
        language: str = "en",
    ) -> None:
        self.task, self._call = task, call
        self.form = form_page(task.form)
        if prepare:
            prepare(self.form)
        minutes = "1 minute" if task.minutes == 1 else f"{task.minutes} minutes"
        self._over = f"Task {task.label} · {minutes}"
        text = words()
        buttons = [
            ("check", text["check"], f"{text['check']} task {task.label}"),
            ("hint", text["hint"], ""),
            ("show", text["show_me"], ""),
        ]
        if contest:
            buttons.append(("contest", text["disagree"], ""))
        self.block = TaskBlock(
            task, submit, problem=problem, keep=keep, contest=contest, title=task.title, over=self._over,
            prompt=self._prompt_html(), form=self.form, buttons=buttons, key=place,
        )  # fmt: skip
        if language != "en":
            self.block.spec["language"] = language
        if short:
            few, every = f"In class: {len(short)} {rows} only", f"Show all {len(task.form.rows)} {rows}"
            self.block.spec["form"]["short"] = {"rows": list(short), "few": few, "all": every}
        self.block.restore(saved or {})
        super().__init__([self.block])

    def answer(self, answer: Any) -> Result:
        """The code door on this widget: the same answer, the same submit, the same feedback on the page."""
        # An answer that does not fit stays out of the form: the result says what is wrong with it.
        with suppress(MedialitError):
            answer = plain(answer)
            self.block.put(answer)
        return self.block.hand_in(answer, "code", None)

    # the text form ------------------------------------------------------------------------------------------------

    def _prompt_html(self) -> str:
        prompt = self.task.prompt
        return prompt if prompt.lstrip().startswith("<") else to_html(prompt)

    def _example(self) -> str:
        sample = self.task.form.sample()
        if self.task.text.private:
            return f'{self._call}.own("{self.task.id}").answer({sample})'
        return f'{self._call}.check("{self.task.label}", {sample})'

    def text_form(self) -> str:
        typing = f"{RUN} To answer by typing: {self._example()}"
        title = f"{self._over} · {self.task.title}"
        return "\n\n".join(filter(None, [title, to_text(self.task.prompt), self.task.form.as_text(), typing]))

    def html_form(self) -> str:
        typing = run_line(f" To answer by typing: {code(self._example())}")
        return titled(f"{self._over} · {self.task.title}", self._prompt_html() + self.task.form.as_html() + typing)
