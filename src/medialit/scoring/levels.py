"""Levels of a unit, after the rubrics of Civic Online Reasoning (Stanford): beginning, emerging, mastery."""

from __future__ import annotations

MASTERY, EMERGING = 0.80, 0.60
LEVELS = ("beginning", "emerging", "mastery")


def level(share: float) -> str:
    """The level of a share of points from 0 to 1: mastery from .80 on, emerging from .60 on, beginning below."""
    return LEVELS[2] if share >= MASTERY else LEVELS[1] if share >= EMERGING else LEVELS[0]
