"""Mark words of the article without a mouse: pick a sentence, its first word and its last word."""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from medialit.article import Article, Sentence, Span
from medialit.forms import SpanForm
from medialit.widgets.form import FormWidget
from medialit.widgets.look import box, button, html, live, row
from medialit.widgets.markup import inline_html
from medialit.widgets.words import spoken_words

# Signs beside the learner's own marks after a check: the names are those of Result.details["marks"].
SIGNS = {"ok": "✓ fits", "edge": "◐ edge", "extra": "○ extra", "class": "◐ other class", "split": "◇ few coders"}


class SpanWidget(FormWidget):
    """Marked stretches as ``[[start, end], …]`` in text order, or ``[[start, end, label], …]`` where there are labels.

    One part of the article at a time; a list of its sentences; two lists of words; Add, Change and Remove.
    """

    def __init__(self, form: SpanForm) -> None:
        article = self._article = form.marked_in
        self._sentences = {sentence.number: sentence for sentence in article.sentences}
        self._parts = [[n for n in part if n in self._sentences] for part in form.parts]
        self._marks: list[list[Any]] = []
        self._signs: dict[tuple[int, int], str] = {}
        self._words: list[Span] = []
        self._part = w.Dropdown(options=[("", 0)], description="Part of the article")
        self._sentence = w.Select(options=[], rows=6, description="Sentence")
        self._text = html()
        self._first = w.Dropdown(options=[], description="First word")
        self._last = w.Dropdown(options=[], description="Last word")
        self._label = w.Dropdown(options=[(o.text, o.key) for o in form.labels], description="Label")
        self._chosen = html()
        self._said = live()
        self._list = w.Select(options=[], rows=3, description="Your marks")
        super().__init__(form, self._rows(form))
        self._part.observe(self._new_part, names="value")
        self._sentence.observe(self._new_sentence, names="value")
        self._first.observe(self._new_first, names="value")
        self._last.observe(self._show_chosen, names="value")
        self._list.observe(self._new_pick, names="value")
        self._show_marks()
        self._new_part()

    def _rows(self, form: SpanForm) -> tuple[Any, ...]:
        return (
            *([self._part] if len(self._parts) > 1 else []),
            self._sentence,
            self._text,
            row(box(self._first, classes=("medialit-half",)), box(self._last, classes=("medialit-half",))),
            self._chosen,
            *([self._label] if form.labels else []),
            row(button("Add", self._add, tooltip="Mark the chosen words")),
            self._list,
            row(
                button("Change", self._change, tooltip="Put the chosen words in place of the mark picked in the list"),
                button("Remove", self._remove, tooltip="Take away the mark picked in the list"),
            ),
            self._said,
        )

    # the answer ---------------------------------------------------------------------------------------------------

    @property
    def value(self) -> Any:
        return [list(mark) for mark in self._marks]

    def _put(self, value: Any) -> None:
        self._marks = [list(mark) for mark in sorted({tuple(mark) for mark in value or []})]
        self._signs = {}
        self._show_marks()

    def show_signs(self, marks: dict[str, list[list[int]]] | None) -> None:
        """Put a sign beside each of the learner's marks: ``{"ok": [[a, b]], "edge": …, "extra": …}``."""
        found = {}
        for name, spans in (marks or {}).items():
            found.update({(a, b): SIGNS[name] for a, b in spans if name in SIGNS})
        self._signs = found
        self._show_marks(self._list.value)

    # choosing words -----------------------------------------------------------------------------------------------

    def _new_part(self, _: Any = None) -> None:
        numbers = self._parts[self._part.value or 0] if self._parts else []
        self._sentence.rows = min(8, max(2, len(numbers)))
        self._sentence.options = [(self._line(self._sentences[n]), n) for n in numbers]
        self._sentence.value = numbers[0] if numbers else None
        self._new_sentence()

    def _line(self, sentence: Sentence) -> str:
        return f"{place_of(self._article, sentence.span.start)} {short(self._article[sentence.span])}"

    def _new_sentence(self, _: Any = None) -> None:
        sentence = self._sentences.get(self._sentence.value)
        self._words = spoken_words(self._article, sentence.span) if sentence else []
        options = [(f"{i} {self._article[word]}", i - 1) for i, word in enumerate(self._words, 1)]
        self._first.options, self._last.options = options, options
        text = inline_html(self._article[sentence.span]) if sentence else ""
        self._text.value = f'<p style="margin:4px 0">{text}</p>'
        if options:
            self._first.value = self._last.value = 0
        self._show_chosen()

    def _new_first(self, _: Any = None) -> None:
        if self._first.value is not None and (self._last.value or 0) < self._first.value:
            self._last.value = self._first.value
        self._show_chosen()

    def _span(self) -> list[int] | None:
        first, last = self._first.value, self._last.value
        if first is None or last is None or not first <= last < len(self._words):
            return None
        return [self._words[first].start, self._words[last].end]

    def _show_chosen(self, _: Any = None) -> None:
        span = self._span()
        words = f"“{self._article[span]}”" if span else "none: the last word stands before the first one"
        self._chosen.value = f'<p style="margin:4px 0"><strong>Chosen words:</strong> {inline_html(words)}</p>'

    # the list of marks --------------------------------------------------------------------------------------------

    def _show_marks(self, picked: int | None = None) -> None:
        options = []
        for place, (a, b, *label) in enumerate(self._marks):
            sign = self._signs.get((a, b), "")
            where = place_of(self._article, a)
            named = f" · {label[0]}" if label else ""
            options.append((f"{sign + ' · ' if sign else ''}{where} “{short(self._article[a, b])}”{named}", place))
        with self._list.hold_sync():
            self._list.options = options
            self._list.value = picked if picked is not None and picked < len(options) else None
            self._list.description = f"Your marks ({len(options)})"
        self._count_parts()

    def _count_parts(self) -> None:
        options = []
        for place, numbers in enumerate(self._parts):
            spans = [self._sentences[n].span for n in numbers]
            count = sum(any(a <= mark[0] < b for a, b in spans) for mark in self._marks)
            options.append((f"Part {place + 1} of {len(self._parts)} ({count} marked)", place))
        if options:
            # Not through .value: the part on show must not change when its label does.
            chosen = self._part.value or 0
            self._part.unobserve(self._new_part, names="value")
            with self._part.hold_sync():
                self._part.options = options
                self._part.value = chosen
            self._part.observe(self._new_part, names="value")

    def _new_pick(self, _: Any = None) -> None:
        """Show the picked mark in the lists of words, so that it can be changed."""
        if self._list.value is None:
            return
        start, end, *label = self._marks[self._list.value]
        sentence = self._article.sentence_at(start)
        part = next((i for i, p in enumerate(self._parts) if sentence and sentence.number in p), None)
        if part is None or sentence is None:
            return
        self._part.value, self._sentence.value = part, sentence.number
        inside = [i for i, word in enumerate(self._words) if word.overlaps((start, end))]
        if inside:
            self._first.value, self._last.value = inside[0], inside[-1]
        if label:
            self._label.value = label[0]

    def _add(self) -> None:
        self._write(None)

    def _change(self) -> None:
        if self._list.value is None:
            self.say("Pick one of your marks in the list first.")
        else:
            self._write(self._list.value)

    def _write(self, place: int | None) -> None:
        span = self._span()
        if span is None:
            self.say("Choose a last word that does not stand before the first word.")
            return
        mark = [*span, self._label.value] if self.form.labels else span
        if mark in self._marks:
            self.say("These words are marked already.")
            return
        if place is None:
            self._marks.append(mark)
        else:
            self._marks[place] = mark
        self._marks.sort()
        self._signs = {}
        self._show_marks(None if place is None else self._marks.index(mark))
        self.say(f"{'Added' if place is None else 'Changed'}: “{self._article[span]}”. {self._count()}")
        self._changed()

    def _remove(self) -> None:
        if self._list.value is None:
            self.say("Pick one of your marks in the list first.")
            return
        gone = self._marks.pop(self._list.value)
        self._signs = {}
        self._show_marks()
        self.say(f"Removed: “{self._article[gone[0], gone[1]]}”. {self._count()}")
        self._changed()

    def _count(self) -> str:
        return f"{len(self._marks)} marked in all."

    def say(self, words: str) -> None:
        """Show and announce a sentence."""
        self._said.value = f"<span>{inline_html(words)}</span>"


def place_of(article: Article, position: int) -> str:
    """Paragraph and sentence of a position: ``¶3, S8:``. Empty between two sentences."""
    sentence = article.sentence_at(position)
    if sentence is None:
        return ""
    number = article.blocks[sentence.block].number
    return f"¶{number}, S{sentence.number}:" if number else f"Heading, S{sentence.number}:"


def short(text: str, limit: int = 70) -> str:
    """The first words of a text, cut at a space."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"
