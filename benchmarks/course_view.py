"""How soon a page of the course can be answered, beside a bare notebook with one widget in the same browser and server.

Usage: python benchmarks/course_view.py [--runs 5]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Any

import nbformat

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))
from lab import CHROMIUM, FLAGS, WATCH, Lab
from playwright.sync_api import Page, sync_playwright

BARE = nbformat.v4.new_notebook(
    cells=[nbformat.v4.new_code_cell("import ipywidgets\nipywidgets.IntSlider()", id="a")],
    metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
)
OPEN_AND_RUN = """
async path => {
  const app = window.jupyterapp, start = performance.now();
  const panel = await app.commands.execute('docmanager:open', {path});
  await panel.context.ready;
  await panel.sessionContext.ready;
  await app.commands.execute('notebook:run-all-cells');
  while (!panel.node.querySelector('.widget-slider')) await new Promise(done => setTimeout(done, 5));
  return performance.now() - start;
}
"""
# From the click to the first thing that can be answered, and to the page that has run to its end.
CLICK_AND_WAIT = """
async ([selector, name]) => {
  const start = performance.now(), wait = () => new Promise(done => setTimeout(done, 5));
  const shown = () => {
    const panel = window.jupyterapp.shell.currentWidget;
    return panel?.context?.path.endsWith(name) && panel.node.matches('.medialit-page') ? panel.node : null;
  };
  [...document.querySelectorAll(selector)].find(link => link.offsetHeight).click();
  const asked = () => [...(shown()?.querySelectorAll('.ml-block :is(input, select, textarea)') ?? [])];
  while (!asked().some(one => one.offsetHeight)) await wait();
  const first = performance.now() - start;
  while (shown().matches('.medialit-busy')) await wait();
  return [first, performance.now() - start];
}
"""
# Click Check and wait until its feedback is drawn; in the page, so that no message of the test's own is in it.
CHECK = """
async number => {
  const block = [...document.querySelectorAll('.medialit-page:not(.lm-mod-hidden) .ml-block')]
    .find(one => one.offsetHeight && one.querySelector('input[type=radio]') && one.querySelector('[data-act=check]'));
  const inputs = [...block.querySelectorAll('input[type=radio]')], feedback = block.querySelector('.ml-feedback');
  inputs[number % inputs.length].click();
  // The draft is kept in the meantime, as when somebody looks once more before the click.
  await new Promise(done => setTimeout(done, 1000));
  const before = feedback.innerHTML, start = performance.now();
  block.querySelector('[data-act=check]').click();
  while (feedback.innerHTML === before) {
    if (performance.now() - start > 10000) throw new Error('Check brought no feedback.');
    await new Promise(done => setTimeout(done, 1));
  }
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}
"""


def opened(page: Page, lab: Lab) -> float:
    """Load JupyterLab itself on the start page; seconds until its layout stands."""
    begun = time.perf_counter()
    page.goto(f"{lab.address}/lab/tree/{lab.folder.name}/notebooks/00-start.ipynb?token=tok&reset")
    page.wait_for_function("() => window.jupyterapp?.restored.then(() => true)", polling=20)
    return time.perf_counter() - begun


def sitting(page: Page, lab: Lab, found: dict[str, list[float]]) -> None:
    """One sitting: the bare notebook, then from the start page to unit 1 and its exercises."""
    lab.fresh()
    nbformat.write(BARE, lab.folder / "bare.ipynb")
    opened(page, lab)
    page.locator(".medialit-foot .medialit-next").wait_for()
    page.wait_for_timeout(4000)  # somebody reads the start page; Python gets ready meanwhile
    first, whole = page.evaluate(
        CLICK_AND_WAIT, [".medialit-steps a[href$='01-quotes.ipynb']", "notebooks/01-quotes.ipynb"]
    )
    found["unit 1, first answer"].append(first)
    found["unit 1, whole page"].append(whole)
    for number in range(8):
        found["check"].append(page.evaluate(CHECK, number))
    page.wait_for_timeout(1000)
    first, whole = page.evaluate(
        CLICK_AND_WAIT, [".medialit-panel-foot .medialit-primary", "exercises/01-quotes.ipynb"]
    )
    found["next page, first answer"].append(first)
    found["next page, whole page"].append(whole)
    page.wait_for_timeout(1000)
    found["bare"].append(page.evaluate(OPEN_AND_RUN, f"{lab.folder.name}/bare.ipynb"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    found: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        labs = {}
        for name, plain in (("with", False), ("without", True)):
            (Path(place) / name).mkdir()
            labs[name] = Lab(Path(place) / name, plain)
        try:
            for _ in range(runs):
                page = new_page(browser)
                sitting(page, labs["with"], found)
                page.context.close()
                for name, lab in labs.items():
                    page = new_page(browser)
                    found[f"lab {name}"].append(1000 * opened(page, lab))
                    page.context.close()
        finally:
            for lab in labs.values():
                lab.stop()
            browser.close()
    report(found)


def new_page(browser: Any) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(WATCH)
    page = context.new_page()
    page.set_default_timeout(120_000)
    return page


def report(found: dict[str, list[float]]) -> None:
    bare = median(found["bare"])
    for name, values in found.items():
        middle = median(values)
        line = f"{name:28} {middle:7.0f} ms  ({min(values):.0f} to {max(values):.0f}, {len(values)} times)"
        if "page" in name or "answer" in name:
            line += f"  {middle / bare:.2f} of the bare notebook"
        print(line)
    checks = sorted(found["check"])
    print(f"check, 95th percentile       {checks[int(0.95 * (len(checks) - 1))]:7.0f} ms")
    print(f"JupyterLab's own start       {median(found['lab with']) / median(found['lab without']):7.2f} times")


if __name__ == "__main__":
    main()
