"""Tasks 1.1 to 1.3: find the attributions of a story, take them apart, and beat a rule at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

from medialit.case import Case, GoldQuote
from medialit.errors import MedialitError
from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import RawTask
from medialit.forms import ChoiceForm, Field, Form, Option, SpanForm, TableForm
from medialit.scoring.spans import MATCH, SpanScore, WordIndex, score_spans

KINDS = (
    Option("direct", "direct: all of it in quotation marks"),
    Option("mixed", "mixed: part of it in quotation marks"),
    Option("indirect", "indirect: told in other words"),
    Option("scare", "scare: in marks, but nobody says it"),
)
NO_CUE = "no verb"
NOBODY = "nobody is named"
# A wrong kind points to a misconception: (given, right) -> code of the quiz's list.
_KIND_CODES = {
    ("indirect", "mixed"): "Q-E",
    ("direct", "mixed"): "Q-E",
    ("scare", "mixed"): "Q-B",
    ("scare", "direct"): "Q-B",
}


class MarkAttributions(RawTask):
    """1.1: mark all attributed content. Span F1 (IoU of at least .5); the strict value and both parts are shown."""

    id = "1.1"

    @cached_property
    def form(self) -> Form[Any]:
        return SpanForm(tuple(tuple(part) for part in self.case.marking), article=self.case.article)

    @cached_property
    def gold(self) -> list[GoldQuote]:
        return [q for q in self.case.quotes if self._asked(q.content)]

    @cached_property
    def _sentences(self) -> list[tuple[int, int]]:
        wanted = {number for part in self.case.marking for number in part}
        return [s.span for s in self.case.article.sentences if s.number in wanted]

    def _asked(self, span: tuple[int, int]) -> bool:
        return any(a <= span[0] < b for a, b in self._sentences)

    def score(self, answer: list[list[int]]) -> Result:
        gold = self.gold
        given = sorted({(a, b) for a, b in answer})
        # A rule marks the whole article; only the sentences that are asked for count.
        found = [span for span in given if self._asked(span)]
        if not found:
            return Result(
                Outcome.NOT_YET, 0.0, "None of your marks lies in the sentences of this task.", "Read them again."
            )
        required = [q.share >= 1 for q in gold]
        result = score_spans(found, [q.content for q in gold], self.index, required)
        missed = [gold[j] for j in result.missed]
        details = {
            "f1": round(result.f1, 3),
            "precision": round(result.precision, 3),
            "recall": round(result.recall, 3),
            "strict_f1": round(result.strict_f1, 3),
            "missed_kinds": dict(Counter(q.kind for q in missed)),
            "marks": {
                "ok": [list(found[i]) for i, _, value in result.pairs if value >= 0.8],
                "edge": [list(found[i]) for i, _, value in result.edge],
                "extra": [list(found[i]) for i in result.extra],
                "missed": [list(q.content) for q in missed],
            },
        }
        message = (
            f"{len(result.pairs)} of your {len(found)} marks match. Missed: {len(missed)}. Extra: {len(result.extra)}. "
            f"Off at the edge: {len(result.edge)}. Precision {result.precision:.2f}, recall {result.recall:.2f}, "
            f"F1 {result.f1:.2f} (strict {result.strict_f1:.2f})."
        )
        return Result(self.outcome(result.f1), result.f1, message, self._next_step(result, found, missed), details)

    def _next_step(self, result: Any, found: list[tuple[int, int]], missed: list[GoldQuote]) -> str:
        if missed:
            kind = Counter(q.kind for q in missed).most_common(1)[0][0]
            first = next(q for q in missed if q.kind == kind)
            return f"Most of what you missed is {kind}. Read ¶{self._paragraph(first.content[0])} again."
        if result.extra:
            where = self._paragraph(found[result.extra[0]][0])
            return f"Look at your mark in ¶{where}: which words there say that somebody speaks?"
        if result.edge:
            return f"Look at where your mark in ¶{self._paragraph(found[result.edge[0][0]][0])} begins and ends."
        return ""

    def _paragraph(self, position: int) -> int | str:
        block = self.case.article.block_at(position)
        return block.number if block and block.number else "?"

    def answer(self) -> list[list[int]]:
        return [list(q.content) for q in self.gold if q.share >= 1]

    def facts(self) -> dict[str, object]:
        first = next((q for q in self.gold if q.share >= 1 and q.cue), self.gold[0])
        return {
            "count": sum(q.share >= 1 for q in self.gold),
            "parts": len(self.case.marking),
            "first_cue": self.case.article[first.cue] if first.cue else "",
            "first_paragraph": self._paragraph(first.content[0]),
            "paragraphs": _listed(sorted({self._paragraph(q.content[0]) for q in self.gold if q.share >= 1})),
        }


class SortAttributions(RawTask):
    """1.2: who, by which verb, what kind. .4 speaker + .3 cue + .3 kind, averaged over the rows."""

    id = "1.2"

    @cached_property
    def rows(self) -> list[GoldQuote]:
        wanted = set(self.case.sorting)
        return [q for q in self.case.quotes if q.id in wanted]

    @cached_property
    def form(self) -> Form[Any]:
        names = sorted({q.speaker_name for q in self.case.quotes if q.speaker_name})
        cues = sorted({self._cue(q) for q in self.case.quotes} - {NO_CUE})
        return TableForm(
            tuple(Option(q.id, f"¶{self._paragraph(q)}: {q.text}") for q in self.rows),
            (
                Field("who", "Who?", tuple(Option(n, n) for n in [*names, NOBODY])),
                Field(
                    "verb",
                    "By which word?",
                    tuple(Option(c, "a colon (:)" if c == ":" else c) for c in [*cues, NO_CUE]),
                ),
                Field("kind", "What kind?", KINDS),
            ),
        )

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        right = self.answer()
        hits = dict.fromkeys(("who", "verb", "kind"), 0)
        codes: list[str] = []
        wrong_rows = []
        for row in self.rows:
            given = answer.get(row.id, {})
            for name in hits:
                hits[name] += given.get(name) == right[row.id][name]
            if given.get("kind") and given["kind"] != row.kind:
                codes.append(_KIND_CODES.get((given["kind"], row.kind), "Q-E"))
            if any(given.get(name) != right[row.id][name] for name in hits):
                wrong_rows.append(row)
        n = len(self.rows)
        score = (0.4 * hits["who"] + 0.3 * hits["verb"] + 0.3 * hits["kind"]) / n
        message = f"Who: {hits['who']} of {n}. By which word: {hits['verb']} of {n}. What kind: {hits['kind']} of {n}."
        step = ""
        if wrong_rows:
            worst = min(hits, key=lambda name: hits[name])
            question = {
                "who": "who says this",
                "verb": "which word tells you so",
                "kind": "where the marks stand",
            }[worst]
            step = f"Begin with ¶{self._paragraph(wrong_rows[0])}: look again at {question}."
        return Result(self.outcome(score), score, message, step, {"hits": hits, "rows": n}, tuple(codes))

    def answer(self) -> dict[str, dict[str, str]]:
        return {q.id: {"who": q.speaker_name or NOBODY, "verb": self._cue(q), "kind": q.kind} for q in self.rows}

    def facts(self) -> dict[str, object]:
        row = self.rows[0]
        return {
            "rows": len(self.rows),
            "row_paragraph": self._paragraph(row),
            "row_who": row.speaker_name or NOBODY,
            "row_verb": self._cue(row),
        }

    def _cue(self, quote: GoldQuote) -> str:
        return " ".join(self.case.article[quote.cue].lower().split()) if quote.cue else NO_CUE

    def _paragraph(self, quote: GoldQuote) -> int:
        block = self.case.article.block_at(quote.content.start)
        return block.number if block else 0


# A rule of the exercise alone: it finds nearly everything and marks far too much, so that more rules are not always better.
NAMES = "names"
NAMES_SAYS = "Names: a sentence that names somebody or something is what they say."


class BeatTheRule(RawTask):
    """1.3: choose rules that find more than quotation marks do, on the sentences not in 1.1.

    The gain in F1 over the quotation marks, as a share of what the best choice gains. The answer lists rules; any other word
    in it is a reporting verb of the learner's own.
    """

    id = "1.3"

    @cached_property
    def rules(self) -> dict[str, str]:
        """The rules to choose from, each with what it does."""
        from medialit.lenses.quotes import RULES

        return {**RULES, NAMES: NAMES_SAYS}

    @cached_property
    def form(self) -> Form[Any]:
        return ChoiceForm(tuple(Option(key, text) for key, text in self.rules.items()), several=True)

    def read(self, answer: Any) -> list[str]:
        if not (isinstance(answer, list) and all(isinstance(x, str) and x.strip() for x in answer)):
            told = "Hand in a list of rules, such as [“marks”, “according”]. Other words count as verbs of your own."
            raise MedialitError(told)
        return answer

    def score(self, answer: list[str]) -> Result:
        rules = [x for x in answer if x in self.rules]
        verbs = [x for x in answer if x not in self.rules]
        base, best, mine = self._measure(["marks"]), self._measure(self.answer()), self._measure(rules, verbs)
        gain, room = mine.f1 - base.f1, best.f1 - base.f1
        score = max(0.0, min(1.0, gain / room)) if room > 0 else float(gain >= 0)
        message = (
            f"On the part you did not mark yourself, quotation marks alone reach F1 {base.f1:.2f}. Your rules reach "
            f"{mine.f1:.2f} (precision {mine.precision:.2f}, recall {mine.recall:.2f})."
        )
        step = ""
        if not rules:
            step = "Switch on at least one rule."
        elif score + 1e-9 < self.text.pass_at:
            step = (
                "Many marks are false: switch one rule off and compare."
                if mine.precision < mine.recall
                else "Much is still missed: which rule would see speech without marks?"
            )
        return Result(self.outcome(score), score, message, step, {"gain": round(gain, 3), "f1": round(mine.f1, 3)})

    def _measure(self, rules: list[str], verbs: Sequence[str] = ()) -> SpanScore:
        return _on_the_rest(self.case, tuple(rules), tuple(verbs))

    def answer(self) -> list[str]:
        keys = list(self.rules)
        choices = [[key for k, key in enumerate(keys) if bits >> k & 1] for bits in range(1, 2 ** len(keys))]
        return max(choices, key=lambda rules: (self._measure(rules).f1, -len(rules)))

    def facts(self) -> dict[str, object]:
        base, best = self._measure(["marks"]), self._measure(self.answer())
        return {"base": f"{base.f1:.2f}", "best": f"{best.f1:.2f}", "rules": ", ".join(self.answer())}


# The right answer is the best of all choices: on one story they are measured once, whoever asks and however often.
@lru_cache(maxsize=64)
def _on_the_rest(case: Case, rules: tuple[str, ...], verbs: tuple[str, ...]) -> SpanScore:
    """How well these rules and verbs find the attributions in the sentences that are not marked in 1.1."""
    from medialit.lenses.quotes import find_quotes

    article = case.article
    marked = {number for part in case.marking for number in part}
    held_out = [s.span for s in article.sentences if s.number not in marked]

    def inside(span: tuple[int, int]) -> bool:
        return any(a <= span[0] < b for a, b in held_out)

    index = WordIndex(article.text, article.words())
    known = [rule for rule in rules if rule != NAMES]
    found = [q.content for q in find_quotes(article, rules=known, verbs=verbs or None) if inside(q.content)]
    if NAMES in rules:
        named = [span for span in held_out if any(article[word][0].isupper() for word in article.words(span)[1:])]
        found += [span for span in named if all(index.iou(span, other) < MATCH for other in found)]
    gold = [q for q in case.quotes if inside(q.content)]
    return score_spans(found, [q.content for q in gold], index, [q.share >= 1 for q in gold])


def _listed(numbers: list[int | str]) -> str:
    return ", ".join(f"¶{n}" for n in numbers)
