"""What a learner's notebook opens: one unit of the course on one case."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from medialit.case import load_case
from medialit.errors import MedialitError
from medialit.files import COURSE_CASE, EXERCISES, taught_case
from medialit.progress import Progress
from medialit.units.registry import find_unit

if TYPE_CHECKING:
    from medialit.units.base import Unit


def open_unit(name: str, case: str | Path | None = None, progress: Progress | None = None) -> Unit:
    """Open a unit by its name (``"quotes"``), on the course's article or on a case of your own.

    Without a ``case``, exercises are on the one that the course was opened with. Every other page works through the course's
    story, and only its questions are about that case.

    Raises MedialitError with the known names when there is no such unit or case.
    """
    plan = find_unit(name)
    views = import_module(f"medialit.units.{plan.name}.unit")
    kind = f"{plan.name.capitalize()}Unit"
    made: type[Unit] | None = getattr(views, kind, None)
    if made is None:
        raise MedialitError(f"There is no class {kind} in units/{plan.name}/unit.py. Write one, or correct its name.")
    progress, taught = progress or Progress.default(), taught_case()
    if case is not None or taught == COURSE_CASE:
        return made(plan, load_case(COURSE_CASE if case is None else case), progress)
    exercises = made(plan, load_case(taught), progress)
    if Path.cwd().name == EXERCISES:
        return exercises
    lesson = made(plan, load_case(COURSE_CASE), progress)
    lesson.taught = exercises
    return lesson
