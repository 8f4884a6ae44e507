"""Bringing a saved progress file back: union by id, order by time, nothing lost, nothing doubled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from medialit.english import count
from medialit.errors import MedialitError
from medialit.progress.entry import EntryLine
from medialit.progress.reading import Contents

MAX_FILE = 50_000_000  # bytes; 10,000 attempts need about 3 million


@dataclass(frozen=True)
class RestoreReport:
    """What ``restore`` did. ``text`` says it in plain words; without ``ok`` nothing was changed."""

    text: str
    ok: bool
    added: int = 0
    already: int = 0
    unreadable: int = 0

    def __str__(self) -> str:
        return self.text


def read_source(source: Path | str | bytes | bytearray | memoryview) -> Contents:
    """The contents of a file to restore from. Raises MedialitError, in a plain sentence, when it is not one."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        name, data = "This file", bytes(source)
        _refuse_large(name, len(data))
    elif isinstance(source, (str, Path)):
        name, data = _from_disk(Path(source).expanduser())
    else:
        raise MedialitError(
            f"A progress file is needed, as a file name or as bytes, not {type(source).__name__}. Nothing was changed."
        )
    if not data.strip():
        raise MedialitError(f"{name} is empty. Nothing was changed. Choose another copy of your progress file.")
    contents = Contents().feed(data)
    if contents.newer:
        raise MedialitError(
            f"{name} was written by a newer medialit (format {contents.newer}). Nothing was changed. "
            "Update medialit, then restore again."
        )
    if not contents.header and not contents.records:
        what = "is a notebook, not a progress file" if b'"nbformat"' in data else "is not a progress file"
        raise MedialitError(f"{name} {what}. Nothing was changed. Choose the file my-progress.jsonl that you saved.")
    return contents


def _from_disk(path: Path) -> tuple[str, bytes]:
    try:
        if path.is_dir():
            raise MedialitError(f"{path.name} is a folder. Nothing was changed. Choose a progress file in it.")
        if not path.exists():
            raise MedialitError(f"There is no file {path}. Nothing was changed. Check its name and its folder.")
        if not path.is_file():
            raise MedialitError(f"{path.name} is not a progress file. Nothing was changed.")
        _refuse_large(path.name, path.stat().st_size)
        return path.name, path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a zero character in the name
        why = getattr(error, "strerror", None) or "the name is not valid"
        raise MedialitError(f"{path.name!r} cannot be read ({why}). Nothing was changed.") from None


def _refuse_large(name: str, size: int) -> None:
    if size > MAX_FILE:
        raise MedialitError(
            f"{name} is too large for a progress file ({size / 1e6:.0f} MB; at most {MAX_FILE / 1e6:.0f} MB). "
            "Nothing was changed. Check that you chose the right file."
        )


def union(ours: Iterable[EntryLine], theirs: Iterable[EntryLine]) -> list[EntryLine]:
    """Both together, each id once (ours where both have it), in order of time."""
    together = {record.entry.id: record for record in ours}
    for record in theirs:
        together.setdefault(record.entry.id, record)
    return sorted(together.values(), key=lambda record: record.entry.time)


def elder(ours: Iterable[EntryLine], theirs: Iterable[EntryLine]) -> bool:
    """True when their first entry is older than our first: then the pseudonym is theirs.

    So a learner who restores a copy on a fresh machine stays who they were, whichever file is read into which.
    """
    never = "9999"
    first_ours = min((record.entry.time for record in ours), default=never)
    return min((record.entry.time for record in theirs), default=never) < first_ours


def report(added: list[EntryLine], already: int, unreadable: int) -> RestoreReport:
    """ "Restored 14 attempts; 3 were here already; 1 line could not be read.\""""
    attempts = sum(record.entry.kind == "attempt" for record in added)
    parts = []
    if attempts or not added:
        parts.append(count(attempts, "attempt"))
    if len(added) > attempts:
        parts.append(count(len(added) - attempts, "other entry", "other entries"))
    text = f"Restored {' and '.join(parts)}"
    if not added:
        text = "There was nothing new to restore"
    if already:
        text += f"; {already} {'was' if already == 1 else 'were'} here already"
    if unreadable:
        text += f"; {count(unreadable, 'line')} could not be read"
    return RestoreReport(text + ".", True, len(added), already, unreadable)
