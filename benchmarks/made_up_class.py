"""A class that nobody is in: submissions whose right score is known before they are graded.

Every honest answer is a recorded solution or a recorded wrong answer of ``course/*/exercise.md``. What it must earn is
found out here, by handing it to the unit as a learner does, and never by the grader.

Usage: python benchmarks/made_up_class.py FOLDER [--unit quotes] [--number 30] [--compare GRADEBOOK]

Writes the class to FOLDER, one folder a learner. With --compare nothing is written: it makes the same class in memory, and
names every score in a gradebook that is not the one known beforehand.
"""

from __future__ import annotations

import argparse
import ast
import json
import random
import sys
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from forged import FORGED, forged_text, with_forged
from run_cells import outputs_of, with_outputs

import medialit
from medialit.authoring.source import read_source
from medialit.files import course_path, kit_root
from medialit.progress import Progress
from medialit.units.registry import UnitPlan, find_unit

KINDS = ("right", "partly", "wrong", "empty", "broken", "hostile")


@dataclass(frozen=True)
class Recorded:
    """One recorded answer to a task: its code and the score that it earns."""

    task: str
    code: str
    score: float


@dataclass
class Made:
    """One made-up learner: files, the exact score of every task, and words that the problem line must hold."""

    learner: str
    kind: str
    files: dict[str, bytes] = field(default_factory=dict)
    expected: dict[str, float] = field(default_factory=dict)
    says: str = ""
    attack: str = ""


@lru_cache(maxsize=8)
def recorded(unit: str) -> tuple[dict[str, Recorded], dict[str, list[Recorded]]]:
    """(solution of each task, wrong answers of each task) of a unit."""
    plan = find_unit(unit)
    cells = read_source(course_path(plan.folder, "exercise.md"))
    solutions: dict[str, Recorded] = {}
    wrong: dict[str, list[Recorded]] = {}
    for cell in cells:
        found = _scored(plan, cell.text) if cell.role in ("solution", "wrong") else None
        if found and cell.role == "solution":
            solutions[found.task] = found
        elif found:
            wrong.setdefault(found.task, []).append(found)
    return solutions, wrong


def _scored(plan: UnitPlan, code: str) -> Recorded | None:
    """What the unit itself gives for the answer of a cell, in a notebook of its own."""
    names: dict[str, Any] = {"medialit": medialit, "unit": medialit.open_unit(plan.name, progress=Progress())}
    body = ast.parse(code).body
    call = body[-1].value if isinstance(body[-1], ast.Expr) else None
    if not (isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "check" and len(call.args) == 2):
        return None
    exec(compile(ast.Module(body[:-1], []), "cell", "exec"), names)
    task = ast.literal_eval(call.args[0])
    answer = eval(compile(ast.Expression(call.args[1]), "cell", "eval"), names)
    return Recorded(task, code, round(names["unit"].submit(task, answer).score, 4))


