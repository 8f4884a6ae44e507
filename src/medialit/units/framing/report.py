"""Unit 3: how far the class agrees on each item, where it is split, and where it stands apart from the panel."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from medialit.case import load_case
from medialit.english import percent
from medialit.files import COURSE_CASE
from medialit.scoring.agreement import alpha_with_interval
from medialit.show.charts import chart_view
from medialit.show.drawing import SERIES, Axis, Drawing, steps
from medialit.show.html import View, paragraph
from medialit.show.tables import table_view
from medialit.units.class_answers import HIDE_BELOW, ClassAnswers, cells_of, said, tell
from medialit.units.registry import number_of

_number = partial(number_of, "framing")

# Between these shares of yes a class is split; further than that from the panel it stands apart.
SPLIT = (0.3, 0.7)
APART = 0.5
DRAWS = 400


class ItemAgreement(NamedTuple):
    """Agreement on one item, scaled as alpha is, with its interval over learners."""

    value: float
    low: float
    high: float


def alpha_by_item(votes: list[list[str | None]], draws: int = DRAWS, seed: int = 1) -> list[ItemAgreement | None]:
    """What each item adds to alpha: 1 − its disagreement / the disagreement expected over all items (Krippendorff 2011).

    ``votes``: one row an item, one entry a learner ("yes", "no" or None). Weighted by their votes, the values average to
    alpha. The interval draws learners again. None for an item with fewer than two votes, or where nothing varies at all.
    """
    import numpy as np

    yes = np.array([[v == "yes" for v in row] for row in votes], dtype=float)
    given = np.array([[v in ("yes", "no") for v in row] for row in votes], dtype=float)
    value = _by_item(yes.sum(1), given.sum(1))
    drawn = np.random.default_rng(seed).multinomial(yes.shape[1], [1 / yes.shape[1]] * yes.shape[1], draws)
    samples = _by_item(drawn @ yes.T, drawn @ given.T, again=True)
    # A draw in which nothing varies says nothing.
    kept = samples[:, ~np.isnan(value)]
    low, high = np.full_like(value, np.nan), np.full_like(value, np.nan)
    if kept.size:
        low[~np.isnan(value)], high[~np.isnan(value)] = np.nanpercentile(kept, [2.5, 97.5], axis=0)
    return [
        ItemAgreement(float(v), float(min(a, v)), float(max(b, v))) if np.isfinite(v) else None
        for v, a, b in zip(value, low, high, strict=True)
    ]


def _by_item(yes: Any, given: Any, again: bool = False) -> Any:
    """1 − observed / expected for each item (last axis). ``again``: of learners drawn again."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        observed = 2 * yes * (given - yes) / (given * (given - 1))
        if again:
            # Somebody who was drawn twice agrees with themselves: that is taken out again.
            observed = observed * given / (given - 1)
        counted = given >= 2
        all_yes, all_given = (np.where(counted, x, 0).sum(-1, keepdims=True) for x in (yes, given))
        expected = 2 * all_yes * (all_given - all_yes) / (all_given * (all_given - 1))
        return np.where(counted & (expected > 0), 1 - observed / expected, np.nan)


def coding(frames: ClassAnswers, case: str = COURSE_CASE) -> View:
    """Krippendorff's alpha of the class over the items of “items”, and by item beside the panel; split items first."""
    answers = [a for a in frames.answers("framing", "items", case, "best") if isinstance(a, dict)]
    if len(answers) < HIDE_BELOW:
        return tell("few_codings", task=_number("items"))
    gold = load_case(case).framing
    items = gold.codebook.items
    votes = {
        i.id: [v if (v := cells_of(a, i.id).get("answer")) in ("yes", "no") else None for a in answers] for i in items
    }
    found = alpha_with_interval(list(votes.values()), draws=DRAWS)
    alpha = {"value": found.value, "low": found.low, "high": found.high, "units": found.units}
    head = found.note if found.value is None else said("alpha", **alpha)
    rows = []
    for item, agreement in zip(items, alpha_by_item(list(votes.values())), strict=True):
        given = [v for v in votes[item.id] if v]
        if len(given) < HIDE_BELOW:
            continue
        yes, panel = given.count("yes") / len(given), gold.shares(item.id).get("yes", 0.0)
        split, apart = SPLIT[0] <= yes <= SPLIT[1], abs(yes - panel) >= APART
        rows.append(
            {
                "Item": f"{item.id} {item.short}",
                "Coded by": len(given),
                "Yes": percent(yes),
                "Panel, yes": percent(panel),
                "Agreement": f"{agreement.value:.2f} ({agreement.low:.2f} to {agreement.high:.2f})"
                if agreement
                else "–",
                "Next": "split: talk about it"
                if split
                else "apart from the panel: read the rule again"
                if apart
                else "",
            }
        )
    if not rows:
        return tell("none_coded", head=head)
    order = ("split", "apart", "")
    rows.sort(key=lambda row: order.index(str(row["Next"]).partition(":")[0].split(" ")[0]))
    table = table_view(rows, caption="Class coding by item beside the panel, split items first")
    return paragraph(head) + _chart(rows, len(gold.coders), table) + tell("scale") + _beside(answers, gold)


def _chart(rows: list[dict[str, Any]], coders: int, table: View) -> View:
    """Share of yes by item: the class as dots, the panel as squares, a line between them."""
    mine, theirs = ([float(row[name].rstrip("%")) for row in rows] for name in ("Yes", "Panel, yes"))
    split = sum("split" in row["Next"] for row in rows)
    apart = sum(abs(a - b) >= 100 * APART for a, b in zip(mine, theirs, strict=True))
    title = f"The class is split on {split} of {len(rows)} items, and far from the panel on {apart}"
    drawing = Drawing(
        Axis(-4, 104, steps(100), "answered yes, percent; the gray band is a split class"),
        Axis(-0.6, len(rows) - 0.4, [(y, str(row["Item"])) for y, row in enumerate(rows)]),
        title=title,
        height=12 + 30 * len(rows),
    )
    drawing.bar((100 * SPLIT[0], 100 * SPLIT[1]), (len(rows) - 1) / 2, len(rows), "")
    for y, (one, other) in enumerate(zip(mine, theirs, strict=True)):
        drawing.line((one, y), (other, y))
        drawing.sign(other, y, "square", SERIES[1][0])
        drawing.sign(one, y, "circle", SERIES[0][0])
    drawing.below([f"Blue dots: the class. Orange squares: the {coders} coders."])
    alt = f"Dots and squares by item. {title}. Dots: the class; squares: the {coders} coders. The table has both."
    return chart_view(drawing, alt, table)


def _beside(answers: list[dict[str, Any]], gold: Any) -> View:
    """How many answers of a learner stand with the panel's majority: the middle of the class, never one person."""
    shares = []
    for answer in answers:
        kept = [(v, gold.shares(i.id)) for i in gold.codebook.items if (v := cells_of(answer, i.id).get("answer"))]
        clear = [(v, shares_) for v, shares_ in kept if max(shares_.values()) > 0.5]
        if clear:
            shares.append(sum(shares_.get(v, 0.0) > 0.5 for v, shares_ in clear) / len(clear))
    # A quarter of fewer than 20 learners would be fewer than five.
    if len(shares) < 4 * HIDE_BELOW:
        return tell("few_beside", n=4 * HIDE_BELOW)
    shares.sort()
    low, middle, high = (shares[int(q * (len(shares) - 1))] for q in (0.25, 0.5, 0.75))
    return tell("beside", low=low, middle=middle, high=high)


TITLE = "Framing: how far the class agrees"
PARTS = (coding,)
