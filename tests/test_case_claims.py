"""Claims, evidence and timeline of the case: what they hold, and what is said when they are damaged."""

import shutil

import pytest
from damaged import damage, refused
from some import some

from medialit.article import Article
from medialit.case.gold import load_claims
from medialit.files import data_path, read_text

FOLDER = data_path("missile-tests")
FILES = ("claims.yaml", "evidence.yaml", "timeline.yaml")


@pytest.fixture(scope="module")
def article():
    return Article(read_text(FOLDER / "article.txt"))


@pytest.fixture(scope="module")
def gold(article):
    return load_claims(FOLDER, article)


def test_claims_repeat_the_article_and_have_verdicts_where_they_can_be_judged(gold, article):
    assert (len(gold.claims), [claim.id for claim in gold.claims]) == (48, [f"c{n:02}" for n in range(1, 49)])
    for claim in gold.claims:
        assert article[claim.span] == claim.text
        assert article.sentence_at(claim.span.start).number == claim.sentence
    # Only what can be judged has a verdict.
    for claim in some(gold.claims):
        assert not (claim.kind == "opinion" and claim.verdict), claim.id
        assert claim.verdict or claim.kind != "checkable", claim.id
        assert (claim.other is not None) == (claim.share < 1), claim.id


def test_verdicts_come_with_evidence_that_names_the_claim(gold, article):
    for claim in some(gold.claims):
        named = {card.id for card in gold.evidence if claim.id in (*card.supports, *card.contradicts, *card.context)}
        assert named == set(claim.evidence), claim.id
        if claim.verdict not in (None, "not established"):
            assert named, claim.id
    open_ones = {claim.id for claim in gold.claims if claim.verdict == "not established"}
    assert open_ones == {"c02", "c26", "c39", "c40", "c47"}
    assert article[gold.claim("c21").span] == "at speeds reaching 50 kilometers per hour"
    assert (gold.claim("c21").verdict, gold.claim("c20").verdict) == ("contradicted", "supported")


def test_the_claims_to_verify_are_balanced_and_have_independent_evidence(gold):
    chosen = [gold.claim(name) for name in gold.verify]
    assert len(chosen) == 6
    assert sum(claim.verdict == "supported" for claim in chosen) >= 0.45 * len(chosen)
    assert len({claim.verdict for claim in chosen}) >= 4
    for claim in chosen:
        assert len(gold.origins(claim.evidence)) >= 2, claim.id


def test_statements_to_sort_and_claims_to_rank(gold):
    kinds = [item.kind for item in gold.classify]
    assert (len(kinds), {kinds.count(kind) >= 4 for kind in set(kinds)}, len(set(kinds))) == (20, {True}, 4)
    # The merged events stand first among eight.
    gains = [worth.gain for worth in gold.rank]
    assert (len(gains), max(gold.rank, key=lambda worth: worth.gain).claim) == (8, "c23")
    # The top group is clear: no claim outside it has the gain of one inside.
    ordered = sorted(gains, reverse=True)
    assert ordered[gold.top - 1] > ordered[gold.top]


def test_six_sentences_to_split_are_covered_without_gaps(gold, article):
    sentences = {s.number: s for s in article.sentences}
    assert len(gold.splits) == 6
    assert 15 in [split.sentence for split in gold.splits]
    for split in gold.splits:
        span = sentences[split.sentence].span
        assert split.claims[0].start - span.start <= 2  # a bullet's dash
        assert span.end - split.claims[-1].end <= 1
        for one, following in zip(split.claims, split.claims[1:], strict=False):
            assert article.text[one.end : following.start] == " "


def test_cards_cover_both_events_and_copies_count_as_one_origin(gold):
    assert len(gold.evidence) >= 40
    events = [card.event for card in gold.evidence]
    assert min(events.count("A"), events.count("B")) >= 10
    assert events.count("jan-2024") >= 5
    roles = {card.role for card in gold.evidence}
    assert {"agency", "broadcaster", "newspaper", "state media", "rewrite", "primary", "analysis"} == roles
    origins = [card.origin for card in gold.evidence if card.event == "B"]
    assert origins.count("AP") >= 4
    assert any(not (card.supports or card.contradicts or card.context) for card in gold.evidence)
    copies = ["ap-japannews-28feb25", "ap-ajc-28feb25", "ap-manila-28feb25", "csbnews-2025"]
    assert (gold.origins(copies), gold.origins(["xinhua-28feb25", "no-such-card"])) == ({"AP"}, {"KCNA"})


def test_the_two_events_differ_in_weapon_sea_and_year(gold):
    a = next(event for event in gold.timeline.events if event.id == "event-a")
    b = next(event for event in gold.timeline.events if event.id == "event-b")
    assert (a.date, b.date) == ("2024-03-18", "2025-02-26")
    assert "ballistic" in a.weapon
    assert "cruise" in b.weapon
    assert a.sea != b.sea
    assert gold.timeline.now.date == "2025-02-28"


def test_words_judge_sentences_and_no_person(gold):
    texts = [claim.explanation + claim.note for claim in gold.claims] + [card.fact for card in gold.evidence]
    assert not [
        text for text in some(texts) if any(word in text.lower() for word in (" lied", " lie ", " fake", "hoax"))
    ]


