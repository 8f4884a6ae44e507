"""Which advice an answer gets beside its score: the most pressing fault first, and none where all is right."""

import pytest
from marks import M, scored, spans, tasks
from some import some

from medialit.units.claims.looking import Looking

UNITS = {"0": "welcome", "1": "quotes", "3": "framing", "4": "sources"}


def check(name, answer):
    return scored(UNITS[name[0]], M, name, answer)


def key(name):
    return tasks(UNITS[name[0]])[name].answer()


def but(name, row, **cells):
    """The key with other cells in one row."""
    return key(name) | {row: key(name)[row] | cells}


def without(name, *rows):
    return {row: cells for row, cells in key(name).items() if row not in rows}


def step(name, advice, **values):
    return tasks(UNITS[name[0]])[name].say(advice, **values)


CHAIN, ORIGINS = key("1.4"), key("4.2")
EXTRA = next(link for link in tasks("quotes")["1.4"].case.chain.links if link.key not in CHAIN)
APART = ORIGINS | {"csbnews-2025": {"group": "5"}}
TOGETHER = ORIGINS | {"upi-28feb25": {"group": "3"}}
# An item of the short session on which all coders agree, for each answer.
_GOLD = tasks("framing")["3.1"].case.framing
FIRM = {
    answer: next(
        i.id
        for i in tasks("framing")["3.1"].items
        if i.frame in ("responsibility", "conflict") and _GOLD.shares(i.id).get(answer) == 1
    )
    for answer in ("yes", "no")
}
OWNER = next(row.text for row in tasks("welcome")["0.4"].form.rows if row.key == "owner")
LOOK = {"question": tasks("quotes")["1.2"].text.options["look_again"]["verb"]}
FACT = next(one for one in tasks("sources")["4.3"].case.coverage.split if one.claim == "c12")
ASKED = {one.key: one for one in tasks("sources")["4.7"].case.coverage.about.questions}
FALSE = [name for name, one in ASKED.items() if not one.tells][:2]
# (task, answer, name of the advice or "" for none, what the advice is filled with)
ROWS = [
    ("0.2", key("0.2"), ""),
    ("0.2", dict(list(key("0.2").items())[:3]), "empty", {"n": 2}),
    ("0.2", but("0.2", "S6", term="provocative"), "read", {"row": "sentence 2"}),
    ("0.4", key("0.4"), ""),
    ("0.4", but("0.4", "owner", move="trace") | {"others": {"move": "stop"}}, "read", {"action": OWNER}),
    ("0.4", without("0.4", "clip"), "empty", {"n": 1}),
    ("1.1", key("1.1"), ""),
    ("1.1", key("1.1")[1:], "missed", {"kind": "indirect", "place": "¶5"}),
    ("1.1", [*key("1.1"), *spans(M, "North Korea continues weapons testing")], "extra", {"place": "¶6"}),
    ("1.1", [*key("1.1")[:3], [2951, 3100], *key("1.1")[4:]], "edge", {"place": "¶15"}),
    ("1.2", key("1.2"), ""),
    ("1.2", but("1.2", "q11", verb="said"), "begin", LOOK | {"paragraph": 11}),
    ("1.2", but("1.2", "q11", verb="said") | {"q01": {}}, "begin", LOOK | {"paragraph": 2}),
    ("1.4", CHAIN, ""),
    ("1.4", [*CHAIN[:4], EXTRA.key], "extra", {"link": EXTRA.text, "why": EXTRA.why}),
    ("1.4", CHAIN[:4], "lacking"),
    ("1.4", [*CHAIN[1:], CHAIN[0]], "order"),
    ("1.5", key("1.5"), ""),
    ("1.5", without("1.5", "Kim Jong Un", "North Korea"), "ungrouped", {"n": 2}),
    ("1.5", but("1.5", "Fumio Kishida", bloc="United States"), "look"),
    ("1.6", key("1.6"), ""),
    ("1.6", but("1.6", "repair", reason=""), "compare"),
    ("1.3", key("1.3"), ""),
    ("1.3", ["insists"], "none"),
    ("1.3", ["names"], "too_many"),
    ("4.1", key("4.1"), ""),
    ("4.1", but("4.1", "kishida", **{"kyodo-a": ""}), "empty", {"n": 1}),
    ("4.2", ORIGINS, ""),
    ("4.2", APART, "apart"),
    ("4.2", TOGETHER, "together"),
    ("4.2", without("4.2", "upi-28feb25"), "empty", {"n": 1}),
    ("4.3", key("4.3"), ""),
    ("4.3", without("4.3", "c12", "c14"), "empty", {"n": 2}),
    ("4.3", but("4.3", "c12", event="B"), "look", {"fact": FACT.text, "why": FACT.why}),
    ("4.3", but("4.3", "c12", event="B") | {"c14": {"event": "A"}}, "look", {"fact": FACT.text, "why": FACT.why}),
    ("4.4", key("4.4"), ""),
    ("4.4", but("4.4", "words", limits="bias"), "no_meaning"),
    ("4.4", but("4.4", "words", limits=""), "choose"),
    ("4.4", but("4.4", "words", most=""), "look"),
    ("4.5", key("4.5"), ""),
    ("4.5", but("4.5", "reuse", window=""), "choose"),
    ("4.5", but("4.5", "reuse", share="20"), "divide"),
    ("4.5", but("4.5", "reuse", reading="two sources"), "where_from"),
    ("4.5", but("4.5", "reuse", reading=""), "longest"),
    ("4.6", key("4.6"), ""),
    ("4.6", but("4.6", "voices", most=""), "look"),
    ("4.6", but("4.6", "voices", sentence="neutral"), "only_counted"),
    ("4.6", but("4.6", "voices", sentence=""), "choose"),
    ("4.7", key("4.7"), ""),
    ("4.7", key("4.7")[1:], "missed"),
    ("4.7", [*key("4.7")[1:], *FALSE], "ask", {"question": ASKED[FALSE[0]].text, "why": ASKED[FALSE[0]].why}),
    ("3.1", key("3.1"), ""),
    ("3.1", but("3.1", FIRM["no"], answer="yes"), "apart", {"item": FIRM["no"]}),
    ("3.1", but("3.1", FIRM["yes"], evidence=""), "bare", {"item": FIRM["yes"]}),
    ("3.1", but("3.1", FIRM["yes"], evidence="S1"), "astray", {"item": FIRM["yes"]}),
    ("3.1", without("3.1", FIRM["yes"]), "empty", {"n": 1, "first": FIRM["yes"]}),
    ("3.2", key("3.2"), ""),
    ("3.3", key("3.3"), ""),
    ("3.5", key("3.5"), ""),
    ("3.6", key("3.6"), ""),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS)
