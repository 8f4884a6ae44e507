"""The pen in a real browser: mouse, keyboard and sentence list give one answer, and nothing is lost on the way."""

import re
from dataclasses import replace

import pytest
from alone import Alone
from doing import give
from lab import Keyboard, Mouse

import medialit
from medialit.article import Article
from medialit.forms import Option, SpanForm
from medialit.progress import Progress
from medialit.widgets.form import form_page
from medialit.widgets.page import Page, PageBlock
from medialit.widgets.words import spoken_words

# Where a stretch of a paragraph stands on the screen; positions are UTF-16 units of its text, as the browser has them.
PLACE = """(words, [start, end]) => {
  const spot = (at) => {
    const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (node && at > node.data.length) { at -= node.data.length; node = walker.nextNode(); }
    return [node, at];
  };
  const range = document.createRange();
  range.setStart(...spot(start));
  range.setEnd(...spot(end));
  const lines = [...range.getClientRects()].filter((line) => line.width);
  const [first, last] = [lines[0], lines[lines.length - 1]];
  return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
}"""


class Free(PageBlock):
    """A form without a task; what the page sends is its value."""

    def __init__(self, text, parts, labels=()):
        form = SpanForm(parts, tuple(Option(key, words) for key, words in labels), Article(text))
        super().__init__("free", "Mark what you like", form=form_page(form), keep=lambda *_: None)

    def value(self, page):
        """What Python holds once the page is quiet."""
        page.wait_for_timeout(750)
        page.wait_for_function("() => !window.waiting")
        return self.form.value or []


# An emoji of two units, one joined from five points, a letter with a combining mark, curly marks and an astral letter.
AWKWARD = (
    "The 😀 smile said “we won’t go” today.\n"
    "A family 👩‍👩‍👧 drank cafe\u0301 in Zu\u0308rich, she 🚀 noted; 𝒜lpha agreed.\n"
)


@pytest.fixture
def alone(page):
    return Alone(page)


def free(alone, page, text, parts, labels=()):
    """A page with one free form, and its frame."""
    made = Free(text, parts, labels)
    alone.show(Page([made]))
    page.locator(".mlh-text").first.wait_for()
    return made, page.locator(".ml-block")


def units(text, points):
    return len(text[:points].encode("utf-16-le")) // 2


def words_of(article, span):
    """The outermost words of a span."""
    words = [w for s in article.sentences for w in spoken_words(article, s.span) if w.overlaps(span)]
    return words[0], words[-1]


def paragraph(frame, article, first, last):
    """The paragraph of these words in the middle of the window, and where they stand in it, in UTF-16 units."""
    block = article.block_at(first.start)
    text = article[block.span]
    words = frame.locator(f".mlh-para:has(.mlh-number:text-is('¶{block.number}')) .mlh-words")
    words.evaluate("e => e.scrollIntoView({block: 'center'})")
    return words, [units(text, first.start - block.span.start), units(text, last.end - block.span.start)]


def drag(page, frame, article, span):
    """Draw over a stretch by mouse, from inside its first word to inside its last one."""
    words, ends = paragraph(frame, article, *words_of(article, span))
    x, y, x2, y2 = words.evaluate(PLACE, ends)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x2, y2, steps=4)
    page.mouse.up()
    page.wait_for_timeout(60)


def go(page, frame, article, form, span):
    """Choose the same stretch with the arrow keys alone."""
    first, last = words_of(article, span)
    asked = [n for part in form.parts for n in part]
    sentence = article.sentence_at(first.start)
    frame.locator(".mlh-text").focus()
    page.keyboard.press("Control+Home")
    for _ in sorted(n for n in asked if n < sentence.number):
        page.keyboard.press("ArrowDown")
    words = spoken_words(article, sentence.span)
    for _ in range(words.index(first)):
        page.keyboard.press("ArrowRight")
    for _ in range(words.index(first), words.index(last)):
        page.keyboard.press("Shift+ArrowRight")


def said(frame, words):
    frame.locator('.mlh [role="status"]', has_text=words).first.wait_for()


def by_mouse(page, frame, task):
    for start, end, *label in task.answer():
        drag(page, frame, task.case.article, (start, end))
        frame.locator(".mlh").get_by_role("button", name=label[0] if label else "Mark", exact=True).click()
        said(frame, "Marked")


def by_keyboard(page, frame, task):
    numbers = {label.key: str(number) for number, label in enumerate(task.form.labels, 1)}
    for start, end, *label in task.answer():
        go(page, frame, task.case.article, task.form, (start, end))
        page.keyboard.press(numbers[label[0]] if label else "Enter")
        said(frame, "Marked")


