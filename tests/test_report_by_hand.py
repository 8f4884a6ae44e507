"""Figures of the class report against small classes that were worked out by hand."""

import re
from dataclasses import replace

import pytest
from gradebooks import QUIZ, TASKS, attempt, frames
from some import some

from medialit.classroom.records import Book
from medialit.classroom.report import course, pairs
from medialit.classroom.report.certainty import certainty
from medialit.classroom.report.frames import Frames
from medialit.classroom.report.unseen import by_case, unseen
from medialit.show.html import paragraph
from medialit.units.registry import find_unit


def group(name, size, items, score, **more):
    kind = {"kind": "task"} if items[0] in TASKS else {}
    return [attempt(f"{name}{i:02}", item, score, **kind, **more) for i in range(size) for item in items]


def row(view, start):
    """The cells of the first line of a table that begins so."""
    return next(line for line in view.text.splitlines() if line.startswith(start)).removeprefix(start).split()


def test_levels_at_their_limits():
    """Tried: 5 learners all, 11 half, 7 a third: of six tasks, 56%. Who did less than half has no level."""
    half, third = len(TASKS[::2]), len(TASKS) // 3
    tried = f"{(5 * len(TASKS) + 11 * half + 7 * third) / (23 * len(TASKS)):.0%}"
    class_ = [
        *group("a", 5, TASKS, 0.8),
        *group("b", 5, TASKS[:half], 0.6),
        *group("c", 6, TASKS[-half:], 0.59),
        *group("d", 7, TASKS[:third], 1.0),
    ]
    view = course.completion(frames(*class_))
    assert row(view, "Quotes") == f"23 tasks {tried} 5 5 6 7".split()
    assert "23 learners" in view.text
    # The best attempt counts, the optional task does not, and neither does anything on a case that has no such item.
    again = [replace(one, nth=2, score=1.0, outcome="passed") for one in class_]
    optional = group("e", 9, ["1.7"], 1.0)
    view = course.completion(frames(*class_, *again, *[replace(one, kind="task") for one in optional]))
    assert row(view, "Quotes") == f"23 tasks {tried} 16 0 0 7".split()


def test_tasks_and_quiz_count_together_when_both_were_handed_in():
    """5 learners did all of 6 tasks and 9 questions, 5 the quiz alone (9 of 15): 80%."""
    tried = f"{(1 + len(QUIZ) / (len(TASKS) + len(QUIZ))) / 2:.0%}"
    class_ = [*group("a", 5, TASKS, 1.0), *group("a", 5, QUIZ, 1.0), *group("b", 5, QUIZ, 0.7)]
    assert row(course.completion(frames(*class_)), "Quotes") == f"10 tasks and quiz {tried} 5 5 0 0".split()
    assert row(course.completion(frames(*group("b", 5, QUIZ, 0.7))), "Quotes") == "5 quiz 100% 0 5 0 0".split()


def test_minutes_without_long_pauses():
    """From 10:00: 10 minutes, then a pause of 20 that counts, then one of 21 that does not: 30 minutes of work."""
    long, short = ("10:00:00", "10:10:00", "10:30:00", "10:51:00"), ("10:00:00", "10:10:00")

    def at(name, times):
        # Kept in another order than they were made.
        return [replace(attempt(name, q, 1.0), at=f"2026-11-23T{t}Z") for q, t in zip(QUIZ, times[::-1], strict=False)]

    timed = [one for i in range(5) for one in at(f"l{i}", long if i < 3 else short)]
    alone = at("once", short[:1])
    assert row(course.completion(frames(*timed, *alone)), "Quotes")[-1] == "30"
    assert "Minutes" not in course.completion(frames(*[one for one in timed if one.learner != "l0"], *alone)).text
    # A unit without times has a dash beside one with times.
    other = group("a", 5, ["q1"], 1.0, unit="claims")
    view = course.completion(frames(*timed, *other))
    assert (row(view, "Quotes")[-1], row(view, find_unit("claims").title)[-1]) == ("30", "–")


def items_of(*attempts):
    return course.item_table(frames(*attempts))


