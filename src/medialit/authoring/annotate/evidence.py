"""What the evidence says: cards, and verdicts that join a claim with cards. It writes ``evidence.yaml`` and the verdicts.

Nothing is proposed here. The form of ``coding/evidence-coder-N.yaml`` is at the top of ``claim_key.py``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from medialit.article import Article
from medialit.authoring.annotate import claim_key
from medialit.authoring.annotate.base import AnnotationStep, Steps, pass_path
from medialit.authoring.annotate.claim_key import (
    EvidencePass,
    GivenVerdict,
    MarkedClaim,
    WrittenCard,
    card_line,
    say,
    words,
)
from medialit.authoring.annotate.claims import served, write_key
from medialit.authoring.days import day_of
from medialit.case import load_case
from medialit.case._claim_checks import EXPLANATION_WORDS, FACT_WORDS, QUOTED_WORDS, accusing
from medialit.case.claims import Confidence, Role, Verdict
from medialit.case.desk import words_of
from medialit.case.reading import count_words
from medialit.english import count, listed, sentence
from medialit.errors import MedialitError
from medialit.forms import CardForm, ChoiceForm, Option
from medialit.forms.card import Blank
from medialit.units.registry import find_unit, number_of

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

NOTHING = "nothing"
# What a card cannot do without, as a refusal names it.
NEEDED = {
    "publisher": "who published it",
    "title": "the title of the page",
    "role": "what kind of publisher it is",
    "fact": "the fact, in your own words",
}


class EvidenceCoding(Steps):
    """Three steps: write cards, give verdicts, choose what the class verifies. A second coder judges the same cards."""

    about = "Evidence on “{}”"

    def __init__(self, folder: Path, article: Article, coder: int) -> None:
        self.path = pass_path(folder, "evidence", coder)
        self.works_on(folder, article, coder, self.path)
        self.coded = claim_key.read_evidence(self.path)
        super().__init__(self._cards() if coder == 1 else self._verdict())

    @property
    def cards(self) -> list[WrittenCard]:
        """The cards: those of the first coder for everybody, because they are the record and nobody's reading."""
        if self.coder == 1:
            return self.coded.cards
        return claim_key.read_evidence(self.path.with_name("evidence-coder-1.yaml")).cards

    @property
    def is_done(self) -> bool:
        """There is enough for learners to verify; another coder has judged every claim."""
        claims, given = self.claims, {one.claim: one for one in self.coded.verdicts}
        if self.coder > 1:
            return bool(claims) and all(claim.id in given for claim in claims)
        return bool(claim_key.verified(claims, given, self.cards, self.coded.verify))

    @property
    def claims(self) -> list[MarkedClaim]:
        """The claims that can have a verdict, those that are most worth a check first."""
        found = [claim for claim in claim_key.key_claims(self.folder, self.article).claims if claim.kind != "opinion"]
        return sorted(
            found, key=lambda one: (one.kind != "checkable", -1 if one.gain is None else -one.gain - 2, one.span)
        )

    # --- cards ---

    def _cards(self, number: str = "") -> list[AnnotationStep]:
        # A card that was opened and not saved comes back first.
        opened = number or next((card.id for card in self.cards if card.id in self.coded.drafts), "")
        key = opened or self._next
        title = f"1 of 3 · {f'Evidence card {opened}' if opened else 'A new evidence card'}"
        buttons = [
            ("save", "Save this card"),
            *[("new", "Leave it as it was, and begin a new card")] * bool(opened),
            ("on", "Go on to the verdicts"),
        ]
        press, form = self._pressed_card(opened), CardForm(_card_blanks())
        # What is typed belongs to one card, also when it arrives after another one was opened.
        step = self.step(f"card-{key}", title, say("card"), form, buttons, press, self._keep(key), self._typed(key))
        if not self.cards:
            return [step]
        origins = len({card.origin for card in self.cards})
        title = f"{count(len(self.cards), 'card')} from {count(origins, 'origin')}"
        cards = ChoiceForm(tuple(Option(card.id, f"{card.id}: {card_line(card)} · {card.fact}") for card in self.cards))
        buttons = [("open", "Open this card"), ("remove", "Remove this card")]
        return [step, self.step("cards", title, say("cards"), cards, buttons, self._pressed_cards)]

    def _card(self, number: str) -> WrittenCard:
        found = next((card for card in self.cards if card.id == number), None)
        if found is None:
            raise MedialitError("Choose a card first.")
        return found

    @property
    def _next(self) -> str:
        """The number that the next new card gets."""
        return f"e{self.coded.next:02}"

    def _keep(self, key: str) -> Callable[[Any], None]:
        """Keeps what is typed for a card or a claim until it is saved."""

        def keep(answer: Any) -> None:
            typed = {name: value for name, value in (answer or {}).items() if value}
            self._save(drafts=self._drafts_without(key) | ({key: typed} if typed not in ({}, self._kept(key)) else {}))

        return keep

    def _kept(self, key: str) -> dict[str, str]:
        """A card or a verdict that is saved, as its form holds it; empty when there is none."""
        card = next((card for card in self.coded.cards if card.id == key), None)
        given = next((one for one in self.coded.verdicts if one.claim == key), None)
        if card:
            return {name: str(value) for name, value in card.model_dump(exclude={"id"}).items() if value}
        return _typed(given) if given else {}

    def _typed(self, key: str) -> dict[str, str]:
        """What is typed for a card or a verdict, or else saved."""
        return self.coded.drafts.get(key) or self._kept(key)

    def _drafts_without(self, key: str) -> dict[str, dict[str, str]]:
        return {name: typed for name, typed in self.coded.drafts.items() if name != key}

    def _pressed_card(self, opened: str) -> Callable[[str, Any], None]:
        def pressed(act: str, answer: Any) -> None:
            key = opened or self._next
            if act == "save":
                typed = {name: value.strip() for name, value in (answer or {}).items() if (value or "").strip()}
                card = self.write(typed, opened)
                told = (f"Card {card.id} is saved.", self._same_page(card), self._written())
                self.turn(self._cards(), " ".join(filter(None, told)))
            elif act == "new":
                self._save(drafts=self._drafts_without(key))
                self.turn(self._cards())
            else:
                if not self.cards:
                    raise MedialitError("There is no card yet. Save at least one.")
                self.turn(self._verdict())

        return pressed

    def write(self, typed: Mapping[str, str], number: str = "") -> WrittenCard:
        """Save a new card, or one that has a number already. Raises MedialitError for what does not fit."""
        for name, label in NEEDED.items():
            if not typed.get(name):
                raise MedialitError(f"The card does not say {label}. Fill it in.")
        for name, what, most in (("fact", "fact", FACT_WORDS), ("quotation", "quotation", QUOTED_WORDS)):
            if (n := count_words(typed.get(name, ""))) > most:
                raise MedialitError(f"The {what} has {n} words. Shorten it to {most}.")
        address = typed.get("address", "")
        if address and not re.fullmatch(r"https?://\S+", address):
            raise MedialitError(
                f"“{address[:60]}” is not an address. It begins with https:// and has no spaces. No address? Leave it empty."
            )
        days = {name: day_of(typed[name], ", or leave it empty") for name in ("date", "happened") if typed.get(name)}
        origin = self._origin(typed.get("origin") or typed["publisher"])
        card = dict(typed) | days | {"id": number or self._next, "origin": origin}
        made = WrittenCard.model_validate(card)
        for other in self.cards:
            if other.id != made.id and made == other.model_copy(update={"id": made.id}):
                raise MedialitError(f"Card {other.id} says the same already. Write another fact, or open that card.")
        cards = [made if one.id == number else one for one in self.cards] if number else [*self.cards, made]
        self._check(cards, self.coded.verdicts)
        drafts = self._drafts_without(made.id)
        self._save(cards=cards, drafts=drafts, next=self.coded.next + (not number))
        return made

    def _same_page(self, card: WrittenCard) -> str:
        """What to know when the page of a card is that of another one: learners count origins, and not cards."""

        def page(one: WrittenCard) -> object:
            address = re.sub(r"^https?://(?:www\.)?", "", one.address.casefold().partition("#")[0])
            return address.rstrip("/") or (one.publisher.casefold(), one.title.casefold())

        if not (others := [one for one in self.cards if one.id != card.id and page(one) == page(card)]):
            return ""
        told = say("same_page", cards=listed(one.id for one in others))
        return told if {one.origin for one in others} == {card.origin} else f"{told} {say('other_origin')}"

    def _origin(self, typed: str) -> str:
        """An origin as it was written before, whatever its capitals: two spellings of one origin would count as two."""
        return next((card.origin for card in self.cards if card.origin.casefold() == typed.casefold()), typed)

    def _pressed_cards(self, act: str, answer: Any) -> None:
        card = self._card(answer or "")
        if act == "open":
            self.turn(self._cards(card.id))
            return
        says = {claim.id: f"“{claim.alone}”" for claim in self.claims}
        if used := [says[one.claim] for one in self.coded.verdicts if card.id in one.cards and one.claim in says]:
            raise MedialitError(f"The verdict on {listed(used)} cites card {card.id}. Change the verdict first.")
        self._save(cards=[one for one in self.cards if one.id != card.id], drafts=self._drafts_without(card.id))
        told = f"Card {card.id} is removed. {self._written()}"
        self.turn(self._cards(), told)

    # --- verdicts ---

    def _verdict(self, name: str = "") -> list[AnnotationStep]:
        claims, given = self.claims, {one.claim: one for one in self.coded.verdicts}
        back = [("back", "Back to the cards")] * (self.coder == 1)
        if not claims or not self.cards:
            told = say("no_claims" if not claims else "no_cards")
            return [
                self.step("verdict", "2 of 3 · Verdicts", told, None, back, self._pressed_verdict(""), back=self._cards)
            ]
        open_ones = [claim for claim in claims if claim.id not in given]
        claim = next((one for one in claims if one.id == name), (open_ones or claims)[0])
        block = self.article.block_at(claim.span.start)
        where = f"¶{block.number}: " if block and block.number else ""
        title = f"{'2 of 3 · ' * (self.coder == 1)}{where}“{claim.alone}”"
        buttons = [("save", "Save this verdict"), *[("remove", "Remove this verdict")] * (claim.id in given)]
        buttons += [("on", "Go on to the choice for the class")] * (self.coder == 1) + back
        typed = self._typed(claim.id)
        form = CardForm(tuple(_verdict_blanks(self._sorted(claim, typed), claim.alone)))
        press = self._pressed_verdict(claim.id)
        told = say("verdict" if self.coder == 1 else "verdict_second", often=say("verdict_cards"))
        step = self.step(
            f"verdict-{claim.id}", title, told, form, buttons, press, self._keep(claim.id), typed, back=self._cards
        )
        verdicts = {one.id: given[one.id].verdict if one.id in given else "no verdict yet" for one in claims}
        every = ChoiceForm(tuple(Option(one.id, f"{one.alone} · {verdicts[one.id]}") for one in claims))
        buttons = [("open", "Open this claim")]
        return [step, self.step("which", "All claims", say("which"), every, buttons, self._pressed_which)]

    def _sorted(self, claim: MarkedClaim, typed: Mapping[str, str]) -> list[WrittenCard]:
        """The cards, first those that are connected with a claim, then those that share most words with it."""
        said = set(words_of(f"{claim.alone} {claim.text}"))

        def place(card: WrittenCard) -> tuple[bool, int]:
            shared = said & set(words_of(f"{card.title} {card.fact} {card.quotation}"))
            return typed.get(f"r{card.id}", NOTHING) == NOTHING, -len(shared)

        return sorted(self.cards, key=place)

    def _pressed_which(self, _: str, answer: Any) -> None:
        if not answer:
            raise MedialitError("Choose a claim first.")
        self.turn(self._verdict(answer))

    def _pressed_verdict(self, claim: str) -> Callable[[str, Any], None]:
        def pressed(act: str, answer: Any) -> None:
            if act == "save":
                self.judge(claim, answer or {})
            elif act == "remove":
                left = [one for one in self.coded.verdicts if one.claim != claim]
                self._save(verdicts=left, drafts=self._drafts_without(claim))
            else:
                self.turn([self._verify()])
                return
            told = self._written()
            judged = {one.claim for one in self.coded.verdicts}
            done = self.coder == 1 and all(one.id in judged for one in self.claims)
            ready = say("verify_ready") if not done and load_case(self.folder).claim_gold.verify else ""
            self.turn([self._verify()] if done else self._verdict(), f"{told} {ready}".strip())

        return pressed

    def judge(self, claim: str, answer: Mapping[str, str]) -> None:
        """Save a verdict, ``{"verdict": …, "explanation": …, "re01": "supports"}``. Raises MedialitError for a misfit."""
        typed = {name: (value or "").strip() for name, value in answer.items()}
        verdict, explanation = typed.get("verdict", ""), typed.get("explanation", "")
        cards = {card.id: r for card in self.cards if (r := typed.get(f"r{card.id}", "")) not in ("", NOTHING)}
        if not verdict:
            raise MedialitError("Choose a verdict.")
        if not explanation:
            raise MedialitError("Say why, in a sentence or two: learners read it after they have answered.")
        if (n := count_words(explanation)) > EXPLANATION_WORDS:
            raise MedialitError(f"Your explanation has {n} words. Shorten it to {EXPLANATION_WORDS}.")
        if word := accusing(explanation):
            raise MedialitError(f"Judge the sentence, not a person: avoid “{word}”.")
        if not cards and verdict != "not established":
            raise MedialitError(f"The verdict “{verdict}” needs a card. Say what one of them has to do with the claim.")
        for needs, relation in (("supported", "supports"), ("contradicted", "contradicts")):
            if verdict == needs and relation not in cards.values():
                raise MedialitError(
                    f"The verdict is “{verdict}”, but no card {relation} the claim. Change one of the two."
                )
        made = GivenVerdict.model_validate(
            {
                "claim": claim, "verdict": verdict, "explanation": sentence(explanation), "cards": cards,
                "confidence": typed.get("confidence") or None,
                "instead": {v: sentence(said) for v in VERDICTS if v != verdict and (said := typed.get(f"i{v}", ""))},
            }
        )  # fmt: skip
        verdicts = [one for one in self.coded.verdicts if one.claim != claim]
        verdicts = sorted([*verdicts, made], key=lambda one: one.claim)
        self._check(self.cards, verdicts)
        self._save(verdicts=verdicts, drafts=self._drafts_without(claim))

    def _check(self, cards: Sequence[WrittenCard], verdicts: Sequence[GivenVerdict]) -> None:
        """Raises MedialitError where the key could not be made with these."""
        made = EvidencePass(cards=list(cards), verdicts=list(verdicts), verify=self.coded.verify)
        claim_key.made_key(self.article, claim_key.key_claims(self.folder, self.article), made)

    # --- what learners verify ---

    def _verify(self) -> AnnotationStep:
        claims = {claim.id: claim for claim in sorted(self.claims, key=lambda one: one.span)}
        given = {one.claim: one for one in self.coded.verdicts if one.claim in claims}
        ready = claim_key.verifiable(list(claims.values()), given, self.cards)
        chosen = claim_key.verified(list(claims.values()), given, self.cards, self.coded.verify)
        counts = Counter(given[name].verdict for name in ready)
        told = "verify" if chosen else "verify_few" if ready else "verify_none"
        text = say(told, counts=", ".join(f"{n} {verdict}" for verdict, n in counts.most_common()))
        form = ChoiceForm(tuple(Option(name, f"{claims[name].alone} · {given[name].verdict}") for name in ready), True)
        buttons = [*[("save", "Use these")] * bool(ready), ("back", "Back to the verdicts")]
        title = f"3 of 3 · Exercise {number_of('claims', 'verify')}: claims to verify"
        shown, press = form if ready else None, self._pressed_verify
        return self.step("verify", title, text, shown, buttons, press, held=chosen, back=self._verdict)

    def _pressed_verify(self, _: str, answer: Any) -> None:
        given = {one.claim: one.verdict for one in self.coded.verdicts}
        if why := claim_key.unfair([given[name] for name in answer or []]):
            raise MedialitError(why)
        self._save(verify=list(answer))
        written = self._written()  # the claims to choose from are read from it
        self.turn([self._verify()], f"{say('verify_saved', claims=count(len(answer), 'claim'))} {written}")

    # --- files ---

    def _save(self, **changed: Any) -> None:
        made = self.coded.model_copy(update=changed)
        if made != self.coded:
            with self.alone():
                claim_key.save(self.path, made)
        self.coded = made

    def _written(self) -> str:
        """Write the key; says what unit 2 has now."""
        if told := write_key(self.folder, self.article, self.coder):
            return told
        claims = {claim.id for claim in self.claims}
        verdicts = count(sum(one.claim in claims for one in self.coded.verdicts), "verdict")
        told = say("evidence_saved", cards=count(len(self.cards), "card"), verdicts=verdicts)
        return f"{told} {served(self.folder)}".strip()

    def lines(self) -> list[str]:
        return [f"{one.claim}: {one.verdict} ({', '.join(one.cards)})" for one in self.coded.verdicts]


