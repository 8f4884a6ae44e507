"""ClaimReview: what we write is valid, what is damaged is named, and both checks of the schema agree."""

import copy
import json

import jsonschema
import pytest

from medialit.article import Article
from medialit.case.gold import load_claims
from medialit.errors import MedialitError
from medialit.exercises.claimreview import RATINGS, SHORT, problems_with, to_claimreview
from medialit.files import data_path, read_text

FOLDER = data_path("missile-tests")
SCHEMA = json.loads(read_text(data_path("schemas", "claimreview.schema.json")))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
ABOUT = {
    "url": "https://example.org/checks/speed",
    "date": "2025-03-05",
    "author": "Class 11b",
    "claim_author": "Republican Peak",
    "claim_date": "2025-03",
    "appearance": "https://example.org/story",
}


@pytest.fixture(scope="module")
def gold():
    return load_claims(FOLDER, Article(read_text(FOLDER / "article.txt")))


@pytest.fixture
def review(gold):
    cards = [gold.card(name) for name in gold.claim("c21").evidence[:2]]
    return to_claimreview(
        gold.claim("c21"), "contradicted", explanation="The 50 is an altitude.", evidence=cards, person=True, **ABOUT
    )


def test_the_schema_itself_is_valid():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_whole_review(review):
    assert review["claimReviewed"] == "The missiles flew at up to 50 kilometers per hour."
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Contradicted",
        "ratingValue": 1,
        "worstRating": 1,
        "bestRating": 5,
    }
    assert review["itemReviewed"]["author"] == {"@type": "Organization", "name": "Republican Peak"}
    assert (review["author"]["@type"], review["citation"][0]["datePublished"]) == ("Person", "2024-03-18")
    VALIDATOR.validate(review)
    assert json.loads(json.dumps(review)) == review


@pytest.mark.parametrize("verdict", RATINGS)
def test_every_verdict_gives_a_valid_review(verdict):
    review = to_claimreview("A claim that somebody made.", verdict, **ABOUT)
    VALIDATOR.validate(review)


def test_every_claim_of_the_case_can_be_reviewed(gold):
    for claim in gold.claims:
        if claim.verdict:
            cards = [gold.card(name) for name in claim.evidence]
            made = to_claimreview(claim, claim.verdict, explanation=claim.explanation, evidence=cards, **ABOUT)
            VALIDATOR.validate(made)


def test_claims_to_verify_are_short_enough_for_a_search_result(gold):
    long = [name for name in gold.verify if len(gold.claim(name).says) > SHORT * 1.5]
    assert not long


def test_not_established_has_no_number():
    rating = to_claimreview("Tensions have never been higher.", "not established", **ABOUT)["reviewRating"]
    assert rating == {"@type": "Rating", "alternateName": "Not established"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"url": "www.example.org"}, "url needs an address"),
        ({"date": "5 March"}, "datePublished needs a date"),
        ({"author": " "}, "author needs a name"),
        ({"claim_author": ""}, "itemReviewed.author needs a name"),
        ({"claim_date": "soon"}, "itemReviewed.datePublished needs a date"),
        ({"appearance": "the web"}, "itemReviewed.appearance.url needs an address"),
    ],
)
def test_a_missing_field_is_named_in_one_sentence(change, says):
    with pytest.raises(MedialitError, match=says):
        to_claimreview("A claim that somebody made.", "supported", **(ABOUT | change))


def test_an_unknown_verdict_lists_the_known_ones():
    with pytest.raises(MedialitError, match=r"“false” is not a verdict\. Choose one of: supported"):
        to_claimreview("A claim that somebody made.", "false", **ABOUT)


def _set(path, value):
    def change(review):
        holder = review
        for step in path[:-1]:
            holder = holder[step]
        if value is None:
            del holder[path[-1]]
        else:
            holder[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["@context"], "http://schema.org/docs"),
        (["@type"], "Review"),
        (["claimReviewed"], None),
        (["claimReviewed"], "short"),
        (["url"], None),
        (["url"], "ftp://example.org/x"),
        (["datePublished"], "2025-13-01"),
        (["author"], "Class 11b"),
        (["author", "@type"], "Robot"),
        (["author", "name"], ""),
        (["author", "age"], 17),
        (["reviewRating"], None),
        (["reviewRating", "alternateName"], "False"),
        (["reviewRating", "alternateName"], ["Supported"]),
        (["reviewRating", "alternateName"], "Supported"),
        (["reviewRating", "alternateName"], "Not established"),
        (["reviewRating", "ratingValue"], 3),
        (["reviewRating", "ratingValue"], None),
        (["reviewRating", "worstRating"], 0),
        (["reviewRating", "bestRating"], None),
        (["itemReviewed"], None),
        (["itemReviewed", "@type"], "Thing"),
        (["itemReviewed", "author"], None),
        (["itemReviewed", "datePublished"], None),
        (["itemReviewed", "appearance"], "https://example.org/"),
        (["itemReviewed", "firstAppearance"], {"@type": "CreativeWork"}),
        (["citation"], []),
        (["citation", 0, "url"], "nowhere"),
        (["citation", 0, "name"], ""),
        (["reviewBody"], ""),
        (["inLanguage"], "English"),
        (["verdict"], "wrong"),
    ],
)
def test_damage_is_found_in_words_and_by_the_schema(review, path, value):
    damaged = copy.deepcopy(review)
    _set(path, value)(damaged)
    problems = problems_with(damaged)
    assert problems
    assert all(problem.endswith(".") and "\n" not in problem for problem in problems)
    assert not VALIDATOR.is_valid(damaged)


def test_something_else_is_no_review():
    assert problems_with("supported") == ["A ClaimReview is a set of named fields."]
    assert problems_with({})
