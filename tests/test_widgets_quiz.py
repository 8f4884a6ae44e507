"""The quiz widget and the task widget, driven with real ipywidgets: clicks, code, restore, trouble."""

from __future__ import annotations

import json
import re

import pytest
from test_widgets_forms import overwritten, state

from medialit.errors import MedialitError
from medialit.exercises.quiz import load_quiz
from medialit.exercises.records import Outcome
from medialit.files import course_path
from medialit.scoring.calibration import PAYOFF
from medialit.widgets.quiz import QuizWidget


@pytest.fixture(scope="module")
def quiz():
    return load_quiz(course_path("01-quotes", "quiz.yaml"))


@pytest.fixture
def log():
    return []


@pytest.fixture
def submit(quiz, log):
    def submit(question_id, answer, *, door, certainty, hints):
        log.append((question_id, answer, door, certainty, hints))
        return quiz[question_id].check(answer, certainty)

    return submit


ANSWERS = {"q1": "a", "q3": ["a", "b"], "q6": "Kim", "q7": 3, "q9": ["a", "c", "b", "d"]}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_click_and_a_call_do_the_same(quiz, submit, log, name):
    clicked, typed = QuizWidget(quiz, submit), QuizWidget(quiz, submit)
    box = clicked.boxes[name]
    box.form.set(ANSWERS[name])
    if quiz[name].certainty:
        box.certainty.value = 2
    box.check.click()
    result = typed.answer(name, ANSWERS[name], certainty=2 if quiz[name].certainty else None)
    (one, two) = log
    assert one[:2] + one[3:] == two[:2] + two[3:]
    assert (one[2], two[2]) == ("click", "code")
    assert clicked.boxes[name].feedback.value == typed.boxes[name].feedback.value
    assert typed.boxes[name].form.value == clicked.boxes[name].form.value
    assert result.message[:40] in clicked.boxes[name].feedback.value.replace("&#x27;", "'")
    assert "Attempt 1." in clicked.boxes[name].feedback.value


def test_the_key_is_not_sent_before_checking(quiz, submit):
    widget = QuizWidget(quiz, submit)
    sent = state(widget) + widget.text_form() + widget.html_form()
    for question in quiz.questions:
        secrets = [words for _, *said in question.remarks() for words in said] + question.hints
        assert len(secrets) > 6
        for secret in filter(None, secrets):
            assert not re.search(rf"(?<![\w-]){re.escape(json.dumps(secret)[1:-1])}(?![\w-])", sent), secret
    assert "narrator" in quiz["q6"].accept
    assert "narrator" not in sent
    widget.boxes["q1"].form.set("a")
    assert "Q-C" not in state(widget)


def test_attempts_points_and_progress_are_counted(quiz, submit):
    widget = QuizWidget(quiz, submit)
    widget.answer("q1", "a", certainty=3)
    widget.answer("q1", "a", certainty=3)
    assert "Attempt 1." in widget.boxes["q1"].feedback.value  # the same again is no new attempt
    widget.answer("q1", "b", certainty=1)
    assert "Attempt 2." in widget.boxes["q1"].feedback.value
    assert "Certainty 1: +1 points." in widget.boxes["q1"].feedback.value
    widget.answer("q2", "a", certainty=3)
    assert "Certainty 3: −6 points." in widget.boxes["q2"].feedback.value
    end = widget.children[-1].value
    assert "Answered: 2 of 9. Passed: 1." in end
    assert "−5" in end


def test_the_payoffs_are_shown(quiz, submit):
    shown = [label for label, _ in QuizWidget(quiz, submit).boxes["q1"].certainty.options]
    for certainty, (right, wrong) in PAYOFF.items():
        assert any(f"{certainty}: +{right} if right, {str(wrong).replace('-', '−')} if not" in text for text in shown)


def test_no_answer_and_bad_answers_are_not_counted(quiz, submit):
    widget = QuizWidget(quiz, submit)
    widget.boxes["q4"].check.click()
    assert "Not attempted" in widget.boxes["q4"].feedback.value
    assert widget.answer("q4", object()).outcome is Outcome.COULD_NOT_CHECK
    assert widget.answer("q7", "zero").outcome is Outcome.COULD_NOT_CHECK
    assert widget.answer("q1", "b", certainty=9).outcome is Outcome.COULD_NOT_CHECK
    assert widget.boxes["q4"].desk.attempts == widget.boxes["q7"].desk.attempts == 0
    assert "Answered: 0 of 9" in widget.children[-1].value
    with pytest.raises(MedialitError, match="no question"):
        widget.answer("q77", "b")


