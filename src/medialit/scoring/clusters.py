"""Clusters: how well a learner's groups match the right ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from medialit.records import PlainRecord

Groups = Mapping[Hashable, Hashable] | Iterable[Iterable[Hashable]]


@dataclass(frozen=True)
class BCubed(PlainRecord):
    """B-cubed precision, recall and F1, 0 to 1 (Bagga & Baldwin 1998)."""

    precision: float
    recall: float
    f1: float


def b_cubed(given: Groups, right: Groups) -> BCubed | None:
    """B-cubed scores of given groups against the right ones (Bagga & Baldwin 1998, every item counting the same).

    Precision asks of each item which share of its given group belongs with it, recall which share of its right group
    was put with it; both are averaged over the items. Groups are lists of items, or a mapping from item to the name of
    its group; names carry no meaning. An item that was not placed forms a group alone. None without items. Raises
    ValueError for an item that is in two groups, or one that has no place in the right groups.
    """
    gold = _labels(right)
    mine = _labels(given)
    if strange := [item for item in mine if item not in gold]:
        raise ValueError(f"“{strange[0]}” is not one of the items to group.")
    if not gold:
        return None
    # A pair with the item itself cannot be the name of a group, so an item that was left out stays alone.
    placed = {item: ("group", mine[item]) if item in mine else ("alone", item) for item in gold}
    both = Counter((placed[item], gold[item]) for item in gold)
    sizes, truth = Counter(placed.values()), Counter(gold.values())
    precision = sum(n * n / sizes[group] for (group, _), n in both.items()) / len(gold)
    recall = sum(n * n / truth[label] for (_, label), n in both.items()) / len(gold)
    return BCubed(precision, recall, 2 * precision * recall / (precision + recall))


def _labels(groups: Groups) -> dict[Hashable, Hashable]:
    if isinstance(groups, Mapping):
        return dict(groups)
    labels: dict[Hashable, Hashable] = {}
    for number, group in enumerate(groups):
        for item in group:
            if labels.setdefault(item, number) != number:
                raise ValueError(f"“{item}” is in two groups.")
    return labels
