"""Which form of a test a learner meets, and what was handed in: pure questions to the entries of a progress file.

A number is drawn once and kept: even, and form A comes first; odd, and form B does. A form counts as seen when it was
opened, not when it was handed in, so that no form is shown twice, whatever was restored or restarted in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from medialit.exercises.seals import is_right
from medialit.exercises.statements import FORMS, RECHECK, ParallelForm
from medialit.exercises.wording import say
from medialit.progress import Entry

BEFORE, AFTER, LATER = "before", "after", "recheck"
WHICH = (BEFORE, AFTER, LATER)
DRAW_UNIT, DRAW, OPENED = "tests", "draw", "opened"
DAYS = 7


def unit_of(which: str) -> str:
    """The name under which a test's entries stand in a progress file: ``test-before``."""
    return f"test-{which}"


class Offer(NamedTuple):
    """The form that a test shows, or an empty name and the reason why it shows none."""

    form: str
    why: str = ""


def draw(entries: Iterable[Entry]) -> int | None:
    """The number that was drawn first, or None."""
    drawn = [e.answer for e in entries if e.kind == "event" and e.unit == DRAW_UNIT and e.task == DRAW]
    return next((number for number in drawn if type(number) is int), None)


def opened(entries: Iterable[Entry], which: str) -> list[str]:
    """The forms of a test that were opened, the first one first."""
    seen = [e.answer for e in entries if e.kind == "event" and e.unit == unit_of(which) and e.task == OPENED]
    return list(dict.fromkeys(form for form in seen if form in (*FORMS, RECHECK)))


def handed_in(entries: Iterable[Entry], which: str) -> Entry | None:
    """The first time that a test was handed in, or None."""
    return next((e for e in entries if e.kind == "attempt" and e.unit == unit_of(which)), None)


def offer(entries: list[Entry], which: str, now: datetime) -> Offer:
    """The form that a test shows to this learner today. ``now`` has a time zone."""
    before, after = opened(entries, BEFORE), opened(entries, AFTER)
    if which == LATER:
        return _later(entries, now)
    if mine := (before if which == BEFORE else after):
        return Offer(mine[0])
    if which == BEFORE:
        if after:
            return Offer("", say("test_too_late"))
        return Offer(FORMS[(draw(entries) or 0) % 2])
    left = [form for form in FORMS if form not in before]
    if not left:
        return Offer("", say("test_no_form"))
    # Without a test before, the second form of this learner's order.
    return Offer(left[0] if before else FORMS[1 - (draw(entries) or 0) % 2])


def _later(entries: list[Entry], now: datetime) -> Offer:
    if opened(entries, LATER):
        return Offer(RECHECK)
    done = handed_in(entries, AFTER)
    if done is None:
        return Offer("", say("test_recheck_first"))
    if left := days_left(done.time, now):
        return Offer("", say("test_recheck_in", n=left, day=recheck_day(done.time)))
    return Offer(RECHECK)


def when(time: str) -> datetime:
    """A time of the progress file (``2026-11-23T10:00:00Z``) with its zone."""
    return datetime.strptime(time, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def recheck_day(time: str) -> str:
    """The day (``2026-11-30``, UTC) on which the recheck opens after a test handed in at ``time``."""
    return (when(time) + timedelta(days=DAYS)).date().isoformat()


def days_left(time: str, now: datetime) -> int:
    """How many days until the recheck opens: whole days of the calendar (UTC), 0 when it is open."""
    return max(0, (when(time).date() + timedelta(days=DAYS) - now.astimezone(UTC).date()).days)


class Counted(NamedTuple):
    """What was right in one test, by story and by lens: ``{name: (right, of)}``. For the learner's own eyes."""

    right: int
    of: int
    stories: dict[str, tuple[int, int]]
    lenses: dict[str, tuple[int, int]]


def count_right(form: ParallelForm, answers: Mapping[str, str], seals: Mapping[str, str]) -> Counted | None:
    """Count what is right in a finished test; what has no answer is not right. None without seals."""
    stories: dict[str, tuple[int, int]] = {}
    lenses: dict[str, tuple[int, int]] = {}
    for statement in form.statements:
        if statement.id not in seals:
            return None
        right = int(is_right(seals, statement.id, answers.get(statement.id, "")) or False)
        for table, name in ((stories, statement.case), (lenses, statement.lens)):
            so_far = table.get(name, (0, 0))
            table[name] = (so_far[0] + right, so_far[1] + 1)
    return Counted(sum(a for a, _ in stories.values()), len(form.statements), stories, lenses)
