"""Scoring: stored scores are never believed, versions are never mixed, the first and the best attempt are kept."""

import json
from dataclasses import replace

import pytest
from hypothesis import given as made_up
from hypothesis import settings
from hypothesis import strategies as st
from some import some

import medialit
from medialit.classroom.given import MAX_HINTS, Given, from_progress
from medialit.classroom.items import AnswerKey
from medialit.classroom.records import Done, Receipt
from medialit.classroom.scorer import score
from medialit.classroom.store import Store, read_book
from medialit.exercises.answers import plain
from medialit.progress import Progress
from medialit.units.registry import UNITS

CASE = "missile-tests"
CASES = (CASE, "averstow-pool")
CHAIN = ["officials", "newspaper", "agency", "account", "story"]
REPAIR = {"repair": {"rewrite": "b", "reason": "other-words"}}


KEY = AnswerKey()


@pytest.fixture(scope="module")
def key():
    return KEY


def grade_of(scored, task):
    (grade,) = [grade for grade in scored.grades if grade.task == task]
    return grade


def version(unit, item, case=CASE):
    items = KEY.items(unit, case)
    found = {**items.graded(), **items.predictions}.get(item)
    return "" if found is None else getattr(found, "stamp", None) or found.version


def given(item, answer, unit="quotes", case=CASE, **more):
    """An answer in a notebook, which has no time. It is saved under the task's name, whatever its number is today."""
    items = KEY.items(unit, case)
    task = items and items.tasks.find(item)
    return Given(
        unit, case, task.id if task else item, answer, version(unit, item, case), source="a.ipynb, cell 3", **more
    )


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

    def label(saved):
        task = unit.tasks.saved_as(saved)
        return task.label if task else saved

    made = [a for a in scored.attempts if a.kind != "prediction"]
    assert [(a.item, a.outcome, a.score, a.certainty, a.codes, a.at, a.hints, a.door) for a in made] == [
        (
            getattr(unit.tasks.saved_as(e.task), "label", e.task),
            e.outcome,
            e.score,
            e.certainty,
            e.codes,
            e.time,
            e.hints,
            e.door,
        )
        for e in seen
    ]
    assert ([a.nth for a in made if a.item == "1.4"], grade_of(scored, "1.4").score) == ([1, 2, 3], 1.0)
    assert (grade_of(scored, "1.4").attempts, grade_of(scored, question.id).outcome) == (3, "passed")
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
    assert scored.problems == ("1 answer to quotes 1.4 is for another version of it and was not counted.",)


def test_what_the_course_does_not_hold_is_told_in_one_line(key):
    strange = [Given("quotes", CASE, f"9.{n}", 1) for n in range(50)] + [Given("no\nunit", "../../etc", "1.1", 1)]
    scored = score("ana", [given("1.4", CHAIN), *strange], key)
    story, line = scored.problems
    assert f"{story}{line}".isprintable()
    assert "and 45 more" in line
    # Whoever grades forgot to say where it is.
    assert (
        story
        == "Answers on the story ../../etc were not graded. If it is one of your own, name its folder with --case."
    )
    assert grade_of(scored, "1.4").score == 1.0


def test_nothing_handed_in_is_not_attempted_and_what_does_not_fit_could_not_be_checked(key):
    scored = score("ana", [given("1.4", "no list"), given("1.2", None)], key, ("quotes", "claims", "no such unit"))
    assert (grade_of(scored, "1.4").outcome, grade_of(scored, "1.4").attempts) == ("could not check", 0)
    assert grade_of(scored, "1.2").outcome == "not attempted"
    assert scored.units == ("claims", "quotes")
    assert {grade.score for grade in scored.grades} == {None}


def test_every_answer_of_a_notebook_is_an_attempt_and_the_best_is_the_grade(key):
    answers = [
        given("1.4", ["story"]),
        given("1.4", CHAIN)._replace(source="b.ipynb, cell 9"),
        given("1.4", ["agency"]),
    ]
    scored = score("ana", answers, key)
    grade = grade_of(scored, "1.4")
    assert (grade.score, grade.attempts, grade.nth, grade.source) == (1.0, 3, 2, "b.ipynb, cell 9")
    assert [(a.nth, a.source) for a in scored.attempts] == [
        (1, "a.ipynb, cell 3"),
        (2, "b.ipynb, cell 9"),
        (3, "a.ipynb, cell 3"),
    ]


