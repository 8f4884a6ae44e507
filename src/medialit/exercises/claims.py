"""Tasks 2.1 to 2.3: split claims, tell them apart, and choose which to check first."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Any

from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import RawTask
from medialit.forms import Field, Form, Option, OrderForm, SpanForm, TableForm
from medialit.scoring.agreement import alpha_with_interval
from medialit.scoring.labels import macro_f1
from medialit.scoring.order import set_f1
from medialit.scoring.ranking import average_precision, ndcg

KINDS = (
    Option("checkable", "checkable: a record can confirm or contradict it"),
    Option("prediction", "prediction: about the future"),
    Option("opinion", "opinion: a judgement or a view"),
    Option("not checkable as written", "not checkable as written: nobody, nothing or no measure is named"),
)
# (given, right) -> the misconception behind it.
_KIND_CODES = {
    ("checkable", "opinion"): "C-A",
    ("checkable", "prediction"): "C-A2",
    ("checkable", "not checkable as written"): "C-G3",
    ("not checkable as written", "checkable"): "C-G",
}


class SplitClaims(RawTask):
    """2.1: split sentences into single claims. F1 of the boundaries: the first words of claims inside a sentence."""

    id = "2.1"

    @cached_property
    def form(self) -> Form[Any]:
        return SpanForm(tuple((split.sentence,) for split in self.case.claim_gold.splits), article=self.case.article)

    def score(self, answer: list[list[int]]) -> Result:
        gold, given = self._boundaries(self.answer()), self._boundaries(answer)
        value = set_f1(given, gold)
        found, extra, missed = len(gold & given), len(given - gold), sorted(gold - given)
        untouched = [s for s in self.case.claim_gold.splits if not self._inside(s.sentence, answer)]
        message = f"{found} of {len(gold)} boundaries found, {extra} extra, {len(missed)} missed. F1 {value:.2f}."
        step = ""
        if untouched:
            step = (
                f"Sentence S{untouched[0].sentence} has no marks yet. Mark each claim in it, from first to last word."
            )
        elif missed:
            sentence = self.case.article.sentence_at(missed[0])
            step = f"Read S{sentence.number} again: which part could be true while the rest is not?" if sentence else ""
        elif extra:
            step = "One of your parts cannot stand alone. Ask of each: could it be true or false by itself?"
        details = {"f1": round(value, 3), "extra": extra, "marks": self._marks(answer, gold, missed)}
        return Result(self.outcome(value), value, message, step, details)

    def _marks(self, answer: list[list[int]], gold: set[int], missed: list[int]) -> dict[str, list[list[int]]]:
        """The learner's marks that open no boundary or a right one, those that open a wrong one, and missed claims."""
        extra = [mark for mark in answer if self._boundaries([mark]) - gold]
        return {
            "ok": [mark for mark in answer if mark not in extra],
            "extra": extra,
            "missed": [claim for claim in self.answer() if self._boundaries([claim]) & set(missed)],
        }

    def _boundaries(self, spans: Any) -> set[int]:
        """First characters of claims that open inside a sentence, moved to the word they stand in."""
        found = set()
        for start, _end in spans:
            sentence = self.case.article.sentence_at(start)
            if sentence is None:
                continue
            words = [
                w for w in self.case.article.words(sentence.span) if any(c.isalnum() for c in self.case.article[w])
            ]
            place = next((i for i, word in enumerate(words) if word.end > start), None)
            if place:
                found.add(words[place].start)
        return found

    def _inside(self, number: int, spans: Any) -> bool:
        sentence = self.case.article.sentences[number - 1].span
        return any(sentence.start <= start < sentence.end for start, _ in spans)

    def answer(self) -> list[list[int]]:
        return [list(span) for split in self.case.claim_gold.splits for span in split.claims]

    def facts(self) -> dict[str, object]:
        first = self.case.claim_gold.splits[0]
        return {
            "sentences": len(self.case.claim_gold.splits),
            "boundaries": len(self._boundaries(self.answer())),
            "first": f"S{first.sentence}",
            "joins": ", ".join(f"“{word}”" for word in self.case.claim_gold.about.joins),
            "first_words": " ".join(self.case.article[first.claims[1]].split()[:2]),
        }


