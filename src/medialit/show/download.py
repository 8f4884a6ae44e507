"""A link that hands over a file from the page itself: nothing is fetched and nothing is sent."""

from __future__ import annotations

import base64

from medialit.show.html import LINK, View, escape


def link(name: str, data: bytes, kind: str, text: str) -> View:
    """A link that saves ``data`` under ``name``; ``kind`` is its media type. The text form names the file only."""
    held = base64.b64encode(data).decode()
    shown = f"{escape(text)} ({escape(name)})"
    href = f"data:{escape(kind)};base64,{held}"
    return View(f"{text}: {name}", f'<a download="{escape(name)}" href="{href}" style="{LINK}">{shown}</a>')
