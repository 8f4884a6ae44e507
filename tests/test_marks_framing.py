"""Unit 3: what an answer between nothing and everything earns."""

import copy
from collections import Counter
from types import SimpleNamespace

import pytest
from marks import BOTH, A, M, cells, earns, scored, spans, tasks
from some import some


def lab(first, second, **given):
    codings = tasks("framing")["3.4"].codings()
    return {"first": codings[first], "second": codings[second], **given}


LAB = [
    # .5 for the band, .5 for the reading of the interval. The even pair: alpha .805, firm, crosses.
    ({}, 0),
    ({"band": "firm"}, 0.5),
    ({"reading": "crosses"}, 0.5),
    ({"band": "firm", "reading": "all firm"}, 0.5),
    ({"band": "low", "reading": "all low"}, 0),
    ({"band": "firm", "reading": "crosses"}, 1),
]


ITEMS = [item.id for item in tasks("framing")["3.4"].case.framing.codebook.items]


@pytest.mark.parametrize(
    ("first", "second", "band", "step", "codes"),
    [
        # 7 of 10 equal: the share alone would be tentative.
        ("yyyyynnnnn", "yyynnnnnny", "tentative", "share", ("F-E",)),
        ("yyyyynnnnn", "yyynnnnnny", "firm", "band", ()),
        ("yyyyynnnnn", "yyynnnnnny", "low", "reading", ()),
        ("yyyyy", "", None, None, None),
        ("", "yyyyy", None, None, None),
    ],
)
def test_what_the_lab_tells(first, second, band, step, codes):
    said = {"y": "yes", "n": "no"}
    sides = {
        name: dict(zip(ITEMS, (said[x] for x in marks), strict=False))
        for name, marks in (("first", first), ("second", second))
    }
    task = tasks("framing")["3.4"]
    result = task.check(sides | ({"band": band, "reading": "all low"} if band else {}))
    if band is None:
        missing = "second" if first else "first"
        assert (result.outcome, result.message) == ("could not check", task.say("one_missing", which=missing))
        return
    assert (result.next_step, result.codes) == (task.say(step), codes)
    band_fits = task.say("fits" if band == "low" else "fits_not")
    assert result.message == task.say("found", same=7, of=10, band=band_fits, reading=task.say("fits_not"))
    assert "lpha" in result.measured
    # Codings that have no item in common cannot be compared.
    apart = task.check({"first": {ITEMS[0]: "yes"}, "second": {ITEMS[1]: "yes"}})
    assert (apart.score, apart.outcome, apart.next_step) == (0, "not yet", task.say("second"))


@pytest.mark.parametrize(("given", "score"), LAB)
def test_the_lab_counts_band_and_reading(given, score):
    assert scored("framing", M, "3.4", lab("even-1", "even-2", **given)).score == pytest.approx(score)


def test_the_band_of_the_share_of_equal_answers_is_named():
    result = scored("framing", M, "3.4", lab("rare-1", "rare-2", band="firm"))
    assert result.codes == ("F-E",)
    assert "Take away what chance alone would give" in result.next_step
    assert scored("framing", M, "3.4", lab("rare-1", "rare-2", band="tentative")).codes == ()


def test_paragraphs_count_by_f1_of_each_of_four_functions():
    """3.2: the panel has remedy in three paragraphs. One: F1 1/2. Two: 4/5. Two and a wrong one: 4/6. Averaged over four."""
    task = tasks("framing")["3.2"]
    asked, open_to_both = task.asked("remedy")
    assert len(asked) == 3
    right = sorted(asked)
    wrong = next(o.key for o in task.form.fields[0].options if o.key not in asked | open_to_both)
    for chosen, f1 in ((right[:1], 1 / 2), (right[:2], 4 / 5), ([*right[:2], wrong], 4 / 6), (right, 1), ([wrong], 0)):
        assert task.check({"remedy": {"paragraphs": chosen}}).score == pytest.approx(f1 / 4, abs=1e-6)
    for free in open_to_both:
        assert task.check({"remedy": {"paragraphs": [*right, free]}}).score == pytest.approx(1 / 4, abs=1e-6)
    most = sum(len(task.asked(function.key)[0]) for function in task.case.framing.codebook.functions)
    told = task.check({"remedy": {"paragraphs": [*right[:2], wrong]}}).message
    assert told == f"2 fit, {most - 2} missed, 1 extra."


