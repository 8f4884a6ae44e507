"""Sections on the course as a whole: who did what, how hard each item is, which misconceptions stand behind errors."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from medialit.case import load_case
from medialit.classroom.marks import is_question
from medialit.classroom.pages import quizzes_of, titles_of
from medialit.classroom.report.frames import Frames
from medialit.english import count, percent, shortened
from medialit.errors import MedialitError
from medialit.scoring.items import ENOUGH, discrimination, kr20
from medialit.scoring.levels import LEVELS, level
from medialit.show.charts import bar_chart
from medialit.show.html import View, paragraph
from medialit.show.tables import table_view
from medialit.units.class_answers import HIDE_BELOW, shown
from medialit.units.registry import UNITS, UnitPlan, load_tasks, optional_tasks

if TYPE_CHECKING:
    import pandas as pd

# A pause longer than this ends a sitting.
PAUSE = 20 * 60
UNKNOWN = "–"
_COUNTED = {"task": "tasks", "question": "quiz"}


def completion(frames: Frames) -> View:
    """By unit: how many learners began, how much they did, their levels and their time."""
    rows = []
    for plan in UNITS:
        # Optional tasks are beside the course, and a part that nobody handed in (a quiz, say) is not known, not failed.
        mine = frames.best[(frames.best["unit"] == plan.name) & ~frames.best["item"].isin(optional_tasks(plan.name))]
        kinds = set(mine["kind"])
        # By story: each serves what it can.
        items = {case: served for case in set(mine["case"]) if (served := _served(plan, case, kinds))}
        mine = mine[mine["case"].isin(items)]
        began = mine["learner"].nunique()
        if not began:
            continue
        found = mine.groupby(["learner", "case"])["item"].nunique()
        done = (found / found.index.get_level_values("case").map(items)).groupby("learner").max()
        # As on a learner's own page: a level is about what was done, and appears once half of it was.
        reached = [level(share) for share in mine.groupby("learner")["score"].mean()[done >= 0.5]]
        beginning, emerging, mastery = (reached.count(name) for name in LEVELS)
        rows.append(
            {
                "Unit": plan.title,
                "Learners": shown(began),
                "Counted": " and ".join(_COUNTED[kind] for kind in ("task", "question") if kind in kinds),
                "Items tried": percent(done.mean()),
                "Mastery (.80 or more)": shown(mastery),
                "Emerging (.60 to .79)": shown(emerging),
                "Beginning": shown(beginning),
                "Less than half done": shown(began - len(reached)),
                "Minutes (median)": _minutes(frames.graded[frames.graded["unit"] == plan.name]),
            }
        )
    if not rows:
        return paragraph("Nobody has answered anything yet.")
    if all(row["Minutes (median)"] == UNKNOWN for row in rows):
        for row in rows:
            del row["Minutes (median)"]
    return table_view(rows, caption=f"Completion and levels, {count(frames.learners, 'learner')}")


def _served(plan: UnitPlan, case: str, kinds: set[str]) -> int:
    """How many items of these kinds a unit has on a case, without optional ones; on an unknown case, those of the course."""
    tasks, quiz = set(plan.texts), plan.quiz
    with suppress(MedialitError):
        story = load_case(case)
        tasks, quiz = set(load_tasks(plan, story)), plan.quiz_on(story)
    return len(tasks - optional_tasks(plan.name)) * ("task" in kinds) + len(quiz.questions) * ("question" in kinds)


def _sentence(unit: str, code: str, cases: list[str]) -> str:
    """What to say about a misconception: a story of one's own can have codes of its own."""
    return next((quiz.misconceptions[code] for quiz in quizzes_of(unit, *cases) if code in quiz.misconceptions), "")


def _minutes(attempts: pd.DataFrame) -> str:
    """The median time between first and last attempt, without long pauses; a dash where too few times were kept."""
    import pandas as pd

    timed = attempts[attempts["at"] != ""]
    # A progress file can be written by hand: a 13th month is no time.
    times = pd.to_datetime(timed["at"], utc=True, errors="coerce", format="%Y-%m-%dT%H:%M:%SZ")
    gaps = times.sort_values().groupby(timed["learner"]).diff().dt.total_seconds()
    # Of one attempt, or of attempts that are days apart, no time is known.
    spent = gaps.where(gaps <= PAUSE).groupby(timed["learner"]).sum(min_count=1).dropna() / 60
    return f"{spent.median():.0f}" if len(spent) >= HIDE_BELOW else UNKNOWN


