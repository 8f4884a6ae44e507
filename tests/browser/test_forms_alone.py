"""Every form of an answer in a real browser, by mouse and by keyboard, without JupyterLab: fast, and all of them."""

import re
import shutil

import pytest
import yaml
from alone import Alone
from doing import block, bring, give
from everyone import RULES
from lab import Keyboard, Mouse
from other_language import write_story
from steps import RIGHT, button, said

import medialit
from medialit.files import data_path
from medialit.progress import Progress
from medialit.units.registry import UNITS

HANDS = pytest.mark.parametrize("hand", [Mouse, Keyboard], ids=["mouse", "keyboard"])
PLANS = pytest.mark.parametrize("plan", UNITS, ids=lambda plan: plan.name)


@pytest.fixture
def alone(page):
    return Alone(page)


@PLANS
@HANDS
def test_every_task_and_question_by_hand_gets_the_score_of_the_code(alone, page, plan, hand):
    case = "missile-tests" if hand is Mouse else "averstow-pool"
    unit, hand = medialit.open_unit(plan.name, case, progress=Progress()), hand(page)
    assert unit.tasks
    for task in unit.tasks.values():
        alone.show(unit.task(task.label))
        frame = block(page, task.label)
        give(hand, frame, task.form, task.answer(), task)
        hand.press(button(frame, f"Check task {task.label}"))
        said(frame, RIGHT)
    alone.show(unit.quiz())
    for question in unit.questions.questions:
        frame = block(page, question.id)
        bring(hand, frame)
        give(hand, frame, question.form, question.key)
        hand.press(frame.locator('[data-act="check"]'))
        said(frame, "Passed.")
    attempts = unit.progress.entries("attempt")
    assert {e.task for e in attempts} == {item.id for item in (*unit.tasks.values(), *unit.questions.questions)}
    assert ({e.score for e in attempts}, {e.door for e in attempts}) == ({1.0}, {"click"})


def test_a_story_from_right_to_left_is_read_marked_and_sorted(alone, page, tmp_path):
    case = write_story("ar", tmp_path)
    unit = medialit.open_unit("quotes", case.folder, progress=Progress())
    hand = Mouse(page)
    for name in ("1.1", "1.2"):
        task = unit.tasks[name]
        alone.show(unit.task(name))
        frame = block(page, name)
        for words in (
            frame.locator(".mlh-words").all() if name == "1.1" else frame.locator(".ml-row-name, .ml-words").all()
        ):
            if re.search("[\u0600-\u06ff]", words.inner_text()):
                assert words.evaluate("el => getComputedStyle(el.querySelector('bdi') ?? el).direction") == "rtl"
        assert frame.locator('[lang="ar"]').count() > 3
        give(hand, frame, task.form, task.answer(), task)
        hand.press(button(frame, f"Check task {name}"))
        said(frame, RIGHT)
    alone.show(unit.quiz())
    page.get_by_role("button", name="Show all questions").click()
    for question in unit.questions.questions:
        frame = block(page, question.id)
        give(hand, frame, question.form, question.key)
        hand.press(frame.locator('[data-act="check"]'))
        said(frame, "Passed.")


@PLANS
def test_no_rule_is_broken_wide_or_narrow_light_or_dark(alone, page, plan, axe):
    unit = medialit.open_unit(plan.name, progress=Progress())
    alone.show(unit.quiz(), *(unit.task(name) for name in unit.tasks))
    page.get_by_role("button", name="Show all questions").click()
    for width, light in ((1280, "true"), (320, "false"), (640, "true")):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("light => { document.body.dataset.jpThemeLight = light; }", light)
        found = axe(RULES)
        assert found == [], (width, found)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_what_is_typed_is_kept_before_anybody_checks_it(alone, page):
    progress = Progress()
    unit = medialit.open_unit("correction", progress=progress)
    unit.check("5.1", unit.tasks["5.1"].answer())
    alone.show(unit.task("5.3"))
    frame = block(page, "5.3")
    frame.locator("select").select_option(index=1)
    frame.locator("textarea").first.fill("My own words.")
    assert frame.locator(".ml-unchecked").inner_text() == "Not checked yet"
    page.wait_for_function("() => !window.waiting")
    page.wait_for_timeout(900)
    assert progress.entries("draft")[-1].answer["text"] == "My own words."
    assert len(progress.entries("attempt")) == 1  # that of 5.1
    # A new kernel, the page opened again: the draft is there, and called one.
    alone.show(medialit.open_unit("correction", progress=progress).task("5.3"))
    frame = block(page, "5.3")
    assert frame.locator("textarea").first.input_value() == "My own words."
    assert frame.locator(".ml-unchecked").inner_text() == "Not checked yet"


