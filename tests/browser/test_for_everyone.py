"""The looking itself is tested: planted faults are seen, the lab's own frame is not judged."""

import pytest
from everyone import AXE, is_ours, missing, too_wide, violations, wear
from lab import PANEL, Mouse

from medialit.units.registry import UNITS

# What is planted into an output, and the rule that must see it.
FAULTS = {
    "image-alt": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" width="40" height="40">',
    "button-name": '<button style="width:40px;height:40px"></button>',
    "label": '<input type="text">',
    "select-name": "<select><option>a</option></select>",
    "color-contrast": '<p style="color:#999;background:#fff">Grey words on white</p>',
    "target-size": '<button style="width:12px;height:12px;padding:0;border:0">a</button>'
    '<button style="width:12px;height:12px;padding:0;border:0">b</button>',
    "aria-allowed-attr": '<div role="status" aria-checked="true">words</div>',
}
PLANT = """
([place, html]) => {
  document.querySelector('#planted')?.remove();
  const made = document.createElement('div');
  made.id = 'planted';
  made.innerHTML = html;
  document.querySelector(place).append(made);
}
"""
OUTPUT = f"{PANEL} .jp-OutputArea-output"


@pytest.fixture
def opened(lab, page):
    if not AXE.is_file():
        missing("axe-core is not installed, so no state is held against WCAG. Run make test-browser where npm is.")
    hand = Mouse(page)
    lab.open(page, f"notebooks/{UNITS[0].folder}.ipynb")
    hand.make_room()
    wear(page, "light", 1280)
    hand.run_all()
    return page


def test_planted_faults_are_seen_in_an_output_and_only_there(opened):
    assert violations(opened) == []
    for rule, html in FAULTS.items():
        opened.evaluate(PLANT, [OUTPUT, html])
        assert any(fault.startswith(f"{rule},") for fault in violations(opened)), f"{rule} was not seen"
    # The same in the bar of buttons that JupyterLab draws: not ours to mend, so not judged.
    opened.evaluate(PLANT, [f"{PANEL} .jp-NotebookPanel-toolbar", "".join(FAULTS.values())])
    assert violations(opened) == []


def test_what_is_too_wide_is_seen_and_what_scrolls_by_itself_is_not(opened):
    wear(opened, "light", 320)
    assert too_wide(opened) == []
    wide = '<div style="width:900px">wide</div>'
    opened.evaluate(PLANT, [OUTPUT, wide])
    assert any("too wide" in fault for fault in too_wide(opened))
    opened.evaluate(PLANT, [OUTPUT, f'<div style="overflow-x:auto">{wide}</div>'])
    assert too_wide(opened) == []


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("http://127.0.0.1:8899/lab", True),
        ("ws://127.0.0.1:8899/api/kernels", True),
        ("data:image/png;base64,AA", True),
        ("blob:http://127.0.0.1:8899/1", True),
        ("http://127.0.0.1:88990/lab", False),
        ("https://cdn.example.org/font.css", False),
        ("http://127.0.0.1/", False),
    ],
)
def test_a_request_to_somebody_else_is_seen(url, ours):
    assert is_ours(url, "http://127.0.0.1:8899") is ours