def by_finger(page, frame, task):
    """Tap the first word; when there are more, tap Extend and the last one; tap the label."""
    article = task.case.article
    for number, (start, end, *label) in enumerate(task.answer(), 1):
        first, last = words_of(article, (start, end))
        tap_word(page, frame, article, first)
        if last != first:
            frame.get_by_role("button", name="Extend", exact=True).tap()
            tap_word(page, frame, article, last)
        frame.locator(".mlh").get_by_role("button", name=label[0] if label else "Mark", exact=True).tap()
        said(frame, re.compile(rf"Marked .* {number} marks? in all"))


def tap_word(page, frame, article, word):
    """Choose a word; where it is marked already, the taps before the last one pick the marks around it."""
    words, ends = paragraph(frame, article, word, word)
    for _ in range(1 + len(frame.locator(".mlh-list li").all())):
        x, y, *_ = words.evaluate(PLACE, ends)
        page.touchscreen.tap(x + 2, y)
        page.wait_for_timeout(60)
        if not frame.locator(".mlh-picked").count():
            return
    raise AssertionError(f"No tap reached the word {article[word]}")


def by_list(page, frame, task):
    give(Mouse(page), frame, task.form, task.answer())


def marked(alone, page, task, ways):
    """The answers to one task marked and checked in each of these ways, one below the other on a page."""
    units = {way: medialit.open_unit(task.unit, case=task.case.name, progress=Progress()) for way in ways}
    alone.show(*(unit.task(task.label) for unit in units.values()))
    for place, mark in enumerate(ways.values()):
        frame = page.locator(".ml-block").nth(place)
        mark(page, frame, task)
        check = frame.locator('[data-act="check"]')
        (check.tap if mark is by_finger else check.click)()
        frame.locator('[role="status"]', has_text="Passed.").first.wait_for()
    found = {}
    for way, unit in units.items():
        (entry,) = unit.progress.entries("attempt")
        found[way] = replace(entry, id="", time="")
    return found


@pytest.mark.parametrize(
    ("unit", "number", "case"),
    [
        ("quotes", "1.1", "missile-tests"),
        ("claims", "2.1", "missile-tests"),
        ("framing", "3.3", "missile-tests"),
        ("quotes", "1.1", "averstow-pool"),
    ],
)
def test_mouse_keyboard_and_sentence_list_give_the_same_record(alone, page, unit, number, case):
    task = medialit.open_unit(unit, case=case, progress=Progress()).tasks[number]
    records = marked(alone, page, task, {"mouse": by_mouse, "keyboard": by_keyboard, "list": by_list})
    assert records["mouse"] == records["keyboard"] == records["list"]
    assert len(records["mouse"].answer) == len({tuple(span) for span in task.answer()})


@pytest.mark.touch
def test_fingers_give_the_same_record_as_the_sentence_list(alone, page):
    page.set_viewport_size({"width": 820, "height": 1180})
    task = medialit.open_unit("quotes", progress=Progress()).tasks["1.1"]
    records = marked(alone, page, task, {"finger": by_finger, "list": by_list})
    assert records["finger"] == records["list"]


def test_positions_hold_in_text_with_emoji_and_combining_marks(alone, page):
    article = Article(AWKWARD)
    labels = (("speaker", "speaker: who says it"), ("content", "content: what is said"))
    made, frame = free(alone, page, AWKWARD, ((1,), (2,)), labels)
    wanted = ["we won’t go", "cafe\u0301 in Zu\u0308rich", "she", "𝒜lpha"]
    spans = [(AWKWARD.index(words), AWKWARD.index(words) + len(words)) for words in wanted]
    for span, key in zip(spans, ["content", "content", "speaker", "speaker"], strict=True):
        drag(page, frame, article, span)
        frame.get_by_role("button", name=f"{key}:").click()
        said(frame, f"as {key}")
    expected = sorted(
        [*span, key] for span, key in zip(spans, ["content", "content", "speaker", "speaker"], strict=True)
    )
    assert made.value(page) == expected
    shown = frame.locator(".mlh-list li").all_inner_texts()
    assert [re.search("“(.*)”", line)[1] for line in shown] == wanted
    # What stands between the marks on the page is the article, sign for sign.
    assert frame.locator(".mlh-words").evaluate_all("all => all.map(e => e.textContent)") == AWKWARD.strip().split("\n")

    # The same by keyboard, on top of what is there: nested marks.
    go(page, frame, article, type("F", (), {"parts": ((1, 2),)}), (AWKWARD.index("Zu"), AWKWARD.index("Zu") + 7))
    page.keyboard.press("1")
    said(frame, "Marked “Zu\u0308rich” as speaker, paragraph 2. 5 marks in all.")
    place = AWKWARD.index("Zu")
    assert [place, place + 7, "speaker"] in made.value(page)


