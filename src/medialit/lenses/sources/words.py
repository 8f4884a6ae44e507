"""Distinctive words: what one text says more often than the others, with a measure of how little that may mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from medialit.article import Article
from medialit.errors import MedialitError
from medialit.lenses.sources.tokens import word_counts
from medialit.records import PlainRecord

PRIOR_WORDS = 500.0
FAR = 1.96  # the edge of the middle 95% of a normal curve
ENOUGH = 1000  # fewer words than this to compare with earn a warning, whatever the scores

Text = str | Article | Mapping[str, int]
Prior = float | Mapping[str, float] | None


@dataclass(frozen=True)
class WordScore(PlainRecord):
    """One word: how often it stands in the target and in the reference, per 1,000 words, and how far apart they are.

    ``log_odds`` is the difference of the smoothed log-odds (natural logarithm), ``z`` the same in standard deviations:
    above 0 the word belongs more to the target.
    """

    word: str
    count: int
    reference_count: int
    rate: float
    reference_rate: float
    log_odds: float
    z: float


@dataclass(frozen=True)
class DistinctiveWords(PlainRecord):
    """Words of one comparison, highest z first. ``warning`` is a sentence when the counts are too small to say much."""

    target: str
    reference: tuple[str, ...]
    target_words: int
    reference_words: int
    words: tuple[WordScore, ...]
    warning: str = ""

    def top(self, count: int = 10) -> tuple[WordScore, ...]:
        """The words that belong most to the target."""
        return tuple(word for word in self.words if word.z > 0)[:count]

    def score(self, word: str) -> WordScore | None:
        """The score of a word, or None when it was not scored."""
        return next((score for score in self.words if score.word == word), None)


def count_words(texts: Iterable[tuple[str, str | Article]]) -> dict[str, Counter[str]]:
    """Word counts by source for (source, text) pairs: the part of the work that can be done piece by piece.

    Counts of two pieces of a corpus merge exactly (``merge_counts``), and ``distinctive_words`` takes the result.
    """
    counts: dict[str, Counter[str]] = {}
    for source, text in texts:
        counts.setdefault(source, Counter()).update(word_counts(text))
    return counts


def merge_counts(
    one: Mapping[str, Mapping[str, int]], other: Mapping[str, Mapping[str, int]]
) -> dict[str, Counter[str]]:
    """Two results of ``count_words`` as one. Neither is changed; the order does not matter."""
    merged = {source: Counter(counts) for source, counts in one.items()}
    for source, counts in other.items():
        merged.setdefault(source, Counter()).update(counts)
    return merged


def distinctive_words(
    texts: Mapping[str, Text],
    target: str,
    reference: Sequence[str] | None = None,
    *,
    prior: Prior = None,
    prior_words: float = PRIOR_WORDS,
) -> DistinctiveWords:
    """Words of ``target`` against a reference, by log-odds with an informative Dirichlet prior.

    Method: Monroe, Colaresi & Quinn 2008, "Fightin' Words", Political Analysis 16(4), 372-403.
    ``texts`` maps names to texts, articles or word counts. ``reference`` names the texts to compare with; by default
    all others together (pooled), because one short story is too little to compare with. ``prior``: None takes the
    frequencies of target and reference together, with the weight of ``prior_words`` words; a number gives every word
    the same weight; a mapping gives each word its own, above 0.

    Limits: it counts words and knows no meaning, no irony and no grammar. A high z says that a word is more frequent
    here than there; it does not say that the text is biased, and with a few hundred words most scores are noise. With
    thousands of words scored at once, some pass 1.96 by chance. Read it as a description and look at the sentences.

    An empty target or reference gives no words and a warning. Raises MedialitError for an unknown name.
    """
    names = _names(texts, target, reference)
    mine = _counts(texts[target])
    theirs: Counter[str] = Counter()
    for name in names:
        theirs.update(_counts(texts[name]))
    n, m = sum(mine.values()), sum(theirs.values())
    weights = _weights(prior, prior_words, mine + theirs) if n and m else {}
    total = sum(weights.values())
    scores = (_score(word, mine[word], theirs[word], n, m, weight, total) for word, weight in weights.items())
    return _compared(target, names, n, m, scores)


def every_distinctive_word(
    texts: Mapping[str, Text], *, prior_words: float = PRIOR_WORDS
) -> dict[str, DistinctiveWords]:
    """Each text against all the others pooled, for the words that stand in it: for a whole collection.

    The same numbers as ``distinctive_words(texts, name)`` gives for these words, in time linear in the collection:
    words that a text does not use are not scored against it. Limits as there.
    """
    if not prior_words > 0:
        raise MedialitError("prior_words needs a number above 0, for example 500.")
    counts = {name: _counts(text) for name, text in texts.items()}
    pool: Counter[str] = Counter()
    for one in counts.values():
        pool.update(one)
    everything = sum(pool.values())
    share = prior_words / max(everything, 1)
    names = tuple(counts)
    found = {}
    for name, mine in counts.items():
        n = sum(mine.values())
        m = everything - n
        others = tuple(other for other in names if other != name)
        scores = (
            _score(word, count, pool[word] - count, n, m, share * pool[word], prior_words)
            for word, count in (mine.items() if m else ())
        )
        found[name] = _compared(name, others, n, m, scores)
    return found


def _compared(target: str, names: tuple[str, ...], n: int, m: int, found: Iterable[WordScore]) -> DistinctiveWords:
    """The result for a text of ``n`` words and a reference of ``m``: highest z first, with what there is to warn of."""
    scores = tuple(sorted(found, key=lambda score: (-score.z, score.word)))
    return DistinctiveWords(target, names, n, m, scores, _warning(target, n, m, scores, names))


def _score(word: str, y: int, x: int, n: int, m: int, alpha: float, total: float) -> WordScore:
    # y of n words in the target, x of m in the reference, each with alpha of total words added.
    a, b = y + alpha, x + alpha
    rest_a, rest_b = n + total - a, m + total - b
    # A text of one word only leaves no rest; the prior of the other words is then zero as well.
    delta = log(a / rest_a) - log(b / rest_b) if rest_a > 0 and rest_b > 0 else 0.0
    return WordScore(word, y, x, 1000 * y / n, 1000 * x / m, delta, delta / sqrt(1 / a + 1 / b))


def _weights(prior: Prior, prior_words: float, both: Counter[str]) -> dict[str, float]:
    """The prior's weight of each word of target and reference together."""
    if isinstance(prior, Mapping):
        weights = {word: float(prior.get(word, 0.0)) for word in both}
        if lacking := [word for word, weight in weights.items() if not weight > 0]:
            raise MedialitError(f"The prior has no weight above 0 for “{lacking[0]}”. Give every word one.")
        return weights
    if prior is not None:
        if not prior > 0:
            raise MedialitError("The prior needs a number above 0, for example 0.05.")
        return dict.fromkeys(both, float(prior))
    if not prior_words > 0:
        raise MedialitError("prior_words needs a number above 0, for example 500.")
    share = prior_words / both.total()
    return {word: share * count for word, count in both.items()}


