"""A verdict as ClaimReview: the form in which fact-checkers publish, so that search engines can read it.

Follows schema.org/ClaimReview. Search engines require ``claimReviewed``, ``url`` and a rating in words; they recommend
the author, the day, the scale and the claim with its own author, day and place. We ask for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from medialit.errors import MedialitError

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

_ADDRESS = re.compile(r"https?://[^\s/]+\.\S+")
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def to_claimreview(
    claim: Any,
    verdict: str,
    *,
    url: str,
    date: str,
    author: str,
    claim_author: str,
    claim_date: str,
    appearance: str,
    first_appearance: str | None = None,
    explanation: str = "",
    evidence: Iterable[Any] = (),
    author_url: str | None = None,
    person: bool = False,
) -> dict[str, Any]:
    """schema.org JSON-LD of one check.

    ``claim`` is a text, or a claim of a case (then ``says`` is taken). ``verdict`` is one of the six. ``url`` and
    ``date`` (2025-03-01, or 2025-03) are those of your check, ``author`` is who checked: an organization, or a
    ``person``. ``claim_author``, ``claim_date`` and ``appearance`` (an address) say who made the claim, when and where;
    ``first_appearance`` where it stood first. ``evidence`` are cards, for the list of citations.

    Raises MedialitError, in one sentence, when a field is missing or does not fit.
    """
    if verdict not in RATINGS:
        raise MedialitError(f"“{verdict}” is not a verdict. Choose one of: {', '.join(RATINGS)}.")
    review: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": (claim if isinstance(claim, str) else claim.says).strip(),
        "url": url,
        "datePublished": str(date),
        "inLanguage": "en",
        "author": _party(author, person, author_url),
        "reviewRating": _rating(verdict),
        "itemReviewed": {
            "@type": "Claim",
            "author": _party(claim_author, False),
            "datePublished": str(claim_date),
            "appearance": {"@type": "CreativeWork", "url": appearance},
        },
    }
    if first_appearance:
        review["itemReviewed"]["firstAppearance"] = {"@type": "CreativeWork", "url": first_appearance}
    if explanation.strip():
        review["reviewBody"] = explanation.strip()
    if citations := [_citation(card) for card in evidence]:
        review["citation"] = citations
    if problems := problems_with(review):
        raise MedialitError(problems[0])
    return review


def problems_with(review: Any) -> list[str]:
    """What keeps a ClaimReview from being valid, one sentence each; an empty list when nothing does.

    Checks the same rules as ``datasets/schemas/claimreview.schema.json``, in words that a learner can use.
    """
    if not isinstance(review, Mapping):
        return ["A ClaimReview is a set of named fields."]
    found: list[str] = []
    if review.get("@context") != "https://schema.org":
        found.append("@context must be https://schema.org.")
    if review.get("@type") != "ClaimReview":
        found.append("@type must be ClaimReview.")
    text = review.get("claimReviewed")
    if not isinstance(text, str) or not 8 <= len(text) <= 300:
        found.append("claimReviewed needs the claim as one sentence, of 8 to 300 characters.")
    found += _address(review, "url", "url")
    found += _day(review, "datePublished", "datePublished")
    found += _party_problems(review.get("author"), "author")
    found += _rating_problems(review.get("reviewRating"))
    found += _claim_problems(review.get("itemReviewed"))
    body = review.get("reviewBody", "x")
    if not isinstance(body, str) or not 1 <= len(body) <= 2000:
        found.append("reviewBody needs a text of at most 2,000 characters.")
    language = review.get("inLanguage", "en")
    if not isinstance(language, str) or not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", language):
        found.append("inLanguage needs a language code such as en.")
    citations = review.get("citation", [{"@type": "CreativeWork", "url": "https://example.org/"}])
    if not isinstance(citations, list) or not citations:
        found.append("citation needs a list of at least one page.")
    else:
        for number, work in enumerate(citations, 1):
            found += _work_problems(work, f"citation {number}", named="name" in work)
    return found + _strangers(review, "ClaimReview", _FIELDS)


def _rating(verdict: str) -> dict[str, Any]:
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": verdict.capitalize()}
    if (value := RATINGS[verdict]) is not None:
        rating |= {"ratingValue": value, "worstRating": WORST, "bestRating": BEST}
    return rating


def _party(name: str, person: bool, url: str | None = None) -> dict[str, Any]:
    party = {"@type": "Person" if person else "Organization", "name": str(name).strip()}
    return party | ({"url": url} if url else {})


def _citation(card: Any) -> dict[str, Any]:
    work = {"@type": "CreativeWork", "name": f"{card.publisher}: {card.title}"}
    work |= {"url": card.address} if card.address else {}
    return work | ({"datePublished": card.date} if card.date else {})


_FIELDS = frozenset(
    "@context @type claimReviewed url datePublished inLanguage reviewBody author reviewRating itemReviewed "
    "citation".split()
)


def _address(holder: Mapping[str, Any], field: str, name: str) -> list[str]:
    value = holder.get(field)
    if isinstance(value, str) and _ADDRESS.fullmatch(value):
        return []
    return [f"{name} needs an address that begins with https://."]


def _day(holder: Mapping[str, Any], field: str, name: str) -> list[str]:
    value = holder.get(field)
    return [] if isinstance(value, str) and _DAY.fullmatch(value) else [f"{name} needs a date such as 2025-03-01."]


def _party_problems(party: Any, name: str) -> list[str]:
    if not isinstance(party, Mapping) or party.get("@type") not in ("Organization", "Person"):
        return [f"{name} needs an Organization or a Person."]
    found = [] if isinstance(party.get("name"), str) and party["name"] else [f"{name} needs a name."]
    if "url" in party:
        found += _address(party, "url", f"{name}.url")
    return found + _strangers(party, name, {"@type", "name", "url"})


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
    return found + _strangers(
        rating, "reviewRating", {"@type", "alternateName", "ratingValue", "worstRating", "bestRating"}
    )


def _claim_problems(claim: Any) -> list[str]:
    if not isinstance(claim, Mapping) or claim.get("@type") != "Claim":
        return ["itemReviewed needs a Claim."]
    found = _party_problems(claim.get("author"), "itemReviewed.author")
    found += _day(claim, "datePublished", "itemReviewed.datePublished")
    found += _work_problems(claim.get("appearance"), "itemReviewed.appearance")
    if "firstAppearance" in claim:
        found += _work_problems(claim["firstAppearance"], "itemReviewed.firstAppearance")
    known = {"@type", "author", "datePublished", "appearance", "firstAppearance"}
    return found + _strangers(claim, "itemReviewed", known)


def _work_problems(work: Any, name: str, *, named: bool = False) -> list[str]:
    """``named``: a name is enough, as for a text that was read only in copies."""
    if not isinstance(work, Mapping) or work.get("@type") != "CreativeWork":
        return [f"{name} needs a CreativeWork with an address."]
    found = [] if named and "url" not in work else _address(work, "url", f"{name}.url")
    if "datePublished" in work:
        found += _day(work, "datePublished", f"{name}.datePublished")
    if "name" in work and not (isinstance(work["name"], str) and work["name"]):
        found.append(f"{name}.name needs a text.")
    return found + _strangers(work, name, {"@type", "url", "name", "datePublished"})


def _strangers(holder: Mapping[str, Any], name: str, known: Iterable[str]) -> list[str]:
    return [f"{name} has a field “{field}” that is not known here." for field in holder if field not in set(known)]
