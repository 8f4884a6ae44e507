"""How sure somebody was, against how often that was right."""

from __future__ import annotations

from collections.abc import Sequence

from medialit.scoring.calibration import CHANCE, calibration_table
from medialit.show.charts import chart_view
from medialit.show.drawing import SERIES, Axis, Drawing
from medialit.show.html import View
from medialit.show.tables import table_view

FEW = 5
# So much more often right when sure than when unsure is the least that says something.
LEAST = 0.05


def calibration_chart(certainties: Sequence[int], right: Sequence[bool], whose: str = "Your") -> View:
    """Certainty levels 1 to 3 as stated chances, and the share that was right at each; the line is a perfect fit.

    ``whose`` opens the title: "Your" or "The class's".
    """
    levels = [level for level in calibration_table(certainties, right) if level.answers]
    rows = [
        {
            "Certainty": level.certainty,
            "Stands for": f"{100 * CHANCE[level.certainty]:.0f}%",
            "Answers": level.answers,
            "Right": level.right,
            "Share right": f"{100 * level.right / level.answers:.0f}%",
        }
        for level in levels
    ]
    table = table_view(rows, caption=f"{whose} certainty and how often it was right")
    few = len(certainties) < FEW
    right_share = sum(right) / len(right) if right else 0.0
    stated = sum(CHANCE[c] for c in certainties) / len(certainties) if certainties else 0.0
    gap = stated - right_share
    finding = "fits" if abs(gap) < 0.1 else "is higher than the hits" if gap > 0 else "is lower than the hits"
    if finding == "fits" and _flat([level.right / level.answers for level in levels if level.answers >= FEW]):
        # The mean can fit while every level is right equally often.
        finding = "says little"
    title = "Too few answers to see a pattern" if few else f"{whose} certainty {finding}"
    if not rows:
        return table
    drawing = Drawing(
        Axis(
            45,
            105,
            [(n, str(n)) for n in range(50, 101, 10)],
            f"chance that {whose[0].lower()}{whose[1:]} certainty stands for, percent",
        ),
        Axis(114, -14, [(n, str(n)) for n in range(0, 101, 20)], "answers that were right, percent"),
        title=title,
        height=270,
        width=460,
    )
    drawing.line((50, 50), (100, 100))
    for level in levels:
        x, y = 100 * CHANCE[level.certainty], 100 * level.right / level.answers
        drawing.sign(x, y, "circle", SERIES[0][0])
        told = f"{level.right} of {level.answers}" if level.answers < 100 else f"{y:.0f}%"
        # Away from the line, so that it does not run through the words.
        drawing.words(x, y, told, dy=-17 if y >= x else 17)
    parts = "; ".join(f"certainty {r['Certainty']}: {r['Right']} of {r['Answers']} right" for r in rows)
    return chart_view(drawing, f"Dots against a dashed line of perfect fit. {title}. {parts}.", table)


def _flat(shares: Sequence[float]) -> bool:
    """Whether the surest answers were hardly right more often than the least sure ones."""
    return len(shares) > 1 and shares[-1] - shares[0] < LEAST
