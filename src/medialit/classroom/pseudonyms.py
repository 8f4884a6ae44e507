"""codes instead of names: drawn once, the same in every file afterward. The key is a file of its own."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from medialit.classroom.records import Book
from medialit.classroom.worksheet import csv_text, read_table
from medialit.errors import MedialitError
from medialit.files import write_whole

KEY_FILE = "pseudonyms-key.csv"
_HEAD = ("code", "learner")
_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"  # signs that are hard to confuse when read aloud
_CODE = re.compile(r"L-[2-9a-z]{5}")


class Pseudonyms:
    """The key in a file: a code for each learner. New learners get new codes; ``save`` writes them down."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._codes: dict[str, str] = {}
        if path.is_file():
            head, *rows = read_table(path)
            if head[:2] != _HEAD or any(not _CODE.fullmatch(row[0]) for row in rows):
                raise MedialitError(f"{path} is not a key of pseudonyms: its first line should be code,learner.")
            self._codes = {row[1]: row[0] for row in rows}
            if len(set(self._codes.values())) < len(rows):
                raise MedialitError(f"{path} names a code or a learner twice. Restore it from a copy.")

    def code(self, learner: str) -> str:
        """The code of a learner."""
        taken = set(self._codes.values())
        while learner not in self._codes:
            made = "L-" + "".join(secrets.choice(_LETTERS) for _ in range(5))
            if made not in taken:
                self._codes[learner] = made
        return self._codes[learner]

    def known(self, learner: str) -> str:
        """The code of a learner who has one already; else the learner."""
        return self._codes.get(learner, learner)

    def learner(self, code: str) -> str | None:
        """Whose code this is."""
        return next((who for who, known in self._codes.items() if known == code), None)

    def save(self, learners: Iterable[str] = ()) -> None:
        """Write the key, in order of the codes, so that it tells nothing of the order of names."""
        for who in learners:
            self.code(who)
        rows = sorted((code, who) for who, code in self._codes.items())
        write_whole(self.path, csv_text([_HEAD, *rows]).encode())

    def masked(self, book: Book) -> Book:
        """The gradebook with codes for names. Names of files and sentences about files are left out: both can hold names."""
        return Book(
            [replace(one, learner=self.code(one.learner), source=_kind(one.source)) for one in book.attempts],
            [replace(one, learner=self.code(one.learner), source=_kind(one.source)) for one in book.grades],
            [
                replace(
                    one, learner=self.code(one.learner), name=self.code(one.learner), lms_id="", hand="",
                    files=tuple(f"file {number}" for number, _ in enumerate(one.files, 1)),
                    problems=("Something could not be read.",) if one.problems else (),
                )
                for one in book.submissions
            ],
            [replace(one, learner=self.code(one.learner)) for one in book.marks],
        )  # fmt: skip


def _kind(source: str) -> str:
    if not source:
        return ""
    cell = re.search(r", (cell \d+)", source)
    return f"notebook, {cell[1]}" if cell else "progress file"
