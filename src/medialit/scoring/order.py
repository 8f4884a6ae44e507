"""Order: how close a learner's sequence is to the right one."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from itertools import combinations


def kendall_tau(given: Sequence[Hashable], right: Sequence[Hashable]) -> float:
    """Kendall's tau between two orders of the same items (Kendall 1938), -1 to 1.

    Items that are missing from one of them are left out.

    1 when fewer than two items are shared: there is nothing to put in order.
    """
    place = {item: i for i, item in enumerate(right)}
    shared = [place[item] for item in given if item in place]
    pairs = list(combinations(shared, 2))
    if not pairs:
        return 1.0
    return sum(1 if a < b else -1 for a, b in pairs) / len(pairs)


def order_score(given: Sequence[Hashable], right: Sequence[Hashable]) -> float:
    """Kendall's tau rescaled to 0 to 1, so that a reversed order scores 0."""
    return (kendall_tau(given, right) + 1) / 2


def set_f1(given: Collection[Hashable], right: Collection[Hashable]) -> float:
    """F1 of the chosen items, whatever their order."""
    mine, gold = set(given), set(right)
    return 2 * len(mine & gold) / (len(mine) + len(gold)) if mine or gold else 1.0
