"""The static site in a real browser, from a folder on loopback: the course without a server, and without the network."""

import fcntl
import json
import os
import re
import shutil
import subprocess
import threading
import zipfile
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from doing import block, give
from every_page import CODE
from everyone import RULES, look_in_both_themes, missing
from lab import PANEL, Mouse, settled
from some import some
from steps import said
from test_units_in_lab import answer_question, answer_task, by_code, guess, guesses, quiz

import medialit
from medialit.cli import grade
from medialit.errors import MedialitError
from medialit.files import kit_root
from medialit.progress import Progress, best
from medialit.site.build import RECORD, build_site
from medialit.site.serve import Handler, server
from medialit.units.registry import UNITS

QUOTES = UNITS[1]


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """A site of this checkout; what it is made of comes from the cache that ``make site`` uses."""
    place = tmp_path_factory.getbasetemp()
    # Tests that run side by side share one.
    folder = (place.parent if "PYTEST_XDIST_WORKER" in os.environ else place) / "site"
    cache = kit_root() / ".site"
    cache.mkdir(exist_ok=True)
    with open(cache / "lock", "w") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        try:
            if not (folder / RECORD).is_file():
                build_site(folder, cache, lambda words: None)
        except MedialitError as error:
            if not re.search("Fetching|npm", str(error)):
                raise
            missing(f"The site could not be built: {error}")
    return folder


@pytest.fixture
def site(built):
    """The address of a server of its own: another port is another browser storage."""
    running = server(built, 0)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    opened = Site(running, built)
    yield opened
    opened.stop()


class Site:
    def __init__(self, running, folder):
        self.address, self.folder, self.running = f"http://127.0.0.1:{running.server_address[1]}", folder, running

    def hand_out(self, folder):
        """From now on this folder is handed out."""
        self.running.RequestHandlerClass = partial(Handler, directory=folder)

    def stop(self):
        """From now on nobody answers at this address."""
        self.running.shutdown()
        self.running.server_close()

    def open(self, page, name, app="notebooks"):
        """Open a page of the course, as its address; wait until Python has answered everything."""
        page.goto(f"{self.address}/live/{app}/index.html?path={name}.ipynb")
        ready(page, name)


def ready(page, name):
    """Wait until this page of the course is on show and Python has answered everything."""
    page.wait_for_function("name => window.medialit?.panel()?.context?.path === `${name}.ipynb`", arg=name, polling=50)
    page.locator(f"{PANEL} .medialit-status", has_text="This page is ready").wait_for(state="attached")
    settled(page)


def pages_to_read(folder):
    return [folder / "index.html", *sorted(folder.glob("read/*.html")), *sorted(folder.glob("docs/**/*.html"))]


def lost(page, link, folder):
    """Does this link of a page lead nowhere in the site?"""
    parts = urlsplit(link.replace("&amp;", "&"))
    if parts.scheme or parts.netloc:
        return parts.scheme not in ("data", "http", "https")
    there = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if parts.query.startswith("path="):
        return not (folder / "live" / "files" / unquote(parts.query[5:])).is_file() or not there.is_file()
    ids = there.read_text(encoding="utf-8") if there.suffix == ".html" and there.is_file() and parts.fragment else ""
    return not there.is_file() or (bool(ids) and f'id="{unquote(parts.fragment)}"' not in ids)


def test_every_link_of_the_site_leads_somewhere_and_nothing_comes_from_elsewhere(built):
    pages = {page: page.read_text(encoding="utf-8") for page in pages_to_read(built)}
    links = [(page, link) for page, text in pages.items() for link in re.findall(r'(?:href|src)="([^"]+)"', text)]
    assert len(links) > 1000
    assert [(page.name, link) for page, link in some(links) if lost(page, link, built)] == []
    loaded = r'<(?:script|img|iframe|source)[^>]+src="(?:https?:)?//|<link[^>]+href="(?:https?:)?//|url\((?:https?:)?//'
    assert [page.name for page, text in pages.items() if re.search(loaded, text)] == []


