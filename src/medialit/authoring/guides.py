"""The parts of ``docs/`` that come from the course: clocks, wrong answers to expect, the table of units, the answer key.

In a guide, what stands between ``<!-- clock 50 -->`` and ``<!-- end -->`` is written here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from medialit.authoring.key import answer_key
from medialit.case import load_case
from medialit.errors import CaseError, MedialitError
from medialit.files import COURSE_CASE
from medialit.paths import CoursePath, load_paths
from medialit.paths.clock import clock_markdown, cut_minutes
from medialit.paths.leader import expected
from medialit.paths.load import find_path
from medialit.paths.unit import find_folder

KEY = "answer-key.md"
_BLOCK = re.compile(r"(<!-- (clock|wrong|units) ?([\w-]*) -->\n).*?(<!-- end -->)", re.DOTALL)
_OPENING = re.compile(r"<!-- (?:clock|wrong|units)\b")


def guides(root: Path) -> dict[Path, str]:
    """The text that each guide under ``docs/`` must have. Raises CaseError for a part that is not known or not closed."""
    docs = root / "docs"
    paths = load_paths(root / "course" / "paths.yaml")
    made = {
        guide: _filled(guide, guide.read_text(encoding="utf-8"), paths, root / "course")
        for guide in sorted(docs.glob("*.md"))
        if guide.name != KEY
    }
    return {**made, docs / KEY: answer_key(load_case(COURSE_CASE))}


def _filled(guide: Path, text: str, paths: list[CoursePath], course: Path) -> str:
    if len(_OPENING.findall(text)) != len(_BLOCK.findall(text)):
        line = text[: next(_OPENING.finditer(text)).start()].count("\n") + 1
        raise CaseError("A part that is filled in has no “<!-- end -->” after it.", file=guide, line=line)

    def fill(found: re.Match[str]) -> str:
        try:
            inner = _PARTS[found[2]](found[3], paths, course)
        except MedialitError as error:
            line = text[: found.start()].count("\n") + 1
            raise CaseError(str(error), file=guide, line=line) from None
        return f"{found[1]}{inner}\n{found[4]}"

    return _BLOCK.sub(fill, text)


def _clock(name: str, paths: list[CoursePath], _: Path) -> str:
    path = find_path(paths, name)
    parts = []
    for number, sitting in enumerate(path.sittings):
        if path.kind == "workshop":
            parts.append(f"Learners open `notebooks/{path.page(number)}.ipynb` ({sitting.minutes} minutes).")
        else:
            parts.append(f"**{sitting.title}** ({sitting.minutes} minutes)")
        parts.append(clock_markdown(sitting, room=path.kind == "workshop"))
    if saved := cut_minutes(path):
        parts.append(f"Skipping everything marked ✂ saves {saved} minutes.")
    return "\n\n".join(parts)


def _wrong(name: str, paths: list[CoursePath], course: Path) -> str:
    rows = ["| Question | They say | You say |", "|---|---|---|"]
    for one in expected(find_path(paths, name), COURSE_CASE):
        rows.append(f"| {one.unit}, {one.question} | {one.said} | {one.answer} ({one.code}) |")
    return "\n".join(rows)


def _units(_: str, paths: list[CoursePath], course: Path) -> str:
    """One line for each unit of the course: its minutes, and its exercises for a room, for oneself and optional."""
    alone = {sitting.unit: sitting.minutes for sitting in find_path(paths, "alone").sittings}
    rows = ["| Unit | In class | Alone | ★ in class | Alone as well | ☆ optional |", "|---|---|---|---|---|---|"]
    for sitting in find_path(paths, "course").sittings:
        if not sitting.unit:
            rows.append(f"| {sitting.title} | {sitting.minutes} | – | – | – | – |")
            continue
        tasks = find_folder(course, sitting.unit).tasks.values()
        star = [task.number for task in tasks if task.in_class]
        rest = [task.number for task in tasks if not task.in_class and not task.optional]
        more = [f"{task.number} ({task.minutes} min)" for task in tasks if task.optional]
        lists = " | ".join(", ".join(ids) for ids in (star, rest, more))
        rows.append(f"| {sitting.title} | {sitting.minutes} | {alone[sitting.unit]} | {lists} |")
    return "\n".join(rows)


_PARTS: dict[str, Callable[[str, list[CoursePath], Path], str]] = {"clock": _clock, "wrong": _wrong, "units": _units}