class ClassifyClaims(RawTask):
    """2.2: checkable, prediction, opinion or not checkable as written. Macro-F1; alpha with the key is shown.

    Where a statement can be read in two ways, either kind counts.
    """

    id = "2.2"

    @cached_property
    def form(self) -> Form[Any]:
        rows = tuple(Option(s.key, " ".join(s.text.split())) for s in self.case.claim_gold.classify)
        return TableForm(rows, (Field("kind", "Kind", KINDS),))

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        statements = self.case.claim_gold.classify
        given = [answer.get(s.key, {}).get("kind") or "–" for s in statements]
        right = [a if a == s.other else s.kind for a, s in zip(given, statements, strict=True)]
        value = macro_f1(given, right) or 0.0
        hits = sum(a == b for a, b in zip(given, right, strict=True))
        wrong = Counter(b for a, b in zip(given, right, strict=True) if a not in (b, "–"))
        empty = given.count("–")
        agreement = alpha_with_interval([(a, b) for a, b in zip(given, right, strict=True) if a != "–"])
        shown = ""
        if agreement.value is not None:
            shown = (
                f" Agreement with the key: alpha {agreement.value:.2f} ({agreement.low:.2f} to {agreement.high:.2f})."
            )
        message = f"{hits} of {len(right)} fit the key. Macro-F1 {value:.2f}.{shown}"
        step = ""
        if empty:
            step = f"{empty} statements have no kind yet."
        elif wrong:
            kind = wrong.most_common(1)[0][0]
            step = f"Most slips are with statements that are “{kind}”. Read its meaning again and compare."
        codes = [_KIND_CODES.get((a, b)) for a, b in zip(given, right, strict=True)]
        details = {"macro_f1": round(value, 3), "alpha": agreement.value}
        return Result(self.outcome(value), value, message, step, details, tuple(c for c in codes if c))

    def answer(self) -> dict[str, dict[str, str]]:
        return {s.key: {"kind": s.kind} for s in self.case.claim_gold.classify}

    def facts(self) -> dict[str, object]:
        first = self.case.claim_gold.classify[0]
        counts = Counter(s.kind for s in self.case.claim_gold.classify)
        return {
            "statements": len(self.case.claim_gold.classify),
            "first": first.text,
            "why": first.why,
            "counts": ", ".join(f"{n} {kind}" for kind, n in counts.items()),
            "open": " ".join(
                f"“{_start(s.text)} …” can be read as {s.kind} or as {s.other}: either counts."
                for s in self.case.claim_gold.classify
                if s.other
            ),
        }


class RankClaims(RawTask):
    """2.3: put claims in the order in which you would check them. .7 average precision of the top + .3 NDCG.

    The sum is stretched so that the order turned round earns 0: even that has .42 otherwise.
    """

    id = "2.3"

    @cached_property
    def form(self) -> Form[Any]:
        gold = self.case.claim_gold
        claims = sorted((gold.claim(item.claim) for item in gold.rank), key=lambda c: c.span)
        return OrderForm(tuple(Option(claim.id, claim.says) for claim in claims))

    def score(self, answer: list[str]) -> Result:
        top = self.answer()[: self.case.claim_gold.top]
        precision, gain = self._measured(answer)
        least = self._weighed(*self._measured(self.answer()[::-1]))
        value = (self._weighed(precision, gain) - least) / (1 - least)
        inside = len(set(answer[: len(top)]) & set(top))
        message = (
            f"{inside} of the {len(top)} claims that matter most stand in your first {len(top)}. "
            f"Average precision {precision:.2f}, NDCG {gain:.2f}."
        )
        step = ""
        low = next((key for key in answer[: len(top)] if key not in top), None)
        if low:
            says = self.case.claim_gold.claim(low).says
            step = f"Ask of “{says}”: if it were wrong, what would a reader believe that is not so?"
        return Result(self.outcome(value), value, message, step, {"ap": round(precision, 3), "ndcg": round(gain, 3)})

    def _measured(self, order: list[str]) -> tuple[float, float]:
        gold = self.case.claim_gold
        gains = {item.claim: item.gain for item in gold.rank}
        return average_precision(order, self.answer()[: gold.top]) or 0.0, ndcg(order, gains) or 0.0

    @staticmethod
    def _weighed(precision: float, gain: float) -> float:
        return 0.7 * precision + 0.3 * gain

    def answer(self) -> list[str]:
        rank = self.case.claim_gold.rank
        return [item.claim for item in sorted(rank, key=lambda item: -item.gain)]

    def facts(self) -> dict[str, object]:
        gold = self.case.claim_gold
        best = next(item for item in gold.rank if item.claim == self.answer()[0])
        return {
            "claims": len(gold.rank),
            "top": gold.top,
            "best": gold.claim(best.claim).says,
            "best_why": best.why,
            "least": gold.claim(self.answer()[-1]).says,
        }


def _start(text: str) -> str:
    return " ".join(text.split()[:3])


__all__ = ["ClassifyClaims", "Outcome", "RankClaims", "SplitClaims"]
