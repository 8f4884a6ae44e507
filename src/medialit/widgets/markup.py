"""Markdown light for prompts: paragraphs, lists, **bold**, *emphasis* and `code`. Nothing else, and no HTML."""

from __future__ import annotations

import re
from html import escape

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
