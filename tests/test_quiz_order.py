"""Options are shuffled for each learner, always the same way; an answer is an option, wherever it was on the page."""

import re
from collections import Counter

import pytest
from pages import press
from some import some

import medialit
from medialit.exercises.records import Outcome
from medialit.progress import Progress
from medialit.units.registry import UNITS


def unit(progress=None, name="quotes"):
    return medialit.open_unit(name, progress=progress or Progress())


def drawn(widget):
    """The keys of each question's options in the order of the page."""
    return {
        name: [option["key"] for option in box.spec["form"]["options"]]
        for name, box in widget.boxes.items()
        if box.spec["form"]["kind"] == "choice"
    }


def test_learners_see_different_orders_and_each_the_same_one_again(tmp_path):
    seen = Counter()
    for number in range(40):
        progress = Progress(tmp_path / f"{number}.jsonl")
        unit(progress).quiz().answer("q7", 0)  # from now on the file has its pseudonym
        order = drawn(unit(progress).quiz())
        assert order == drawn(unit(Progress(tmp_path / f"{number}.jsonl")).quiz())
        assert set(order) >= {"q1", "q2", "q3", "q4", "q5", "q8"}
        seen[tuple(order["q1"])] += 1
    assert len(seen) >= 5
    assert max(seen.values()) <= 20


def test_no_key_has_a_place_of_its_own():
    """Over many learners each place of the page holds the key equally often."""
    questions = [q for plan in UNITS for q in unit(name=plan.name).questions.questions if q.type == "one"]
    assert len(questions) >= 35
    places = Counter()
    for question in questions:
        for learner in range(60):
            order = question.shuffled(f"{learner}/x")
            assert sorted(order) == sorted(option.id for option in question.options)
            places[order.index(question.key) / (len(order) - 1)] += 1
    ends = places[0.0], places[1.0]
    assert max(ends) / min(ends) < 1.25


@pytest.mark.parametrize("door", ["click", "code"])
def test_the_key_counts_wherever_it_is(door):
    for _ in range(5):
        widget = unit().quiz()
        for name in some(drawn(widget)):
            key = widget.quiz[name].key
            if door == "code":
                assert widget.answer(name, key).outcome is Outcome.PASSED
            else:
                press(widget, "check", name, answer=key)
                assert widget.boxes[name].outcome is Outcome.PASSED


def test_an_attempt_keeps_the_order_and_the_page_keeps_to_it(tmp_path):
    progress = Progress(tmp_path / "p.jsonl")
    widget = unit(progress).quiz()
    order = drawn(widget)["q1"]
    press(widget, "check", "q1", answer="a")
    saved = progress.entries("attempt")[-1]
    assert (saved.answer, saved.shown.split()) == ("a", order)
    # Work that comes back on another computer, under another pseudonym, looks as it did.
    elsewhere = Progress(tmp_path / "other.jsonl")
    for seed in range(10):
        elsewhere = Progress(tmp_path / f"other{seed}.jsonl")
        unit(elsewhere).quiz().answer("q7", 1)
        if drawn(unit(elsewhere).quiz())["q1"] != order:
            break
    assert drawn(unit(elsewhere).quiz())["q1"] != order
    elsewhere.restore(progress.as_bytes())
    assert drawn(unit(elsewhere).quiz())["q1"] == order


LETTER = re.compile(r"(?<![\w’'])[b-hj-z](?![\w’'])|\b(?:[Cc]hoice|[Oo]ption|[Ll]etter) a\b")


def test_no_letter_is_on_a_learners_page(tmp_path):
    """Feedback and solution name an option by its words: its letter is nowhere on the page."""
    asked = Counter()
    for plan in some(UNITS):
        for question in plan.quiz.questions:
            options = [option.key for option in getattr(question.form, "options", ())]
            if not options:
                continue
            several = question.type != "one"
            answers = [options, options[::-1], *([[key] for key in options] if several else options)]
            said = [question.check(answer) for answer in answers if several or isinstance(answer, str)]
            for words in [question.in_words, *(f"{one.message} {one.next_step}" for one in said)]:
                asked[question.type] += 1
                assert not LETTER.search(words), (plan.name, question.id, words)
            box = unit(Progress(), plan.name).quiz(question.id).boxes[question.id]
            assert not LETTER.search(re.sub(r"<[^>]+>", " ", box.solution_html())), (plan.name, question.id)
            assert question.on_paper.startswith("**"), "paper and code keep the letters"
            # Who answers by code finds each letter with what it means.
            keys = unit(Progress(), plan.name).rows(question.id)
            assert all(f"{option.text}" in keys.text for option in question.form.options)
    assert min(asked[kind] for kind in ("one", "several", "order")) > 3


def test_a_letter_stays_with_its_option_in_the_text_form():
    widget = unit().quiz()
    text, question = widget.text_form(), widget.quiz["q1"]
    places = [text.index(f"{option.id}) {option.text}") for option in question.options]
    assert places == sorted(places)


def test_a_look_back_shows_the_same_order_as_its_unit(tmp_path):
    progress = Progress(tmp_path / "p.jsonl")
    unit(progress).quiz().answer("q7", 1)
    again = unit(progress, "claims").look_back("quotes-q1", "quotes-q2")
    shown = drawn(again)
    assert shown
    for name, order in shown.items():
        assert order == drawn(unit(progress).quiz())[name.removeprefix("quotes-")]


def test_every_question_can_be_shown_after_a_try_and_disagreed_with(tmp_path):
    for plan in some(UNITS):
        progress = Progress(tmp_path / f"{plan.name}.jsonl")
        widget = unit(progress, plan.name).quiz()
        for name, box in some(widget.boxes.items()):
            assert {button["act"] for button in box.spec["buttons"]} == {"check", "hint", "show", "contest"}
            press(widget, "show", name)
            assert "after your first attempt" in box.state["solution"]
            first = [option.key for option in getattr(box.item.form, "options", ())]
            widget.answer(name, {"number": 17, "text": "hm", "order": first, "several": ["a"]}.get(box.item.type, "a"))
            press(widget, "show", name)
            assert "The answer." in box.state["solution"], (plan.name, name)
            press(widget, "contest", name, text="The other one fits as well.")
            assert progress.entries("contest")[-1].task == name


def test_a_look_back_can_be_disagreed_with(tmp_path):
    progress = Progress(tmp_path / "p.jsonl")
    widget = unit(progress, "claims").look_back("quotes-q1", "quotes-q2")
    press(widget, "contest", "quotes-q1", text="I read it another way.")
    entry = progress.entries("contest")[-1]
    assert (entry.unit, entry.task, entry.text) == ("quotes", "q1", "I read it another way.")