def test_the_advice_is_about_the_most_pressing_fault(row):
    name, answer, advice, *values = row
    assert check(name, answer).next_step == (step(name, advice, **dict(*values)) if advice else "")


@pytest.mark.parametrize(
    ("cells", "slip", "row"),
    [
        (
            {"east": {"ap-b": "states"}, "fourth": {"kbs-feb25": "states", "reuters-b": "states"}},
            "states, not found",
            "fourth",
        ),
        # A misconception comes before what is more frequent, with the row in which it was made.
        (
            {"fourth": {"kbs-feb25": "states", "reuters-b": "states"}, "kishida": {"ap-a": "contradicts"}},
            "contradicts, not found",
            "kishida",
        ),
    ],
)
def test_a_slip_in_the_matrix_is_told_with_its_own_row(cells, slip, row):
    task = tasks("sources")["4.1"]
    told = {one.key: step("4.1", "read", row=one.text, why=one.why) for one in task.rows}
    answer = key("4.1") | {name: key("4.1")[name] | changed for name, changed in cells.items()}
    assert check("4.1", answer).next_step == f"{task.text.options['slips'][slip]} {told[row]}"


RULES = {"base": 2, "of": 15}  # passages that the marks alone find, of those that were not marked by hand


def piles(a, b):
    names = tasks("sources")["4.3"].names
    return ", ".join(step("4.3", "pile", n=n, event=names[event]) for event, n in (("A", a), ("B", b)))