def test_what_is_typed_while_python_is_away_waits_in_the_browser(alone, page):
    progress = Progress()
    alone.show(medialit.open_unit("quotes", progress=progress).quiz())
    page.evaluate("() => { window.deaf = true; }")
    frame = block(page, "q1")
    frame.locator("input[type=radio]").nth(1).check()
    # Less than a moment later the page is gone.
    alone.show(medialit.open_unit("quotes", progress=progress).quiz())
    frame = block(page, "q1")
    assert frame.locator("input[type=radio]").nth(1).is_checked()
    page.wait_for_function("() => !window.waiting")
    assert progress.entries("draft")[-1].answer == frame.locator("input[type=radio]").nth(1).get_attribute("value")


def test_a_kernel_that_does_not_answer_is_named_once_with_what_to_do(alone, page):
    alone.show(medialit.open_unit("quotes", progress=Progress()).quiz())
    page.evaluate("() => { window.deaf = true; }")
    page.locator('[data-act="check"]:visible').first.click()
    page.locator(".ml-lost", has_text="What you typed is safe in this browser").wait_for(timeout=15_000)
    page.evaluate("() => { window.deaf = false; }")
    page.locator('[data-act="check"]:visible').first.click()
    page.locator(".ml-lost", has_text="Python is back").wait_for()


def test_a_press_is_never_overtaken_by_what_was_typed_before_it(alone, page):
    """The mouse faster than a person: 60 times, the newest words and Check without a pause."""
    progress = Progress()
    unit = medialit.open_unit("quotes", progress=progress)
    number = next(q for q in unit.questions.questions if q.form.kind == "number")
    alone.show(unit.quiz(number.id))
    frame = block(page, number.id)
    for n in range(60):
        frame.locator("input[type=text]").fill(str(n + 1))
        frame.locator('[data-act="check"]').click()
    page.wait_for_function("() => !window.waiting")
    assert [e.answer for e in progress.entries("attempt")] == list(range(1, 61))


def test_the_learner_chooses_one_question_or_all_and_is_remembered(alone, page):
    unit = medialit.open_unit("quotes", progress=Progress())
    alone.show(unit.quiz())
    assert page.locator(".ml-block:visible").count() == 1
    page.locator(".ml-dot").nth(2).focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".ml-block:visible").get_attribute("data-id") == "q4"
    page.get_by_role("button", name="Show all questions").click()
    assert page.locator(".ml-block:visible").count() == len(unit.questions.questions)
    alone.show(unit.quiz())
    assert page.locator(".ml-block:visible").count() == len(unit.questions.questions)


def test_the_desk_keeps_what_was_said_about_claims_that_come_back(alone, page):
    unit = medialit.open_unit("correction", progress=Progress())
    answers = {name: task.answer() for name, task in unit.tasks.items()}
    unit.submit("5.1", answers["5.1"])
    unit.submit("5.2", answers["5.2"])
    desk = unit.task("5.2")
    alone.show(desk)
    others = [n for n in unit.case.correction.choices if n not in answers["5.2"]][:3]
    unit.submit("5.1", {"card": {"claims": others, "sound": others[0]}})
    unit.submit("5.1", answers["5.1"])
    page.locator('[data-act="hint"]').click()
    page.wait_for_function("() => !window.waiting")
    page.locator('[data-act="check"]').click()
    said(block(page, "5.2"), "Passed.")


def test_missed_marks_are_shown_only_when_asked_for(alone, page):
    unit = medialit.open_unit("quotes", progress=Progress())
    task = unit.tasks["1.1"]
    alone.show(unit.task("1.1"))
    frame = block(page, "1.1")
    give(Mouse(page), frame, task.form, task.answer()[:1])
    frame.locator('[data-act="check"]').click()
    ask = button(frame, "Show what I missed")
    ask.wait_for()
    shown = frame.locator('[role="status"] li', has_text="¶")
    assert shown.count() == 0
    ask.click()
    shown.first.wait_for()


