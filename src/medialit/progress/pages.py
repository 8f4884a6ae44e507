"""A progress file where nothing can be locked: in the browser, where each open page runs a Python of its own.

JupyterLite's drive takes a whole file when it is opened and puts all of it back when it is closed, so of two pages that
write one file at once the slower one wins. Each page therefore writes a file that nobody else writes,
``my-progress.page-….jsonl``, and reads all of them. ``my-progress.jsonl`` is written after each answer with everything
that is known, so that it can be taken away like any other; whatever another page overwrites there is still in a page's
file. No file is deleted or renamed and none is asked for its size: while one page deletes a file, the drive never answers
another that asks for it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from medialit.progress import disk
from medialit.progress.entry import EntryLine, header_line
from medialit.progress.merge import union
from medialit.progress.reading import Contents

PAUSE = 1.0  # seconds between two looks at what other pages have written: each look reads every file
_FREE_AFTER = timedelta(hours=6)  # a page's file without an entry for so long is taken over, so that they stay few


class Pages:
    """The progress file at ``main`` and the files of all pages beside it. Everything may raise OSError."""

    def __init__(self, main: Path) -> None:
        self.main = main
        self._page = os.urandom(4).hex()
        self._own: Path | None = None
        self._others: dict[Path, Contents] = {}
        self._mine: dict[str, EntryLine] = {}  # all that our own file holds
        self._looked = float("-inf")

    def read(self) -> Contents | None:
        """Everything that all files hold, in order of time; None when it was read a moment ago."""
        if time.monotonic() - self._looked < PAUSE:
            return None
        self._others = {path: _read(path) for path in self._files()}
        contents = _read(self.main)  # last: whatever another page moves while we read is in one of the two
        for other in self._others.values():
            contents.newer = contents.newer or other.newer
            contents.header = contents.header or other.header
        contents.records = self._all(contents.records.values())
        self._looked = time.monotonic()
        return contents

    def write(self, new: Collection[EntryLine], learner: str, everywhere: bool) -> None:
        """Keep ``new`` in our own file, and with ``everywhere`` in the main file too. What our file holds is read back.

        Raises NotKept when it is gone again: a private window, or no room.
        """
        self._mine |= {record.entry.id: record for record in new}
        for _ in range(5):
            if self._own is None or not self._is_ours(disk.read_whole(self._own)):
                self._own = self._free()  # the first time, or another page has taken ours over
            data = header_line(learner, page=self._page) + b"".join(record.line for record in self._mine.values())
            disk.put(self._own, data)
            if everywhere:
                self._write_main(learner)
            kept = disk.read_whole(self._own)
            if kept.startswith(data):
                return
            if self._is_ours(kept):
                break
        raise disk.NotKept

    def _write_main(self, learner: str) -> None:
        there = _read(self.main)
        if there.newer or there.foreign:
            return
        lines = [record.line for record in self._all(there.records.values()).values()]
        disk.put(self.main, header_line(learner) + b"".join([*lines, *there.damaged.values()]))

    def set_aside(self, lines: Iterable[bytes], path: Path) -> None:
        """Copy damaged lines into the file at ``path``, each once."""
        there = disk.read_whole(path)
        if new := [line for line in lines if line.strip() not in there]:
            disk.put(path, there + b"".join(line.rstrip(b"\n") + b"\n" for line in new))

    def _is_ours(self, data: bytes) -> bool:
        first = data.partition(b"\n")[0]
        return not data or f'"page": "{self._page}"'.encode() in first

    def _files(self) -> list[Path]:
        start, end = f"{self.main.stem}.page-", self.main.suffix
        try:
            names = os.listdir(self.main.parent)
        except FileNotFoundError:
            return []
        return [self.main.with_name(name) for name in sorted(names) if name.startswith(start) and name.endswith(end)]

    def _all(self, main: Iterable[EntryLine]) -> dict[str, EntryLine]:
        # Ours first: two entries of one second keep the order in which they were made.
        found: Iterable[EntryLine] = self._mine.values()
        for other in (*(contents.records.values() for contents in self._others.values()), main):
            found = union(found, other)
        return {record.entry.id: record for record in union(found, ())}

    def _free(self) -> Path:
        before = (datetime.now(UTC) - _FREE_AFTER).strftime("%Y-%m-%dT%H:%M:%SZ")
        for path, contents in self._others.items():
            newest = max((record.entry.time for record in contents.records.values()), default="")
            if contents.header and not contents.newer and not contents.damaged and newest < before:
                self._mine = contents.records | self._mine
                return path
        self._page = os.urandom(4).hex()
        return self.main.with_name(f"{self.main.stem}.page-{self._page}{self.main.suffix}")


def _read(path: Path) -> Contents:
    return Contents().feed(disk.read_whole(path))
