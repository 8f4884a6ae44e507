"""A unit as a notebook uses it: both doors, saved work, plain sentences."""

import base64
import json
import re

import pytest
from gradebooks import QUIZ, TASKS
from pages import press, sent
from some import some

import medialit
from medialit.errors import MedialitError
from medialit.progress import Progress


@pytest.fixture
def path(tmp_path):
    return tmp_path / "my-progress.jsonl"


def opened(path=None):
    return medialit.open_unit("quotes", progress=Progress(path))


@pytest.mark.parametrize("name", ["quotes", "Quotes", "01-quotes", "1", 1])
def test_a_unit_opens_by_name_folder_or_number(name):
    assert medialit.open_unit(name, progress=Progress()).plan.name == "quotes"


def test_unknown_units_and_tasks_are_one_sentence():
    with pytest.raises(MedialitError, match="quotes"):
        medialit.open_unit("poetry")
    with pytest.raises(MedialitError, match=r"1\.1, 1\.2"):
        opened().check("9.9", 1)
    with pytest.raises(MedialitError) as caught:
        opened().task("9.9")
    assert caught.value._render_traceback_() == [str(caught.value)]


def test_work_is_there_again_after_closing(path):
    opened(path).check("1.3", ["marks"])
    again = opened(path)
    assert "Welcome back" in again.welcome().text
    assert again.task("1.3").form.value == ["marks"]
    assert "Not yet" not in again.summary().text.split("1.3 ")[0]
    assert "○ not yet" in again.summary().text


def test_the_same_answer_again_is_no_new_attempt(path):
    unit = opened(path)
    for _ in range(3):
        unit.check("1.3", ["marks"])
    unit.check("1.3", ["marks", "said"])
    assert [e.answer for e in unit.progress.entries("attempt")] == [["marks"], ["marks", "said"]]


def test_an_edited_task_does_not_take_over_an_old_answer(path):
    opened(path).check("1.3", ["marks"])
    lines = path.read_text(encoding="utf-8").splitlines()
    entry = json.loads(lines[-1])
    entry["version"] = "0-000000"
    path.write_text("\n".join([*lines[:-1], json.dumps(entry)]) + "\n", encoding="utf-8")
    unit = opened(path)
    assert unit.task("1.3").form.value is None
    assert "the task was changed since" in unit.summary().text
    assert len(unit.progress.entries("attempt")) == 1


def test_hints_climb_and_give_no_key():
    unit = opened()
    said = [unit.hint("1.1").text for _ in range(4)]
    assert [s.split(".")[0] for s in said] == ["Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3", "Hint 3 of 3"]
    unit.check("1.1", [(1000, 1010)])
    unit.check("1.3", ["marks"])
    assert [e.hints for e in unit.progress.entries("attempt")] == [3, 0]
    # No hint gives the key of its task.
    unit = opened()
    for task in some(unit.tasks.values()):
        for hint in some(task.hints):
            assert json.dumps(task.answer()) not in hint
            assert len(hint.split()) <= 80
    unit = opened()
    assert "other-words" in unit.rows("1.6").text
    assert "unit.span" in unit.rows("1.1").text
    said = opened().check("1.3").text
    assert said.startswith("– Not attempted.")
    assert "leave it as it is" in said


def test_the_solution_waits_for_an_attempt_or_all_hints():
    unit = opened()
    assert "Try 1.6 once" in unit.solution("1.6").text
    unit.check("1.6", {"repair": {"rewrite": "a", "reason": "translation"}})
    assert "sound version" in unit.solution("1.6").text
    for _ in range(3):
        unit.hint("1.4")
    assert "The words went through" in unit.solution("1.4").text


def test_span_finds_words_and_takes_no_nonsense():
    unit = opened()
    start, end = unit.span("North Korea", nth=2)
    assert unit.case.article.text[start:end] == "North Korea"
    with pytest.raises(MedialitError, match="does not contain “South Pole”"):
        unit.span("South Pole")
    with pytest.raises(MedialitError, match="only once, and counting starts at 0"):
        unit.span("Fumio Kishida said", 1)
    # Span takes no nonsense.
    unit = opened()
    for wrong in ("", " \n", None, 3, ["The"]):
        with pytest.raises(MedialitError, match="Give the words"):
            unit.span(wrong)
    for nth in (-1, True, 1.0, None, "1"):
        with pytest.raises(MedialitError, match="0 is the first time"):
            unit.span("The", nth)


