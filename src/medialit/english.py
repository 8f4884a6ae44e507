"""Numbers and lists as they are written in a sentence."""

from __future__ import annotations

from collections.abc import Iterable


def count(number: int, one: str, several: str = "") -> str:
    """``1 word``, ``2 words``, ``0 words``; ``several`` is the plural where it is not ``one`` with an s.

    Whole phrases work as well: ``count(n, "row is empty", "rows are empty")``.
    """
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def listed(items: Iterable[object], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``; an empty list is an empty string."""
    words = [str(item) for item in items]
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1] if words else "") if part)
