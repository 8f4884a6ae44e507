"""The tests of a class: scored outside the notebook, told for the class, hidden when it is small, never a grade."""

import json
import re

import pytest
from typer.testing import CliRunner

import medialit
from medialit.classroom.given import from_progress
from medialit.classroom.grading import Grader, Options, stamp
from medialit.classroom.intake import Submission
from medialit.classroom.items import AnswerKey
from medialit.classroom.pages import feedback_page
from medialit.classroom.records import Book
from medialit.classroom.report import tests as section
from medialit.classroom.report.frames import Frames
from medialit.classroom.report.tests import before_and_after
from medialit.classroom.sat import score_tests
from medialit.classroom.scorer import score
from medialit.classroom.testkey import find_key
from medialit.cli import app
from medialit.exercises.statements import NOT_TRUE, TRUE, load_forms
from medialit.files import course_path, load_yaml
from medialit.progress import Entry, Progress

KEY = dict(find_key())


def said_well(statement):
    return TRUE if KEY[statement.id] else NOT_TRUE


def believes_all(_):
    return TRUE


def doubts_all(_):
    return NOT_TRUE


def half_well(statement):
    """Right on the article, and everything believed on the new texts."""
    return said_well(statement) if statement.case == "missile-tests" else TRUE


def sitting(progress, which, form, says):
    sheet = load_forms()[form]
    answers = {s.id: given for s in sheet.statements if (given := says(s))}
    progress.add(Entry("attempt", unit=f"test-{which}", task=form, version=sheet.stamp, answer=answers, outcome="kept"))


def learner(number, before, after, **more):
    progress = Progress()
    first, second = ("A", "B") if number % 2 else ("B", "A")
    sitting(progress, "before", first, before)
    sitting(progress, "after", second, after)
    for which, says in more.items():
        sitting(progress, which, "R", says)
    return progress


def attempts(progress, name="ana", key=KEY):
    return score_tests(name, from_progress({"p.jsonl": progress.as_bytes()})[0], key)


def report(n, before, after, key=KEY, **more):
    rows = [a for i in range(n) for a in attempts(learner(i, before, after, **more), f"learner-{i:02}", key)[0]]
    return before_and_after(Frames(Book(rows, [], [])))


def test_a_form_becomes_an_attempt_a_statement_and_no_grade():
    scored = score(
        "ana", from_progress({"p": learner(0, believes_all, said_well).as_bytes()})[0], AnswerKey(), tests=find_key()
    )
    assert (len(scored.attempts), {a.kind for a in scored.attempts}) == (32, {"statement"})
    assert {a.case for a in scored.attempts} == {"missile-tests", "market-street", "blossom-tea"}
    assert scored.grades == ()
    assert scored.problems == ()
    assert scored.units == ("test-after", "test-before")
    assert sum(a.score for a in scored.attempts if a.unit == "test-before") == 8
    assert sum(a.score for a in scored.attempts if a.unit == "test-after") == 16
    assert "Test after the course: 16 of 16 right." in scored.said


def test_without_a_key_the_answers_are_kept_and_nothing_is_scored():
    made, words, lines = attempts(learner(0, believes_all, said_well), key={})
    assert {(a.outcome, a.score) for a in made} == {("not graded", 0.0)}
    assert all("unsound" not in a.details for a in made)
    assert (words, lines) == ([], [])
    assert "the key is not at hand" in report(12, believes_all, said_well, key={}).text


def test_only_the_first_hand_in_of_a_form_counts():
    progress = learner(0, believes_all, said_well)
    sitting(progress, "before", "A", said_well)
    made, _, _ = attempts(progress)
    assert {a.details["form"] for a in made if a.unit == "test-before"} == {"B"}
    # A form that was seen before is not counted and told.
    progress = Progress()
    sitting(progress, "before", "A", believes_all)
    sitting(progress, "after", "A", said_well)
    made, _, lines = attempts(progress)
    assert {a.unit for a in made} == {"test-before"}
    assert "seen before" in lines[0]
    # A score in the file is not believed.
    data = learner(0, doubts_all, doubts_all).as_bytes().decode().splitlines()
    forged = [
        json.dumps(json.loads(line) | {"score": 1.0, "outcome": "passed"}) if "attempt" in line else line
        for line in data
    ]
    given, _ = from_progress({"p": "\n".join(forged).encode()})
    made, _, _ = score_tests("ana", given, KEY)
    assert sum(a.score for a in made if a.unit == "test-before") == 8


