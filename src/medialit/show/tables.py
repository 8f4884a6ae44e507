"""A plain table with a caption and headers that a screen reader announces."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from medialit.show.html import View, escape, page

# Words, numbers and dates stay whole in a narrow window, where the table scrolls: pages break long words elsewhere.
_CELL = "border:1px solid #909090;padding:4px 8px;vertical-align:top;overflow-wrap:normal;word-break:normal"
_WHOLE = re.compile(r"[¶#+−-]?[\d.,:–-]+ ?%?")
_SENTENCE = 32  # letters


def table_view(rows: Sequence[Mapping[str, object]], caption: str, columns: Sequence[str] | None = None) -> View:
    """Rows of named cells as a table. The first column names the row; numbers stand to the right."""
    names = list(columns or (rows[0] if rows else ()))
    cells = [[_shown(row.get(name)) for name in names] for row in rows]
    return View(_text(caption, names, cells), page(_html(caption, names, cells)))


def _shown(value: object) -> str:
    return "" if value is None else f"{value:.1f}" if isinstance(value, float) else str(value)


def _is_number(text: str) -> bool:
    return text.rstrip(" %").replace(".", "", 1).replace(",", "").lstrip("+-−").isdigit()


def _room(text: str) -> str:
    """A number, a date or a paragraph mark stays on one line, and a sentence has the width to be read."""
    return ";white-space:nowrap" if _WHOLE.fullmatch(text) else ";min-width:10em" if len(text) > _SENTENCE else ""


def _text(caption: str, names: list[str], cells: list[list[str]]) -> str:
    widths = [max(len(name), *(len(row[i]) for row in cells), 0) for i, name in enumerate(names)] if cells else []
    lines = [caption]
    if cells:
        lines.append("  ".join(name.ljust(w) for name, w in zip(names, widths, strict=True)).rstrip())
        lines += ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join(lines)


def _html(caption: str, names: list[str], cells: list[list[str]]) -> str:
    numeric = [i > 0 and all(_is_number(row[i]) for row in cells) for i in range(len(names))]
    sides = ["right" if number else "left" for number in numeric]
    head = "".join(
        f'<th scope="col" style="{_CELL};text-align:{side}">{escape(name)}</th>'
        for name, side in zip(names, sides, strict=True)
    )
    body = []
    for row in cells:
        style = [f"{_CELL};text-align:{side}{_room(value)}" for value, side in zip(row, sides, strict=True)]
        line = f'<th scope="row" style="{style[0]};font-weight:400">{escape(row[0])}</th>' if row else ""
        line += "".join(
            f'<td style="{how}">{escape(value)}</td>' for value, how in zip(row[1:], style[1:], strict=True)
        )
        body.append(f"<tr>{line}</tr>")
    # A wide table scrolls in a narrow window: the keyboard must be able to reach it.
    region = f'tabindex="0" role="region" aria-label="{escape(caption)}"'
    return (
        f'<div {region} style="overflow-x:auto;margin:8px 0"><table style="border-collapse:collapse;font-size:15px;margin:0">'
        f'<caption style="text-align:left;font-weight:700;padding:4px 0;caption-side:top">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )
