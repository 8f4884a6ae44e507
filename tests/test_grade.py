"""Grading a class from end to end: gradebook, files, feedback, going on after a kill, more than one worker."""

import csv
import io
import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from gradebooks import QUIZ, TASKS, counted, percent
from prompt import typed
from workers import double

import medialit
from medialit.classroom.grade import grade_class
from medialit.classroom.grading import Options
from medialit.classroom.pages import MAX_PAGE, feedback_page
from medialit.classroom.records import Grade, Receipt
from medialit.classroom.spread import spread
from medialit.classroom.store import read_book
from medialit.classroom.testkey import find_key
from medialit.errors import MedialitError
from medialit.files import data_path, kit_root
from medialit.progress import Progress
from medialit.units.registry import UNITS, find_unit

CHAIN = ["officials", "newspaper", "agency", "account", "story"]
CLOCK = "1795600000"
HALF = round(len(TASKS) / 2)


@pytest.fixture(autouse=True)
def fixed_clock(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", CLOCK)


def work(folder, *, share=1.0):
    """A learner's folder with a progress file that answers the first ``share`` of the tasks of unit 1 rightly."""
    folder.mkdir(parents=True)
    unit = medialit.open_unit("quotes", progress=Progress(folder / "my-progress.jsonl"))
    for name in TASKS[: round(share * len(TASKS))]:
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


def grade(place, out, options=Options(), **how):  # noqa: B008
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
    assert (done.total, done.graded, done.before, done.not_graded, done.nothing) == (7, 7, 0, 1, 1)
    found = rows((out / "gradebook.csv").read_text())
    names = "learner unit task outcome score max_score attempts graded_at case version best source"
    assert list(found[0]) == names.split()
    points = {n: sum(float(r["score"] or 0) for r in found if r["learner"] == f"learner-{n}") for n in range(1, 6)}
    assert points == {n: round(len(TASKS) * n / 5) for n in range(1, 6)}
    assert {(r["score"], r["source"]) for r in found if r["best"] == "1"} == {("1", "my-progress.jsonl")}
    assert {r["score"] for r in found if r["best"] == "0"} == {""}
    assert [r["outcome"] for r in found if r["learner"] in ("broken", "learner-0")] == [
        "nothing graded",
        "nothing handed in",
    ]
    (told,) = [step for step in steps if step.learner == "broken"]
    assert told.problems == ("01-quotes.ipynb was not read: it is not a whole notebook: its JSON is damaged.",)
    assert [step.number for step in steps] == list(range(1, 8))


def test_the_same_class_gives_the_same_bytes_with_any_number_of_workers(the_class, graded, tmp_path):
    grade(the_class, tmp_path, jobs=2)
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
    assert [one.learner for one in book.submissions] == ["ana", "ana", "ben"]
    assert next(g for g in book.grades if g.task == "1.4").attempts == 2


def test_other_options_grade_anew(the_class, graded, tmp_path):
    out = shutil.copytree(graded[0], tmp_path / "out")
    done, _ = grade(the_class, out, Options(only=("quotes",)), jobs=1)
    assert done.graded == 7


# The command, killed right after it has written for the first time: several submissions are written together.
KILLED = """
import os, signal
from medialit import cli
from medialit.classroom.store import Store
keep = Store.keep
Store.keep = lambda *given, **more: (keep(*given, **more), os.kill(os.getpid(), signal.SIGKILL))
cli.main()
"""


def test_a_killed_run_goes_on_and_grades_nothing_twice(tmp_path):
    place, out = tmp_path / "class", tmp_path / "out"
    for number in range(30):
        work(place / f"l{number:02}", share=0.2)
    command = [sys.executable, "-c", KILLED, "grade", str(place), "--out", str(out), "--jobs", "1"]
    killed = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    first = len(read_book(out / "gradebook.db").submissions)
    assert 0 < first < 30
    same = Options(tests=find_key(None))  # what the command was run with
    done, _ = grade(place, out, same, jobs=1)
    assert (done.before, done.graded) == (first, 30 - first)
    book = read_book(out / "gradebook.db")
    assert len(book.submissions) == 30
    assert {a.nth for a in book.attempts} == {1}
    grade(place, tmp_path / "whole", same, jobs=1)
    assert everything(out) == everything(tmp_path / "whole")


def test_nothing_to_grade_is_one_sentence(tmp_path):
    (tmp_path / "class").mkdir()
    with pytest.raises(MedialitError, match="There is nothing to grade here"):
        grade(tmp_path / "class", tmp_path / "out")


def test_a_worker_that_dies_costs_its_own_item_only():
    results = list(spread(double, range(10, 20), 2, lambda item: (item, "lost")))
    assert [r for r in results if isinstance(r, tuple)] == [(13, "lost")]
    assert sorted(r for r in results if isinstance(r, int)) == [n * 2 for n in range(10, 20) if n != 13]


def test_items_are_read_as_slowly_as_they_are_worked_off():
    ahead = []

    def items():
        for number in range(40, 60):
            ahead.append(number)
            yield number

    for jobs, most in ((1, 0), (2, 4)):
        ahead.clear()
        for done, _ in enumerate(spread(double, items(), jobs, lambda _: None), 1):
            assert len(ahead) <= done + most
        assert done == len(ahead) == 20


def test_who_stops_listening_does_not_wait_for_the_rest():
    begun = time.monotonic()
    results = spread(double, range(40, 10_000_000), 2, lambda _: None)
    assert next(results) > 79
    results.close()
    assert time.monotonic() - begun < 20


def test_a_worse_second_hand_in_lowers_no_grade(tmp_path):
    work(tmp_path / "class" / "ana")
    grade(tmp_path / "class", tmp_path / "out", jobs=1)
    shutil.rmtree(tmp_path / "class" / "ana")
    (tmp_path / "class" / "ana").mkdir()
    unit = medialit.open_unit("quotes", progress=Progress(tmp_path / "class" / "ana" / "again.jsonl"))
    unit.submit("1.4", ["story"])
    grade(tmp_path / "class", tmp_path / "out", jobs=1)
    book = read_book(tmp_path / "out" / "gradebook.db")
    assert sum(one.score or 0 for one in book.grades) == len(TASKS)
    assert [a.source for a in book.attempts if a.item == "1.4"] == ["my-progress.jsonl", "again.jsonl"]
    assert len(book.submissions) == 2


def test_the_whole_course_folder_brings_no_zero_in_what_nobody_touched(tmp_path):
    """Untouched is blank; it is a zero only where the instructor says that it was due."""
    ana = work(tmp_path / "class" / "ana", share=0.5)
    for folder in ("exercises", "notebooks"):
        shutil.copytree(kit_root() / folder, ana / folder)
    (tmp_path / "class" / "ben").mkdir()
    (tmp_path / "class" / "eve").mkdir()
    (tmp_path / "class" / "eve" / "01-quotes.ipynb").write_text("{")
    grade(tmp_path / "class", tmp_path / "out", jobs=1)
    found = rows((tmp_path / "out" / "gradebook.csv").read_text())
    assert {r["unit"] for r in found if r["learner"] == "ana"} == {plan.name for plan in UNITS}
    assert {r["score"] for r in found if r["outcome"] in ("not attempted", "nothing graded", "nothing handed in")} == {
        ""
    }
    found = {r["learner"]: r for r in rows((tmp_path / "out" / "grades.csv").read_text())}
    half = {"ana": percent(HALF), "ben": "", "eve": ""}
    assert {name: found[name]["percent"] for name in half} == half
    assert {found[name][title] for name in ("ana", "ben", "eve") for title in list(found["ana"])[7:]} == {str(HALF), ""}
    page = (tmp_path / "out" / "feedback" / "ana.html").read_text()
    assert page.count("<h2>") == 1
    # The quiz was due, and so was unit 2. What could not be read is nobody's zero.
    grade(tmp_path / "class", tmp_path / "out", jobs=1, due=["quotes", "claims"])
    found = {r["learner"]: r for r in rows((tmp_path / "out" / "grades.csv").read_text())}
    assert {name: found[name]["percent"] for name in ("ana", "ben", "eve")} == {
        "ana": percent(HALF, len(TASKS) + len(QUIZ) + len(counted("claims")) + len(find_unit("claims").quiz.questions)),
        "ben": "0.00",
        "eve": "",
    }
    assert [found["ana"]["Claims tasks"], found["ana"]["Framing tasks"], found["eve"]["Claims tasks"]] == ["0", "", ""]


def test_a_page_about_exercises_says_nothing_of_a_quiz_that_was_left_alone():
    receipt = Receipt("ana", "0", "k", "", ("quotes",), ("01-quotes.ipynb",), name="Ana")
    tasks = [Grade("ana", "quotes", "1.1", "passed", 1.0, 1.0, 1, "", "missile-tests", "1")]
    tasks += [Grade("ana", "quotes", "1.2", "not attempted", None, 1.0, 0, "", "missile-tests", "1")]
    quiz = [Grade("ana", "quotes", f"q{n}", "not attempted", None, 1.0, 0, "", "missile-tests", "1") for n in (1, 2)]
    page = feedback_page([receipt], [*tasks, *quiz])
    assert "1 of 2 passed" in page
    assert "Not attempted: 1.2." in page
    assert "missile-tests" not in page
    assert "without points: 1.2, q1, q2." in feedback_page([receipt], [*tasks, *quiz], ["quotes"])


def test_an_error_of_the_database_ends_the_run_at_once(tmp_path):
    """Also while workers run: a run that cannot write once waited for them for ever."""
    for number in range(8):
        work(tmp_path / "class" / f"l{number}", share=0.2)
    grade(tmp_path / "class" / "l0", tmp_path / "out", jobs=1)
    with sqlite3.connect(tmp_path / "out" / "gradebook.db") as opened:
        opened.execute("CREATE TRIGGER full BEFORE INSERT ON grades BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    begun = time.monotonic()
    command = [sys.executable, "-m", "medialit", "grade", tmp_path / "class", "--out", tmp_path / "out", "--jobs", "2"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1
    assert "cannot be used: disk full" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert time.monotonic() - begun < 60


def test_points_and_shares_of_everybody_are_on_one_page(tmp_path):
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
    head, most, *people = csv.reader(io.StringIO((tmp_path / "out" / "grades.csv").read_text()))
    names = ["learner", "name", "platform", "number", "late", "handed in", "percent", "Quotes tasks", "Quotes quiz"]
    assert (head, most) == (names, ["", "", "", "", "", "", "100", str(len(TASKS)), str(len(QUIZ))])
    # Nobody touched the quiz: a blank, not a zero.
    assert people == [
        ["'=cmd_9", "'=cmd", "canvas", "9", "", "1", percent(HALF), str(HALF), ""],
        ["Jo Roe_7", "Jo Roe", "moodle", "7", "", "1", percent(HALF), str(HALF), ""],
        ["doejohn_123", "doejohn", "canvas", "123", "", "1", percent(HALF), str(HALF), ""],
    ]


def everything_wrong(name="Ana", words=400):
    grades = []
    for plan in UNITS:
        unit = medialit.open_unit(plan.name, progress=Progress())
        for item in [*unit.tasks.values(), *unit.questions.questions]:
            about = (
                name,
                plan.name,
                item.label,
                "not yet",
                0.0,
                1.0,
                3,
                "",
                "missile-tests",
                item.version,
                1,
                "a.ipynb",
            )
            grades.append(Grade(*about, "<script>word</script> " * (words // 10)))
    lines = tuple(f"<img src=x onerror=alert({n})>" + "z" * 280 for n in range(100))
    return [Receipt(name, "d", "k", "", ("quotes",), (), lines, (), "<b>Ana</b>")], grades


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


def test_the_command_grades_and_leaves_with_0(tmp_path):
    work(tmp_path / "class" / "ana", share=0.5)
    done = typed("grade", tmp_path / "class", "--out", tmp_path / "out", "--unit", "01-quotes")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("1 of 1 submissions graded now.")
    assert (tmp_path / "out" / "feedback" / "ana.html").is_file()


def test_it_names_what_could_not_be_graded_and_leaves_with_1(tmp_path):
    work(tmp_path / "class" / "ana")
    (tmp_path / "class" / "ev\x1bil").mkdir()
    (tmp_path / "class" / "ev\x1bil" / "x.ipynb").write_text("no")
    done = typed("grade", tmp_path / "class", "--out", tmp_path / "out")
    assert done.code == 1
    lines = done.err.splitlines()
    assert all(line.startswith("ev il #") and line.isprintable() for line in lines)
    assert "x.ipynb was not read: it is not a whole notebook" in lines[-1]
    assert "1 could not be graded" in done.out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["nowhere", "--out", "out"], 1, "There is no file or folder nowhere."),
        ([".", "--out", "out", "--unit", "physics"], 1, "There is no unit “physics”."),
        ([".", "--out", "out", "--case", "."], 1, "it has no case.yaml"),
        ([".", "--out", "out", "--database", "nonsense://x"], 1, "cannot be used"),
        ([".", "--out", "out"], 1, "nothing to grade"),
        ([".", "--out", "out", "--due", "physics"], 1, "There is no unit “physics”."),
        ([".", "--out", "out", "--dask", "x"], 2, "--dask"),
        (["."], 2, "--out"),
        ([".", "--out", "out", "--jobs", "-3"], 2, "--jobs"),
        (["--out", "out"], 2, "SUBMISSIONS"),
    ],
)
def test_wrong_use_is_one_plain_sentence(tmp_path, arguments, code, says):
    if "--database" in arguments:
        work(tmp_path / "ana")
    done = typed("grade", *arguments, cwd=tmp_path)
    assert done.code == code
    assert says in " ".join(done.err.split())


def test_a_case_that_is_called_otherwise_than_its_folder_is_refused(tmp_path):
    """Its answers would be held against another key."""
    shutil.copytree(data_path("averstow-pool"), tmp_path / "our-pool")
    work(tmp_path / "class" / "ana")
    command = ["grade", tmp_path / "class", "--out", tmp_path / "out", "--case", tmp_path / "our-pool"]
    done = typed(*command)
    assert done.code == 1
    assert "our-pool holds a case that is called averstow-pool" in " ".join(done.err.split())
    about = tmp_path / "our-pool" / "case.yaml"
    about.write_text(about.read_text(encoding="utf-8").replace("averstow-pool", "our-pool", 1), encoding="utf-8")
    assert typed(*command).code == 0


def test_another_database_holds_the_same_gradebook(tmp_path):
    work(tmp_path / "class" / "ana")
    other = tmp_path / "elsewhere.db"
    done = typed("grade", tmp_path / "class", "--out", tmp_path / "out", "--database", f"sqlite:///{other}")
    assert "The gradebook is in the database." in done.out
    assert not (tmp_path / "out" / "gradebook.db").exists()
    assert sum(g.score or 0 for g in read_book(f"sqlite:///{other}").grades) == len(TASKS)
    assert len(rows((tmp_path / "out" / "gradebook.csv").read_text())) == len(TASKS) + len(QUIZ)


def test_a_page_is_a_whole_accessible_document(graded):
    page = (graded[0] / "feedback" / "learner-5.html").read_text()
    for part in ('<html lang="en">', "<title>", "<main>", "<h1>", "<h2>", "<h3>", "viewport"):
        assert part in page
    assert "✓ Passed" in page
    assert "http" not in page
