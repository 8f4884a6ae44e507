"""The gold of the framing lens: a codebook, and a panel of coders that are kept apart. There is no single key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from medialit.article import Article, Span
from medialit.case.reading import CaseFiles
from medialit.case.records import Record
from medialit.english import in_letters, listed
from medialit.files import Fault, data_path, load_model

YesNo = Literal["yes", "no"]
NO_TECHNIQUE = "none of these"
SETTLED_ITEMS = "frames-settled.yaml"  # in coding/: what somebody decided where coders differ
_CODER = r"[\w-]+"  # a file in coding/, and nowhere else


class Frame(Record):
    """One of the generic frames (Semetko & Valkenburg 2000)."""

    key: str
    label: str
    says: str


class FrameItem(Record):
    """One yes/no question of the codebook, with its rule for both answers."""

    id: str
    frame: str
    ask: str
    short: str
    yes_when: str
    no_when: str


class Function(Record):
    """One thing that a frame does (Entman 1993)."""

    key: str
    label: str
    ask: str


class Named(Record):
    """A class of words, or a technique, with its meaning; ``label`` is what it is called where that is not its key.

    ``plain`` names it for somebody who is no linguist, and ``example`` shows it.
    """

    key: str
    label: str = ""
    plain: str = ""
    says: str
    example: str = ""

    @property
    def name(self) -> str:
        """What people read."""
        return self.label or self.key


class Codebook(Record):
    """The whole of ``datasets/codebooks/framing.yaml``: what coders, learners and the checker all read."""

    name: str
    version: int
    sources: list[str]
    wording: str
    frames: list[Frame]
    items: list[FrameItem]
    functions: list[Function]
    classes: list[Named]
    techniques: list[Named]

    def item(self, name: str) -> FrameItem:
        """An item by its id."""
        return next(item for item in self.items if item.id == name)

    def of_frame(self, frame: str) -> list[FrameItem]:
        """The items of one frame, in order."""
        return [item for item in self.items if item.frame == frame]


class ItemCode(Record):
    """What one coder answered to one item; ``evidence`` are numbers of sentences."""

    answer: YesNo
    evidence: list[int] = Field(default_factory=list)
    note: str = ""


class Word(Record):
    """A word or short phrase that one coder put into a class; ``nth`` counts from 0 where a sentence has it often."""

    words: str
    sentence: int
    nth: int = Field(0, ge=0)
    cls: str = Field(alias="class")
    note: str = ""


class Coding(Record):
    """One coder's whole pass over the article."""

    codebook: int
    case: str
    items: dict[str, ItemCode]
    functions: dict[str, list[int]]
    words: list[Word]
    techniques: dict[str, str]


class Settled(Record):
    """The whole of ``coding/frames-settled.yaml``: an answer for each item that was decided."""

    items: dict[str, YesNo] = Field(default_factory=dict)


class Excerpt(Record):
    """A stretch of the article whose technique was coded."""

    id: str
    sentence: int
    nth: int = Field(0, ge=0)
    words: str


class Slot(Record):
    """A loaded stretch of a sentence: ``plain`` wordings that could stand in its place, and ``loaded`` ones."""

    words: str
    plain: list[str]
    loaded: list[str]


class PlainRewrite(Record):
    """A sentence to tell in plain words. ``names`` must stay; each entry lists spellings that count as the same."""

    id: str
    sentence: int
    names: list[list[str]]
    slots: list[Slot]
    model: str


class Pair(Record):
    """Two made-up codings that show what a coefficient does; labelled as made up wherever they are shown."""

    key: str
    name: str
    label: str
    first: list[str]
    second: list[str]


class FramingTasks(Record):
    """The whole of ``frames.yaml``. ``marking`` are the chunks of sentences in which learners mark words."""

    codebook: int
    coders: list[str] = Field(min_length=1)
    note: str = ""
    marking: list[list[int]] = Field(default_factory=list)
    excerpts: list[Excerpt] = Field(default_factory=list)
    rewrites: list[PlainRewrite] = Field(default_factory=list)
    pairs: list[Pair] = Field(default_factory=list)


@dataclass(frozen=True)
class PanelWord:
    """Words that at least one coder marked. ``marked`` is the share of coders, ``classes`` their shares by class."""

    span: Span
    words: str
    marked: float
    classes: dict[str, float]

    @property
    def cls(self) -> str:
        """The class that most of those who marked it chose."""
        return max(self.classes, key=lambda c: (self.classes[c], c))


