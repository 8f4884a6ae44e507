"""Marks on a text: each has a label in words and a line pattern, so that colour never carries the meaning alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from medialit.show.html import GREY_LINE, LINES, chip, escape

if TYPE_CHECKING:
    from medialit.case.quotes import GoldQuote
    from medialit.lenses.quoting.quote import Quote

PATTERNS = {
    "direct": f"border-bottom:3px solid {LINES['direct']}",
    "mixed": f"border-bottom:3px dashed {LINES['mixed']}",
    "indirect": f"border-bottom:3px dotted {LINES['indirect']}",
    "scare": f"text-decoration:underline wavy {LINES['scare']}",
    "speaker": f"border:1px solid {GREY_LINE};border-radius:3px;padding:0 2px",
    "cue": "font-weight:700;font-variant:small-caps",
    "word": f"border-bottom:3px solid {GREY_LINE}",
}
WORDS = {
    "direct": "solid line: direct",
    "mixed": "dashed line: mixed",
    "indirect": "dotted line: indirect",
    "scare": "wavy line: scare quotes",
    "speaker": "box: the speaker",
    "cue": "bold small capitals: the cue",
    "word": "solid line: a marked word, with its class",
}


@dataclass(frozen=True)
class Mark:
    """A marked stretch from ``start`` to ``end``. ``kind`` names its pattern; ``label`` is shown in words before it."""

    start: int
    end: int
    kind: str
    label: str = ""


def quote_marks(quotes: Iterable[Quote | GoldQuote]) -> list[Mark]:
    """Marks for attributions, from the lens or from the gold: content by kind, speaker and cue."""
    found = []
    for quote in quotes:
        found.append(Mark(*quote.content, quote.kind, quote.kind))
        if quote.speaker:
            found.append(Mark(*quote.speaker, "speaker"))
        if quote.cue:
            found.append(Mark(*quote.cue, "cue"))
    return sorted(set(found), key=lambda m: (m.start, -m.end, m.kind))


def marked_html(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """The stretch of ``text`` from start to end as HTML. Marks may nest, overlap and cross its edges."""
    here = [m for m in marks if m.start < end and start < m.end]
    cuts = sorted({start, end, *(max(start, m.start) for m in here), *(min(end, m.end) for m in here)})
    made = []
    for a, b in pairwise(cuts):
        made += [chip(m.label, m.kind) + "\u2009" for m in here if max(start, m.start) == a and m.label]
        covering = [m for m in here if m.start <= a and b <= m.end]
        piece = escape(text[a:b])
        # The widest mark is written first, so that it stands outside.
        for m in sorted(covering, key=lambda m: m.end - m.start):
            piece = f'<span style="{PATTERNS[m.kind]}">{piece}</span>'
        made.append(piece)
        made += [_close(m) for m in reversed(here) if min(end, m.end) == b and m.label]
    return "".join(made) if here else escape(text[start:end])


def _close(mark: Mark) -> str:
    """A small closing bracket, so that nested marks show where each ends."""
    colour = LINES.get(mark.kind, GREY_LINE)
    return f'<span style="color:{colour};font-weight:700">\u2009⟩</span>'


def marked_text(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """The same in plain text: ``[mixed: …]``, ``{speaker}``, ``*cue*``."""
    signs = {"speaker": ("{", "}"), "cue": ("*", "*")}
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for m in sorted((m for m in marks if m.start < end and start < m.end), key=lambda m: m.start - m.end):
        left, right = signs.get(m.kind, (f"[{m.label or m.kind}: ", "]"))
        opening.setdefault(max(start, m.start), []).append(left)
        closing.setdefault(min(end, m.end), []).insert(0, right)
    made = []
    for i in range(start, end + 1):
        made += closing.get(i, []) + opening.get(i, [])
        made.append(text[i : i + 1] if i < end else "")
    return "".join(made)


def legend_html(marks: Iterable[Mark]) -> str:
    """What each pattern in use means, in words and shown once."""
    kinds = [kind for kind in PATTERNS if any(m.kind == kind for m in marks)]
    items = [f'<span style="{PATTERNS[kind]};margin-right:16px">{WORDS[kind]}</span>' for kind in kinds]
    return f'<p style="margin:8px 0">{" ".join(items)}</p>' if items else ""