@pytest.mark.parametrize("after", [None, ..., [], "", "no list", 7, ["nobody"]])
def test_an_untouched_or_unusable_copy_takes_no_answer_away(key, after):
    scored = score("ana", [given("1.4", CHAIN), given("1.4", after)], key)
    assert (grade_of(scored, "1.4").score, grade_of(scored, "1.4").attempts) == (1.0, 1)


def test_equal_answers_are_one_attempt(key, wrong_work):
    pairs = [given("1.4", CHAIN), given("1.6", REPAIR)]
    for answers in (pairs, pairs[::-1], pairs * 30):
        scored = score("ana", answers, key)
        assert {grade_of(scored, name).score for name in ("1.4", "1.6")} == {1.0}
        assert {grade_of(scored, name).attempts for name in ("1.4", "1.6")} == {1}
    # A notebook that repeats the progress file is no new attempt.
    answers = from_progress({"p.jsonl": wrong_work.as_bytes()})[0]
    scored = score("ana", [given("1.4", ["story"]), *answers], key)
    grade = grade_of(scored, "1.4")
    assert (grade.attempts, grade.source) == (1, "p.jsonl")
    # With another certainty it is another answer.
    assert grade_of(score("ana", [*answers, given("1.4", ["story"], certainty=2)], key), "1.4").attempts == 2


