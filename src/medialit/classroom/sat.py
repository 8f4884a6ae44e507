"""Score the tests before and after, and the recheck: each form that was handed in becomes one attempt a statement.

No grade comes of it: sixteen statements say something about a class, and next to nothing about one person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from medialit.classroom.given import Given
from medialit.classroom.records import Attempt
from medialit.exercises.sittings import AFTER, BEFORE, DRAW_UNIT, LATER, unit_of
from medialit.exercises.statements import NOT_TRUE, TestStatement, load_forms

TEST_UNITS = (unit_of(BEFORE), unit_of(AFTER), unit_of(LATER), DRAW_UNIT)
KEPT = "not graded"
# The unit that comes before the test before.
_DOOR = "welcome"
_NAMES = {unit_of(BEFORE): "before the course", unit_of(AFTER): "after the course", unit_of(LATER): "a week later"}


def score_tests(
    learner: str, answers: Iterable[Given], key: Mapping[str, bool]
) -> tuple[list[Attempt], list[str], list[str]]:
    """(attempts, sentences for the learner's page, plain lines about what could not be used) of one learner.

    Only the first form handed in as each test counts. A form that was handed in both before and after was seen twice:
    it counts before, and not after. ``details`` of an attempt hold ``form``, ``lens``, ``called`` and, with a key,
    ``unsound``.
    """
    attempts: list[Attempt] = []
    said: list[str] = []
    lines: list[str] = []
    seen: set[str] = set()
    done: set[str] = set()
    begun = False
    forms = load_forms()
    for one in answers:
        begun = begun or (one.kind == "attempt" and one.unit not in (*TEST_UNITS, _DOOR))
        if one.unit not in _NAMES or one.kind != "attempt" or one.unit in done:
            continue
        name, form = _NAMES[one.unit], forms.get(one.item)
        done.add(one.unit)
        if form is None or one.version != form.stamp:
            lines.append(f"The test {name} belongs to another version of the course and was not counted.")
        elif form.problem(one.answer):
            lines.append(f"The test {name} cannot be read and was not counted.")
        elif form.name in seen:
            lines.append(f"The test {name} has a form that was seen before. It was not counted.")
        else:
            seen.add(form.name)
            if one.unit == unit_of(BEFORE) and begun:
                lines.append("The test before the course was handed in when the first unit had begun. It was counted.")
            made = [
                _attempt(learner, one, statement, one.answer[statement.id], key)
                for statement in form.statements
                if statement.id in one.answer
            ]
            attempts += made
            if all(statement.id in key for statement in form.statements):
                right = sum(attempt.score for attempt in made)
                said.append(f"Test {name}: {right:.0f} of {len(form.statements)} right.")
    return attempts, said, lines


def _attempt(learner: str, one: Given, statement: TestStatement, said: str, key: Mapping[str, bool]) -> Attempt:
    called = said == NOT_TRUE
    details = {"form": one.item, "lens": statement.lens, "called": called}
    outcome, score = KEPT, 0.0
    if statement.id in key:
        unsound = not key[statement.id]
        details["unsound"] = unsound
        outcome, score = ("passed", 1.0) if called == unsound else ("not yet", 0.0)
    return Attempt(
        learner, one.unit, statement.id, "statement", statement.case, one.version, 1, one.at, said, outcome, score,
        details=details, door=one.door, source=one.source,
    )  # fmt: skip
