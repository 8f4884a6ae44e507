"""Put one paragraph right."""

from __future__ import annotations

from functools import cached_property

from medialit.article import Block
from medialit.case.claims import Card, Claim
from medialit.errors import MedialitError
from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Corrected, CorrectForm, Passage
from medialit.units.correction.choose import CYNICISM, choices_of
from medialit.units.correction.paragraph import (
    ParagraphCheck,
    check_facts,
    check_quotations,
    names_record,
    quotations,
    readable,
    still_says,
    to_keep,
    traces,
    unclosed,
)

PARAGRAPH = 750  # characters: what fits on one printed sheet with everything else
SHORTEST = 8  # words: less is no paragraph
DATED = ("outdated", "missing context")  # verdicts on words that are true with a date, or with what was left out


class CorrectParagraph(Task[Corrected]):
    """.5 quotations unaltered + .5 facts kept.

    Facts: the share of supported numbers, names and negations that are still there; halved when something came in that is
    neither in the story nor on a card, and halved when the paragraph says neither when nor by whose record. Where the words
    of the false claim are still there, nothing was corrected: the facts earn nothing. A text of which most words are neither
    in the paragraph nor on its cards earns nothing at all.
    """

    for_a_reader = True

    @cached_property
    def claims(self) -> list[Claim]:
        """The claims that can be corrected."""
        return choices_of(self.case)

    def block(self, claim: Claim) -> Block:
        """The paragraph that makes a claim."""
        found = self.case.article.block_at(claim.span.start)
        if found is None:
            raise MedialitError(f"The claim {claim.id} is in no paragraph.")
        return found

    @cached_property
    def form(self) -> CorrectForm:
        article, passages = self.case.article, []
        for claim in self.claims:
            block = self.block(claim)
            passages.append(Passage(claim.id, claim.says, block.number, article[block.span], article[claim.span]))
        return CorrectForm(tuple(passages), PARAGRAPH)

    def neighbors(self, claim: Claim) -> list[Claim]:
        """All claims that begin in the same paragraph."""
        span = self.block(claim).span
        return [one for one in self.case.claims if span.start <= one.span.start < span.end]

    def score(self, answer: Corrected) -> Result:
        gold, text = self.case.claim_gold, answer.text
        claim = gold.claim(answer.claim)
        block = self.block(claim)
        original = self.case.article[block.span]
        cards = [
            gold.card(name) for name in dict.fromkeys(name for one in self.neighbors(claim) for name in one.evidence)
        ]
        if problem := self._not_begun(text, original):
            return self.result(0.0, problem, self.say("begin"))
        if claim.verdict == "supported":
            return self.result(0.0, self.say("holds"), self.say("another"), codes=(CYNICISM,))
        known = [
            original,
            *(f"{card.publisher} {card.date} {card.title} {card.fact} {card.quotation}" for card in cards),
        ]
        if not readable(text, " ".join(known)):
            return self.result(0.0, self.say("unreadable"), self.say("begin"))
        near = self.neighbors(claim)
        faulty = " ".join(one.text for one in near if one.verdict and one.verdict != "supported")
        quoted = check_quotations(text, original, self.case.article.text, cards, faulty)
        total = len(quoted.kept) + len(quoted.lost) + len(quoted.strange)
        quotes = 0.0 if unclosed(text) else len(quoted.kept) / total if total else 1.0
        keep = to_keep(original, block.span.start, near)
        held = check_facts(text, keep, self.case.article.text, cards)
        own = [gold.card(name) for name in claim.evidence]
        new = traces(text, original, own)
        traced = new or names_record(text, own)
        facts = (len(held.kept) / len(keep) if keep else 1.0) * (0.5 if held.strange else 1) * (1 if traced else 0.5)
        if uncorrected := self._uncorrected(claim, text, cards, new):
            facts = 0.0
        message = self.say(
            "found",
            quotations=len(quotations(text)),
            altered=len(quoted.strange),
            missing=len(quoted.lost),
            kept=len(held.kept),
            of=len(keep),
            strange=len(held.strange),
        )
        step = self.say("uncorrected", words=claim.text) if uncorrected else self._step(text, quoted, held, traced)
        codes = ("Q-I",) if quoted.strange else ()
        details = {"quotations": round(quotes, 4), "facts": round(facts, 4)}
        return self.result(0.5 * quotes + 0.5 * facts, message, step, details, codes)

    def _uncorrected(self, claim: Claim, text: str, cards: list[Card], new: bool) -> bool:
        """Do the words of the claim still say what the record does not? ``new`` says when, or by whose record."""
        if claim.verdict in DATED and new:
            return False  # the words may stay: what was missing is there now
        at = claim.span.start
        quoted = "“" in self.case.article.text[max(0, at - 1) : at + 1]
        words = claim.text.lstrip("“").partition("”")[0] if quoted else claim.text
        return still_says(text, words, quoted, cards)

    def _not_begun(self, text: str, original: str) -> str:
        if not text:
            return self.say("empty")
        if " ".join(text.split()) == " ".join(original.split()):
            return self.say("original")
        return self.say("short", n=SHORTEST) if len(text.split()) < SHORTEST else ""

    def _step(self, text: str, quoted: ParagraphCheck, held: ParagraphCheck, traced: bool) -> str:
        """One thing to do next. It names words of the learner's own text, never those of the key."""
        if unclosed(text):
            return self.say("open_mark")
        if quoted.strange:
            return self.say("altered", words=quoted.strange[0][:60])
        if quoted.lost:
            return self.say("lost_quotation")
        if held.strange:
            return self.say("from_nowhere", word=held.strange[0])
        if held.lost:
            return self.say("lost_fact")
        return self.say("reader") if traced else self.say("no_trace")

    def answer(self) -> dict[str, str]:
        return self.case.correction.model.correction.model_dump()

    def facts(self) -> dict[str, object]:
        model = self.case.correction.model
        claim = self.case.claim_gold.claim(model.correction.claim)
        return {
            "limit": PARAGRAPH,
            "paragraph": self.block(claim).number,
            "publisher": self.case.claim_gold.card(model.card.source).publisher,
            "model": model.correction.text,
        }
