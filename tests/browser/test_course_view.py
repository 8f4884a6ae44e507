"""The course view: pages start on their own, code of others never does, and one kernel serves a whole sitting."""

import json
import os
import re

import pytest
from everyone import AXE, RULES
from lab import COURSE_PAGE as PAGE
from lab import PATIENCE, Lab, idle, set_theme, settled

from medialit.authoring.course import COURSE_JSON
from medialit.files import kit_root

COURSE = kit_root() / COURSE_JSON
RAN = """
name => {
  const panel = window.jupyterapp?.shell?.currentWidget;
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


def to_section(page, title):
    """Go to a section of this page by the course panel."""
    page.locator(".medialit-sections button", has_text=title).click()


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
    assert page.locator(f"{PAGE} .ml-block").count() > 3
    assert not page.locator(f"{PAGE} .jp-CodeCell .jp-InputArea:visible").count()
    # Nothing was changed, so nothing wants to be saved.
    assert not page.evaluate("() => window.jupyterapp.shell.currentWidget.context.model.dirty")
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Show code").click()
    page.keyboard.press("Escape")
    to_section(page, "One story")
    assert page.locator(f"{PAGE} .jp-CodeCell .jp-InputArea:visible").count() > 1


HEIGHT = "() => document.querySelector('.medialit-page:not(.lm-mod-hidden) .jp-WindowedPanel-outer').scrollHeight"


def test_no_page_is_long_when_it_opens(lab, page):
    """All pages of the course in one JupyterLab, at 1280 px."""
    show(page, lab, "notebooks/00-start")
    page.locator(".medialit-next").first.wait_for()
    names = [f"{f}/{p.stem}" for f in ("notebooks", "exercises") for p in sorted((lab.folder / f).glob("*.ipynb"))]
    assert len(names) > 20
    for name in names:
        page.evaluate("path => window.medialit.turn(path)", f"{lab.folder.name}/{name}.ipynb")
        ready(page, name)
        settled(page) if name != "notebooks/00-start" else None
        assert page.evaluate(HEIGHT) < 6000, name


def test_a_lesson_shows_one_step_at_a_time_and_hides_nothing(lab, page):
    show(page, lab, "notebooks/01-quotes")
    ready(page, "01-quotes")
    foot = page.locator(f"{PAGE} .medialit-foot")
    foot.get_by_role("button", name="Continue").click()
    assert page.evaluate("() => document.activeElement.innerText").startswith("A sentence, told twice")
    promise = page.locator(f"{PAGE} p", has_text="A quotation mark is a promise")
    foot.get_by_text("The page goes on when you keep your guess.").wait_for()
    assert not promise.is_visible()
    # What comes after a guess opens when it is made, and the next one on request.
    guess = page.locator(f'{PAGE} .ml-block[data-id="p1"]')
    guess.locator("input").first.click()
    guess.get_by_role("button", name="Keep my guess").click()
    promise.wait_for()
    assert not page.locator(f"{PAGE} .medialit-story-cell .jp-OutputArea-output:visible").count()
    # Nothing follows this guess on its step, and the way on appears at once all the same.
    foot.get_by_role("button", name="Go on without a guess").click()
    assert foot.get_by_role("button", name="Continue").count()
    foot.get_by_role("button", name="Continue").click()
    page.locator(f"{PAGE} h2", has_text="Three parts").wait_for()
    # It is remembered where the learner was; everything can be shown, and printing shows everything.
    page.wait_for_timeout(500)
    page.reload()
    ready(page, "01-quotes")
    page.locator(f"{PAGE} h2:visible", has_text="Three parts").wait_for()
    away = page.locator(f"{PAGE} .medialit-away")
    assert away.count() > 5
    page.emulate_media(media="print")
    assert away.first.evaluate("e => getComputedStyle(e).display") != "none"
    page.emulate_media(media="screen")
    foot.get_by_role("button", name="Show the whole page").click()
    assert not away.count()
    page.reload()
    ready(page, "01-quotes")
    assert not away.count()
    foot.get_by_role("button", name="Show one step at a time").click()
    page.wait_for_function("() => document.querySelector('.medialit-away')")
    settled(page)


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
    assert page.locator(f"{PAGE} .ml-block").count() > 1
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
    assert page.locator(f"{PAGE} .ml-block").count() > 3
    assert not list(lab.folder.rglob("ran-on-its-own.txt"))


def test_any_other_notebook_is_left_alone(lab, page):
    path = lab.folder / "notebooks" / "00-welcome.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code_of(notebook["cells"])[0]["source"] = MINE
    for said in (None, {"page": "notebooks/none"}, {"page": ["x"]}, {"page": "__proto__"}):
        notebook["metadata"]["medialit"] = said
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
    page.locator(".medialit-foot .medialit-next").wait_for()
    for name in ("00-welcome", "exercises/00-welcome", "00b-test-before"):
        # The panel leads to every page, and offers the next one where this one ends.
        going_on = page.locator(".medialit-panel-foot .medialit-primary")
        if page.locator(f"{PAGE} .medialit-foot button.medialit-next").count():
            assert not going_on.count()
            page.locator(f"{PAGE} .medialit-foot").get_by_role("button", name="Show the whole page").click()
        going_on.click()
        ready(page, name)
        assert len(set(kernels(lab))) == 1
    # And back, and after the whole window was loaded again.
    page.locator(f"{PAGE} .medialit-foot a.medialit-back").click()
    ready(page, "exercises/00-welcome")
    page.reload()
    ready(page, "exercises/00-welcome")
    assert (len(set(kernels(lab))), os.path.basename(page.evaluate(WHERE))) == (1, "exercises")


WHERE = """
async () => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const future = kernel.requestExecute({code: '', user_expressions: {where: '__import__("os").getcwd()'}});
  return (await future.done).content.user_expressions.where.data['text/plain'].slice(1, -1);
}
"""
KILL = WHERE.replace('__import__("os").getcwd()', '__import__("os").kill(__import__("os").getpid(), 9)')


def test_a_kernel_that_dies_costs_a_sentence_and_a_click(lab, page):
    """Python dies while somebody types: nothing that was typed is lost, before it died or after."""
    show(page, lab, "notebooks/00-welcome")
    ready(page, "00-welcome")
    to_section(page, "One story")
    page.get_by_role("button", name="Go on without a guess").click()
    words = page.get_by_label("Your thoughts")
    words.click()
    page.keyboard.type("First, who ")
    page.evaluate(f"() => void ({KILL})()")
    page.keyboard.type("says so?")
    note = page.locator(".medialit-notice")
    note.get_by_text("Python stopped in the middle of this page.").wait_for()
    # Nothing can be typed that nobody keeps, and JupyterLab's own window does not stand in front.
    assert page.locator(f"{PAGE} .jp-Cell-outputWrapper[inert]").count() > 3
    assert not page.locator(".jp-Dialog").count()
    note.get_by_role("button", name="Start this page again").click()
    ready(page, "00-welcome")
    assert not note.count()
    page.wait_for_function(
        "() => document.querySelector('.ml-block[data-id=thoughts] textarea').value === 'First, who says so?'"
    )
    settled(page)


def test_a_widget_without_an_answer_has_python_started_again(lab, page):
    """What a widget asks for, the page does: it says that it can, and does it when its button is clicked."""
    show(page, lab, "notebooks/00-welcome")
    ready(page, "00-welcome")
    before = kernels(lab)
    ask = """ready => document.querySelector('.medialit-page .ml').dispatchEvent(
      new CustomEvent('medialit:restart', {bubbles: true, cancelable: true, detail: {ready}}))"""
    assert page.evaluate(ask, False) is False
    page.evaluate(ask, True)
    page.wait_for_function("() => document.querySelector('.medialit-page.medialit-busy')", timeout=PATIENCE)
    ready(page, "00-welcome")
    assert set(kernels(lab)).isdisjoint(before)


def test_what_is_wrong_with_a_page_is_a_sentence_and_a_button(lab, page):
    """Cells in another place, an extension of another version, and an answer from another window."""

    def move(cells):
        places = [at for at, cell in enumerate(cells) if cell["cell_type"] == "code"][-2:]
        cells[places[0]], cells[places[1]] = cells[places[1]], cells[places[0]]

    change(lab, "notebooks/00-welcome", move)
    page.route(
        "**/extensions/medialit/course.json",
        lambda route: route.fulfill(json=json.loads(COURSE.read_text(encoding="utf-8")) | {"version": "0.0.9"}),
    )
    show(page, lab, "notebooks/00-welcome")
    ready(page, "00-welcome")
    notes = page.locator(".medialit-notice")
    notes.filter(has_text="belongs to medialit 0.0.9").get_by_role("button", name="Load the window again").wait_for()
    moved = notes.filter(has_text="Parts of this page were moved")
    moved.get_by_role("button", name="Bring back the page as it was").click()
    moved.wait_for(state="detached")
    ready(page, "00-welcome")
    write(lab, page, "attempt", "welcome/practice", outcome="complete", answer="x", score=1)
    elsewhere = notes.filter(has_text="One answer to this page was given in another window.")
    elsewhere.get_by_role("button", name="Show it here").wait_for(timeout=60_000)
    # Complete is done: somebody else judges it, and the learner's part is over.
    page.locator(".medialit-sections li", has_text="A practice question").locator(".medialit-sign-passed").wait_for()
    # The next person at this computer begins with nothing, and nothing of the first one is lost.
    whole = (lab.folder / "my-progress.jsonl").read_bytes()
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Begin anew for the next person").click()
    page.get_by_role("button", name="Begin anew", exact=True).click()
    page.wait_for_url("**/00-start.ipynb*", timeout=PATIENCE)
    page.get_by_text(re.compile(r"^0 of \d+ done")).first.wait_for(timeout=PATIENCE)
    (kept,) = lab.folder.glob("my-progress-until-*.jsonl")
    assert kept.read_bytes() == whole
    assert not (lab.folder / "my-progress.jsonl").exists()


def write(lab, page, kind, item, **more):
    """A line in the progress file, as another window writes it."""
    unit, task = item.split("/")
    version = json.loads(COURSE.read_text(encoding="utf-8"))["items"][item]["version"]
    entry = {"kind": kind, "id": os.urandom(8).hex(), "time": "2026-01-01T00:00:00Z", "case": "missile-tests"}
    entry |= {"unit": unit, "task": task, "version": version, **more}
    with open(lab.folder / "my-progress.jsonl", "a", encoding="utf-8") as file:
        file.write(json.dumps(entry) + "\n")


def test_a_changed_page_comes_back_and_what_was_there_is_kept(lab, page):
    def act(cells):
        del cells[4]
        code_of(cells)[-1]["source"] = "my_own = 1"

    whole = (lab.folder / "notebooks" / "00-welcome.ipynb").read_text(encoding="utf-8")
    change(lab, "notebooks/00-welcome", act)
    show(page, lab, "notebooks/00-welcome")
    ready(page, "00-welcome")
    page.get_by_role("button", name="Bring back the page as it was").click()
    page.wait_for_function("() => !document.querySelector('.medialit-notice, .medialit-busy')", timeout=PATIENCE)
    cells = json.loads((lab.folder / "notebooks" / "00-welcome.ipynb").read_text(encoding="utf-8"))["cells"]
    assert [cell["source"] for cell in cells] == [cell["source"] for cell in json.loads(whole)["cells"]]
    (copy,) = (lab.folder / "notebooks").glob("00-welcome-Copy*.ipynb")
    assert "my_own = 1" in copy.read_text(encoding="utf-8")


def test_the_panels_follow_what_is_answered_here_and_elsewhere(lab, page):
    show(page, lab, "notebooks/00-welcome")
    ready(page, "00-welcome")
    to_section(page, "One story")
    section = page.locator(".medialit-sections li", has_text="One story")
    assert "open" in section.inner_text()
    guess = page.locator(f"{PAGE} .ml-block", has_text="a friend asks you about it")
    guess.locator("input[type=radio]").first.click()
    guess.get_by_role("button", name="Keep my guess").click()
    section.locator(".medialit-sign-tried").wait_for()
    # Another window marks words of ¶1 in the story.
    write(lab, page, "draft", "quotes/mark", task="1.1", answer=[[0, 11]])
    page.locator(".medialit-story mark").wait_for(timeout=30_000)
    assert page.locator(".medialit-story mark").first.inner_text().startswith("North Korea"[:5])


def test_the_end_of_a_unit_is_seen_and_the_case_board_fills(lab, page):
    show(page, lab, "notebooks/00-welcome")
    ready(page, "00-welcome")
    course = json.loads(COURSE.read_text(encoding="utf-8"))
    pages = next(step for step in course["steps"] if step.get("unit") == "welcome")["pages"]
    items = {item for name in pages for section in course["pages"][name]["sections"] for item in section["items"]}
    end = page.locator(f"{PAGE} .medialit-unit-done")
    assert not end.count()
    for item in sorted(items):
        if item in course["items"]:
            kind = "attempt" if "number" in course["items"][item] or item[-1].isdigit() else "event"
            write(lab, page, kind, item, answer="x", outcome="passed" if kind == "attempt" else None)
        else:
            note = {"kind": "note", "id": os.urandom(8).hex(), "time": "2026-01-01T00:00:00Z", "case": "missile-tests"}
            note |= {"unit": "welcome", "task": item.split("/")[1], "text": "x"}
            with open(lab.folder / "my-progress.jsonl", "a", encoding="utf-8") as file:
                file.write(json.dumps(note) + "\n")
    end.get_by_text("You have finished Welcome").wait_for(timeout=60_000)
    assert "medialit-fresh" in end.get_attribute("class")
    board = page.locator(".medialit-board")
    board.locator("summary").click()
    assert board.locator(".medialit-found").count() == sum(
        any(origin["item"] in items and not origin["rows"] for origin in piece["from"])
        for piece in course["board"]["pieces"]
    )
    assert board.locator(".medialit-found").count() > 0


def test_a_question_brings_its_paragraph_into_view_and_one_key_hides_the_story(lab, page):
    show(page, lab, "notebooks/01-quotes")
    ready(page, "01-quotes")
    to_section(page, "Quiz")
    # The quiz may show one question at a time: take one that is on show.
    page.get_by_role("button", name="Show all questions").last.click()
    asked = page.locator(f"{PAGE} .ml-block:visible").filter(has=page.locator(".ml-title", has_text="¶"))
    asked.last.click(position={"x": 4, "y": 4})
    page.wait_for_function("() => document.querySelector('.medialit-par[aria-current]')")
    # What is marked is what the question names, not what its options or hints name, and the panel says so.
    named = re.findall(r"¶\d+", asked.last.locator(".ml-title").inner_text())
    assert page.locator(".medialit-par[aria-current] .medialit-number").all_inner_texts() == named
    told = page.locator(".medialit-about")
    assert told.inner_text() == f"The bar marks what this task is about: {', '.join(named)}."
    other = page.locator(f"{PAGE} .ml-block:visible").filter(has_not=page.locator(".ml-title", has_text="¶"))
    other.first.click(position={"x": 4, "y": 4})
    page.wait_for_function("() => !document.querySelector('.medialit-par[aria-current]')")
    assert not told.is_visible()
    asked.last.click(position={"x": 4, "y": 4})
    page.wait_for_function("() => document.querySelector('.medialit-par[aria-current]')")
    assert page.evaluate(
        """() => {
          const box = document.querySelector('.medialit-story').getBoundingClientRect();
          const par = document.querySelector('.medialit-par[aria-current]').getBoundingClientRect();
          return par.bottom > box.top && par.top < box.bottom;
        }"""
    )
    page.keyboard.press("Alt+a")
    page.wait_for_function("() => !document.querySelector('#medialit-story-panel')?.offsetParent")
    page.reload()
    ready(page, "01-quotes")
    assert not page.locator("#medialit-story-panel").is_visible()
    page.keyboard.press("Alt+a")
    page.locator("#medialit-story-panel").wait_for()


# Is the block that has the focus at the top of what is on show?
SHOWN = """
name => {
  const block = document.activeElement?.closest('.medialit-page:not(.lm-mod-hidden) .ml-block');
  if (block?.dataset.id !== name || block.closest('.ml-away, .medialit-away')) return false;
  const box = block.closest('.jp-WindowedPanel-outer').getBoundingClientRect();
  const top = block.getBoundingClientRect().top;
  return top > box.top - 60 && top < box.bottom - 100;
}
"""


def test_a_link_leads_to_the_task_that_it_names(lab, page):
    """From the case board, from My course and from the panel: to a task, to one question of a quiz, to a guess on a step."""
    write(lab, page, "attempt", "quotes/q4", outcome="not yet", answer="a", score=0)
    show(page, lab, "notebooks/05b-case-board")
    ready(page, "05b-case-board")
    page.locator(f"{PAGE} li", has_text="Which January").locator("a").click()
    ready(page, "exercises/02-claims")
    page.wait_for_function(SHOWN, arg="2.4")
    board = page.locator(".medialit-board")
    assert page.get_by_text("The case board", exact=True).locator("visible=true").count() == 1
    board.locator("summary").click()
    board.get_by_text("Which reports does the story share its words with?").click()
    ready(page, "04-sources")
    page.wait_for_function(SHOWN, arg="p5")
    page.evaluate("path => window.medialit.turn(path)", f"{lab.folder.name}/notebooks/07-my-course.ipynb")
    ready(page, "07-my-course")
    page.locator(f"{PAGE} a", has_text="Quotes q4").click()
    ready(page, "01-quotes")
    page.wait_for_function(SHOWN, arg="q4")
    # On the page that is open already, too.
    board.get_by_text("Who was Japan’s prime minister?").click()
    ready(page, "02-claims")
    page.wait_for_function(SHOWN, arg="p2")
    board.get_by_text("How fast is 50 kilometers per hour?").click()
    ready(page, "exercises/00-welcome")
    page.wait_for_function(SHOWN, arg="0.0")


def test_a_step_begins_with_its_own_heading(lab, page):
    """What belongs to a table or a question is on its step, and not above the next heading."""
    for name in ("00-welcome", "02-claims", "04-sources"):
        show(page, lab, f"notebooks/{name}")
        ready(page, name)
        titles = page.locator(".medialit-sections button > span:last-child").all_inner_texts()
        assert len(titles) > 4
        for title in titles[1:]:
            to_section(page, title)
            first = page.locator(f"{PAGE} .jp-Cell:not(.medialit-away) .jp-MarkdownOutput").first
            assert first.locator("xpath=*[1]").inner_text().startswith(title), title


def test_the_number_of_the_step_is_whole_in_a_narrow_window(lab, page):
    """“2 of 11” cut off reads as “2 of 1”."""
    page.set_viewport_size({"width": 320, "height": 700})
    show(page, lab, "exercises/05-correction")
    ready(page, "05-correction")
    for _ in range(9):
        page.locator(f"{PAGE} .medialit-foot").get_by_role("button", name="Continue").click()
    step = page.locator(f"{PAGE} .medialit-bar-step")
    assert re.fullmatch(r"10 of \d\d", step.inner_text())
    assert step.evaluate("e => e.getBoundingClientRect().right <= e.parentElement.getBoundingClientRect().right + 0.5")


def test_the_start_page_leads_to_what_is_open(lab, page):
    """To the page of the last answer; when that is done, to the next one with something open."""
    course = json.loads(COURSE.read_text(encoding="utf-8"))
    items = {
        name: [item for section in course["pages"][name]["sections"] for item in section["items"]]
        for name in ("exercises/01-quotes", "exercises/02-claims")
    }
    for item in items["exercises/02-claims"]:
        write(lab, page, "attempt", item, outcome="passed", answer="x", score=1)
    *most, last = [item for item in items["exercises/01-quotes"] if not course["items"][item].get("optional")]
    for item in most:
        write(lab, page, "attempt", item, outcome="partly", answer="x", score=0.5)
    show(page, lab, "notebooks/00-start")
    going_on = page.locator(f"{PAGE} .medialit-begin a", has_text="Go on with")
    going_on.get_by_text("Exercises 1").wait_for()
    write(lab, page, "attempt", last, outcome="not yet", answer="x", score=0)
    going_on.get_by_text("2 · Claims").wait_for(timeout=60_000)


def test_the_panel_and_my_course_count_the_same(lab, page):
    course = json.loads(COURSE.read_text(encoding="utf-8"))
    for at, (item, told) in enumerate(course["items"].items()):
        if at % 3 and item.startswith(("quotes/", "claims/", "sources/")):
            outcome = ("passed", "partly", "not yet", "complete", "not attempted")[at % 5]
            kind = "event" if told.get("guess") else "attempt"
            write(lab, page, kind, item, answer="x", outcome=None if kind == "event" else outcome, score=0.5)
    show(page, lab, "notebooks/07-my-course")
    ready(page, "07-my-course")
    table = page.locator(f"{PAGE} table", has_text="Exercises done")
    rows = table.locator("tbody tr").all_inner_texts()
    mine = {row.split("·")[1].split("\t")[0].strip(): re.findall(r"(\d+) of (\d+)", row) for row in rows}
    assert len(mine) == 6
    whole = [0, 0]
    for counts in mine.values():
        whole = [had + sum(int(count[at]) for count in counts) for at, had in enumerate(whole)]
    assert 20 < whole[0] < whole[1]
    assert page.locator(".medialit-count").inner_text() == f"{whole[0]} of {whole[1]} questions and exercises done"
    for unit, name in (("Welcome", "00-welcome"), ("Quotes", "01-quotes"), ("Claims", "02-claims")):
        page.evaluate("path => window.medialit.turn(path)", f"{lab.folder.name}/notebooks/{name}.ipynb")
        ready(page, name)
        (tasks, questions) = mine[unit]
        told = page.locator(".medialit-inside .medialit-pages .medialit-minutes").all_inner_texts()
        assert told == [f"{n} of {of} done" for n, of in (questions, tasks)]


OURS = [".medialit-bar", ".medialit-head", ".medialit-foot", ".medialit-panel", ".medialit-menu", ".medialit-drawer"]


def judge(page, where):
    """axe-core over all that the course view draws, as it is on show, and nothing wider than the window."""
    if AXE.is_file():
        if not page.evaluate("() => !!window.axe"):
            page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
        said = page.evaluate(
            """async ([ours, rules]) => {
              const hiding = [document.body, document.querySelector('.jp-LabShell')];
              hiding.forEach(e => { e.style.overflow = 'visible'; });
              const include = ours.flatMap(s => [...document.querySelectorAll(s)].filter(e => e.offsetHeight > 0));
              const found = await axe.run({include}, {runOnly: rules, rules: {'target-size': {enabled: true}}});
              hiding.forEach(e => { e.style.overflow = ''; });
              const said = node => node.html.slice(0, 150) + node.failureSummary.slice(0, 200);
              return [include.length, found.violations.flatMap(v => v.nodes.map(node => `${v.id} ${said(node)}`))];
            }""",
            [OURS, RULES],
        )
        assert said[0] > 2, where
        assert not said[1], f"{where}: {said[1]}"
    wide = page.evaluate(
        """ours => ours.flatMap(s => [...document.querySelectorAll(s)]).filter(e => e.offsetHeight && (
          e.getBoundingClientRect().right > innerWidth + 1 || e.scrollWidth > e.clientWidth + 1)).map(e => e.className)""",
        OURS,
    )
    assert not wide, f"{where}: {wide}"


def test_all_that_is_drawn_is_for_everybody_wide_and_narrow_light_and_dark(lab, page):
    change(lab, "notebooks/00-welcome", lambda cells: code_of(cells)[-1].update(source="1"))
    show(page, lab, "notebooks/00-welcome")
    ready(page, "00-welcome")
    # 640 px is what a window of 1280 px shows at 200%.
    for theme in ("light", "dark"):
        set_theme(page, theme)
        for width in (1280, 640, 320):
            page.set_viewport_size({"width": width, "height": 900 if width > 640 else 600})
            page.wait_for_timeout(300)
            judge(page, f"{theme}, {width} px")
            if width < 900:
                for name in ("Course", "Story"):
                    page.locator(f"{PAGE} .medialit-bar").get_by_role("button", name=name).click()
                    judge(page, f"{theme}, {width} px, {name}")
                    # The keyboard is in the drawer, and comes back to where it was.
                    assert page.evaluate("() => !!document.activeElement.closest('.medialit-drawer')")
                    page.keyboard.press("Escape")
                    assert page.evaluate("() => document.activeElement.innerText").endswith(name)
                # A step of the page closes what lies over it.
                page.locator(f"{PAGE} .medialit-bar").get_by_role("button", name="Course").click()
                section = page.locator(".medialit-drawer .medialit-sections button").last
                title = section.inner_text().split("\n")[-1]
                section.click()
                page.locator(".medialit-drawer").wait_for(state="detached")
                assert page.locator(f"{PAGE} h2:visible", has_text=title).count()
            page.get_by_role("button", name="More").click()
            judge(page, f"{theme}, {width} px, menu")
            page.keyboard.press("Escape")
    # A window that is wide again has its panels beside the page again.
    page.set_viewport_size({"width": 1280, "height": 900})
    for panel in ("#medialit-course-panel", "#medialit-story-panel"):
        page.locator(panel).wait_for()


def test_a_setting_turns_it_off(lab, page):
    lab.choose(courseView=False)
    show(page, lab, "notebooks/00-welcome")
    page.locator(".jp-NotebookPanel-toolbar").wait_for()
    idle(page)
    assert not page.locator(".medialit-page").count()


def test_a_folder_that_cannot_be_written_is_a_sentence(lab, page):
    def answer(route):
        said = route.fetch()
        route.fulfill(response=said, json=said.json() | {"writable": False})

    page.route(f"**/api/contents/{lab.folder.name}?content=1*", answer)
    show(page, lab, "notebooks/00-welcome")
    ready(page, "00-welcome")
    page.get_by_text("The folder of the course cannot be written to.").wait_for()
    with page.expect_download() as file:
        page.locator(".medialit-notice").get_by_role("button", name="Save my answers as a file").click()
    assert file.value.suggested_filename == "my-progress.jsonl"
    # The view looks at the folder now and then: nothing may be under way when the page closes.
    page.unroute_all(behavior="ignoreErrors")
