"""Agreement between coders: Krippendorff's alpha with its interval, and Cohen's kappa."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

Label = Hashable


@dataclass(frozen=True)
class Agreement:
    """A coefficient with its bootstrap interval. ``value`` is None when it is undefined; ``note`` says why."""

    value: float | None
    low: float | None = None
    high: float | None = None
    units: int = 0
    coders: int = 0
    note: str = ""


def krippendorff_alpha(units: Sequence[Sequence[Label | None]]) -> float | None:
    """Krippendorff's alpha for nominal labels (Krippendorff 2011; Hayes & Krippendorff 2007).

    ``units``: one row a unit, one entry a coder, None where that coder gave no label. Any number of coders.
    1 is perfect agreement, 0 what chance would give. None when fewer than two labels can be paired or when
    only one label was ever used (nothing varies, so reliability cannot be seen).
    """
    return _alpha([Counter(x for x in row if x is not None) for row in units])


def _alpha(counts: Sequence[Counter[Label]]) -> float | None:
    pairable = [(c, sum(c.values())) for c in counts if sum(c.values()) >= 2]
    totals: Counter[Label] = Counter()
    observed = 0.0
    for count, m in pairable:
        totals.update(count)
        # Ordered pairs of unequal labels within the unit, each weighted by 1 / (m - 1).
        observed += (m * m - sum(k * k for k in count.values())) / (m - 1)
    n = sum(totals.values())
    expected = (n * n - sum(k * k for k in totals.values())) / (n - 1) if n > 1 else 0.0
    return 1 - observed / expected if expected else None


def alpha_with_interval(
    units: Sequence[Sequence[Label | None]], draws: int = 2000, level: float = 0.95, seed: int = 1
) -> Agreement:
    """Alpha and a percentile bootstrap interval, drawing units with replacement.

    ``seed`` makes the interval repeatable. A draw in which only one label occurs counts as perfect agreement when
    its units agree, so that rare labels do not silently shorten the interval.
    """
    coders = max((len(row) for row in units), default=0)
    counts = [Counter(x for x in row if x is not None) for row in units]
    value = _alpha(counts)
    if value is None:
        return Agreement(None, units=len(units), coders=coders, note=_why_undefined(counts))
    source = random.Random(seed)
    drawn = []
    for _ in range(draws):
        sample = source.choices(counts, k=len(counts))
        one = _alpha(sample)
        drawn.append(1.0 if one is None else one)
    drawn.sort()
    tail = (1 - level) / 2
    low, high = drawn[int(tail * (draws - 1))], drawn[round((1 - tail) * (draws - 1))]
    return Agreement(value, low, high, len(units), coders)


def _why_undefined(counts: Sequence[Counter[Label]]) -> str:
    if not any(sum(c.values()) >= 2 for c in counts):
        return "No unit was labelled by two coders, so agreement cannot be computed. Add a second coding."
    return "Every coder gave the same label to every unit. Nothing varies, so reliability cannot be seen."


def cohen_kappa(one: Sequence[Label], other: Sequence[Label]) -> float | None:
    """Cohen's kappa for two coders over the same units (Cohen 1960). None when chance agreement is already 1.

    Raises ValueError when the two lists have different lengths.
    """
    if len(one) != len(other):
        raise ValueError(f"Two coders must label the same units: {len(one)} and {len(other)} labels were given.")
    if not one:
        return None
    n = len(one)
    observed = sum(a == b for a, b in zip(one, other, strict=True)) / n
    first, second = Counter(one), Counter(other)
    expected = sum(first[k] * second[k] for k in first) / (n * n)
    return (observed - expected) / (1 - expected) if expected < 1 else None


def soft_credit(shares: Mapping[Label, float], chosen: Label) -> float:
    """Credit from 0 to 1 for a label: the share of coders behind it, relative to the most chosen label."""
    top = max(shares.values(), default=0.0)
    return shares.get(chosen, 0.0) / top if top else 0.0
