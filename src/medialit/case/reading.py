"""How the files of a case are read: one may be missing, and what is wrong with each is kept until all were read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from medialit.article import Article, Span
from medialit.errors import CaseError, raise_first
from medialit.files import Fault, LineOf, Model, Place, dotted, load_yaml, validated


class CaseFiles:
    """Some files of a case, and the ``faults`` that were found in them so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[CaseError] = []
        self._lines: dict[str, LineOf] = {}

    def read(self, name: str, model: type[Model]) -> Model | None:
        """A file as a record; None where the case does not have it, and where it is damaged."""
        path = self.folder / name
        if not path.is_file():
            return None
        try:
            data, self._lines[name] = load_yaml(path)
            return validated(model, data, path, self._lines[name])
        except CaseError as error:
            self._lines.pop(name, None)
            self.faults += error.all
            return None

    def compared(self, name: str, found: Iterable[Fault]) -> None:
        """Keep what a comparison found in a file. What is told of a file that was not read is no fault."""
        for place, what in found:
            self.fault(name, place, what)

    def fault(self, name: str, place: Place, what: str) -> None:
        """Keep one of them."""
        if line_of := self._lines.get(name):
            # Which entry of a list it is, the line says.
            named = next((n for n in range(len(place), 0, -1) if isinstance(place[n - 1], str)), 0)
            error = CaseError(what, file=self.folder / name, line=line_of(place), field=dotted(place[:named]))
            self.faults.append(error)

    def done(self) -> None:
        """Raise the first fault, with the others attached; do nothing when there is none."""
        raise_first(self.faults)


def doubles(place: Place, ids: Sequence[str], *field: str) -> Iterator[Fault]:
    """Names that appear more than once in the list at this place, in this field of its entries."""
    for i, one in enumerate(ids):
        if one in ids[:i]:
            yield (*place, i, *field), f"“{one}” appears twice. Keep it once."


def unknown(at: Place, names: Iterable[str], known: Collection[str] | None, what: str) -> Iterator[Fault]:
    """The first name that is not known; nothing where the file that would know it is missing (None)."""
    if known is not None and (strange := [name for name in names if name not in known]):
        yield at, f"There is no {what} “{strange[0]}”."


def one_of(at: Place, name: str, known: Collection[str] | None) -> Iterator[Fault]:
    """A name that is none of the few that there are; nothing where the file that would know it is missing (None)."""
    if known is not None and name not in known:
        yield at, f"“{name}” is not one of: {', '.join(known)}."


def span_faults(
    at: Place, span: Span | None, article: Article, text: str | None = None, field: str = "span"
) -> Iterator[Fault]:
    """A span that ends after the article, or that does not have the words that the file repeats."""
    if span and span[1] > len(article.text):
        yield (*at, field), f"This span ends after the last character of the article ({len(article.text):,})."
    elif span and text is not None and article[span] != text:
        yield (*at, "text"), "The text is not what stands at this span in the article."


def count_words(text: str) -> int:
    """How many words of a text have a letter or a digit."""
    return sum(any(c.isalnum() for c in word) for word in text.split())


def too_long(at: Place, text: str, most: int, what: str) -> Iterator[Fault]:
    """A text of more than ``most`` words; ``what`` names it at the beginning of the sentence."""
    if count_words(text) > most:
        yield at, f"{what} has at most {most} words."
