"""Fill in the card itself, with its ClaimReview."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from medialit.case import Case
from medialit.case.claims import Card, Claim
from medialit.case.load import UNKNOWN
from medialit.english import day_in_words, read_day
from medialit.errors import MedialitError
from medialit.exercises.claimreview import RATINGS, problems_with, to_claimreview
from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Blank, CardForm, Option
from medialit.units.correction.choose import choices_of

DESK = "A correction desk of the medialit course"
NO_NUMBER = "none"
NEEDED = ("claim", "verdict", "rating", "source", "second", "date", "found")
# Room for each text in characters, height of its box, and the number of words that is asked for at most.
ROOM = {
    "headline": (120, 2, 0),
    "date": (30, 1, 0),
    "found": (320, 4, 0),
    "voices": (240, 3, 0),
    "framing": (240, 3, 0),
    "open": (160, 2, 0),
    "method": (240, 3, 0),
    "relative": (420, 4, 60),
    "address": (200, 1, 0),
}
OPTIONAL = ("address",)
# Which blank each part of the card begins with.
PARTS = {"claim": "claimed", "verdict": "record", "source": "find"}
# Different words that a text has at least, so that it says anything: 1 for a date, 2 for most, 5 for what others read first.
LEAST = {"date": 1, "found": 5, "relative": 5}


def today() -> str:
    """The last day that it is anywhere on earth, as 2026-03-02."""
    return (datetime.now(UTC) + timedelta(hours=14)).date().isoformat()


class FillCard(Task[dict[str, str]]):
    """.5 for a valid ClaimReview with a verdict that is not the opposite of the record, .5 for the share of filled blanks."""

    for_a_reader = True

    @cached_property
    def claims(self) -> list[Claim]:
        """The claims that a card can correct."""
        return choices_of(self.case)

    @cached_property
    def cards(self) -> list[Card]:
        """The evidence cards that bear on a claim to choose from."""
        names = {name for claim in self.claims for name in claim.evidence}
        return [card for card in self.case.evidence if card.id in names]

    @cached_property
    def form(self) -> CardForm:
        cards = tuple(Option(c.id, f"{c.publisher}, {c.date or 'no date'}: {c.title}") for c in self.cards)
        lists = {
            "claim": tuple(Option(c.id, c.says) for c in self.claims),
            "verdict": self.options("verdicts"),
            "rating": self.options("ratings"),
            "source": cards,
            "second": cards,
            "sure": self.options("sure"),
        }
        blanks = []
        for name, label in self.wording("blanks").items():
            limit, lines, words = ROOM.get(name, (0, 1, 0))
            part = PARTS.get(name, "")
            head, note = (self.wording(kind).get(part, "") for kind in ("parts", "examples"))
            blanks.append(Blank(name, label, lists.get(name, ()), limit, words, lines, name in OPTIONAL, head, note))
        return CardForm(tuple(blanks))

    def review(self, cells: Mapping[str, str]) -> dict[str, Any]:
        """The ClaimReview of a card. Raises MedialitError with the first fault."""
        gold = self.case.claim_gold
        sources = [gold.card(cells[name]) for name in ("source", "second") if cells.get(name)]
        claim = gold.claim(cells["claim"])
        told = {name: cells.get(name) or "" for name in ("found", "headline", "address")}
        made = claimreview(self.case, claim, cells["verdict"], cells["date"], sources, **told)
        if cells.get("rating") == NO_NUMBER:
            made["reviewRating"].pop("ratingValue", None)
        elif cells.get("rating"):
            made["reviewRating"]["ratingValue"] = int(cells["rating"])
        if problems := problems_with(made):
            raise MedialitError(problems[0])
        return made

    def score(self, answer: dict[str, str]) -> Result:
        blanks = [blank for blank in self.form.blanks if not blank.optional]
        empty = [blank for blank in blanks if not answer[blank.name]]
        wordy = [blank for blank in blanks if blank.words and len(answer[blank.name].split()) > blank.words]
        texts = [blank for blank in blanks if not blank.options and blank not in [*empty, *wordy]]
        thin = [blank for blank in texts if self._thin(blank, answer)]
        filled = (len(blanks) - len(empty) - len(thin) - len(wordy)) / len(blanks)
        step = fault = self._fault(answer)
        if opposite := not fault and self._opposite(answer):
            step = self.say("opposite")
        elif not step and empty:
            step = self.say("empty", blank=empty[0].label)
        elif not step and thin:
            step = self.say("thin", blank=thin[0].label)
        elif not step and wordy:
            step = self.say("wordy", blank=wordy[0].label, n=len(answer[wordy[0].name].split()))
        step = step or self.say("reader")
        message = self.say("filled", n=len(blanks) - len(empty) - len(thin), of=len(blanks))
        message = f"{message} {self.say('invalid' if fault else 'valid')}"
        if (day := read_day(answer["date"])) and day != answer["date"]:
            message += f" {self.say('date_read', date=day_in_words(day))}"
        details: dict[str, Any] = {"claimreview": float(not fault)}
        details |= {} if fault else {"review": self.review(answer)}
        return self.result(0.5 * (not fault and not opposite) + 0.5 * filled, message, step, details)

    def _opposite(self, answer: Mapping[str, str]) -> bool:
        """Does the card say *supported* of a claim that does not hold, or the other way round?"""
        return (answer["verdict"] == "supported") != (
            self.case.claim_gold.claim(answer["claim"]).verdict == "supported"
        )

    def _thin(self, blank: Blank, answer: Mapping[str, str]) -> bool:
        """Is there hardly a word, or only the question once more?"""
        said, asked = (set(re.findall(r"\w+", text.lower())) for text in (answer[blank.name], blank.label))
        return len(said) < LEAST.get(blank.name, 2) or said <= asked

    def _fault(self, answer: Mapping[str, str]) -> str:
        """What keeps the ClaimReview from being valid, as a sentence; empty when nothing does."""
        lacking = next((b.label for b in self.form.blanks if b.name in NEEDED and not answer[b.name]), "")
        if lacking:
            return self.say("needed", blank=lacking)
        day = read_day(answer["date"])
        if not day or day > today():
            return self.say("date_future" if day else "date_unread", date=answer["date"])
        if answer["source"] == answer["second"]:
            return self.say("same_source")
        if answer["rating"] != str(RATINGS[answer["verdict"]] or NO_NUMBER):
            return self.say("wrong_number")
        try:
            self.review(answer)
        except MedialitError as error:
            return str(error)
        return ""

    def answer(self) -> dict[str, str]:
        return self.case.correction.model.card.model_dump()

    def facts(self) -> dict[str, object]:
        return {
            "scale": ", ".join(f"{name} {n or 'no number'}" for name, n in RATINGS.items()),
            "blanks": sum(not blank.optional for blank in self.form.blanks),
            "relative": self.case.correction.model.card.relative,
        }


def claimreview(
    case: Case,
    claim: Claim,
    verdict: str,
    date: str,
    sources: Sequence[Card] = (),
    found: str = "",
    headline: str = "",
    address: str = "",
) -> dict[str, Any]:
    """One check of a card as ClaimReview. Its author is the desk, since no name is asked; what nobody knows is left out.

    Raises MedialitError with the first fault.
    """
    place = case.about.published
    return to_claimreview(
        claim,
        verdict,
        url=address.strip(),
        date=read_day(date) or date,
        author=DESK,
        headline=headline,
        claim_author="" if place.author == UNKNOWN else place.author,
        claim_date="" if place.date == UNKNOWN else place.date,
        appearance="" if place.address == UNKNOWN else place.address,
        explanation=found,
        evidence=sources,
    )
