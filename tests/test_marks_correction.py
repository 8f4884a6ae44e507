"""Unit 5: what an answer between nothing and everything earns, and what only a reader can judge."""

import copy
import json

import pytest
from marks import BOTH, M, earns, rows, tasks, too_few

import medialit
from medialit.progress import Progress

CARD = {"claim": "c21", "verdict": "contradicted", "rating": "1", "source": "jiji-18mar24", "second": "kyodo-18mar24"}
CARD |= {"date": "2026-03-02", "found": "A height is told as a speed."}


def choose(claims, sound=None):
    return {"card": {"claims": claims.split()} | ({"sound": sound} if sound else {})}


def verify(claim, verdict, *evidence):
    return {claim: {"verdict": verdict, "evidence": list(evidence)}}


FLOWN = "three missiles were fired, traveling approximately 350 kilometers"
FAST = "7,000 kilometers per hour"
RECORDED = "On March 18, 2024, Kyodo reported, Japan’s Defense Ministry"
TABLE = [
    # 5.1: .1 for each of three ticks; .3 without a guess; .5 when all three hold or none does.
    (M, "5.1", choose("c03"), 0.1),
    (M, "5.1", choose("c03 c21"), 0.2),
    (M, "5.1", choose("c03 c19 c21"), 0.3),
    (M, "5.1", choose("c03 c19 c21", "c42"), 0.3),
    (M, "5.1", choose("c03 c19 c21 c42", "c03"), 0.3),
    (M, "5.1", choose("c03 c19 c42", "c03"), 0.5),
    (M, "5.1", choose("c12 c14 c21", "c21"), 0.5),
    (M, "5.1", choose("c03 c14 c21", "c21"), 1),
    # 5.2: as 2.4, over the three claims of the card.
    (M, "5.2", verify("c21", "contradicted", "jiji-18mar24", "kyodo-18mar24"), 1 / 3),
    (M, "5.2", verify("c21", "contradicted", "jiji-18mar24"), (0.4 + 0.4 * 2 / 3) / 3),
    (M, "5.2", verify("c19", "missing context", "jiji-18mar24", "kyodo-18mar24"), 0.8 / 3),
    # Three claims that do not hold: no more than the mark for partly.
    (
        M,
        "5.2",
        verify("c21", "contradicted", "jiji-18mar24", "kyodo-18mar24")
        | verify("c14", "misattributed", "ap-japannews-28feb25", "upi-28feb25")
        | verify("c30", "misattributed", "reuters-brecorder-28feb25", "xinhua-28feb25"),
        0.4,
    ),
    # 5.4: .5 for a valid ClaimReview, .5 for the share of 14 blanks.
    (M, "5.4", {"claim": "c21"}, 0.5 / 14),
    (M, "5.4", CARD, 0.5 + 0.5 * 7 / 14),
    (M, "5.4", CARD | {"rating": "2"}, 0.5 * 7 / 14),
    (M, "5.4", CARD | {"relative": "so " * 61}, 0.5 + 0.5 * 7 / 14),
    (M, "5.4", CARD | {"relative": "so it is not true " * 12}, 0.5 + 0.5 * 8 / 14),
    (M, "5.4", CARD | {"relative": "so " * 60}, 0.5 + 0.5 * 7 / 14),
    (M, "5.4", CARD | {"verdict": "supported", "rating": "5"}, 0.5 * 7 / 14),
    # Five different words are the least for what was found.
    (M, "5.4", CARD | {"found": "It is is told so."}, 0.5 + 0.5 * 6 / 14),
    (M, "5.4", CARD | {"found": "It is not told so."}, 0.5 + 0.5 * 7 / 14),
    # 5.3: nothing for what is no paragraph, or no text about it; half a sixth for one fact of six without a record.
    (M, "5.3", {"claim": "c21", "text": "Only seven words are in this text."}, 0),
    (M, "5.3", {"claim": "c21", "text": "the fish and bears were falling upward quickly"}, 0),
    (M, "5.3", {"claim": "c21", "text": "Three missiles were fired by North Korea then."}, 0.5 + 0.5 * 0.5 / 6),
    # An open mark, or altered words in marks, take the half for the quotations.
    (M, "5.3", {"claim": "c21", "text": f"{RECORDED} “clarified that {FLOWN}."}, 0.5 * 5 / 6),
    (M, "5.3", {"claim": "c21", "text": f"{RECORDED} “clarified” that {FLOWN}."}, 0.5 * 5 / 6),
    # Half of the facts without a record, with a number from nowhere, and a quarter with both; none where the error stays.
    (
        M,
        "5.3",
        {"claim": "c21", "text": f"Japan’s Defense Ministry later clarified that {FLOWN}."},
        0.5 + 0.5 * 0.5 * 5 / 6,
    ),
    (M, "5.3", {"claim": "c21", "text": f"{RECORDED} clarified that {FLOWN}, at {FAST}."}, 0.5 + 0.5 * 0.5 * 5 / 6),
    (
        M,
        "5.3",
        {"claim": "c21", "text": f"Japan’s Defense Ministry clarified that {FLOWN} at {FAST}."},
        0.5 + 0.5 * 0.25 * 5 / 6,
    ),
    (
        M,
        "5.3",
        {"claim": "c21", "text": f"{RECORDED} said: {FLOWN} at the speeds reaching 50 kilometers per hour."},
        0.5,
    ),
    # One word is no text, two are.
    (M, "5.4", CARD | {"method": "Searching."}, 0.5 + 0.5 * 7 / 14),
    (M, "5.4", CARD | {"method": "Searching elsewhere."}, 0.5 + 0.5 * 8 / 14),
]