def test_an_item_is_hard_easy_or_against_the_rest():
    """Two items, 40 learners, 20 right at each: r = .5 with 15 right at both, r = -.5 with 5 (Fisher's interval by hand)."""

    def class_(both):
        right = {"q1": range(20), "q2": range(20 - both, 40 - both)}
        return [attempt(f"l{i:02}", q, float(i in right[q])) for i in range(40) for q in right]

    view = items_of(*class_(15), *[attempt(f"l{i:02}", "q1", 1.0, nth=2) for i in range(30)])
    line = view.text.splitlines()[-2]
    assert line.split()[-8:] == "40 0.50 0.75 1.8 0.50 (0.22 to 0.70)".split()
    assert "check the key" not in view.text
    text = items_of(*class_(5)).text
    assert text.count("-0.50 (-0.70 to -0.22)") == text.count("does not go with the rest: check the key") == 2


@pytest.mark.parametrize(
    ("item", "right", "of", "flag"),
    [
        ("q1", 8, 30, "very hard"),
        ("q1", 9, 30, ""),  # .30 is where an item begins to tell most
        ("q1", 7, 29, ""),
        ("q1", 29, 30, "nearly everybody right at once"),
        ("q1", 28, 30, ""),
        ("1.1", 30, 30, ""),  # a task may be done by everybody
        ("1.1", 8, 30, "very hard"),
    ],
)
def test_when_an_item_is_flagged(item, right, of, flag):
    kind = "question" if item == "q1" else "task"
    line = items_of(*[attempt(f"l{i:02}", item, float(i < right), kind=kind) for i in range(of)]).text.splitlines()[-1]
    flags = [known for known in ("very hard", "nearly everybody right at once", "check the key") if known in line]
    assert flags == ([flag] if flag else [])
    assert f" {of} " in f"{' '.join(line.split())} "
    assert f" {right / of:.2f} " in " ".join(line.split())


def test_items_are_listed_from_five_learners_on_tasks_before_questions():
    assert "No item has answers" in items_of(*group("a", 4, ["q1"], 1.0)).text
    text = items_of(
        *group("a", 5, ["q2", "q1"], 1.0), *group("a", 5, ["1.2", "1.1"], 1.0), *group("a", 4, ["q3"], 1.0)
    ).text
    assert re.findall(r"^quotes +(\S+)", text, re.MULTILINE) == ["1.1", "1.2", "q1", "q2"]


def test_kr20_of_a_quiz():
    """Two questions, five learners with 2, 2, 1, 0 and 0 right: pq = .24 twice, variance .8, so 2 (1 - .48 / .8) = .80."""
    rights = [(1, 1), (1, 1), (1, 0.5), (0, 0), (0.5, 0)]
    class_ = [
        attempt(f"l{i}", q, float(s)) for i, pair in enumerate(rights) for q, s in zip(("q1", "q2"), pair, strict=True)
    ]
    half_done = attempt("half", "q1", 1.0)
    assert row(course.reliability(frames(*class_, half_done)), "quotes") == "2 5 0.80".split()
    for too_few in (class_[:-1], [one for one in class_ if one.item == "q1"], group("a", 5, TASKS, 1.0)):
        assert "No quiz was answered whole" in course.reliability(frames(*too_few)).text
    assert row(course.reliability(frames(*group("a", 5, ["q1", "q2"], 1.0))), "quotes") == "2 5 undefined".split()


def test_misconceptions_as_shares_of_those_who_began():
    """Ten began: six showed Q-C (one of them at two items), five Q-B; a learner counts once."""
    class_ = [*group("a", 6, ["q1"], 0.0, codes=("Q-C", "Q-C")), *group("b", 4, ["q1"], 1.0)]
    class_ += [*group("a", 1, ["q2"], 0.0, codes=("Q-C",)), *group("a", 5, ["q3"], 0.0, codes=("Q-B",))]
    view = course.misconceptions(frames(*class_))
    assert row(view, "Q-C")[:3] == "quotes 6 60%".split()
    assert row(view, "Q-B")[:3] == "quotes 5 50%".split()
    assert "Most often: Q-C, quotes, 60% of those who began" in view.text


