"""From answers to a card: is it complete, do its parts agree, what is on the page, and what is it worth?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Protocol

from medialit.case.correction import WANTED
from medialit.english import read_day
from medialit.exercises.task import Task
from medialit.show.correction_card import CardClaim, PublishedCard
from medialit.units.correction.card import FillCard
from medialit.units.correction.changes import changes
from medialit.units.correction.correct import CorrectParagraph

# What each part of a card is worth; the other .40 are given by a reader (rubric.py).
POINTS = {"claims": 0.20, "independence": 0.10, "quotations": 0.10, "claimreview": 0.10, "facts": 0.10}
VERIFY, CORRECT, CARD = PARTS = ("verify", "correct", "card")


class Say(Protocol):
    """A sentence of the course with its names in braces filled in."""

    def __call__(self, name: str, /, **values: object) -> str: ...


class DraftCard:
    """The answers to the tasks of unit 5, by name, as one card. ``say`` words what is missing."""

    def __init__(self, tasks: Mapping[str, Task[Any]], answers: Mapping[str, Any], say: Say) -> None:
        self.tasks, self.answers, self._say = tasks, answers, say
        self._numbers = {part: tasks[part].label for part in PARTS}
        self._case = tasks[CARD].case

    @property
    def number(self) -> str:
        """Eight characters for exactly these answers, so that a review names the card it was written about."""
        parts = [self._case.name, *(self.answers.get(part) for part in PARTS)]
        digest = hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        return f"{digest[:4]}-{digest[4:8]}"

    @cached_property
    def verdicts(self) -> dict[str, str]:
        """The verdict on each claim that was judged."""
        judged: Mapping[str, Any] = self.answers.get(VERIFY) or {}
        return {name: cells["verdict"] for name, cells in judged.items() if cells.get("verdict")}

    def missing(self) -> list[str]:
        """What keeps it from being published, one sentence each. A card may be weak; it may not be unfinished."""
        say, found = self._say, []
        for part in PARTS:
            answer = self.answers.get(part)
            if problem := self.tasks[part].problem(answer) if answer else say("card_no_answer"):
                found.append(say("card_task", task=self._numbers[part], problem=problem))
        if found:
            return found
        paragraph, card = self.answers[CORRECT], self.answers[CARD]
        if len(self.verdicts) < WANTED:
            problem = say("card_few_verdicts", n=len(self.verdicts), wanted=WANTED)
            found.append(say("card_task", task=self._numbers[VERIFY], problem=problem))
        if not (paragraph.get("text") or "").strip():
            found.append(say("card_task", task=self._numbers[CORRECT], problem=say("card_no_paragraph")))
        result = self.tasks[CARD].check(card)
        if result.score < 1:
            problem = f"{result.message} {result.next_step}"
            found.append(say("card_task", task=self._numbers[CARD], problem=problem))
        return found or self._disagreeing(paragraph["claim"], card["claim"], card["verdict"])

    def _disagreeing(self, corrected: str, claim: str, verdict: str) -> list[str]:
        found = [] if claim == corrected else [self._say("card_two_claims", **self._numbers)]
        if claim not in self.verdicts:
            found.append(self._say("card_not_judged", **self._numbers))
        elif self.verdicts[claim] != verdict:
            found.append(self._say("card_two_verdicts", one=self.verdicts[claim], two=verdict, **self._numbers))
        return found

    def page(self) -> PublishedCard:
        """The page of a card from which nothing is missing."""
        case, gold, card = self._case, self._case.claim_gold, self.answers[CARD]
        fill, correct = self.tasks[CARD], self.tasks[CORRECT]
        assert isinstance(fill, FillCard)
        assert isinstance(correct, CorrectParagraph)
        claim = gold.claim(card["claim"])
        judged = {claim.id: (card["verdict"], [card["source"], card["second"]])} | {
            name: (verdict, self.answers[VERIFY][name].get("evidence") or [])
            for name, verdict in self.verdicts.items()
            if name != claim.id
        }
        # Each source has one number on the card, whatever claims rest on it.
        numbers = {
            name: n for n, name in enumerate(dict.fromkeys(one for _, cited in judged.values() for one in cited), 1)
        }
        checked = []
        for name, (verdict, cited) in judged.items():
            # The same count as in the exercise: a card that does not bear on the claim is no source of it.
            bearing = [one for one in cited if one in gold.claim(name).evidence]
            shown = tuple(numbers[one] for one in cited)
            checked.append(CardClaim(gold.claim(name).says, verdict, len(gold.origins(bearing)), shown))
        sure = {option.key: option.text for option in fill.options("sure")}
        level, _, why = sure[card["sure"]].partition(": ")
        block, text = correct.block(claim), " ".join(self.answers[CORRECT]["text"].split())
        corrected, left_out = changes(" ".join(case.article[block.span].split()), text)
        place = case.about.published
        return PublishedCard(
            number=self.number,
            story=case.title,
            invented=case.about.invented,
            place={name: getattr(place, name) for name in ("publisher", "headline", "author", "date", "address")}
            | ({} if place.note or not case.about.rights else {"license or permission": case.about.rights.rstrip(".")}),
            place_note=place.note,
            date=read_day(card["date"]),
            claim=checked[0],
            paragraph=block.number,
            words=case.article[claim.span],
            corrected=corrected,
            left_out=left_out,
            also=tuple(checked[1:]),
            sources=tuple(map(gold.card, numbers)),
            sure=self._say("card_sure", level=level, of=len(sure), why=why),
            # A search engine cannot see that a story is invented.
            review=None if case.about.invented else fill.review(card),
            **{
                name: card[name].strip()
                for name in ("headline", "found", "voices", "framing", "open", "method", "relative")
            },
        )

    def points(self) -> dict[str, tuple[float, float]]:
        """The part of its score that the kit gives: for each of ``POINTS`` (points, of how many), together .60.

        A missing answer earns nothing.
        """
        shares: dict[str, float] = {}
        for part in PARTS:
            result = self.tasks[part].check(self.answers.get(part))
            if result.outcome.counts:
                shares |= {name: result.details[name] for name in POINTS if name in result.details}
        return {name: (round(shares.get(name, 0.0) * worth, 4), worth) for name, worth in POINTS.items()}
