"""Ranking: how high the right items stand in an order."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from math import log2
from typing import Any


def average_precision(order: Sequence[Hashable], relevant: Collection[Hashable]) -> float | None:
    """Average precision of an order: the mean, over relevant items, of the precision at each one's place.

    0 to 1; 1 when all relevant items come first. A relevant item that is missing from the order counts as never
    found (Manning, Raghavan & Schütze 2008, section 8.4). None when nothing is relevant. Raises ValueError when an
    item appears twice.
    """
    _refuse_doubles(order)
    wanted = set(relevant)
    if not wanted:
        return None
    found, total = 0, 0.0
    for place, item in enumerate(order, 1):
        if item in wanted:
            found += 1
            total += found / place
    return total / len(wanted)


def average_precision_of_scores(scores: Sequence[float], labels: Sequence[int]) -> float | None:
    """Average precision of items with a score each, highest first; items with the same score count as one step.

    ``labels`` are 1 for relevant items, else 0. With ties the precision is taken after the whole tied group, so
    the order in which tied items happen to be listed changes nothing. None when no label is 1.
    """
    pairs = sorted(zip(scores, labels, strict=True), key=lambda pair: -pair[0])
    wanted = sum(label for _, label in pairs)
    if not wanted:
        return None
    found = before = 0
    total = 0.0
    for seen, (score, label) in enumerate(pairs, 1):
        found += label
        if seen == len(pairs) or pairs[seen][0] != score:
            total += (found - before) * found / seen
            before = found
    return total / wanted


def ndcg(order: Sequence[Hashable], gains: Mapping[Any, float], depth: int | None = None) -> float | None:
    """Normalised discounted cumulative gain (Järvelin & Kekäläinen 2002), with the gain itself and log2(place + 1).

    0 to 1; 1 for the order with the largest gains first. ``depth`` looks at the first places only. Items without a
    gain count 0. None when no gain is above 0. Raises ValueError when an item appears twice or a gain is negative.
    """
    _refuse_doubles(order)
    if any(gain < 0 for gain in gains.values()):
        raise ValueError("A gain cannot be negative.")
    best = _dcg(sorted(gains.values(), reverse=True)[:depth])
    return _dcg([gains.get(item, 0.0) for item in order][:depth]) / best if best else None


def _dcg(gains: Sequence[float]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains, 1))


def _refuse_doubles(order: Sequence[Hashable]) -> None:
    doubled = next((item for item in order if order.count(item) > 1), None) if len(set(order)) < len(order) else None
    if doubled is not None:
        raise ValueError(f"“{doubled}” appears twice in the order.")
