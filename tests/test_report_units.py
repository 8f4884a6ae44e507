"""The sections of the class report on one unit each: what they show of made-up answers, and what they hide."""

import random
from dataclasses import replace

import pytest
from gradebooks import CASES, attempt, frames, handed, tasks_of

from medialit.case import load_case
from medialit.classroom.report.page import SECTIONS
from medialit.scoring.agreement import krippendorff_alpha
from medialit.units.claims import report as claims
from medialit.units.class_answers import HIDDEN
from medialit.units.correction import report as correction
from medialit.units.framing import report as framing
from medialit.units.quotes import report as quotes
from medialit.units.sources import report as sources


def test_verdicts_show_a_class_that_doubts_everything():
    gold = load_case("missile-tests").claim_gold
    doubt = {name: {"verdict": "contradicted"} for name in gold.verify}
    rows = [attempt(f"l{i}", "2.4", 0.2, unit="claims", answer=doubt, kind="task") for i in range(8)]
    told = claims.verdicts(frames(*rows)).text
    assert "calls too much unsound" in told
    assert "d′ = 0.0" in told or "d′ = -0.0" in told


@pytest.mark.parametrize("case", CASES)
def test_right_answers_leave_nothing_to_see_on_either_story(case):
    rows = []
    for unit, items in {
        "quotes": ("1.1", "1.2"),
        "claims": ("2.4",),
        "sources": ("4.1", "4.2", "4.3", "4.7"),
        "correction": ("5.2", "5.3", "5.4"),
    }.items():
        for item in items:
            rows += handed(unit, item, [tasks_of(unit, case)[item].answer()] * 6, case)
    frame = frames(*rows)
    text = {name: SECTIONS[name][1](frame).text for name in SECTIONS}
    assert "No attribution was missed" in text["quotes"]
    assert "No speaker, word or kind" in text["quotes"]
    assert "In 0 of" in text["sources"]
    assert "No two pages" in text["sources"]
    assert "showed it first at: 4.1 matrix" in text["sources"]
    assert text["correction"].count("100%") >= 5


def test_a_class_that_finds_no_indirect_speech_has_no_f1_there():
    gold = quotes.marked(frames(), "missile-tests").gold
    answer = [list(q.content) for q in gold if q.kind != "indirect"]
    lines = quotes.kinds(frames(*handed("quotes", "1.1", [answer] * 6))).text.splitlines()
    f1 = {line.split()[0]: line.split()[-1] for line in lines if line.startswith(("mixed ", "indirect "))}
    assert f1 == {"mixed": "1.00", "indirect": "0.00"}


def test_an_extra_mark_lowers_the_kind_that_its_quotation_marks_give_it():
    text = "He said “we go” and left “at once” again."
    assert (quotes.kind_by_marks(text, (8, 13)), quotes.kind_by_marks(text, (7, 14))) == ("direct", "direct")
    assert (quotes.kind_by_marks(text, (3, 20)), quotes.kind_by_marks(text, (0, 7))) == ("mixed", "indirect")


def test_marks_of_the_pen_that_are_a_little_off_count_as_found():
    gold = quotes.marked(frames(), "missile-tests").gold
    answer = [[q.content.start, q.content.end - 1] for q in gold if q.share >= 1]
    assert "No attribution was missed" in quotes.missed_spans(frames(*handed("quotes", "1.1", [answer] * 6))).text


def test_four_learners_who_miss_a_span_are_not_shown():
    right = tasks_of("quotes")["1.1"].answer()
    four = handed("quotes", "1.1", [right[1:]] * 4 + [right] * 6)
    five = handed("quotes", "1.1", [right[1:]] * 5 + [right] * 6)
    assert "No attribution was missed" in quotes.missed_spans(frames(*four)).text
    told = quotes.missed_spans(frames(*five)).text
    assert "Up to 45% of the class miss the same words" in told
    # What most missed comes first, then in the order of the story.
    more = handed("quotes", "1.1", [right[:-2]] * 6)
    lines = quotes.missed_spans(frames(*five, *[replace(x, learner=f"x{x.learner}") for x in more])).text.splitlines()
    assert [line.split("¶")[1].split() for line in lines if "¶" in line and line.endswith("%")] == [
        ["19", "mixed", "35%"], ["19", "indirect", "35%"], ["5", "indirect", "29%"],
    ]  # fmt: skip


