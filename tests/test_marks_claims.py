"""Unit 2: what an answer between nothing and everything earns."""

import shutil
from math import log2

import pytest
from marks import BOTH, A, M, cells, earns, rows, scored, spans, tasks, too_few
from some import some

from medialit.case import load_case
from medialit.files import data_path, kit_root
from medialit.units.registry import UNITS, load_tasks


def kinds(case, **changed):
    """The key of 2.2 with some kinds changed; an empty one is left out."""
    answer = {key: cell["kind"] for key, cell in tasks("claims", case)["2.2"].answer().items()} | changed
    return cells("kind", **{key: kind for key, kind in answer.items() if kind})


def order(gains, places, relevant=4):
    """2.3 by hand: .7 average precision + .3 NDCG of an order, whose gains stand in ``gains``."""
    precision = sum((n + 1) / place for n, place in enumerate(places)) / relevant
    best = sum(gain / log2(n + 1) for n, gain in enumerate([4, 3, 3, 2, 1, 1, 0, 0], 1))
    return 0.7 * precision + 0.3 * sum(gain / log2(n + 1) for n, gain in enumerate(gains, 1)) / best


LEAST = order([0, 0, 1, 1, 2, 3, 3, 4], [5, 6, 7, 8])


def stretched(gains, places):
    return (order(gains, places) - LEAST) / (1 - LEAST)


def verify(claim, verdict, *evidence):
    return {claim: {"verdict": verdict, "evidence": list(evidence)}}


def review(**given):
    return {"review": given}


CHECK = {"claim": "c21", "verdict": "contradicted", "rating": "1", "source": "jiji-18mar24"}
POOL = {"claim": "c15", "verdict": "contradicted", "rating": "1", "source": "measure-10mar25"}

# A kind that is taken for each, and that no reader would give.
TAKEN = {
    "checkable": "prediction",
    "prediction": "checkable",
    "opinion": "checkable",
    "not checkable as written": "checkable",
}

