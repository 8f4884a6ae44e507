"""How long the course takes to read and to do, beside the minutes that it states.

Prose is read at 200 words a minute, tables and forms (guesses, questions, tasks) at 120; folded boxes are not read. A task
takes its own minutes, which hold its words and some time for each answer.

``medialit author times`` prints every section of the paths and every task, with both figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from medialit.case import load_case
from medialit.exercises.prediction import Prediction, load_predictions
from medialit.exercises.quiz import Question
from medialit.exercises.task import Task
from medialit.files import COURSE_CASE, course_path, read_text
from medialit.forms import TableForm, VerifyForm
from medialit.paths import CoursePath, Section, Sitting, load_paths
from medialit.paths.unit import UnitFolder
from medialit.units.registry import UNITS, load_tasks

PROSE, FORMS = 200, 120  # words a minute
WRITING = 1.0  # minutes for a note that a learner writes
CELL, CLAIM = 0.25, 4.5  # minutes for one cell of a table, and for one claim at the evidence desk
SHORT = 0.15  # a stated time may be so much below the computed one

_FOLDED = re.compile(r"^:::+\{(?:measure|instructor)\}.*?^:::+\s*$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_DOOR = re.compile(r"^\*Code door.*?(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)
_SIGNS = re.compile(r"^(?:%|:::).*$|<[^>]+>|\]\([^)]*\)|[*`#>|:-]{1,}", re.MULTILINE)
_CALL = re.compile(r"unit\.(predict|quiz|look_back|reflect|read|task)\((.*)\)")
_NAMES = re.compile(r'"([^"]+)"')


@dataclass(frozen=True)
class Timed:
    """One section of a sitting: the minutes that it states, and those that reading and tasks take."""

    path: str
    sitting: str
    section: str
    stated: float
    computed: float

    @property
    def too_short(self) -> bool:
        """Is the stated time more than 15% below the computed one?"""
        return self.stated < (1 - SHORT) * self.computed


def reading(markdown: str) -> float:
    """The minutes that it takes to read some Markdown, without code, folded boxes and notes for authors."""
    text = _DOOR.sub("", _CODE.sub("", _FOLDED.sub("", markdown)))
    lines = text.split("\n")
    table = " ".join(line for line in lines if line.startswith("|"))
    prose = "\n".join(line for line in lines if not line.startswith("|"))
    return _words(table) / FORMS + _words(prose) / PROSE


def _words(text: str) -> int:
    return len(_SIGNS.sub(" ", text).split())


def _asked(item: Question | Prediction) -> float:
    """A question or a guess: what is asked and offered, and one explanation of the answer."""
    offered = " ".join(text for _, text in item.form.choices())
    said = item.why if isinstance(item, Question) else item.after
    return _words(f"{item.stem} {offered}") / FORMS + _words(said) / PROSE


@cache
def _parts(folder: Path, page: str) -> dict[str, str]:
    """A page by its headings; what is before the first one belongs to the first."""
    pieces = re.split(r"^## (.+)$", read_text(folder / page).partition("\n---\n")[2], flags=re.MULTILINE)
    return {title.strip(): text for title, text in zip(pieces[1::2], pieces[2::2], strict=True)}


class _Unit(UnitFolder):
    """A folder of the course, with what each part of it takes."""

    def heading(self, name: str) -> float:
        """The minutes of one part of the lesson, with what is answered in it."""
        text = _parts(self.folder, "lesson.md")[name]
        calls = [match.groups() for code in _CODE.findall(text) for match in _CALL.finditer(code)]
        return reading(text) + sum(self._call(*call) for call in calls)

    def _call(self, what: str, given: str) -> float:
        names = _NAMES.findall(given)
        if what == "predict":
            return _asked(load_predictions(self.folder / "predictions.yaml")[names[0]])
        if what == "quiz":
            return sum(_asked(self.questions[name]) for name in names or self.questions)
        if what == "look_back":
            return 2 * sum(map(_asked, self.questions.values())) / len(self.questions)
        if what == "reflect":
            return WRITING
        if what == "task":
            return self.tasks[names[0]].minutes
        story = load_case(COURSE_CASE).article.text
        return 0.0 if "folded" in given else _words(story) / PROSE

    def exercise(self, name: str) -> float:
        """The minutes of one exercise, with the words above it."""
        above = next(text for title, text in _parts(self.folder, "exercise.md").items() if title.startswith(name))
        return self.tasks[name].minutes + reading(above)

    def section(self, section: Section) -> float:
        """The minutes of a section of a path. A part of an exercise takes what the path gives it."""
        if section.part:
            return 0.0
        minutes = sum(map(self.exercise, section.exercises)) + sum(_asked(self.questions[q]) for q in section.questions)
        return minutes + (self.heading(section.heading) if section.heading else 0.0)


def tasks(case: str = COURSE_CASE) -> list[Timed]:
    """Every task, with the least that it takes: its words read once, and some time for each answer."""
    return [
        Timed("task", plan.title, f"{task.label} {task.title}", task.minutes, _least(task))
        for plan in UNITS
        for task in load_tasks(plan, load_case(case)).values()
    ]


def _least(task: Task[Any]) -> float:
    offered = " ".join(text for _, text in task.form.choices())
    minutes = _words(f"{task.prompt} {offered}") / FORMS
    if isinstance(task.form, VerifyForm):
        return minutes + CLAIM * len(task.answer())
    if isinstance(task.form, TableForm):
        return minutes + CELL * len(task.form.rows) * len(task.form.fields)
    return minutes


def times(paths: list[CoursePath] | None = None) -> list[Timed]:
    """Every section of every path that points into a unit."""
    return [one for path in paths or load_paths() for sitting in path.sittings for one in _timed(path, sitting)]


def _timed(path: CoursePath, sitting: Sitting) -> Iterator[Timed]:
    for section in sitting.sections:
        if folder := sitting.unit_of(section):
            computed = _Unit(course_path(folder)).section(section)
            yield Timed(path.id, sitting.title, section.name, section.minutes, computed)


def table(only_short: bool = False) -> list[str]:
    """One line for each section and task, with a mark at what is too short; ``only_short`` leaves out the others."""
    found = [one for one in (*times(), *tasks()) if one.too_short or not only_short]
    return [
        f"{one.path:7}{one.sitting[:22]:23}{one.section[:44]:45}{one.stated:4.0f}{one.computed:6.1f}"
        f"{'  too short' * one.too_short}"
        for one in found
    ]
