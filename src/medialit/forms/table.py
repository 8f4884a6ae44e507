"""Fill in one or more fields for each row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from medialit.errors import MedialitError
from medialit.forms.base import Form, Key, Option, described, is_number, keyed, keys_of, listed, refuse_unknown
from medialit.forms.number import parsed


@dataclass(frozen=True)
class Field:
    """One column of a table form: a drop-down list when it has options, else a number box.

    ``long`` options are sentences: they are shown one below the other instead of in a drop-down list. With ``several``
    any number of options can be ticked, and the value is a list of keys. ``folded`` ones are numbered, such as sentences:
    their numbers can be typed as well, and the list unfolds. A field with ``when``, the name of another field and a key, is
    shown where that key is chosen.
    """

    name: str
    label: str
    options: tuple[Option, ...] = ()
    long: bool = False
    several: bool = False
    folded: bool = field(default=False, repr=False)
    when: tuple[str, str] | None = field(default=None, repr=False)


class Cells:
    """One filled row. What is empty is "", [] or None."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = {name: value for name, value in values.items() if value not in (None, "", [])}

    def key(self, field: str) -> str:
        """The key that was chosen."""
        return str(self._values.get(field, ""))

    def keys(self, field: str) -> list[str]:
        """The keys that were ticked."""
        return list(self._values.get(field, ()))

    def number(self, field: str) -> float | None:
        """The number that was typed."""
        value: float | None = self._values.get(field)
        return value

    def __bool__(self) -> bool:
        return bool(self._values)


class Table(dict[str, Cells]):
    """The filled rows of a table by their keys; a row that was left out has empty cells."""

    def __missing__(self, row: str) -> Cells:
        return Cells({})


@dataclass(frozen=True)
class TableForm(Form[Table]):
    """Fill in one or more fields for each row (answer: ``{row key: {field name: value}}``)."""

    kind: ClassVar[str] = "table"
    rows: tuple[Option, ...]
    fields: tuple[Field, ...]

    def read(self, answer: Any) -> Table:
        self._check(answer)
        return Table({row: Cells(cells) for row, cells in answer.items()})

    def unfinished(self, answer: Any) -> None:
        self._check(answer, draft=True)

    def _check(self, answer: Any, draft: bool = False) -> None:
        rows, fields = keys_of(self.rows), {field.name: field for field in self.fields}
        if not isinstance(answer, dict):
            first = f"{{“{rows[0]}”: {{“{next(iter(fields))}”: …}}}}"
            raise MedialitError(f"Hand in one entry for each row, such as {first}.")
        refuse_unknown(answer, rows)
        for row, cells in answer.items():
            if not isinstance(cells, dict):
                raise MedialitError(f"Row “{row}” needs named fields: {listed(fields)}.")
            for name, value in cells.items():
                if name not in fields:
                    raise MedialitError(f"Row “{row}” has a field “{name}”. Known fields: {listed(fields)}.")
                _check_cell(row, fields[name], value, draft)

    def typed(self, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        numbers = {field.name for field in self.fields if not field.options}
        rows = {row: cells for row, cells in given.items() if isinstance(cells, dict)}
        return {
            row: {name: parsed(value) if name in numbers else value for name, value in cells.items()}
            for row, cells in rows.items()
        }

    def sample(self) -> str:
        cells = ((f.name, '["…"]' if f.several else '"…"' if f.options else "…") for f in self.fields)
        fields = ", ".join(f'"{name}": {value}' for name, value in cells)
        return f'{{"{self.rows[0].key}": {{{fields}}}{", …" if len(self.rows) > 1 else ""}}}'

    def all_keys(self) -> list[Key]:
        return keyed("row", self.rows) + [key for field in self.fields for key in keyed(field.name, field.options)]

    def choices(self) -> list[tuple[str, str]]:
        fields = [(field.name, f"{field.label} {described(field.options)}") for field in self.fields]
        return [(row.key, row.text.replace("\n", " ")) for row in self.rows] + fields

    def in_words(self, answer: Any) -> list[str]:
        rows, fields = {row.key: row.text for row in self.rows}, {field.name: field for field in self.fields}
        lines = []
        for key, cells in answer.items():
            said = []
            for name, value in cells.items():
                names = {option.key: option.text for option in fields[name].options} if name in fields else {}
                given = value if isinstance(value, list) else [value]
                shown = ", ".join(names.get(v, str(v)) for v in given)
                label = fields[name].label.rstrip("?:… ") if name in fields else name
                said.append(f"{label}: **{shown}**")
            lines.append(f"{rows.get(key, key)} → {'; '.join(said)}")
        return lines


def _check_cell(row: str, field: Field, value: Any, draft: bool) -> None:
    keys, where = keys_of(field.options), f"Row “{row}”, field “{field.name}”"
    if value is None or value == "":
        return
    if field.several:
        if not isinstance(value, list):
            raise MedialitError(f"{where} needs a list, such as [“{keys[0]}”].")
        refuse_unknown(value, keys, f"{where}: ")
    elif keys and value not in keys:
        raise MedialitError(f"{where}: “{value}” is not one of {listed(keys)}.")
    elif not keys and not (is_number(value) or (draft and isinstance(value, str))):
        raise MedialitError(f"{where} needs a number.")
