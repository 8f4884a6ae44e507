"""What each form takes and refuses at its edges, and how a typed answer is read."""

import pytest

from medialit.article import Article
from medialit.errors import MedialitError
from medialit.forms import ChoiceForm, Field, Judgment, Option, OrderForm, SpanForm, TableForm, VerifyForm, is_blank
from medialit.forms.act import ActForm
from medialit.forms.base import MANY, described, is_number, listed, refuse_unknown
from medialit.forms.card import Blank, CardForm
from medialit.forms.correct import Corrected, CorrectForm, Passage
from medialit.forms.lab import Comparison, LabForm
from medialit.forms.number import NumberForm, number_of, parsed
from medialit.forms.rewrite import MAX_REWRITE, RewriteForm, RewriteSentence

ABC = tuple(Option(key, text) for key, text in (("a", "First thing"), ("b", "Second"), ("c", "c")))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("7", 7), (" 7.5 ", 7.5), ("7,5", 7.5), ("1,500", 1500), ("1,500,000.5", 1500000.5), ("65%", 65), ("−3", -3),
        ("12,34", 12.34), ("seven", "seven"), ("1.2.3", "1.2.3"), ("", None), ("  ", None), ("%", "%"), (7, 7), (None, None),
    ],
)  # fmt: skip
def test_what_a_box_for_numbers_holds(typed, found):
    assert parsed(typed) == found


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("twenty-one", 21), ("twenty nine", 29), ("twenty ten", None), ("twenty zero", None), ("nobody, zero or one", 0),
        ("twenty, and a single one", None), ("single", 1),
        ("nobody", 0), ("nobody, I can name one", 0), ("nobody of two", None), ("no", 0), ("no source", 0), ("no idea", None),
        ("not one source", 0), ("not two", None), ("none or two", None), ("more than 3", None), ("3 or 4", None), ("0", 0),
        ("isn't any", 0), ("isn’t one", 0), ("a single source", 1), ("one single one", None), ("single one", 1),
    ],
)  # fmt: skip
def test_numbers_in_words(text, number):
    assert number_of(text, "independent sources") == number


def test_a_number_has_limits_that_count_as_inside():
    form = NumberForm(minimum=0, maximum=10)
    assert [form.problem(number) for number in (0, 10, 2.5, "ten")] == [None] * 4
    assert [form.problem(-0.1), form.problem(10.1)] == [
        "The number cannot be below 0.",
        "The number cannot be above 10.",
    ]
    assert NumberForm().problem(-(10**9)) is None
    assert (form.sample(), NumberForm(maximum=12).sample(), NumberForm().sample()) == ("10", "12", "12")
    assert (form.shown(None), form.shown(0), form.typed("7,5")) == ("", "0", 7.5)
    assert form.unfinished("half a num") is None
    for odd in (True, float("nan"), [7]):
        with pytest.raises(MedialitError):
            form.unfinished(odd)


def test_keys_are_read_as_they_are_typed_and_words_stay():
    one, several = ChoiceForm(ABC), ChoiceForm(ABC, several=True)
    assert [one.evened(x) for x in ("B)", " b ", "(b)", "b.", "B:", "z", True, None)] == ["b"] * 5 + ["z", True, None]
    assert (several.evened(["A", "C)"]), several.evened([1, "a"])) == (["a", "c"], [1, "a"])
    numbered = ChoiceForm((Option("1", "x"), Option("2", "y")))
    assert [numbered.evened(x) for x in (1, 2.0, 2.5)] == ["1", "2", 2.5]
    table = TableForm(ABC, (Field("Kind", "?", ABC), Field("n", "?")))
    assert table.evened({"A": {"Kind": "B)", "n": 2}}) == {"a": {"Kind": "b", "n": 2}}
    # Two rows that would become one are left for the form to name.
    assert table.evened({"A": {}, "a": {}}) == {"A": {}, "a": {}}
    # Keys that differ in capitals alone are told apart, or left.
    twins = ChoiceForm((Option("No", "x"), Option("no", "y")))
    assert [twins.evened(x) for x in ("No", "no", "NO")] == ["No", "no", "NO"]
    written = CardForm((Blank("head", "?", limit=20), Blank("pick", "?", ABC)))
    assert written.evened({"head": "A", "pick": "A"}) == {"head": "A", "pick": "a"}