def test_a_speaker_taken_for_another_is_named_from_five_learners_on():
    right = tasks_of("quotes")["1.2"].answer()
    row, names = next(iter(right)), {cells["who"] for cells in right.values()}
    other = sorted(names - {right[row]["who"]})[0]
    wrong = {**right, row: {**right[row], "who": other}}
    # Speakers come first, then what most learners took for another.
    last = list(right)[-1]
    verb = {**wrong, last: {**right[last], "verb": "no verb"}}
    kinds = {**verb, last: {**verb[last], "kind": "scare"}, row: {**wrong[row], "kind": "scare"}}
    told = quotes.confusions(frames(*handed("quotes", "1.2", [kinds] * 5 + [verb] * 2))).text
    rows = [line for line in told.splitlines() if line.endswith((" 5", " 7"))]
    assert (right[row]["who"] in rows[0], other in rows[0], rows[0].split()[-1]) == (True, True, "7")
    assert [line.split()[-2:] for line in rows[1:]] == [["verb", "7"], ["scare", "5"], ["scare", "5"]]
    assert other not in quotes.confusions(frames(*handed("quotes", "1.2", [wrong] * 4 + [right] * 3))).text


def test_a_verdict_without_evidence_is_seen():
    right = tasks_of("claims")["2.4"].answer()
    bare = {name: {"verdict": cells["verdict"], "evidence": []} for name, cells in right.items()}
    lines = claims.evidence(frames(*handed("claims", "2.4", [bare] * 6))).text.splitlines()
    line = next(line for line in lines if "50 kilometers" in line)
    assert line.split("hour.")[1].split() == ["6", "100%", "100%", "0%", "0%", "100%"]


def test_a_sum_does_not_give_away_a_hidden_cell():
    gold = load_case("missile-tests").claim_gold
    name = next(n for n in gold.verify if gold.claim(n).verdict == "contradicted")
    said = ["contradicted"] * 6 + ["outdated"]

    def line(*said):
        rows = [
            attempt(f"l{i}", "2.4", 0.5, unit="claims", answer={name: {"verdict": v}}, kind="task")
            for i, v in enumerate(said)
        ]
        return next(x for x in claims.verdicts(frames(*rows)).text.splitlines() if x.startswith("contradicted"))

    assert HIDDEN in line(*said)
    assert line(*said).endswith("–")
    # Two hidden cells hide each other, and four is still hidden.
    assert line(*said, "supported").endswith(" 8")
    assert line(*said, *["outdated"] * 3).endswith("–")
    assert line(*said, *["outdated"] * 4).endswith(" 11")


def test_agreement_by_item_averages_to_alpha():
    dice = random.Random(4)
    votes = [["yes" if dice.random() < p else "no" for _ in range(12)] for p in (0.1, 0.5, 0.9, 0.8)]
    votes[0][:3] = [None] * 3
    found = framing.alpha_by_item(votes)
    weights = [sum(v is not None for v in row) for row in votes]
    mean = sum(w * f.value for w, f in zip(weights, found, strict=True)) / sum(weights)
    assert mean == pytest.approx(krippendorff_alpha(votes))
    assert all(f.low <= f.value <= f.high for f in found)
    assert framing.alpha_by_item([["yes"] * 6, ["yes"] * 6]) == [None, None]
    # Two learners, one yes of four against: 1 - 1 / .5 and 1. Drawn again: both as they are 1 - 2 / .5, one of them twice
    # leaves the first item 1 or without any variation. An item with one vote counts nowhere.
    hand = framing.alpha_by_item([["yes", "no"], ["yes", "yes"], ["yes", None]])
    assert hand == [(-1, -3, 1), (1, 1, 1), None]


def test_split_items_come_first_and_the_panel_stands_beside():
    right = tasks_of("framing")["3.1"].answer()
    turned = {**right, "e1": {"answer": "yes"}}
    against = {**turned, "r1": {"answer": "no"}}
    text = framing.coding(
        frames(*handed("framing", "3.1", [against] * 12 + [{**against, "e1": {"answer": "no"}}] * 12))
    ).text
    table = text.split("split items first\n")[1].splitlines()
    assert table[1].startswith("e1")
    assert table[1].endswith("talk about it")
    assert table[2].startswith("r1")
    assert "apart from the panel" in table[2]
    assert "half of the class gives the panel's answer" in text
    assert "from 20 codings on" in framing.coding(frames(*handed("framing", "3.1", [right] * 6))).text