def _card_blanks() -> tuple[Blank, ...]:
    roles = tuple(Option(role, words()["roles"][role]) for role in get_args(Role))
    told = words()["blanks"]
    reads = tuple(Option(name, words()["reads"][name]) for name in ("whole", "part"))
    fact, quotation = told["fact"].format(most=FACT_WORDS), told["quotation"].format(most=QUOTED_WORDS)
    return (
        Blank("publisher", told["publisher"], limit=120),
        Blank("title", told["title"], limit=240),
        Blank("date", told["date"], limit=40, optional=True),
        Blank("address", told["address"], limit=600, optional=True),
        Blank("role", told["role"], roles),
        Blank("origin", told["origin"], limit=120, optional=True),
        Blank("fact", fact, limit=600, words=FACT_WORDS, lines=4),
        Blank("quotation", quotation, limit=240, words=QUOTED_WORDS, lines=2, optional=True),
        Blank("happened", told["happened"], limit=40, optional=True),
        Blank("read", told["read"], reads, optional=True),
    )


def _verdict_blanks(cards: Sequence[WrittenCard], says: str) -> list[Blank]:
    told = words()["blanks"]
    verdicts = tuple(Option(verdict, _told("verdicts")[verdict]) for verdict in VERDICTS)
    sure = tuple(Option(level, level) for level in get_args(Confidence))
    relations = tuple(Option(name, words()["relations"][name]) for name in (*get_args(claim_key.Relation), NOTHING))
    blanks = [
        Blank(
            f"r{one.id}", told["relation"], relations, optional=True, part=card_line(one), note=_fact(one), found=True
        )
        for one in cards
    ]
    blanks += [
        Blank("verdict", told["verdict"], verdicts, part=f"“{says}”"),
        Blank(
            "explanation",
            told["explanation"].format(most=EXPLANATION_WORDS),
            limit=600,
            words=EXPLANATION_WORDS,
            lines=3,
        ),
        Blank("confidence", told["confidence"], sure, optional=True),
    ]
    for n, verdict in enumerate(VERDICTS):
        label = told["instead"].format(verdict=verdict, default=_told("instead")[verdict])
        part = told["instead_part"] if not n else ""
        blanks.append(
            Blank(f"i{verdict}", label, limit=240, optional=True, fold=not n, part=part, note=told["instead_note"])
        )
    return blanks


def _told(options: str) -> dict[str, str]:
    """Words of the exercise in which learners verify claims."""
    return find_unit("claims").text("verify").options[options]


def _fact(card: WrittenCard) -> str:
    return f"{card.fact}{f' “{card.quotation}”' if card.quotation else ''} (origin: {card.origin})"


def _typed(given: GivenVerdict) -> dict[str, str]:
    """A verdict as the form holds it."""
    cards = {f"r{name}": relation for name, relation in given.cards.items()}
    instead = {f"i{verdict}": said for verdict, said in given.instead.items()}
    typed = {**cards, **instead, "verdict": given.verdict, "explanation": given.explanation}
    return typed | ({"confidence": given.confidence} if given.confidence else {})
