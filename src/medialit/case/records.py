"""What the parts of a case have in common: frozen records and spans."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, RootModel

from medialit.article import Span


def _span(value: object) -> Span:
    if not (isinstance(value, list | tuple) and len(value) == 2 and all(type(x) is int for x in value)):
        raise ValueError("This needs two whole numbers: [start, end].")
    if not 0 <= value[0] < value[1]:
        raise ValueError("A span starts at 0 or later and ends after its start.")
    return Span(*value)


SpanField = Annotated[Span, BeforeValidator(_span)]


class Record(BaseModel):
    """A frozen record that refuses fields nobody reads."""

    # Validators are built when a file is first read with them: a lesson reads only some kinds of file.
    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True, allow_inf_nan=False
    )


class StrictRecord(Record):
    """The same, and a value is of the type that is asked for: no number for a text, no text for a number."""

    model_config = ConfigDict(strict=True)


class Texts(RootModel[Annotated[dict[str, str], BeforeValidator(lambda data: {} if data is None else data)]]):
    """A whole file of texts by name, as ``name: text``; an empty file has none."""
