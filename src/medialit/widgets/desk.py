"""What a question and a task have in common: hand in an answer, show what came back, keep count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from medialit.errors import MedialitError
from medialit.exercises.records import Outcome, Result
from medialit.widgets.look import note_html, result_html

Submit = Callable[..., Result]
# Says in a sentence why the last answer was not saved, or None.
Problem = Callable[[], str | None] | None


def counted(number: int) -> str:
    """``Attempt 2.``"""
    return f"Attempt {number}." if number else ""


def handed_in(submit: Submit, *args: Any, **named: Any) -> Result:
    """What ``submit`` returns; a failure becomes a result with one plain sentence, never a trace."""
    try:
        return submit(*args, **named)
    except MedialitError as error:
        return Result(Outcome.COULD_NOT_CHECK, 0.0, str(error), "Your answer is still here.")
    except OSError as error:
        why = error.strerror or type(error).__name__
        return Result(
            Outcome.COULD_NOT_CHECK, 0.0, f"Your answer could not be saved: {why}.", "It is still here. Check again."
        )
    except Exception as error:
        # The last net: a fault of the kit must not reach the learner as a trace.
        what = f"Something in the kit went wrong ({type(error).__name__})."
        return Result(Outcome.COULD_NOT_CHECK, 0.0, what, "Your answer is still here. Please report this.")


def signed(points: int) -> str:
    """``+2``, ``0`` or ``−6`` with a real minus sign."""
    return f"{points:+d}".replace("-", "−") if points else "0"


class Desk:
    """Counts of one question or task, and its two announced places: feedback and hints."""

    def __init__(self, hints: tuple[str, ...], feedback: Any, hint_place: Any, problem: Problem = None) -> None:
        self.hints, self.feedback, self.hint_place = hints, feedback, hint_place
        self._problem = problem or (lambda: None)
        self.attempts = self.hints_shown = 0
        self.outcome: Outcome | None = None
        self._last: object = None

    def take(self, result: Result, handed: tuple[Any, ...], checked: str = "") -> None:
        """Count an attempt and show its feedback.

        ``handed`` is (answer, door, certainty): the same once more is no new attempt, as in the progress file.
        ``checked`` says what was checked.
        """
        if result.outcome not in (Outcome.NOT_ATTEMPTED, Outcome.COULD_NOT_CHECK):
            self.attempts += self._last != handed
            self._last = handed
            self.outcome = Outcome(result.outcome)
        self.show(result, checked=checked)

    def show(self, result: Result, before: str = "", checked: str = "") -> None:
        """Show feedback with the number of attempts, and the points of certainty when there are any."""
        after = [checked, counted(self.attempts)]
        if "points" in result.details:
            points = result.details["points"]
            after.append(f"Certainty {result.details['certainty']}: {signed(points)} points.")
        after.append(self._problem() or "")
        note = note_html(before) if before else ""
        self.feedback.value = note + result_html(result, after=" ".join(filter(None, after)))

    def restore(self, saved: Mapping[str, Any]) -> None:
        """Take over the counts of a saved answer; anything that is not a count is ignored."""
        for name, key in (("attempts", "attempts"), ("hints_shown", "hints")):
            number = saved.get(key)
            if type(number) is int and number > 0:
                setattr(self, name, number)
        self._last = (saved.get("answer"), saved.get("door"), saved.get("certainty"))
        try:
            self.outcome = Outcome(saved.get("outcome"))
        except ValueError:
            self.outcome = None

    def hint(self) -> str:
        """Show one more hint and return it. All hints so far stay in sight."""
        if not self.hints:
            self.hint_place.value = note_html("There is no hint for this one.")
            return "There is no hint for this one."
        end = " There are no more hints." if self.hints_shown >= len(self.hints) else ""
        self.hints_shown = min(self.hints_shown + 1, len(self.hints))
        shown = self.hints[: self.hints_shown]
        parts = [note_html(f"Hint {n} of {len(self.hints)}: {text}") for n, text in enumerate(shown, 1)]
        self.hint_place.value = "".join(parts) + (note_html(end.strip()) if end else "")
        return shown[-1]
