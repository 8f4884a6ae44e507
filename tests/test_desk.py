"""The evidence desk: the same search gives the same list, and looking is judged from the steps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import ask, press
from some import some

import medialit
from medialit.case.desk import EvidenceDesk
from medialit.lenses.flight import check_flight
from medialit.progress import Progress
from medialit.units.claims.looking import looking


@pytest.fixture(scope="module")
def case():
    return medialit.load_case("missile-tests")


@pytest.fixture(scope="module")
def desk(case):
    return EvidenceDesk(case.evidence)


@pytest.fixture
def unit():
    return medialit.open_unit("claims", progress=Progress())


def test_a_search_finds_cards_that_hold_the_words(desk):
    found = desk.search("prime minister Ishiba")
    assert found
    assert any("Ishiba" in card.title + card.fact for card in found[:3])
    assert desk.search("") == desk.search("the of ?!") == []


@given(st.text(max_size=60))
def test_any_query_is_answered_and_always_the_same_way(query):
    desk = EvidenceDesk(medialit.load_case("missile-tests").evidence)
    assert desk.search(query) == desk.search(query)


def test_every_claim_to_verify_can_be_settled_from_its_suggested_searches(case, desk):
    gold = case.claim_gold
    for name in some(gold.verify):
        claim = gold.claim(name)
        found = [card.id for idea in desk.questions_for(claim.says) for card in desk.search(idea)]
        bearing = [card for card in found if card in claim.evidence]
        assert len(gold.origins(bearing)) >= 2, name


def test_looking_counts_origins_and_sees_who_judged_first(case, desk):
    copies = [card.id for card in case.evidence if card.origin == "AP"][:3]
    assert len(copies) == 3
    found = looking([{"open": name} for name in copies] + [{"judge": "c21"}], desk.cards)
    assert (found.left_first, found.opened, found.origins) == (True, 3, 1)
    name = next(iter(desk.cards))
    assert not looking([{"judge": "c21"}, {"open": name}], desk.cards).left_first
    assert (looking([], desk.cards).score, looking([{"open": "no such card"}, {}], desk.cards).opened) == (0, 0)


def test_looking_is_the_same_by_click_and_by_code(unit):
    other = medialit.open_unit("claims", progress=Progress())
    names = ["jiji-18mar24", "kbs-jan25"]
    for name in names:
        unit.open_card(name)
    widget = other.task("2.4")
    for name in names:
        ask(widget, "open", card=name)
    assert (unit.looked(), unit.looked().score) == (other.looked(), 1.0)


def test_a_verdict_by_click_is_the_same_record_as_by_code(unit):
    task = unit.tasks["2.4"]
    widget = unit.task("2.4")
    for claim, cells in task.answer().items():
        for card in cells["evidence"]:
            ask(widget, "open", card=card)
        ask(widget, "judge", claim=claim)
    state = press(widget, "check", answer=task.answer())
    (entry,) = unit.progress.entries("attempt")
    assert (entry.score, entry.door) == (1.0, "click")
    assert "You left the story before you judged" in state["feedback"]


# Range of a thrown body at 45 degrees is v²/g (school physics): 100 m/s gives 1,019 m.
def test_flight(unit):
    found = check_flight(distance_km=1, speed_kmh=360, height_km=1)
    assert (found.range_m, found.height_m) == (pytest.approx(1019.4, abs=0.1), pytest.approx(509.7, abs=0.1))
    # Flight gives the figures of the case.
    found = check_flight(350, 50, 50)
    assert found.hours == 7
    assert (round(found.height_m, 1), round(found.range_m, 1)) == (9.8, 19.7)
    assert (round(found.least_kmh, -1), round(found.launch_kmh, -1)) == (6670, 7190)
    with pytest.raises(ValueError, match="above zero"):
        check_flight(0, 50, 50)
    assert "three numbers above zero" in unit.speed(350, 0, 50).text


# The figures of the record: about 6,670 and 7,190 km/h; 9.8 m up, 19.7 m far, seven hours.


def test_calibration_and_claimreview_wait_for_answers(unit):
    assert "Do 2.5 first" in unit.calibration().text
    unit.check("2.5", unit.tasks["2.5"].answer())
    view = unit.calibration()
    assert "6 of 6 right" in view.html
    assert "3          90%" in view.text
    # The learners own check is shown as valid claimreview.
    import json

    from medialit.exercises.claimreview import problems_with

    assert "Fill in 2.6 first" in unit.claimreview().text
    unit.check("2.6", unit.tasks["2.6"].answer())
    read, review, lacks = unit.claimreview().text.split("\n\n")
    assert "The claim: The missiles flew" in read
    assert "Your verdict: Contradicted" in read
    assert "Your source: Jiji Press" in read
    # Where the claim appears, and what is not known of that page.
    assert unit.case.about.published.address in read
    assert "We do not know who wrote it" in read
    seen, programs = unit.claimreview().html.split("<details>")
    assert "Contradicted" in seen
    assert "@context" in programs
    assert "@context" not in seen
    assert problems_with(json.loads(review)) == []
    assert "the address of your page" in lacks
    assert "example.org" not in review
    said = unit.check("2.4", {"c21": {"verdict": "supported", "evidence": ["jiji-18mar24"]}}).text
    assert "contradicted" not in said


def test_small_words_find_no_card(desk):
    assert any(" from " in card.fact for card in desk.cards.values())
    assert desk.search("from, with or without their") == []