def test_lists_in_sentences_are_cut():
    keys = [str(number) for number in range(MANY + 1)]
    assert listed(keys[:MANY]) == ", ".join(keys[:MANY])
    assert listed(keys) == ", ".join(keys[:MANY]) + " …"
    options = tuple(Option(key, key) for key in keys)
    assert described(options) == "0 to 12"
    assert described(options[:2]) == "0; 1"
    assert (described(ABC), described(())) == ("a = First thing; b = Second; c", "a number")
    with pytest.raises(MedialitError, match=r"^The row “z” is not one of: a, b\.$"):
        refuse_unknown(["a", "z", "y"], "ab", "The row ")
    assert ChoiceForm(ABC).as_text("- ") == "- a) First thing\n- b) Second\n- - c"
    assert ChoiceForm(ABC).as_html().count("<strong>") == 2
    assert (CardForm(()).as_html(), ActForm("x", ("n",)).as_html()) == ("", "")


def test_what_is_no_answer_yet():
    blank = [None, ..., "", " \n", [], (), {}, {"a": ""}, {"a": {"b": None}}, ["", None], [[], {}]]
    given = [0, False, "x", [0], {"a": {"b": "x", "c": ""}}, ["", "x"]]
    assert [is_blank(one) for one in blank] == [True] * len(blank)
    assert [is_blank(one) for one in given] == [False] * len(given)
    assert [is_number(one) for one in (7, 7.5, 0, True, "7", None)] == [True] * 3 + [False] * 3


TEXT = "First one. Second one."
SPANS = SpanForm(((2,),), article=Article(TEXT))
LABELED = SpanForm((), ABC)
CLAIMS = VerifyForm(ABC, (Option("yes", "yes"), Option("no", "no")), ("c1", "c2"))
LAB = LabForm(ABC, ABC, ABC, ABC, ABC)
CARD = CardForm((Blank("head", "Headline", limit=5), Blank("pick", "Pick", ABC), Blank("source", "Source", ABC)))
CORRECT = CorrectForm((Passage("c1", "It is.", 3, "It is so.", "is"),), 9)
REWRITE = RewriteForm((RewriteSentence("s1", "It is.", ()), RewriteSentence("s2", "It was.", ())))
ACT = ActForm("Do it", ("first", "second"))


@pytest.mark.parametrize(
    ("form", "answer", "read"),
    [
        (SPANS, [[0, 1], [11, len(TEXT)]], [(0, 1, ""), (11, len(TEXT), "")]),
        (LABELED, [[0, 1, "a"]], [(0, 1, "a")]),
        (OrderForm(ABC), list("cab"), list("cab")),
        (OrderForm(ABC, optional=True), ["b"], ["b"]),
        (ChoiceForm(ABC), "a", ["a"]),
        (ChoiceForm(ABC, several=True), ["a", "b"], ["a", "b"]),
        (CLAIMS, {"a": {"evidence": ["c1"]}}, {"a": Judgment("", ("c1",)), "b": Judgment(), "c": Judgment()}),
        (VerifyForm(ABC[:1], CLAIMS.verdicts, ("c1",)), {"a": {"certainty": 3}}, {"a": Judgment("", (), 3)}),
        (LAB, {"first": {"a": "yes"}}, Comparison({"a": "yes"}, {}, "", "")),
        (LAB, {"band": "a", "reading": None}, Comparison({}, {}, "a", "")),
        (CARD, {"head": " four", "pick": "a"}, {"head": "four", "pick": "a", "source": ""}),
        (CARD, {"head": None, "pick": ""}, {"head": "", "pick": "", "source": ""}),
        (CORRECT, {"claim": "c1", "text": " 9 letter"}, Corrected("c1", "9 letter")),
        (CORRECT, {"claim": "c1"}, Corrected("c1", "")),
        (REWRITE, {"s1": "x" * MAX_REWRITE}, {"s1": "x" * MAX_REWRITE, "s2": ""}),
        (REWRITE, {"s1": None}, {"s1": "", "s2": ""}),
        (ACT, {"first": "x"}, {"first": "x", "second": ""}),
    ],
)
def test_what_a_form_takes(form, answer, read):
    assert form.read(answer) == read


