"""The settle page in a real browser, by mouse and by keyboard, without JupyterLab."""

import pytest
from alone import Alone
from everyone import RULES
from lab import Keyboard, Mouse
from test_settle_case import code, folder, two  # noqa: F401

from medialit.authoring.annotate import settle
from medialit.case import load_case


@pytest.mark.parametrize("hand", [Mouse, Keyboard], ids=["mouse", "keyboard"])
def test_a_person_decides_each_difference_by_one_click(page, two, hand, axe):  # noqa: F811
    alone, hand = Alone(page), hand(page)
    alone.show(settle(two))
    assert axe(RULES) == []
    page.get_by_text("How far do coders 1 and 2 agree?").wait_for()
    for reading in (
        "Mixed, Jonas Werrick",
        "No quotation here (Coder 2)",
        "Direct, the children",
        "Scare quotes, nobody named",
    ):
        choice = page.get_by_label(reading)
        if hand.name == "mouse":
            choice.check()
        else:
            choice.focus()
            page.keyboard.press("Space")
    page.get_by_text("4 of 4 differences are decided").wait_for()
    # A speaker whom only the second coder has: the page asks for the side at once.
    page.get_by_label("the children: for which side?").fill("pupils")
    hand.press(page.locator('[data-id="sides"] [data-act="save"]'))
    page.get_by_text("Saved.", exact=True).wait_for()
    assert axe(RULES) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    case = load_case(two)
    assert len(case.quotes) == 4
    assert {voice.bloc for voice in case.voices} == {"city", "pupils"}