def test_no_solution_and_no_key_is_in_the_site(built):
    words = {p.read_text(encoding="utf-8") for p in pages_to_read(built)}
    files = [path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()]
    assert len(files) > 200
    assert [name for name in files if re.search(r"solutions/|answer-key|exercise\.md|tests/key", name)] == []
    inside = [
        n for wheel in built.glob("live/static/pyodide/medialit-*.whl") for n in zipfile.ZipFile(wheel).namelist()
    ]
    assert "medialit/_kit/course/01-quotes/quiz.yaml" in inside
    assert [n for n in inside if re.search(r"solutions/|exercise\.md|tests/key|/classroom/", n)] == []
    key = [
        line
        for line in (kit_root() / "docs" / "answer-key.md").read_text(encoding="utf-8").splitlines()
        if len(line) > 80 and not line.startswith("Whose text is this?")  # who is credited is no key
    ]
    assert len(key) > 20
    assert [line for line in some(key) if any(line in text for text in words)] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_to_read_are_for_everyone(site, page, axe, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    assert (site.folder / "index.html").stat().st_size < 200_000
    for name in (
        "index.html",
        "read/index.html",
        "read/01-quotes.html",
        "docs/index.html",
        "docs/facilitator.html",
        "docs/start.html",
    ):
        page.goto(f"{site.address}/{name}.html")
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), name
        assert axe(RULES, "body") == [], name


@pytest.mark.parametrize("app", ["notebooks", "lab"])
def test_a_lesson_is_live_and_leads_on_without_starting_python_again(site, page, app):
    site.open(page, "notebooks/01-quotes", app)
    question = medialit.open_unit(QUOTES.name, progress=Progress()).questions.questions[0]
    hand, frame = Mouse(page), block(page, question.id)
    page.get_by_role("button", name="Show the whole page").last.click()
    give(hand, frame, question.form, question.key)
    hand.press(frame.locator('[data-act="check"]'))
    said(frame, "Passed.")
    kernel = page.evaluate("() => window.medialit.kernel().id")
    page.locator(".medialit-panel a", has_text="Next: Exercises 1").dispatch_event("click")
    ready(page, "exercises/01-quotes")
    assert page.evaluate("() => window.medialit.kernel().id") == kernel
    assert block(page, "1.1").is_visible()


def test_the_address_of_a_page_that_was_led_to_opens_it(site, page):
    site.open(page, "notebooks/00-start")
    page.locator(".medialit-begin a").click()
    ready(page, "notebooks/00-welcome")
    page.reload()
    ready(page, "notebooks/00-welcome")
    page.go_back()
    ready(page, "notebooks/00-start")


# What a page's Python prints when it runs some code.
RUN = """async code => {
  const done = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute({code});
  let out = '';
  done.onIOPub = ({content}) => { out += content.text ?? (content.ename ? `${content.ename} ${content.evalue}` : ''); };
  await done.done;
  return out.trim();
}"""
ADD = """
from medialit.progress import Entry, Progress
progress = Progress.default()
for number in range(30):
    progress.add(Entry("note", answer=["WHO", number]))
print(progress.problem)
"""
FOUND = """
import time
from medialit.progress import Progress, disk
time.sleep(1.1)  # pages look at each other's files once a second
progress = Progress.default()
print(len(progress.entries("note")), disk.read_whole(progress.path).count(b'"note"'), progress.problem)
"""


def test_two_open_pages_that_answer_at_the_same_time_lose_nothing(site, page):
    site.open(page, "notebooks/01-quotes")
    with page.context.new_page() as other:
        site.open(other, "exercises/01-quotes")
        start = f"code => {{ window.adding = ({RUN})(code); }}"
        for one, name in ((page, "lesson"), (other, "exercise")):
            one.evaluate(start, ADD.replace("WHO", name))
        assert [one.evaluate("() => window.adding") for one in (page, other)] == ["None", "None"]
        assert other.evaluate(RUN, FOUND).split()[0] == "60"
    assert page.evaluate(RUN, FOUND).split()[0] == "60"
    # The next answer of any page makes the one file whole, and a restore is kept over a reload.
    bring = "from medialit.progress import *; p = Progress(); p.add(Entry('note', answer=1)); "
    said_ = page.evaluate(RUN, bring + "print(Progress.default().restore(p.as_bytes()))")
    assert said_ == "Restored 1 other entry."
    page.reload()
    ready(page, "notebooks/01-quotes")
    assert page.evaluate(RUN, FOUND) == "61 61 None"


