"""What is different where Python itself runs in the browser (Pyodide, JupyterLite)."""

from __future__ import annotations

import re
import sys
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import Any

IN_BROWSER = sys.platform == "emscripten"


class _Pattern:
    """A pattern of ``re`` that takes the time limit that NLTK gives to ``regex``, and has none."""

    def __init__(self, source: str, flags: int = 0) -> None:
        # The one class of Unicode that a tokenizer asks for: signs that are neither letters nor numbers.
        self._given = source.replace(r"[^\p{L}\p{N}]", r"[\W_]"), flags
        if r"\p" not in source:  # others, for XML and other scripts, fail when they are used, not when NLTK is imported
            self._pattern  # noqa: B018

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(*self._given)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._pattern, name)
        if not callable(found):
            return found
        return lambda *given, timeout=None, **named: found(*given, **named)


def stand_in_for_regex() -> None:
    """Give NLTK the part of the package ``regex`` that it uses, where that package cannot be had.

    NLTK matches all its patterns with it, to stop those that would run for ever. Its own patterns for sentences and words
    find the same with ``re``; a pattern of somebody else may behave differently or not compile.
    """
    try:
        import_module("regex")
    except ImportError:
        module = ModuleType("regex")
        vars(module).update({name: getattr(re, name) for name in ("error", "escape", *re.RegexFlag.__members__)})
        vars(module).update(compile=_Pattern, Pattern=_Pattern)
        sys.modules["regex"] = module


if IN_BROWSER:
    stand_in_for_regex()
