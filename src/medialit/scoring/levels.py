"""Levels of a unit, after the rubrics of Civic Online Reasoning (Stanford): beginning, emerging, mastery."""

from __future__ import annotations

MASTERY, EMERGING = 0.80, 0.60
LEVELS = ("beginning", "emerging", "mastery")


def level(share: float) -> str:
    """The level of a share of points from 0 to 1: mastery from .80 on, emerging from .60 on, beginning below."""
    # A hair's breadth for rounding: the mean of six times .8 can be .7999999.
    return LEVELS[sum(share + 1e-9 >= least for least in (EMERGING, MASTERY))]
