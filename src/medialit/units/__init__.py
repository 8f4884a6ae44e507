"""What a learner's notebook opens: one unit of the course on one case."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from medialit.case import load_case
from medialit.progress import Progress
from medialit.units.registry import find_unit

if TYPE_CHECKING:
    from medialit.units.base import Unit


def open_unit(name: str, case: str | Path = "missile-tests", progress: Progress | None = None) -> Unit:
    """Open a unit by its name (``"quotes"``), on the course's article or on a case of your own.

    Raises MedialitError with the known names when there is no such unit or case.
    """
    plan = find_unit(name)
    views = import_module(f"medialit.units.{plan.name}.unit")
    made: type[Unit] = getattr(views, f"{plan.name.capitalize()}Unit")
    return made(plan, load_case(case), progress or Progress.default())
