"""What a question and a task have in common: hand in an answer, show what came back, keep count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from medialit.errors import MedialitError
from medialit.exercises.records import Outcome, Result
from medialit.widgets.markup import note_html, result_html
from medialit.widgets.page import PageBlock, failure

Submit = Callable[..., Result]
# Says in a sentence why the last answer was not saved, or None.
Problem = Callable[[], str | None] | None


def handed_in(submit: Submit, *args: Any, **named: Any) -> Result:
    """What ``submit`` returns; a failure becomes a result with one plain sentence, never a trace."""
    try:
        return submit(*args, **named)
    except Exception as error:
        return Result(Outcome.COULD_NOT_CHECK, 0.0, failure(error), "Your answer is still here.")


def signed(points: int) -> str:
    """``+2``, ``0`` or ``−6`` with a real minus sign."""
    return f"{points:+d}".replace("-", "−") if points else "0"


def milliseconds(time: Any) -> int:
    """``2026-11-23T10:00:00Z`` as a browser counts time; 0 for nothing."""
    return int(datetime.fromisoformat(time).timestamp() * 1000) if time else 0


class CheckedBlock(PageBlock):
    """A block whose answer is checked. ``item`` is a task or a question.

    ``submit(id, answer, door=…, certainty=…, hints=…)`` returns the Result and keeps it. ``keep(answer, certainty)`` keeps a
    draft, ``contest(id, reason)`` a reason to disagree; both return a sentence when they could not. ``problem()`` says why an
    answer was not saved, or None.
    """

    MAX_REASON = 1000

    def __init__(
        self,
        item: Any,
        submit: Submit,
        *,
        problem: Problem = None,
        contest: Callable[[str, str], str | None] | None = None,
        **look: Any,
    ) -> None:
        self.item, self._submit, self._contest = item, submit, contest
        self._problem = problem or (lambda: None)
        self.hints = tuple(item.hints)
        self.attempts = self.hints_shown = 0
        self.outcome: Outcome | None = None
        self.points: int | None = None
        self._last: object = None
        super().__init__(item.label, checks=True, **look)

    # presses ----------------------------------------------------------------------------------------------------

    def pressed(self, act: str, message: Mapping[str, Any]) -> None:
        if act == "check":
            self.hand_in(message["answer"], "click", message["certainty"])
        elif act == "hint":
            self.hint()
        elif act == "show":
            self.show_solution()
        elif act == "contest":
            self.say(said=note_html(self._disagree(str(message.get("text", "")).strip())))

    def hand_in(self, answer: Any, door: str, certainty: int | None) -> Result:
        """Check an answer, by click or by code, and show what came back."""
        result = handed_in(self._submit, self.item.id, answer, door=door, certainty=certainty, hints=self.hints_shown)
        if result.outcome.counts:
            # The same once more is no new attempt, as in the progress file.
            self.attempts += self._last != (answer, door, certainty)
            self._last = (answer, door, certainty)
            self.outcome = Outcome(result.outcome)
        self.points = result.details.get("points", self.points)
        self.show(result)
        return result

    def show(self, result: Result, before: str = "") -> None:
        """Show feedback with the number of attempts, and the points of certainty when there are any."""
        after = [f"Attempt {self.attempts}." if self.attempts else ""]
        if "points" in result.details:
            after.append(f"Certainty {result.details['certainty']}: {signed(result.details['points'])} points.")
        after.append(self._problem() or "")
        note = note_html(before) if before else ""
        self.say(
            feedback=note + result_html(result, after=" ".join(filter(None, after))),
            outcome=str(self.outcome or ""),
            signs=self.form.signs(result.details.get("marks") or result.details.get("again")),
        )

    def hint(self) -> str:
        """Show one more hint and return it. All hints so far stay in sight."""
        if not self.hints:
            self.say(hints=note_html("There is no hint for this one."))
            return "There is no hint for this one."
        end = "There are no more hints." if self.hints_shown >= len(self.hints) else ""
        self.hints_shown = min(self.hints_shown + 1, len(self.hints))
        shown = self.hints[: self.hints_shown]
        parts = [note_html(f"Hint {n} of {len(self.hints)}: {text}") for n, text in enumerate(shown, 1)]
        self.say(hints="".join(parts) + (note_html(end) if end else ""))
        return str(shown[-1])

    def show_solution(self) -> None:
        """Show the solution, once something was tried or all hints were read."""
        if not self.attempts and self.hints_shown < max(1, len(self.hints)):
            self.say(solution=note_html("The solution opens after your first attempt, or after the last hint."))
            return
        try:
            self.say(solution=self.solution_html())
        except MedialitError as error:
            self.say(solution=note_html(str(error)))

    def solution_html(self) -> str:
        """The solution in words."""
        raise NotImplementedError

    def _disagree(self, reason: str) -> str:
        if not reason:
            return "There is no reason yet. Write one or two sentences."
        if len(reason) > self.MAX_REASON:
            return f"That is {len(reason):,} characters. Write at most {self.MAX_REASON:,}."
        problem = self._contest(self.item.id, reason) if self._contest else None
        return problem or "Saved. Your reason is in your progress file, next to your answer."

    # what was saved ---------------------------------------------------------------------------------------------

    def counts(self, saved: Mapping[str, Any]) -> None:
        """Take over the counts of a saved answer; anything that is not a count is ignored."""
        for name, key in (("attempts", "attempts"), ("hints_shown", "hints")):
            number = saved.get(key)
            if type(number) is int and number > 0:
                setattr(self, name, number)
        self._last = (saved.get("answer"), saved.get("door"), saved.get("certainty"))
        outcome = saved.get("outcome")
        self.outcome = Outcome(outcome) if outcome in tuple(Outcome) else None
        self.state["outcome"] = str(self.outcome or "")
