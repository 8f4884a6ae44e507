"""Unit 5's tasks: what a card is worth, and what counts as kept, altered or invented in a corrected paragraph."""

import copy

import pytest
from damaged import damage
from some import some

import medialit
from medialit.case.correction import load_correction
from medialit.errors import CaseError
from medialit.exercises.records import Outcome
from medialit.files import data_path
from medialit.progress import Progress
from medialit.units.claims.verify import VerifyClaims
from medialit.units.correction.page import POINTS, DraftCard
from medialit.units.correction.paragraph import check_facts, check_quotations, traces

CASES = ("missile-tests", "averstow-pool")


@pytest.fixture(params=CASES)
def unit(request):
    return medialit.open_unit("correction", case=request.param, progress=Progress())


@pytest.fixture
def missiles():
    return medialit.open_unit("correction", progress=Progress())


def full(unit):
    return {task.id: copy.deepcopy(task.answer()) for task in unit.tasks.values()}


def points(unit, answers):
    return DraftCard(unit.tasks, answers, unit.say).points()


def test_the_choices_leave_room_for_discernment(unit):
    desk, gold = unit.case.correction, unit.case.claim_gold
    verdicts = [gold.claim(name).verdict for name in desk.choices]
    assert 0.45 <= verdicts.count("supported") / len(verdicts) < 1
    assert not set(desk.example.judged) & set(desk.choices)
    assert {gold.claim(name).verdict for name in desk.example.judged} >= {"supported", "outdated"}


def test_the_worked_card_would_pass_itself(unit):
    """Its claims cannot be chosen, so its parts are held against the same rules by hand."""
    gold, example = unit.case.claim_gold, unit.case.correction.example
    for name, judged in example.judged.items():
        claim = gold.claim(name)
        assert judged.verdict == claim.verdict
        assert set(judged.evidence) <= set(claim.evidence)
        assert len(gold.origins(judged.evidence)) >= 2
    assert unit.tasks["5.4"].review(example.card.model_dump())
    assert len(example.card.relative.split()) <= 60
    claim = gold.claim(example.correction.claim)
    block = unit.case.article.block_at(claim.span.start)
    cards = [gold.card(name) for name in claim.evidence]
    original, text = unit.case.article[block.span], example.correction.text
    assert not check_facts(text, set(), unit.case.article.text, cards).strange
    assert not check_quotations(text, original, unit.case.article.text, cards).strange
    assert traces(text, original, cards)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("choices: [c03,", "choices: [c99,", "no claim “c99”"),
        ("choices: [c03,", "choices: [c02,", "fewer than two independent origins"),
        ("choices: [c03,", "choices: [c09,", "appears twice"),
        ("choices: [c03, c09, c12,", "choices: [c12, c14, c13,", "appears twice|45%"),
        ("source: ap-wjpa-18mar24", "source: nowhere", "no evidence card “nowhere”"),
        ("evidence: [kbs-jan25, aju-8feb25]", "evidence: [kbs-jan25, csis]", "The card csis does not bear on c03"),
        ("    c33: {verdict: supported, evidence: [upi-28feb25, almayadeen-feb25], certainty: 3}\n", "", "judges 2"),
        ('sure: "2"', 'sure: "9"', "not one of"),
    ],
)
def test_a_damaged_file_is_named_with_its_line(tmp_path, old, new, says):
    case = medialit.load_case("missile-tests")
    damage(tmp_path / "correction.yaml", old, new, data_path("missile-tests", "correction.yaml"))
    with pytest.raises(CaseError, match=says) as caught:
        load_correction(tmp_path, case.article, case.claim_gold)
    assert caught.value.line


def test_a_full_card_is_worth_sixty_and_nothing_is_worth_nothing(unit):
    parts = points(unit, full(unit))
    assert parts == {name: (worth, worth) for name, worth in POINTS.items()}
    assert sum(worth for worth in POINTS.values()) == pytest.approx(0.60)
    assert all(points == 0 for points, _ in some(points(unit, {}).values()))
    assert all(points == 0 for points, _ in some(points(unit, {"verify": "x", "correct": 7, "card": []}).values()))


def test_claims_are_scored_as_in_2_4(unit):
    """The same answer, scored by task 2.4 over the same three claims, earns the same share."""
    task, answer = unit.tasks["5.2"], full(unit)["verify"]
    first = next(iter(answer))
    answer[first]["verdict"] = "not established"
    answer[first]["evidence"] = answer[first]["evidence"][:1]
    old = medialit.open_unit("claims", case=unit.case.name, progress=Progress()).tasks["2.4"]
    old.__dict__["claims"] = [unit.case.claim_gold.claim(name) for name in answer]
    assert isinstance(old, VerifyClaims)
    same = old.check(answer).score
    got, worth = points(unit, {"verify": answer})["claims"]
    assert got == pytest.approx(worth * same, abs=1e-3)
    assert 0 < same < 1
    assert task.check(answer).score == pytest.approx(same, abs=1e-3)


