"""The static site in a real browser, from a folder on loopback: the course without a server, and without the network."""

import fcntl
import re
import threading

import pytest
from doing import block, give
from everyone import missing
from lab import PANEL, Mouse, settled
from steps import said

import medialit
from medialit.errors import MedialitError
from medialit.files import kit_root
from medialit.progress import Progress
from medialit.site.build import build_site
from medialit.site.serve import server
from medialit.units.registry import UNITS

QUOTES = UNITS[1]


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """A site of this checkout; what it is made of comes from the cache that ``make site`` uses."""
    folder, cache = tmp_path_factory.mktemp("site") / "site", kit_root() / ".site"
    cache.mkdir(exist_ok=True)
    with open(cache / "lock", "w") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        try:
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
    yield Site(f"http://127.0.0.1:{running.server_address[1]}", built)
    running.shutdown()


class Site:
    def __init__(self, address, folder):
        self.address, self.folder = address, folder

    def open(self, page, name, app="notebooks"):
        """Open a page of the course, as its address; wait until Python has answered everything."""
        page.goto(f"{self.address}/live/{app}/index.html?path={name}.ipynb")
        ready(page, name)


def ready(page, name):
    """Wait until this page of the course is on show and Python has answered everything."""
    page.wait_for_function("name => window.medialit?.panel()?.context?.path === `${name}.ipynb`", arg=name, polling=50)
    page.locator(f"{PANEL} .medialit-status", has_text="This page is ready").wait_for(state="attached")
    settled(page)


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
