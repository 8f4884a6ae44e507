"""What the course view knows of the course: pages in order, their sections and code, the units' items, and the story.

Written to ``course.json`` beside the extension, so that nothing is typed twice. The extension runs a cell on its own only
when its code is listed here: this file comes with the installed kit, and a page cannot bring its own.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from medialit.authoring.source import CODE_DOOR, SourceCell
from medialit.case import Case, load_case
from medialit.english import listed
from medialit.errors import CaseError
from medialit.files import COURSE_CASE, EXERCISES, START_PAGE, kit_root
from medialit.forms.spans import SpanForm
from medialit.launch import LABEXTENSIONS
from medialit.paths import CoursePath, load_paths
from medialit.units.board import Origin, board_items, load_board
from medialit.units.registry import UNITS, UnitPlan, find_unit, load_tasks
from medialit.view import story_of

COURSE_JSON = Path("src", "medialit", "labextensions", "medialit", "course.json")
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_TIME = re.compile(r"^\| Time \| (.+?) \|$", re.MULTILINE)
WORKSHOP, BOARD = "notebooks/workshop-", "notebooks/05b-case-board"
# A call that shows something of an exercise, in a section that asks nothing itself.
_SHOWS = re.compile(r"^unit\.(?!summary|download|restore|read)\w+\(", re.MULTILINE)
_ALONE = re.compile(r"(\d+)(?: minutes)? alone")
_MINUTES = re.compile(r"(\d+) minutes")
_MARKUP = re.compile(r"<[^>]+>|[*`★☆]")

Built = tuple[str, tuple[SourceCell, ...]]


def course_json(root: Path, pages: Iterable[Built]) -> str:
    """The text of ``course.json``. ``pages`` are the learners' notebooks as ``("notebooks/01-quotes", cells)``."""
    from medialit import __version__

    paths = load_paths(root / "course" / "paths.yaml")
    case = load_case(COURSE_CASE)
    made = {name: _page(name, cells, paths) for name, cells in pages}
    data = {
        "version": __version__,
        "case": case.name,
        "start": f"notebooks/{START_PAGE}",
        "steps": list(_steps(made)),
        "workshops": list(_workshops(paths)),
        "pages": made,
        "items": {key: value for plan in UNITS for key, value in _items_of(plan, case)} | _guesses(),
        "story": story_of(case),
        "board": _board(case, root),
    }
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def course_on(case: Case) -> str:
    """What differs from ``course.json`` where exercises and questions are on another case, as JSON.

    A task or question that the case does not serve is nowhere in it, and a unit without any is not on the way: ``left`` has
    its pages, and ``served`` what each other page keeps. ``own`` is the case's story, for the exercise pages. What is still
    answered on the course's story says so.
    """
    course = json.loads((LABEXTENSIONS / "medialit" / "course.json").read_text(encoding="utf-8"))
    mine: dict[str, dict[str, Any]] = {}
    for plan in UNITS:
        # A unit whose file is damaged is left out, and the others open.
        with suppress(CaseError):
            mine |= _items_of(plan, case)
    guesses, board = _guesses(), _board(case, kit_root())
    served = {
        name: _served(name, page["sections"], course["items"], mine, guesses) for name, page in course["pages"].items()
    }
    for name, found in _times(case, course["pages"]):
        served[name] |= found
    for name, page in served.items():
        if not (board["pieces"] or name.startswith(WORKSHOP)):
            page["left"] += [one["title"] for one in page["sections"] if one["title"] == course["board"]["title"]]
            page["sections"] = [one for one in page["sections"] if one["title"] not in page["left"]]
    way = [name for step in course["steps"] for name in step["pages"]]
    offered = {name.partition("/")[0] for name in mine}
    for step in course["steps"]:
        if "unit" in step:
            asks = [name for name in step["pages"] if any(section["items"] for section in served[name]["sections"])]
            step["pages"] = asks if step["unit"] in offered else []
        elif BOARD in step["pages"] and not board["pieces"]:
            step["pages"] = []
    course["steps"] = [step for step in course["steps"] if step["pages"]]
    kept = [name for step in course["steps"] for name in step["pages"]]
    on_lessons = {name: item for name, item in course["items"].items() if name in guesses or name not in mine}
    data = {
        "case": case.name,
        "steps": course["steps"],
        "served": served,
        "left": {
            name: next((one for one in way[place:] if one in kept), course["start"])
            for place, name in enumerate(way)
            if name not in kept
        },
        "items": mine | {name: item | {"case": COURSE_CASE} for name, item in on_lessons.items()},
        "own": story_of(case),
        "board": board,
    }
    return json.dumps(data, ensure_ascii=False)


