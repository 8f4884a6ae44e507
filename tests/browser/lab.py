"""A real JupyterLab on a free port, and two ways to use it: by mouse and by keyboard alone.

Nothing here waits for a time to pass: ``settled`` waits until the kernel has answered everything that the page sent.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from medialit.files import kit_root
from medialit.launch import FOLDERS, write_settings

# One folder up, where pytest does not look from here.
sys.path.insert(0, str(Path(__file__).parents[1]))
from family import ends_with_us

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

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
# Chromium draws through shared memory; a container often has 64 MB of it, and files are slower.
SHARED = Path("/dev/shm")
if not (SHARED.is_dir() and shutil.disk_usage(SHARED).total > 2**30):
    FLAGS.append("--disable-dev-shm-usage")
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
# Far more than any step takes on a calm machine: a busy one must not make a test fail.
PATIENCE = 120_000
# After this long without an effect, a key is pressed again.
SOON = 20_000
START = """
import sys
from pathlib import Path
from medialit.files import kit_root
from medialit.launch import lab_arguments, trust
from jupyterlab.labapp import LabApp
root, folder, settings = (Path(name) for name in sys.argv[1:4])
trust(kit_root(), folder)
usual = [a for a in lab_arguments(folder, settings, int(sys.argv[4]), False) if "root_dir" not in a]
extra = ["--IdentityProvider.token=tok", "--ServerApp.port_retries=50", f"--ServerApp.root_dir={root}"]
# The page may then be asked for its theme and for messages without an answer.
extra += ["--LabApp.expose_app_in_browser=True"]
LabApp.launch_instance(usual + extra)
"""

# Counts what the page asked of the kernel and what is answered; put into every page before its own scripts run.
WATCH = """
window.medialit = {
  panel() { return window.jupyterapp?.shell?.currentWidget; },
  kernel() {
    const kernel = this.panel()?.sessionContext?.session?.kernel;
    if (kernel && !kernel.medialit) {
      const seen = kernel.medialit = {waiting: new Set(), ran: 0, cells: new Set()};
      kernel.anyMessage.connect((_, {msg, direction}) => {
        if (direction === 'send' && msg.channel === 'shell') {
          seen.waiting.add(msg.header.msg_id);
          if (msg.header.msg_type === 'execute_request') seen.cells.add(msg.header.msg_id);
        } else if (direction === 'recv' && msg.header.msg_type === 'status' && msg.content.execution_state === 'idle') {
          const id = msg.parent_header.msg_id;
          seen.waiting.delete(id);
          if (seen.cells.delete(id)) seen.ran += 1;
        }
      });
      kernel.statusChanged.connect((_, status) => {
        if (/restarting|dead/.test(status)) { seen.waiting.clear(); seen.cells.clear(); }
      });
    }
    return kernel;
  },
  ran() { return this.kernel()?.medialit.ran ?? 0; },
  cells() {
    return this.panel().content.widgets.filter(
      cell => cell.model.type === 'code' && cell.model.sharedModel.source.trim()).length;
  },
  quiet() {
    const kernel = this.kernel();
    return !!kernel && kernel.connectionStatus === 'connected' && kernel.status === 'idle' &&
      kernel.medialit.waiting.size === 0;
  },
  // Another notebook in the same page. What was open is let go without a question: the test is done with it.
  async turn(path) {
    [...window.jupyterapp.shell.widgets('main')].forEach(panel => panel.dispose());
    await window.jupyterapp.commands.execute('docmanager:open', {path});
  },
  // Three looks in a row: a widget that gets its answer may ask again at once.
  async settled(patience, ran) {
    const end = Date.now() + patience;
    for (let calm = 0; Date.now() < end;) {
      await new Promise(done => setTimeout(done, 10));
      calm = this.quiet() && this.ran() >= ran ? calm + 1 : 0;
      if (calm > 2) return '';
    }
    const kernel = this.kernel();
    return kernel ? `kernel ${kernel.status}, ${kernel.connectionStatus}, without an answer: ` +
      `${kernel.medialit.waiting.size}, cells run: ${kernel.medialit.ran}, awaited: ${ran}` : 'no kernel';
  },
};
"""


class Lab:
    """A server over a folder in which ``fresh()`` lays a new copy of the course; ``folder`` is the copy in use."""

    def __init__(self, folder: Path, plain: bool = True, own: str = "") -> None:
        self.root, self.plain = folder / "courses", plain
        self._copies = 0
        self._new_copy()
        settings, work, runtime = (folder / name for name in ("settings", "workspaces", "runtime"))
        for place in (settings, work, runtime):
            place.mkdir()
        write_settings(settings, plain=plain, own=own)
        self._start(folder, ["-c", START, str(self.root), str(self.folder), str(settings), "8899"])

    def _start(self, folder: Path, arguments: list[str]) -> None:
        """Start a server by this command of Python, with all that it writes in ``folder``."""
        env = {k: v for k, v in os.environ.items() if k not in ("MEDIALIT_PROGRESS", "PYTHONDONTWRITEBYTECODE")}
        runtime = folder / "runtime"
        # Nothing of the person who runs the tests is read or written.
        env |= {"JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"), "JUPYTER_RUNTIME_DIR": str(runtime)}
        env |= {
            name: str(folder / name.lower())
            for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTERLAB_SETTINGS_DIR", "IPYTHONDIR")
        }
        self.log = folder / "server.log"
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
            cwd=self.root,
            **ends_with_us(),
        )
        self.address = self._wait(runtime)

    def _wait(self, runtime: Path) -> str:
        end = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < end:
            for found in runtime.glob("jpserver-*.json"):
                try:
                    address = json.loads(found.read_text(encoding="utf-8"))["url"].rstrip("/")
                    urllib.request.urlopen(f"{address}/api?token=tok", timeout=10)
                    return address
                except (OSError, ValueError):
                    pass
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"JupyterLab did not start:\n{self.tail()}")

    def _new_copy(self) -> None:
        self._copies += 1
        self.folder = self.root / f"course-{self._copies}"
        for name in FOLDERS:
            shutil.copytree(kit_root() / name, self.folder / name)

    def fresh(self) -> None:
        """A new copy of the course with nothing saved, also no choice of the course view, and no kernel of the one before."""
        for session in json.loads(self.ask("sessions")):
            self.ask(f"sessions/{session['id']}", "DELETE")
        if not self.plain:
            self.choose()
        self._new_copy()

    def ask(self, what: str, method: str = "GET") -> str:
        """The server's answer to a call of its own interface."""
        request = urllib.request.Request(f"{self.address}/api/{what}", method=method)
        request.add_header("Authorization", "token tok")
        with urllib.request.urlopen(request, timeout=PATIENCE / 1000) as answer:
            return answer.read().decode()

    def put(self, what: str, data: object) -> None:
        """Hand something to the server."""
        body = json.dumps(data).encode()
        request = urllib.request.Request(f"{self.address}/{what}", data=body, method="PUT")
        request.add_header("Authorization", "token tok")
        request.add_header("Content-Type", "application/json")
        urllib.request.urlopen(request, timeout=PATIENCE / 1000).close()

    def choose(self, **choices: bool) -> None:
        """Set these choices of the course view; all others are as for somebody new."""
        self.put("lab/api/settings/medialit:view", {"raw": json.dumps(choices)})

    def alive(self) -> bool:
        """Is the server still running?"""
        return self.process.poll() is None

    def tail(self) -> str:
        """The last lines of the server's log."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-4000:]

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def open(self, page: Page, notebook: str, anew: bool = False) -> None:
        """Open a notebook and wait until its kernel is idle.

        A page that shows this lab already opens it beside its menus, as a learner does; ``anew`` loads the whole page.
        """
        name = f"{self.folder.name}/{notebook}"
        if not anew and page.url.startswith(f"{self.address}/"):
            page.evaluate("path => window.medialit.turn(path)", name)
        else:
            page.goto(f"{self.address}/lab/tree/{name}?token=tok&reset", timeout=PATIENCE)
        page.wait_for_function(
            "name => window.medialit?.panel()?.context?.path === name", arg=name, timeout=PATIENCE, polling=50
        )
        page.wait_for_selector(f"{PANEL} .jp-Cell", timeout=PATIENCE)
        if not self.plain:
            ready(page)
        idle(page)


def ready(page: Page) -> None:
    """Wait until a page of the course view has started."""
    page.wait_for_selector(f"{PANEL}.medialit-page:not(.medialit-busy)", timeout=PATIENCE)


def in_course(page: Page) -> bool:
    """Does the course view show this page?"""
    return bool(page.evaluate("() => window.medialit.panel().node.matches('.medialit-page')"))


def idle(page: Page) -> None:
    """Wait until the kernel is idle and has answered everything."""
    settled(page)


def settled(page: Page, ran: int = 0) -> None:
    """Wait until the kernel is idle, has answered everything, and has run ``ran`` cells since it was first seen."""
    trouble = page.evaluate("([patience, ran]) => window.medialit.settled(patience, ran)", [PATIENCE, ran])
    assert not trouble, f"The page did not come to rest: {trouble}"


# A page of the course view, and whether one that ends like this is on show and has run.
COURSE_PAGE = ".medialit-page:not(.lm-mod-hidden)"
COURSE_PAGE_SHOWN = (
    "name => window.medialit?.panel()?.node.matches('.medialit-page:not(.medialit-busy)') && "
    "window.medialit.panel().context.path.endsWith(name)"
)


def set_theme(page: Page, name: str) -> None:
    """``light`` or ``dark``, as the computer would ask for it; waits until the course has followed."""
    page.emulate_media(color_scheme=name)
    light = "true" if name == "light" else "false"
    page.wait_for_function(f"() => document.body.dataset.jpThemeLight === '{light}'", timeout=PATIENCE)


def _again(act: Callable[[], None], before: Callable[[], None] = lambda: None, times: int = 4) -> None:
    """Do something that may be lost on a busy page, and do it again when its effect does not come."""
    from playwright.sync_api import TimeoutError as NoEffect

    for left in reversed(range(times)):
        try:
            act()
            return
        except NoEffect:
            if not left:
                raise
            before()


class Mouse:
    """Uses a page by pointing."""

    name = "mouse"

    def __init__(self, page: Page) -> None:
        self.page = page

    def run_all(self) -> None:
        """Run every cell; in the course view it has run on its own."""
        if in_course(self.page):
            return
        ran = self._before()
        self._menu("Run", "Run All Cells")
        self._after(ran)

    def restart(self) -> None:
        """Restart the kernel and run every cell, as JupyterLab offers it."""
        ran = self._before()
        self._menu("Kernel", "Restart Kernel and Run All Cells…")
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        self._after(ran)

    def make_room(self) -> None:
        """Close the list of files, which leaves nothing of a narrow window; the course view does that on its own."""
        if in_course(self.page):
            return
        if self._files_open():
            self._close_files()
        self.page.wait_for_function("() => window.jupyterapp.shell.leftCollapsed", timeout=PATIENCE, polling=50)

    def _files_open(self) -> bool:
        return not self.page.evaluate("() => window.jupyterapp.shell.leftCollapsed")

    def _close_files(self) -> None:
        self.page.click(".jp-SideBar.jp-mod-left .lm-TabBar-tab.lm-mod-current")

    def save(self) -> None:
        """Save the notebook, and wait until the file is written."""
        written = "() => window.medialit.panel().context.contentsModel.last_modified"
        before = self.page.evaluate(written)

        def write() -> None:
            self._save()
            self.page.wait_for_function(f"before => ({written})() !== before", arg=before, timeout=SOON, polling=50)

        _again(write)

    def _save(self) -> None:
        self._menu("File", "Save Notebook")

    def _menu(self, menu: str, entry: str) -> None:
        self.page.click(f'.lm-MenuBar-itemLabel:text-is("{menu}")')
        self.page.click(f'.lm-Menu-itemLabel:text-is("{entry}")')

    def _before(self) -> int:
        settled(self.page)
        return self.page.evaluate("() => window.medialit.ran()")

    def _after(self, ran: int) -> None:
        cells = self.page.evaluate("() => window.medialit.cells()")
        assert cells, "This notebook has no code cells."
        settled(self.page, ran + cells)
        faults = self.page.locator(f"{PANEL} [data-mime-type='application/vnd.jupyter.error']").all_inner_texts()
        assert not faults, f"A cell failed: {faults[0]}"

    def press(self, button: Locator) -> None:
        button.click()
        settled(self.page)

    def tick(self, control: Locator) -> None:
        control.click()
        settled(self.page)

    def choose(self, select: Locator, label: str) -> None:
        select.select_option(label=label)
        settled(self.page)

    def write(self, box: Locator, words: str) -> None:
        box.click()
        box.fill(words)
        box.blur()
        settled(self.page)

    def hand_over(self, button: Locator, file: Path) -> None:
        """Choose a file in the dialog that the button opens."""
        with self.page.expect_file_chooser() as opened:
            self._push(button)
        opened.value.set_files(file)
        settled(self.page)

    def take(self, link: Locator) -> bytes:
        """What a link hands over."""
        with self.page.expect_download() as started:
            self._push(link)
        return Path(started.value.path()).read_bytes()

    def _push(self, button: Locator) -> None:
        button.click()

    def replace(self, box: Locator, words: str) -> None:
        """Write into a box that holds something already."""
        self.write(box, words)


class Keyboard(Mouse):
    """Uses a page by Tab, arrows, Space, Enter and typing; it never points."""

    name = "keyboard"
    MAX_TABS = 600

    def run_all(self) -> None:
        ran = self._before()
        self._palette("Run All Cells")
        self._after(ran)

    def restart(self) -> None:
        ran = self._before()
        self._palette("Restart Kernel and Run All Cells…")
        self.page.locator(".jp-Dialog .jp-mod-accept").wait_for()
        self.page.keyboard.press("Enter")
        self._after(ran)

    def _close_files(self) -> None:
        self.page.keyboard.press("Control+b")

    def _save(self) -> None:
        self.page.keyboard.press("Control+s")

    def _palette(self, command: str) -> None:
        """Run a command by its name, as one does it again when nothing came of it.

        A notebook that was just loaded takes the focus once more, and JupyterLab shuts the list of commands then.
        """
        _again(lambda: self._ask_for(command), lambda: self.page.keyboard.press("Escape"))

    def _ask_for(self, command: str) -> None:
        self.page.keyboard.press("Control+Shift+C")
        self.page.wait_for_function(
            "() => document.activeElement?.closest('.jp-ModalCommandPalette')", timeout=SOON, polling=50
        )
        self.page.keyboard.type(command, delay=5)
        # The list follows the typing: wait until the wanted command is the one that Enter takes.
        self.page.locator(
            ".lm-CommandPalette-item.lm-mod-active .lm-CommandPalette-itemLabel", has_text=command
        ).first.wait_for(timeout=SOON)
        self.page.keyboard.press("Enter")

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
        self._push(button)
        settled(self.page)

    def _push(self, button: Locator) -> None:
        self._go(button)
        self.page.keyboard.press("Enter")

    def tick(self, control: Locator) -> None:
        if control.get_attribute("type") == "radio":
            # The group is one stop of the Tab key: arrows move within it.
            group = control.locator("xpath=ancestor::fieldset[1]")
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
        settled(self.page)

    def choose(self, select: Locator, label: str) -> None:
        self._go(select)
        # ipywidgets writes options with spaces that do not break.
        labels = [" ".join(o.split()) for o in select.locator("option").all_inner_texts()]
        now, wanted = select.evaluate("e => e.selectedIndex"), labels.index(" ".join(label.split()))
        # Home and End go to the first and the last, as from the keyboard one does in a long list.
        key, start = min(((None, now), ("Home", 0), ("End", len(labels) - 1)), key=lambda way: abs(wanted - way[1]))
        if key and start != now:
            self.page.keyboard.press(key)
            now = start
        for _ in range(abs(wanted - now)):
            self.page.keyboard.press("ArrowDown" if wanted > now else "ArrowUp")
        self.page.keyboard.press("Tab")
        settled(self.page)
        chosen = select.evaluate("e => e.options[e.selectedIndex].text")
        assert chosen.split() == label.split()

    def write(self, box: Locator, words: str) -> None:
        self._go(box)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)
        self.page.keyboard.press("Tab")
        settled(self.page)

    def replace(self, box: Locator, words: str) -> None:
        self._go(box)
        self.page.keyboard.press("Control+A")
        # Letter by letter first, the rest of a long text as if it were pasted.
        self.page.keyboard.type(words[:12])
        self.page.keyboard.insert_text(words[12:])
        self.page.keyboard.press("Tab")
        settled(self.page)
