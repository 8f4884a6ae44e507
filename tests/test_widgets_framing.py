"""The widgets of the framing unit hold the same plain answers that the code door takes."""

import pytest

from medialit.article import Article
from medialit.errors import MedialitError
from medialit.exercises.reliability import BANDS, LINES, READINGS, coding_file, read_coding
from medialit.forms import (
    Field,
    LabForm,
    Option,
    RewriteForm,
    RewriteSentence,
    RewriteSlot,
    SpanForm,
    TableForm,
)
from medialit.scoring.reliability import fault_in_lines
from medialit.widgets.forms import form_widget

ITEMS = (Option("c1", "disagreement"), Option("c2", "blame"))
LAB = LabForm(ITEMS, (Option("one", "Coder 1"), Option("two", "Coder 2")), BANDS, READINGS, LINES)
ONE, TWO = {"c1": "yes", "c2": "no"}, {"c1": "no", "c2": "no"}


def lab():
    widget = form_widget(LAB)
    widget.offer(
        {"one": ("Coder 1", ONE), "two": ("Coder 2", TWO)}, lambda text: read_coding(text, "x", 1, ["c1", "c2"])
    )
    return widget


def test_several_options_of_a_field_are_a_list():
    form = TableForm((Option("r", "row"),), (Field("p", "P", (Option("1", "one"), Option("2", "two")), several=True),))
    widget = form_widget(form)
    assert widget.value == {}
    widget.set({"r": {"p": ["2"]}})
    assert widget.value == {"r": {"p": ["2"]}}
    widget.set({"r": {"p": ["1", "2"]}})
    assert widget.value == {"r": {"p": ["1", "2"]}}, "a saved answer with several ticks comes back whole"
    assert form.problem({"r": {"p": ["3"]}}).startswith("Row “r”, field “p”")
    assert "needs a list" in form.problem({"r": {"p": "2"}})


def test_marks_with_labels_keep_them():
    form = SpanForm(((1,),), (Option("hedge", "hedge"), Option("factive", "factive")), Article("They may come today."))
    widget = form_widget(form)
    widget.set([[5, 8, "hedge"]])
    assert widget.value == [[5, 8, "hedge"]]
    assert "label" in form.problem([[5, 8]])
    assert "Labels: hedge, factive" in form.problem([[5, 8, "verb"]])


def test_a_choice_puts_its_words_into_the_sentence():
    slot = RewriteSlot("the regime", (Option("the government", "the government"), Option("the tyrants", "the tyrants")))
    widget = form_widget(RewriteForm((RewriteSentence("w1", "Then the regime spoke.", (slot,)),)))
    assert widget.value == {}
    widget._slots["w1"][0].value = "the government"
    assert widget.value == {"w1": "Then the government spoke."}
    widget.set({"w1": "Then the tyrants spoke."})
    assert widget._slots["w1"][0].value == "the tyrants"
    widget.set(None)
    assert widget.value == {}


def test_the_lab_hands_in_both_codings():
    widget = lab()
    answer = {"first": ONE, "second": TWO, "alpha": 0.0, "band": "low", "reading": "crosses"}
    widget.set(answer)
    assert widget.value == answer
    assert "1 of 2 items the same" in widget._table.value


def test_the_lab_keeps_a_saved_coding_that_it_does_not_know():
    widget = lab()
    widget.set({"first": {"c1": "no", "c2": "yes"}, "second": TWO})
    assert widget.value["first"] == {"c1": "no", "c2": "yes"}


def test_the_lab_says_that_one_coder_is_not_enough():
    widget = lab()
    widget._work()
    assert "Alpha compares two coders" in widget._steps.value


def test_lines_in_a_wrong_order_name_what_is_missing():
    order = [line.key for line in LINES]
    assert fault_in_lines(order) is None
    assert "uses “counts”" in fault_in_lines(["units", "chance", "counts", "differ", "alpha"])
    assert "Some lines are missing" in fault_in_lines(["units"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no json", "not a coding file"),
        ("[1]", "not a coding file"),
        (coding_file(ONE, "other", 1), "codes the story “other”"),
        (coding_file(ONE, "x", 2), "version 2 of the codebook"),
        (coding_file({"c1": "yes"}, "x", 1), "leaves out 1 of 2 items, first c2"),
        (coding_file({"c1": "yes", "c2": "perhaps"}, "x", 1), "label “perhaps”"),
        (coding_file(ONE | {"z9": "no"}, "x", 1), "an item “z9”"),
        ("x" * 200_000, "too large"),
    ],
)
def test_a_partners_file_that_does_not_fit_is_named(text, says):
    with pytest.raises(MedialitError, match=says):
        read_coding(text, "x", 1, ["c1", "c2"])


def test_a_partners_file_comes_back_as_it_was_saved():
    assert read_coding(coding_file(ONE, "x", 1), "x", 1, ["c1", "c2"]) == ONE