def whole(page):
    """Show the whole page, not one step after the other; the course view remembers it."""
    if page.get_by_role("button", name="Show the whole page").count():
        page.get_by_role("button", name="Show the whole page").last.click()


def saved(page):
    """The progress file, as the page hands it over."""
    page.get_by_role("button", name="More").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="Save my answers as a file").click()
    return Path(started.value.path()).read_bytes()


def scores(entries):
    return {e.task: best([x for x in entries if x.task == e.task], e.version).score for e in entries}


def answer_lesson(hand, page):
    """Answer everything in the lesson of unit 1, which is open."""
    whole(page)
    for asked in some(guesses(QUOTES)):
        guess(hand, page, asked)
    for question in some(quiz(QUOTES)):
        answer_question(hand, page, question)


def answer_exercises(hand, page):
    """Go on to the exercises of unit 1, and answer them all."""
    page.locator(".medialit-panel a", has_text="Next: Exercises 1").click()
    ready(page, "exercises/01-quotes")
    whole(page)
    for task in some(medialit.open_unit(QUOTES.name, progress=Progress()).tasks.values()):
        answer_task(hand, page, task)


def test_unit_1_from_start_to_grade(site, lab, page, tmp_path):
    hand, unit = Mouse(page), medialit.open_unit(QUOTES.name, progress=Progress())
    site.open(page, "notebooks/01-quotes")
    whole(page)
    page.locator("[data-act=guess]").first.click()
    page.get_by_text("Make a guess first. It is not graded.").wait_for()
    answer_lesson(hand, page)
    # However tall an answer is, what was said below it is not shut up in a window of its own.
    cut = "() => [...document.querySelectorAll('.jp-Cell-outputArea')].some(e => e.scrollHeight > e.clientHeight + 20)"
    assert not page.evaluate(cut)
    look_in_both_themes(page, "lesson, answered", ("light", 768))
    page.set_viewport_size({"width": 1280, "height": 900})
    answer_exercises(hand, page)
    look_in_both_themes(page, "exercises, answered", ("dark", 360))
    page.set_viewport_size({"width": 1280, "height": 900})
    # Kept in the browser: the page, loaded again, shows it.
    page.reload()
    ready(page, "exercises/01-quotes")
    for task in unit.tasks.values():
        said(block(page, task.label), "Your saved answer is back.")
    file = tmp_path / "my-progress.jsonl"
    file.write_bytes(saved(page))
    assert scores(Progress(file).entries("attempt", QUOTES.name)) == by_code(QUOTES)
    # The same file goes on in a JupyterLab on a computer, and is graded like any other.
    shutil.copy(file, lab.folder)
    lab.open(page, "exercises/01-quotes.ipynb")
    hand.run_all()
    for task in unit.tasks.values():
        said(block(page, task.label), "Your saved answer is back.")
    grade([file], tmp_path / "graded", unit=[QUOTES.name])
    assert "my-progress,my-progress,,,,1,100.00," in (tmp_path / "graded" / "grades.csv").read_text(encoding="utf-8")


