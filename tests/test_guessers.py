"""Somebody who never read the story: what picking by length, by careful words or by place earns in the quizzes and tasks."""

import re

import pytest

from medialit import open_unit
from medialit.exercises.quiz import load_quiz
from medialit.files import course_path, data_path, read_text
from medialit.forms import TableForm
from medialit.progress import Progress
from medialit.units.registry import UNITS

CASES = ("missile-tests", "averstow-pool")
AT_MOST = 0.4
HEDGES = re.compile(
    r"\b(?:may|might|could|can|would|should|probably|maybe|perhaps|some|often|usually|seems?|likely|rather|almost|weak|"
    r"as far as|not yet|about (?=[\d.]))\b",
    re.I,
)
ABSOLUTE = re.compile(
    r"\b(?:all|always|never|nobody|everything|everybody|every|none|only|no|proof|proves?|any|whole|must|bound to)\b",
    re.I,
)


def quiz(plan):
    path = course_path(plan.folder, "quiz.yaml")
    return load_quiz(path).questions if path.is_file() else []


def items(plan, case):
    """(options as texts, places of the right ones) of all single choices out of sentences: quiz and tasks."""
    for question in quiz(plan):
        if question.type == "one":
            yield [option.text for option in question.options], {i for i, o in enumerate(question.options) if o.right}
    for task in open_unit(plan.name, case, progress=Progress()).tasks.values():
        if isinstance(task.form, TableForm) and len(task.form.rows) == 1:
            answer = task.answer()[task.form.rows[0].key]
            for field in task.form.fields:
                if field.long and len(field.options) <= 5:
                    right = [o.key == answer[field.name] for o in field.options]
                    yield [option.text for option in field.options], {i for i, good in enumerate(right) if good}


def earned(found, pick):
    """The share of items that a guesser gets who chooses among the best options by chance; ``pick`` rates an option."""
    total = 0.0
    for options, right in found:
        rates = [pick(place, text) for place, text in enumerate(options)]
        best = {place for place, rate in enumerate(rates) if rate == max(rates)}
        total += len(best & right) / len(best)
    return total / len(found)


GUESSERS = {
    "longest": lambda _, text: len(text),
    "shortest": lambda _, text: -len(text),
    "most words": lambda _, text: len(text.split()),
    "most hedged": lambda _, text: len(HEDGES.findall(text)),
    "fewest absolute words": lambda _, text: -len(ABSOLUTE.findall(text)),
    "most hedged, then longest": lambda _, text: (len(HEDGES.findall(text)), len(text)),
    **{f"place {n + 1}": lambda place, _, n=n: place == n for n in range(4)},
    "last": lambda place, _: place,
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("plan", UNITS, ids=lambda plan: plan.name)
def test_form_alone_earns_little(plan, case):
    found = list(items(plan, case))
    assert len(found) >= 3
    assert all(len(options) >= 3 and right for options, right in found)
    scores = {name: round(earned(found, pick), 3) for name, pick in GUESSERS.items()}
    # Of three questions, one right is a third and two are more than half.
    most = max(AT_MOST, 1.2 / len(found))
    assert {name: score for name, score in scores.items() if score > most} == {}


def test_form_alone_earns_little_in_the_whole_course():
    found = [one for plan in UNITS for one in items(plan, CASES[0])]
    assert len(found) >= 40
    scores = {name: round(earned(found, pick), 3) for name, pick in GUESSERS.items()}
    assert {name: score for name, score in scores.items() if score > 0.36} == {}


def test_absolute_words_give_nothing_away():
    """They are as frequent in keys as in wrong options, within what a few items can show."""
    keys, wrong = [], []
    for plan in UNITS:
        for question in quiz(plan):
            if question.type == "one":
                for option in question.options:
                    (keys if option.right else wrong).append(bool(ABSOLUTE.search(option.text)))
    assert len(keys) >= 35
    assert sum(keys) >= 4
    assert abs(sum(keys) / len(keys) - sum(wrong) / len(wrong)) < 0.15


# --- what is asked ---


def seen_by_learners():
    """All that is printed before a quiz: the story and the lesson of its unit."""
    story = read_text(data_path("missile-tests", "article.txt"))
    return {plan: story + read_text(course_path(plan.folder, "lesson.md")) for plan in UNITS}


def test_half_of_all_questions_apply_or_transfer():
    asks = {plan.name: [question.asks for question in quiz(plan)] for plan in UNITS}
    every = [one for of_unit in asks.values() for one in of_unit]
    assert len(every) >= 45
    assert sum(one != "recall" for one in every) >= len(every) / 2
    for name, of_unit in asks.items():
        if name != "welcome":
            assert sum(one != "recall" for one in of_unit) >= len(of_unit) / 2, name


def test_what_is_to_be_applied_meets_a_sentence_that_nobody_has_seen():
    checked = 0
    for plan, seen in seen_by_learners().items():
        plain = " ".join(seen.split())
        for question in quiz(plan):
            if question.asks == "recall":
                continue
            texts = [question.stem, *(o.text for o in getattr(question.form, "options", ()))]
            quoted = [words for text in texts for words in re.findall(r"“([^“”]+)”?", text)]
            quoted += [o.text for o in getattr(question.form, "options", ())] if question.type == "several" else []
            new = [words for words in quoted if len(words.split()) >= 4]
            assert new, (plan.name, question.id)
            assert not [words for words in new if words.strip(" .,") in plain], (plan.name, question.id)
            assert "¶" not in question.stem
            checked += 1
    assert checked >= 23


def test_no_question_gives_another_one_away():
    """The key of one question is not in the stem of another one of its unit, by its words."""
    small = set(
        "a an the of and or to in is it its that this with for by as on not no was were are be they their".split()
    )
    for plan in UNITS:
        questions = list(quiz(plan))
        for question in questions:
            if question.type != "one":
                continue
            key = set(re.findall(r"\w+", next(o.text for o in question.options if o.right).lower())) - small
            for other in questions:
                if other is not question and len(key) >= 4:
                    stem = set(re.findall(r"\w+", other.stem.lower()))
                    assert len(key & stem) / len(key) <= 0.6, (plan.name, question.id, other.id)
    stems = {q.id: q for q in quiz(UNITS[1])}
    assert "¶14" not in " ".join(o.text for o in stems["q9"].form.options)
