"""The tests before and after, for a class and never for one person: right answers, d′, bias c, gain, and transfer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from medialit.classroom.report.frames import Frames
from medialit.english import percent
from medialit.exercises.sittings import AFTER, BEFORE, LATER, unit_of
from medialit.exercises.statements import FORMS, load_forms, load_texts
from medialit.files import course_path, load_yaml
from medialit.scoring.detection import ENOUGH, Detection, detect, more_suspicious_only, normalised_gain, told
from medialit.show.html import View, paragraph
from medialit.show.tables import table_view

if TYPE_CHECKING:
    import pandas as pd

# A change of d' or c that is smaller than this is no change.
LEAST = 0.1
NO_KEY = (
    "Tests were handed in, and the key is not at hand, so nothing is scored. Grade again with --test-key and the file "
    "course/tests/key.yaml of a copy of the project."
)
_HOW = (
    "Only learners who handed in both tests are counted, each as one. d′ says how well the class tells statements that hold "
    "from those that do not: 0 is chance. c says where it leans: below 0 it calls too much not true, above 0 too little. "
    "Both are about the class; for one person they are mostly chance."
)


def before_and_after(frames: Frames) -> View:
    """The tests where at least ten learners took both; the warning of mere suspicion; on-article against transfer."""
    found = frames.statements
    if found.empty:
        return paragraph("The tests before and after were not taken. Nothing is compared.")
    if found["unsound"].isna().any():
        return paragraph(NO_KEY)
    both = _both(found)
    if len(both) < ENOUGH:
        return paragraph(
            f"Fewer than {ENOUGH} learners handed in both tests. Nothing is compared: the numbers would be mostly chance, "
            "and could point at a person."
        )
    mine = found[found["learner"].isin(both)]
    first, second = (mine[mine["unit"] == unit_of(which)] for which in (BEFORE, AFTER))
    view = paragraph(_HOW) + _table(first, second, len(both))
    view += _gains(first, second, both) + paragraph(by_chance(len(both))) + _warning(first, second)
    return view + _forms(first) + _later(found, both)


def _both(found: pd.DataFrame) -> list[str]:
    sets = [set(found[found["unit"] == unit_of(which)]["learner"]) for which in (BEFORE, AFTER)]
    return sorted(sets[0] & sets[1])


def _cuts(first: pd.DataFrame, second: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame, pd.DataFrame]]:
    """(title, before, after): all statements, then those on the article, then those on texts that no unit shows."""
    yield "all statements", first, second
    old, new = (frame["case"].isin(load_texts()) for frame in (first, second))
    yield "on the article", first[~old], second[~new]
    yield "transfer: new texts", first[old], second[new]


def _detect(frame: pd.DataFrame) -> Detection | None:
    return detect([bool(x) for x in frame["unsound"]], [bool(x) for x in frame["called"]])


def _means(frame: pd.DataFrame) -> dict[str, float]:
    """Each learner's share of right answers; a statement without an answer is not right."""
    cases = set(frame["case"])
    length = sum(s.case in cases for s in load_forms()[FORMS[0]].statements)
    return (frame.groupby("learner")["score"].sum() / length).to_dict() if length else {}


def _table(first: pd.DataFrame, second: pd.DataFrame, learners: int) -> View:
    rows = []
    for title, a, b in _cuts(first, second):
        for name, frame in (("before", a), ("after", b)):
            detection = _detect(frame)
            means = list(_means(frame).values())
            rows.append(
                {
                    "Statements": f"{title}, {name}",
                    "Right": percent(sum(means) / learners),
                    "d′": f"{detection.d_prime:z.2f}" if detection else "–",
                    "c": f"{detection.bias:z.2f}" if detection else "–",
                    "Not true, and called so": percent(detection.hit_rate) if detection else "–",
                    "True, but called not true": percent(detection.false_alarm_rate) if detection else "–",
                }
            )
    return table_view(rows, caption=f"Before and after, {learners} learners who took both")


def _gains(first: pd.DataFrame, second: pd.DataFrame, both: list[str]) -> View:
    rows = []
    for title, a, b in _cuts(first, second):
        before, after = _means(a), _means(b)
        gain = normalised_gain([before.get(x, 0.0) for x in both], [after.get(x, 0.0) for x in both])
        if gain:
            told = f"{gain.value:z.2f}", f"{gain.low:z.2f} to {gain.high:z.2f}"
            rows.append({"Statements": title, "Normalised gain": told[0], "95% interval": told[1]})
    if not rows:
        return paragraph("A gain cannot be given: everything was right before.")
    text = (
        "Normalised gain is the part of what was missing before that was won: (after − before) / (1 − before). Without a "
        "class that was not taught, part of it is practice. An interval that holds 0 shows no gain."
    )
    return table_view(rows, caption="Gain of the class") + paragraph(text)


def by_chance(learners: int) -> str:
    """How far the numbers move in a class that learned nothing, by a simulation (``benchmarks/forms.py``), in a sentence."""
    expected = load_yaml(course_path("tests", "expected.yaml"))[0]["by_chance"]
    size = max((n for n in expected if n <= learners), default=min(expected))
    moves = expected[size]
    return (
        f"In 95 of 100 simulated classes of {size} learners who learned nothing, chance alone moved d′ by at most "
        f"{moves['d_prime']:.2f}, c by at most {moves['c']:.2f} and the gain by at most {moves['gain']:.2f}. A smaller "
        "change says nothing. When a class only guesses “not true” more often, d′ can rise a little as well."
    )


def _warning(first: pd.DataFrame, second: pd.DataFrame) -> View:
    """More suspicious and not more accurate? Said for all statements and for the transfer."""
    lines: list[str] = []
    for title, a, b in _cuts(first, second):
        before, after = _detect(a), _detect(b)
        if before and after and more_suspicious_only(before, after, LEAST):
            lines.append(
                f"Warning ({title}): the class has become more suspicious, and not more accurate. It calls more statements "
                "not true than before, true ones as well. Practise with sound statements, and show what makes them sound."
            )
    if not lines:
        return paragraph("No sign that the class has become more suspicious without becoming more accurate.")
    return _joined(lines)


def _forms(first: pd.DataFrame) -> View:
    """Were the forms equally hard? Told by those who met each of them first."""
    lines = []
    for form in FORMS:
        mine = first[first["form"] == form]
        n = mine["learner"].nunique()
        if n < ENOUGH:
            return paragraph(f"Fewer than {ENOUGH} learners began with form {form}, so the two forms are not compared.")
        means = _means(mine)
        lines.append(f"Form {form} came first for {n} learners: {percent(sum(means.values()) / n)} right.")
    return _joined(
        [*lines, "Each learner's order was drawn, so a difference of the two forms falls on both tests alike."]
    )


def _later(found: pd.DataFrame, both: list[str]) -> View:
    mine = found[(found["unit"] == unit_of(LATER)) & found["learner"].isin(both)]
    n = mine["learner"].nunique()
    if n < ENOUGH:
        return paragraph(f"Fewer than {ENOUGH} of these learners handed in the recheck.")
    per_learner = mine.groupby("learner")["score"].sum() / len(load_forms()["R"].statements)
    text = f"A week later, {n} of them had {percent(per_learner.mean())} of eight other statements right."
    return paragraph(text + (f" {told(detection, 'There')}" if (detection := _detect(mine)) else ""))


def _joined(lines: list[str]) -> View:
    return reduce(add, map(paragraph, lines))
