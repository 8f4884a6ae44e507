"""Marking words on a page, with the pen or in a list of sentences. The pen's half in the browser is ``js/pen.js``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from medialit.article import Article
from medialit.forms import Option, SpanForm
from medialit.widgets.form import FormPage
from medialit.widgets.words import spoken_words

# What a check says of each mark, in words.
SIGNS = {"ok": "✓ fits", "edge": "◐ edge", "extra": "○ extra", "class": "◐ other class", "split": "◇ few coders"}
# Line patterns of labels with a fixed look (those of the views of quotes); all others take the next free one.
_KNOWN = {
    "direct": "solid",
    "mixed": "dashed",
    "indirect": "dotted",
    "scare": "wavy",
    "speaker": "box-line",
    "cue": "caps",
}
_PATTERNS = ("solid", "dashed", "dotted", "wavy", "double")


class SpansPage(FormPage):
    """Marked stretches as ``[[start, end], …]`` in text order, or ``[[start, end, label], …]`` where there are labels."""

    form: SpanForm
    _missed: Sequence[list[int]] = ()

    def spec(self) -> dict[str, Any]:
        blocks = blocks_of(self.form)
        gray = any(b["asked"] != [[0, len(b["text"])]] for b in blocks)
        looks = {"labels": looks_of(self.form.labels), "grey": gray, "signs": SIGNS}
        return {"kind": "spans", "blocks": blocks, **looks, **in_its_language(self.form)}

    def signs(self, marks: Any) -> Any:
        # What was missed is part of the key: the page is told how much it is, and the rest when it is asked for.
        self._missed = [list(span[:2]) for span in (marks or {}).get("missed", ())]
        return marks and {**marks, "missed": len(self._missed)}

    def asked(self, what: str, message: Mapping[str, Any]) -> Any:
        return self._missed if what == "missed" else None


def in_its_language(form: SpanForm) -> dict[str, str]:
    """The language of the marked text, where it is not that of the page."""
    return {} if form.marked_in.language == "en" else {"language": form.marked_in.language}


def blocks_of(form: SpanForm) -> list[dict[str, Any]]:
    """The blocks that hold a sentence of the task, as the page draws them.

    ``start`` is a code point of the article; ``asked`` and ``words`` (start, end, start, end, …) count from there.
    """
    article = form.marked_in
    wanted = {number for part in form.parts for number in part}
    chosen: dict[int, list[Any]] = {}
    for sentence in article.sentences:
        if sentence.number in wanted:
            chosen.setdefault(sentence.block, []).append(sentence)
    made, before = [], -1
    for place, sentences in sorted(chosen.items()):
        block = article.blocks[place]
        start = block.span.start
        made.append(
            {
                "number": block.number,
                "kind": block.kind,
                "start": start,
                "text": article[block.span],
                "skip": _skipped(article, before + 1, place),
                "asked": _joined([[s.span.start - start, s.span.end - start] for s in sentences], article[block.span]),
                "sentences": [
                    {
                        "number": s.number,
                        "start": s.span.start - start,
                        "words": [edge - start for word in spoken_words(article, s.span) for edge in word],
                    }
                    for s in sentences
                ],
            }
        )
        before = place
    return made


def _joined(spans: list[list[int]], text: str) -> list[list[int]]:
    """Spans with nothing but space between them as one; space at the edge of the text belongs to them."""
    joined: list[list[int]] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1][1] = end
        else:
            joined.append([start, end])
    return joined


def _skipped(article: Article, first: int, end: int) -> str:
    numbers = [block.number for block in article.blocks[first:end] if block.number]
    if not numbers:
        return ""
    if len(numbers) == 1:
        return f"¶{numbers[0]} is not part of this task."
    return f"¶{numbers[0]} to ¶{numbers[-1]} are not part of this task."


def looks_of(labels: Sequence[Option]) -> list[dict[str, str]]:
    """Each label with its line pattern and a short name for its chip."""
    known = {option.key: _KNOWN[option.key] for option in labels if option.key in _KNOWN}
    free = [pattern for pattern in _PATTERNS if pattern not in known.values()] or list(_PATTERNS)
    looks, place = [], 0
    for option in labels:
        look = known.get(option.key)
        if look is None:
            look, place = free[place % len(free)], place + 1
        name = option.text.split(":")[0].strip()
        short = name if len(name) <= 24 else option.key
        looks.append({"key": option.key, "text": option.text, "name": short, "look": look})
    return looks
