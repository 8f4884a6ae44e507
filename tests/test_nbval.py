"""The validation of notebooks can fail: an output that was broken on purpose is caught, and so is a stripped one."""

import os
import subprocess
import sys

import nbformat
import pytest

from medialit.authoring.build import drifted
from medialit.authoring.verify import NBVAL
from medialit.files import kit_root


def validate(path):
    env = {**os.environ, "MEDIALIT_PROGRESS": ":memory:"}
    # From the folder of the project, as the whole run does, so that the same sanitize file is used.
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *NBVAL, str(path)],
        cwd=kit_root(),
        env=env,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def lesson(tmp_path):
    """The opening and the table of unit 1, which is quick to run."""
    notebook = nbformat.read(kit_root() / "notebooks" / "01-quotes.ipynb", as_version=4)
    wanted = ("open_unit", "unit.compare", "unit.voices")
    notebook.cells = [c for c in notebook.cells if c.cell_type == "code" and any(w in c.source for w in wanted)]
    path = tmp_path / "lesson.ipynb"
    nbformat.write(notebook, path)
    return path


def change(path, act):
    notebook = nbformat.read(path, as_version=4)
    act(notebook)
    nbformat.write(notebook, path)


def test_a_sound_notebook_passes(lesson):
    done = validate(lesson)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("mime", ["text/plain", "text/html"])
def test_one_changed_number_is_caught(lesson, mime):
    def act(notebook):
        data = notebook.cells[1].outputs[0].data
        assert "0.4" in data[mime]
        data[mime] = data[mime].replace("0.4", "0.5", 1)

    change(lesson, act)
    done = validate(lesson)
    assert done.returncode == 1
    assert "1 failed" in done.stdout


def test_the_numbers_of_a_chart_are_compared_although_its_picture_is_not(lesson):
    def act(notebook):
        data = notebook.cells[2].outputs[0].data
        assert "data:image/png" in data["text/html"]
        data["text/plain"] = data["text/plain"].replace("33 %", "34 %", 1)

    change(lesson, act)
    assert validate(lesson).returncode == 1


def test_a_stripped_notebook_is_caught_by_the_build_check(tmp_path):
    # nbval compares nothing in a cell without an execution count, so the build check must see it.
    import shutil

    for name in ("course", "notebooks", "exercises", "solutions"):
        shutil.copytree(kit_root() / name, tmp_path / name)

    def act(notebook):
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None

    change(tmp_path / "notebooks" / "01-quotes.ipynb", act)
    assert any("was not run" in fault for fault in drifted(tmp_path))