class FramingGold:
    """Soft gold: what share of the coders stands behind each label. ``codings`` holds the passes by coder.

    ``settled`` are answers, by item, that somebody decided on where coders differ: each counts as one more reading of it.
    """

    def __init__(
        self,
        codebook: Codebook,
        tasks: FramingTasks,
        codings: dict[str, Coding],
        article: Article,
        settled: Mapping[str, YesNo] | None = None,
    ) -> None:
        self.settled = dict(settled or {})
        self.codebook, self.tasks, self.codings, self._article = codebook, tasks, codings, article
        self.excerpts, self.rewrites, self.pairs = tasks.excerpts, tasks.rewrites, tasks.pairs

    @property
    def coders(self) -> tuple[str, ...]:
        """The names of the coding passes."""
        return tuple(self.codings)

    def answers(self, coder: str) -> dict[str, str]:
        """One coder's yes or no, by item."""
        return {name: judged.answer for name, judged in self.codings[coder].items.items()}

    def shares(self, item: str) -> dict[str, float]:
        """Share of readings behind "yes" and "no" for an item (0 to 1)."""
        decided = [self.settled[item]] if item in self.settled else []
        return _shares(iter([*(coding.items[item].answer for coding in self.codings.values()), *decided]))

    def evidence(self, item: str) -> set[int]:
        """Numbers of the sentences that any coder gave as evidence for a yes."""
        return {number for coding in self.codings.values() for number in coding.items[item].evidence}

    def function(self, name: str) -> dict[int, float]:
        """Share of coders that saw this function in a paragraph, by paragraph number."""
        counts = Counter(p for coding in self.codings.values() for p in set(coding.functions[name]))
        return {p: n / len(self.codings) for p, n in sorted(counts.items())}

    def techniques(self, excerpt: str) -> dict[str, float]:
        """Share of coders behind each technique of an excerpt."""
        return _shares(coding.techniques[excerpt] for coding in self.codings.values())

    @cached_property
    def words(self) -> tuple[PanelWord, ...]:
        """Marked words in text order; marks of different coders that overlap are one entry, the shortest span."""
        marks = sorted(
            (span, name, word.cls)
            for name, coding in self.codings.items()
            for word in coding.words
            if (span := locate(self._article, word.words, word.sentence, word.nth))
        )
        groups: list[list[tuple[Span, str, str]]] = []
        for mark in marks:
            if groups and any(mark[0].overlaps(other[0]) for other in groups[-1]):
                groups[-1].append(mark)
            else:
                groups.append([mark])
        return tuple(self._panel_word(group) for group in groups)

    def _panel_word(self, group: list[tuple[Span, str, str]]) -> PanelWord:
        span = min((g[0] for g in group), key=lambda s: (s.end - s.start, s))
        coders = {name for _, name, _ in group}
        votes = Counter(cls for _, _, cls in {(None, name, cls) for _, name, cls in group})
        total = sum(votes.values())
        return PanelWord(
            span, self._article[span], len(coders) / len(self.codings), {c: n / total for c, n in sorted(votes.items())}
        )


def most_chosen(shares: Mapping[str, float], coders: int) -> str:
    """The label with the highest share of these coders; where others have as much, all of them with how many chose each."""
    top = max(shares.values())
    best = [label for label, share in shares.items() if share == top]
    each = f" ({in_letters(round(top * coders))} of {in_letters(coders)})" if len(best) > 1 else ""
    return listed([f"{label}{each}" for label in best], "or")


def _shares(labels: Iterator[str]) -> dict[str, float]:
    counts = Counter(labels)
    total = sum(counts.values())
    return {label: n / total for label, n in sorted(counts.items())}


def locate(article: Article, words: str, sentence: int, nth: int = 0) -> Span | None:
    """Where words are in a sentence of the article, or None. ``nth`` counts from 0; whole words come before parts."""
    if not words or not 1 <= sentence <= len(article.sentences):
        return None
    start, end = article.sentences[sentence - 1].span
    for one in (rf"(?<!\w){re.escape(words)}(?!\w)", re.escape(words)):
        found = [Span(start + m.start(), start + m.end()) for m in re.finditer(one, article.text[start:end])]
        if found:
            return found[nth] if nth < len(found) else None
    return None


