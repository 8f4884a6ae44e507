"""Numbers and lists as they are written in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from string import Formatter
from typing import Any


def count(number: int, one: str, several: str = "") -> str:
    """``1 word``, ``2 words``, ``0 words``; ``several`` is the plural where it is not ``one`` with an s.

    Whole phrases work as well: ``count(n, "row is empty", "rows are empty")``.
    """
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def listed(items: Iterable[object], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``; an empty list is an empty string."""
    words = [str(item) for item in items]
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1] if words else "") if part)


class _Sentence(Formatter):
    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        name, bar, nouns = field_name.partition("|")
        if not bar:
            found, used = super().get_field(field_name, args, kwargs)
            return found, str(used)
        one, _, several = nouns.partition("|")
        return count(kwargs[name], one, several), name


def filled(text: str, /, **values: object) -> str:
    """A text of the course with its names in braces filled in; ``{n|claim|claims}`` is a number with its noun.

    Raises KeyError when a name is not given.
    """
    return _Sentence().vformat(text, (), values)
