"""Starting the lab: a learner's file is never overwritten, and every mistake is a plain sentence."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from prompt import typed

from medialit.errors import MedialitError
from medialit.files import kit_root
from medialit.launch import RECORD, commands_first, copy_course, first_page, lab_arguments, prepare, trust


@pytest.fixture
def kit(tmp_path):
    for name in ("notebooks", "exercises"):
        (tmp_path / "kit" / name).mkdir(parents=True)
        (tmp_path / "kit" / name / "01-a.ipynb").write_text(f"{name} one", encoding="utf-8")
    return tmp_path / "kit"


def test_the_course_is_copied_once_and_what_was_there_is_left_alone(kit, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    assert copy_course(kit, home).new == ["exercises/01-a.ipynb", "notebooks/01-a.ipynb"]
    assert str(copy_course(kit, home)) == "The course is as you left it."


def test_what_the_learner_changed_is_never_overwritten(kit, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    copy_course(kit, home)
    mine = home / "notebooks" / "01-a.ipynb"
    mine.write_text("my own work", encoding="utf-8")
    for version in ("two", "three"):
        for name in ("notebooks", "exercises"):
            (kit / name / "01-a.ipynb").write_text(f"{name} {version}", encoding="utf-8")
        done = copy_course(kit, home)
        assert (mine.read_text(encoding="utf-8"), done.updated) == ("my own work", ["exercises/01-a.ipynb"])
        assert done.beside == ["notebooks/01-a.new.ipynb"]
        assert (home / "notebooks" / "01-a.new.ipynb").read_text(encoding="utf-8") == f"notebooks {version}"


def test_a_file_that_was_there_before_is_left_alone(kit, tmp_path):
    home = tmp_path / "home"
    (home / "notebooks").mkdir(parents=True)
    (home / "notebooks" / "01-a.ipynb").write_text("somebody's own", encoding="utf-8")
    copy_course(kit, home)
    assert (home / "notebooks" / "01-a.ipynb").read_text(encoding="utf-8") == "somebody's own"


def test_the_new_version_is_kept_too_once_the_learner_works_in_it(kit, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    copy_course(kit, home)
    (home / "notebooks" / "01-a.ipynb").write_text("my own work", encoding="utf-8")
    (kit / "notebooks" / "01-a.ipynb").write_text("two", encoding="utf-8")
    copy_course(kit, home)
    newer = home / "notebooks" / "01-a.new.ipynb"
    newer.write_text("my work in version two", encoding="utf-8")
    (kit / "notebooks" / "01-a.ipynb").write_text("three", encoding="utf-8")
    said = str(copy_course(kit, home))
    assert said == "notebooks/01-a.new-2.ipynb is new; your own version was left as it is."
    assert newer.read_text(encoding="utf-8") == "my work in version two"
    assert first_page(home).endswith("/01-a.ipynb")


def test_a_damaged_record_never_costs_a_file(kit, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    copy_course(kit, home)
    (home / "notebooks" / "01-a.ipynb").write_text("my own work", encoding="utf-8")
    (home / RECORD).write_text("{ cut in ha", encoding="utf-8")
    (kit / "notebooks" / "01-a.ipynb").write_text("two", encoding="utf-8")
    copy_course(kit, home)
    assert (home / "notebooks" / "01-a.ipynb").read_text(encoding="utf-8") == "my own work"
    assert json.loads((home / RECORD).read_text(encoding="utf-8"))


def test_inside_the_course_no_second_copy_is_made(kit, tmp_path, monkeypatch):
    monkeypatch.setattr("medialit.launch.kit_root", lambda: kit)
    monkeypatch.chdir(tmp_path)
    place, _ = prepare()
    assert place == tmp_path / "medialit-course"
    monkeypatch.chdir(place)
    assert (prepare()[0], list(place.rglob("medialit-course"))) == (place, [])


def test_only_the_kits_own_notebooks_are_trusted(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    kit, home = tmp_path / "kit", tmp_path / "home"
    for name in ("a", "b"):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(f"'{name}'")])
        notebook.cells[0].outputs = [nbformat.v4.new_output("display_data", {"text/html": f"<b>{name}</b>"})]
        (kit / "notebooks").mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, kit / "notebooks" / f"{name}.ipynb")
    home.mkdir()
    copy_course(kit, home)
    changed = home / "notebooks" / "b.ipynb"
    changed.write_text(changed.read_text(encoding="utf-8").replace("<b>b", "<b>c"), encoding="utf-8")
    trust(kit, home)
    notary = nbformat.sign.NotebookNotary()
    signed = [notary.check_signature(nbformat.read(home / "notebooks" / f"{n}.ipynb", as_version=4)) for n in "ab"]
    assert signed == [True, False]


def test_no_folder_and_no_lessons_are_sentences(kit, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(MedialitError, match="--folder"):
        copy_course(kit, tmp_path / "file")
    with pytest.raises(MedialitError, match="no lessons"):
        first_page(tmp_path)


def test_the_lab_opens_on_the_first_lesson_or_the_start_page_of_this_machine(kit):
    assert first_page(kit) == "/lab/tree/notebooks/01-a.ipynb"
    arguments = lab_arguments(kit, kit, 8899, browser=False)
    assert "--ServerApp.ip=127.0.0.1" in arguments
    assert "--no-browser" in arguments
    assert "--ServerApp.port=8899" in arguments
    # Nothing is fetched from the network: no news, no list of extensions.
    assert "--LabApp.extension_manager=readonly" in arguments
    (kit / "notebooks" / "00-start.ipynb").write_text("start", encoding="utf-8")
    assert first_page(kit) == "/lab/tree/notebooks/00-start.ipynb"
    assert first_page(kit_root()) == "/lab/tree/notebooks/00-start.ipynb"


def test_a_page_saved_as_html_shows_its_tasks_as_text(kit):
    from jupyter_server.serverapp import ServerApp
    from nbconvert import HTMLExporter

    server = ServerApp()
    server.parse_command_line(lab_arguments(kit, kit, None, browser=False))
    shown = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/html": "<p>Task 1.3</p>"}
    page = new_notebook(cells=[new_code_cell("1", outputs=[new_output("display_data", data=shown)])])
    page.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {"1": {}}}}
    html, _ = HTMLExporter(config=server.config).from_notebook_node(page)
    assert "<p>Task 1.3</p>" in html


def test_help_version_and_the_courses_own_commands():
    assert "One news story, four lenses" in typed("--help").out
    started = subprocess.run([sys.executable, "-m", "medialit", "--version"], capture_output=True, text=True)
    assert started.stdout.startswith("medialit 0.")
    here = str(Path(sys.executable).parent)
    usual = os.pathsep.join(["/usr/bin", here, "/bin"])
    assert (commands_first(usual).split(os.pathsep), commands_first("")) == ([here, "/usr/bin", "/bin"], here)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["frobnicate"], 2, "No such command"),
        (["lab", "--port", "0"], 2, "--port"),
        (["author", "build", "--root", "/nowhere"], 2, "not a checkout"),
        (["build", "--unit", "99-none"], 2, "There is no unit"),
        (["author", "train"], 1, "Install it with: pip install scikit-learn"),
        (["author", "schema", "README.md", "30.0"], 1, "is not schema.org's vocabulary"),
        (["author", "settle", "nowhere"], 1, "There is no case at “nowhere”"),
        (["author", "agreement", "missile-tests"], 0, "| techniques |"),
        (["lab", "--folder", "pyproject.toml"], 1, "--folder"),
        (["author", "build", "--check", "--unit", "00-welcome"], 0, "agree with their sources"),
    ],
)
def test_exit_codes_and_plain_sentences(arguments, code, words):
    done = typed(*arguments, cwd=kit_root())
    assert done.code == code, done.err
    assert words in done.out + done.err


@pytest.mark.parametrize("arguments", [["author", "key"], ["key", "--out", "key.md"]])
def test_the_answer_key_is_for_those_with_the_tools_for_instructors(arguments, monkeypatch, tmp_path):
    monkeypatch.setattr("medialit.authoring.commands.find_spec", lambda name: None if name == "sqlalchemy" else name)
    done = typed(*arguments, cwd=tmp_path)
    assert "pip install 'medialit[classroom]'" in done.err
    assert done.code == 1
    assert not list(tmp_path.iterdir())
    assert "Answer key" not in done.out


def test_every_command_of_an_author_says_what_it_is_for():
    said = typed("author", "--help").out
    for name in ("build", "key", "case", "settle", "agreement", "seal", "pairs", "train", "schema"):
        assert f"  {name} " in said
