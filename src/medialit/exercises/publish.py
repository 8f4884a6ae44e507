"""From answers to a card: is it complete, do its parts agree, and what stands on the page?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from medialit.exercises.cardform import SURE, claimreview
from medialit.exercises.correction import WANTED
from medialit.exercises.task import Task
from medialit.show.correction_card import CardClaim, CardPage, CardSource

PARTS = ("5.2", "5.3", "5.4")


def card_number(case: str, answers: Mapping[str, Any]) -> str:
    """Eight signs that stand for exactly these answers, so that a review names the card it was written about."""
    told = json.dumps([case, *(answers.get(part) for part in PARTS)], sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(told.encode()).hexdigest()
    return f"{digest[:4]}-{digest[4:8]}"


def not_ready(tasks: Mapping[str, Task], answers: Mapping[str, Any]) -> list[str]:
    """What keeps a card from being published, one sentence each. A card may be weak; it may not be unfinished."""
    found = []
    for part in PARTS:
        answer = answers.get(part)
        problem = tasks[part].problem(answer) if answer else "It has no checked answer yet."
        if problem:
            found.append(f"Task {part}: {problem}")
    if found:
        return found
    judged, paragraph, card = (answers[part] for part in PARTS)
    verdicts = {name: cells["verdict"] for name, cells in judged.items() if cells.get("verdict")}
    if len(verdicts) < WANTED:
        found.append(f"Task 5.2: {len(verdicts)} of {WANTED} claims have a verdict.")
    if not (paragraph.get("text") or "").strip():
        found.append("Task 5.3: the corrected paragraph is empty.")
    result = tasks["5.4"].check(card)
    if result.score < 1:
        found.append(f"Task 5.4: {result.message} {result.next_step}")
    if found:
        return found
    if card["claim"] != paragraph["claim"]:
        found.append("Task 5.3 corrects one claim, and the card of 5.4 names another. Choose the same in both.")
    if card["claim"] not in verdicts:
        found.append("The card of 5.4 names a claim on which you gave no verdict in 5.2.")
    elif verdicts[card["claim"]] != card["verdict"]:
        found.append(
            f"In 5.2 your verdict was “{verdicts[card['claim']]}”, on the card it is “{card['verdict']}”. Choose one."
        )
    return found


def card_page(tasks: Mapping[str, Any], answers: Mapping[str, Any]) -> CardPage:
    """The card of finished answers (see ``not_ready``)."""
    case = tasks["5.4"].case
    judged, paragraph, card = (answers[part] for part in PARTS)
    gold, claim = case.claim_gold, case.claim_gold.claim(card["claim"])
    chosen = {name: cells for name, cells in judged.items() if cells.get("verdict")}
    others = [name for name in chosen if name != claim.id]
    also = [
        CardClaim(gold.claim(n).says, chosen[n]["verdict"], len(gold.origins(chosen[n].get("evidence") or [])))
        for n in others
    ]
    sources = [gold.card(card[name]) for name in ("source", "second")]
    reviews = [tasks["5.4"].review(card)]
    reviews += [
        claimreview(
            case,
            gold.claim(n),
            chosen[n]["verdict"],
            card["date"],
            sources=[gold.card(one) for one in chosen[n].get("evidence") or []],
        )
        for n in others
    ]
    return CardPage(
        number=card_number(case.name, answers),
        story=case.title,
        invented=case.about.invented,
        date=card["date"].strip(),
        claim=claim.says,
        verdict=card["verdict"],
        paragraph=tasks["5.3"].block(claim).number,
        words=case.article[claim.span],
        corrected=paragraph["text"].strip(),
        also=tuple(also),
        sources=tuple(
            CardSource(c.publisher, c.title, c.date or "no date", c.origin, c.address or c.address_note)
            for c in sources
        ),
        sure=_of_three(next(option.text for option in SURE if option.key == card["sure"])),
        reviews=tuple(reviews),
        **{name: card[name].strip() for name in ("found", "voices", "framing", "open", "method", "relative")},
    )


def _of_three(told: str) -> str:
    level, _, why = told.partition(": ")
    return f"{level} of {len(SURE)}: {why}"
