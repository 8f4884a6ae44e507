"""Shares: how evenly a whole is spread."""

from __future__ import annotations

from collections.abc import Mapping
from math import log2
from typing import Any


def entropy(counts: Mapping[Any, float]) -> float:
    """Shannon entropy in bits (Shannon 1948): 0 when one holds all, log2(k) when k hold equal parts."""
    total = sum(counts.values())
    parts = [value / total for value in counts.values() if value > 0] if total else []
    return -sum(p * log2(p) for p in parts) + 0.0