@pytest.mark.parametrize(
    ("wrong", "right", "cell", "title", "slip"),
    [
        (
            5,
            5,
            "– 50%, most say ✗",
            "In 1 of 60 cells most of the class differs from the key; the fewest fit in row 3",
            True,
        ),
        (4, 1, "– fewer than 5", "In 0 of 60", False),
        (4, 6, "– 60%", "In 0 of 60 cells most of the class differs from the key; the fewest fit in row 3", False),
        (0, 5, "– 100%", "In 0 of 60 cells most of the class differs from the key.", False),
        (4, 0, None, "answers of fewer than five", False),
    ],
)
def test_a_cell_of_the_matrix_by_hand(wrong, right, cell, title, slip):
    key = tasks_of("sources")["4.1"].answer()
    slipped = {**key, "kishida": key["kishida"] | {"ap-a": "contradicts"}}
    text = sources.matrix(frames(*handed("sources", "4.1", [slipped] * wrong + [key] * right))).text
    assert title in text
    if cell:
        row = next(line for line in text.splitlines() if "Kishida spoke" in line)
        assert f" {cell} " in " ".join(row.split())
    assert ("labels taken for another" in text, "not found contradicts 5" in " ".join(text.split())) == (slip, slip)


def test_what_counts_as_having_seen_the_merge():
    """Half of the facts of each of two events, 3 of 6 and 3 of 5; a source on both sides of the story by cells that fit."""
    piles = tasks_of("sources")["4.3"]
    by_event = {event: [x.claim for x in piles.case.coverage.split if x.event == event] for event in piles.events}
    for a, b, seen in ((3, 3, True), (2, 5, False), (6, 2, False), (6, 5, True)):
        placed = [*by_event["A"][:a], *by_event["B"][:b]]
        assert sources._two_piles(piles, {name: piles.answer()[name] for name in placed}) is seen
    matrix = tasks_of("sources")["4.1"]
    key = matrix.answer()
    assert sources._both_sides(matrix, {name: key[name] for name in ("ballistic", "trump")})
    assert not sources._both_sides(matrix, {"ballistic": key["ballistic"]})
    assert not sources._both_sides(
        matrix, {"ballistic": key["ballistic"], "trump": dict.fromkeys(key["trump"], "states")}
    )
    assert not sources._both_sides(matrix, None)


def test_the_merge_by_hand():
    """Eleven began: five guessed two dates, and two more were in place for ten; five of those had not guessed so."""
    all_ = tasks_of("sources")
    silent = {row.key: dict.fromkeys(all_["4.1"].sources, "not found") for row in all_["4.1"].rows}
    guesses = [
        attempt(f"l{i}", "p1", 0.0, unit="sources", answer="b" if i < 5 else "a", kind="prediction") for i in range(7)
    ]
    seen = handed("sources", "4.3", [all_["4.3"].answer()] * 10)
    began = handed("sources", "4.1", [silent] * 11)

    def lines(*rows):
        text = sources.merge(frames(*rows)).text
        found = [" ".join(line.split()) for line in text.splitlines()]
        return text, [line for line in found if line.startswith(("Guess", "4."))]

    text, table = lines(*guesses, *seen, *began)
    assert table[0] == "Guess about ¶8 “two or more” dates 7 71% 45%"
    assert table[1].endswith(" 11 0% 0%")
    assert table[2].endswith(" 10 100% 45%")
    assert table[3].endswith(" passed 0 – 0%")
    assert "showed it first at: Guess about" in text
    # One who did not is hidden by leaving out the sum; of five the sum is told.
    assert "showed somewhere" not in text
    more = [replace(one, learner=f"x{i}") for i, one in enumerate(began[:4])]
    assert "67% of those who began showed somewhere" in lines(*guesses, *seen, *began, *more)[0]
    assert "91%" not in text
    # Four are hidden, at each step.
    text, table = lines(*seen[:4], *began)
    assert table[2].endswith(" fewer than 5 fewer than 5 fewer than 5")
    assert "showed it first at" not in text
    assert sources.merge(frames(*began[:4])).text == ""
    other = [replace(one, case="averstow-pool") for one in began]
    assert "Guess" not in sources.merge(frames(*other), "averstow-pool").text


def test_pages_kept_apart_and_put_together_are_told():
    task = tasks_of("sources")["4.2"]
    one = {card: {"group": "1"} for card in task.origins}
    text = sources.grouping(frames(*handed("sources", "4.2", [one] * 6))).text
    assert "put together" in text
    assert "kept apart" not in text
    largest = max(set(task.origins.values()), key=list(task.origins.values()).count)
    alone = next(card for card, origin in task.origins.items() if origin == largest)
    apart = {**task.answer(), alone: {"group": task.form.fields[0].options[-1].key}}
    text = sources.grouping(frames(*handed("sources", "4.2", [apart] * 6))).text
    assert task.sites[alone] in text
    assert "put together" not in text


