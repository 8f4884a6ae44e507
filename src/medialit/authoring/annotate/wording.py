"""Wording: loaded words, the questions of the framing codebook, what the paragraphs do. It writes the files of unit 3."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from medialit.article import Article, Span
from medialit.authoring.annotate.base import AnnotationStep, Steps
from medialit.authoring.annotate.claim_key import say
from medialit.authoring.annotate.frames import DraftItem, DraftWord, FrameFiles, Marked, numbered, place
from medialit.case.framing import NO_TECHNIQUE, Excerpt
from medialit.english import count, listed, shortened
from medialit.errors import MedialitError
from medialit.forms import CardForm, Field, Form, Option, SpanForm, TableForm
from medialit.forms.card import Blank
from medialit.units.registry import number_of
from medialit.widgets.markup import note_html

NOT_LOADED = "not loaded"
AROUND = 60  # letters of the text on both sides of a proposed word


@dataclass(frozen=True)
class _Step:
    """One step: what is drawn, the answer so far, how it is kept, and what is done with it when somebody goes on.

    ``done`` refuses what is not complete, and returns what to say. ``more`` is HTML under what is ``told``.
    """

    title: str
    told: str
    form: Form[Any] | None
    held: Any
    keep: Callable[[Any], None]
    done: Callable[[], str]
    more: str = ""
    buttons: tuple[tuple[str, str], ...] = ()


class WordingCoding(Steps):
    """Steps that mark words, answer the questions of each frame and say what the paragraphs do; then files are written."""

    about = "The wording of “{}”"

    def __init__(self, folder: Path, article: Article, coder: int) -> None:
        self.files = FrameFiles(folder, article, coder)
        self.works_on(folder, article, coder, self.files.draft)
        self.codebook = self.files.codebook
        self.draft = self.files.begin()
        self._frames = {frame.key: frame for frame in self.codebook.frames}
        first = ["words", "confirm"] if coder == 1 else ["words"]
        last = ["sentences", "plain"] if coder == 1 else []
        self.asked = self.files.asked()  # about which stretches, where somebody else chose them
        self.names = [*first, *self._frames, "functions", *["techniques"] * (self.asked != []), *last]
        super().__init__([self._step(self._first_open())])

    @property
    def is_done(self) -> bool:
        """Every question has an answer, every proposal and every stretch a decision, and the files are written."""
        open_ones = self.files.open_question(self.draft) or self._proposed() or self._unnamed()
        return self.files.path.is_file() and not open_ones

    # --- going from step to step ---

    def _first_open(self) -> str:
        if not self.draft.items:
            return "words"
        return next((frame for frame in self._frames if self.files.open_question(self.draft, frame)), "functions")

    def _step(self, name: str) -> AnnotationStep:
        made: _Step = self._questions(name) if name in self._frames else getattr(self, f"_{name}")()
        at, last = self.names.index(name), name == self.names[-1]
        buttons = [("save", "Save" if last else "Save, and go on"), *made.buttons] + [("back", "Back")] * (at > 0)
        title = f"{at + 1} of {len(self.names)} · {made.title}"
        press = self._pressed(name, made)
        return self.step(
            name.replace(" ", "-"), title, made.told, made.form, buttons, press, made.keep, made.held, made.more
        )

    def _pressed(self, name: str, made: _Step) -> Callable[[str, Any], None]:
        def pressed(act: str, _: Any) -> None:
            if act == "agree":
                self._agree()
                return
            told = made.done() if act == "save" else ""
            at = self.names.index(name)
            ahead = self.names[at + 1 :] if act == "save" else self.names[:at][::-1]
            self.turn([self._step(next(filter(self._has, ahead), name))], told)

        return pressed

    def _has(self, name: str) -> bool:
        """Is there anything to do in a step?"""
        return bool(self._proposed() if name == "confirm" else self.draft.sentences if name == "plain" else True)

    def _change(self, **parts: Any) -> None:
        self.draft = self.draft.model_copy(update=parts)
        with self.alone():
            self.files.keep(self.draft)

    # --- loaded words ---

    def _classes(self) -> tuple[Option, ...]:
        """The classes by a plain name: their own is a word of linguists."""
        return tuple(Option(one.key, one.plain) for one in self.codebook.classes)

    def _everywhere(self, labels: tuple[Option, ...]) -> SpanForm:
        return SpanForm((tuple(sentence.number for sentence in self.article.sentences),), labels, self.article)

    def _words(self) -> _Step:
        proposed = len(self._proposed())
        told = say("words_proposed" if proposed else "words_unaided", words=count(proposed, "loaded word"))
        held = [[*span, word.cls] for word in self.draft.words if (span := self.files.span(word))]
        rows = (
            f"<li><strong>{escape(one.plain)}</strong> (the lesson calls it “{escape(one.key)}”). {escape(one.says)} "
            f"{escape(one.example)}</li>"
            for one in self.codebook.classes
        )
        more = f"<ul>{''.join(rows)}</ul>"
        return _Step("Loaded words", told, self._everywhere(self._classes()), held, self.mark, lambda: "", more)

    def mark(self, answer: Any) -> None:
        """Keep these marks, ``[[start, end, class], …]``. A proposal that was not touched stays one."""
        before = {(self.files.span(word), word.cls): word for word in self.draft.words}
        kept = []
        for span, label, at in self._marked(answer, self._classes(), "Loaded words"):
            known = before.get((span, label))
            kept.append(known or DraftWord.model_validate(at | {"class": label}))
        self._change(words=kept)

    def _marked(self, answer: Any, labels: tuple[Option, ...], what: str) -> list[tuple[Span, str, dict[str, Any]]]:
        found = []
        for mark in sorted(SpanForm((), labels, self.article).read(answer or [])):
            at = place(self.article, mark.span)
            if at is None:
                raise MedialitError(
                    f"{what} stay inside one sentence. Mark “{shortened(self.article[mark.span], 40)}” in two parts."
                )
            found.append((mark.span, mark.label, at))
        return found

    def _proposed(self) -> list[DraftWord]:
        return [word for word in self.draft.words if word.proposed]

    def _key(self, word: DraftWord) -> str:
        return "{}-{}".format(*(self.files.span(word) or (0, 0)))

    def _confirm(self) -> _Step:
        plain = {one.key: one.plain for one in self.codebook.classes}
        rows = tuple(
            Option(self._key(word), f"“{word.words}” · proposed: {plain[word.cls]}\n{self._around(word)}")
            for word in self._proposed()
        )
        means = (Option(one.key, f"{one.plain}: {one.says}") for one in self.codebook.classes)
        options = (*means, Option(NOT_LOADED, f"{NOT_LOADED}: it does none of this here"))
        form = TableForm(rows, (Field("class", "What does the word do?", options),))
        held = {key: {"class": said} for key, said in self.draft.decisions.items()}
        agree = (("agree", "Agree with all that are open"),)
        return _Step("Do you agree?", say("confirm"), form, held, self._decided, self._confirmed, buttons=agree)

    def _around(self, word: DraftWord | Excerpt) -> str:
        """Words with what is around them in their paragraph."""
        span = self.files.span(word) or Span(0, 0)
        block = self.article.block_at(span.start)
        edges = block.span if block else span
        before, after = self.article.text[edges.start : span.start], self.article.text[span.end : edges.end]
        if len(before) > AROUND:
            before = "… " + before[-AROUND:].partition(" ")[2]
        if len(after) > AROUND:
            after = after[:AROUND].rpartition(" ")[0] + " …"
        return f"{self.article.paragraph_of(span)}: {before}**{word.words}**{after}"

    def _decided(self, answer: Any) -> None:
        self._change(decisions={key: cells.get("class") or "" for key, cells in (answer or {}).items()})

    def _agree(self) -> None:
        """Choose the proposed class wherever nothing was chosen. Nothing is confirmed before it is saved."""
        said = self.draft.decisions
        more = {key: word.cls for word in self._proposed() if not said.get(key := self._key(word))}
        self._change(decisions=said | more)
        step = self._parts["confirm"]
        step.put(self._confirm().held)
        step.say(feedback=note_html(say("agreed", words=count(len(more), "word"))))

    def _confirmed(self) -> str:
        self.confirm(self.draft.decisions)
        if left := self._proposed():
            words = listed(f"“{word.words}”" for word in left) if len(left) < 4 else count(len(left), "word")
            are = "is" if len(left) == 1 else "are"
            return say("left_open", words=words, are=are, number=number_of("framing", "words"))
        return ""

    def confirm(self, decisions: Mapping[str, str]) -> None:
        """Take decisions about proposed words, ``{"120-128": "hedge", "140-150": "not loaded"}``."""
        kept = []
        for word in self.draft.words:
            said = decisions.get(self._key(word), "") if word.proposed else ""
            if said:
                word = word.model_copy(update={"proposed": False, "cls": said})
            if said != NOT_LOADED and word not in kept:
                kept.append(word)
        self._change(words=kept, decisions={})

    # --- the questions of the codebook ---

    def _sentences_of(self) -> tuple[Option, ...]:
        return tuple(
            Option(f"S{one.number}", f"S{one.number}, ¶{number}: {self.article[one.span]}")
            for one, number in numbered(self.article)
        )

    def _questions(self, frame: str) -> _Step:
        items = self.codebook.of_frame(frame)
        rows = tuple(
            Option(item.id, f"{item.id} · {item.ask}\nYes: {item.yes_when}\nNo: {item.no_when}") for item in items
        )
        form = TableForm(
            rows,
            (
                Field("answer", "Your answer", (Option("yes", "yes"), Option("no", "no"))),
                Field(
                    "evidence", "The sentences that the yes rests on, by number, such as 3, 9", self._sentences_of(),
                    several=True, folded=True, when=("answer", "yes"),
                ),
            ),
        )  # fmt: skip
        held = {
            item.id: {"answer": given.answer or "", "evidence": [f"S{number}" for number in given.evidence]}
            for item in items
            if (given := self.draft.items.get(item.id))
        }
        title, told = f"Questions: {self._frames[frame].label.lower()}", say("questions", asks=self._frames[frame].says)
        done = partial(self._all_answered, frame)
        return _Step(title, told, form, held, self.answer_items, done, self._reading())

    def answer_items(self, answer: Any) -> None:
        """Keep answers, ``{"r1": {"answer": "yes", "evidence": ["S3"]}}``. Raises MedialitError for an unknown sentence."""
        known = {f"S{one.number}": one.number for one, _ in numbered(self.article)}
        items = dict(self.draft.items)
        for name, cells in (answer or {}).items():
            item = self.codebook.item(name)
            given = cells.get("evidence") or []
            if stranger := next((one for one in given if one not in known), None):
                raise MedialitError(
                    f"Question {name} ({item.short}) names sentence {stranger.removeprefix('S')}. Sentences that count are "
                    f"numbered {min(known.values())} to {max(known.values())}, and headings are left out."
                )
            items[name] = DraftItem(answer=cells.get("answer") or None, evidence=[known[one] for one in given])
        self._change(items=items)

    def _all_answered(self, frame: str) -> str:
        if problem := self.files.open_question(self.draft, frame):
            raise MedialitError(problem)
        return ""

    def _reading(self) -> str:
        """The article with the numbers of its sentences, folded away."""
        lines = []
        for block in self.article.blocks:
            inside = [one for one in self.article.sentences if self.article.blocks[one.block] == block]
            said = " ".join(
                (f"<sup>S{one.number}</sup> " if block.number else "") + escape(self.article[one.span])
                for one in inside
            )
            lines.append(
                f"<p><strong>¶{block.number}</strong> {said}</p>" if block.number else f"<p><strong>{said}</strong></p>"
            )
        return f"<details><summary>Read the article, with numbered sentences</summary>{''.join(lines)}</details>"

    # --- what paragraphs do, and techniques ---

    def _functions(self) -> _Step:
        paragraphs = tuple(Option(f"p{block.number}", f"¶{block.number}") for block in self.article.paragraphs)
        rows = tuple(Option(one.key, f"{one.label}\n{one.ask}") for one in self.codebook.functions)
        held = {
            key: {"paragraphs": [f"p{number}" for number in numbers]} for key, numbers in self.draft.functions.items()
        }
        form = TableForm(rows, (Field("paragraphs", "Paragraphs", paragraphs, several=True),))
        title, told = "What do the paragraphs do?", say("functions")
        # A pass is whole once its coder was asked about every stretch.
        done = (lambda: "") if self.asked else self.publish
        return _Step(title, told, form, held, self.map_functions, done, self._reading())

    def map_functions(self, answer: Any) -> None:
        """Keep the paragraphs of each function, ``{"cause": {"paragraphs": ["p1"]}}``."""
        given = {
            key: sorted(int(one[1:]) for one in cells.get("paragraphs") or []) for key, cells in (answer or {}).items()
        }
        self._change(functions=given)

    def _technique_labels(self) -> tuple[Option, ...]:
        named = (Option(one.key, f"{one.name}: {one.says}") for one in self.codebook.techniques)
        return (*named, Option(NO_TECHNIQUE, f"{NO_TECHNIQUE}: it looks like a technique, and is none"))

    def _techniques(self) -> _Step:
        if self.asked is not None:
            return self._same_stretches(self.asked)
        told = say("techniques", none=NO_TECHNIQUE)
        held = [[*span, mark.technique] for mark in self.draft.techniques if (span := self.files.span(mark))]
        form = self._everywhere(self._technique_labels())
        return _Step("Techniques", told, form, held, self.mark_techniques, self.publish)

    def mark_techniques(self, answer: Any) -> None:
        """Keep marked techniques, ``[[start, end, technique], …]``."""
        found = self._marked(answer, self._technique_labels(), "Techniques")
        self._change(techniques=[Marked.model_validate(at | {"technique": label}) for _, label, at in found])

    def _same_stretches(self, asked: Sequence[Excerpt]) -> _Step:
        """The stretches that somebody else chose, without what that coder said of them."""
        rows = tuple(Option(one.id, f"“{one.words}”\n{self._around(one)}") for one in asked)
        form = TableForm(rows, (Field("technique", "Which technique?", self._technique_labels()),))
        held = {name: {"technique": said} for name, said in self.files.techniques(asked, self.draft).items()}
        told = say("techniques_second", none=NO_TECHNIQUE)
        return _Step("Techniques", told, form, held, self.name_techniques, self._all_named)

    def name_techniques(self, answer: Any) -> None:
        """Keep what each stretch is, ``{"t1": {"technique": "one cause"}}``."""
        given = {name: cells.get("technique") for name, cells in (answer or {}).items()}
        self._change(
            techniques=[
                Marked.model_validate(one.model_dump(exclude={"id"}) | {"technique": said})
                for one in self.asked or ()
                if (said := given.get(one.id))
            ]
        )

    def _unnamed(self) -> list[Excerpt]:
        """The stretches that this coder is asked about and has not named yet."""
        asked = self.asked or ()
        said = self.files.techniques(asked, self.draft)
        return [one for one in asked if one.id not in said]

    def _all_named(self) -> str:
        if left := self._unnamed():
            raise MedialitError(f"“{left[0].words}” has no answer yet. Choose its technique, or “{NO_TECHNIQUE}”.")
        return self.publish()

    def publish(self, *, whole: bool = False) -> str:
        """Write the files of unit 3; says what was done. Raises MedialitError when a question is open."""
        with self.alone():
            return self.files.publish(self.draft, whole=whole)

    # --- sentences to tell in plain words ---

    def _sentences(self) -> _Step:
        title = "What learners get"
        plain = self._as_options(
            one.number for one, _ in numbered(self.article) if self.files.slots(self.draft, one.number)
        )
        can, rule = self.files.agreed()
        label = "Sentences that they tell in plain words: none, one or two"
        fields = (
            *[
                Field(
                    "marking", "Sentences in which they mark words, by number", self._as_options(can), True, True, True
                )
            ]
            * bool(can),
            *[Field("sentences", label, plain, several=True)] * bool(plain),
        )
        if not fields:
            return _Step(title, say("no_words"), None, None, lambda _: None, self.publish)
        form = TableForm((Option("learners", "Sentences with loaded words"),), fields)
        given = {"marking": self.draft.marking or rule, "sentences": self.draft.sentences}
        held = {"learners": {name: [f"S{n}" for n in numbers] for name, numbers in given.items()}}
        told = " ".join(say(f"for_{field.name}") for field in fields)
        return _Step(title, told, form, held, self.choose_sentences, self._two_at_most)

    def _as_options(self, numbers: Iterable[int]) -> tuple[Option, ...]:
        wanted = set(numbers)
        return tuple(option for option in self._sentences_of() if int(option.key[1:]) in wanted)

    def choose_sentences(self, answer: Any) -> None:
        """Keep what learners get, ``{"learners": {"marking": ["S2", "S3"], "sentences": ["S3"]}}``."""
        given = (answer or {}).get("learners", {})
        can, rule = self.files.agreed()
        sentences, marking = ([int(one[1:]) for one in given.get(name) or []] for name in ("sentences", "marking"))
        if strange := [number for number in marking if number not in can]:
            raise MedialitError(
                f"S{strange[0]} has no word that most coders marked. Choose from these sentences: {listed(can)}."
            )
        self._change(
            sentences=sorted(sentences), marking=sorted(marking) if marking and sorted(marking) != rule else None
        )

    def _two_at_most(self) -> str:
        if len(self.draft.sentences) > 2:
            raise MedialitError(f"{len(self.draft.sentences)} sentences are chosen. Choose two at most.")
        return self.publish()

    def _plain(self) -> _Step:
        blanks = []
        held = dict(self.draft.plain)
        for number in self.draft.sentences:
            text = self.article[self.article.sentences[number - 1].span]
            blanks.append(
                Blank(f"s{number}names", "Names that must stay, separated by commas (Ann Lee / the mayor: either will do)",
                      limit=200, optional=True, part=f"S{number}: {text}")
            )  # fmt: skip
            held.setdefault(f"s{number}model", text)
            held.setdefault(f"s{number}names", ", ".join(self.files.names(number)))
            for word in self.files.slots(self.draft, number):
                blanks += [
                    Blank(f"s{number}plain {word}", f"Plain words for “{word}”, separated by commas", limit=120),
                    Blank(
                        f"s{number}loaded {word}",
                        f"Wrong choices: other loaded words than “{word}” (optional)",
                        limit=120,
                        optional=True,
                    ),
                ]
            blanks.append(Blank(f"s{number}model", "The whole sentence in plain words", limit=600, lines=3))
        done = partial(self.publish, whole=True)
        return _Step("Plain words", say("plain"), CardForm(tuple(blanks)), held, self.write_plain, done)

    def write_plain(self, answer: Any) -> None:
        """Keep what is typed about the sentences to rewrite."""
        self._change(plain=self.draft.plain | {name: text or "" for name, text in (answer or {}).items()})

    def lines(self) -> list[str]:
        return [f"{'proposed ' if word.proposed else ''}{word.cls}: {word.words}" for word in self.draft.words]