@pytest.mark.parametrize(
    ("form", "answer", "says"),
    [
        (SPANS, {}, "Hand in a list of spans"),
        (SPANS, [[0, 1], [1]], "Span 2 needs two whole numbers: [start, end]"),
        (SPANS, [[0, 1, "a"]], "Span 1 needs two whole numbers"),
        (SPANS, [[0, True]], "two whole numbers"),
        (SPANS, [[-1, 4]], "ends before it starts"),
        (SPANS, [[4, 4]], "ends before it starts"),
        (SPANS, [[0, len(TEXT) + 1]], "ends after the last character"),
        (LABELED, [[0, 1]], "two whole numbers and a label: [start, end, label]"),
        (LABELED, [[0, 1, "z"]], "has the label “z”. Labels: a, b, c."),
        (OrderForm(ABC), "abc", "Hand in a list of keys"),
        (OrderForm(ABC), list("ab"), "has 2 of 3 items"),
        (OrderForm(ABC), list("aab"), "“a” appears twice"),
        (OrderForm(ABC), list("abz"), "“z” is not one of"),
        (ChoiceForm(ABC), "z", "Hand in one of these"),
        (ChoiceForm(ABC), ["a"], "Hand in one of these"),
        (ChoiceForm(ABC, several=True), "a", "Hand in a list with some of these"),
        (CLAIMS, [], "Hand in one entry for each claim"),
        (CLAIMS, {"a": 1}, "needs named fields"),
        (CLAIMS, {"a": {"why": "x"}}, "has a field “why”"),
        (CLAIMS, {"a": {"verdict": "maybe"}}, "“maybe” is not a verdict"),
        (CLAIMS, {"a": {"verdict": "yes", "evidence": ["c3"]}}, "no evidence card “c3”"),
        (CLAIMS, {"a": {"evidence": ["c1", "c1"]}}, "“c1” is cited twice"),
        (CLAIMS, {"a": {"evidence": "c1"}}, "as a list of card names"),
        (CLAIMS, {"a": {"evidence": [1]}}, "as a list of card names"),
        (CLAIMS, {"b": {"verdict": "yes"}}, "Claim 2 (“b”) has a verdict but no evidence"),
        (CLAIMS, {"a": {"certainty": 4}}, "certainty is 1, 2 or 3"),
        (LAB, [], "Hand in a dictionary"),
        (LAB, {"band": "z"}, "The band “z” is not one of"),
        (LAB, {"first": ["yes"]}, "The first coding needs yes or no"),
        (LAB, {"second": {"a": "maybe"}}, "The second coding has the label “maybe”"),
        (LAB, {"third": {}}, "“third” is not one of"),
        (CARD, [], "Hand in a dictionary with head, pick, source"),
        (CARD, {"head": "sixsix"}, "has 6 characters. A card has room for 5"),
        (CARD, {"head": 1}, "needs a text"),
        (CARD, {"pick": "z"}, "there is no choice “z”"),
        (CARD, {"source": "z"}, "there is no evidence card “z”"),
        (CORRECT, {"text": "x"}, "Say which claim you correct"),
        (CORRECT, {"claim": "c1", "text": "ten letter"}, "has 10 characters. A card has room for 9"),
        (CORRECT, {"claim": "c1", "text": 1}, "needs a text"),
        (CORRECT, {"claim": "z"}, "The claim “z” is not one of"),
        (REWRITE, [], "one text for each sentence"),
        (REWRITE, {"s1": "x" * (MAX_REWRITE + 1)}, "Sentence 1 has 2,001 characters"),
        (REWRITE, {"s1": 1}, "needs a text"),
        (ACT, "x", "Hand in a dictionary with first, second"),
        (ACT, {"second": 1}, "“second” needs a text"),
    ],
)
def test_what_a_form_refuses(form, answer, says):
    assert says in (form.problem(answer) or "")


def test_a_table_takes_what_its_fields_are():
    table = TableForm(ABC, (Field("one", "One?", ABC), Field("many", "Many?", ABC, several=True), Field("n", "N?")))
    assert table.problem({"a": {"one": "", "many": None, "n": 0}}) is None
    for cells, says in (
        ({"one": "z"}, "“z” is not one of a, b, c"),
        ({"many": "a"}, "needs a list, such as [“a”]"),
        ({"many": ["z"]}, "“z” is not one of"),
        ({"n": True}, "needs a number"),
        ({"n": "7"}, "needs a number"),
        ({"two": "a"}, "has a field “two”. Known fields: one, many, n."),
    ):
        assert says in table.problem({"a": cells})
    assert table.unfinished({"a": {"n": "7 or"}}) is None
    assert table.typed({"a": {"one": "7", "n": "7,5"}, "b": "x"}) == {"a": {"one": "7", "n": 7.5}}
    assert table.sample() == '{"a": {"one": "…", "many": ["…"], "n": …}, …}'
    assert table.in_words({"a": {"one": "b", "many": ["a", "c"], "n": 2}}) == [
        "First thing → One: **Second**; Many: **First thing, c**; N: **2**"
    ]


def test_marks_are_sorted_and_told_by_paragraph():
    assert SPANS.typed([[5, 6], [1, 2], [5, 6]]) == [[1, 2], [5, 6]]
    assert [SPANS.asks(position) for position in (10, 11, len(TEXT) - 1, len(TEXT))] == [False, True, True, False]
    assert SPANS.in_words([[0, 5]]) == ["¶1: First"]
    assert (SPANS.choices(), LABELED.sample()) == ([("S2", "S2")], '[[start, end, "label"], …]')
    with pytest.raises(MedialitError, match="no article"):
        LABELED.asks(0)
