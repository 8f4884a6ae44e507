"""What a learner's notebook opens: one unit of the course on one case."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from medialit.case import load_case
from medialit.exercises.registry import find_unit
from medialit.progress import Progress

if TYPE_CHECKING:
    from medialit.units.base import Unit

_ROOMS = {
    "welcome": "medialit.units.welcome.unit:WelcomeUnit",
    "quotes": "medialit.units.quotes.unit:QuotesUnit",
    "claims": "medialit.units.claims.unit:ClaimsUnit",
    "framing": "medialit.units.framing:FramingUnit",
    "sources": "medialit.units.sources:SourcesUnit",
    "correction": "medialit.units.correction.unit:CorrectionUnit",
}


def open_unit(name: str, case: str | Path = "missile-tests", progress: Progress | None = None) -> Unit:
    """Open a unit by its name (``"quotes"``), on the course's article or on a case of your own.

    Raises MedialitError with the known names when there is no such unit or case.
    """
    plan = find_unit(name)
    module, _, unit = _ROOMS[plan.name].partition(":")
    return getattr(import_module(module), unit)(plan, load_case(case), progress or Progress.default())