@pytest.mark.parametrize("answer", [None, "x", {"z": TRUE}, {"a1": "maybe"}, {"a1": 1}, [1, 2]])
def test_an_answer_that_cannot_be_read_is_told_and_costs_nothing_else(answer):
    progress = Progress()
    stamp_now = load_forms()["A"].stamp
    progress.add(Entry("attempt", unit="test-before", task="A", version=stamp_now, answer=answer))
    sitting(progress, "after", "B", said_well)
    made, _, lines = attempts(progress)
    assert {a.unit for a in made} == {"test-after"}
    assert lines == ["The test before the course cannot be read and was not counted."]


@pytest.mark.parametrize(("form", "version"), [("A", "0-old"), ("C", ""), ("", "1")])
def test_another_version_is_told_and_not_counted(form, version):
    progress = Progress()
    progress.add(Entry("attempt", unit="test-before", task=form, version=version, answer={}))
    made, _, lines = attempts(progress)
    assert made == []
    assert "another version" in lines[0]


def test_a_test_before_that_came_late_is_counted_and_told():
    progress = Progress()
    medialit.open_unit("welcome", progress=progress).submit("q1", "a")
    sitting(progress, "before", "A", believes_all)
    assert attempts(progress)[2] == []
    late = Progress()
    medialit.open_unit("quotes", progress=late).submit("q1", "a")
    sitting(late, "before", "A", believes_all)
    made, _, lines = attempts(late)
    assert len(made) == 16
    assert lines == ["The test before the course was handed in when the first unit had begun. It was counted."]


def test_drafts_and_events_of_a_test_are_no_strange_answers():
    progress = Progress()
    test = medialit.open_test("before", progress)
    test.begin()
    test.answer(test.form.statements[0].id, True)
    test.hand_in(unfinished=True)
    scored = score("ana", from_progress({"p": progress.as_bytes()})[0], AnswerKey(), tests=find_key())
    assert scored.problems == ()
    assert len(scored.attempts) == 1


def test_the_page_of_a_learner_has_the_number_and_nothing_on_d_prime():
    files = {"my-progress.jsonl": learner(0, believes_all, said_well).as_bytes()}
    done = Grader(Options(tests=find_key())).grade(Submission("ana", "Ana", files))
    page = feedback_page([done.receipt], list(done.grades))
    assert "Test before the course: 8 of 16 right." in page
    assert "d′" not in page
    without = Grader(Options()).grade(Submission("ana", "Ana", files))
    assert "of 16 right" not in feedback_page([without.receipt], list(without.grades))


def test_from_a_folder_of_files_to_the_report(tmp_path):
    for number in range(12):
        folder = tmp_path / "class" / f"learner-{number:02}"
        folder.mkdir(parents=True)
        (folder / "my-progress.jsonl").write_bytes(learner(number, believes_all, said_well).as_bytes())
    out = tmp_path / "out"
    done = CliRunner().invoke(app, ["grade", str(tmp_path / "class"), "--out", str(out), "--jobs", "1"])
    assert done.exit_code == 0, done.output
    assert "test-" not in (out / "gradebook.csv").read_text(encoding="utf-8")
    done = CliRunner().invoke(app, ["report", str(out / "gradebook.db")])
    assert done.exit_code == 0, done.output
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Before and after, 12 learners who took both" in page
    assert "learner-0" not in page


def test_a_key_at_hand_is_a_reason_to_grade_anew_and_a_wrong_one_a_sentence(tmp_path):
    (tmp_path / "p.jsonl").write_bytes(learner(0, believes_all, said_well).as_bytes())
    done = CliRunner().invoke(
        app, ["grade", str(tmp_path / "p.jsonl"), "--out", str(tmp_path), "--test-key", str(tmp_path / "no.yaml")]
    )
    assert done.exit_code == 1
    assert "There is no key" in str(done.exception)
    assert stamp(Options()) != stamp(Options(tests=find_key()))


def cells(view, start):
    line = next(line for line in view.text.splitlines() if line.startswith(start))
    return line.removeprefix(start).split()


