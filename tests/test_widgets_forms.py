"""The form widgets: what is clicked is the plain record that code would hand in."""

from __future__ import annotations

import json
import re

import ipywidgets as w
import pytest

import medialit
from medialit.article import Article
from medialit.errors import MedialitError
from medialit.exercises.registry import UNITS
from medialit.forms import (
    ChoiceForm,
    Field,
    MatrixForm,
    NumberForm,
    Option,
    OrderForm,
    SpanForm,
    TableForm,
    TextForm,
)
from medialit.progress import Progress
from medialit.widgets.form import FormWidget, parsed
from medialit.widgets.forms import form_widget
from medialit.widgets.look import tools
from medialit.widgets.markup import to_html, to_text
from medialit.widgets.spans import SpanWidget
from medialit.widgets.words import spoken_words

ABC = (Option("a", "First"), Option("b", "Second"), Option("c", "Third"))
TABLE = TableForm(
    (Option("r1", "Row one"), Option("r2", "Row two")),
    (Field("who", "Who?", ABC), Field("n", "How many?"), Field("why", "Because", ABC, long=True)),
)
ARTICLE = Article("A Heading\nMs. Gray said “we won’t go” today. Nobody asked.\nThe U.S. reply: Japan’s plan.\n")
SPANS = SpanForm(((1, 2, 3), (4,)), article=ARTICLE)
MATRIX = MatrixForm(
    (Option("r1", "Row <one>"), Option("r2", "Row two")),
    (Field("s1", "Paper 2024-03-18", ABC), Field("s2", "Radio", ABC)),
)
FORMS = {
    "one": (ChoiceForm(ABC), "b", None),
    "several": (ChoiceForm(ABC, several=True), ["a", "c"], []),
    "number": (NumberForm("words"), 7, None),
    "text": (TextForm(), "the writer", ""),
    "long text": (TextForm(lines=4), "two\nlines", ""),
    "order": (OrderForm(ABC), ["c", "a", "b"], ["a", "b", "c"]),
    "optional order": (OrderForm(ABC, optional=True), ["c", "a"], []),
    "table": (TABLE, {"r1": {"who": "a", "n": 2.5}, "r2": {"why": "c"}}, {}),
    "matrix": (MATRIX, {"r1": {"s1": "a"}, "r2": {"s1": "b", "s2": "c"}}, {}),
    "spans": (SPANS, [[10, 18], [24, 35]], []),
}