def _names(texts: Mapping[str, Text], target: str, reference: Sequence[str] | None) -> tuple[str, ...]:
    if not isinstance(texts, Mapping):
        raise MedialitError('The texts need names: hand in a dictionary, such as {"story": text, "other": text}.')
    chosen = tuple(name for name in texts if name != target) if reference is None else tuple(reference)
    for name in (target, *chosen):
        if name not in texts:
            raise MedialitError(f"There is no text “{name}”. Known: {', '.join(map(str, texts)) or 'none'}.")
    if target in chosen:
        raise MedialitError(f"“{target}” cannot be compared with itself. Take it out of the reference.")
    return chosen


def _counts(text: Text) -> Counter[str]:
    if isinstance(text, Counter):
        return text
    return Counter(text) if isinstance(text, Mapping) else word_counts(text)


def _warning(target: str, n: int, m: int, scores: Sequence[WordScore], names: Sequence[str]) -> str:
    if not n:
        return f"“{target}” has no words, so there is nothing to compare."
    if not names:
        return "There is one text only. Add others to compare it with."
    if not m:
        return "The texts to compare with have no words."
    if all(abs(score.z) < FAR for score in scores):
        return "The counts are too small: no word stands out from what chance alone could do."
    if m < ENOUGH:
        texts = "one text" if len(names) == 1 else f"{len(names)} texts"
        return f"The comparison is with {texts} of {m:,} words together. That is little: take it as a description."
    return ""
