"""Score what a learner handed in. Pure: plain answers in, attempts and grades out; no file, no clock, no learner's code."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple

from medialit.classroom.given import DESK, WORDS, Given
from medialit.classroom.items import MAX_ANSWER, AnswerKey, Items
from medialit.classroom.names import one_line
from medialit.classroom.records import Attempt, Grade, Kind
from medialit.classroom.sat import TEST_UNITS, score_tests
from medialit.classroom.testkey import Key
from medialit.english import some
from medialit.errors import MedialitError
from medialit.exercises.answers import plain
from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import Task
from medialit.files import COURSE_CASE
from medialit.units.claims.looking import looking
from medialit.units.registry import BY_NAME, number_of, optional_tasks

MAX_NAMED = 5  # strange names in one line
MAX_TOLD = 2_000
NOT_GRADED = "not graded"


@dataclass(frozen=True)
class Scored:
    """Everything about one learner: ``said`` are sentences for their page, ``problems`` what could not be counted."""

    attempts: tuple[Attempt, ...]
    grades: tuple[Grade, ...]
    said: tuple[str, ...]
    problems: tuple[str, ...]
    units: tuple[str, ...]


class _Tried(NamedTuple):
    """One attempt with the words about it."""

    attempt: Attempt
    words: str


class _Sorted:
    """The answers of one learner by item, and what belongs to no item."""

    def __init__(self, key: AnswerKey, only: Sequence[str]) -> None:
        self.key, self.only = key, only
        self.places: dict[tuple[str, str], Items] = {}
        self.given: dict[tuple[str, str, str], list[Given]] = defaultdict(list)
        self.steps: dict[tuple[str, str], list[Any]] = defaultdict(list)
        self.unknown: dict[str, None] = {}
        self.stories: dict[str, None] = {}
        self.versions: Counter[str] = Counter()

    def take(self, one: Given) -> None:
        if one.unit in TEST_UNITS or (self.only and one.unit not in self.only):
            return
        items = self.key.items(one.unit, one.case)
        if one.kind == "event" and one.item == DESK:
            self.steps[one.unit, one.case].append(one.answer)
        elif items is None or (name := named(one, items)) is None:
            # What was an event and is no prediction of today is no answer at all.
            if one.kind == "attempt" and not self.key.knows(one.case):
                self.stories[one_line(one.case, 60)] = None
            elif one.kind == "attempt":
                self.unknown[one_line(f"{one.unit} {one.item} on the story {one.case}", 60)] = None
        elif one.version != (items.graded().get(name) or items.predictions[name]).version:
            self.versions[f"{one.unit} {name}"] += 1
        else:
            # A question that was only asked again by a later unit does not open its own unit.
            if not one.review:
                self.places[one.unit, one.case] = items
            self.given[one.unit, one.case, name].append(one)

    def open(self, unit: str) -> None:
        """A unit that was handed in, perhaps without any answer."""
        if (self.only and unit not in self.only) or any(unit == found for found, _ in self.places):
            return
        if (items := self.key.items(unit, self.usual)) and items.graded():
            self.places[unit, self.usual] = items

    @property
    def usual(self) -> str:
        """The case that this learner works on: that of the class where it was named, or the one with most answers."""
        tried = Counter(case for unit, case, name in self.given if self._is_graded(unit, case, name))
        named = self.key.usual != COURSE_CASE and self.key.usual in tried
        return self.key.usual if named or not tried else tried.most_common(1)[0][0]

    def _is_graded(self, unit: str, case: str, name: str) -> bool:
        items = self.key.items(unit, case)
        return items is not None and name in items.graded()

    def is_beside(self, unit: str, case: str) -> bool:
        """Is this what a lesson lets somebody do on the story of the course, whose exercises are on another one?"""
        if case != COURSE_CASE or self.usual == COURSE_CASE:
            return False
        tried = any(one[:2] == (unit, case) and self._is_graded(*one) for one in self.given)
        return (unit, self.usual) in self.places or not tried

    def lines(self) -> list[str]:
        found = [
            f"Answers on the story {name} were not graded. If it is one of your own, name its folder with --case."
            for name in list(self.stories)[:MAX_NAMED]
        ]
        if self.unknown:
            found.append(f"Answers to what this course does not hold: {some(self.unknown, MAX_NAMED)}.")
        return found + [
            f"{count} {'answer' if count == 1 else 'answers'} to {name} {'is' if count == 1 else 'are'} for another version "
            f"of it and {'was' if count == 1 else 'were'} not counted."
            for name, count in sorted(self.versions.items())
        ]


def score(
    learner: str,
    answers: Iterable[Given],
    key: AnswerKey,
    units: Sequence[str] = (),
    only: Sequence[str] = (),
    tests: Key = (),
    earlier: Iterable[Attempt] = (),
) -> Scored:
    """Attempts and grades of one learner, the best attempt counting.

    ``units`` are those that the learner handed files in for: each task of them that has no answer gets the outcome "not
    attempted", and no score. ``only`` limits the units that are graded. ``tests`` is the key of the tests before and after,
    where it is at hand. ``earlier`` are attempts of earlier hand-ins: they are scored again with the others, and those at a
    version that there is no more keep the score they had.
    """
    past, kept = _history(earlier, key)
    # An answer without a time repeats one with a time, if it is the same: so those come first.
    every = sorted([*past, *answers], key=lambda one: (not one.at, one.at))
    attempts, said, lines = score_tests(learner, every, dict(tests)) if not only else ([], [], [])
    places = _Sorted(key, only)
    for one in every:
        if one.kind not in WORDS:
            places.take(one)
    for unit, case, _ in kept:
        if (not only or unit in only) and (items := key.items(unit, case)):
            places.places[unit, case] = items
    for unit in units:
        places.open(unit)
    grades: list[Grade] = []
    for place, items in sorted(places.places.items()):
        for name in items.predictions:
            attempts += _guesses(learner, items, name, places.given[*place, name])
        beside = places.is_beside(*place)
        for name in items.graded():
            made, unchecked = _tried(learner, items, name, places.given[*place, name], key, places.steps[place])
            # An optional task that nobody tried is nothing to write down.
            if not beside and (made or unchecked or kept[*place, name] or name not in optional_tasks(place[0])):
                grades.append(_grade(learner, items, name, [*kept[*place, name], *made], unchecked))
            attempts += [one.attempt for one in (*kept[*place, name], *made)]
    # Last, so that their numbers come after those of the answers to the same item.
    attempts += _words(learner, every, only)
    found = tuple(dict.fromkeys([unit for unit, _ in sorted(places.places)] + sorted({a.unit for a in attempts})))
    return Scored(tuple(_numbered(attempts)), tuple(grades), tuple(said), (*places.lines(), *lines), found)


def _history(
    earlier: Iterable[Attempt], key: AnswerKey
) -> tuple[list[Given], dict[tuple[str, str, str], list[_Tried]]]:
    """(answers to score again, attempts that stay as they are) of what is in the gradebook already."""
    again: list[Given] = []
    kept: dict[tuple[str, str, str], list[_Tried]] = defaultdict(list)
    for one in earlier:
        if one.kind in WORDS:
            again.append(_given(one, one.kind))
            continue
        items = key.items(one.unit, one.case)
        if items is None or one.kind == "statement":
            continue
        known = {**items.graded(), **items.predictions}
        # Tasks are numbered in a gradebook, and a number can be another task's by now: the version tells.
        nearest = sorted(known.items(), key=lambda pair: pair[0] != one.item)
        item = next((item for _, item in nearest if item.version == one.version), None)
        if item is not None:
            kind = "event" if one.kind == "prediction" else "attempt"
            again.append(_given(replace(one, item=item.id), kind))
        elif one.kind != "prediction":
            kept[one.unit, one.case, one.item].append(_Tried(one, ""))
    return again, kept


def _given(one: Attempt, kind: str) -> Given:
    return Given(
        one.unit, one.case, one.item, one.answer, one.version, one.at, one.door, one.certainty, one.hints, kind,
        source=one.source, late=one.late,
    )  # fmt: skip


def _words(learner: str, given: Iterable[Given], only: Sequence[str]) -> list[Attempt]:
    """What a learner wrote for a reader, each once, with the item that it is about."""
    found: dict[tuple[str, ...], Attempt] = {}
    for one in given:
        words = str(one.answer or "")[:MAX_TOLD].strip() if one.kind in WORDS else ""
        if words and one.unit in BY_NAME and (not only or one.unit in only):
            kind: Kind = "contest" if one.kind == "contest" else "note"
            # Its item is a name that a file says: it stays within what a table holds.
            item = one_line(number_of(one.unit, one.item), 60)
            found.setdefault(
                (one.unit, one.case, item, kind, words),
                Attempt(
                    learner, one.unit, item, kind, one_line(one.case, 60), one.version, 0, one.at, words, NOT_GRADED, 0.0,
                    door=one.door, source=one.source, late=one.late,
                ),
            )  # fmt: skip
    return list(found.values())


def _numbered(attempts: Iterable[Attempt]) -> list[Attempt]:
    counts: Counter[tuple[str, str, str]] = Counter()
    found = []
    for one in attempts:
        place = (one.unit, one.case, one.item)
        counts[place] += 1
        found.append(one if one.nth == counts[place] else replace(one, nth=counts[place]))
    return found


def named(one: Given, items: Items) -> str | None:
    """The gradebook's name of the item that an answer is for: a task, a question, or a prediction for an event."""
    for name in (one.item, one.item.strip().lower()):
        if one.kind == "event" and name in items.predictions:
            return name
        if one.kind != "event" and (task := items.tasks.saved_as(name)):
            return task.label
        if one.kind != "event" and name in items.questions:
            return name
    return None


