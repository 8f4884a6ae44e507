"""The pen: mark words of the article by mouse, touch or keyboard. The page's half is ``highlighter.js``.

Everything the page is told stands in the traits below; the key of a task is not among them. Needs anywidget.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets as tt

from medialit.article import Article
from medialit.forms import Option, SpanForm
from medialit.widgets.words import spoken_words

_HERE = Path(__file__).parent
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


class Highlighter(anywidget.AnyWidget):
    """The article with marks. ``marks`` is ``[[start, end], …]`` or ``[[start, end, label], …]`` in code points.

    ``sent`` counts the page's changes and ``keep`` those that are to be kept as a draft; ``seen`` and ``kept`` answer.
    ``signs`` (``[[start, end, name], …]``; ``words`` says each name in words, "missed" is none of the learner's marks)
    and ``said`` (``[number, words]``) go to the page only. ``key`` names the place in the browser where marks wait while
    the kernel does not answer; ``since`` is the time of the newest saved answer (ms since 1970).
    """

    # As text, not as a path: a path would start a watcher of files where one is installed.
    _esm = (_HERE / "highlighter.js").read_text(encoding="utf-8")
    _css = (_HERE / "highlighter.css").read_text(encoding="utf-8")

    blocks = tt.List().tag(sync=True)
    labels = tt.List().tag(sync=True)
    grey = tt.Bool(False).tag(sync=True)
    marks = tt.List().tag(sync=True)
    signs = tt.List().tag(sync=True)
    words = tt.Dict().tag(sync=True)
    said = tt.List(default_value=[0, ""]).tag(sync=True)
    key = tt.Unicode("").tag(sync=True)
    since = tt.Int(0).tag(sync=True)
    sent = tt.Int(0).tag(sync=True)
    keep = tt.Int(0).tag(sync=True)
    seen = tt.Int(0).tag(sync=True)
    kept = tt.Int(0).tag(sync=True)

    def __init__(self, form: SpanForm, words: dict[str, str] | None = None) -> None:
        blocks = blocks_of(form)
        grey = any(b["asked"] != [[0, len(b["text"])]] for b in blocks)
        super().__init__(blocks=blocks, labels=looks_of(form.labels), grey=grey, words=words or {})

    def say(self, words: str) -> None:
        """Show and announce a sentence."""
        self.said = [self.said[0] + 1, words]


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
