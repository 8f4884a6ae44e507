"""The sources lens over a corpus in pieces: Dask bags on a local cluster give the numbers of one process."""

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
    shared_passages,
)


@pytest.fixture(scope="module")
def pairs():
    """(source, text) pairs: the article and each model report, every one several times in changed order."""
    case = load_case("missile-tests")
    gold = load_coverage(case.folder, case.claim_gold)
    texts = [("article", case.article.text), *((model.id, model.text) for model in gold.models)]
    return [(f"{name}-{i}", " ".join(text.split(". ")[i:] * 2)) for i in range(4) for name, text in texts]


@pytest.fixture(scope="module")
def client():
    distributed = pytest.importorskip("distributed", reason="needs the extra: pip install medialit[cluster]")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def bag_of(pairs):
    import dask.bag

    return dask.bag.from_sequence(pairs, npartitions=5)


def test_word_counts_merge_to_the_numbers_of_one_process(client, pairs):
    parts = bag_of(pairs).map_partitions(lambda part: [count_words(part)])
    merged = parts.fold(merge_counts, initial={}).compute()
    whole = count_words(pairs)
    assert merged == whole
    for name in ("article-0", "state-b-2"):
        ours = {score.word: score.z for score in distinctive_words(whole, name).words}
        assert {score.word: score.z for score in distinctive_words(merged, name).words} == pytest.approx(ours)


def test_indexes_merge_to_the_pairs_of_one_process(client, pairs):
    parts = bag_of(pairs).map_partitions(lambda part: [index_passages(part)])
    merged = parts.fold(merge_indexes, initial={}).compute()
    assert merged == index_passages(pairs)
    assert pairs_of_index(merged) == pairs_of_index(index_passages(pairs))


def test_one_text_against_all_others_runs_piece_by_piece(client, pairs):
    first = pairs[0][1]
    found = bag_of(pairs).map(lambda pair: (pair[0], shared_passages(first, pair[1]).as_dict())).compute()
    assert found == [(name, shared_passages(first, text).as_dict()) for name, text in pairs]
