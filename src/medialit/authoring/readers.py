"""Who read a story for its key, each alone, and how far they agree: for the key and for the check of a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from medialit.authoring.settling import SETTLINGS, Measured, SpanSettling, WordingSettling
from medialit.case import Case
from medialit.english import count


@dataclass(frozen=True)
class Readers:
    """How many people coded one thing. ``found`` says how many of their marks are at places that all of them marked."""

    kind: str
    title: str
    people: int
    found: str
    measured: tuple[Measured, ...]


def readers(case: Case) -> Iterator[Readers]:
    """For each thing that was coded on the pages for authors. Raises CaseError when a pass is damaged."""
    for kind in SETTLINGS:
        passes = kind(case.folder, case.article)
        people = len(passes.coders)
        if not people:
            continue
        found, measured = "", passes.measured() if people > 1 else []
        if isinstance(passes, SpanSettling) and people > 1:
            marks = sum(map(len, passes.groups))
            both = sum(len(group) for group in passes.groups if len(group) == people)
            who = "both" if people == 2 else "all"
            found = f"Of {count(marks, 'mark')}, {count(both, 'is', 'are')} at places that {who} marked."
        # By frame, function and technique there are too few units to say anything.
        kept = measured[:1] if isinstance(passes, WordingSettling) else measured
        yield Readers(passes.name, passes.title, people, found, tuple(kept))