def test_typed_words_are_escaped(quiz, submit):
    widget = QuizWidget(quiz, submit)
    widget.answer("q6", "<img src=x onerror=alert(1)>")
    assert "<img" not in widget.boxes["q6"].feedback.value
    assert "&lt;img" in widget.boxes["q6"].feedback.value


def test_hints_climb_and_are_handed_in(quiz, submit, log):
    widget = QuizWidget(quiz, submit)
    box = widget.boxes["q5"]
    said = [widget.hint("q5") for _ in range(2)]
    box.hint.click()
    assert said == list(quiz["q5"].hints[:2])
    box.hint.click()
    assert "no more hints" in box.children[-1].value
    widget.answer("q5", "a")
    assert log[-1][-1] == 3


def test_saved_answers_come_back(quiz, submit):
    saved = {
        "q1": {"answer": "a", "certainty": 2, "attempts": 4, "hints": 1},
        "q9": {"answer": ["c", "d", "a", "b"]},
        "q4": {"answer": "z"},
        "q7": {"answer": {"x": 1}, "attempts": "many"},
        "old": {"answer": "a"},
    }
    widget = QuizWidget(quiz, submit, saved)
    box = widget.boxes["q1"]
    assert (box.form.value, box.certainty.value, box.desk.attempts, box.desk.hints_shown) == ("a", 2, 4, 1)
    assert "This is your saved answer." in box.feedback.value
    assert widget.boxes["q9"].form.value == ["c", "d", "a", "b"]
    assert "2 of 9" in widget.children[2].value
    assert "no longer fit their question: 2" in widget.children[2].value
    assert "Passed: 1." in widget.children[-1].value
    box.check.click()
    assert box.desk.attempts == 5


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (MedialitError("The disk is full. Free some space."), "The disk is full."),
        (OSError(28, "No space left on device"), "No space left on device"),
        (ZeroDivisionError("secret path"), "ZeroDivisionError"),
    ],
)
def test_trouble_becomes_a_sentence_and_keeps_the_answer(quiz, error, says):
    def submit(*args, **named):
        raise error

    widget = QuizWidget(quiz, submit)
    widget.boxes["q1"].form.set("b")
    widget.boxes["q1"].check.click()
    assert says in widget.boxes["q1"].feedback.value
    assert "Could not check" in widget.boxes["q1"].feedback.value
    assert "secret path" not in widget.boxes["q1"].feedback.value
    assert widget.boxes["q1"].form.value == "b"


def test_an_answer_that_was_not_saved_says_so(quiz, submit):
    widget = QuizWidget(quiz, submit, problem=lambda: "The disk is full. Free some space, then check again.")
    widget.answer("q1", "b")
    assert "Passed" in widget.boxes["q1"].feedback.value
    assert "The disk is full." in widget.boxes["q1"].feedback.value


def test_static_forms_stand_beside_the_view_and_never_change(quiz, submit):
    widget = QuizWidget(quiz, submit)
    bundle = widget._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", "application/vnd.jupyter.widget-view+json"}
    widget.answer("q1", "b")
    again = QuizWidget(quiz, submit, {"q1": {"answer": "a"}})._repr_mimebundle_()
    for kind in ("text/plain", "text/html"):
        assert widget._repr_mimebundle_()[kind] == bundle[kind] == again[kind]
        assert "Shift+Enter" in bundle[kind]
        assert all(question.id in bundle[kind] for question in quiz.questions)
    assert all(o.text in bundle["text/plain"] for q in quiz.questions for o in getattr(q.form, "options", ()))
    assert "unit.quiz().answer" in QuizWidget(quiz, submit, call="unit.quiz()").text_form()
    assert not re.search(r"<(style|script|svg)|class=|onerror", bundle["text/html"])


def test_nothing_of_ipywidgets_is_overwritten(quiz, submit):
    widget = QuizWidget(quiz, submit)
    assert overwritten(widget) | overwritten(widget.boxes["q1"]) <= {"_repr_mimebundle_"}