@pytest.fixture
def folder(tmp_path):
    for name in FILES:
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "old", "new", "field", "says"),
    [
        ("claims.yaml", "  - id: c02", "  - id: c01", "id", "“c01” appears twice"),
        ("claims.yaml", "span: [1, 38]", "span: [2, 38]", "text", "not what stands at this span"),
        ("claims.yaml", "span: [1, 38]", "span: [1, 99999]", "span", "ends after the last character"),
        ("claims.yaml", "    sentence: 1", "    sentence: 7", "sentence", "begins in sentence 1"),
        ("claims.yaml", "verdict: contradicted", "verdict: wrong", "verdict", "“wrong” is not one of"),
        (
            "claims.yaml",
            "kind: opinion",
            "kind: opinion\n    verdict: supported",
            "verdict",
            "An opinion has no verdict",
        ),
        ("claims.yaml", "verify: [c37", "verify: [c05", "verify", "has no verdict"),
        ("claims.yaml", "evidence: [kbs-jan25, aju", "evidence: [nobody, aju", "evidence", "no evidence card “nobody”"),
        (
            "claims.yaml",
            "[kbs-jan25, aju-8feb25, ap",
            "[kbs-jan25, kbs-jan25, ap",
            "evidence",
            "appears twice in this list",
        ),
        ("claims.yaml", "evidence: [kbs-jan25, aju", "evidence: [csis, aju", "evidence", "does not name c03"),
        ("claims.yaml", "event: none", "event: C", "event", "“C” is not one of: A, B"),
        ("claims.yaml", "share: 0.75", "share: 1.0", "share", "A share below 1 goes with"),
        ("claims.yaml", "share: 0.75", "share: 7", "share", "This needs 1 or less"),
        ("claims.yaml", "This is a misspelling.", "They lied.", "explanation", "not a person"),
        ("claims.yaml", "verify: [c37", "verify: [c99", "verify", "no claim “c99”"),
        ("claims.yaml", "verify: [c37", "verify: [c06", "verify", "has no verdict"),
        ("claims.yaml", "verify: [c37, c19", "verify: [c37, c44", "verify", "at least two origins"),
        ("claims.yaml", "c03, c14, c42]", "c07, c14, c12]", "verify", "At least 45% of these claims"),
        ("claims.yaml", "  - claim: c30", "  - claim: c23", "claim", "“c23” appears twice"),
        ("claims.yaml", "    gain: 4", "    gain: 5", "gain", "This needs 4 or less"),
        ("claims.yaml", "  - sentence: 15", "  - sentence: 12", "claims", "inside their sentence"),
        ("claims.yaml", "  - key: s02", "  - key: s01", "key", "“s01” appears twice"),
        (
            "claims.yaml",
            "[reuters-newsmax-21feb25, kbs-22feb25,",
            "[kbs-22feb25,",
            "evidence",
            "The card reuters-newsmax-21feb25 bears on c42 and is not cited",
        ),
        ("claims.yaml", "verdict: contradicted", "verdict: supported", "evidence", "no cited card supports c07"),
        (
            "claims.yaml",
            "No warning, no date",
            "UPI gives no warning, no date",
            "evidence",
            "The explanation names UPI",
        ),
        # The caption that was once filed under the test of February 2025.
        (
            "evidence.yaml",
            "event: other\n    happened: 2024-12-23",
            "event: B\n    happened: 2024-12-23",
            "event",
            "The fact is of 2024-12-23, but the event B is of 2025-02-26",
        ),
        ("evidence.yaml", "event: A\n    happened: 2024-03-18\n", "event: A\n", "happened", "On which day did happen"),
        ("evidence.yaml", "role: agency", "role: blog", "role", "“blog” is not one of"),
        ("evidence.yaml", "    origin: Jiji Press\n", "", "origin", "This field is missing"),
        ("evidence.yaml", "date: 2024-03-18", "date: March 18", "date", "This needs a date"),
        ("evidence.yaml", "address: https://www.nippon", "address: www.nippon", "address", "begins with https://"),
        ("evidence.yaml", "supports: [c19, c20]", "supports: [c19, c99]", "supports", "no claim “c99”"),
        ("evidence.yaml", "context: [c18]", "context: [c18, c19]", "supports", "appears twice on this card"),
        ("evidence.yaml", 'quotation: "I will"', 'quotation: "' + "I will " * 8 + '"', "quotation", "at most 15 words"),
        ("timeline.yaml", "date: 2024-10-01", "date: 2026-10-01", "date", "order of their dates"),
        ("timeline.yaml", "until: 2024-02-14", "until: 2024-01-01", "until", "ends before it begins"),
        ("timeline.yaml", "latest: 2025-03-10", "latest: 2025-02-01", "date", "outside the earliest"),
        ("timeline.yaml", "told: [c26]", "told: [c77]", "told", "no claim “c77”"),
    ],
)
def test_damage_is_named_with_file_line_and_field(folder, article, name, old, new, field, says):
    damage(folder / name, old, new)
    refused(lambda: load_claims(folder, article), folder / name, says, field)