@pytest.mark.parametrize(("case", "name", "answer", "score"), rows(TABLE))
def test_partial_credit(case, name, answer, score):
    assert earns("correction", case, name, answer, score)


def test_three_rows_for_each_task_but_the_paragraph():
    missing = [(case, name) for case, name in too_few(TABLE, ["5.1", "5.2", "5.4"]) if case == M]
    assert missing == []


@pytest.mark.parametrize("case", BOTH)
@pytest.mark.parametrize("name", ["5.1", "5.2", "5.3", "5.4"])
def test_on_either_story_a_key_in_part_earns_a_part(case, name):
    task = tasks("correction", case)[name]
    answer = copy.deepcopy(task.answer())
    if name == "5.1":
        answer["card"]["claims"] = answer["card"]["claims"][:2]
    elif name == "5.2":
        answer = dict(list(answer.items())[:2])
    elif name == "5.3":
        answer["text"] += " It was said on Mars."
    else:
        answer["method"] = ""
    wanted = {"5.1": 0.2, "5.2": 2 / 3, "5.3": 0.75, "5.4": 0.5 + 0.5 * 13 / 14}[name]
    assert task.check(answer).score == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize(
    ("changed", "message", "step"),
    [
        ({}, "Filled in: 14 of 14. The ClaimReview is valid.", "reader"),
        (
            {"date": "March 2, 2026"},
            "Filled in: 14 of 14. The ClaimReview is valid. Your date is read as March 2, 2026.",
            "reader",
        ),
        ({"headline": "", "method": ""}, "Filled in: 12 of 14. The ClaimReview is valid.", "Still empty: “Headline"),
        (
            {"headline": "No.", "method": "No."},
            "Filled in: 12 of 14. The ClaimReview is valid.",
            "“Headline: the corrected",
        ),
        (
            {"relative": "so it is not true " * 13},
            "Filled in: 14 of 14. The ClaimReview is valid.",
            "you have 65 words",
        ),
        ({"rating": "2"}, "Filled in: 14 of 14. The ClaimReview is not valid yet.", "number"),
    ],
)
def test_what_a_card_is_told(changed, message, step):
    task = tasks("correction")["5.4"]
    result = task.check(task.answer() | changed)
    assert result.message == message
    assert (task.say("reader") if step == "reader" else step) in result.next_step


@pytest.mark.parametrize(
    ("blank", "room"),
    [
        ("headline", 120), ("date", 30), ("found", 320), ("voices", 240), ("framing", 240), ("open", 160), ("method", 240),
        ("relative", 420), ("address", 200),
    ],
)  # fmt: skip
def test_how_much_a_card_has_room_for(blank, room):
    form = tasks("correction")["5.4"].form
    assert form.problem({blank: "x" * room}) is None
    assert f"has {room + 1} characters. A card has room for {room}." in form.problem({blank: "x" * (room + 1)})


# --- a paragraph put right ---


def corrected(text, case=M, claim="c21"):
    return tasks("correction", case)["5.3"].check({"claim": claim, "text": text})


