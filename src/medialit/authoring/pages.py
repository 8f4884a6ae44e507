"""The start page, and a page for each sitting of a workshop: put together from the lessons by ``course/paths.yaml``.

A participant of a workshop then has one page from top to bottom, and the lessons stay the only source of the text.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from medialit.authoring.source import SourceCell, breakable, read_source, underlined, unframed
from medialit.english import count
from medialit.exercises.registry import find_unit
from medialit.files import START_PAGE
from medialit.paths import CoursePath, Section, Sitting, load_paths
from medialit.paths.unit import UnitFolder, find_folder

_START = """
# Start here

**One news story, four lenses.** In this course you take one real article apart. You read, click buttons and choose answers,
so you don't need to program.

CONTENT
"""
_WAYS = """
Find the line that fits you, and click a link in it.

LINES
"""
_CONTENT = """
**Before you begin.** The story is about missile tests and nuclear weapons, and some of its words are alarming. Nobody
will ask what you think of any government. You can stop or skip a part at any time.
"""
_EVERY_PAGE = """
## On every page

1. Read down the page, and answer as you go. You can't break anything.
2. *Continue* and *Next* at the end lead on. The panel on the left leads to every page, and shows what you have done.
3. *Story* at the top shows the news story beside the page. *More* has text size, the code, your saved answers and help.

Your answers are saved automatically, in a file on this computer and without your name. When you open a page again, they are
still there. [My course](07-my-course.ipynb) shows what you have done and what to look at again.

If you are leading the room: in a terminal, `medialit paths` lists the plans with their minutes, and `medialit paths 50`
prints one.
"""
_YOUR_TURN = """
<div style="border-left:6px solid #008F68;padding:2px 16px;margin:12px 0;max-width:736px">

**Your turn**

Read down the page, and answer as you go. You can't break anything, and your answers are saved on this computer as you go.

</div>
"""
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
    units = [UnitFolder(path.parent) for path in sorted(course.glob("*/lesson.md"))]
    first = units[0]
    lines = [
        f"- **On your own:** [{first.title}]({first.folder.name}.ipynb). {_alone(first)}, then one unit at a time."
    ]
    workshops = [path for path in paths if path.kind == "workshop"]
    links = " · ".join(
        f"[{_label(path, n)}]({path.page(n)}.ipynb)" for path in workshops for n in range(len(path.sittings))
    )
    lines.append(f"- **In a workshop:** {links}.")
    links = " · ".join(f"[{unit.title}]({unit.folder.name}.ipynb)" for unit in units)
    lines.append(f"- **In a class:** {links}. Your teacher says which.")
    first_words = _START.replace("CONTENT", _CONTENT.strip())
    return [_words(first_words), _words(_WAYS.replace("LINES", "\n".join(lines))), _words(_EVERY_PAGE)]


def _alone(unit: UnitFolder) -> str:
    return f"{unit.minutes[1]} minutes" if unit.minutes else "Your own pace"


def _label(path: CoursePath, number: int) -> str:
    part = f", part {number + 1}" if len(path.sittings) > 1 else ""
    return f"Workshop of {path.minutes} minutes{part}"


# --- the page of a sitting --------------------------------------------------------------------------------------------


def workshop_page(path: CoursePath, number: int, course: Path) -> list[SourceCell]:
    """The cells of one sitting: setup, then each section with what the lesson says under its heading."""
    sitting = path.sittings[number]
    folders = {name: find_folder(course, name) for name in _units(sitting)}
    names = {folder: find_unit(folder).name for folder in folders}
    opened = "\n".join(f'{name} = medialit.open_unit("{name}")' for name in names.values())
    cells = [_words(_head(path, number)), _code(f"import medialit\n\n{opened}\n{next(iter(names.values()))}")]
    number_of, story = 0, False
    for section in sitting.sections:
        if section.room in ("break", "slack"):
            continue
        number_of += 1
        folder = sitting.unit_of(section)
        for cell in _section(section, folders[folder], path, f"{number_of} · {section.name}"):
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
    return [*cells, *_end(path, number, names)]


def _units(sitting: Sitting) -> list[str]:
    return sorted({name for section in sitting.sections if (name := sitting.unit_of(section))})


def _head(path: CoursePath, number: int) -> str:
    return f"# {path.sittings[number].title}\n\n**You will {path.goal}**\n{_CONTENT}{_YOUR_TURN}"


def _section(section: Section, unit: UnitFolder, path: CoursePath, title: str) -> list[SourceCell]:
    """The heading of a section with what to do, the lesson's cells under its heading, questions and exercises."""
    minutes = count(section.minutes, "minute")
    link = f" Open [this page]({section.page}.ipynb)." if section.page else ""
    cells = [_words(f"## {title}\n\n*{minutes}.* {section.do}{link}".rstrip())]
    if section.heading:
        cells += _under(read_source(unit.folder / "lesson.md"), section.heading)
    cells += [_code(f'unit.predict("{name}")') for name in section.predictions]
    if section.questions:
        cells.append(_code(f"unit.quiz({', '.join(map(json.dumps, section.questions))})"))
    for task in section.exercises:
        cells += _exercise(unit, task, section.short)
    if section.board:
        pieces = ", ".join(map(json.dumps, section.board))
        cells.append(_code(f"medialit.my_course().board({pieces}, together=True)"))
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


def _end(path: CoursePath, number: int, names: dict[str, str]) -> list[SourceCell]:
    """What is left when the page is done: the next page, or the way on alone, and the saved file."""
    if number + 1 < len(path.sittings):
        onward = f"**Next:** [{_label(path, number + 1)}]({path.page(number + 1)}.ipynb)."
        return [_words(f"## Break\n\n{onward}")]
    links = " · ".join(f"[{find_unit(folder).title}]({folder}.ipynb)" for folder in names)
    return [
        _words(
            "## Continue on your own\n\n"
            "Your answers are saved. The full units have the same questions and exercises, with your answers in them: "
            f"{links}. Or begin with [Welcome](00-welcome.ipynb).\n\n"
            "If this is not your own computer, take your file with you."
        ),
        _code(f"{list(names.values())[-1]}.download()"),
    ]
