"""Names as learning platforms and learners write them: cleaned for people to read, told apart, found in file names."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import NamedTuple

from medialit.units.registry import UNITS

MAX_NAME = 80
ENOUGH = 4  # people, of whom a common beginning of names is no chance

# “Jane Doe_98765_assignsubmission_file_”, as a folder or in front of a file name; since Moodle 4.1 without the last “_”.
_MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)(?:_(?P<file>.*))?", re.DOTALL)
# “doejohn_LATE_123_456_01-quotes.ipynb”: name, user, attachment, file; “doejohn_123_text.html” for what was typed into the
# page; without a name, and with a number that is none, where grading is anonymous: “LATE_anon_x9Ab2_456_01-quotes.ipynb”.
_CANVAS = re.compile(
    r"(?:(?P<name>[^_]+)_(?P<late>LATE_)?(?P<id>\d+)|(?P<late2>LATE_)?anon_(?P<anon>\w{2,12}?))_"
    r"(?:(?:question_\d+_)?(?P<hand>\d+)_(?P<file>.+)|(?P<typed>(?:text|link)\.html))",
    re.DOTALL | re.IGNORECASE,
)
# What systems and browsers put behind a name that is there already: “ (1)”, “-Copy1”, “ - Copy (2)”, “ copy 2”.
_COPY = re.compile(r"(?:\s*\(\d{1,3}\)|[\s_-]+(?:copy|kopie|copie|copia|cópia)[\s_]*\d*|-copy\d+)+$", re.IGNORECASE)
# What a browser or a mail program puts behind a name that it does not know.
_ADDED = re.compile(
    r"(?P<name>.+\.(?:ipynb|jsonl))(?P<mark>\s*\(\d{1,3}\))?\.(?:txt|json|html?)$", re.IGNORECASE | re.DOTALL
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


class HandInName(NamedTuple):
    """What a name of a file or folder says: who handed it in, on which platform, and the file's own name.

    ``late`` is the platform's own mark; ``hand`` is Canvas's number of the file, which its upload of feedback asks for.
    ``shown`` is a fuller name than the one in a file's.
    """

    who: str
    file: str = ""
    lms: str = ""
    lms_id: str = ""
    late: bool = False
    hand: str = ""
    shown: str = ""

    @property
    def key(self) -> str:
        """What tells this person from others."""
        return f"{self.who}_{self.lms_id}" if self.lms_id and self.lms_id not in self.who else self.who


def cleaned(raw: str) -> str:
    """A name that can be shown anywhere: one line, no control or invisible signs, at most 80 characters."""
    text = unicodedata.normalize("NFC", raw.encode("utf-8", "replace").decode("utf-8"))
    text = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    text = re.sub(r"[\\/]+", "-", text)
    text = " ".join(text.split())[:MAX_NAME].strip(" .")
    return text or "no name"


def hides_signs(raw: str) -> bool:
    """Is there anything in a name that cannot be shown?"""
    return any(unicodedata.category(sign)[0] == "C" for sign in raw)


def one_line(text: str, limit: int = 300) -> str:
    """Any text as one line without control signs, for a terminal."""
    if not text.isprintable():
        text = "".join(sign if unicodedata.category(sign)[0] not in "CZ" else " " for sign in text)
    shown = " ".join(text.split())
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def learner_name(raw: str) -> str:
    """The name a learner has in the gradebook. Two different raw names never become the same one, but for two spellings of
    the same letters (é as one sign, or as an e and an accent)."""
    name = cleaned(raw)
    plain = unicodedata.normalize("NFC", raw) == name
    return name if plain else f"{name[:70]} #{hashlib.sha256(raw.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"


def own_name(file: str) -> str:
    """A file's name as the course gave it: without the mark of a copy, and without the ending that a browser added."""
    if added := _ADDED.fullmatch(file):
        file = added["name"]
    stem, dot, ending = file.rpartition(".")
    return f"{_COPY.sub('', stem)}{dot}{ending}" if dot and _COPY.sub("", stem) else file


def from_folder(name: str) -> HandInName:
    """Who a learner's folder belongs to."""
    if found := _MOODLE.fullmatch(name):
        return HandInName(found["name"], "", "moodle", found["id"])
    return HandInName(name)


def from_file(name: str) -> HandInName | None:
    """Who a loose file belongs to, by its name; None when the name says nothing about a person."""
    if found := _MOODLE.fullmatch(name):
        return HandInName(found["name"], found["file"] or name, "moodle", found["id"])
    if found := _CANVAS.fullmatch(name):
        late, file = bool(found["late"] or found["late2"]), found["file"] or found["typed"]
        who = found["name"] or f"anonymous {found['anon']}"
        return HandInName(who, file, "canvas", found["id"] or found["anon"], late, found["hand"] or "")
    who = own_name(name).rpartition(".")[0]
    for noise in _NOISE:
        who = re.sub(rf"(?<![^\W_]){re.escape(noise)}(?![^\W_])", "", who, flags=re.IGNORECASE)
    who = _COPY.sub("", who).strip(" -_.()")
    # A number of one or two digits counts copies.
    return HandInName(who, name) if who and not re.fullmatch(r"\d{1,2}", who) else None


def units_named(file: str) -> tuple[str, ...]:
    """The units whose folder or name stands in a file's path."""
    low = file.lower()
    return tuple(
        plan.name
        for plan in UNITS
        if re.search(rf"(?<![^\W_])({re.escape(plan.folder)}|{re.escape(plan.name)})(?![^\W_])", low)
    )


def without_group(names: list[str]) -> list[str]:
    """Names without the group that Moodle puts before them (“Tuesday-Jane Doe”), when that is what the class shows.

    Every name has one then, with a full name behind it, and groups have several members.
    """
    parted = [name.partition("-") for name in names]
    groups = {group for group, dash, _ in parted if dash}
    if len(names) >= ENOUGH and all(" " in rest.strip() for _, _, rest in parted) and len(groups) <= len(names) / 2:
        return [rest.strip() for _, _, rest in parted]
    return names
