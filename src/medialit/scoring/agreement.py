"""Agreement between coders: Krippendorff's alpha with its interval, and Cohen's kappa."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
    return _alpha([Counter(x for x in row if x is not None) for row in units])


def _alpha(counts: Sequence[Counter[Label]]) -> float | None:
    return _alpha_of([(*row, 1) for row in _rows(counts)])


def _rows(counts: Sequence[Counter[Label]]) -> list[tuple[float, tuple[int, ...]]]:
    """For each unit that two coders labeled: its ordered pairs of unequal labels, each weighted by 1 / (m - 1), and
    how often it has each label. Worked out once, because the bootstrap needs them thousands of times."""
    labels = list(dict.fromkeys(label for count in counts for label in count))
    rows = []
    for count in counts:
        if (m := sum(count.values())) >= 2:
            unequal = (m * m - sum(k * k for k in count.values())) / (m - 1)
            rows.append((unequal, tuple(count[label] for label in labels)))
    return rows


def _alpha_of(rows: Sequence[tuple[float, tuple[int, ...], int]]) -> float | None:
    """Alpha of rows as :func:`_rows` makes them, each with how often it occurs."""
    totals = [sum(column) for column in zip(*([k * often for k in row] for _, row, often in rows), strict=True)]
    n = sum(totals)
    expected = (n * n - sum(k * k for k in totals)) / (n - 1) if n > 1 else 0.0
    return 1 - sum(unequal * often for unequal, _, often in rows) / expected if expected else None


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
    value = _alpha_of([(*row, 1) for row in rows])
    if value is None:
        return Agreement(None, units=len(units), coders=coders, note=_why_undefined(counts))
    # A unit with one label or none is drawn as well, and adds nothing.
    left = iter(rows)
    pool = tuple(next(left) if sum(count.values()) >= 2 else None for count in counts)
    return Agreement(value, *_interval(pool, draws, level, seed), len(units), coders)


# A learner checks the same answer, and looks at the same pair of coders, more than once.
@lru_cache(maxsize=64)
def _interval(
    pool: tuple[tuple[float, tuple[int, ...]] | None, ...], draws: int, level: float, seed: int
) -> tuple[float, float]:
    source, drawn = random.Random(seed), []
    # Units that were labeled alike are counted, so that a draw of hundreds of words costs as much as one of a few.
    kinds = list(dict.fromkeys(pool))
    place = {row: n for n, row in enumerate(kinds)}
    units = [place[row] for row in pool]
    for _ in range(draws):
        picked = Counter(source.choices(units, k=len(units)))
        one = _alpha_of([(row[0], row[1], n) for at, n in picked.items() if (row := kinds[at])])
        drawn.append(1.0 if one is None else one)
    drawn.sort()
    tail = (1 - level) / 2
    return drawn[int(tail * (draws - 1))], drawn[round((1 - tail) * (draws - 1))]


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
