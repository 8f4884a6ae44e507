"""A guess is always answered, and never graded; certainty pays once, and only where an answer can be right."""

import re

import pytest

import medialit
from medialit.exercises.prediction import load_predictions
from medialit.files import course_path
from medialit.progress import Progress
from medialit.units.registry import UNITS

# What the words after a guess give away, because the guess is made. The other guesses have no right answer.
ANSWERED = {
    ("quotes", "p1"): "Nobody can tell from these two versions alone",
    ("quotes", "p2"): "You guessed 12. The key of this course has 25.",
    ("quotes", "p3"): "names the same speaker twice",
    ("claims", "p1"): "You guessed 12. It takes 7 hours",
    ("claims", "p2"): "It was Shigeru Ishiba",
    ("claims", "p3"): "You will find out for yourself in exercise 2.4.",
    ("claims", "p4"): "a slip in this text or in the copy of it",
    ("framing", "p1"): "All three could be headlines",
    ("framing", "p2"): "a word that adds strength",
    ("framing", "p3"): "About 6 times in 10",
    ("framing", "p4"): "It depends on what they answered",
    ("sources", "p1"): "at more than one date",
    ("sources", "p2"): "You guessed 3, and three of the five do.",
    ("sources", "p3"): "Antony Blinken",
    ("sources", "p4"): "About half. Of its 267 runs of five words, 144 are in the brief",
    ("sources", "p5"): "shares long runs with both",
    ("correction", "p1"): "A card that shows what holds up and what does not is fairer",
    ("correction", "p2"): "It should say what is true",
}
OPINIONS = {("welcome", "trust"), ("welcome", "problem"), ("correction", "trust-now")}


def predictions():
    return {
        (plan.name, name): one
        for plan in UNITS
        for name, one in load_predictions(course_path(plan.folder, "predictions.yaml")).items()
    }


def opened(name):
    return medialit.open_unit(name, progress=Progress())


def test_every_guess_that_can_be_answered_is():
    found = predictions()
    assert set(ANSWERED) | OPINIONS <= set(found)
    for place, words in ANSWERED.items():
        one = found[place]
        guess = re.search(r"You guessed (\d+)", words)
        last = one.options[1 if place == ("quotes", "p3") else -1].id if one.options else int(guess[1])
        said = one.said("c" if place == ("quotes", "p3") else last)
        assert words in said, (place, said)


def test_the_numbers_that_answer_a_guess_are_those_of_the_kit():
    quotes, sources = opened("quotes"), opened("sources")
    assert (len(quotes.case.quotes), len(medialit.find_quotes(quotes.case.article, rules=["marks"]))) == (25, 7)
    assert 350 / 50 == 7
    shared = sources.tasks["4.5"].shared(5)
    assert (shared.shared, shared.windows_a) == (144, 267)
    five = ["article", "yomiuri-a", "upi-a", "upi-b", "afp-b"]
    row = next(
        line for line in sources.compare("A2", "B4", sources=five).text.splitlines() if line.startswith("About 350 km")
    )
    assert row.count("states") == 3
    rows = [line for line in opened("framing").lists().text.splitlines() if re.search(r"0\.\d\d", line)]
    assert (len(rows), max(float(re.search(r"0\.\d\d", row)[0]) for row in rows)) == (5, 0.60)
    assert "0.81" in opened("framing").pair("even").text
    assert "-0.03" in opened("framing").pair("rare").text


def test_no_pay_off_is_shown_where_nothing_can_be_right():
    guess, question = opened("welcome").predict("trust").block, next(iter(opened("welcome").quiz().boxes.values()))
    assert guess.spec["certainty"]
    assert (guess.spec["pays"], question.spec["pays"]) == (False, True)


@pytest.fixture
def unit():
    return opened("quotes")


def wrong_and_right(unit):
    question = next(q for q in unit.questions.questions if q.type == "one" and q.certainty)
    return question.id, next(o.id for o in question.options if not o.right), question.key


def test_points_are_paid_for_the_first_answer_only(unit):
    name, wrong, right = wrong_and_right(unit)
    assert unit.submit(name, wrong, certainty=2).details["points"] == -2
    again = unit.submit(name, right, certainty=3)
    assert again.outcome == "passed"
    assert "points" not in again.details
    assert again.message.endswith("Certainty points are given once, for the first answer.")
    # Running the page again hands in the first answer once more: it keeps its points.
    assert unit.submit(name, wrong, certainty=2).details["points"] == -2
    name, wrong, right = wrong_and_right(unit)
    assert "points" not in unit.submit(name, wrong).details
    assert "points" not in unit.submit(name, right, certainty=3).details


@pytest.mark.parametrize("reopened", [False, True])
def test_the_quiz_adds_up_the_points_of_first_answers(unit, reopened):
    name, wrong, right = wrong_and_right(unit)
    quiz = unit.quiz()
    quiz.answer(name, right, certainty=3)
    quiz.answer(name, wrong, certainty=1)
    quiz.answer(name, right, certainty=2)
    if reopened:
        quiz = unit.quiz()
    assert "Certainty points of your first answers: +3." in quiz.foot
    assert quiz.boxes[name].points == 3


def test_a_look_back_pays_once_too():
    progress = Progress()
    widget = medialit.open_unit("claims", progress=progress).look_back("quotes-q1", "quotes-q2")
    first, second = (widget.answer("quotes-q1", letter, certainty=2) for letter in ("a", "b"))
    assert first.details["points"] == -2
    assert "points" not in second.details
    again = medialit.open_unit("claims", progress=progress).look_back("quotes-q1", "quotes-q2")
    assert again.boxes["quotes-q1"].points == -2
