"""What a unit's folder offers to point at: headings of its lesson, guesses, questions, exercises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from medialit.errors import MedialitError
from medialit.exercises.prediction import load_predictions
from medialit.exercises.quiz import Question, Quiz, load_quiz
from medialit.exercises.task import TaskText, load_texts
from medialit.files import read_text

_ACT = re.compile(r"\bunit\.(?:predict|reflect|quiz|review|task)\(")
_TIME = re.compile(r"^\| Time \| (\d+) minutes in class, (\d+) alone \|", re.MULTILINE)


@dataclass(frozen=True)
class UnitFolder:
    """One folder under ``course/``. Each file is read when it is first asked for."""

    folder: Path

    @cached_property
    def headings(self) -> dict[str, int]:
        """The lesson's headings, with how many things a learner does under each: guesses, notes, tasks, quizzes."""
        found: dict[str, int] = {}
        current, code = "", False
        for line in read_text(self.folder / "lesson.md").splitlines():
            if line.startswith("```"):
                code = not code
            elif not code and line.startswith("## "):
                current = line[3:].strip()
                found[current] = 0
            elif code and current:
                found[current] += len(_ACT.findall(line))
        return found

    def under(self, heading: str) -> str:
        """What the lesson's source says under a heading, up to the next one."""
        _, _, after = read_text(self.folder / "lesson.md").partition(f"\n## {heading}\n")
        return after.partition("\n## ")[0]

    @cached_property
    def title(self) -> str:
        """The lesson's title, such as ``1 · Quotes``."""
        lines = read_text(self.folder / "lesson.md").splitlines()
        return next((line[2:].strip() for line in lines if line.startswith("# ")), self.folder.name)

    @cached_property
    def minutes(self) -> tuple[int, int] | None:
        """Minutes in class and alone, as the lesson's first table promises them."""
        found = _TIME.search(read_text(self.folder / "lesson.md"))
        return (int(found[1]), int(found[2])) if found else None

    @cached_property
    def quiz(self) -> Quiz:
        """The unit's quiz."""
        return load_quiz(self.folder / "quiz.yaml")

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The questions by id."""
        return {question.id: question for question in self.quiz.questions}

    @cached_property
    def tasks(self) -> dict[str, TaskText]:
        """The words of the exercises by id."""
        return load_texts(self.folder / "tasks.yaml")

    @cached_property
    def guesses(self) -> set[str]:
        """The ids of the lesson's guesses."""
        return set(load_predictions(self.folder / "predictions.yaml"))


def find_folder(course: Path, name: str) -> UnitFolder:
    """The folder of a unit. Raises MedialitError with the known names."""
    known = sorted(path.name for path in course.iterdir() if (path / "lesson.md").is_file())
    if name not in known:
        raise MedialitError(f"There is no unit “{name}” in course/. Units: {', '.join(known)}.")
    return UnitFolder(course / name)
