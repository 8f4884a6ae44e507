"""A case's own ``quiz.yaml``: questions by unit, in the format of the course's quizzes, with the course's misconceptions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medialit.errors import CaseError, raise_first
from medialit.exercises.quiz import Quiz
from medialit.files import LineOf, load_yaml, validated

if TYPE_CHECKING:
    from medialit.units.registry import UnitPlan

FILE = "quiz.yaml"


def load_own(folder: Path, name: str, plans: Sequence[UnitPlan]) -> dict[str, Quiz]:
    """The questions by unit in the folder of the case ``name``; empty where it has no ``quiz.yaml``.

    Raises CaseError with file, line and field of the first fault, and the others attached.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    data, line_of = load_yaml(path)
    if not isinstance(data or {}, dict):
        raise CaseError("This needs the name of a unit in each line, with its questions below it.", file=path)
    known = {plan.name: plan for plan in plans}
    found: dict[str, Quiz] = {}
    faults: list[CaseError] = []
    for unit, part in (data or {}).items():
        try:
            if unit not in known:
                told = f"There is no unit “{unit}”. Units: {', '.join(known)}."
                raise CaseError(told, file=path, line=line_of((str(unit),)), field=str(unit))
            found[unit] = _quiz(known[unit], part, path, line_of)
            faults += _compared(known[unit], found[unit], name, path, line_of)
        except CaseError as error:
            faults += error.all
    raise_first(faults)
    return found


def _quiz(plan: UnitPlan, part: Any, path: Path, line_of: LineOf) -> Quiz:
    """The questions of one unit; they may use the codes of its quiz."""
    if isinstance(part, dict):
        if "title" in part:
            told = "This field is not known here. The quiz keeps the title that it has in the course."
            raise CaseError(told, file=path, line=line_of((plan.name, "title")), field=f"{plan.name}.title")
        own = part.get("misconceptions", {})
        if isinstance(own, dict):
            if taken := next((code for code in own if code in plan.quiz.misconceptions), None):
                where = (plan.name, "misconceptions", taken)
                told = (
                    f"The course uses the code {taken} already. Choose another one, or leave the line out and use it."
                )
                raise CaseError(told, file=path, line=line_of(where), field=".".join(where))
            own = {**plan.quiz.misconceptions, **own}
        part = {**part, "title": plan.quiz.title, "misconceptions": own}
    return validated(Quiz, part, path, line_of, (plan.name,))


def _compared(plan: UnitPlan, quiz: Quiz, case: str, path: Path, line_of: LineOf) -> Iterator[CaseError]:
    """What only a comparison with the course and the case shows."""
    tasks = (name for text in plan.texts.values() for name in (text.name, *text.was))
    taken = {*(question.id for question in plan.quiz.questions), *tasks, *plan.predictions, "reflection"}
    for i, question in enumerate(quiz.questions):
        if question.id in taken:
            told = (
                f"The course uses the id {question.id} in this unit already. Choose another one, such as own-{i + 1}."
            )
            yield _at(path, line_of, plan.name, i, "id", told)
        if question.about not in ("", case):
            told = f"This question is asked on the story of {case} alone. Leave “about” out."
            yield _at(path, line_of, plan.name, i, "about", told)


def _at(path: Path, line_of: LineOf, unit: str, i: int, field: str, told: str) -> CaseError:
    line = line_of((unit, "questions", i, field))
    return CaseError(told, file=path, line=line, field=f"{unit}.questions.{i + 1}.{field}")
