"""What a reader says about a correction card: four criteria in three levels, and the five commitments of the IFCN.

The levels are called as in Civic Online Reasoning (Stanford): beginning, emerging, mastery. The commitments are those of the
International Fact-Checking Network, put to one card. Only the levels give points.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from medialit.errors import MedialitError
from medialit.forms import Blank, CardForm, Option

FILE_NAME = "card-review-….json"
NUMBER = re.compile(r"[0-9a-f]{4}-[0-9a-f]{4}")
KIND = "medialit card review"
VERSION = 1
WORTH = 0.40
LEVELS = {"beginning": 0.0, "emerging": 0.5, "mastery": 1.0}
MAX_FILE = 20_000
COMMENT = 500

# What a card looks like at each level.
CRITERIA: dict[str, tuple[str, tuple[str, str, str]]] = {
    "clarity": (
        "Clarity: does a reader see what was wrong, when, and by whose record?",
        (
            "one of the three is missing",
            "all three are there, but I had to search or read twice",
            "all three are there in the first lines, in plain words",
        ),
    ),
    "fairness": (
        "Fairness: are people and sources treated alike?",
        (
            "it guesses at motives, or calls somebody a liar",
            "it judges sentences, but some words take a side",
            "it judges sentences only, and says what holds as well",
        ),
    ),
    "proportion": (
        "Proportion: does the correction fit the mistake?",
        (
            "it throws out the whole story, or hides the mistake",
            "it corrects the right thing, but says more or less than the record shows",
            "it corrects exactly what does not fit, and claims no more than the record shows",
        ),
    ),
    "method": (
        "Method: could I repeat the check?",
        (
            "I would not know where to begin",
            "I could find the sources, but not the way they were found or compared",
            "I could repeat each step with what the card tells me",
        ),
    ),
}
COMMITMENTS = {
    "nonpartisan": "Nonpartisanship and fairness: would the card say the same if somebody else had made the claim?",
    "sources": "Transparency of sources: could a reader find each source?",
    "funding": "Transparency of funding and organization: does the card say who made it, and who paid?",
    "methodology": "Transparency of methodology: does the card say how the claim was chosen, searched and judged?",
    "corrections": "Open and honest corrections: does the card say what to do when it is wrong?",
}
_ANSWERS = (Option("yes", "yes"), Option("no", "no"), Option("unclear", "I cannot tell"))


def review_form() -> CardForm:
    """The shape of a review: ``{"card": number, criterion: level, commitment: yes, no or unclear, "comment": words}``."""
    blanks = [Blank("card", "The card number, at the foot of the card", limit=12)]
    for name, (question, looks) in CRITERIA.items():
        options = tuple(Option(level, f"{level}: {text}") for level, text in zip(LEVELS, looks, strict=True))
        blanks.append(Blank(name, question, options))
    blanks += [Blank(name, question, _ANSWERS) for name, question in COMMITMENTS.items()]
    blanks.append(Blank("comment", "One thing that is good, and one thing to mend", limit=COMMENT, lines=3))
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
            raise MedialitError(f"Still empty: “{blank.label}”")
    number = given["card"].lower()
    if not NUMBER.fullmatch(number):
        raise MedialitError(
            f"“{number[:20]}” is no card number. It stands at the foot of the card and looks like 1a2b-3c4d."
        )
    return Review(
        number,
        case,
        {name: given[name] for name in CRITERIA},
        {name: given[name] for name in COMMITMENTS},
        given["comment"],
    )


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
        raise MedialitError("This file is too large for a review of a card.")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("kind") != KIND:
        raise MedialitError(f"This is not a review of a card. Choose the file {FILE_NAME} that your reader saved.")
    if data.get("version") != VERSION:
        raise MedialitError("This review was written by another version of medialit. Ask for it to be saved again.")
    parts = [data.get(part) for part in ("levels", "commitments")]
    if not all(isinstance(part, dict) for part in parts) or not isinstance(data.get("case"), str):
        raise MedialitError("This review is damaged: its levels or its case are missing. Ask for it to be saved again.")
    answer = {**parts[0], **parts[1], "card": data.get("card"), "comment": data.get("comment")}
    try:
        return as_review(answer, data["case"])
    except MedialitError as error:
        raise MedialitError(f"This review does not fit: {error}") from None


def mean_points(reviews: list[Review]) -> float | None:
    """What several readers give together: the mean of their points; None without a reader."""
    return round(sum(review.points for review in reviews) / len(reviews), 4) if reviews else None
