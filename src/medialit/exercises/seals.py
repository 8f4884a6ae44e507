"""The key of the tests under seal: enough to count what was right in a test that is finished, and nothing to read.

A seal is a salted SHA-256 of a statement's id and its right answer. It keeps an honest reader from seeing a key by
accident. It stops nobody who wants to know: with two possible answers, two guesses open it, and no slower hash would
change that. The key itself lies with the instructor, in ``course/tests/key.yaml``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from medialit.exercises.statements import NOT_TRUE, TRUE
from medialit.files import course_path, load_yaml

SEALS = "seals.yaml"


def seal(salt: str, statement: str, answer: str) -> str:
    """The seal (hexadecimal, 32 characters) of one answer to one statement."""
    return hashlib.sha256(f"{salt}:{statement}:{answer}".encode()).hexdigest()[:32]


def load_seals(path: Path | None = None) -> dict[str, str]:
    """``{statement id: "salt seal"}``; empty where the instructor took the file away."""
    place = path or course_path("tests", SEALS)
    if not place.is_file():
        return {}
    data, _ = load_yaml(place)
    found = data.get("seals") if isinstance(data, dict) else None
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def is_right(seals: Mapping[str, str], statement: str, answer: str) -> bool | None:
    """Whether an answer is the sealed one; None without a seal for this statement."""
    salt, _, sealed = seals.get(statement, "").partition(" ")
    if not sealed or answer not in (TRUE, NOT_TRUE):
        return None
    return seal(salt, statement, answer) == sealed
