"""What exercises need of a case, and what of it a case lacks. The sentences are in ``course/needs.yaml``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from medialit.case.lacking import LEAST, lacking
from medialit.case.load import Case
from medialit.case.quotes import GoldQuote
from medialit.errors import NotServed
from medialit.files import COURSE_CASE


def lacks(case: Case, needs: Iterable[str]) -> str:
    """The first of some ``NEEDS`` that a case lacks, in one sentence; empty when it has them all.

    Raises CaseError when a file that is needed is damaged.
    """
    try:
        return next((str(lacking(need)) for need in needs if not NEEDS[need](case)), "")
    except NotServed as missing:
        return str(missing)


def other_story() -> str:
    """What is lacking where an exercise is about the story of the course."""
    return str(lacking("course_story"))


def _sentences_of_terms(case: Case) -> set[int]:
    """The sentences of hard words that occur once in the article."""
    text = case.article.text
    once = [text.find(term) for term in case.glossary if text.count(term) == 1]
    return {found.number for at in once if (found := case.article.sentence_at(at))}


def _sure(quotes: Iterable[GoldQuote]) -> int:
    return sum(quote.share >= 1 for quote in quotes)


def _to_sort(case: Case) -> list[GoldQuote]:
    return [quote for quote in case.quotes if quote.id in case.sorting]


def _named(quotes: Iterable[GoldQuote]) -> bool:
    return any(quote.speaker_name for quote in quotes)


def _quoted_sides(case: Case) -> set[str]:
    """The sides of the speakers whose own words stand between double quotation marks."""
    side = {voice.name: voice.bloc for voice in case.voices}
    said = [quote for quote in case.quotes if quote.speaker_name in side]
    text = case.article.text
    marked = [q for q in said if set('“”„«»"') & set(text[max(0, q.content.start - 1) : q.content.end + 1])]
    return {side[quote.speaker_name or ""] for quote in marked}


def _asked_words(case: Case) -> bool:
    """Did more than half of the coders mark a word in the sentences that learners mark?"""
    asked = {number for chunk in case.framing.tasks.marking for number in chunk}
    found = (case.article.sentence_at(word.span.start) for word in case.framing.words if word.marked > 0.5)
    return any(sentence and sentence.number in asked for sentence in found)


def _events(case: Case) -> set[str]:
    return {piece.event for piece in case.coverage.split} - {"neither"}


NEEDS: dict[str, Callable[[Case], object]] = {
    "course_story": lambda case: case.name == COURSE_CASE,
    "terms": lambda case: len(_sentences_of_terms(case)) >= LEAST,
    "marks": lambda case: set('“„«"') & set(case.article.text),
    "quotations": lambda case: _sure(case.quotes) >= LEAST,
    "marked": lambda case: _sure(filter(case.is_marked, case.quotes)) >= LEAST,
    "rows": lambda case: len(_to_sort(case)) >= LEAST,
    "speakers": lambda case: _named(_to_sort(case)),
    "english_rules": lambda case: case.article.is_english,
    "unmarked": lambda case: _sure(quote for quote in case.quotes if not case.is_marked(quote)) >= 2,
    "chain": lambda case: case.chain,
    "named": lambda case: _named(case.quotes),
    "sides": lambda case: len({voice.bloc for voice in case.voices}) > 1,
    "quoted": lambda case: len(_quoted_sides(case)) > 1,
    "repair": lambda case: case.repair,
    "splits": lambda case: case.claim_gold.splits,
    "kinds": lambda case: len({statement.kind for statement in case.claim_gold.classify}) >= LEAST,
    "rank": lambda case: len(case.claim_gold.rank) >= LEAST,
    "verdicts": lambda case: case.claim_gold.verify,
    "cards": lambda case: case.evidence,
    "contradicted": lambda case: "contradicted" in {claim.verdict for claim in case.claim_gold.to_verify},
    "agreed": lambda case: any(case.framing.shares(i.id).get("yes") == 1 for i in case.framing.codebook.items),
    "functions": lambda case: sum(bool(case.framing.function(f.key)) for f in case.framing.codebook.functions) > 1,
    "words": _asked_words,
    "coders": lambda case: len(case.framing.coders) + 2 * len(case.framing.pairs) > 1,
    "english_words": lambda case: case.article.is_english,
    "rewrites": lambda case: case.framing.rewrites,
    "excerpts": lambda case: case.framing.excerpts,
    "matrix": lambda case: case.coverage.matrix.short and len(case.coverage.matrix.columns) > 2,
    "grouping": lambda case: len(case.coverage.grouping) >= LEAST,
    "events": lambda case: len(_events(case)) > 1,
    "claims": lambda case: case.claims,
    "event_names": lambda case: _events(case) <= set(case.timeline.names),
    "reports": lambda case: case.coverage.models,
    "copy": lambda case: any(report.copies for report in case.coverage.models),
    "report_quotations": lambda case: any(report.quotations for report in case.coverage.models),
    "questions": lambda case: {question.tells for question in case.coverage.about.questions} == {True, False},
    "correction": lambda case: case.correction,
}