def test_an_altered_quotation_costs_quotations_alone(unit):
    answers = full(unit)
    answers["correct"]["text"] += " “This was never said by anybody here.”"
    parts = points(unit, answers)
    assert parts["quotations"][0] < 0.10
    assert parts["facts"][0] == parts["claimreview"][0] == 0.10


@pytest.mark.parametrize(
    ("field", "value"), [("rating", "5"), ("rating", "none"), ("date", "2026-13-01"), ("found", " ")]
)
def test_a_claimreview_that_is_not_valid_earns_nothing(unit, field, value):
    answers = full(unit)
    answers["card"][field] = value
    parts = points(unit, answers)
    assert (parts["claimreview"][0], parts["facts"][0]) == (0, 0.10)


def test_the_choice_of_three_narrows_the_desk_but_never_the_answer(missiles):
    task = missiles.tasks["5.2"]
    assert [c.key for c in task.chosen(["c21", "c03", "c19"]).claims] == ["c03", "c19", "c21"]
    assert [c.key for c in task.chosen(["c21", "c21", "x"]).claims] == ["c21"]
    assert task.chosen([]).claims == ()
    assert task.version == missiles.tasks["5.2"].version


def test_a_rewrite_of_a_supported_claim_is_refused(unit):
    gold = unit.case.claim_gold
    name = next(n for n in unit.case.correction.choices if gold.claim(n).verdict == "supported")
    result = unit.tasks["5.3"].check(
        {"claim": name, "text": "In 2024 somebody wrote something else about all of this."}
    )
    assert (result.outcome, result.score, result.codes) == (Outcome.NOT_YET, 0.0, ("W-D",))


def test_facts_of_the_model_can_be_lost_one_by_one(unit):
    answer = full(unit)["correct"]
    task = unit.tasks["5.3"]
    kept = int(task.check(answer).message.split(" of ")[1].split()[0])
    assert kept >= 3
    spoiled = answer | {"text": answer["text"].replace("350", "some").replace("12 centimeters", "some centimeters")}
    assert spoiled != answer
    result = task.check(spoiled)
    assert f"{kept - 1} of {kept} kept" in result.message
    assert result.details["facts"] == pytest.approx((kept - 1) / kept, abs=1e-3)
    answer = full(unit)["correct"]
    marked = answer | {"text": answer["text"] + " <b>bold</b> & <script>alert(1)</script>"}
    assert unit.tasks["5.3"].check(marked).score == 1.0


@pytest.mark.parametrize(
    ("task", "answer", "says"),
    [
        ("5.1", ["c03"], "Hand in one entry"),
        ("5.3", {"text": "x"}, "Say which claim you correct"),
        ("5.3", {"claim": "c21", "text": 7}, "needs a text"),
        ("5.3", {"claim": "c21", "words": "x"}, "is not one of"),
        ("5.3", ["c21"], "Hand in the claim and the corrected paragraph"),
        ("5.4", {"sauce": "x"}, "is not one of"),
        ("5.4", {"second": "invented-7"}, "there is no evidence card “invented-7”"),
        ("5.4", {"sure": "4"}, "there is no choice “4”"),
        ("5.4", {"voices": 3}, "needs a text"),
        ("5.4", {"voices": "x" * 241}, "has 241 characters. A card has room for 240"),
        ("5.4", {"date": "some day or other in the month of March"}, "has room for 30"),
        ("5.4", ["x"], "Hand in a dictionary"),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(missiles, task, answer, says):
    result = missiles.tasks[task].check(answer)
    assert result.outcome is Outcome.COULD_NOT_CHECK
    assert says in result.message
    assert missiles.progress.entries("attempt") == []


def test_one_origin_costs_independence_alone(unit):
    answers = full(unit)
    first = next(iter(answers["verify"]))
    answers["verify"][first]["evidence"] = answers["verify"][first]["evidence"][:1]
    parts = points(unit, answers)
    assert parts["independence"][0] == pytest.approx(0.10 * 2 / 3, abs=1e-3)
    assert parts["claims"][0] < 0.20
    assert parts["facts"][0] == parts["quotations"][0] == parts["claimreview"][0] == 0.10


def test_without_a_supported_claim_5_2_does_not_pass(missiles):
    gold = missiles.case.claim_gold
    answer = {}
    for name in ("c12", "c14", "c21"):
        claim = gold.claim(name)
        answer[name] = {"verdict": claim.verdict, "evidence": missiles.tasks["5.2"]._two_origins(claim)}
    result = missiles.tasks["5.2"].check(answer)
    assert result.outcome is Outcome.PARTLY
    # The work itself is not taken away: three sound verdicts keep their points on the card.
    assert points(missiles, {"verify": answer})["claims"][0] == 0.20
