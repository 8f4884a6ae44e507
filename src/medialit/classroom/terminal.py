"""What an instructor sees while a class is graded: a bar, one line a problem, and a summary."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from medialit.classroom.grade import Step, Summary


class Screen:
    """Lines and a bar on standard error; without a terminal, lines only."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._console = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
        columns = (TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=self._console, transient=True, disable=not self._console.is_terminal)
        self._task = self._bar.add_task("grade", total=None)

    def say(self, line: str) -> None:
        """One line above the bar."""
        if self._console.is_terminal:
            self._console.print(line)
        else:
            print(line, file=sys.stderr, flush=True)

    def step(self, step: Step) -> None:
        """Move the bar on; tell the problems of a submission that was graded now."""
        for problem in step.problems if step.new else ():
            self.say(f"{step.learner}: {problem}")
        self._bar.update(self._task, completed=step.number, total=step.total)


@contextmanager
def screen() -> Iterator[Screen]:
    """A screen whose bar is taken down at the end, however it ends."""
    made = Screen()
    with made._bar:
        yield made


def summary_lines(done: Summary, place: str) -> list[str]:
    """What was done, in two or three sentences."""
    before = f", {done.before} were graded before" if done.before else ""
    lines = [f"{done.graded} of {done.total} submissions graded now{before}."]
    if done.not_graded:
        lines.append(f"{done.not_graded} could not be graded. The lines above, and their feedback pages, say why.")
    if done.nothing:
        lines.append(f"{done.nothing} handed in nothing.")
    others = [path.name for path in done.files if path.parent.name != "feedback"]
    lines.append(f"The gradebook is {place}. With it: {', '.join(others)} and feedback/.")
    return lines