def test_two_widgets_of_a_page_share_no_name_and_no_choice(alone, page):
    unit = medialit.open_unit("quotes", progress=Progress())
    alone.show(unit.quiz("q1"), unit.quiz("q2"))
    for name in ("q1", "q2"):
        block(page, name).locator("input[type=radio]").first.check()
    assert page.locator("input[type=radio]:checked").count() == 2
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map(e => e.id)")
    assert ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("unit", "task", "field"), [("claims", "2.2", "kind"), ("sources", "4.1", None)])
def test_rows_to_look_at_again_are_marked_and_gone_through_one_at_a_time(alone, page, unit, task, field):
    opened = medialit.open_unit(unit, progress=Progress())
    answer = opened.tasks[task].answer()
    rows = list(answer)[:2]
    for row in rows:
        name = field or next(iter(answer[row]))
        options = next(f for f in opened.tasks[task].form.fields if f.name == name).options
        answer[row] = answer[row] | {name: next(o.key for o in options[::-1] if o.key != answer[row][name])}
    widget = opened.task(task)
    widget.block.put(answer)
    alone.show(widget)
    page.get_by_role("button", name="Check").click()
    page.get_by_text("2 rows to look at again.").wait_for()
    again = page.locator(".ml-again")
    assert again.count() == 2
    reason = again.first.locator("details p")
    assert not reason.is_visible()
    again.first.locator("summary").click()
    assert reason.is_visible()
    all_rows = page.locator("[data-row], .ml-matrix tbody tr")
    whole = all_rows.count()
    assert whole >= 8
    shown = lambda: sum(all_rows.nth(n).is_visible() for n in range(whole))  # noqa: E731
    page.get_by_role("button", name="One row at a time").click()
    assert shown() == 1
    page.get_by_role("button", name="Next row").click()
    assert shown() == 1
    page.get_by_role("button", name="Show all rows").click()
    assert shown() == whole


def test_measures_fold_away(alone, page):
    widget = medialit.open_unit("claims", progress=Progress()).task("2.2")
    widget.block.put({"s01": {"kind": "checkable"}})
    alone.show(widget)
    page.get_by_role("button", name="Check").click()
    summary = page.get_by_text("For those who measure")
    summary.wait_for()
    assert not page.get_by_text("Macro-F1").is_visible()
    summary.click()
    assert page.get_by_text("Macro-F1").is_visible()


def test_the_order_on_show_is_kept_and_the_solution_opens_after_a_try(alone, page):
    progress = Progress()
    widget = medialit.open_unit("quotes", progress=progress).quiz("q1")
    alone.show(widget)
    shown = page.locator(".ml-form .ml-choice").all_inner_texts()
    assert len(shown) == 4
    letters = {option.text: option.id for option in widget.quiz["q1"].options}
    page.locator(f'.ml-choice input[value="{widget.quiz["q1"].key}"]').check()
    page.get_by_role("button", name="Check question 1").click()
    page.get_by_text("Passed.").wait_for()
    page.get_by_role("button", name="Show me the answer to question 1").click()
    page.get_by_text("The answer.").wait_for()
    order = [letters[text.strip()] for text in shown]
    assert progress.entries("attempt")[-1].shown.split() == order


def test_the_name_of_a_row_keeps_its_place_beside_wide_choices(alone, page, tmp_path):
    folder = shutil.copytree(data_path("averstow-pool"), tmp_path / "averstow-pool")
    quotes = yaml.safe_load((folder / "quotes.yaml").read_text(encoding="utf-8"))
    for number, voice in enumerate(quotes["voices"]):
        voice["bloc"] = ("the bus company", "the council", "the police", "the riders")[number % 4]
    (folder / "quotes.yaml").write_text(yaml.safe_dump(quotes, allow_unicode=True), encoding="utf-8")
    alone.show(medialit.open_unit("quotes", folder, progress=Progress()).task("1.5"))
    for width in (360, 690, 720, 760, 820):
        page.set_viewport_size({"width": width, "height": 800})
        boxes = [name.bounding_box() for name in block(page, "1.5").locator(".ml-row-name").all()]
        assert boxes
        assert min(box["width"] for box in boxes) > 150, width
