"""Calibration: does how sure you are match how often you are right?

Certainty-based marking (Gardner-Medwin 2005): three levels with fixed pay-offs, so that saying how sure you really are
pays best. It is shown to learners and never counted in a mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from medialit.records import PlainRecord

# Level: (points when right, points when wrong).
PAYOFF = {1: (1, 0), 2: (2, -2), 3: (3, -6)}
# The chance of being right that each level stands for, for the Brier score.
CHANCE = {1: 0.50, 2: 0.75, 3: 0.90}


def is_certainty(value: object) -> bool:
    """Is this one of the levels? Not when it is a number of another type: True is no certainty."""
    return type(value) is int and value in CHANCE


@dataclass(frozen=True)
class Level(PlainRecord):
    """One row of the calibration table: how often this certainty was chosen and how often it was right.

    ``expected`` is the chance that the level stands for; ``share`` is None when it was never chosen.
    """

    certainty: int
    answers: int
    right: int
    share: float | None
    expected: float


def mark(certainty: int, right: bool) -> int:
    """Points for one answer: C1 1 or 0, C2 2 or -2, C3 3 or -6. Raises ValueError for another certainty."""
    if type(certainty) is not int or certainty not in PAYOFF:
        raise ValueError(f"Certainty is 1, 2 or 3, not {certainty!r}.")
    return PAYOFF[certainty][0 if right else 1]


def brier(chances: Sequence[float], right: Sequence[bool]) -> float | None:
    """Brier score (Brier 1950): the mean squared distance between stated chance and outcome. 0 is best, 1 worst.

    Saying .5 each time gives .25. None without answers. Raises ValueError for a chance outside 0 to 1.
    """
    if any(not 0 <= chance <= 1 for chance in chances):
        raise ValueError("A chance runs from 0 to 1.")
    pairs = list(zip(chances, right, strict=True))
    return sum((chance - bool(outcome)) ** 2 for chance, outcome in pairs) / len(pairs) if pairs else None


def brier_of_certainty(certainties: Sequence[int], right: Sequence[bool]) -> float | None:
    """Brier score of levels 1 to 3, read as chances of .50, .75 and .90."""
    for level in certainties:
        mark(level, True)
    return brier([CHANCE[level] for level in certainties], right)


def calibration_table(certainties: Sequence[int], right: Sequence[bool]) -> list[Level]:
    """One row for each level, 1 to 3, whether it was chosen or not."""
    rows = []
    pairs = list(zip(certainties, right, strict=True))
    for level, _ in pairs:
        mark(level, True)
    for level in PAYOFF:
        mine = [bool(outcome) for chosen, outcome in pairs if chosen == level]
        share = sum(mine) / len(mine) if mine else None
        rows.append(Level(level, len(mine), sum(mine), share, CHANCE[level]))
    return rows
