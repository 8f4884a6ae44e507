"""The sources lens: reports side by side. Pure functions, plain records; none of them knows who is right."""

from medialit.lenses.sources.facts import FactMatrix, compare_facts
from medialit.lenses.sources.origins import OriginGroup, group_by_origin
from medialit.lenses.sources.reuse import (
    PassageFinder,
    SharedPassages,
    SharedRun,
    index_passages,
    merge_indexes,
    pairs_of_index,
    shared_passages,
)
from medialit.lenses.sources.tokens import tokens, word_counts
from medialit.lenses.sources.words import (
    DistinctiveWords,
    WordScore,
    count_words,
    distinctive_words,
    every_distinctive_word,
    merge_counts,
)

__all__ = [
    "DistinctiveWords",
    "FactMatrix",
    "OriginGroup",
    "PassageFinder",
    "SharedPassages",
    "SharedRun",
    "WordScore",
    "compare_facts",
    "count_words",
    "distinctive_words",
    "every_distinctive_word",
    "group_by_origin",
    "index_passages",
    "merge_counts",
    "merge_indexes",
    "pairs_of_index",
    "shared_passages",
    "tokens",
    "word_counts",
]