def everything(widget):
    """The widget and all that it holds."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from everything(child)


def named(widget, text):
    return next(x for x in everything(widget) if isinstance(x, w.Button) and x.description == text)


def labelled(widget, text):
    return next(x for x in everything(widget) if getattr(x, "description", "").startswith(text))


def state(widget):
    """All that the browser is sent."""
    sent = [x.get_state() for x in everything(widget)]
    return json.dumps([{k: v for k, v in one.items() if k != "children"} for one in sent], default=str)


def overwritten(widget):
    """Names of ipywidgets that a widget of ours hides by accident; such a name once stopped every message."""
    own = {key for cls in type(widget).__mro__[: type(widget).__mro__.index(w.VBox)] for key in vars(cls)}
    fresh = (own | set(vars(widget))) - set(vars(w.VBox())) - set(vars(w.VBox))
    return {key for key in fresh & set(dir(w.VBox())) if not key.startswith("__")} - {
        "_static_immutable_initial_values"
    }


@pytest.mark.parametrize("name", FORMS)
def test_value_goes_in_and_comes_out(name):
    form, answer, blank = FORMS[name]
    widget = form_widget(form)
    seen = []
    widget.on_change(lambda changed: seen.append(changed.value))
    assert widget.value == blank
    widget.set(answer)
    assert widget.value == answer
    assert seen == [answer]
    widget.set(None)
    assert widget.value == blank
    assert seen == [answer, blank]


@pytest.mark.parametrize("name", FORMS)
def test_an_answer_that_does_not_fit_is_refused_and_changes_nothing(name):
    form, answer, _ = FORMS[name]
    widget = form_widget(form)
    widget.set(answer)
    wrong = [{"r1": {"who": "z"}}, ["z"], [[5, 10_000]], "zz", 3, object()]
    if name == "number":
        wrong.remove(3)
    for bad in [x for x in wrong if not (isinstance(x, str) and "text" in name)]:
        with pytest.raises(MedialitError) as caught:
            widget.set(bad)
        assert str(caught.value).endswith((".", "…"))
        assert widget.value == answer


@pytest.mark.parametrize("name", FORMS)
def test_every_control_has_a_name(name):
    for control in everything(form_widget(FORMS[name][0])):
        if isinstance(control, w.Button | w.ValueWidget) and not isinstance(control, w.HTML):
            assert control.description.strip(), type(control)


@pytest.mark.parametrize("name", FORMS)
def test_nothing_of_ipywidgets_is_overwritten(name):
    assert not overwritten(form_widget(FORMS[name][0]))


def test_clicks_on_choices():
    widget = form_widget(ChoiceForm(ABC))
    labelled(widget, "Your answer").value = "c"
    assert widget.value == "c"
    widget = form_widget(ChoiceForm(ABC, several=True))
    labelled(widget, "c)").value = True
    labelled(widget, "a)").value = True
    assert widget.value == ["a", "c"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("", None), (" 7 ", 7), ("7.50", 7.5), ("7,5", 7.5), ("1,500", 1500), ("−3", -3), ("65 %", 65),
        ("two", "two"), ("nan", "nan"), ("1e999", "1e999"), ("%", "%"),
    ],
)  # fmt: skip
def test_numbers_as_people_type_them(typed, number):
    assert parsed(typed) == number
    assert type(parsed(typed)) is type(number)


def test_a_cell_of_a_matrix_is_named_by_row_and_column():
    cells = [x for x in everything(form_widget(MATRIX)) if isinstance(x, w.Dropdown)]
    assert len(cells) == 4
    names = [re.sub("<[^>]+>", "", cell.description) for cell in cells]
    assert names == [
        "Paper 2024-03-18: Row &lt;one&gt;",
        "Radio: Row &lt;one&gt;",
        "Paper 2024-03-18: Row two",
        "Radio: Row two",
    ]
    assert all(cell.description_allow_html for cell in cells)


def test_a_cell_of_a_matrix_shows_its_label_by_one_tint_at_a_time():
    widget = form_widget(MATRIX)
    cell = next(x for x in everything(widget) if isinstance(x, w.Dropdown))
    for value, tint in (("a", "medialit-tint-0"), ("c", "medialit-tint-2")):
        cell.value = value
        assert [name for name in cell._dom_classes if "tint" in name] == [tint]
    widget.set(None)
    assert not [name for name in cell._dom_classes if "tint" in name]


def test_order_moves_the_picked_item_and_stays_on_it():
    widget = form_widget(OrderForm(ABC))
    pick = labelled(widget, "Your order")
    pick.value = "c"
    named(widget, "Up").click()
    named(widget, "Up").click()
    assert widget.value == ["c", "a", "b"]
    assert pick.value == "c"
    named(widget, "Up").click()
    assert widget.value == ["c", "a", "b"]
    assert "already first" in widget.children[-1].value
    named(widget, "Down").click()
    assert widget.value == ["a", "c", "b"]
    assert "number 2 of 3" in widget.children[-1].value


def test_optional_order_puts_in_and_leaves_out():
    widget = form_widget(OrderForm(ABC, optional=True))
    pick = labelled(widget, "Your order")
    named(widget, "Up").click()
    assert "left out" in widget.children[-1].value
    for key in "ba":
        pick.value = key
        named(widget, "Put in").click()
        named(widget, "Put in").click()
    assert widget.value == ["b", "a"]
    assert pick.options[2][0].startswith("(left out)")
    pick.value = "b"
    named(widget, "Leave out").click()
    assert widget.value == ["a"]


def test_table_by_drop_down_lists():
    widget = form_widget(TABLE)
    boxes = [x for x in everything(widget) if isinstance(x, w.Dropdown)]
    boxes[1].value = "b"
    assert widget.value == {"r2": {"who": "b"}}
    boxes[1].value = boxes[1].options[0][1]
    assert widget.value == {}


def test_words_are_whole_and_without_marks():
    sentence = ARTICLE.sentences[1]
    words = [ARTICLE[word] for word in spoken_words(ARTICLE, sentence.span)]
    assert words == ["Ms.", "Gray", "said", "we", "won’t", "go", "today"]
    last = [ARTICLE[word] for word in spoken_words(ARTICLE, ARTICLE.sentences[3].span)]
    assert last == ["The", "U.S.", "reply", "Japan’s", "plan"]


def test_spans_add_change_remove():
    widget = SpanWidget(SPANS)
    sentence, first, last = (labelled(widget, x) for x in ("Sentence", "First word", "Last word"))
    marks = labelled(widget, "Your marks")
    sentence.value = 2
    first.value = 3
    assert last.value == 3  # the end follows the start
    last.value = 5
    named(widget, "Add").click()
    assert [ARTICLE[span] for span in widget.value] == ["we won’t go"]
    named(widget, "Add").click()
    assert len(widget.value) == 1
    assert "already" in widget.children[-1].value
    labelled(widget, "Part").value = 1
    assert [value for _, value in sentence.options] == [4]
    named(widget, "Add").click()
    assert marks.description == "Your marks (2)"
    assert [label for label, _ in labelled(widget, "Part").options] == [
        "Part 1 of 2 (1 marked)",
        "Part 2 of 2 (1 marked)",
    ]
    marks.value = 0
    assert (labelled(widget, "Part").value, sentence.value, first.value, last.value) == (0, 2, 3, 5)
    last.value = 4
    named(widget, "Change").click()
    assert ARTICLE[widget.value[0]] == "we won’t"
    named(widget, "Remove").click()
    assert [ARTICLE[span] for span in widget.value] == ["The"]
    named(widget, "Remove").click()
    assert "Pick one" in widget.children[-1].value
    assert len(widget.value) == 1


def test_spans_refuse_a_last_word_before_the_first():
    widget = SpanWidget(SPANS)
    labelled(widget, "Sentence").value = 2
    labelled(widget, "First word").value = 3
    labelled(widget, "Last word").value = 1
    named(widget, "Add").click()
    assert widget.value == []
    assert "before the first word" in widget.children[-1].value


def test_signs_stand_beside_the_learners_own_marks_only():
    widget = SpanWidget(SPANS)
    widget.set([[10, 18], [24, 35]])
    widget.show_signs({"ok": [[10, 18]], "extra": [[24, 35], [1, 2]]})
    labels = [label for label, _ in labelled(widget, "Your marks").options]
    assert [label.split(" · ")[0] for label in labels] == ["✓ fits", "○ extra"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("several", '["…", "…"]'),
        ("number", "7"),
        ("optional order", '["…", "…", …]'),
        ("table", '{"r1": {"who": "…", "n": …, "why": "…"}, …}'),
        ("spans", "[[start, end], …]"),
    ],
)
def test_the_example_to_type_gives_nothing_away(name, code):
    assert FORMS[name][0].sample() == code


def test_spans_need_an_article_and_forms_must_be_known():
    with pytest.raises(MedialitError, match="no article"):
        form_widget(SpanForm(((1,),)))
    with pytest.raises(MedialitError, match="no widget"):
        form_widget(object())


def test_markdown_light_is_escaped():
    assert to_html("**Mark** *all* `x` <b>\n\n- one\n- two & three") == (
        '<p style="margin:4px 0"><strong>Mark</strong> <em>all</em> <code>x</code> &lt;b&gt;</p>'
        '<ul style="margin:4px 0"><li>one</li><li>two &amp; three</li></ul>'
    )
    assert to_text("**Mark** *all* `x`, 2*3*4") == "Mark all x, 234"


def test_the_script_survives_its_attribute():
    from html.parser import HTMLParser

    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    parser.feed(tools().value)
    script = next(attributes["onerror"] for tag, attributes in found if tag == "img")
    assert script.count("{") == script.count("}")
    assert script.count("(") == script.count(")")
    assert "'role','status'" in script
    assert issubclass(FormWidget, w.VBox)


@pytest.mark.parametrize("plan", UNITS, ids=lambda plan: plan.name)
def test_the_plain_form_of_every_task_has_its_own_line_and_names_what_it_asks_for(plan):
    for task in medialit.open_unit(plan.name, progress=Progress()).tasks.values():
        assert task.form.sample().startswith("[[start") == (task.form.kind == "spans"), task.id
        if task.form.kind not in ("act", "number", "text"):
            assert task.form.choices(), task.id
