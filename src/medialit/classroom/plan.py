"""The plan of a course: what counts and how much, when it was due, and what lateness costs. Pure arithmetic over a gradebook.

The plan is applied when points are added up. Scores in the gradebook stay as they are, so a changed plan regrades nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, field_validator, model_validator

from medialit.case import load_case
from medialit.case.records import StrictRecord
from medialit.classroom.export import Totals, people_of
from medialit.classroom.marks import CARD, is_question, latest
from medialit.classroom.records import Attempt, Book, Receipt
from medialit.classroom.worksheet import same_name
from medialit.errors import MedialitError
from medialit.files import FaultAt, load_model
from medialit.units.registry import find_unit, optional_tasks
from medialit.units.unit_progress import items_of

DAY = 86_400


def _moment(value: Any) -> Any:
    """A date is the last second of its day; a text is read as YYYY-MM-DD HH:MM."""
    if isinstance(value, str):
        try:
            text = value.strip()
            value = date.fromisoformat(text) if len(text) == len("2026-11-30") else datetime.fromisoformat(text)
        except ValueError:
            raise ValueError("This needs a date such as 2026-11-30, or a time such as 2026-11-30 18:00.") from None
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time(23, 59, 59))
    return value


Moment = Annotated[datetime, BeforeValidator(_moment)]


GROUPS = ("tasks", "star", "quiz", "rubric")


def _items(value: Any) -> Any:
    """Numbers of tasks look like numbers in YAML, and are names."""
    if isinstance(value, list) and all(isinstance(one, (str, float)) for one in value):
        return [str(one) for one in value]
    if value not in GROUPS:
        raise ValueError(f"Write {', '.join(GROUPS)}, or a list such as [1.1, 1.2, q3].")
    return value


def _named_items(value: Any) -> Any:
    return {str(name): one for name, one in value.items()} if isinstance(value, dict) else value


Share = Annotated[float, Field(gt=0, le=1)]


class LateRules(StrictRecord):
    """What lateness costs: ``percent_per_day`` of the points, for each day that was begun; nothing after ``days`` days.

    ``grace_minutes`` are free. ``by`` says which clock decides: the times in the progress file (an answer without one goes
    by the platform's mark), or the platform's mark alone, which counts as ``platform_days`` days.
    """

    grace_minutes: int = Field(0, ge=0)
    percent_per_day: float = Field(0, ge=0, le=100)
    days: int | None = Field(None, ge=0)
    by: Literal["times", "platform"] = "times"
    platform_days: int = Field(1, ge=0)

    def days_late(self, at: datetime, due: datetime) -> int:
        """Days that were begun after the due time; 0 within the grace."""
        seconds = (at - due).total_seconds()
        return math.ceil(seconds / DAY) if seconds > 60 * self.grace_minutes else 0

    def factor(self, days: int) -> float:
        """What is left of the points, from 0 to 1."""
        if self.days is not None and days > self.days:
            return 0.0
        return max(0.0, 1 - days * self.percent_per_day / 100)


class Part(StrictRecord):
    """Something that counts: some tasks of a unit, or its quiz.

    ``items``: ``tasks`` (all but the optional ones), ``star`` (those made for class), ``quiz``,
    ``rubric`` (of the correction card), or a list of numbers.
    ``best`` counts only so many, the best ones. ``full_at`` is the score from which a task counts in full, for tasks that
    are done in part. ``weight`` is the part's points.
    """

    unit: str
    name: str = ""
    items: Annotated[str | list[str], BeforeValidator(_items)] = "tasks"
    weight: float = Field(1, gt=0, le=1_000_000)
    best: int | None = Field(None, ge=1)
    full_at: Annotated[dict[str, Share], BeforeValidator(_named_items)] = Field(default_factory=dict)
    due: Moment | None = None

    @field_validator("unit")
    @classmethod
    def _known(cls, value: str) -> str:
        try:
            return find_unit(value).name
        except MedialitError as error:
            raise ValueError(str(error)) from None

    @model_validator(mode="after")
    def _fits(self) -> Part:
        known, asked = _items_of(self.unit, "all"), self.asked
        for place, item in enumerate(self.items if isinstance(self.items, list) else ()):
            if item not in known:
                raise FaultAt(("items", place), f"The unit {self.unit} has no “{item}”. It has: {', '.join(known)}.")
        if not asked or len(set(asked)) < len(asked):
            raise FaultAt(("items",), "This list is empty, or names something twice.")
        if self.best and self.best > len(asked):
            raise FaultAt(("best",), f"There are only {len(asked)} to choose from.")
        for item in self.full_at:
            if item not in asked:
                raise FaultAt(("full_at", item), "This task does not count in this part.")
        return self

    @property
    def asked(self) -> list[str]:
        """The numbers of what counts, in the course's order."""
        return self.items if isinstance(self.items, list) else _items_of(self.unit, self.items)

    @property
    def title(self) -> str:
        """What the part is called in files and on pages."""
        kind = self.items if isinstance(self.items, str) else ", ".join(self.items)
        return self.name or f"{find_unit(self.unit).title} {kind}"


class Extension(StrictRecord):
    """More time for one learner: ``days`` more, or ``until`` a time; or ``excused``. For ``parts`` (titles), or for all.

    ``learner`` is a name, or the platform's number.
    """

    learner: str
    parts: list[str] = Field(default_factory=list)
    days: int = Field(0, ge=0)
    until: Moment | None = None
    excused: bool = False
    reason: str = ""


class CoursePlan(StrictRecord):
    """The whole file."""

    course: str = ""
    timezone: str
    late: LateRules | None = None
    parts: list[Part] = Field(min_length=1)
    sections: dict[str, list[str]] = Field(default_factory=dict)
    extensions: list[Extension] = Field(default_factory=list)

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ValueError, OSError, LookupError):
            raise ValueError(f"“{value}” is not a time zone known here. Write one like America/New_York.") from None
        return value

    @model_validator(mode="after")
    def _titles(self) -> CoursePlan:
        titles = [part.title for part in self.parts]
        for place, title in enumerate(titles):
            if title in titles[:place]:
                raise FaultAt(("parts", place), f"Two parts are called “{title}”. Give one of them a name.")
        for place, extension in enumerate(self.extensions):
            for name in extension.parts:
                if name not in titles:
                    raise FaultAt(("extensions", place, "parts"), f"There is no part “{name}”: {', '.join(titles)}.")
        return self

    def utc(self, moment: datetime) -> datetime:
        """A time of the plan, which is one of its time zone unless it says otherwise."""
        return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(self.timezone))).astimezone(UTC)