def _served(
    name: str,
    sections: list[dict[str, Any]],
    first: dict[str, Any],
    mine: dict[str, dict[str, Any]],
    guesses: dict[str, dict[str, Any]],
) -> dict[str, list[Any]]:
    """The sections of a page that a case keeps, and the headings of the others. ``first`` and ``mine`` are the items of the
    course's story and of the case."""

    def is_asked(item: str) -> bool:
        if name.startswith(f"{EXERCISES}/"):
            return item in mine
        if name.startswith(WORKSHOP):
            # All of it is about the story of the course; what is asked about this story as well has its own place.
            return item not in mine
        # A lesson works through the story of the course; only its questions do not.
        of_lesson = (item not in first and item not in mine) or item in guesses
        return of_lesson or ((item in mine) != ("number" in first.get(item, ())))

    def asked(items: list[str]) -> list[str]:
        # Where a lesson asks all questions of a unit, those about this story are asked as well.
        for plan in UNITS:
            whole = {f"{plan.name}/{question.id}" for question in plan.quiz.questions}
            if whole <= set(items):
                new = (one for one in mine if one.startswith(f"{plan.name}/") and one not in first)
                after = max(map(items.index, whole)) + 1
                items = [*items[:after], *(one for one in new if "number" not in mine[one]), *items[after:]]
        return items

    kept, left = [], []
    for section in sections:
        items = [item for item in asked(section["items"]) if is_asked(item)]
        about = section["items"] or section.get("after", [])
        if name.startswith(f"{EXERCISES}/") and about and not any(map(is_asked, about)):
            left.append(section["title"])
        else:
            kept.append({**section, "items": items})
    return {"sections": kept, "left": left}


def _times(case: Case, pages: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """How long the pages of each unit take on a case that serves a part of its exercises, for one person alone.

    What is named as an extra is what there is.
    """
    for plan in UNITS:
        with suppress(CaseError):
            tasks = load_tasks(plan, case)
            left = sum(plan.texts[one.label].minutes for one in tasks.left_out if not one.optional)
            rest = sum(task.text.minutes for task in tasks.values() if not task.optional)
            if left and rest:
                whole = round((pages[f"notebooks/{plan.folder}"]["minutes"] - left) / 5) * 5
                yield f"notebooks/{plan.folder}", {"minutes": whole, "time": f"about {whole} minutes alone"}
            if tasks.left_out and rest:
                extras = [task for task in tasks.values() if task.optional]
                more = (
                    f", ☆ {listed(one.label for one in extras)}: {sum(one.minutes for one in extras)} more if you like"
                )
                told = f"about {rest} minutes alone{more if extras else ''}"
                yield f"{EXERCISES}/{plan.folder}", {"minutes": rest, "time": told}


# --- one page ---------------------------------------------------------------------------------------------------------


def _page(name: str, cells: tuple[SourceCell, ...], paths: list[CoursePath]) -> dict[str, Any]:
    words = "\n".join(cell.text for cell in cells if cell.kind == "markdown")
    title = _TITLE.search(words)
    page: dict[str, Any] = {
        "title": _plain(title[1]) if title else name,
        "code": [cell.text for cell in cells if cell.kind == "code"],
        "sections": list(_sections(cells, exercises=name.startswith(f"{EXERCISES}/"))),
        **_places(cells),
    }
    if minutes := _minutes(name, words, paths):
        page["minutes"] = minutes
    return page


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).split())


def _minutes(name: str, words: str, paths: list[CoursePath]) -> int:
    """Minutes for one person alone; those of the sitting for a workshop's page; 0 when the page does not say."""
    for path in paths:
        for number, sitting in enumerate(path.sittings):
            if path.kind == "workshop" and name == f"notebooks/{path.page(number)}":
                return sitting.minutes
    time = _TIME.search(words)
    found = (_ALONE.search(time[1]) or _MINUTES.search(time[1])) if time else None
    return int(found[1]) if found else 0


def _sections(cells: tuple[SourceCell, ...], *, exercises: bool = False) -> Iterator[dict[str, Any]]:
    """The headings of a page, each with what is answered under it: ``quotes/q1``, ``quotes/mark``, ``quotes/p1``.

    On a page of ``exercises``, what asks nothing itself and shows an exercise once more says ``after`` which.
    """
    units: dict[str, str] = {}
    title, items, before, shows = "", list[str](), list[str](), False

    def section() -> dict[str, Any]:
        return {"title": title, "items": items, **({"after": before} if before and shows and not items else {})}

    for cell in cells:
        if cell.kind == "code":
            items += _asked(cell.text, units) if cell.tag != CODE_DOOR else ()
            shows = shows or (exercises and bool(_SHOWS.search(cell.text)))
            continue
        for heading in _HEADING.findall(cell.text):
            if title:
                yield section()
                before, shows = items or before, False
            # What is asked before the first heading belongs to it.
            title, items = _plain(heading), [] if title else items
    if title or items:
        yield section()


