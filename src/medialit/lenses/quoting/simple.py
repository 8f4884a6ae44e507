"""The simplest rule, for comparison: marks are a quote, the nearest verb and the nearest name belong to it."""

from __future__ import annotations

from bisect import bisect_left

from medialit.article import Article, Span
from medialit.lenses.quoting.lexicon import cues
from medialit.lenses.quoting.marks import marked_stretches, marks_by_block
from medialit.lenses.quoting.names import names_of
from medialit.lenses.quoting.quote import Quote
from medialit.lenses.quoting.tokens import Tokens, sentences

_NEAR = 60  # words


def simple_rule(article: Article) -> list[Quote]:
    """One quote for every stretch in double marks; verb and name are looked for in the same sentence."""
    found: list[Quote] = []
    marks = marked_stretches(article.text, article.blocks, single=False)
    names = names_of(article)
    starts = [name.span.start for name in names]
    for block, here in marks_by_block(article.blocks, marks):
        for sentence in sentences(article.text, block.span, here) if here else ():
            for k, mark in enumerate(sentence.mark):
                if mark and mark.outer.start >= block.span.start:
                    outer = mark.outer
                    cue = _nearest_verb(sentence, k)
                    first = bisect_left(starts, sentence.start[0])
                    last = bisect_left(starts, sentence.end[-1])
                    spans = [n.span for n in names[first:last] if not n.span.overlaps(outer)]
                    who = min(spans, key=lambda s: _gap(s, outer), default=None) if cue else None
                    shown = article[who] if who else None
                    why = (
                        "between two quotation marks",
                        "nearest name in the sentence" if who else "no verb or no name",
                    )
                    found.append(Quote(mark.inner, who, shown, cue, "direct", why, (who,) if who else ()))
    return found


def _nearest_verb(sentence: Tokens, k: int) -> Span | None:
    near = range(max(0, k - _NEAR), min(len(sentence), k + _NEAR))
    verbs = [j for j in near if (cue := cues().get(sentence.low[j])) and not cue.noun and "quote" in cue.takes]
    at = min(verbs, key=lambda j: abs(j - k), default=None)
    return sentence.span(at, at + 1) if at is not None else None


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end)
