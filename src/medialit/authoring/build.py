"""Build the notebooks that learners open from the texts that people edit, and tell when they have drifted apart."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from medialit.authoring.course import COURSE_JSON, course_json
from medialit.authoring.guides import guides
from medialit.authoring.outputs import clean, digest, fault
from medialit.authoring.pages import pages
from medialit.authoring.pictures import without_words
from medialit.authoring.source import SourceCell, for_learners, read_source, with_run_line, with_solutions
from medialit.errors import CaseError, MedialitError
from medialit.files import write_whole

MAX_LESSON_CELLS = 32
# course/pages/NAME.md becomes notebooks/NAME.ipynb.
PAGES = "pages"
MAX_BYTES = 200_000
TIMEOUT = 120
AGAIN = "Run medialit author build."
# The same on every machine and in every run. Nothing of a build goes into the author's own progress file.
STEADY = {"MEDIALIT_PROGRESS": ":memory:", "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "315532800", "MPLBACKEND": "agg"}


@dataclass(frozen=True)
class Target:
    """One notebook to build: its source, its place and its cells."""

    source: Path
    path: Path
    cells: tuple[SourceCell, ...]


def unit_folders(root: Path) -> list[Path]:
    """The folders of the course's units, in order: their names begin with a number."""
    return sorted(folder for folder in (root / "course").iterdir() if folder.is_dir() and folder.name[:2].isdigit())


def _lesson(source: Path, path: Path) -> Target:
    """A lesson or a page: not too many cells, none of them an exercise."""
    cells = read_source(source)
    for cell in cells:
        if cell.role:
            raise CaseError("Only exercise.md has cells with tags.", file=source, line=cell.line, field=cell.role)
    if len(cells) > MAX_LESSON_CELLS:
        raise CaseError(f"A lesson has at most {MAX_LESSON_CELLS} cells; this has {len(cells)}.", file=source)
    return Target(source, path, with_run_line(cells))


def buildable(root: Path) -> list[str]:
    """What can be built by itself: each unit's folder, ``pages`` for notebooks of no unit, and ``paths`` for the start page
    and the workshops' pages."""
    pages = [PAGES] if (root / "course" / PAGES).is_dir() else []
    return [*(folder.name for folder in unit_folders(root)), *pages, *(["paths"] if _paths(root).is_file() else [])]


def _paths(root: Path) -> Path:
    return root / "course" / "paths.yaml"


def targets(root: Path, units: Iterable[str] = ()) -> list[Target]:
    """All notebooks of the course under ``root``, or those of the named unit folders.

    Raises CaseError for a fault in a source, MedialitError when a unit is unknown.
    """
    folders, known = unit_folders(root), buildable(root)
    wanted = list(units)
    for name in wanted:
        if name not in known:
            raise MedialitError(f"There is no unit “{name}” in course/. Units: {', '.join(known)}.")
    found: list[Target] = []
    if not wanted or PAGES in wanted:
        for page in sorted((root / "course" / PAGES).glob("*.md")):
            found.append(_lesson(page, root / "notebooks" / f"{page.stem}.ipynb"))
    for folder in folders:
        if wanted and folder.name not in wanted:
            continue
        lesson, exercise = folder / "lesson.md", folder / "exercise.md"
        if lesson.is_file():
            found.append(_lesson(lesson, root / "notebooks" / f"{folder.name}.ipynb"))
        if exercise.is_file():
            cells = read_source(exercise)
            found.append(
                Target(exercise, root / "exercises" / f"{folder.name}.ipynb", with_run_line(for_learners(cells)))
            )
            cells = read_source(exercise, instructor=True)
            found.append(
                Target(exercise, root / "solutions" / f"{folder.name}.ipynb", with_run_line(with_solutions(cells)))
            )
    if _paths(root).is_file() and (not wanted or "paths" in wanted):
        found += [
            Target(_paths(root), root / "notebooks" / f"{name}.ipynb", with_run_line(cells))
            for name, cells in pages(root)
        ]
    return found


def as_notebook(target: Target) -> Any:
    """The notebook of a target, not yet run. The same source always gives the same bytes."""
    notebook = nbformat.v4.new_notebook()
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "medialit": {
            "page": f"{target.path.parent.name}/{target.path.stem}",
            "source": target.source.relative_to(target.path.parents[1]).as_posix(),
        },
    }
    for number, cell in enumerate(target.cells):
        made = nbformat.v4.new_code_cell(cell.text) if cell.kind == "code" else nbformat.v4.new_markdown_cell(cell.text)
        # The id must not change from build to build, or every build would look like an edit.
        made.id = hashlib.sha256(f"{target.path.name}:{number}:{cell.text}".encode()).hexdigest()[:8]
        made.metadata = cell.metadata
        notebook.cells.append(made)
    return notebook