class _Plain(NamedTuple):
    """An answer beside its text in JSON, or beside why it is no plain data."""

    one: Given
    text: str
    fault: str = ""


def _each(given: Iterable[Given]) -> Iterator[_Plain]:
    """Answers, each once."""
    seen: set[tuple[str, int | None, str]] = set()
    for one in given:
        try:
            one = one._replace(answer=plain(one.answer))
            text = json.dumps(one.answer, sort_keys=True)
        except MedialitError as error:
            yield _Plain(one, "", str(error))
            continue
        # The same once more without a time: the cell was copied, or the progress file holds it already.
        before = (text, one.certainty, "any") in seen if not one.at else (text, one.certainty, one.at) in seen
        seen |= {(text, one.certainty, one.at), (text, one.certainty, "any")}
        if len(text) > MAX_ANSWER:
            yield _Plain(one, "", f"This answer is larger than {MAX_ANSWER // 1000} KB.")
        elif not before:
            yield _Plain(one, text)


def _guesses(learner: str, items: Items, name: str, given: Sequence[Given]) -> list[Attempt]:
    item = items.predictions[name]
    return [
        Attempt(
            learner, items.unit, name, "prediction", items.case, item.version, 0, one.at, one.answer, NOT_GRADED, 0.0,
            one.certainty, door=one.door, source=one.source,
        )
        for one, _, fault in _each(given)
        if not fault and item.problem(one.answer) is None
    ]  # fmt: skip


