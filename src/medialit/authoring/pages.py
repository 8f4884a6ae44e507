"""The start page, and a page for each sitting of a workshop: put together from the lessons by ``course/paths.yaml``,
with the words of ``course/start.yaml``.

A participant of a workshop then has one page from top to bottom, and the lessons stay the only source of the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from medialit.authoring.source import SourceCell, breakable, read_source, sayer, underlined, unframed
from medialit.english import count
from medialit.files import COURSE_CASE, START_PAGE
from medialit.paths import CoursePath, Section, Sitting, load_paths
from medialit.paths.unit import UnitFolder, find_folder
from medialit.units.registry import find_unit

_SPLIT = re.compile(r"^(?=## )", re.MULTILINE)


def pages(root: Path) -> list[tuple[str, list[SourceCell]]]:
    """(name, cells) of every page that ``course/paths.yaml`` asks for. Raises CaseError for a fault in it."""
    course = root / "course"
    paths = load_paths(course / "paths.yaml")
    made = [(START_PAGE, start_page(paths, course))]
    for path in (path for path in paths if path.kind == "workshop"):
        made += [(path.page(n), workshop_page(path, n, course)) for n in range(len(path.sittings))]
    return made


def _words(text: str) -> SourceCell:
    return SourceCell("markdown", underlined(text.strip("\n")), 0)


def _code(text: str) -> SourceCell:
    return SourceCell("code", text.strip("\n"), 0)


# --- the page that the course opens on --------------------------------------------------------------------------------


def start_page(paths: list[CoursePath], course: Path) -> list[SourceCell]:
    """Who are you, and what do you open? Words and links only: there is nothing to run and nothing to break.

    A list and not a table: it fits a window of 320 px.
    """
    say = sayer(course)
    units = [UnitFolder(path.parent) for path in sorted(course.glob("*/lesson.md"))]
    workshops = [(path, n) for path in paths if path.kind == "workshop" for n in range(len(path.sittings))]
    first = units[0]
    ways = say(
        "ways",
        first=_link(first.title, first.folder.name),
        pace=say("pace", minutes=first.minutes[1]) if first.minutes else say("own_pace"),
        workshops=" · ".join(_workshop_link(path, n, say) for path, n in workshops),
        units=" · ".join(_link(unit.title, unit.folder.name) for unit in units),
    )
    return [_words(say("start", content=say("content"))), _words(ways), _words(say("every_page"))]


def _link(title: str, page: str) -> str:
    return f"[{title}]({page}.ipynb)"


def _workshop_link(path: CoursePath, number: int, say: Callable[..., str]) -> str:
    name = "workshop_part" if len(path.sittings) > 1 else "workshop"
    return _link(say(name, minutes=path.minutes, part=number + 1), path.page(number))


# --- the page of a sitting --------------------------------------------------------------------------------------------


def workshop_page(path: CoursePath, number: int, course: Path) -> list[SourceCell]:
    """The cells of one sitting: setup, then each section with what the lesson says under its heading."""
    sitting = path.sittings[number]
    folders = {name: find_folder(course, name) for name in _units(sitting)}
    names = {folder: find_unit(folder).name for folder in folders}
    # Its hook, its board and its reveal are about the story of the course, also where a class works on another one.
    opened = "\n".join(f'{name} = medialit.open_unit("{name}", case="{COURSE_CASE}")' for name in names.values())
    say = sayer(course)
    head = say("head", title=sitting.title, goal=path.goal, content=say("content"))
    cells = [_words(head), _code(f"import medialit\n\n{opened}\n{next(iter(names.values()))}")]
    number_of, story = 0, False
    for section in sitting.sections:
        if section.room in ("break", "slack"):
            continue
        number_of += 1
        folder = sitting.unit_of(section)
        for cell in _section(section, folders[folder], path, f"{number_of} · {section.name}", say):
            if cell.kind == "code":
                text = re.sub(r"\bunit\b", names[folder], cell.text)
                # The story stands on a page once in full; after that it is a line to open.
                text = text.replace(".read()", ".read(folded=True)") if story else text
                story = story or ".read(" in text
                cell = replace(cell, text=text, line=0)
            # Words that follow words make one cell: fewer stops for whoever goes on by keyboard.
            # A section begins a cell of its own: the course view shows one section at a time.
            if cell.kind == "markdown" and cells[-1].kind == "markdown" and not cell.text.startswith("## "):
                cells[-1] = _words(f"{cells[-1].text}\n\n{cell.text}")
            else:
                cells.append(cell)
    return [*cells, *_end(path, number, names, say)]


def _units(sitting: Sitting) -> list[str]:
    return sorted({name for section in sitting.sections if (name := sitting.unit_of(section))})


def _section(
    section: Section, unit: UnitFolder, path: CoursePath, title: str, say: Callable[..., str]
) -> list[SourceCell]:
    """The heading of a section with what to do, the lesson's cells under its heading, questions and exercises."""
    minutes = count(section.minutes, "minute")
    link = say("open_page", page=section.page) if section.page else ""
    cells = [_words(f"## {title}\n\n*{minutes}.* {section.do} {link}".rstrip())]
    if section.heading:
        cells += _under(read_source(unit.folder / "lesson.md"), section.heading)
    cells += [_code(f'unit.predict("{name}")') for name in section.predictions]
    if section.questions:
        cells.append(_code(f"unit.quiz({', '.join(map(json.dumps, section.questions))})"))
    for task in section.exercises:
        cells += _exercise(unit, task, section.short)
    if section.board:
        pieces = ", ".join(map(json.dumps, section.board))
        cells.append(_code(f'medialit.my_course("{COURSE_CASE}").board({pieces}, together=True)'))
    if section.room == "write":
        cells.append(_code(f'unit.reflect({json.dumps(section.ask, ensure_ascii=False)}, name="workshop-{path.id}")'))
    return [cell for cell in cells if cell.text]


def _under(cells: list[SourceCell], heading: str, *, starts: bool = False) -> list[SourceCell]:
    """The cells under one ``##`` heading, without the heading itself; ``starts`` when only its beginning is given."""
    found: list[SourceCell] = []
    inside = False
    for cell in cells:
        if cell.kind == "code":
            found += [cell] if inside else []
            continue
        for piece in _SPLIT.split(unframed(cell.text)):
            if piece.startswith("## "):
                name, _, piece = piece[3:].partition("\n")
                inside = name.startswith(heading) if starts else name.strip() == heading
            if inside and piece.strip():
                found.append(replace(cell, text=breakable(piece.strip("\n"))))
    return found


def _exercise(unit: UnitFolder, task: str, short: bool) -> list[SourceCell]:
    """The click door of an exercise with the words before it; the code door stays in the exercise notebook."""
    cells = _under(read_source(unit.folder / "exercise.md"), f"{task} ", starts=True)
    call = f'unit.task("{task}")'
    last = next((n for n, cell in enumerate(cells) if cell.kind == "code" and cell.text.strip() == call), -1)
    cells = cells[: last + 1] or [_code(call)]
    return [*cells[:-1], replace(cells[-1], text=call.replace(")", ", short=True)"))] if short else cells


def _end(path: CoursePath, number: int, names: dict[str, str], say: Callable[..., str]) -> list[SourceCell]:
    """What is left when the page is done: the next page, or the way on alone, and the saved file."""
    if number + 1 < len(path.sittings):
        return [_words(say("next", link=_workshop_link(path, number + 1, say)))]
    links = " · ".join(_link(find_unit(folder).title, folder) for folder in names)
    return [_words(say("end", links=links)), _code(f"{list(names.values())[-1]}.download()")]
