"""How long a learner waits for the pen on a text of 50,000 words, in a real JupyterLab in Chromium.

Usage: python benchmarks/highlighter.py [--words 50000] [--marks 0 1000]

The wait is measured in the page: from the event (the mouse button comes up, a key goes down) to the frame in which the
chosen words or the mark are painted. A shared machine makes it longer, so the work is given too: the processor time of the
page's main thread for the whole of one action. Needs the extra ``browser`` and Chromium.
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
from lab import CHROMIUM, FLAGS, PANEL, WATCH, Lab, Mouse

CELL = """
import time
import medialit
from medialit.article import Article
from medialit.forms import SpanForm
from medialit.widgets.forms import form_widget
from medialit.widgets.words import spoken_words
one = medialit.load_case("missile-tests").article.text.strip()
count = len(Article(one).words())
article = Article("\\n".join([one] * ({words} // count + 1)))
begun = time.perf_counter()
widget = form_widget(SpanForm((tuple(s.number for s in article.sentences),), article=article))
words = [word for s in article.sentences for word in spoken_words(article, s.span)]
widget.set([[word.start, word.end] for word in words[: 3 * {marks} : 3]])
print(len(words), "words", round(time.perf_counter() - begun, 2), "s in Python")
widget
"""
# Notes the time from an event to the frame that shows its effect.
WAITS = """() => {
  window.waits = [];
  let at = 0;
  for (const name of ['pointerup', 'keydown', 'click'])
    document.addEventListener(name, () => { at = performance.now(); }, true);
  new MutationObserver((changes) => {
    if (!at) return;
    const from = at; at = 0;
    requestAnimationFrame(() => setTimeout(() => window.waits.push(performance.now() - from)));
  }).observe(document.querySelector('.mlh-text'), { childList: true, subtree: true });
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


class Hand:
    """Does one thing after the other and measures each."""

    def __init__(self, page) -> None:
        self.page = page
        self.inside = page.context.new_cdp_session(page)
        self.inside.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
        self.inside.send("Performance.enable")
        page.evaluate(WAITS)

    def work(self) -> float:
        """Processor time of the page's main thread so far, in ms."""
        metrics = {m["name"]: m["value"] for m in self.inside.send("Performance.getMetrics")["metrics"]}
        return 1000 * metrics["TaskDuration"]

    def measure(self, name: str, act, before=lambda number: None, runs: int = 10) -> None:
        waits, works = [], []
        for number in range(runs):
            before(number)
            self.page.wait_for_timeout(400)
            self.page.evaluate("window.waits.length = 0")
            begun = self.work()
            act()
            self.page.wait_for_function("window.waits.length > 0", timeout=60_000)
            works.append(self.work() - begun)
            waits.append(self.page.evaluate("window.waits[0]"))
        print(
            f"  {name}: wait median {statistics.median(waits):.0f} ms, longest {max(waits):.0f} ms; "
            f"work median {statistics.median(works):.0f} ms, most {max(works):.0f} ms"
        )

    def scroll(self, number: int) -> None:
        """Somewhere else in the text; the mouse button goes down on a word."""
        self.page.evaluate(
            f"() => {{ const t = document.querySelector('.mlh-text'); t.scrollTop = t.scrollHeight * {number / 11}; }}"
        )
        self.page.wait_for_timeout(400)
        x, y, x2, y2 = self.page.evaluate(ENDS)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x2, y2, steps=3)


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
            page.add_init_script(WATCH)
            lab.open(page, "pen.ipynb")
            Mouse(page).run_all()
            page.wait_for_selector(".mlh-words", timeout=60_000)
            print(page.locator(f"{PANEL} pre", has_text="s in Python").inner_text(), f"· {marks} marks")
            page.evaluate("document.querySelector('.mlh').scrollIntoView()")
            hand = Hand(page)
            keys = page.keyboard
            hand.measure("choose by mouse (the button comes up)", page.mouse.up, hand.scroll)

            def chosen(number: int) -> None:
                hand.scroll(number)
                page.mouse.up()

            mark = page.locator(".mlh-button", has_text="Mark").first
            hand.measure("mark what is chosen", mark.click, chosen)
            page.evaluate("document.querySelector('.mlh-text').focus()")
            hand.measure("caret, one word on", lambda: keys.press("ArrowRight"))
            hand.measure("extend by a sentence", lambda: keys.press("Shift+ArrowDown"))
            hand.measure("choose the whole text", lambda: keys.press("Control+Shift+End"), runs=1)
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
