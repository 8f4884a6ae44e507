"""Split sentences into single claims."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import MarkedSpan, SpanForm
from medialit.scoring.order import set_f1

SHORTEST = 2  # words of a mark


class SplitClaims(Task[list[MarkedSpan]]):
    """F1 of the boundaries: the first words of all claims of a sentence but its first.

    Words before the first claim, such as those that say who said it, may belong to a mark or not.
    """

    @cached_property
    def form(self) -> SpanForm:
        return SpanForm(tuple((split.sentence,) for split in self.case.claim_gold.splits), article=self.case.article)

    def score(self, answer: list[MarkedSpan]) -> Result:
        # A joining word or a number alone is no claim.
        starts = [mark.start for mark in answer if len(self.case.article.words(mark.span)) >= SHORTEST]
        gold, given = self._boundaries(start for start, _ in self.answer()), self._boundaries(starts)
        value = set_f1(given, gold)
        extra, missed = len(given - gold), sorted(gold - given)
        untouched = [s for s in self.case.claim_gold.splits if not self._inside(s.sentence, starts)]
        message = self.say("found", found=len(gold & given), of=len(gold), extra=extra, missed=len(missed))
        step = ""
        if untouched:
            step = self.say("untouched", sentence=self._named(untouched[0].sentence))
        elif len(starts) < len(answer):
            step = self.say("short")
        elif missed:
            sentence = self.case.article.sentence_at(missed[0])
            step = self.say("missed", sentence=self._named(sentence.number)) if sentence else ""
        elif extra:
            step = self.say("extra")
        details = {"f1": round(value, 3), "extra": extra, "marks": self._marks(answer, gold, missed)}
        return self.result(value, message, step, details, measured=self.say("measured", f1=value))

    def _marks(self, answer: list[MarkedSpan], gold: set[int], missed: list[int]) -> dict[str, list[list[int]]]:
        """The learner's marks that open no boundary or a right one, those that open a wrong one, and missed claims."""
        marks = [list(mark.span) for mark in answer]
        extra = [mark for mark in marks if self._boundaries(mark[:1]) - gold]
        # A mark over two claims is no single claim: words that fit are not among those that are missed.
        both = [mark for mark in marks if mark not in extra and any(mark[0] < place < mark[1] for place in missed)]
        return {
            "ok": [mark for mark in marks if mark not in extra and mark not in both],
            "edge": both,
            "extra": extra,
            "missed": [claim for claim in self.answer() if self._boundaries(claim[:1]) & set(missed)],
        }

    def _boundaries(self, starts: Iterable[int]) -> set[int]:
        """First characters of claims that open after the first one of a sentence, moved to the word that they are in."""
        article, found = self.case.article, set()
        first = {split.sentence: split.claims[0][0] for split in self.case.claim_gold.splits}
        for start in starts:
            sentence = article.sentence_at(start)
            if sentence is None:
                continue
            words = [w for w in article.words(sentence.span) if any(c.isalnum() for c in article[w])]
            begins = first.get(sentence.number, sentence.span.start)
            after = [word for word in words if word.end > begins][1:]
            word = next((word for word in words if word.end > start), None)
            if word in after:
                found.add(word.start)
        return found

    def _named(self, number: int) -> str:
        """A sentence as a reader finds it: its paragraph and its first words."""
        span = self.case.article.sentences[number - 1].span
        first = " ".join(self.case.article[span].lstrip("- ").split()[:4])
        return f"{self.place(span.start)}, “{first} …”"

    def _inside(self, number: int, starts: Iterable[int]) -> bool:
        sentence = self.case.article.sentences[number - 1].span
        return any(sentence.start <= start < sentence.end for start in starts)

    def answer(self) -> list[list[int]]:
        return [list(span) for split in self.case.claim_gold.splits for span in split.claims]

    def facts(self) -> dict[str, object]:
        first = self.case.claim_gold.splits[0]
        others = [
            self.case.article[self.case.article.sentences[s.sentence - 1].span] for s in self.case.claim_gold.splits[1:]
        ]
        joins = [
            word for word in self.case.claim_gold.about.joins if re.search(rf"\b{re.escape(word)}\b", " ".join(others))
        ]
        return {
            "first_claims": len(first.claims),
            "others": self.say("others", joins=", ".join(f"“{word}”" for word in joins)) if joins else "",
            "sentences": len(self.case.claim_gold.splits),
            "boundaries": len(self._boundaries(start for start, _ in self.answer())),
            "first": self._named(first.sentence),
            "first_words": " ".join(self.case.article[first.claims[1]].split()[:2]),
        }