TABLE = [
    # 2.1: F1 of the boundaries, 9 in the one story and 6 in the other: k right ones alone earn 2k / (9 + k).
    (M, "2.1", spans(M, "traveling approximately 350 kilometers"), 2 / 10),
    (M, "2.1", spans(M, "traveling approximately 350 kilometers", "at speeds reaching", "with no damage"), 6 / 12),
    # A word too early and it is another boundary: P 1/2, R 1/9.
    (M, "2.1", spans(M, "traveling approximately", "of missiles landed"), 2 / (2 + 9)),
    # Where a sentence begins there is nothing to cut.
    (M, "2.1", spans(M, "Japanese Prime Minister", "at speeds reaching"), 2 / 10),
    (A, "2.1", spans(A, "and swimmers are furious"), 2 / 7),
    (A, "2.1", spans(A, "and swimmers are furious", "as more and more families"), 4 / 8),
    (A, "2.1", spans(A, "and swimmers are furious", "are furious"), 2 / (2 + 6)),
    # 2.2: the mean of F1 over the four kinds; 6 checkable, 4 predictions, 5 opinions, 5 not checkable.
    # One opinion called checkable: F1 12/13 and 8/9.
    (M, "2.2", kinds(M, s03="checkable"), (12 / 13 + 8 / 9 + 2) / 4),
    # One checkable left empty: F1 10/11.
    (M, "2.2", kinds(M, s01=""), (10 / 11 + 3) / 4),
    # All checkable: F1 12/26, nothing else.
    (M, "2.2", kinds(M, **dict.fromkeys(tasks("claims")["2.2"].answer(), "checkable")), 12 / 26 / 4),
    (A, "2.2", kinds(A, s03="checkable"), (12 / 13 + 8 / 9 + 2) / 4),
    (A, "2.2", kinds(A, s02="opinion", s09="opinion"), (4 / 6 + 10 / 12 + 2) / 4),
    (A, "2.2", kinds(A, s01="", s05="", s10=""), (6 / 9 + 3) / 4),
    # Each kind taken for another.
    (M, "2.2", kinds(M, **{key: TAKEN[cell["kind"]] for key, cell in tasks("claims")["2.2"].answer().items()}), 0),
    # 2.3: the first and the fifth swapped; one that matters out of the first four; the first four backwards.
    (M, "2.3", "c20 c30 c21 c45 c23 c07 c39 c06".split(), stretched([1, 3, 3, 2, 4, 1, 0, 0], [2, 3, 4, 5])),
    (M, "2.3", "c23 c30 c21 c20 c45 c07 c39 c06".split(), stretched([4, 3, 3, 1, 2, 1, 0, 0], [1, 2, 3, 5])),
    (M, "2.3", "c45 c21 c30 c23 c06 c39 c07 c20".split(), stretched([2, 3, 3, 4, 0, 0, 1, 1], [1, 2, 3, 4])),
    (A, "2.3", "c23 c26 c15 c18 c16 c05 c30 c04".split(), stretched([1, 3, 3, 2, 4, 1, 0, 0], [2, 3, 4, 5])),
    (A, "2.3", "c16 c26 c15 c23 c18 c05 c30 c04".split(), stretched([4, 3, 3, 1, 2, 1, 0, 0], [1, 2, 3, 5])),
    (A, "2.3", "c18 c15 c26 c16 c04 c30 c05 c23".split(), stretched([2, 3, 3, 4, 0, 0, 1, 1], [1, 2, 3, 4])),
    # 2.4: .4 verdict + .4 F1 of the evidence + .2 two origins, over six claims.
    (M, "2.4", verify("c21", "contradicted", "jiji-18mar24", "kyodo-18mar24"), 1 / 6),
    # One card: P 1, R 1/2, F1 2/3; one origin.
    (M, "2.4", verify("c21", "contradicted", "jiji-18mar24"), (0.4 + 0.4 * 2 / 3) / 6),
    # Two cards of one origin: all the evidence, and no second origin.
    (M, "2.4", verify("c19", "supported", "kyodo-18mar24", "bangkokpost-18mar24"), 0.8 / 6),
    # A verdict alone is half of its .4 where nothing bears; a neighbor's is a quarter.
    (M, "2.4", verify("c21", "misattributed", "un-aug17"), 0.1 / 6),
    # A neighbor of the verdict: half of .4.
    (M, "2.4", verify("c21", "misattributed", "jiji-18mar24", "kyodo-18mar24"), 0.8 / 6),
    (M, "2.4", verify("c19", "missing context", "jiji-18mar24", "kyodo-18mar24"), 0.8 / 6),
    (M, "2.4", verify("c14", "outdated", "ap-japannews-28feb25", "upi-28feb25"), 0.8 / 6),
    # Two steps away: nothing for the verdict.
    (M, "2.4", verify("c21", "outdated", "jiji-18mar24", "kyodo-18mar24"), 0.6 / 6),
    # Two verdicts that can be defended: both count in full.
    (M, "2.4", verify("c37", "outdated", "kcna-16jan24", "dpa-16jan24"), 1 / 6),
    (M, "2.4", verify("c37", "missing context", "kcna-16jan24", "dpa-16jan24"), 1 / 6),
    # No card that bears on it: the verdict earns half, the rest nothing.
    (M, "2.4", verify("c21", "contradicted", "un-aug17"), 0.2 / 6),
    # One that bears and one that does not: P 1/2, R 1/2. Two and one: P 2/3, R 1, F1 .8.
    (M, "2.4", verify("c21", "contradicted", "jiji-18mar24", "un-aug17"), (0.4 + 0.4 * 0.5) / 6),
    (M, "2.4", verify("c21", "contradicted", "jiji-18mar24", "kyodo-18mar24", "un-aug17"), (0.4 + 0.4 * 0.8 + 0.2) / 6),
    # More than two cards that bear earn no more than two.
    (M, "2.4", verify("c21", "contradicted", "jiji-18mar24", "kyodo-18mar24", "ntv-18mar24"), 1 / 6),
    (A, "2.4", verify("c18", "outdated", "lantern-5mar24", "radio-6mar24"), 1 / 6),
    (A, "2.4", verify("c18", "misattributed", "lantern-5mar24", "lantern-2sep24"), (0.2 + 0.4) / 6),
    (A, "2.4", verify("c18", "supported", "radio-6mar24"), 0.4 * 2 / 3 / 6),
    # 2.5: a sixth for each claim with a verdict and a certainty, right or not.
    (M, "2.5", {"c37": {"verdict": "supported"}}, 0),
    (M, "2.5", {"c37": {"verdict": "supported", "certainty": "3"}, "c19": {"verdict": "supported"}}, 1 / 6),
    (M, "2.5", {key: {"verdict": "outdated", "certainty": "1"} for key in ("c37", "c19", "c21")}, 3 / 6),
    (M, "2.5", {key: {"verdict": "outdated", "certainty": "1"} for key in ("c37", "c19", "c21", "c03", "c14")}, 5 / 6),
    (A, "2.5", {key: {"verdict": "outdated", "certainty": "1"} for key in ("c18", "c11")}, 2 / 6),
    (A, "2.5", {key: {"verdict": "outdated", "certainty": "1"} for key in ("c18", "c11", "c15", "c35")}, 4 / 6),
    (A, "2.5", {"c18": {"verdict": "outdated", "certainty": "2"}, "c11": {"certainty": "2"}}, 1 / 6),
    # 2.6: .1 for each field while one is empty; then .4 + .2 verdict + .2 source + .2 number.
    (M, "2.6", review(claim="c21"), 0.1),
    (M, "2.6", review(claim="c21", verdict="contradicted"), 0.2),
    (M, "2.6", review(claim="c21", verdict="contradicted", rating="1"), 0.3),
    (M, "2.6", review(**CHECK), 1),
    (M, "2.6", review(**CHECK | {"rating": "5"}), 0.8),
    (M, "2.6", review(**CHECK | {"rating": "none"}), 0.8),
    (M, "2.6", review(**CHECK | {"source": "kbs-jan25"}), 0.8),
    (M, "2.6", review(**CHECK | {"verdict": "supported", "rating": "5"}), 0.8),
    (M, "2.6", review(**CHECK | {"verdict": "not established", "rating": "3"}), 0.6),
    (M, "2.6", review(**CHECK | {"verdict": "not established", "rating": "none"}), 0.8),
    (M, "2.6", review(**CHECK | {"verdict": "supported", "source": "kbs-jan25"}), 0.4),
    (A, "2.6", review(claim="c15", source="measure-10mar25"), 0.2),
    (A, "2.6", review(**POOL | {"rating": "2"}), 0.8),
    (A, "2.6", review(**POOL | {"rating": "2", "source": "health-12mar25"}), 0.6),
]


