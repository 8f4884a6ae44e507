"""Traces that a hostile notebook must not leave: a changed file, a new file, a connection, a process."""

from __future__ import annotations

import hashlib
import socket
import threading
from pathlib import Path


class Traces:
    """A canary in a folder of its own, and a port that counts who calls. Used with ``with``."""

    def __init__(self, folder: Path) -> None:
        self.canary = folder / "canary" / "alive"
        self.calls = 0

    def __enter__(self) -> Traces:
        self.canary.parent.mkdir(parents=True, exist_ok=True)
        self.canary.write_text("alive")
        self._line = socket.create_server(("127.0.0.1", 0))
        self.port = self._line.getsockname()[1]
        threading.Thread(target=self._count, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()

    def _count(self) -> None:
        while True:
            try:
                self._line.accept()[0].close()
            except OSError:
                return
            self.calls += 1

    def digest(self, place: Path) -> str:
        """All names and bytes under a folder."""
        found = hashlib.sha256()
        for path in sorted(place.rglob("*")):
            found.update(str(path).encode() + (path.read_bytes() if path.is_file() else b""))
        return found.hexdigest()

    def found(self, place: Path, before: str) -> list[str]:
        """What was left, one line each."""
        lines = []
        if sorted(path.name for path in self.canary.parent.iterdir()) != ["alive"]:
            lines.append("a file was made outside")
        if not self.canary.exists() or self.canary.read_text() != "alive":
            lines.append("a file outside was changed")
        if self.calls:
            lines.append(f"{self.calls} connections reached the outside")
        if self.digest(place) != before:
            lines.append("a submission was changed")
        return lines