TOLD = [
    ("1.3", ["marks"], "found", RULES | {"mine": 2, "extra": 2}),
    ("1.3", ["names"], "found", RULES | {"mine": 8, "extra": 18}),
    ("1.3", ["marks", "said"], "found", RULES | {"mine": 14, "extra": 1}),
    ("1.4", [*CHAIN[:3], EXTRA.key], "found", {"fit": 3, "of": 4, "lacking": 2, "extra": 1}),
    ("4.1", but("4.1", "kishida", **{"kyodo-a": "not found"}), "found", {"hits": 59, "of": 60, "rows": 10}),
    ("4.1", without("4.1", "words", "height"), "found", {"hits": 48, "of": 48, "rows": 8}),
    ("4.1", {"east": key("4.1")["east"]}, "found", {"hits": 6, "of": 24, "rows": 4}),
    ("4.2", TOGETHER, "found", {"groups": 3, "pages": 12, "fit": 9, "of": 12}),
    ("4.3", key("4.3"), "found", {"points": 14, "of": 14, "piles": piles(6, 5), "neither": 3}),
    (
        "4.3",
        without("4.3", "c12") | {"c08": {"event": "neither"}},
        "found",
        {"points": 12.5, "of": 14, "piles": piles(4, 5), "neither": 4},
    ),
    ("4.7", key("4.7")[1:], "found", {"fit": len(key("4.7")) - 1, "of": len(key("4.7")), "extra": 0}),
    ("4.7", [*key("4.7")[1:], *FALSE], "found", {"fit": len(key("4.7")) - 1, "of": len(key("4.7")), "extra": 2}),
    ("1.5", {"Fumio Kishida": {"bloc": "Japan"}}, "found", {"table": "Japan 33%", "fit": 1, "of": 5}),
    (
        "1.5",
        {**key("1.5"), "U.S. officials": {"bloc": "Japan"}},
        "found",
        {"table": "North Korea 65%; Japan 35%", "fit": 4, "of": 5},
    ),
]


@pytest.mark.parametrize("row", TOLD)
def test_what_was_found_is_counted(row):
    name, answer, says, values = row
    assert check(name, answer).message == step(name, says, **values)


@pytest.mark.parametrize(
    ("answer", "version", "reason"),
    [
        ({"rewrite": "b"}, None, "no_reason"),
        ({"rewrite": "b", "reason": "other-words"}, None, "right_reason"),
        ({"reason": "invented"}, "no_version", "wrong_reason"),
    ],
)
def test_the_version_and_the_reason_are_each_told(answer, version, reason):
    why = next(one.why for one in tasks("quotes")["1.6"].case.repair.rewrites if one.key == "b")
    told = step("1.6", version) if version else why
    assert check("1.6", {"repair": answer}).message == f"{told} {step('1.6', reason)}"


@pytest.mark.parametrize(
    ("name", "answer", "codes"),
    [
        ("4.2", APART, ("S-A",)),
        ("4.2", TOGETHER, ()),
        ("4.4", but("4.4", "words", limits="proof"), ("S-H",)),
        ("4.5", but("4.5", "reuse", reading="two sources"), ("S-A",)),
        ("4.6", but("4.6", "voices", sentence="accurate"), ("S-B2",)),
        ("4.1", but("4.1", "kishida", **{"ap-a": "contradicts"}), ("S-C",)),
        ("1.2", but("1.2", "q11", kind="scare"), ("Q-B",)),
        ("1.2", but("1.2", "q01", kind="scare"), ("Q-E",)),
        ("1.2", but("1.2", "q11", kind=""), ()),
    ],
)
def test_the_misconception_behind_an_answer(name, answer, codes):
    assert check(name, answer).codes == codes


def test_which_rows_are_looked_at_again():
    again = check("4.2", APART).details["again"]
    ap = {card for card, cells in ORIGINS.items() if cells["group"] == "1"}
    assert (set(again), set(again.values())) == (ap, {step("4.2", "row_apart")})
    again = check("4.2", TOGETHER).details["again"]
    assert set(again) == {"upi-28feb25", "xinhua-28feb25", "almayadeen-feb25"}
    assert set(again.values()) == {step("4.2", "row_together")}
    assert set(check("4.3", but("4.3", "c12", event="B")).details["again"]) == {"c12"}
    assert check("4.3", without("4.3", "c12")).details["piles"] == {"A": 5, "B": 5, "neither": 3}
    slips = check("1.2", but("1.2", "q11", verb="said")).details
    assert (slips["again"], slips["hits"], slips["rows"]) == (
        {"q11": step("1.2", "row", **LOOK)}, {"who": 8, "verb": 7, "kind": 8}, 8,
    )  # fmt: skip
    assert set(check("1.5", but("1.5", "Fumio Kishida", bloc="United States")).details["again"]) == {"Fumio Kishida"}


