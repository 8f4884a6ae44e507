"""Charts of the sources lens: facts by source, and facts of a story by event. Each with its table and alt text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from textwrap import fill

from medialit.english import shortened
from medialit.show.charts import bar_chart, chart_view
from medialit.show.drawing import Axis, Drawing, Grid
from medialit.show.html import EVENTS, View
from medialit.show.tables import table_view

# A sign for each label: the chart can be read without colour.
SIGNS = {"states": "✓", "states differently": "≈", "contradicts": "✗", "not found": "–", "silent": "–", "unknown": "?"}
# A report that was read in part is not silent.
_SHOWN = {"unknown": "not found here"}
_GROUND = {"states": "#BFE3F5", "states differently": "#FBE3A6", "contradicts": "#F6BFA3"}
_SHAPES = {"A": "circle", "B": "triangle", "neither": "dash"}


def matrix_chart(rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[str]], caption: str) -> View:
    """Facts (rows) by sources (columns); ``cells`` are labels, empty where nothing was said. The title says the finding."""
    title = finding(cells)
    lines = [
        {
            "Fact": name,
            **{column: _signed(label) for column, label in zip(columns, line, strict=True)},
        }
        for name, line in zip(rows, cells, strict=True)
    ]
    table = table_view(lines, caption=caption)
    used = {label for line in cells for label in line}
    across = " · ".join(_signed(label) for label in SIGNS if label in used)
    drawing = Grid(rows, [_wrapped(name, 14) for name in columns], title=title, across=across, ticks_above=True)
    for y, line in enumerate(cells):
        for x, label in enumerate(line):
            drawing.cell(x, y, _GROUND.get(label, ""), SIGNS.get(label, ""), "#222222" if label in _GROUND else "")
    counts = Counter(label for line in cells for label in line if label)
    told = ", ".join(f"{n} times {_SHOWN.get(label, label)}" for label, n in counts.items())
    alt = f"Grid of {len(rows)} facts by {len(columns)} sources. {title}. Signs: {told}. The table has every cell."
    return chart_view(drawing, alt, table)


def _signed(label: str) -> str:
    """A sign and its word; empty for a cell without a label."""
    return f"{SIGNS.get(label, '')} {_SHOWN.get(label, label)}".strip()


def finding(cells: Sequence[Sequence[str]]) -> str:
    """What a grid of labels shows, in one line: where sources stand against each other, or share nothing."""
    split = sum("contradicts" in line and "states" in line for line in cells)
    if split:
        return f"{split} of {len(cells)} facts: one source states what another contradicts"
    groups = _groups(cells)
    if groups > 1:
        return f"The sources fall into {groups} groups that share none of these facts"
    stated = sum("states" in line for line in cells)
    return f"{stated} of {len(cells)} facts are stated by some source, and no source contradicts them"


def _groups(cells: Sequence[Sequence[str]]) -> int:
    """How many groups of sources there are, when two that state one fact belong together."""
    groups: list[set[int]] = []
    for line in cells:
        here = {x for x, label in enumerate(line) if label == "states"}
        touched = [group for group in groups if group & here]
        if here:
            groups = [group for group in groups if not group & here] + [here.union(*touched)]
    return len(groups)


Shares = tuple[str, Sequence[tuple[str, float]]]


def voices_pair(first: Shares, second: Shares, table: View) -> View:
    """Whose quoted words fill two texts: (name, [(side, share from 0 to 100), …]) each, the largest side first."""
    parts = [f"{name}: {found[0][0]} has {found[0][1]:.0f}%" for name, found in (first, second) if found]
    title = "; ".join(parts) or "Nobody is quoted"
    title = title[0].upper() + title[1:]
    labels = [f"{side}, {name}" for name, found in (first, second) for side, _ in found]
    values = [round(share) for _, found in (first, second) for _, share in found]
    series = [name for name, found in (first, second) for _ in found]
    told = "; ".join(f"{label} {value}%" for label, value in zip(labels, values, strict=True))
    alt = f"Bar chart of quoted words by side. {title}. {told}."
    return bar_chart(
        labels, values, title=title, unit="percent of the quoted words", alt=alt, table=table, series=series
    )


def words_chart(scores: Sequence[tuple[str, int, int, float]], table: View) -> View:
    """Words that stand out: (word, count here, count elsewhere, z) each, the highest z first."""
    if not scores:
        return table
    word, here, there, _ = scores[0]
    title = f"“{word}” stands out most: {here} times here, {there} in all others"
    told = "; ".join(f"{name} {z:.2f} ({n} to {m})" for name, n, m, z in scores)
    return bar_chart(
        [f"{name} ({n} : {m})" for name, n, m, _ in scores],
        [round(z, 2) for *_, z in scores],
        title=title,
        unit="how far from equal use (in brackets: times here : times elsewhere)",
        alt=f"Bar chart of how far each word is from equal use. {title}. Length of the bar and counts: {told}.",
        table=table,
    )


def split_chart(points: Sequence[tuple[int, str, str]], names: Mapping[str, str], title: str) -> View:
    """Facts of a story as somebody placed them: (paragraph number, event or ``neither``, words) each."""
    known = {key: names.get(key, "cannot be told") for key in ("A", "B", "neither")}
    rows = [{"Paragraph": f"¶{p}", "Fact": text, "Belongs to": known.get(event, event)} for p, event, text in points]
    table = table_view(rows, caption="Where you placed the facts of the story")
    lanes = {"A": 0, "neither": 1, "B": 2}
    drawing = Drawing(
        Axis(-0.5, 2.5, [(x, f"{_SHAPES[key]}:\n{_wrapped(known[key], 24)}") for key, x in lanes.items()]),
        Axis(-0.6, len(points) - 0.4, [(y, f"¶{p} {shortened(text, 38)}") for y, (p, _, text) in enumerate(points)]),
        title=title,
        height=12 + 30 * len(points),
        grid=True,
    )
    for y, (_, event, _text) in enumerate(points):
        drawing.sign(lanes.get(event, 1), y, _SHAPES.get(event, "dash"), EVENTS.get(event, EVENTS["cannot tell"]))
    counts = Counter(event for _, event, _ in points)
    told = "; ".join(f"{_SHAPES.get(key, 'dash')}, {known.get(key, key)}: {n}" for key, n in sorted(counts.items()))
    alt = f"Signs by paragraph and event. {title}. {told}. The table has every fact."
    return chart_view(drawing, alt, table)


def _wrapped(text: str, width: int) -> str:
    return fill(text, width, break_long_words=False, break_on_hyphens=False)
