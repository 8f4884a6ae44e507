"""Quizzes: a pure check of any answer to a question. No widget and no file is needed for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from medialit.errors import MedialitError
from medialit.exercises.answers import plain
from medialit.exercises.questions import Question, Quiz, QuizOption, Trap, normal
from medialit.exercises.records import Outcome, Result
from medialit.exercises.validate import is_blank, problem_with
from medialit.scoring.order import order_score

__all__ = ["PAYOFFS", "Question", "Quiz", "QuizOption", "Trap", "check_answer", "load_quiz", "normal", "plain_answer"]

# Certainty-based marking (Gardner-Medwin 2005): certainty -> points if right, points if not.
PAYOFFS: Mapping[int, tuple[int, int]] = {1: (1, 0), 2: (2, -2), 3: (3, -6)}
MAX_TEXT = 200
PARTLY_AT = 0.6  # share of an order that earns "partly"; a random order has .5 on average


def load_quiz(path: Path | str) -> Quiz:
    """Read ``quiz.yaml``. Raises CaseError with file, line and field of the first fault."""
    # Here and not above: pydantic is imported only when a quiz is loaded.
    from medialit.exercises.quiz_load import read_quiz

    return read_quiz(Path(path))


def plain_answer(question: Question, answer: Any) -> Any:
    """The answer as one plain record, the same through either door.

    Letters may be typed large, a single choice may stand for a list of one, whole numbers lose their ``.0``.
    Anything else comes back unchanged, for ``check_answer`` to refuse.
    """
    if type(answer) in (set, frozenset) and question.type == "several" and len(answer) <= 50:
        answer = list(answer)
    try:
        # From here on only exact base types are left: comparing them never runs a learner's code.
        answer = plain(answer)
    except MedialitError:
        return answer
    if type(answer) is str and len(answer) <= MAX_TEXT:
        answer = answer.strip() if question.type == "text" else answer.strip().lower()
        return [answer] if question.type == "several" and answer else answer
    if question.type in ("several", "order") and type(answer) is list and len(answer) <= 50:
        keys = [x.strip().lower() if type(x) is str else x for x in answer]
        return _in_order(question, keys) if question.type == "several" else keys
    if question.type == "number" and type(answer) is float and answer.is_integer():
        return int(answer)
    return answer


def _in_order(question: Question, keys: list[Any]) -> list[Any]:
    known = [option.id for option in question.options]
    if not all(type(key) is str and key in known for key in keys):
        return keys
    return [key for key in known if key in keys]


def check_answer(question: Question, answer: Any, certainty: Any = None) -> Result:
    """Outcome, score (0 to 1), explained feedback and misconception codes of any answer at all; never raises.

    With a certainty of 1, 2 or 3 the points of certainty-based marking stand in ``details["points"]``.
    """
    answer = plain_answer(question, answer)
    problem = _problem(question, answer, certainty)
    if problem is None and is_blank(answer):
        return Result(Outcome.NOT_ATTEMPTED, 0.0, "There is no answer yet.", "Answer by click or by code, then check.")
    if problem:
        return Result(Outcome.COULD_NOT_CHECK, 0.0, problem, "Nothing was counted. Mend it and check again.")
    result = _CHECKS[question.type](question, answer)
    if certainty is not None:
        points = PAYOFFS[certainty][0 if result.outcome is Outcome.PASSED else 1]
        result = replace(result, details={**result.details, "certainty": certainty, "points": points})
    return result


def _problem(question: Question, answer: Any, certainty: Any) -> str | None:
    if certainty is not None and (type(certainty) is not int or certainty not in PAYOFFS):
        return "Certainty is 1, 2 or 3, or nothing."
    if answer is None or answer is ...:
        return None
    try:
        plain(answer)
    except MedialitError as error:
        return str(error)
    if isinstance(answer, str) and len(answer) > MAX_TEXT:
        return f"That text has {len(answer):,} characters. Write at most {MAX_TEXT}."
    if isinstance(answer, list) and len(answer) > 50:
        return f"That list has {len(answer):,} entries, too many for any question. {_WANTED[question.type]}"
    if is_blank(answer):
        return None
    if isinstance(answer, list) and not all(type(x) is str for x in answer):
        return f"The list holds something other than texts. {_WANTED[question.type]}"
    return problem_with(question.form, answer)


_WANTED = {
    "one": "Hand in one letter, for instance “b”.",
    "several": "Hand in a list of letters, for instance [“a”, “c”].",
    "number": "Hand in a number, for instance 7.",
    "order": "Hand in a list of letters in order.",
    "text": "Hand in a short text between quotation marks.",
}


# --- one check a type -------------------------------------------------------------------------------------------


def _check_one(question: Question, answer: str) -> Result:
    chosen = next(option for option in question.options if option.id == answer)
    if chosen.right:
        return _passed(chosen.feedback)
    return _missed(Trap(chosen.feedback, chosen.code))


def _check_several(question: Question, answer: list[str]) -> Result:
    right = [option for option in question.options if option.right]
    chosen = [option for option in question.options if option.id in answer]
    hits, wrong = [o for o in chosen if o.right], [o for o in chosen if not o.right]
    if not wrong and len(hits) == len(right):
        return _passed("Every choice fits, and none is missing. " + _explained(hits))
    score = max(0, len(hits) - len(wrong)) / len(right)
    message = f"{len(hits)} of your {len(chosen)} choices fit. Still missing: {len(right) - len(hits)}."
    outcome = Outcome.PARTLY if score > 0 else Outcome.NOT_YET
    if not wrong and question.otherwise:
        return Result(outcome, score, message, question.otherwise.feedback, codes=_code(question.otherwise))
    codes = tuple(dict.fromkeys(o.code for o in wrong if o.code))
    return Result(outcome, score, f"{message} {_explained(wrong)}", codes=codes)


def _explained(options: list[QuizOption]) -> str:
    return " ".join(f"Choice {option.id}: {option.feedback}" for option in options)


def _check_number(question: Question, answer: float) -> Result:
    if abs(answer - question.key) <= question.tolerance + 1e-9:
        return _passed(question.right)
    return _missed(next((t for t in question.traps if t.fits_number(answer)), question.otherwise))


def _check_order(question: Question, answer: list[str]) -> Result:
    if tuple(answer) == question.key:
        return _passed(question.right)
    score = order_score(answer, question.key)
    fits = (t for t in question.traps if answer.index(t.before[0]) < answer.index(t.before[1]))
    result = _missed(next(fits, question.otherwise))
    return replace(result, outcome=Outcome.PARTLY if score >= PARTLY_AT else Outcome.NOT_YET, score=score)


def _check_text(question: Question, answer: str) -> Result:
    given = normal(answer)
    if given in {normal(accepted) for accepted in question.key}:
        return _passed(question.right)
    fits = (t for t in question.traps if given in {normal(words) for words in t.any_of})
    return _missed(next(fits, question.otherwise))


def _passed(feedback: str) -> Result:
    return Result(Outcome.PASSED, 1.0, feedback)


def _missed(trap: Trap | None) -> Result:
    assert trap is not None  # the schema asks for one
    return Result(Outcome.NOT_YET, 0.0, trap.feedback, codes=_code(trap))


def _code(trap: Trap) -> tuple[str, ...]:
    return (trap.code,) if trap.code else ()


_CHECKS: Mapping[str, Callable[[Question, Any], Result]] = {
    "one": _check_one,
    "several": _check_several,
    "number": _check_number,
    "order": _check_order,
    "text": _check_text,
}
