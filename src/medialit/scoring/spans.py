"""Span agreement: how well marked stretches of text match the gold.

Two spans match by the share of words they have in common (intersection over union, IoU). Articles, punctuation, an
opening "that" and outer quotation marks count for nothing, so nobody loses credit over a comma.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MATCH = 0.5
STRICT = 0.8
_LIGHT = frozenset({"a", "an", "the", "that"})


@dataclass(frozen=True)
class SpanScore:
    """The result of matching found spans with gold spans.

    ``pairs`` holds (index in found, index in gold, IoU); ``missed`` indexes required gold spans that nothing
    matched, ``extra`` found spans that matched nothing, ``edge`` the pairs that match but not strictly.
    Precision, recall and F1 run from 0 to 1 at IoU of at least .5; ``strict_f1`` at .8.
    """

    pairs: tuple[tuple[int, int, float], ...]
    missed: tuple[int, ...]
    extra: tuple[int, ...]
    edge: tuple[tuple[int, int, float], ...]
    precision: float
    recall: float
    f1: float
    strict_f1: float


class WordIndex:
    """Finds the words that a span covers, in logarithmic time."""

    def __init__(self, text: str, words: Iterable[tuple[int, int]]) -> None:
        kept = [(a, b) for a, b in words if _counts(text[a:b])]
        self.starts = [a for a, _ in kept]
        self.ends = [b for _, b in kept]

    def covered(self, span: tuple[int, int]) -> range:
        """Indexes of the words that share a character with the span."""
        return range(bisect_right(self.ends, span[0]), bisect_left(self.starts, span[1]))

    def iou(self, one: tuple[int, int], other: tuple[int, int]) -> float:
        """Intersection over union of two spans in words that count; 0 when either covers none."""
        a, b = self.covered(one), self.covered(other)
        shared = max(0, min(a.stop, b.stop) - max(a.start, b.start))
        union = len(a) + len(b) - shared
        return shared / union if union else 0.0


def _counts(word: str) -> bool:
    return word.lower() not in _LIGHT and any(c.isalnum() for c in word)


def match_spans(
    found: Sequence[tuple[int, int]],
    gold: Sequence[tuple[int, int]],
    index: WordIndex,
    threshold: float = MATCH,
) -> list[tuple[int, int, float]]:
    """One-to-one pairs (index in found, index in gold, IoU), best pairs first, in the order of the found spans."""
    order = sorted(range(len(gold)), key=lambda j: gold[j])
    covered = [index.covered(gold[j]) for j in order]
    starts = [c.start for c in covered]
    longest = max((len(c) for c in covered), default=0)
    candidates = []
    for i, span in enumerate(found):
        mine = index.covered(span)
        # Only gold spans that can overlap are looked at, so that many marks stay cheap.
        first, last = bisect_left(starts, mine.start - longest), bisect_left(starts, mine.stop)
        for k in range(first, last):
            value = index.iou(span, gold[order[k]])
            if value >= threshold:
                candidates.append((-value, i, order[k]))
    taken_found: set[int] = set()
    taken_gold: set[int] = set()
    pairs = []
    for negative, i, j in sorted(candidates):
        if i not in taken_found and j not in taken_gold:
            taken_found.add(i)
            taken_gold.add(j)
            pairs.append((i, j, -negative))
    return sorted(pairs)


def score_spans(
    found: Sequence[tuple[int, int]],
    gold: Sequence[tuple[int, int]],
    index: WordIndex,
    required: Sequence[bool] | None = None,
) -> SpanScore:
    """Match found spans with gold spans and count.

    ``required`` says of each gold span whether it must be found (default: all). One that the coders disagreed
    about is optional: finding it is not an error, missing it costs nothing.
    """
    must = list(required) if required is not None else [True] * len(gold)
    pairs = match_spans(found, gold, index)
    matched_found = {i for i, _, _ in pairs}
    matched_gold = {j for _, j, _ in pairs}
    missed = tuple(j for j in range(len(gold)) if must[j] and j not in matched_gold)
    extra = tuple(i for i in range(len(found)) if i not in matched_found)
    edge = tuple(p for p in pairs if p[2] < STRICT)
    right = sum(must[j] for _, j, _ in pairs)
    strict = sum(must[j] for _, j, value in pairs if value >= STRICT)
    # Without a span that counts, precision is 1 when nothing had to be found, else 0.
    counted = len(found) - (len(pairs) - right)
    precision, strict_precision = (n / counted if counted else float(not sum(must)) for n in (right, strict))
    recall, strict_recall = (n / sum(must) if sum(must) else 1.0 for n in (right, strict))
    return SpanScore(
        tuple(pairs),
        missed,
        extra,
        edge,
        precision,
        recall,
        f1(precision, recall),
        f1(strict_precision, strict_recall),
    )


def f1(precision: float, recall: float) -> float:
    """The harmonic mean of precision and recall; 0 when both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
