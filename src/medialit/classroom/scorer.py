"""Score what a learner handed in. Pure: plain answers in, attempts and grades out; no file, no clock, no learner's code."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from medialit.case.desk import looking
from medialit.classroom.given import DESK, Given
from medialit.classroom.items import DEFAULT_CASE, AnswerKey, Items
from medialit.classroom.names import one_line
from medialit.classroom.records import Attempt, Grade
from medialit.classroom.sat import TEST_UNITS, score_tests
from medialit.classroom.testkey import Key
from medialit.exercises.prediction import Prediction
from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import Task
from medialit.units.base import SCORED

MAX_NAMED = 5  # strange names in one line
MAX_TOLD = 2_000
NOT_GRADED = "not graded"


@dataclass(frozen=True)
class Scored:
    """Everything about one learner. ``feedback`` maps ``unit/case/item`` to words; grades have no time yet."""

    attempts: tuple[Attempt, ...]
    grades: tuple[Grade, ...]
    feedback: dict[str, str]
    problems: tuple[str, ...]
    units: tuple[str, ...]


class _Notes:
    """Collects what could not be counted, to be told in few lines."""

    def __init__(self) -> None:
        self.unknown: dict[str, None] = {}
        self.versions: Counter[str] = Counter()

    def lines(self) -> list[str]:
        found = []
        if self.unknown:
            names = list(self.unknown)
            more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
            found.append(f"Answers to what this course does not hold: {', '.join(names[:MAX_NAMED])}{more}.")
        found += [
            f"{count} {'answer' if count == 1 else 'answers'} to {name} belong to another version of it "
            "and were not counted."
            for name, count in sorted(self.versions.items())
        ]
        return found


def score(
    learner: str,
    answers: Iterable[Given],
    key: AnswerKey,
    units: Sequence[str] = (),
    only: Sequence[str] = (),
    tests: Key = (),
) -> Scored:
    """Attempts and grades of one learner.

    ``answers`` come in order of time. ``units`` are those that the learner handed files in for: each task of them
    that has no answer gets the outcome "not attempted". ``only`` limits the units that are graded. ``tests`` is the
    key of the tests before and after, where it is at hand.
    """
    notes = _Notes()
    answers = list(answers)
    sat, words, lines = score_tests(learner, answers, dict(tests)) if not only else ([], {}, [])
    places: dict[tuple[str, str], Items] = {}
    given: dict[tuple[str, str, str], list[Given]] = defaultdict(list)
    steps: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for one in answers:
        if one.unit in TEST_UNITS or (only and one.unit not in only):
            continue
        items = key.items(one.unit, one.case)
        if one.kind == "event" and one.item == DESK:
            steps[one.unit, one.case].append(one.answer)
        elif items is None or (name := _named(one, items)) is None:
            # What was an event and is no prediction of today is no answer at all.
            if one.kind == "attempt":
                notes.unknown[one_line(f"{one.unit} {one.item} ({one.case})", 60)] = None
        elif not one.notebook and one.version != _version(_item(items, name)):
            notes.versions[f"{one.unit} {name}"] += 1
        else:
            # A question that was only asked again by a later unit does not open its own unit.
            if not one.review:
                places[one.unit, one.case] = items
            given[one.unit, one.case, name].append(one)
    for unit in units:
        if (
            (not only or unit in only)
            and not any(unit == u for u, _ in places)
            and (i := key.items(unit, DEFAULT_CASE))
        ):
            places[unit, DEFAULT_CASE] = i
    attempts: list[Attempt] = []
    grades: list[Grade] = []
    feedback: dict[str, str] = {}
    for place, items in sorted(places.items()):
        for name in items.predictions:
            attempts += _guesses(learner, items, name, given[*place, name])
        for name in items.graded():
            made, best, grade = _graded(learner, items, name, given[*place, name], key, steps[place])
            attempts += made
            grades.append(grade)
            if best is not None:
                feedback[f"{items.unit}/{items.case}/{name}"] = _told(best)
    found = tuple(dict.fromkeys([*(unit for unit, _ in sorted(places)), *sorted({a.unit for a in sat})]))
    return Scored((*attempts, *sat), tuple(grades), {**feedback, **words}, (*notes.lines(), *lines), found)


def _told(result: Result) -> str:
    """The words for a learner. They may quote the answer, which may hold anything and be long."""
    return one_line(f"{result.message} {result.next_step}", MAX_TOLD)


def _named(one: Given, items: Items) -> str | None:
    """The item that an answer is for: an attempt at a task or question, or an event that is a prediction."""
    known = items.predictions if one.kind == "event" else items.graded()
    return next((name for name in (one.item, one.item.strip().lower()) if name in known), None)


def _item(items: Items, name: str) -> Any:
    return items.graded().get(name) or items.predictions[name]


def _version(item: Any) -> str:
    return item.stamp if isinstance(item, Prediction) else item.version


def _guesses(learner: str, items: Items, name: str, given: Sequence[Given]) -> list[Attempt]:
    item = items.predictions[name]
    fits = [one for one in given if item.problem(one.answer) is None]
    return [
        Attempt(
            learner, items.unit, name, "prediction", items.case, item.stamp, nth, one.at, one.answer, NOT_GRADED, 0.0,
            one.certainty, door=one.door,
        )
        for nth, one in enumerate(fits, 1)
    ]  # fmt: skip


def _graded(
    learner: str, items: Items, name: str, given: Sequence[Given], key: AnswerKey, steps: Sequence[Any]
) -> tuple[list[Attempt], Result | None, Grade]:
    item = items.graded()[name]
    kind = "task" if isinstance(item, Task) else "question"
    counted: list[tuple[Given, Result]] = []
    runs: dict[str, tuple[Given, Result]] = {}
    unchecked: Result | None = None
    for one in given:
        if kind == "question":
            one = one._replace(answer=item.plain(one.answer))
        result = _looked(key.check(items, name, one.answer, one.certainty), item, steps)
        if result.outcome not in SCORED:
            unchecked = result if result.outcome is Outcome.COULD_NOT_CHECK else unchecked
        elif one.notebook:
            # The last answer that can be scored is the notebook's.
            runs[one.notebook] = (one, result)
        else:
            counted.append((one, result))
    for one, result in runs.values():
        # Running a notebook hands in again what the progress file holds already.
        if not any(old.answer == one.answer and old.certainty == one.certainty for old, _ in counted):
            counted.append((one, result))
    made = [
        Attempt(
            learner, items.unit, name, kind, items.case, item.version, nth, one.at, one.answer, str(result.outcome),
            round(result.score, 4), one.certainty, result.codes, result.details, one.hints, one.door,
        )
        for nth, (one, result) in enumerate(counted, 1)
    ]  # fmt: skip
    # The earliest of the best.
    best = max(zip(made, counted, strict=True), key=lambda pair: pair[0].score, default=None)
    shown = best[1][1] if best else unchecked
    outcome = str(shown.outcome if shown else Outcome.NOT_ATTEMPTED)
    points = best[0].score if best else 0.0
    grade = Grade(learner, items.unit, name, outcome, points, 1.0, len(made), "", items.case, item.version)
    return made, shown, grade


def _looked(result: Result, item: Any, steps: Sequence[Any]) -> Result:
    """Beside a check of evidence, how the learner looked, by the steps in the progress file. It earns no points."""
    desk = getattr(item, "desk", None)
    steps = [step for step in steps if isinstance(step, dict)]
    if desk is None or not steps or not result.details:
        return result
    found = looking(steps, desk.cards)
    # The parts are kept beside the sum: a class is told how many left the story first, not a mean of thirds.
    return replace(result, details={**result.details, "looking": round(found.score, 3), "looked": asdict(found)})
