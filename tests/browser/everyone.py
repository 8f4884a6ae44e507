"""What must hold for everybody in every state: axe-core's WCAG rules, room at 320 px, nothing that falls out of a line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lab import PANEL, set_theme

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]}
# Of these, the ones that a change of theme and width alone can break: names, roles and states stay as they are.
OF_LOOKS = {
    "type": "rule",
    "values": ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"],
}

# Parts of a notebook that JupyterLab draws, with the reason for leaving each out. All else in the notebook is tested.
FRAME = {
    ".jp-NotebookPanel-toolbar": "JupyterLab's own buttons above the notebook",
    ".jp-InputArea": "JupyterLab's editor with the code of a cell, and the number before it",
    ".jp-OutputPrompt": "JupyterLab's number before an output",
    ".jp-OutputArea-promptOverlay": "JupyterLab's strip that folds an output",
    ".jp-Collapser": "JupyterLab's strip that folds a cell",
    ".jp-CellHeader, .jp-CellFooter": "JupyterLab's empty places around a cell",
    ".jp-cell-toolbar": "JupyterLab's buttons that hang over the chosen cell",
    ".jp-Notebook-footer": "JupyterLab's “Click to add a cell”",
    ".jp-InputPlaceholder, .jp-OutputPlaceholder": "JupyterLab's buttons for folded parts",
}
# Elements around our outputs that JupyterLab names and that are judged together with what is in them. They alone are
# left out, not their contents.
SHELLS = {
    ".jp-NotebookPanel, .jp-NotebookPanel-notebook": "the tab and the list of cells",
    ".jp-WindowedPanel-outer, .jp-WindowedPanel-inner, .jp-WindowedPanel-viewport": "the scrolling list of cells",
    ".jp-Cell, .jp-Cell-inputWrapper, .jp-Cell-outputWrapper, .jp-OutputArea, .jp-OutputArea-child": "a cell's frame",
    ".jp-InternalAnchorLink": "the ¶ that JupyterLab puts behind each heading",
}

_AXE = """
async ([panel, rules, frame, shells]) => {
  const root = document.querySelector(panel);
  const here = selector => [...root.querySelectorAll(selector)];
  // JupyterLab's body is 0 px high and hides what overflows it, its shell what is scrolled away: axe-core would take all
  // of that for hidden and judge no contrast.
  const hiding = [document.body, document.querySelector('.jp-LabShell')].filter(Boolean);
  hiding.forEach(e => { e.style.overflow = 'visible'; });
  // Markdown stands inside the input area: the text itself is ours.
  const found = await axe.run(
    {include: [panel], exclude: frame.filter(s => s !== '.jp-InputArea').map(s => [panel + ' ' + s])
      .concat([[panel + ' .jp-CodeCell .jp-InputArea'], [panel + ' .jp-InputPrompt']])},
    {runOnly: rules, rules: {'target-size': {enabled: true}}, resultTypes: ['violations']});
  hiding.forEach(e => { e.style.overflow = ''; });
  const said = [];
  for (const rule of found.violations)
    for (const node of rule.nodes) {
      const element = document.querySelector(node.target[node.target.length - 1]);
      if (element && element.matches(shells)) continue;
      const cell = element?.closest('.jp-Cell')?.dataset.windowedListIndex;
      said.push(`${rule.id}, cell ${+cell + 1}: ${node.html.slice(0, 200)}: ` +
        node.failureSummary.replace(/\\s+/g, ' ').slice(0, 200));
    }
  return said;
}
"""

# Content that is wider than its place, and small places to press. Tables and charts may scroll in a frame of their own.
_ROOM = """
panel => {
  const root = document.querySelector(panel), said = [];
  // The course view folds code away, and the story is in its panel.
  const folds = cell => cell.matches('.medialit-door, .medialit-story-cell') ||
    ![...cell.querySelectorAll('.jp-MarkdownOutput, .jp-OutputArea-output')].some(e => !e.querySelector('.medialit-plain'));
  const wanted = [...root.querySelectorAll('.jp-Cell')].filter(cell => !root.matches('.medialit-page') || !folds(cell));
  const hidden = wanted.filter(cell => cell.offsetHeight <= 10 || !cell.innerText.trim());
  if (!wanted.length || hidden.length) said.push(`not every cell is drawn: ${hidden[0]?.textContent.slice(0, 80)}`);
  const list = root.querySelector('.jp-WindowedPanel-outer') ?? root.querySelector('.jp-Notebook');
  // JupyterLab's line for folded code does not wrap.
  const folded = [...root.querySelectorAll('.jp-InputPlaceholder')];
  folded.forEach(e => { e.style.overflow = 'hidden'; [...e.children].forEach(part => { part.style.minWidth = 0; }); });
  const beyond = list.scrollWidth - list.clientWidth;
  if (beyond > 1) said.push(`the page scrolls sideways by ${beyond} px`);
  const scrolls = e => /auto|scroll/.test(getComputedStyle(e).overflowX);
  for (const area of root.querySelectorAll('.jp-OutputArea-output, .jp-MarkdownOutput')) {
    if (!area.clientWidth) continue;
    const edge = area.getBoundingClientRect().right + 1;
    for (const e of area.querySelectorAll('*')) {
      const box = e.getBoundingClientRect();
      if (!box.width || box.right <= edge || e.closest('.medialit-hidden, .ml-hidden')) continue;
      let inner = false;
      for (let up = e.parentElement; up && up !== area; up = up.parentElement) inner ||= scrolls(up);
      // Code that somebody typed or that a program printed keeps its lines: it scrolls.
      if (!inner && !e.closest('pre'))
        said.push(`${e.tagName.toLowerCase()}.${e.className} is ${Math.round(box.right - edge)} px too wide: ` +
          (e.textContent || '').trim().slice(0, 60));
    }
    if (said.length > 5) break;
  }
  return said;
}
"""


def violations(page, rules: dict = RULES) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA in the notebook on show, the lab's frame left out.

    Where axe-core is not installed there is nothing to find: then the tests of this file's own eyes are skipped and say so.
    """
    if not AXE.is_file():
        assert not os.environ.get("CI"), (
            "axe-core is not installed; on CI it may not be left out. Run make test-browser."
        )
        return []
    if not page.evaluate("() => !!window.axe"):
        page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    return page.evaluate(_AXE, [PANEL, rules, list(FRAME), ", ".join(SHELLS)])


