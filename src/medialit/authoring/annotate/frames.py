"""The files of unit 3: what a coder has done so far, the pass when it is complete, and ``frames.yaml`` for all coders."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import Field

from medialit.article import Article, Sentence, Span
from medialit.authoring.annotate.base import HEAD, by_hand, open_now, pass_path, read_draft, save_draft, write_all
from medialit.authoring.annotate.claim_key import say
from medialit.authoring.coding import fresh, which
from medialit.case.framing import (
    Coding,
    Excerpt,
    FramingGold,
    FramingTasks,
    ItemCode,
    Pair,
    PanelWord,
    PlainRewrite,
    Word,
    YesNo,
    load_codebook,
    locate,
)
from medialit.case.load import CaseFile, coder_files, load_case
from medialit.case.records import Record
from medialit.english import count, listed
from medialit.errors import MedialitError
from medialit.files import data_path, load_model, load_yaml, validated, yaml_bytes
from medialit.units.registry import number_of

FIRST = "frames-coder-1"
ENOUGH = 12  # words that learners are asked for
CHUNK = 3  # sentences that are marked on one page


class DraftWord(Word):
    """A marked word; a ``proposed`` one was found by the program and confirmed by nobody."""

    proposed: bool = False


class DraftItem(Record):
    """What is answered so far to one question."""

    answer: YesNo | None = None
    evidence: list[int] = Field(default_factory=list)


class Marked(Record):
    """A stretch that a coder gave a technique."""

    words: str
    sentence: int
    nth: int = 0
    technique: str


class Draft(Record):
    """All that one coder has done: words, items, paragraphs by function, techniques.

    ``decisions`` are about proposed words and not taken yet; ``marking`` are sentences in which learners mark words, where
    they are not chosen by rule; ``plain`` is the form of the ``sentences`` to rewrite.
    """

    words: list[DraftWord] = Field(default_factory=list)
    items: dict[str, DraftItem] = Field(default_factory=dict)
    functions: dict[str, list[int]] = Field(default_factory=dict)
    techniques: list[Marked] = Field(default_factory=list)
    decisions: dict[str, str] = Field(default_factory=dict)
    marking: list[int] | None = None
    sentences: list[int] = Field(default_factory=list)
    plain: dict[str, str] = Field(default_factory=dict)

    @property
    def confirmed(self) -> list[DraftWord]:
        """The words that the coder stands behind."""
        return [word for word in self.words if not word.proposed]


def place(article: Article, span: Span) -> dict[str, Any] | None:
    """A span as words of a sentence, as the files have it; None when it is not inside one sentence."""
    sentence = article.sentence_at(span.start)
    if sentence is None or span.end > sentence.span.end:
        return None
    words = article[span]
    nth = which(span, partial(locate, article, words, sentence.number))
    return None if nth is None else {"words": words, "sentence": sentence.number} | ({"nth": nth} if nth else {})


class FrameFiles:
    """The files that one coder's pass is kept in. Raises MedialitError when that pass was written by hand."""

    def __init__(self, folder: Path, article: Article, coder: int) -> None:
        self.folder, self.article, self.coder = folder, article, coder
        self.coding, self.name = folder / "coding", f"frames-coder-{coder}"
        self.path, self.frames = pass_path(folder, "frames", coder), folder / "frames.yaml"
        self.draft = self._draft_path(self.name)
        self.codebook = load_codebook()

    def _draft_path(self, name: str) -> Path:
        return self.coding / f"{name.replace('frames', 'wording')}.json"

    def begin(self) -> Draft:
        """What this coder has done so far; for the first coder at the very beginning, the proposals."""
        found = self._draft(self.name)
        if found is None and self.coder == 1:
            found = Draft(words=list(self._proposed()))
        found = found or Draft()
        return found.model_copy(
            update={name: [one for one in getattr(found, name) if self.span(one)] for name in ("words", "techniques")}
        )

    def _draft(self, name: str) -> Draft | None:
        path, finished = self._draft_path(name), self.coding / f"{name}.yaml"
        if (typed := read_draft(path)) is not None:
            return validated(Draft, typed, path, lambda _: None)
        if not finished.is_file() or by_hand(finished):
            return None
        coding = self._read(name)
        excerpts = {excerpt.id: excerpt for excerpt in self._tasks().excerpts}
        marked = [
            Marked(words=one.words, sentence=one.sentence, nth=one.nth, technique=technique)
            for key, technique in coding.techniques.items()
            if (one := excerpts.get(key))
        ]
        return Draft(
            words=[DraftWord.model_validate(word.model_dump(by_alias=True)) for word in coding.words],
            items={key: DraftItem(answer=one.answer, evidence=one.evidence) for key, one in coding.items.items()},
            functions=coding.functions,
            techniques=marked,
        )

    def _proposed(self) -> Iterator[DraftWord]:
        from medialit.lenses.framing import loaded_words

        known = {entry.key for entry in self.codebook.classes}
        if not self.article.is_english:
            return
        for found in loaded_words(self.article):
            if found.cls in known and (at := place(self.article, found.span)):
                yield DraftWord.model_validate(at | {"class": found.cls, "proposed": True})

    def span(self, one: Word | Marked | Excerpt) -> Span | None:
        """Where marked words are."""
        return locate(self.article, one.words, one.sentence, one.nth)

    def keep(self, draft: Draft) -> None:
        """Keep what is done so far. Nothing of it is part of a key yet."""
        save_draft(self.draft, draft.model_dump(by_alias=True, exclude_defaults=True))

    def open_question(self, draft: Draft, frame: str = "") -> str:
        """The first question (of one frame) without an answer, or with a yes without a sentence, in words; empty without."""
        for item in self.codebook.of_frame(frame) if frame else self.codebook.items:
            given = draft.items.get(item.id, DraftItem())
            if given.answer is None:
                return f"Question {item.id} ({item.short}) has no answer yet. Choose yes or no."
            if given.answer == "yes" and not given.evidence:
                return (
                    f"Question {item.id} ({item.short}) has a yes without a sentence. Choose at least one sentence that it "
                    "rests on, or answer no."
                )
        return ""

    # --- what is published ---

    def publish(self, draft: Draft, *, whole: bool = False) -> str:
        """Write this coder's pass and bring ``frames.yaml`` up to date; says what was done.

        Raises MedialitError, and changes nothing, when a question is open; with ``whole`` also when a sentence that was
        chosen is not told in plain words yet. Without, such a sentence is left out.
        """
        if problem := self.open_question(draft):
            raise MedialitError(problem)
        self.keep(draft)
        mine = {name: self._read(name) for name in self._names() if name != self.name}
        mine[self.name] = self._coded(draft)
        tasks, hand = self._tasks(), self._chosen_by_hand()
        drafts = {name: draft if name == self.name else self._draft(name) or Draft() for name in mine}
        asked = self._asked(drafts.get(FIRST))
        excerpts = [one for one in asked if hand or all(self._said(one, each) for each in drafts.values())]
        codings = {
            name: coding.model_copy(update={"techniques": self.techniques(excerpts, drafts[name])})
            for name, coding in mine.items()
            if name == self.name or not hand
        }
        files = {self.coding / f"{name}.yaml": _yaml(coding) for name, coding in codings.items()}
        told = "Saved."
        if by_hand(self.frames):
            told += f" frames.yaml was written by hand and stays as it is. Add {self.name} to its list of coders."
        else:
            others = {
                name: self._read(name)
                for name in tasks.coders
                if name not in codings and (self.coding / f"{name}.yaml").is_file()
            }
            first = drafts.get(FIRST)
            gold = self._gold(others | codings, excerpts, first.marking if first else None)
            rewrites = list(self._passing(gold, draft, tasks.rewrites, whole)) if self.coder == 1 else tasks.rewrites
            files[self.frames] = _yaml(gold.tasks.model_copy(update={"rewrites": rewrites}))
        write_all(files)
        return f"{told} {open_now(self.folder, 'framing')}{self._waiting(asked, excerpts, drafts)}"

    def _waiting(self, asked: Sequence[Excerpt], excerpts: Sequence[Excerpt], drafts: Mapping[str, Draft]) -> str:
        """Which stretches no class gets yet, because somebody who coded this was not asked about them."""
        left = [one for one in asked if one not in excerpts]
        who = [name for name, draft in drafts.items() if not all(self._said(one, draft) for one in left)]
        coders = listed(f"coder {name.rpartition('-')[2]}" for name in who)
        stretches, number = count(len(left), "stretch", "stretches"), number_of("framing", "techniques")
        return f" {say('techniques_wait', number=number, stretches=stretches, coders=coders)}" if left else ""

    def _names(self) -> list[str]:
        """The coders whose passes were made on this page."""
        return [path.stem for _, path in coder_files(self.folder, "frames") if not by_hand(path)]

    def _read(self, name: str) -> Coding:
        return load_model(Coding, self.coding / f"{name}.yaml")

    def _tasks(self) -> FramingTasks:
        """``frames.yaml`` as it is; one without coders, excerpts and rewrites before there is one."""
        if self.frames.is_file():
            return load_model(FramingTasks, self.frames)
        return FramingTasks.model_construct(codebook=self.codebook.version, coders=[], excerpts=[], rewrites=[])

    def _coded(self, draft: Draft) -> Coding:
        case = load_model(CaseFile, self.folder / "case.yaml").name
        items = {
            item.id: ItemCode(answer=given.answer or "no", evidence=given.evidence if given.answer == "yes" else [])
            for item in self.codebook.items
            for given in [draft.items[item.id]]
        }
        words = [Word.model_validate(word.model_dump(by_alias=True, exclude={"proposed"})) for word in draft.confirmed]
        functions = {function.key: draft.functions.get(function.key, []) for function in self.codebook.functions}
        return Coding(
            codebook=self.codebook.version, case=case, items=items, functions=functions, words=words, techniques={}
        )

    # --- the stretches whose technique is asked ---

    def _chosen_by_hand(self) -> bool:
        """Were the stretches chosen in a file that somebody wrote by hand?"""
        return by_hand(self.frames) or any(by_hand(self.coding / f"{name}.yaml") for name in self._tasks().coders)

    def asked(self) -> list[Excerpt] | None:
        """The stretches that this coder is asked about; None for the one who chooses them."""
        chooses = self.coder == 1 and not self._chosen_by_hand()
        return None if chooses else self._asked(self._draft(FIRST))

    def _asked(self, first: Draft | None) -> list[Excerpt]:
        """The stretches that were chosen by hand, or by the ``first`` coder, each once. One that was there keeps its id."""
        known = self._tasks().excerpts
        if self._chosen_by_hand():
            return known
        marks = [mark for mark in (first.techniques if first else ()) if self.span(mark)]
        kept = [one for one in known if any(self._same(one, mark) for mark in marks)]
        new = fresh("t", (one.id for one in known))
        for mark in sorted(marks, key=lambda one: self.span(one) or Span(0, 0)):
            if not any(self._same(one, mark) for one in kept):
                kept.append(Excerpt(id=next(new), sentence=mark.sentence, nth=mark.nth, words=mark.words))
        return kept

    def _same(self, excerpt: Excerpt, mark: Marked) -> bool:
        span, other = self.span(excerpt), self.span(mark)
        return bool(span and other and span.overlaps(other))

    def _said(self, excerpt: Excerpt, draft: Draft) -> str:
        """What a coder said of a stretch; empty where nobody asked."""
        return next((mark.technique for mark in draft.techniques if self._same(excerpt, mark)), "")

    def techniques(self, excerpts: Iterable[Excerpt], draft: Draft) -> dict[str, str]:
        """What a coder said so far of these stretches, by id."""
        return {one.id: said for one in excerpts if (said := self._said(one, draft))}

    def _gold(
        self, codings: Mapping[str, Coding], excerpts: list[Excerpt], chosen: Collection[int] | None
    ) -> FramingGold:
        """All passes together, with what learners get of them, but for the rewrites; ``chosen`` as in :func:`to_mark`."""
        pairs, _ = load_yaml(data_path("averstow-pool", "frames.yaml"))
        many = len(codings)
        note = (
            "One person coded the article" if many == 1 else f"{many} people coded the article, apart from each other"
        )
        about = FramingTasks(
            codebook=self.codebook.version,
            coders=list(codings),
            note=f"{note}, with the written codebook.",
            excerpts=excerpts,
            pairs=[Pair.model_validate(pair) for pair in pairs["pairs"]],
        )
        words = FramingGold(self.codebook, about, dict(codings), self.article).words
        about = about.model_copy(update={"marking": to_mark(self.article, words, chosen)})
        return FramingGold(self.codebook, about, dict(codings), self.article)

    # --- what learners get ---

    def agreed(self) -> tuple[list[int], list[int]]:
        """The sentences in which learners can mark words, and those that are chosen by rule, as far as this is coded."""
        if not self.frames.is_file() or by_hand(self.frames):
            return [], []
        gold = load_case(self.folder).framing
        agreed = agreed_words(self.article, gold.words)
        return list(agreed), sorted(_by_rule(agreed))

    def slots(self, draft: Draft, sentence: int) -> list[str]:
        """The loaded words that the coder confirmed in a sentence, each once, without hedges, which are honest caution."""
        found = (word for word in draft.confirmed if word.sentence == sentence and word.cls != "hedge")
        return list(dict.fromkeys(word.words for word in found))

    def names(self, sentence: int) -> list[str]:
        """The names that are found in a sentence: words with a capital that do not begin it."""
        start, end = self.article.sentences[sentence - 1].span
        words = re.finditer(r"[^\W\d_][\w’'-]*\w(?: [^\W\d_a-z][\w’'-]*\w)*", self.article.text[start:end])
        found = (re.sub(r"['’]s$", "", m[0]) for m in words if m.start() > 1 and m[0][0].isupper())
        return list(dict.fromkeys(found))

    def _passing(
        self, gold: FramingGold, draft: Draft, known: Iterable[PlainRewrite], whole: bool
    ) -> Iterator[PlainRewrite]:
        """The sentences to rewrite whose plain form passes its own exercise; one that was there keeps its id.

        With ``whole``, raises MedialitError for one that does not, and for one that is not filled in.
        """
        given = {one.sentence: one.id for one in known}
        new = fresh("w", given.values())
        free = next(new)
        for sentence in draft.sentences:
            try:
                one = self._rewrite(draft, sentence, given.get(sentence, free))
                if problem := self._refused(gold, one):
                    raise MedialitError(f"S{sentence}: the sentence in plain words is not plain yet. {problem}")
            except MedialitError:
                if whole:
                    raise
                continue
            free = free if sentence in given else next(new)
            yield one

    def _refused(self, gold: FramingGold, one: PlainRewrite) -> str:
        """Why the plain form of a sentence does not earn full marks in the exercise made of it; empty when it does."""
        from medialit.units.framing.rewrite import RewritePlainly
        from medialit.units.registry import find_unit

        case = copy(load_case(self.folder))
        tasks = gold.tasks.model_copy(update={"rewrites": [one]})
        vars(case)["framing"] = FramingGold(gold.codebook, tasks, gold.codings, self.article)
        text = find_unit("framing").text("rewrite")
        task = RewritePlainly(text, case, "framing")
        result = task.check(task.answer())
        return "" if result.score > 1 - 1e-9 else f"{result.message} {result.next_step}"

    def _rewrite(self, draft: Draft, sentence: int, name: str) -> PlainRewrite:
        def typed(field: str) -> str:
            return draft.plain.get(f"s{sentence}{field}", "").strip()

        slots = []
        for word in self.slots(draft, sentence):
            plain, loaded = _listed(typed(f"plain {word}")), _listed(typed(f"loaded {word}"))
            if not plain:
                raise MedialitError(f"S{sentence}: write at least one plain wording for “{word}”.")
            slots.append({"words": word, "plain": plain, "loaded": loaded})
        if not slots:
            raise MedialitError(f"S{sentence} has no loaded word that you confirmed. Choose another sentence.")
        if not typed("model"):
            raise MedialitError(f"S{sentence}: write the whole sentence in plain words.")
        names = [_listed(one, "/") for one in _listed(typed("names"))]
        made = {"id": name, "sentence": sentence, "names": names, "slots": slots, "model": typed("model")}
        return PlainRewrite.model_validate(made)


