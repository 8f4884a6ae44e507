"""The dates behind a story, and the day that the story makes its readers believe in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from medialit.case.claims import Event
from medialit.show.charts import chart_view
from medialit.show.drawing import Axis, Drawing
from medialit.show.html import EVENTS, View
from medialit.show.tables import table_view

# Event -> color and shape: two signs for each.
_SIGNS = {"A": (EVENTS["A"], "circle"), "B": (EVENTS["B"], "triangle"), "jan-2024": ("#009E73", "square")}
_OTHER = (EVENTS["cannot tell"], "dash")


# Something that a paragraph tells: its number, what it says, and what happened.
Dot = tuple[int, str, Event]


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
            "Paragraph": f"¶{number}",
            "What it says": says,
            "What the record has": event.label,
            "Happened on": event.date,
            "Part of": names.get(event.event, "another dated event"),
        }
        for number, says, event in points
    ]
    table = table_view(rows, caption="When the things happened that the story tells")
    paragraphs = sorted({number for number, _, _ in points})
    first, last = day(min(event.date for _, _, event in points)), day(now)
    months = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in (1, 4, 7, 10)]
    span = sorted({event.date[:7] for _, _, event in points})
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
    for number, _, event in points:
        color, shape = _SIGNS.get(event.event, _OTHER)
        drawing.sign(day(event.date).toordinal(), number, shape, color)
        used.setdefault(names.get(event.event, "another dated event"), shape)
    lines = [f"{shape}: {name}" for name, shape in used.items()]
    drawing.below(lines)
    signs = "; ".join(lines)
    alt = f"Dots by paragraph and date. {title}. Signs: {signs}. The story's implied now is {now}. The table has every dot."
    return chart_view(drawing, alt, table)
