"""One task by clicking: prompt, form, Check, Hint, Solution, and a way to disagree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from html import escape
from typing import Any

import ipywidgets as w

from medialit.errors import MedialitError
from medialit.exercises.answers import plain
from medialit.exercises.records import Outcome, Result
from medialit.show.html import RUN, code, titled
from medialit.widgets.desk import Desk, Problem, Submit, handed_in
from medialit.widgets.forms import form_widget
from medialit.widgets.look import box, button, classed, html, live, note_html, row, tools
from medialit.widgets.markup import to_html, to_text

MAX_REASON = 1000


def _milliseconds(time: Any) -> int:
    """``2026-11-23T10:00:00Z`` as a browser counts time; 0 for nothing."""
    return int(datetime.fromisoformat(time).timestamp() * 1000) if time else 0


class TaskWidget(w.VBox):
    """The click door of a task.

    ``submit(task_id, answer, door=…, certainty=…, hints=…)`` returns the Result and keeps it;
    ``submit_note(task_id, reason)`` keeps a reason to disagree, and returns a sentence when it could not. ``saved`` is
    ``{"answer": …, "outcome": …, "attempts": …, "hints": …}`` or None. ``prepare(form)`` is called before a saved
    answer is shown. ``keep(answer)`` keeps a draft of an answer that takes long to give, and returns a sentence when it
    could not; ``place`` is the task's name on this computer, for what waits in the browser.
    """

    def __init__(
        self,
        task: Any,
        submit: Submit,
        saved: Mapping[str, Any] | None = None,
        submit_note: Callable[[str, str], Any] | None = None,
        *,
        call: str = "unit",
        problem: Problem = None,
        prepare: Callable[[Any], None] | None = None,
        keep: Callable[[Any], str | None] | None = None,
        place: str = "",
    ) -> None:
        self.task, self._submit, self._submit_note, self._call = task, submit, submit_note, call
        self.form = form_widget(task.form)
        if keep:
            self.form.keep_drafts(keep, place, _milliseconds((saved or {}).get("time")))
        self.feedback, self._hints, self._solution = live(), live(), live()
        self.desk = Desk(tuple(task.hints), self.feedback, self._hints, problem)
        self.check = button("Check", self._clicked, primary=True)
        self.hint = button("Hint", self.desk.hint)
        self.solution = button("Solution", self._show_solution)
        buttons = [self.check, self.hint, self.solution]
        if submit_note:
            self.contest = button("I disagree", self._open_contest)
            buttons.append(self.contest)
        self._reason = w.Textarea(description="What would you answer, and why?", rows=3, continuous_update=False)
        self._save_button = button("Save my reason", self._save_reason)
        self._said = live()
        self._contest = box()
        heading = f'<h3 class="medialit-name" style="margin:4px 0;font-size:18px">{escape(self._title())}</h3>'
        prompt = html(heading + self._prompt_html())
        body = (prompt, self.form, row(*buttons), self.feedback, self._hints, self._solution, self._contest, self._said)
        super().__init__((tools(), classed(w.VBox(body), "medialit-block")))
        classed(self, "medialit")
        if prepare:
            prepare(self.form)
        self._restore(saved or {})

    # by click -----------------------------------------------------------------------------------------------------

    def _clicked(self) -> None:
        named = {"door": "click", "certainty": None, "hints": self.desk.hints_shown}
        answer = self.form.value
        self._took(handed_in(self._submit, self.task.id, answer, **named), (answer, "click", None))

    def answer(self, answer: Any) -> Result:
        """The code door on this widget: the same answer, the same submit, the same feedback on the page."""
        # An answer that does not fit stays out of the form: the result says what is wrong with it.
        with suppress(MedialitError):
            answer = plain(answer)
            self.form.set(answer)
        named = {"door": "code", "certainty": None, "hints": self.desk.hints_shown}
        result = handed_in(self._submit, self.task.id, answer, **named)
        self._took(result, (answer, "code", None))
        return result

    def _took(self, result: Result, handed: tuple[Any, ...]) -> None:
        self.desk.take(result, handed)
        if hasattr(self.form, "show_signs"):
            self.form.show_signs(result.details.get("marks"))

    def _show_solution(self) -> None:
        if not self.desk.attempts and self.desk.hints_shown < max(1, len(self.desk.hints)):
            self._solution.value = note_html("The solution opens after your first attempt, or after the last hint.")
            return
        try:
            text = self.task.solution_text()
        except MedialitError as error:
            text = str(error)
        self._solution.value = (
            '<div style="border-left:6px solid var(--jp-border-color1,#999);padding:4px 12px;margin:8px 0">'
            f"<p style='margin:0'><strong>Solution.</strong></p>{to_html(text)}</div>"
        )

    def _open_contest(self) -> None:
        if not self._contest.children:
            self._contest.children = (self._reason, self._save_button)
            self._said.value = note_html("A box for your reason is open below. It goes into your own progress file.")

    def _save_reason(self) -> None:
        reason = self._reason.value.strip()
        if not reason:
            self._said.value = note_html("There is no reason yet. Write one or two sentences.")
            return
        if len(reason) > MAX_REASON:
            self._said.value = note_html(f"That is {len(reason):,} characters. Write at most {MAX_REASON:,}.")
            return
        try:
            problem = self._submit_note(self.task.id, reason)
        except (MedialitError, OSError) as error:
            self._said.value = note_html(f"Your reason could not be saved: {error}")
            return
        except Exception as error:
            # The last net, as in handed_in: no trace reaches the learner.
            self._said.value = note_html(f"Your reason could not be saved ({type(error).__name__}).")
            return
        if isinstance(problem, str) and problem:
            self._said.value = note_html(problem)
            return
        self._said.value = note_html("Saved. Your reason stands in your progress file, beside your answer.")

    def _restore(self, saved: Mapping[str, Any]) -> None:
        if saved.get("answer") is None:
            return
        try:
            self.form.set(saved["answer"])
        except MedialitError:
            self.feedback.value = note_html("Your saved answer no longer fits this task. Please answer again.")
            return
        # A draft is nothing that was handed in.
        self.desk.restore({**saved, "answer": None} if saved.get("draft") else saved)
        if saved.get("draft"):
            self.feedback.value = note_html("Your work from before is back. It is not checked yet.")
            return
        outcome = self.desk.outcome
        last = f" Last outcome: {outcome.sign} {outcome}." if isinstance(outcome, Outcome) else ""
        attempts = f" Attempts so far: {self.desk.attempts}." if self.desk.attempts else ""
        go_on = "" if outcome is Outcome.PASSED else " Check it to read what is missing."
        self.feedback.value = note_html(f"Your saved answer is back.{last}{attempts}{go_on}")

    # the text form ------------------------------------------------------------------------------------------------

    def _title(self) -> str:
        minutes = "1 minute" if self.task.minutes == 1 else f"{self.task.minutes} minutes"
        return f"Task {self.task.id} · {self.task.title} · {minutes}"

    def _prompt_html(self) -> str:
        prompt = self.task.prompt
        return prompt if prompt.lstrip().startswith("<") else to_html(prompt)

    def _example(self) -> str:
        return f'{self._call}.check("{self.task.id}", {self.task.form.sample()})'

    def text_form(self) -> str:
        """The task as plain text, never its key."""
        typing = f"{RUN} To answer by typing: {self._example()}"
        choices = self.task.form.as_text()
        return "\n\n".join(filter(None, [self._title(), to_text(self.task.prompt), choices, typing]))

    def html_form(self) -> str:
        """The same as HTML that needs neither styles nor scripts."""
        typing = f"<p>{RUN} To answer by typing: {code(self._example())}</p>"
        return titled(self._title(), self._prompt_html() + self.task.form.as_html() + typing)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle = super()._repr_mimebundle_(**kwargs)
        return {**bundle, "text/plain": self.text_form(), "text/html": self.html_form()}