def test_marks_are_picked_changed_removed_taken_back_and_done_again(alone, page):
    text = "One two three four five six. Seven eight nine ten."
    made, frame = free(alone, page, text, ((1, 2),), (("a", "alpha"), ("b", "beta")))
    article = Article(text)
    form = type("F", (), {"parts": ((1, 2),)})

    def value():
        page.wait_for_timeout(400)
        return [[text[a:b], key] for a, b, key in made.value(page)]

    go(page, frame, article, form, (4, 13))
    page.keyboard.press("1")
    assert value() == [["two three", "a"]]
    page.keyboard.press("Space")
    said(frame, "Picked: “two three”, alpha, paragraph 1.")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("2")
    said(frame, "Changed to “two three four” as beta")
    assert value() == [["two three four", "b"]]
    page.keyboard.press("Delete")
    said(frame, "Removed “two three four”, beta, paragraph 1. 0 marks in all.")
    assert value() == []
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert value() == [["two three", "a"]]
    page.keyboard.press("Control+y")
    assert value() == [["two three four", "b"]]
    # By pointing: tap a mark, give it the other label; tap and extend without a drag; remove in the list.
    drag_to = frame.locator(".mlh-mark").first.bounding_box()
    page.mouse.click(drag_to["x"] + 30, drag_to["y"] + 8)
    said(frame, "Picked: “two three four”, beta")
    frame.get_by_role("button", name="alpha", exact=True).click()
    assert value() == [["two three four", "a"]]
    # A second tap on the same mark takes the word alone: a mark inside a mark begins there.
    for told in ("Picked: “two three four”, alpha", "Chosen: the word “two” alone."):
        page.mouse.click(drag_to["x"] + 30, drag_to["y"] + 8)
        said(frame, told)
    frame.get_by_role("button", name="beta", exact=True).click()
    assert value() == [["two", "b"], ["two three four", "a"]]
    frame.get_by_role("button", name="Undo").click()
    frame.get_by_role("button", name="Undo").click()
    assert value() == [["two three four", "b"]]
    words = frame.locator(".mlh-words")
    for word, press in (("Seven", True), ("nine", False)):
        place = text.index(word)
        x, y, *_ = words.evaluate(PLACE, [place, place + len(word)])
        page.mouse.click(x + 5, y)
        page.wait_for_timeout(60)
        if press:
            frame.get_by_role("button", name="Extend").click()
            said(frame, "The next word that you tap is the other end of your choice.")
    frame.get_by_role("button", name="alpha", exact=True).click()
    assert value() == [["two three four", "b"], ["Seven eight nine", "a"]]
    frame.get_by_role("button", name="Remove “two three four”, beta").click()
    assert value() == [["Seven eight nine", "a"]]
    assert page.evaluate("document.activeElement.textContent") == "Remove"
    # The other way in shows and edits the same marks, and the pen takes them over.
    frame.locator('input[value="list"]').check()
    frame.locator("li", has_text="Seven eight nine").last.wait_for()
    frame.get_by_label("Last word", exact=True).select_option(index=0)
    frame.get_by_role("button", name="Add this mark").click()
    frame.locator('input[value="pen"]').check()
    frame.locator(".mlh-list li", has_text="One").wait_for()
    assert value() == [["One", "a"], ["Seven eight nine", "a"]]


def test_a_drag_inside_chosen_words_chooses_anew_and_no_number_marks_what_nobody_chose(alone, page):
    text = "One two three four five six. Seven eight nine ten."
    made, frame = free(alone, page, text, ((1, 2),), (("a", "alpha"), ("b", "beta")))
    words = frame.locator(".mlh-words").first

    def drag(first, last):
        x, y, *_ = words.evaluate(PLACE, [text.index(first), text.index(first) + len(first)])
        *_, x2, y2 = words.evaluate(PLACE, [text.index(last), text.index(last) + len(last)])
        page.mouse.move(x + 4, y)
        page.mouse.down()
        page.mouse.move(x2 - 4, y2, steps=5)
        page.mouse.up()

    drag("One", "five")
    frame.get_by_text("“One two three four five”").first.wait_for()
    drag("two", "three")
    frame.get_by_text("“two three”").first.wait_for()
    page.keyboard.press("1")
    page.wait_for_timeout(400)
    assert [text[a:b] for a, b, _ in made.value(page)] == ["two three"]
    # The words are marked and nothing is chosen now: a second number finds nothing to mark.
    page.keyboard.press("2")
    said(frame, "Choose the words first")
    page.wait_for_timeout(400)
    assert len(made.value(page)) == 1
    # By keys the caret is where somebody put it.
    page.keyboard.press("End")
    page.keyboard.press("2")
    page.wait_for_timeout(400)
    assert [(text[a:b], key) for a, b, key in made.value(page)] == [("two three", "a"), ("six", "b")]


