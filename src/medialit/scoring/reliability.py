"""How far two codings agree beyond chance, step by step, and what the number says (Krippendorff 2011)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from medialit.english import percent
from medialit.scoring.agreement import Agreement, alpha_with_interval

TENTATIVE, FIRM = 0.667, 0.80
LABELS = ("yes", "no")
# Which line makes what another line needs.
NEEDS = {"units": (), "differ": ("units",), "counts": (), "chance": ("counts",), "alpha": ("differ", "chance")}


def compare(first: Mapping[str, str], second: Mapping[str, str]) -> Agreement:
    """Alpha and its interval over the items that both coded."""
    return alpha_with_interval([(first[i], second[i]) for i in first if i in second])


class Steps(NamedTuple):
    """The numbers on the way to alpha: the items, the shares that differ and that would by chance (0 to 1), and alpha."""

    units: int
    differ: float
    chance: float
    alpha: float


def steps_of_alpha(first: Sequence[str], second: Sequence[str]) -> Steps | None:
    """How alpha comes about; None when only one label occurs: chance would never disagree."""
    units = list(zip(first, second, strict=True))
    counts = Counter([*first, *second])
    n = counts.total()
    if len(counts) < 2:
        return None
    differ = sum(a != b for a, b in units) / len(units)
    chance = 1 - sum(k * (k - 1) for k in counts.values()) / (n * (n - 1))
    return Steps(len(units), differ, chance, 1 - differ / chance)


def why(first: Mapping[str, str], second: Mapping[str, str]) -> str:
    """In words what is between the share of equal answers and alpha: how often chance alone would make them equal."""
    both = [i for i in first if i in second]
    steps = steps_of_alpha([first[i] for i in both], [second[i] for i in both])
    if steps is None:
        return ""
    same, luck, answers = 1 - steps.differ, 1 - steps.chance, [one[i] for one in (first, second) for i in both]
    top = max(LABELS, key=answers.count)
    told = (
        f"{answers.count(top)} of the {len(answers)} answers are “{top}”. So chance alone would make these two agree on "
        f"{percent(luck)} of the items. They agree on {percent(same)}."
    )
    if same - luck < 0.05:
        return f"{told} That is no more than chance gives."
    return f"{told} Of the {percent(1 - luck)} that chance leaves open, they get {100 * (same - luck):.0f}."


def fault_in_lines(order: Sequence[str]) -> str | None:
    """What would go wrong if the five lines ran in this order, in one sentence; None when they run."""
    made: set[str] = set()
    for place, key in enumerate(order, 1):
        missing = next((need for need in NEEDS[key] if need not in made), None)
        if missing:
            return f"Line {place} uses “{missing}”, and no line above it makes “{missing}”. Move that line up."
        made.add(key)
    return None if made == set(NEEDS) else "Some lines are missing. Put all five in."


def band_of(value: float | None) -> str:
    """The band of an alpha, by Krippendorff's marks of .667 and .80."""
    if value is None:
        return "undefined"
    return "firm" if value >= FIRM else "tentative" if value >= TENTATIVE else "low"


def reading_of(found: Agreement) -> str:
    """What the interval says."""
    if found.value is None or found.low is None or found.high is None:
        return "none"
    if found.low >= FIRM:
        return "all firm"
    return "all low" if found.high < TENTATIVE else "crosses"
