"""What records of the lenses and scores have in common: they can be told as plain data."""

from __future__ import annotations

from dataclasses import fields
from typing import Any


class PlainRecord:
    """The base of a dataclass whose fields hold plain data, tuples, spans, or such records."""

    __slots__ = ()

    def as_dict(self) -> dict[str, Any]:
        """The record as plain data: tuples and spans become lists, records dictionaries."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}  # type: ignore[arg-type]


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value.as_dict() if isinstance(value, PlainRecord) else value
