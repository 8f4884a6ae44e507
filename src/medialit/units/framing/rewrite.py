"""Tell a loaded sentence in plain words, and lose no fact on the way.

A program compares words. It cannot tell whether the sense is the same; the task says so.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from medialit.case.framing import PlainRewrite, Slot, locate
from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Option, RewriteForm, RewriteSentence, RewriteSlot
from medialit.lenses.framing import LoadedWord, loaded_words

FACTS, REMOVED, NOTHING_NEW = 0.6, 0.2, 0.2
# At most this much with a judgment that was added: the task forbids just that, so it is never passed.
JUDGED = 0.75
# Below this share of the other words, the sentence was not rewritten but replaced.
ENOUGH = 0.5
_JUDGING = {"one-sided term", "subjective intensifier", "factive", "implicative", "assertive"}
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_VALUE = {word: str(n) for words in (_NUMBERS, _ORDINALS) for n, word in enumerate(words, 1)}
_NEGATIONS = frozenset("not no never none nobody nothing nowhere neither without cannot unlikely".split())
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAMES_NOT = frozenset("i the a an".split())


@dataclass(frozen=True)
class Rewritten:
    """What a rewrite keeps and changes. ``problem`` names an empty text, a copy or another sentence; then nothing counts."""

    score: float
    problem: str = ""
    lost_numbers: tuple[str, ...] = ()
    lost_names: tuple[str, ...] = ()
    negation: bool = True
    removed: int = 0
    loaded: int = 0
    new: tuple[str, ...] = ()
    judged: bool = False


def numbers_in(text: str) -> Counter[str]:
    """The numbers of a text: digits without commas, and number words from one to twelfth."""
    words = [word.lower() for word in _WORD.findall(text)]
    digits = [n.replace(",", "") for n in _NUMBER.findall(text)]
    return Counter([*digits, *(_VALUE[word] for word in words if word in _VALUE)])


def negations_in(text: str) -> int:
    """How many words of a text deny something."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    return sum(word in _NEGATIONS or word.endswith("n't") for word in words)


