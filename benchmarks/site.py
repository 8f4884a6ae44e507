"""What the static site weighs, and how soon its first question can be answered, beside a bare JupyterLite page.

Usage: python benchmarks/site.py [--runs 3] [--memory]. Needs what "make site" fetches, and Chromium.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))
import test_site as walk
from kit import pss
from lab import CHROMIUM, FLAGS, WATCH, Mouse
from playwright.sync_api import sync_playwright

from medialit.files import kit_root
from medialit.site.build import build_site
from medialit.site.fetch import PYODIDE_FILES, Fetched, fetch
from medialit.site.live import KERNEL_PLUGIN
from medialit.site.run import run
from medialit.site.serve import server
from medialit.site.wheels import KERNEL, PureWheel, lock

# Text that any web server hands out compressed; wheels and zip files are compressed already.
TEXT = (".js", ".mjs", ".json", ".css", ".html", ".wasm", ".ipynb")
BARE = """() => new Promise(resolve => {
  const look = setInterval(async () => {
    const panel = window.jupyterapp?.shell?.currentWidget;
    if (!panel?.sessionContext?.session?.kernel || !panel.context.isReady) return;
    clearInterval(look);
    await window.jupyterapp.commands.execute('notebook:run-all-cells');
    resolve();
  }, 50);
})"""


def bare(fetched: Fetched, folder: Path) -> Path:
    """JupyterLite with nothing in it but a page that prints one word."""
    lite, out = folder / "lite", folder / "bare"
    pyodide = lite / "static" / "pyodide"
    pyodide.mkdir(parents=True)
    for name in PYODIDE_FILES:
        (pyodide / name).write_bytes((fetched.pyodide / name).read_bytes())
    for wheel in (*fetched.wheels, *fetched.kernel_wheels):
        (pyodide / wheel.name).write_bytes(wheel.read_bytes())
    PureWheel("medialit", "0", {"nothing.py": b""}).write(pyodide)
    known = lock(json.loads((fetched.pyodide / "pyodide-lock.json").read_text()), pyodide.glob("*.whl"))
    needed = (
        "traitlets decorator stack-data executing asttokens pure-eval prompt-toolkit wcwidth pygments matplotlib-inline six "
        "ipython-pygments-lexers"
    )
    known["packages"]["ipython"]["depends"] = needed.split()
    known["packages"]["jedi"]["depends"] = ["parso"]
    known["packages"]["micropip"]["depends"] = ["packaging"]
    (pyodide / "pyodide-lock.json").write_text(json.dumps(known))
    (lite / "files").mkdir()
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print('here')")])
    page.metadata["kernelspec"] = {"name": "python", "display_name": "Python", "language": "python"}
    nbformat.write(page, lite / "files" / "bare.ipynb")
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": list(KERNEL)}}
    data = {"exposeAppInBrowser": True, "litePluginSettings": {KERNEL_PLUGIN: kernel}}
    (lite / "jupyter-lite.json").write_text(json.dumps({"jupyter-lite-schema-version": 0, "jupyter-config-data": data}))
    build: list[str | Path] = ["build", "--lite-dir", lite, "--contents", lite / "files", "--output-dir", out]
    run([fetched.python, "-m", "jupyterlite_core", *build, "--apps", "notebooks", "--no-sourcemaps"], "Bare page", lite)
    return out


def served(folder: Path, urls: set[str], address: str) -> int:
    """Bytes of these files as a web server sends them: text compressed."""
    total = 0
    for url in urls:
        path = folder / url.removeprefix(f"{address}/").split("?")[0].split("#")[0]
        if path.is_file():
            data = path.read_bytes()
            total += len(gzip.compress(data, 6)) if path.suffix in TEXT else len(data)
    return total


def measure(browser: Any, site: Path, plain: Path) -> dict[str, float]:
    found: dict[str, float] = {}
    for kind, folder in (("bare", plain), ("course", site)):
        running = server(folder, 0)
        threading.Thread(target=running.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{running.server_address[1]}"
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_init_script(WATCH)
        urls: set[str] = set()
        context.on("request", lambda sent, urls=urls: urls.add(sent.url))
        for heat in ("cold", "warm"):
            page = context.new_page()
            page.set_default_timeout(180_000)
            begun = time.perf_counter()
            if kind == "bare":
                page.goto(f"{address}/notebooks/index.html?path=bare.ipynb", wait_until="commit")
                page.evaluate(BARE)
                page.locator(".jp-OutputArea-output", has_text="here").wait_for()
            else:
                page.goto(f"{address}/live/notebooks/index.html?path=notebooks/01-quotes.ipynb", wait_until="commit")
                page.locator(".ml-block [data-act=check]").first.wait_for()
            found[f"{kind} {heat}"] = time.perf_counter() - begun
            if heat == "cold":
                found[f"{kind} MB"] = served(folder, urls, address) / 1e6
            if kind == "course" and heat == "cold":
                page.locator(".medialit-status", has_text="This page is ready").wait_for(state="attached")
                begun = time.perf_counter()
                page.locator(".medialit-panel a", has_text="Next: Exercises 1").click()
                page.locator('.ml-block[data-id="1.1"]').wait_for()
                found["course next page"] = time.perf_counter() - begun
                page.wait_for_function("() => document.documentElement.dataset.medialitKept")
            page.close()
        context.close()
        running.shutdown()
    return found


def memory(browser: Any, site: Path) -> Iterator[tuple[str, float]]:
    """(moment, MB of the page's process) while all of unit 1 is answered. Linux only."""
    running = server(site, 0)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(WATCH)
    page, opened = context.new_page(), walk.Site(running, site)
    page.set_default_timeout(120_000)
    opened.open(page, "notebooks/01-quotes")
    yield "lesson open", _largest()
    walk.answer_lesson(Mouse(page), page)
    yield "quiz answered", _largest()
    walk.answer_exercises(Mouse(page), page)
    yield "unit 1 answered", _largest()
    page.wait_for_timeout(15_000)
    yield "15 seconds later", _largest()
    context.close()
    opened.stop()


def _largest() -> float:
    """MB (PSS) of the largest page of any Chromium on this machine."""
    found = [0.0]
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if b"--type=renderer" in (process / "cmdline").read_bytes():
                found.append(pss(process.name))
    return max(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--memory", action="store_true", help="What the page takes while unit 1 is answered; nothing else in Chromium."
    )
    given = parser.parse_args()
    cache = kit_root() / ".site"
    with tempfile.TemporaryDirectory() as place, sync_playwright() as play:
        begun = time.perf_counter()
        site = Path(place, "site")
        build_site(site, cache, lambda words: None)
        print(f"built in {time.perf_counter() - begun:.0f} s with everything in the cache")
        print(f"site {sum(p.stat().st_size for p in site.rglob('*') if p.is_file()) / 1e6:.1f} MB")
        print(f"landing page {(site / 'index.html').stat().st_size / 1e3:.0f} KB")
        plain = bare(fetch(cache), Path(place))
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        all_runs = [measure(browser, site, plain) for _ in range(given.runs)]
        if given.memory:
            for moment, size in memory(browser, site):
                print(f"memory, {moment}: {size:.0f} MB")
    medians = {name: statistics.median(one[name] for one in all_runs) for name in all_runs[0]}
    for name, value in medians.items():
        print(f"{name}: {value:.1f}")
    for heat in ("cold", "warm"):
        print(f"{heat}: {medians[f'course {heat}'] / medians[f'bare {heat}']:.2f} times the bare page")
    print(f"next page: {medians['course next page'] / medians['course cold']:.2f} of the first")


if __name__ == "__main__":
    main()
