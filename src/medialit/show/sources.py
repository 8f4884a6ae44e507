"""Charts of the sources lens: facts by source, and facts of a story by event. Each with its table and alt text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from medialit.english import shortened
from medialit.show.charts import bar_chart, figure_view, new_figure
from medialit.show.html import EVENTS, View
from medialit.show.tables import table_view

# A sign for each label: the chart can be read without colour.
SIGNS = {"states": "✓", "states differently": "≈", "contradicts": "✗", "not found": "–", "silent": "–", "unknown": "?"}
_GROUND = {"states": "#BFE3F5", "states differently": "#FBE3A6", "contradicts": "#F6BFA3"}
_PLACES = (("A", "o", "circle"), ("B", "^", "triangle"))
_NEITHER = ("neither", "_", "dash")


def matrix_chart(rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[str]], caption: str) -> View:
    """Facts (rows) by sources (columns); ``cells`` are labels, empty where nothing was said. The title says the finding."""
    title = finding(cells)
    lines = [
        {
            "Fact": name,
            **{column: f"{SIGNS.get(label, '')} {label}".strip() for column, label in zip(columns, line, strict=True)},
        }
        for name, line in zip(rows, cells, strict=True)
    ]
    table = table_view(lines, caption=caption)
    drawn = new_figure(8.8, 1.2 + 0.42 * len(rows))
    if drawn is None:
        return table
    figure, axes = drawn
    for y, line in enumerate(cells):
        for x, label in enumerate(line):
            axes.barh(y, 1, left=x - 0.5, height=0.94, color=_GROUND.get(label, "#F2F2F2"), edgecolor="white")
            axes.text(x, y, SIGNS.get(label, ""), ha="center", va="center", fontsize=13, color="#222222")
    axes.set_yticks(range(len(rows)), labels=[_wrapped(name, 46) for name in rows], fontsize=9)
    axes.set_xticks(range(len(columns)), labels=[_wrapped(name, 14) for name in columns], fontsize=9)
    axes.invert_yaxis()
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set_title(title, loc="left", fontsize=13, fontweight="bold", pad=34)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    unread = "   ? unread" if any("unknown" in line for line in cells) else ""
    axes.set_xlabel(f"✓ states it   ≈ states it differently   ✗ contradicts it   – not found{unread}")
    counts = Counter(label for line in cells for label in line if label)
    told = ", ".join(f"{n} times {label}" for label, n in counts.items())
    alt = f"Grid of {len(rows)} facts by {len(columns)} sources. {title}. Signs: {told}. The table has every cell."
    return figure_view(figure, alt, table)


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
    parts = [f"{name}: {found[0][0]} has {found[0][1]:.0f} %" for name, found in (first, second) if found]
    title = "; ".join(parts) or "Nobody is quoted"
    title = title[0].upper() + title[1:]
    labels = [f"{side}, {name}" for name, found in (first, second) for side, _ in found]
    values = [round(share) for _, found in (first, second) for _, share in found]
    series = [name for name, found in (first, second) for _ in found]
    told = "; ".join(f"{label} {value} %" for label, value in zip(labels, values, strict=True))
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
        unit="z: how far from equal use (in brackets: times here : times elsewhere)",
        alt=f"Bar chart of z by word. {title}. z and counts: {told}.",
        table=table,
    )


def split_chart(points: Sequence[tuple[int, str, str]], names: Mapping[str, str], title: str) -> View:
    """Facts of a story as somebody placed them: (paragraph number, event or ``neither``, words) each."""
    known = {key: names.get(key, "cannot be told") for key in ("A", "B", "neither")}
    rows = [{"Paragraph": f"¶{p}", "Fact": text, "Belongs to": known.get(event, event)} for p, event, text in points]
    table = table_view(rows, caption="Where you placed the facts of the story")
    drawn = new_figure(7.6, 0.9 + 0.36 * len(points))
    if drawn is None:
        return table
    figure, axes = drawn
    lanes = {"A": 0, "neither": 1, "B": 2}
    for y, (_, event, _text) in enumerate(points):
        mark = next((m for k, m, _ in (*_PLACES, _NEITHER) if k == event), "_")
        axes.scatter(
            lanes.get(event, 1), y, color=EVENTS.get(event, EVENTS["cannot tell"]), marker=mark, s=90, zorder=3
        )
    axes.set_yticks(range(len(points)), labels=[f"¶{p} {shortened(text, 38)}" for p, _, text in points], fontsize=9)
    lines = {key: shape for key, _, shape in (*_PLACES, _NEITHER)}
    axes.set_xticks(list(lanes.values()), labels=[f"{lines[k]}:\n{_wrapped(known[k], 18)}" for k in lanes], fontsize=9)
    axes.set_xlim(-0.5, 2.5)
    axes.invert_yaxis()
    axes.grid(axis="y", color="#DDDDDD")
    axes.set_title(title, loc="left", fontsize=13, fontweight="bold", pad=10)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    counts = Counter(event for _, event, _ in points)
    told = "; ".join(f"{lines.get(key, 'dash')}, {known.get(key, key)}: {n}" for key, n in sorted(counts.items()))
    alt = f"Signs by paragraph and event. {title}. {told}. The table has every fact."
    return figure_view(figure, alt, table)


def _wrapped(text: str, width: int = 34) -> str:
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])
