"""Task 3.3: words that take a side, add strength, hold back or come with a statement, each with its class."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any

from medialit.article import Span
from medialit.case.framing import PanelWord, locate
from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import RawTask
from medialit.forms import Form, Option, SpanForm
from medialit.scoring.agreement import soft_credit

# (given, right) -> misconception; any other wrong class is F-H.
_HEDGED = {("one-sided term", "hedge"), ("assertive", "hedge"), ("hedge", "one-sided term")}


class MarkWords(RawTask):
    """3.3: mark words in short stretches and give each its class. Macro-F1 over classes, counted word by word.

    Asked for is what more than half of the coders marked; what fewer marked costs nothing either way. A part of a marked
    phrase stands for the whole. A class that only some coders chose gets its soft credit. A false hit lowers the
    precision of its class; one of a class that is asked nowhere lowers all of them in equal parts.
    """

    id = "3.3"

    @cached_property
    def form(self) -> Form[Any]:
        gold = self.case.framing
        labels = tuple(Option(c.key, c.key) for c in gold.codebook.classes)
        return SpanForm(tuple(tuple(part) for part in gold.tasks.marking), labels, self.case.article)

    @cached_property
    def _sentences(self) -> list[Span]:
        wanted = {number for part in self.form.parts for number in part}
        return [s.span for s in self.case.article.sentences if s.number in wanted]

    def _asked(self, span: Any) -> bool:
        return any(a <= span[0] < b for a, b in self._sentences)

    @cached_property
    def words(self) -> list[PanelWord]:
        """What is asked for: words of the task's sentences that more than half of the coders marked."""
        return [word for word in self.case.framing.words if word.marked > 0.5 and self._asked(word.span)]

    @cached_property
    def _open(self) -> set[int]:
        """Words that some coders marked and that are not asked for."""
        article = self.case.article
        marks = (m for coding in self.case.framing.codings.values() for m in coding.words)
        spans = [span for m in marks if (span := locate(article, m.words, m.sentence))]
        some = {i for span in spans for i in self.index.covered(span)}
        return some - {i for word in self.words for i in self.index.covered(word.span)}

    def score(self, answer: list[list[Any]]) -> Result:
        given = sorted({(a, b, label) for a, b, label in answer if self._asked((a, b))})
        if not given:
            return Result(
                Outcome.NOT_YET, 0.0, "None of your marks lies in the sentences of this task.", "Read them again."
            )
        labels: dict[int, set[str]] = defaultdict(set)
        for a, b, label in given:
            for i in self.index.covered((a, b)):
                labels[i].add(label)
        hit, false, missed, codes = self._count(labels)
        classes = list(dict.fromkeys(word.cls for word in self.words))
        stray = sum(n for label, n in false.items() if label not in classes) / len(classes)
        scores = {c: _f1(hit[c], false[c] + stray, missed[c]) for c in classes}
        value = sum(scores.values()) / len(scores)
        found = [w for w in self.words if any(i in labels for i in self.index.covered(w.span))]
        marks = self._signs(given)
        marks["missed"] = [list(word.span) for word in self.words if word not in found]
        message = (
            f"You found {len(found)} of {len(self.words)} words. In another class than most coders: {len(marks['class'])}. "
            f"Extra: {len(marks['extra'])}. Marked by few coders, not counted: {len(marks['split'])}. "
            f"Macro-F1 over {len(classes)} classes: {value:.2f}."
        )
        details = {"macro_f1": round(value, 3), "f1": {c: round(v, 3) for c, v in scores.items()}, "marks": marks}
        return Result(self.outcome(value), value, message, self._step(scores, found, marks), details, codes)

    def _count(self, labels: dict[int, set[str]]) -> tuple[Any, Any, Any, tuple[str, ...]]:
        """Hits, false hits and misses by class, in words, and the misconceptions behind wrong classes."""
        hit, false, missed = defaultdict(float), defaultdict(float), defaultdict(float)
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
        return hit, false, missed, tuple(codes)

    def _signs(self, given: list[tuple[int, int, str]]) -> dict[str, list[list[int]]]:
        """A sign for each of the learner's marks."""
        signs: dict[str, list[list[int]]] = {"ok": [], "class": [], "split": [], "extra": []}
        for a, b, label in given:
            word = next((w for w in self.words if w.span.overlaps((a, b))), None)
            if word:
                sign = "ok" if soft_credit(word.classes, label) >= 0.5 else "class"
            else:
                sign = "split" if any(i in self._open for i in self.index.covered((a, b))) else "extra"
            signs[sign].append([a, b])
        return signs

    def _step(self, scores: dict[str, float], found: list[PanelWord], marks: dict[str, list[list[int]]]) -> str:
        left = [word for word in self.words if word not in found]
        weak = min(scores, key=lambda c: (scores[c], c))
        if scores[weak] == 1:
            return ""
        says = next(c.says for c in self.case.framing.codebook.classes if c.key == weak)
        if marks["extra"] and len(marks["extra"]) > len(left):
            where = self._paragraph(marks["extra"][0][0])
            return (
                f"Look at your marks in ¶{where}. Would the sentence lose its side, its strength or "
                f"its doubt without the word?"
            )
        lacking = next((word for word in left if word.cls == weak), left[0] if left else None)
        if lacking:
            return f"Weakest class: {weak}. {says} Read ¶{self._paragraph(lacking.span.start)} once more."
        return f"Weakest class: {weak}. {says} Hold this against each of your marks."

    def _paragraph(self, position: int) -> int | str:
        block = self.case.article.block_at(position)
        return block.number if block and block.number else "?"

    def answer(self) -> list[list[Any]]:
        return [[word.span.start, word.span.end, word.cls] for word in self.words]

    def facts(self) -> dict[str, object]:
        first = self.words[0]
        parts = sorted({self._paragraph(span.start) for span in self._sentences}, key=str)
        return {
            "words": len(self.words),
            "parts": ", ".join(f"¶{number}" for number in sorted(parts, key=int)),
            "first": first.words,
            "first_is": first.cls,
            "first_where": self._paragraph(first.span.start),
            "whole": "; ".join(f"{word.words}: {word.cls}" for word in self.words),
        }


def _f1(hit: float, false: float, missed: float) -> float:
    return 2 * hit / (2 * hit + false + missed) if hit else 0.0