def load_plan(path: Path) -> CoursePlan:
    """The plan in a file. Raises CaseError with file, line and field of the first fault."""
    return load_model(CoursePlan, path)


def _items_of(unit: str, kind: str) -> list[str]:
    texts = find_unit(unit).texts
    questions = [question.id for question in find_unit(unit).quiz.questions]
    if kind == "quiz":
        return questions
    card = [CARD] if unit == "correction" else []
    if kind == "rubric":
        return card
    if kind == "all":
        return [*texts, *questions, *card]
    optional = optional_tasks(unit)
    return [n for n, text in texts.items() if (text.in_class if kind == "star" else n not in optional)]


class Standing(NamedTuple):
    """One learner in one part: points, the highest points, days late by the times, and whether the platform said late."""

    points: float
    most: float
    days_late: int
    platform: bool


class PlannedTotals(Totals):
    """Points by the plan. ``now`` decides what was due; ``lines`` name those in the plan who are not in the gradebook."""

    def __init__(self, book: Book, plan: CoursePlan, now: datetime, due: Sequence[str] = ()) -> None:
        self.plan, self.people = plan, people_of(book)
        self.lines: list[str] = []
        self.most = {part.title: part.weight for part in plan.parts}
        self._found: dict[str, dict[str, Standing]] = {learner: {} for learner in self.people}
        given: dict[tuple[str, str, str], list[Attempt]] = defaultdict(list)
        for one in book.attempts:
            given[one.learner, one.unit, one.item].append(one)
        marked = {(m.learner, m.unit, m.task): m.score or 0.0 for m in latest(book.marks).values()}
        self._served: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._cases: dict[str, set[str]] = defaultdict(set)
        for grade in book.grades:
            self._served[grade.learner, grade.unit].add(grade.task)
            self._cases[grade.learner].add(grade.case)
        whole = self._extensions()
        for learner, receipt in self.people.items():
            for part in plan.parts:
                found = self._standing(part, receipt, given, marked, whole[learner], now, part.unit in due)
                if found:
                    self._found[learner][part.title] = found
        self._points = {
            who: {title: one.points for title, one in mine.items()} for who, mine in self._found.items()
        }  # fmt: skip
        section = {who: name for name, members in plan.sections.items() for who in self._named(members)}
        self.more = {"late by times": self.late}
        if section:
            self.more = {"section": lambda learner: section.get(learner, ""), **self.more}

    def _standing(
        self,
        part: Part,
        receipt: Receipt,
        given: Mapping[tuple[str, str, str], Sequence[Attempt]],
        marked: Mapping[tuple[str, str, str], float],
        extensions: Iterable[Extension],
        now: datetime,
        owed: bool,
    ) -> Standing | None:
        """None when the part does not count for this learner (yet)."""
        due = self.plan.utc(part.due) if part.due else None
        for one in extensions:
            if one.parts and part.title not in one.parts:
                continue
            if one.excused:
                return None
            if due:
                due = max(due + timedelta(days=one.days), self.plan.utc(one.until) if one.until else due)
        served = self._served[receipt.learner, part.unit]
        if not served and not self._is_offered(receipt.learner, part.unit):
            return None
        # A story of one's own has questions of its own.
        own = sorted({one for one in served if is_question(one)} - {*part.asked}) if part.items == "quiz" else []
        scores, late, platform = [], [], False
        for item in [*part.asked, *own]:
            key = (receipt.learner, part.unit, item)
            full = part.full_at.get(item, 1.0)
            if key in marked:
                # A person decided: that is the score, whenever the answer came.
                scores.append(min(1.0, marked[key] / full))
                continue
            tried = [(one.score, *self._lateness(one, due)) for one in given.get(key, ())]
            if tried:
                # The attempt that is worth most after the late rules; of equal ones the earliest.
                best = max(tried, key=lambda one: (one[0] * one[3], -one[1]))
                scores.append(min(1.0, best[0] / full) * best[3])
                late.append(best[1])
                platform = platform or best[2]
        readable = bool(receipt.units) or not receipt.files
        if not scores and not (readable and (owed or (due is not None and now > due))):
            return None
        # What the story of this learner does not serve cannot be asked of them.
        fixed = {*_items_of(part.unit, "tasks"), *_items_of(part.unit, "quiz")}
        asked = [item for item in part.asked if not served or item in served or item not in fixed] + own
        count = min(part.best or len(asked), len(asked)) or 1
        share = math.fsum(sorted(scores, reverse=True)[:count]) / count
        return Standing(round(part.weight * share, 6), part.weight, max(late, default=0), platform)

    def _is_offered(self, learner: str, unit: str) -> bool:
        """Does a story that this learner works on serve anything of the unit? What is not known here, it does."""
        for case in self._cases[learner]:
            with suppress(MedialitError):
                if not items_of(find_unit(unit), load_case(case)):
                    continue
            return True
        return not self._cases[learner]

    def _lateness(self, one: Attempt, due: datetime | None) -> tuple[int, bool, float]:
        """(days late by its time, did the platform call it late?, what is left of its points)."""
        rules = self.plan.late or LateRules()
        at = time_of(one.at)
        days = rules.days_late(at, due) if at and due else 0
        counted = days if at and rules.by == "times" else rules.platform_days if one.late and due else 0
        return days, one.late, rules.factor(counted)

    def _extensions(self) -> dict[str, list[Extension]]:
        found: dict[str, list[Extension]] = {learner: [] for learner in self.people}
        for one in self.plan.extensions:
            for who in self._named([one.learner]):
                found[who].append(one)
        return found

    def _named(self, names: Iterable[str]) -> list[str]:
        found = []
        for name in names:
            known = [
                learner
                for learner, one in self.people.items()
                if name in (learner, one.name, one.lms_id) or same_name(name) & same_name(one.name)
            ]
            found += known
            if len(known) != 1:
                many = f"fits {len(known)} learners: use the platform's number" if known else "is not in the gradebook"
                self.lines.append(f"The plan names {name}, who {many}.")
        return found

    def standing(self, learner: str) -> dict[str, Standing]:
        """A learner's parts, by title."""
        return self._found[learner]

    def late(self, learner: str) -> str:
        """Which parts came late by their own times, as one text."""
        found = self._found[learner].items()
        return "; ".join(f"{title}: {_days(one.days_late)}" for title, one in found if one.days_late)

    def told(self, learner: str) -> list[str]:
        """A line for the feedback page for each part that counts."""
        lines = []
        for title, one in self._found[learner].items():
            said = [f"{_days(one.days_late)} late by its times"] if one.days_late else []
            said += ["late by the platform's mark"] if one.platform else []
            note = f" ({', '.join(said)})" if said else ""
            lines.append(f"{title}: {one.points:.4g} of {one.most:.4g} points{note}.")
        return lines


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"


def time_of(text: str) -> datetime | None:
    """A time of a gradebook; None when it is none."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None  # a progress file can be written by hand