def test_the_card_has_its_five_parts_and_says_what_is_missing():
    right = {name: task.answer() for name, task in tasks_of("correction").items()}
    bad = {**right["5.4"], "rating": "4"}
    rows = handed("correction", "5.2", [right["5.2"]] * 6) + handed("correction", "5.4", [bad] * 5 + [right["5.4"]] * 5)
    text = correction.card(frames(*rows)).text
    assert "Weakest part of the cards: valid ClaimReview, 50%" in text
    assert "5.3" not in text
    assert "a reader's" in text


def test_claims_report_by_hand():
    """Ten judged c21: five rightly on two origins, five wrongly on a card that does not bear."""
    gold = load_case("missile-tests").claim_gold
    good, off = {"verdict": "contradicted", "evidence": ["jiji-18mar24", "kyodo-18mar24"]}, ["un-aug17"]
    one = {"verdict": "contradicted", "evidence": ["jiji-18mar24"]}
    answers = [{"c21": good}] * 5 + [{"c21": {"verdict": "supported", "evidence": off}}] * 5
    rows = [attempt(f"l{i}", "2.4", 0.5, unit="claims", answer=a, kind="task") for i, a in enumerate(answers)]

    def line(found, start):
        return next(x for x in found.text.splitlines() if x.startswith(start)).removeprefix(start).split()

    says = gold.claim("c21").says
    assert line(claims.evidence(frames(*rows)), says) == "10 50% 0% 50% 50% 0%".split()
    few = [replace(x, answer={"c21": one}) for x in rows[:5]]
    assert line(claims.evidence(frames(*few)), says) == "5 100% 0% 100% 0% 0%".split()
    assert claims.evidence(frames(*few[:4])).text == ""
    empty = replace(few[0], answer={"c21": {"evidence": off}})
    assert "No claim of 2.4 was judged by five" in claims.evidence(frames(*few[:4], replace(empty, learner="x"))).text
    # Verdicts: five of ten called it right, and a verdict on a claim that is none counts for nothing.
    rows[0] = replace(rows[0], answer={"c21": good, "zz": {"verdict": "supported"}, "c19": {"verdict": ""}})
    assert line(claims.verdicts(frames(*rows)), "contradicted")[-1] == "10"
    assert "Nothing can be said about doubt" in claims.verdicts(frames(*rows)).text
    assert "fewer than five learners" in claims.verdicts(frames(*rows[:4])).text
    assert "Verdicts of 5 learners" in claims.verdicts(frames(*rows[:5])).text


def test_what_steps_at_the_desk_show_from_five_learners_on():
    right = tasks_of("claims")["2.4"].answer()

    def looked(n, **seen):
        return handed("claims", "2.4", [right] * n, looked={"left_first": False, "origins": 1, "dates": 1} | seen)

    assert claims.looking(frames(*looked(4))).text == ""
    text = claims.looking(frames(*looked(5, dates=2))).text
    assert [x.split()[-1] for x in text.splitlines() if x.startswith("Opened")] == ["0%", "0%", "100%"]
    assert "only in the progress file" not in text
    blind = [replace(x, learner=f"x{x.learner}", details={}) for x in looked(1)]
    told = claims.looking(frames(*looked(4), *blind)).text
    assert "Of 5 learners who answered 2.4, fewer than 5 left none" in told
    assert "Opened" not in told


@pytest.mark.parametrize(
    ("yes", "of", "told"),
    [
        (3, 10, "split"),
        (7, 10, "split"),
        (5, 10, "split"),
        (2, 10, ""),
        (8, 10, ""),
        (3, 9, "split"),
        (2, 7, ""),
        (7, 9, ""),
        (10, 10, ""),
        (5, 5, ""),
        (4, 4, None),
    ],
)
def test_when_a_class_is_split(yes, of, told):
    """Item e1: a class in which 3 to 7 of 10 say yes is split; the panel's share decides about “apart”."""
    gold = load_case("missile-tests").framing
    item = gold.codebook.items[0]
    answers = [{item.id: {"answer": "yes" if i < yes else "no"}} for i in range(of)]
    more = [attempt(f"x{i}", "3.1", 1.0, unit="framing", kind="task", answer={}) for i in range(5)]
    rows = [attempt(f"l{i}", "3.1", 1.0, unit="framing", kind="task", answer=a) for i, a in enumerate(answers)]
    line = next((x for x in framing.coding(frames(*rows, *more)).text.splitlines() if x.startswith(item.id)), None)
    if told is None:
        assert line is None
        return
    panel = gold.shares(item.id).get("yes", 0.0)
    apart = not told and abs(yes / of - panel) >= 0.5
    assert ("talk about it" in line, "apart from the panel" in line) == (told == "split", apart)
    assert f" {of} " in line
    assert f" {100 * yes / of:.0f}% " in line


