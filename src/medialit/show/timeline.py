"""The dates behind a story, and the day that the story makes its readers believe in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypedDict

from medialit.show.charts import figure_view, new_figure
from medialit.show.html import EVENTS, View
from medialit.show.tables import table_view

# Event -> colour and shape: two signs for each.
_SIGNS = {"A": (EVENTS["A"], "o"), "B": (EVENTS["B"], "^"), "jan-2024": ("#009E73", "s")}
_OTHER = (EVENTS["cannot tell"], "_")
_SHAPES = {"o": "circle", "^": "triangle", "s": "square", "_": "dash"}


class Dot(TypedDict):
    """Something that a paragraph tells: the number of the paragraph, when it happened, its event, and what it was."""

    paragraph: int
    date: str
    event: str
    label: str


def day(text: str) -> date:
    """A date such as 2024-03-18; the parts that are missing are taken as the first."""
    parts = [int(part) for part in text.split("-")]
    return date(*[*parts, 1, 1][:3])


def timeline_chart(points: Sequence[Dot], names: Mapping[str, str], now: str) -> View:
    """When the things happened that the paragraphs tell.

    ``points`` have ``paragraph`` (¶ number), ``date``, ``event`` and ``label``; ``names`` says what each event is; ``now``
    is the day that the story implies. Colour and shape tell the events apart.
    """
    rows = [
        {
            "Paragraph": f"¶{p['paragraph']}",
            "What it tells": p["label"],
            "Happened on": p["date"],
            "Part of": names.get(p["event"], "another dated event"),
        }
        for p in points
    ]
    table = table_view(rows, caption="When the things happened that the story tells")
    drawn = new_figure(7.6, 4.4)
    if drawn is None:
        return table
    from matplotlib.dates import date2num

    figure, axes = drawn
    used: dict[str, str] = {}
    for p in points:
        colour, shape = _SIGNS.get(p["event"], _OTHER)
        axes.scatter(date2num(day(p["date"])), p["paragraph"], color=colour, marker=shape, s=70, zorder=3)
        used.setdefault(names.get(p["event"], "another dated event"), _SHAPES[shape])
    axes.axvline(date2num(day(now)), color="#222222", linestyle="--", linewidth=1)
    top = axes.get_xaxis_transform()  # at the top, whichever paragraphs are shown
    axes.text(date2num(day(now)), 0.96, " the story’s “now”", transform=top, fontsize=10, va="top", ha="left")
    paragraphs = sorted({p["paragraph"] for p in points})
    axes.set_yticks(paragraphs, labels=[f"¶{n}" for n in paragraphs])
    axes.invert_yaxis()
    axes.grid(axis="y", color="#DDDDDD")
    first, last = day(min(p["date"] for p in points)), day(now)
    axes.set_xlim(date2num(date(first.year, 1, 1)), date2num(date(last.year, 5, 15)))
    months = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in (1, 4, 7, 10)]
    shown = [month for month in months if month <= last]
    axes.set_xticks(
        date2num(shown), labels=[f"{month:%b}\n{month.year}" if month.month == 1 else f"{month:%b}" for month in shown]
    )
    axes.set_xlabel("date on which it happened")
    span = sorted({p["date"][:7] for p in points})
    title = f"What the story tells happened from {span[0]} to {span[-1]}"
    axes.set_title(title, loc="left", fontsize=13, fontweight="bold", pad=10)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    lines = [f"{shape}: {name}" for name, shape in used.items()]
    axes.annotate("\n".join(lines), (0, -0.2), xycoords="axes fraction", fontsize=10, va="top")
    signs = "; ".join(lines)
    alt = f"Dots by paragraph and date. {title}. Signs: {signs}. The story's implied now is {now}. The table has every dot."
    return figure_view(figure, alt, table)