@pytest.mark.parametrize("case", BOTH)
def test_an_item_counts_six_tenths_for_the_answer_and_four_for_its_sentence(case):
    """3.1: credit by the share of coders behind an answer, as a part of the most chosen one; nine items of the short form."""
    task = tasks("framing", case)["3.1"]
    gold, right = task.case.framing, task.answer()
    short = [item for item in task.items if item.frame in ("responsibility", "conflict")]
    assert len(short) == 9
    seen = {"yes": 0, "no": 0}
    for item in short:
        shares = gold.shares(item.id)
        for given in ("yes", "no"):
            soft = shares.get(given, 0) / max(shares.values())
            bare = task.check({item.id: {"answer": given}}).score
            assert bare == pytest.approx((soft if given == "no" else 0.6 * soft) / 9, abs=1e-6)
        top = right[item.id]["answer"]
        seen[top] += 1
        assert task.check({item.id: right[item.id]}).score == pytest.approx(1 / 9, abs=1e-6)
    assert min(seen.values()) >= 1


@pytest.mark.parametrize("case", BOTH)
def test_a_technique_counts_by_the_share_of_the_panel(case):
    task = tasks("framing", case)["3.6"]
    rows = [row.key for row in task.form.rows]
    right = task.answer()
    for n in some(range(1, len(rows))):
        part = {row: right[row] for row in rows[:n]}
        assert task.check(part).score == pytest.approx(n / len(rows), abs=1e-6)
    for row in some(rows):
        shares = task.case.framing.techniques(row)
        for name, share in shares.items():
            score = task.check({row: {"technique": name}}).score
            assert score == pytest.approx(share / max(shares.values()) / len(rows), abs=1e-6)


def test_a_rewrite_counts_facts_plain_words_and_nothing_new():
    """3.5, by sentence: .6 facts (.2 each for numbers, names and no denial turned), .2 loaded words, .2 nothing new."""
    task = tasks("framing")["3.5"]
    plain, two = PLAIN, task.form.sentences[1].text
    assert task.check(
        {"w1": plain, "w2": two.replace("is unlikely to risk", "is likely to risk")}
    ).score == pytest.approx(0.6)
    # Whatever else is right, it is not passed with a judgment that was added.
    told = task.check({"w1": plain, "w2": task.answer()["w2"].replace("the government", "the dictatorship")})
    assert (told.score, str(told.outcome)) == (0.75, "partly")


def test_the_short_form_is_scored_on_its_own_rows():
    right = tasks("framing")["3.1"].answer()
    short = {item.id for item in tasks("framing")["3.1"].items if item.frame in ("responsibility", "conflict")}
    assert scored("framing", M, "3.1", {name: cell for name, cell in right.items() if name in short}).score == 1
    assert scored("framing", M, "3.1", cells("answer", h1="no")).score == pytest.approx(1 / 10, abs=1e-6)


PLAIN = (
    "The launch marks the fourth missile launch this year, as President Donald Trump begins his second term in office."
)


@pytest.mark.parametrize(
    ("change", "lost", "names", "negation", "new", "score"),
    [
        (("", ""), "", "", True, "", 1),
        (("fourth", "4th"), "", "", True, "", 1),
        # One of two loaded places is still there.
        (("The launch", "The provocative action"), "", "", True, "", 0.9),
        ((", as", ", coming at a pivotal time as"), "", "", True, "", 0.9),
        (("The launch", "One launch"), "", "", True, "", 1),
        ((", as President", ". The President"), "", "", True, "", 1),
        (("fourth", "fourth or fifth"), "", "", True, "5", 0.8),
        (("fourth", "latest"), "4", "", True, "", 0.8),
        (("Trump", "Biden"), "", "Trump", True, "Biden", 0.6),
        (("Trump", "Trump of Ohio"), "", "", True, "Ohio", 0.8),
        (("begins", "never begins"), "", "", False, "", 0.4),
        (("The launch", "The reckless act"), "", "", True, "The reckless act,reckless", 0.7),
        (("fourth missile launch", "latest launch by Biden, the third,"), "4", "", True, "Biden,3", 0.6),
    ],
)
def test_what_a_rewrite_keeps_and_changes(change, lost, names, negation, new, score):
    """.2 each for numbers, names and denials, .2 for two loaded places, .2 when nothing is new."""
    task = tasks("framing")["3.5"]
    found = task.examine(task.rewrites[0], PLAIN.replace(*change))
    assert (",".join(found.lost_numbers), ",".join(found.lost_names), found.negation) == (lost, names, negation)
    assert (",".join(found.new), found.score) == (new, pytest.approx(score))


@pytest.mark.parametrize(
    ("text", "kept"), [("blue boat house", 1), ("Blue BOAT", 2 / 3), ("boats and a boat", 1 / 3), ("a bad red sky", 0)]
)
def test_the_share_of_other_words_that_is_kept(text, kept):
    """Words of four letters or more count, outside of the loaded places."""
    task = tasks("framing")["3.5"]
    entry = SimpleNamespace(slots=[SimpleNamespace(words="horrible"), SimpleNamespace(words="very sad")])
    assert task._kept(entry, "A horrible red sky: blue boat, very sad house.", text) == pytest.approx(kept)
    assert task._kept(entry, "A horrible red sky.", text) == 1


