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
        return (
            ""
            if name in case.skills
            else (f"It needs rows of its own, which no page of the annotation notebook asks for (skills.yaml: {name}).")
        )
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
        "It needs hard words with their meanings. Fill in “Hard words and what they mean” under “More exercises” "
        f"(glossary.yaml: at least {LEAST} words that occur once in the article, each in its own sentence)."
    )
    yield len(sentences) >= LEAST, told


def _guess(case: Case) -> Needs:
    yield any(mark in case.article.text for mark in '“"'), "It needs an article with words in double quotation marks."


# --- unit 1 ---


def _sure(quotes: Collection[GoldQuote]) -> int:
    return sum(quote.share >= 1 for quote in quotes)


def _attributions(case: Case) -> Needs:
    told = f"It needs at least {LEAST} confirmed quotations. Confirm them in “Who says what?” (attributions.yaml)."
    yield _sure(case.quotes) >= LEAST, told


def _mark(case: Case) -> Needs:
    yield from _attributions(case)
    marked = [quote for quote in case.quotes if case.is_marked(quote)]
    yield (
        _sure(marked) >= LEAST,
        (
            f"The sentences that learners mark need at least {LEAST} quotations. "
            "Confirm more in “Who says what?” (quotes.yaml: marking)."
        ),
    )


def _sort(case: Case) -> Needs:
    yield from _attributions(case)
    rows = [quote for quote in case.quotes if quote.id in case.sorting]
    yield (
        len(rows) >= LEAST,
        (
            f"It needs at least {LEAST} quotations to take apart. "
            "Confirm more in “Who says what?” (quotes.yaml: sorting)."
        ),
    )
    yield (
        any(quote.speaker_name for quote in rows),
        (
            "It needs quotations with the names of their speakers. "
            "Write the names in “Who says what?” (attributions.yaml)."
        ),
    )


def _rules(case: Case) -> Needs:
    yield case.article.is_english, "It needs an article in English, because the rules know English words alone."
    yield from _attributions(case)
    left = [quote for quote in case.quotes if not case.is_marked(quote)]
    yield (
        _sure(left) >= 2,
        (
            "It needs at least two quotations outside the sentences that learners mark. "
            "Confirm more in “Who says what?”."
        ),
    )


def _chain(case: Case) -> Needs:
    yield case.chain, ""


def _voices(case: Case) -> Needs:
    yield from _attributions(case)
    yield (
        any(quote.speaker_name for quote in case.quotes),
        (
            "It needs quotations with the names of their speakers. "
            "Write the names in “Who says what?” (attributions.yaml)."
        ),
    )
    blocs = {voice.bloc for voice in case.voices}
    yield (
        len(blocs) > 1,
        "It needs speakers of at least two sides. Say it in “Who says what?”, step 3 (quotes.yaml: voices).",
    )


def _repair(case: Case) -> Needs:
    yield from _attributions(case)
    yield case.repair, ""


# --- unit 2 ---


def _split(case: Case) -> Needs:
    yield (
        case.claim_gold.splits,
        ("It needs a sentence with two claims. Mark both in “What can be checked?” (claims.yaml: splits)."),
    )


def _classify(case: Case) -> Needs:
    kinds = {statement.kind for statement in case.claim_gold.classify}
    yield (
        len(kinds) >= LEAST,
        (
            f"It needs statements of at least {LEAST} kinds. "
            "Mark them in “What can be checked?” (claims.yaml: classify)."
        ),
    )


def _rank(case: Case) -> Needs:
    told = f"It needs at least {LEAST} claims that you rated. Rate them in “What can be checked?” (claims.yaml: rank)."
    yield len(case.claim_gold.rank) >= LEAST, told


def _verify(case: Case) -> Needs:
    gold = case.claim_gold
    yield (
        gold.verify,
        (
            "It needs claims with a verdict, at least 45% of them supported. "
            "Give verdicts in “What does the evidence say?” (claims.yaml: verify)."
        ),
    )
    yield gold.evidence, "It needs evidence cards. Write them in “What does the evidence say?” (evidence.yaml)."


def _publish(case: Case) -> Needs:
    yield from _verify(case)
    verdicts = {claim.verdict for claim in case.claim_gold.to_verify}
    yield (
        "contradicted" in verdicts,
        ("It needs a contradicted claim among those to verify. Give verdicts in “What does the evidence say?”."),
    )


# --- unit 3 ---


