"""Unit 1: which attributions the class missed, how well it finds each kind, and whom it takes for whom."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache, partial
from typing import Any, NamedTuple

from medialit.case import GoldQuote, load_case
from medialit.english import percent, shortened
from medialit.files import COURSE_CASE
from medialit.scoring.spans import f1, score_spans
from medialit.show.charts import chart_view
from medialit.show.drawing import Axis, Drawing, shade
from medialit.show.html import View
from medialit.show.tables import table_view
from medialit.units.class_answers import HIDE_BELOW, ClassAnswers, cells_of, part, tasks_of, tell
from medialit.units.registry import number_of

_number = partial(number_of, "quotes")

_MARKED = re.compile('[“"]([^”"]*)[”"]')
_FIELDS = {"who": "Who", "verb": "By which word", "kind": "What kind"}


class ClassMarks(NamedTuple):
    """The class against the key of “mark”: how many learners missed and found each attribution, and extra marks by kind."""

    learners: int
    gold: list[GoldQuote]
    missed: Counter[int]
    found: Counter[int]
    extra: Counter[str]


def marked(frames: ClassAnswers, case: str) -> ClassMarks:
    """The best answers to “mark”. What coders disagreed about is neither missed nor found."""
    task: Any = tasks_of("quotes", case)["mark"]
    gold = task.gold
    required = [q.share >= 1 for q in gold]
    missed: Counter[int] = Counter()
    found: Counter[int] = Counter()
    extra: Counter[str] = Counter()
    answers = [a for a in frames.answers("quotes", "mark", case, "best") if isinstance(a, list)]
    for answer in answers:
        spans = sorted({(span[0], span[1]) for span in answer if isinstance(span, list) and len(span) >= 2})
        # A rule marks the whole story; only the sentences that are asked for count.
        spans = [span for span in spans if task.form.asks(span[0])]
        result = score_spans(spans, [q.content for q in gold], task.index, required)
        missed.update(result.missed)
        found.update(j for _, j, _ in result.pairs if required[j])
        extra.update(kind_by_marks(task.case.article.text, spans[i]) for i in result.extra)
    return ClassMarks(len(answers), gold, missed, found, extra)


def kind_by_marks(text: str, span: tuple[int, int]) -> str:
    """Direct, mixed or indirect, by the quotation marks alone: all, part or none of the span stands between them."""
    inside = sum(max(0, min(b, span[1]) - max(a, span[0])) for a, b in _between(text))
    return "indirect" if not inside else "direct" if inside >= len(text[slice(*span)].strip(' “”",.')) else "mixed"


@lru_cache(maxsize=4)
def _between(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(found.span(1) for found in _MARKED.finditer(text))


def missed_spans(frames: ClassAnswers, case: str = COURSE_CASE, top: int = 8) -> View:
    """Which attributions learners missed in their best answer to “mark”: a strip over the story, and a table."""
    class_ = marked(frames, case)
    if class_.learners < HIDE_BELOW:
        return tell("few", task=_number("mark"))
    article = load_case(case).article
    # Few learners could be pointed at: on the strip they are nobody.
    often = {i: n for i, n in class_.missed.items() if n >= HIDE_BELOW}
    if not often:
        return tell("none_missed", n=class_.learners)
    rows = []
    for i, n in sorted(often.items(), key=lambda pair: (-pair[1], pair[0]))[:top]:
        quote, block = class_.gold[i], article.block_at(class_.gold[i].content.start)
        rows.append(
            {
                "Words": shortened(quote.text, 60),
                "Where": f"¶{block.number}" if block else "",
                "Kind": quote.kind,
                "Missed by": part(n, class_.learners),
            }
        )
    table = table_view(rows, caption=f"Most-missed attributions, {class_.learners} learners")
    spans = [(q.content, often.get(i, 0) / class_.learners) for i, q in enumerate(class_.gold) if q.share >= 1]
    return _strip(article, spans, table)


def _strip(article: Any, spans: list[tuple[Any, float]], table: View) -> View:
    """A strip over the length of the story: the deeper the blue, the more learners missed the words there."""
    places = [b for b in article.paragraphs if b.number % 3 == 1 or b.number == len(article.paragraphs)]
    title = f"Up to {percent(max((share for _, share in spans), default=0.0))} of the class miss the same words"
    across = Axis(
        0, len(article.text), [(b.span.start, f"¶{b.number}") for b in places],
        "place in the story; the deeper the blue, the more learners missed it",
    )  # fmt: skip
    drawing = Drawing(across, Axis(0, 1), title=title, height=110)
    for span, share in spans:
        drawing.bar((span.start, span.end), 0.5, 0.9, shade(share) if share else "")
    alt = f"Strip over the story. {title}. The table has the words that were missed most."
    return chart_view(drawing, alt, table)


def kinds(frames: ClassAnswers, case: str = COURSE_CASE) -> View:
    """F1 of “mark” for each kind of quotation, over the whole class. Extra marks get the kind that their marks give them."""
    class_ = marked(frames, case)
    if class_.learners < HIDE_BELOW:
        return View("", "")
    rows = []
    for kind in ("direct", "mixed", "indirect", "scare"):
        mine = [i for i, q in enumerate(class_.gold) if q.kind == kind and q.share >= 1]
        if not mine:
            continue
        found, missed = (sum(counts[i] for i in mine) for counts in (class_.found, class_.missed))
        extra = class_.extra[kind]
        precision = found / (found + extra) if found + extra else 0.0
        recall = found / (found + missed) if found + missed else 0.0
        rows.append(
            {
                "Kind": kind,
                "In the key": len(mine),
                "Precision": f"{precision:.2f}",
                "Recall": f"{recall:.2f}",
                "F1": f"{f1(precision, recall):.2f}",
            }
        )
    caption = f"{_number('mark')} by kind of quotation, {class_.learners} learners, best answers"
    return table_view(rows, caption=caption) + tell("extra_marks")


def confusions(frames: ClassAnswers, case: str = COURSE_CASE, top: int = 12) -> View:
    """Who was taken for whom in “sort”, and which verb and kind for which; first answers."""
    answers = [a for a in frames.answers("quotes", "sort", case) if isinstance(a, dict)]
    if len(answers) < HIDE_BELOW:
        return tell("few", task=_number("sort"))
    right = tasks_of("quotes", case)["sort"].answer()
    words = {q.id: q.text for q in load_case(case).quotes}
    counts: Counter[tuple[str, str, str]] = Counter()
    for answer in answers:
        for row, cells in right.items():
            given = cells_of(answer, row)
            counts.update(
                (name, row, str(given[name])) for name in _FIELDS if given.get(name) not in (None, cells[name])
            )
    rows = [
        {
            "Words": shortened(words[row], 44),
            "Asked": _FIELDS[name],
            "Right": right[row][name],
            "Taken for": given,
            "Learners": n,
        }
        for (name, row, given), n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if n >= HIDE_BELOW
    ]
    # Speakers come first: who says it decides what a reader can trust.
    rows.sort(key=lambda row: row["Asked"] != "Who")
    if not rows:
        return tell("none_confused", task=_number("sort"))
    return table_view(
        rows[:top], caption=f"{_number('sort')}: taken for another, {len(answers)} learners, first answers"
    )


TITLE = "Quotes: what was missed, and who was taken for whom"
PARTS = (missed_spans, kinds, confusions)
