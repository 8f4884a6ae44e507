"""The whole course in one sitting: from the start page to the certificate by clicks alone, and once more by code alone.

One server, one folder, one progress file. Every page is reached by the links of the page before it. The second time the
cells of the solutions run in kernels, with a file of their own. Whoever clicks and whoever codes must stand the same.
"""

import re

import nbformat
from doing import block
from lab import PANEL, PATIENCE, Mouse, settled
from test_tests_in_lab import KEY, take
from test_units_in_lab import (
    answer_question,
    answer_task,
    guess,
    guesses,
    quiz,
    reflect,
    right,
)

import medialit
from medialit.exercises.sittings import AFTER, BEFORE
from medialit.files import kit_root
from medialit.progress import Progress, best
from medialit.show.correction_card import FILE_NAME
from medialit.units.registry import UNITS

CASE = "missile-tests"


def follow(page, target):
    """Press a link of the page in front; wait until its notebook is in front and its kernel answers."""
    link = page.locator(
        f'{PANEL} a:visible[href*="{target}.ipynb"], {PANEL} a:visible[data-commandlinker-args*="{target}.ipynb"]'
    )
    link.last.click()
    page.wait_for_function(
        "name => window.medialit?.panel()?.context?.path?.endsWith(name)",
        arg=f"/{target}.ipynb",
        timeout=PATIENCE,
        polling=50,
    )
    page.locator(f"{PANEL} h1").first.wait_for()
    settled(page)


def do_lesson(hand, page, plan):
    hand.run_all()
    for asked in guesses(plan):
        guess(hand, page, asked)
    for question in quiz(plan):
        answer_question(hand, page, question)
    for task in medialit.open_unit(plan.name, progress=Progress()).tasks.values():
        if block(page, task.label).count():
            answer_task(hand, page, task)
    thoughts = page.locator(f'{PANEL} .ml-block[data-id="thoughts"]')
    for number in range(thoughts.count()):
        reflect(hand, thoughts.nth(number))


def do_exercises(hand, page, plan):
    hand.run_all()
    for task in medialit.open_unit(plan.name, progress=Progress()).tasks.values():
        frame = block(page, task.label)
        if "Your saved answer is back." not in frame.inner_text():
            answer_task(hand, page, task)
    # The table below the tasks follows them; nobody has to run the page again to see that all is done.
    page.locator(f"{PANEL} table", has_text=re.compile(r"(\d+) of \1 passed")).first.wait_for()
    if plan is UNITS[-1]:
        # The card is a file: it is made when its cell runs.
        hand.run_all()


def by_clicks(lab, page, seen=lambda name: None):
    """The whole course by clicks; ``seen`` is told the name of each page when it is done. The progress file."""
    hand = Mouse(page)
    lab.open(page, "notebooks/00-start.ipynb")
    seen("start")
    for plan in UNITS:
        follow(page, plan.folder)
        do_lesson(hand, page, plan)
        seen(f"lesson-{plan.folder}")
        follow(page, f"exercises/{plan.folder}")
        do_exercises(hand, page, plan)
        seen(f"exercises-{plan.folder}")
        if plan is UNITS[0]:
            follow(page, "00b-test-before")
            hand.run_all()
            take(hand, page)
            seen("test-before")
        else:
            # The lesson has a last look at what was done in the exercises, and leads on.
            follow(page, f"notebooks/{plan.folder}")
    follow(page, "05b-case-board")
    hand.run_all()
    seen("case-board")
    follow(page, "06-test-after")
    hand.run_all()
    take(hand, page)
    seen("test-after")
    follow(page, "07-my-course")
    hand.run_all()
    hand.press(page.locator(f"{PANEL} button", has_text="Make my certificate"))
    page.locator(f"{PANEL} [role=status]", has_text="Your certificate is ready").wait_for()
    seen("my-course")
    return Progress(lab.folder / "my-progress.jsonl")


def by_code(folder, file):
    """The whole course by the cells of the solutions, each in a kernel, and by typed answers. The progress file."""
    from nbclient import NotebookClient

    def run(notebook):
        nbformat.validate(notebook)
        NotebookClient(notebook, timeout=PATIENCE / 1000, resources={"metadata": {"path": folder}}).execute()

    for plan in UNITS:
        run(
            _typed(
                f'unit = medialit.open_unit("{plan.name}")',
                *(f'unit.check("{q.id}", {right(q)!r})' for q in quiz(plan)),
            )
        )
        run(nbformat.read(kit_root() / "solutions" / f"{plan.folder}.ipynb", 4))
        if plan is UNITS[0]:
            run(_sitting("before"))
    run(_sitting("after"))
    return Progress(file)


def _typed(*lines):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(line) for line in ("import medialit", *lines)])


def _sitting(which):
    answers = f"for s in test.form.statements:\n    test.answer(s.id, {KEY!r}[s.id])"
    return _typed(f'test = medialit.open_test("{which}")', "test.begin()", answers, "test.hand_in()")


def scores(progress):
    """{unit and item: the best score} of all units, for the story of the course."""
    found = {}
    for plan in UNITS:
        attempts = progress.entries("attempt", plan.name, case=CASE)
        found |= {
            f"{plan.name} {e.task}": best([x for x in attempts if x.task == e.task], e.version).score for e in attempts
        }
    return found


def right_in(progress, test):
    (entry,) = progress.entries("attempt", f"test-{'before' if test == BEFORE else 'after'}")
    return sum((said == "true") is KEY[name] for name, said in entry.answer.items()), len(entry.answer)


def test_the_whole_course_by_clicks_and_by_code(lab, page, tmp_path, monkeypatch):
    clicked = by_clicks(lab, page)
    words = page.locator(PANEL).inner_text()
    monkeypatch.setenv("MEDIALIT_PROGRESS", str(tmp_path / "by-code.jsonl"))
    coded = by_code(tmp_path, tmp_path / "by-code.jsonl")
    everything = {
        f"{plan.name} {item}"
        for plan in UNITS
        for item in (
            *(task.id for task in medialit.open_unit(plan.name, progress=Progress()).tasks.values()),
            *(q.id for q in quiz(plan)),
        )
    }
    assert (set(scores(clicked)), scores(clicked)) == (everything, scores(coded))
    assert set(scores(clicked).values()) == {1.0}
    for test in (BEFORE, AFTER):
        assert right_in(clicked, test) == right_in(coded, test) == (16, 16)
    assert {e.door for e in clicked.entries("attempt")} == {"click"}
    assert {e.door for e in coded.entries("attempt")} == {"code"}

    # What the last page says of exercises and of questions, and what the learner takes home.
    assert len(re.findall(r"\bmastery\b", words)) == 2 * len(UNITS)
    assert "Nothing to look at again" in words
    certificate = (lab.folder / "my-certificate.html").read_text(encoding="utf-8")
    assert all(plan.title in certificate for plan in UNITS)
    card = lab.folder / "exercises" / FILE_NAME
    page.goto(card.as_uri())
    margin = dict.fromkeys(("top", "bottom", "left", "right"), "12mm")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4", margin=margin))) == 1