def too_wide(page) -> list[str]:
    """What does not fit into the width of the window."""
    return page.evaluate(_ROOM, PANEL)


def look(page, where: str, rules: dict = RULES) -> None:
    """Nothing in this state is against the rules, and nothing is wider than the window."""
    faults = [*violations(page, rules), *too_wide(page)]
    assert not faults, f"{where}, {page.viewport_size['width']} px: {len(faults)} faults:\n" + "\n".join(faults[:12])


def wear(page, theme: str, width: int) -> None:
    """Show the page in a theme and at a width, and wait until it is laid out."""
    set_theme(page, theme)
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
    )


def look_in_both_themes(page, where: str, way: tuple[str, int]) -> None:
    """Look at the page as it is worn, then at its colours in the other theme; it is left as it was."""
    theme, width = way
    look(page, f"{where}, {theme}")
    other = "dark" if theme == "light" else "light"
    wear(page, other, width)
    look(page, f"{where}, {other}", OF_LOOKS)
    wear(page, theme, width)


def look_all_ways(page, where: str) -> None:
    """The same in light and dark, wide and narrow. The list of files must be closed."""
    for width in (1280, 320):
        wear(page, "light", width)
        look_in_both_themes(page, where, ("light", width))


def is_ours(url, address):
    """Does this request stay with the page itself or with the server of the test?"""
    own = address and url.startswith((f"{address}/", f"{address.replace('http', 'ws', 1)}/"))
    return bool(own) or url.startswith(("data:", "blob:", "about:", "file:"))


def missing(what):
    """Skip, or fail on CI: a test that could not run is never a test that passed."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} On CI the browser tests may not be skipped.", pytrace=False)
    pytest.skip(what)