def test_marks_are_shown_by_how_they_fit():
    right = key("1.1")
    short = [right[0][0], right[0][1] - 1]
    found = check("1.1", [short, right[1], *spans(M, "North Korea continues weapons testing")])
    assert found.details["marks"]["ok"] == [short, right[1]]
    assert found.details["marks"]["extra"] == spans(M, "North Korea continues weapons testing")
    assert found.details["marks"]["missed"] == right[2:]
    assert found.details["missed_kinds"] == {"indirect": 5, "mixed": 3}
    # 2 of 3 marks fit, and 2 of 10 attributions are found.
    assert (found.details["precision"], found.details["recall"], found.details["f1"]) == (0.667, 0.2, 0.308)


def test_items_that_stand_apart_are_named():
    found = check("3.1", but("3.1", FIRM["no"], answer="yes"))
    assert found.details["apart"] == [FIRM["no"]]
    assert found.details["again"] == {FIRM["no"]: step("3.1", "apart", item=FIRM["no"])}
    counts = {"coded": len(key("3.1")), "of": len(key("3.1")), "apart": 0, "bare": 1, "astray": 0}
    left = {**counts, "coded": counts["coded"] - 1, "bare": 0}
    assert check("3.1", without("3.1", FIRM["yes"])).message == step("3.1", "found", **left)
    assert check("3.1", but("3.1", FIRM["yes"], evidence="")).message == step("3.1", "found", **counts)
    counts |= {"bare": 0, "astray": 1}
    assert check("3.1", but("3.1", FIRM["yes"], evidence="S1")).message == step("3.1", "found", **counts)


def test_paragraphs_of_a_function_that_are_missed_or_too_many():
    task = tasks("framing")["3.2"]
    remedy = next(f for f in task.case.framing.codebook.functions if f.key == "remedy")
    right, open_to_both = task.asked("remedy")
    wrong = [o.key for o in task.form.fields[0].options if o.key not in right | open_to_both]
    missed = step("3.2", "missed", function=remedy.label, n=3, ask=remedy.ask)
    first = min(int(p[1:]) for p in wrong[:3])
    extra = step("3.2", "extra", function=remedy.label, paragraph=first, ask=remedy.ask)
    assert check("3.2", but("3.2", "remedy", paragraphs=wrong[:2])).next_step == missed
    assert check("3.2", but("3.2", "remedy", paragraphs=wrong[:3])).next_step == extra
    assert check("3.2", but("3.2", "remedy", paragraphs=[*right, *wrong[:3]])).next_step == extra
    assert check("3.2", but("3.2", "remedy", paragraphs=[*right, wrong[0]])).details["again"].keys() == {"remedy"}


def test_signs_of_marked_words():
    """A word with its class, one with another class, one that nobody marked; the others are missed."""
    right = key("3.3")
    first, second = right[0], right[1]
    task = tasks("framing")["3.3"]
    no_class = next(o.key for o in task.form.labels if o.key not in task.words[1].classes)
    free = next(
        word
        for word in task.case.article.words()
        if task.form.asks(word.start)
        and not {*task.index.covered(word)}
        & {*task._open, *(i for w in task.words for i in task.index.covered(w.span))}
        and task.index.covered(word)
    )
    found = check("3.3", [first, [*second[:2], no_class], [*free, first[2]]])
    marks = found.details["marks"]
    assert (marks["ok"], marks["class"], marks["extra"], marks["split"]) == ([first[:2]], [second[:2]], [[*free]], [])
    assert marks["missed"] == [mark[:2] for mark in right[2:]]


def test_agreement_with_the_coders_is_told_once_every_row_is_filled():
    assert " fifth " in check("3.1", key("3.1")).measured
    # The sentence that most coders gave is the one of the solution.
    for item in some([name for name, cells in key("3.1").items() if cells["answer"] == "yes"]):
        given = [n for coding in _GOLD.codings.values() for n in coding.items[item].evidence]
        assert given.count(int(key("3.1")[item]["evidence"][1:])) == max(map(given.count, given))
    assert check("3.1", without("3.1", FIRM["yes"])).measured == ""


