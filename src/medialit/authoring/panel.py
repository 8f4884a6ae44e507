"""How far the coders of a framing panel agree: alpha with its interval, and the votes for each item."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from medialit.article import Article
from medialit.case.framing import FramingGold, locate
from medialit.scoring.agreement import Agreement, alpha_with_interval


def panel_agreement(gold: FramingGold, article: Article) -> dict[str, Agreement]:
    """Krippendorff's alpha by what was coded, all over one story."""
    return {what: alpha_with_interval(units) for what, units in panel_units(gold, article).items()}


def panel_units(gold: FramingGold, article: Article) -> dict[str, list[list[Hashable | None]]]:
    """What was coded, as one row a unit with one label a coder.

    Items: one unit an item, over all and by frame. Functions: one unit a paragraph. Words: one unit a word of the text,
    inside or outside of anything marked; and the class, over words that two coders or more marked. Techniques: one unit
    an excerpt.
    """
    book, codings = gold.codebook, list(gold.codings.values())
    votes = {item.id: [coding.items[item.id].answer for coding in codings] for item in book.items}
    found: dict[str, Any] = {"20 items": list(votes.values())}
    for frame in book.frames:
        found[f"items: {frame.label.lower()}"] = [votes[item.id] for item in book.of_frame(frame.key)]
    for function in book.functions:
        found[f"function: {function.label.lower()}, by paragraph"] = [
            [p.number in coding.functions[function.key] for coding in codings] for p in article.paragraphs
        ]
    classes = _classes(gold, article)
    found["words: marked or not"] = [[c is not None for c in row] for row in classes]
    found["words: class"] = [row for row in classes if sum(c is not None for c in row) > 1]
    found["techniques"] = [[coding.techniques[e.id] for coding in codings] for e in gold.excerpts]
    return found


def _classes(gold: FramingGold, article: Article) -> list[list[str | None]]:
    """For each word of the text, the class that each coder gave it."""
    words = [word for word in article.words() if article[word][0].isalnum()]
    rows: list[list[str | None]] = [[None] * len(gold.codings) for _ in words]
    for place, coding in enumerate(gold.codings.values()):
        for mark in coding.words:
            span = locate(article, mark.words, mark.sentence)
            for word, row in zip(words, rows, strict=True):
                if span and word.overlaps(span):
                    row[place] = mark.cls
    return rows


def agreement_table(gold: FramingGold, article: Article) -> str:
    """Both tables of a datasheet, as Markdown."""
    lines = ["| what was coded | alpha | 95% interval | units |", "|---|---|---|---|"]
    for what, found in panel_agreement(gold, article).items():
        value = "undefined" if found.value is None else f"{found.value:.2f}"
        span = "–" if found.low is None else f"{found.low:.2f} to {found.high:.2f}"
        lines.append(f"| {what} | {value} | {span} | {found.units} |")
    lines += ["", f"| item | yes, of {len(gold.codings)} | item | yes, of {len(gold.codings)} |", "|---|---|---|---|"]
    cells = [
        f"{item.id} {item.short} | {sum(coding.items[item.id].answer == 'yes' for coding in gold.codings.values())}"
        for item in gold.codebook.items
    ]
    half = (len(cells) + 1) // 2
    lines += [f"| {one} | {other} |" for one, other in zip(cells[:half], cells[half:], strict=True)]
    return "\n".join(lines)
