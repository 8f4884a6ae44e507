"""Figures of the class report: drawn by matplotlib without its global state, each with its table and alt text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from medialit.show.charts import framed
from medialit.show.download import data_address
from medialit.show.html import View, escape

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

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
    return framed(html, alt, table, least)


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
