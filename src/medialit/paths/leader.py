"""What only the leader of a room reads: vote questions and keys, what to say at the reveal, and how many copies to print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from medialit.case import Case
from medialit.exercises.quiz import Question
from medialit.files import course_path
from medialit.paths.clock import CUT, cut_minutes, ticks, where
from medialit.paths.records import CoursePath, Section
from medialit.show.board import reveal_view
from medialit.show.templates import template
from medialit.units.board import load_board
from medialit.units.registry import UnitPlan, find_unit, load_tasks
from medialit.widgets.markup import inline_html, to_html

ROOM = 25  # machines and people that a sheet plans for
BEFORE = 15  # minutes before the clock starts


def printed(name: str, **given: Any) -> str:
    """A page to print, from its template in ``course/print``. Pairs share what they work on together."""
    page = template(course_path("print", name))
    return page.render(inline=inline_html, prose=to_html, room=ROOM, pairs=-(-ROOM // 2), **given)


def sections(path: CoursePath) -> Iterator[tuple[Section, UnitPlan]]:
    """The sections of a path that belong to a unit, with it, in order."""
    for sitting in path.sittings:
        for section in sitting.sections:
            if unit := sitting.unit_of(section):
                yield section, find_unit(unit)


def votes(path: CoursePath, case: Case) -> list[tuple[Section, int, Question]]:
    """The questions on a case that a room votes on, each with its section and the number of its unit."""
    return [
        (section, int(plan.folder[:2]), quiz[name])
        for section, plan in sections(path)
        for quiz in [plan.quiz_on(case)]
        for name in section.questions
        if name in quiz
    ]


class Wrong(NamedTuple):
    """A wrong answer to expect: the unit and the question, what is said, its misconception, and a sentence to answer with."""

    unit: str
    question: str
    said: str
    code: str
    answer: str


def expected(path: CoursePath, case: str) -> Iterator[Wrong]:
    """The wrong answers to the questions that a path asks on a case, in its order, each once. A whole quiz is not listed."""
    for section, plan in sections(path):
        quiz = plan.quiz.on(case)
        for question in (quiz[name] for name in section.questions if name in quiz):
            for said, code in dict.fromkeys(question.wrong()):
                yield Wrong(f"unit {int(plan.folder[:2])}", question.id, said, code, quiz.misconceptions[code])


def _solutions(path: CoursePath, case: Case) -> Iterator[tuple[str, list[str], str]]:
    """(title, answer in lines, answer in words) of each exercise of a path."""
    for section, plan in sections(path):
        for name in section.exercises:
            tasks = load_tasks(plan, case)
            task = tasks.find(name)
            if task is None:
                missing = tasks.missing(name)
                yield f"{name} {missing.title if missing else ''}".strip(), [], "It is not part of this story."
                continue
            lines = task.form.in_words(task.answer())
            if section.short and task.id == "matrix":
                lines = lines[: len(case.coverage.matrix.short)]
            yield f"{name} {task.title}{f' ({section.part})' if section.part else ''}", lines, task.solution_text()


def leader(path: CoursePath, case: Case) -> dict[str, Any]:
    """Everything on a leader's page but the clock. There is no reveal where the path or the story has none."""
    section = next((section for section, _ in sections(path) if section.board), None)
    board = load_board(case) if section else None
    section = section if board else None
    return {
        "votes": votes(path, case),
        "wrong": list(expected(path, case.name)),
        "section": section,
        "pieces": [piece for piece in board.pieces if section and piece.id in section.board] if board else [],
        "reveal": reveal_view(board.reveal).html if board else "",
        "solutions": list(_solutions(path, case)),
    }


def run_sheet(path: CoursePath, case: Case) -> str:
    """Everything that the leader of a path needs, on one sheet: clock, votes, keys, reveal, copies. Not for the screen."""
    return printed(
        "sheet.html.j2", path=path, cut=CUT, saved=cut_minutes(path), before=BEFORE, heading="h2",
        clocks=[(one, [(tick, where(one, tick.section)) for tick in ticks(one)]) for one in path.sittings],
        leader=leader(path, case) if path.kind == "workshop" else None,
    )  # fmt: skip
