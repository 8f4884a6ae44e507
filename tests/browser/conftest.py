"""Browser tests run where a browser is; where none is, they say so and count as skipped."""

import os

import pytest

pytest.importorskip("playwright", reason="playwright is not installed: pip install -e .[browser]")


@pytest.fixture(scope="session")
def chromium():
    from lab import CHROMIUM, FLAGS
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("No Chromium on this machine; on CI the browser tests may not be skipped.")
        pytest.skip("No Chromium on this machine.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def lab(tmp_path):
    from lab import Lab

    server = Lab(tmp_path)
    yield server
    server.stop()


@pytest.fixture
def page(chromium, tmp_path, request):
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    shots = os.environ.get("MEDIALIT_SHOTS")
    if shots:
        page.screenshot(path=f"{shots}/{request.node.name}.png")
    context.close()
