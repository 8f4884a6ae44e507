"""Short answers in one's own words: what means the same is right, however it is put, and a refusal says nothing false.

The wordings were written from the questions alone.
"""

import pytest

from medialit.exercises.quiz import load_quiz
from medialit.exercises.records import Outcome
from medialit.files import course_path
from medialit.forms.number import NumberForm, number_of

WORDINGS = {
    # “Whose attitude to these words does the new verb show?” (“claimed” in place of “said”)
    ("01-quotes", "q6"): (
        [
            "the writer", "Writer", "the writer’s", "The article's author", "author of the article", "authors",
            "the news outlet", "journalists", "a journalist", "the journalist’s attitude", "whoever wrote it",
            "whoever wrote the article", "the person who wrote the story", "the one who writes the news", "reporter",
            "the reporter's own view", "the editors", "an editor", "the newspaper", "the publisher", "the website",
            "the media", "the press", "the story itself", "the story's", "the text", "narrator", "the storyteller",
            "the newsroom", "news agency", "whoever chose the verb", "the person telling it", "jounalist", "writter",
            "the auhtor", "the correspondent", "the publication", "the writer, not Kim", "not Kim but the writer",
            "staff writer", "THE WRITER OF THE TEXT", "the author’s, because the verb is outside the marks",
        ],
        [
            "Kim", "Kim Jong Un", "Kim's", "his", "he", "the speaker", "the speaker's attitude", "North Korea",
            "the North Korean leader", "the leader", "the military", "the state", "state media", "KCNA",
            "the source", "the reader", "readers", "the audience", "mine", "us", "nobody", "no one's", "none",
            "nobody who writes", "not the writer", "not the author of the article", "Trump", "the government",
            "the enemy", "South Korea", "U.S. officials", "experts", "everyone", "neutral", "doubt", "negative",
            "it stays the same", "the verb", "the dictator", "the person quoted", "who", "the", "?", "12",
        ],
    ),
    # “¶7 begins “Experts believe”. How many sources does that give you that you can name, look up and ask?”
    ("01-quotes", "q7"): (
        [
            0, 0.0, "0", "0.0", "zero", "Zero", "ZERO.", "none", "None.", "none at all", "none of them", "no one",
            "No-one", "noone", "nobody", "nothing", "nil", "null", "no", "no sources", "no source at all",
            "0 sources", "zero sources", "not one", "not a single one", "there are none", "there is nobody to ask",
            "I can name none", "no one is named", "not any", "there aren’t any", "zero: nobody is named",
        ],
        [
            1, 2, 3, 100, 0.5, -1, "1", "one", "One source", "a single source", "exactly one", "two", "2 sources",
            "at least two", "more than one", "one or more", "one or two", "1-2", "several", "a few", "many",
            "not many", "experts", "all of them", "I do not know", "no idea", "not sure", "ten", "twenty", "dozens",
            "half", "some", "three experts", "1.5", "zero to two",
        ],
    ),
    # “Three sites print the same text, and under each stands “AP”. How many independent sources do you have?”
    ("02-claims", "q7"): (
        [
            1, 1.0, "1", "1.0", "one", "One", "ONE.", "one source", "just one", "only one", "only 1", "exactly one",
            "a single one", "a single source", "1 source", "1 independent source", "one independent source",
            "one (AP)", "one: AP", "one agency", "one, the AP", "there is one", "I have one", "it is one source",
            "one source in total", "just the one", "one report", "one origin", "probably one", "one original text",
            "one, AP itself",
        ],
        [
            0, 2, 3, 4, 20, 21, -1, 1.5, "0", "zero", "none", "no sources", "nobody", "not one", "two", "2", "three",
            "3", "3 sites", "three sources", "all three", "three independent sources", "four", "more than one",
            "at least one", "one or three", "1 to 3", "1-3", "many", "several", "ten", "twenty", "half", "no idea",
            "AP", "AP and the sites", "I do not know",
        ],
    ),
}  # fmt: skip
EACH = [
    (*place, right, answer)
    for place, lists in WORDINGS.items()
    for right, answers in zip((True, False), lists, strict=True)
    for answer in answers
]


def test_every_free_answer_has_wordings():
    free = {
        (path.parent.name, question.id)
        for path in course_path(".").glob("*/quiz.yaml")
        for question in load_quiz(path).questions
        if question.type in ("text", "number")
    }
    assert free == set(WORDINGS)
    for right, wrong in WORDINGS.values():
        assert len(set(map(repr, right))) >= 25
        assert len(set(map(repr, wrong))) >= 25


@pytest.mark.parametrize(("unit", "name", "right", "answer"), EACH)
def test_what_means_the_same_is_right_and_nothing_else(unit, name, right, answer):
    question = load_quiz(course_path(unit, "quiz.yaml"))[name]
    result = question.check(answer)
    assert (result.outcome is Outcome.PASSED) is right, result
    assert result.score == float(right)


@pytest.mark.parametrize(("unit", "name"), WORDINGS)
def test_what_cannot_be_read_is_not_called_wrong(unit, name):
    """A sentence of a learner may be better than the check: the refusal speaks of the check, or asks for a number."""
    said = str(load_quiz(course_path(unit, "quiz.yaml"))[name].check("hmm, that depends"))
    assert "This check finds nobody" in said or "Hand in a number" in said


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7), ("about 7 hours", 7), ("seven", 7), ("seven hours", 7), ("twenty-five", 25), ("twenty five", 25),
        ("thirty", 30), ("1,500", 1500), ("7,5", 7.5), ("7.5", 7.5), ("-3", -3), ("−3", -3), ("nineteen", 19),
        ("ninety nine", 99), ("none", 0), ("twenty twenty", None), ("20 to 30", None), ("one two", None),
        ("three point two", None), ("", None), ("1.2.3", "nan"), ("not 5", None), ("no hours", 0),
        ("no minutes", None), ("twenty zero", None), ("a single one", 1), ("zero or one", None),
    ],
)  # fmt: skip
def test_a_number_is_read_in_digits_and_words(text, number):
    found = number_of(text, "hours")
    assert found == number if number != "nan" else found != found


def test_a_number_task_and_a_guess_take_words_too():
    form = NumberForm(minimum=0, maximum=30)
    assert (form.read("twelve"), form.problem("thirty one")) == (12, "The number cannot be above 30.")
    assert form.problem("many") == "Hand in a number, for instance 7."
    assert form.problem("1.2.3") == "Hand in a number, for instance 7."
