"""Sections on single lenses: spans that were missed, verdicts, certainty and coding."""

from __future__ import annotations

from collections import Counter
from typing import Any

from medialit.case import load_case
from medialit.classroom.report.course import paragraph
from medialit.classroom.report.frames import HIDE_BELOW, Frames, shown
from medialit.classroom.report.tests import told
from medialit.scoring.agreement import alpha_with_interval
from medialit.scoring.calibration import CHANCE, calibration_table
from medialit.scoring.detection import detect
from medialit.scoring.spans import WordIndex, score_spans
from medialit.show.calibration import calibration_chart
from medialit.show.charts import figure_view, new_figure
from medialit.show.html import View
from medialit.show.tables import table_view

CASE = "missile-tests"
# Verdicts that say: the statement holds as it stands.
SOUND = "supported"


def missed_spans(frames: Frames, case: str = CASE, top: int = 8) -> View:
    """Which attributions learners missed in their best answer to 1.1: a strip over the story, and a table."""
    answers = [a for a in _answers(frames, "quotes", "1.1", case, "best") if isinstance(a, list)]
    if len(answers) < HIDE_BELOW:
        return paragraph("Task 1.1 has answers of fewer than five learners.")
    loaded = load_case(case)
    article = loaded.article
    asked = {number for chunk in loaded.marking for number in chunk}
    gold = [q for q in loaded.quotes if (s := article.sentence_at(q.content.start)) and s.number in asked]
    index = WordIndex(article.text, article.words())
    missed: Counter[int] = Counter()
    for answer in answers:
        spans = [tuple(span[:2]) for span in answer if isinstance(span, list) and len(span) >= 2]
        found = score_spans(spans, [q.content for q in gold], index, [True] * len(gold))
        missed.update(found.missed)
    shares = {i: missed[i] / len(answers) for i in range(len(gold))}
    rows = []
    missed_most = sorted(((i, share) for i, share in shares.items() if share), key=lambda pair: (-pair[1], pair[0]))
    for i, share in missed_most[:top]:
        quote, block = gold[i], article.block_at(gold[i].content.start)
        rows.append(
            {
                "Words": _short(quote.text),
                "Where": f"¶{block.number}" if block else "",
                "Kind": quote.kind,
                "Missed by": f"{100 * share:.0f} %",
            }
        )
    if not rows:
        return paragraph(f"None of {len(answers)} learners missed any attribution.")
    table = table_view(rows, caption=f"Most-missed attributions, {len(answers)} learners")
    return _strip(article, [(gold[i].content, share) for i, share in shares.items()], table)


def _strip(article: Any, spans: list[tuple[Any, float]], table: View) -> View:
    """A strip over the length of the story: the darker, the more learners missed the words there."""
    drawn = new_figure(8.4, 1.9)
    if drawn is None:
        return table
    figure, axes = drawn
    for span, share in spans:
        axes.axvspan(span.start, span.end, color=str(round(0.9 - 0.8 * share, 2)), ymin=0.05, ymax=0.95)
    places = [b for b in article.paragraphs if b.number % 3 == 1 or b.number == len(article.paragraphs)]
    axes.set_xlim(0, len(article.text))
    axes.set_xticks([b.span.start for b in places], labels=[f"¶{b.number}" for b in places], fontsize=9)
    axes.set_yticks([])
    worst = max((share for _, share in spans), default=0.0)
    title = f"Up to {100 * worst:.0f} % of the class miss the same words"
    axes.set_title(title, loc="left", fontsize=13, fontweight="bold", pad=10)
    axes.set_xlabel("place in the story; the darker, the more learners missed it")
    alt = f"Strip over the story. {title}. The table has the words that were missed most."
    return figure_view(figure, alt, table)


