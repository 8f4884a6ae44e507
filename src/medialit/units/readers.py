"""What readers do with a card: a partner's is read, and what others said of one's own is loaded."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from medialit.errors import MedialitError
from medialit.exercises.rubric import (
    COMMITMENTS,
    CRITERIA,
    WORTH,
    Review,
    as_review,
    file_name,
    read_review,
    review_file,
    review_form,
)
from medialit.exercises.rubric import FILE_NAME as REVIEW_FILE
from medialit.files import write_whole
from medialit.progress import Entry
from medialit.show.html import LINK, View, escape
from medialit.units.desk import DeskUnit

REVIEW, RECEIVED = "review", "review-received"


class ReadUnit(DeskUnit):
    """A unit whose card is read by others, by the rubric."""

    def review(self) -> Any:
        """Read a partner's card: four criteria, five commitments. ``unit.review().answer({…})`` does the same by code."""
        from medialit.widgets.review import ReviewWidget

        past = self.record.entries("event", REVIEW)
        saved = past[-1].answer if past else None
        return ReviewWidget(review_form(), self._keep_review, saved, self.record.place_named(REVIEW, "form"))

    def _keep_review(self, answer: dict[str, str]) -> View:
        from medialit.units.saved import note_view

        review = as_review(answer, self.case.name)
        past = self.record.entries("event", REVIEW)
        trouble = None
        if not past or past[-1].answer != answer:
            trouble = self.record.add(Entry(kind="event", task=REVIEW, answer=answer))
        text, name = review_file(review), file_name(review)
        said = f"Saved: {review.points:.2f} of {WORTH:.2f} points. Give the file {name} to the one whose card you read."
        if self.progress.path:
            try:
                write_whole(Path.cwd() / name, text.encode())
                said += " It lies beside this notebook."
            except OSError as error:
                said += f" It could not be written here ({error.strerror}). Use the link."
        data = base64.b64encode(text.encode()).decode()
        link = (
            f'<p><a download="{escape(name)}" href="data:application/json;base64,{data}" '
            f'style="{LINK}">Download {escape(name)}</a></p>'
        )
        note = note_view(said, trouble or "")
        return View(f"{note.text}\n{text}", note.html + link)

    def received(self, file: str | Path | None = None) -> Any:
        """Load what a reader said about your card: name the file, or choose it by click."""
        from medialit.widgets.review import ReceivedWidget

        if file is None:
            return ReceivedWidget(self._take_review, REVIEW_FILE, self._readers() if self.reviews() else None)
        from medialit.units.saved import note_view

        try:
            return self._take_review(Path(file).read_bytes())
        except OSError as error:
            return note_view(f"The file {Path(file).name} could not be read ({error.strerror}).")
        except MedialitError as error:
            return note_view(str(error))

    def _take_review(self, data: bytes) -> View:
        from medialit.units.saved import note_view

        review = read_review(data.decode("utf-8", "replace"))
        plain = asdict(review)
        if plain not in [entry.answer for entry in self.record.entries("event", RECEIVED)]:
            self.record.add(Entry(kind="event", task=RECEIVED, answer=plain))
        if review.card != self._number():
            mine = f"Your card has the number {self._number()}" if self._number() else "You have no finished card"
            return note_view(f"Kept. But this review is about card {review.card}. {mine}, so it gives no points here.")
        return self._readers()

    def _number(self) -> str:
        """The number of the card that is read; empty when there is none yet."""
        return ""

    def reviews(self) -> list[Review]:
        """The reviews of your card as it is now; what was said about an earlier one does not count."""
        number = self._number()
        found = (_review(entry.answer) for entry in self.record.entries("event", RECEIVED))
        return [review for review in found if review and number and review.card == number]

    def _readers(self) -> View:
        from medialit.show.tables import table_view
        from medialit.units.saved import note_view

        shown = View("", "")
        for count, review in enumerate(self.reviews(), 1):
            rows = [{"Question": CRITERIA[name][0], "Answer": level} for name, level in review.levels.items()]
            rows += [{"Question": COMMITMENTS[name], "Answer": said} for name, said in review.commitments.items()]
            shown += table_view(rows, caption=f"Reader {count}: {review.points:.2f} of {WORTH:.2f}")
            if review.comment:
                shown += note_view(review.comment)
        return shown


def _review(answer: Any) -> Review | None:
    """A review from the progress file; None when somebody changed it by hand."""
    if not isinstance(answer, Mapping) or not all(isinstance(answer.get(k), dict) for k in ("levels", "commitments")):
        return None
    try:
        flat = {
            **answer["levels"],
            **answer["commitments"],
            "card": answer.get("card"),
            "comment": answer.get("comment"),
        }
        return as_review(flat, str(answer.get("case")))
    except (MedialitError, AttributeError):
        return None
