"""The annotation page in a real browser, by mouse and by keyboard, without JupyterLab."""

import pytest
import saved_pages
from alone import Alone
from everyone import RULES
from lab import Keyboard, Mouse

from medialit.authoring.annotate import annotate
from medialit.authoring.article_file import Found
from medialit.authoring.newcase import write_case
from medialit.case import load_case


@pytest.fixture
def folder(tmp_path):
    found = Found((saved_pages.TITLE, *saved_pages.BODY))
    write_case(
        tmp_path / "ferry-bridge", found, {"title": "Ferry", "licence": "CC BY 4.0"}, invented=True, file="a.txt"
    )
    return tmp_path / "ferry-bridge"


@pytest.mark.parametrize("hand", [Mouse, Keyboard], ids=["mouse", "keyboard"])
def test_a_person_confirms_who_says_what(page, folder, hand, axe):
    alone, coding = Alone(page), annotate(folder)
    hand = hand(page)
    alone.show(coding)
    assert axe(RULES) == []
    hand.press(page.locator('[data-act="save"]'))
    page.get_by_text("2 of 3").wait_for()
    assert axe(RULES) == []
    groups = page.evaluate(
        "() => [...new Set([...document.querySelectorAll('input[type=radio]')].map(one => one.name))]"
    )
    for name, quote in zip(groups, coding.quotes, strict=True):
        choice = page.locator(f'input[name="{name}"][value="{"yes" if quote.speaker_name else "nobody"}"]')
        choice.focus()
        page.keyboard.press("Space")
        assert choice.is_checked()
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    hand.press(page.locator('[data-act="save"]'))
    page.get_by_text("3 of 3").wait_for()
    assert axe(RULES) == []
    assert len(load_case(folder).quotes) == len(coding.quotes)
    boxes = page.locator("textarea, input[type=text]")
    assert boxes.count() == len(coding._names())
    for n in range(boxes.count()):
        boxes.nth(n).fill("city" if n else "council")
    hand.press(page.locator('[data-act="save"]'))
    page.get_by_text("Saved in quotes.yaml").wait_for()
    assert {voice.bloc for voice in load_case(folder).voices} == {"city", "council"}
