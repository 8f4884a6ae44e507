"""Every unit from hook to summary in a real JupyterLab, by click and by code, with the same scores.

Every form is used by mouse and by keyboard in ``test_forms_alone.py``; here each lesson and each set of exercises is used
whole: all units by mouse in the course view (unit 1 as a newcomer meets it, in ``test_newcomer.py``), two by keyboard alone
in a plain JupyterLab, once wide and once at 320 px, once light and once dark. In every state that is reached, axe-core looks
for what is against WCAG 2.2. Then the page is loaded again (after the mouse) or the kernel is started anew (after the
keyboard): nothing is lost.
"""

import json
import re

import nbformat
import pytest
import yaml
from doing import DOING, block, bring, give, load_a_partner
from everyone import look, look_all_ways, look_in_both_themes, wear
from lab import PANEL, Keyboard, Mouse, settled
from some import some
from steps import RIGHT, button, came_back, climb, climb_and_disagree, first_step, reload, said

import medialit
from medialit.files import course_path
from medialit.progress import Progress, best
from medialit.units.registry import UNITS

BY_KEYBOARD = ("welcome", "claims")


def quiz(plan):
    return medialit.open_unit(plan.name, progress=Progress()).questions.questions


def guesses(plan):
    return yaml.safe_load(course_path(plan.folder, "predictions.yaml").read_text(encoding="utf-8"))["predictions"]


def right(question):
    """The right answer as it is typed."""
    return question.key


def guess(hand, page, asked):
    frame = block(page, asked["id"])
    if "number" in asked:
        hand.write(frame.locator("input[type=text]"), str(min(12, asked["number"].get("maximum", 12))))
    else:
        hand.tick(frame.locator("input[type=radio]").nth(1))
    hand.press(button(frame, "Keep my guess"))
    said(frame, "Kept.")


def answer_question(hand, page, question):
    frame = block(page, question.id)
    bring(hand, frame)
    give(hand, frame, question.form, question.key)
    if question.certainty:
        hand.tick(frame.locator(".ml-bar input[value='2']").last)
    hand.press(frame.locator('[data-act="check"]'))
    said(frame, "Passed.")


def answer_task(hand, page, task):
    frame = block(page, task.label)
    give(hand, frame, task.form, task.answer(), task)
    hand.press(button(frame, f"Check task {task.label}"))
    said(frame, RIGHT)


def scores(lab, plan):
    progress = Progress(lab.folder / "my-progress.jsonl")
    attempts = progress.entries("attempt", plan.name)
    return {e.task: best([x for x in attempts if x.task == e.task], e.version).score for e in attempts}


def by_code(plan):
    """The same answers through the code door."""
    unit = medialit.open_unit(plan.name, progress=Progress())
    for task in unit.tasks.values():
        unit.check(task.label, task.answer())
    for question in quiz(plan):
        unit.check(question.id, question.key)
    return {e.task: e.score for e in unit.progress.entries("attempt")}


def enter(lab, page, hand, notebook, way, anew=False):
    """Open a notebook in a theme and at a width, and close the list of files: it leaves nothing of a narrow window."""
    page.set_viewport_size({"width": way[1], "height": 900})
    lab.open(page, notebook, anew)
    hand.make_room()
    wear(page, *way)


def ways(plan, hand):
    """(theme, width) for the lesson and for the exercises: what one hand does wide, the other does narrow."""
    pairs = ((("light", 1280), ("dark", 320)), (("dark", 1280), ("light", 320)))
    pair = pairs[UNITS.index(plan) % 2]
    return pair if hand is Mouse else pair[::-1]


HANDS = pytest.mark.parametrize("hand", [Mouse, Keyboard], ids=["mouse", "keyboard"])


@pytest.mark.course_view
@pytest.mark.parametrize("plan", [pytest.param(plan, id=plan.name) for plan in UNITS if plan.name != "quotes"])
def test_a_unit_in_the_course_view(lab, page, plan):
    # All of a page at once; one step at a time is for the newcomer.
    settings = lab.root.parent / "jupyterlab_settings_dir" / "medialit" / "view.jupyterlab-settings"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('{"wholePages": true}', encoding="utf-8")
    walk(lab, page, plan, Mouse)


@pytest.mark.parametrize("plan", [pytest.param(plan, id=plan.name) for plan in UNITS if plan.name in BY_KEYBOARD])
def test_a_unit_by_keyboard_in_a_plain_lab(lab, page, plan):
    walk(lab, page, plan, Keyboard)