@pytest.mark.parametrize("case", BOTH)
def test_a_correction_that_keeps_the_words_of_the_false_claim_does_not_pass(case):
    """It passed with full marks: the paragraph of the story plus the name of an agency."""
    task = tasks("correction", case)["5.3"]
    claim = task.case.claim_gold.claim(task.answer()["claim"])
    block = task.case.article.block_at(claim.span.start)
    text = task.case.article[block.span]
    card = task.case.claim_gold.card(claim.evidence[0])
    for more in (f" ({card.publisher})", f" {card.date}", " (Kyodo, March 18, 2024)"):
        result = task.check({"claim": claim.id, "text": text + more})
        assert not result.outcome.done
        assert result.details["facts"] == 0
        assert claim.text in result.next_step


def test_a_record_that_the_paragraph_names_already_is_enough_for_a_false_claim():
    """A model card of somebody's own was refused: its paragraph had the publisher from the beginning."""
    task = copy.copy(tasks("correction")["5.3"])
    claim = task.case.claim_gold.claim("c21")
    block = task.case.article.block_at(claim.span.start)
    text = task.case.article[block.span].replace(claim.text, "")
    result = task.check({"claim": "c21", "text": text})
    assert result.next_step == task.say("no_trace")
    task.case, gold = copy.copy(task.case), copy.copy(task.case.claim_gold)
    named = {"publisher": "Defense Ministry", "date": None}
    gold.card = lambda name: task.case.claim_gold.find_card(name).model_copy(update=named)
    vars(task.case)["claim_gold"] = gold
    assert task.check({"claim": "c21", "text": text}).details["facts"] == 2 * result.details["facts"]


@pytest.mark.parametrize("case", BOTH)
def test_nonsense_in_a_good_paragraph_is_never_passed(case):
    task = tasks("correction", case)["5.3"]
    answer = task.answer()
    for nonsense in ("", " and they laughed", " bla bla bla", " the fish were falling upward"):
        result = task.check(answer | {"text": answer["text"] + nonsense})
        assert (result.outcome, result.score) == ("complete", 1.0)
        assert "A reader decides" in result.next_step


@pytest.mark.parametrize("case", BOTH)
def test_a_card_of_nonsense_is_complete_and_never_passed(case):
    task = tasks("correction", case)["5.4"]
    texts = ("found", "voices", "framing", "open", "method", "relative")
    result = task.check(task.answer() | dict.fromkeys(texts, "The moon is made of green cheese."))
    assert (result.outcome, result.score) == ("complete", 1.0)
    assert "A reader decides" in result.next_step
    # One word, or the question once more, is not even that.
    result = task.check(task.answer() | dict.fromkeys(texts, "bla bla bla"))
    assert (result.outcome, result.score) == ("partly", pytest.approx(0.5 + 0.5 * 8 / 14))
    labels = {blank.name: blank.label for blank in task.form.blanks if blank.name in texts}
    assert task.check(task.answer() | labels).score == pytest.approx(0.5 + 0.5 * 8 / 14)


def test_no_task_of_sentences_can_be_passed_and_every_other_can():
    free = {name for name, task in tasks("correction").items() if task.for_a_reader}
    assert free == {"5.3", "5.4"}
    # The marks of a task are themselves enough, and a rest of rounding below them is.
    choose_ = tasks("correction")["5.1"]
    pass_at, partly_at = choose_.text.pass_at, choose_.text.partly_at
    for score, outcome in ((pass_at, "passed"), (partly_at, "partly")):
        below = "partly" if outcome == "passed" else "not yet"
        found = [choose_.outcome(score - less) for less in (0, 1e-10, 1e-3)]
        assert found == [outcome, outcome, below]
    for name, task in tasks("correction").items():
        assert task.outcome(1.0) == ("complete" if name in free else "passed")
        assert task.outcome(1.0).done


# --- readers ---


def test_reading_ones_own_card_counts_nothing_and_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    unit = medialit.open_unit("correction", progress=Progress(tmp_path / "my-progress.jsonl"))
    for name, task in unit.tasks.items():
        unit.submit(name, task.answer())
    number = unit.draft().number
    levels = dict.fromkeys(("clarity", "fairness", "proportion", "method"), "mastery")
    commitments = dict.fromkeys(("nonpartisan", "sources", "funding", "methodology", "corrections"), "yes")
    said = unit._keep_review({"card": number, **levels, **commitments, "comment": "Perfect."})
    assert "gives no points" in said.text
    (file,) = tmp_path.glob("card-review-*.json")
    assert "gives no points" in unit.received(file).text
    assert unit.reviews() == []
    other = json.loads(file.read_text(encoding="utf-8")) | {"comment": "By somebody else."}
    (tmp_path / "other.json").write_text(json.dumps(other), encoding="utf-8")
    assert "gives no points" not in unit.received(tmp_path / "other.json").text
    assert len(unit.reviews()) == 1