def test_middle_of_a_class_beside_the_panel():
    """Twenty codings: ten give the panel's answer everywhere, ten nowhere; half are at 0, the upper quarter at 100%."""
    gold = load_case("missile-tests").framing
    clear = {i.id: s for i in gold.codebook.items if max((s := gold.shares(i.id)).values()) > 0.5}
    top = {item: max(shares, key=shares.get) for item, shares in clear.items()}
    with_ = {item: {"answer": answer} for item, answer in top.items()}
    against = {item: {"answer": "no" if answer == "yes" else "yes"} for item, answer in top.items()}
    rows = handed("framing", "3.1", [with_] * 10 + [against] * 10)
    text = framing.coding(frames(*rows)).text
    assert "half of the class gives the panel's answer to 0% of the items or more" in text
    assert "lies between 0% and 100%" in text
    assert "from 20 codings on" in framing.coding(frames(*rows[:19])).text


def test_parts_of_the_card_by_hand():
    """Five earned all of the ClaimReview, five nothing, two half of it: mean .5."""
    earned = [1.0, 1.0, 1.0, 1.0, 0.999] + [0.0, 0.0, 0.0, 0.0, 0.001] + [0.5] * 2
    rows = [
        attempt(f"l{i:02}", "5.4", 0.5, unit="correction", kind="task", details={"claimreview": x})
        for i, x in enumerate(earned)
    ]
    line = next(x for x in correction.card(frames(*rows)).text.splitlines() if x.startswith("Valid ClaimReview"))
    worth = correction.POINTS["claimreview"]
    assert line.split()[3:] == [f"{worth:.2f}", "12", f"{worth / 2:.3f}", "42%", "42%"]
    assert "No part of a card has answers" in correction.card(frames(*rows[:4])).text
    assert "5" in next(x for x in correction.card(frames(*rows[:5])).text.splitlines() if x.startswith("Valid"))


def test_kinds_of_quotation_by_hand():
    """Six find every mixed quotation and nothing else; then three of them find none: recall 1/2, F1 2/3."""
    gold = quotes.marked(frames(), "missile-tests").gold
    mixed = [list(q.content) for q in gold if q.share >= 1 and q.kind == "mixed"]
    assert mixed

    def cells(rows, kind):
        return next(x.split()[1:] for x in quotes.kinds(frames(*rows)).text.splitlines() if x.startswith(kind))

    rows = handed("quotes", "1.1", [mixed] * 6)
    assert cells(rows, "mixed") == [str(len(mixed)), "1.00", "1.00", "1.00"]
    assert cells(rows, "indirect")[1:] == ["0.00", "0.00", "0.00"]
    half = [*rows[:3], *(replace(x, answer=[[0, 0]]) for x in rows[3:])]
    assert cells(half, "mixed")[1:] == ["1.00", "0.50", "0.67"]
    # A plain stretch that fits nothing is counted against indirect speech, once a learner.
    indirect = [list(q.content) for q in gold if q.share >= 1 and q.kind == "indirect"]
    text = load_case("missile-tests").article.text
    at = text.index("North Korea continues weapons testing")
    rows = handed("quotes", "1.1", [[*indirect, [at, at + 37]]] * 6)
    assert cells(rows, "indirect")[1:3] == [f"{len(indirect) / (len(indirect) + 1):.2f}", "1.00"]
    assert cells(handed("quotes", "1.1", [[indirect[0], [at, at + 37]]] * 6), "indirect")[1] == "0.50"
    assert quotes.kinds(frames(*half[:4])).text == ""
    assert cells(half[:5], "mixed")[2] == "0.60"
    assert "Most-missed attributions, 5 learners" in quotes.missed_spans(frames(*half[:5])).text
    assert "fewer than five learners" in quotes.missed_spans(frames(*half[:4])).text
