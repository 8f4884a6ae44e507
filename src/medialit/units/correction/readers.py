"""What readers do with a card: a partner's is read, and what others said of one's own is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from medialit.errors import MedialitError
from medialit.files import write_whole
from medialit.progress import Entry
from medialit.show.download import link
from medialit.show.html import View, note_view
from medialit.show.tables import table_view
from medialit.units.correction.rubric import FILE_NAME as REVIEW_FILE
from medialit.units.correction.rubric import (
    WORTH,
    Review,
    as_review,
    file_name,
    kept_review,
    read_review,
    review_file,
    review_form,
    rubric_text,
)
from medialit.units.desk import DeskUnit

REVIEW, RECEIVED = "review", "review-received"


class ReadUnit(DeskUnit):
    """A unit whose card is read by others, by the rubric."""

    def review(self) -> Any:
        """Read a partner's card: four criteria, five commitments. ``unit.review().answer({…})`` does the same by code."""
        from medialit.widgets.review import ReviewWidget

        self._task("card")  # there is nothing to read where the story has none
        past = self.record.entries("event", REVIEW)
        saved = past[-1].answer if past else None
        return ReviewWidget(review_form(), self._keep_review, saved, self.record.place_named(REVIEW, "form"))

    def _keep_review(self, answer: dict[str, str]) -> View:
        review = as_review(answer, self.case.name)
        past = self.record.entries("event", REVIEW)
        trouble = None
        if not past or past[-1].answer != answer:
            trouble = self.record.add(Entry(kind="event", task=REVIEW, answer=answer))
        text, name = review_file(review), file_name(review)
        own = review.card == self._number()
        said = self.say("review_own" if own else "review_saved", points=review.points, worth=WORTH, name=name)
        said += self._beside(name, text, "review")
        handed = link(name, text.encode(), "application/json", self.say("download"))
        note = note_view(said, trouble or "")
        return View(f"{note.text}\n{text}", f"{note.html}<p>{handed.html}</p>")

    def _beside(self, name: str, text: str, what: str) -> str:
        """Write a file beside this notebook, where work is kept in a file at all; what is said of it, as ``what``."""
        if not self.progress.path:
            return ""
        try:
            write_whole(Path.cwd() / name, text.encode())
        except OSError as error:
            return " " + self.say(f"{what}_not_written", why=error.strerror)
        return " " + self.say(f"{what}_written", name=name)

    def received(self, file: str | Path | None = None) -> Any:
        """Load what a reader said about your card: name the file, or choose it by click."""
        from medialit.widgets.review import ReceivedWidget

        self._task("card")
        if file is None:
            return ReceivedWidget(self._take_review, REVIEW_FILE, self._readers() if self.reviews() else None)
        try:
            return self._take_review(Path(file).read_bytes())
        except OSError as error:
            return note_view(self.say("review_unreadable", name=Path(file).name, why=error.strerror))
        except MedialitError as error:
            return note_view(str(error))

    def _take_review(self, data: bytes) -> View:
        review = read_review(data.decode("utf-8", "replace"))
        plain = asdict(review)
        if plain not in [entry.answer for entry in self.record.entries("event", RECEIVED)]:
            self.record.add(Entry(kind="event", task=RECEIVED, answer=plain))
        mine = self._number()
        if review in self._own():
            return note_view(self.say("review_own"))
        if review.card != mine:
            told = self.say("review_mine", number=mine) if mine else self.say("review_no_card")
            return note_view(self.say("review_of_another", number=review.card, mine=told))
        return self._readers()

    def _number(self) -> str:
        """The number of the card that is read; empty when there is none yet."""
        return ""

    def reviews(self) -> list[Review]:
        """The reviews of your card as it is now; what was said about an earlier one does not count."""
        number, own = self._number(), self._own()
        found = _readable(kept_review, (entry.answer for entry in self.record.entries("event", RECEIVED)))
        return [review for review in found if number and review.card == number and review not in own]

    def wrote(self, review: Review) -> bool:
        """Was this review written by the learner whose work this is?"""
        return review in self._own()

    def _own(self) -> list[Review]:
        """What this learner wrote as a reader: about a card of their own it counts nothing."""
        written = (entry.answer for entry in self.record.entries("event", REVIEW))
        return _readable(lambda answer: as_review(answer, self.case.name), written)

    def _readers(self) -> View:
        shown, text = View("", ""), rubric_text()
        for count, review in enumerate(self.reviews(), 1):
            said = review.levels | review.commitments
            rows = [{"Question": text.asks(name), "Answer": answer} for name, answer in said.items()]
            shown += table_view(rows, caption=self.say("reader", n=count, points=review.points, worth=WORTH))
            if review.comment:
                shown += note_view(review.comment)
        return shown


def _readable(read: Callable[[Any], Review], answers: Iterable[Any]) -> list[Review]:
    """Reviews from the progress file, without those that somebody changed by hand."""
    found = []
    for answer in answers:
        with suppress(MedialitError, AttributeError, KeyError, TypeError, ValueError):
            found.append(read(answer))
    return found
