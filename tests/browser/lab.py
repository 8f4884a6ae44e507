"""A real JupyterLab on a free port, and two ways to use it: by mouse and by keyboard alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Locator, Page

from medialit.files import kit_root
from medialit.launch import FOLDERS, SETTINGS

CHROMIUM = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
START = """
import sys
from pathlib import Path
from medialit.launch import lab_arguments
from jupyterlab.labapp import LabApp
folder, settings = Path(sys.argv[1]), Path(sys.argv[2])
extra = ["--IdentityProvider.token=tok", "--ServerApp.port_retries=50"]
LabApp.launch_instance(lab_arguments(folder, settings, int(sys.argv[3]), False) + extra)
"""


class Lab:
    """The course copied into an empty folder, and a server over it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "course"
        for name in FOLDERS:
            shutil.copytree(kit_root() / name, self.folder / name)
        settings, work, runtime = (folder / name for name in ("settings", "workspaces", "runtime"))
        for place in (settings, work, runtime):
            place.mkdir()
        (settings / "overrides.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
        env = {k: v for k, v in os.environ.items() if k not in ("MEDIALIT_PROGRESS", "PYTHONDONTWRITEBYTECODE")}
        env |= {"JUPYTERLAB_WORKSPACES_DIR": str(work), "JUPYTER_RUNTIME_DIR": str(runtime)}
        self.log = folder / "server.log"
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, str(self.folder), str(settings), "8899"],
            env=env,
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
            cwd=self.folder,
        )
        self.address = self._wait(runtime)

    def _wait(self, runtime: Path) -> str:
        for _ in range(1200):
            for found in runtime.glob("jpserver-*.json"):
                try:
                    address = json.loads(found.read_text(encoding="utf-8"))["url"].rstrip("/")
                    urllib.request.urlopen(f"{address}/api?token=tok", timeout=2)
                    return address
                except (OSError, ValueError):
                    pass
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"JupyterLab did not start:\n{self.log.read_text(encoding='utf-8')[-2000:]}")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def open(self, page: Page, notebook: str) -> None:
        """Open a notebook and wait until its kernel is idle."""
        page.goto(f"{self.address}/lab/tree/{notebook}?token=tok&reset")
        page.wait_for_selector(f"{PANEL} .jp-Cell", timeout=60_000)
        idle(page)


def idle(page: Page) -> None:
    """Wait until the status bar says that the kernel is idle."""
    page.wait_for_function("() => /\\| Idle/.test(document.body.innerText)", timeout=90_000)


class Mouse:
    """Uses a page by pointing."""

    name = "mouse"

    def __init__(self, page: Page) -> None:
        self.page = page

    def run_all(self) -> None:
        self.page.click('.lm-MenuBar-itemLabel:text-is("Run")')
        self.page.click('.lm-Menu-itemLabel:text-is("Run All Cells")')
        self._settled()

    def _settled(self) -> None:
        count = "() => document.querySelectorAll('.jp-CodeCell').length"
        total = self.page.evaluate(count)
        # Every code cell has a number in brackets once it has run, none has a star.
        self.page.wait_for_function(
            "() => ![...document.querySelectorAll('.jp-InputPrompt')].some(e => e.innerText.includes('*'))",
            timeout=90_000,
        )
        assert total
        idle(self.page)

    def press(self, button: Locator) -> None:
        button.click()
        self.page.wait_for_timeout(150)

    def tick(self, control: Locator) -> None:
        control.click()
        self.page.wait_for_timeout(100)

    def choose(self, select: Locator, label: str) -> None:
        select.select_option(label=label)
        self.page.wait_for_timeout(100)

    def write(self, box: Locator, words: str) -> None:
        box.click()
        box.fill(words)
        box.blur()
        self.page.wait_for_timeout(100)

    def replace(self, box: Locator, words: str) -> None:
        """Write into a box that holds something already."""
        self.write(box, words)


class Keyboard(Mouse):
    """Uses a page by Tab, arrows, Space, Enter and typing; it never points."""

    name = "keyboard"
    MAX_TABS = 400

    def run_all(self) -> None:
        self.page.keyboard.press("Control+Shift+C")
        self.page.keyboard.type("Run All Cells", delay=10)
        self.page.wait_for_timeout(400)
        self.page.keyboard.press("Enter")
        self.page.wait_for_timeout(300)
        self._settled()

    def _go(self, target: Locator, inside: bool = False) -> None:
        """Press Tab until the target (or something inside it) has the focus; back with Shift+Tab when it is before."""
        handle = target.element_handle()
        here = "e => e.contains(document.activeElement)" if inside else "e => e === document.activeElement"
        if handle.evaluate(here):
            return
        before = "e => !!(document.activeElement.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING)"
        key = "Shift+Tab" if handle.evaluate(before) else "Tab"
        for _ in range(self.MAX_TABS):
            self.page.keyboard.press(key)
            if handle.evaluate(here):
                return
        raise AssertionError(f"{self.MAX_TABS} times Tab did not reach {target}")

    def press(self, button: Locator) -> None:
        self._go(button)
        self.page.keyboard.press("Enter")
        self.page.wait_for_timeout(150)

    def tick(self, control: Locator) -> None:
        if control.get_attribute("type") == "radio":
            # The group is one stop of the Tab key: arrows move within it.
            group = control.locator("xpath=ancestor::*[contains(@class,'widget-radio-box')][1]")
            radios = group.locator("input")
            self._go(group, inside=True)
            self.page.keyboard.press("Space")
            for _ in range(radios.count()):
                if control.is_checked():
                    break
                self.page.keyboard.press("ArrowDown")
            assert control.is_checked()
        else:
            self._go(control)
            self.page.keyboard.press("Space")
        self.page.wait_for_timeout(100)

    def choose(self, select: Locator, label: str) -> None:
        self._go(select)
        # ipywidgets writes options with spaces that do not break.
        labels = [" ".join(o.inner_text().split()) for o in select.locator("option").all()]
        now = select.evaluate("e => e.selectedIndex")
        steps = labels.index(" ".join(label.split())) - now
        for _ in range(abs(steps)):
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        self.page.keyboard.press("Tab")
        chosen = select.evaluate("e => e.options[e.selectedIndex].text")
        assert chosen.split() == label.split()
        self.page.wait_for_timeout(100)

    def write(self, box: Locator, words: str) -> None:
        self._go(box)
        self.page.keyboard.type(words)
        self.page.keyboard.press("Tab")
        self.page.wait_for_timeout(100)

    def replace(self, box: Locator, words: str) -> None:
        self._go(box)
        self.page.keyboard.press("Control+A")
        # Letter by letter first, the rest of a long text as if it were pasted.
        self.page.keyboard.type(words[:12])
        self.page.keyboard.insert_text(words[12:])
        self.page.keyboard.press("Tab")
        self.page.wait_for_timeout(100)
