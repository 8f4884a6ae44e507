"""Shared passages: windows, longest runs, and texts that break a careless method."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from some import some

from medialit.case import load_case
from medialit.case.gold import load_coverage
from medialit.errors import MedialitError
from medialit.lenses.sources import (
    PassageFinder,
    index_passages,
    merge_indexes,
    pairs_of_index,
    shared_passages,
    tokens,
)
from medialit.lenses.sources.automaton import SuffixAutomaton


@pytest.fixture(scope="module")
def gold():
    case = load_case("missile-tests")
    return load_coverage(case.folder, case.claim_gold)


def windows(text, n):
    words = tokens(text)[0]
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}


def longest_shared(one, other):
    """The length of the longest run of words in both, by looking at every pair of places."""
    best, row = 0, [0] * (len(other) + 1)
    for word in one:
        row = [0, *((row[j] + 1) if word == theirs else 0 for j, theirs in enumerate(other))]
        best = max(best, *row)
    return best


SMALL = st.lists(st.sampled_from("abc"), max_size=40)


@given(SMALL, SMALL, st.integers(2, 4))
def test_windows_and_runs_are_those_of_the_slow_way(one, other, n):
    a, b = " ".join(one), " ".join(other)
    found = shared_passages(a, b, n, longest=1000)
    mine, theirs = windows(a, n), windows(b, n)
    assert (found.windows_a, found.windows_b, found.shared) == (len(mine), len(theirs), len(mine & theirs))
    if mine and theirs:
        assert found.a_in_b == len(mine & theirs) / len(mine)
        assert found.b_in_a == len(mine & theirs) / len(theirs)
        best = longest_shared(one, other)
        assert (found.runs[0].words if found.runs else 0) == (best if best >= n else 0)
    else:
        assert found.a_in_b is found.b_in_a is found.covered_b is None
    before = -1
    for run in sorted(found.runs, key=lambda run: run.b):
        assert tokens(a[slice(*run.a)])[0] == tokens(b[slice(*run.b)])[0]
        assert len(tokens(b[slice(*run.b)])[0]) == run.words >= n
        assert run.b.start > before
        before = run.b.end - 1
    assert [run.words for run in found.runs] == sorted((run.words for run in found.runs), reverse=True)


@given(SMALL, SMALL)
def test_the_automaton_knows_every_run_and_no_other(one, other):
    numbers = ["abc".index(word) for word in one]
    found = SuffixAutomaton(numbers).longest_runs(["abc".index(word) for word in other], 1)
    for length, mine, theirs in found:
        assert one[mine - length : mine] == other[theirs - length : theirs]
        # It cannot be longer on the right.
        assert theirs == len(other) or "".join(other[theirs - length : theirs + 1]) not in "".join(one)
    assert max((length for length, _, _ in found), default=0) == longest_shared(one, other)


def test_the_copy_of_the_brief_is_found_with_its_places(gold):
    first, copy = gold.model("brief-b").text, gold.model("aggregator-b").text
    found = shared_passages(first, copy)
    assert found.a_in_b > 0.5
    assert found.covered_b > 0.6
    assert found.runs[0].words >= 35
    for run in found.runs:
        assert tokens(first[slice(*run.a)])[0] == tokens(copy[slice(*run.b)])[0]
    # Where a fact drifted, the run breaks.
    for drift in gold.model("aggregator-b").drifts:
        at = copy.index(drift.after)
        assert not any(run.b.start <= at and at + len(drift.after) <= run.b.end for run in found.runs)
    # A report of the same event by another hand shares a quotation, and little else.
    assert shared_passages(first, gold.model("analyst-b").text).b_in_a < 0.15
    assert shared_passages(first, gold.model("brief-a").text).b_in_a < 0.05


def test_a_longer_window_finds_less(gold):
    first, copy = gold.model("brief-b").text, gold.model("aggregator-b").text
    values = [shared_passages(first, copy, n).b_in_a for n in (2, 3, 5, 8, 12)]
    assert values == sorted(values, reverse=True)
    assert values[0] > values[-1]


def test_case_marks_and_lines_make_no_difference():
    found = shared_passages("He said: “The sea, to the EAST.”\n\nThen", 'the sea\nto the east - "then"', 3)
    assert (found.runs[0].words, found.b_in_a) == (6, 1)


def test_a_passage_that_begins_like_many_others_is_found_whole():
    opening = "it was a dark and stormy night "
    a = " ".join(f"{opening}number{i}" for i in range(50)) + f" {opening}and the missile fell into the sea far away"
    b = f"we know that {opening}and the missile fell into the sea far away they said"
    assert shared_passages(a, b).runs[0].words == 16


def test_runs_that_overlap_are_cut_not_lost():
    a = "a b c d e f g h i . x . e f g h i j k l m n"
    b = "a b c d e f g h i j k l m n"
    found = shared_passages(a, b, 3)
    assert [run.words for run in found.runs] == [10, 4]
    assert [b[slice(*run.b)] for run in found.runs] == ["e f g h i j k l m n", "a b c d"]


@pytest.mark.parametrize(
    ("a", "b"),
    [("", ""), ("", "one two three four five six"), ("one two", "one two"), ("a" * 1000, "a" * 1000), ("…", "— —")],
)
def test_texts_shorter_than_a_window_get_a_sentence(a, b):
    found = shared_passages(a, b)
    assert found.a_in_b is None
    assert found.runs == ()
    assert "fewer than 5 words" in found.note


def test_identical_texts_say_so(gold):
    text = gold.model("brief-a").text
    found = shared_passages(text, text)
    assert (found.a_in_b, found.b_in_a, found.covered_b) == (1, 1, 1)
    assert (len(found.runs), text[slice(*found.runs[0].b)]) == (1, text.strip().rstrip("."))
    assert "same words in the same order" in found.note


def test_other_languages():
    ja = "北朝鮮は十八日、弾道ミサイル三発を発射した。"
    found = shared_passages(ja, "政府によると、弾道ミサイル三発を発射したという。")
    assert ja[slice(*found.runs[0].a)] == "弾道ミサイル三発を発射した"
    assert (
        shared_passages("북한이 미사일을 세 발 발사했다고 밝혔다", "군은 북한이 미사일을 세 발 발사했다고", 3).shared
        == 3
    )


@pytest.mark.parametrize("n", [0, 1, -3, 2.5, "5", None, True])
def test_a_window_needs_a_whole_number(n):
    with pytest.raises(MedialitError, match="whole number of words, 2 or more"):
        shared_passages("a b c", "a b c", n)


def steps_of(words, other):
    """How many transitions the automaton follows to build itself and to read another text."""
    automaton_class = type("Counting", (SuffixAutomaton,), {})
    steps = 0

    def counted(self, state, word, go=SuffixAutomaton._go):
        nonlocal steps
        steps += 1
        return go(self, state, word)

    automaton_class._go = counted
    automaton_class(words).longest_runs(other, 5)
    return steps


@pytest.mark.parametrize(
    "make",
    [
        lambda n: ([0] * n, [0] * n),
        lambda n: ([0] * n, ([0] * (n // 2) + [1]) * 2),
        lambda n: ([0, 1] * (n // 2), [1, 1, 0] * (n // 3)),
        lambda n: ([i % 7 * (i % 11) for i in range(n)], [i % 5 * (i % 13) for i in range(n)]),
        lambda n: (list(range(n)), list(range(n))),
        lambda n: ([0] * (n // 2) + [1] * (n // 2), [0] * (n // 2) + [1] * (n // 2)),
    ],
    ids=["one word", "one word, broken", "two words", "periods", "no word twice", "two halves"],
)
def test_work_grows_with_the_text_and_not_with_its_square(make):
    small, large = steps_of(*make(2_000)), steps_of(*make(16_000))
    assert large < 9 * small
    assert large < 12 * 2 * 16_000


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("a " * 50_000, "a " * 40_000, 40_000),
        ("north korea tests missiles " * 12_500, "korea tests missiles north " * 12_500, 49_999),
        ("x" * 5_000_000 + " one two three four five", "one two three four five", 5),
    ],
    ids=["one word again and again", "one sentence again and again", "five megabytes of one sign"],
)
def test_long_texts_without_a_full_stop(a, b, words):
    assert shared_passages(a, b).runs[0].words == words


# --- collections --------------------------------------------------------------------------------------------------


def test_one_finder_for_many_texts_gives_the_same_as_pairs(gold):
    first = gold.model("brief-b").text
    finder = PassageFinder(first)
    for model in some(gold.models):
        assert finder.compare(model.text) == shared_passages(first, model.text)


def test_pairs_of_a_collection_agree_with_pairs_alone(gold):
    texts = gold.model_articles()
    pairs = pairs_of_index(index_passages(texts.items()), least=0.0)
    assert {pairs[0].a, pairs[0].b} == {"brief-b", "aggregator-b"}
    for pair in pairs:
        alone = shared_passages(texts[pair.a], texts[pair.b])
        assert (pair.shared, pair.a_in_b, pair.b_in_a) == (alone.shared, alone.a_in_b, alone.b_in_a)
    shared = {frozenset((pair.a, pair.b)) for pair in pairs}
    names = list(texts)
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            assert (frozenset((a, b)) in shared) == (shared_passages(texts[a], texts[b]).shared > 0)


def test_indexes_of_pieces_merge_to_the_index_of_the_whole(gold):
    texts = list(gold.model_articles().items())
    merged = {}
    for i in range(3):
        merged = merge_indexes(merged, index_passages(texts[i::3]))
    assert (merged, pairs_of_index(merged)) == (index_passages(texts), pairs_of_index(index_passages(texts)))


def test_a_set_phrase_that_everybody_uses_makes_no_pairs():
    texts = [(f"t{i}", f"all rights reserved by the publisher {i}") for i in range(60)]
    assert pairs_of_index(index_passages(texts), widest=50) == ()
    assert len(pairs_of_index(index_passages(texts[:10]))) == 45
