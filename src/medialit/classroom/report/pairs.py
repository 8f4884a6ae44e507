"""Pairs of learners with the same wrong answers: a reason to talk with both, never a proof."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from itertools import combinations

from medialit.classroom.report.frames import Frames
from medialit.show.html import View, paragraph
from medialit.show.tables import table_view
from medialit.units.class_answers import HIDE_BELOW

# So many equal wrong answers that few others gave.
LEAST = 4
# An answer that more than this share of the class gave is no sign of anything.
RARE = 0.1


def same_wrong(frames: Frames, top: int = 10) -> View:
    """Pairs with four or more equal wrong first answers that at most a tenth of the class gave."""
    rows = pairs(frames)[:top]
    text = (
        "Two learners who sat together, or who share a mistaken idea, give the same wrong answers too. Use this list to ask "
        "both how they thought. It is no proof of copying."
    )
    if not rows:
        return paragraph("No two learners share four or more rare wrong answers.")
    lines = [{"One": a, "Other": b, "Equal rare wrong answers": n} for (a, b), n in rows]
    return paragraph(text) + table_view(lines, caption="Equal wrong answers")


def pairs(frames: Frames) -> list[tuple[tuple[str, str], int]]:
    """((learner, learner), equal rare wrong answers), most first."""
    wrong = frames.first[frames.first["score"] < 1]
    groups: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for unit, item, answer, learner in zip(
        wrong["unit"], wrong["item"], wrong["answer"], wrong["learner"], strict=True
    ):
        groups[unit, item, json.dumps(answer, sort_keys=True, ensure_ascii=False)].add(learner)
    most = max(2, int(RARE * frames.learners))
    counts: Counter[tuple[str, str]] = Counter()
    for who in groups.values():
        if 2 <= len(who) <= most:
            counts.update(combinations(sorted(who), 2))
    found = [(pair, n) for pair, n in counts.items() if n >= LEAST]
    return sorted(found, key=lambda entry: (-entry[1], entry[0])) if frames.learners >= HIDE_BELOW else []