def test_half_of_the_other_words_are_enough_for_a_rewrite():
    task = copy.copy(tasks("framing")["3.5"])
    for kept, problem in ((0.5, ""), (0.49, task.say("gone"))):
        task._kept = lambda *_, kept=kept: kept
        assert task.examine(task.rewrites[0], PLAIN).problem == problem


def test_words_about_a_rewrite_name_what_is_wrong():
    task = tasks("framing")["3.5"]

    def said(text):
        return task.check({"w1": text}).message.partition(" Sentence 2: ")[0]

    assert said(PLAIN) == "Sentence 1: loaded places that are plain: 2 of 2; all facts are there and nothing is new."
    assert (
        said(PLAIN.replace("fourth", "latest"))
        == "Sentence 1: loaded places that are plain: 2 of 2; a number is lost (4)."
    )
    many = PLAIN.replace("fourth", "third or fifth").replace("Trump", "Biden of Ohio").replace("begins", "never begins")
    told = ["loaded places that are plain: 2 of 2", "a number is lost (4)", "a name is lost (Trump)"]
    told += ["a word that denies is lost or new", "new in it: “Biden”, “Ohio”, “3”"]
    assert said(many) == f"Sentence 1: {'; '.join(told)}."
    assert task.check({"w2": PLAIN}).message.startswith("Sentence 1: it is empty. Sentence 2: ")


# 3.3, in words: 6 one-sided, 2 hedges, 4 intensifiers, 1 factive, 1 assertive. F1 is 2 hits / (2 hits + false + missed).
FREE = "Trump suggests"
WORDS = [
    (M, {}, [], 1, ()),
    (M, {"seems": None}, [], (4 + 2 / 3) / 5, ()),
    (M, {"seems": "factive"}, [], (3 + 2 / 3 + 2 / 3) / 5, ("F-H",)),
    (M, {"seems": "one-sided term"}, [], (3 + 2 / 3 + 12 / 13) / 5, ("F-G",)),
    (M, {"just keeps": None}, [], (4 + 4 / 6) / 5, ()),
    # A word that nobody marked; of a class that is asked nowhere, a fifth for each class.
    (M, {}, [("Trump", "hedge")], (4 + 4 / 5) / 5, ()),
    (M, {}, [("Trump", "implicative")], (12 / 12.2 + 4 / 4.2 + 8 / 8.2 + 2 * 2 / 2.2) / 5, ()),
    # Two classes for one word: the better one counts, the other one is false.
    (M, {}, [("seems", "factive")], (4 + 2 / 3) / 5, ()),
]


def test_half_a_credit_is_no_misconception():
    """Half as many coders as behind the first class: hit .5, missed .5, false .5, so F1 is 1 / 2."""
    task = copy.copy(tasks("framing")["3.3"])
    word = task.words[0]
    task.words = [
        SimpleNamespace(span=word.span, words=word.words, cls="hedge", classes={"hedge": 0.6, "factive": 0.3})
    ]
    result = task.check([[*word.span, "factive"]])
    assert (result.score, result.codes, result.details["marks"]["ok"]) == (pytest.approx(0.5), (), [[*word.span]])
    assert earns("framing", M, "3.3", spans(M, "defiant", label="hedge"), 0)


@pytest.mark.parametrize(("case", "changed", "more", "score", "codes"), WORDS)
def test_classes_of_words_by_hand(case, changed, more, score, codes):
    task = tasks("framing", case)["3.3"]
    given = {word.words: word.cls for word in task.words} | changed
    marks = [[*word.span, given[word.words]] for word in task.words if given[word.words]]
    places = {word.words: [*word.span] for word in task.words} | {"Trump": [at := spans(case, FREE)[0][0], at + 5]}
    result = task.check([*marks, *([*places[words], label] for words, label in more)])
    assert (result.score, result.codes) == (pytest.approx(score, abs=1e-6), codes)


def test_the_share_of_coders_behind_a_class_is_its_credit():
    """Three of four say one-sided, one says intensifier: a third of a hit, two thirds missed and false."""
    task = tasks("framing", A)["3.3"]
    word = next(word for word in task.words if word.words == "crumbling")
    right = [mark for mark in task.answer() if mark[:2] != [*word.span]]
    sizes = Counter()
    for one in task.words:
        sizes[one.cls] += len(task.index.covered(one.span))
    side, force, rest = sizes["one-sided term"], sizes["subjective intensifier"], len(sizes) - 2
    hit = side - 1 + 1 / 3
    wanted = (rest + 2 * hit / (2 * hit + 2 / 3) + 2 * force / (2 * force + 2 / 3)) / len(sizes)
    result = task.check([*right, [*word.span, "subjective intensifier"]])
    assert (result.score, result.codes) == (pytest.approx(wanted, abs=1e-6), ("F-H",))
    assert result.details["marks"]["class"] == [[*word.span]]
