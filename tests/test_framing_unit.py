"""Unit 3: soft credit both ways, the lab and its partner's file, rewrites that keep or lose facts, no stance."""

import json
import re

import pytest
from pages import ask
from some import some

import medialit
from medialit.errors import MedialitError
from medialit.progress import Progress
from medialit.scoring.reliability import compare, why
from medialit.units.framing.coding_file import coding_file
from medialit.units.framing.rewrite import negations_in, numbers_in
from medialit.widgets.lab import LabPage

CASES = ("missile-tests", "averstow-pool")


@pytest.fixture
def unit():
    return medialit.open_unit("framing", progress=Progress())


@pytest.fixture(params=CASES)
def either(request):
    return medialit.open_unit("framing", case=request.param, progress=Progress())


def short_answer(unit):
    answer = unit.tasks["3.1"].answer()
    return {name: cells for name, cells in answer.items() if name[0] in "rc"}


def test_only_3_1_has_a_short_form_and_keeps_what_was_saved(unit):
    unit.submit("3.1", unit.tasks["3.1"].answer())
    assert unit.task("3.1", short=True).form.value == unit.tasks["3.1"].answer()
    with pytest.raises(MedialitError, match=r"Task 3\.2 has no short form"):
        unit.task("3.2", short=True)


def test_the_short_form_shows_nine_items_and_hands_in_to_the_same_task(either):
    widget = either.task("3.1")
    assert widget.block.spec["form"]["short"]["few"] == "In class: 9 questions only"
    assert widget.block.spec["form"]["short"]["rows"] == list(short_answer(either))
    # The short form shows nine items and hands in to the same task.
    widget = either.task("3.1", short=True)
    assert [row.key for row in widget.task.form.rows] == "r1 r2 r3 r4 r5 c1 c2 c3 c4".split()
    assert "In class" not in widget.text_form()
    assert widget.answer(short_answer(either)).score == 1
    assert "9 of 9 questions" in str(either.submit("3.1", short_answer(either)))
    # Come back: the short form, and the long one, find the answer again.
    assert either.task("3.1", short=True).form.value == short_answer(either)
    assert either.task("3.1").form.value == short_answer(either)


def test_any_evidence_of_the_panel_counts(either):
    gold, task = either.case.framing, either.tasks["3.1"]
    for number in some(gold.evidence("r1")):
        answer = task.answer() | {"r1": {"answer": "yes", "evidence": f"S{number}"}}
        assert task.check(answer).score == 1


def test_one_answer_everywhere_is_not_yet(either):
    task = either.tasks["3.1"]
    result = task.check({item.id: {"answer": "no"} for item in task.items})
    assert str(result.outcome) == "not yet"
    task = either.tasks["3.2"]
    every = [option.key for option in task.form.fields[0].options]
    assert str(task.check({key: {"paragraphs": every} for key in task.answer()}).outcome) == "not yet"


def test_what_few_coders_chose_costs_nothing_either_way(either):
    task = either.tasks["3.2"]
    for function in some(task.answer()):
        most, open_to_both = task.asked(function)
        assert most
        assert not most & open_to_both
        answer = task.answer()
        answer[function] = {"paragraphs": sorted(most | open_to_both)}
        assert task.check(answer).score == 1


def test_marks_of_loaded_words(unit):
    task = unit.tasks["3.3"]
    phrase = next(mark for mark in task.answer() if mark[:2] == list(unit.span("rogue nation")))
    answer = [mark for mark in task.answer() if mark != phrase] + [[*unit.span("rogue"), "one-sided term"]]
    assert task.check(answer).score == 1
    # A word that half of the coders marked is neither right nor wrong.
    task = unit.tasks["3.3"]
    result = task.check([*task.answer(), [*unit.span("shown"), "factive"]])
    assert result.score == 1
    assert "not counted: 1" in result.message
    # Marks outside of the stretches do not count.
    task = unit.tasks["3.3"]
    outside = [*unit.span("defiant"), "one-sided term"]
    assert task.check([*task.answer(), outside]).score == 1
    assert "None of your marks is in a sentence" in task.check([outside]).message


@pytest.mark.parametrize("label", ["hedge", "one-sided term", "assertive"])
def test_marking_every_word_gains_nothing(either, label):
    task = either.tasks["3.3"]
    assert task.check([[*word, label] for word in either.case.article.words()]).score < 0.15


def test_the_pair_that_agrees_by_luck_has_alpha_near_zero_with_its_interval(either):
    first, second = either.coding("rare-1"), either.coding("rare-2")
    same = sum(first[name] == second[name] for name in first)
    found = compare(first, second)
    assert same / len(first) == 0.9
    assert abs(found.value) < 0.05
    assert found.low < 0 < found.high
    assert "no more than chance gives" in why(first, second)
    # Only what both have answered counts: of these four answers three are “no”, whatever else one of them has.
    some_ = {"a": "no", "b": "yes"}
    assert why(some_, {"a": "no", "b": "no", "c": "yes", "d": "yes"}).startswith("3 of the 4 answers are “no”.")
    assert "no more than chance" not in why(either.coding("even-1"), either.coding("even-2"))
    assert "no more than chance gives" in either.pair("rare").text