@lru_cache(maxsize=8)
def template(unit: str) -> dict[str, Any]:
    """The exercise notebook as learners get it, with the outputs of a run."""
    path = kit_root() / "exercises" / f"{find_unit(unit).folder}.ipynb"
    return with_outputs(json.loads(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=512)
def ran(unit: str, parts: tuple[str, ...]) -> list[list[dict[str, Any]]]:
    """The outputs of cells that are run after the unit was opened."""
    return outputs_of([f'import medialit\nunit = medialit.open_unit("{unit}")', *parts])[1:]


def notebook(unit: str, codes: dict[str, str], change: str = "") -> bytes:
    """The exercise notebook with these answers in place of its stubs, run, and its cells treated as learners do."""
    return json.dumps(book(unit, codes, change)).encode()


def book(unit: str, codes: dict[str, str], change: str = "") -> dict[str, Any]:
    """The same as JSON data."""
    book = json.loads(json.dumps(template(unit)))
    cells = []
    for cell in book["cells"]:
        text = "".join(cell["source"])
        task = next(
            (task for task in codes if cell["cell_type"] == "code" and f'unit.check("{task}", answer)' in text), None
        )
        if task is None:
            cells.append(cell)
            continue
        parts = tuple(_parts(codes[task], change))
        answered = zip(parts, ran(unit, parts), strict=True)
        cells += [cell | {"source": part, "outputs": outputs} for part, outputs in answered]
        if change == "copied":
            # A copy of the answer above, the untouched stub below.
            cells.append(cell)
    if change == "moved":
        head, *rest = [cell for cell in cells if cell["cell_type"] == "code"]
        cells = [head, *rest[::-1]]
    if change == "deleted":
        cells = [cell for cell in cells if cell["cell_type"] == "code" and "unit.task(" not in "".join(cell["source"])]
    if change == "stripped":
        kept = ("cell_type", "source", "outputs")
        cells = [{name: value for name, value in cell.items() if name in kept} for cell in cells]
    return book | {"cells": cells}


def _parts(code: str, change: str) -> list[str]:
    if change != "split":
        return [code]
    body = ast.parse(code).body
    return [ast.unparse(body[:-1]), ast.unparse(body[-1])] if len(body) > 1 else [code]


CHANGES = ("", "", "copied", "moved", "deleted", "split", "stripped")


def make_class(unit: str, number: int, seed: int = 1) -> list[Made]:
    """``number`` learners: of six, two are right, two partly right, one is wrong; of the rest each kind has its share."""
    dice = random.Random(seed)
    made = []
    for place in range(number):
        kind = ("right", "partly", "right", "partly", "wrong", "hostile", "right", "partly", "empty", "broken")[
            place % 10
        ]
        one = Made(f"{kind}-{place:04}", kind)
        _FILL[kind](one, unit, dice, place // 10)
        made.append(one)
    return made


def _answers(one: Made, unit: str, chosen: dict[str, Recorded]) -> dict[str, str]:
    solutions, _ = recorded(unit)
    one.expected = {task: chosen[task].score if task in chosen else 0.0 for task in solutions}
    return {task: answer.code for task, answer in chosen.items()}


def _hand_in(one: Made, unit: str, chosen: dict[str, Recorded], dice: random.Random, nth: int) -> None:
    """By code in a notebook, or by click in a progress file."""
    codes, folder = _answers(one, unit, chosen), find_unit(unit).folder
    if nth % 4 == 3:
        one.files["my-progress.jsonl"] = clicked(unit, tuple(codes.values()))
        one.files[f"{folder}.ipynb"] = notebook(unit, {})
    else:
        one.files[f"{folder}.ipynb"] = notebook(unit, codes, dice.choice(CHANGES))


@lru_cache(maxsize=4096)
def clicked(unit: str, codes: tuple[str, ...]) -> bytes:
    """The progress file of a learner who gave these answers."""
    progress = Progress()
    opened = medialit.open_unit(unit, progress=progress)
    for code in codes:
        exec(code, {"medialit": medialit, "unit": opened})
    return progress.as_bytes()


def _right(one: Made, unit: str, dice: random.Random, nth: int) -> None:
    _hand_in(one, unit, recorded(unit)[0], dice, nth)


def _partly(one: Made, unit: str, dice: random.Random, nth: int) -> None:
    solutions, wrong = recorded(unit)
    chosen = {}
    for task, solution in solutions.items():
        answer = dice.choice([solution, None, *wrong.get(task, [])])
        if answer:
            chosen[task] = answer
    _hand_in(one, unit, chosen, dice, nth)


def _wrong(one: Made, unit: str, dice: random.Random, nth: int) -> None:
    _hand_in(one, unit, {task: dice.choice(answers) for task, answers in recorded(unit)[1].items()}, dice, nth)


def _empty(one: Made, unit: str, dice: random.Random, nth: int) -> None:
    _hand_in(one, unit, {}, dice, nth)


def _broken(one: Made, unit: str, dice: random.Random, nth: int) -> None:
    solutions, _wrong = recorded(unit)
    name = f"{find_unit(unit).folder}.ipynb"
    whole = notebook(unit, _answers(one, unit, solutions))
    first = next(iter(solutions))
    kind = nth % 6
    if kind == 0:
        one.files[name], one.says = whole[: len(whole) // 2], "JSON is damaged"
    elif kind == 1:
        data = json.loads(whole)
        cells = [cell | ({"outputs": []} if cell["cell_type"] == "code" else {}) for cell in data["cells"]]
        one.files[name], one.says = json.dumps(data | {"cells": cells}).encode(), "holds no answers"
    elif kind == 2:
        one.files[name], one.says = b"\xff\xfe" + whole, "not UTF-8"
    elif kind == 3:
        one.files["essay.txt"], one.says = b"I did not know what to hand in.", "no notebook"
    else:
        # One cell that cannot be read or that raises: every other cell still counts.
        bad = "answer = [" if kind == 4 else "answer = undefined_name"
        codes = {task: answer.code for task, answer in solutions.items()} | {
            first: bad + f"\nunit.check('{first}', answer)"
        }
        one.files[name] = notebook(unit, codes)
        one.expected[first] = 0.0
        return
    one.expected = dict.fromkeys(one.expected, 0.0)


def _hostile(one: Made, unit: str, dice: random.Random, nth: int) -> None:
    """One honest answer first, then outputs that no kit has written: they must earn nothing more."""
    solutions, _ = recorded(unit)
    first, other = list(solutions.values())[:2]
    plan, opened = find_unit(unit), medialit.open_unit(unit, progress=Progress())
    _answers(one, unit, {first.task: first})
    one.attack = list(FORGED)[nth % len(FORGED)]
    task = opened.tasks[other.task]
    text = forged_text(one.attack, plan.name, task.id, task.version, task.answer())
    one.files[f"{plan.folder}.ipynb"] = with_forged(book(unit, {first.task: first.code}), text)


_FILL = {"right": _right, "partly": _partly, "wrong": _wrong, "empty": _empty, "broken": _broken, "hostile": _hostile}


def write_class(made: list[Made], place: Path) -> Path:
    """Put a class into a folder, one folder a learner."""
    for one in made:
        folder = place / one.learner
        folder.mkdir(parents=True)
        for name, data in one.files.items():
            (folder / name).write_bytes(data)
    return place


def faults(made: list[Made], book: Any, unit: str) -> list[str]:
    """Where a gradebook differs from what the class must get; one line each."""
    grades = {(grade.learner, grade.task): grade.score for grade in book.grades if grade.unit == unit}
    lines = {receipt.learner: " ".join(receipt.problems) for receipt in book.submissions}
    found = []
    for one in made:
        if one.learner not in lines:
            found.append(f"{one.learner} is not in the gradebook")
            continue
        for task, score in one.expected.items():
            got = grades.get((one.learner, task)) or 0.0
            if got != score and not (one.kind == "hostile" and got < score):
                found.append(f"{one.learner} {task}: {got} instead of {score}")
        if one.says and one.says not in lines[one.learner]:
            found.append(f"{one.learner}: no line says “{one.says}”, but “{lines[one.learner]}”")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--unit", default="quotes")
    parser.add_argument("--number", type=int, default=30)
    parser.add_argument("--compare", metavar="GRADEBOOK")
    arguments = parser.parse_args()
    made = make_class(arguments.unit, arguments.number)
    if not arguments.compare:
        if arguments.folder.exists():
            print(f"{arguments.folder} is there already. Name a new folder.")
            return 1
        write_class(made, arguments.folder)
        print(f"{len(made)} made-up learners are in {arguments.folder}.")
        return 0
    from medialit.classroom.store import read_book

    found = faults(made, read_book(arguments.compare), find_unit(arguments.unit).name)
    print("\n".join(found) or f"All scores of {len(made)} learners are the ones known beforehand.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
