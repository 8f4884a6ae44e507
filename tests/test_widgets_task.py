"""The task widget, driven with real ipywidgets: clicks, code, hints, solution, disagreement, restore."""

from __future__ import annotations

import json

import ipywidgets as w
import pytest
from test_widgets_forms import SPANS, everything, labelled, named, overwritten, state

from medialit.errors import MedialitError
from medialit.exercises.records import Outcome, Result
from medialit.widgets.task import TaskWidget


class Toy:
    id, unit, title, minutes, version = "1.1", "quotes", "Mark the words", 9, "1-abc"
    form, prompt, hints = SPANS, "Mark **all** words.", ("one", "two", "three")

    def solution_text(self):
        return "The **solution**."

    def check(self, answer):
        if not answer:
            return Result(Outcome.NOT_ATTEMPTED, 0.0, "There is no answer yet.")
        return Result(Outcome.PARTLY, 0.5, "1 of 2.", "Read ¶2.", {"marks": {"ok": answer[:1]}})


@pytest.fixture
def task():
    return Toy()


@pytest.fixture
def notes():
    return []


@pytest.fixture
def log():
    return []


@pytest.fixture
def door(task, log, notes):
    def submit(task_id, answer, *, door, certainty, hints):
        log.append((task_id, answer, door, certainty, hints))
        return task.check(answer)

    return TaskWidget(task, submit, None, lambda *note: notes.append(note))


def places(widget):
    return " ".join(x.value for x in everything(widget) if isinstance(x, w.HTML) and x.value)


def test_task_by_click_and_by_code(door, log):
    named(door, "Check").click()
    assert "Not attempted" in door.feedback.value
    labelled(door, "Way to mark").value = "list"
    labelled(door, "Sentence").value = 2
    named(door, "Add").click()
    named(door, "Check").click()
    assert "◐" in door.feedback.value
    assert "Read ¶2." in door.feedback.value
    assert labelled(door, "Your marks").options[0][0].startswith("✓ fits")
    span = door.form.value
    assert door.answer([tuple(span[0])]).outcome is Outcome.PARTLY
    assert log[-2:] == [("1.1", span, "click", None, 0), ("1.1", span, "code", None, 0)]


def test_task_answer_that_does_not_fit_stays_out_of_the_form(door):
    door.form.set([[10, 18]])
    door.answer([[0, 99_999]])
    door.answer({"a": object()})
    assert door.form.value == [[10, 18]]


def test_solution_opens_after_an_attempt_or_all_hints(door, task):
    named(door, "Solution").click()
    assert "solution</strong>" not in places(door)
    for _ in task.hints:
        named(door, "Hint").click()
    named(door, "Solution").click()
    assert "The <strong>solution</strong>." in places(door)


def test_solution_opens_after_an_attempt(door):
    door.answer([])
    named(door, "Solution").click()
    assert "solution</strong>" not in places(door)
    door.answer([[10, 18]])
    named(door, "Solution").click()
    assert "solution</strong>" in places(door)


def test_disagreeing_is_kept(door, notes):
    named(door, "I disagree").click()
    named(door, "I disagree").click()
    named(door, "Save my reason").click()
    assert "no reason yet" in places(door)
    reason = labelled(door, "What would you answer")
    reason.value = "x" * 1001
    named(door, "Save my reason").click()
    assert "1,001 characters" in places(door)
    assert notes == []
    reason.value = " Because <b> "
    named(door, "Save my reason").click()
    assert notes == [("1.1", "Because <b>")]
    assert "Saved." in places(door)


DISK = "Disk full."


@pytest.mark.parametrize("trouble", [MedialitError(DISK), OSError(DISK), DISK, KeyError(DISK)])
def test_a_reason_that_cannot_be_saved_says_so(task, trouble):
    def note(*_):
        if isinstance(trouble, str):
            return trouble
        raise trouble

    door = TaskWidget(task, task.check, None, note)
    named(door, "I disagree").click()
    labelled(door, "What would you answer").value = "Because"
    named(door, "Save my reason").click()
    assert "Disk full." in places(door) or "KeyError" in places(door)
    assert "Saved. Your" not in places(door)


def test_task_restores(task):
    saved = {"answer": [[10, 18]], "outcome": "partly", "attempts": 3, "hints": 2}
    door = TaskWidget(task, task.check, saved)
    assert door.form.value == [[10, 18]]
    assert "◐ partly. Attempts so far: 3." in door.feedback.value
    named(door, "Solution").click()
    assert "solution</strong>" in places(door)
    broken = TaskWidget(task, task.check, {"answer": [[5, 99_999]]})
    assert "no longer fits" in broken.feedback.value
    assert broken.form.value == []


def test_task_static_form(door, task):
    bundle = door._repr_mimebundle_()
    assert bundle["text/plain"].startswith("Task 1.1 · Mark the words · 9 minutes\n\nMark all words.")
    assert 'unit.check("1.1", [[start, end], …])' in bundle["text/plain"]
    assert "<strong>all</strong>" in bundle["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "solution" not in json.dumps(bundle).lower()
    assert "The **solution**" not in state(door)
    assert "two" not in [x.value for x in everything(door) if isinstance(x, w.HTML)]


def test_nothing_of_ipywidgets_is_overwritten(door):
    assert overwritten(door) <= {"_repr_mimebundle_"}
