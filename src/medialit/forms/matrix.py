"""A grid: statements down, sources across, one of a few labels in each cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from medialit.forms.base import Form, Key, Option, keyed
from medialit.forms.table import TableForm


@dataclass(frozen=True)
class MatrixForm(TableForm):
    """A table whose cells all take one of the same few options: rows are statements, fields are columns of a grid."""

    kind: ClassVar[str] = "matrix"

    @property
    def labels(self) -> tuple[Option, ...]:
        """What can be in a cell."""
        return self.fields[0].options

    def all_keys(self) -> list[Key]:
        columns = [Key("column", field.name, field.label) for field in self.fields]
        return keyed("row", self.rows) + columns + keyed("cell", self.labels)

    choices = Form.choices
