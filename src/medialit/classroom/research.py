"""A gradebook for research: a table of attempts with codes for learners, and a codebook. Free text only when asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from medialit.classroom.export import write_files
from medialit.classroom.items import AnswerKey
from medialit.classroom.plan import time_of
from medialit.classroom.pseudonyms import KEY_FILE, Pseudonyms
from medialit.classroom.records import Attempt, Book
from medialit.classroom.store import read_book
from medialit.classroom.worksheet import csv_text
from medialit.forms import ChoiceForm, OrderForm

COLUMNS = {
    "learner": "code of the learner; the key is in a file of its own",
    "unit": "unit of the course",
    "case": "story that the answer is about",
    "item": "number of the task (1.1), question (q1), guess or statement",
    "kind": "task, question, prediction (never scored), statement (of the tests before and after)",
    "version": "version of the item: a changed item has another",
    "nth": "number of the attempt by this learner at this item, from 1",
    "minutes": "minutes since the learner's first answer with a time; empty when the time is not known",
    "outcome": "passed, complete, partly, not yet, not graded",
    "score": "0 to 1",
    "certainty": "how sure the learner was: 1, 2, 3, or empty when not asked",
    "hints": "how many hints had been opened",
    "codes": "misconceptions that the answer points to, with spaces between",
    "door": "click or code",
    "late": "1 when the platform marked the hand-in as late",
    "answer": "the answer as JSON; only of closed questions, unless free text was asked for",
}


def research_rows(book: Book, key: Pseudonyms, *, free_text: bool = False) -> Iterator[list[Any]]:
    """One row an attempt, in the order of the codes. What a learner wrote for a reader is left out in any case."""
    first: dict[str, datetime] = {}
    for one in book.attempts:
        if at := time_of(one.at):
            first[one.learner] = min(at, first.get(one.learner, at))
    answers = AnswerKey()
    kept = [one for one in book.attempts if one.kind not in ("contest", "note")]
    for one in sorted(kept, key=lambda one: (key.code(one.learner), one.unit, one.case, one.item, one.nth)):
        at = time_of(one.at)
        minutes = f"{(at - first[one.learner]).total_seconds() / 60:.1f}" if at else ""
        shown = free_text or _closed(one, answers)
        yield [
            key.code(one.learner), one.unit, one.case, one.item, one.kind, one.version, one.nth, minutes, one.outcome,
            "" if one.kind == "prediction" else f"{one.score:g}", one.certainty or "", one.hints, " ".join(one.codes),
            one.door, int(one.late), json.dumps(one.answer, ensure_ascii=False, sort_keys=True) if shown else "",
        ]  # fmt: skip


def _closed(one: Attempt, key: AnswerKey) -> bool:
    """Can the answer hold nothing but choices?"""
    if one.kind == "statement":
        return True
    items = key.items(one.unit, one.case)
    item: Any = {**items.graded(), **items.predictions}.get(one.item) if items else None
    return isinstance(getattr(item, "form", None), (ChoiceForm, OrderForm))


def research_command(place: Path, out: Path, *, free_text: bool) -> list[str]:
    """What ``medialit export`` does. Returns the lines to say."""
    key = Pseudonyms(place.with_name(KEY_FILE))
    book = read_book(place)
    key.save(receipt.learner for receipt in book.submissions)
    tables = {
        "attempts.csv": [list(COLUMNS), *research_rows(book, key, free_text=free_text)],
        "codebook.csv": [["column", "meaning"], *map(list, COLUMNS.items())],
    }
    write_files(out, {name: csv_text(rows) for name, rows in tables.items()})
    told = "Free text is in it: read it before you share it." if free_text else "Free text was left out."
    return [f"wrote {out / 'attempts.csv'} and codebook.csv. {told}", f"The codes are in {key.path}. Do not share it."]
