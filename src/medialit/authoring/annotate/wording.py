"""Wording: loaded words, the questions of the framing codebook, what the paragraphs do. It writes the files of unit 3."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from medialit.article import Article, Span
from medialit.authoring.annotate.base import AnnotationStep
from medialit.authoring.annotate.frames import DraftItem, DraftWord, FrameFiles, Marked, numbered, place
from medialit.case.framing import NO_TECHNIQUE
from medialit.english import count, listed, shortened
from medialit.errors import MedialitError
from medialit.forms import CardForm, Field, Form, Option, SpanForm, TableForm
from medialit.forms.card import Blank
from medialit.show.html import RUN, run_line, titled
from medialit.widgets.markup import note_html
from medialit.widgets.page import Page

NOT_LOADED = "not loaded"
AROUND = 60  # letters of the text on both sides of a proposed word


@dataclass(frozen=True)
class _Step:
    """One step: what is drawn, the answer so far, and what happens with an answer. ``done`` refuses what is not complete."""

    title: str
    told: str
    form: Form[Any]
    answer: Any
    keep: Callable[[Any], None]
    done: Callable[[], str]


class WordingCoding(Page):
    """Steps that mark words, answer the questions of each frame and say what the paragraphs do; then files are written."""

    def __init__(self, folder: Path, article: Article, coder: int) -> None:
        self.folder, self.article, self.coder = folder, article, coder
        self.files = FrameFiles(folder, article, coder)
        self.codebook = self.files.codebook
        self.draft = self.files.begin()
        self._frames = {frame.key: frame for frame in self.codebook.frames}
        first = ["words", "confirm"] if coder == 1 else ["words"]
        last = ["sentences", "plain"] if coder == 1 else []
        self.names = [*first, *self._frames, "functions", "techniques", *last]
        super().__init__([self._step(self._first_open())])

    # --- going from step to step ---

    def _first_open(self) -> str:
        if not self.draft.items:
            return "words"
        for frame in self._frames:
            if any(self._missing(item.id) for item in self.codebook.of_frame(frame)):
                return frame
        return "functions"

    def _missing(self, item: str) -> bool:
        given = self.draft.items.get(item, DraftItem())
        return given.answer is None or (given.answer == "yes" and not given.evidence)

    def _step(self, name: str) -> AnnotationStep:
        made = self._made(name)
        at, last = self.names.index(name), name == self.names[-1]
        buttons = [("save", "Save" if last else "Save, and go on")] + [("back", "Back")] * (at > 0)
        step = AnnotationStep(
            name.replace(" ", "-"), f"{at + 1} of {len(self.names)} · {made.title}", made.told, made.form, buttons,
            lambda act, answer: self._pressed(name, act, answer), lambda answer: self._keep(made.keep, answer),
            f"annotate/{self.folder.name}/{self.coder}", checks=False,
        )  # fmt: skip
        if made.answer:
            step.put(made.answer, draft=True)
            step.say(draft=False)
        return step

    def _made(self, name: str) -> _Step:
        if name in self._frames:
            return self._questions(name)
        made: _Step = getattr(self, f"_{name}")()
        return made

    def _keep(self, keep: Callable[[Any], None], answer: Any) -> None:
        keep(answer)
        self.files.keep(self.draft)

    def _pressed(self, name: str, act: str, answer: Any) -> None:
        made = self._made(name)
        self._keep(made.keep, answer)
        at = self.names.index(name)
        told = ""
        if act == "save":
            told = made.done()
            at = min(at + 1, len(self.names) - 1)
        else:
            at -= 1
        if self.names[at] == "plain" and not self.draft.sentences:
            at -= 1
        if self.names[at] == "confirm" and not self._proposed():
            at += 1 if act == "save" else -1
        step = self._step(self.names[at])
        self.show([step])
        if told:
            step.say(feedback=note_html(told))
        self.go_to_top()

    def _change(self, **parts: Any) -> None:
        self.draft = self.draft.model_copy(update=parts)

    # --- loaded words ---

    def _classes(self) -> tuple[Option, ...]:
        return tuple(Option(one.key, f"{one.key}: {one.says}") for one in self.codebook.classes)

    def _everywhere(self, labels: tuple[Option, ...]) -> SpanForm:
        return SpanForm((tuple(sentence.number for sentence in self.article.sentences),), labels, self.article)

    def _words(self) -> _Step:
        proposed = len(self._proposed())
        told = (
            "<p>Mark each word that takes a side, adds strength, holds something back or colors a statement, and choose its "
            "class. There is no right number of words.</p>"
        )
        if proposed:
            told = (
                f"<p>The program proposes {count(proposed, 'loaded word')}. Read the text, and mark what it missed. "
                "In the next step you say of each proposal whether you agree.</p>"
            )
        answer = [[*span, word.cls] for word in self.draft.words if (span := self.files.span(word))]
        return _Step("Loaded words", told, self._everywhere(self._classes()), answer, self.mark, lambda: "")

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
        rows = []
        for word in self._proposed():
            span = self.files.span(word) or Span(0, 0)
            block = self.article.block_at(span.start)
            where = self.article.paragraph_of(span)
            edges = block.span if block else span
            before, after = self.article.text[edges.start : span.start], self.article.text[span.end : edges.end]
            if len(before) > AROUND:
                before = "… " + before[-AROUND:].partition(" ")[2]
            if len(after) > AROUND:
                after = after[:AROUND].rpartition(" ")[0] + " …"
            said = f"{where}: “{word.words}” · proposed: {word.cls}\n{before}**{word.words}**{after}"
            rows.append(Option(self._key(word), said))
        options = tuple(Option(one.key, one.key) for one in self.codebook.classes)
        form = TableForm(tuple(rows), (Field("class", "Class", (*options, Option(NOT_LOADED, NOT_LOADED))),))
        told = (
            "<p>Choose the class that fits each word, or say that it is not loaded. What you leave open stays proposed, "
            "and is not part of the key.</p>"
        )
        keys = {row.key for row in rows}
        answer = {key: {"class": said} for key, said in self.draft.decisions.items() if key in keys}
        return _Step("Do you agree?", told, form, answer, self._decided, self._confirmed)

    def _decided(self, answer: Any) -> None:
        self._change(decisions={key: cells.get("class") or "" for key, cells in (answer or {}).items()})

    def _confirmed(self) -> str:
        self.confirm(self.draft.decisions)
        if left := len(self._proposed()):
            return f"{count(left, 'proposal is', 'proposals are')} left open, and not part of the key."
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
        self.files.keep(self.draft)

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
        told = (
            f"<p>{escape(self._frames[frame].says)} Answer by the rule, not by your feeling. A yes needs at least one "
            f"sentence that it rests on.</p>{self._reading()}"
        )
        answer = {
            item.id: {"answer": given.answer or "", "evidence": [f"S{number}" for number in given.evidence]}
            for item in items
            if (given := self.draft.items.get(item.id))
        }
        return _Step(
            f"Questions: {self._frames[frame].label.lower()}", told, form, answer, self.answer_items,
            lambda: self._all_answered(frame),
        )  # fmt: skip

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
        if any(self._missing(item.id) for item in self.codebook.of_frame(frame)):
            of_frame = self.draft.model_copy(
                update={
                    "items": {
                        item.id: DraftItem(answer="no")
                        if item.frame != frame
                        else self.draft.items.get(item.id, DraftItem())
                        for item in self.codebook.items
                    }
                }
            )
            raise MedialitError(self.files.open_question(of_frame))
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
        told = (
            "<p>Check the paragraphs in which a sentence does it. A paragraph can do several things, and many do none.</p>"
            f"{self._reading()}"
        )
        answer = {
            key: {"paragraphs": [f"p{number}" for number in numbers]} for key, numbers in self.draft.functions.items()
        }
        form = TableForm(rows, (Field("paragraphs", "Paragraphs", paragraphs, several=True),))
        return _Step("What do the paragraphs do?", told, form, answer, self.map_functions, self.publish)

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
        told = (
            "<p>This step is optional. Mark four to six short stretches of a sentence that use one of these techniques. Mark "
            f"one or two more that use none, as “{NO_TECHNIQUE}”, so that learners have something to tell apart.</p>"
        )
        answer = [[*span, mark.technique] for mark in self.draft.techniques if (span := self.files.span(mark))]
        return _Step(
            "Techniques", told, self._everywhere(self._technique_labels()), answer, self.mark_techniques, self.publish
        )

    def mark_techniques(self, answer: Any) -> None:
        """Keep marked techniques, ``[[start, end, technique], …]``."""
        found = self._marked(answer, self._technique_labels(), "Techniques")
        self._change(techniques=[Marked.model_validate(at | {"technique": label}) for _, label, at in found])

    def publish(self) -> str:
        """Write the files of unit 3; says what was done. Raises MedialitError when a question is open."""
        return self.files.publish(self.draft)

    # --- sentences to tell in plain words ---

    def _sentences(self) -> _Step:
        title = "What learners get"
        plain = self._as_options(
            one.number for one, _ in numbered(self.article) if self.files.slots(self.draft, one.number)
        )
        can, rule = self.files.agreed()
        fields = []
        told = []
        if can:
            label = "Sentences in which they mark words, by number"
            fields.append(Field("marking", label, self._as_options(can), several=True, folded=True))
            told.append("The sentences in which learners mark words are chosen by rule, and you can change them.")
        if plain:
            fields.append(
                Field("sentences", "Sentences that they tell in plain words: none, one or two", plain, several=True)
            )
            told.append("Sentences to tell in plain words are optional: you write how each reads in plain words.")
        if not fields:
            text = "<p>No sentence has a loaded word that was confirmed, so there is nothing to choose here.</p>"
            return _Step(title, text, CardForm(()), None, lambda _: None, self.publish)
        form = TableForm((Option("learners", "Sentences with loaded words"),), tuple(fields))
        marking = [number for number in self.draft.marking or rule if number in can]
        given = {"marking": marking, "sentences": self.draft.sentences}
        names = {field.name for field in fields}
        answer = {"learners": {name: [f"S{n}" for n in held] for name, held in given.items() if name in names}}
        return _Step(title, f"<p>{' '.join(told)}</p>", form, answer, self.choose_sentences, self._two_at_most)

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
        answer = dict(self.draft.plain)
        for number in self.draft.sentences:
            text = self.article[self.article.sentences[number - 1].span]
            blanks.append(
                Blank(f"s{number}names", "Names that must stay, separated by commas (Ann Lee / the mayor: either will do)",
                      limit=200, optional=True, part=f"S{number}: {text}")
            )  # fmt: skip
            answer.setdefault(f"s{number}model", text)
            answer.setdefault(f"s{number}names", ", ".join(self.files.names(number)))
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
        names = {blank.name for blank in blanks}
        told = (
            "<p>Learners choose between your plain words and the wrong choices, or write a sentence of their own. Change the "
            "last box so that it says the same in plain words: every name, number and “not” must still be there.</p>"
        )
        kept = {name: text for name, text in answer.items() if name in names}
        return _Step("Plain words", told, CardForm(tuple(blanks)), kept, self.write_plain, self._publish_plain)

    def write_plain(self, answer: Any) -> None:
        """Keep what is typed about the sentences to rewrite."""
        self._change(plain=self.draft.plain | {name: text or "" for name, text in (answer or {}).items()})

    def _publish_plain(self) -> str:
        return self.files.publish(self.draft, whole=True)

    # --- without widgets ---

    def text_form(self) -> str:
        lines = [f"- {'proposed ' if word.proposed else ''}{word.cls}: {word.words}" for word in self.draft.words]
        return "\n".join([f"The wording of “{self.article.title}”, coder {self.coder}", *lines, RUN])

    def html_form(self) -> str:
        return titled(f"The wording of “{self.article.title}”", run_line())
