"""Unit 0: saving is tried for real, and nobody can fail."""

import pytest
from pages import ask, press

import medialit
from medialit.progress import Progress


@pytest.fixture
def unit(tmp_path):
    return medialit.open_unit("welcome", progress=Progress(tmp_path / "my-progress.jsonl"))


def test_saving_is_tried_for_real(unit):
    before = unit.round_trip()["saved"]
    unit.submit("0.3", 7)
    assert unit.round_trip()["saved"] != before
    # What comes back is what was saved.
    unit.submit("0.3", 12)
    sums = unit.round_trip()
    assert (sums["saved"], len(sums["saved"]), unit.submit("0.1", sums).score) == (sums["restored"], 16, 1)


def test_a_copy_that_lost_something_is_noticed(unit, monkeypatch):
    monkeypatch.setattr(Progress, "restore", lambda self, data: None)
    sums = unit.round_trip()
    assert sums["saved"] != sums["restored"]
    assert unit.submit("0.1", sums).score == 0


def test_the_button_of_the_task_does_the_same(unit):
    widget = unit.task("0.1")
    done = ask(widget, "act")
    assert set(done) == {"saved", "restored"}
    press(widget, "check", answer=done)
    assert unit.progress.entries("attempt")[-1].outcome == "passed"


@pytest.mark.parametrize("guess", [0, 3, 40])
def test_any_guess_passes(unit, guess):
    assert unit.submit("0.3", guess).score == 1


def test_what_the_page_shows(unit, monkeypatch):
    shown = unit.everything().text
    for lens in ("Quotes:", "Claims:", "Framing:", "Sources:"):
        assert lens in shown
    # The page says what is missing.
    from medialit.units.welcome import unit as views

    monkeypatch.setattr(views, "find_spec", lambda package: None if package == "ipywidgets" else "there")
    assert "○ no" in unit.environment().text
    assert "Use the code door" in unit.environment().text


@pytest.mark.parametrize("name", ["0", "00-welcome", "welcome", "00"])
def test_the_unit_opens_by_number_and_name(name):
    assert medialit.open_unit(name).plan.name == "welcome"
