"""Answers are saved under a task's name. Files with numbers, as they were written before, and older names count as before."""

import json
import shutil

import pytest

import medialit
from medialit.classroom.given import from_progress
from medialit.classroom.items import AnswerKey
from medialit.classroom.records import Book
from medialit.classroom.report.frames import Frames
from medialit.classroom.report.page import SECTIONS
from medialit.classroom.scorer import score
from medialit.files import course_path, data_path
from medialit.progress import Entry, Progress
from medialit.units.registry import UNITS, find_unit, load_tasks

CASE = "missile-tests"
# Under which name each task was saved when tasks were saved under their numbers.
NUMBERS = {
    (plan.name, task.id): task.was[0]
    for plan in UNITS
    for task in load_tasks(plan, medialit.load_case(CASE)).values()
    if task.was
}


def worked():
    """Somebody who did all tasks and a question of each unit, one of them wrong first, and left a draft."""
    progress = Progress()
    for plan in UNITS:
        unit = medialit.open_unit(plan.name, progress=progress)
        for task in unit.tasks.values():
            unit.submit(task.id, task.answer(), door="click")
        unit.submit(unit.questions.questions[0].id, unit.questions.questions[0].key, certainty=2)
        unit.record.draft(next(iter(unit.tasks.values())), None if plan.name == "welcome" else [])
    medialit.open_unit("quotes", progress=progress).submit("chain", ["story"])
    return progress


def as_it_was(data):
    """The same file with numbers in place of names."""
    head, *lines = data.splitlines()
    entries = [json.loads(line) for line in lines]
    changed = [entry | {"task": NUMBERS.get((entry["unit"], entry["task"]), entry["task"])} for entry in entries]
    assert sum(a != b for a, b in zip(entries, changed, strict=True)) > 30
    return b"\n".join([head, *(json.dumps(entry).encode() for entry in changed)]) + b"\n"


def restored(data):
    progress = Progress()
    assert progress.restore(data).ok
    return progress


def seen_by_the_learner(progress):
    course = medialit.my_course(CASE, progress)
    units = [medialit.open_unit(plan.name, progress=progress) for plan in UNITS]
    return [
        course.overview().text,
        course.revisit().text,
        course.board().text,
        [unit.summary().text for unit in units],
        [unit.welcome().text for unit in units],
        [unit.record.kept(task) for unit in units for task in unit.tasks.values()],
    ]


def graded(data):
    answers, key = from_progress({"my-progress.jsonl": data})[0], AnswerKey()
    scored = [score(f"learner-{n}", answers, key) for n in range(6)]
    book = Book([a for one in scored for a in one.attempts], [g for one in scored for g in one.grades], [])
    return scored, [section(Frames(book)).text for _, section in SECTIONS.values()]


def test_what_is_saved_names_the_task_and_a_page_shows_its_number():
    assert len(NUMBERS) > 30
    unit = medialit.open_unit("quotes", progress=Progress())
    unit.submit("1.4", ["story"])
    assert [entry.task for entry in unit.progress.entries("attempt")] == ["chain"]
    assert "Task 1.4 ·" in unit.task("chain").text_form()
    assert "1.4 " in unit.summary().text


def test_a_file_with_numbers_gives_the_same_page_grade_and_report():
    data = worked().as_bytes()
    old = as_it_was(data)
    assert seen_by_the_learner(restored(old)) == seen_by_the_learner(restored(data))
    (new_scores, new_report), (old_scores, old_report) = graded(data), graded(old)
    assert old_scores == new_scores
    assert sum(grade.outcome in ("passed", "complete") for grade in old_scores[0].grades) > 30
    assert old_report == new_report
    assert not any(scored.problems for scored in old_scores)


@pytest.fixture
def longer(tmp_path, monkeypatch):
    """The course with one more task before the third of unit 1."""
    shutil.copytree(course_path(), tmp_path / "course")
    (tmp_path / "datasets").symlink_to(data_path())
    file = tmp_path / "course" / "01-quotes" / "tasks.yaml"
    text = file.read_text(encoding="utf-8")
    third = text.index("  - name: ", text.index("  - name: sort") + 1)
    start, end = text.index("  - name: repair"), text.index("  - name: unnamed")
    repair = text[start:end].replace('    was: ["1.6"]\n', "")
    text = text[:third] + repair.rstrip() + "\n\n" + text[third:start] + text[end:]
    file.write_text(text, encoding="utf-8")
    monkeypatch.setattr("medialit.files.kit_root", lambda: tmp_path)
    return load_tasks(find_unit("quotes"), medialit.load_case(CASE))


def test_a_task_before_another_changes_nobodys_saved_answers(longer):
    assert (longer["chain"].label, longer["repair"].label) == ("1.5", "1.3")
    unit = medialit.open_unit("quotes", progress=Progress())
    for name, answer in (("chain", ["story"]), ("1.4", ["agency"])):
        entry = Entry(
            "attempt", task=name, version=longer["chain"].version, answer=answer, outcome="not yet", score=0.2
        )
        unit.record.add(entry)
    assert unit.record.kept(longer["chain"])["attempts"] == 2
    assert [unit.record.kept(task) for task in longer.values() if task.id != "chain"] == [None] * (len(longer) - 1)
    scored = score("ana", from_progress({"p.jsonl": unit.progress.as_bytes()})[0], AnswerKey())
    assert {grade.task: grade.attempts for grade in scored.grades if grade.attempts} == {"1.5": 2}


def test_an_attempt_in_an_earlier_gradebook_follows_its_task_to_its_new_number(longer):
    data = medialit.open_unit("quotes", progress=Progress())
    data.submit("chain", ["story"])
    first = score("ana", from_progress({"p.jsonl": data.progress.as_bytes()})[0], AnswerKey())
    before = [a.__class__(**{**vars(a), "item": "1.4"}) for a in first.attempts]
    again = score("ana", [], AnswerKey(), earlier=before)
    assert [(a.item, a.answer) for a in again.attempts] == [("1.5", ["story"])]


def test_two_tasks_cannot_share_a_name(tmp_path):
    from medialit.errors import CaseError
    from medialit.exercises.task import load_texts

    folder = tmp_path / "01-quotes"
    folder.mkdir()
    text = course_path("01-quotes", "tasks.yaml").read_text(encoding="utf-8")
    (folder / "tasks.yaml").write_text(text.replace('was: ["1.3"]', 'was: ["1.3", "mark"]'), encoding="utf-8")
    with pytest.raises(CaseError, match="Two tasks have the name mark"):
        load_texts(folder / "tasks.yaml")