def _places(cells: tuple[SourceCell, ...]) -> dict[str, Any]:
    """Which code cells (places in ``code``) show the course's own story, and which ask for a guess: place and guess."""
    units: dict[str, str] = {}
    stories, guesses = list[int](), dict[str, str]()
    for place, cell in enumerate(cell for cell in cells if cell.kind == "code"):
        asked = list(_asked(cell.text, units))
        if any(f"{name}.read(" in cell.text for name in units):
            stories.append(place)
        if asked and ".predict(" in cell.text:
            guesses[str(place)] = asked[0]
    return {"stories": stories, "guesses": guesses}


def _asked(code: str, units: dict[str, str]) -> Iterator[str]:
    """What a cell asks of a learner. ``units`` maps variables to units on the course's case, and is filled on the way."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and isinstance(node.targets[0], ast.Name):
            call, where = node.value, node.targets[0].id
            # A unit on another story: what is answered there counts for nothing here.
            other = any(k.arg == "case" and ast.literal_eval(k.value) != COURSE_CASE for k in call.keywords)
            if isinstance(call.func, ast.Attribute) and call.func.attr in ("open_unit", "open_test") and not other:
                name = ast.literal_eval(call.args[0])
                units[where] = name if call.func.attr == "open_unit" else f"test-{name}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            unit = units.get(owner.id, "") if isinstance(owner, ast.Name) else ""
            given = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            name = next((k.value.value for k in node.keywords if k.arg == "name"), "reflection")  # type: ignore[attr-defined]
            if unit:
                yield from (f"{unit}/{item}" for item in _named(node.func.attr, unit, given, name))


def _named(call: str, unit: str, given: list[str], name: str) -> list[str]:
    if call == "task":
        texts = find_unit(unit).texts
        return [texts[name].name if name in texts else name for name in given[:1]]
    if call == "predict":
        return given[:1]
    if call == "quiz":
        return given or [q.id for q in find_unit(unit).quiz.questions]
    if call == "reflect":
        return [name]
    return ["*"] if call == "sheet" else []


# --- the whole course -------------------------------------------------------------------------------------------------


def _steps(pages: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The way through the course: a unit's lesson and its exercises are one step, every other page is one of its own."""
    folders = {plan.folder: plan for plan in UNITS}
    for name in sorted(pages):
        folder, _, stem = name.partition("/")
        if folder != "notebooks" or stem == START_PAGE or stem.startswith("workshop-"):
            continue
        step: dict[str, Any] = {"title": pages[name]["title"], "pages": [name]}
        if plan := folders.get(stem):
            step["unit"] = plan.name
            step["pages"] += [f"exercises/{stem}"] if f"exercises/{stem}" in pages else []
        yield step


def _workshops(paths: list[CoursePath]) -> Iterator[dict[str, Any]]:
    for path in paths:
        if path.kind == "workshop":
            pages = [f"notebooks/{path.page(number)}" for number in range(len(path.sittings))]
            yield {"title": path.title, "minutes": path.minutes, "pages": pages}


def _guesses() -> dict[str, dict[str, Any]]:
    """The guesses that lessons ask for, with their versions."""
    guesses = {f"{plan.name}/{one.id}": one.version for plan in UNITS for one in plan.predictions.values()}
    return {name: {"version": stamp, "guess": True} for name, stamp in guesses.items()}


def _items_of(plan: UnitPlan, case: Case) -> Iterator[tuple[str, dict[str, Any]]]:
    """Tasks and questions of a unit with their versions: an answer to another version does not count."""
    for task in load_tasks(plan, case).values():
        # Words marked in the story are shown in the story again.
        marks = {"marks": True} if isinstance(task.form, SpanForm) else {}
        marks |= {"optional": True} if task.optional else {}
        was = {"was": list(task.was)} if task.was else {}
        yield (
            f"{plan.name}/{task.id}",
            {"version": task.version, "number": task.label, **was, "title": f"{task.label} {task.title}", **marks},
        )
    for question in plan.quiz_on(case).questions:
        yield f"{plan.name}/{question.id}", {"version": question.version}


def _board(case: Case, root: Path) -> dict[str, Any]:
    """The case board, so that the course panel fills it as the page does."""
    board = load_board(case, root / "course" / "board.yaml")
    if board is None:
        return {"title": "", "pieces": []}
    items = board_items(board, case)

    def origin(one: Origin) -> dict[str, Any]:
        found = items[one.item]
        return {
            "item": f"{one.unit}/{found.item.id}", "kind": found.kind, "version": found.item.version,
            "rows": one.rows, "partly": one.partly, "answers": one.answers,
        }  # fmt: skip

    pieces = [
        {"id": piece.id, "shape": piece.shape, "found": piece.found, "from": list(map(origin, piece.origins))}
        for piece in board.pieces
    ]
    return {"title": board.title, "pieces": pieces}
