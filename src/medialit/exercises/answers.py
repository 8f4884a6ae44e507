"""Turn what a learner hands in into plain data, or say in one sentence what to hand in instead.

Afterwards only exact base types are left, so that comparing the answer never runs a learner's code.
"""

from __future__ import annotations

import json
import math
from typing import Any

from medialit.errors import MedialitError

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_BITS = 64

_TOO_LARGE = (
    "Your answer is larger than 1 MB. Hand in only what the task asks for, such as positions or words, "
    "not a whole text or table."
)
_PLAIN = "Hand in plain data: a number, a text, a list, a dictionary or spans such as [12, 34]."
_INSTEAD = {
    "set": "A set has no order. Hand in a list: list(...) makes one.",
    "frozenset": "A frozenset has no order. Hand in a list: list(...) makes one.",
    "bytes": "Hand in a text: .decode() makes one.",
    "bytearray": "Hand in a text: .decode() makes one.",
    "ellipsis": "Put your answer in the place of the three dots.",
    "function": "Hand in what it returns: call it with ().",
    "builtin_function_or_method": "Hand in what it returns: call it with ().",
    "method": "Hand in what it returns: call it with ().",
    "Fraction": "Hand in a plain number: float(...) makes one.",
    "Decimal": "Hand in a plain number: float(...) makes one.",
} | dict.fromkeys(
    ("generator", "range", "dict_keys", "dict_values", "dict_items", "map", "filter", "zip", "deque"),
    "Hand in a list: list(...) makes one.",
)


def plain(answer: Any) -> Any:
    """The same answer as None, bool, int, float, str, list and dict with text keys, and nothing else.

    Tuples and spans become lists; a subclass of a base type becomes that type, by the base type's own methods.
    Raises MedialitError for any other object, a number that is not finite or has more than 64 bits, more than 20
    levels, or more than 1 MB of JSON.
    """
    answer = _Copier().copy(answer, "", 0)
    # Counted once more exactly: the running count is a lower bound that stops a huge answer early.
    if len(json.dumps(answer, ensure_ascii=False).encode("utf-8")) > MAX_BYTES:
        raise MedialitError(_TOO_LARGE)
    return answer


class _Copier:
    def __init__(self) -> None:
        self.size = 0

    def copy(self, value: Any, where: str, depth: int) -> Any:
        # type() and issubclass(), never isinstance(): an object may lie about its __class__.
        kind = type(value)
        if _home(kind) in ("numpy", "pandas"):
            raise MedialitError(_refusal(kind, where))
        self._count(1)
        if value is None or kind is bool:
            return value
        if issubclass(kind, str):
            return self._text(str.__str__(value), where)
        if issubclass(kind, int):
            number = int.__add__(value, 0)
            if number.bit_length() > MAX_BITS:
                raise MedialitError(f"{_your(where)} is a number with too many digits. Check how you worked it out.")
            return number
        if issubclass(kind, float):
            real = float.__add__(value, 0.0)
            if not math.isfinite(real):
                raise MedialitError(f"{_your(where)} is {real}, which is not a finite number. Hand in a number.")
            return real
        if issubclass(kind, (list, tuple, dict)) and depth >= MAX_DEPTH:
            raise MedialitError(
                f"Your answer has more than {MAX_DEPTH} levels of lists inside lists. Hand in a flatter one."
            )
        if issubclass(kind, dict):
            return self._dictionary(value, where, depth)
        if issubclass(kind, (list, tuple)):
            items = list.__iter__(value) if issubclass(kind, list) else tuple.__iter__(value)
            return [self.copy(item, f"{where}[{i}]", depth + 1) for i, item in enumerate(items)]
        raise MedialitError(_refusal(kind, where))

    def _dictionary(self, value: dict[Any, Any], where: str, depth: int) -> dict[str, Any]:
        copied: dict[str, Any] = {}
        for key, item in dict.items(value):
            if not issubclass(type(key), str):
                raise MedialitError(
                    f"{_your(where)} is a dictionary with a key of type {_name(type(key))}. Use texts as keys."
                )
            name = self._text(str.__str__(key), where)
            if name in copied:
                raise MedialitError(f"{_your(where)} holds the key {_short(name)} twice. Keep one.")
            copied[name] = self.copy(item, f"{where}[{_short(name)}]", depth + 1)
        return copied

    def _text(self, text: str, where: str) -> str:
        self._count(len(text))
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise MedialitError(
                f"{_your(where)} holds half of a character. Copy the words from the article again."
            ) from None
        return text

    def _count(self, size: int) -> None:
        self.size += size
        if self.size > MAX_BYTES:
            raise MedialitError(_TOO_LARGE)


def _your(where: str) -> str:
    return f"The part answer{where[:80]}" if where else "Your answer"


def _short(name: str) -> str:
    return repr(name if len(name) <= 30 else name[:29] + "…")


def _refusal(kind: type, where: str) -> str:
    name, home = _name(kind), _home(kind)
    shown = name if name not in ("ellipsis", "NoneType") else "..."
    if home == "numpy":
        instead = f"Hand in plain Python data: {'.tolist()' if name == 'ndarray' else '.item()'} makes it."
    elif home == "pandas":
        maker = '.to_dict("records")' if name == "DataFrame" else ".tolist()"
        instead = f"Hand in plain Python data: {maker} makes it." if name in _TABLES else _PLAIN
    elif home == "medialit":
        instead = "Hand in the span it holds, or what the task asks for, as [start, end]."
    else:
        instead = _INSTEAD.get(name, _PLAIN) if home in _STANDARD else _PLAIN
    what = "still ..." if shown == "..." else f"of the type {f'{home}.' if home in ('numpy', 'pandas') else ''}{name}"
    return f"{_your(where)} is {what}. {instead}"


_TABLES = ("DataFrame", "Series", "Index", "RangeIndex", "MultiIndex", "Categorical")
_STANDARD = ("builtins", "collections", "fractions", "decimal", "types")


def _name(kind: type) -> str:
    # Read with type's own getter: a metaclass could run code in its place.
    return str(type.__dict__["__name__"].__get__(kind))[:60]


def _home(kind: type) -> str:
    module = type.__dict__["__module__"].__get__(kind)
    return module.split(".")[0] if type(module) is str else ""
