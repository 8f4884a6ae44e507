"""Marked stretches of the article."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from medialit.article import Article, Span
from medialit.errors import MedialitError
from medialit.forms.base import Form, Key, Option, keyed, keys_of


class MarkedSpan(NamedTuple):
    """A marked stretch: ``start``, ``end`` (end exclusive), and its label where the form has labels."""

    start: int
    end: int
    label: str = ""

    @property
    def span(self) -> Span:
        """Where it is."""
        return Span(self.start, self.end)


@dataclass(frozen=True)
class SpanForm(Form[list[MarkedSpan]]):
    """Marked stretches of the article (answer: list of ``[start, end]``), offered sentence by sentence.

    ``parts`` groups sentence numbers into chunks that are shown one after another. With ``labels`` each mark carries
    one of them (answer: list of ``[start, end, label key]``).
    """

    kind: ClassVar[str] = "spans"
    advice: ClassVar[str] = 'unit.span("words") gives the span of words in the article.'
    parts: tuple[tuple[int, ...], ...]
    labels: tuple[Option, ...] = ()
    article: Article | None = field(default=None, repr=False, compare=False)

    @property
    def marked_in(self) -> Article:
        """The article in which words are marked. Raises MedialitError when the form was given none."""
        if self.article is None:
            raise MedialitError("This task marks words in an article, but no article was given.")
        return self.article

    @cached_property
    def _asked(self) -> list[Span]:
        wanted = {number for part in self.parts for number in part}
        return [sentence.span for sentence in self.marked_in.sentences if sentence.number in wanted]

    def asked(self) -> str:
        # A mark counts the letters before it, so that a correction earlier in the text moves it to other words.
        places = "".join(f"\n{span.start} {self.article[span]}" for span in self._asked) if self.article else ""
        return f"{self!r}{places}"

    def asks(self, position: int) -> bool:
        """Is this position of the article in a sentence of the task?"""
        return any(start <= position < end for start, end in self._asked)

    def read(self, answer: Any) -> list[MarkedSpan]:
        if not isinstance(answer, list):
            raise MedialitError("Hand in a list of spans, such as [[120, 135], [200, 240]].")
        return [self._mark(number, span) for number, span in enumerate(answer, 1)]

    def _mark(self, number: int, span: Any) -> MarkedSpan:
        size = 3 if self.labels else 2
        if not (isinstance(span, list) and len(span) == size and all(type(x) is int for x in span[:2])):
            more = (" and a label", ", label") if self.labels else ("", "")
            raise MedialitError(f"Span {number} needs two whole numbers{more[0]}: [start, end{more[1]}].")
        if self.labels and span[2] not in keys_of(self.labels):
            known = ", ".join(keys_of(self.labels))
            raise MedialitError(f"Span {number} has the label “{str(span[2])[:40]}”. Labels: {known}.")
        start, end = span[:2]
        if start < 0 or end <= start:
            raise MedialitError(f"Span {number} ends before it starts. Choose its words again.")
        if self.article and end > len(self.article.text):
            last = f"the last character of the article ({len(self.article.text):,})"
            raise MedialitError(f"Span {number} ends after {last}. Pick the end again.")
        return MarkedSpan(*span)

    def typed(self, given: Any) -> Any:
        return sorted(({tuple(mark): mark for mark in given}).values()) if isinstance(given, list) else given

    def sample(self) -> str:
        return '[[start, end, "label"], …]' if self.labels else "[[start, end], …]"

    def all_keys(self) -> list[Key]:
        return keyed("label", self.labels)

    def choices(self) -> list[tuple[str, str]]:
        named = ", ".join(f"S{number}" for part in self.parts for number in part)
        return ([(named, named)] if named else []) + super().choices()

    def in_words(self, answer: Any) -> list[str]:
        if self.article is None:
            return []
        lines = []
        for start, end, *_ in answer:
            block = self.article.block_at(start)
            lines.append(f"¶{block.number if block and block.number else '–'}: {self.article.text[start:end]}")
        return lines
