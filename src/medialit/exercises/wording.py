"""The words of pages that belong to no unit, from ``course/words.yaml``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from medialit.browser import IN_BROWSER
from medialit.english import said_in
from medialit.exercises.task import SharedText
from medialit.files import course_path, load_model


@lru_cache(maxsize=4)
def says_of(path: Path) -> dict[str, str]:
    """The sentences of a file of such words, by name."""
    return load_model(SharedText, path).says


def say(name: str, /, **values: object) -> str:
    """A sentence of such a page, with its names in braces filled in."""
    return said_in(says_of(course_path("words.yaml")), name, "course/words.yaml", **values)


def where_saved() -> str:
    """Where answers are saved: on this computer, or in this browser where Python runs there."""
    return say("in_this_browser" if IN_BROWSER else "on_this_computer")


def for_the_browser(text: str) -> str:
    """The text of a page as it has to be where Python runs in the browser."""
    return text.replace(say("on_this_computer"), say("in_this_browser"))