@pytest.mark.parametrize(("case", "name", "answer", "score"), rows(TABLE))
def test_partial_credit(case, name, answer, score):
    assert earns("claims", case, name, answer, score)


def test_every_task_with_parts_has_three_rows():
    assert too_few(TABLE, ["2.1", "2.2", "2.3", "2.4", "2.5", "2.6"]) == []


@pytest.mark.parametrize("case", BOTH)
def test_the_order_turned_round_earns_nothing(case):
    assert scored("claims", case, "2.3", tasks("claims", case)["2.3"].answer()[::-1]).score == 0


@pytest.mark.parametrize(("name", "rows_in_class", "share"), [("2.4", 2, 0.33), ("2.5", 2, 0.33)])
def test_what_a_class_does_in_part_is_partly_and_the_share_that_the_guide_tells(name, rows_in_class, share):
    right = tasks("claims")[name].answer()
    result = scored("claims", M, name, dict(list(right.items())[:rows_in_class]))
    assert (result.outcome, round(result.score, 2)) == ("partly", share)
    guide = (kit_root() / "docs" / "instructor.md").read_text(encoding="utf-8")
    assert f"{share:.2f}".removeprefix("0") in guide.partition("only done in part in class")[2][:400]


def test_the_first_ten_statements_of_a_class_pass_alone_and_name_the_one_that_is_wrong():
    right = tasks("claims")["2.2"].answer()
    ten = dict(list(right.items())[:10])
    result = scored("claims", M, "2.2", ten)
    assert (result.outcome, result.score) == ("passed", 1)
    assert "10 of 10" in result.message
    wrong = scored("claims", M, "2.2", ten | {"s03": {"kind": "checkable"}})
    assert "9 of 10" in wrong.message
    assert list(wrong.details["again"]) == ["s03"]
    # Whoever goes on is scored on what is begun, and an empty one among the ten still counts.
    assert "11 of 11" in scored("claims", M, "2.2", dict(list(right.items())[:11])).message
    assert "9 of 10" in scored("claims", M, "2.2", dict(list(right.items())[1:10])).message
    assert tasks("claims")["2.2"].cut().answer() == ten


# --- passing 2.4 means something ---