def test_the_lab_shows_why_or_says_that_alpha_is_undefined(unit):
    lab = unit.task("3.4").form
    assert isinstance(lab, LabPage)
    pair = {"first": unit.coding("rare-1"), "second": unit.coding("rare-2")}
    assert "beyond chance = 1" in lab.asked("work", pair)
    assert "no more than chance gives" in lab.asked("work", pair)
    assert "18 of 20 items the same" in lab.asked("compare", pair)
    # Only one answer everywhere leaves alpha undefined.
    first, second = unit.coding("constant-1"), unit.coding("constant-2")
    assert "cannot be computed" in unit.pair("constant").text
    answer = {"first": first, "second": second, "band": "undefined", "reading": "none"}
    assert unit.submit("3.4", answer).score == 1
    unit.submit("3.4", unit.tasks["3.4"].answer())
    answer = unit.task("3.4").block.state["answer"]
    assert [answer[side] for side in ("first", "second")] == [
        unit.tasks["3.4"].codings()[f"frames-coder-{n}"] for n in (1, 2)
    ]


def test_what_the_coders_answered_opens_after_one_has_coded(either):
    coder = either.case.framing.coders[0]
    with pytest.raises(MedialitError, match=r"opens when you have checked 3\.1"):
        either.coding(coder)
    assert either.coding("rare-1"), "nobody's answers are in a made-up pair"
    either.submit("3.1", {either.tasks["3.1"].form.rows[0].key: {"answer": "no"}})
    assert either.coding(coder) == either.tasks["3.4"].codings()[coder]


def test_my_own_coding_and_a_partners_file_come_into_the_lab(either, tmp_path):
    with pytest.raises(MedialitError, match=r"Do 3\.1 first"):
        either.coding("mine")
    assert "not coded yet" in either.save_coding().text
    either.submit("3.1", either.tasks["3.1"].answer())
    assert "Save my coding" in either.save_coding().html
    mine = either.coding("mine")
    assert len(mine) == 20
    file = tmp_path / "coding.json"
    file.write_text(coding_file(mine, either.case.name, 2), encoding="utf-8")
    assert either.coding(file) == mine
    assert either.task("3.4").form.spec()["codings"]["mine"][0] == "My own coding of 3.1"
    other = next(name for name in CASES if name != either.case.name)
    file.write_text(coding_file(mine, other, 2), encoding="utf-8")
    with pytest.raises(MedialitError, match="codes the story"):
        either.coding(file)
    with pytest.raises(MedialitError, match="There is no coding"):
        either.coding("nobody")


def test_a_coding_that_was_just_made_comes_into_an_open_lab_and_not_to_a_partner(unit):
    lab = unit.task("3.4")
    assert "mine" not in lab.blocks[0]["form"]["codings"]
    unit.submit("3.1", short_answer(unit))
    title, mine = lab.block.state["offer"]["codings"]["mine"]
    assert title == "My own coding of 3.1"
    assert "9 of 9 items the same" in ask(lab, "compare", first=unit.coding("frames-coder-2"), second=mine)
    unit.submit("3.1", short_answer(unit))
    assert "11 of yours are not coded yet" in unit.save_coding().text


def test_a_partners_file_by_click_is_named_when_it_does_not_fit(unit):
    lab = unit.task("3.4")
    for content, says in (
        ("\ufffd", "not a coding file"),
        (json.dumps({"medialit": "coding", "case": "x", "codebook": 1, "items": {}}), "codes the story"),
        (coding_file({"r1": "yes"}, "missile-tests", 2), "leaves out 19 of 20 items"),
    ):
        assert says in ask(lab, "read", text=content)["said"]
    coding = unit.tasks["3.4"].codings()["frames-coder-3"]
    told = ask(lab, "read", text=coding_file(coding, "missile-tests", 2))
    assert "in both lists now" in told["said"]
    assert told["coding"] == coding


def test_every_plain_choice_passes_and_every_loaded_one_falls_short(either):
    task = either.tasks["3.5"]
    for entry in some(task.rewrites):
        plain = task.original(entry)
        for slot in entry.slots:
            plain = plain.replace(slot.words, slot.plain[0])
        for slot in some(entry.slots):
            for words in some(slot.plain):
                assert task.examine(entry, plain.replace(slot.plain[0], words)).score == pytest.approx(1), words
            for words in some(slot.loaded):
                found = task.examine(entry, plain.replace(slot.plain[0], words, 1))
                assert found.score <= 0.8 + 1e-9, words
                assert found.new


