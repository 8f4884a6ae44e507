"""An article that somebody keeps as Markdown, as plain text. No word of it is changed."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from medialit.english import count, listed

# What is known about a text, between two lines of three hyphens at its very beginning.
_HEAD = re.compile(r"\A---[ \t]*\n((?:(?:[\w-]+:|[ \t#-]).*\n|\n)+)(?:---|\.\.\.)[ \t]*\n")
# What is called how, by the token that begins it.
_NAMES = {
    "heading_open": ("heading",),
    "strong_open": ("stretch in bold", "stretches in bold"),
    "em_open": ("stretch in italics", "stretches in italics"),
    "link_open": ("link",),
    "image": ("picture",),
    "list_item_open": ("item of a list", "items of lists"),
    "blockquote_open": ("block marked with >", "blocks marked with >"),
    "code_inline": ("stretch of code", "stretches of code"),
    "fence": ("block of code", "blocks of code"),
    "hr": ("dividing line",),
}


def without_signs(text: str) -> tuple[str, list[str], list[str]]:
    """(the text without the signs of Markdown, what was taken out in sentences, lines of it that are left out)."""
    from markdown_it import MarkdownIt

    text = "\n".join(text.splitlines()) + "\n"
    left: list[str] = []
    if head := _HEAD.match(text):
        left, text = head[1].splitlines(), text[head.end() :]
    known: dict[str, Any] = {}
    # An indented line begins a paragraph, and what looks like HTML may be words of the text.
    tokens = MarkdownIt("commonmark", {"html": False}).disable("code").parse(text, known)
    found: Counter[str] = Counter()
    blocks: list[str] = []
    number = ""
    for token in tokens:
        # The number of an item stays: a paragraph can begin with a year.
        number = f"{token.info}{token.markup} " if token.type == "list_item_open" and token.info else number
        found[token.type] += not number
        if token.type == "fence":
            blocks.append(token.content)
        elif token.type == "inline":
            inside = token.children or []
            found.update(child.type for child in inside)
            for child in inside:
                words = child.content if child.type == "image" else ""
                left.append(f"{words} {child.attrs.get('src') or child.attrs.get('href') or ''}".strip())
            blocks.append(number + "".join(map(_shown, inside)))
            number = ""
    left += [str(one.get("href", "")) for one in known.get("references", {}).values()]
    kinds = [count(found[name], *words) for name, words in _NAMES.items() if found[name]]
    led = " What links and pictures lead to is left out." if found["link_open"] or found["image"] else ""
    notes = [f"Signs of Markdown were taken out: {listed(kinds)}.{led}"] if kinds else []
    shown = "\n\n".join(blocks)
    return shown, notes, [line for line in left if line.strip() and line not in shown]


def _shown(token: Any) -> str:
    """What a reader sees of a piece of a line; of a picture nothing, because its words are not the writer's text."""
    return "\n" if token.type in ("softbreak", "hardbreak") else "" if token.type == "image" else str(token.content)