def walk(lab, page, plan, hand):
    """A unit from hook to summary."""
    lesson, exercises = ways(plan, hand)
    hand = hand(page)
    use_lesson(lab, page, hand, plan, lesson)
    use_exercises(lab, page, hand, plan, exercises)
    assert scores(lab, plan) == by_code(plan)


def use_lesson(lab, page, hand, plan, way):
    unit = medialit.open_unit(plan.name, progress=Progress())
    enter(lab, page, hand, f"notebooks/{plan.folder}.ipynb", way)
    hand.run_all()
    look(page, "run, nothing answered")
    for asked in guesses(plan):
        guess(hand, page, asked)
    for number, question in enumerate(quiz(plan)):
        frame = block(page, question.id)
        bring(hand, frame)
        (climb if number == 0 else first_step)(hand, frame, len(question.hints))
    # A lesson may show a task as well, such as the first one of all.
    shown = [task for task in unit.tasks.values() if block(page, task.label).count()]
    for task in shown:
        climb_and_disagree(hand, block(page, task.label), task)
    look(page, "hints open")
    for question in quiz(plan):
        answer_question(hand, page, question)
    for task in shown:
        answer_task(hand, page, task)
    thoughts = page.locator(f'{PANEL} .ml-block[data-id="thoughts"]')
    for number in range(thoughts.count()):
        reflect(hand, thoughts.nth(number))
    look_in_both_themes(page, "answered", way)
    if hand.name == "mouse":
        reload(hand, page)
        for name in (*(question.id for question in quiz(plan)), *(task.label for task in shown)):
            assert block(page, name).get_attribute("data-outcome") == "passed", name
    else:
        hand.restart()
        for question in quiz(plan):
            bring(hand, block(page, question.id))
            came_back(hand, block(page, question.id), "This is your saved answer.")
        for task in shown:
            came_back(hand, block(page, task.label), "Your saved answer is back.")
        kept = page.locator(f'{PANEL} [role="status"]', has_text="This is the guess you kept.")
        assert kept.count() == len(guesses(plan))
        look(page, "after a restart")
    for number in range(thoughts.count()):
        assert thoughts.nth(number).get_by_label("Your thoughts").input_value() == THOUGHT


def use_exercises(lab, page, hand, plan, way):
    unit = medialit.open_unit(plan.name, progress=Progress())
    # The mouse has just loaded the lesson again: JupyterLab may still be about to open it once more, by its address.
    enter(lab, page, hand, f"exercises/{plan.folder}.ipynb", way, anew=hand.name == "mouse")
    hand.run_all()
    look(page, "run, nothing answered")
    frames = [(task, block(page, task.label)) for task in unit.tasks.values()]
    fresh = [(task, frame) for task, frame in frames if "Your saved answer is back." not in frame.inner_text()]
    for number, (task, frame) in enumerate(fresh):
        if number == 0:
            climb_and_disagree(hand, frame, task)
        else:
            first_step(hand, frame, len(task.hints))
    look(page, "hints and solutions open")
    for task in unit.tasks.values():
        answer_task(hand, page, task)
    look_in_both_themes(page, "answered", way)
    if hand.name == "mouse":
        reload(hand, page)
        for task in unit.tasks.values():
            assert block(page, task.label).get_attribute("data-outcome") in ("passed", "complete"), task.label
    else:
        # Close the laptop, come back: a new kernel finds the answers again.
        hand.restart()
        for task in unit.tasks.values():
            came_back(hand, block(page, task.label), "Your saved answer is back.")
        look(page, "after a restart")
    summary = page.locator(f"{PANEL} table", has_text=f"Your unit {plan.title}").first.inner_text()
    total = len(by_code(plan))
    assert f"{total} of {total} passed" in summary


THOUGHT = "The ministries speak. I miss the people who live there."


def reflect(hand, frame):
    hand.press(button(frame, "Save"))
    said(frame, "There is nothing to save yet.")
    hand.write(frame.get_by_label("Your thoughts"), THOUGHT)
    hand.press(button(frame, "Save"))
    said(frame, "Saved in your progress file.")


def test_every_form_is_known_here():
    """A new kind must come with the way to use it; this says so without a browser's help."""
    for plan in some(UNITS):
        unit = medialit.open_unit(plan.name, progress=Progress())
        kinds = {item.form.kind for item in (*unit.tasks.values(), *unit.questions.questions)}
        assert kinds
        assert kinds <= set(DOING), f"Add to DOING: {kinds - set(DOING)}"


