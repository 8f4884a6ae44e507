"""Answers that were handed in, from a notebook's run or from a progress file: plain data, not scored yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from medialit.progress.entry import Entry
from medialit.progress.merge import union
from medialit.progress.reading import Contents

MAX_ENTRIES = 5_000
MAX_BYTES = 10_000_000  # scoring takes about a second for each MB of the longest possible answers
DESK = "desk"


class Given(NamedTuple):
    """One answer. ``version`` is empty when it was just given, so that it is an answer to today's item."""

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
            entry.version or "none",
            entry.time,
            entry.door or "click",
            entry.certainty,
            entry.hints,
            entry.kind,
        )
        for entry in entries
        if entry.kind in ("attempt", "event")
    ]


def from_run(answers: Iterable[Any]) -> list[Given]:
    """What one notebook handed in: its last answer to each item, in order of their first appearance.

    ``answers`` are records with ``unit``, ``case``, ``task``, ``answer``, ``door`` and ``certainty``.
    """
    last: dict[tuple[str, str, str], Given] = {}
    for given in answers:
        key = (given.unit, given.case, given.task)
        last[key] = Given(*key, given.answer, door=given.door, certainty=given.certainty)
    return list(last.values())
