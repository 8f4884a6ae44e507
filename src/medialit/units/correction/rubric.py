"""What a reader says about a correction card: four criteria in three levels, and the five commitments of the IFCN.

The levels are called as in Civic Online Reasoning (Stanford): beginning, emerging, mastery. The commitments are those of the
International Fact-Checking Network, put to one card. Only the levels give points.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from medialit.case.records import Record
from medialit.errors import MedialitError
from medialit.exercises.wording import say
from medialit.files import course_path, load_model
from medialit.forms import Blank, CardForm, Option

FILE_NAME = "card-review-….json"
NUMBER = re.compile(r"[0-9a-f]{4}-[0-9a-f]{4}")
KIND = "medialit card review"
VERSION = 1
WORTH = 0.40
LEVELS = {"beginning": 0.0, "emerging": 0.5, "mastery": 1.0}
CRITERIA = ("clarity", "fairness", "proportion", "method")
COMMITMENTS = ("nonpartisan", "sources", "funding", "methodology", "corrections")
MAX_FILE = 20_000
COMMENT = 500


class _Criterion(Record):
    asks: str
    levels: dict[str, str]


class RubricText(Record):
    """The words of the rubric: the whole of ``rubric.yaml``."""

    number: str
    comment: str
    criteria: dict[str, _Criterion]
    commitments: dict[str, str]
    answers: dict[str, str]

    def asks(self, name: str) -> str:
        """The question behind a criterion or a commitment."""
        return self.criteria[name].asks if name in self.criteria else self.commitments[name]


@lru_cache(maxsize=1)
def rubric_text() -> RubricText:
    """The words of the course's rubric."""
    return load_model(RubricText, course_path("05-correction", "rubric.yaml"))


def review_form() -> CardForm:
    """The shape of a review: ``{"card": number, criterion: level, commitment: yes, no or unclear, "comment": words}``."""
    text = rubric_text()
    answers = tuple(Option(key, said) for key, said in text.answers.items())
    blanks = [Blank("card", text.number, limit=12)]
    for name in CRITERIA:
        looks = text.criteria[name].levels
        blanks.append(
            Blank(name, text.asks(name), tuple(Option(level, f"{level}: {looks[level]}") for level in LEVELS))
        )
    blanks += [Blank(name, text.asks(name), answers) for name in COMMITMENTS]
    blanks.append(Blank("comment", text.comment, limit=COMMENT, lines=3))
    return CardForm(tuple(blanks))


@dataclass(frozen=True)
class Review:
    """One reader's view of one card. ``levels`` and ``commitments`` are complete."""

    card: str
    case: str
    levels: dict[str, str]
    commitments: dict[str, str]
    comment: str = ""

    @property
    def points(self) -> float:
        """From 0 to .40: four criteria count the same."""
        return round(WORTH * sum(LEVELS[level] for level in self.levels.values()) / len(CRITERIA), 4)


def as_review(answer: Mapping[str, Any], case: str) -> Review:
    """A review from what was filled in. Raises MedialitError with the first thing that is missing or does not fit."""
    form = review_form()
    given = form.read(dict(answer))
    for blank in form.blanks:
        if blank.name != "comment" and not given[blank.name]:
            raise MedialitError(say("review_empty", blank=blank.label))
    number = given["card"].lower()
    if not NUMBER.fullmatch(number):
        raise MedialitError(say("review_number", number=number[:20]))
    levels, commitments = ({name: given[name] for name in names} for names in (CRITERIA, COMMITMENTS))
    return Review(number, case, levels, commitments, given["comment"])


def file_name(review: Review) -> str:
    """The name of its file: reviews of different cards do not overwrite each other."""
    return FILE_NAME.replace("…", review.card)


def review_file(review: Review) -> str:
    """The text of a file that hands a review back. It holds no name and no path."""
    data = {"kind": KIND, "version": VERSION, "card": review.card, "case": review.case}
    data |= {"levels": review.levels, "commitments": review.commitments, "comment": review.comment}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def read_review(text: str) -> Review:
    """A review from the text of its file. Raises MedialitError with a plain sentence when it is none."""
    if len(text) > MAX_FILE:
        raise MedialitError(say("review_too_large"))
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("kind") != KIND:
        raise MedialitError(say("review_none", name=FILE_NAME))
    if data.get("version") != VERSION:
        raise MedialitError(say("review_old"))
    return kept_review(data)


def kept_review(data: Any) -> Review:
    """A review as it is kept. Raises MedialitError with a plain sentence when it is damaged or does not fit."""
    parts: list[Any] = [data.get(part) if isinstance(data, Mapping) else None for part in ("levels", "commitments")]
    if not all(isinstance(part, dict) for part in parts) or not isinstance(data.get("case"), str):
        raise MedialitError(say("review_damaged"))
    try:
        answer = {**parts[0], **parts[1], "card": data.get("card"), "comment": data.get("comment")}
        return as_review(answer, data["case"])
    except MedialitError as error:
        raise MedialitError(say("review_misfit", why=error)) from None


def mean_points(reviews: list[Review]) -> float | None:
    """What several readers give together: the mean of their points; None without a reader."""
    return round(sum(review.points for review in reviews) / len(reviews), 4) if reviews else None
