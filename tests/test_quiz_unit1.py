"""The quiz of unit 1: complete, balanced, and in agreement with the article."""

from __future__ import annotations

import re

import pytest
from some import some

from medialit.article import Article
from medialit.exercises.quiz import load_quiz
from medialit.exercises.records import Outcome
from medialit.files import course_path, data_path, read_text


@pytest.fixture(scope="module")
def quiz():
    return load_quiz(course_path("01-quotes", "quiz.yaml"))


@pytest.fixture(scope="module")
def article():
    return Article(read_text(data_path("missile-tests", "article.txt")))


def explanations(question):
    return [text for _, text, _ in question.remarks()]


def wrong_explanations(question):
    return [text for _, text, code in question.remarks() if code is not None]


def test_the_script_is_covered(quiz):
    assert [q.id for q in quiz.questions] == [f"q{n}" for n in range(1, 10)]
    assert {q.type for q in quiz.questions} == {"one", "several", "number", "order", "text"}
    used = {code for q in quiz.questions for _, code in q.wrong()}
    wanted = {"Q-A", "Q-B", "Q-C", "Q-D", "Q-E", "Q-F", "Q-F2", "Q-G", "Q-H", "Q-I", "Q-J", "Q-K", "Q-L"}
    assert wanted <= used
    assert used == set(quiz.misconceptions)


def test_every_question_can_be_passed_and_every_wrong_option_fails_with_its_own_words(quiz):
    for question in some(quiz.questions):
        assert question.check(question.key).outcome is Outcome.PASSED
        if question.type == "one":
            wrong = [question.check(o.id) for o in question.options if not o.right]
            assert all(r.outcome is Outcome.NOT_YET and len(r.codes) == 1 for r in wrong)
            assert len({r.message for r in wrong}) == len(wrong)


def test_wrong_feedback_never_holds_the_answer(quiz):
    assert sum(len(wrong_explanations(question)) for question in quiz.questions) > 15
    for question in some(quiz.questions):
        right = [o.text for o in getattr(question, "options", ()) if o.right]
        for text in wrong_explanations(question):
            assert not any(words in text for words in right)
            if question.type == "text":
                assert not any(re.search(rf"\b{re.escape(word)}\b", text, re.I) for word in question.accept)


def test_wrong_feedback_points_to_a_paragraph_that_exists(quiz, article):
    last = max(block.number for block in article.blocks)
    for question in some(quiz.questions):
        for text in [text for _, text, code in question.remarks() if code]:
            assert "¶" in text, (question.id, text)
        for text in [*explanations(question), *question.hints, question.stem]:
            assert all(1 <= int(n) <= last for n in re.findall(r"¶(\d+)", text))
            assert "!" not in text


def test_the_count_in_question_8_is_the_count_of_the_article(quiz, article):
    state = ["The military must be", "the enemies, who are", "invariable principal enemy", "strategic means"]
    quoted = [m.group(1) for m in re.finditer(r"“([^”]+)”", article.text)] + ["lethal"]
    words = {text: len(re.findall(r"\w+", text)) for text in quoted}
    mine = sum(n for text, n in words.items() if text.startswith(tuple(state)))
    total = sum(words.values())
    assert f"one state has {mine} of {total} quoted words" in quiz["q8"].why
