"""What every view has in common: its two forms, its colours, its frame.

JupyterLab cleans the stored outputs of a notebook that has not run yet: style sheets, scripts, ARIA and colour
variables go, plain inline styles stay. So the meaning is always in words and lines, and colour only supports it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape as _escape
from typing import Any

# Okabe & Ito (2008), darkened where text or a line would not stand out from white or from JupyterLab's dark grey.
LINES = {"direct": "#0072B2", "mixed": "#008F68", "indirect": "#B87A00", "scare": "#B96694"}
CHIPS = {"direct": "#00639C", "mixed": "#00755A", "indirect": "#855600", "scare": "#97406F"}
GREY_LINE, GREY_CHIP = "#808080", "#5A5A5A"
EVENTS = {"A": "#0072B2", "B": "#D55E00", "cannot tell": "#767676"}

# A link that stands alone: a line under it, because colour does not reach it everywhere, and room for a finger.
LINK = "display:inline-block;padding:4px 12px;line-height:24px;text-decoration:underline"
PAGE = "max-width:736px;font-size:16px;line-height:1.6"
_NOTE = "border-left:6px solid var(--jp-border-color1,#999);padding:4px 12px;margin:8px 0;max-width:736px"
RUN = "You can answer here by clicking, once this page has started."


@dataclass(frozen=True)
class View:
    """Something to look at: ``html`` for a notebook, ``text`` for a terminal, a screen without HTML, and tests."""

    text: str
    html: str

    def __str__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": self.text, "text/html": self.html}

    def __add__(self, other: View) -> View:
        """Two views, one below the other."""
        return View(f"{self.text}\n\n{other.text}", self.html + other.html)


def escape(text: str) -> str:
    """Text made safe for HTML."""
    return _escape(text, quote=True)


_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
RIGHT_TO_LEFT = re.compile(rf"[{_RIGHT}](?:[^A-Za-z<>&|*\n]*[{_RIGHT}])?")
_PARTS = re.compile(rf"<(style|script|title)\b.*?</\1>|<[^>]*>|(?P<run>{RIGHT_TO_LEFT.pattern})", re.S)


def spoken(html: str, language: str) -> str:
    """The same HTML with ``lang`` and ``dir`` around words that are written from right to left."""
    if not RIGHT_TO_LEFT.search(html):
        return html
    begin = f'<bdi lang="{escape(language)}" dir="rtl">'
    return _PARTS.sub(lambda found: f"{begin}{found[0]}</bdi>" if found["run"] else found[0], html)


def isolated(text: str) -> str:
    """The same for plain text: isolates around such words keep the punctuation of the sentence in place (Unicode UAX 9)."""
    return RIGHT_TO_LEFT.sub(lambda found: f"\u2068{found[0]}\u2069", text)


def page(inner: str) -> str:
    """A block in the width of a comfortable line."""
    return f'<div style="{PAGE}">{inner}</div>'


def chip(label: str, kind: str = "") -> str:
    """A small label in words: white on a dark ground, readable in light and dark themes."""
    ground = CHIPS.get(kind, GREY_CHIP)
    return (
        f'<span style="background-color:{ground};color:#FFFFFF;font-size:12px;line-height:16px;padding:1px 5px;'
        f'border-radius:4px;white-space:nowrap">{escape(label)}</span>'
    )


def run_line(more: str = "") -> str:
    """How to begin where nothing starts on its own; the course view hides it by its class. ``more`` is HTML."""
    return f'<p class="medialit-plain">{RUN}{more}</p>'


def titled(title: str, inner: str) -> str:
    """A block with a heading."""
    return page(f'<h3 style="margin:8px 0">{escape(title)}</h3>{inner}')


def code(text: str) -> str:
    """A line of code inside a sentence."""
    return f'<code style="white-space:pre-wrap;overflow-wrap:break-word">{escape(text)}</code>'


def note_view(text: str, *more: str, inner: str = "") -> View:
    """A plain note of one or more paragraphs; ``inner`` is HTML that follows them."""
    lines = [text, *(line for line in more if line)]
    shown = "".join(f'<p style="margin:4px 0">{escape(line)}</p>' for line in lines)
    return View("\n".join(lines), f'<div style="{_NOTE}">{shown}{inner}</div>')


def fold(view: View, title: str) -> View:
    """The view behind a line that opens it: by mouse, touch or keyboard, without a script."""
    line = f'<summary style="font-size:16px;padding:4px 0;cursor:pointer;font-weight:700">{escape(title)}</summary>'
    return View(view.text, f"<details>{line}{view.html}</details>")


def paragraph(text: str) -> View:
    """A line of prose."""
    return View(text, page(f'<p style="margin:8px 0">{escape(text)}</p>'))