def test_hand_ins_before_this_one(key, wrong_work):
    first = score("ana", [given("1.4", CHAIN), given("1.6", REPAIR)], key)
    second = score("ana", [given("1.4", ["story"])], key, earlier=first.attempts)
    assert grade_of(second, "1.4").score == 1.0
    assert [(a.item, a.nth, a.answer) for a in second.attempts] == [
        ("1.4", 1, CHAIN),
        ("1.4", 2, ["story"]),
        ("1.6", 1, REPAIR),
    ]
    assert score("ana", [given("1.4", ["story"])], key, earlier=second.attempts) == second
    # A hand in with the progress file finds its attempts again.
    answers = from_progress({"p.jsonl": wrong_work.as_bytes()})[0]
    first = score("ana", [given("1.4", ["story"])], key)
    second = score("ana", answers, key, earlier=first.attempts)
    assert (grade_of(second, "1.4").attempts, second.attempts[0].at) == (1, answers[0].at)
    # An attempt at a version that is gone keeps its score.
    old = replace(score("ana", [given("1.4", CHAIN)], key).attempts[0], version="1-000000")
    scored = score("ana", [given("1.4", ["story"])], key, earlier=[old])
    grade = grade_of(scored, "1.4")
    assert (grade.score, grade.version, grade.attempts) == (1.0, "1-000000", 2)
    assert scored.problems == ()
    # What is not asked for is left alone.
    first = score("ana", [given("1.4", CHAIN)], key)
    scored = score("ana", [], key, ("claims",), only=("claims",), earlier=first.attempts)
    assert scored.units == ("claims",)
    assert scored.attempts == ()


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
    assert {grade.score for grade in scored.grades} <= {None, 0.0}


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.sampled_from(["event", "claim", "A1"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=12,
)


def with_holes(answer):
    """The answer once for each of its parts, with nothing in that place."""
    parts = answer.items() if isinstance(answer, dict) else enumerate(answer) if isinstance(answer, list) else ()
    for place, value in parts:
        for odd in (None, "", 0, [], {}, *with_holes(value)):
            copy = answer.copy()
            copy[place] = odd
            yield copy


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("unit", [plan.name for plan in UNITS])
def test_an_answer_with_a_hole_in_it_is_scored_and_written_down(unit, case):
    """One cell of 4.3 without an answer once had a name in its details that no database takes."""
    items = KEY.items(unit, case)
    if items is None:
        pytest.skip(f"{unit} has no tasks on {case}")
    holes = {task: list(with_holes(plain(task.answer()))) for task in items.tasks.values()}
    # Every so many, so that all rows come up.
    pairs = [(task, answer) for task, every in holes.items() for answer in every[:: max(1, len(every) // 40)]]
    assert pairs or unit == "welcome"
    for task, answer in pairs:
        json.dumps(task.check(answer).details, sort_keys=True, allow_nan=False)
        assert score("ana", [given(task.label, answer, unit, case)], KEY).grades


def shaped(answer, data):
    """An answer of the right shape, in which some parts are something else: this gets past the first check."""
    if data.draw(st.booleans()) and data.draw(st.booleans()):
        return data.draw(PLAIN)
    if isinstance(answer, dict):
        return {name: shaped(value, data) for name, value in answer.items()}
    return [shaped(value, data) for value in answer] if isinstance(answer, list) else answer


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("unit", [plan.name for plan in UNITS])
@settings(max_examples=4)
@made_up(data=st.data())
def test_no_json_stops_the_grading_of_any_item(tmp_path_factory, unit, case, data):
    """What comes back can be written down, and a right answer beside it counts."""
    items = KEY.items(unit, case)
    if items is None:
        pytest.skip(f"{unit} has no tasks on {case}")
    names = {**items.graded(), **items.predictions}
    known = {name: task.answer() for name, task in items.tasks.items()}
    answers = [given(name, data.draw(PLAIN), unit, case) for name in names]
    answers += [given(name, shaped(plain(answer), data), unit, case) for name, answer in known.items()]
    answers += [given(name, {"event": None, name: None}, unit, case) for name in names]
    answers += [given(name, answer, unit, case) for name, answer in known.items()]
    scored = score("ana", answers, KEY)
    assert {grade.task: grade.score for grade in scored.grades if grade.task in known} == dict.fromkeys(known, 1.0)
    assert not [line for line in scored.problems if "could not score" in line]
    assert not [a for a in scored.attempts if "report it" in json.dumps([a.answer, a.details], sort_keys=True)]
    assert all("could not score" not in grade.words for grade in scored.grades)
    for record in (*scored.attempts, *scored.grades):
        json.dumps(vars(record), sort_keys=True, allow_nan=False)


@pytest.mark.parametrize("depth", [400, 100_000])
def test_an_answer_that_is_nested_too_deep_costs_itself_alone(key, depth):
    deep = []
    for _ in range(depth):
        deep = [deep]
    items = key.items("quotes", CASE)
    scored = score("ana", [given(name, deep) for name in items.graded()] + [given("1.4", CHAIN)], key)
    assert grade_of(scored, "1.4").score == 1.0
    assert {grade.outcome for grade in scored.grades if grade.task != "1.4"} == {"could not check"}


def test_words_for_a_learner_are_short_and_can_be_written_whatever_the_answer_holds(key):
    strange = ["\ud800<b>\x1b[2J" + "x" * 50_000]
    for unit in some(UNITS):
        items = key.items(unit.name, CASE)
        scored = score("ana", [given(name, strange, unit.name) for name in items.graded()], key)
        assert all(grade.words for grade in scored.grades)
        for words in (grade.words for grade in scored.grades):
            assert len(words.encode("utf-8")) < 10_000
            assert words.isprintable()


def test_a_number_that_no_database_can_hold_stops_nothing(key, tmp_path):
    """Hints are only counted; whoever writes a progress file by hand can claim any number of them."""
    version = key.items("quotes", CASE).tasks["1.4"].version
    entry = {"kind": "attempt", "id": "a", "time": "2026-99-99T99:99:99Z", "unit": "quotes", "case": CASE}
    entry |= {"task": "1.4", "version": version, "answer": CHAIN, "hints": 10**30}
    answers, lines = from_progress({"p.jsonl": json.dumps(entry).encode()})
    scored = score("ana", answers, key)
    assert (lines, grade_of(scored, "1.4").score) == ([], 1)
    with Store(tmp_path / "gradebook.db") as store:
        store.keep([Done(Receipt("ana", "d", "k", "", ("quotes",)), scored.attempts, scored.grades)])
    assert read_book(tmp_path / "gradebook.db").attempts[0].hints == MAX_HINTS


def test_equal_answers_are_scored_once_and_unlike_ones_apart(key):
    fresh = AnswerKey()
    items = fresh.items("quotes", CASE)
    calls = []
    task = items.tasks["1.4"]
    object.__setattr__(task, "check", lambda answer, _=None: calls.append(answer) or type(task).check(task, answer))
    for answer in (CHAIN, list(CHAIN), ["story"], 1, True, 1.0):
        fresh.check(items, "1.4", answer, None)
    assert calls == [CHAIN, ["story"], 1, True, 1.0]


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


def test_copies_and_damaged_lines_cost_themselves_only(key, wrong_work):
    data = wrong_work.as_bytes()
    assert len(from_progress({"a.jsonl": data, "b.jsonl": data})[0]) == 1
    # A damaged line costs itself only.
    data = wrong_work.as_bytes() + b"{broken\n" + b"\xff\xfe\n" + b'{"kind": "attempt"}\n'
    answers, lines = from_progress({"p.jsonl": data})
    assert (len(answers), lines) == (1, ["p.jsonl has damaged lines, 3 in all. The others were read."])


def test_how_a_learner_looked_is_told_and_earns_nothing(key):
    items = key.items("claims", CASE)
    task = items.tasks["2.4"]
    cards = list(task.desk.cards)[:3]
    steps = [Given("claims", CASE, "desk", {"open": card}, kind="event") for card in cards]
    plainly = score("ana", [given("2.4", task.answer(), "claims")], key)
    looked = score("ana", [*steps, given("2.4", task.answer(), "claims")], key)
    assert "looking" not in plainly.attempts[0].details
    assert 0 < looked.attempts[0].details["looking"] <= 1
    assert looked.attempts[0].details["looked"]["left_first"] is True
    assert looked.attempts[0].details["looked"]["opened"] == 3
    late = [Given("claims", CASE, "desk", {"judge": "c21"}, kind="event"), *steps]
    judged = score("ana", [*late, given("2.4", task.answer(), "claims")], key)
    assert judged.attempts[0].details["looked"]["left_first"] is False
    assert grade_of(looked, "2.4") == grade_of(plainly, "2.4")


def test_words_for_a_reader_are_kept_once_and_never_scored(key):
    def word(kind, words, unit="quotes", item="1.1"):
        return Given(unit, CASE, item, words, kind=kind)

    fair, note = word("contest", " It is fair. "), word("note", "It is fair.")
    told = [fair, fair, note, word("contest", "  "), word("note", None), word("contest", "x", unit="nowhere")]
    scored = score("ana", told, key)
    assert [(a.kind, a.item, a.answer, a.score) for a in scored.attempts] == [
        ("contest", "1.1", "It is fair.", 0.0), ("note", "1.1", "It is fair.", 0.0),
    ]  # fmt: skip
    assert (scored.grades, scored.problems, scored.units) == ((), (), ("quotes",))
    assert score("ana", told, key, only=["claims"]).attempts == ()
    assert len(score("ana", told, key, only=["quotes"]).attempts) == 2


@pytest.mark.parametrize(
    ("times", "says"),
    [(1, "1 answer to quotes q1 is for another version of it and was not counted."),
     (2, "2 answers to quotes q1 are for another version of it and were not counted.")],
)  # fmt: skip
def test_answers_to_another_version_are_counted(key, times, says):
    old = [given("q1", letter)._replace(version="0-old") for letter in "ab"[:times]]
    assert says in score("ana", old, key).problems


def test_an_attempt_is_at_a_task_or_a_question_by_any_way_to_write_its_name(key):
    def kinds(*answers):
        return [(a.kind, a.item) for a in score("ana", answers, key).attempts]

    assert kinds(given("1.4", CHAIN), given("q1", "c")) == [("task", "1.4"), ("question", "q1")]
    assert kinds(given("q1", "c")._replace(item=" Q1 ")) == [("question", "q1")]
    # An event is at a prediction and nothing else, and an attempt never is.
    guess = given("p1", "a")
    assert kinds(guess._replace(kind="event")) == [("prediction", "p1")]
    assert kinds(guess, given("q1", "c")._replace(kind="event"), given("1.4", CHAIN)._replace(kind="event")) == []
