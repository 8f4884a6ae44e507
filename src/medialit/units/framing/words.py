"""Mark words that take a side, add strength, hold back or come with a statement, each with its class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from medialit.case.framing import PanelWord, locate, most_chosen
from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import Task
from medialit.forms import MarkedSpan, Option, SpanForm
from medialit.scoring.agreement import soft_credit

# (given, right) -> misconception F-G; any other wrong class is F-H.
_HEDGED = {("one-sided term", "hedge"), ("assertive", "hedge"), ("hedge", "one-sided term")}
Signs = dict[str, list[list[int]]]
Tally = dict[str, float]


class MarkWords(Task[list[MarkedSpan]]):
    """Macro-F1 over classes, counted word by word.

    Asked for is what more than half of the coders marked; what fewer marked costs nothing either way. A part of a marked
    phrase counts for the whole. A class that only some coders chose gets its soft credit. A false hit lowers the
    precision of its class; one of a class that is asked nowhere lowers all of them in equal parts.
    """

    @cached_property
    def form(self) -> SpanForm:
        gold = self.case.framing
        labels = tuple(Option(c.key, c.key) for c in gold.codebook.classes)
        return SpanForm(tuple(tuple(part) for part in gold.tasks.marking), labels, self.case.article)

    @cached_property
    def words(self) -> list[PanelWord]:
        """What is asked for: words of the task's sentences that more than half of the coders marked."""
        return [word for word in self.case.framing.words if word.marked > 0.5 and self.form.asks(word.span.start)]

    @cached_property
    def _open(self) -> set[int]:
        """Words that some coders marked and that are not asked for."""
        article = self.case.article
        marks = (m for coding in self.case.framing.codings.values() for m in coding.words)
        spans = [span for m in marks if (span := locate(article, m.words, m.sentence, m.nth))]
        some = {i for span in spans for i in self.index.covered(span)}
        return some - {i for word in self.words for i in self.index.covered(word.span)}

    def score(self, answer: list[MarkedSpan]) -> Result:
        given = sorted({mark for mark in answer if self.form.asks(mark.start)})
        if not given:
            return Result(Outcome.NOT_YET, 0.0, self.say("elsewhere"), self.say("again"))
        labels: dict[int, set[str]] = defaultdict(set)
        for mark in given:
            for i in self.index.covered(mark.span):
                labels[i].add(mark.label)
        hit, false, missed, codes = self._count(labels)
        classes = list(dict.fromkeys(word.cls for word in self.words))
        stray = sum(n for label, n in false.items() if label not in classes) / len(classes)
        scores = {c: _f1(hit[c], false[c] + stray, missed[c]) for c in classes}
        value = sum(scores.values()) / len(scores)
        found = [w for w in self.words if any(i in labels for i in self.index.covered(w.span))]
        left = [word for word in self.words if word not in found]
        marks = self._signs(given)
        marks["missed"] = [list(word.span) for word in left]
        told = {name: len(marks[name]) for name in ("class", "extra", "split")}
        message = self.say("found", found=len(found), of=len(self.words), **told)
        details: dict[str, Any] = {"macro_f1": round(value, 3), "f1": {c: round(v, 3) for c, v in scores.items()}}
        step, measured = self._step(scores, left, marks), self.say("measured", classes=len(classes), f1=value)
        return self.result(value, message, step, details | {"marks": marks}, codes, measured=measured)

    def _count(self, labels: Mapping[int, set[str]]) -> tuple[Tally, Tally, Tally, list[str]]:
        """Hits, false hits and misses by class, in words, and the misconceptions behind wrong classes."""
        hit: Tally = defaultdict(float)
        false: Tally = defaultdict(float)
        missed: Tally = defaultdict(float)
        codes: list[str] = []
        inside: set[int] = set()
        for word in self.words:
            covered = list(self.index.covered(word.span))
            inside.update(covered)
            touched = [i for i in covered if labels.get(i)]
            if not touched:
                missed[word.cls] += len(covered)
            for i in touched:
                best = max(sorted(labels[i]), key=lambda label: soft_credit(word.classes, label))
                credit = soft_credit(word.classes, best)
                hit[word.cls] += credit
                missed[word.cls] += 1 - credit
                for label in labels[i]:
                    false[label] += 1 - credit if label == best else 1
                if credit < 0.5:
                    codes.append("F-G" if (best, word.cls) in _HEDGED else "F-H")
        for i, chosen in labels.items():
            if i not in inside and i not in self._open:
                for label in chosen:
                    false[label] += 1
        return hit, false, missed, codes

    def _signs(self, given: list[MarkedSpan]) -> Signs:
        """A sign for each of the learner's marks."""
        signs: Signs = {"ok": [], "class": [], "split": [], "extra": []}
        for mark in given:
            word = next((w for w in self.words if w.span.overlaps(mark.span)), None)
            if word:
                sign = "ok" if soft_credit(word.classes, mark.label) >= 0.5 else "class"
            else:
                sign = "split" if any(i in self._open for i in self.index.covered(mark.span)) else "extra"
            signs[sign].append([mark.start, mark.end])
        return signs

    def _step(self, scores: Mapping[str, float], left: list[PanelWord], marks: Signs) -> str:
        weak = min(scores, key=lambda c: (scores[c], c))
        if scores[weak] == 1:
            return ""
        if len(marks["extra"]) > len(left):
            return self.say("extra", place=self.place(marks["extra"][0][0]))
        says = next(c.says for c in self.case.framing.codebook.classes if c.key == weak)
        lacking = next((word for word in left if word.cls == weak), left[0] if left else None)
        if lacking:
            return self.say("weak_missed", cls=weak, says=says, place=self.place(lacking.span.start))
        return self.say("weak", cls=weak, says=says)

    def answer(self) -> list[list[Any]]:
        return [[word.span.start, word.span.end, word.cls] for word in self.words]

    def facts(self) -> dict[str, object]:
        first, asked = self.words[0], {number for part in self.form.parts for number in part}
        starts = [s.span.start for s in self.case.article.sentences if s.number in asked]
        return {
            "words": len(self.words),
            "parts": ", ".join(f"¶{number}" for number in sorted({self.paragraph(start) for start in starts})),
            "first": first.words,
            "first_is": self._class_of(first),
            "first_where": self.paragraph(first.span.start),
            "whole": "; ".join(f"{word.words}: {self._class_of(word)}" for word in self.words),
        }

    def _class_of(self, word: PanelWord) -> str:
        return most_chosen(word.classes, round(word.marked * len(self.case.framing.codings)))


def _f1(hit: float, false: float, missed: float) -> float:
    return 2 * hit / (2 * hit + false + missed)
