"""Text reuse: what two texts have in common word for word."""

from __future__ import annotations

from array import array
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from medialit.article import Article, Span
from medialit.errors import MedialitError
from medialit.lenses.sources.automaton import SuffixAutomaton
from medialit.lenses.sources.tokens import found_words
from medialit.records import PlainRecord

WINDOW = 5


@dataclass(frozen=True)
class SharedRun(PlainRecord):
    """A run of words that stands in both texts: how many words, and where (character offsets)."""

    words: int
    a: Span
    b: Span


@dataclass(frozen=True)
class SharedPassages(PlainRecord):
    """What two texts share, in windows of ``n`` words.

    ``windows_a`` and ``windows_b`` count different windows, ``shared`` those that stand in both. ``a_in_b`` is the share
    of the windows of a that stand in b (containment, Broder 1997), ``b_in_a`` the other way round, 0 to 1; None when a
    text is shorter than a window. ``covered_b`` is the share of the words of b that lie in a shared window. ``runs`` are
    the longest shared runs, longest first; no two overlap in b. ``note`` is a sentence when there is something to know.
    """

    n: int
    windows_a: int
    windows_b: int
    shared: int
    a_in_b: float | None
    b_in_a: float | None
    covered_b: float | None
    runs: tuple[SharedRun, ...]
    note: str = ""


@dataclass(frozen=True)
class ReusePair(PlainRecord):
    """Two texts of a collection that share windows; ``a_in_b`` and ``b_in_a`` as in ``SharedPassages``."""

    a: str
    b: str
    shared: int
    a_in_b: float
    b_in_a: float


class _Words:
    """The words of a text as numbers, and where they stand. Words that are not in ``known`` get further numbers."""

    def __init__(self, text: str | Article, known: Mapping[str, int]) -> None:
        self.ids, self.starts, self.ends = array("l"), array("l"), array("l")
        self.own: dict[str, int] = {}
        for word, start, end in found_words(text):
            number = known.get(word)
            if number is None:
                number = self.own.setdefault(word, len(known) + len(self.own))
            self.ids.append(number)
            self.starts.append(start)
            self.ends.append(end)

    def windows(self, n: int) -> Iterable[int]:
        """The window that begins at each word, as a number: the hash of its words' numbers."""
        return map(hash, zip(*(self.ids[i:] for i in range(n)), strict=False))

    def span(self, first: int, end: int) -> Span:
        """Characters from word ``first`` up to word ``end``, exclusive."""
        return Span(self.starts[first], self.ends[end - 1])


class PassageFinder:
    """Compares one text with many: ``PassageFinder(a).compare(b)`` is ``shared_passages(a, b)`` without the rework.

    Raises MedialitError when ``n`` is not a whole number of at least 2.
    """

    def __init__(self, a: str | Article, n: int = WINDOW) -> None:
        if type(n) is not int or n < 2:
            raise MedialitError("A window is a whole number of words, 2 or more. 5 is usual.")
        self.n = n
        self._a = _Words(a, {})
        self._windows = set(self._a.windows(n))

    @cached_property
    def _automaton(self) -> SuffixAutomaton:
        return SuffixAutomaton(self._a.ids)

    def compare(self, b: str | Article, longest: int = 10) -> SharedPassages:
        """What the text shares with ``b``; at most ``longest`` runs. See ``shared_passages``."""
        theirs = _Words(b, self._a.own)
        if min(len(self._a.ids), len(theirs.ids)) < self.n:
            note = f"A text has fewer than {self.n} words, so there is no window to compare."
            return SharedPassages(self.n, len(self._windows), _kinds(theirs, self.n), 0, None, None, None, (), note)
        kinds, shared, stretches = set[int](), set[int](), list[list[int]]()
        for place, window in enumerate(theirs.windows(self.n)):
            kinds.add(window)
            if window in self._windows:
                shared.add(window)
                if stretches and place <= stretches[-1][1]:
                    stretches[-1][1] = place + self.n
                else:
                    stretches.append([place, place + self.n])
        same = self._a.ids == theirs.ids
        runs = [(0, 0, len(theirs.ids))] if same else self._runs(theirs, stretches)
        found = tuple(
            SharedRun(length, self._a.span(mine, mine + length), theirs.span(other, other + length))
            for mine, other, length in runs[:longest]
        )
        return SharedPassages(
            self.n,
            len(self._windows),
            len(kinds),
            len(shared),
            len(shared) / len(self._windows),
            len(shared) / len(kinds),
            sum(end - start for start, end in stretches) / len(theirs.ids),
            found,
            "The two texts have the same words in the same order." if same else "",
        )

    def _runs(self, theirs: _Words, stretches: list[list[int]]) -> list[tuple[int, int, int]]:
        """(first word in a, first word in b, words), longest first, none overlapping in b."""
        candidates = []
        for start, end in stretches:
            for length, mine, other in self._automaton.longest_runs(theirs.ids[start:end], self.n):
                candidates.append((mine - length, start + other - length, length))
        candidates.sort(key=lambda run: (-run[2], run[1]))
        chosen: list[tuple[int, int, int]] = []
        taken: list[tuple[int, int]] = []
        for mine, other, length in candidates:
            # Runs are never nested, so what is free of one is what lies between its neighbours.
            place = bisect(taken, (other, other))
            low = max(other, taken[place - 1][1]) if place else other
            high = min(other + length, taken[place][0]) if place < len(taken) else other + length
            if high - low >= self.n:
                taken.insert(place, (low, high))
                chosen.append((mine + low - other, low, high - low))
        return sorted(chosen, key=lambda run: (-run[2], run[1]))


