"""The code of a notebook that somebody else wrote, read as plain JSON and nothing more."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from medialit.errors import MedialitError
from medialit.exercises.registry import UNITS

MAX_CELLS = 2_000
_OPENED = re.compile(r"""open_unit\(\s*(?:name\s*=\s*)?["']([\w -]{1,40})["']""")


class Code(NamedTuple):
    """The code cells in order, a remark about the file (or nothing), and the units that the code opens."""

    cells: list[str]
    remark: str
    units: tuple[str, ...]


def read_code(data: bytes) -> Code:
    """The code cells of a notebook. Raises MedialitError, half a sentence, when it cannot be run as Python."""
    try:
        book = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise MedialitError("it is not UTF-8 text") from None
    except (ValueError, RecursionError, MemoryError):
        raise MedialitError("it is not a whole notebook: its JSON is damaged") from None
    if not isinstance(book, dict) or not isinstance(book.get("nbformat"), int):
        raise MedialitError("it is JSON, but not a notebook")
    language = _language(book)
    if language and not language.startswith(("python", "ipython")):
        raise MedialitError(f"it is written in {language[:30]}, not in Python")
    number = book["nbformat"]
    if number > 4:
        raise MedialitError(f"it has the format {number}, which is newer than this kit knows")
    remark = "" if number == 4 else f"it has the old format {number}; it was read all the same"
    cells = [text for cell in _cells(book) if (text := _source(cell)).strip()]
    if len(cells) > MAX_CELLS:
        raise MedialitError(f"it has more than {MAX_CELLS:,} code cells")
    return Code(cells, remark, _units(cells))


def _language(book: dict[str, Any]) -> str:
    about = book.get("metadata")
    about = about if isinstance(about, dict) else {}
    for part, name in (("kernelspec", "language"), ("language_info", "name")):
        inner = about.get(part)
        if isinstance(inner, dict) and isinstance(inner.get(name), str) and inner[name].strip():
            return inner[name].strip().lower()
    return ""


def _cells(book: dict[str, Any]) -> list[dict[str, Any]]:
    held = book.get("cells")
    if not isinstance(held, list):
        # Formats 2 and 3 keep the cells in worksheets.
        sheets = book.get("worksheets")
        sheets = sheets if isinstance(sheets, list) else []
        lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
        held = [cell for cells in lists if isinstance(cells, list) for cell in cells]
    return [cell for cell in held if isinstance(cell, dict) and cell.get("cell_type") == "code"]


def _source(cell: dict[str, Any]) -> str:
    text = cell.get("source", cell.get("input", ""))
    if isinstance(text, list):
        text = "".join(line for line in text if isinstance(line, str))
    return text if isinstance(text, str) else ""


def _units(cells: list[str]) -> tuple[str, ...]:
    known = {key: plan.name for plan in UNITS for key in (plan.name, plan.folder, plan.folder[:2], plan.folder[1:2])}
    named = (name.strip().lower() for cell in cells for name in _OPENED.findall(cell))
    return tuple(dict.fromkeys(known[name] for name in named if name in known))
