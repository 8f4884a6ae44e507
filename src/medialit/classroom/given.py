"""Answers that were handed in, from a notebook's run or from a progress file: plain data, not scored yet."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from medialit.forms import is_blank
from medialit.progress.entry import Entry
from medialit.progress.history import is_review
from medialit.progress.merge import union
from medialit.progress.reading import Contents

MAX_ENTRIES = 5_000
MAX_BYTES = 10_000_000  # scoring takes about a second for each MB of the longest possible answers
MAX_RUN = 20
MAX_HINTS = 1_000  # a database has no room for any number that somebody may write
DESK = "desk"


class Given(NamedTuple):
    """One answer, from a progress file or, when ``notebook`` names it, from a run just now of today's version.

    ``review`` marks an answer to an earlier unit's question that a later unit asked again.
    """

    unit: str
    case: str
    item: str
    answer: Any
    version: str = ""
    at: str = ""
    door: str = "code"
    certainty: int | None = None
    hints: int = 0
    kind: str = "attempt"
    notebook: str = ""
    review: bool = False


def from_progress(files: Mapping[str, bytes]) -> tuple[list[Given], list[str]]:
    """The answers of one learner's progress files, in order of time, and plain lines about what is wrong with them.

    Stored outcomes, scores and codes are not even looked at.
    """
    records, lines, total = [], [], 0
    for name, data in files.items():
        total += len(data)
        if total > MAX_BYTES:
            lines.append(f"{name} was not read: all progress files together have more than {MAX_BYTES // 10**6} MB.")
            continue
        contents = Contents().feed(data)
        if contents.newer:
            lines.append(f"{name} was not read: it was written by a newer medialit.")
            continue
        if not contents.header and not contents.records:
            if data.strip():
                lines.append(f"{name} was not read: it is not a progress file.")
            continue
        if contents.damaged:
            lines.append(f"{name} has damaged lines, {len(contents.damaged)} in all. The others were read.")
        records = union(records, contents.records.values())
    entries = [record.entry for record in records]
    if len(entries) > MAX_ENTRIES:
        lines.append(f"The progress files hold {len(entries):,} entries. The first {MAX_ENTRIES:,} were read.")
    return _given(entries[:MAX_ENTRIES]), lines


def _given(entries: Iterable[Entry]) -> list[Given]:
    return [
        Given(
            entry.unit,
            entry.case,
            entry.task,
            entry.answer,
            entry.version,
            entry.time,
            entry.door or "click",
            entry.certainty,
            min(entry.hints, MAX_HINTS),
            entry.kind,
            review=is_review(entry),
        )
        for entry in entries
        if entry.kind in ("attempt", "event")
    ]


def from_run(answers: Iterable[Any], notebook: str) -> list[Given]:
    """What one notebook handed in, in order; of many answers to one item only the last few that are not blank.

    ``answers`` are records with ``unit``, ``case``, ``task``, ``answer``, ``door`` and ``certainty``.
    """
    kept: dict[tuple[str, str, str], deque[Given]] = {}
    for one in answers:
        place = (one.unit, one.case, one.task)
        last = kept.setdefault(place, deque(maxlen=MAX_RUN))
        # An untouched cell below a copied one must not take its answer away.
        if not is_blank(one.answer):
            last.append(Given(*place, one.answer, door=one.door, certainty=one.certainty, notebook=notebook))
    return [given for last in kept.values() for given in last]
