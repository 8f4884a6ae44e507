"""The tests before and after, a look back, and the page over all units in a real JupyterLab, by mouse and by keyboard."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from doing import block
from lab import PANEL, Keyboard, Mouse

from medialit.classroom.testkey import find_key
from medialit.exercises.statements import load_forms
from medialit.progress import Progress

KEY = dict(find_key())
FILE = "my-progress.jsonl"
# Wider than its box: at 320 CSS pixels nothing but a table that scrolls for itself may be.
WIDE = """() => [...document.querySelectorAll('PANEL .ml, PANEL .jp-OutputArea-output > div')]
    .filter(e => e.getBoundingClientRect().width > 0 && e.scrollWidth > e.clientWidth + 1)
    .map(e => e.innerText.slice(0, 60))""".replace("PANEL", ".jp-NotebookPanel:not(.lm-mod-hidden)")


def statements_by_name():
    # Two forms may say the same of different texts, so the words alone do not tell which is right.
    return {s.id: s for form in load_forms().values() for s in form.statements}


def take(hand, page, skip=0):
    """Begin, answer all but ``skip`` statements rightly, hand in."""
    hand.press(page.locator(f"{PANEL} button", has_text="Begin the test"))
    page.locator(f"{PANEL} .ml-over", has_text="Statement 1 of").wait_for()
    known, seen = statements_by_name(), []
    frames = page.locator(f"{PANEL} .ml-block", has=page.locator(".ml-over", has_text="Statement"))
    for number in range(frames.count()):
        frame = frames.nth(number)
        statement = known[frame.get_attribute("data-id")]
        seen.append(statement)
        if number < frames.count() - skip:
            hand.tick(frame.locator("input[type=radio]").nth(0 if KEY[statement.id] else 1))
            frame.locator('[role="status"]', has_text="Kept:").wait_for()
    button = page.locator(f"{PANEL} button", has_text="Hand in the test")
    hand.press(button)
    if skip:
        page.locator(f"{PANEL} [role=status]", has_text="click again").wait_for()
        hand.press(button)
    page.locator(f"{PANEL} [role=status]", has_text="Kept. Thank you.").wait_for()
    return seen


def in_view(page, words):
    box = page.locator(f"{PANEL} [role=status]", has_text=words).bounding_box()
    return box is not None and 0 <= box["y"] < page.viewport_size["height"]


@pytest.mark.parametrize("use", [Mouse, Keyboard], ids=lambda use: use.name)
def test_before_after_and_a_week_later(lab, page, use):
    hand = use(page)
    lab.open(page, "notebooks/00b-test-before.ipynb")
    assert "Statement 1" not in page.locator(PANEL).inner_text()
    hand.run_all()
    first = take(hand, page)
    # What is said stands in sight, and the focus is in the box: the page has become short.
    assert in_view(page, "Kept. Thank you.")
    assert page.evaluate("() => !!document.activeElement.closest('.ml')")
    assert not any(s.text in page.locator(PANEL).inner_text() for s in first)

    # Another visit shows nothing of it.
    lab.open(page, "notebooks/00b-test-before.ipynb")
    hand.run_all()
    page.locator(f"{PANEL} [role=status]", has_text="It is handed in and kept").wait_for()
    assert page.locator(f"{PANEL} button", has_text="Begin the test").count() == 0

    lab.open(page, "notebooks/06-test-after.ipynb")
    hand.run_all()
    second = take(hand, page, skip=2)
    assert not {s.id for s in first} & {s.id for s in second}
    words = page.locator(PANEL).inner_text()
    assert "16 of 16" in words
    assert "14 of 16" in words
    assert "Download a reminder" in words

    lab.open(page, "notebooks/08-recheck.ipynb")
    hand.run_all()
    page.locator(f"{PANEL} [role=status]", has_text="The recheck opens in 7 days").wait_for()
    # A week passes: every time in the file is eight days earlier.
    path = lab.folder / FILE
    now = datetime.now(UTC)
    earlier = (now - timedelta(days=8)).strftime("%Y-%m-%dT")
    path.write_text(
        re.sub(r'"time": "[0-9-]+T', f'"time": "{earlier}', path.read_text(encoding="utf-8")), encoding="utf-8"
    )
    hand.run_all()
    third = take(hand, page)
    assert len(third) == 8
    assert "8 of 8" in page.locator(PANEL).inner_text()
    kept = Progress(path)
    assert [e.unit for e in kept.entries("attempt")] == ["test-before", "test-after", "test-recheck"]
    assert {e.door for e in kept.entries("attempt")} == {"click"}


@pytest.mark.parametrize("use", [Mouse, Keyboard], ids=lambda use: use.name)
def test_my_course_and_its_certificate(lab, page, use):
    hand = use(page)
    lab.open(page, "notebooks/02-claims.ipynb")
    hand.run_all()
    frame = block(page, "quotes-q1")
    hand.tick(frame.locator('.ml-form input[value="a"]'))
    hand.press(frame.locator('[data-act="check"]'))
    frame.locator('[role="status"]', has_text="Not yet").first.wait_for()

    lab.open(page, "notebooks/07-my-course.ipynb")
    hand.run_all()
    words = page.locator(PANEL).inner_text()
    assert "Quotes q1: " in words
    hand.press(page.locator(f"{PANEL} button", has_text="Make my certificate"))
    page.locator(f"{PANEL} [role=status]", has_text="Your certificate is ready").wait_for()
    assert (lab.folder / "my-certificate.html").is_file()
    # A link of the page opens the notebook in JupyterLab itself.
    link = page.locator(f"{PANEL} a", has_text="Quotes q1").first
    if use is Mouse:
        link.click()
    else:
        link.focus()
        page.keyboard.press("Enter")
    page.locator(f"{PANEL} h1", has_text="1 · Quotes").wait_for()


@pytest.mark.parametrize("name", ["00b-test-before", "07-my-course"])
def test_at_320_pixels_nothing_is_cut(lab, page, name):
    page.set_viewport_size({"width": 1280, "height": 900})
    lab.open(page, f"notebooks/{name}.ipynb")
    page.keyboard.press("Control+b")
    Mouse(page).run_all()
    if name == "00b-test-before":
        page.locator(f"{PANEL} button", has_text="Begin the test").click()
        page.locator(f"{PANEL} .ml-over", has_text="Statement 1 of").wait_for()
    page.set_viewport_size({"width": 320, "height": 900})
    page.wait_for_timeout(500)
    assert page.evaluate(WIDE) == []
    for control in page.locator(f"{PANEL} .ml button:visible").all():
        box = control.bounding_box()
        assert box["height"] >= 24
        assert box["width"] >= 24