def model(task, name):
    return next(entry for entry in task.rewrites if entry.id == name)


def test_a_negation_that_is_flipped_is_named(either):
    task = either.tasks["3.5"]
    entry = model(task, "w2")
    for old, new in (("is unlikely", "is likely"), ("without giving", "by giving")):
        if old in entry.model:
            assert task.examine(entry, entry.model.replace(old, new)).negation is False
    first = model(task, "w1")
    assert task.examine(first, first.model.replace(",", ", it is not denied,", 1)).negation is False


@pytest.mark.parametrize("text", ["", "   ", "Nothing happened.", "The launch of 4 by Trump."])
def test_an_empty_or_another_sentence_earns_nothing(unit, text):
    task = unit.tasks["3.5"]
    found = task.examine(model(task, "w1"), text)
    assert found.score == 0
    assert found.problem


def test_copies_and_loaded_words_are_seen_in_any_form(unit):
    task = unit.tasks["3.5"]
    entry = model(task, "w2")
    copy = task.original(entry).upper().replace(" ", "  ")
    assert "word for word" in task.examine(entry, copy).problem
    # Another form of the loaded word is still the loaded word.
    task = unit.tasks["3.5"]
    entry = model(task, "w2")
    text = entry.model.replace("limited military actions", "a limited provocation")
    assert task.examine(entry, text).removed == 2


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("the fourth of 38,000", ["4", "38000"]), ("three and 3", ["3", "3"]), ("nobody", []), ("4th", ["4"])],
)
def test_numbers_are_read_in_digits_and_words(text, numbers):
    assert sorted(numbers_in(text).elements()) == sorted(numbers)


def test_words_that_deny_are_counted():
    assert (negations_in("It isn’t so, and can't be without no reason."), negations_in("It is so.")) == (4, 0)


def test_every_picture_has_words_and_a_table(either):
    before = (either.my_map(), either.my_frames())
    assert all("first. Then you see" in view.text for view in before)
    for task in ("3.1", "3.2"):
        either.submit(task, either.tasks[task].answer())
    for view in (either.my_map(), either.my_frames(), either.cues()):
        assert '<svg role="img" aria-label="' in view.html
        assert "<table" in view.html
        assert "<caption" in view.html
    assert "Yours (framed)" in either.my_map().text


def test_before_an_answer_no_view_gives_the_panels_coding_away(unit):
    shown = "".join(str(view) for view in (unit.my_map(), unit.my_frames(), unit.codebook(), unit.panel(), unit.cues()))
    assert unit.say("percent") not in shown
    # The measured figures are those of the file.
    import yaml

    from medialit.files import data_path

    data = yaml.safe_load(data_path("lexicons", "measured.yaml").read_text(encoding="utf-8"))
    text = unit.lists().text
    assert all(value in text for row in data["rows"] for value in row.values())
    # In plain words first; the measures and their names are for those who open them.
    ours, afinn = data["rows"][1], data["rows"][3]
    plain = text.splitlines()[0]
    for figure in (ours["Precision"][2:], ours["Recall"][2:], afinn["Precision"][2:], afinn["Recall"][2:]):
        assert figure in plain
    assert ours["Precision"][2:] in open_lesson()
    shown = [unit.lists(), unit.caught(), unit.pair("even"), unit.pair("rare")]
    shown += [
        medialit.open_unit("quotes").compare(["marks"], ["marks", "said"]),
        medialit.open_unit("sources").words(),
        medialit.open_unit("sources").voices(),
    ]
    shown += [medialit.open_unit("claims").worth(), medialit.open_unit("welcome").everything()]
    for view in shown:
        html = re.sub(r"<details.*?</details>", "", view.html, flags=re.DOTALL)
        assert not re.search(
            r"[Mm]acro|VADER|AFINN|[Aa]lpha|factive|implicative|[Pp]recision|[Rr]ecall|F1|[Ll]og-odds|>z<|\bS\d+\b",
            html,
        )


def open_lesson():
    from medialit.files import course_path

    return course_path("03-framing", "lesson.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "call",
    [
        lambda unit: unit.codebook("weather"),
        lambda unit: unit.meanings("weather"),
        lambda unit: unit.pair("weather"),
    ],
)
def test_what_does_not_exist_is_named(unit, call):
    with pytest.raises(MedialitError, match=r"There (is|are) no .*weather.*: "):
        call(unit)


def test_no_learner_is_told_a_stance(either):
    """Nothing in the unit's words or records speaks of a side, a party or a leaning of the learner."""
    for task in some(either.tasks.values()):
        result = task.check(task.answer())
        said = f"{result} {json.dumps(result.details)} {task.prompt} {task.solution_text()}".lower()
        assert not re.search(r"left-wing|right-wing|partisan|liberal|conservative|your (stance|bias|side)", said)
