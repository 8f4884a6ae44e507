"""How sure the class was, against how often it was right."""

from __future__ import annotations

from collections import Counter

from medialit.classroom.report.frames import Frames
from medialit.english import percent
from medialit.scoring.calibration import CHANCE, calibration_table
from medialit.show.calibration import calibration_chart
from medialit.show.html import View, paragraph
from medialit.show.tables import table_view
from medialit.units.class_answers import HIDE_BELOW


def certainty(frames: Frames, top: int = 6) -> View:
    """Certainty against hits over all questions and verdicts, and where the class is confident and wrong."""
    first = frames.first[frames.first["certainty"].notna()]
    if first["learner"].nunique() < HIDE_BELOW:
        return paragraph("Fewer than five learners marked how sure they are.")
    levels = [int(c) for c in first["certainty"]]
    right = [bool(score >= 1) for score in first["score"]]
    wrong = first[(first["certainty"] == 3) & (first["score"] < 1)]
    counts = Counter(zip(wrong["unit"], wrong["item"], strict=True))
    rows = [
        {"Item": f"{unit} {item}", "Learners sure and wrong": n}
        for (unit, item), n in counts.most_common(top)
        if n >= HIDE_BELOW
    ]
    table = calibration_chart(levels, right, "The class's")
    told = "; ".join(
        f"certainty {level.certainty} stands for {percent(CHANCE[level.certainty])} and was right "
        f"{percent(level.share)} of the time"
        for level in calibration_table(levels, right)
        if level.share is not None
    )
    more = (
        table_view(rows, caption="Confident and wrong: talk about these first")
        if rows
        else paragraph("No item has five learners or more who were sure and wrong.")
    )
    return table + paragraph(f"{told[:1].upper()}{told[1:]}.") + more
