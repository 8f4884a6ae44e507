"""ClaimReview: what we write is valid by schema.org's own vocabulary, what is damaged is named, nothing is made up."""

import copy
import json

import pytest
from some import some

from medialit.article import Article
from medialit.case.gold import load_claims
from medialit.errors import MedialitError
from medialit.exercises import claimreview
from medialit.exercises.claimreview import RATINGS, before_publishing, problems_with, to_claimreview
from medialit.files import data_path, read_text

FOLDER = data_path("missile-tests")
SHORT = 75  # characters: longer claims are cut when a result is shown on a phone
TERMS = json.loads(read_text(data_path("schemas", "schemaorg.json")))
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


def test_the_terms_name_their_source_and_license():
    assert "schema.org" in TERMS["source"]
    assert "Attribution-ShareAlike 3.0" in TERMS["license"]
    assert TERMS["classes"]["ClaimReview"] == ["Review"]
    assert TERMS["properties"]["claimReviewed"] == [["ClaimReview"], ["Text"]]


def test_what_nobody_knows_is_left_out():
    review = to_claimreview("A claim that somebody made.", "supported", author="Class 11b")
    assert review["itemReviewed"] == {"@type": "Claim"}
    assert not {"url", "datePublished", "headline", "reviewBody", "citation"} & review.keys()
    assert "example.org" not in json.dumps(review)
    assert before_publishing(review) == ["url: the address of your page, once it has one."]
    assert before_publishing(review | {"url": "https://school.example/check"}) == []


def above(name):
    """A class of schema.org and all classes above it."""
    return {name}.union(*(above(one) for one in TERMS["classes"][name]))


def test_every_field_is_one_that_schema_org_knows_for_its_class():
    pairs = [
        (one, field)
        for kind in claimreview._Thing.__subclasses__()
        for one in kind.model_fields["type"].annotation.__args__
        for field in kind.model_fields.keys() - {"type", "context"}
    ]
    assert len(pairs) > 15
    for one, field in pairs:
        assert above(one) & set(TERMS["properties"][field][0]), f"{one}.{field}"


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
    assert problems_with(review) == []
    assert json.loads(json.dumps(review)) == review


@pytest.mark.parametrize("verdict", RATINGS)
def test_every_verdict_gives_a_valid_review(verdict):
    review = to_claimreview("A claim that somebody made.", verdict, **ABOUT)
    assert problems_with(review) == []


def test_every_claim_of_the_case_can_be_reviewed(gold):
    for claim in some(gold.claims):
        if claim.verdict:
            cards = [gold.card(name) for name in claim.evidence]
            made = to_claimreview(claim, claim.verdict, explanation=claim.explanation, evidence=cards, **ABOUT)
            assert problems_with(made) == []


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
        ({"author": " "}, "author.name needs a text"),
        ({"claim_author": " "}, "itemReviewed.author.name needs a text"),
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
        (["itemReviewed", "appearance"], "https://example.org/"),
        (["citation"], []),
        (["citation", 0, "url"], "nowhere"),
        (["citation", 0, "name"], ""),
        (["reviewBody"], ""),
        (["verdict"], "wrong"),
    ],
)
def test_damage_is_found_in_words(review, path, value):
    damaged = copy.deepcopy(review)
    _set(path, value)(damaged)
    problems = problems_with(damaged)
    assert problems
    assert all(problem.endswith(".") and "\n" not in problem for problem in problems)


def test_something_else_is_no_review():
    assert problems_with("supported") == ["A ClaimReview needs named fields."]
    assert problems_with({})