def item_table(frames: Frames) -> View:
    """Difficulty of each item at the first attempt, and how it tells learners apart."""
    rows = []
    for unit in _units(frames):
        first = frames.first[frames.first["unit"] == unit]
        wide = first.pivot_table(index="learner", columns="item", values="score", aggfunc="first")
        for item in sorted(wide.columns, key=_by_number):
            scores = wide[item].dropna()
            if len(scores) < HIDE_BELOW:
                continue
            rows.append(_item_row(frames, unit, item, scores, wide))
    if not rows:
        return paragraph(f"No item has answers of {HIDE_BELOW} learners or more yet.")
    text = (
        "Difficulty is the mean score of first attempts: .30 to .70 tells most, up to .90 is good where everybody should "
        "master it. Discrimination is the correlation with the rest of the unit. It is shown from 30 learners on, "
        "because below that it is mostly chance. A flag is a reason to read the item, not to drop it."
    )
    return paragraph(text) + table_view(rows, caption="Items, first attempts")


def _item_row(frames: Frames, unit: str, item: str, scores: Any, wide: pd.DataFrame) -> dict[str, object]:
    rest = wide.drop(columns=item).loc[scores.index].mean(axis=1)
    both = rest.dropna().index
    found = discrimination(scores[both].tolist(), rest[both].tolist())
    mean = float(scores.mean())
    best = frames.item(unit, item, "best")["score"].mean()
    tries = frames.item(unit, item, "graded").groupby("learner").size()
    flag = ""
    if len(scores) >= ENOUGH:
        if found and found.high < 0.2:
            flag = "does not go with the rest: check the key"
        elif mean < 0.3:
            flag = "very hard"
        elif mean > 0.95 and is_question(item):
            flag = "nearly everybody right at once"
    return {
        "Unit": unit,
        "Item": shortened(f"{item} {titles_of(unit, *frames.cases(unit)).get(item, '')}", 70),
        "Learners": len(scores),
        "Difficulty": f"{mean:.2f}",
        "Best": f"{best:.2f}",
        "Attempts": f"{tries.mean():.1f}",
        "Discrimination": f"{found.value:z.2f} ({found.low:z.2f} to {found.high:z.2f})" if found else "–",
        "Look at it": flag,
    }


def reliability(frames: Frames) -> View:
    """KR-20 of each quiz over learners who answered all of its questions."""
    rows = []
    for unit in _units(frames):
        first = frames.first[(frames.first["unit"] == unit) & (frames.first["kind"] == "question")]
        wide = first.pivot_table(index="learner", columns="item", values="score", aggfunc="first").dropna()
        if len(wide) < HIDE_BELOW or wide.shape[1] < 2:
            continue
        value = kr20([[score >= 1 for score in row] for row in wide.to_numpy().tolist()])
        rows.append(
            {
                "Quiz": unit,
                "Questions": wide.shape[1],
                "Learners who answered all": len(wide),
                "KR-20": "undefined" if value is None else f"{value:.2f}",
            }
        )
    if not rows:
        return paragraph("No quiz was answered whole by five learners or more.")
    return paragraph(
        "KR-20 says how far the questions of a quiz measure one thing. Short quizzes on several ideas are low by design. "
        "From .60 on, a sum of points means something for a class. It is no reason to mark a person."
    ) + table_view(rows, caption="How far each quiz holds together")


def misconceptions(frames: Frames, top: int = 15) -> View:
    """Which misconception stands behind first wrong answers, with the sentence to say in class."""
    first = frames.first
    learners: dict[tuple[str, str], set[str]] = {}
    for unit, learner, codes in zip(first["unit"], first["learner"], first["codes"], strict=True):
        for code in set(codes):
            learners.setdefault((unit, code), set()).add(learner)
    counts = Counter({key: len(who) for key, who in learners.items() if len(who) >= HIDE_BELOW})
    if not counts:
        return paragraph("No misconception was shown by five learners or more.")
    began = {unit: first[first["unit"] == unit]["learner"].nunique() for unit in {unit for unit, _ in counts}}
    rows = [
        {
            "Code": code,
            "Unit": unit,
            "Learners": n,
            "Of those who began": percent(n / began[unit]),
            "Say in class": _sentence(unit, code, frames.cases(unit)),
        }
        for (unit, code), n in counts.most_common(top)
    ]
    table = table_view(rows, caption="Misconceptions at the first attempt")
    shown_rows = rows[:8]
    # A code alone can stand for two units.
    names = [f"{r['Code']}, {r['Unit']}" for r in shown_rows]
    title = f"Most often: {names[0]}, {shown_rows[0]['Of those who began']} of those who began"
    told = "; ".join(f"{name} {r['Learners']}" for name, r in zip(names, shown_rows, strict=True))
    return bar_chart(
        names,
        [n for _, n in counts.most_common(len(shown_rows))],
        title=title,
        unit="learners",
        alt=f"Bar chart. {title}. Learners by code and unit: {told}. The table has the sentences.",
        table=table,
    )


def _units(frames: Frames) -> list[str]:
    there = set(frames.first["unit"])
    return [plan.name for plan in UNITS if plan.name in there]


def _by_number(item: str) -> tuple[bool, float, str]:
    digits = "".join(c for c in item if c.isdigit() or c == ".")
    return is_question(item), float(digits) if digits.replace(".", "", 1).isdigit() else 0.0, item
