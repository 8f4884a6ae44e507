"""What a learner did in one unit on one case, as lines of the progress file: attempts, drafts, events and notes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from medialit.errors import MedialitError
from medialit.exercises.answers import plain
from medialit.exercises.records import Result
from medialit.forms import is_blank
from medialit.progress import Entry, Progress, best, count, first, hints, is_review, latest
from medialit.show.answer_output import AnswerOutput

MAX_TRIES = 20  # attempts at one item that the output of a cell holds


def for_grader(entry: Entry) -> dict[str, Any]:
    """What a grader reads of an answer in the output of a cell: no score, no time."""
    told = {"hints": entry.hints, "review": is_review(entry)}
    more: dict[str, Any] = {name: value for name, value in told.items() if value}
    if entry.kind != "attempt":
        more["kind"] = entry.kind
    names = {"unit": entry.unit, "case": entry.case, "item": entry.task, "version": entry.version}
    return names | {"door": entry.door or "click", "certainty": entry.certainty, "answer": entry.answer} | more


class UnitRecord:
    """The part of a progress file that belongs to one unit on one case. An item is a task, a question or a guess.

    With a ``mark`` it is what was answered to the unit's questions in one look back, and nothing else.
    """

    def __init__(self, progress: Progress, unit: str, case: str, mark: str = "") -> None:
        self.progress, self.unit, self.case, self.mark = progress, unit, case, mark

    def problem(self) -> str | None:
        """Why the last entry could not be saved, or None."""
        return self.progress.problem

    def add(self, entry: Entry) -> str | None:
        """Log one entry; a plain sentence when it could not be saved."""
        self.progress.add(replace(entry, unit=self.unit, case=self.case))
        return self.progress.problem

    def entries(self, kind: str | None, item: Any) -> list[Entry]:
        """What was logged for an item, under any name that it ever had, or under a name; of one kind or all, oldest first."""
        names = (item,) if isinstance(item, str) else (item.id, *item.was)
        found = [entry for entry in self.progress.entries(kind, self.unit, case=self.case) if entry.task in names]
        # A look back from a later unit never takes the place of the answer that was given here.
        return [entry for entry in found if (entry.text == self.mark if self.mark else not is_review(entry))]

    def last(self, item: Any, kind: str = "attempt") -> Entry | None:
        """The last answer to an item in the version it has today; to a guess with the kind ``event``."""
        return latest(self.entries(kind, item), item.version, kind)

    def first(self, item: Any) -> tuple[Any, int | None] | None:
        """The first answer to an item in the version it has today, and how sure it was; None before one."""
        found = first(self.entries("attempt", item), item.version)
        return (found.answer, found.certainty) if found else None

    def order(self, item: Any) -> list[str]:
        """The options of a question as this learner sees them: as before, else shuffled; nothing for other items."""
        if not hasattr(item, "shuffled"):
            return []
        last = self.last(item)
        new: list[str] = item.shuffled(f"{self.progress.learner}/{self.unit}")
        kept = last.shown.split() if last else []
        return kept if sorted(kept) == sorted(new) else new

    def answers(self, items: Iterable[Any], kind: str = "attempt") -> list[dict[str, Any]]:
        """What was handed in for items as they are today, oldest first: the best and the newest of each, for a grader."""
        found = []
        for item in items:
            entries = [e for e in self.entries(kind, item) if e.version == item.version]
            kept, top = entries[-MAX_TRIES:], best(entries, item.version)
            found += [for_grader(e) for e in ([top, *kept[1:]] if top and top not in kept else kept)]
        return found

    def leave(self, item: Any, answer: Any, certainty: int | None, hints: int) -> None:
        """Put an answer by code into the output of the cell that runs. What is no plain data stays out."""
        if is_blank(answer):
            return
        with suppress(MedialitError):
            entry = Entry(kind="attempt", unit=self.unit, case=self.case, task=item.id, version=item.version)
            entry = replace(entry, door="code", answer=plain(answer), certainty=certainty, hints=hints)
            AnswerOutput([for_grader(entry)])

    def attempt(self, item: Any, answer: Any, result: Result, door: str, certainty: int | None, hints: int) -> None:
        """Log an answer that was scored, unless it is the one that was handed in last."""
        answer = plain(answer)
        before = self.last(item)
        # Running a notebook again hands in the same answer again: that is not a new attempt.
        if before and before.answer == answer and before.door == door and before.certainty == certainty:
            return
        self.add(
            Entry(
                kind="attempt",
                task=item.id,
                version=item.version,
                door=door,
                answer=answer,
                outcome=str(result.outcome),
                score=round(result.score, 4),
                certainty=certainty,
                hints=hints,
                codes=result.codes,
                text=self.mark or None,
                shown=" ".join(self.order(item)) if door == "click" else "",
            )
        )

    def draft(self, item: Any, answer: Any, certainty: int | None = None) -> str | None:
        """Keep an answer that was not handed in. It is never an attempt, and belongs to this version of the task."""
        answer = plain(answer)
        newest = self._newest_draft(item) or self.last(item)
        same = newest and (newest.answer, newest.certainty) == (answer, certainty)
        if same or (newest is None and is_blank(answer)):
            return self.progress.problem
        entry = Entry(kind="draft", task=item.id, version=item.version, answer=answer, certainty=certainty)
        return self.add(entry)

    def _newest_draft(self, item: Any) -> Entry | None:
        """What was kept after the last attempt at today's version, or None."""
        entries = [e for e in self.entries(None, item) if e.kind in ("attempt", "draft")]
        draft, last = latest(entries, item.version, "draft"), latest(entries, item.version)
        if draft is None or (last is not None and entries.index(last) > entries.index(draft)):
            return None
        return draft

    def kept(self, item: Any) -> dict[str, Any] | None:
        """What a widget needs to go on where the learner stopped."""
        entries = self.entries("attempt", item)
        last, draft = latest(entries, item.version), self._newest_draft(item)
        if (newest := draft or last) is None:
            return None
        is_draft = draft is not None
        kept = {"answer": newest.answer, "certainty": newest.certainty, "draft": is_draft, "time": newest.time}
        return kept if last is None else kept | {
            "door": last.door,
            "outcome": last.outcome,
            "first": self.first(item),
            "attempts": count(entries, item.version),
            "hints": hints(entries, item.version),
        }  # fmt: skip

    def place(self, item: Any) -> str:
        """A name for an item in this browser: two course folders on one computer stay apart."""
        return self.place_named(item.id, item.version)

    def place_named(self, name: str, version: str) -> str:
        """The same for what is no item, such as a note."""
        folder = hashlib.sha256(str(self.progress.path).encode()).hexdigest()[:8]
        return f"{folder}/{self.unit}/{self.case}/{name}/{version}"
