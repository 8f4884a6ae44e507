"""Agreement between coders: Krippendorff's alpha with its interval, and Cohen's kappa."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any

from medialit.errors import MedialitError

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
    only one label was ever used (nothing varies, so reliability cannot be seen). Raises MedialitError for anything but rows.
    """
    if not isinstance(units, list | tuple) or not all(isinstance(row, list | tuple) for row in units):
        raise MedialitError('Give a list of rows, one for each unit: [["yes", "no"], ["yes", "yes"]].')
    counts = [Counter(x for x in row if x is not None) for row in units]
    return _alpha_of(*_sums(_rows(counts)))


# Of a unit that two coders labeled: the m labels in all, and how often it has each.
_Row = tuple[int, ...]


def _rows(counts: Sequence[Counter[Label]]) -> list[_Row]:
    labels = list(dict.fromkeys(label for count in counts for label in count))
    return [tuple(count[label] for label in labels) for count in counts if sum(count.values()) >= 2]


def _unequal(row: _Row) -> Fraction:
    """The ordered pairs of unequal labels of one unit, each weighted by 1 / (m - 1)."""
    m = sum(row)
    return Fraction(m * m - sum(k * k for k in row), m - 1)


def _sums(rows: Sequence[_Row]) -> tuple[float, list[int]]:
    return float(sum(map(_unequal, rows))), [sum(column) for column in zip(*rows, strict=True)]


def _alpha_of(unequal: float, totals: Sequence[int]) -> float | None:
    """Alpha from the weighted unequal pairs of all units and from how often each label was given."""
    n = sum(totals)
    expected = (n * n - sum(k * k for k in totals)) / (n - 1) if n > 1 else 0.0
    return 1 - unequal / expected if expected else None


def alpha_with_interval(
    units: Sequence[Sequence[Label | None]], draws: int = 2000, level: float = 0.95, seed: int = 1
) -> Agreement:
    """Alpha and a percentile bootstrap interval, drawing units with replacement.

    ``seed`` makes the interval repeatable. A draw in which only one label occurs counts as perfect agreement when
    its units agree, so that rare labels do not silently shorten the interval.
    """
    coders = max((len(row) for row in units), default=0)
    counts = [Counter(x for x in row if x is not None) for row in units]
    rows = _rows(counts)
    value = _alpha_of(*_sums(rows))
    if value is None:
        return Agreement(None, units=len(units), coders=coders, note=_why_undefined(counts))
    # A unit with one label or none is drawn as well, and adds nothing.
    left = iter(rows)
    pool = tuple(next(left) if sum(count.values()) >= 2 else () for count in counts)
    return Agreement(value, *_interval(pool, draws, level, seed), len(units), coders)


# A learner checks the same answer, and looks at the same pair of coders, more than once.
@lru_cache(maxsize=64)
def _interval(pool: tuple[_Row, ...], draws: int, level: float, seed: int) -> tuple[float, float]:
    kinds = {row: _unequal(row) for row in dict.fromkeys(pool) if row}
    scale = lcm(*(unequal.denominator for unequal in kinds.values()))
    # All counts of a unit are in one integer, side by side, so that one sum adds them all up: this runs thousands of times.
    counts = {row: (int(unequal * scale), *row) for row, unequal in kinds.items()}
    width = (len(pool) * max(max(fields) for fields in counts.values())).bit_length()
    packed = {row: sum(field << at * width for at, field in enumerate(fields)) for row, fields in counts.items()}
    places = range(0, width * (1 + len(next(iter(kinds)))), width)
    units, mask = [packed.get(row, 0) for row in pool], (1 << width) - 1
    # One call draws for all samples, and gives what a call for each would give.
    drawn = iter(random.Random(seed).choices(units, k=len(units) * draws))
    alphas = []
    for total, times in Counter(map(sum, zip(*[drawn] * len(units), strict=True))).items():
        unequal, *totals = [total >> place & mask for place in places]
        one = _alpha_of(unequal / scale, totals)
        alphas += [1.0 if one is None else one] * times
    alphas.sort()
    tail = (1 - level) / 2
    return alphas[int(tail * (draws - 1))], alphas[round((1 - tail) * (draws - 1))]


def _why_undefined(counts: Sequence[Counter[Label]]) -> str:
    if not any(sum(c.values()) >= 2 for c in counts):
        return "No unit was labeled by two coders, so agreement cannot be computed. Add a second coding."
    return "Every coder gave the same label to every unit. Nothing varies, so reliability cannot be seen."


def percent_agreement(units: Sequence[Sequence[Label | None]]) -> float | None:
    """The share of pairs of labels of one unit that are equal (0 to 1), over all units; None without such a pair."""
    same = pairs = 0
    for row in units:
        count = Counter(label for label in row if label is not None)
        total = sum(count.values())
        same += sum(n * (n - 1) for n in count.values())
        pairs += total * (total - 1)
    return same / pairs if pairs else None


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


def soft_credit(shares: Mapping[Any, float], chosen: Label) -> float:
    """Credit from 0 to 1 for a label: the share of coders behind it, relative to the most chosen label."""
    top = max(shares.values(), default=0.0)
    return shares.get(chosen, 0.0) / top if top else 0.0
