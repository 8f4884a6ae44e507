"""How long a class report takes, and how large it is: a made-up class that answered everything.

Usage: python benchmarks/report.py [LEARNERS] [FOLDER]

Answers are drawn at random around each learner's ability, handed to the grader's own scorer, and kept in a gradebook.
A gradebook that is in FOLDER already is used again.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

from medialit.classroom.given import Given
from medialit.classroom.items import AnswerKey, Items
from medialit.classroom.records import Done, Receipt
from medialit.classroom.report.page import write_report
from medialit.classroom.scorer import score
from medialit.classroom.store import Store
from medialit.classroom.testkey import find_key
from medialit.exercises.quiz import OneQuestion, Question
from medialit.exercises.sittings import AFTER, BEFORE, unit_of
from medialit.exercises.statements import FORMS, NOT_TRUE, TRUE, load_forms
from medialit.files import COURSE_CASE
from medialit.units.registry import UNITS


def made_up(items: Items, dice: random.Random, ability: float) -> list[Given]:
    """One learner's answers to a unit: right with the chance ``ability``, else changed in some way."""
    found, clock = [], 1_000_000_000 + dice.randrange(10_000_000)
    for name, item in items.graded().items():
        clock += dice.randrange(20, 200)
        for again in (False, True):
            answer, sure = _answer(item, dice, ability + 0.3 * again)
            if answer is None:
                break
            at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(clock + 60 * again))
            found.append(
                Given(
                    unit=items.unit,
                    case=items.case,
                    item=name,
                    kind="attempt",
                    answer=answer,
                    version=item.version,
                    at=at,
                    certainty=sure,
                    door="click",
                )
            )
            if dice.random() < 0.6:
                break
    return found


def _answer(item: Any, dice: random.Random, ability: float) -> tuple[Any, int | None]:
    if isinstance(item, Question):
        sure = dice.choice((1, 2, 3))
        if isinstance(item, OneQuestion) and dice.random() > ability:
            return dice.choice([option.id for option in item.options]), sure
        return item.key, sure
    return _changed(_right(item), dice, ability), None


@cache
def _right(item: Any) -> Any:
    """The right answer to a task, worked out once for the whole class. Nothing changes it: see ``_changed``."""
    return item.answer()


def _changed(answer: Any, dice: random.Random, ability: float) -> Any:
    """The right answer with a part left out or exchanged: the more, the lower the ability."""
    if isinstance(answer, dict) and all(isinstance(cells, dict) for cells in answer.values()):
        return {row: _cells(cells, list(answer.values()), dice, ability) for row, cells in answer.items()}
    if isinstance(answer, dict):
        return {name: _shorter(value, dice, ability) for name, value in answer.items()}
    if isinstance(answer, list):
        kept = [x for x in answer if dice.random() < ability]
        return kept if answer and isinstance(answer[0], list) else dice.sample(answer, len(answer))
    return answer


def _cells(cells: dict[str, Any], rows: list[dict[str, Any]], dice: random.Random, ability: float) -> dict[str, Any]:
    """One row of a table, some of its cells taken from another row."""
    return {
        name: value if dice.random() < ability else dice.choice(rows).get(name, value) for name, value in cells.items()
    }


def _shorter(value: Any, dice: random.Random, ability: float) -> Any:
    """A text that was written, with a word left out here and there; anything else as it is."""
    if not (isinstance(value, str) and " " in value):
        return value
    return " ".join(word for word in value.split() if dice.random() < 0.9 + 0.1 * ability)


def looked(items: Items, dice: random.Random, ability: float) -> list[Given]:
    """Steps at the evidence desk, where the unit has one that keeps them, and a guess before the first figure."""
    found = []
    if items.unit == "claims":
        cards = dice.sample(sorted(items.tasks["2.4"].desk.cards), dice.randrange(1, 6))
        steps = [{"open": card} for card in cards]
        steps.insert(0 if dice.random() > ability else len(steps), {"judge": next(iter(items.tasks["2.4"].answer()))})
        found += [Given(items.unit, items.case, "desk", step, kind="event") for step in steps]
    for name, guess in items.predictions.items():
        if guess.options and dice.random() < 0.9:
            choice, sure = dice.choice(guess.options).id, dice.choice((1, 2, 3)) if guess.certainty else None
            found.append(Given(items.unit, items.case, name, choice, guess.version, certainty=sure, kind="event"))
    return found


def sat(dice: random.Random, ability: float) -> list[Given]:
    """The tests before and after, in an order drawn for this learner; after it a little more is right."""
    order, key, found = dice.sample(FORMS, 2), dict(find_key()), []
    for number, which in enumerate((BEFORE, AFTER)):
        form = load_forms()[order[number]]
        chance = 0.5 + 0.3 * ability * (number + 1) / 2
        said = {s.id: TRUE if (dice.random() < chance) == key[s.id] else NOT_TRUE for s in form.statements}
        found.append(Given(unit_of(which), "", form.name, said, form.stamp, f"2026-11-2{number}T10:00:00Z"))
    return found


def make_book(place: Path, learners: int, seed: int = 1) -> None:
    """A gradebook of so many learners and all units."""
    dice, key = random.Random(seed), AnswerKey()
    with Store(place) as store:
        for number in range(learners):
            name, ability = f"learner-{number:04}", dice.betavariate(5, 2)
            answers = []
            for plan in UNITS:
                items = key.items(plan.name, COURSE_CASE)
                if items and dice.random() < 0.95:
                    answers += looked(items, dice, ability) + made_up(items, dice, ability)
            answers += sat(dice, ability)
            units = [plan.name for plan in UNITS]
            scored = score(name, answers, key, units, tests=find_key())
            receipt = Receipt(name, f"{number:064}", "benchmark", "", tuple(units))
            store.keep([Done(receipt, scored.attempts, scored.grades)])


def main() -> None:
    learners = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "gradebook.db").is_file():
        make_book(folder / "gradebook.db", learners)
    begun, used = time.perf_counter(), time.process_time()
    written = write_report(folder / "gradebook.db", folder)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - used
    sizes = ", ".join(f"{path.name} {path.stat().st_size / 1000:.0f} KB" for path in written)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    busy = f"{os.getloadavg()[0]:.1f} processes wanted {os.cpu_count()} cores" if hasattr(os, "getloadavg") else ""
    print(
        f"{learners} learners, {len(UNITS)} units: {seconds:.1f} s, of which {cpu:.1f} s of processor time ({busy}); "
        f"{sizes}, {memory:.0f} MB at most"
    )


if __name__ == "__main__":
    main()
