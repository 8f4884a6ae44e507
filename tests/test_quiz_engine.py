"""The quiz engine: every outcome, every kind of bad input, and a file that is refused with its line."""

from __future__ import annotations

import re

import pytest
from some import some

from medialit.errors import CaseError, MedialitError
from medialit.exercises.quiz import load_quiz, normal
from medialit.exercises.records import Outcome
from medialit.files import course_path
from medialit.progress import Progress
from medialit.scoring.calibration import PAYOFF

GOOD = """\
title: "Small quiz"
misconceptions:
  T-A: "Say this."
questions:
  - id: q1
    version: 1
    type: one
    stem: "Which?"
    options:
      - {id: a, text: "First", right: true, feedback: "RIGHT"}
      - {id: b, text: "Second", code: T-A, feedback: "WRONG"}
    hints: ["one", "two", "three"]
  - id: q2
    version: 3
    type: number
    stem: "How many?"
    answer: 10
    tolerance: 0.5
    right: "RIGHT"
    traps:
      - {low: 11, high: 20, code: T-A, feedback: "WRONG"}
    otherwise: {feedback: "WRONG"}
    hints: ["one", "two", "three"]
"""


def small(tmp_path, *swaps):
    text = GOOD.replace("RIGHT", "yes " * 20).replace("WRONG", "no " * 30)
    for old, new in swaps:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = tmp_path / "quiz.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def quiz():
    return load_quiz(course_path("01-quotes", "quiz.yaml"))


@pytest.mark.parametrize(
    ("question", "answer", "outcome", "score", "codes"),
    [
        ("q1", "c", "passed", 1, ()),
        ("q1", " C ", "passed", 1, ()),
        ("q1", "a", "not yet", 0, ("Q-C",)),
        ("q1", "b", "not yet", 0, ("Q-A",)),
        ("q3", ["d", "a"], "passed", 1, ()),
        ("q3", ("a", "d"), "passed", 1, ()),
        ("q3", "a", "partly", 0.5, ("Q-E",)),
        ("q3", ["a", "d", "b"], "partly", 0.5, ("Q-E",)),
        ("q3", ["a", "b", "c", "d"], "not yet", 0, ("Q-E", "Q-G")),
        ("q3", ["c"], "not yet", 0, ("Q-G",)),
        ("q6", "The Writer’s", "passed", 1, ()),
        ("q6", "  kim JONG un", "not yet", 0, ("Q-F",)),
        ("q6", "Nobody.", "not yet", 0, ("Q-F2",)),
        ("q6", "the reader", "not yet", 0, ()),
        ("q7", 0, "passed", 1, ()),
        ("q7", 0.0, "passed", 1, ()),
        ("q7", 1, "not yet", 0, ("Q-J",)),
        ("q7", 12, "not yet", 0, ("Q-J",)),
        ("q7", 0.5, "not yet", 0, ()),
        ("q9", ["c", "d", "a", "b"], "passed", 1, ()),
        ("q9", ["c", "a", "d", "b"], "partly", 5 / 6, ("Q-N",)),
        ("q9", ["b", "a", "d", "c"], "not yet", 0, ("Q-M",)),
    ],
)
def test_outcomes_scores_and_codes(quiz, question, answer, outcome, score, codes):
    result = quiz[question].check(answer)
    assert (result.outcome, result.codes) == (outcome, codes)
    assert result.score == pytest.approx(score)
    assert result.message


@pytest.mark.parametrize("question", ["q1", "q3", "q6", "q7", "q9"])
@pytest.mark.parametrize("answer", [None, ..., "", "  ", []])
def test_no_answer_is_not_attempted(quiz, question, answer):
    assert quiz[question].check(answer).outcome is Outcome.NOT_ATTEMPTED