def shared_passages(a: str | Article, b: str | Article, n: int = WINDOW, longest: int = 10) -> SharedPassages:
    """Windows of ``n`` words that two texts share, and the longest runs of words that stand in both.

    Time and memory grow linearly with the texts, whatever is in them: repeated words and identical texts, too. Case,
    punctuation and the kind of quotation marks make no difference.

    Limits: it shows that two texts have words in common, not who wrote them first, nor whether both took them from a
    third (an agency, a press release, a quotation). A paraphrase shares facts and hardly any window. Short windows find
    set phrases that everybody uses; long ones miss copies with small changes. Windows are told apart by their hash: in
    texts of a million words the chance of one mistake is below one in a million.

    Raises MedialitError when ``n`` is not a whole number of at least 2.
    """
    return PassageFinder(a, n).compare(b, longest)


def _kinds(words: _Words, n: int) -> int:
    return len(set(words.windows(n)))


# --- a whole collection -------------------------------------------------------------------------------------------


def index_passages(texts: Iterable[tuple[str, str | Article]], n: int = WINDOW) -> dict[str, frozenset[str]]:
    """For (name, text) pairs: each window of ``n`` words, and the names of the texts that hold it.

    The part of the work that can be done piece by piece: indexes of two pieces of a corpus merge exactly
    (``merge_indexes``). Keys are the words themselves, so that they are the same in every process.
    """
    index: dict[str, frozenset[str]] = {}
    for name, text in texts:
        alone = frozenset((name,))
        words = [word for word, _, _ in found_words(text)]
        for window in zip(*(words[i:] for i in range(n)), strict=False):
            key = " ".join(window)
            there = index.get(key)
            if there is None:
                index[key] = alone
            elif name not in there:
                index[key] = there | alone
    return index


def merge_indexes(one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Two results of ``index_passages`` as one. Neither is changed; the order does not matter."""
    merged = dict(one)
    for key, names in other.items():
        there = merged.get(key)
        merged[key] = names if there is None else there | names
    return merged


def pairs_of_index(index: Mapping[str, frozenset[str]], least: float = 0.1, widest: int = 50) -> tuple[ReusePair, ...]:
    """Pairs of texts that share windows, the largest containment first.

    ``least`` is the containment, in one direction or the other, from which a pair counts. A window that more than
    ``widest`` texts hold is taken for a set phrase and makes no pair, which also keeps the time linear. Limits as for
    ``shared_passages``.
    """
    sizes: Counter[str] = Counter()
    shared: Counter[tuple[str, str]] = Counter()
    for names in index.values():
        sizes.update(names)
        if 1 < len(names) <= widest:
            shared.update(combinations(sorted(names), 2))
    pairs = [ReusePair(a, b, count, count / sizes[a], count / sizes[b]) for (a, b), count in shared.items()]
    kept = [pair for pair in pairs if max(pair.a_in_b, pair.b_in_a) >= least]
    return tuple(sorted(kept, key=lambda pair: (-max(pair.a_in_b, pair.b_in_a), pair.a, pair.b)))
