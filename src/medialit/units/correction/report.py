"""Unit 5: what the kit's part of a card earned, part by part. A reader's part stands in the reviews, not here."""

from __future__ import annotations

from functools import partial

from medialit.files import COURSE_CASE
from medialit.show.charts import bar_chart
from medialit.show.html import View
from medialit.show.tables import table_view
from medialit.units.class_answers import HIDE_BELOW, ClassAnswers, part, said, tell
from medialit.units.correction.page import POINTS
from medialit.units.registry import number_of

_number = partial(number_of, "correction")

# Each part of a card: the task that earns it, and what it is called.
SCORED = {
    "claims": ("verify", "Claims verified"),
    "independence": ("verify", "Independent evidence"),
    "quotations": ("correct", "Quotations unaltered"),
    "facts": ("correct", "Facts kept"),
    "claimreview": ("card", "Valid ClaimReview"),
}


def card(frames: ClassAnswers, case: str = COURSE_CASE) -> View:
    """The five parts of a card that are scored by the kit, best attempts: mean, and how many have all or nothing."""
    rows, shares, learners = [], [], set()
    for name, (task, title) in SCORED.items():
        mine = frames.item("correction", task, "best")
        mine = mine[mine["case"] == case]
        if len(mine) < HIDE_BELOW:
            continue
        learners |= set(mine["learner"])
        # An answer that was not begun has no parts: it earned nothing.
        earned = [float(details.get(name, 0.0)) for details in mine["details"]]
        mean, n = sum(earned) / len(earned), len(earned)
        shares.append((title, round(100 * mean)))
        rows.append(
            {
                "Part": f"{title} ({_number(task)})",
                "Worth": f"{POINTS[name]:.2f}",
                "Learners": n,
                "Points (mean)": f"{POINTS[name] * mean:.3f}",
                "All of it": part(sum(x >= 0.999 for x in earned), n),
                "Nothing": part(sum(x <= 0.001 for x in earned), n),
            }
        )
    if not rows:
        return tell("no_card", more=said("readers"))
    table = table_view(rows, caption=f"Parts of the card that the kit scores, {len(learners)} learners, best attempts")
    weak = min(shares, key=lambda pair: pair[1])
    title = f"Weakest part of the cards: {weak[0][0].lower()}{weak[0][1:]}, {weak[1]}%"
    told = "; ".join(f"{name} {share}%" for name, share in shares)
    return bar_chart(
        [name for name, _ in shares],
        [share for _, share in shares],
        title=title,
        unit="percent of its points, mean",
        alt=f"Bar chart. {title}. Mean share of the points: {told}.",
        table=table,
    ) + tell("readers")


TITLE = "The correction card"
PARTS = (card,)