def _tried(
    learner: str, items: Items, name: str, given: Sequence[Given], key: AnswerKey, steps: Sequence[Any]
) -> tuple[list[_Tried], Result | None]:
    """(attempts that could be scored, the result of one that could not) at one task or question."""
    item = items.graded()[name]
    kind: Kind = "task" if isinstance(item, Task) else "question"
    made: list[_Tried] = []
    unchecked: Result | None = None
    if not isinstance(item, Task):
        given = [one._replace(answer=item.plain(one.answer)) for one in given]
    for one, text, fault in _each(given):
        if fault:
            unchecked = Result(Outcome.COULD_NOT_CHECK, 0.0, fault, "Nothing was counted.")
            continue
        result = _looked(key.check(items, name, one.answer, one.certainty, text), item, steps)
        if not result.outcome.counts:
            unchecked = result if result.outcome is Outcome.COULD_NOT_CHECK else unchecked
            continue
        attempt = Attempt(
            learner, items.unit, name, kind, items.case, item.version, 0, one.at, one.answer, str(result.outcome),
            round(result.score, 4), one.certainty, result.codes, result.details, one.hints, one.door, one.source, one.late,
        )  # fmt: skip
        made.append(_Tried(attempt, _told(result)))
    return made, unchecked


def _grade(learner: str, items: Items, name: str, tried: Sequence[_Tried], unchecked: Result | None) -> Grade:
    version = items.graded()[name].version
    if not tried:
        outcome = Outcome.COULD_NOT_CHECK if unchecked else Outcome.NOT_ATTEMPTED
        words = _told(unchecked) if unchecked else ""
        return Grade(learner, items.unit, name, str(outcome), None, 1.0, 0, "", items.case, version, words=words)
    # The earliest of the best.
    nth, best = max(enumerate(tried, 1), key=lambda pair: (pair[1].attempt.score, -pair[0]))
    one = best.attempt
    return Grade(
        learner, items.unit, name, one.outcome, one.score, 1.0, len(tried), "", items.case, one.version, nth, one.source,
        best.words,
    )  # fmt: skip


def _told(result: Result) -> str:
    """The words for a learner. They may quote the answer, which may hold anything and be long."""
    return one_line(f"{result.message} {result.next_step}", MAX_TOLD)


def _looked(result: Result, item: Any, steps: Sequence[Any]) -> Result:
    """Beside a check of evidence, how the learner looked, by the steps in the progress file. It earns no points."""
    desk = getattr(item, "desk", None)
    steps = [step for step in steps if isinstance(step, dict)]
    if desk is None or not steps or not result.details:
        return result
    found = looking(steps, desk.cards)
    # The parts are kept beside the sum: a class is told how many left the story first, not a mean of thirds.
    return replace(result, details={**result.details, "looking": round(found.score, 3), "looked": asdict(found)})
