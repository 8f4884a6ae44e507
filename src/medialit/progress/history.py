"""Questions to a list of entries. All pure; the version is always asked for.

An edited task has a new version, so an answer to the old one never counts for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from medialit.progress.entry import Entry

_NOT_SCORED = ("not attempted", "could not check")


def _scored(entries: Iterable[Entry], version: str, kind: str) -> list[Entry]:
    return [e for e in entries if e.kind == kind and e.version == version and e.outcome not in _NOT_SCORED]


def latest(entries: Iterable[Entry], version: str, kind: str = "attempt") -> Entry | None:
    """The last entry for this version, or None. ``kind="draft"`` finds what was not handed in yet."""
    found = _scored(entries, version, kind)
    return found[-1] if found else None


def first(entries: Iterable[Entry], version: str) -> Entry | None:
    """The first attempt at this version that could be scored, or None."""
    found = _scored(entries, version, "attempt")
    return found[0] if found else None


def best(entries: Iterable[Entry], version: str) -> Entry | None:
    """The attempt at this version with the highest score, the earliest of equals, or None."""
    return max(_scored(entries, version, "attempt"), key=lambda e: e.score or 0.0, default=None)


def count(entries: Iterable[Entry], version: str) -> int:
    """How many attempts at this version could be scored."""
    return len(_scored(entries, version, "attempt"))


def hints(entries: Iterable[Entry], version: str) -> int:
    """The most hints that were open at any entry for this version."""
    return max((e.hints for e in entries if e.version == version), default=0)


REVIEW = "review"


def review_mark(unit: str) -> str:
    """What stands in ``text`` of an attempt that was made when ``unit`` looked back at an earlier one."""
    return f"{REVIEW} in {unit}"


def is_review(entry: Entry) -> bool:
    """Was this attempt made in a look back? It can raise a score, and never lowers one."""
    return entry.kind == "attempt" and (entry.text or "").startswith(f"{REVIEW} in ")