class Equal:
    """Equals everything and pretends to be empty."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1

    def strip(self):
        raise AssertionError("learner code was called")


class Text(str):
    def strip(self, *args):
        raise AssertionError("learner code was called")


@pytest.mark.parametrize("question", ["q1", "q3", "q6", "q7", "q9"])
@pytest.mark.parametrize(
    "answer",
    [
        Equal(),
        {"a": 1},
        object(),
        "x" * 10_000_000,
        ["x"] * 10_000,
        [Equal()],
        [1],
        float("nan"),
        10**400,
        b"b",
    ],
    ids=["equal", "dict", "object", "10 MB", "long list", "objects", "numbers", "nan", "huge", "bytes"],
)
def test_bad_input_gets_one_plain_sentence(quiz, question, answer):
    result = quiz[question].check(answer)
    assert result.outcome is Outcome.COULD_NOT_CHECK
    assert result.score == 0
    assert 10 < len(result.message) < 200
    assert "Traceback" not in str(result)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("q1", "z"),
        ("q1", True),
        ("q1", 2),
        ("q3", ["a", "z"]),
        ("q7", "many"),
        ("q7", True),
        ("q7", -1),
        ("q9", ["a", "b"]),
    ],
)
def test_unknown_or_wrong_type_is_not_counted(quiz, question, answer):
    assert quiz[question].check(answer).outcome is Outcome.COULD_NOT_CHECK


def test_certainty_pays_as_shown(quiz):
    for certainty, (right, wrong) in PAYOFF.items():
        assert quiz["q1"].check("c", certainty).details["points"] == right
        assert quiz["q1"].check("a", certainty).details["points"] == wrong
    assert "points" not in quiz["q1"].check("c").details
    for certainty in (0, 4, True, "2", Equal()):
        assert quiz["q1"].check("c", certainty).outcome is Outcome.COULD_NOT_CHECK


def test_both_doors_and_disguises_give_the_same_record(quiz):
    assert quiz["q3"].plain({"d", "a"}) == quiz["q3"].plain(["A", "d"]) == ["a", "d"]
    assert (quiz["q9"].plain(("C", "d", "a", "b")), repr(quiz["q7"].plain(3.0))) == (["c", "d", "a", "b"], "3")
    assert normal("  The  Écrivain’s ") == "ecrivain"
    assert quiz["q1"].check(Text("c")).outcome is Outcome.PASSED
    assert type(quiz["q1"].plain(Text("c"))) is str
    assert [q.id for q in quiz.only("q4", "Q2").questions] == ["q4", "q2"]
    with pytest.raises(MedialitError, match=r"^There is no question “q99”\. Questions: q1, q2"):
        quiz["q99"]


def test_a_question_does_not_print_its_key(quiz):
    for question in some(quiz.questions):
        shown = repr(question)
        assert "right=" not in shown
        remarks = [text for _, text, _ in question.remarks()]
        assert len(remarks) > 1
        assert not any(text in shown for text in remarks)
        assert not re.search(r"\b[A-Z]-[A-Z]\b", shown)


def test_tolerance_and_versions(tmp_path):
    question = load_quiz(small(tmp_path))["q2"]
    assert (question.check(10.5).outcome, question.check(10.51).outcome) == ("passed", "not yet")
    assert question.check(10.51).codes == ()
    assert question.check(20).codes == ("T-A",)
    # An edit of what is asked changes the version.
    before = load_quiz(small(tmp_path))
    assert re.fullmatch(r"3-[0-9a-f]{6}", before["q2"].version)
    stem = load_quiz(small(tmp_path, ("How many?", "How many words?")))
    key = load_quiz(small(tmp_path, ("answer: 10", "answer: 9")))
    hint = load_quiz(small(tmp_path, ('"two"', '"deux"')))
    assert before["q2"].version not in (stem["q2"].version, key["q2"].version)
    assert before["q1"].version == stem["q1"].version == hint["q1"].version


@pytest.mark.parametrize(
    ("swap", "line", "field", "says"),
    [
        (('    stem: "Which?"\n', ""), 5, "questions.1.stem", "missing"),
        (("version: 1", "version: one"), 6, "questions.1.version", "whole number"),
        (("version: 1", "version: 1\n    verion: 2"), 7, "questions.1.verion", "not known"),
        (("type: one", "type: maybe"), 7, "questions.1.type", "is not one of"),
        (("type: one", "type: [one]"), 7, "questions.1.type", "is not one of"),
        ((", code: T-A, feedback", ", right: true, feedback"), 9, "questions.1.options", "Exactly one"),
        (("right: true", 'right: "yes"'), 10, "questions.1.options.1.right", "true or false"),
        (("code: T-A, feedback", "feedback"), 11, "questions.1.options.2", "needs the code"),
        (("code: T-A", "code: T-Z"), 11, "questions.1.options.2.code", "not in the list"),
        ((("no " * 30), ("no " * 24)), 11, "questions.1.options.2.feedback", "24 words"),
        (('"one", "two", "three"', '"one"'), 12, "questions.1.hints", "3"),
        (("low: 11", "low: 9"), 21, "questions.2.traps.1", "catch the right number"),
        (("id: q2", "id: q1"), 13, "questions.2.id", "appears twice"),
        (("id: b,", "id: a,"), 10, "questions.1.options.1.id", "appears twice"),
    ],
)
def test_a_bad_file_names_line_and_field(tmp_path, swap, line, field, says):
    with pytest.raises(CaseError) as caught:
        load_quiz(small(tmp_path, swap))
    assert str(caught.value).startswith(f"quiz.yaml, line {line}, field {field}: ")
    assert says in str(caught.value)


@pytest.mark.parametrize("text", ["", "[]", "title: x", "a: [", "title: t\nmisconceptions: {}\nquestions: []", "\x00"])
def test_a_file_that_is_no_quiz_gives_a_sentence(tmp_path, text):
    path = tmp_path / "quiz.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match=r"^quiz\.yaml"):
        load_quiz(path)
    with pytest.raises(CaseError, match="missing"):
        load_quiz(tmp_path / "none.yaml")


def test_one_question_alone_needs_no_name():
    import medialit

    unit = medialit.open_unit("sources", progress=Progress())
    assert unit.quiz("q4").answer("b") == unit.quiz("q4").answer("q4", "b")
    with pytest.raises(MedialitError, match="which question"):
        unit.quiz().answer("b")
