"""Shares: who gets how much of a whole, and how evenly."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import log2
from typing import TypeVar

Label = TypeVar("Label", bound=Hashable)


def percentages(counts: Mapping[Label, float]) -> dict[Label, float]:
    """Counts as percentages of their sum, largest first; all 0 when nothing was counted."""
    total = sum(counts.values())
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return {key: 100 * value / total if total else 0.0 for key, value in ordered}


def entropy(counts: Mapping[Label, float]) -> float:
    """Shannon entropy in bits (Shannon 1948): 0 when one holds all, log2(k) when k hold equal parts."""
    total = sum(counts.values())
    parts = [value / total for value in counts.values() if value > 0] if total else []
    return -sum(p * log2(p) for p in parts) + 0.0
