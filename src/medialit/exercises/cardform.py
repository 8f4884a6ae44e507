"""Task 5.4: the card itself, with its ClaimReview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from medialit.case.claims import Card, Claim
from medialit.errors import MedialitError
from medialit.exercises.claimreview import RATINGS, problems_with, to_claimreview
from medialit.exercises.correction import choices_of
from medialit.exercises.records import Result
from medialit.exercises.task import RawTask
from medialit.exercises.verdicts import VERDICTS
from medialit.forms import Blank, CardForm, Option

# A page that is published has an address; until then this one stands for it (reserved for examples, RFC 2606).
HERE = "https://example.org/my-check"
STORY = "https://example.org/story"
DESK = "A correction desk of the medialit course"
SURE = (
    Option("1", "1: one origin only, or origins that disagree"),
    Option("2", "2: two origins agree, something is still open"),
    Option("3", "3: two origins agree, and the dates fit"),
)
NEEDED = ("claim", "verdict", "rating", "source", "second", "date", "found")


class FillCard(RawTask):
    """5.4: the card itself. .5 for a valid ClaimReview, .5 for the share of blanks that are filled within their limits."""

    id = "5.4"

    @cached_property
    def claims(self) -> list[Claim]:
        return choices_of(self.case)

    @cached_property
    def cards(self) -> list[Card]:
        """The evidence cards that bear on a claim to choose from."""
        names = {name for claim in self.claims for name in claim.evidence}
        return [card for card in self.case.evidence if card.id in names]

    @cached_property
    def form(self) -> CardForm:
        cards = tuple(Option(c.id, f"{c.publisher}, {c.date or 'no date'}: {c.title}") for c in self.cards)
        ratings = tuple(Option(str(n), f"{n} of 5") for n in (5, 4, 3, 2, 1))
        return CardForm(
            (
                Blank("claim", "The claim that you correct", tuple(Option(c.id, c.says) for c in self.claims)),
                Blank("verdict", "Your verdict", VERDICTS),
                Blank("rating", "As a number: how close to the record?", (*ratings, Option("none", "no number"))),
                Blank("source", "Your best source", cards),
                Blank("second", "A second source, of another origin", cards),
                Blank("date", "Day of your check, such as 2025-03-01", limit=10),
                Blank("found", "What did you find? Say what, when, and by whose record", limit=320, lines=4),
                Blank("voices", "Voices: who speaks in this paragraph, and who does not?", limit=240, lines=3),
                Blank(
                    "framing", "Framing: which words take a side, and what did you do with them?", limit=240, lines=3
                ),
                Blank("sure", "How sure are you?", SURE),
                Blank("open", "What would change your verdict?", limit=160, lines=2),
                Blank("method", "Method: how did you look, so that others can repeat it?", limit=240, lines=3),
                Blank("relative", "Explain it to a relative, in at most 60 words", limit=420, words=60, lines=4),
            )
        )

    def review(self, cells: Mapping[str, Any]) -> dict[str, Any]:
        """The ClaimReview of a card. Raises MedialitError with the first fault."""
        gold = self.case.claim_gold
        sources = [gold.card(cells[name]) for name in ("source", "second") if cells.get(name)]
        made = claimreview(
            self.case, gold.claim(cells["claim"]), cells["verdict"], cells["date"], cells["found"], sources
        )
        if cells.get("rating") not in (None, "none"):
            made["reviewRating"]["ratingValue"] = int(cells["rating"])
        elif cells.get("rating") == "none":
            made["reviewRating"].pop("ratingValue", None)
        if problems := problems_with(made):
            raise MedialitError(problems[0])
        return made

    def score(self, answer: dict[str, Any]) -> Result:
        blanks = self.form.blanks
        empty = [blank.label for blank in blanks if not (answer.get(blank.name) or "").strip()]
        wordy = [
            (blank.label, count)
            for blank in blanks
            if blank.words and (count := len((answer.get(blank.name) or "").split())) > blank.words
        ]
        filled = (len(blanks) - len(empty) - len(wordy)) / len(blanks)
        fault, review = self._fault(answer), None
        if not fault:
            review = self.review(answer)
        value = 0.5 * (not fault) + 0.5 * filled
        message = f"Filled in: {len(blanks) - len(empty)} of {len(blanks)}. "
        message += "The ClaimReview is valid." if not fault else "The ClaimReview is not valid yet."
        step = fault
        if not step and empty:
            step = f"Still empty: “{empty[0]}”"
        elif not step and wordy:
            step = f"“{wordy[0][0]}”: you have {wordy[0][1]} words. Shorten it."
        details = {"claimreview": float(not fault)} | ({"review": review} if review else {})
        return Result(self.outcome(value), value, message, step, details)

    def _fault(self, answer: Mapping[str, Any]) -> str:
        """What keeps the ClaimReview from being valid, as a sentence; empty when nothing does."""
        needed = {b.name: b.label for b in self.form.blanks if b.name in NEEDED}
        for name, label in needed.items():
            if not (answer.get(name) or "").strip():
                return f"The ClaimReview needs “{label}”"
        if answer["source"] == answer["second"]:
            return "Both sources are the same card. Choose a second one, of another origin."
        expected = RATINGS[answer["verdict"]]
        if answer["rating"] != (str(expected) if expected else "none"):
            return "Number and verdict do not say the same. 5 agrees with the record, 1 is contradicted by it."
        try:
            self.review(answer)
        except MedialitError as error:
            return str(error)
        return ""

    def answer(self) -> dict[str, str]:
        return self.case.correction.model.answers()["card"]

    def facts(self) -> dict[str, object]:
        return {
            "scale": ", ".join(f"{name} {n or 'no number'}" for name, n in RATINGS.items()),
            "blanks": len(self.form.blanks),
            "relative": self.case.correction.model.card.relative,
        }


def claimreview(
    case: Any, claim: Claim, verdict: str, date: str, found: str = "", sources: Sequence[Card] = ()
) -> dict[str, Any]:
    """One check of a card as ClaimReview. No name is asked, so the author is the desk; addresses stand for later ones.

    Raises MedialitError with the first fault.
    """
    return to_claimreview(
        claim,
        verdict,
        url=HERE,
        date=date.strip(),
        author=DESK,
        claim_author="The story, author unknown" if not case.about.invented else "An invented story",
        claim_date=str(case.timeline.now.date),
        appearance=STORY,
        explanation=found,
        evidence=sources,
    )
