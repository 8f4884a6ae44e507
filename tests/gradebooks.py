"""Made-up attempts and gradebooks for the tests of the class report."""

from dataclasses import replace

from medialit.case import load_case
from medialit.classroom.records import Attempt, Book
from medialit.classroom.report.frames import Frames
from medialit.units.registry import find_unit, load_tasks

CASES = ("missile-tests", "averstow-pool")


def tasks_of(unit, case="missile-tests"):
    return load_tasks(find_unit(unit), load_case(case))


def counted(unit):
    """The numbers of a unit's exercises that count."""
    return [number for number, task in tasks_of(unit).items() if not task.optional]


# What the tests of grades expect follows from the course, so that a new exercise changes none of them.
TASKS = counted("quotes")
QUIZ = [question.id for question in find_unit("quotes").quiz.questions]


def percent(done, of=None, most=100):
    """A grade as it is written into a table: of the exercises that count, unless it is said of what."""
    return f"{most * done / (of or len(TASKS)):.2f}"


def attempt(
    learner, item, score, *, unit="quotes", answer="a", nth=1, codes=(), certainty=None, kind="question", details=None
):
    outcome = "passed" if score >= 1 else "not yet"
    return Attempt(
        learner,
        unit,
        item,
        kind,
        "missile-tests",
        "1",
        nth,
        "",
        answer,
        outcome,
        score,
        certainty,
        codes,
        details or {},
    )


def frames(*attempts):
    return Frames(Book(list(attempts), [], []))


def handed(unit, item, answers, case="missile-tests", **more):
    """One attempt a learner at a task, scored by the task itself."""
    task = tasks_of(unit, case)[item]
    made = []
    for i, answer in enumerate(answers):
        result = task.check(answer)
        one = attempt(f"l{i}", item, result.score, unit=unit, answer=answer, kind="task", details=result.details | more)
        made.append(replace(one, case=case))
    return made