def test_a_class_that_learned_and_one_that_only_doubts():
    view = report(20, believes_all, said_well)
    assert cells(view, "all statements, before")[0] == "50%"
    assert cells(view, "all statements, after")[0] == "100%"
    assert float(cells(view, "all statements, before")[1]) == pytest.approx(0, abs=0.05)
    assert float(cells(view, "all statements, after")[1]) > 4
    assert "1.00 to 1.00" in view.text
    assert "Warning" not in view.text
    # A class that only became more suspicious is warned.
    view = report(20, believes_all, doubts_all)
    assert "Warning (all statements): the class has become more suspicious, and not more accurate" in view.text
    assert "Warning (on the article)" in view.text
    assert "Warning (transfer: new texts)" in view.text
    # The other way round nobody is warned: it believes more, and is no better either.
    assert "Warning" not in report(20, doubts_all, believes_all).text

    # Suspicion on the new texts alone is seen.
    def doubts_the_second(statement):
        return said_well(statement) if statement.case == "missile-tests" else NOT_TRUE

    text = report(20, believes_all, doubts_the_second).text
    assert "Warning (transfer: new texts)" in text
    assert "Warning (on the article)" not in text
    view = report(20, believes_all, half_well)
    assert cells(view, "on the article, after")[0] == "100%"
    assert cells(view, "transfer: new texts, after")[0] == "50%"


@pytest.mark.parametrize(("learners", "size"), [(10, 12), (12, 12), (24, 12), (25, 25), (99, 25), (400, 100)])
def test_the_report_quotes_how_far_chance_alone_moves_a_class_of_this_size(learners, size):
    expected = load_yaml(course_path("tests", "expected.yaml"))[0]["by_chance"]
    assert set(expected) == {12, 25, 100}
    said = section.by_chance(learners)
    assert f"classes of {size} learners" in said
    assert f"d′ by at most {expected[size]['d_prime']:.2f}" in said
    moves = [expected[n]["d_prime"] for n in (12, 25, 100)]
    assert moves == sorted(moves, reverse=True)


def test_who_is_counted():
    assert "Fewer than 10 learners handed in both tests" in report(9, believes_all, said_well).text
    assert "%" not in report(9, believes_all, said_well).text
    assert "Before and after, 10 learners" in report(10, believes_all, said_well).text
    # Only those who took both are counted.
    rows = [a for i in range(10) for a in attempts(learner(i, believes_all, said_well), f"both-{i}")[0]]
    for i in range(30):
        for which in ("before", "after"):
            progress = Progress()
            sitting(progress, which, "A", said_well)
            rows += attempts(progress, f"{which}-{i}")[0]
    view = before_and_after(Frames(Book(rows, [], [])))
    assert "10 learners who took both" in view.text
    assert cells(view, "all statements, before")[0] == "50%"
    view = report(10, lambda s: said_well(s) if s.lens == "quotes" else None, said_well)
    line = cells(view, "all statements, before")
    assert (line[0], line[3:]) == ("25%", ["100%", "0%"])
    # Nobody answered on the new texts before: 0 of 8 right, and no d′ to be compared; after, half is right.
    view = report(10, lambda s: said_well(s) if s.case == "missile-tests" else None, half_well)
    assert cells(view, "transfer: new texts, before")[:3] == ["0%", "–", "–"]
    assert cells(view, "transfer: new texts ")[:4] == ["0.50", "0.50", "to", "0.50"]
    assert "Warning" not in view.text
    assert "were not taken" in before_and_after(Frames(Book([], [], []))).text


def test_forms_and_recheck_from_ten_learners_on_and_nobody_named(monkeypatch):
    assert "Fewer than 10 learners began with form A" in report(12, believes_all, said_well).text
    assert "Form A came first for 10 learners: 50% right." in report(20, believes_all, said_well).text
    # The recheck is told from ten learners on.
    assert (
        "10 of them had 100% of eight other statements right"
        in report(10, believes_all, said_well, recheck=said_well).text
    )
    assert "There, the class tells unsound from sound" in report(10, believes_all, said_well, recheck=said_well).text
    assert "handed in the recheck" in report(10, believes_all, said_well).text
    assert "learner-" not in report(12, believes_all, said_well, recheck=doubts_all).text
    assert section.ENOUGH == 10
    # Statements of tests are no items of the course.
    rows = attempts(learner(0, believes_all, said_well))[0]
    frames = Frames(Book(rows, [], []))
    assert frames.graded.empty
    assert len(frames.statements) == 32


def test_the_pages_of_the_tests_say_the_same_aids_and_not_how_many_are_true():
    pages = {
        name: course_path("pages", f"{name}.md").read_text(encoding="utf-8")
        for name in ("00b-test-before", "06-test-after")
    }
    for text in pages.values():
        plain = " ".join(text.split())
        assert "You may reread the texts on this page as often as you like. Please use nothing else" in plain
    said = [*pages.values(), course_path("pages", "08-recheck.md").read_text(encoding="utf-8")]
    said += [
        course_path("paths.yaml").read_text(encoding="utf-8"),
        course_path("00-welcome", "quiz.yaml").read_text(encoding="utf-8"),
    ]
    assert not [text for text in said if re.search("alf of (?!the questions)", text)]