def to_mark(article: Article, words: Iterable[PanelWord], chosen: Collection[int] | None = None) -> list[list[int]]:
    """The sentences in which learners mark words: those ``chosen``, or by rule each class once, then a dozen words.

    Only words count that more than half of the coders marked, and only sentences with such words. Neighbors come together,
    up to three at a time.
    """
    agreed = agreed_words(article, words)
    numbers = [number for number in agreed if number in chosen] if chosen is not None else []
    chunks: list[list[int]] = []
    for number in sorted(numbers or _by_rule(agreed)):
        if chunks and number == chunks[-1][-1] + 1 and len(chunks[-1]) < CHUNK:
            chunks[-1].append(number)
        else:
            chunks.append([number])
    return chunks


def agreed_words(article: Article, words: Iterable[PanelWord]) -> dict[int, list[PanelWord]]:
    """The words that more than half of the coders marked, by sentence of a numbered paragraph."""
    by_sentence: dict[int, list[PanelWord]] = {}
    for word in words:
        sentence = article.sentence_at(word.span.start)
        if word.marked > 0.5 and sentence and article.blocks[sentence.block].number:
            by_sentence.setdefault(sentence.number, []).append(word)
    return by_sentence


def _by_rule(agreed: Mapping[int, Sequence[PanelWord]]) -> list[int]:
    first: dict[str, int] = {}
    for number, found in agreed.items():
        for word in found:
            first.setdefault(word.cls, number)
    chosen: dict[int, int] = {}
    for number in [*dict.fromkeys(first.values()), *agreed]:
        if sum(chosen.values()) < ENOUGH:
            chosen[number] = len(agreed[number])
    return list(chosen)


def numbered(article: Article) -> list[tuple[Sentence, int]]:
    """The sentences of numbered paragraphs, each with the number of its paragraph."""
    return [(one, number) for one in article.sentences if (number := article.blocks[one.block].number)]


def _listed(text: str, mark: str = ",") -> list[str]:
    return [part.strip() for part in text.split(mark) if part.strip()]


def _yaml(record: Record) -> bytes:
    data = record.model_dump(by_alias=True, exclude_defaults=True)
    return yaml_bytes(data, HEAD)
