"""A verdict as ClaimReview: the form in which fact-checkers publish, so that other programs can find and read a check.

The terms are schema.org's (``datasets/schemas/schemaorg.json`` holds those used here, with their license). Google's page
on fact check markup requires ``claimReviewed``, ``reviewRating`` and ``url``, one review a page, and recommends the author,
the day, the scale, and the claim with its own author, day and place. What nobody knows is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, ValidationError, model_validator

from medialit.case.records import StrictRecord
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
CONTEXT = "https://schema.org"


def _fits(pattern: str, needs: str) -> PlainValidator:
    """For a text that fits a pattern as a whole; ``needs`` says in words which."""

    def check(value: object) -> str:
        if not isinstance(value, str) or not re.fullmatch(pattern, value, re.DOTALL):
            raise ValueError(f"needs {needs}")
        return value

    return PlainValidator(check)


_Words = Annotated[str, _fits(r".*\S.*", "a text")]
_Address = Annotated[str, _fits(r"https?://[^\s/]+\.\S+", "an address that begins with https://")]
_Day = Annotated[str, _fits(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", "a date such as 2025-03-01")]


class _Thing(StrictRecord):
    """Something that schema.org has a class for."""


class _Party(_Thing):
    type: Literal["Organization", "Person"] = Field(alias="@type")
    name: _Words


class _Page(_Thing):
    type: Literal["CreativeWork"] = Field(alias="@type")
    name: _Words = ""
    url: _Address = ""
    datePublished: _Day = ""


class _Claim(_Thing):
    type: Literal["Claim"] = Field(alias="@type")
    author: _Party | None = None
    datePublished: _Day = ""
    appearance: _Page | None = None


class _Rating(_Thing):
    type: Literal["Rating"] = Field(alias="@type")
    alternateName: str
    ratingValue: int | None = None
    worstRating: int | None = None
    bestRating: int | None = None

    @model_validator(mode="after")
    def _agrees(self) -> _Rating:
        names = {verdict.capitalize(): value for verdict, value in RATINGS.items()}
        if self.alternateName not in names:
            raise ValueError(f"needs as alternateName one of: {', '.join(names)}")
        value = names[self.alternateName]
        scale = (WORST, BEST) if value else (None, None)
        if (self.ratingValue, self.worstRating, self.bestRating) != (value, *scale):
            told = f"{value} from {WORST} to {BEST}" if value else "no number"
            raise ValueError(f"has another number than “{self.alternateName}”, which has {told}")
        return self


class _Review(_Thing):
    context: Literal["https://schema.org"] = Field(alias="@context")
    type: Literal["ClaimReview"] = Field(alias="@type")
    claimReviewed: Annotated[str, _fits(r".{8,300}", "the claim as one sentence, of 8 to 300 characters")]
    author: _Party
    reviewRating: _Rating
    itemReviewed: _Claim
    url: _Address = ""
    headline: _Words = ""
    datePublished: _Day = ""
    inLanguage: _Words = ""
    reviewBody: Annotated[str, _fits(r"(?=.*\S).{1,2000}", "a text of at most 2,000 characters")] = ""
    citation: list[_Page] = Field([], min_length=1)


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
    try:
        _Review.model_validate(review)
    except ValidationError as error:
        return [_sentence(fault) for fault in error.errors(include_url=False)]
    return []


_SAID = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "model_type": "needs named fields",
    "list_type": "needs a list",
    "too_short": "needs at least one page",
    "string_type": "needs a text",
    "int_type": "needs a whole number",
    "literal_error": "needs {expected}",
    "value_error": "{error}",
}


def _sentence(fault: Any) -> str:
    place = ".".join(str(step) for step in fault["loc"]) or "A ClaimReview"
    return f"{place} {_SAID[fault['type']].format(**fault.get('ctx', {}))}."


def before_publishing(review: Mapping[str, Any]) -> list[str]:
    """What Google's page on fact check markup still requires of a valid review, one sentence each."""
    return [] if review.get("url") else ["url: the address of your page, once it has one."]


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
