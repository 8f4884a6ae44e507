"""Marks one correction card: .60 scored again from the answers, .40 from the reviews of those who read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from medialit.errors import MedialitError
from medialit.files import COURSE_CASE, write_whole
from medialit.progress import Progress
from medialit.show.correction_card import card_document
from medialit.units import open_unit
from medialit.units.correction.rubric import CRITERIA, MAX_FILE, WORTH, Review, mean_points, read_review
from medialit.units.correction.unit import CorrectionUnit


@dataclass(frozen=True)
class MarkedCard:
    """A card's number (empty while it is unfinished), its parts, and the reviews that are about exactly this card.

    ``parts`` maps each part to (points, of how many); ``problems`` are plain sentences; ``page`` is the card itself.
    """

    number: str
    parts: Mapping[str, tuple[float, float]]
    reviews: tuple[Review, ...]
    problems: tuple[str, ...]
    page: str = ""

    @property
    def rubric(self) -> float | None:
        """The mean of the reviews, of .40; None without a review."""
        return mean_points(list(self.reviews))

    @property
    def total(self) -> float:
        """Everything together, of 1."""
        return round(sum(points for points, _ in self.parts.values()) + (self.rubric or 0.0), 4)

    def lines(self) -> list[str]:
        """The mark in plain text."""
        found = [f"Card {self.number}" if self.number else "There is no finished card."]
        found += [f"  {name}: {points:.2f} of {worth:.2f}" for name, (points, worth) in self.parts.items()]
        for review in self.reviews:
            told = ", ".join(f"{name} {review.levels[name]}" for name in CRITERIA)
            found.append(f"  review: {review.points:.2f} of {WORTH:.2f} ({told})")
        given = "none yet" if self.rubric is None else f"{self.rubric:.2f} of {WORTH:.2f}"
        return [*found, f"  rubric: {given}", f"  together: {self.total:.2f} of 1.00", *self.problems]


def mark_card(progress: bytes, reviews: Iterable[tuple[str, str]] = (), case: str | Path = COURSE_CASE) -> MarkedCard:
    """Mark the card of one progress file. ``reviews`` are (name, text) of review files.

    Stored scores are not looked at. Reviews of another card, and files that are none, are named in ``problems``.
    Raises MedialitError when the progress file cannot be read or the case is not known.
    """
    kept = Progress()
    report = kept.restore(progress)
    if not report.ok:
        raise MedialitError(str(report))
    unit = open_unit("correction", case=case, progress=kept)
    assert isinstance(unit, CorrectionUnit)
    draft = unit.draft()
    problems = draft.missing()
    number = "" if problems else draft.number
    counted: list[Review] = []
    for name, text in reviews:
        try:
            review = read_review(text)
        except MedialitError as error:
            problems.append(f"{name}: {error}")
            continue
        if review.card == number and not unit.wrote(review):
            counted.append(review)
        elif review.card == number:
            problems.append(f"{name} is by the one who made the card, so it gives no points.")
        else:
            problems.append(f"{name} is about card {review.card}, so it gives no points here.")
    page = card_document(draft.page()) if number else ""
    return MarkedCard(number, draft.points(), tuple(counted), tuple(problems), page)


def card_command(progress: Path, reviews: Iterable[Path], case: str, page: Path | None) -> bool:
    """What ``medialit card`` does. True when the card is finished."""
    texts = []
    for path in reviews:
        # One byte more than any review may have: enough to see that it is too large.
        with path.open("rb") as file:
            texts.append((path.name, file.read(MAX_FILE + 1).decode("utf-8", "replace")))
    marked = mark_card(progress.read_bytes(), texts, case)
    for line in marked.lines():
        print(line)
    if page and marked.page:
        write_whole(page, marked.page.encode())
        print(f"wrote {page}")
    return bool(marked.number)
