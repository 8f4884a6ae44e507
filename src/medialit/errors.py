"""Errors that a learner or instructor may read: one plain sentence, never a trace."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path


class MedialitError(Exception):
    """What happened, where, and what to do, in one or two plain sentences."""

    def _render_traceback_(self) -> list[str]:
        """Show only the sentence in a notebook (IPython asks this method for the lines to print)."""
        return [str(self)]


class NotServed(MedialitError):
    """A part of the course that the case does not have the data for: no fault of anybody."""


class Lacking(NotServed):
    """What a case lacks, in a sentence for its author. Learners are told only that a part is not there."""


class CaseError(MedialitError):
    """A file of a case or of the course does not fit its schema. ``others`` are faults that were found with it."""

    others: tuple[CaseError, ...] = ()

    def __init__(self, what: str, *, file: Path | str, line: int | None = None, field: str = "") -> None:
        # Every unit has a file of this name: the folder says which.
        of_a_unit = re.match(r"\d\d-", Path(file).parent.name)
        name = "/".join(Path(file).parts[-2:]) if of_a_unit else Path(file).name
        where = name + (f", line {line}" if line else "") + (f", field {field}" if field else "")
        super().__init__(f"{where}: {what}")
        self.file, self.line, self.field = Path(file), line, field

    @property
    def all(self) -> tuple[CaseError, ...]:
        """This fault and the others, in the order in which they were found."""
        return (self, *self.others)


def raise_first(faults: Iterable[CaseError]) -> None:
    """Raise the first fault, with the others attached; do nothing when there is none."""
    if found := tuple(faults):
        found[0].others = found[1:]
        raise found[0]