def changed(case, **verdicts):
    """The key of 2.4 with some verdicts changed and all its evidence."""
    right = tasks("claims", case)["2.4"].answer()
    return {claim: one | {"verdict": verdicts.get(claim, one["verdict"])} for claim, one in right.items()}


def test_good_evidence_does_not_pass_somebody_who_calls_everything_supported():
    for case in some(BOTH):
        names = list(tasks("claims", case)["2.4"].answer())
        result = scored("claims", case, "2.4", changed(case, **dict.fromkeys(names, "supported")))
        assert (result.outcome, result.score) == ("partly", pytest.approx(0.8))
        assert "You call every claim supported" in result.message


@pytest.mark.parametrize(
    ("wrong", "outcome", "score"),
    [
        ({"c19": "contradicted"}, "passed", 1 - 0.4 / 6),
        ({"c19": "contradicted", "c03": "contradicted"}, "partly", 1 - 0.8 / 6),
        ({"c21": "misattributed", "c14": "outdated"}, "partly", 1 - 0.4 / 6),
        ({"c37": "missing context", "c19": "outdated"}, "passed", 1 - 0.4 / 6),
    ],
)
def test_one_verdict_of_six_may_not_fit(wrong, outcome, score):
    result = scored("claims", M, "2.4", changed(M, **wrong))
    assert (result.outcome, result.score) == (outcome, pytest.approx(score))
    assert ("at least 5 of 6 verdicts must fit" in result.message) is (outcome == "partly")


@pytest.mark.parametrize("case", BOTH)
def test_each_claim_has_a_sentence_for_each_wrong_verdict(case):
    gold = tasks("claims", case)["2.4"].case.claim_gold
    verdicts = {"supported", "missing context", "outdated", "misattributed", "contradicted", "not established"}
    said = set()
    for name in gold.verify:
        claim = gold.claim(name)
        wrong = verdicts - {claim.verdict, claim.other}
        assert len(wrong) >= 4
        for verdict in wrong:
            step = scored("claims", case, "2.4", changed(case, **{name: verdict})).next_step
            assert step.startswith(f"“{claim.says}” ")
            sentence = step.removeprefix(f"“{claim.says}” ")
            assert 5 <= len(sentence.split()) <= 40
            assert f"“{claim.verdict}”" not in sentence
            said.add((name, sentence))
    assert len(said) >= 24


def test_at_most_three_wrong_verdicts_are_told_at_once():
    wrong = dict.fromkeys(("c37", "c19", "c03", "c42", "c14"), "contradicted")
    step = scored("claims", M, "2.4", changed(M, **wrong)).next_step
    assert step.count("?") + step.count(".") >= 3
    assert step.endswith("And 2 more.")
    three = dict.fromkeys(("c37", "c19", "c03"), "contradicted")
    assert "more." not in scored("claims", M, "2.4", changed(M, **three)).next_step[-10:]


def test_what_the_evidence_lacks_is_told_where_the_verdicts_fit():
    def step(**evidence):
        right = tasks("claims")["2.4"].answer()
        return scored(
            "claims", M, "2.4", {c: one | {"evidence": evidence.get(c, one["evidence"])} for c, one in right.items()}
        ).next_step

    assert "goes back to one origin. One alone is not yet independent" in step(
        c19=["kyodo-18mar24", "bangkokpost-18mar24"]
    )
    assert "does each cited card speak about exactly this?" in step(c19=["jiji-18mar24", "kyodo-18mar24", "un-aug17"])
    assert "does each cited card speak about exactly this?" in step(c19=["un-aug17"])
    assert "does each cited card speak about exactly this?" in step(c19=["kyodo-18mar24", "un-aug17"])
    assert step() == ""


# --- 2.2: the rule and its key agree ---


@pytest.mark.parametrize(
    ("case", "key", "one", "two"),
    [
        (M, "s16", "opinion", "prediction"),
        (M, "s14", "not checkable as written", "opinion"),
        (M, "s17", "not checkable as written", "opinion"),
        (A, "s08", "opinion", "prediction"),
    ],
)
def test_a_statement_that_can_be_read_in_two_ways_has_two_kinds(case, key, one, two):
    assert scored("claims", case, "2.2", kinds(case, **{key: one})).score == 1
    assert scored("claims", case, "2.2", kinds(case, **{key: two})).score == 1
    assert scored("claims", case, "2.2", kinds(case, **{key: "checkable"})).score < 1
    assert "either counts" in tasks("claims", case)["2.2"].solution_text()


