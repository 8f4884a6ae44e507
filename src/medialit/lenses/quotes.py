"""Quotes: who says what in an article, and which words tell us so.

How a quote is found, in seven steps. Each step is a small module in ``medialit.lenses.quoting``, and ``reading`` takes
them in this order:

1. ``marks``    pairs the quotation marks; what is between them is set aside as one piece.
2. ``tokens``   cuts the text into sentences and words; a marked piece counts as one word.
3. ``reports``  looks for reporting verbs ("said"; ``cue_words``: verb or noun?). Who speaks is read on one side of the
   verb (``sources``), what is said on the other (``clauses``: where it begins, ``edges``: where it ends, ``verbs``:
   is it a clause?). ``constructions`` has the rarer ones: passives, "adding that", "as Roe put it".
4. ``phrases``  looks for "according to X" and "X's claim that ..."; ``layouts`` for a name and a colon, a headline with
   its source, a turn of an interview, a signed post.
5. ``speech``   attributes marked pieces that no cue has claimed, or calls them terms and scare quotes.
6. ``coreference`` asks who it really is (``names``, ``entities``: everybody the article names): "he" or "the minister"
   becomes the fullest name that the article gives.
7. ``records``  puts it together. Every step has left a note in plain words: they are the quote's ``why``.

The verbs, nouns and titles are tables in ``datasets/lexicons/reporting``. There is no parser and no trained model: a
sentence is read by its small words ("that", "the", "has"), as in shallow parsing (Abney 1991).
An attribution is a source, a cue and a content (Pareti 2016, "PARC 3.0", LREC); quotes are direct, mixed or indirect
(Pareti et al. 2013, EMNLP).
"""

from __future__ import annotations

from collections.abc import Sequence

from medialit.article import Article, as_article
from medialit.errors import MedialitError
from medialit.lenses.quoting.quote import Quote

__all__ = ["RULES", "Quote", "find_quotes", "quote_mark_rule"]

# The rules that can be switched on and off, each with what a learner reads about it.
RULES: dict[str, str] = {
    "marks": "Quotation marks: whatever is between two marks is a quote.",
    "said": "Reporting verbs: somebody said, warned, believes ..., and what they say comes after or before.",
    "according": "Phrases and nouns: according to somebody, somebody’s claim that ..., a name and a colon.",
}


def find_quotes(
    text_or_article: str | Article, rules: Sequence[str] | None = None, verbs: Sequence[str] | None = None
) -> list[Quote]:
    """All quotes of a text, in text order.

    ``rules`` switches on some of ``RULES`` (default: all of them, which also read marks and verbs together).
    ``verbs`` are reporting verbs of your own, in their base form: they are added to the list when the rule "said" is
    on, and are the whole list when it is off. Raises MedialitError for a rule that is not known, and nothing else.
    """
    from medialit.lenses.quoting.reading import read

    chosen = list(RULES) if rules is None else list(rules)
    unknown = [rule for rule in chosen if rule not in RULES]
    if unknown:
        raise MedialitError(f"There is no rule “{unknown[0]}”. The rules are: {', '.join(RULES)}.")
    article = as_article(text_or_article)
    own = [verb for verb in verbs or () if isinstance(verb, str)]
    if chosen == ["marks"] and not own:
        return quote_mark_rule(article)
    return read(article, frozenset(chosen), own)


def quote_mark_rule(text_or_article: str | Article) -> list[Quote]:
    """The simplest rule: double quotation marks are a quote; the nearest verb of the list is its cue, the nearest name
    its speaker. It never asks whether anybody says it. (The baseline of unit 1 and of the benchmark.)"""
    from medialit.lenses.quoting.simple import simple_rule

    return simple_rule(as_article(text_or_article))
