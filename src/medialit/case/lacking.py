"""What an author is told of a case that lacks something: the sentences of ``course/needs.yaml``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from medialit.case.records import Texts
from medialit.english import said_in
from medialit.errors import Lacking
from medialit.files import course_path, load_model

LEAST = 3  # rows, attributions or terms: with fewer, an exercise is a guess


@lru_cache(maxsize=4)
def _read(path: Path) -> dict[str, str]:
    return load_model(Texts, path).root


def lacking(need: str, **values: object) -> Lacking:
    """What says, to an author, that a case lacks this."""
    return Lacking(said_in(_read(course_path("needs.yaml")), need, "course/needs.yaml", least=LEAST, **values))
