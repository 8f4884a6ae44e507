"""Unit 2: verdicts, what they rest on, and how the class looked."""

from __future__ import annotations

from collections import Counter
from functools import partial

from medialit.case import load_case
from medialit.files import COURSE_CASE
from medialit.scoring.detection import detect, told
from medialit.show.html import View, paragraph
from medialit.show.tables import table_view
from medialit.units.class_answers import HIDE_BELOW, ClassAnswers, cells_of, part, shown, tell
from medialit.units.registry import number_of

_number = partial(number_of, "claims")

# Verdicts that say: the statement holds as it stands.
SOUND = "supported"


def verdicts(frames: ClassAnswers, case: str = COURSE_CASE) -> View:
    """Right verdict against given verdict of “verify”, first attempts; and whether the class doubts too much."""
    answers = frames.answers("claims", "verify", case)
    if len(answers) < HIDE_BELOW:
        return tell("few", task=_number("verify"))
    gold = load_case(case).claim_gold
    right = {name: claim.verdict for name in gold.verify if (claim := gold.claim(name))}
    pairs = [
        (right[claim], cells["verdict"])
        for answer in answers
        if isinstance(answer, dict)
        for claim, cells in answer.items()
        if claim in right and isinstance(cells, dict) and cells.get("verdict")
    ]
    labels = list(dict.fromkeys([*right.values(), *(given for _, given in pairs)]))
    counts = Counter(pairs)
    rows = [
        {"Right verdict": a, **{b: shown(counts[a, b]) for b in labels}, "Sum": _sum([counts[a, b] for b in labels])}
        for a in dict.fromkeys(right.values())
    ]
    table = table_view(rows, caption=f"Verdicts of {len(answers)} learners at the first attempt (columns: given)")
    found = detect([a != SOUND for a, _ in pairs], [b != SOUND for _, b in pairs])
    return table + (paragraph(told(found, f"In {_number('verify')}")) if found else tell("no_doubt"))


def evidence(frames: ClassAnswers, case: str = COURSE_CASE) -> View:
    """Claim by claim: what verdicts of “verify” rest on, first answers."""
    answers = [a for a in frames.answers("claims", "verify", case) if isinstance(a, dict)]
    if len(answers) < HIDE_BELOW:
        return View("", "")
    gold, rows = load_case(case).claim_gold, []
    for claim in (claim for name in gold.verify if (claim := gold.claim(name))):
        judged = [cells for a in answers if (cells := cells_of(a, claim.id)).get("verdict")]
        if len(judged) < HIDE_BELOW:
            continue
        cited = [[c for c in cells.get("evidence") or [] if isinstance(c, str)] for cells in judged]
        bearing = [[c for c in cards if c in claim.evidence] for cards in cited]
        fits = [claim.fits(cells["verdict"]) for cells in judged]
        n = len(judged)
        rows.append(
            {
                "Claim": claim.says,
                "Judged by": n,
                "Verdict fits": part(sum(fits), n),
                "No card cited": part(sum(not c for c in cited), n),
                "A card that bears on it": part(sum(bool(b) for b in bearing), n),
                "Two origins that bear": part(sum(len(gold.origins(b)) >= 2 for b in bearing), n),
                "Fits, but nothing bears": part(sum(f and not b for f, b in zip(fits, bearing, strict=True)), n),
            }
        )
    if not rows:
        return tell("none_judged", task=_number("verify"))
    caption = f"{_number('verify')}: claims and the evidence for them, first answers"
    return table_view(rows, caption=caption) + tell("guessed")


def looking(frames: ClassAnswers, case: str = COURSE_CASE) -> View:
    """How many left the story before they judged, by the steps of the progress files; and for how many this is unknown."""
    mine = frames.item("claims", "verify", "first")
    mine = mine[mine["case"] == case]
    if len(mine) < HIDE_BELOW:
        return View("", "")
    steps = [found for details in mine["details"] if isinstance(found := details.get("looked"), dict)]
    unseen = len(mine) - len(steps)
    blind = tell("unseen", n=len(mine), task=_number("verify"), unseen=shown(unseen))
    if len(steps) < HIDE_BELOW:
        return blind
    n = len(steps)
    asked = {
        "Opened a card before the first verdict": sum(bool(s.get("left_first")) for s in steps),
        "Opened cards of two origins or more": sum(int(s.get("origins", 0)) >= 2 for s in steps),
        "Opened cards of two months or more": sum(int(s.get("dates", 0)) >= 2 for s in steps),
    }
    rows = [{"At the evidence desk": text, "Learners": part(count, n)} for text, count in asked.items()]
    table = table_view(rows, caption=f"Leaving the story to look, {n} learners whose steps were handed in")
    return table + blind if unseen else table


def _sum(counts: list[int]) -> str:
    """The sum of a row; left out where it would give away the one cell that is hidden."""
    return "–" if sum(0 < n < HIDE_BELOW for n in counts) == 1 else str(sum(counts))


TITLE = "Claims: verdicts and evidence"
PARTS = (verdicts, evidence, looking)