def _items(case: Case) -> Needs:
    yes = any(case.framing.shares(item.id).get("yes") == 1 for item in case.framing.codebook.items)
    yield yes, "It needs a question that everybody answered with yes. Answer more in “How is it worded?”."


def _functions(case: Case) -> Needs:
    found = any(case.framing.function(function.key) for function in case.framing.codebook.functions)
    yield (
        found,
        (
            "It needs paragraphs with what each does in the story. "
            "Say it in “How is it worded?” (functions in a file of coding/)."
        ),
    )


def _words(case: Case) -> Needs:
    asked = {number for chunk in case.framing.tasks.marking for number in chunk}
    found = ((word, case.article.sentence_at(word.span.start)) for word in case.framing.words if word.marked > 0.5)
    words = [word for word, sentence in found if sentence and sentence.number in asked]
    yield (
        words,
        (
            "It needs loaded words that more than half of the coders marked. "
            "Mark them in “How is it worded?” (frames.yaml: marking)."
        ),
    )


def _lab(case: Case) -> Needs:
    sides = len(case.framing.coders) + 2 * len(case.framing.pairs)
    yield sides > 1, "It needs a second person who answers “How is it worded?” (or frames.yaml: pairs)."


def _rewrite(case: Case) -> Needs:
    yield case.article.is_english, "It needs an article in English, because the check knows English words alone."
    yield (
        case.framing.rewrites,
        ("It needs sentences to tell in plain words. Choose them in “How is it worded?” (frames.yaml: rewrites)."),
    )


def _techniques(case: Case) -> Needs:
    yield (
        case.framing.excerpts,
        (
            "It needs short passages with the way each persuades. "
            "Choose them in “How is it worded?” (frames.yaml: excerpts)."
        ),
    )


# --- unit 4 ---


def _matrix(case: Case) -> Needs:
    matrix = case.coverage.matrix
    told = (
        "It needs facts that at least two other reports tell. "
        "Fill in “Other reports, compared fact by fact” under “More exercises” (coverage.yaml: matrix)."
    )
    yield matrix.short and len(matrix.columns) > 2, told


def _origins(case: Case) -> Needs:
    grouping = case.coverage.grouping
    told = (
        f"It needs at least {LEAST} cards with what shows their origin. "
        "Fill in “Other reports, compared fact by fact” (coverage.yaml: grouping)."
    )
    yield len(grouping) >= LEAST, told
    cards = {card.id for card in case.evidence}
    yield (
        all(copy.card in cards for copy in grouping),
        ("It needs evidence cards. Write them in “What does the evidence say?” (evidence.yaml)."),
    )


def _timeline(case: Case) -> Needs:
    split = case.coverage.split
    events = {piece.event for piece in split} - {"neither"}
    yield (
        len(events) > 1,
        (
            "It needs facts of two events that the story tells as one, which no page of the annotation "
            "notebook asks for (coverage.yaml: split)."
        ),
    )
    yield (
        all(map(case.claim_gold.find_claim, (piece.claim for piece in split))),
        ("It needs claims. Mark them in “What can be checked?” (claims.yaml)."),
    )
    yield events <= set(case.timeline.names), "It needs the names of the events (timeline.yaml)."


def _distinct(case: Case) -> Needs:
    yield (
        case.coverage.models,
        (
            "It needs reports that you write from your facts. "
            "Fill in “Model reports of your own” under “More exercises” (reports.yaml)."
        ),
    )


def _reuse(case: Case) -> Needs:
    yield (
        any(report.copies for report in case.coverage.models),
        "It needs a model report that copies another one. Add it in “Model reports of your own”.",
    )


def _evenness(case: Case) -> Needs:
    yield from _distinct(case)
    yield (
        any(report.quotations for report in case.coverage.models),
        "It needs a model report with quotations. Add them in “Model reports of your own”.",
    )
    yield from _attributions(case)


def _test(case: Case) -> Needs:
    told = (
        "It needs questions whose answers differ between two events, and others, which no page of "
        "the annotation notebook asks for (coverage.yaml: questions)."
    )
    yield {question.tells for question in case.coverage.about.questions} == {True, False}, told


# --- unit 5 ---


def _card(case: Case) -> Needs:
    gold = case.claim_gold
    yield case.correction, ""
    yield gold.claims, "It needs claims. Mark them in “What can be checked?” (claims.yaml)."
    yield gold.evidence, "It needs evidence cards. Write them in “What does the evidence say?” (evidence.yaml)."


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
