"""Names as learning platforms and learners write them: cleaned for people to read, told apart, found in file names."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import NamedTuple

from medialit.exercises.registry import UNITS

MAX_NAME = 80

# “Jane Doe_98765_assignsubmission_file_”, as a folder or in front of a file name.
_MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)(?:_(?P<file>.*))?", re.DOTALL)
# “doejohn_LATE_123_456_01-quotes.ipynb”: name, user, attachment, file.
_CANVAS = re.compile(
    r"(?P<name>[^_]+)_(?:LATE_)?(?P<id>\d+)_(?:question_\d+_)?(?P<hand>\d+)_(?P<file>.+)", re.DOTALL | re.IGNORECASE
)
_NOISE = sorted(
    [
        *(plan.folder for plan in UNITS),
        *(f"{plan.folder[:2]}_{plan.folder[3:]}" for plan in UNITS),
        "my-progress",
        "my_progress",
        "progress",
        "exercises",
        "exercise",
        "lesson",
    ],
    key=len,
    reverse=True,
)


class Found(NamedTuple):
    """What a name of a file or folder says: who handed it in, on which platform, and the file's own name."""

    who: str
    file: str = ""
    lms: str = ""
    lms_id: str = ""


def cleaned(raw: str) -> str:
    """A name that can be shown anywhere: one line, no control or invisible signs, at most 80 characters."""
    text = unicodedata.normalize("NFC", raw.encode("utf-8", "replace").decode("utf-8"))
    text = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    text = re.sub(r"[\\/]+", "-", text)
    text = " ".join(text.split())[:MAX_NAME].strip(" .")
    return text or "no name"


def one_line(text: str, limit: int = 300) -> str:
    """Any text as one line without control signs, for a terminal."""
    shown = "".join(sign if unicodedata.category(sign)[0] not in "CZ" or sign == " " else " " for sign in text)
    shown = " ".join(shown.split())
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def learner_name(raw: str) -> str:
    """The name a learner has in the gradebook. Two different raw names never become the same one."""
    name = cleaned(raw)
    plain = unicodedata.normalize("NFC", raw) == name
    return name if plain else f"{name[:70]} #{hashlib.sha256(raw.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"


def from_folder(name: str) -> Found:
    """Who a learner's folder belongs to."""
    if found := _MOODLE.fullmatch(name):
        return Found(found["name"], "", "moodle", found["id"])
    return Found(name)


def from_file(name: str) -> Found | None:
    """Who a loose file belongs to, by its name; None when the name says nothing about a person."""
    if found := _MOODLE.fullmatch(name):
        return Found(found["name"], found["file"] or name, "moodle", found["id"])
    if found := _CANVAS.fullmatch(name):
        return Found(found["name"], found["file"], "canvas", found["id"])
    who = name.rpartition(".")[0]
    for noise in _NOISE:
        who = re.sub(rf"(?<![^\W_]){re.escape(noise)}(?![^\W_])", "", who, flags=re.IGNORECASE)
    who = who.strip(" -_.()")
    return Found(who, name) if who else None


def units_named(file: str) -> tuple[str, ...]:
    """The units whose folder or name stands in a file's path."""
    low = file.lower()
    return tuple(
        plan.name
        for plan in UNITS
        if re.search(rf"(?<![^\W_])({re.escape(plan.folder)}|{re.escape(plan.name)})(?![^\W_])", low)
    )
