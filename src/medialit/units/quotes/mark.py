"""Mark all attributed content."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from statistics import mode
from typing import Any

from medialit.article import Span
from medialit.case import GoldQuote
from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import Task
from medialit.forms import MarkedSpan, SpanForm
from medialit.scoring.spans import SpanScore, score_spans


class MarkAttributions(Task[list[MarkedSpan]]):
    """Span F1 (IoU of at least .5); the strict value and both parts are shown."""

    @cached_property
    def form(self) -> SpanForm:
        return SpanForm(tuple(tuple(part) for part in self.case.marking), article=self.case.article)

    @cached_property
    def gold(self) -> list[GoldQuote]:
        """The attributions in the sentences that are asked for."""
        return [q for q in self.case.quotes if self.form.asks(q.content.start)]

    def score(self, answer: list[MarkedSpan]) -> Result:
        gold = self.gold
        # A rule marks the whole article; only the sentences that are asked for count.
        found = [span for span in sorted({mark.span for mark in answer}) if self.form.asks(span.start)]
        if not found:
            return Result(Outcome.NOT_YET, 0.0, self.say("elsewhere"), self.say("again"))
        result = score_spans(found, [q.content for q in gold], self.index, [q.share >= 1 for q in gold])
        missed = [gold[j] for j in result.missed]
        details: dict[str, Any] = {
            "f1": round(result.f1, 3),
            "precision": round(result.precision, 3),
            "recall": round(result.recall, 3),
            "strict_f1": round(result.strict_f1, 3),
            "missed_kinds": dict(Counter(q.kind for q in missed)),
            "marks": {
                "ok": [list(found[pair[0]]) for pair in result.pairs if pair not in result.edge],
                "edge": [list(found[i]) for i, _, value in result.edge],
                "extra": [list(found[i]) for i in result.extra],
                "missed": [list(q.content) for q in missed],
            },
        }
        message = self.say(
            "found",
            match=len(result.pairs),
            of=len(found),
            missed=len(missed),
            extra=len(result.extra),
            edge=len(result.edge),
        )
        measured = self.say(
            "measured",
            precision=result.precision,
            recall=result.recall,
            f1=result.f1,
            strict=result.strict_f1,
        )
        return self.result(result.f1, message, self._step(result, found, missed), details, measured=measured)

    def _step(self, result: SpanScore, found: list[Span], missed: list[GoldQuote]) -> str:
        if missed:
            kind = mode(q.kind for q in missed)
            first = next(q for q in missed if q.kind == kind)
            return self.say("missed", kind=kind, place=self.place(first.content.start))
        if result.extra:
            return self.say("extra", place=self.place(found[result.extra[0]].start))
        if result.edge:
            return self.say("edge", place=self.place(found[result.edge[0][0]].start))
        return ""

    def answer(self) -> list[list[int]]:
        return [list(q.content) for q in self.gold if q.share >= 1]

    def facts(self) -> dict[str, object]:
        sure = [q for q in self.gold if q.share >= 1]
        found = Counter(self.paragraph(q.content.start) for q in sure)
        in_sentences = Counter(self.case.article.sentence_at(q.content.start) for q in sure)
        asked = (self.case.article.sentences[number - 1].span.start for part in self.case.marking for number in part)
        if set(found) < {self.paragraph(start) for start in asked}:
            where = self.say("where", paragraphs=", ".join(f"¶{number}" for number in sorted(found)))
        else:
            paragraph, most = found.most_common(1)[0]
            where = self.say("everywhere", paragraph=paragraph, n=most)
        return {
            "count": len(sure),
            "unmarked": sum(q.kind == "indirect" for q in sure),
            "parts": len(self.case.marking),
            "where": where,
            "more": self.say("more") if max(in_sentences.values()) > 1 else "",
            "step": self._worked(sure),
        }

    def _worked(self, sure: list[GoldQuote]) -> str:
        """One worked step: best where the reporting word comes right before what was said."""
        text = self.case.article

        def after(quote: GoldQuote) -> bool:
            if not quote.cue or quote.cue.end > quote.content.start:
                return False
            between = text.text[quote.cue.end : quote.content.start]
            return between.strip(" ,:“\"‘'").lower() in ("", "that")

        first = next(filter(after, sure), None) or next((q for q in sure if q.cue), sure[0])
        words = text[first.content].split()
        return self.say(
            "step_after" if after(first) else "step" if first.cue else "step_alone",
            paragraph=self.paragraph(first.content.start),
            cue=text[first.cue] if first.cue else "",
            first=" ".join(words[:2]),
            last=" ".join(words[-2:]),
        )
