"""Unit 4: the matrix beside its key, pages that were grouped wrongly, and at which step the merge was seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import combinations
from typing import Any

from medialit.case.coverage import LABELS
from medialit.english import shortened
from medialit.files import COURSE_CASE
from medialit.show.charts import bar_chart, chart_view
from medialit.show.drawing import Grid, shade
from medialit.show.html import View, paragraph
from medialit.show.tables import table_view
from medialit.units.class_answers import HIDDEN, HIDE_BELOW, ClassAnswers, cells_of, part, said, shown, tasks_of, tell
from medialit.units.registry import number_of
from medialit.units.sources.matrix import sides

_number = partial(number_of, "sources")

SIGNS = dict(zip(LABELS, ("✓", "≈", "✗", "–"), strict=True))
# The guess about ¶8 at the beginning of the lesson, and the answer that sees more than one date.
GUESS = ("p1", "b")
# So large a part of the facts of each event has to be in its place.
HALF = 0.5


def matrix(frames: ClassAnswers, case: str = COURSE_CASE) -> View:
    """The heat map of “matrix”: for each cell the share of the class that fits the key, first answers."""
    answers = [a for a in frames.answers("sources", "matrix", case) if isinstance(a, dict)]
    if len(answers) < HIDE_BELOW:
        return tell("few", task=_number("matrix"))
    task: Any = tasks_of("sources", case)["matrix"]
    rows: list[dict[str, object]] = []
    shares: list[list[float | None]] = []
    turned = []
    confused: Counter[tuple[str, str]] = Counter()
    for row in task.rows:
        line: dict[str, object] = {"Fact": row.text}
        shares.append([])
        for source in task.sources:
            cell = row.cells[source]
            given = Counter(v for a in answers if (v := cells_of(a, row.key).get(source)) in LABELS)
            n, fits = sum(given.values()), given[cell.label] + (given[cell.other] if cell.other else 0)
            confused.update({(cell.label, v): k for v, k in given.items() if not cell.fits(v)})
            most = given.most_common(1)[0][0] if given else cell.label
            other = not cell.fits(most) and given[most] >= HIDE_BELOW
            share = part(fits, n) if n >= HIDE_BELOW else HIDDEN
            line[task.names[source]] = f"{SIGNS[cell.label]} {share}" + (f", most say {SIGNS[most]}" if other else "")
            shares[-1].append(fits / n if n >= HIDE_BELOW and share != HIDDEN else None)
            if other:
                turned.append((len(rows), len(shares[-1]) - 1))
        rows.append(line)
    caption = f"{_number('matrix')}: the key's sign and the share that fits it, {len(answers)} learners, first answers"
    signs = "; ".join(f"{sign} {label}" for label, sign in SIGNS.items())
    table = table_view(rows, caption=caption) + tell("signs", signs=signs)
    return _heat(task, shares, turned, table) + _confused(confused)


def _heat(task: Any, shares: list[list[float | None]], turned: list[tuple[int, int]], table: View) -> View:
    cells = [(i, j, share) for i, line in enumerate(shares) for j, share in enumerate(line)]
    known = [(share, i, j) for i, j, share in cells if share is not None]
    least = f"; the fewest fit in row {min(known)[1] + 1}" if known and min(known)[0] < 1 else ""
    title = f"In {len(turned)} of {len(cells)} cells most of the class differs from the key{least}"
    names = [task.names[name].replace(" ", "\n", 1) for name in task.sources]
    texts = [shortened(row.text, 46) for row in task.rows]
    across = "sign of the key, and percent of the class that fits it; the deeper the blue, the fewer; “!”: most differ"
    drawing = Grid(texts, names, title=title, across=across, width=900, ticks_above=True)
    for i, j, share in sorted(cells, key=lambda cell: cell[:2] in turned):  # the frames last, over their neighbors
        sign = SIGNS[task.rows[i].cells[task.sources[j]].label]
        words = sign if share is None else f"{sign} {100 * share:.0f}" + (" !" if (i, j) in turned else "")
        fill, ink = ("", "") if share is None else (shade(1 - share), "#FFFFFF" if share < 0.4 else "#222222")
        drawing.cell(j, i, fill, words, ink, framed=(i, j) in turned)
    return chart_view(drawing, f"Heat map of facts by sources. {title}. The table has every cell.", table)


def _confused(counts: Counter[tuple[str, str]]) -> View:
    rows = [
        {"The key has": right, "The class says": given, "Cells": n}
        for (right, given), n in counts.most_common(6)
        if n >= HIDE_BELOW
    ]
    return (
        table_view(rows, caption=f"{_number('matrix')}: labels taken for another, all learners and cells")
        if rows
        else View("", "")
    )


def grouping(frames: ClassAnswers, case: str = COURSE_CASE, top: int = 5) -> View:
    """“origins”: pages of one origin that were kept apart, and pages of two that were put together; first answers."""
    answers = [a for a in frames.answers("sources", "origins", case) if isinstance(a, dict)]
    if len(answers) < HIDE_BELOW:
        return tell("few", task=_number("origins"))
    task: Any = tasks_of("sources", case)["origins"]
    apart: Counter[tuple[str, str]] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for answer in answers:
        groups = {card: group for card in task.origins if isinstance(group := cells_of(answer, card).get("group"), str)}
        for pair in combinations(sorted(groups), 2):
            same, one = groups[pair[0]] == groups[pair[1]], task.origins[pair[0]] == task.origins[pair[1]]
            both[pair] += 1
            apart[pair] += one and not same
            together[pair] += same and not one
    rows = []
    for what, counts in (("one origin, kept apart", apart), ("two origins, put together", together)):
        worst = [(pair, n) for pair, n in sorted(counts.items(), key=lambda x: (-x[1], x[0])) if n >= HIDE_BELOW]
        for (a, b), n in worst[:top]:
            rows.append(
                {"Pages": f"{task.sites[a]} and {task.sites[b]}", "Mistake": what, "Learners": part(n, both[a, b])}
            )
    if not rows:
        return tell("none_grouped", task=_number("origins"))
    return table_view(
        rows, caption=f"{_number('origins')}: pages grouped wrongly most often, {len(answers)} learners, first answers"
    )


def merge(frames: ClassAnswers, case: str = COURSE_CASE) -> View:
    """How many saw that the story joins two events, and at which step each of them showed it first."""
    began = frames.graded[(frames.graded["unit"] == "sources") & (frames.graded["case"] == case)]["learner"].nunique()
    if began < HIDE_BELOW:
        return View("", "")
    tasks: Any = tasks_of("sources", case)
    if "timeline" not in tasks:
        return View("", "")  # the story tells one event
    tests: dict[str, tuple[Callable[[Any], bool], str, str]] = {
        "guess": (lambda answer: answer == GUESS[1], "Guess about ¶8", "“two or more” dates"),
        "matrix": (
            lambda a: _both_sides(tasks["matrix"], a),
            f"{_number('matrix')} matrix",
            "a source with the story on one fact and against it on another",
        ),
        "timeline": (
            lambda a: _two_piles(tasks["timeline"], a),
            f"{_number('timeline')} timeline",
            "half of each event's facts in their place",
        ),
        "test": (
            lambda a: tasks["test"].check(a).score >= tasks["test"].text.pass_at,
            f"{_number('test')} own test",
            "passed",
        ),
    }
    if case != COURSE_CASE:
        del tests["guess"]  # it is made in the lesson, about the story of the course
    seen: set[str] = set()
    rows, first = [], []
    for name, (shows, step, sign) in tests.items():
        mine = _tried(frames, name, case)
        who = {learner for learner, answer in mine if shows(answer)}
        first.append(len(who - seen))
        seen |= who
        n = len({learner for learner, _ in mine})
        rows.append(
            {
                "Step": step,
                "Counts as seen": sign,
                "Learners who answered": shown(n),
                "Showed it": part(len(who), n),
                "Showed it here first": part(first[-1], began),
            }
        )
    table = table_view(rows, caption=f"Seeing the merge, of {began} learners who began unit 4 (any attempt)")
    words = said("luck", timeline=_number("timeline"), test=_number("test"))
    enough = [n if n >= HIDE_BELOW else 0 for n in first]
    if not any(enough):
        return table + paragraph(words)
    title = f"Learners most often showed it first at: {rows[enough.index(max(enough))]['Step']}"
    # A total would give away a part that is hidden.
    if all(n >= HIDE_BELOW or not n for n in first) and (not (rest := began - len(seen)) or rest >= HIDE_BELOW):
        words = said("saw", part=part(len(seen), began), luck=words)
    parts = "; ".join(f"{row['Step']} {row['Showed it here first']}" for row in rows)
    return bar_chart(
        [str(row["Step"]) for row in rows],
        [round(100 * n / began) for n in enough],
        title=title,
        unit="showed it here first, percent of those who began",
        alt=f"Bar chart. {title}. First shown at: {parts}.",
        table=table,
    ) + paragraph(words)


def _tried(frames: ClassAnswers, name: str, case: str) -> list[tuple[str, Any]]:
    """(learner, answer) of every attempt at a step."""
    found = frames.attempts
    item = GUESS[0] if name == "guess" else _number(name)
    mine = found[(found["unit"] == "sources") & (found["item"] == item) & (found["case"] == case)]
    return list(zip(mine["learner"], mine["answer"], strict=True))


def _both_sides(task: Any, answer: Any) -> bool:
    """Whether cells that fit the key put a source with the story on one fact, and against it on another.

    Where no source of a case does both, it is enough that some source stands against a fact of the story.
    """
    story = task.case.coverage.article.id
    right, given = [], []
    for row in task.rows:
        mine = cells_of(answer, row.key)
        right.append((row.text, {k: c.label for k, c in row.cells.items()}))
        given.append((row.text, {k: v for k, c in row.cells.items() if c.fits(v := mine.get(k, ""))}))
    needed = 1 if sides(right, story)[1] else 0
    return bool(sides(given, story)[needed])


def _two_piles(task: Any, answer: Any) -> bool:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for piece in task.case.coverage.split:
        total[piece.event] += 1
        right[piece.event] += cells_of(answer, piece.claim).get("event") == piece.event
    return all(right[event] >= HALF * total[event] for event in task.events)


TITLE = "Sources: the matrix, origins and the merge"
PARTS = (matrix, grouping, merge)
