"""Grading a class from end to end: gradebook, files, feedback, going on after a kill, more than one worker."""

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

import medialit
from medialit import cli
from medialit.classroom import pool
from medialit.classroom.grade import grade_class
from medialit.classroom.grading import Options
from medialit.classroom.pages import MAX_PAGE, feedback_page
from medialit.classroom.records import Grade, Receipt
from medialit.classroom.store import read_book
from medialit.classroom.testkey import find_key
from medialit.errors import MedialitError
from medialit.exercises.registry import UNITS
from medialit.files import data_path
from medialit.progress import Progress

CHAIN = ["officials", "newspaper", "agency", "account", "story"]
FILES_ONLY = Options(run=False)
CLOCK = "1795600000"


@pytest.fixture(autouse=True)
def fixed_clock(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", CLOCK)


def work(folder, *, share=1.0):
    """A learner's folder with a progress file that answers the first ``share`` of the tasks of unit 1 rightly."""
    folder.mkdir(parents=True)
    unit = medialit.open_unit("quotes", progress=Progress(folder / "my-progress.jsonl"))
    names = list(unit.tasks)
    for name in names[: round(share * len(names))]:
        unit.submit(name, unit.tasks[name].answer(), door="click")
    return folder


@pytest.fixture(scope="module")
def the_class(tmp_path_factory):
    place = tmp_path_factory.mktemp("class")
    for number in range(6):
        work(place / f"learner-{number}", share=number / 5)
    (place / "broken").mkdir()
    (place / "broken" / "01-quotes.ipynb").write_text("{")
    return place


@pytest.fixture(scope="module")
def graded(the_class, tmp_path_factory):
    """What one run over the class wrote, what it returned and what it told."""
    out = tmp_path_factory.mktemp("graded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", CLOCK)
        return out, *grade(the_class, out, jobs=1)


def grade(place, out, options=FILES_ONLY, **how):
    steps = []
    done = grade_class([place], out, options, on_step=steps.append, **how)
    return done, steps


def everything(out):
    """All bytes that a run wrote, but for SQLite's own counters in the head of its file."""
    return {
        str(path.relative_to(out)): path.read_bytes()[100 if path.suffix == ".db" else 0 :]
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_a_class_is_graded(graded):
    out, done, steps = graded
    assert (done.total, done.graded, done.before, done.not_graded) == (7, 7, 0, 1)
    found = rows((out / "gradebook.csv").read_text())
    assert list(found[0]) == "learner unit task outcome score max_score attempts graded_at case version".split()
    points = {n: sum(float(r["score"]) for r in found if r["learner"] == f"learner-{n}") for n in range(1, 6)}
    assert points == {n: round(6 * n / 5) for n in range(1, 6)}
    assert {r["outcome"] for r in found if r["learner"] == "broken"} == {"not attempted"}
    (told,) = [step for step in steps if step.learner == "broken"]
    assert told.problems == ("01-quotes.ipynb was not read: it is not a whole notebook: its JSON is damaged.",)
    assert [step.number for step in steps] == list(range(1, 8))


def test_the_same_class_gives_the_same_bytes_with_any_number_of_workers(the_class, graded, tmp_path):
    grade(the_class, tmp_path, jobs=3)
    assert everything(graded[0]) == everything(tmp_path)


def test_running_again_grades_nothing_and_changes_nothing(the_class, graded, tmp_path):
    out = shutil.copytree(graded[0], tmp_path / "out")
    done, _ = grade(the_class, out, jobs=1)
    assert (done.graded, done.before) == (0, 7)
    assert everything(out) == everything(graded[0])


def test_a_changed_submission_is_graded_anew_and_no_other(tmp_path):
    place = tmp_path / "class"
    ana, _ = work(place / "ana", share=0.5), work(place / "ben")
    grade(place, tmp_path / "out", jobs=1)
    unit = medialit.open_unit("quotes", progress=Progress(ana / "my-progress.jsonl"))
    unit.submit("1.4", ["story"])
    unit.submit("1.4", CHAIN)
    done, _ = grade(place, tmp_path / "out", jobs=1)
    assert (done.graded, done.before) == (1, 1)
    book = read_book(tmp_path / "out" / "gradebook.db")
    assert len(book.submissions) == 2
    assert next(g for g in book.grades if g.task == "1.4").attempts == 2


def test_other_options_grade_anew(the_class, graded, tmp_path):
    out = shutil.copytree(graded[0], tmp_path / "out")
    done, _ = grade(the_class, out, Options(run=False, only=("quotes",)), jobs=1)
    assert done.graded == 7


def test_a_killed_run_goes_on_and_grades_nothing_twice(tmp_path):
    place, out = tmp_path / "class", tmp_path / "out"
    for number in range(30):
        work(place / f"l{number:02}", share=0.2)
    first = next((n for number in range(5) if 0 < (n := _killed(place, out, number)) < 30), None)
    assert first, "no run could be killed in its middle"
    same = Options(run=False, tests=find_key(None))  # what the command was run with
    done, _ = grade(place, out, same, jobs=1)
    assert done.before == first
    assert done.graded == 30 - first
    book = read_book(out / "gradebook.db")
    assert len(book.submissions) == 30
    assert {a.nth for a in book.attempts} == {1}
    grade(place, tmp_path / "whole", same, jobs=2)
    assert everything(out) == everything(tmp_path / "whole")


def _killed(place, out, number):
    """How many submissions were graded when a run of the command was killed; each time it starts anew."""
    if number:
        shutil.rmtree(out)
    command = [sys.executable, "-m", "medialit", "grade", str(place), "--out", str(out), "--no-run", "--jobs", "1"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    while running.poll() is None and not _graded(out):
        time.sleep(0.005)
    running.send_signal(signal.SIGKILL)
    _, said = running.communicate()
    assert running.returncode in (0, -signal.SIGKILL), said
    return _graded(out)


def _graded(out):
    try:
        return len(read_book(out / "gradebook.db").submissions)
    except MedialitError:
        return 0


def test_nothing_to_grade_is_one_sentence(tmp_path):
    (tmp_path / "class").mkdir()
    with pytest.raises(MedialitError, match="There is nothing to grade here"):
        grade(tmp_path / "class", tmp_path / "out")


# --- workers that die -----------------------------------------------------------------------------------------------


def double(number):
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 14:
        time.sleep(60)
    if number == 15:
        raise ValueError("unlucky")
    return number * 2


def test_a_worker_that_dies_hangs_or_fails_costs_its_own_item_only():
    results = list(pool.spread(double, range(10, 30), 2, lambda item, why: (item, why), limit=3.0))
    lost = dict(r for r in results if isinstance(r, tuple))
    assert sorted(r for r in results if isinstance(r, int)) == [n * 2 for n in range(10, 30) if n not in (13, 14, 15)]
    assert set(lost) == {13, 14, 15}
    assert "stop, twice" in lost[13]
    assert "longer than 3 seconds" in lost[14]
    assert "unlucky" in lost[15]


def test_the_time_a_worker_needs_to_load_is_not_the_submissions(monkeypatch):
    monkeypatch.setenv("MEDIALIT_TEST_SLOW_START", "1.5")
    assert list(pool.spread(_Slow(), [21], 1, lambda item, why: why, limit=1.0)) == [42]


class _Slow:
    """Work that takes longer to load than any item may take."""

    def __call__(self, item):
        return item * 2

    def __setstate__(self, state):
        time.sleep(float(os.environ["MEDIALIT_TEST_SLOW_START"]))

    def __getstate__(self):
        return {"some": "state"}


def test_items_are_read_as_slowly_as_they_are_worked_off():
    ahead = []

    def items():
        for number in range(40, 60):
            ahead.append(number)
            yield number

    for done, _ in enumerate(pool.spread(double, items(), 1, lambda *_: None), 1):
        assert len(ahead) <= done + 1


# --- files for platforms --------------------------------------------------------------------------------------------


def test_canvas_and_moodle_find_their_learners(tmp_path):
    place = tmp_path / "class"
    work(tmp_path / "a", share=0.5)
    data = (tmp_path / "a" / "my-progress.jsonl").read_bytes()
    place.mkdir()
    for name in (
        "doejohn_123_456_my-progress.jsonl",
        "=cmd_9_8_my-progress.jsonl",
        "Jo Roe_7_assignsubmission_file_p.jsonl",
    ):
        (place / name).write_bytes(data)
    grade(place, tmp_path / "out", jobs=1)
    head, most, *people = csv.reader(io.StringIO((tmp_path / "out" / "canvas.csv").read_text()))
    assert head[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert (head[5:], most[0].strip(), most[5:]) == (
        ["medialit Quotes tasks", "medialit Quotes quiz"],
        "Points Possible",
        ["6", "9"],
    )
    assert [[p[0], p[1], *p[5:]] for p in people] == [
        ["'=cmd", "9", "3", "0"],
        ["Jo Roe", "", "3", "0"],
        ["doejohn", "123", "3", "0"],
    ]
    moodle = rows((tmp_path / "out" / "moodle.csv").read_text())
    assert {"Identifier": "Participant 7", "Full name": "Jo Roe", "Grade": "20.00"}.items() <= moodle[1].items()
    assert rows((tmp_path / "out" / "gradebook.csv").read_text())[0]["learner"] == "'=cmd_9"


# --- feedback -------------------------------------------------------------------------------------------------------


def everything_wrong(name="Ana", words=400):
    grades, told = [], {}
    for plan in UNITS:
        unit = medialit.open_unit(plan.name, progress=Progress())
        for item in [*unit.tasks.values(), *unit.questions.questions]:
            grades.append(Grade(name, plan.name, item.id, "not yet", 0.0, 1.0, 3, "", "missile-tests", item.version))
            told[f"{plan.name}/missile-tests/{item.id}"] = "<script>word</script> " * (words // 10)
    lines = tuple(f"<img src=x onerror=alert({n})>" + "z" * 280 for n in range(100))
    return [Receipt(name, "d", "k", "", ("quotes",), (), lines, told, "<b>Ana</b>")], grades


@pytest.mark.parametrize("words", [0, 40, 400, 4000])
def test_a_page_is_small_and_safe_whatever_is_on_it(words):
    page = feedback_page(*everything_wrong(words=words))
    assert len(page.encode()) <= MAX_PAGE
    assert page.count("<script") == page.count("<img") == page.count("<b>") == 0
    assert page.count("○ Not yet") == sum(1 for _ in everything_wrong()[1])
    assert "&lt;b&gt;Ana&lt;/b&gt;" in page


def test_no_page_holds_the_key_or_a_trace(tmp_path):
    """Wrong answers to everything: the pages tell what to do next, and not one word of a solution."""
    folder = tmp_path / "class" / "ana"
    folder.mkdir(parents=True)
    keys = []
    for plan in UNITS:
        unit = medialit.open_unit(plan.name, progress=Progress(folder / f"{plan.name}.jsonl"))
        for item in unit.questions.questions:
            keys.append(item.why)
            if item.type == "one":
                unit.submit(item.id, next(option.id for option in item.options if not option.right))
        for task in unit.tasks.values():
            keys += [task.solution_text(), json.dumps(task.answer())]
    (folder / "01-quotes.ipynb").write_text("{")
    grade(tmp_path / "class", tmp_path / "out", jobs=1)
    page = (tmp_path / "out" / "feedback" / "ana.html").read_text()
    import html

    text = html.unescape(page)
    assert "○ Not yet" in text
    # A bare number or letter stands in any page.
    assert not [key for key in keys if len(key) > 8 and key in text]
    assert "Traceback" not in text
    assert 'File "' not in text
    assert "its JSON is damaged" in text


def test_a_page_is_a_whole_accessible_document(graded):
    page = (graded[0] / "feedback" / "learner-5.html").read_text()
    for part in ('<html lang="en">', "<title>", "<main>", "<h1>", "<h2>", "<h3>", "viewport"):
        assert part in page
    assert "✓ Passed" in page
    assert "http" not in page


# --- the command ----------------------------------------------------------------------------------------------------


def medialit_grade(*arguments):
    command = [sys.executable, "-m", "medialit", "grade", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_the_command_grades_and_leaves_with_0(tmp_path):
    work(tmp_path / "class" / "ana", share=0.5)
    done = medialit_grade(tmp_path / "class", "--out", tmp_path / "out", "--no-run", "--unit", "01-quotes")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("1 of 1 submissions graded now.")
    assert (tmp_path / "out" / "feedback" / "ana.html").is_file()


def test_it_names_what_could_not_be_graded_and_leaves_with_1(tmp_path):
    work(tmp_path / "class" / "ana")
    (tmp_path / "class" / "ev\x1bil").mkdir()
    (tmp_path / "class" / "ev\x1bil" / "x.ipynb").write_text("no")
    done = medialit_grade(tmp_path / "class", "--out", tmp_path / "out", "--no-run")
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert all(line.startswith("ev il #") and line.isprintable() for line in lines)
    assert "x.ipynb was not read: it is not a whole notebook" in lines[-1]
    assert "1 could not be graded" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["nowhere", "--out", "out"], 1, "There is no file or folder nowhere."),
        ([".", "--out", "out", "--unit", "physics"], 1, "There is no unit “physics”."),
        ([".", "--out", "out", "--case", "."], 1, "it has no case.yaml"),
        ([".", "--out", "out", "--database", "nonsense://x"], 1, "cannot be used"),
        ([".", "--out", "out", "--dask", "tcp://127.0.0.1:9"], 1, "nothing to grade"),
        (["."], 2, "--out"),
        ([".", "--out", "out", "--jobs", "-3"], 2, "--jobs"),
        (["--out", "out"], 2, "SUBMISSIONS"),
    ],
)
def test_wrong_use_is_one_plain_sentence(tmp_path, monkeypatch, capsys, arguments, code, says):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["medialit", "grade", *arguments, "--no-run"])
    if "--database" in arguments:
        work(tmp_path / "ana")
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == code
    assert says in " ".join(capsys.readouterr().err.split())


def test_a_case_that_is_called_otherwise_than_its_folder_is_refused(tmp_path, monkeypatch, capsys):
    """Its answers would be held against another key."""
    shutil.copytree(data_path("averstow-pool"), tmp_path / "our-pool")
    work(tmp_path / "class" / "ana")
    command = ["medialit", "grade", str(tmp_path / "class"), "--out", str(tmp_path / "out"), "--no-run"]
    monkeypatch.setattr(sys, "argv", [*command, "--case", str(tmp_path / "our-pool")])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 1
    assert "our-pool holds a case that is called averstow-pool" in " ".join(capsys.readouterr().err.split())
    about = tmp_path / "our-pool" / "case.yaml"
    about.write_text(about.read_text(encoding="utf-8").replace("averstow-pool", "our-pool", 1), encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 0


def test_another_database_holds_the_same_gradebook(tmp_path):
    work(tmp_path / "class" / "ana")
    other = tmp_path / "elsewhere.db"
    done = medialit_grade(tmp_path / "class", "--out", tmp_path / "out", "--no-run", "--database", f"sqlite:///{other}")
    assert "The gradebook is in the database." in done.stdout
    assert not (tmp_path / "out" / "gradebook.db").exists()
    assert sum(g.score for g in read_book(f"sqlite:///{other}").grades) == 6
    assert len(rows((tmp_path / "out" / "gradebook.csv").read_text())) == 15
