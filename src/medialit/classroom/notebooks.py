"""A notebook that somebody else wrote, read as plain JSON and nothing more: the answers in the outputs of its cells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from medialit.classroom.given import MAX_HINTS, Given
from medialit.english import some
from medialit.errors import MedialitError
from medialit.scoring.calibration import is_certainty
from medialit.show.answer_output import MIME, cell_digest
from medialit.units.registry import UNITS

MAX_CELLS = 2_000
MAX_ANSWERS = 2_000
MAX_NAMED = 5  # cells in one line
_OPENED = re.compile(r"""open_unit\(\s*(?:name\s*=\s*)?["']([\w -]{1,40})["']""")


class Notebook(NamedTuple):
    """The answers in order, plain lines about what is odd, the units that its code opens, and whether it was ever run."""

    answers: list[Given]
    problems: list[str]
    units: tuple[str, ...]
    ran: bool


def read_notebook(name: str, data: bytes) -> Notebook:
    """What a notebook hands in. Raises MedialitError, the end of a sentence, when it is none."""
    cells = list(enumerate(_cells(_parsed(data)), 1))
    if len(cells) > MAX_CELLS:
        raise MedialitError(f"it has more than {MAX_CELLS:,} cells")
    answers: list[Given] = []
    old: list[int] = []
    odd, ran = 0, False
    sources = [_text(cell.get("source", cell.get("input"))) for _, cell in cells]
    for (number, cell), source in zip(cells, sources, strict=True):
        for left in _left(cell):
            ran = True
            found = [_given(record, f"{name}, cell {number}") for record in left["answers"]]
            answers += filter(None, found)
            odd += found.count(None)
            if found and left.get("cell") != cell_digest(source):
                old.append(number)
    problems = []
    if old:
        problems.append(
            f"{name}: the output of cell {some(dict.fromkeys(old), MAX_NAMED)} is older than what the cell holds now. The "
            "answer in the output was counted. To hand in what the cell holds, run it, save the notebook, and hand it in "
            "again."
        )
    if odd or len(answers) > MAX_ANSWERS:
        problems.append(f"{name} holds answers that cannot be read: {odd + max(0, len(answers) - MAX_ANSWERS)} in all.")
    return Notebook(answers[:MAX_ANSWERS], problems, _units(sources), ran)


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        book = json.loads(data.decode("utf-8-sig"), parse_int=_whole)
    except UnicodeDecodeError:
        raise MedialitError("it is not UTF-8 text") from None
    except (ValueError, RecursionError, MemoryError):
        raise MedialitError("it is not a whole notebook: its JSON is damaged") from None
    if not isinstance(book, dict) or not isinstance(book.get("nbformat"), int):
        raise MedialitError("it is JSON, but not a notebook")
    if book["nbformat"] > 4:
        raise MedialitError(f"it has the format {book['nbformat']}, which is newer than this kit knows")
    return book


def _whole(digits: str) -> float:
    # Python reads no number of thousands of digits; nothing that is asked for has thirty.
    return int(digits) if len(digits) < 30 else float("inf")


def _cells(book: dict[str, Any]) -> Iterator[dict[str, Any]]:
    # Formats 2 and 3 keep the cells in worksheets.
    for held in (book, *_list(book.get("worksheets"))):
        for cell in _list(held.get("cells")):
            if isinstance(cell, dict):
                yield cell


def _list(value: Any) -> list[Any]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _left(cell: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The answers in the outputs of a cell, as they were left there."""
    for output in _list(cell.get("outputs")):
        data = output.get("data", output)
        left = data.get(MIME) if isinstance(data, dict) else None
        if isinstance(left, dict) and isinstance(left.get("answers"), list):
            yield left


def _given(record: Any, source: str) -> Given | None:
    """One answer; None when the record is not what the kit writes."""
    if not isinstance(record, dict) or "answer" not in record:
        return None
    names = [name for key in ("unit", "case", "item", "version") if isinstance(name := record.get(key), str)]
    if len(names) != 4 or max(map(len, names)) > 80:
        return None
    unit, case, item, version = names
    certainty, hints = record.get("certainty"), record.get("hints", 0)
    return Given(
        unit,
        case,
        item,
        record["answer"],
        version,
        door="click" if record.get("door") == "click" else "code",
        certainty=certainty if is_certainty(certainty) else None,
        hints=min(hints, MAX_HINTS) if type(hints) is int and hints > 0 else 0,
        kind="event" if record.get("kind") == "event" else "attempt",
        review=record.get("review") is True,
        source=source,
    )


def _text(source: Any) -> str:
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def _units(sources: list[str]) -> tuple[str, ...]:
    known = {key: plan.name for plan in UNITS for key in (plan.name, plan.folder, plan.folder[:2], plan.folder[1:2])}
    named = (name.strip().lower() for source in sources for name in _OPENED.findall(source))
    return tuple(dict.fromkeys(known[name] for name in named if name in known))
