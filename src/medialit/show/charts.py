"""Charts, each with its table beside it and an alt text that gives the same message.

Drawn by matplotlib without its global state. Where matplotlib is missing, the table stands alone.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from medialit.show.download import data_address
from medialit.show.html import View, escape, page
from medialit.show.tables import table_view

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from medialit.lenses.voices import VoiceShare

STYLE = {
    "font.family": "sans-serif",
    "font.size": 11,
    "axes.titlesize": 13,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "hatch.linewidth": 0.6,
    "svg.hashsalt": "medialit",
}
BLUE = "#0072B2"
# Okabe & Ito (2008); each colour has a hatch as its second sign.
SERIES = (
    ("#0072B2", ""),
    ("#E69F00", "//"),
    ("#009E73", ".."),
    ("#CC79A7", "xx"),
    ("#999999", "--"),
    ("#56B4E9", "\\\\"),
)


def figure_view(figure: Figure | None, alt: str, table: View, *, least: int = 0) -> View:
    """A drawn figure with its alt text, above its table.

    ``least`` is the width in pixels below which its words could not be read: in a narrower window it scrolls.
    """
    if figure is None:
        return table
    width = f"min-width:{least}px;" if least else ""
    html = (
        f'<img src="{data_address(_png(figure), "image/png")}" alt="{escape(alt)}" '
        f'style="{width}max-width:100%;height:auto;background-color:#FFFFFF;border-radius:6px">'
    )
    if least:
        # What it is and what it says, so that no two of a page have one name.
        name = escape(". ".join(alt.split(". ")[:2]))
        html = f'<div tabindex="0" role="region" aria-label="{name}" style="overflow-x:auto">{html}</div>'
    return View(f"{alt}\n\n{table.text}", page(html) + table.html)


def _png(figure: Figure) -> bytes:
    """The figure as a small picture: sharp on fine screens, with a palette of 64 colours."""
    from PIL import Image

    drawn, small = io.BytesIO(), io.BytesIO()
    # Cut to what was drawn: a layout engine would cost every live kernel 3 MB.
    # Hardly compressed, because it is read again at once.
    figure.savefig(drawn, format="png", dpi=120, bbox_inches="tight", pad_inches=0.08, pil_kwargs={"compress_level": 1})
    # Its parts point at each other and would wait for the garbage collector: 5 MB after three runs of a cell.
    figure.clear()
    figure.canvas.renderer = None  # type: ignore[attr-defined]
    Image.open(drawn).convert("RGB").quantize(64).save(small, "png", optimize=True)
    return small.getvalue()


def new_figure(width: float, height: float) -> tuple[Figure, Axes] | None:
    """A figure with one set of axes in the kit's style, sizes in inches; None where matplotlib is missing."""
    try:
        from matplotlib import rc_context
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        return None
    with rc_context(STYLE):  # type: ignore[arg-type]  # its keys are a list of 300 names
        figure = Figure(figsize=(width, height), facecolor="white")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
    return figure, axes


def bar_chart(
    labels: Sequence[str],
    values: Sequence[float],
    *,
    title: str,
    unit: str,
    alt: str,
    table: View,
    series: Sequence[str] | None = None,
    least: int = 0,
) -> View:
    """Horizontal bars, the first on top, each with its value written beside it.

    ``series`` names the group of each bar: groups differ by colour and by hatch, and the label says which it is.
    ``least`` is as in ``figure_view``.
    """
    drawn = new_figure(7.2, 1.1 + 0.42 * len(labels))
    if drawn is None:
        return table
    figure, axes = drawn
    groups = list(dict.fromkeys(series or [""] * len(labels)))
    places = range(len(labels))
    for place, value in zip(places, values, strict=True):
        colour, hatch = SERIES[groups.index(series[place] if series else "") % len(SERIES)]
        axes.barh(place, value, color=colour, hatch=hatch, edgecolor="white", height=0.7)
        axes.annotate(f" {value:g}", (value, place), va="center", ha="left")
    axes.set_yticks(list(places), labels=list(labels))
    axes.invert_yaxis()
    axes.set_xlim(0, max([*values, 1]) * 1.12)
    axes.set_xlabel(unit)
    axes.set_title(title, loc="left", fontsize=13, fontweight="bold", pad=10)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return figure_view(figure, alt, table, least=least)


def voices_chart(shares: Sequence[VoiceShare], bloc_of: Mapping[str, str]) -> View:
    """Whose words fill the story. ``shares`` are records with ``speaker``, ``words`` and ``share`` (percent)."""
    rows = [
        {
            "Speaker": s.speaker,
            "Speaks for": bloc_of.get(s.speaker, "–"),
            "Quoted words": s.words,
            "Share": f"{s.share:.0f} %",
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
    title = f"{top}: {blocs[top]:.0f} % of all quoted words"
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
