"""Labels: how well chosen labels match the right ones, every label counting the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence


def f1_by_label(given: Sequence[Hashable], right: Sequence[Hashable]) -> dict[Hashable, float]:
    """F1 of each label that occurs on either side, 0 to 1, in the order of first appearance (right labels first)."""
    if len(given) != len(right):
        raise ValueError(f"There are {len(given)} labels for {len(right)} items.")
    both = Counter(a for a, b in zip(given, right, strict=True) if a == b)
    mine, gold = Counter(given), Counter(right)
    return {
        label: 2 * both[label] / (mine[label] + gold[label]) for label in [*gold, *(x for x in mine if x not in gold)]
    }


def macro_f1(given: Sequence[Hashable], right: Sequence[Hashable]) -> float | None:
    """The mean of F1 over the labels that are right somewhere: a rare label counts as much as a common one.

    A label that was given but is right nowhere has no row of its own; the label it stands in for loses.
    None without items.
    """
    scores = f1_by_label(given, right)
    # In the order of the items: sums of floats differ with the order, and a set has none.
    gold = dict.fromkeys(right)
    return sum(scores[label] for label in gold) / len(gold) if gold else None
