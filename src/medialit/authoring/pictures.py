"""Every picture of a notebook says in words what it shows: Markdown images, ``<img>``, drawings and stored charts."""

from __future__ import annotations

import re
from typing import Any

# An <img> whose alt is missing or empty, also when it runs over several lines.
NO_ALT = re.compile(r"""<img(?![^>]*(?<![-\w])alt\s*=\s*["'][^"']*[^"'\s])[^>]*>""", re.IGNORECASE)
# A Markdown image with empty brackets, or an <img> without words for those who do not see it.
NO_ALT_MARKDOWN = re.compile(r"!\[\s*\][(\[]|" + NO_ALT.pattern, re.IGNORECASE)
_CODE = re.compile(r"(?ms)^(```|~~~).*?^\1|`[^`\n]*`")
_DRAWING = re.compile(r"<svg\b([^>]*)>(.*?)</svg>", re.IGNORECASE | re.DOTALL)
_NAMED = re.compile(
    r"""(?<![-\w])(aria-label|aria-labelledby)\s*=\s*["'][^"']*[^"'\s]|aria-hidden\s*=\s*["']true""", re.IGNORECASE
)
_TITLE = re.compile(r"<title[^>]*>\s*[^<\s]", re.IGNORECASE)


def picture_fault(outputs: list[Any]) -> str:
    """What is wrong with the pictures that one cell stores, in a sentence; an empty text when nothing is."""
    for output in outputs:
        data = output.get("data", {})
        if any(kind.startswith("image/") for kind in data):
            return "This cell shows a picture without alt text. Show it with medialit.show, which asks for one."
        html = "".join(data.get("text/html", ""))
        if NO_ALT.search(html) or NO_ALT_MARKDOWN.search("".join(data.get("text/markdown", ""))):
            return "This cell shows an image without alt text. Say what it shows."
        for attributes, inner in _DRAWING.findall(html):
            if not _NAMED.search(attributes) and not _TITLE.search(inner):
                return "This cell shows a drawing without a name. Give the svg an aria-label that says what it shows."
    return ""


def markdown_fault(text: str) -> re.Match[str] | None:
    """The first image in a piece of Markdown that has no alt text. What stands in code is no image."""
    return NO_ALT_MARKDOWN.search(_CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text))


def without_words(notebook: Any) -> list[tuple[int, str]]:
    """(number of the cell, sentence) for each cell that shows a picture without words."""
    found = []
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "markdown" and markdown_fault(cell.source):
            found.append((number, "This image has no alt text. Say what it shows."))
        elif words := picture_fault(cell.get("outputs", [])):
            found.append((number, words))
    return found