def verdicts(frames: Frames, case: str = CASE) -> View:
    """Right verdict against given verdict of 2.4, first attempts; and whether the class doubts too much."""
    answers = _answers(frames, "claims", "2.4", case, "first")
    if len(answers) < HIDE_BELOW:
        return paragraph("Task 2.4 has answers of fewer than five learners.")
    gold = load_case(case).claim_gold
    right = {name: gold.claim(name).verdict for name in gold.verify}
    pairs = [
        (right[claim], cells["verdict"])
        for answer in answers
        if isinstance(answer, dict)
        for claim, cells in answer.items()
        if claim in right and isinstance(cells, dict) and cells.get("verdict")
    ]
    labels = list(dict.fromkeys([*right.values(), *(given for _, given in pairs)]))
    counts = Counter(pairs)
    rows = [
        {"Right verdict": a, **{b: _cell(counts[a, b]) for b in labels}, "Sum": sum(counts[a, b] for b in labels)}
        for a in dict.fromkeys(right.values())
    ]
    table = table_view(rows, caption=f"Verdicts of {len(answers)} learners at the first attempt (columns: given)")
    found = detect([a != SOUND for a, _ in pairs], [b != SOUND for _, b in pairs])
    return table + (paragraph(told(found, "In 2.4")) if found else paragraph("Nothing can be said about doubt yet."))


def _cell(count: int) -> str:
    return shown(count)


def certainty(frames: Frames, top: int = 6) -> View:
    """Certainty against hits over all questions and verdicts, and where the class is confident and wrong."""
    first = frames.first[frames.first["certainty"].notna()]
    if first["learner"].nunique() < HIDE_BELOW:
        return paragraph("Fewer than five learners marked how sure they are.")
    levels = [int(c) for c in first["certainty"]]
    right = [bool(score >= 1) for score in first["score"]]
    wrong = first[(first["certainty"] == 3) & (first["score"] < 1)]
    counts = Counter(zip(wrong["unit"], wrong["item"], strict=True))
    rows = [
        {"Item": f"{unit} {item}", "Learners sure and wrong": n}
        for (unit, item), n in counts.most_common(top)
        if n >= HIDE_BELOW
    ]
    table = calibration_chart(levels, right, "The class's")
    told = "; ".join(
        f"certainty {level.certainty} stands for {100 * CHANCE[level.certainty]:.0f} % and was right "
        f"{100 * level.share:.0f} % of the time"
        for level in calibration_table(levels, right)
        if level.share is not None
    )
    more = (
        table_view(rows, caption="Confident and wrong: talk about these first")
        if rows
        else paragraph("No item has five learners or more who were sure and wrong.")
    )
    return table + paragraph(f"{told[:1].upper()}{told[1:]}.") + more


def coding(frames: Frames, case: str = CASE) -> View:
    """Krippendorff's alpha of the class over the items of 3.1, and the items on which it is split."""
    answers = [a for a in _answers(frames, "framing", "3.1", case, "best") if isinstance(a, dict)]
    if len(answers) < HIDE_BELOW:
        return paragraph("Task 3.1 has codings of fewer than five learners.")
    book = load_case(case).framing.codebook
    votes = {
        item.id: [cells.get("answer") if isinstance(cells := a.get(item.id), dict) else None for a in answers]
        for item in book.items
    }
    found = alpha_with_interval(list(votes.values()), draws=400)
    rows = []
    for item in book.items:
        given = [v for v in votes[item.id] if v]
        if len(given) >= HIDE_BELOW:
            yes = given.count("yes")
            split = "talk about it" if 0.3 <= yes / len(given) <= 0.7 else ""
            rows.append(
                {
                    "Item": f"{item.id} {item.short}",
                    "Coded by": len(given),
                    "Yes": f"{100 * yes / len(given):.0f} %",
                    "Next": split,
                }
            )
    rows.sort(key=lambda row: not row["Next"])
    head = (
        found.note
        if found.value is None
        else (
            f"Krippendorff's alpha of the class: {found.value:.2f} ({found.low:.2f} to {found.high:.2f}) over {found.units} "
            "items. A split item is a reason to talk, and to sharpen the rule. Nobody is marked by it."
        )
    )
    return paragraph(head) + table_view(rows, caption="Class coding by item, split items first")


def _answers(frames: Frames, unit: str, item: str, case: str, which: str) -> list[Any]:
    mine = frames.item(unit, item, which)
    return list(mine[mine["case"] == case]["answer"])


def _short(text: str, limit: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"
