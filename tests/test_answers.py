"""Plain data goes through unchanged; everything else gets one plain sentence, and no code of the learner runs."""

from __future__ import annotations

import enum
import json
from collections import Counter, OrderedDict, defaultdict
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medialit.article import Span
from medialit.errors import MedialitError
from medialit.exercises.answers import MAX_DEPTH, plain

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_LEAF = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False)
_DATA = st.recursive(
    _LEAF | _TEXT, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4), max_leaves=15
)


def _exact(value: object) -> bool:
    if type(value) is list:
        return all(map(_exact, value))
    if type(value) is dict:
        return all(type(k) is str and _exact(v) for k, v in value.items())
    return value is None or type(value) in (bool, int, float, str)


def refusal(answer: object) -> str:
    with pytest.raises(MedialitError) as caught:
        plain(answer)
    text = str(caught.value)
    assert text.endswith(".")
    assert "\n" not in text
    return text


@given(_DATA)
def test_plain_data_comes_through_as_it_is(data):
    copy = plain(data)
    assert (copy, json.loads(json.dumps(copy))) == (data, copy)
    assert _exact(copy)


def test_plain_copies():
    answer = {"a": [1, 2]}
    copy = plain(answer)
    answer["a"].append(3)
    assert (copy, plain([Span(1, 5), (6, 9)])) == ({"a": [1, 2]}, [[1, 5], [6, 9]])
    assert _exact(plain([Span(1, 5)]))


class _Sly:
    def __eq__(self, other):
        raise AssertionError("learner code ran")

    __hash__ = __iter__ = __len__ = __str__ = __repr__ = __bool__ = __int__ = __float__ = __index__ = __eq__
    __lt__ = __gt__ = __add__ = __format__ = __getitem__ = __contains__ = __ne__ = keys = items = values = __eq__
    encode = bit_length = __pos__ = __trunc__ = __eq__


class _SlyStr(_Sly, str):
    __hash__ = str.__hash__  # else it could not be a key in the first place


class _SlyInt(_Sly, int): ...


class _SlyFloat(_Sly, float): ...


class _SlyList(_Sly, list): ...


class _SlyTuple(_Sly, tuple): ...


class _SlyDict(_Sly, dict): ...


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: _SlyStr("b"), "b"),
        (lambda: _SlyInt(7), 7),
        (lambda: _SlyFloat(0.5), 0.5),
        (lambda: _SlyList([1, _SlyStr("x")]), [1, "x"]),
        (lambda: _SlyTuple([1, 2]), [1, 2]),
        (lambda: _SlyDict({_SlyStr("k"): _SlyList()}), {"k": []}),
    ],
)
def test_subclasses_become_the_base_type_without_running_their_methods(make, expected):
    copy = plain(make())  # made here, because pytest looks into parameters
    assert _exact(copy)
    assert copy == expected


def test_objects_that_lie_are_refused_without_a_call():
    assert "_Sly" in refusal(_Sly())
    assert "answer['q1'][1]" in refusal({"q1": [0, _Sly()]})

    # A type that lies about itself runs no code.
    class Meta(type):
        def __getattribute__(cls, name):
            raise AssertionError("learner code ran")

    class Liar(metaclass=Meta):
        @property
        def __class__(self):
            raise AssertionError("learner code ran")

    assert "Liar" in refusal(Liar())


class _Colour(enum.StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (_Colour.RED, "red"),
        (OrderedDict(a=1), {"a": 1}),
        (Counter("aab"), {"a": 2, "b": 1}),
        (defaultdict(list, a=[1]), {"a": [1]}),
    ],
)
def test_common_relatives_of_plain_types_are_taken(answer, expected):
    copy = plain(answer)
    assert copy == expected
    assert _exact(copy)


def test_numbers_and_tables_of_libraries_are_named_with_the_way_out():
    numpy = pytest.importorskip("numpy")
    for value in (numpy.int64(3), numpy.float64(0.5), numpy.bool_(True), numpy.str_("a")):
        text = refusal(value)
        assert f"numpy.{type(value).__name__}" in text
        assert ".item()" in text
    assert ".tolist()" in refusal({"a": numpy.array([1, 2])})
    # A table from pandas is named with the way out.
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"a": [1]})
    assert "pandas.DataFrame" in refusal(frame)
    assert ".tolist()" in refusal(frame["a"])
    assert "pandas." in refusal([pandas.Timestamp("2020-01-01")])


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({1, 2}, "list(...)"),
        (frozenset(), "list(...)"),
        (b"text", ".decode()"),
        ((n for n in [1]), "list(...)"),
        ({"a": 1}.keys(), "list(...)"),
        ({"q1": ...}, "three dots"),
        (..., "three dots"),
        (len, "call it"),
        (Decimal("1.5"), "float(...)"),
        (1j, "complex"),
        (float("nan"), "nan"),
        ([float("inf")], "answer[0] is inf"),
        ({1: "a"}, "type int"),
        ({("a", "b"): 1}, "type tuple"),
        ("\ud800", "half of a character"),
        (10**30, "too many digits"),
        (object, "type"),
    ],
)
def test_each_refusal_says_what_to_hand_in(answer, words):
    assert words in refusal(answer)


def test_depth_ends_at_twenty_and_a_list_inside_itself_is_refused():
    nested: list = []
    for _ in range(MAX_DEPTH - 1):
        nested = [nested]
    assert plain(nested) == nested
    assert "levels" in refusal([nested])
    loop: list = []
    loop.append(loop)
    assert "levels" in refusal(loop)


def test_what_is_too_large_is_refused():
    assert "1 MB" in refusal("x" * 10_000_000)
    assert "1 MB" in refusal(list(range(500_000)))
    assert "1 MB" in refusal("é" * 600_000)
    assert "1 MB" in refusal("\x00" * 300_000)
    # Shared lists that unfold without end are stopped.
    wide: list = [0] * 1000
    for _ in range(15):
        wide = [wide] * 1000
    assert "1 MB" in refusal(wide)


def test_two_keys_that_become_one_are_refused():
    class Other(str):
        __hash__ = object.__hash__

        def __eq__(self, other):
            return self is other

    assert "twice" in refusal({Other("a"): 1, Other("a"): 2})


def test_the_limits_that_the_sentences_name():
    assert plain("x" * 999_998) == "x" * 999_998  # with its two marks 1 MB of JSON
    assert "1 MB" in refusal("x" * 999_999)
    assert plain([2**64 - 1, -(2**64) + 1]) == [2**64 - 1, -(2**64) + 1]
    assert "too many digits" in refusal(2**64)
