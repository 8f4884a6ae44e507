"""The same notebooks graded by nbgrader, as its own documentation does it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import time
from pathlib import Path
from typing import Any

from made_up_class import Made, template

import medialit

PASS_AT = 0.8


def processor_seconds() -> float:
    """Seconds of a processor that all ended children of this process took. Unlike the clock, others' work is not in it."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(command: list[str], folder: Path) -> tuple[float, float]:
    """(seconds, processor seconds) of a command that must succeed."""
    source = str(Path(medialit.__file__).parents[1])
    env = {**os.environ, "PYTHONPATH": source, "MEDIALIT_PROGRESS": ":memory:"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    # nbgrader starts alembic by its name.
    env["PATH"] = f"{Path(command[0]).parent}{os.pathsep}{env['PATH']}"
    begun, busy = time.perf_counter(), processor_seconds()
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:3])} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return time.perf_counter() - begun, processor_seconds() - busy


def _with_tests(book: dict[str, Any], cell_of: Any) -> dict[str, Any]:
    """The notebook with a cell after each answer; ``cell_of(task)`` makes it, and answers are passed through it too."""
    cells = []
    for cell in book["cells"]:
        text = "".join(cell["source"])
        task = text.rpartition('unit.check("')[2].partition('"')[0] if 'unit.check("' in text else ""
        if cell["cell_type"] == "code" and task:
            cells += cell_of(task, cell)
        else:
            cells.append(cell)
    return book | {"cells": cells}


def nbgrader_seconds(venv: Path, unit: str, made: list[Made], folder: Path) -> dict[str, float]:
    """Seconds a submission of ``nbgrader autograde`` and the share of tests that passed."""

    def cell_of(task: str, cell: dict[str, Any]) -> list[dict[str, Any]]:
        name = task.replace(".", "-")
        mark = {"schema_version": 3, "task": False}
        answer = {"grade": False, "grade_id": f"answer-{name}", "locked": False, "solution": True}
        test = {"grade": True, "grade_id": f"test-{name}", "locked": True, "solution": False, "points": 1}
        return [
            {**cell, "metadata": {"nbgrader": {**mark, **answer}}},
            {
                "cell_type": "code",
                "id": f"test-{name}",
                "execution_count": None,
                "outputs": [],
                "metadata": {"nbgrader": {**mark, **test}},
                "source": f'assert unit.submit("{task}", answer).score >= {PASS_AT}',
            },
        ]

    def write(place: Path, book: dict[str, Any]) -> None:
        place.mkdir(parents=True)
        (place / "work.ipynb").write_text(json.dumps(_with_tests(book, cell_of)), encoding="utf-8")

    write(folder / "source" / "ps1", template(unit))
    for one in made:
        write(folder / "submitted" / one.learner / "ps1", json.loads(next(iter(one.files.values()))))
    (folder / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'x'\n")
    nbgrader = str(venv.resolve() / "bin" / "nbgrader")
    _run([nbgrader, "generate_assignment", "ps1", "--force"], folder)
    seconds, busy = _run([nbgrader, "autograde", "ps1", "--force"], folder)
    _run([nbgrader, "export"], folder)
    rows = (folder / "grades.csv").read_text(encoding="utf-8").splitlines()
    score = rows[0].split(",").index("score")
    points = sum(float(row.split(",")[score]) for row in rows[1:])
    tests = sum(len(one.expected) for one in made)
    return {
        "submissions": len(made),
        "seconds a submission": seconds / len(made),
        "processor seconds a submission": busy / len(made),
        "tests passed": points / tests,
    }
