"""A verdict as ClaimReview: the form in which fact-checkers publish, so that other programs can find and read a check.

The terms are schema.org's (``datasets/schemas/schemaorg.json`` holds those used here, with their license). Google's page
on fact check markup requires ``claimReviewed``, ``reviewRating`` and ``url``, one review a page, and recommends the author,
the day, the scale, and the claim with its own author, day and place. What nobody knows is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from medialit.errors import MedialitError
from medialit.files import data_path, read_text

WORST, BEST = 1, 5
# How close a claim comes to the record. "Not established" has no number: a 3 would say that it is half true.
RATINGS: dict[str, int | None] = {
    "supported": 5,
    "missing context": 3,
    "outdated": 2,
    "misattributed": 2,
    "contradicted": 1,
    "not established": None,
}
SHORT = 75  # characters: longer claims are cut when a result is shown on a phone
CONTEXT = "https://schema.org"

_ADDRESS = re.compile(r"https?://[^\s/]+\.\S+")
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def to_claimreview(
    claim: Any,
    verdict: str,
    *,
    author: str,
    date: str = "",
    url: str = "",
    headline: str = "",
    claim_author: str = "",
    claim_date: str = "",
    appearance: str = "",
    explanation: str = "",
    evidence: Iterable[Any] = (),
    person: bool = False,
) -> dict[str, Any]:
    """schema.org JSON-LD of one check. What is not known stays empty and is left out.

    ``claim`` is a text, or a claim of a case (then ``says`` is taken). ``verdict`` is one of the six. ``date``
    (2025-03-01, or 2025-03) is that of your check, ``url`` the address of the page that it is on, ``headline`` the
    corrected statement, ``author`` who checked: an organization, or a ``person``. ``claim_author``, ``claim_date`` and
    ``appearance`` (an address) say who made the claim, when and where. ``evidence`` are cards, for the citations.

    Raises MedialitError, in one sentence, when a field is missing or does not fit.
    """
    if verdict not in RATINGS:
        raise MedialitError(f"“{verdict}” is not a verdict. Choose one of: {', '.join(RATINGS)}.")
    says = claim if isinstance(claim, str) else getattr(claim, "says", None)
    if not isinstance(says, str):
        raise MedialitError("Give the claim as a sentence in quotation marks, or a claim of a case.")
    made = {
        "@type": "Claim",
        "author": _party(claim_author, False) if claim_author else None,
        "datePublished": claim_date,
        "appearance": {"@type": "CreativeWork", "url": appearance} if appearance else None,
    }
    review = {
        "@context": CONTEXT,
        "@type": "ClaimReview",
        "url": url,
        "headline": headline.strip(),
        "claimReviewed": says.strip(),
        "datePublished": str(date),
        "inLanguage": "en",
        "author": _party(author, person),
        "reviewRating": _rating(verdict),
        "itemReviewed": _known(made),
        "reviewBody": explanation.strip(),
        "citation": [_citation(card) for card in evidence],
    }
    if problems := problems_with(review := _known(review)):
        raise MedialitError(problems[0])
    return review


def _known(holder: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in holder.items() if value}


def problems_with(review: Any) -> list[str]:
    """What keeps a ClaimReview from being valid, one sentence each; an empty list when nothing does."""
    if not isinstance(review, Mapping):
        return ["A ClaimReview is a set of named fields."]
    found: list[str] = []
    if review.get("@context") != CONTEXT:
        found.append(f"@context must be {CONTEXT}.")
    if review.get("@type") != "ClaimReview":
        found.append("@type must be ClaimReview.")
    text = review.get("claimReviewed")
    if not isinstance(text, str) or not 8 <= len(text) <= 300:
        found.append("claimReviewed needs the claim as one sentence, of 8 to 300 characters.")
    if "author" not in review:
        found.append("author needs an Organization or a Person.")
    found += _rating_problems(review.get("reviewRating"))
    if not isinstance(review.get("itemReviewed"), Mapping) or review["itemReviewed"].get("@type") != "Claim":
        found.append("itemReviewed needs a Claim.")
    if len(str(review.get("reviewBody", ""))) > 2000:
        found.append("reviewBody needs a text of at most 2,000 characters.")
    return found + outside_vocabulary(review)


def before_publishing(review: Mapping[str, Any]) -> list[str]:
    """What Google's page on fact check markup still requires of a valid review, one sentence each."""
    return [] if review.get("url") else ["url: the address of your page, once it has one."]


