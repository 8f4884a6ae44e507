"""The wheel works without a checkout: installed into an empty environment, started in an empty folder."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile

import pytest
from family import ends_with_us
from own_case import copy_of
from test_own_quiz import OWN

from medialit.files import kit_root

# What a working folder gathers besides the project's files.
KEEP_OUT = shutil.ignore_patterns(
    ".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "dist", "node_modules", ".floors"
)
SCRIPTS, SUFFIX = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
CHECK = """
import medialit
unit = medialit.open_unit("quotes")
print(medialit.__file__)
print(unit.check("1.3", ["marks", "said", "according"]).text)
from medialit.progress import Progress
progress = Progress()
for which in ("before", "after"):
    test = medialit.open_test(which, progress)
    test.begin()
    for statement in test.form.statements:
        test.answer(statement.id, True)
    said = test.hand_in()
print(said.text)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The built wheel. What somebody left lying in the notebooks' folders must not get into it."""
    out = tmp_path_factory.mktemp("wheel")
    source = shutil.copytree(kit_root(), out / "source", ignore=KEEP_OUT)
    (source / "notebooks" / ".ipynb_checkpoints").mkdir(exist_ok=True)
    for name in (".ipynb_checkpoints/01-quotes-checkpoint.ipynb", "my-progress.jsonl", "01-quotes.new-2.ipynb"):
        (source / "notebooks" / name).write_text("mine", encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)],
        check=True,
        capture_output=True,
    )
    shutil.rmtree(source)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """A fresh environment with the wheel in it, and only the dependencies borrowed from this one."""
    home = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    python = home / SCRIPTS / f"python{SUFFIX}"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    (mine,) = home.rglob("site-packages")
    borrowed = [place for place in sys.path if place.endswith("site-packages")]
    (mine / "dependencies.pth").write_text("\n".join(borrowed), encoding="utf-8")
    return home


@pytest.fixture
def start(environment, tmp_path):
    """Starts a program of that environment in an empty folder, with nothing of this user's settings."""

    def start(name, *arguments):
        env = {k: v for k, v in os.environ.items() if k not in ("MEDIALIT_PROGRESS", "PYTHONPATH")}
        env |= {f"JUPYTER_{what}_DIR": str(tmp_path / ".jupyter" / what) for what in ("CONFIG", "DATA", "RUNTIME")}
        env["JUPYTERLAB_DIR"] = os.path.join(sys.prefix, "share", "jupyter", "lab")
        return subprocess.Popen(
            [str(environment / SCRIPTS / f"{name}{SUFFIX}"), *arguments],
            cwd=tmp_path,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            **ends_with_us(),
        )

    return start


def said(process):
    text, _ = process.communicate(timeout=60)
    assert process.returncode == 0, text
    return text


def open_and_close(start, folder):
    """Start the lab for real, wait until it answers, press Ctrl+C; returns what it said and where it opened."""
    process = start("medialit", "lab", "--no-browser")
    try:
        server = None
        for _ in range(300):
            time.sleep(0.1)
            if server := answering(folder / ".jupyter" / "RUNTIME"):
                break
            if process.poll() is not None:
                break
    finally:
        process.send_signal(signal.SIGINT)
    text = said(process)
    assert server, text
    return text, server


def answering(runtime):
    """What the running server says about itself, once its page can be opened."""
    for file in runtime.glob("jpserver-*.json"):
        try:
            server = json.loads(file.read_text(encoding="utf-8"))
            with urllib.request.urlopen(f"{server['url']}lab?token={server['token']}", timeout=30) as page:
                return server if page.status == 200 else None
        except (OSError, ValueError):  # it has begun to start, but does not listen yet
            return None
    return None


def test_the_wheel_works_without_a_checkout(start, environment):
    assert said(start("medialit", "--version")).startswith("medialit 0.")
    # A task can be checked from the wheel alone.
    text = said(start("python", "-c", CHECK))
    assert str(environment) in text
    assert "Passed" in text
    # Without the key, the seals count: half of each form is true.
    assert text.count("8 of 16") == 2
    # Build without a checkout is a sentence.
    process = start("medialit", "build")
    text, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "is not a checkout of the course" in text
    assert "Traceback" not in text


