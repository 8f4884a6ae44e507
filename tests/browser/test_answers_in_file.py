"""What is checked by click is in the saved notebook as plain data, and nothing on the page moves for it."""

import json

from doing import block, give
from lab import PANEL, Keyboard

import medialit
from medialit.progress import Progress
from medialit.show.answer_output import MIME, cell_digest

# Every output that takes room, and where the focus is.
SEEN = """() => ({
  heights: [...document.querySelectorAll('.jp-OutputArea-child')].map(e => e.getBoundingClientRect().height),
  empty: [...document.querySelectorAll('.jp-OutputArea-child')].filter(e => !e.querySelector('*')).length,
  focus: document.activeElement?.textContent,
})"""


def saved(path):
    """{source of a cell: what its outputs hold of answers} of a notebook on the disk."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    found = {}
    for cell in cells:
        for output in cell.get("outputs", ()):
            if MIME in output.get("data", {}):
                found["".join(cell["source"])] = output["data"][MIME]
    return found


def test_an_answer_by_click_is_in_the_notebook_and_the_focus_stays(lab, page):
    hand, notebook = Keyboard(page), "exercises/00-welcome.ipynb"
    unit = medialit.open_unit("welcome", progress=Progress())
    lab.open(page, notebook, anew=True)
    hand.make_room()
    hand.run_all()
    name, task = next((name, task) for name, task in unit.tasks.items() if task.form.kind != "act")
    frame = block(page, name)
    give(hand, frame, task.form, task.answer(), task)
    hand.press(frame.locator('[data-act="check"]'))
    before = page.evaluate(SEEN)
    assert before["focus"] == "Check"
    # Again: the output is updated once more, under the same button.
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    assert (page.evaluate(SEEN), page.locator(f"{PANEL} [data-mime-type='{MIME}']").count()) == (before, 0)
    hand.save()
    found = saved(lab.folder / notebook)
    source = f'unit.task("{name}")'
    assert found[source]["cell"] == cell_digest(source)
    (answer,) = found[source]["answers"]
    assert (answer["item"], answer["version"], answer["door"]) == (task.id, task.version, "click")
    assert task.check(answer["answer"]).score == 1
