"""A case carries what it can: whatever file is missing, the rest of the course works on it, and says what is left out."""

import csv
import os
import re
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from damaged import damage
from gradebooks import attempt, frames
from learners import NO_KEY, little
from own_case import copy_of
from some import some
from typer.testing import CliRunner

import medialit
from medialit.authoring.casecheck import check_case
from medialit.authoring.key import answer_key
from medialit.case import load_case
from medialit.case.lacking import lacking
from medialit.case.load import case_faults
from medialit.case.records import Texts
from medialit.case.serves import NEEDS as NEEDED_OF
from medialit.classroom.items import AnswerKey
from medialit.classroom.pages import one_reading
from medialit.classroom.plan import CoursePlan, PlannedTotals
from medialit.classroom.report.page import SECTIONS
from medialit.classroom.store import read_book
from medialit.cli import app
from medialit.errors import CaseError
from medialit.exercises.records import Outcome
from medialit.exercises.task import load_texts
from medialit.files import course_path, data_path, kit_root, know_case, list_cases, load_model
from medialit.paths.load import find_path, load_paths
from medialit.paths.pack import print_pack
from medialit.progress import Progress
from medialit.show.html import View
from medialit.units.registry import UNITS, find_unit, load_tasks

STORIES = ("missile-tests", "averstow-pool")
NEEDED = ("case.yaml", "article.txt")
REMOVED = [
    (story, path.relative_to(data_path(story)).as_posix())
    for story in STORIES
    for path in sorted(data_path(story).rglob("*"))
    if path.is_file() and path.name not in NEEDED
]
# The needs that each file serves, as course/needs.yaml names them: without it, the exercises with one of them are closed. A
# file that is not here closes nothing.
SERVES = {
    "attributions.yaml": {"quotations"},
    "claims.yaml": {"splits", "kinds", "rank", "verdicts", "claims"},
    "correction.yaml": {"correction"},
    "coverage.yaml": {"matrix", "grouping", "events", "questions"},
    "evidence.yaml": {"cards"},
    "frames.yaml": {"agreed", "functions", "words", "coders", "rewrites", "excerpts"},
    "glossary.yaml": {"terms"},
    "quotes.yaml": {"chain", "sides", "repair"},
    "reports.yaml": {"reports", "copy"},
    "skills.yaml": {"table"},
    "timeline.yaml": {"event_names"},
}
PATHS = load_paths()
# The calls of views that exercise pages make, by unit.
CALLS = {
    plan.name: re.findall(
        r"^(?:unit|pool)\.(?!task|check|follow|span|coding|restore|rows|solution|open_card)\w+\(.*\)$",
        course_path(plan.folder, "exercise.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    for plan in UNITS
}


def served_by(case):
    """The tasks that a case serves."""
    return [task for plan in UNITS for task in load_tasks(plan, case).values()]


NEEDS = {task.label: {"table"} if task.text.table else {*task.text.needs} for task in served_by(load_case(STORIES[0]))}
ALL = {*NEEDS}
CLOSES = {file: {task for task in ALL if NEEDS[task] & needs} for file, needs in SERVES.items()}


def without(story, file, place):
    return copy_of(story, place, f"{story}-partial", [file])


def test_every_need_has_its_sentence_and_an_exercise_and_no_other_can_be_named(tmp_path):
    asked = {need for plan in UNITS for text in plan.texts.values() for need in text.needs}
    assert asked == set(NEEDED_OF)
    # What a table needs is said with its rows; the last two are said by what reads the coding.
    assert set(load_model(Texts, course_path("needs.yaml")).root) == asked | {"table", "coding", "passes"}
    file = tmp_path / "tasks.yaml"
    damage(file, "needs: [chain]", "needs: [chian]", course_path("01-quotes", "tasks.yaml"))
    with pytest.raises(CaseError, match=r"tasks\.yaml, line \d+, field tasks\.4\.needs\.1: There is no need “chian”"):
        load_texts(file)


@pytest.mark.parametrize(("story", "file"), [one for one in REMOVED if one[1] not in CLOSES], ids=lambda one: one)
def test_a_file_that_no_exercise_needs_closes_none(story, file, tmp_path):
    folder = without(story, file, tmp_path)
    assert case_faults(folder) == []
    left = [one.label for plan in UNITS for one in load_tasks(plan, load_case(folder)).left_out]
    assert left == ["0.0"]


# Every page is opened on the invented story; on the course's story, what closes most.
WHOLE = [one for one in REMOVED if one[1] in CLOSES and (one[0] == STORIES[1] or len(CLOSES[one[1]]) > 10)]


@pytest.mark.parametrize(
    ("story", "file"), [one for one in REMOVED if one[1] in CLOSES and one not in WHOLE], ids=lambda one: one
)
def test_whatever_is_missing_the_rest_is_served(story, file, tmp_path):
    folder = without(story, file, tmp_path)
    assert case_faults(folder) == []
    served = served_by(load_case(folder))
    assert [task.label for task in served if not task.check(task.answer()).outcome.done] == []
    assert {task.label for task in served} == ALL - {"0.0", *CLOSES[file]}


@pytest.mark.parametrize(("story", "file"), WHOLE, ids=lambda one: one)
def test_whatever_is_missing_the_rest_opens_on_every_page(story, file, tmp_path, monkeypatch):
    folder = without(story, file, tmp_path)
    monkeypatch.chdir(tmp_path)
    assert case_faults(folder) == []
    case, progress = load_case(folder), Progress()
    closed = {"0.0", *CLOSES[file]}
    served, rows = set(), []
    for plan in UNITS:
        unit = medialit.open_unit(plan.name, folder, progress)
        served |= unit.tasks.keys()
        for task in unit.tasks.values():
            assert unit.task(task.label) is not None
            assert task.hints
            assert task.solution_text()
            assert unit.submit(task.id, task.answer()).outcome.done, task.label
            answer = task.plain(task.answer())
            rows += [attempt(f"l{i}", task.label, 1.0, unit=plan.name, answer=answer, kind="task") for i in range(6)]
        for one in unit.tasks.left_out:
            # A notebook that runs from top to bottom meets one sentence, never an error.
            for shown in (unit.task(one.label), unit.check(one.label, "x"), unit.hint(one.id), unit.solution(one.id)):
                assert str(one) in shown.text
            assert str(one) in unit.rows(one.label).text
            assert unit.check(one.label, None).text == ""
        for call in some(CALLS[plan.name]):
            shown = eval(call, {"unit": unit, "pool": unit})
            assert "not part of your class" not in shown._repr_mimebundle_().get("text/plain", ""), call
        assert isinstance(unit.summary(), object)
    assert served == ALL - closed

    me = medialit.my_course(folder, progress)
    assert sum(one.exercises.items for one in me.unit_progresses()) == len(served)
    assert me.overview().text
    assert "A level is about what you did" in me.certificate_html(b"")

    key = answer_key(case)
    for label in sorted(served):
        assert re.search(rf"^\*\*{re.escape(label)} ", key, re.MULTILINE), label
    for label in sorted(closed):
        assert f"**{label} " not in key
    pack = print_pack(case)
    assert ("Look it up" in pack, "Facts by sources" in pack) == ("2.4" in served, "4.1" in served)
    # The longest workshop has whatever the shorter ones have.
    assert "Key of the exercises" in print_pack(case, find_path(PATHS, "180"))

    book = AnswerKey({case.name: folder})
    for plan in UNITS:
        items = book.items(plan.name, case.name)
        assert items.tasks.keys() == {label for label in served if label in items.tasks}
        for task in items.tasks.values():
            assert book.check(items, task.label, task.answer(), None).outcome.done
    know_case(case.name, folder)
    told = frames(*[replace(row, case=case.name) for row in rows])
    for name, (_, section) in some(SECTIONS.items()):
        view = section(told)
        assert isinstance(view, View), name
        assert "not part of this kit" not in view.text


def test_a_class_is_graded_on_what_its_story_serves_whatever_lessons_let_it_try(tmp_path):
    """Guesses and practice of a lesson are on the story of the course, and an empty page is about the class's own."""
    folder = without("averstow-pool", "frames.yaml", tmp_path / "case")
    (folder / "skills.yaml").unlink()
    pages = tmp_path / "class" / "empty"
    pages.mkdir(parents=True)
    for name in ("02-claims", "03-framing"):
        shutil.copy(kit_root() / "exercises" / f"{name}.ipynb", pages)
    (tmp_path / "class" / "ana").mkdir()
    progress = Progress(tmp_path / "class" / "ana" / "my-progress.jsonl")
    for plan in UNITS:
        unit = medialit.open_unit(plan.name, folder, progress)
        for task in unit.tasks.values():
            unit.submit(task.id, task.answer())
        lesson = medialit.open_unit(plan.name, "missile-tests", progress)
        for guess in plan.predictions.values():
            lesson.predict(guess.id, guess.form.all_keys()[0].key if guess.form.all_keys() else 7)
    lesson = medialit.open_unit("welcome", "missile-tests", progress)
    lesson.submit("0.0", lesson.tasks["0.0"].answer())
    out = tmp_path / "graded"
    done = CliRunner().invoke(app, ["grade", str(tmp_path / "class"), "--out", str(out), "--case", str(folder)])
    assert done.exit_code == 0, done.output
    with (out / "gradebook.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["case"] for row in some(rows)} == {folder.name}
    assert {row["unit"] for row in rows} == {plan.name for plan in UNITS} - {"framing"}
    assert {row["unit"] for row in rows if row["learner"] == "empty"} == {"claims"}
    with (out / "grades.csv").open(encoding="utf-8") as file:
        most, ana, _ = csv.DictReader(file)
    tasks = [name for name in most if name.endswith(" tasks")]
    assert len(tasks) == len(UNITS) - 1
    assert all(ana[name] == most[name] for name in tasks)
    # A plan that asks for a unit which the story does not serve takes nothing from anybody.
    know_case(folder.name, folder)
    book = read_book(out / "gradebook.db")
    plan = {"timezone": "UTC", "parts": [{"unit": name, "due": "2024-01-01"} for name in ("framing", "claims")]}
    found = PlannedTotals(book, CoursePlan.model_validate(plan), datetime.now(UTC))
    assert [[*found.standing(who)] for who in ("ana", "empty")] == [["Claims tasks"]] * 2


def test_each_exercise_of_the_course_is_served_by_its_own_story():
    assert {plan.name: load_tasks(plan, load_case("missile-tests")).left_out for plan in UNITS} == {
        plan.name: () for plan in UNITS
    }


def test_rows_are_chosen_by_rule_where_nobody_chose_them(tmp_path):
    case = load_case(without("averstow-pool", "quotes.yaml", tmp_path))
    chosen = [number for chunk in case.marking for number in chunk]
    assert chosen == sorted(set(chosen))
    assert all(1 <= len(chunk) <= 3 for chunk in some(case.marking))
    found = {case.article.sentence_at(q.content.start).number for q in case.quotes if q.share >= 1}
    assert set(chosen) < found
    assert len({q.kind for q in case.quotes if q.id in some(case.sorting)}) == len({q.kind for q in case.quotes})
    quotes = load_tasks(UNITS[1], case)
    assert quotes["1.1"].check([]).outcome is Outcome.NOT_ATTEMPTED
    assert not quotes["1.2"].check({case.sorting[0]: {"kind": "direct"}}).outcome.done


@pytest.mark.parametrize("story", STORIES)
def test_a_beginning_is_never_the_whole_answer(story):
    """A key of one row would be a guess. One choice of several is whole, and so is the practice sentence."""
    asked = [task for task in some(served_by(load_case(story))) if task.form.kind != "choice"]
    found = {task.label: task.check(little(task)) for task in asked}
    whole = {label for label, result in found.items() if result.outcome.done or result.score == 1}
    assert whole <= {"0.0", *NO_KEY}


def test_one_thing_that_paragraphs_do_is_no_exercise(tmp_path):
    folder = without("averstow-pool", "coding/frames-coder-4.yaml", tmp_path)
    for coding in some((folder / "coding").glob("frames-*.yaml")):
        told = re.sub(r"^  (cause|judgement|remedy): .*$", r"  \1: []", coding.read_text(encoding="utf-8"), flags=re.M)
        coding.write_text(told, encoding="utf-8")
    case = load_case(folder)
    assert find_unit("framing").lacking("functions", case).startswith("It needs at least two things that paragraphs do")
    assert "3.2" not in load_tasks(UNITS[3], case)


def test_one_coder_is_enough_for_the_frames(tmp_path):
    folder = without("averstow-pool", "coding/frames-coder-4.yaml", tmp_path)
    for name in ("frames-coder-2.yaml", "frames-coder-3.yaml"):
        os.unlink(folder / "coding" / name)
    tasks = load_tasks(UNITS[3], load_case(folder))
    assert [task.label for task in tasks.values() if not task.check(task.answer()).outcome.done] == []
    assert any("one person's reading" in finding.text for finding in check_case(folder))
    # Every page that shows a key says so, and says it of nothing else.
    coded = {task.label for task in some(tasks.values()) if "one person's reading" in task.solution_text()}
    assert coded == {"3.1", "3.2", "3.3", "3.4", "3.5", "3.6"}
    # The quotations of this story were coded by one person, too; those of the course's story by two. So it is with the
    # nine questions that are made from them.
    quoted = [task for task in load_tasks(UNITS[1], load_case(folder)).values() if not task.text.table]
    assert answer_key(load_case(folder)).count("one person's reading") == len(coded) + len(quoted) + 9
    assert "one person's reading" not in answer_key(load_case("missile-tests"))
    told = f"The key of “{UNITS[3].title}” on the story “The pool of Averstow (an invented story)” is one person's reading."
    assert one_reading([("framing", str(folder)), ("claims", str(folder))]) == told
    assert one_reading([("framing", "missile-tests"), ("framing", "gone"), ("moon", "missile-tests")]) == ""
    os.unlink(folder / "coding" / "frames-coder-1.yaml")
    left = load_tasks(UNITS[3], load_case(folder)).left_out
    assert {one.label for one in left} == {"3.1", "3.2", "3.3", "3.4", "3.5", "3.6"}
    assert {one.why for one in left} == {str(lacking("passes"))}


def test_every_test_over_the_cases_of_the_kit_takes_a_partial_one(tmp_path, monkeypatch):
    """``make test`` passes while a case that is not complete yet is in ``datasets/``."""
    data, folder = tmp_path / "datasets", without("averstow-pool", "claims.yaml", tmp_path)
    for name in ("frames.yaml", "quotes.yaml", "coverage.yaml", "skills.yaml", "bounds.json", "README.md"):
        (folder / name).unlink()
    data.mkdir()
    for path in data_path().iterdir():
        (data / path.name).symlink_to(path)
    (data / folder.name).symlink_to(folder)
    (tmp_path / "course").symlink_to(course_path())
    monkeypatch.setattr("medialit.files.kit_root", lambda: tmp_path)
    assert list_cases() == ["averstow-pool", folder.name, "missile-tests"]
    found = [
        (path.stem, name)
        for path in Path(__file__).parent.glob("test_*.py")
        for name in re.findall(r'parametrize\("\w+", list_cases\(\)\)\ndef (test_\w+)\(\w+\)', path.read_text("utf-8"))
    ]
    assert len(found) >= 5
    for module, name in found:
        with suppress(pytest.skip.Exception):
            getattr(import_module(module), name)(folder.name)


@pytest.mark.parametrize("story", STORIES)
def test_no_hint_is_empty_where_a_case_gives_no_clue(story, tmp_path):
    folder = without(story, "skills.yaml", tmp_path)
    for name, field in (("quotes.yaml", "voices_clue"), ("coverage.yaml", "grouping_clue")):
        data = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
        data.pop(field, None)
        (folder / name).write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    case = load_case(folder)
    assert case.voices_clue == ""
    tasks = [task for plan in UNITS for task in load_tasks(plan, case).values()]
    assert len(tasks) > 20
    for task in tasks:
        assert task.hints
        assert all(hint.strip() for hint in task.hints), task.label
    voices = next(task for task in tasks if task.id == "voices" and task.unit == "quotes")
    assert len(voices.hints) == 3


def test_learners_are_not_told_of_files_that_a_case_lacks(tmp_path):
    folder = without("averstow-pool", "frames.yaml", tmp_path)
    left = [one for plan in UNITS for one in load_tasks(plan, load_case(folder)).left_out]
    for one in some(left):
        assert str(one) == f"Exercise {one.label} ({one.title}) is not part of your class's story."
        assert one.why
    page = medialit.open_unit("framing", folder, Progress(":memory:"))
    for call in some(CALLS["framing"]):
        assert ".yaml" not in eval(call, {"unit": page, "pool": page})._repr_mimebundle_()["text/plain"], call


def test_what_a_case_lacks_is_said_in_words_before_the_file(tmp_path):
    """The file, if it is named, comes last and in brackets."""
    folder = tmp_path / "bare"
    folder.mkdir()
    for name in NEEDED:
        shutil.copy(data_path("averstow-pool", name), folder / name)
    left = [one for plan in UNITS for one in load_tasks(plan, load_case(folder)).left_out]
    for one in some(left):
        assert ".yaml" not in re.sub(r"\([^()]*\)\.$", "", one.why), one.why