def test_what_will_be_the_true_challenge_is_no_prediction_by_the_rule_of_the_hint():
    hint = tasks("claims")["2.2"].hints[0]
    assert hint.index("judge something") < hint.index("not happened yet") < hint.index("unclear")


# --- the feedback names what is lacking, most pressing first ---

KEY = {name: task.answer() for name, task in tasks("claims").items()}
OPENS = (911, 1263, 1397, 1556, 3469)  # where the other sentences of 2.1 begin
JUDGED = "1 of 6. Verdicts that fit: {}. Claims with two independent origins that bear on them: {}."
SLIPS = [
    ("2.1", spans(M, "of missiles landed"), "0 of 9 boundaries found, 1 extra, 9 missed", "yet in this sentence: ¶6"),
    ("2.1", KEY["2.1"][:2], "1 of 9 boundaries found, 0 extra, 8 missed", "sentence: ¶8, “North Korea has ramped …” Mark"),
    ("2.1", KEY["2.1"][:5], "3 of 9 boundaries found, 0 extra, 6 missed", "¶8, “South Korean military officials …”"),
    ("2.1", KEY["2.1"][:-1], "8 of 9 boundaries found, 0 extra, 1 missed", "Read this sentence again: ¶17"),
    # A mark in the middle of a word stands for the word, and one that opens a sentence is a mark in it.
    ("2.1", [[728, 767], *KEY["2.1"][2:]], "9 of 9 boundaries found, 0 extra, 0 missed", ""),
    ("2.1", [*KEY["2.1"][:2], *(x for x in KEY["2.1"][2:] if x[0] in OPENS)], "1 of 9", "sentence again: ¶8, “North"),
    ("2.1", [*KEY["2.1"], *spans(M, "missiles")], "9 of 9 boundaries found, 0 extra", "A mark of one word is no claim"),
    ("2.1", [*KEY["2.1"], *spans(M, "of missiles landed")], "9 of 9 boundaries found, 1 extra", "is not a claim on its own"),
    ("2.1", KEY["2.1"], "9 of 9 boundaries found, 0 extra, 0 missed", ""),
    ("2.2", kinds(M, s03="checkable", s02=""), "fit the key: 18 of 20", "1 statement has no kind yet"),
    ("2.2", kinds(M, s03="checkable"), "fit the key: 19 of 20", "Most slips are with statements that are “opinion”"),
    ("2.2", kinds(M, s01="opinion", s04="opinion", s03="checkable"), "17 of 20", "statements that are “checkable”"),
    ("2.3", "c23 c30 c21 c20 c45 c07 c39 c06".split(), "Your first 4 have 3", "Ask of “The missiles flew about 350"),
    ("2.3", KEY["2.3"], "Your first 4 have 4", ""),
    ("2.4", verify("c19", "supported", "jiji-18mar24", "kyodo-18mar24"), JUDGED.format(1, 1), "Still to judge: "),
    ("2.4", verify("c19", "outdated", "kyodo-18mar24"), JUDGED.format(0, 0), "Still to judge: "),
    ("2.5", KEY["2.5"], "6 of 6. Certainty points: +18", ""),
    ("2.5", dict(list(KEY["2.5"].items())[:4]), "4 of 4. Certainty points: +12", "2 claims lack a verdict or a certainty"),
    ("2.5", KEY["2.5"] | {"c21": {"verdict": "supported", "certainty": "3"}}, "5 of 6. Certainty points: +9", "not right: 1"),
    ("2.5", KEY["2.5"] | {"c21": {"verdict": "supported", "certainty": "2"}}, "5 of 6. Certainty points: +13", ""),
    ("2.5", {"c21": {"verdict": "supported"}}, "No claim has both a verdict and a certainty", "Choose both"),
    ("2.6", review(claim="c21", source="jiji-18mar24"), "Still empty: Your verdict, As a number.", "Fill in every field"),
    ("2.6", review(**CHECK), "in. Your source is about this claim. Your verdict fits the record we found.", ""),
    ("2.6", review(**CHECK | {"source": "kbs-jan25"}), "Your source is not about this claim", "Fix what is named"),
    ("2.6", review(**CHECK | {"verdict": "supported", "rating": "5"}), "verdict does not fit the record.", "Fix what"),
    ("2.6", review(**CHECK | {"rating": "5"}), "Number and verdict do not agree", "Fix what is named"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "answer", "message", "step"), SLIPS)
