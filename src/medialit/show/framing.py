"""Pictures of the framing lens: values by row and paragraph, with their table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from medialit.show.charts import chart_view
from medialit.show.drawing import Grid, shade
from medialit.show.html import View
from medialit.show.tables import table_view


def heat_map(
    rows: Sequence[str],
    paragraphs: Sequence[int],
    values: Mapping[str, Mapping[int, float]],
    *,
    title: str,
    what: str,
    unit: str,
    own: Mapping[str, set[int]] | None = None,
) -> View:
    """Values above 0 by row and paragraph, the darker the larger; each cell also has its number.

    ``own`` are the paragraphs that a learner chose: they get a frame, and a column of the table.
    """
    top = max((v for line in values.values() for v in line.values()), default=1) or 1
    lines = []
    for name in rows:
        found = [f"¶{p} ({value:g})" for p, value in sorted(values[name].items()) if value]
        line = {what: name, f"Paragraphs ({unit})": ", ".join(found) or "none"}
        if own is not None:
            line["Yours (framed)"] = ", ".join(f"¶{p}" for p in sorted(own.get(name, ()))) or "none"
        lines.append(line)
    table = table_view(lines, caption=title)
    marked = "; an orange frame: your choice" if own is not None else ""
    across = f"paragraph; the number: {unit}{marked}"
    drawing = Grid(rows, [f"¶{p}" for p in paragraphs], title=title, across=across)
    cells = [
        (x, y, values[name].get(p, 0), own is not None and p in own.get(name, ()))
        for y, name in enumerate(rows)
        for x, p in enumerate(paragraphs)
    ]
    for x, y, value, mine in sorted(cells, key=lambda cell: cell[3]):  # the frames last, over their neighbors
        ink = "#FFFFFF" if value / top > 0.6 else "#222222"
        drawing.cell(x, y, shade(value / top) if value else "", f"{value:g}" if value else "", ink, framed=mine)
    told = "; ".join(f"{line[what]}: {line[f'Paragraphs ({unit})']}" for line in lines)
    return chart_view(drawing, f"Heat map by paragraph. {title}. {told}.", table)