def run(notebook: Any, target: Target, root: Path) -> Any:
    """Run all cells in a fresh kernel and keep their outputs. Raises CaseError with the line of the cell that failed."""
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    folder = target.path.parent
    folder.mkdir(parents=True, exist_ok=True)
    started: list[int] = []
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
        coalesce_streams=True,
        on_cell_start=lambda cell, cell_index: started.append(cell_index),
    )
    words = ""
    try:
        client.execute(env={**os.environ, **STEADY}, stderr=subprocess.DEVNULL)
    except CellExecutionError as error:
        words = f"This cell failed: {error.ename}: {error.evalue}"
    except CellTimeoutError:
        words = f"This cell ran for more than {TIMEOUT} seconds and was stopped."
    except DeadKernelError:
        words = "Python stopped while it ran this cell."
    except NoSuchKernel:
        raise MedialitError("There is no Jupyter kernel for Python here. Install medialit again.") from None
    except AssertionError:
        # nbclient answers Ctrl+C by taking its kernel away, and then trips over the missing kernel.
        raise KeyboardInterrupt from None
    if words:
        raise CaseError(words, file=target.source, line=target.cells[started[-1]].line)
    clean(notebook)
    for cell, source in zip(notebook.cells, target.cells, strict=True):
        if words := fault(cell.get("outputs", []), root):
            raise CaseError(words, file=target.source, line=source.line)
    notebook.metadata["medialit"]["outputs"] = digest(notebook)
    return notebook


def build(root: Path, units: Iterable[str] = ()) -> list[Path]:
    """Build and run the notebooks under ``root``; returns the files that changed.

    Raises MedialitError when a cell fails or a notebook grows too large.
    """
    changed = []

    def put(path: Path, text: bytes) -> None:
        if not path.is_file() or path.read_bytes() != text:
            _write(path, text)
            changed.append(path)

    for target in targets(root, units):
        text = (nbformat.writes(run(as_notebook(target), target, root)) + "\n").encode()
        if len(text) > MAX_BYTES:
            size, name = -(-len(text) // 1000), target.path.relative_to(root).as_posix()
            raise CaseError(f"{name} would be {size} KB; the limit is {MAX_BYTES // 1000} KB.", file=target.source)
        put(target.path, text)
    for path, words in _texts(root, units).items():
        put(path, words.encode())
    return changed


def _texts(root: Path, units: Iterable[str]) -> dict[Path, str]:
    """The guides in docs/ and the course view's course.json, filled from the course; none when only a unit is built."""
    if not _paths(root).is_file() or not (root / "docs").is_dir() or (list(units) and "paths" not in units):
        return {}
    pages = [(f"{t.path.parent.name}/{t.path.stem}", t.cells) for t in targets(root)]
    learners = [(name, cells) for name, cells in pages if not name.startswith("solutions/")]
    return {**guides(root), root / COURSE_JSON: course_json(root, learners)}


def _write(path: Path, text: bytes) -> None:
    """Put the whole file in place at once, so that nobody ever reads half of it."""
    try:
        write_whole(path, text, sync=False)
    except OSError as error:
        raise MedialitError(
            f"{path.name} could not be written ({error.strerror}). The old one is still there."
        ) from None


def drifted(root: Path, units: Iterable[str] = ()) -> list[str]:
    """What no longer agrees with its source, one sentence each; empty when all is well. Changes and runs nothing."""
    found = []
    wanted = targets(root, units)
    for target in wanted:
        found += _drift(target, target.path.relative_to(root).as_posix())
    if not list(units):
        known = {target.path for target in wanted}
        for folder in ("notebooks", "exercises", "solutions"):
            for path in sorted((root / folder).glob("*.ipynb")):
                if path not in known:
                    found.append(f"{path.relative_to(root).as_posix()} has no source in course/. Remove it.")
    for path, words in _texts(root, list(units)).items():
        if not path.is_file() or path.read_text(encoding="utf-8") != words:
            found.append(f"{path.relative_to(root).as_posix()} differs from the course. {AGAIN}")
    return found


def _drift(target: Target, name: str) -> list[str]:
    if not target.path.is_file():
        return [f"{name} is missing. {AGAIN}"]
    try:
        there = nbformat.read(target.path, as_version=4)
    except Exception:
        return [f"{name} is not a notebook any more. {AGAIN}"]
    # Pictures that say nothing to somebody who does not see them.
    if mute := without_words(there):
        return [f"{name}, cell {number}: {words}" for number, words in mute]
    found = _difference(as_notebook(target), there, target.source.name)
    return [f"{name}{found}"] if found else []


def _difference(wanted: Any, there: Any, source: str) -> str:
    """What differs between a notebook and what a build would make, as the rest of a sentence; empty when all is well."""
    for number, (right, found) in enumerate(zip(wanted.cells, there.cells, strict=False), 1):
        if (right.cell_type, right.source, right.id) != (found.cell_type, found.source, found.get("id")):
            return f": cell {number} differs from {source}. {AGAIN}"
    if len(wanted.cells) != len(there.cells):
        return f" has {len(there.cells)} cells, its source {len(wanted.cells)}. {AGAIN}"
    for number, cell in enumerate(there.cells, 1):
        if cell.cell_type == "code":
            if cell.execution_count is None:
                return f": cell {number} was not run. {AGAIN}"
            if any(output.output_type == "error" for output in cell.outputs):
                return f": cell {number} holds an error. Fix the source, then run medialit author build."
    built = dict(there.metadata.get("medialit", {}))
    if built.pop("outputs", "") != digest(there):
        return f": its outputs are not those of the build. Was it run in JupyterLab? {AGAIN}"
    cells = zip(wanted.cells, there.cells, strict=True)
    kept = {**there.metadata, "medialit": built}
    if kept != wanted.metadata or any(right.metadata != found.metadata for right, found in cells):
        return f": its metadata are not those of the build. Was it saved in JupyterLab? {AGAIN}"
    return ""
