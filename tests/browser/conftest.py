"""Browser tests run where a browser is; where none is, they say so and count as skipped. On CI they may not skip.

One server and one browser serve all tests; each test has its own copy of the course. A test that fails leaves a picture,
the console and the end of the server's log in ``artifacts/``.
"""

import importlib.util
import re
from pathlib import Path

import pytest
from everyone import AXE, is_ours, missing
from lab import CHROMIUM, FLAGS, PATIENCE, WATCH, Lab

ARTIFACTS = Path(__file__).parent / "artifacts"
INSTALL = "On Debian and Ubuntu: apt-get install chromium. Then run make test-browser."

if importlib.util.find_spec("playwright") is None:

    class Absent(pytest.Module):
        """A file of tests that cannot be read, because what drives the browser is missing."""

        def collect(self):
            missing("Playwright is not installed. Run make test-browser.")

    def pytest_pycollect_makemodule(module_path, parent):
        return Absent.from_parent(parent, path=module_path)


def pytest_configure(config):
    config.addinivalue_line("markers", "touch: the page is used with fingers")
    config.addinivalue_line("markers", "course_view: the course view shows the pages")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    item.failed_already = getattr(item, "failed_already", False) or report.failed


@pytest.fixture(scope="session")
def browsers():
    """Starts the browser, and starts it again should it have died."""
    if CHROMIUM is None:
        missing(f"There is no Chromium on this machine. {INSTALL}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        open_now = []

        def running():
            if not open_now or not open_now[-1].is_connected():
                open_now.append(play.chromium.launch(executable_path=CHROMIUM, args=FLAGS, timeout=PATIENCE))
            return open_now[-1]

        yield running
        open_now and open_now[-1].is_connected() and open_now[-1].close()


@pytest.fixture
def chromium(browsers):
    return browsers()


@pytest.fixture(scope="session")
def labs(tmp_path_factory):
    """Starts JupyterLab once plain and once with the course view, and again should it have died."""
    started = {}

    def running(plain):
        if plain in started and started[plain].alive():
            started[plain].fresh()
        else:
            started[plain] = Lab(tmp_path_factory.mktemp("lab"), plain)
        return started[plain]

    yield running
    for lab in started.values():
        lab.stop()


@pytest.fixture
def lab(labs, request):
    return labs(plain=request.node.get_closest_marker("course_view") is None)


@pytest.fixture
def page(chromium, request):
    touch = request.node.get_closest_marker("touch") is not None
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, has_touch=touch)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    console, outside = [], []
    page.on("console", lambda said: console.append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda error: console.append(f"page error: {error}"))
    servers = {name: request.getfixturevalue(name) for name in ("lab", "site") if name in request.fixturenames}
    lab = servers.get("lab")
    # A bare page of widgets is answered by the test itself.
    ours = [server.address for server in servers.values()] or ["http://alone.test"]

    def asked(sent):
        if not any(is_ours(sent.url, address) for address in ours):
            outside.append(sent.url)

    context.on("request", asked)
    page.on("websocket", asked)
    yield page
    if getattr(request.node, "failed_already", False):
        keep(request.node.name, page, console, lab)
    context.close()
    assert not outside, f"The page asked somebody else: {outside[:3]}"


_FIND = "([inside, rules]) => axe.run(inside, {runOnly: rules, resultTypes: ['violations']})"


@pytest.fixture
def axe(page):
    """What axe-core finds in the whole page, where it is installed."""
    if not AXE.is_file():
        missing("axe-core is not installed. Run make test-browser.")

    def found(rules, inside="main"):
        if not page.evaluate("() => !!window.axe"):
            page.evaluate(AXE.read_text(encoding="utf-8"))  # a page may forbid scripts of its own
        told = page.evaluate(_FIND, [inside, rules])
        return [f"{rule['id']}: {node['html'][:160]}" for rule in told["violations"] for node in rule["nodes"]]

    return found


def keep(name, page, console, lab):
    """Leave a picture, the console and the end of the server's log of a failed test."""
    ARTIFACTS.mkdir(exist_ok=True)
    stem = re.sub(r"[^\w-]+", "-", name).strip("-")
    try:
        page.screenshot(path=ARTIFACTS / f"{stem}.png", timeout=10_000)
    except Exception as error:
        console.append(f"no picture could be taken: {error}")
    (ARTIFACTS / f"{stem}-console.txt").write_text("\n".join(console), encoding="utf-8")
    if lab:
        (ARTIFACTS / f"{stem}-server.txt").write_text(lab.tail(), encoding="utf-8")
