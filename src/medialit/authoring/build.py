"""Build the notebooks that learners open from the texts that people edit, and tell when they have drifted apart."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from medialit.authoring.source import SourceCell, for_learners, read_source, with_solutions
from medialit.errors import CaseError, MedialitError

MAX_LESSON_CELLS = 25
MAX_BYTES = 200_000
TIMEOUT = 120
# Text and pictures stay; a live widget does not, because its model is gone when the notebook is opened again.
_LIVE = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True)
class Target:
    """One notebook to build: its source, its place and its cells."""

    source: Path
    path: Path
    cells: tuple[SourceCell, ...]


def targets(root: Path, units: Iterable[str] = ()) -> list[Target]:
    """All notebooks of the course under ``root``, or those of the named unit folders.

    Raises CaseError for a fault in a source, MedialitError when a unit is unknown.
    """
    course = root / "course"
    folders = sorted(folder for folder in course.iterdir() if folder.is_dir())
    wanted = list(units)
    for name in wanted:
        if name not in [folder.name for folder in folders]:
            raise MedialitError(f"There is no unit “{name}” in course/. Units: {', '.join(f.name for f in folders)}.")
    found: list[Target] = []
    for folder in folders:
        if wanted and folder.name not in wanted:
            continue
        lesson, exercise = folder / "lesson.md", folder / "exercise.md"
        if lesson.is_file():
            cells = read_source(lesson)
            if len(cells) > MAX_LESSON_CELLS:
                raise CaseError(f"A lesson has at most {MAX_LESSON_CELLS} cells; this has {len(cells)}.", file=lesson)
            found.append(Target(lesson, root / "notebooks" / f"{folder.name}.ipynb", tuple(cells)))
        if exercise.is_file():
            cells = read_source(exercise)
            found.append(Target(exercise, root / "exercises" / f"{folder.name}.ipynb", tuple(for_learners(cells))))
            found.append(Target(exercise, root / "solutions" / f"{folder.name}.ipynb", tuple(with_solutions(cells))))
    return found


def as_notebook(target: Target) -> Any:
    """The notebook of a target, not yet run. The same source always gives the same bytes."""
    notebook = nbformat.v4.new_notebook()
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(target.cells):
        made = nbformat.v4.new_code_cell(cell.text) if cell.kind == "code" else nbformat.v4.new_markdown_cell(cell.text)
        # The id must not change from build to build, or every build would look like an edit.
        made.id = hashlib.sha256(f"{target.path.name}:{number}:{cell.text}".encode()).hexdigest()[:8]
        notebook.cells.append(made)
    return notebook


def run(notebook: Any, target: Target) -> Any:
    """Run all cells in a fresh kernel and keep their outputs. Raises MedialitError with the cell that failed."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    folder = target.path.parent
    folder.mkdir(parents=True, exist_ok=True)
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
        coalesce_streams=True,
    )
    try:
        client.execute(env={**os.environ, "MEDIALIT_PROGRESS": ":memory:"})
    except (CellExecutionError, CellTimeoutError) as error:
        number = sum(cell.get("execution_count") is not None for cell in notebook.cells)
        raise MedialitError(f"{target.source.name}: code cell {number} failed while building: {error}") from None
    return cleaned(notebook)


def cleaned(notebook: Any) -> Any:
    """Without live widgets and other traces of one run; text and pictures stay."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(_LIVE, None)
    return notebook


def build(root: Path, units: Iterable[str] = ()) -> list[Path]:
    """Build and run the notebooks under ``root``; returns the files that changed.

    Raises MedialitError when a cell fails or a notebook grows too large.
    """
    changed = []
    for target in targets(root, units):
        text = nbformat.writes(run(as_notebook(target), target)) + "\n"
        if len(text.encode()) > MAX_BYTES:
            size = len(text.encode()) // 1000
            raise MedialitError(f"{target.path.name} would be {size} KB; the limit is {MAX_BYTES // 1000} KB.")
        if not target.path.is_file() or target.path.read_text(encoding="utf-8") != text:
            spare = target.path.with_suffix(".ipynb.part")
            spare.write_text(text, encoding="utf-8")
            spare.replace(target.path)
            changed.append(target.path)
    return changed


def drifted(root: Path, units: Iterable[str] = ()) -> list[str]:
    """What no longer agrees with its source, one sentence each; empty when all is well. Changes and runs nothing."""
    found = []
    wanted = targets(root, units)
    for target in wanted:
        found += _drift(target, target.path.relative_to(root))
    if not list(units):
        known = {target.path for target in wanted}
        for folder in ("notebooks", "exercises", "solutions"):
            for path in sorted((root / folder).glob("*.ipynb")):
                if path not in known:
                    found.append(f"{path.relative_to(root)} has no source in course/. Remove it.")
    return found


def _drift(target: Target, name: Path) -> list[str]:
    if not target.path.is_file():
        return [f"{name} is missing. Run medialit build."]
    try:
        there = nbformat.read(target.path, as_version=4)
    except Exception:
        return [f"{name} is not a notebook any more. Run medialit build."]
    wanted = as_notebook(target)
    pairs = zip(wanted.cells, there.cells, strict=False)
    for number, (right, found) in enumerate(pairs, 1):
        if (right.cell_type, right.source, right.id) != (found.cell_type, found.source, found.get("id")):
            return [f"{name}: cell {number} differs from {target.source.name}. Run medialit build."]
    if len(wanted.cells) != len(there.cells):
        return [f"{name} has {len(there.cells)} cells, its source {len(wanted.cells)}. Run medialit build."]
    for number, cell in enumerate(there.cells, 1):
        if cell.cell_type == "code":
            if cell.execution_count is None:
                return [f"{name}: cell {number} was not run. Run medialit build."]
            if any(output.output_type == "error" for output in cell.outputs):
                return [f"{name}: cell {number} holds an error. Mend the source, then run medialit build."]
    return []