def test_bad_selections_get_a_plain_sentence_and_change_nothing(alone, page):
    text = "Alpha beta gamma.\nNot asked at all here.\n… — …\nDelta epsilon zeta."
    numbers = {s.number: Article(text)[s.span] for s in Article(text).sentences}
    asked = tuple(n for n, words in numbers.items() if not words.startswith("Not"))
    made, frame = free(alone, page, text, (asked,))
    mark = frame.get_by_role("button", name="Mark", exact=True)
    mark.click()
    said(frame, "No words are chosen yet.")
    # What is no longer true does not stay: the next step takes its place.
    frame.locator(".mlh-text").focus()
    page.keyboard.press("Shift+ArrowRight")
    said(frame, "Now press Mark.")
    page.keyboard.press("Escape")
    said(frame, "Nothing is chosen.")
    # From the article into the words above it: over its edge.
    above = frame.locator(".mlh-help").first.bounding_box()
    lines = frame.locator(".mlh-words")
    x, y, *_ = lines.first.evaluate(PLACE, [6, 10])
    page.mouse.move(x + 10, y)
    page.mouse.down()
    page.mouse.move(above["x"] + 5, above["y"] + 5, steps=5)
    page.mouse.up()
    said(frame, "ran over the edge of the article")
    mark.click()
    said(frame, "Marked “Alpha beta”")
    # Only signs, no word.
    x, y, x2, y2 = lines.nth(1).evaluate(PLACE, [0, 4])
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x2, y2, steps=3)
    page.mouse.up()
    said(frame, "There is no word of this task in your selection.")
    # Over a paragraph that is not part of the task.
    x, y, *_ = lines.first.evaluate(PLACE, [12, 16])
    *_, x2, y2 = lines.nth(2).evaluate(PLACE, [0, 5])
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x2, y2, steps=5)
    page.mouse.up()
    said(frame, "runs over text that is not part of this task")
    assert made.value(page) == [[0, 10]]


def test_unchecked_marks_come_back_and_are_checked(alone, page):
    progress = Progress()
    unit = medialit.open_unit("quotes", progress=progress)
    task = unit.tasks["1.1"]
    alone.show(unit.task("1.1"))
    frame = page.locator(".ml-block")
    by_mouse(page, frame, type("T", (), {"answer": lambda _: task.answer()[:2], "case": task.case})())
    page.wait_for_timeout(900)
    before = frame.locator(".mlh-list").inner_text()
    assert frame.locator(".mlh-list li").count() == 2
    assert page.evaluate("Object.keys(localStorage).filter(k => /^medialit:/.test(k))") == []
    alone.show(medialit.open_unit("quotes", progress=progress).task("1.1"))
    frame.locator('[role="status"]', has_text="Your work from before is back. It is not checked yet.").first.wait_for()
    assert frame.locator(".mlh-list").inner_text() == before
    assert {e.kind for e in progress.entries()} == {"draft"}
    Keyboard(page).press(frame.locator('[data-act="check"]'))
    frame.locator('[role="status"]', has_text="Marks that match the key: 2 of").first.wait_for()
    frame.get_by_role("button", name="Show what I missed").click()
    frame.locator(".mlh-mark.mlh-missed").first.wait_for()
    assert frame.locator(".mlh-list li", has_text="✓ fits").count() == 2


def test_a_kernel_lost_in_the_middle_of_marking_loses_nothing(alone, page):
    progress = Progress()
    unit = medialit.open_unit("quotes", progress=progress)
    task = unit.tasks["1.1"]
    alone.show(unit.task("1.1"))
    frame = page.locator(".ml-block")
    page.evaluate("() => { window.deaf = true; }")
    for span in task.answer()[:3]:
        drag(page, frame, task.case.article, span)
        frame.get_by_role("button", name="Mark", exact=True).click()
    page.locator(".ml-lost", has_text="What you typed is safe in this browser").wait_for(timeout=15_000)
    alone.show(medialit.open_unit("quotes", progress=progress).task("1.1"))
    page.wait_for_function("() => document.querySelectorAll('.mlh-list li').length === 3 && !window.waiting")
    assert len(progress.entries("draft")[-1].answer) == 3
    page.wait_for_function("() => !Object.keys(localStorage).some(k => /^medialit:/.test(k))")


def test_five_thousand_marks_stay_usable(alone, page):
    text = "\n".join(f"Line {n} has five plain words, and then six more of them." for n in range(1300))
    article = Article(text)
    made = Free(text, (tuple(range(1, len(article.sentences) + 1)),))
    made.put([[w.start, w.end] for s in article.sentences for w in spoken_words(article, s.span)[:4]][:5000])
    alone.show(Page([made]))
    frame = page.locator(".ml-block")
    frame.locator(".mlh-count", has_text="Your marks (5000)").wait_for()
    assert frame.locator(".mlh-list li").count() == 50
    frame.locator(".mlh-text").focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Enter")
    said(frame, "5001 marks in all.")
    assert len(made.value(page)) == 5001
