"""The dates behind a story, and the day that the story makes its readers believe in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypedDict

from medialit.show.charts import chart_view
from medialit.show.drawing import Axis, Drawing
from medialit.show.html import EVENTS, View
from medialit.show.tables import table_view

# Event -> color and shape: two signs for each.
_SIGNS = {"A": (EVENTS["A"], "circle"), "B": (EVENTS["B"], "triangle"), "jan-2024": ("#009E73", "square")}
_OTHER = (EVENTS["cannot tell"], "dash")


class Dot(TypedDict):
    """Something that a paragraph tells: its number, what it says, when it happened, its event, and the record."""

    paragraph: int
    says: str
    date: str
    event: str
    label: str


def day(text: str) -> date:
    """A date such as 2024-03-18; the parts that are missing are taken as the first."""
    parts = [int(part) for part in text.split("-")]
    return date(*[*parts, 1, 1][:3])


def timeline_chart(points: Sequence[Dot], names: Mapping[str, str], now: str) -> View:
    """When the things happened that the paragraphs tell.

    ``names`` says what each event is; ``now`` is the day that the story implies. Color and shape tell the events apart.
    """
    rows = [
        {
            "Paragraph": f"¶{p['paragraph']}",
            "What it says": p["says"],
            "What the record has": p["label"],
            "Happened on": p["date"],
            "Part of": names.get(p["event"], "another dated event"),
        }
        for p in points
    ]
    table = table_view(rows, caption="When the things happened that the story tells")
    paragraphs = sorted({p["paragraph"] for p in points})
    first, last = day(min(p["date"] for p in points)), day(now)
    months = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in (1, 4, 7, 10)]
    span = sorted({p["date"][:7] for p in points})
    title = f"What the story tells happened from {span[0]} to {span[-1]}"
    drawing = Drawing(
        Axis(
            date(first.year, 1, 1).toordinal(),
            date(last.year, 5, 15).toordinal(),
            [(m.toordinal(), f"{m:%b}\n{m.year}" if m.month == 1 else f"{m:%b}") for m in months if m <= last],
            "date on which it happened",
        ),
        Axis(paragraphs[0] - 2, paragraphs[-1] + 1, [(n, f"¶{n}") for n in paragraphs]),
        title=title,
        height=300,
        grid=True,
    )
    drawing.line((last.toordinal(), paragraphs[0] - 2), (last.toordinal(), paragraphs[-1] + 1))
    drawing.words(last.toordinal(), paragraphs[0] - 2, "the story’s “now”", dx=-6, dy=10, anchor="end")
    used: dict[str, str] = {}
    for p in points:
        color, shape = _SIGNS.get(p["event"], _OTHER)
        drawing.sign(day(p["date"]).toordinal(), p["paragraph"], shape, color)
        used.setdefault(names.get(p["event"], "another dated event"), shape)
    lines = [f"{shape}: {name}" for name, shape in used.items()]
    drawing.below(lines)
    signs = "; ".join(lines)
    alt = f"Dots by paragraph and date. {title}. Signs: {signs}. The story's implied now is {now}. The table has every dot."
    return chart_view(drawing, alt, table)