@HANDS
def test_the_lab_takes_a_partners_file(lab, page, hand, tmp_path):
    hand, plan = hand(page), next(plan for plan in UNITS if plan.name == "framing")
    task = medialit.open_unit(plan.name, progress=Progress()).tasks["3.4"]
    write_notebook(lab.folder / "exercises" / "lab.ipynb", plan, 'unit.task("3.4")')
    enter(lab, page, hand, "exercises/lab.ipynb", ("light", 1280))
    hand.run_all()
    load_a_partner(hand, block(page, "3.4"), task, tmp_path)
    answer_task(hand, page, task)
    look_all_ways(page, "answered")


@pytest.mark.parametrize(("name", "number"), [("framing", "3.1"), ("sources", "4.1")])
def test_a_button_turns_to_the_short_form_and_back(lab, page, name, number):
    hand, plan = Mouse(page), next(plan for plan in UNITS if plan.name == name)
    unit = medialit.open_unit(name, progress=Progress())
    short, whole = unit.task(number, short=True).task, unit.tasks[number]
    write_notebook(lab.folder / "exercises" / "short.ipynb", plan, f'unit.task("{number}")')
    enter(lab, page, hand, "exercises/short.ipynb", ("light", 1280))
    hand.run_all()
    frame = block(page, number)
    rows = frame.locator(".ml-row:visible, .ml-matrix tbody tr:visible")
    assert rows.count() == len(whole.form.rows)
    hand.press(frame.locator("button", has_text="In class:"))
    assert rows.count() == len(short.form.rows)
    few = {key: cells for key, cells in whole.answer().items() if key in {row.key for row in short.form.rows}}
    give(hand, frame, whole.form, few, whole)
    hand.press(frame.locator("button", has_text=re.compile(r"Show all \d")))
    assert rows.count() == len(whole.form.rows)
    hand.press(button(frame, f"Check task {number}"))
    said(frame, "Passed.")
    look_all_ways(page, "all of it again")


@HANDS
def test_work_is_carried_to_another_computer(lab, page, hand, tmp_path):
    """Download in one copy of the course, restore in another one."""
    hand, plan = hand(page), UNITS[0]
    lab.open(page, f"exercises/{plan.folder}.ipynb")
    hand.run_all()
    task = next(iter(medialit.open_unit(plan.name, progress=Progress()).tasks.values()))
    answer_task(hand, page, task)
    # The page ran before the answer was given: the link holds the answer all the same.
    kept = hand.take(page.get_by_role("link", name="Download my-progress.jsonl"))
    assert kept == (lab.folder / "my-progress.jsonl").read_bytes()
    file = tmp_path / "my-progress.jsonl"
    file.write_bytes(kept)

    lab.fresh()
    write_notebook(lab.folder / "exercises" / "restore.ipynb", plan, "unit.restore()")
    enter(lab, page, hand, "exercises/restore.ipynb", ("light", 1280), anew=True)
    hand.run_all()
    frame = page.locator(f"{PANEL} .ml-block").first
    wrong = tmp_path / "holiday.jsonl"
    wrong.write_bytes(b"\x89PNG")
    for given in (wrong, file):
        hand.hand_over(frame.get_by_label("Your progress file"), given)
        said(frame, "Start the page again")
    look_all_ways(page, "restored")
    enter(lab, page, hand, f"exercises/{plan.folder}.ipynb", ("light", 1280))
    hand.run_all()
    came_back(hand, block(page, task.label), "Your saved answer is back.")


def write_notebook(path, plan, line):
    cells = [f'import medialit\n\nunit = medialit.open_unit("{plan.name}")', line]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells], metadata=kernel)
    nbformat.write(made, path)


def test_nothing_is_lost_when_the_kernel_is_killed(lab, page):
    """What was checked, and what was only typed, are both there again."""
    hand, plan = Mouse(page), UNITS[0]
    lab.open(page, f"notebooks/{plan.folder}.ipynb")
    hand.run_all()
    first, second = quiz(plan)[:2]
    answer_question(hand, page, first)
    frame = block(page, second.id)
    bring(hand, frame)
    give(hand, frame, second.form, second.key)
    (kernel,) = json.loads(lab.ask("kernels"))
    lab.ask(f"kernels/{kernel['id']}/restart", "POST")
    settled(page)
    hand.run_all()
    came_back(hand, block(page, first.id), "This is your saved answer.")
    frame = block(page, second.id)
    bring(hand, frame)
    assert frame.locator(".ml-unchecked").inner_text() == "Not checked yet"
    hand.press(frame.locator('[data-act="check"]'))
    said(frame, "Passed.")
