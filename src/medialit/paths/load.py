"""Read ``course/paths.yaml`` and refuse a path that does not fit its time or points to nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path

from medialit.errors import MedialitError
from medialit.files import Fault, Place, course_path, load_checked
from medialit.paths.records import ACTS, PAUSES, CoursePath, PathsFile, Section, Sitting
from medialit.paths.unit import UnitFolder, find_folder
from medialit.units.board import read_board

# Nobody listens longer than this without doing something (The Carpentries' instructor training, episode 18).
LONGEST = 10


def load_paths(file: Path | None = None) -> list[CoursePath]:
    """The paths of the course whose ``paths.yaml`` this is. Raises CaseError with line and field of the first fault."""
    file = file or course_path("paths.yaml")
    course = file.parent
    return load_checked(PathsFile, file, lambda found: _faults(found.paths, course)).paths


def find_path(paths: Iterable[CoursePath], name: str) -> CoursePath:
    """A path by its id. Raises MedialitError with the known ones."""
    known = {path.id: path for path in paths}
    if name not in known:
        raise MedialitError(f"There is no path “{name}”. Paths: {', '.join(known)}.")
    return known[name]


def _faults(paths: list[CoursePath], course: Path) -> Iterator[Fault]:
    """(place, sentence) of each fault, in the order of the file."""
    folders: dict[str, UnitFolder] = {}
    seen: set[str] = set()
    for i, path in enumerate(paths):
        place: Place = ("paths", i)
        if path.id in seen:
            yield (*place, "id"), f"The path {path.id} appears twice."
        seen.add(path.id)
        for j, sitting in enumerate(path.sittings):
            yield from _sitting_faults(path, sitting, (*place, "sittings", j), course, folders)
        total = sum(sitting.minutes for sitting in path.sittings)
        if total != path.minutes:
            yield (*place, "minutes"), f"The sittings add up to {total} minutes, the path has {path.minutes}."
        if path.kind == "workshop" and not any(s.cut for sitting in path.sittings for s in sitting.sections):
            yield place, "A workshop that runs late needs something to leave out: mark a section with “cut: true”."


def _sitting_faults(
    path: CoursePath, sitting: Sitting, place: Place, course: Path, folders: dict[str, UnitFolder]
) -> Iterator[Fault]:
    idle = 0
    for k, section in enumerate(sitting.sections):
        where = (*place, "sections", k)
        name = sitting.unit_of(section)
        if name and name not in folders:
            try:
                folders[name] = find_folder(course, name)
            except MedialitError as error:
                yield (*where, "unit") if section.unit else (*place, "unit"), str(error)
                return
        unit = folders.get(name)
        for field, what in _target_faults(path, section, unit):
            yield (*where, *field), what
        if section.page and section.page not in (known := page_names(course)):
            yield (*where, "page"), f"course/pages has no “{section.page}”. It has: {', '.join(known) or 'nothing'}."
        if strange := set(section.board) - (pieces := _pieces(course) if section.board else set()):
            yield (
                (*where, "board"),
                f"The case board has no piece “{min(strange)}”. It has: {', '.join(sorted(pieces))}.",
            )
        acts = actions(section, unit)
        # Over an exercise learners act all the time.
        if acts and not section.exercises and section.minutes > LONGEST * acts:
            yield (*where, "minutes"), _too_long(section.minutes)
        idle = 0 if acts or section.room in PAUSES else idle + section.minutes
        if idle > LONGEST:
            yield (*where, "minutes"), _too_long(idle)
    total = sum(section.minutes for section in sitting.sections)
    if total != sitting.minutes:
        less = "too many" if total > sitting.minutes else "too few"
        yield (
            (*place, "minutes"),
            f"The sections add up to {total} minutes, which is {less}: the sitting has {sitting.minutes}.",
        )
    yield from _promise_faults(path, sitting, place, folders)


def page_names(course: Path) -> list[str]:
    """The pages that belong to no unit, such as the tests."""
    return sorted(file.stem for file in (course / "pages").glob("*.md"))


def _pieces(course: Path) -> set[str]:
    """The ids of the pieces of the case board."""
    return {piece.id for piece in read_board(course / "board.yaml").pieces}


def _too_long(minutes: int) -> str:
    return f"That makes {minutes} minutes in which learners do nothing. Let them act after {LONGEST} at the latest."


def actions(section: Section, unit: UnitFolder | None) -> int:
    """How many things learners do in a section: tasks, questions, guesses, notes, votes, talks."""
    # A page is a test: sixteen answers, one after the other.
    found = len(section.exercises) + len(section.questions) + len(section.predictions)
    found += (section.room in ACTS) + 2 * bool(section.page)
    return found + (unit.headings.get(section.heading, 0) if unit and section.heading else 0)


def _target_faults(path: CoursePath, section: Section, unit: UnitFolder | None) -> Iterator[Fault]:
    """What the section points to that is not there, and what is missing beside it."""
    points = bool(section.heading or section.predictions or section.questions or section.exercises)
    if not points and not section.room and not section.page:
        yield (), "This section points to nothing. Give a heading, predictions, questions, exercises, a page or a room."
    if section.room in PAUSES and (points or section.page):
        yield ("room",), f"A {section.room} holds nothing. Give the heading or the exercises a section of their own."
    if section.room in ACTS and not (section.ask or section.questions):
        yield (), f"What is the question? A {section.room} needs “ask” or “questions”."
    if points and unit is None:
        yield (), "Name the unit that this is in, for instance “unit: 01-quotes”."
    if not points or unit is None:
        return
    name = unit.folder.name
    if section.heading and section.heading not in unit.headings:
        yield ("heading",), f"The lesson of {name} has no heading “{section.heading}”.{_near(section, unit)}"
    for field, wanted, known in (
        ("predictions", section.predictions, unit.guesses if section.predictions else ()),
        ("questions", section.questions, unit.questions if section.questions else ()),
        ("exercises", section.exercises, unit.tasks if section.exercises else ()),
    ):
        for n, item in enumerate(wanted):
            if item not in known:
                yield (field, n), f"{name} has no “{item}” among its {field}. It has: {', '.join(sorted(known))}."
                return
    yield from _time_faults(path, section, unit)


def _near(section: Section, unit: UnitFolder) -> str:
    close = difflib.get_close_matches(section.heading, unit.headings, n=1, cutoff=0.5)
    return f" Did you mean “{close[0]}”?" if close else f" It has: {'; '.join(unit.headings)}."


def _time_faults(path: CoursePath, section: Section, unit: UnitFolder) -> Iterator[Fault]:
    """Is there time for the exercises, and are they meant for a room?"""
    tasks = [unit.tasks[name] for name in section.exercises]
    needed = sum(task.minutes for task in tasks)
    if needed > section.minutes and not section.part:
        words = f"{' and '.join(section.exercises)} take {needed} minutes, and there are {section.minutes}."
        yield ("minutes",), f"{words} Give more time, or say in “part” what of it is done."
    for n, task in enumerate(tasks):
        if path.kind != "alone" and not task.in_class:
            yield ("exercises", n), f"{task.number} is not made for a room: it has no ★ (in_class) in tasks.yaml."


def _promise_faults(
    path: CoursePath, sitting: Sitting, place: Place, folders: dict[str, UnitFolder]
) -> Iterator[Fault]:
    """The minutes that a lesson promises in its first table are those of the path."""
    unit = folders.get(sitting.unit)
    if path.kind == "workshop" or unit is None:
        return
    if unit.minutes is None:
        what = f"The lesson of {sitting.unit} does not say its time as “25 minutes in class, 35 alone”."
        yield (*place, "unit"), what
    elif sitting.minutes != (promised := unit.minutes[path.kind == "alone"]):
        where = "alone" if path.kind == "alone" else "in class"
        yield (*place, "minutes"), f"The lesson promises {promised} minutes {where}, the sitting has {sitting.minutes}."
