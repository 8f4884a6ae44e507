"""What is said on a page, as HTML: feedback, notes, and prompts in light Markdown (paragraphs, lists, **bold**, *emphasis*
and `code`; nothing else, and no HTML)."""

from __future__ import annotations

import re
from html import escape

from medialit.exercises.records import FOR_MEASURERS, Outcome, Result

_INLINE = (
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*([^*]+)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"(?<!\*)\*([^*\s][^*]*)\*"), r"<em>\1</em>"),
)
_ITEM = re.compile(r"\s*[-*]\s+")


def inline_html(text: str) -> str:
    """One line as HTML."""
    made = escape(text, quote=False)
    for pattern, put in _INLINE:
        made = pattern.sub(put, made)
    return made


def to_html(text: str) -> str:
    """Paragraphs and lists as HTML. Blank lines divide paragraphs."""
    parts = []
    for chunk in re.split(r"\n\s*\n", text.strip()):
        lines = chunk.splitlines()
        if lines and all(_ITEM.match(line) for line in lines):
            items = "".join(f"<li>{inline_html(_ITEM.sub('', line, count=1))}</li>" for line in lines)
            parts.append(f'<ul style="margin:4px 0">{items}</ul>')
        elif lines:
            parts.append(f'<p style="margin:4px 0">{inline_html(" ".join(line.strip() for line in lines))}</p>')
    return "".join(parts)


def to_text(text: str) -> str:
    """The same without signs, for a place that shows plain text only."""
    return re.sub(r"\*\*([^*]+)\*\*|(?<!\*)\*([^*\s][^*]*)\*|`([^`]+)`", lambda m: m[1] or m[2] or m[3], text.strip())


def result_html(result: Result, *, after: str = "") -> str:
    """Sign, outcome word, message and next step; measures fold away; ``after`` is plain text such as the attempts so far."""
    outcome = Outcome(result.outcome)
    lines = [
        f'<p><span class="ml-sign" aria-hidden="true">{outcome.sign}</span> <strong>{outcome.capitalize()}.</strong> '
        f"{escape(result.message)}</p>"
    ]
    lines += [f"<p>{escape(line)}</p>" for line in (result.next_step, after) if line]
    if measured := result.measured:
        lines.append(f"<details><summary>{FOR_MEASURERS}</summary><p>{escape(measured)}</p></details>")
    return f'<div class="ml-said" data-outcome="{outcome}">{"".join(lines)}</div>'


def note_html(text: str, *more: str) -> str:
    """A plain note, such as a hint, or several lines of one; they are escaped here."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in (text, *more))
    return f'<div class="ml-note">{lines}</div>'
