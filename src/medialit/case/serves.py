"""Which exercises a case serves, and what it lacks for the others: one plain sentence each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from medialit.case.load import Case
from medialit.case.quotes import GoldQuote
from medialit.errors import NotServed
from medialit.files import COURSE_CASE

OTHER_STORY = "It is about the story of the course."
LEAST = 3  # rows, attributions or terms: with fewer, an exercise is a guess

# (holds, what is said when it does not), in the order in which an author gets there.
Needs = Iterator[tuple[object, str]]


def lacks(case: Case, exercise: str, *, skill: bool = False) -> str:
    """What a case lacks for an exercise (``"quotes/mark"``), in one sentence; empty when it serves it.

    A ``skill`` is an exercise that is data alone. Raises CaseError when a file that the exercise needs is damaged.
    """
    if skill:
        name = exercise.partition("/")[2]
        return "" if name in case.skills else f"It needs skills.yaml with a part called {name}."
    needs = _NEEDS.get(exercise)
    try:
        return "" if needs is None else next((told for holds, told in needs(case) if not holds), "")
    except NotServed as missing:
        return str(missing)


def _practice(case: Case) -> Needs:
    yield case.name == COURSE_CASE, OTHER_STORY


def _terms(case: Case) -> Needs:
    text = case.article.text
    once = [text.find(term) for term in case.glossary if text.count(term) == 1]
    sentences = {found.number for at in once if (found := case.article.sentence_at(at))}
    told = (
        f"It needs glossary.yaml with at least {LEAST} words that occur once in the article, each in its own sentence."
    )
    yield len(sentences) >= LEAST, told


def _guess(case: Case) -> Needs:
    yield any(mark in case.article.text for mark in '“"'), "It needs an article with words in double quotation marks."


# --- unit 1 ---


def _sure(quotes: Collection[GoldQuote]) -> int:
    return sum(quote.share >= 1 for quote in quotes)


def _attributions(case: Case) -> Needs:
    told = f"It needs attributions.yaml, the list of who says what, with at least {LEAST} attributions."
    yield _sure(case.quotes) >= LEAST, told


def _mark(case: Case) -> Needs:
    yield from _attributions(case)
    marked = [quote for quote in case.quotes if case.is_marked(quote)]
    yield _sure(marked) >= LEAST, f"It needs sentences with at least {LEAST} attributions under marking in quotes.yaml."


def _sort(case: Case) -> Needs:
    yield from _attributions(case)
    rows = [quote for quote in case.quotes if quote.id in case.sorting]
    yield len(rows) >= LEAST, f"It needs at least {LEAST} attributions under sorting in quotes.yaml."
    yield any(quote.speaker_name for quote in rows), "It needs attributions with the names of their speakers."


def _rules(case: Case) -> Needs:
    yield case.article.is_english, "It needs an article in English, because the rules know English words alone."
    yield from _attributions(case)
    left = [quote for quote in case.quotes if not case.is_marked(quote)]
    yield _sure(left) >= 2, "It needs at least two attributions outside the sentences that learners mark themselves."


def _chain(case: Case) -> Needs:
    yield case.chain, ""


def _voices(case: Case) -> Needs:
    yield from _attributions(case)
    yield any(quote.speaker_name for quote in case.quotes), "It needs attributions with the names of their speakers."
    blocs = {voice.bloc for voice in case.voices}
    yield len(blocs) > 1, "It needs voices in quotes.yaml: for which side each speaker speaks, with at least two sides."


def _repair(case: Case) -> Needs:
    yield from _attributions(case)
    yield case.repair, ""


# --- unit 2 ---


def _split(case: Case) -> Needs:
    yield case.claim_gold.splits, "It needs splits in claims.yaml: sentences with the claims that they join."


def _classify(case: Case) -> Needs:
    kinds = {statement.kind for statement in case.claim_gold.classify}
    yield len(kinds) >= LEAST, f"It needs classify in claims.yaml: statements of at least {LEAST} kinds."


def _rank(case: Case) -> Needs:
    told = f"It needs rank in claims.yaml: at least {LEAST} claims and how much each is worth a check."
    yield len(case.claim_gold.rank) >= LEAST, told


def _verify(case: Case) -> Needs:
    gold = case.claim_gold
    yield gold.verify, "It needs verify in claims.yaml: claims with a verdict, at least 45% of them supported."
    yield gold.evidence, "It needs evidence.yaml, the evidence cards."


def _publish(case: Case) -> Needs:
    yield from _verify(case)
    verdicts = {claim.verdict for claim in case.claim_gold.to_verify}
    yield "contradicted" in verdicts, "It needs a contradicted claim among those to verify."


# --- unit 3 ---


def _items(case: Case) -> Needs:
    yes = any(case.framing.shares(item.id).get("yes") == 1 for item in case.framing.codebook.items)
    yield yes, "It needs a question of the codebook that all coders answer with yes."


def _functions(case: Case) -> Needs:
    found = any(case.framing.function(function.key) for function in case.framing.codebook.functions)
    yield found, "It needs paragraphs under functions in a coder's file."


def _words(case: Case) -> Needs:
    asked = {number for chunk in case.framing.tasks.marking for number in chunk}
    found = ((word, case.article.sentence_at(word.span.start)) for word in case.framing.words if word.marked > 0.5)
    words = [word for word, sentence in found if sentence and sentence.number in asked]
    yield words, "It needs marking in frames.yaml: sentences with words that more than half of the coders marked."


def _lab(case: Case) -> Needs:
    sides = len(case.framing.coders) + 2 * len(case.framing.pairs)
    yield sides > 1, "It needs a second coder, or an invented pair of codings under pairs in frames.yaml."


def _rewrite(case: Case) -> Needs:
    yield case.article.is_english, "It needs an article in English, because the check knows English words alone."
    yield case.framing.rewrites, "It needs rewrites in frames.yaml: sentences to tell in plain words."


def _techniques(case: Case) -> Needs:
    yield case.framing.excerpts, "It needs excerpts in frames.yaml."


# --- unit 4 ---


def _matrix(case: Case) -> Needs:
    matrix = case.coverage.matrix
    told = "It needs matrix in coverage.yaml: facts in rows, the article and at least two reports in columns."
    yield matrix.short and len(matrix.columns) > 2, told


def _origins(case: Case) -> Needs:
    grouping = case.coverage.grouping
    told = f"It needs grouping in coverage.yaml: at least {LEAST} cards, and what each page shows of its origin."
    yield len(grouping) >= LEAST, told
    cards = {card.id for card in case.evidence}
    yield all(copy.card in cards for copy in grouping), "It needs evidence.yaml, the evidence cards."


def _timeline(case: Case) -> Needs:
    split = case.coverage.split
    events = {piece.event for piece in split} - {"neither"}
    yield len(events) > 1, "It needs split in coverage.yaml: facts of two events that the story tells as one."
    yield all(map(case.claim_gold.find_claim, (piece.claim for piece in split))), "It needs claims.yaml, the claims."
    yield events <= set(case.timeline.names), "It needs timeline.yaml with the names of the events."


def _distinct(case: Case) -> Needs:
    yield case.coverage.models, "It needs reports.yaml: model reports that you write from listed facts."


def _reuse(case: Case) -> Needs:
    yield any(report.copies for report in case.coverage.models), "It needs a model report that copies another one."


def _evenness(case: Case) -> Needs:
    yield from _distinct(case)
    yield any(report.quotations for report in case.coverage.models), "It needs a model report with quotations."
    yield from _attributions(case)


def _test(case: Case) -> Needs:
    told = "It needs questions in coverage.yaml: some whose answers differ between two events, and some whose answers do not."
    yield {question.tells for question in case.coverage.about.questions} == {True, False}, told


# --- unit 5 ---


def _card(case: Case) -> Needs:
    gold = case.claim_gold
    yield case.correction, ""
    yield gold.claims, "It needs claims.yaml, the claims."
    yield gold.evidence, "It needs evidence.yaml, the evidence cards."


_NEEDS: dict[str, Callable[[Case], Needs]] = {
    "welcome/practice": _practice,
    "welcome/terms": _terms,
    "welcome/guess": _guess,
    "quotes/mark": _mark,
    "quotes/sort": _sort,
    "quotes/rules": _rules,
    "quotes/chain": _chain,
    "quotes/voices": _voices,
    "quotes/repair": _repair,
    "claims/split": _split,
    "claims/classify": _classify,
    "claims/rank": _rank,
    "claims/verify": _verify,
    "claims/sure": _verify,
    "claims/publish": _publish,
    "framing/items": _items,
    "framing/functions": _functions,
    "framing/words": _words,
    "framing/lab": _lab,
    "framing/rewrite": _rewrite,
    "framing/techniques": _techniques,
    "sources/matrix": _matrix,
    "sources/origins": _origins,
    "sources/timeline": _timeline,
    "sources/words": _distinct,
    "sources/reuse": _reuse,
    "sources/voices": _evenness,
    "sources/test": _test,
    "correction/choose": _card,
    "correction/verify": _card,
    "correction/correct": _card,
    "correction/card": _card,
}