def test_what_the_feedback_names(name, answer, message, step):
    result = scored("claims", M, name, answer)
    assert message in result.message
    assert step in result.next_step if step else result.next_step == ""


CODES = {
    ("s03", "checkable"): ("C-A",), ("s02", "checkable"): ("C-A2",), ("s04", "checkable"): ("C-G3",),
    ("s01", "not checkable as written"): ("C-G",), ("s01", "opinion"): (),
}  # fmt: skip


def test_what_is_measured_beside_the_score():
    """Four right at .90, one wrong at .75 and one at .90: Brier (4 * .01 + .5625 + .81) / 6 = .235."""
    wrong = {"c21": {"verdict": "supported", "certainty": "3"}, "c19": {"verdict": "outdated", "certainty": "2"}}
    result = scored("claims", M, "2.5", KEY["2.5"] | wrong)
    assert result.details["calibration"] | {"pairs": 0} == {"points": 4, "brier": 0.235, "pairs": 0}
    assert set(result.details["again"]) == {"c19", "c21"}
    assert set(scored("claims", M, "2.2", kinds(M, s03="checkable", s02="")).details["again"]) == {"s03"}
    for (key, given), code in CODES.items():
        assert scored("claims", M, "2.2", kinds(M, **{key: given})).codes == code
    for name, verdict, code in (
        ("c37", "supported", "C-F"),
        ("c21", "supported", "C-E"),
        ("c19", "outdated", "C-G"),
        ("c14", "supported", "C-D"),
    ):
        wrong = scored("claims", M, "2.4", changed(M, **{name: verdict}))
        assert (wrong.codes, list(wrong.details["again"])) == ((code,), [name])
    # Alpha with the key is that of the statements which have a kind; where one kind alone was given, there is none.
    for answer, told in ((kinds(M, s02=""), "1.00"), ({"s01": {"kind": "checkable"}}, "")):
        measured = scored("claims", M, "2.2", answer).measured
        assert ("lpha" in measured, told in measured) == (bool(told), True)
    # A claim that is missed is named alone, and not with the one before it.
    assert scored("claims", M, "2.1", [*KEY["2.1"][:3], *KEY["2.1"][4:]]).details["marks"]["missed"] == [KEY["2.1"][3]]
    marks = scored("claims", M, "2.1", [*KEY["2.1"][:-1], *spans(M, "of missiles landed")]).details["marks"]
    assert (marks["extra"], marks["missed"], len(marks["ok"])) == (
        spans(M, "of missiles landed"), [KEY["2.1"][-1]], len(KEY["2.1"]) - 1,
    )  # fmt: skip


def test_words_that_say_who_said_it_may_belong_to_the_first_claim_or_not(tmp_path):
    folder = shutil.copytree(data_path(A), tmp_path / A)
    file = folder / "claims.yaml"
    text = file.read_text(encoding="utf-8")
    article = load_case(folder).article.text
    start, end = article.index("the water had cooled"), article.index(", and he spoke") + 1
    assert text.count(f"- [1185, {end}]\n") == 1
    file.write_text(text.replace(f"- [1185, {end}]\n", f"- [{start}, {end}]\n"), encoding="utf-8")
    task = next(one for one in load_tasks(UNITS[2], load_case(folder)).values() if one.label == "2.1")
    # Six sentences with two claims each: one place in each of them, as before.
    assert task.facts()["boundaries"] == len(task.case.claim_gold.splits) == 6
    key = [[start, end] if begin == start else [begin, stop] for begin, stop in task.answer()]
    for opens in (start, 1185, article.index("confirmed that the water")):
        result = task.check([[opens, end] if mark == [start, end] else mark for mark in key])
        assert "6 of 6 boundaries found, 0 extra, 0 missed" in result.message
        assert (len(result.details["marks"]["ok"]), result.details["marks"]["missed"]) == (12, [])


def test_no_words_fit_and_are_missed_at_once():
    first, second, *rest = KEY["2.1"]
    both = [first[0], second[1]]
    marks = scored("claims", M, "2.1", [both, *rest]).details["marks"]
    assert (marks["edge"], marks["missed"], len(marks["ok"])) == ([both], [second], len(rest))