def test_every_page_runs_in_the_browsers_python(built, tmp_path):
    """Under Node, which starts no browser: each cell of each lesson, exercise and solution."""
    code = tmp_path / "pages.py"
    code.write_text(f"import glob\npaths = sorted(glob.glob('/course/*/*.ipynb'))\n{CODE}", encoding="utf-8")
    folders = [kit_root() / name for name in ("notebooks", "exercises", "solutions")]
    script = Path(__file__).with_name("pyodide.mjs")
    done = subprocess.run(["node", script, built, code, *folders], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["wrong"] == 0
    assert found["shown"] > 300
    assert found["charts"] > 5


def test_pages_say_that_answers_are_kept_in_the_browser(built):
    files = {path: path.read_text(encoding="utf-8") for path in (built / "live" / "files").glob("*/*.ipynb")}
    (wheel,) = (built / "live" / "static" / "pyodide").glob("medialit-*.whl")
    with zipfile.ZipFile(wheel) as kit:  # from which a page is started again
        files |= {name: kit.read(name).decode() for name in kit.namelist() if name.endswith(".ipynb")}
    assert sum("in this browser" in text for text in files.values()) > 20
    assert [name for name, text in some(files.items()) if "saved on this computer" in text] == []


@pytest.mark.parametrize("plan", [UNITS[0], UNITS[5]], ids=lambda plan: plan.name)
def test_other_units_are_answered_without_a_server_too(site, page, plan):
    hand, unit = Mouse(page), medialit.open_unit(plan.name, progress=Progress())
    site.open(page, f"notebooks/{plan.folder}")
    whole(page)
    for question in quiz(plan):
        answer_question(hand, page, question)
    page.locator(f'.medialit-panel a[href*="{plan.folder}"]', has_text="Exercises").first.click()
    ready(page, f"exercises/{plan.folder}")
    whole(page)
    answer_task(hand, page, next(iter(unit.tasks.values())))
    assert page.locator(f"{PANEL} [data-mime-type='application/vnd.jupyter.error']").count() == 0


def kept(page):
    """Wait until the browser has everything that the course needs without the network."""
    page.wait_for_function("() => document.documentElement.dataset.medialitKept")
    came, of = re.fullmatch(
        r"(\d+) of (\d+)", page.evaluate("() => document.documentElement.dataset.medialitKept")
    ).groups()
    assert came == of
    assert int(of) > 100


@pytest.mark.touch
def test_after_the_first_visit_a_telephone_needs_no_network(site, page):
    page.set_viewport_size({"width": 390, "height": 844})
    site.open(page, "notebooks/00-start")
    kept(page)
    site.stop()
    # A page that was never opened before.
    site.open(page, "notebooks/01-quotes")
    question = page.locator(f"{PANEL} .ml-block").first
    question.locator("input[type=radio]").first.tap()
    question.locator('[data-act="check"]').tap()
    said(question, re.compile("Passed|Not yet"))
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_newer_version_is_offered_and_hides_behind_no_old_one(site, page, tmp_path):
    copy = tmp_path / "site"
    shutil.copytree(site.folder, copy, copy_function=os.link)
    site.hand_out(copy)
    site.open(page, "notebooks/00-start")
    kept(page)
    for name, old, new in (
        ("live/service-worker.js", r"medialit-[0-9a-f]{16}", "medialit-newer"),
        ("live/notebooks/index.html", "<title>", "<title>Newer: "),
    ):
        text = (copy / name).read_text(encoding="utf-8")
        (copy / name).unlink()
        (copy / name).write_text(re.sub(old, new, text), encoding="utf-8")
    page.reload()
    told = page.locator(".medialit-told", has_text="A newer version of the course is here")
    told.wait_for()
    ready(page, "notebooks/00-start")
    with page.expect_navigation():
        told.get_by_role("button", name="Use it now").click()
    ready(page, "notebooks/00-start")
    assert "Newer" in page.evaluate("() => fetch(location.href).then(answer => answer.text())")


def test_the_next_person_at_a_computer_begins_with_nothing(site, page):
    site.open(page, "notebooks/00-welcome")
    whole(page)
    guess(Mouse(page), page, guesses(UNITS[0])[0])
    page.evaluate("() => localStorage.setItem('medialit:draft', '1')")
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Begin anew for the next person").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="Begin anew", exact=True).click()
    kept = Progress(Path(started.value.path())).entries()
    assert [entry.kind for entry in kept if entry.kind != "draft"] == ["event"]
    page.wait_for_url("**/*00-start.ipynb*")
    ready(page, "notebooks/00-start")
    page.get_by_text(re.compile(r"^0 of \d+ ")).first.wait_for()
    assert page.evaluate("() => Object.keys(localStorage).filter(key => key.startsWith('medialit:draft'))") == []
    assert saved_files(page) == []


def saved_files(page):
    """The names of the progress files that this browser holds."""
    look = "import os, pathlib; print([n for n in os.listdir('..') + os.listdir('.') if n.startswith('my-progress')])"
    return json.loads(page.evaluate(RUN, look).replace("'", '"'))


NO_STORAGE = "indexedDB.open = () => { throw new Error('no storage'); }"
NO_WORKER = "Object.defineProperty(Navigator.prototype, 'serviceWorker', {get: () => undefined})"


@pytest.mark.parametrize(
    ("script", "gone", "words"),
    [
        ("delete window.WebAssembly", None, "This browser cannot run Python"),
        (NO_WORKER, None, "This browser does not let the course start from this address"),
        ("", "**/pydantic-*.whl", "A file of this course did not arrive whole, such as static/pyodide/pydantic"),
    ],
    ids=["no WebAssembly", "no service worker", "half a site"],
)
def test_where_it_cannot_run_it_says_why_and_leads_on(site, page, script, gone, words):
    page.add_init_script(script)
    if gone:
        page.route(gone, lambda route: route.fulfill(status=404))
    page.goto(f"{site.address}/live/notebooks/index.html?path=notebooks/01-quotes.ipynb")
    told = page.locator(".medialit-start", has_text=words)
    told.wait_for()
    told.get_by_role("link", name="Read the lessons without answering").click()
    page.locator("h1", has_text="The lessons, to read").wait_for()


def test_a_browser_that_keeps_nothing_is_told_to_save(site, page):
    page.add_init_script(NO_STORAGE)
    page.goto(f"{site.address}/live/notebooks/index.html?path=notebooks/01-quotes.ipynb")
    page.locator(".medialit-told", has_text="This browser keeps nothing for this page").wait_for()


FULL = """() => {
  window.jupyterapp.serviceManager.contents.save = () => Promise.reject(new DOMException('No room.', 'QuotaExceededError'));
}"""
GONE = "path => window.jupyterapp.serviceManager.contents.delete(path)"


def test_when_the_browser_is_full_or_a_file_is_gone_python_goes_on_and_the_page_says_so(site, page):
    site.open(page, "notebooks/01-quotes")
    assert page.evaluate(RUN, "import os; open('gone.txt', 'w').write('1'); print(os.stat('gone.txt').st_size)") == "1"
    page.evaluate(GONE, "notebooks/gone.txt")
    assert re.search("OSError|FileNotFoundError", page.evaluate(RUN, "os.stat('gone.txt')"))
    assert page.locator(".medialit-told").count() == 0
    page.evaluate(FULL)
    assert "OSError" in page.evaluate(RUN, "open('more.txt', 'w').write('1')")
    question = page.locator(f"{PANEL} .ml-block").first
    question.locator("input[type=radio]").first.check()
    question.locator('[data-act="check"]').click()
    said(question, re.compile("Passed|Not yet"))
    page.locator(".medialit-told", has_text="This browser’s storage is full").wait_for()
    assert page.locator(".medialit-told").count() == 1
    assert b'"attempt"' in saved(page)


def test_a_server_with_the_wrong_type_for_python_does_no_harm(site, page, monkeypatch):
    monkeypatch.setitem(Handler.extensions_map, ".wasm", "text/plain")
    site.open(page, "notebooks/01-quotes")
    assert page.locator(f"{PANEL} .ml-block").count() > 3


def test_a_page_opened_as_a_file_says_how_to_start_the_course(built, browsers):
    with browsers().new_context() as context, context.new_page() as page:
        page.goto((built / "live/notebooks/index.html").as_uri())
        page.locator(".medialit-start", has_text="You opened this page as a file").wait_for()
        page.goto((built / "index.html").as_uri())
        page.locator("#file", has_text="You opened this page as a file").wait_for()
