"""Choose rules that find more than quotation marks do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

from medialit.article import Span
from medialit.case import Case
from medialit.errors import MedialitError
from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import ChoiceForm, Option
from medialit.lenses.quotes import RULES, find_quotes
from medialit.scoring.spans import MATCH, SpanScore, WordIndex, score_spans

# A rule of the exercise alone: it finds nearly everything and marks far too much, so that more rules are not always better.
NAMES = "names"


class BeatTheRule(Task[list[str]]):
    """The gain in F1 over the quotation marks, as a share of what the best choice gains, on the sentences not marked before.

    The answer lists rules; any other word in it is a reporting verb of the learner's own.
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
        score = max(0.0, min(1.0, gain / room)) if room > 0 else float(gain >= 0)
        counts = {"base": len(base.pairs), "mine": len(mine.pairs), "extra": len(mine.extra)}
        message = self.say("found", **counts, of=len(mine.pairs) + len(mine.missed))
        scores = {"base": base.f1, "mine": mine.f1, "precision": mine.precision, "recall": mine.recall}
        step = ""
        if not rules:
            step = self.say("none")
        elif score + 1e-9 < self.text.pass_at:
            step = self.say("too_many" if mine.precision < mine.recall else "missed")
        details = {"gain": round(gain, 3), "f1": round(mine.f1, 3)}
        return self.result(score, message, step, details, measured=self.say("measured", **scores))

    def _measure(self, rules: list[str], verbs: Sequence[str] = ()) -> SpanScore:
        return _on_the_rest(self.case, tuple(rules), tuple(verbs))

    def answer(self) -> list[str]:
        keys = self.rules
        choices = [[key for k, key in enumerate(keys) if bits >> k & 1] for bits in range(1, 2 ** len(keys))]
        return max(choices, key=lambda rules: (self._measure(rules).f1, -len(rules)))

    def facts(self) -> dict[str, object]:
        base, best = self._measure(["marks"]), self._measure(self.answer())
        counts = {"of": len(best.pairs) + len(best.missed), "best": len(best.pairs), "extra": len(best.extra)}
        return {"base": len(base.pairs), **counts, "rules": ", ".join(self.answer())}


# The right answer is the best of all choices: on one story they are measured once, whoever asks and however often.
@lru_cache(maxsize=64)
def _on_the_rest(case: Case, rules: tuple[str, ...], verbs: tuple[str, ...]) -> SpanScore:
    """How well these rules and verbs find the attributions in the sentences that are not marked by hand."""
    article, held_out = case.article, _held_out(case)
    index = WordIndex(article.text, article.words())
    found = list(_found(case, tuple(rule for rule in rules if rule != NAMES), verbs))
    if NAMES in rules:
        named = [span for span in held_out if any(article[word][0].isupper() for word in article.words(span)[1:])]
        found += [span for span in named if all(index.iou(span, other) < MATCH for other in found)]
    gold = [q for q in case.quotes if _inside(q.content, held_out)]
    return score_spans(found, [q.content for q in gold], index, [q.share >= 1 for q in gold])


@lru_cache(maxsize=64)
def _found(case: Case, rules: tuple[str, ...], verbs: tuple[str, ...]) -> tuple[Span, ...]:
    """What the lens finds there: the rule of the exercise alone is added later, so that each article is read once."""
    held_out = _held_out(case)
    quotes = find_quotes(case.article, rules=rules, verbs=verbs or None)
    return tuple(quote.content for quote in quotes if _inside(quote.content, held_out))


def _held_out(case: Case) -> list[Span]:
    marked = {number for part in case.marking for number in part}
    return [sentence.span for sentence in case.article.sentences if sentence.number not in marked]


def _inside(span: Span, places: Sequence[Span]) -> bool:
    return any(start <= span[0] < end for start, end in places)