@pytest.mark.parametrize(
    "copied",
    [
        "Japan's Defense Ministry",
        "Japan’s\xa0Defense Ministry",
        "Japan’s\nDefense  Ministry",
        " Japan’s Defense Ministry ",
    ],
)
def test_span_finds_words_however_they_were_copied(copied):
    unit = opened()
    assert unit.case.article[unit.span(copied)] == "Japan’s Defense Ministry"


def test_the_story_is_read_in_parts_that_exist():
    unit = opened()
    assert "Part 3 of" in unit.read(3).text == unit.read([3]).text
    for wrong in (0, 99, -1, [1, 99], "one", ["one"], 1.5):
        with pytest.raises(MedialitError, match="The story has"):
            unit.read(wrong)


def test_guesses_and_thoughts_are_kept_and_never_graded(path):
    unit = opened(path)
    assert unit.predict("p2", 12).block.state["feedback"].count("You guessed 12")
    assert "12" in opened(path).predict("p2").block.state["feedback"]
    assert unit.progress.entries("attempt") == []
    assert "Saved" in opened(path).reflect("Why?", "Because of the dates.").block.state["feedback"]
    assert opened(path).reflect("Why?").block.answer == "Because of the dates."
    assert "nothing to save" in opened().reflect("Why?", "  ").block.state["feedback"]


def test_a_guess_hides_the_result_and_reads_as_text():
    unit = opened()
    view = unit.marks("marks")
    widget = unit.predict("p2", reveal=view)
    assert view.html not in sent(widget)
    assert "Make a guess first" in press(widget, "guess")["feedback"]
    assert press(widget, "guess", answer="7")["solution"] == view.html
    bundle = opened().predict("p1")._repr_mimebundle_()
    assert "once this page has started" in bundle["text/html"]
    assert "on record as saying" in bundle["text/plain"]


def test_work_can_be_taken_away_and_brought_back(path, tmp_path):
    unit = opened(path)
    unit.check("1.3", ["marks", "said"])
    copy = tmp_path / "elsewhere.jsonl"
    copy.write_bytes(unit.progress.as_bytes())
    other = opened(tmp_path / "new.jsonl")
    assert "1" in other.restore(copy).text
    assert other.task("1.3").form.value == ["marks", "said"]
    assert 'download="my-progress.jsonl"' in other.download().html


def held(view):
    """The bytes that a download link hands over."""
    return base64.b64decode(re.search(r"base64,([^\"]+)", view.value).group(1))


def test_what_is_shown_of_the_file_follows_each_answer(path):
    unit = opened(path)
    summary, link, both = unit.summary(), unit.download(), len(TASKS) + len(QUIZ)
    assert f"0 of {both} passed" in summary.value
    unit.submit("1.3", unit.tasks["1.3"].answer(), door="click")
    assert f"1 of {both} passed" in summary.value
    # The link hands over what was done since the page ran.
    assert held(link) == path.read_bytes()
    # Another unit on the same page writes into the same file.
    medialit.open_unit("claims", progress=Progress(path)).submit("2.2", {})
    medialit.open_unit("claims", progress=Progress(path)).submit("q1", "a", door="click")
    assert held(link) == path.read_bytes()


def test_a_view_that_cannot_be_drawn_again_keeps_nobody_from_saving(path):
    asked = []
    unit = opened(path)
    unit.progress.watch("a place", lambda: asked.append(1) or 1 / 0)
    for name in ("1.3", "1.4"):
        unit.submit(name, unit.tasks[name].answer())
    assert (asked, len(Progress(path).entries("attempt"))) == ([1], 2)


def test_restoring_the_wrong_file_changes_nothing(path, tmp_path):
    unit = opened(path)
    wrong = tmp_path / "photo.jsonl"
    wrong.write_bytes(b"\x89PNG\r\n")
    before = unit.progress.as_bytes()
    assert len(unit.restore(wrong).text) < 300
    assert len(unit.restore(tmp_path / "missing.jsonl").text) < 300
    assert unit.progress.as_bytes() == before


def test_a_full_disk_is_said_and_the_answer_is_kept(path, monkeypatch):
    import os

    unit = opened(path)
    unit.check("1.3", ["marks"])

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    said = unit.check("1.3", ["marks", "said"]).text
    monkeypatch.undo()
    assert "not saved" in said
    assert [e.answer for e in unit.progress.entries("attempt")] == [["marks"], ["marks", "said"]]
    unit.check("1.4", ["account"])
    assert len(opened(path).progress.entries("attempt")) == 3


def test_answers_that_could_not_be_checked_are_not_counted(path):
    unit = opened(path)
    assert "Could not check" in unit.check("1.1", [(9, 3)]).text
    assert "Not attempted" in unit.check("1.1", None).text
    assert unit.progress.entries() == []
