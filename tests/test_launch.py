"""Starting the lab: a learner's file is never overwritten, and a wheel works without a checkout."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from medialit.errors import MedialitError
from medialit.files import kit_root
from medialit.launch import copy_course, first_page, lab_arguments


@pytest.fixture
def kit(tmp_path):
    for name in ("notebooks", "exercises"):
        (tmp_path / "kit" / name).mkdir(parents=True)
        (tmp_path / "kit" / name / "01-a.ipynb").write_text(f"{name} one", encoding="utf-8")
    return tmp_path / "kit"


def test_the_course_is_copied_once(kit, tmp_path):
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
        assert mine.read_text(encoding="utf-8") == "my own work"
        assert done.updated == ["exercises/01-a.ipynb"]
        assert done.beside == ["notebooks/01-a.new.ipynb"]
        assert (home / "notebooks" / "01-a.new.ipynb").read_text(encoding="utf-8") == f"notebooks {version}"


def test_a_file_that_was_there_before_is_left_alone(kit, tmp_path):
    home = tmp_path / "home"
    (home / "notebooks").mkdir(parents=True)
    (home / "notebooks" / "01-a.ipynb").write_text("somebody's own", encoding="utf-8")
    copy_course(kit, home)
    assert (home / "notebooks" / "01-a.ipynb").read_text(encoding="utf-8") == "somebody's own"


def test_a_folder_that_cannot_be_written_is_a_sentence(kit, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(MedialitError, match="--folder"):
        copy_course(kit, tmp_path / "file")


def test_the_lab_opens_on_the_first_lesson_and_only_on_this_machine(kit):
    assert first_page(kit) == "/lab/tree/notebooks/01-a.ipynb"
    arguments = lab_arguments(kit, kit, 8899, browser=False)
    assert "--ServerApp.ip=127.0.0.1" in arguments
    assert "--no-browser" in arguments
    assert "--ServerApp.port=8899" in arguments


def test_no_lessons_is_a_sentence(tmp_path):
    with pytest.raises(MedialitError, match="no lessons"):
        first_page(tmp_path)


# --- the command line ---


def run(*arguments, **more):
    return subprocess.run([sys.executable, "-m", "medialit", *arguments], capture_output=True, text=True, **more)


def test_help_and_version():
    assert "One news story, four lenses" in run("--help").stdout
    assert run("--version").stdout.startswith("medialit 0.")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["frobnicate"], 2, "No such command"),
        (["lab", "--port", "0"], 2, "--port"),
        (["build", "--root", "/nowhere"], 2, "not a checkout"),
        (["build", "--unit", "99-none"], 1, "There is no unit"),
        (["build", "--check"], 0, "agree with their sources"),
    ],
)
def test_exit_codes_and_plain_sentences(arguments, code, words):
    done = run(*arguments, cwd=kit_root())
    assert done.returncode == code, done.stderr
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


# --- the wheel ---


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The built wheel, unpacked into a folder of its own."""
    out = tmp_path_factory.mktemp("wheel")
    source = out / "source"
    keep = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis", "dist")
    shutil.copytree(kit_root(), source, ignore=keep)
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)],
        check=True,
        capture_output=True,
    )
    shutil.rmtree(source)
    (file,) = out.glob("*.whl")
    with zipfile.ZipFile(file) as archive:
        archive.extractall(out / "site")
    return out / "site"


PREPARE = "from medialit.launch import prepare; from pathlib import Path; print(prepare(None)[1])"
CHECK = """
import medialit
unit = medialit.open_unit("quotes")
print(medialit.__file__)
print(unit.check("1.3", ["marks", "said", "according"]).text)
"""


def from_wheel(wheel, code, folder):
    """Run code that sees the unpacked wheel before everything else, far from any checkout."""
    env = {**os.environ, "PYTHONPATH": str(wheel)}
    env.pop("MEDIALIT_PROGRESS", None)
    return subprocess.run([sys.executable, "-c", code], cwd=folder, env=env, capture_output=True, text=True, check=True)


def test_the_wheel_copies_the_course_and_keeps_the_learners_file(wheel, tmp_path):
    assert "files of the course were copied" in from_wheel(wheel, PREPARE, tmp_path).stdout
    lesson = tmp_path / "medialit-course" / "notebooks" / "01-quotes.ipynb"
    assert lesson.is_file()
    lesson.write_text("mine", encoding="utf-8")
    from_wheel(wheel, PREPARE, tmp_path)
    assert lesson.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "medialit-course" / "solutions").exists()


def test_a_task_can_be_checked_from_the_wheel_alone(wheel, tmp_path):
    said = from_wheel(wheel, CHECK, tmp_path).stdout
    assert str(wheel) in said
    assert "Passed" in said


def test_the_wheel_holds_no_solutions(wheel):
    names = [p.relative_to(wheel).as_posix() for p in Path(wheel).rglob("*")]
    assert not [n for n in names if "solutions" in n]
    assert "medialit/_kit/datasets/missile-tests/article.txt" in names
