"""Read a lesson or an exercise set: MyST Markdown with code cells, into cells that know their line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from medialit.authoring.boxes import BoxFault, render_boxes
from medialit.authoring.pictures import markdown_fault
from medialit.english import filled
from medialit.errors import CaseError, MedialitError
from medialit.exercises.records import Outcome
from medialit.files import course_path, load_yaml, read_text

ROLES = ("stub", "solution", "wrong")
# Tags of built cells. The course view shows code only where a lesson means it to be read, and folds the code door away
# with the words that lead to it.
SHOWN, CODE_DOOR = "show-code", "code-door"
# Long words in it may have put a frame around it.
_DOOR = re.compile(r"(?:<div[^>]*>\s*)?\*Code door")
# A link that is not an image; code is passed over.
_LINK = re.compile(r"(?ms)^```.*?^```|`[^`\n]*`|(?<!!)\[(?P<text>[^\]\[]+)\]\((?P<to>[^)\s]+)\)")
# A piece of code inside a sentence that is longer than a line of a narrow window.
_LONG_CODE = re.compile(r"`[^`\s]{16,}[^`]*`|`[^`]*\s[^`\s]{16,}[^`]*`")
_WRONG = tuple(str(outcome) for outcome in Outcome if not outcome.done)
# A line for authors, such as what a paragraph rests on.
_NOTE = re.compile(r"^% .*\n?", re.MULTILINE)
# What a role may follow, looking at cells with a role only; "" is the start of the file.
_AFTER = {
    "stub": (("", "solution", "wrong"), "This stub has no solution: put a cell with the tag solution after it."),
    "solution": (("stub", "solution"), "This solution has no stub: put a cell with the tag stub before it."),
    "wrong": (("solution", "wrong"), "Put wrong answers after the solution of their task."),
}


@dataclass(frozen=True)
class SourceCell:
    """One cell of a source: ``line`` is its first line in the file, ``role`` is stub, solution, wrong or empty.

    A wrong answer carries the ``outcome`` and the ``score`` (0 to 1) that it must get, and words that its feedback ``says``.
    ``tag`` goes into the built cell.
    """

    kind: str
    text: str
    line: int
    role: str = ""
    outcome: str = ""
    says: str = ""
    score: float | None = None
    tag: str = ""

    @property
    def metadata(self) -> dict[str, Any]:
        """The metadata of the built cell: code is folded, unless it is there to be read or changed."""
        if self.tag:
            return {"tags": [self.tag]}
        return {"jupyter": {"source_hidden": True}} if self.kind == "code" and not self.role else {}


def read_source(path: Path, *, instructor: bool = False) -> list[SourceCell]:
    """The cells of ``lesson.md`` or ``exercise.md``; boxes for instructors stay only when ``instructor`` is set.

    Raises CaseError with the line of the first fault.
    """
    try:
        from jupytext.myst import myst_to_notebook
    except ImportError:
        raise MedialitError(
            "Building pages needs the tools for authors. Install them with: pip install 'medialit[author]'."
        ) from None
    return list(_read(read_text(path), path, instructor, myst_to_notebook))


# A build reads an exercise set for its own page and for each workshop with a task of it.
@lru_cache(maxsize=64)
def _read(text: str, path: Path, instructor: bool, myst_to_notebook: Callable[..., Any]) -> tuple[SourceCell, ...]:
    try:
        notebook = myst_to_notebook(text, add_source_map=True)
    except Exception as error:
        raise CaseError(f"This file cannot be read as a lesson: {error}.", file=path) from None
    lines = text.splitlines()
    cells = [
        _cell(piece, _first_line(lines, start) + down, path, instructor)
        for cell, start in zip(notebook.cells, notebook.metadata["source_map"], strict=True)
        for down, piece in _by_heading(cell)
    ]
    _check_roles(cells, path)
    cells = [
        replace(cell, tag=CODE_DOOR) if cell.kind == "markdown" and _DOOR.match(cell.text) else cell for cell in cells
    ]
    # A cell that held nothing but a box for instructors is empty in a learner's copy.
    return tuple(cell for cell in cells if cell.text.strip())


def _by_heading(cell: Any) -> Iterator[tuple[int, Any]]:
    """(lines before it, cell) of the parts of a cell, cut before its headings: each step of a page begins with its own.

    Words for those who code are cut off, too: the course view shows them with the code.
    """
    if cell.cell_type == "code":
        yield 0, cell
        return
    lines = cell.source.split("\n")
    fenced = list(accumulate(line.startswith(("```", ":::")) for line in lines))
    cuts = [n for n, line in enumerate(lines) if n and line.startswith(("## ", "*Code door")) and fenced[n] % 2 == 0]
    for start, end in pairwise([0, *cuts, len(lines)]):
        yield start, type(cell)(cell, source="\n".join(lines[start:end]).strip("\n"))


def _check_roles(cells: list[SourceCell], path: Path) -> None:
    """Every stub has its solution, every solution its stub, every wrong answer comes after both."""
    before: SourceCell | None = None
    for cell in (c for c in cells if c.role):
        allowed, words = _AFTER[cell.role]
        if (before.role if before else "") not in allowed:
            # Two stubs in a row: the fault is the first one's.
            at = before if cell.role == "stub" and before else cell
            raise CaseError(words, file=path, line=at.line, field="tags")
        before = cell
    if before and before.role == "stub":
        raise CaseError(_AFTER["stub"][1], file=path, line=before.line, field="tags")


def _first_line(lines: list[str], start: int) -> int:
    """The 1-based line of the first words from ``start`` on."""
    while start < len(lines) and not lines[start].strip():
        start += 1
    return start + 1


def _cell(cell: Any, line: int, path: Path, instructor: bool) -> SourceCell:
    meta = dict(cell.metadata)
    if cell.cell_type == "code":
        tags = meta.pop("tags", [])
        unknown = [tag for tag in tags if tag not in (*ROLES, SHOWN)]
        if unknown or len(tags) > 1:
            known = ", ".join((*ROLES, SHOWN))
            raise CaseError(f"A cell has one of these tags: {known}.", file=path, line=line, field="tags")
        tag = tags[0] if tags else ""
        role, tag = ("", tag) if tag == SHOWN else (tag, CODE_DOOR if tag == "stub" else "")
        outcome, says, score = str(meta.pop("outcome", "")), str(meta.pop("says", "")), meta.pop("score", None)
        if role == "wrong" and not (outcome and says):
            raise CaseError(
                "A wrong answer needs its outcome and what its feedback says.", file=path, line=line, field="says"
            )
        if role == "wrong" and (type(score) not in (int, float) or not 0 <= score < 1):
            words = "A wrong answer needs its score, a number from 0 to below 1, such as 0.250."
            raise CaseError(words, file=path, line=line, field="score")
        if role == "wrong" and outcome not in _WRONG:
            words = f"A wrong answer cannot get “{outcome}”. It gets one of these: {', '.join(_WRONG)}."
            raise CaseError(words, file=path, line=line, field="outcome")
        if meta:
            raise CaseError("This option is not known here.", file=path, line=line, field=next(iter(meta)))
        return SourceCell("code", cell.source, line, role, outcome, says, score, tag)
    try:
        made = render_boxes(cell.source, instructor=instructor)
    except BoxFault as fault:
        raise CaseError(str(fault), file=path, line=line + fault.line) from None
    if bare := markdown_fault(cell.source):
        number = cell.source[: bare.start()].count("\n")
        raise CaseError("This image has no alt text. Say what it shows.", file=path, line=line + number)
    return SourceCell("markdown", breakable(underlined(_NOTE.sub("", made))), line)


def underlined(text: str) -> str:
    """Links with a line under them: JupyterLab tells links inside a sentence by colour alone (WCAG 1.4.1)."""

    def line_under(found: re.Match[str]) -> str:
        if found["text"] is None:
            return found[0]
        return f'<a href="{found["to"]}" style="text-decoration:underline">{found["text"]}</a>'

    return _LINK.sub(line_under, text)


# JupyterLab cleans the Markdown it shows: it keeps this value of overflow-wrap and drops "anywhere".
_OPEN, _CLOSE = '<div style="overflow-wrap:break-word">\n\n', "\n\n</div>"


def breakable(text: str) -> str:
    """The text in a frame that lets long code break, so that a narrow window does not scroll sideways."""
    if "```" in text or not _LONG_CODE.search(text):
        return text
    return f"{_OPEN}{text}{_CLOSE}"


def unframed(text: str) -> str:
    """The text without that frame: whoever cuts it in pieces must not cut the frame."""
    return text[len(_OPEN) : -len(_CLOSE)] if text.startswith(_OPEN) and text.endswith(_CLOSE) else text


def sayer(course: Path) -> Callable[..., str]:
    """The words of ``course/start.yaml`` by name, filled in. Raises CaseError for a name that is missing there."""
    place = course / "start.yaml"
    words, line_of = load_yaml(place)

    def say(name: str, **values: object) -> str:
        if not isinstance(words, dict) or name not in words:
            raise CaseError(f"{name} is missing here.", file=place)
        try:
            return filled(words[name], **values)
        except MedialitError as error:
            raise CaseError(str(error), file=place, line=line_of((name,)), field=name) from None

    return say


def with_run_line(cells: Iterable[SourceCell]) -> tuple[SourceCell, ...]:
    """The cells of a page; where there is code to run, the first words end with the line that says how."""
    first, *rest = cells
    if first.kind == "markdown" and any(cell.kind == "code" for cell in rest):
        first = replace(first, text=f"{first.text}\n\n{sayer(course_path())('run')}")
    return (first, *rest)


def for_learners(cells: list[SourceCell]) -> list[SourceCell]:
    """The exercise set without solutions and without recorded wrong answers."""
    return [cell for cell in cells if cell.role in ("", "stub")]


def with_solutions(cells: list[SourceCell]) -> list[SourceCell]:
    """The exercise set with each stub replaced by the solution that follows it."""
    return [cell for cell in cells if cell.role in ("", "solution")]


def wrong_answers(cells: list[SourceCell]) -> list[SourceCell]:
    """The recorded wrong answers, each with the outcome and the words it must get."""
    return [cell for cell in cells if cell.role == "wrong"]
