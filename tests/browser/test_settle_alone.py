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
    for n, reading in enumerate(
        (
            "Mixed, Jonas Werrick",
            "No quotation here (Coder 2)",
            "Scare quotes, nobody named",
            "Direct, the children",
        ),
        1,
    ):
        choice = page.get_by_label(reading)
        if hand.name == "mouse":
            choice.check()
        else:
            choice.focus()
            page.keyboard.press("Space")
        page.get_by_text(f"{n} of 4 differences are decided").wait_for()
    page.get_by_text("4 of 4 differences are decided").wait_for()
    # A speaker whom only the second coder has: the page asks for the side at once.
    page.get_by_label("the children: for which side?").fill("pupils")
    # What is kept at once is never called unchecked, also when the page is drawn anew.
    assert page.locator(".ml-unchecked").all_inner_texts() == ["", ""]
    hand.press(page.locator('[data-id="sides"] [data-act="save"]'))
    page.get_by_text("Saved.", exact=True).wait_for()
    hand.press(page.locator('[data-id="differences"] [data-act="save"]'))
    page.get_by_text("The key has 4 quotations").wait_for()
    assert page.locator(".ml-unchecked").all_inner_texts() == [""]
    assert axe(RULES) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    case = load_case(two)
    assert len(case.quotes) == 4
    assert {voice.bloc for voice in case.voices} == {"city", "pupils"}


def test_nearly_equal_names_are_asked_about_and_what_differs_is_shown_anew(page, folder, axe):  # noqa: F811
    words = "That is not a repair for a weekend."
    code(folder, 1, [(words, "direct", "Mira Solvane")])
    code(folder, 2, [(words, "direct", "Solvane")])
    Alone(page).show(settle(folder))
    page.get_by_text("1 difference", exact=True).wait_for()
    page.get_by_label("One: Solvane").check()
    assert axe(RULES) == []
    page.locator('[data-id="speakers"] [data-act="save"]').click()
    page.get_by_text("Nothing differs.").wait_for()
    assert page.get_by_label("One: Solvane").is_checked()
    assert [quote.speaker_name for quote in load_case(folder).quotes] == ["Solvane"]
