"""The word tables that people edit, ``datasets/lexicons``: one reader for all lenses."""

from __future__ import annotations

from functools import cache

from medialit.errors import CaseError
from medialit.files import data_path, read_text


@cache
def table(folder: str, name: str) -> tuple[list[str], ...]:
    """The rows of a table, without comments and without the header. Raises CaseError for a row of another width."""
    path = data_path("lexicons", folder, f"{name}.tsv")
    lines = [(number, line.split("\t")) for number, line in enumerate(read_text(path).splitlines(), 1)]
    (_, header), *rows = [(number, cells) for number, cells in lines if cells != [""] and cells[0][:1] != "#"]
    for number, cells in rows:
        if len(cells) != len(header):
            what = f"This row has {len(cells)} columns instead of {len(header)}."
            raise CaseError(what, file=path, line=number)
    return tuple(cells for _, cells in rows)
