"""The claims lens: how much a sentence is worth a check, why, and what kind of statement it is.

``score_claims`` looks at the words of a sentence, never at the world: it cannot tell what is true. The score is a small
logistic regression over readable signs and single words, trained on sentences from debates of US presidential
candidates (ClaimBuster, Arslan et al. 2020); names are no part of it. The kind comes from a table of rules. Where both
are wrong, and how often, is measured in ``datasets/models/claims/README.md``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from medialit.article import Span, as_article
from medialit.lenses._claims_kinds import CHECKABLE, KINDS, NO_RULE, kind_of, kind_of_message
from medialit.lenses._claims_model import Part, Weights, parts_of, probability, shipped
from medialit.lenses._claims_tables import sign_table
from medialit.records import PlainRecord

if TYPE_CHECKING:
    from medialit.article import Article
    from medialit.lenses.quoting.quote import Quote

__all__ = ["KINDS", "NO_RULE", "ClaimScore", "claim_kinds", "score_claims", "score_sentence"]

SMALL = 0.2  # log-odds: an effect below this changes a score by at most .05 and is no reason
WORDS_SHOWN = 3
_SIGNED = re.compile(r"[―—–-]{1,2}\s.*\(@\w+\)")


@dataclass(frozen=True)
class ClaimScore(PlainRecord):
    """One sentence: how much it is worth a check, and why.

    ``score`` runs from 0 to 1: the share of such sentences that coders of debates called worth a check. ``kind`` is
    checkable, prediction, opinion or not checkable as written, ``why`` the rule behind it. ``reasons`` moved the score
    most, strongest first; ``effects`` are theirs, in log-odds: above 0 raises the score, below 0 lowers it. ``worth`` is
    True from the score on that finds seven of ten such sentences even when they have no number.
    """

    sentence: int
    span: Span
    score: float
    kind: str
    why: str
    reasons: tuple[str, ...]
    effects: tuple[float, ...]

    @property
    def worth(self) -> bool:
        """True when the score reaches the threshold of the model."""
        return self.score >= shipped().threshold


def score_claims(text_or_article: str | Article) -> list[ClaimScore]:
    """Score every sentence of a text or an Article, headings too, in text order.

    A heading or the signature of a post gets the score 0: it is no statement.
    """
    article = as_article(text_or_article)
    found = []
    for sentence in article.sentences:
        text = article[sentence.span]
        block = article.blocks[sentence.block].kind
        heading = (block == "heading" and len(article.sentences) > 1) or (block == "post" and bool(_SIGNED.match(text)))
        kind, why = kind_of(text, heading)
        score, reasons, effects = (0.0, (), ()) if heading else score_sentence(text)
        found.append(ClaimScore(sentence.number, sentence.span, score, kind, why, reasons, effects))
    return found


def claim_kinds(article: Article) -> dict[int, tuple[str, str]]:
    """(kind, why) of what each sentence claims, by its number. In a report that is its longest message: *it will rain*.

    ``ClaimScore.kind`` instead is the kind of the sentence as it is: that somebody said so can be checked.
    """
    from medialit.lenses.quotes import find_quotes

    kinds = {one.sentence: (one.kind, one.why) for one in score_claims(article)}
    longest: dict[int, Quote] = {}
    for quote in find_quotes(article):
        sentence = article.sentence_at(quote.content.start)
        if sentence and quote.kind != "scare" and quote.content.end <= sentence.span.end:
            longest[sentence.number] = max(
                longest.get(sentence.number, quote), quote, key=lambda one: len(article[one.content])
            )
    for number, (kind, _) in kinds.items():
        if kind == CHECKABLE:
            said = longest.get(number)
            text = article[said.content if said else article.sentences[number - 1].span]
            found, why = kind_of_message(text, article[said.cue].lower() if said and said.cue else "")
            also = "; that somebody said so can be checked" if said and found != CHECKABLE else ""
            kinds[number] = found, f"{why}{also}"
    return kinds


def score_sentence(sentence: str, weights: Weights | None = None) -> tuple[float, tuple[str, ...], tuple[float, ...]]:
    """(score from 0 to 1, reasons, effects) of one sentence; ``weights`` are the shipped ones unless given."""
    weights = weights or shipped()
    parts = parts_of(sentence, weights)
    score = probability(weights.start + sum(part.effect for part in parts))
    shown = [part for part in _grouped(parts) if abs(part.effect) >= SMALL]
    shown.sort(key=lambda part: -abs(part.effect))
    return round(score, 3), tuple(_in_words(part) for part in shown), tuple(round(part.effect, 2) for part in shown)


def _grouped(parts: list[Part]) -> list[Part]:
    """Signs as they are; of the remaining words those that raise as one reason, those that lower as another."""
    kept = [part for part in parts if part.key != "word"]
    for sign in (1, -1):
        words = sorted((p for p in parts if p.key == "word" and p.effect * sign > 0), key=lambda p: -abs(p.effect))
        if words:
            names = tuple(part.words[0] for part in words)
            kept.append(Part("words", sum(part.effect for part in words), names))
    return kept


def _in_words(part: Part) -> str:
    if part.key != "words":
        return next(sign.reason for sign in sign_table() if sign.key == part.key)
    listed = ", ".join(f"“{word}”" for word in part.words[:WORDS_SHOWN])
    more = " and others" if len(part.words) > WORDS_SHOWN else ""
    return f"uses {listed}{more}"