@lru_cache(maxsize=1)
def load_codebook() -> Codebook:
    """The kit's codebook for framing. Raises CaseError when it is damaged."""
    return load_model(Codebook, data_path("codebooks", "framing.yaml"))


def load_framing(folder: Path, article: Article, case: str) -> FramingGold | None:
    """Read ``frames.yaml`` and those of the coding passes it names that are there; compare them with codebook and article.

    None where nobody has coded it. Raises CaseError with file, line and field of the first fault, and the others attached.
    """
    codebook, files, codings = load_codebook(), CaseFiles(folder), {}
    tasks = files.read("frames.yaml", FramingTasks)
    files.done()
    if tasks is None:
        return None
    files.compared("frames.yaml", _task_faults(tasks, article, codebook))
    for name in filter(re.compile(_CODER).fullmatch, tasks.coders):
        file = f"coding/{name}.yaml"
        if coding := files.read(file, Coding):
            codings[name] = coding
            files.compared(file, _coding_faults(coding, tasks, codebook, article, case))
    decided = f"coding/{SETTLED_ITEMS}"
    settled = files.read(decided, Settled) or Settled()
    known = {item.id for item in codebook.items}
    strange = (name for name in settled.items if name not in known)
    files.compared(decided, ((("items", name), f"“{name}” is not known here.") for name in strange))
    files.done()
    return FramingGold(codebook, tasks, codings, article, settled.items)


def _task_faults(tasks: FramingTasks, article: Article, codebook: Codebook) -> Iterator[Fault]:
    if tasks.codebook != codebook.version:
        told = f"This was coded with version {tasks.codebook} of the codebook; today's is {codebook.version}."
        yield ("codebook",), f"{told} Code it again."
    for i, name in enumerate(tasks.coders):
        if not re.fullmatch(_CODER, name):
            yield ("coders", i), "Name a file in coding/ with letters, digits and hyphens, without .yaml."
    for kind in ("excerpts", "rewrites"):
        for i, entry in enumerate(getattr(tasks, kind)):
            phrases = [(entry.words, entry.nth)] if kind == "excerpts" else [(slot.words, 0) for slot in entry.slots]
            for words, nth in phrases:
                if locate(article, words, entry.sentence, nth) is None:
                    yield (kind, i), f"Sentence {entry.sentence} does not hold “{words}”."
    for i, pair in enumerate(tasks.pairs):
        if not len(pair.first) == len(pair.second) == len(codebook.items):
            yield ("pairs", i), f"A pair needs {len(codebook.items)} answers each."


def _coding_faults(
    coding: Coding, tasks: FramingTasks, codebook: Codebook, article: Article, case: str
) -> Iterator[Fault]:
    if coding.case != case:
        yield ("case",), f"This coding belongs to the case “{coding.case}”, not to “{case}”."
    if coding.codebook != codebook.version:
        yield ("codebook",), f"This coding used version {coding.codebook} of the codebook."
    wanted = {
        "items": [item.id for item in codebook.items],
        "functions": [function.key for function in codebook.functions],
        "techniques": [excerpt.id for excerpt in tasks.excerpts],
    }
    for field, names in wanted.items():
        given = getattr(coding, field)
        yield from (((field,), f"“{name}” is missing.") for name in names if name not in given)
        yield from (((field, name), f"“{name}” is not known here.") for name in given if name not in names)
    last, paragraphs = len(article.sentences), len(article.paragraphs)
    for name, judged in coding.items.items():
        if not all(1 <= number <= last for number in judged.evidence):
            yield ("items", name), f"Sentences are numbered 1 to {last}."
        if judged.answer == "yes" and not judged.evidence:
            yield ("items", name), "A yes names the sentences that it rests on, under evidence."
    for name, numbers in coding.functions.items():
        if not all(1 <= number <= paragraphs for number in numbers):
            yield ("functions", name), f"Paragraphs are numbered 1 to {paragraphs}."
    known = {entry.key for entry in codebook.classes}
    for i, word in enumerate(coding.words):
        if word.cls not in known:
            yield ("words", i), f"“{word.cls}” is not a class of the codebook."
        if locate(article, word.words, word.sentence, word.nth) is None:
            yield ("words", i), f"Sentence {word.sentence} does not hold “{word.words}”."
    labels = {entry.key for entry in codebook.techniques} | {NO_TECHNIQUE}
    for name, label in coding.techniques.items():
        if label not in labels:
            yield ("techniques", name), f"“{label}” is not a technique of the codebook."
