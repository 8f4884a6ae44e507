"""A link that hands over a file from the page itself: nothing is fetched and nothing is sent."""

from __future__ import annotations

import base64

from medialit.show.html import LINK, View, escape


def data_address(data: bytes, kind: str) -> str:
    """An address that holds ``data`` itself; ``kind`` is its media type."""
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def link(name: str, data: bytes, kind: str, text: str = "Download") -> View:
    """A link that saves ``data`` under ``name``; ``kind`` is its media type. The text form names the file only."""
    shown = f"{text} {name}" if text == "Download" else f"{text} ({name})"
    address = escape(data_address(data, kind))
    return View(f"{text}: {name}", f'<a download="{escape(name)}" href="{address}" style="{LINK}">{escape(shown)}</a>')
