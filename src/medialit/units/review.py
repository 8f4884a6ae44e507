"""Two questions of earlier units open each unit: what was missed first, then what was met longest ago.

Bringing something back from memory after a while helps to keep it (Latimier, Peyre & Ramus 2021).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from medialit.case import Case
from medialit.exercises.quiz import Question, Quiz
from medialit.exercises.records import Outcome, Result
from medialit.progress import Entry, latest, review_mark
from medialit.show.answer_output import AnswerOutput
from medialit.show.html import note_view
from medialit.units.called import called
from medialit.units.record import UnitRecord
from medialit.units.registry import UNITS, UnitPlan

if TYPE_CHECKING:
    from medialit.units.base import Unit

HOW_MANY = 2


def earlier_questions(unit: str, case: Case | None = None) -> dict[str, tuple[UnitPlan, Question]]:
    """The questions of all units before this one, on a case: ``{"quotes-q3": (unit, question)}``, the nearest unit first.

    Without a case they are those of the course.
    """
    names = [plan.name for plan in UNITS]
    before = [(plan, plan.quiz_on(case) if case else plan.quiz) for plan in UNITS[: names.index(unit)]]
    return {f"{plan.name}-{q.id}": (plan, q) for plan, quiz in reversed(before) for q in quiz.questions}


def pick(unit: str, entries: Iterable[Entry], fixed: Iterable[str] = (), case: Case | None = None) -> list[str]:
    """The names of two questions of earlier units. ``entries`` are the attempts on one case, in order of time.

    First those whose last answer was not passed, then those passed, each the oldest first and those of unit 0 last; who has
    no history gets the ``fixed`` ones. What was answered in this look back itself does not count, so that the same two stay
    on the page.
    """
    known = earlier_questions(unit, case)
    mark = review_mark(unit)
    past: list[Entry] = []
    for entry in entries:
        if entry.text == mark:
            break
        past.append(entry)
    missed, passed = [], []
    for name, (plan, question) in known.items():
        last = latest([e for e in past if e.unit == plan.name and e.task == question.id], question.version)
        if last:
            if last.outcome == Outcome.PASSED:
                # Who knows how the page works need not be asked about it again while there is something else.
                passed.append((plan is UNITS[0], past.index(last), name))
            else:
                missed.append((past.index(last), name))
    # One question of each unit, then the next of each: nobody gets two of the same unit when there are more units.
    rest = sorted(
        known, key=lambda name: [n for n in known if n.partition("-")[0] == name.partition("-")[0]].index(name)
    )
    order = [
        *(n for _, n in sorted(missed)),
        *(n for *_, n in sorted(passed)),
        *(f for f in fixed if f in known),
        *rest,
    ]
    return list(dict.fromkeys(order))[:HOW_MANY]


def review_quiz(unit: Unit, fixed: Iterable[str]) -> Any:
    """The two questions as a small quiz; answers are kept as attempts at the unit that they come from."""
    from medialit.widgets.quiz import QuizWidget

    attempts = unit.progress.entries("attempt", case=unit.case.name)
    known = earlier_questions(unit.plan.name, unit.case)
    names = pick(unit.plan.name, attempts, fixed, unit.case)
    if not names:
        return note_view("There is no earlier unit to look back at.")
    mark = review_mark(unit.plan.name)
    records = {name: UnitRecord(unit.progress, known[name][0].name, unit.case.name, mark) for name in names}

    def submit(name: str, answer: Any, *, door: str = "code", certainty: int | None = None, hints: int = 0) -> Result:
        question, record = known[name][1], records[name]
        result = question.check(answer, certainty, record.first(question))
        if result.outcome.counts:
            record.attempt(question, question.plain(answer), result, door, certainty, hints)
            output.update(handed_in())
        return result

    def handed_in() -> list[dict[str, Any]]:
        return [told for name in names for told in records[name].answers([known[name][1]])]

    output = AnswerOutput(handed_in())

    def contest(name: str, reason: str) -> str | None:
        question = known[name][1]
        return records[name].add(Entry(kind="contest", task=question.id, version=question.version, text=reason))

    questions: list[Any] = [known[name][1].model_copy(update={"id": name}) for name in names]
    # Made of questions that were checked when they were read.
    quiz = Quiz.model_construct(
        title="Two questions from earlier units (3 minutes)", misconceptions={}, questions=questions
    )
    return QuizWidget(
        quiz,
        submit,
        {name: kept for name in names if (kept := records[name].kept(known[name][1]))},
        call=f"{called(unit)}.look_back()",
        problem=lambda: unit.progress.problem,
        contest=contest,
        places={name: unit.record.place_named(f"look-back-{name}", known[name][1].version) for name in names},
        order=lambda question: records[question.id].order(known[question.id][1]),
        language=unit.case.about.language,
    )
