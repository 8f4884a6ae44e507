"""A model card for the correction desk, with a worked example beside it: ``correction.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from medialit.authoring.annotate.claim_key import card_line
from medialit.authoring.annotate.extra_steps import Answer, Ask, Extra, Leaf, leaf_of
from medialit.authoring.days import day_of
from medialit.case import Case
from medialit.case._claim_checks import SUPPORTED_SHARE
from medialit.case.claims import Claim
from medialit.case.correction import WANTED, CorrectionFile, correction_faults
from medialit.english import count
from medialit.errors import MedialitError
from medialit.exercises.claimreview import RATINGS
from medialit.forms import Field, Option, TableForm
from medialit.units.correction.card import NO_NUMBER, ROOM, today
from medialit.units.correction.correct import PARAGRAPH
from medialit.units.registry import find_unit

LEARNERS, MODEL, EXAMPLE, OUT = "learners", "model", "example", "out"
PARTS = (
    Option(LEARNERS, "learners choose from it"),
    Option(MODEL, "model card"),
    Option(EXAMPLE, "worked example"),
    Option(OUT, "leave it out"),
)
CARDS = {MODEL: "the model card", EXAMPLE: "the worked example"}
CHOICES = 2 * WANTED
SUPPORTED = "supported"
# What is written on a card, in this order; the verdict and its number follow from the claim.
TEXTS = ("headline", "found", "voices", "framing", "open", "method", "relative", "date", "address")


@lru_cache(maxsize=1)
def ready(case: Case) -> dict[str, Claim]:
    """The claims with a verdict, evidence of two origins, and one paragraph, in text order."""
    found = {}
    for claim in sorted(case.claims, key=lambda one: one.span):
        block = case.article.block_at(claim.span.start)
        if claim.verdict and block and claim.span.end <= block.span.end and len(two_origins(case, claim)) > 1:
            found[claim.id] = claim
    return found


def two_origins(case: Case, claim: Claim) -> list[str]:
    """Two cards of a claim that have different origins; fewer where there are no such cards."""
    by_origin: dict[str, str] = {}
    for card in filter(None, map(case.claim_gold.find_card, claim.evidence)):
        by_origin.setdefault(card.origin, card.id)
    return list(by_origin.values())[:2]


class CardExtra(Extra):
    """Four pages: which claims, which of them is corrected, the model card, and the worked example."""

    name, unit, file = "card", "correction", "correction.yaml"
    tasks, title = ("choose", "verify", "correct", "card"), "A model card for the correction desk"

    @property
    def _ready(self) -> dict[str, Claim]:
        return ready(self.case)

    def lacking(self) -> str:
        if (n := len(self._ready)) >= CHOICES + WANTED:
            return ""
        return (
            f"It needs {CHOICES + WANTED} claims with a verdict and cards of two origins: {WANTED} for a worked example, and "
            f"{CHOICES} to choose from. There {'is' if n == 1 else 'are'} {n}."
        )

    def pages(self) -> list[str]:
        return ["claims", "which", MODEL, EXAMPLE]

    def key(self, page: str) -> str:
        """What is typed about one claim is kept apart from what was typed about another."""
        return super().key(f"{page}-{self._corrected(page)}" if page in CARDS else page)

    # --- which claims ---

    def _claims(self) -> Leaf:
        rows = tuple(Option(name, f"{one.says}\n{one.verdict}") for name, one in self._ready.items())
        before, parts = self.before, dict.fromkeys(self._ready, OUT)
        parts |= dict.fromkeys(before["choices"], LEARNERS) if before else self._by_rule()
        parts |= {name: part for part in CARDS if before for name in before[part]["judged"]}
        begins = {name: {"part": part} for name, part in parts.items()}
        return Leaf(TableForm(rows, (Field("part", "What is it for?", PARTS),)), begins, self._check_claims)

    def _by_rule(self) -> dict[str, str]:
        """One claim that does not hold and two that do for each card, and as many others as leave enough that hold."""
        true = [name for name, one in self._ready.items() if one.verdict == SUPPORTED]
        false = [name for name in self._ready if name not in true]
        made: dict[str, str] = {}
        for part in CARDS:
            made |= dict.fromkeys([*false[:1], *true[:2]], part)
            false, true = false[1:], true[2:]
        sound = len(true) + 2
        room = int(sound / SUPPORTED_SHARE) - sound - 1
        return made | dict.fromkeys([*true, *false[: max(0, room)]], LEARNERS)

    def _check_claims(self, _: Answer) -> None:
        def holds(*parts: str) -> list[bool]:
            return [self._ready[name].verdict == SUPPORTED for name in self._of(*parts)]

        for part, what in CARDS.items():
            if (n := len(holds(part))) != WANTED:
                raise MedialitError(f"{what.capitalize()} has {count(n, 'claim')}. It needs {WANTED}.")
            if len(set(holds(part))) < 2:
                raise MedialitError(f"{what.capitalize()} needs a claim that is supported, and one that is not.")
        choices = holds(MODEL, LEARNERS)
        if len(choices) < CHOICES:
            raise MedialitError(f"Learners have {count(len(choices), 'claim')} to choose from. They need {CHOICES}.")
        if sum(choices) < SUPPORTED_SHARE * len(choices):
            raise MedialitError(
                f"Of the {len(choices)} claims to choose from, only {count(sum(choices), 'is', 'are')} supported. At least "
                f"{SUPPORTED_SHARE:.0%} must be. Leave out some that are not."
            )

    def _of(self, *parts: str) -> list[str]:
        """The claims that are chosen for these."""
        given = self.given("claims")
        return [name for name in self._ready if given.get(name, {}).get("part") in parts]

    # --- which of them is corrected ---

    def _false(self, part: str) -> list[str]:
        return [name for name in self._of(part) if self._ready[name].verdict != SUPPORTED]

    def _which(self) -> Leaf:
        boxes, begins = [], {}
        for part, what in CARDS.items():
            claims = [self._ready[name] for name in self._false(part)]
            options = tuple(Option(one.id, f"{one.says} ({one.verdict})") for one in claims)
            missing = f"Choose the claim that {what} corrects."
            boxes.append(Ask(part, f"{what.capitalize()} corrects", options, missing=missing))
            before = self.before.get(part)
            begins[part] = before["correction"]["claim"] if before else claims[0].id if claims else ""
        return leaf_of(boxes, begins)

    def _corrected(self, part: str) -> str:
        return self.given("which").get(part) or next(iter(self._false(part)), "")

    # --- the cards ---

    def _model(self) -> Leaf:
        return self._card(MODEL)

    def _example(self) -> Leaf:
        return self._card(EXAMPLE, Ask("why", "What should a reader notice in this card?", limit=400, lines=3))

    def _card(self, part: str, *more: Ask) -> Leaf:
        claim = self._ready[self._corrected(part)]
        options = find_unit(self.unit).text("card").options
        found = filter(None, map(self.case.claim_gold.find_card, claim.evidence))
        cards = tuple(Option(card.id, card_line(card)) for card in found)
        sure = tuple(Option(key, text) for key, text in options["sure"].items())

        texts = ((name, ROOM[name]) for name in TEXTS)
        head = f"{claim.says} ({claim.verdict})"
        boxes = [
            Ask("text", "The corrected paragraph", limit=PARAGRAPH, lines=6, part=head, note=claim.explanation),
            *(Ask(name, options["blanks"][name], cards) for name in ("source", "second")),
            Ask("sure", options["blanks"]["sure"], sure),
            *(Ask(name, options["blanks"][name], (), limit, words, lines) for name, (limit, lines, words) in texts),
            *more,
        ]
        boxes = [
            replace(box, missing=f"“{box.label}” is empty. Fill it in." if box.name != "address" else "")
            for box in boxes
        ]
        before = self.before.get(part)
        if before and before["correction"]["claim"] == claim.id:
            begins = before["card"] | {"text": before["correction"]["text"], "why": before.get("why", "")}
        else:
            block = self.article.block_at(claim.span.start)
            one, other = two_origins(self.case, claim)
            begins = {
                "text": self.article[block.span] if block else "",
                "source": one,
                "second": other,
                "date": today(),
            }
        return leaf_of(boxes, begins, partial(self._check_card, part))

    def _check_card(self, part: str, said: Answer) -> None:
        """Raises MedialitError when the exercises would not take a card as their key, as if learners had made it."""
        day_of(said["date"])
        origin = {card.id: card.origin for card in self.case.evidence}
        if origin[said["source"]] == origin[said["second"]]:
            raise MedialitError(f"Both sources go back to {origin[said['source']]}. Choose two of different origins.")
        card = self._written(part, said)
        # The worked example is held to the same: as if it were the model of claims that learners choose from.
        choices = self._of(MODEL, LEARNERS) if part == MODEL else self._of(EXAMPLE, MODEL, LEARNERS)
        gold = CorrectionFile.model_validate({"how": "", "choices": choices, MODEL: card, EXAMPLE: card})
        tasks = self.tasks if part == MODEL else ("correct", "card")
        self.try_out(f"take your {CARDS[part].removeprefix('the ')}", tasks, correction=gold)

    # --- the file ---

    def made(self) -> Mapping[str, Any]:
        made = {
            "how": "One person chose the claims and wrote both cards.",
            "choices": self._of(MODEL, LEARNERS),
            EXAMPLE: self._written(EXAMPLE, self.said(EXAMPLE)),
            MODEL: self._written(MODEL, self.said(MODEL)),
        }
        gold = CorrectionFile.model_validate(made)
        for _, fault in correction_faults(gold, self.article, self.case.claim_gold):
            raise MedialitError(fault)
        return made

    def _written(self, part: str, said: Answer) -> dict[str, Any]:
        corrected = self._corrected(part)
        judged: dict[str, dict[str, Any]] = {
            name: {
                "verdict": self._ready[name].verdict,
                "evidence": two_origins(self.case, self._ready[name]),
                "certainty": 3,
            }
            for name in self._of(part)
        }
        judged[corrected] |= {"evidence": [said["source"], said["second"]], "certainty": int(said["sure"])}
        verdict = self._ready[corrected].verdict or ""
        card = {"claim": corrected, "verdict": verdict, "rating": str(RATINGS[verdict] or NO_NUMBER)}
        card |= {name: said[name] for name in ("source", "second", "sure", *TEXTS)} | {"date": day_of(said["date"])}
        why = {"why": said["why"]} if "why" in said else {}
        return why | {"judged": judged, "correction": {"claim": corrected, "text": said["text"]}, "card": card}
