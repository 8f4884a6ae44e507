"""The sources lens over a corpus in pieces, as several processes take it: merged, they give the numbers of one."""

from functools import reduce

import pytest

from medialit.case import load_case
from medialit.case.gold import load_coverage
from medialit.lenses.sources import (
    count_words,
    distinctive_words,
    index_passages,
    merge_counts,
    merge_indexes,
    pairs_of_index,
)


@pytest.fixture(scope="module")
def pairs():
    """(source, text) pairs: the article and each model report, every one several times in changed order."""
    case = load_case("missile-tests")
    gold = load_coverage(case.folder, case.claim_gold)
    texts = [("article", case.article.text), *((model.id, model.text) for model in gold.models)]
    return [(f"{name}-{i}", " ".join(text.split(". ")[i:] * 2)) for i in range(4) for name, text in texts]


def pieces_of(pairs, size=5):
    return [pairs[place : place + size] for place in range(0, len(pairs), size)]


def test_word_counts_merge_to_the_numbers_of_one_process(pairs):
    merged = reduce(merge_counts, map(count_words, pieces_of(pairs)), {})
    whole = count_words(pairs)
    assert merged == whole
    for name in ("article-0", "state-b-2"):
        ours = {score.word: score.z for score in distinctive_words(whole, name).words}
        assert {score.word: score.z for score in distinctive_words(merged, name).words} == pytest.approx(ours)


def test_indexes_merge_to_the_pairs_of_one_process(pairs):
    merged = reduce(merge_indexes, map(index_passages, pieces_of(pairs)), {})
    assert (merged, pairs_of_index(merged)) == (index_passages(pairs), pairs_of_index(index_passages(pairs)))