@pytest.mark.parametrize(
    ("looked", "score"),
    # A third each: left first, two origins, two months.
    [
        ((False, 0, 0, 0), 0),
        ((True, 1, 1, 1), 1 / 3),
        ((False, 2, 2, 1), 1 / 3),
        ((False, 3, 1, 2), 1 / 3),
        ((True, 5, 3, 2), 1),
    ],
)
def test_how_somebody_looked(looked, score):
    assert Looking(*looked).score == pytest.approx(score)


def test_one_card_is_no_copy_counted_twice():
    """C-I is for copies of one text that were counted as sources: two cards of one origin, never one alone."""

    def codes(*evidence):
        return scored("claims", M, "2.4", {"c19": {"verdict": "supported", "evidence": list(evidence)}}).codes

    assert codes("kyodo-18mar24") == codes("jiji-18mar24", "kyodo-18mar24") == ()
    assert codes("kyodo-18mar24", "bangkokpost-18mar24") == ("C-I",)


def test_the_weakest_sentence_of_a_rewrite_gets_one_thing_to_do():
    one = next(sentence.text for sentence in tasks("framing")["3.5"].form.sentences)
    plain = one.replace("The provocative action", "The launch").replace("coming at a pivotal time as", "as")
    faults = {
        "": "begin_again",
        one: "begin_again",
        plain.replace("the fourth", "another"): "put_back",
        plain.replace("marks", "does not mark"): "count_denials",
        plain.replace("The launch", "The reckless act"): "take_out",
        one.replace("The provocative action", "The launch"): "still_loaded",
    }
    assert len(faults) == 6
    for text, advice in faults.items():
        assert check("3.5", key("3.5") | {"w1": text}).next_step == step("3.5", advice, sentence="sentence 1"), text


@pytest.mark.parametrize(
    ("name", "row", "fields"),
    [
        ("4.4", "words", {"word": {"most": ""}, "statement": {"limits": ""}}),
        ("4.5", "reuse", {"share": {"share": "20"}, "reading": {"reading": "two sources"}}),
        ("4.6", "voices", {"most": {"most": ""}, "sentence": {"sentence": ""}}),
    ],
)
def test_each_half_is_told_whether_it_fits(name, row, fields):
    told = dict.fromkeys(fields, step(name, "fits"))
    assert check(name, key(name)).message == step(name, "found", **told)
    for field, cells in fields.items():
        message = step(name, "found", **told | {field: step(name, "fits_not")})
        assert check(name, but(name, row, **cells)).message == message


def test_a_part_of_a_marked_phrase_is_found():
    task = tasks("framing")["3.3"]
    long = next(word for word in task.words if len(task.index.covered(word.span)) > 1)
    first = task.case.article.words(long.span)[0]
    counts = {"found": 1, "of": len(task.words), "class": 0, "extra": 0, "split": 0}
    assert check("3.3", [[first.start, first.end, long.cls]]).message == task.say("found", **counts)


def test_techniques_that_are_empty_or_stand_apart():
    task = tasks("framing")["3.6"]
    rows = {row.key: row.text for row in task.form.rows}
    one, two, *_ = rows
    strange = next(o.key for o in task.form.fields[0].options if o.key not in task.case.framing.techniques(two))
    wrong = but("3.6", two, technique=strange)
    assert check("3.6", wrong).next_step == step("3.6", "again", row=rows[two])
    assert set(check("3.6", wrong).details["again"]) == {two}
    missing = check("3.6", {row: cells for row, cells in wrong.items() if row != one})
    counts = {"points": len(rows) - 2, "of": len(rows), "apart": 1, "empty": 1}
    assert (missing.next_step, missing.message) == (
        step("3.6", "begin", row=rows[one]), step("3.6", "found", **counts),
    )  # fmt: skip
    both = check("3.6", {row: cells for row, cells in wrong.items() if row not in (one, two)})
    assert both.next_step == step("3.6", "begin", row=rows[one])


def test_the_class_that_is_found_worst_is_named():
    task = tasks("framing")["3.3"]
    for worst in some({word.cls for word in task.words}):
        rest = [mark for mark in key("3.3") if mark[2] != worst]
        first = next(word for word in task.words if word.cls == worst)
        says = next(c.says for c in task.case.framing.codebook.classes if c.key == worst)
        place = task.place(first.span.start)
        assert check("3.3", rest).next_step == task.say("weak_missed", cls=worst, says=says, place=place)
