"""Who says what: quotations, their speakers, and the side of each. It writes the files of unit 1."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import Any

from medialit.article import Article, Span
from medialit.authoring.annotate.base import HEAD, NOT_ENGLISH, AnnotationStep, Steps, by_hand, open_now, pass_path
from medialit.authoring.annotate.quotes_file import NOT_SAID, known_sides, write_voices
from medialit.authoring.coding import SETTLED, Coded, entry_of, read_coding, settle_case
from medialit.case.load import coder_files
from medialit.english import count, quoted
from medialit.errors import MedialitError
from medialit.files import write_whole, yaml_bytes
from medialit.forms import CardForm, Option, SpanForm
from medialit.forms.card import Blank
from medialit.widgets.markup import note_html

KINDS = (
    Option("direct", "Direct: the speaker's exact words, in quotation marks"),
    Option("indirect", "Indirect: what somebody said, in the writer's words"),
    Option("mixed", "Mixed: indirect, with some words in quotation marks"),
    Option("scare", "Scare quotes: marks that show doubt or irony"),
)
YES, NOBODY, OTHER, DROP, TWO = "yes", "nobody", "other", "drop", "two"
AS = "as:"  # before a name that is chosen from the list
NEAR = 0.85  # of the letters of two names: then it is asked whether they are one speaker
EDGES = (
    "Leave out who says it, the reporting word, an opening “that”, and the quotation marks around it. Where the speaker "
    "stands in the middle, mark both parts."
)
NO_WORD, NO_WORD_SAID = "-", "no reporting word"  # what is written in the box, and what is kept of it


class QuoteCoding(Steps):
    """Three steps: mark what is said, confirm who says it, and write down for which side each speaker speaks."""

    about = "Who says what in “{}”"

    def __init__(self, folder: Path, article: Article, coder: int) -> None:
        self.path = pass_path(folder, "quotes", coder)
        self.works_on(folder, article, coder, self.path)
        self.quotes = self._begin()
        self._gone: list[Coded] = []  # a mark that is removed and set again is about the same words
        self._rest: dict[str, str] = {}  # what was confirmed all at once
        self._two: set[frozenset[str]] = set()  # names that are alike, of two speakers
        super().__init__([self._marks()])

    def _begin(self) -> list[Coded]:
        if self.path.is_file():
            return read_coding(self.path, self.article, proposed=True)
        if not self.aided:
            return []
        from medialit.lenses.quotes import find_quotes

        found = find_quotes(self.article)
        # “Police” at the start of a sentence are “police”.
        names = {name.casefold(): name for name in sorted(q.speaker_name for q in found if q.speaker_name)}
        # A quotation that runs on in the next paragraph is coded in parts: a mark stays inside its paragraph.
        return [
            Coded(
                part, q.speaker, names.get((q.speaker_name or "").casefold()), q.cue, q.kind, False, "", proposed=True
            )
            for q in found
            for part in self.article.lines(q.content)
        ]

    @property
    def is_done(self) -> bool:
        """Everything that is marked is confirmed; and the side of each speaker is said, which the first coder does."""
        if not self.quotes or any(quote.proposed for quote in self.quotes):
            return False
        return self._others() or by_hand(self.folder / "quotes.yaml") or not self._without_side()

    def _without_side(self) -> list[str]:
        sides = known_sides(self.folder)
        return [name for name in self._names() if sides.get(name, NOT_SAID) == NOT_SAID]

    @property
    def _steps(self) -> int:
        return 2 if self._others() else 3

    # --- what is said ---

    def _marks(self) -> AnnotationStep:
        proposed = sum(quote.proposed for quote in self.quotes)
        told = "Mark every stretch of words that somebody is reported to have said, and choose its kind. " + EDGES
        if proposed:
            told = (
                f"Here are {count(len(self.quotes), 'quotation')}, {proposed} of them still proposed."
                if self.path.is_file()
                else f"The program proposes {count(proposed, 'quotation')}."
            )
            told += f" Read the text, remove what is none, change what is not quite right, and mark what is missing. {EDGES}"
        if not self.article.is_english:
            told += f"\n\n{NOT_ENGLISH}"
        numbers = tuple(sentence.number for sentence in self.article.sentences)
        return self.step(
            "marks", f"1 of {self._steps} · What is said?", told, SpanForm((numbers,), KINDS, self.article),
            [("save", "Save, and go on")], self._pressed_marks, self.mark,
            [[*quote.content, quote.kind] for quote in self.quotes],
        )  # fmt: skip

    def _pressed_marks(self, _: str, answer: Any) -> None:
        self.mark(answer)
        if not self.quotes:
            raise MedialitError("Nothing is marked yet. Mark at least one quotation.")
        self.turn([self._speakers()])

    def mark(self, answer: Any) -> None:
        """Keep these marks, ``[[start, end, kind], …]``. What is known of a quotation stays with it when its edges move."""
        marks = SpanForm((), KINDS, self.article).read(answer or [])
        kept = []
        for mark in sorted(marks):
            if "\n" in self.article[mark.span]:
                raise MedialitError("A quotation stays inside its paragraph. Mark it in two parts.")
            near = [quote for quote in (*self.quotes, *self._gone) if quote.content.overlaps(mark.span)]
            best = max(near, key=lambda quote: quote.content.shared(mark.span), default=None)
            if best is None or 2 * best.content.shared(mark.span) < mark.end - mark.start:
                best = Coded(mark.span, None, None, None, mark.label, False, "", proposed=True)
            kept.append(replace(best, content=mark.span, kind=mark.label))
        self._gone += [quote for quote in self.quotes if not any(quote.content.overlaps(one.content) for one in kept)]
        self.quotes = kept
        self._write(kept)

    # --- who says it ---

    def _speakers(self) -> AnnotationStep:
        blanks: list[Blank] = []
        answer: dict[str, str] = {}
        names = dict.fromkeys(quote.speaker_name for quote in self.quotes if quote.speaker_name)
        for number, quote in enumerate(self.quotes, 1):
            part = f"{self.article.paragraph_of(quote.content)}: {quoted(self.article[quote.content])}"
            word, found = f", “{self.article[quote.cue]}”" if quote.cue else "", self._beside(quote)
            own = "Proposed: " if quote.proposed else ""
            more = {quote.speaker_name: ", with another word"}
            options = [
                *[Option(YES, f"{own}{quote.speaker_name}{word}")] * bool(quote.speaker_name),
                *(Option(f"{AS}{n}", f"{n}{more.get(n, '')}") for n in names if word or n != quote.speaker_name),
                Option(NOBODY, "Nobody is named"),
                Option(OTHER, f"Somebody{' else' * bool(names)}: write the name"),
                Option(DROP, "It is no quotation"),
            ]
            asked = "The reporting word, if " + (f"it is not{word[1:]}" if quote.cue else "there is one")
            sure = f"{quote.speaker_name}{word}" if quote.speaker_name else "nobody" * (quote.kind == "scare")
            who = "Who says it?" + (f" Proposed: {sure}" if own and sure and self.aided else "")
            if found:
                asked = f"The reporting word (write {NO_WORD} if there is none)"
                answer[f"q{number}word"] = self.article[found] if quote.note != NO_WORD_SAID else NO_WORD
            known = [option.key for option in options if option.key not in (YES, DROP)]
            blanks += [
                Blank(f"q{number}", who, tuple(options), part=part, note=self._around(quote.content)),
                Blank(f"q{number}name", "The name", limit=80, optional=True, when=(OTHER,), suggest=True),
                Blank(
                    f"q{number}word", asked, limit=40, optional=True, when=tuple(known) if quote.cue else ()
                ),
            ]  # fmt: skip
            if not quote.proposed:
                answer[f"q{number}"] = YES if quote.speaker_name else NOBODY
            elif not self.aided:
                # Nothing is proposed: most quotations have somebody who says them.
                answer[f"q{number}"] = NOBODY if quote.kind == "scare" else OTHER
        told = "Say of each quotation who says it."
        if self.aided:
            told = "Only what you confirm here becomes part of the key. What you leave open stays proposed."
        step = self.step(
            "speakers", f"2 of {self._steps} · Who says it?", told,
            CardForm(tuple(blanks)),
            [("save", "Save, and go on"), ("rest", ""), ("undo", ""), ("back", "Back to the text")],
            self._pressed_speakers, self._noted, answer,
        )  # fmt: skip
        self._rest = {}
        step.say(**self._buttons(answer))
        return step

    def _around(self, content: Span) -> str:
        """The sentence of a quotation, where it says more than the quotation does."""
        first, last = self.article.sentence_at(content.start), self.article.sentence_at(content.end - 1)
        if first is None or last is None:
            return ""
        before, after = (
            self.article[Span(first.span.start, content.start)],
            self.article[Span(content.end, last.span.end)],
        )
        more = any(letter.isalnum() for letter in before + after)
        return f"In the article: {before}**{self.article[content]}**{after}" if more else ""

    def _open(self, answer: Mapping[str, str]) -> list[int]:
        """The numbers of the proposals on which nothing is decided, and which say who speaks, or are scare quotes."""
        return [
            n
            for n, quote in enumerate(self.quotes, 1)
            if self.aided
            and quote.proposed
            and not answer.get(f"q{n}")
            and (quote.speaker_name or quote.kind == "scare")
        ]

    def _buttons(self, answer: Mapping[str, str]) -> dict[str, Any]:
        left, done = len(self._open(answer)), len(self._rest)
        decided = any(answer.get(f"q{n}") for n, _ in enumerate(self.quotes, 1))
        return {
            "texts": {
                "rest": f"Confirm {'the other' if decided else 'all'} {count(left, 'proposal')}",
                "undo": f"Undo: leave {'it' if done == 1 else f'these {done}'} open",
            },
            "hide": ["rest"] * (not left) + ["undo"] * (not done),
        }

    def _noted(self, answer: Mapping[str, str] | None) -> None:
        self.note(answer)
        if step := self._parts.get("speakers"):
            step.say(**self._buttons(answer or {}))

    def _pressed_speakers(self, act: str, answer: Any) -> None:
        given, step = dict(answer or {}), self._parts["speakers"]
        if act == "save":
            told = self.confirm(given)
            self.turn([self._after()], told)
            return
        if act == "back":
            self.quotes = self.note(given)
            self.turn([self._marks()])
            return
        if act == "rest":
            self._rest = {f"q{n}": YES if self.quotes[n - 1].speaker_name else NOBODY for n in self._open(given)}
            given |= self._rest
            more = count(len(self._rest), "more proposal is", "more proposals are")
            told = f"{more} confirmed. Save to go on, or change what is not right."
        else:
            given = {name: said for name, said in given.items() if self._rest.get(name) != said}
            told, self._rest = "What was confirmed at once, and not changed since, is open again.", {}
        step.put(given)
        self._noted(given)
        step.say(feedback=note_html(told))

    def _after(self) -> AnnotationStep:
        """What comes after the speakers: names that may be of one of them, then the sides, which the first coder gives."""
        if pairs := self._alike():
            return self._same(pairs)
        if self._others():
            back = [("back", "Back to the speakers")]
            return self.step(
                "done", "Saved", "Go on with the next part.", None, back, lambda *_: self.turn([self._speakers()])
            )
        return self._sides() if self._names() else self._speakers()

    # --- one speaker or two ---

    def _alike(self) -> list[tuple[str, str]]:
        """Names that are alike, and of which nobody has said yet whether they are two speakers."""
        known = {name for name, side in known_sides(self.folder).items() if side != NOT_SAID}
        return [
            pair
            for pair in combinations(self._names(), 2)
            if alike(*pair) and frozenset(pair) not in self._two and not known.issuperset(pair)
        ]

    def _same(self, pairs: Sequence[tuple[str, str]]) -> AnnotationStep:
        def where(name: str) -> str:
            found = (self.article.paragraph_of(one.content) for one in self.quotes if one.speaker_name == name)
            return f"“{name}” ({', '.join(dict.fromkeys(found))})"

        blanks = tuple(
            Blank(f"s{n}", f"{where(one)} and {where(other)}", one_or_two(one, other))
            for n, (one, other) in enumerate(pairs)
        )

        def press(_: str, answer: Any) -> None:
            self.unite({pair: (answer or {}).get(f"s{n}", "") for n, pair in enumerate(pairs)})
            told = self._settled()
            self.turn([self._after()], told)

        buttons = [("save", "Save, and go on"), ("back", "Back to the speakers")]
        told = "These names are nearly the same. Do you mean one speaker? Then choose the name that your class reads."
        return self.step(
            "same", f"2 of {self._steps} · One speaker or two?", told, CardForm(blanks), buttons, press, lambda _: None,
            back=lambda: [self._speakers()],
        )  # fmt: skip

    def unite(self, decided: Mapping[tuple[str, str], str]) -> None:
        """Give both names of a pair the first one ("1") or the second ("2"), or leave them apart ("two").

        Raises MedialitError where nothing is said.
        """
        for (one, other), said in decided.items():
            if not said:
                raise MedialitError(f"Are “{one}” and “{other}” one speaker? Choose an answer.")
        for (one, other), said in decided.items():
            old, new = (other, one) if said == "1" else (one, other)
            if said == TWO:
                self._two.add(frozenset((one, other)))
            else:
                self.quotes = [replace(q, speaker_name=new) if q.speaker_name == old else q for q in self.quotes]
        self._write(self.quotes)

    # --- decisions ---

    def note(self, answer: Mapping[str, str] | None) -> list[Coded]:
        """Write down what is decided so far, for somebody who comes back later; the rest stays as it was."""
        kept = []
        for number, quote in enumerate(self.quotes, 1):
            try:
                kept.append(self._decided(number, quote, answer or {}) or quote)
            except MedialitError:
                kept.append(quote)
        self._write(kept)
        return kept

    def confirm(self, answer: Mapping[str, str]) -> str:
        """Take decisions, ``{"q1": "yes", "q2": "other", "q2name": "…"}``, and write the key; says what unit 1 has now."""
        decided = [self._decided(number, quote, answer) for number, quote in enumerate(self.quotes, 1)]
        self.quotes = [quote for quote in decided if quote]
        self._write(self.quotes)
        return self._settled()

    def _decided(self, number: int, quote: Coded, answer: Mapping[str, str]) -> Coded | None:
        """A quotation as somebody decided; None when it is none. Raises MedialitError where a name or a word is missing."""
        said = (answer.get(f"q{number}") or "").strip()
        name, word = ((answer.get(f"q{number}{field}") or "").strip() for field in ("name", "word"))
        if said == DROP:
            return None
        if said == OTHER and not name:
            raise MedialitError(f"Write the name of the speaker of “{self.article[quote.content][:60]}”.")
        if said.startswith(AS):
            name = said.removeprefix(AS)
        if said == OTHER or (said.startswith(AS) and name != quote.speaker_name):
            quote = replace(quote, speaker=None, speaker_name=name)
        elif said == NOBODY:
            quote = replace(quote, speaker=None, speaker_name=None)
        found = self._beside(quote)
        if said and word in (NO_WORD, "–", "—"):
            quote = replace(quote, cue=None, note=quote.note or NO_WORD_SAID)
        elif said and word:
            same = found is not None and self.article[found] == word
            quote = replace(quote, cue=found if same else self._near(quote.content, word), note=_without(quote.note))
        elif said and found and quote.note != NO_WORD_SAID:
            quote = replace(quote, cue=found)
        return replace(quote, proposed=quote.proposed and not said)

    def _near(self, content: Span, word: str) -> Span:
        """A word in the paragraph of a quotation, outside of it."""
        block = self.article.block_at(content.start)
        start, end = block.span if block else content
        at = self.article.text.find(word, start, end)
        while content.start <= at < content.end:
            at = self.article.text.find(word, at + 1, end)
        if at < 0:
            raise MedialitError(
                f"The paragraph of “{self.article[content][:40]}” does not have the word “{word}” beside it."
            )
        return Span(at, at + len(word))

    def _beside(self, quote: Coded) -> Span | None:
        """The reporting word beside a quotation that has none yet: the nearest of its sentence that is in no quotation."""
        sentence = self.article.sentence_at(quote.content.start)
        if quote.cue or quote.kind == "scare" or sentence is None or not self.aided:
            return None
        from medialit.lenses.quoting.lexicon import cues

        said = [one.content for one in self.quotes]
        known = {word for word, cue in cues().items() if not cue.noun and "quote" in cue.takes}
        words = self.article.words(sentence.span)
        low = [self.article[word].lower() for word in words]
        found = [
            word
            for n, word in enumerate(words)
            if low[n] in known and (not n or low[n - 1] != "to")  # "to say" is no report
        ]
        found += [
            Span(words[n].start, words[n + 1].end)
            for n in range(len(words) - 1)
            if low[n] == "according" and low[n + 1] == "to"
        ]
        near = [word for word in found if not any(word.overlaps(one) for one in said)]
        return min(near, key=lambda word: _gap(word, quote.content), default=None)

    def _settled(self) -> str:
        open_ones = sum(quote.proposed for quote in self.quotes)
        sure = len(self.quotes) - open_ones
        told = f"{count(sure, 'quotation is', 'quotations are')} confirmed, and {open_ones} still proposed."
        if self._others() or len(coder_files(self.folder, "quotes")) > 1:
            return f"{told} Another person has coded this article, too: the last part brings both together."
        made = self.folder / "attributions.yaml"
        if by_hand(made, SETTLED):
            return f"{told} attributions.yaml was written by hand and stays as it is."
        if not self.quotes:
            raise MedialitError("No quotation is left. Go back to the text and mark at least one.")
        if not sure:
            raise MedialitError(
                "Nothing is confirmed yet. "
                "Say of at least one quotation who says it, or that nobody is named. Then save this page."
            )
        settle_case(self.folder)
        gone = write_voices(self.folder, self._names(), {}) or ""
        return f"{told}{gone} {open_now(self.folder, 'quotes')}"

    # --- for which side ---

    def _others(self) -> bool:
        """Is this a second coder? The sides are asked of the first one alone: they are no reading of the text."""
        first = self.path.with_name("quotes-coder-1.yaml")
        return self.coder > 1 and first.is_file()

    def _names(self) -> list[str]:
        found = (quote.speaker_name for quote in self.quotes if not quote.proposed)
        return list(dict.fromkeys(name for name in found if name))

    def _sides(self) -> AnnotationStep:
        known = known_sides(self.folder)
        names = self._names()
        blanks = tuple(
            Blank(f"v{n}", f"{name}: for which side?", limit=60, suggest=True) for n, name in enumerate(names, 1)
        )
        held = {f"v{n}": side for n, name in enumerate(names, 1) if (side := known.get(name, NOT_SAID)) != NOT_SAID}
        return self.step(
            "sides", "3 of 3 · For which side?",
            "Give speakers of one side the same words, such as *the town*. Somebody who speaks for nobody else, such as an "
            "expert, gets their own name. Exercise 1.5 needs two sides.",
            CardForm(blanks), [("save", "Save"), ("back", "Back to the text")], self._pressed_sides, lambda _: None,
            held, back=lambda: [self._marks()],
        )  # fmt: skip

    def _pressed_sides(self, _: str, answer: Any) -> None:
        self.side({name: (answer or {}).get(f"v{n}", "") for n, name in enumerate(self._names(), 1)})
        told = f"Saved. {open_now(self.folder, 'quotes')} You can come back to this page at any time."
        self._parts["sides"].say(feedback=note_html(told))

    def side(self, sides: Mapping[str, str]) -> None:
        """Write down for which side each speaker speaks. Raises MedialitError when one is left out."""
        missing = [name for name in self._names() if not (sides.get(name) or "").strip()]
        if missing:
            raise MedialitError(f"Write a side for {missing[0]}: their own name, if they speak for nobody else.")
        given = {name: side.strip() for name, side in sides.items()}
        if write_voices(self.folder, self._names(), given, new=True) is None:
            raise MedialitError("quotes.yaml was written by hand. Add the voices there, so that nothing in it is lost.")

    # --- files ---

    def _write(self, quotes: Sequence[Coded]) -> None:
        self.path.parent.mkdir(exist_ok=True)
        with self.alone():
            write_whole(self.path, yaml_bytes([entry_of(quote, self.article) for quote in quotes], HEAD))

    def lines(self) -> list[str]:
        return [
            f"{'proposed ' if q.proposed else ''}{q.kind}: “{self.article[q.content]}” {q.speaker_name or ''}".rstrip()
            for q in self.quotes
        ]


def _without(note: str) -> str:
    return "" if note == NO_WORD_SAID else note


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end)


def one_or_two(one: str, other: str) -> tuple[Option, ...]:
    """What two names can be: one speaker, by either name, or two."""
    return Option("1", f"One: {one}"), Option("2", f"One: {other}"), Option(TWO, "Two speakers")


def plain(name: str) -> str:
    """A name in small letters, without its article."""
    return re.sub(r"^(?:the|a|an) |['’]s\b", "", name.casefold())


def alike(one: str, other: str, *, same: bool = False) -> bool:
    """Do two names differ by a few letters, or has one all the words of the other, as *Dale Orrick* has *Orrick*?

    Words that are no name, as in *town council* and *council*, count where both are said to speak the ``same`` words.
    """
    names = [plain(one), plain(other)]
    words = [{word for word in re.findall(r"\w+", name) if len(word) > 2} for name in names]
    few, many = sorted(words, key=len)
    named = same or len(few) > 1 or all(word.capitalize() in one and word.capitalize() in other for word in few)
    return SequenceMatcher(None, names[0], names[1]).ratio() >= NEAR or (bool(few) and few <= many and named)