# --- schema.org's vocabulary ------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(read_text(data_path("schemas", "schemaorg.json")))
    return found


def _kinds(name: str) -> set[str]:
    """A class and all classes above it."""
    return {name}.union(*map(_kinds, _vocabulary()["classes"].get(name, ())))


def outside_vocabulary(thing: Any, name: str = "") -> list[str]:
    """What schema.org does not know: a type, a field that its type has not, a value that its field does not take."""
    kind = thing.get("@type")
    if not isinstance(kind, str) or kind not in _vocabulary()["classes"]:
        return [f"{name or 'The review'} has a type “{kind}” that is not known here."]
    found: list[str] = []
    for field, value in thing.items():
        if field.startswith("@"):
            continue
        at = f"{name}.{field}" if name else field
        domain, values = _vocabulary()["properties"].get(field, ((), ()))
        if not _kinds(kind) & set(domain):
            found.append(f"{name or kind} has a field “{field}” that is not known here.")
            continue
        several = value if isinstance(value, list) else [value]
        found += [] if several else [f"{at} needs at least one page."]
        for one in several:
            found += outside_vocabulary(one, at) if isinstance(one, Mapping) else []
            if not any(_is_a(one, wanted) for wanted in values):
                found.append(f"{at} needs {_NEEDS.get(values[0], ' or '.join(values))}.")
    return found


_NEEDS = {
    "URL": "an address that begins with https://",
    "Date": "a date such as 2025-03-01",
    "Text": "a text",
    "Language": "a language code such as en",
}


def _is_a(value: Any, wanted: str) -> bool:
    if isinstance(value, Mapping):
        return wanted in _kinds(str(value.get("@type")))
    if isinstance(value, str):
        fits = {"URL": _ADDRESS, "Date": _DAY, "Text": re.compile(r"(?s).*\S.*")}.get(wanted)
        return bool(fits and fits.fullmatch(value))
    return wanted == "Number" and isinstance(value, int | float) and not isinstance(value, bool)


# --- parts ------------------------------------------------------------------------------------------------------------


def _rating(verdict: str) -> dict[str, Any]:
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": verdict.capitalize()}
    if (value := RATINGS[verdict]) is not None:
        rating |= {"ratingValue": value, "worstRating": WORST, "bestRating": BEST}
    return rating


def _party(name: str, person: bool) -> dict[str, Any]:
    return {"@type": "Person" if person else "Organization", "name": str(name).strip()}


def _citation(card: Any) -> dict[str, Any]:
    work = {"@type": "CreativeWork", "name": f"{card.publisher}: {card.title}"}
    work |= {"url": card.address} if card.address else {}
    return work | ({"datePublished": card.date} if card.date else {})


def _rating_problems(rating: Any) -> list[str]:
    if not isinstance(rating, Mapping) or rating.get("@type") != "Rating":
        return ["reviewRating needs a Rating."]
    names = {verdict.capitalize(): verdict for verdict in RATINGS}
    name = rating.get("alternateName")
    if not isinstance(name, str) or name not in names:
        return [f"reviewRating.alternateName needs one of: {', '.join(names)}."]
    found = []
    value, wanted = rating.get("ratingValue"), RATINGS[names[name]]
    if wanted is None and "ratingValue" in rating:
        found.append("“Not established” has no number: leave ratingValue out.")
    elif value != wanted or isinstance(value, bool):
        found.append(f"reviewRating.ratingValue and “{name}” do not say the same.")
    if wanted is not None and (rating.get("worstRating"), rating.get("bestRating")) != (WORST, BEST):
        found.append(f"The scale runs from worstRating {WORST} to bestRating {BEST}.")
    return found
