"""The course view: pages start on their own, code of others never does, and one kernel serves a whole sitting."""

import json
import os

import pytest
from lab import PATIENCE, Lab, settled

PAGE = ".medialit-page:not(.lm-mod-hidden)"
RAN = """
name => {
  const panel = window.jupyterapp.shell.currentWidget;
  return panel?.context?.path.endsWith(name) && panel.node.matches('.medialit-page:not(.medialit-busy)');
}
"""
MINE = "open('ran-on-its-own.txt', 'w').close()"


@pytest.fixture(scope="module")
def course_lab(tmp_path_factory):
    lab = Lab(tmp_path_factory.mktemp("lab"), plain=False)
    yield lab
    lab.stop()


@pytest.fixture
def lab(course_lab):
    course_lab.fresh()
    return course_lab


def show(page, lab, name, reset="&reset"):
    page.goto(f"{lab.address}/lab/tree/{lab.folder.name}/{name}.ipynb?token=tok{reset}", timeout=PATIENCE)


def ready(page, name):
    page.wait_for_function(RAN, arg=f"{name}.ipynb", timeout=PATIENCE, polling=50)


def kernels(lab):
    return [session["kernel"]["id"] for session in json.loads(lab.ask("sessions"))]


def change(lab, name, act):
    """Let ``act`` change the cells of a page on the disk, as somebody would who hands it on."""
    path = lab.folder / f"{name}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    act(notebook["cells"])
    path.write_text(json.dumps(notebook), encoding="utf-8")


def code_of(cells):
    return [cell for cell in cells if cell["cell_type"] == "code"]


def test_a_page_starts_by_itself_stays_at_its_top_and_hides_its_code(lab, page):
    show(page, lab, "notebooks/00-welcome")
    ready(page, "00-welcome")
    assert page.evaluate("() => document.querySelector('.jp-WindowedPanel-outer').scrollTop") == 0
    assert page.locator(f"{PAGE} .medialit-block").count() > 3
    assert not page.locator(f"{PAGE} .jp-CodeCell .jp-InputArea:visible").count()
    # Nothing was changed, so nothing wants to be saved.
    assert not page.evaluate("() => window.jupyterapp.shell.currentWidget.context.model.dirty")
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Show code").click()
    assert page.locator(f"{PAGE} .jp-CodeCell .jp-InputArea:visible").count() > 5


def test_code_that_is_not_the_kits_never_runs_by_itself(lab, page):
    """A changed cell, a new one, and one that says that it is the kit's: none runs. The rest of the page does."""

    def act(cells):
        cells.insert(1, {"cell_type": "code", "source": MINE, "metadata": {}, "outputs": [], "execution_count": None})
        code_of(cells)[-1]["source"] = f"unit.quiz()\n{MINE}"

    change(lab, "notebooks/00-welcome", act)
    show(page, lab, "notebooks/00-welcome")
    ready(page, "00-welcome")
    note = page.locator(".medialit-notice")
    note.get_by_text("2 code cells on this page are not as the course made them").wait_for()
    assert page.locator(f"{PAGE} .medialit-block").count() > 1
    assert not list(lab.folder.rglob("ran-on-its-own.txt"))
    note.get_by_role("button", name="Run it").click()
    page.wait_for_function("() => document.querySelector('.medialit-page:not(.medialit-busy)')", timeout=PATIENCE)
    assert list(lab.folder.rglob("ran-on-its-own.txt"))


def test_what_lies_beside_a_page_is_not_loaded_by_it(lab, page):
    """A stranger's folder may hold a file with the name of the package, or of one that it needs."""
    for name in ("medialit", "ipywidgets", "nltk", "regex", "random"):
        (lab.folder / "notebooks" / f"{name}.py").write_text(MINE, encoding="utf-8")
    show(page, lab, "notebooks/00-welcome")
    ready(page, "00-welcome")
    assert page.locator(f"{PAGE} .medialit-block").count() > 3
    assert not list(lab.folder.rglob("ran-on-its-own.txt"))


@pytest.mark.parametrize("said", [None, {"page": "notebooks/none"}, {"page": ["x"]}, {"page": "__proto__"}])
def test_any_other_notebook_is_left_alone(lab, page, said):
    path = lab.folder / "notebooks" / "00-welcome.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"]["medialit"] = said
    code_of(notebook["cells"])[0]["source"] = MINE
    (lab.folder / "notebooks" / "own.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    show(page, lab, "notebooks/own")
    page.wait_for_function(
        "() => window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'",
        timeout=PATIENCE,
    )
    assert not page.locator(".medialit-page").count()
    assert page.locator(".jp-NotebookPanel-toolbar").is_visible()
    assert page.locator(".lm-MenuBar").is_visible()
    settled(page)
    assert not list(lab.folder.rglob("ran-on-its-own.txt"))


def test_one_kernel_goes_with_the_learner_from_page_to_page(lab, page):
    show(page, lab, "notebooks/00-start")
    page.locator(".medialit-next").wait_for()
    for name in ("00-welcome", "exercises/00-welcome", "00b-test-before"):
        page.locator(f"{PAGE} .medialit-next").click()
        ready(page, name)
        assert len(set(kernels(lab))) == 1
    # And back, and after the whole window was loaded again.
    page.locator(f"{PAGE} .medialit-back").click()
    ready(page, "exercises/00-welcome")
    page.reload()
    ready(page, "exercises/00-welcome")
    assert len(set(kernels(lab))) == 1
    assert os.path.basename(page.evaluate(WHERE)) == "exercises"


WHERE = """
async () => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const future = kernel.requestExecute({code: '', user_expressions: {where: '__import__("os").getcwd()'}});
  return (await future.done).content.user_expressions.where.data['text/plain'].slice(1, -1);
}
"""
