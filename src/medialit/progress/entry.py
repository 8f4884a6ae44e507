"""One line of a progress file: an entry or the header, as a record and as bytes."""

from __future__ import annotations

import json
import math
import os
import re
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from medialit.errors import MedialitError
from medialit.scoring.calibration import is_certainty

FORMAT = 1
KINDS = ("attempt", "draft", "contest", "note", "event")
HEADER_START = b'{"kind": "header"'

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_CODE_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # 32 signs that are hard to confuse when read aloud


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a learner did. Only ``kind`` is needed; ``Progress.add`` fills in ``id`` and ``time``.

    ``time`` is UTC to the second (``2026-11-23T10:00:00Z``), ``answer`` plain JSON data, ``score`` 0 to 1,
    ``certainty`` 1, 2 or 3, ``hints`` how many hints had been opened, ``codes`` misconceptions, ``text`` a note,
    ``shown`` the keys of the options in the order in which they were on the page, such as ``c a b``.
    """

    kind: str
    id: str = ""
    time: str = ""
    case: str = ""
    unit: str = ""
    task: str = ""
    version: str = ""
    door: str | None = None
    answer: Any = None
    outcome: str | None = None
    score: float | None = None
    certainty: int | None = None
    hints: int = 0
    codes: tuple[str, ...] | list[str] = ()
    text: str | None = None
    shown: str = ""


class Header(NamedTuple):
    """The first line: the format of the file and a pseudonym drawn on this machine."""

    format: int
    learner: str


class EntryLine(NamedTuple):
    """An entry beside the very bytes it stands in, so that copying never changes a line."""

    entry: Entry
    line: bytes


class LineError(ValueError):
    """This line is neither an entry nor a header."""


_NAMES = tuple(field.name for field in fields(Entry))


def sealed(entry: Entry) -> EntryLine:
    """The entry with ``id`` and ``time`` filled in, exactly as it will be read back.

    Raises MedialitError when it holds something that a progress file cannot.
    """
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    entry = replace(entry, id=entry.id or os.urandom(8).hex(), time=entry.time or now)
    try:
        line = to_line(entry)
        read = from_line(line)
    except (TypeError, ValueError, RecursionError) as error:
        raise MedialitError(
            f"This answer cannot be written down ({error}). Hand in numbers, texts, lists or dictionaries."
        ) from None
    if not isinstance(read, Entry):
        raise MedialitError(f"An entry has one of these kinds: {', '.join(KINDS)}.")
    return EntryLine(read, line)


def to_line(entry: Entry) -> bytes:
    """The entry as one line of JSON with its line end. What is empty is left out."""
    data: dict[str, Any] = {}
    for name in _NAMES:
        value = getattr(entry, name)
        if name == "codes" and type(value) in (list, tuple):
            value = list(value) or None
        elif (name == "hints" and value == 0) or (name != "answer" and value == ""):
            value = None
        if value is not None:
            data[name] = value
    return dumped(data)


def dumped(data: dict[str, Any]) -> bytes:
    """One line of readable JSON. Raises TypeError, ValueError or RecursionError for what JSON cannot hold."""
    try:
        text = json.dumps(data, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair: JSON can hold it only as an escape
        text = json.dumps(data, ensure_ascii=True, allow_nan=False).encode("ascii")
    return text + b"\n"


def header_line(learner: str, page: str = "") -> bytes:
    """The header of a new file; ``page`` is the mark of the page that writes it, where every page has a file."""
    from medialit import __version__

    of_page = {"page": page} if page else {}
    return dumped({"kind": "header", "format": FORMAT, "learner": learner, "kit": __version__, **of_page})


def new_learner() -> str:
    """Eight signs drawn at random: a pseudonym, no name."""
    return "".join(_CODE_LETTERS[byte & 31] for byte in os.urandom(8))


def from_line(line: bytes) -> Entry | Header:
    """Read one line. Raises LineError for a cut or damaged one, or one with a value of the wrong type."""
    try:
        data = json.loads(line.decode("utf-8"), parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):
        raise LineError("it is not a whole line of JSON") from None
    if not isinstance(data, dict):
        raise LineError("it is not an object")
    return _header(data) if data.get("kind") == "header" else _entry(data)


def _refuse(text: str) -> float:
    raise LineError(f"{text} is not a number")


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refuse(text)


def _header(data: dict[str, Any]) -> Header:
    number, learner = data.get("format"), data.get("learner", "")
    if type(number) is not int or number < 1 or type(learner) is not str or len(learner) > 64:
        raise LineError("the header is damaged")
    return Header(number, learner)


def _entry(data: dict[str, Any]) -> Entry:
    known = {name: data[name] for name in _NAMES if data.get(name) is not None}
    for name, value in known.items():
        if name != "answer" and not _FITS[name](value):
            raise LineError(f"the field {name} has a value that does not fit")
    for name in ("kind", "id", "time"):
        if name not in known:
            raise LineError(f"the field {name} is missing")
    if "score" in known:
        known["score"] = float(known["score"])
    known["codes"] = tuple(known.get("codes", ()))
    return Entry(**known)


def _is_text(value: object) -> bool:
    return type(value) is str


# By exact type, because True is an int to isinstance.
_FITS = dict.fromkeys(("case", "unit", "task", "version", "outcome", "text", "shown"), _is_text) | {
    "kind": lambda v: type(v) is str and v in KINDS,
    "id": lambda v: type(v) is str and 0 < len(v) <= 64,
    "time": lambda v: type(v) is str and _TIME.fullmatch(v) is not None,
    "door": lambda v: type(v) is str and v in ("click", "code"),
    "score": lambda v: type(v) in (int, float) and 0 <= v <= 1,
    "certainty": is_certainty,
    "hints": lambda v: type(v) is int and v >= 0,
    "codes": lambda v: type(v) is list and all(type(code) is str for code in v),
}
