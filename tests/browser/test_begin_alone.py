"""The page on which a case is begun, in a real browser, by mouse and by keyboard, without JupyterLab."""

import pytest
import saved_pages
from alone import Alone
from everyone import RULES
from lab import Keyboard, Mouse

from medialit.authoring.annotate import begin_case
from medialit.case import load_case


@pytest.mark.parametrize("hand", [Mouse, Keyboard], ids=["mouse", "keyboard"])
def test_a_person_pastes_corrects_and_freezes_an_article(page, tmp_path, hand, axe):
    alone, hand = Alone(page), hand(page)
    alone.show(begin_case(folder=tmp_path))
    assert axe(RULES) == []
    text = "\n".join([saved_pages.TITLE, "By Lena Ostrow and", *saved_pages.BODY])
    page.locator("textarea").fill(text)
    hand.press(page.locator('[data-act="read"]'))
    page.get_by_text("2 of 3").wait_for()
    boxes = page.locator(".ml-paras textarea")
    assert boxes.count() == len(saved_pages.BODY) + 2
    assert axe(RULES) == []
    # The second line is no part of the article.
    hand.press(page.locator(".ml-paras .ml-button").nth(1))
    assert boxes.count() == len(saved_pages.BODY) + 1
    # Enter divides a paragraph, and Backspace puts it together again.
    boxes.nth(2).focus()
    page.keyboard.press("Control+Home")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert boxes.count() == len(saved_pages.BODY) + 2
    assert boxes.nth(3).evaluate("box => box === document.activeElement")
    page.keyboard.press("Backspace")
    assert boxes.count() == len(saved_pages.BODY) + 1
    assert boxes.nth(2).input_value().replace(" ", "") == saved_pages.BODY[1].replace(" ", "")
    boxes.nth(2).fill(saved_pages.BODY[1])
    # What was left out here goes back to its place, wherever one was in the meantime.
    back = page.get_by_role("button", name="Put back in its place")
    hand.press(back)
    assert boxes.nth(1).input_value() == "By Lena Ostrow and"
    hand.press(page.locator(".ml-paras .ml-button").nth(1))
    # When the line above it is gone as well, it comes in below the line that was touched last.
    hand.press(page.locator(".ml-paras .ml-button").nth(0))
    boxes.nth(2).click()
    hand.press(page.get_by_role("button", name="Put in below"))
    assert boxes.nth(3).input_value() == "By Lena Ostrow and"
    hand.press(page.locator(".ml-paras .ml-button").nth(3))
    hand.press(back.last)
    assert boxes.nth(0).input_value() == saved_pages.TITLE
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    assert page.locator(".ml-line-n").nth(1).inner_text() == "¶1"
    hand.press(page.locator('[data-act="save"]'))
    page.get_by_text("3 of 3").wait_for()
    assert axe(RULES) == []
    hand.press(page.locator('[data-act="freeze"]'))
    page.get_by_text("Whose text is this").wait_for()
    page.get_by_label("Its license").fill("CC BY 4.0")
    hand.press(page.locator('[data-act="freeze"]'))
    page.get_by_role("link", name="Go on").wait_for()
    assert axe(RULES) == []
    case = load_case(tmp_path / "ferry-quarter-waits-bridge")
    assert case.article.text.splitlines() == [saved_pages.TITLE, *saved_pages.BODY]
    assert case.about.rights == "CC BY 4.0"


def test_a_file_is_read_when_it_is_chosen(page, tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(saved_pages.spaced_pdf())
    Alone(page).show(begin_case(folder=tmp_path / "cases"))
    (tmp_path / "cases").mkdir()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("2 of 3").wait_for()
    assert page.locator(".ml-paras textarea").first.input_value() == saved_pages.TITLE
    assert page.get_by_text("The Quarter Courier, May 3, 2024").count()
