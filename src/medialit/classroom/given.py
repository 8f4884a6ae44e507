"""Answers that were handed in, in a progress file or in the outputs of a notebook: plain data, not scored yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from medialit.progress.entry import EntryLine
from medialit.progress.history import is_review
from medialit.progress.merge import union
from medialit.progress.reading import Contents

MAX_ENTRIES = 5_000
MAX_BYTES = 10_000_000  # scoring takes about a second for each MB of the longest possible answers
MAX_HINTS = 1_000  # a database has no room for any number that somebody may write
DESK = "desk"
WORDS = ("contest", "note")  # what is for a reader, and never scored


class Given(NamedTuple):
    """One answer. ``at`` is empty for one from a notebook; ``source`` says for people where it was found.

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
    review: bool = False
    source: str = ""
    late: bool = False


def from_progress(files: Mapping[str, bytes], *, notes: bool = False) -> tuple[list[Given], list[str]]:
    """The answers of one learner's progress files, in order of time, and plain lines about what is wrong with them.

    Reflections are read only with ``notes``. Stored outcomes, scores and codes are not even looked at.
    """
    records: list[EntryLine] = []
    lines: list[str] = []
    total = 0
    found_in: dict[str, str] = {}
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
        for record in contents.records:
            found_in.setdefault(record, name)
        records = union(records, contents.records.values())
    entries = [
        record.entry
        for record in records
        if record.entry.kind in ("attempt", "event", "contest", *(["note"] if notes else []))
    ]
    if len(entries) > MAX_ENTRIES:
        lines.append(f"The progress files hold {len(entries):,} answers. The first {MAX_ENTRIES:,} were read.")
    return [
        Given(
            entry.unit,
            entry.case,
            entry.task,
            (entry.text or "") if entry.kind in WORDS else entry.answer,
            entry.version,
            entry.time,
            entry.door or "click",
            entry.certainty,
            min(entry.hints, MAX_HINTS),
            entry.kind,
            is_review(entry),
            found_in[entry.id],
        )
        for entry in entries[:MAX_ENTRIES]
    ], lines
