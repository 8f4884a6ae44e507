"""What was found in a file of somebody's own, how long an article can be, and what is said where a library is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.util import find_spec

from medialit.errors import MedialitError

LEAST, MOST = 80, 5_000  # words: less is no story, and more is no page
LARGEST = 30_000_000  # bytes of a file, packed or not
EXTRA = "Install the tools for authors first: pip install 'medialit[author]'."


@dataclass(frozen=True)
class Found:
    """An article as it was read. ``paragraphs`` are its lines, the headline first; the rest is what is known about it.

    ``left_out`` are texts of the file that are not in the article, ``notes`` what was changed or guessed, in sentences.
    """

    paragraphs: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    about: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text of article.txt."""
        return "\n".join(self.paragraphs) + "\n"


class SeveralArticles(MedialitError):
    """A page holds several articles: ``heads`` are their headlines, in order."""

    def __init__(self, name: str, heads: list[str]) -> None:
        shown = "; ".join(f"{n}: “{head}”" for n, head in enumerate(heads, 1))
        super().__init__(
            f"{name} holds {len(heads)} articles. Choose one with --article, for instance --article 1. {shown}."
        )
        self.name, self.heads = name, heads


def needs(library: str, files: str) -> None:
    """Raises MedialitError where what reads these files is not installed."""
    if find_spec(library) is None:
        raise MedialitError(f"{files} need a library that is not here. {EXTRA}")
