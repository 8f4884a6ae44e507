"""How somebody looked at the evidence desk: leaving the story to look elsewhere (lateral reading, Wineburg & McGrew 2019)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from medialit.case.claims import Card


@dataclass(frozen=True)
class Looking:
    """How somebody looked, as three plain answers and what they rest on.

    ``left_first``: a card was opened before the first verdict. ``origins``: how many independent origins were opened.
    ``dates``: how many different months the opened cards bear.
    """

    left_first: bool
    opened: int
    origins: int
    dates: int

    @property
    def score(self) -> float:
        """A third each for leaving first, for two independent origins, and for comparing dates."""
        return (self.left_first + (self.origins >= 2) + (self.dates >= 2)) / 3


def looking(steps: Iterable[Mapping[str, str]], cards: Mapping[str, Card]) -> Looking:
    """Judge the steps of a visit, in order: ``{"open": card id}`` and ``{"judge": claim id}``."""
    opened: list[str] = []
    judged = left_first = False
    for step in steps:
        if step.get("open") in cards:
            left_first = left_first or not judged
            if step["open"] not in opened:
                opened.append(step["open"])
        elif "judge" in step:
            judged = True
    months = {str(cards[name].date)[:7] for name in opened if cards[name].date}
    return Looking(left_first, len(opened), len({cards[name].origin for name in opened}), len(months))
