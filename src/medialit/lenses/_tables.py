"""The word tables that people edit, ``datasets/lexicons``: one reader for all lenses."""

from __future__ import annotations

import re
from functools import cache

from medialit.errors import CaseError
from medialit.files import data_path, read_text


@cache
def table(folder: str, name: str, **shapes: str) -> tuple[list[str], ...]:
    """The rows of a table, without comments and without the header; ``shapes`` are patterns for the cells of a column.

    Raises CaseError for a table without rows, and for a row of another width, without its first cell, or with a cell of
    another shape.
    """
    path = data_path("lexicons", folder, f"{name}.tsv")
    lines = [(number, line.split("\t")) for number, line in enumerate(read_text(path).splitlines(), 1)]
    found = [(number, cells) for number, cells in lines if cells != [""] and cells[0][:1] != "#"]
    if len(found) < 2:
        raise CaseError("This table needs a line with the names of its columns, and rows below it.", file=path)
    (line, header), *rows = found
    if unnamed := shapes.keys() - set(header):
        raise CaseError(f"No column has the name “{min(unnamed)}” here.", file=path, line=line)
    fits = {header.index(column): re.compile(shape).fullmatch for column, shape in {header[0]: ".+", **shapes}.items()}
    for number, cells in rows:
        if len(cells) != len(header):
            what = f"This row has {len(cells)} columns instead of {len(header)}."
            raise CaseError(what, file=path, line=number)
        for place, fit in fits.items():
            if not fit(cells[place]):
                what = f"“{cells[place]}” cannot stand under “{header[place]}”. The lines above the table say what can."
                raise CaseError(what, file=path, line=number)
    return tuple(cells for _, cells in rows)


def by_name(folder: str, name: str, *needed: str, **shapes: str) -> dict[str, str]:
    """A table of two columns, the second by the first. Raises CaseError also when a row that is needed is not there."""
    found = dict(table(folder, name, **shapes))
    for row in needed:
        if row not in found:
            path = data_path("lexicons", folder, f"{name}.tsv")
            raise CaseError(f"There is no row “{row}”. The lens needs it.", file=path)
    return found
