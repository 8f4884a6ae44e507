"""One small page of feedback a learner: outcomes, points and the next step, never the key and never a trace."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from medialit.case import load_case
from medialit.classroom.marks import CARD, Disagreement, is_question, replies
from medialit.classroom.records import Book, Grade, Receipt
from medialit.english import listed, shortened
from medialit.errors import MedialitError
from medialit.exercises.quiz import Quiz
from medialit.exercises.records import Outcome
from medialit.show.html import spoken
from medialit.show.templates import template
from medialit.units.registry import UNITS, UnitPlan, find_unit

MAX_PAGE = 30_000
# Characters of the words for a task and for a question: the first pair with which the page is small enough is taken.
_LEVELS = ((600, 600), (320, 200), (200, 0), (0, 0))
_PAGE = Path(__file__).with_name("feedback.html.j2")
# Names that Windows keeps for devices.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def file_name(learner: str) -> str:
    """The name of a learner's page: safe on every system, and different for different learners."""
    plain = re.sub(r"[^\w.-]+", "_", learner, flags=re.ASCII).strip("._-")[:60]
    # Some systems do not tell capitals apart, and some keep names for devices.
    if plain == learner and plain == plain.lower() and not _DEVICES.match(plain):
        return f"{plain}.html"
    first = "learner" if not plain or _DEVICES.match(plain) else plain
    return f"{first}-{hashlib.sha256(learner.encode()).hexdigest()[:8]}.html"


def feedback_pages(
    book: Book, due: Sequence[str] = (), points: Callable[[str], Sequence[str]] = lambda _: ()
) -> dict[str, str]:
    """The page of every learner of a gradebook, in order. ``points`` are lines about what counts, by a plan of the course."""
    grades: dict[str, list[Grade]] = {}
    receipts: dict[str, list[Receipt]] = {}
    for grade in book.grades:
        grades.setdefault(grade.learner, []).append(grade)
    for receipt in book.submissions:
        receipts.setdefault(receipt.learner, []).append(receipt)
    answered = replies(book)
    return {
        learner: feedback_page(mine, grades.get(learner, []), due, points(learner), answered.get(learner, ()))
        for learner, mine in receipts.items()
    }


def feedback_page(
    receipts: Sequence[Receipt],
    grades: Sequence[Grade],
    due: Sequence[str] = (),
    points: Sequence[str] = (),
    replies: Sequence[Disagreement] = (),
) -> str:
    """The page of one learner: under 30 KB, with the words of the checks as far as there is room."""
    # What was wrong with an earlier hand-in is over.
    last = max(receipts, key=lambda receipt: receipt.graded_at)
    said = list(dict.fromkeys(line for receipt in receipts for line in receipt.said))
    problems = list(last.problems)
    cases = {grade.case for grade in grades}
    shown = [one._replace(item=titles_of(one.unit, *cases).get(one.item, one.item)) for one in replies[:20]]
    for tasks, questions in _LEVELS:
        units = [_unit(plan, case, mine, due, (tasks, questions)) for plan, case, mine in _places(grades, due)]
        page = template(_PAGE).render(
            name=last.name, problems=problems, units=units, said=said, points=points, replies=shown
        )
        page = in_their_language(page, cases)
        if len(page.encode()) <= MAX_PAGE:
            return page
        problems = problems[:10]
    return template(_PAGE).render(
        name=last.name, problems=problems[:3], units=units[:1], said=said, points=points, replies=[]
    )


class _Row(NamedTuple):
    outcome: Outcome
    title: str
    points: str
    words: str


def _places(grades: Sequence[Grade], due: Sequence[str]) -> Iterable[tuple[UnitPlan, str, list[Grade]]]:
    """Each unit and story of which something was attempted, or which was due."""
    for plan in UNITS:
        for case in sorted({grade.case for grade in grades if grade.unit == plan.name}):
            mine = [grade for grade in grades if (grade.unit, grade.case) == (plan.name, case)]
            if plan.name in due or any(grade.outcome != Outcome.NOT_ATTEMPTED for grade in mine):
                yield plan, case, mine


