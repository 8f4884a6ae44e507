"""Pictures of the framing lens: values by row and paragraph, with their table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import fill

from medialit.show.charts import figure_view, new_figure
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
    drawn = new_figure(9.2, 1.1 + 0.5 * len(rows))
    if drawn is None:
        return table
    figure, axes = drawn
    for y, name in enumerate(rows):
        for x, number in enumerate(paragraphs):
            value = values[name].get(number, 0)
            mine = own is not None and number in own.get(name, ())
            edge, width = ("#D55E00", 2.2) if mine else ("white", 0.8)
            colour, order = _shade(value / top), 3 if mine else 2
            axes.barh(y, 0.92, 0.88, x - 0.46, color=colour, edgecolor=edge, linewidth=width, zorder=order)
            if value:
                ink = "#FFFFFF" if value / top > 0.6 else "#222222"
                axes.text(x, y, f"{value:g}", ha="center", va="center", fontsize=9, color=ink, zorder=4)
    axes.set_yticks(range(len(rows)), labels=list(rows), fontsize=10)
    axes.set_xticks(range(len(paragraphs)), labels=[f"¶{p}" for p in paragraphs], fontsize=9)
    axes.invert_yaxis()
    axes.tick_params(length=0)
    framed = "; an orange frame: your choice" if own is not None else ""
    axes.set_xlabel(f"paragraph; the number: {unit}{framed}")
    axes.set_title(fill(title, 62), loc="left", fontsize=13, fontweight="bold", pad=10)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    told = "; ".join(f"{line[what]}: {line[f'Paragraphs ({unit})']}" for line in lines)
    return figure_view(figure, f"Heat map by paragraph. {title}. {told}.", table)


def _shade(share: float) -> str:
    """From pale grey to the kit's blue."""
    return "#" + "".join(f"{round(242 + (goal - 242) * share):02X}" for goal in (0, 90, 142))
