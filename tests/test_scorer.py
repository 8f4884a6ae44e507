"""Scoring: stored scores are never believed, versions are never mixed, the first and the best attempt are kept."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

import medialit
from medialit.classroom.given import Given, from_progress, from_run
from medialit.classroom.items import AnswerKey
from medialit.classroom.records import Receipt
from medialit.classroom.scorer import score
from medialit.classroom.store import Store, read_book
from medialit.exercises.registry import UNITS
from medialit.progress import Progress

CASE = "missile-tests"
CHAIN = ["officials", "newspaper", "agency", "account", "story"]


@pytest.fixture(scope="module")
def key():
    return AnswerKey()


def grade_of(scored, task):
    (grade,) = [grade for grade in scored.grades if grade.task == task]
    return grade


def given(item, answer, **more):
    return Given("quotes", CASE, item, answer, notebook="a.ipynb", **more)


@pytest.mark.parametrize("plan", UNITS, ids=lambda plan: plan.name)
def test_the_cases_own_answers_earn_full_marks(key, plan):
    items = key.items(plan.name, CASE)
    scored = score(
        "ana", [Given(plan.name, CASE, name, task.answer(), notebook="n") for name, task in items.tasks.items()], key
    )
    assert {grade.task: grade.score for grade in scored.grades if grade.task in items.tasks} == dict.fromkeys(
        items.tasks, 1.0
    )
    assert {a.kind for a in scored.attempts} == {"task"}
    assert scored.units == (plan.name,)


def test_the_score_is_what_the_learner_saw(key):
    """Through a progress file, the grader gives what Unit.submit gave, first and best attempt, codes and certainty."""
    progress = Progress()
    unit = medialit.open_unit("quotes", progress=progress)
    question = next(q for q in unit.questions.questions if q.type == "one")
    wrong, right = (next(o.id for o in question.options if o.right is flag) for flag in (False, True))
    unit.submit("1.4", ["account", "story"], door="click", hints=2)
    unit.submit("1.4", CHAIN, door="click")
    unit.submit("1.4", ["story"], door="click")
    unit.submit(question.id, wrong, certainty=3, door="click")
    unit.submit(question.id, right, certainty=1, door="click")
    unit.predict("p1", "a")
    answers, lines = from_progress({"my-progress.jsonl": progress.as_bytes()})
    scored = score("ana", answers, key)
    assert lines == []
    seen = progress.entries("attempt")
    made = [a for a in scored.attempts if a.kind != "prediction"]
    assert [(a.item, a.outcome, a.score, a.certainty, a.codes, a.at, a.hints, a.door) for a in made] == [
        (e.task, e.outcome, e.score, e.certainty, e.codes, e.time, e.hints, e.door) for e in seen
    ]
    assert [a.nth for a in made if a.item == "1.4"] == [1, 2, 3]
    assert grade_of(scored, "1.4").score == 1.0
    assert grade_of(scored, "1.4").attempts == 3
    assert grade_of(scored, question.id).outcome == "passed"
    (guess,) = [a for a in scored.attempts if a.kind == "prediction"]
    assert (guess.item, guess.answer, guess.outcome) == ("p1", "a", "not graded")
    assert "p1" not in {grade.task for grade in scored.grades}


def lines_of(progress, change):
    """A progress file with every entry changed by hand."""
    head, *lines = progress.as_bytes().splitlines()
    return b"\n".join([head, *(json.dumps(change(json.loads(line))).encode() for line in lines)]) + b"\n"


@pytest.fixture
def wrong_work():
    progress = Progress()
    medialit.open_unit("quotes", progress=progress).submit("1.4", ["story"])
    return progress


def test_a_forged_score_is_not_believed(key, wrong_work):
    forged = lines_of(wrong_work, lambda entry: entry | {"score": 1.0, "outcome": "passed", "codes": []})
    honest = score("ana", from_progress({"p.jsonl": wrong_work.as_bytes()})[0], key)
    scored = score("ana", from_progress({"p.jsonl": forged})[0], key)
    assert scored == honest
    assert grade_of(scored, "1.4").score < 1


@pytest.mark.parametrize("version", ["1-000000", "", "2", "none"])
def test_an_answer_to_another_version_is_told_and_not_counted(key, wrong_work, version):
    old = lines_of(wrong_work, lambda entry: entry | {"version": version, "answer": CHAIN})
    scored = score("ana", from_progress({"p.jsonl": old})[0], key, ("quotes",))
    assert grade_of(scored, "1.4").outcome == "not attempted"
    assert scored.problems == ("1 answer to quotes 1.4 belong to another version of it and were not counted.",)


def test_what_the_course_does_not_hold_is_told_in_one_line(key):
    strange = [given(f"9.{n}", 1) for n in range(50)] + [Given("no\nunit", "../../etc", "1.1", 1)]
    scored = score("ana", [given("1.4", CHAIN), *strange], key)
    (line,) = scored.problems
    assert line.isprintable()
    assert "and 46 more" in line
    assert grade_of(scored, "1.4").score == 1.0


def test_nothing_handed_in_is_not_attempted_and_what_does_not_fit_could_not_be_checked(key):
    scored = score("ana", [given("1.4", "no list"), given("1.2", None)], key, ("quotes", "claims", "no such unit"))
    assert (grade_of(scored, "1.4").outcome, grade_of(scored, "1.4").attempts) == ("could not check", 0)
    assert grade_of(scored, "1.2").outcome == "not attempted"
    assert scored.units == ("claims", "quotes")
    assert sum(grade.score for grade in scored.grades) == 0


def test_only_chosen_units_are_graded(key):
    scored = score("ana", [given("1.4", CHAIN)], key, ("claims",), only=("claims",))
    assert scored.units == ("claims",)
    assert scored.problems == ()


@dataclass
class Answer:
    unit: str
    case: str
    task: str
    answer: Any
    door: str = "code"
    certainty: int | None = None


def run(*pairs, notebook="a.ipynb"):
    return from_run([Answer("quotes", CASE, task, answer) for task, answer in pairs], notebook)


def test_the_last_answer_of_a_notebook_counts_and_the_best_of_all_is_the_grade(key):
    half = run(("1.4", CHAIN), ("1.4", ["story"]))
    assert grade_of(score("ana", half, key), "1.4").score < 1
    both = score("ana", [*half, *run(("1.4", CHAIN), notebook="b.ipynb")], key)
    assert grade_of(both, "1.4").score == 1.0
    assert [a.nth for a in both.attempts] == [1, 2]


@pytest.mark.parametrize("after", [None, ..., [], "", "no list", 7, ["nobody"]])
def test_an_untouched_or_unusable_copy_below_takes_no_answer_away(key, after):
    scored = score("ana", run(("1.4", CHAIN), ("1.4", after)), key)
    assert (grade_of(scored, "1.4").score, grade_of(scored, "1.4").attempts) == (1.0, 1)


def test_a_flood_of_answers_costs_only_the_last_few(key):
    answers = run(*(("1.4", ["story", "account"][: 1 + n % 2]) for n in range(50_000)), ("1.4", CHAIN))
    assert len(answers) == 20
    assert grade_of(score("ana", answers, key), "1.4").score == 1.0


def test_cells_may_be_moved_copied_or_missing(key):
    pairs = [("1.4", CHAIN), ("1.6", {"repair": {"rewrite": "b", "reason": "other-words"}})]
    grades = {
        t: grade_of(score("ana", run(*order), key), t)
        for order in (pairs, pairs[::-1], pairs * 3)
        for t in ("1.4", "1.6")
    }
    assert all(grade.score == 1.0 and grade.attempts == 1 for grade in grades.values())
    assert grade_of(score("ana", run(pairs[0]), key), "1.6").outcome == "not attempted"


def test_a_notebook_that_repeats_the_progress_file_is_no_new_attempt(key, wrong_work):
    answers = from_progress({"p.jsonl": wrong_work.as_bytes()})[0]
    scored = score("ana", [*answers, *run(("1.4", ["story"]))], key)
    assert grade_of(scored, "1.4").attempts == 1


class EqualsEverything(list):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1


@pytest.mark.parametrize(
    "answer",
    [
        EqualsEverything(),
        object(),
        float("nan"),
        10**400,
        "x" * 200_000,
        [[0, 10**30]] * 3,
        {"repair": {"rewrite": ["b"], "reason": {}}},
        {"q01": {"who": [[[[]]]], "verb": None, "kind": True}},
        [[]] * 1000,
        ["officials"] * 1000,
        "\ud800",
        True,
        -1,
    ],
    ids=lambda a: repr(a)[:20],
)
def test_no_odd_answer_earns_a_point_or_raises(key, answer):
    items = key.items("quotes", CASE)
    scored = score("ana", [given(name, answer) for name in items.graded()], key)
    assert sum(grade.score for grade in scored.grades) == 0


def test_words_for_a_learner_are_short_and_can_be_written_whatever_the_answer_holds(key):
    strange = ["\ud800<b>\x1b[2J" + "x" * 50_000]
    for unit in UNITS:
        items = key.items(unit.name, CASE)
        scored = score("ana", [Given(unit.name, CASE, name, strange, notebook="n") for name in items.graded()], key)
        for words in scored.feedback.values():
            assert len(words.encode("utf-8")) < 10_000
            assert words.isprintable()


def test_a_number_that_no_database_can_hold_stops_nothing(key, tmp_path):
    """Hints are only counted; whoever writes a progress file by hand can claim any number of them."""
    version = key.items("quotes", CASE).tasks["1.4"].version
    entry = {"kind": "attempt", "id": "a", "time": "2026-99-99T99:99:99Z", "unit": "quotes", "case": CASE}
    entry |= {"task": "1.4", "version": version, "answer": CHAIN, "hints": 10**30}
    answers, lines = from_progress({"p.jsonl": json.dumps(entry).encode()})
    scored = score("ana", answers, key)
    assert lines == []
    assert grade_of(scored, "1.4").score == 1
    store = Store(tmp_path / "gradebook.db")
    store.keep(Receipt("ana", "d", "k", "", ("quotes",)), scored.attempts, scored.grades)
    store.close()
    assert 0 < read_book(tmp_path / "gradebook.db").attempts[0].hints < 10_000


def test_equal_answers_are_scored_once_and_unlike_ones_apart(key):
    fresh = AnswerKey()
    items = fresh.items("quotes", CASE)
    calls = []
    task = items.tasks["1.4"]
    object.__setattr__(task, "check", lambda answer, _=None: calls.append(answer) or type(task).check(task, answer))
    for answer in (CHAIN, list(CHAIN), ["story"], 1, True, 1.0):
        fresh.check(items, "1.4", answer, None)
    assert calls == [CHAIN, ["story"], 1, True, 1.0]


def test_a_damaged_line_costs_itself_only(key, wrong_work):
    data = wrong_work.as_bytes() + b"{broken\n" + b"\xff\xfe\n" + b'{"kind": "attempt"}\n'
    answers, lines = from_progress({"p.jsonl": data})
    assert len(answers) == 1
    assert lines == ["p.jsonl has damaged lines, 3 in all. The others were read."]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"a text\n", "it is not a progress file"),
        (b'{"kind": "header", "format": 99, "learner": "x"}\n', "newer medialit"),
        (b" " * 10_000_001, "more than 10 MB"),
    ],
)
def test_what_is_no_progress_file_is_one_line(data, says):
    answers, lines = from_progress({"p.jsonl": data})
    assert answers == []
    assert says in lines[0]


def test_two_copies_of_a_progress_file_count_once(key, wrong_work):
    data = wrong_work.as_bytes()
    assert len(from_progress({"a.jsonl": data, "b.jsonl": data})[0]) == 1


def test_how_a_learner_looked_is_told_and_earns_nothing(key):
    items = key.items("claims", CASE)
    task = items.tasks["2.4"]
    cards = list(task.desk.cards)[:3]
    steps = [Given("claims", CASE, "desk", {"open": card}, kind="event") for card in cards]
    plainly = score("ana", [Given("claims", CASE, "2.4", task.answer(), notebook="n")], key)
    looked = score("ana", [*steps, Given("claims", CASE, "2.4", task.answer(), notebook="n")], key)
    assert "looking" not in plainly.attempts[0].details
    assert 0 < looked.attempts[0].details["looking"] <= 1
    assert looked.attempts[0].details["looked"]["left_first"] is True
    assert looked.attempts[0].details["looked"]["opened"] == 3
    late = [Given("claims", CASE, "desk", {"judge": "c21"}, kind="event"), *steps]
    judged = score("ana", [*late, Given("claims", CASE, "2.4", task.answer(), notebook="n")], key)
    assert judged.attempts[0].details["looked"]["left_first"] is False
    assert grade_of(looked, "2.4") == grade_of(plainly, "2.4")
