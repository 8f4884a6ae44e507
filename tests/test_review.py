"""Two questions of earlier units open each unit: chosen from the progress file, kept, and never to anybody's loss."""

import pytest
from some import some

import medialit
from medialit.classroom.given import from_progress
from medialit.classroom.items import AnswerKey
from medialit.classroom.scorer import score
from medialit.progress import Progress, best, review_mark
from medialit.units.registry import UNITS
from medialit.units.review import earlier_questions, pick

CASE = "missile-tests"


def unit(name, progress):
    return medialit.open_unit(name, progress=progress)


def wrong(question):
    return next(o.id for o in question.options if not o.right)


def answer(progress, name, question, well):
    opened = unit(name, progress)
    asked = opened.questions[question]
    opened.submit(question, asked.key if well else wrong(asked))


def names(progress, name, *fixed):
    return list(unit(name, progress).look_back(*fixed).boxes)


@pytest.mark.parametrize("plan", [p for p in UNITS if p.name != "welcome"], ids=lambda p: p.name)
def test_without_a_history_the_fixed_two_are_asked(plan):
    known = list(earlier_questions(plan.name))
    assert pick(plan.name, [], [known[-1], known[0]]) == [known[-1], known[0]]
    # Without fixed ones, or with one that is gone, there are two all the same, and always the same.
    assert (len(pick(plan.name, [], ["quotes-q99"])), pick(plan.name, [])) == (2, pick(plan.name, []))


def test_every_lesson_after_the_first_opens_with_a_look_back():
    import re

    from medialit.files import course_path

    for plan in some(UNITS):
        lesson = course_path(plan.folder, "lesson.md")
        if plan.name == "welcome" or not lesson.is_file():
            continue
        call = re.search(r"^unit\.look_back\((.*)\)$", lesson.read_text(encoding="utf-8"), re.M)
        assert call, plan.folder
        fixed = re.findall(r'"([^"]+)"', call.group(1))
        assert len(fixed) == 2
        assert all(name in earlier_questions(plan.name) for name in fixed), plan.folder


def test_missed_ones_come_first_the_oldest_first_then_passed_ones():
    progress = Progress()
    answer(progress, "welcome", "q1", True)
    answer(progress, "quotes", "q1", True)
    # How the page works is asked last of what is known.
    assert names(progress, "claims", "quotes-q1", "quotes-q7") == ["quotes-q1", "welcome-q1"]
    answer(progress, "quotes", "q4", False)
    assert names(progress, "claims") == ["quotes-q4", "quotes-q1"]
    answer(progress, "welcome", "q3", False)
    assert names(progress, "claims") == ["quotes-q4", "welcome-q3"]
    # What was put right since is no longer missed.
    answer(progress, "quotes", "q4", True)
    assert names(progress, "claims") == ["welcome-q3", "quotes-q1"]


def test_only_earlier_units_and_this_story_are_asked():
    progress = Progress()
    answer(progress, "sources", "q1", False)
    answer(progress, "claims", "q1", False)
    assert all(name.startswith(("welcome-", "quotes-")) for name in some(names(progress, "claims")))
    # On the second story its own history counts.
    progress = Progress()
    answer(progress, "quotes", "q4", False)
    other = medialit.open_unit("claims", case="averstow-pool", progress=progress)
    assert list(other.look_back("quotes-q1", "quotes-q8").boxes) == ["quotes-q1", "quotes-q8"]
    assert "no earlier unit" in unit("welcome", Progress()).look_back().text


def test_the_two_stay_on_the_page_when_one_of_them_was_answered():
    progress = Progress()
    answer(progress, "quotes", "q4", False)
    answer(progress, "quotes", "q2", False)
    asked = unit("claims", progress).look_back()
    first, second = asked.boxes
    asked.answer(first, earlier_questions("claims")[first][1].key)
    again = unit("claims", progress).look_back()
    assert list(again.boxes) == [first, second]
    assert "Your saved answers are back: 1 of 2" in again.intro
    # Another unit asks from today's history: the one that was put right is not missed any more.
    assert names(progress, "sources")[0] == second


def test_an_answer_is_an_attempt_at_the_unit_it_comes_from_with_a_mark():
    progress = Progress()
    unit("sources", progress).look_back("quotes-q1", "claims-q4").answer("quotes-q1", "a")
    (entry,) = progress.entries("attempt")
    assert (entry.unit, entry.task, entry.case, entry.text) == ("quotes", "q1", CASE, review_mark("sources"))
    unit("sources", progress).look_back("quotes-q1", "claims-q4").answer("quotes-q1", "a")
    assert len(progress.entries("attempt")) == 1
    progress = Progress()
    unit("sources", progress).look_back("quotes-q1", "claims-q4").answer("quotes-q1", "a")
    assert "Nothing is saved for this unit yet" in unit("quotes", progress).welcome().text
    # By typing the two of the lesson are answered without naming them again.
    opened = unit("sources", Progress())
    shown = opened.look_back("quotes-q1", "claims-q4")
    assert 'unit.look_back().answer("quotes-q1"' in shown.text_form()
    opened.look_back().answer("quotes-q1", "a")
    assert opened.look_back().answer("claims-q4", "a")


def test_a_look_back_never_lowers_a_score_and_can_raise_one():
    progress = Progress()
    asked = earlier_questions("claims")["quotes-q1"][1]
    answer(progress, "quotes", "q1", True)
    unit("claims", progress).look_back().answer("quotes-q1", wrong(asked))
    quotes = unit("quotes", progress)
    assert best(progress.entries("attempt", "quotes", "q1"), asked.version).score == 1
    assert "✓ passed" in next(line for line in quotes.summary().text.splitlines() if line.startswith("Question 1 "))
    # The quiz of the unit shows what was answered there.
    assert quotes.record.last(asked).answer == asked.key
    assert "Passed" in quotes.quiz().boxes["q1"].state["feedback"]

    other = Progress()
    answer(other, "quotes", "q1", False)
    unit("claims", other).look_back().answer("quotes-q1", asked.key)
    assert best(other.entries("attempt", "quotes", "q1"), asked.version).score == 1


def test_a_grader_does_not_open_a_unit_for_a_look_back_alone():
    key, progress = AnswerKey(), Progress()
    unit("sources", progress).look_back("quotes-q1", "claims-q4").answer("quotes-q1", "a")
    scored = score("ana", from_progress({"p.jsonl": progress.as_bytes()})[0], key)
    assert scored.grades == ()
    assert scored.units == ()
    # In a unit that was worked in, it counts as one attempt more.
    answer(progress, "quotes", "q2", True)
    unit("sources", progress).look_back("quotes-q1", "claims-q4").answer(
        "quotes-q1", earlier_questions("sources")["quotes-q1"][1].key
    )
    scored = score("ana", from_progress({"p.jsonl": progress.as_bytes()})[0], key)
    grade = next(g for g in scored.grades if g.task == "q1")
    assert (grade.attempts, grade.outcome) == (2, "passed")


@pytest.mark.parametrize("given", [None, "z", object(), [], 3.5])
def test_what_is_no_answer_is_not_kept(given):
    progress = Progress()
    said = unit("sources", progress).look_back("quotes-q1", "claims-q4").answer("quotes-q1", given)
    assert str(said).startswith(("–", "?"))
    assert progress.entries() == []
