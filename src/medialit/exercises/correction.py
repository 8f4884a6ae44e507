"""Tasks 5.1 to 5.3: choose claims, verify them, correct a paragraph. And what the card is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from medialit.article import Block
from medialit.case.claims import Claim
from medialit.case.correction import WANTED
from medialit.errors import MedialitError
from medialit.exercises.paragraph import (
    check_facts,
    check_quotations,
    quotations,
    to_keep,
    traces,
    unclosed,
)
from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import RawTask, Task
from medialit.exercises.verdicts import VerifyClaims
from medialit.forms import CorrectForm, Field, Form, Option, Passage, TableForm, VerifyForm

# What each part of a card is worth; the other .40 are given by a reader (rubric.py).
POINTS = {"claims": 0.20, "independence": 0.10, "quotations": 0.10, "claimreview": 0.10, "facts": 0.10}
PARAGRAPH = 750  # characters: what fits on one printed page with everything else
SHORTEST = 8  # words: less is no paragraph
CYNICISM = "W-D"


def choices_of(case: Any) -> list[Claim]:
    """The claims that can be chosen, in the order of the story."""
    return [case.claim_gold.claim(name) for name in case.correction.choices]


class ChooseClaims(RawTask):
    """5.1: three different claims, of which at least one holds and at least one does not; and a guess which one holds.

    The guess is never graded as right or wrong.
    """

    id = "5.1"

    @cached_property
    def claims(self) -> list[Claim]:
        return choices_of(self.case)

    @cached_property
    def form(self) -> Form[Any]:
        options = tuple(Option(claim.id, claim.says) for claim in self.claims)
        return TableForm(
            (Option("card", "Your card"),),
            (
                Field("claims", f"Tick {WANTED} claims", options, several=True),
                Field("sound", "Which of your three do you expect to hold?", options),
            ),
        )

    def read(self, answer: Any) -> Any:
        chosen = (super().read(answer).get("card") or {}).get("claims") or []
        doubled = next((name for name in chosen if chosen.count(name) > 1), None)
        if doubled:
            raise MedialitError(f"The claim “{doubled}” stands twice. A card has {WANTED} different claims.")
        return answer

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        cells = answer.get("card", {})
        chosen, sound = cells.get("claims") or [], cells.get("sound")
        if len(chosen) != WANTED:
            value = 0.3 * min(len(chosen), WANTED) / WANTED
            step = "Tick more." if len(chosen) < WANTED else "Take some away."
            return Result(self.outcome(value), value, f"You ticked {len(chosen)} claims. A card has {WANTED}.", step)
        if sound not in chosen:
            text = "Three claims are ticked. Your guess, which one holds, is missing or is not one of them."
            return Result(self.outcome(0.3), 0.3, text, "Choose one of your three in the list below the boxes.")
        verdicts = [claim.verdict for claim in self.claims if claim.id in chosen]
        if "supported" not in verdicts:
            text = "Three different claims and a guess. By the record we found, none of the three is supported."
            return Result(self.outcome(0.5), 0.5, text, _TO_SOUND, codes=(CYNICISM,))
        if set(verdicts) == {"supported"}:
            text = (
                "Three different claims and a guess. By the record we found, all three hold, so "
                "nothing needs a correction."
            )
            return Result(self.outcome(0.5), 0.5, text, "Exchange one for a claim that makes you doubt.")
        text = "Three different claims and a guess. They give you something to confirm and something to correct."
        return Result(self.outcome(1.0), 1.0, text, "Go on to 5.2 and look them up. Your guess may change.")

    def answer(self) -> dict[str, dict[str, Any]]:
        judged = self.case.correction.model.judged
        chosen = [name for name in self.case.correction.choices if name in judged]
        sound = next(name for name in chosen if judged[name].verdict == "supported")
        return {"card": {"claims": chosen, "sound": sound}}

    def facts(self) -> dict[str, object]:
        return {"claims": len(self.claims), "wanted": WANTED, "first": self.claims[0].says}


_TO_SOUND = (
    "A desk that only looks for faults teaches people to doubt everything. Exchange one "
    "for a claim that you expect to hold."
)


class VerifyChosen(VerifyClaims):
    """5.2: scored as 2.4, over the three claims of the card. Which three is up to the learner."""

    id = "5.2"

    @cached_property
    def claims(self) -> list[Claim]:
        return choices_of(self.case)

    def chosen(self, names: Sequence[str]) -> VerifyForm:
        """The form with these claims only, for the page; an answer to it is an answer to the whole form."""
        rows = tuple(option for option in self.form.claims if option.key in names)
        return VerifyForm(rows, self.form.verdicts, self.form.cards, self.desk) if len(rows) == WANTED else self.form

    def read(self, answer: Any) -> Any:
        if len(named := [n for n, cells in super().read(answer).items() if cells.get("verdict")]) > WANTED:
            raise MedialitError(f"You judged {len(named)} claims. A card has {WANTED}. Take one away.")
        return answer

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        judged = [claim for claim in self.claims if answer.get(claim.id, {}).get("verdict")]
        parts = self.measured(judged, answer)
        # Always three: what is not judged yet earns nothing.
        value = sum(sum(part) for part in parts.values()) / WANTED
        independent = sum(part[2] > 0 for part in parts.values())
        message = self.told(judged, answer, parts, WANTED)
        details = {"claims": round(value, 4), "independence": round(independent / WANTED, 4)}
        codes = self._codes({claim.id: answer[claim.id] for claim in judged})
        if len(judged) < WANTED:
            return Result(self.outcome(value), value, message, self._missing(len(judged)), details, codes)
        if all(claim.verdict != "supported" for claim in judged):
            value = min(value, self.text.partly_at)
            said = f"{message} None of the three is supported."
            return Result(self.outcome(value), value, said, _TO_SOUND, details, (*codes, CYNICISM))
        outcome, needed = self.passing(self.outcome(value), judged, answer, WANTED)
        return Result(outcome, value, message + needed, self.advice(judged, parts, answer), details, codes)

    @staticmethod
    def _missing(judged: int) -> str:
        left = WANTED - judged
        return f"{left} claim is still to judge." if left == 1 else f"{left} claims are still to judge."

    def answer(self) -> dict[str, dict[str, Any]]:
        judged = self.case.correction.model.answers()["judged"]
        return {name: judged[name] for name in self.case.correction.choices if name in judged}

    def facts(self) -> dict[str, object]:
        model = self.case.correction.model.judged
        claims = [self.case.claim_gold.claim(name) for name in model]
        return {
            "wanted": WANTED,
            "first": claims[0].says,
            "first_card": self.case.claim_gold.card(model[claims[0].id].evidence[0]).publisher,
            "verdicts": "; ".join(f"“{claim.says}”: {claim.verdict}" for claim in claims),
        }


class CorrectParagraph(RawTask):
    """5.3: a paragraph put right. .5 quotations unaltered + .5 facts kept.

    Facts: the share of supported numbers, names and negations that are still there; halved when something came in that
    stands neither in the story nor on a card, and halved when the paragraph says neither when nor by whose record.
    """

    id = "5.3"

    @cached_property
    def claims(self) -> list[Claim]:
        return choices_of(self.case)

    def block(self, claim: Claim) -> Block:
        """The paragraph in which a claim stands."""
        found = self.case.article.block_at(claim.span.start)
        if found is None:
            raise MedialitError(f"The claim {claim.id} stands in no paragraph.")
        return found

    @cached_property
    def form(self) -> Form[Any]:
        article, told = self.case.article, []
        for claim in self.claims:
            block = self.block(claim)
            told.append(Passage(claim.id, claim.says, block.number, article[block.span], article[claim.span]))
        return CorrectForm(tuple(told), PARAGRAPH)

    def neighbours(self, claim: Claim) -> list[Claim]:
        """All claims that begin in the same paragraph."""
        span = self.block(claim).span
        return [one for one in self.case.claims if span.start <= one.span.start < span.end]

    def score(self, answer: dict[str, Any]) -> Result:
        gold = self.case.claim_gold
        claim, text = gold.claim(answer["claim"]), (answer.get("text") or "").strip()
        block = self.block(claim)
        original = self.case.article[block.span]
        if words := _not_begun(text, original):
            return Result(self.outcome(0.0), 0.0, words, "Rewrite the paragraph so that a reader sees what was mended.")
        if claim.verdict == "supported":
            said = "By the record we found, this claim holds. A correction of it would put a mistake into the story."
            return Result(self.outcome(0.0), 0.0, said, "Choose another of your three claims.", codes=(CYNICISM,))
        near = self.neighbours(claim)
        cards = [gold.card(name) for name in dict.fromkeys(name for one in near for name in one.evidence)]
        bearing = [gold.card(name) for name in claim.evidence]
        faulty = " ".join(one.text for one in near if one.verdict and one.verdict != "supported")
        quoted = check_quotations(text, original, self.case.article.text, cards, faulty)
        total = len(quoted.kept) + len(quoted.lost) + len(quoted.strange)
        quotes = 0.0 if unclosed(text) else len(quoted.kept) / total if total else 1.0
        keep = to_keep(original, block.span.start, near)
        held = check_facts(text, keep, self.case.article.text, cards)
        traced = traces(text, original, bearing)
        facts = (len(held.kept) / len(keep) if keep else 1.0) * (0.5 if held.strange else 1) * (1 if traced else 0.5)
        value = 0.5 * quotes + 0.5 * facts
        message = (
            f"Quotations in your paragraph: {len(quotations(text))}; altered: {len(quoted.strange)}; missing: "
            f"{len(quoted.lost)}. Facts that hold: {len(held.kept)} of {len(keep)} kept. "
            f"Numbers or names from nowhere: {len(held.strange)}."
        )
        details = {"quotations": round(quotes, 4), "facts": round(facts, 4)}
        step = _paragraph_step(unclosed(text), quoted, held, traced)
        return Result(self.outcome(value), value, message, step, details, ("Q-I",) if quoted.strange else ())

    def answer(self) -> dict[str, str]:
        return self.case.correction.model.answers()["correction"]

    def facts(self) -> dict[str, object]:
        model = self.case.correction.model
        claim = self.case.claim_gold.claim(model.correction.claim)
        return {
            "limit": PARAGRAPH,
            "paragraph": self.block(claim).number,
            "publisher": self.case.claim_gold.card(model.card.source).publisher,
            "model": model.correction.text,
        }


def _not_begun(text: str, original: str) -> str:
    if not text:
        return "The corrected paragraph is empty."
    if " ".join(text.split()) == " ".join(original.split()):
        return "The paragraph is still the original, word by word."
    return f"The paragraph has fewer than {SHORTEST} words." if len(text.split()) < SHORTEST else ""


def _paragraph_step(open_mark: bool, quoted: Any, held: Any, traced: bool) -> str:
    """One thing to do next. It names words of the learner's own text, never those of the key."""
    if open_mark:
        return "A quotation mark has no partner. Close it, or the reader cannot see where the quotation ends."
    if quoted.strange:
        return f"“{quoted.strange[0][:60]}” was not quoted like this. Use the exact words, or take the marks away."
    if quoted.lost:
        return "A quotation that holds is gone. Put it back as it was, or say in your notes why it had to go."
    if held.strange:
        return f"“{held.strange[0]}” stands neither in the story nor on a card about this paragraph. Where is it from?"
    if held.lost:
        return "Compare both versions, sentence by sentence. A number, a name or a “not” that holds is gone."
    if not traced:
        return "A reader cannot see when it was so, or by whose record. Add a date or a publisher from your cards."
    return ""


def auto_score(tasks: Mapping[str, Task], answers: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    """The part of a card's score that the kit gives: for each of ``POINTS`` (points, of how many).

    ``answers`` maps task ids to plain answers; a missing one earns nothing. All parts together are worth .60.
    """
    shares: dict[str, float] = {}
    for name in ("5.2", "5.3", "5.4"):
        result = tasks[name].check(answers.get(name))
        if result.outcome not in (Outcome.NOT_ATTEMPTED, Outcome.COULD_NOT_CHECK):
            shares |= {part: result.details[part] for part in POINTS if part in result.details}
    return {part: (round(shares.get(part, 0.0) * worth, 4), worth) for part, worth in POINTS.items()}
