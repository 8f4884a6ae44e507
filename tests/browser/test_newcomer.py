"""Somebody who has never seen JupyterLab: from the first screen of ``medialit lab`` to the end of unit 1, by clicks alone.

The page itself always shows where to go on, and no word on the way is about the tool.
"""

import json
import re

import pytest
from doing import block
from lab import PANEL, PATIENCE, Lab, Mouse, ready, settled
from test_units_in_lab import answer_question, answer_task, by_code, guess, guesses, quiz, reflect, scores

import medialit
from medialit.progress import Progress
from medialit.units.registry import UNITS

PLAN = next(plan for plan in UNITS if plan.name == "quotes")
# What a lesson would say to somebody who has to run it by hand.
OF_THE_TOOL = re.compile(
    r"run (all|the|this|each|every)( the)? cells?|run all|shift ?\+ ?enter|\bkernel\b|⏩", re.IGNORECASE
)
# What is asked on the part of the page that is on show, and has no answer yet.
OPEN = """panel => [...document.querySelectorAll(`${panel} .jp-Cell:not(.medialit-away) .ml-block`)]
    .filter(block => !block.dataset.outcome).map(block => block.dataset.id)"""


class FirstScreen(Lab):
    """The server of the command ``medialit lab``, as a learner starts it."""

    def __init__(self, folder):
        self.root, self.folder, self.plain = folder, folder / "course", False
        # The address would be printed with a token made up for it, and the page could not be asked for messages.
        config = {"IdentityProvider": {"token": "tok"}, "LabApp": {"expose_app_in_browser": True}}
        (folder / "jupyter_config_dir").mkdir()
        (folder / "jupyter_config_dir" / "jupyter_server_config.json").write_text(json.dumps(config), encoding="utf-8")
        (folder / "jupyter_config_dir" / "jupyter_lab_config.json").write_text(json.dumps(config), encoding="utf-8")
        self._start(folder, ["-m", "medialit", "lab", "--no-browser", "--folder", str(self.folder)])


@pytest.fixture
def lab(tmp_path):
    lab = FirstScreen(tmp_path)
    yield lab
    lab.stop()


def do_what_is_asked(hand, page, unit):
    """Answer everything on this part of the page; a guess opens what comes after it."""
    asked = {one["id"]: one for one in guesses(PLAN)}
    questions = {question.id: question for question in quiz(PLAN)}
    tasks = {task.label: task for task in unit.tasks.values()}
    done = []
    while left := [name for name in page.evaluate(OPEN, PANEL) if name not in done]:
        name = left[0]
        done.append(name)
        if name in asked:
            guess(hand, page, asked[name])
        elif name in questions:
            answer_question(hand, page, questions[name])
        elif name in tasks:
            answer_task(hand, page, tasks[name])
        elif name == "thoughts":
            reflect(hand, block(page, name))
    return done


def test_a_newcomer_is_led_from_the_first_screen_to_the_end_of_unit_1(lab, page):
    hand, unit = Mouse(page), medialit.open_unit(PLAN.name, progress=Progress())
    page.goto(f"{lab.address}/?token=tok", timeout=PATIENCE)
    ready(page)
    page.locator(f"{PANEL} .jp-MarkdownOutput a:visible", has_text=f"1 · {PLAN.title}").click()
    steps = []
    for name in (f"notebooks/{PLAN.folder}", f"exercises/{PLAN.folder}"):
        page.wait_for_function(
            "name => window.medialit.panel()?.context?.path === name", arg=f"{name}.ipynb", timeout=PATIENCE, polling=50
        )
        ready(page)
        settled(page)
        step = page.locator(f"{PANEL} .medialit-bar-step")
        while True:
            done = do_what_is_asked(hand, page, unit)
            steps.append((name, step.inner_text(), done))
            words = page.locator("body").inner_text()
            assert not OF_THE_TOOL.search(words), OF_THE_TOOL.search(words)
            onward = page.locator(f"{PANEL} .medialit-foot .medialit-next:visible")
            assert onward.count() == 1, steps
            at, of = map(int, re.findall(r"\d+", step.inner_text()))
            if at == of:
                break
            onward.click()
            page.wait_for_function(
                "([panel, at]) => document.querySelector(`${panel} .medialit-bar-step`).innerText.startsWith(`${at} of`)",
                arg=[PANEL, at + 1],
                timeout=PATIENCE,
            )
        if name.startswith("notebooks"):
            onward.click()
    assert len(steps) > 10
    page.locator(f"{PANEL} .medialit-unit-done", has_text=f"You have finished {PLAN.title}").wait_for()
    assert scores(lab, PLAN) == by_code(PLAN)
