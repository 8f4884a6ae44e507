"""A learner takes the tests: which form, once only, nothing lost, and no right or wrong while a test is open."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from pages import press

import medialit
from medialit.classroom.testkey import find_key
from medialit.errors import MedialitError
from medialit.exercises import seals as sealing
from medialit.exercises.sittings import count_right, draw, handed_in, offer, opened, recheck_day
from medialit.exercises.statements import NOT_TRUE, TRUE, load_forms
from medialit.progress import Entry, Progress
from medialit.units import sitting as sitting_room

KEY = dict(find_key())
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def sit(which, progress, now=NOW):
    return medialit.open_test(which, progress, lambda: now)


def drawn(number):
    progress = Progress()
    progress.add(Entry(kind="event", unit="tests", task="draw", answer=number))
    return progress


def right(statement, well=True):
    return KEY[statement.id] if well else not KEY[statement.id]


def take(which, progress, now=NOW, well=True):
    test = sit(which, progress, now)
    assert test.begin() is None
    for statement in test.form.statements:
        assert test.answer(statement.id, right(statement, well)).startswith("Kept")
    return test, test.hand_in()


@pytest.mark.parametrize(("number", "first", "second"), [(0, "A", "B"), (1, "B", "A"), (40_002, "A", "B")])
def test_the_number_decides_which_form_comes_first_and_the_other_comes_second(number, first, second):
    progress = drawn(number)
    assert (take("before", progress)[0].done.task, sit("after", progress).offer.form) == (first, second)


def test_the_number_is_drawn_once_when_the_first_test_is_opened():
    progress = Progress()
    assert draw(progress.entries()) is None
    sit("before", progress).welcome()
    sit("before", progress).sheet()
    assert progress.entries() == []
    sit("before", progress).begin()
    number = draw(progress.entries())
    assert isinstance(number, int)
    sit("before", progress).begin()
    sit("after", progress).begin()
    assert [e.answer for e in progress.entries("event", task="draw")] == [number]


def test_both_orders_are_drawn():
    first = set()
    for _ in range(60):
        progress = Progress()
        sit("before", progress).begin()
        first.update(opened(progress.entries(), "before"))
    assert first == {"A", "B"}


@pytest.mark.parametrize("number", [0, 1])
def test_no_form_is_shown_twice_whatever_comes_between(number, tmp_path):
    path = tmp_path / "my-progress.jsonl"
    Progress(path).add(Entry(kind="event", unit="tests", task="draw", answer=number))
    one = sit("before", Progress(path))
    one.begin()
    first = one.form.name
    one.answer(one.form.statements[0].id, True)
    # A restarted kernel, and a second notebook, go on with the same form and the same answers.
    again = sit("before", Progress(path))
    assert again.begin() is None
    assert again.form.name == first
    assert again.answers == one.answers == {one.form.statements[0].id: TRUE}
    again.hand_in(unfinished=True)
    # Handed in: it opens nowhere any more, and the other test has the other form.
    for test in (one, again, sit("before", Progress(path))):
        assert "handed in already" in test.begin()
        assert test.form.statements[0].text not in test.statements().text
    assert sit("after", Progress(path)).form.name != first
    # A copy that is brought back into an empty file knows it too.
    elsewhere = Progress(tmp_path / "other.jsonl")
    elsewhere.restore(path)
    assert sit("before", elsewhere).done
    assert sit("after", elsewhere).form.name != first


def test_after_both_forms_were_seen_on_two_computers_nothing_is_shown_again():
    one, other = drawn(0), drawn(1)
    take("before", one)
    take("before", other)
    one.restore(other.as_bytes())
    test = sit("after", one)
    assert test.offer.form == ""
    assert "no form left" in test.begin()
    assert "no form left" in test.statements().text
    assert "no form left" in test.sheet().intro


def test_the_test_before_is_not_offered_after_the_one_after():
    progress = drawn(0)
    sit("after", progress).begin()
    assert sit("after", progress).form.name == "B"
    assert "too late" in sit("before", progress).begin()
    assert opened(progress.entries(), "before") == []


def test_two_notebooks_at_once_end_in_one_sitting(tmp_path):
    path = tmp_path / "p.jsonl"
    one, other = (sit("before", Progress(path)) for _ in range(2))
    one.begin()
    other.begin()
    assert one.form.name == other.form.name
    one.hand_in(unfinished=True)
    assert "handed in" in other.hand_in(unfinished=True).text
    assert len(Progress(path).entries("attempt")) == 1


def test_an_answer_is_kept_and_never_called_right_or_wrong():
    progress = drawn(0)
    test = sit("before", progress)
    test.begin()
    said = {test.answer(s.id, right(s, well)) for s in test.form.statements for well in (True, False)}
    assert all(line.startswith("Kept: ") for line in said)
    assert not any(word in " ".join(said) for word in ("right", "wrong", "Passed", "Not yet"))
    assert all(e.score is None and e.outcome is None for e in progress.entries("draft"))


def test_the_last_answer_counts_and_the_same_one_again_is_not_kept_twice():
    progress = drawn(0)
    test = sit("before", progress)
    test.begin()
    for said in (True, True, "not true", False, " TRUE "):
        test.answer("a1", said)
    assert test.answers == {"a1": TRUE}
    assert [e.answer for e in progress.entries("draft")] == [TRUE, NOT_TRUE, TRUE]


@pytest.mark.parametrize("said", [None, "", "perhaps", 2, [], {}, 0.5, float("nan")])
def test_what_is_no_answer_is_told(said):
    test = sit("before", drawn(0))
    test.begin()
    assert (test.answer("a1", said), test.answers) == ("Say True or False.", {})


@pytest.mark.parametrize("name", ["b1", "z", "", None, 3])
def test_a_statement_that_is_not_in_the_form_is_told(name):
    test = sit("before", drawn(0))
    test.begin()
    assert "There is no statement" in test.answer(name, True)


def test_before_it_was_begun_nothing_can_be_answered_or_handed_in():
    progress = drawn(0)
    test = sit("before", progress)
    assert test.answer("a1", True) == "Begin the test first."
    assert "Begin the test first." in test.hand_in().text
    assert progress.entries("draft") == progress.entries("attempt") == []


def test_an_unfinished_test_is_handed_in_only_on_purpose():
    progress = drawn(0)
    test = sit("before", progress)
    test.begin()
    test.answer("a3", False)
    assert "15 statements have no answer yet" in test.hand_in().text
    assert test.done is None
    test.hand_in(unfinished=True)
    assert test.done.answer == {"a3": NOT_TRUE}


def test_a_whole_test_is_one_line_of_the_progress_file():
    progress = drawn(0)
    take("before", progress)
    (line,) = progress.entries("attempt")
    assert (line.unit, line.task, line.version) == ("test-before", "A", load_forms()["A"].stamp)
    assert load_forms()["A"].problem(line.answer) is None
    assert line.score is None


def test_the_sheet_asks_once_more_before_an_unfinished_test_is_handed_in():
    test = sit("before", drawn(0))
    sheet = test.sheet()
    sheet.begin()
    sheet.hand_in()
    assert "16 statements have no answer yet" in sheet.state["hand"]["feedback"]
    assert test.done is None
    sheet.hand_in()
    assert test.done.answer == {}


def test_a_sheet_that_was_begun_comes_back_with_its_answers():
    progress = drawn(0)
    sheet = sit("before", progress).sheet()
    sheet.begin()
    press(sheet, "choose", "a5", NOT_TRUE)
    again = sit("before", progress).sheet()
    assert again.state["a5"]["answer"] == NOT_TRUE
    assert again.state["a4"]["answer"] is None
    assert "Your answers are back: 1 of 16" in again.intro


def test_what_a_notebook_stores_holds_no_statement():
    """The page is the same for everybody, begun or not: no form can be met by opening a notebook."""
    progress = drawn(0)
    fresh = sit("before", Progress()).sheet()._repr_mimebundle_()
    begun = sit("before", progress)
    begun.begin()
    stored = begun.sheet()._repr_mimebundle_()
    for kind in ("text/plain", "text/html"):
        assert stored[kind] == fresh[kind]
        for form in load_forms().values():
            assert not any(s.text in stored[kind] or s.id + ":" in stored[kind] for s in form.statements)


def test_a_file_that_cannot_be_written_is_told_and_the_answer_waits(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    progress = Progress(tmp_path / "file" / "p.jsonl")
    test = sit("before", progress)
    assert "not saved yet" in test.begin()
    name = test.form.statements[0].id
    assert "not saved yet" in test.answer(name, True)
    assert test.answers == {name: TRUE}


def test_there_is_no_other_test():
    with pytest.raises(MedialitError, match="before, after, recheck"):
        medialit.open_test("between")


def test_after_the_first_test_no_number_is_told():
    progress = drawn(0)
    _, said = take("before", progress)
    assert "16" not in said.text
    assert "You won't learn here what is right or wrong" in said.text
    assert "when the test after the course is handed in" in sit("before", progress).result().text


def test_after_the_second_test_a_learner_sees_what_was_right_and_where_to_look():
    progress = drawn(1)
    take("before", progress, well=False)
    _, said = take("after", progress)
    lines = said.text.splitlines()
    assert any(line.split("  ")[0].startswith("The test before") and "0 of 16" in line for line in lines)
    assert any(line.startswith("The test after") and "16 of 16" in line for line in lines)
    assert "d′" not in said.text
    assert "Look again" not in said.text


def test_the_lens_with_most_misses_is_named_with_its_page():
    progress = drawn(0)
    test = sit("after", progress)
    test.begin()
    for s in test.form.statements:
        test.answer(s.id, right(s, s.lens != "framing" and s.lens != "claims"))
    said = test.hand_in()
    assert "8 of 16" in said.text
    assert "Look again at: " in said.text
    # In the widget the names stand alone; where a link works, it is one.
    assert ".ipynb" not in said.html
    assert 'href="02-claims.ipynb"' in sit("after", progress).result().html


def test_without_seals_the_learner_is_told_who_has_the_key(monkeypatch):
    progress = drawn(0)
    monkeypatch.setattr(sitting_room, "load_seals", dict)
    _, said = take("after", progress)
    assert "your instructor has the key" in said.text
    assert "of 16" not in said.text


def test_a_test_of_an_older_version_is_not_counted():
    progress = drawn(0)
    take("after", progress)
    old = json.loads(progress.as_bytes().decode().splitlines()[-1])
    changed = Progress()
    changed.restore(progress.as_bytes().replace(old["version"].encode(), b"0-000000"))
    assert "the test was changed since" in sit("after", changed).result().text


def test_what_has_no_answer_is_not_right():
    form = load_forms()["A"]
    first = next(s.id for s in form.statements if s.lens == "sources" and KEY[s.id] and s.case == "missile-tests")
    found = count_right(form, {first: TRUE}, sealing.load_seals())
    assert (found.right, found.of) == (1, 16)
    assert found.stories == {"missile-tests": (1, 8), "market-street": (0, 4), "blossom-tea": (0, 4)}
    assert found.lenses["sources"] == (1, 4)
    assert count_right(form, {}, {}) is None


def test_the_recheck_opens_seven_days_later_and_not_before():
    progress = drawn(0)
    assert "not handed in yet" in sit("recheck", progress).begin()
    take("after", progress)
    done = handed_in(progress.entries(), "after")
    start = datetime.strptime(done.time, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    for days, words in ((0, "in 7 days"), (1, "in 6 days"), (6, "in 1 day,")):
        assert words in sit("recheck", progress, start + timedelta(days=days)).begin()
    assert opened(progress.entries(), "recheck") == []
    test = sit("recheck", progress, start + timedelta(days=7))
    assert test.begin() is None
    assert [s.form for s in test.form.statements] == ["R"] * 8


def test_the_recheck_goes_into_the_same_file_and_once_only():
    progress = drawn(0)
    take("after", progress)
    later = datetime.now(UTC) + timedelta(days=8)
    _, said = take("recheck", progress, later)
    assert "The recheck" in said.text
    assert "8 of 8" in said.text
    assert len(progress.entries("attempt", "test-recheck")) == 1
    assert "handed in already" in sit("recheck", progress, later).begin()


def test_the_clock_of_another_zone_does_not_matter():
    from datetime import timezone

    entries = [Entry(kind="attempt", id="1", time="2026-11-20T23:30:00Z", unit="test-after", task="A")]
    there = datetime(2026, 11, 27, 9, tzinfo=timezone(timedelta(hours=10)))
    assert offer(entries, "recheck", there).form == ""
    assert offer(entries, "recheck", there + timedelta(hours=1)).form == "R"
    assert recheck_day("2026-11-20T23:30:00Z") == "2026-11-27"


def test_the_reminder_is_a_calendar_file():
    import base64
    import re

    progress = drawn(0)
    assert "when the test after" in sit("after", progress).reminder().text
    _, said = take("after", progress)
    view = sit("after", progress).reminder()
    assert view.html in said.html
    day = recheck_day(handed_in(progress.entries(), "after").time)
    assert day in view.text
    held = base64.b64decode(re.search(r"base64,([^\"]+)", view.html).group(1)).decode()
    assert held.startswith("BEGIN:VCALENDAR\r\n")
    assert f"DTSTART;VALUE=DATE:{day.replace('-', '')}" in held
    assert all(len(line) <= 75 for line in held.splitlines()[:-3])


def test_a_form_that_was_opened_counts_as_seen_even_when_it_was_not_handed_in():
    progress = drawn(0)
    sit("before", progress).begin()
    assert sit("after", progress).offer.form == "B"


def test_clicks_and_code_give_the_same_answers():
    one, other = drawn(1), drawn(1)
    take("before", one)
    sheet = sit("before", other).sheet()
    assert list(sheet.state) == ["begin"]
    press(sheet, "begin", "begin")
    asked = [name for name in sheet.state if name in KEY]
    assert len(asked) == 16
    for name in asked:
        assert "Kept" in press(sheet, "choose", name, TRUE if KEY[name] else NOT_TRUE)["feedback"]
    sheet.hand_in()
    answers = [handed_in(p.entries(), "before").answer for p in (one, other)]
    assert (answers[0], sheet.blocks) == (answers[1], [])
    assert "Kept. Thank you." in sheet.foot