# Every command, one after the other, so that Python starts but once. A code that is not 0 ends it.
OWN_STORY = """
import os, shlex, sys, medialit
from medialit.cli import main
from medialit.progress import Progress
def typed(words):
    sys.argv = ["medialit", *shlex.split(words)]
    try:
        main()
    except SystemExit as left:
        assert not left.code, words
typed("author case check our-story")
os.makedirs("submissions/ada")
progress = Progress("submissions/ada/my-progress.jsonl")
unit = medialit.open_unit("quotes", "our-story", progress)
for name in ("tap", "kind-q01"):
    unit.submit(name, unit.questions[name].key)
unit.submit("1.2", unit.tasks["1.2"].answer())
print(medialit.my_course("our-story", progress).overview().text)
os.environ["MEDIALIT_CASE"] = os.path.abspath("our-story")
print(medialit.my_course(progress=progress).case.name, medialit.my_course(case="missile-tests").case.name)
typed("grade submissions --out graded --case our-story")
typed("report graded/gradebook.db --case our-story --out report")
typed("author key --case our-story --out key.md")
typed("print --case our-story --out pack.html")
typed("print --case our-story --out workshop.html --path 50")
"""


def test_a_story_in_any_folder_is_taught_graded_reported_and_printed(start, tmp_path):
    (copy_of("averstow-pool", tmp_path) / "quiz.yaml").write_text(OWN, encoding="utf-8")
    text = said(start("python", "-c", OWN_STORY))
    assert "9 made from the key, and 2 of your own" in text
    assert re.search(r"Quotes +1 of \d+ +2 of 12", text)
    assert "\nour-story missile-tests\n" in text
    book = (tmp_path / "graded" / "gradebook.csv").read_text(encoding="utf-8")
    for item in ("tap", "kind-q01", "1.2"):
        assert re.search(rf"^ada,quotes,{item},passed,1", book, re.M), item
    assert "quotes,q4," not in book
    feedback = (tmp_path / "graded" / "feedback" / "ada.html").read_text(encoding="utf-8")
    assert "tap Who speaks about the taps?" in feedback
    assert "What the class believes" in (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert "| tap | Who speaks about the taps?" in (tmp_path / "key.md").read_text(encoding="utf-8")
    for name in ("pack.html", "workshop.html"):
        assert "Nadia Brandreth" in (tmp_path / name).read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="Windows has another Ctrl+C")
def test_the_lab_opens_a_copy_and_never_overwrites_what_a_learner_changed(start, environment, tmp_path):
    course = tmp_path / "medialit-course"
    text, server = open_and_close(start, tmp_path)
    assert "files of the course were copied" in text
    assert "/lab/tree/notebooks/00-start.ipynb" in text
    assert text.rstrip().endswith("To go on later, run “medialit lab” again.")
    assert (server["root_dir"], server["hostname"]) == (str(course), "127.0.0.1")
    assert not (course / "solutions").exists()

    lesson = course / "notebooks" / "01-quotes.ipynb"
    lesson.write_text("mine", encoding="utf-8")
    (kit,) = environment.rglob("_kit/notebooks/01-quotes.ipynb")
    whole = kit.read_bytes()
    try:
        kit.write_text("the kit's second version", encoding="utf-8")
        # What the lab does before it starts.
        text = said(start("python", "-c", "from medialit.launch import prepare; print(prepare()[1])"))
    finally:
        kit.write_bytes(whole)
    assert "notebooks/01-quotes.new.ipynb is new; your own version was left as it is." in text
    assert lesson.read_text(encoding="utf-8") == "mine"
    assert lesson.with_suffix(".new.ipynb").read_text(encoding="utf-8") == "the kit's second version"


def test_the_wheel_holds_the_course_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "medialit/_kit/datasets/missile-tests/article.txt" in names
    assert "medialit/_kit/course/01-quotes/quiz.yaml" in names
    assert "medialit/_kit/notebooks/01-quotes.ipynb" in names
    assert "medialit/_kit/course/tests/forms.yaml" in names
    # The course view, once where JupyterLab looks and once where "medialit lab" points to.
    shared = [name for name in names if ".data/data/share/jupyter/labextensions/medialit/" in name]
    own = [name for name in names if name.startswith("medialit/labextensions/medialit/")]
    assert len(shared) == len(own) > 5
    assert any(name.endswith("/course.json") for name in shared)
    stray = (
        "solutions/",
        "exercise.md",
        "key.yaml",
        "course/tests/README",
        "checkpoint",
        "my-progress",
        ".new",
        "__pycache__",
    )
    stray += ("medialit/tests",)
    assert [name for name in names if any(part in name for part in stray)] == []
    assert "medialit/py.typed" in names, "without it nobody's type checker reads our types"