class RewritePlainly(Task[dict[str, str]]):
    """Facts kept .6 (numbers, names, negation), loaded words removed .2, no new unsupported term .2, by sentence."""

    @property
    def rewrites(self) -> list[PlainRewrite]:
        """The sentences to rewrite."""
        return self.case.framing.rewrites

    def original(self, entry: PlainRewrite) -> str:
        """The sentence as it is in the story."""
        article = self.case.article
        return article[article.sentences[entry.sentence - 1].span]

    @cached_property
    def form(self) -> RewriteForm:
        return RewriteForm(
            tuple(
                RewriteSentence(
                    entry.id,
                    self.original(entry),
                    # In the order of the alphabet: the order gives nothing away.
                    tuple(
                        RewriteSlot(s.words, tuple(Option(x, x) for x in sorted([*s.plain, *s.loaded], key=str.lower)))
                        for s in entry.slots
                    ),
                )
                for entry in self.rewrites
            )
        )

    def named(self, key: str) -> str:
        """How a sentence is called in words: by its number, where there are several."""
        keys = [entry.id for entry in self.rewrites]
        return self.say("sentence", n=keys.index(key) + 1) if len(keys) > 1 else self.say("only_sentence")

    def examine(self, entry: PlainRewrite, text: str) -> Rewritten:
        """Hold one rewrite against its sentence."""
        original = self.original(entry)
        if not text.strip():
            return Rewritten(0.0, self.say("empty"))
        if _plain(text) == _plain(original):
            return Rewritten(0.0, self.say("original"))
        if self._kept(entry, original, text) < ENOUGH:
            return Rewritten(0.0, self.say("gone"))
        want, have = numbers_in(original), numbers_in(text)
        lost = tuple((want - have).elements())
        names = tuple(group[0] for group in entry.names if not any(_has(text, name) for name in group))
        negation = negations_in(text) == negations_in(original)
        removed = sum(self._gone(entry, slot, text) for slot in entry.slots)
        judging = self._judging(entry, original, text)
        new = tuple(dict.fromkeys([*judging, *self._added(entry, original, text, have - want)]))
        # A word that denies turns the sentence around: then no fact is kept.
        facts = ((not lost) + (not names) + 1) * negation
        score = FACTS * facts / 3 + REMOVED * removed / len(entry.slots) + NOTHING_NEW * (not new)
        return Rewritten(score, "", lost, names, negation, removed, len(entry.slots), new, bool(judging))

    def _kept(self, entry: PlainRewrite, original: str, text: str) -> float:
        """The share of the other words, of four letters or more, that is still there."""
        for slot in entry.slots:
            original = original.replace(slot.words, " ")
        mine = {w.lower() for w in _WORD.findall(text)}
        words = {w.lower() for w in _WORD.findall(original) if len(w) > 3}
        return len(words & mine) / len(words) if words else 1.0

    def _gone(self, entry: PlainRewrite, slot: Slot, text: str) -> bool:
        """Is the loaded part of a stretch out of the text, in any of its forms?"""
        if any(phrase.lower() in text.lower() for phrase in slot.loaded):
            return False
        span = locate(self.case.article, slot.words, entry.sentence)
        cores = [w.words for w in self.case.framing.words if span and w.span.overlaps(span)] or [slot.words]
        entries = {w.entry for w in loaded_words(slot.words) if w.cls in _JUDGING}
        return not any(_has(text, core) for core in cores) and not entries & {w.entry for w in loaded_words(text)}

    def _judging(self, entry: PlainRewrite, original: str, text: str) -> list[str]:
        """Words that judge and are not in the sentence."""
        known = {w.entry for w in loaded_words(original)}
        offered = [phrase for slot in entry.slots for phrase in slot.loaded if phrase.lower() in text.lower()]
        return [*offered, *(w.word for w in loaded_words(text) if w.entry not in known and _judges(w))]

    def _added(self, entry: PlainRewrite, original: str, text: str, numbers: Counter[str]) -> list[str]:
        """Names and numbers that are not in the sentence."""
        there = {w.lower() for w in _WORD.findall(original)} | {n.lower() for group in entry.names for n in group}
        there |= {part for name in list(there) for part in name.split()}
        # Who acts may be in the sentence before: names of the whole paragraph are no new ones.
        block = self.case.article.blocks[self.case.article.sentences[entry.sentence - 1].block]
        there |= {w.lower() for w in _WORD.findall(_own(self.case.article[block.span])) if w[0].isupper()}
        words = [m for m in _WORD.finditer(_own(text)) if m[0][0].isupper() and m.start()]
        names = [m[0] for m in words if m[0].lower() not in there | _NAMES_NOT]
        # “One of the …” is no number that was added.
        return [*names, *(n for n in numbers if n != "1")]

    def score(self, answer: dict[str, str]) -> Result:
        found = {entry.id: self.examine(entry, answer[entry.id]) for entry in self.rewrites}
        value = sum(c.score for c in found.values()) / len(found)
        if any(checked.judged for checked in found.values()):
            value = min(value, JUDGED)
        several = len(found) > 1
        told = (f"{self.named(key)}: " * several + self._told(checked) for key, checked in found.items())
        message = " ".join(text[:1].upper() + text[1:] for text in told)
        details = {"sentences": {key: round(c.score, 3) for key, c in found.items()}}
        return self.result(value, message, self._step(found), details)

    def _step(self, found: dict[str, Rewritten]) -> str:
        weakest = min(found, key=lambda key: found[key].score)
        checked, weak = found[weakest], self.named(weakest)
        if checked.problem:
            return self.say("begin_again", sentence=weak)
        if checked.lost_numbers or checked.lost_names:
            return self.say("put_back", sentence=weak)
        if not checked.negation:
            return self.say("count_denials", sentence=weak)
        if checked.new:
            return self.say("take_out", sentence=weak)
        return self.say("still_loaded", sentence=weak) if checked.removed < checked.loaded else ""

    def _told(self, checked: Rewritten) -> str:
        if checked.problem:
            return f"{checked.problem}."
        said = [self.say("plain_places", n=checked.removed, of=checked.loaded)]
        if checked.lost_numbers:
            said.append(self.say("lost_number", numbers=", ".join(checked.lost_numbers)))
        if checked.lost_names:
            said.append(self.say("lost_name", names=", ".join(checked.lost_names)))
        if not checked.negation:
            said.append(self.say("denial"))
        if checked.new:
            said.append(self.say("new", terms=", ".join(f"“{term}”" for term in checked.new[:3])))
        return "; ".join(said if len(said) > 1 else [*said, self.say("all_there")]) + "."

    def answer(self) -> dict[str, str]:
        return {entry.id: entry.model for entry in self.rewrites}

    def facts(self) -> dict[str, object]:
        first = self.rewrites[0]
        number = self.case.article.blocks[self.case.article.sentences[first.sentence - 1].block].number
        return {
            "sentences": len(self.rewrites),
            "where": number,
            "first": self.named(first.id),
            "slot": first.slots[0].words,
            "whole": " ".join(entry.model for entry in self.rewrites),
        }


def _own(text: str) -> str:
    """A text without the ’s of possession, so that Korea’s is Korea."""
    return re.sub(r"['’]s?(?!\w)", "", text)


def _judges(word: LoadedWord) -> bool:
    return word.cls in _JUDGING and not word.in_quotation


def _has(text: str, words: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(_plain(words))}(?!\w)", _plain(text)))


def _plain(text: str) -> str:
    """One line in small letters, with straight marks."""
    return " ".join(text.lower().translate(str.maketrans("“”’‘", "\"\"''")).split())
