"""Item analysis: how hard an item is, how well it tells learners apart, and how far a quiz holds together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, sqrt, tanh
from statistics import fmean, pvariance

# Below so many learners a discrimination is mostly chance: at 25 its standard error is about .20.
ENOUGH = 30
_Z = 1.959964


@dataclass(frozen=True)
class Discrimination:
    """Point-biserial correlation of an item with the rest of the test, with its 95% interval (Fisher's z)."""

    value: float
    low: float
    high: float
    learners: int


def correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Pearson's r, -1 to 1; None when one of the two does not vary. Raises ValueError for different lengths."""
    if len(one) != len(other):
        raise ValueError(f"{len(one)} and {len(other)} values cannot be paired.")
    if len(one) < 2:
        return None
    a, b = fmean(one), fmean(other)
    top = sum((x - a) * (y - b) for x, y in zip(one, other, strict=True))
    below = sqrt(sum((x - a) ** 2 for x in one) * sum((y - b) ** 2 for y in other))
    return top / below if below > 1e-12 else None


def discrimination(item: Sequence[float], rest: Sequence[float]) -> Discrimination | None:
    """How an item goes with the rest of the test, for 30 learners or more who all vary; else None.

    ``rest`` is each learner's score on the other items, so that an item does not correlate with itself.
    """
    n = len(item)
    r = correlation(item, rest) if n >= ENOUGH else None
    if r is None:
        return None
    z = atanh(max(-0.999999, min(0.999999, r)))
    half = _Z / sqrt(n - 3)
    return Discrimination(r, tanh(z - half), tanh(z + half), n)


def kr20(answers: Sequence[Sequence[bool]]) -> float | None:
    """Kuder-Richardson formula 20 (1937): one row a learner, one entry an item. At most 1.

    None for fewer than two items or learners, or when all learners have the same total.
    """
    if len(answers) < 2 or len(answers[0]) < 2:
        return None
    k = len(answers[0])
    spread = pvariance([sum(row) for row in answers])
    if not spread:
        return None
    shares = [fmean(row[i] for row in answers) for i in range(k)]
    return k / (k - 1) * (1 - sum(p * (1 - p) for p in shares) / spread)