def _unit(
    plan: UnitPlan, case: str, grades: Sequence[Grade], due: Sequence[str], room: tuple[int, int]
) -> dict[str, Any]:
    titles = titles_of(plan.name, case)
    # Of a quiz, or of tasks, that somebody left alone as a whole there is nothing to say, unless the unit was due.
    begun = {is_question(grade.task) for grade in grades if grade.outcome != Outcome.NOT_ATTEMPTED}
    grades = [grade for grade in grades if plan.name in due or is_question(grade.task) in begun]
    # The course's own order, not the order of letters.
    known = sorted(
        (grade for grade in grades if grade.task in titles), key=lambda grade: list(titles).index(grade.task)
    )
    rows, open_ = [], []
    for grade in known:
        task = grade.task[:1].isdigit()
        if grade.outcome == Outcome.NOT_ATTEMPTED:
            open_.append(grade.task)
            continue
        words = "" if grade.outcome == Outcome.PASSED else shortened(grade.words, room[0 if task else 1])
        rows.append(
            _Row(
                Outcome(grade.outcome),
                f"{'' if grade.task == CARD else grade.task} {titles[grade.task]}".strip(),
                _points(grade),
                words,
            )
        )
    passed = sum(row.outcome.done for row in rows)
    rest = f"Not attempted{', so without points' if plan.name in due else ''}: {', '.join(open_)}." if open_ else ""
    summary = (
        f"{passed} of {len(known)} passed, on the story “{_story(case)}”. {invented([case])} "
        f"{one_reading([(plan.name, case)])}"
    )
    summary = " ".join(summary.split())
    return {"title": plan.title, "summary": summary, "rows": rows, "rest": rest}


def _points(grade: Grade) -> str:
    if grade.score is None:
        return ""
    score = f"{grade.score:.2f}".rstrip("0").rstrip(".")
    points = f" · {score} of {grade.max_score:g} point{'' if grade.max_score == 1 else 's'}"
    return f"{points}, the best of {grade.attempts} attempts" if grade.attempts > 1 else points


@lru_cache(maxsize=32)
def _story(case: str) -> str:
    try:
        return load_case(case).title
    except MedialitError:
        return case  # one of the instructor's own, which may have been moved since


def one_reading(places: Iterable[tuple[str, str]]) -> str:
    """Which keys of these units on these cases are one person's reading, in sentences; empty where none is known to be."""
    found: dict[str, list[str]] = {}
    for unit, case in dict.fromkeys(places):
        with suppress(MedialitError):
            if load_case(case).one_reader(unit):
                found.setdefault(_story(case), []).append(find_unit(unit).title)
    return " ".join(
        f"The key of “{listed(titles)}” on the story “{story}” is one person's reading."
        for story, titles in found.items()
    )


def invented(cases: Iterable[str]) -> str:
    """Which of these cases are invented stories, in sentences."""
    found = []
    for case in sorted(set(cases)):
        with suppress(MedialitError):
            if (story := load_case(case)).about.invented:
                found.append(f"The story “{story.title}” is invented: nothing in it exists.")
    return " ".join(found)


def in_their_language(html: str, cases: Iterable[str]) -> str:
    """A page on which these cases are met, with the language and direction of words that are written from right to left."""
    for case in sorted(cases):
        with suppress(MedialitError):
            if (article := load_case(case).article).direction == "rtl":
                return spoken(html, article.language)
    return html


def quizzes_of(unit: str, *cases: str) -> list[Quiz]:
    """The quiz of a unit in the course, and on each of these cases that is known here."""
    plan = find_unit(unit)
    found = [plan.quiz]
    for case in cases:
        with suppress(MedialitError):
            found.append(plan.quiz_on(load_case(case)))
    return found


def titles_of(unit: str, *cases: str) -> dict[str, str]:
    """Task and question names of a unit on these cases, in order, each with its title or the start of its stem."""
    titles = {name: text.title for name, text in find_unit(unit).texts.items()}
    for quiz in quizzes_of(unit, *cases):
        titles |= {question.id: shortened(question.stem, 90) for question in quiz.questions}
    if unit == "correction":
        titles[CARD] = "The card as a whole, read by a person"
    return titles
