"""The validation of notebooks can fail: an output that was broken on purpose is caught, and so is a stripped one."""

import copy
import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest

from medialit.authoring.build import drifted
from medialit.authoring.verify import NBVAL
from medialit.files import kit_root

# Cells of unit 1 that are quick to run: its opening, a table, a chart. Each stands in the notebook as it was built, and
# then again with one number changed in one form of its output.
OPENING, TABLE, CHART = "open_unit", "unit.compare", "unit.voices"
CHANGES = {
    "text of a table": (TABLE, "text/plain", "0.4", "0.5"),
    "page of a table": (TABLE, "text/html", "0.4", "0.5"),
    "numbers of a chart": (CHART, "text/plain", "33%", "34%"),
}
SOUND = [OPENING, TABLE, CHART]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What the validation says of each cell: of one notebook, so that Python and a kernel are started only once."""
    notebook = nbformat.read(kit_root() / "notebooks" / "01-quotes.ipynb", as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    cells = {name: next(cell for cell in code if name in cell.source) for name in SOUND}
    for number, (name, (which, mime, old, new)) in enumerate(CHANGES.items()):
        cells[name] = copy.deepcopy(cells[which])
        cells[name].id = f"changed-{number}"
        data = cells[name].outputs[0].data
        assert old in data[mime]
        data[mime] = data[mime].replace(old, new, 1)
    assert '<svg role="img"' in cells[CHART].outputs[0].data["text/html"]
    notebook.cells = list(cells.values())
    path = tmp_path_factory.mktemp("nbval") / "lesson.ipynb"
    nbformat.write(notebook, path)
    # From the folder of the project, as the whole run does, so that the same sanitize file is used.
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", *NBVAL, str(path)],
        cwd=kit_root(),
        env={**os.environ, "MEDIALIT_PROGRESS": ":memory:"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stdout
    said = {int(number): word for word, number in re.findall(r"^(PASSED|FAILED) .*::Cell (\d+)", done.stdout, re.M)}
    assert sorted(said) == list(range(len(cells))), done.stdout
    return {name: said[number] for number, name in enumerate(cells)}


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_cell_passes(outcomes, name):
    assert outcomes[name] == "PASSED"


@pytest.mark.parametrize("name", CHANGES)
def test_one_changed_number_is_caught(outcomes, name):
    """Those of a chart too, although its picture is not compared."""
    assert outcomes[name] == "FAILED"


def test_a_stripped_notebook_is_caught_by_the_build_check(tmp_path):
    # nbval compares nothing in a cell without an execution count, so the build check must see it.
    for name in ("course", "notebooks", "exercises", "solutions"):
        shutil.copytree(kit_root() / name, tmp_path / name)

    path = tmp_path / "notebooks" / "01-quotes.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, path)
    assert any("was not run" in fault for fault in drifted(tmp_path))