def test_sure_and_wrong():
    """Ten sure answers, five of them right; ten at certainty 1, all right. A guess without certainty is left out."""
    sure = [*group("a", 5, ["q1"], 0.0, certainty=3), *group("a", 5, ["q2"], 1.0, certainty=3)]
    less = [*group("a", 5, ["q3", "q4"], 1.0, certainty=1), *group("a", 5, ["q5"], 0.0, certainty=2)]
    view = certainty(frames(*sure, *less[:-5], *group("a", 5, ["q6"], 0.0)))
    assert (
        "Certainty 1 stands for 50% and was right 100% of the time; certainty 3 stands for 90% and was right 50%"
        in view.text
    )
    assert row(view, "quotes q1") == ["5"]
    assert "quotes q2" not in view.text
    # Four who were sure and wrong are not shown, half right is not right, and an unsure error is no such error.
    few = [*group("a", 4, ["q1"], 0.5, certainty=3), *group("a", 5, ["q5"], 0.0, certainty=2)]
    assert "No item has five learners or more who were sure and wrong" in certainty(frames(*few)).text
    assert "certainty 3 stands for 90% and was right 0%" in certainty(frames(*few)).text
    assert "Fewer than five learners" in certainty(frames(*few[:4])).text


@pytest.mark.parametrize(
    ("learners", "equal", "alike", "found"),
    [
        (30, 4, 2, True),
        (30, 3, 2, False),  # four are needed
        (30, 4, 3, True),
        (30, 4, 4, False),  # more than a tenth of the class
        (50, 4, 5, True),
        (50, 4, 6, False),
        (10, 4, 2, True),  # in a small class two are still rare
        (10, 4, 3, False),
        (5, 4, 2, True),
        (4, 4, 2, False),  # too few learners to show any
    ],
)
def test_which_pairs_are_shown(learners, equal, alike, found):
    same = [attempt(f"l{i:02}", q, 0.0, answer="same") for i in range(alike) for q in QUIZ[:equal]]
    others = [attempt(f"l{i:02}", q, 0.0, answer=f"{i}") for i in range(alike, learners) for q in QUIZ[:equal]]
    shown = pairs.pairs(frames(*same, *others))
    assert [n for _, n in shown] == ([equal] * (alike * (alike - 1) // 2) if found else [])
    right = frames(*[replace(one, score=1.0) for one in same], *others)
    assert (pairs.pairs(right), "No two learners share" in pairs.same_wrong(right).text) == ([], True)


def test_pairs_with_most_in_common_come_first():
    class_ = [attempt(who, q, 0.0, answer=who[0]) for who in ("m1", "m2") for q in QUIZ[:4]]
    class_ += [attempt(who, q, 0.0, answer=who[0]) for who in ("z1", "z2") for q in QUIZ[:5]]
    found = frames(*class_, *group("o", 6, ["q1"], 1.0))
    assert pairs.pairs(found) == [(("z1", "z2"), 5), (("m1", "m2"), 4)]
    assert "m1" not in pairs.same_wrong(found, top=1).text


def test_first_and_best_attempts():
    scores = [0.5, 1.0, 1.0, 0.0]
    tries = frames(*[attempt("ana", "q1", s, nth=n) for n, s in enumerate(scores, 1)])
    assert (list(tries.first["nth"]), list(tries.best["nth"])) == ([1], [2])
    two = [replace(attempt(f"l{i}", "q1", 1.0), case=case) for i, case in enumerate(("b", "a", "b"))]
    assert frames(*two).cases("quotes") == ["b", "a"]
    assert frames(*two[:2]).cases("quotes") == ["a", "b"]
    assert Frames(Book(two, [], [])).learners == 3


def test_what_came_without_a_time_and_each_story_alone():
    rows = [attempt(f"l{i}", "q1", 1.0) for i in range(3)]
    timed = replace(attempt("l3", "q1", 1.0), at="2026-11-23T10:00:00Z")
    told = "both stand in the progress file. 75% of the answers here are of this kind."
    assert told in unseen(frames(*rows, timed)).text
    assert "of this kind" not in unseen(frames()).text
    section = by_case("quotes", lambda _, case: paragraph(f"Part on {case}."))
    assert "Nobody has answered" in section(frames()).text
    assert section(frames(*rows)).text == "Part on missile-tests."
    assert section(frames(*rows, replace(rows[0], case="averstow-pool"))).text.count("Story: ") == 2
    both = section(frames(*rows, replace(rows[0], case="averstow-pool"), replace(rows[0], case="my-story"))).text
    assert some(re.findall("Story: (.*)|Part on (.*)[.]", both)) == [
        ("missile-tests", ""), ("", "missile-tests"), ("averstow-pool", ""), ("", "averstow-pool"), ("my-story", ""),
    ]  # fmt: skip
