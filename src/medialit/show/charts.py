"""Charts, each with its table beside it and an alt text that gives the same message. They are drawn as SVG, so that they
need no library, take the colors of the page, and look the same in the browser's own Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from medialit.show.drawing import SERIES, Axis, Drawing, steps
from medialit.show.html import View, escape, page
from medialit.show.tables import table_view

if TYPE_CHECKING:
    from medialit.lenses.voices import VoiceShare


def chart_view(drawing: Drawing, alt: str, table: View) -> View:
    """A drawing with its alt text, above its table. In a window too narrow for its words, it scrolls."""
    # What it is and what it says, so that no two of a page have one name.
    name = escape(". ".join(alt.split(". ")[:2]))
    html = f'<div tabindex="0" role="region" aria-label="{name}" style="overflow-x:auto">{drawing.svg(alt)}</div>'
    return View(f"{alt}\n\n{table.text}", page(html) + table.html)


def bar_chart(
    labels: Sequence[str],
    values: Sequence[float],
    *,
    title: str,
    unit: str,
    alt: str,
    table: View,
    series: Sequence[str] | None = None,
) -> View:
    """Horizontal bars, the first on top, each with its value written beside it.

    ``series`` names the group of each bar: groups differ by color and by hatch, and the label says which it is.
    """
    groups = list(dict.fromkeys(series or [""] * len(labels)))
    top = max([*values, 1])
    drawing = Drawing(
        Axis(0, top * 1.12, steps(top), unit),
        Axis(-0.6, len(labels) - 0.4, list(enumerate(labels))),
        title=title,
        height=12 + 36 * len(labels),
    )
    for place, value in enumerate(values):
        color, hatch = SERIES[groups.index(series[place] if series else "") % len(SERIES)]
        drawing.bar((0, value), place, 0.7, color, hatch=hatch)
        drawing.words(value, place, f"{value:g}", dx=6, anchor="start")
    return chart_view(drawing, alt, table)


def voices_chart(shares: Sequence[VoiceShare], bloc_of: Mapping[str, str]) -> View:
    """Whose words fill the story. ``shares`` are records with ``speaker``, ``words`` and ``share`` (percent)."""
    rows = [
        {
            "Speaker": s.speaker,
            "Speaks for": bloc_of.get(s.speaker, "–"),
            "Quoted words": s.words,
            "Share": f"{s.share:.0f}%",
        }
        for s in shares
    ]
    table = table_view(rows, caption="Words between double quotation marks, by speaker")
    blocs: dict[str, float] = {}
    for s in shares:
        name = bloc_of.get(s.speaker, s.speaker)
        blocs[name] = blocs.get(name, 0.0) + s.share
    if not blocs:
        return View(
            "Nobody is quoted between quotation marks here.", page("Nobody is quoted between quotation marks here.")
        )
    top = max(blocs, key=lambda name: blocs[name])
    title = f"{top}: {blocs[top]:.0f}% of all quoted words"
    parts = "; ".join(f"{s.speaker} {s.words}" for s in shares)
    alt = f"Bar chart. {title}. Quoted words by speaker: {parts}."
    labels = [f"{s.speaker}\n({bloc_of.get(s.speaker, '–')})" for s in shares]
    return bar_chart(
        labels,
        [s.words for s in shares],
        title=title,
        unit="words between double quotation marks",
        alt=alt,
        table=table,
        series=[bloc_of.get(s.speaker, "–") for s in shares],
    )
