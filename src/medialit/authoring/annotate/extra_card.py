"""A model card for the correction desk, with a worked example beside it: ``correction.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Any

from medialit.authoring.annotate.base import HEAD, by_hand
from medialit.authoring.annotate.extra_steps import Extra, Typed
from medialit.case import Case, load_case
from medialit.case._claim_checks import SUPPORTED_SHARE
from medialit.case.claims import Claim
from medialit.case.correction import WANTED, CorrectionFile, correction_faults
from medialit.english import read_day
from medialit.errors import MedialitError
from medialit.exercises.claimreview import RATINGS
from medialit.files import load_yaml, yaml_bytes
from medialit.forms import CardForm, Field, Form, Option, TableForm
from medialit.forms.card import Blank
from medialit.units.correction.card import NO_NUMBER, ROOM, today
from medialit.units.correction.correct import PARAGRAPH
from medialit.units.registry import find_unit, load_tasks

LEARNERS, MODEL, EXAMPLE, OUT = "learners", "model", "example", "out"
PARTS = (
    Option(LEARNERS, "learners choose from it"),
    Option(MODEL, "model card"),
    Option(EXAMPLE, "worked example"),
    Option(OUT, "leave it out"),
)
CHOICES = 2 * WANTED
SUPPORTED = "supported"
# What is written on a card, in this order; the verdict and its number follow from the claim.
TEXTS = ("headline", "found", "voices", "framing", "open", "method", "relative", "date", "address")


class CardExtra(Extra):
    """Four pages: which claims, which of them is corrected, the model card, and the worked example."""

    name, unit = "card", "correction"
    tasks, title = ("choose", "verify", "correct", "card"), "A model card for the correction desk"

    @property
    def _ready(self) -> dict[str, Claim]:
        """The claims with a verdict, evidence of two origins, and one paragraph, in text order."""
        case = load_case(self.folder)
        if self._read_from is not case:
            # A case that did not change is the same object: every page asks for this many times.
            self._read_from, self._found = case, {}
            for claim in sorted(case.claims, key=lambda one: one.span):
                block = self.article.block_at(claim.span.start)
                if claim.verdict and block and claim.span.end <= block.span.end and len(self._two(claim)) > 1:
                    self._found[claim.id] = claim
        return self._found

    _read_from: Case | None = None

    def _two(self, claim: Claim) -> list[str]:
        """Two cards of the claim that have different origins."""
        cards = {card.id: card for card in load_case(self.folder).evidence}
        by_origin: dict[str, str] = {}
        for name in claim.evidence:
            if name in cards:
                by_origin.setdefault(cards[name].origin, name)
        return list(by_origin.values())[:2]

    def lacking(self) -> str:
        ready = self._ready
        if len(ready) < CHOICES + WANTED:
            return (
                f"It needs {CHOICES + WANTED} claims with a verdict and cards of two origins: {WANTED} for a worked example, "
                f"and {CHOICES} to choose from. There {'is' if len(ready) == 1 else 'are'} {len(ready)}."
            )
        return ""

    def pages(self, typed: Typed) -> list[str]:
        return ["claims", "which", MODEL, EXAMPLE]

    def tell(self, page: str) -> str:
        return {
            "claims": (
                f"Choose {WANTED} claims for a model card and {WANTED} others for a worked example. Learners choose from the "
                f"rest and from those of the model card, {CHOICES} or more in all. Each card needs one claim that holds and "
                "one that does not."
            ),
            "which": "A card corrects one claim. Choose one that does not hold.",
            MODEL: (
                "Write the card as a good learner would. Learners see it after they have made their own. Change the "
                "paragraph so that a reader sees when it was so, or by whose record, and leave what holds as it is."
            ),
            EXAMPLE: "Write a second card. Learners see this one before they begin, so it shows how it is done.",
        }[page]

    # --- forms ---

    def form(self, page: str) -> Form[Any]:
        if page == "claims":
            rows = (Option(name, f"{one.says}\n{one.verdict}") for name, one in self._ready.items())
            return TableForm(tuple(rows), (Field("part", "What is it for?", PARTS),))
        if page == "which":
            heads = {MODEL: "The model card corrects", EXAMPLE: "The worked example corrects"}
            return CardForm(
                tuple(Blank(part, heads[part], self._options(self._false(part))) for part in (MODEL, EXAMPLE))
            )
        return CardForm(tuple(self._blanks(page)))

    def _options(self, claims: Sequence[str]) -> tuple[Option, ...]:
        ready = self._ready
        return tuple(Option(name, f"{ready[name].says} ({ready[name].verdict})") for name in claims)

    def _blanks(self, page: str) -> Iterator[Blank]:
        gold, labels = load_case(self.folder).claim_gold, self._labels("blanks")
        claim = gold.claim(self._corrected(page))
        yield Blank(
            "text", "The corrected paragraph", limit=PARAGRAPH, lines=6, part=f"{claim.says} ({claim.verdict})",
            note=claim.explanation,
        )  # fmt: skip
        cards = [card for name in claim.evidence if (card := gold.find_card(name))]
        options = tuple(Option(card.id, f"{card.publisher}, {card.date or 'no date'}: {card.title}") for card in cards)
        yield Blank("source", labels["source"], options)
        yield Blank("second", labels["second"], options)
        sure = tuple(Option(key, text) for key, text in self._labels("sure").items())
        yield Blank("sure", labels["sure"], sure)
        for name in TEXTS:
            limit, lines, words = ROOM[name]
            yield Blank(name, labels[name], limit=limit, lines=lines, words=words, optional=name == "address")
        if page == EXAMPLE:
            yield Blank("why", "What should a reader notice in this card?", limit=400, lines=3)

    def _labels(self, what: str) -> dict[str, str]:
        return dict(next(text for text in find_unit(self.unit).texts.values() if text.name == "card").options[what])

    # --- what a page begins with ---

    def _before(self) -> dict[str, Any]:
        path = self.folder / "correction.yaml"
        return dict(load_yaml(path)[0]) if path.is_file() and not by_hand(path) else {}

    def known(self, page: str) -> dict[str, str]:
        before = self._before()
        if page == "claims":
            return self._by_rule() if not before else {
                name: EXAMPLE if name in before["example"]["judged"] else MODEL if name in before["model"]["judged"]
                else LEARNERS if name in before["choices"] else OUT
                for name in self._ready
            }  # fmt: skip
        if page == "which":
            return {
                part: (before.get(part) or {"correction": {"claim": next(iter(self._false(part)), "")}})["correction"][
                    "claim"
                ]
                for part in (MODEL, EXAMPLE)
            }
        corrected = self._corrected(page)
        if before and before[page]["correction"]["claim"] == corrected:
            kept = {
                name: str(text)
                for name, text in before[page]["card"].items()
                if name in (*TEXTS, "source", "second", "sure")
            }
            return kept | {"text": before[page]["correction"]["text"], "why": before[page].get("why", "")}
        block = self.article.block_at(self._ready[corrected].span.start)
        two = self._two(self._ready[corrected])
        return {"text": self.article[block.span] if block else "", "source": two[0], "second": two[1], "date": today()}

    def _by_rule(self) -> dict[str, str]:
        """One claim that does not hold and two that do for each card, and as many others as leave enough that hold."""
        ready = self._ready
        true, false = (
            [name for name, one in ready.items() if (one.verdict == SUPPORTED) is holds] for holds in (True, False)
        )
        made: dict[str, str] = {}
        for part in (MODEL, EXAMPLE):
            for name in [*false[:1], *true[:2]]:
                made[name] = part
            false, true = false[1:], true[2:]
        made |= dict.fromkeys(true, LEARNERS)
        sound = len(true) + 2
        room = int(sound / SUPPORTED_SHARE) - sound - 1
        made |= {name: LEARNERS if n < room else OUT for n, name in enumerate(false)}
        return made

    def flat(self, page: str, answer: Mapping[str, Any]) -> dict[str, str]:
        if page != "claims":
            return super().flat(page, answer)
        return {name: str(cells.get("part") or "") for name, cells in answer.items()}

    def shown(self, page: str, kept: dict[str, str]) -> Any:
        if page != "claims":
            return super().shown(page, kept)
        ready, parts = self._ready, {option.key for option in PARTS}
        return {name: {"part": part} for name, part in kept.items() if name in ready and part in parts}

    def key(self, page: str) -> str:
        """What is typed about one claim is kept apart from what was typed about another."""
        return super().key(f"{page}-{self._corrected(page)}" if page in (MODEL, EXAMPLE) else page)

    def page(self, page: str) -> Mapping[str, str]:
        return self.typed.get(self.key(page)) or self.known(page)

    def _of(self, part: str) -> list[str]:
        typed = self.page("claims")
        return [name for name in self._ready if typed.get(name) == part]

    def _false(self, part: str) -> list[str]:
        return [name for name in self._of(part) if self._ready[name].verdict != SUPPORTED]

    def _corrected(self, part: str) -> str:
        chosen = self.page("which").get(part, "")
        return chosen if chosen in self._false(part) else next(iter(self._false(part)), "")

    # --- what is refused ---

    def check(self, page: str, typed: Typed) -> None:
        if page == "claims":
            self._check_claims()
        elif page == "which":
            for part, what in ((MODEL, "the model card"), (EXAMPLE, "the worked example")):
                if not self.page(page).get(part):
                    raise MedialitError(f"Choose the claim that {what} corrects.")
        else:
            self._check_card(page)

    def _check_card(self, page: str) -> None:
        typed = self.page(page)
        for blank in self._blanks(page):
            said = typed.get(blank.name, "").strip()
            if not blank.optional and not said:
                raise MedialitError(f"“{blank.label}” is empty. Fill it in.")
            if blank.words and (n := len(said.split())) > blank.words:
                raise MedialitError(f"“{blank.label}” has {n} words. Shorten it to {blank.words}.")
        if not read_day(typed["date"]):
            raise MedialitError(f"“{typed['date']}” is not a date. Write it as March 18, 2026.")
        origins = {card.id: card.origin for card in load_case(self.folder).evidence}
        if origins[typed["source"]] == origins[typed["second"]]:
            raise MedialitError(f"Both sources go back to {origins[typed['source']]}. Choose two of different origins.")

    def _check_claims(self) -> None:
        ready = self._ready
        for part, what in ((MODEL, "The model card"), (EXAMPLE, "The worked example")):
            claims = self._of(part)
            if len(claims) != WANTED:
                raise MedialitError(f"{what} has {len(claims)} claims. It needs {WANTED}.")
            if len({ready[name].verdict == SUPPORTED for name in claims}) < 2:
                raise MedialitError(f"{what} needs a claim that is supported, and one that is not.")
        choices = [*self._of(MODEL), *self._of(LEARNERS)]
        if len(choices) < CHOICES:
            raise MedialitError(f"Learners have {len(choices)} claims to choose from. They need {CHOICES}.")
        sound = sum(ready[name].verdict == SUPPORTED for name in choices)
        if sound < SUPPORTED_SHARE * len(choices):
            raise MedialitError(
                f"Only {sound} of the {len(choices)} claims to choose from are supported. At least {SUPPORTED_SHARE:.0%} "
                "must be. Leave out some that are not."
            )

    # --- the file ---

    def made(self, given: Typed) -> dict[Path, bytes]:
        path = self.own("correction.yaml")
        for page in self.pages(self.typed):
            self.check(page, self.typed)
        choices = [name for name in self._ready if self.page("claims").get(name) in (MODEL, LEARNERS)]
        data = {
            "how": "One person chose the claims and wrote both cards.",
            "choices": choices,
            EXAMPLE: {"why": self.page(EXAMPLE)["why"].strip()} | self._written(EXAMPLE),
            MODEL: self._written(MODEL),
        }
        made = CorrectionFile.model_validate(data)
        for _, fault in correction_faults(made, self.article, load_case(self.folder).claim_gold):
            raise MedialitError(fault)
        # The worked example is held to the same: as if it were the model of claims that learners choose from.
        swapped = made.model_copy(update={"model": made.example, "choices": [*made.example.judged, *choices]})
        self._passes(made, "model card", self.tasks)
        self._passes(swapped, "worked example", ("correct", "card"))
        return {path: yaml_bytes(data, HEAD)}

    def _passes(self, gold: CorrectionFile, what: str, tasks: Sequence[str]) -> None:
        """Raises MedialitError when an exercise does not take a card as its own key."""
        case = copy(load_case(self.folder))
        vars(case)["correction"] = gold
        for task in (one for one in load_tasks(find_unit(self.unit), case).values() if one.id in tasks):
            result = task.check(task.answer())
            if not result.outcome.done:
                raise MedialitError(
                    f"Exercise {task.label} would not take your {what}. {result.message} {result.next_step}"
                )

    def _written(self, part: str) -> dict[str, Any]:
        ready, typed = self._ready, {name: text.strip() for name, text in self.page(part).items()}
        corrected = self._corrected(part)
        claim = ready[corrected]
        judged: dict[str, dict[str, Any]] = {
            name: {"verdict": ready[name].verdict, "evidence": self._two(ready[name]), "certainty": 3}
            for name in self._of(part)
        }
        judged[corrected] |= {"evidence": [typed["source"], typed["second"]], "certainty": int(typed["sure"])}
        rating = RATINGS[claim.verdict or ""]
        card = {
            "claim": corrected,
            "verdict": claim.verdict,
            "rating": str(rating) if rating else NO_NUMBER,
            **{name: typed.get(name, "") for name in ("source", "second", "sure", *TEXTS)},
        }
        return {
            "judged": judged,
            "correction": {"claim": corrected, "text": typed["text"]},
            "card": card | {"date": read_day(typed["date"])},
        }
