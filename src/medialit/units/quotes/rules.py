"""Choose rules that find more than quotation marks do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import combinations
from typing import Any

from medialit.article import Span
from medialit.case import Case
from medialit.errors import MedialitError
from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import ChoiceForm, Option, SpanForm
from medialit.lenses.quotes import RULES, find_quotes
from medialit.scoring.spans import MATCH, SpanScore, WordIndex, score_spans

# A rule of the exercise alone: it finds nearly everything and marks far too much, so that more rules are not always better.
NAMES = "names"


class BeatTheRule(Task[list[str]]):
    """The gain in F1 over the quotation marks, as a share of what the best choice gains, on the sentences not marked before.

    The answer lists rules; any other word in it is a reporting verb of the learner's own. Where no choice gains anything, the
    marks alone are right, and half is for rules that add nothing and spoil nothing.
    """

    @cached_property
    def form(self) -> ChoiceForm:
        rules = {**RULES, NAMES: self.say("names")}
        return ChoiceForm(tuple(Option(key, text) for key, text in rules.items()), several=True)

    @cached_property
    def rules(self) -> list[str]:
        """The rules to choose from."""
        return [option.key for option in self.form.options]

    def read(self, answer: Any) -> list[str]:
        if not (isinstance(answer, list) and all(isinstance(x, str) and x.strip() for x in answer)):
            raise MedialitError(self.say("wanted"))
        return answer

    def score(self, answer: list[str]) -> Result:
        rules = [x for x in answer if x in self.rules]
        verbs = [x for x in answer if x not in self.rules]
        base, best, mine = self._measure(["marks"]), self._measure(self.answer()), self._measure(rules, verbs)
        gain, room = mine.f1 - base.f1, best.f1 - base.f1
        idle = room <= 0 <= gain and answer != self.answer()
        score = max(0.0, min(1.0, gain / room)) if room > 0 else (0.5 if idle else float(gain >= 0))
        counts = {"base": len(base.pairs), "mine": len(mine.pairs), "extra": len(mine.extra)}
        message = self.say("found", **counts, of=len(mine.pairs) + len(mine.missed))
        scores = {"base": base.f1, "mine": mine.f1, "precision": mine.precision, "recall": mine.recall}
        step = ""
        if not rules:
            step = self.say("none")
        elif idle:
            step = self.say("idle")
        elif not self.outcome(score).done:
            step = self.say("too_many" if mine.precision < mine.recall else "missed")
        details = {"gain": round(gain, 3), "f1": round(mine.f1, 3)}
        return self.result(score, message, step, details, measured=self.say("measured", **scores))

    def _measure(self, rules: list[str], verbs: Sequence[str] = ()) -> SpanScore:
        return _on_the_rest(self.case, tuple(rules), tuple(verbs))

    def answer(self) -> list[str]:
        choices = [list(some) for n, _ in enumerate(self.rules, 1) for some in combinations(self.rules, n)]
        # Fewer rules come first, so the first of the best has none for nothing.
        return max(choices, key=lambda rules: self._measure(rules).f1)

    def facts(self) -> dict[str, object]:
        base, best = self._measure(["marks"]), self._measure(self.answer())
        counts = {"of": len(best.pairs) + len(best.missed), "best": len(best.pairs), "extra": len(best.extra)}
        unmarked = sum(quote.kind == "indirect" for quote in self.case.quotes)
        told = {"all": len(self.case.quotes), "unmarked": unmarked, "rules": ", ".join(self.answer())}
        return {"base": len(base.pairs), **counts, **told}


# The right answer is the best of all choices: on one story they are measured once, whoever asks and however often.
@lru_cache(maxsize=64)
def _on_the_rest(case: Case, rules: tuple[str, ...], verbs: tuple[str, ...]) -> SpanScore:
    """How well these rules and verbs find the attributions in the sentences that are not marked by hand."""
    article, held_out = case.article, _held_out(case)
    index = WordIndex(article.text, article.words())
    found = list(_found(case, tuple(rule for rule in rules if rule != NAMES), verbs))
    if NAMES in rules:
        spans = [sentence.span for sentence in article.sentences if held_out.asks(sentence.span.start)]
        named = [span for span in spans if any(article[word][0].isupper() for word in article.words(span)[1:])]
        found += [span for span in named if all(index.iou(span, other) < MATCH for other in found)]
    gold = [q for q in case.quotes if held_out.asks(q.content.start)]
    return score_spans(found, [q.content for q in gold], index, [q.share >= 1 for q in gold])


@lru_cache(maxsize=64)
def _found(case: Case, rules: tuple[str, ...], verbs: tuple[str, ...]) -> tuple[Span, ...]:
    """What the lens finds there: the rule of the exercise alone is added later, so that each article is read once."""
    quotes, held_out = find_quotes(case.article, rules=rules, verbs=verbs or None), _held_out(case)
    return tuple(quote.content for quote in quotes if held_out.asks(quote.content.start))


def _held_out(case: Case) -> SpanForm:
    marked = {number for part in case.marking for number in part}
    rest = tuple(sentence.number for sentence in case.article.sentences if sentence.number not in marked)
    return SpanForm((rest,), article=case.article)
