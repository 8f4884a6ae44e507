"""The print pack: a workshop on paper. The story, evidence cards, the matrix, verdicts, and cards to vote with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from medialit.case import Case
from medialit.files import COURSE_CASE, course_path
from medialit.forms import MatrixForm, TableForm, VerifyForm
from medialit.paths.leader import leader, printed, sections, votes
from medialit.paths.records import CoursePath
from medialit.paths.unit import UnitFolder
from medialit.progress import Progress
from medialit.show.html import spoken
from medialit.units import open_unit
from medialit.units.board import load_board
from medialit.units.registry import find_unit, load_tasks
from medialit.units.sources.matrix import FillMatrix

# Cards for every claim would fill forty pages; a room on paper gets through two.
ON_PAPER = 2
# What "the first ten statements" says in paths.yaml.
_FIRST = {"two": 2, "four": 4, "ten": 10}
Part = tuple[str, Any]  # the macro in the template, and what it draws


def print_pack(case: Case, path: CoursePath | None = None) -> str:
    """One HTML file to print, for a room on paper.

    Without a ``path`` it has whatever a room may use, and no key. With one it has the hook, the questions and the exercises
    of that workshop, its case board, and at the end a page for the leader, with the key.
    """
    if path is None:
        parts, key = [_story(case), *_look_up(case), *_matrix(case)], None
    else:
        parts, key = list(_workshop(path, case)), leader(path, case)
    title = path.title if path else case.title
    html = printed("pack.html.j2", title=title, parts=parts, leader=key, path=path, heading="h3")
    return spoken(html, case.about.language)


def _workshop(path: CoursePath, case: Case) -> Iterator[Part]:
    if case.name == COURSE_CASE:
        yield _hook(path)
    yield _story(case)
    if asked := votes(path, case):
        yield "questions", asked
    yield from _exercises(path, case)
    wanted = next((section.board for section, _ in sections(path) if section.board), [])
    board = load_board(case)
    if board and wanted:
        yield "board", {"title": board.title, "shapes": [piece.shape for piece in board.pieces if piece.id in wanted]}


def _hook(path: CoursePath) -> Part:
    """The opening question of a workshop, with the sentences that it is about."""
    section, plan = next(sections(path))
    lesson = UnitFolder(course_path(plan.folder)).under(section.heading)
    quoted = re.findall(r"^> (.+)$", lesson, re.MULTILINE)
    guesses = [plan.predictions[name] for name in re.findall(r'unit\.predict\("(\w+)"', lesson)]
    return "hook", {"section": section, "quoted": quoted, "guesses": guesses}


def _exercises(path: CoursePath, case: Case) -> Iterator[Part]:
    """A page for each exercise of the workshop that can be done on paper."""
    for section, plan in sections(path):
        for name in section.exercises:
            task = load_tasks(plan, case).find(name)
            if task is None:
                continue
            if isinstance(task.form, VerifyForm):
                yield from _look_up(case)
            elif isinstance(task.form, MatrixForm):
                yield from _matrix(case)
            elif isinstance(task.form, TableForm) and not section.short:
                first = section.part.split()[2] if section.part.startswith("the first ") else ""
                yield "exercise", {"task": task, "rows": task.form.rows[: _FIRST.get(first)]}


def _story(case: Case) -> Part:
    return "story", open_unit("quotes", case.folder, Progress()).read().html


def _look_up(case: Case) -> list[Part]:
    """Claims to verify, the cards that bear on them with as many again that do not, by publisher, and the verdicts."""
    if "verify" not in load_tasks(find_unit("claims"), case):
        return []
    gold = case.claim_gold
    wanted = gold.verify[:ON_PAPER]
    near = [c for c in gold.evidence if {*wanted} & {*c.supports, *c.contradicts, *c.context}]
    others = [c for c in gold.evidence if c not in near][: len(near) // 2]
    cards = sorted([*near, *others], key=lambda c: (c.publisher, c.id))
    return [("claims", [gold.claim(name) for name in wanted]), ("cards", cards), ("verdicts", None)]


def _matrix(case: Case) -> list[Part]:
    task = load_tasks(find_unit("sources"), case).find("matrix")
    if not isinstance(task, FillMatrix):
        return []
    names, matrix = list(task.names.values()), case.coverage.matrix
    columns = list(zip(names, matrix.columns, strict=False))
    return [("matrix", {"names": names, "columns": columns, "rows": matrix.short})]
