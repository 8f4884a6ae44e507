"""What may be wrong between the claims, the evidence and the timeline of a case, each in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from medialit.article import Article
from medialit.case.claims import Card, Claim, ClaimGold
from medialit.case.reading import doubles, one_of, span_faults, too_long, unknown
from medialit.files import Fault, Place

EXPLANATION_WORDS, FACT_WORDS, QUOTED_WORDS = 50, 45, 15
SUPPORTED_SHARE = 0.45  # of the claims that learners verify: the aim is discernment, not suspicion

_ACCUSING = re.compile(r"\b(?:lie|lies|lied|lying|liar|hoax|fake)\b", re.IGNORECASE)


def faults(gold: ClaimGold, article: Article) -> Iterator[tuple[str, Place, str]]:
    """(file without ending, place in it, what is wrong) of every fault, cards first."""
    for name, found in (
        ("evidence", _card_faults(gold)),
        ("claims", _claim_faults(gold, article)),
        ("claims", _choice_faults(gold, article)),
        ("timeline", _timeline_faults(gold)),
    ):
        for place, what in found:
            yield name, place, what


def _claim_faults(gold: ClaimGold, article: Article) -> Iterator[Fault]:
    yield from doubles(("claims",), [claim.id for claim in gold.claims], "id")
    for i, claim in enumerate(gold.claims):
        at = ("claims", i)
        yield from span_faults(at, claim.span, article, claim.text)
        sentence = article.sentence_at(claim.span.start)
        if sentence is None or sentence.number != claim.sentence:
            where = f"sentence {sentence.number}" if sentence else "no sentence"
            yield (*at, "sentence"), f"The span of {claim.id} begins in {where}."
        yield from _verdict_faults(at, claim, gold.card_ids is not None)
        yield from one_of((*at, "event"), claim.event, gold.event_names)
        yield from too_long((*at, "explanation"), claim.explanation, EXPLANATION_WORDS, "An explanation")
        if word := accusing(claim.explanation):
            yield (*at, "explanation"), f"Judge the sentence, not a person: avoid “{word}”."
        yield from unknown((*at, "evidence"), claim.evidence, gold.card_ids, "evidence card")
        for name in claim.evidence:
            if (card := gold.find_card(name)) and claim.id not in (*card.supports, *card.contradicts, *card.context):
                yield (*at, "evidence"), f"The card {name} does not name {claim.id} in evidence.yaml. Add it there."
        if len(set(claim.evidence)) < len(claim.evidence):
            yield (*at, "evidence"), "A card appears twice in this list. Keep it once."
        if gold.card_ids is not None:
            yield from _uncited_faults(at, claim, gold)


def _uncited_faults(at: Place, claim: Claim, gold: ClaimGold) -> Iterator[Fault]:
    """A verdict cites every card that bears on it, one that carries it, and the agencies that its explanation names."""
    cited = [card for card in gold.evidence if card.id in claim.evidence]
    for card in gold.evidence:
        if claim.id in (*card.supports, *card.contradicts, *card.context) and card not in cited:
            yield (*at, "evidence"), f"The card {card.id} bears on {claim.id} and is not cited. Cite it here."
    for verdict, field in (("supported", "supports"), ("contradicted", "contradicts")):
        if claim.verdict == verdict and not any(claim.id in getattr(card, field) for card in cited):
            yield (*at, "evidence"), f"The verdict is “{verdict}”, and no cited card {field} {claim.id}."
    for name in sorted({card.origin for card in gold.evidence}):
        own = any(name == card.origin or name in card.publisher for card in cited)
        if not own and re.search(rf"\b{re.escape(name)}\b", claim.explanation):
            yield (*at, "evidence"), f"The explanation names {name}, and no card of {name} is cited."


def _verdict_faults(at: Place, claim: Claim, looked_up: bool) -> Iterator[Fault]:
    if claim.kind == "opinion" and claim.verdict:
        yield (*at, "verdict"), "An opinion has no verdict. Remove it, or change the kind."
    if claim.verdict and claim.verdict != "not established" and not claim.evidence and looked_up:
        yield (*at, "evidence"), f"The verdict “{claim.verdict}” needs at least one evidence card."
    if (claim.share < 1) != (claim.other is not None):
        yield (*at, "share"), "A share below 1 goes with a second verdict in the field other, and only then."
    if claim.other and claim.other == claim.verdict:
        yield (*at, "other"), "The second verdict is the same as the first."


def _choice_faults(gold: ClaimGold, article: Article) -> Iterator[Fault]:
    numbers = {sentence.number: sentence for sentence in article.sentences}
    for i, split in enumerate(gold.splits):
        sentence = numbers.get(split.sentence)
        if sentence is None:
            yield ("splits", i, "sentence"), f"Sentences are numbered 1 to {len(numbers)}."
            continue
        if len(split.claims) < 2:
            yield ("splits", i, "claims"), "A sentence to split holds at least two claims."
        before = sentence.span.start
        for j, span in enumerate(split.claims):
            if span.start < before or span.end > sentence.span.end:
                yield ("splits", i, "claims", j), "Claims follow each other inside their sentence."
            before = span.end
    yield from doubles(("classify",), [item.key for item in gold.classify], "key")
    for i, item in enumerate(gold.classify):
        yield from span_faults(("classify", i), item.span, article, item.text)
        if item.other == item.kind:
            yield ("classify", i, "other"), "The second kind is the same as the first."
    ranked, known = [worth.claim for worth in gold.rank], {claim.id for claim in gold.claims}
    yield from doubles(("rank",), ranked, "claim")
    yield from doubles(("verify",), gold.verify)
    for name, ids in (("rank", ranked), ("verify", gold.verify)):
        for i, one in enumerate(ids):
            yield from unknown((name, i), [one], known, "claim")
    if not 1 <= gold.top < max(2, len(gold.rank)):
        yield ("top",), "This needs a whole number below the number of claims to rank."
    yield from _verify_faults(gold)


def _verify_faults(gold: ClaimGold) -> Iterator[Fault]:
    chosen = [claim for name in gold.verify if (claim := gold.find_claim(name))]
    for i, claim in enumerate(chosen):
        if not claim.verdict:
            yield ("verify", i), f"Claim {claim.id} has no verdict, so nobody can verify it."
        elif gold.card_ids is not None and len(gold.origins(claim.evidence)) < 2:
            yield ("verify", i), f"Claim {claim.id} needs evidence cards of at least two origins."
    supported = sum(claim.verdict == "supported" for claim in chosen)
    if chosen and supported < SUPPORTED_SHARE * len(chosen):
        yield (
            ("verify",),
            f"At least {SUPPORTED_SHARE:.0%} of these claims must be supported; {supported} of {len(chosen)} are.",
        )


def _card_faults(gold: ClaimGold) -> Iterator[Fault]:
    yield from doubles(("cards",), [card.id for card in gold.evidence], "id")
    for i, card in enumerate(gold.evidence):
        at = ("cards", i)
        yield from one_of((*at, "event"), card.event, gold.event_names)
        yield from too_long((*at, "fact"), card.fact, FACT_WORDS, "A fact")
        yield from too_long((*at, "quotation"), card.quotation, QUOTED_WORDS, "A quotation")
        if not card.address.startswith(("https://", "http://")) and not card.address_note:
            yield (*at, "address"), "An address begins with https:// or http://. No address? Say why in address_note."
        if not card.date and not card.date_note:
            yield (*at, "date"), "A card without a date says in date_note why there is none."
        yield from _happened_faults(at, card, gold)
        for field in ("supports", "contradicts", "context"):
            yield from unknown((*at, field), getattr(card, field), gold.claim_ids, "claim")
        named = [*card.supports, *card.contradicts, *card.context]
        if twice := [name for name in named if named.count(name) > 1]:
            yield (
                (*at, "supports"),
                f"Claim {twice[0]} appears twice on this card. Choose supports, contradicts or context.",
            )


def _happened_faults(at: Place, card: Card, gold: ClaimGold) -> Iterator[Fault]:
    """What a card tells must have happened in the days of the event that it is filed under."""
    days = gold.timeline.days(card.event)
    if card.happened is None:
        if days:
            yield (*at, "happened"), "On which day did happen what the fact tells? Write it as happened: 2024-03-18."
        return
    if days and not days[0][: len(card.happened)] <= card.happened <= days[1]:
        said = days[0] if days[0] == days[1] else f"{days[0]} to {days[1]}"
        yield (*at, "event"), f"The fact is of {card.happened}, but the event {card.event} is of {said}."


def _timeline_faults(gold: ClaimGold) -> Iterator[Fault]:
    now = gold.timeline.now
    if now and not now.earliest <= now.date <= now.latest:
        yield ("now", "date"), "This day lies outside the earliest and the latest day."
    yield from doubles(("events",), [event.id for event in gold.timeline.events], "id")
    last = ""
    for i, event in enumerate(gold.timeline.events):
        at = ("events", i)
        yield from one_of((*at, "event"), event.event, gold.event_names)
        if event.date < last:
            yield (*at, "date"), "Events stand in the order of their dates."
        last = event.date
        if event.until and event.until < event.date:
            yield (*at, "until"), "This event ends before it begins."
        yield from unknown((*at, "evidence"), event.evidence, gold.card_ids, "evidence card")
        yield from unknown((*at, "told"), event.told, gold.claim_ids, "claim")


def accusing(text: str) -> str:
    """The first word of a text that judges a person; empty when there is none."""
    found = _ACCUSING.search(text)
    return found.group() if found else ""
