"""How long a learner waits for the pen on a text of 50,000 words, in a real JupyterLab in Chromium.

Usage: python benchmarks/highlighter.py [--words 50000] [--marks 0 1000]

The wait is measured in the page: from the event (the mouse button comes up, a key goes down) to the frame in which the
chosen words or the mark are painted. Needs the extra ``browser`` and Chromium.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

import nbformat

from medialit.files import kit_root

sys.path.insert(0, str(kit_root() / "tests" / "browser"))
from lab import CHROMIUM, FLAGS, PANEL, Lab, Mouse

CELL = """
import time
import medialit
from medialit.article import Article
from medialit.exercises.forms import SpanForm
from medialit.widgets.forms import form_widget
from medialit.widgets.words import spoken_words
one = medialit.load_case("missile-tests").article.text.strip()
count = len(Article(one).words())
article = Article("\\n".join([one] * ({words} // count + 1)))
begun = time.perf_counter()
widget = form_widget(SpanForm((tuple(s.number for s in article.sentences),)), article)
words = [word for s in article.sentences for word in spoken_words(article, s.span)]
widget.set([[word.start, word.end] for word in words[: 3 * {marks} : 3]])
print(len(words), "words", round(time.perf_counter() - begun, 2), "s in Python")
widget
"""
# Notes the time from an event to the frame that shows its effect, and every task that blocks the page for 50 ms.
WATCH = """() => {
  window.waits = []; window.long = [];
  let at = 0;
  for (const name of ['pointerup', 'keydown', 'click'])
    document.addEventListener(name, () => { at = performance.now(); }, true);
  new MutationObserver((changes) => {
    if (!at) return;
    const from = at; at = 0;
    requestAnimationFrame(() => setTimeout(() => window.waits.push(performance.now() - from)));
  }).observe(document.querySelector('.mlh-text'), { childList: true, subtree: true });
  new PerformanceObserver((list) => window.long.push(...list.getEntries().map((e) => e.duration)))
    .observe({ type: 'longtask' });
}"""
# Two words of the paragraph in the middle of what is on show.
ENDS = """() => {
  const area = document.querySelector('.mlh-text').getBoundingClientRect();
  const all = [...document.querySelectorAll('.mlh-words')].filter((e) => {
    const r = e.getBoundingClientRect(); return r.top > area.top + 20 && r.bottom < Math.min(area.bottom, innerHeight) - 20;
  });
  const r = all[Math.floor(all.length / 2)].getBoundingClientRect();
  return [r.left + 12, r.top + 14, r.left + 320, r.top + 14];
}"""


def shown(name: str, waits: list[float], long: list[float]) -> None:
    most = max(long, default=0)
    print(
        f"  {name}: median {statistics.median(waits):.0f} ms, slowest {max(waits):.0f} ms of {len(waits)};"
        f" longest block of the page {most:.0f} ms"
    )


def measure(page, name: str, act, runs: int = 10) -> None:
    waits, long = [], []
    for number in range(runs):
        page.evaluate("window.waits.length = 0; window.long.length = 0")
        act(number)
        page.wait_for_function("window.waits.length > 0", timeout=20_000)
        page.wait_for_timeout(200)
        waits.append(page.evaluate("window.waits[0]"))
        long += page.evaluate("window.long")
    shown(name, waits, long)


def drag(page, number: int) -> None:
    """Draw over about ten words somewhere in the text."""
    page.evaluate(
        f"() => {{ const t = document.querySelector('.mlh-text'); t.scrollTop = t.scrollHeight * {number / 11}; }}"
    )
    page.wait_for_timeout(400)
    x, y, x2, y2 = page.evaluate(ENDS)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x2, y2, steps=3)
    page.mouse.up()


def run(words: int, marks: int) -> None:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        lab = Lab(Path(folder))
        try:
            notebook = nbformat.v4.new_notebook(
                cells=[nbformat.v4.new_code_cell(CELL.format(words=words, marks=marks))]
            )
            notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
            nbformat.write(notebook, lab.folder / "pen.ipynb")
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            lab.open(page, "pen.ipynb")
            Mouse(page).run_all()
            page.wait_for_selector(".mlh-words", timeout=60_000)
            print(page.locator(f"{PANEL} pre", has_text="s in Python").inner_text(), f"· {marks} marks")
            page.evaluate("document.querySelector('.mlh').scrollIntoView()")
            page.evaluate(WATCH)
            measure(page, "choose by mouse", lambda n: drag(page, n))
            mark = page.locator(".mlh-button", has_text="Mark").first

            def make(number: int) -> None:
                drag(page, number)
                page.wait_for_timeout(300)
                page.evaluate("window.waits.length = 0; window.long.length = 0")
                mark.click()

            measure(page, "mark what is chosen", make)
            page.evaluate("document.querySelector('.mlh-text').focus()")
            measure(page, "caret, one word on", lambda _: page.keyboard.press("ArrowRight"))
            measure(page, "extend by a sentence", lambda _: page.keyboard.press("Shift+ArrowDown"))
            page.keyboard.press("Control+Home")
            page.wait_for_timeout(500)
            measure(page, "choose the whole text", lambda _: page.keyboard.press("Control+Shift+End"), runs=1)
            browser.close()
        finally:
            lab.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=50_000)
    parser.add_argument("--marks", type=int, nargs="+", default=[0, 1000])
    asked = parser.parse_args()
    for number in asked.marks:
        run(asked.words, number)
