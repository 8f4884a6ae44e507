"""The lists behind the framing lens, read once, and the guards that keep a listed word from misfiring."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from medialit.article import Span
from medialit.errors import MedialitError
from medialit.lenses._tables import by_name, table
from medialit.lenses.quoting.lexicon import cues, inflect, irregular_forms


class LexiconEntry(NamedTuple):
    """One line of ``words.tsv``: ``form`` is a, n, v, m or p, ``guard`` the name of a test or empty."""

    entry: str
    cls: str
    form: str
    guard: str


class LoadedLexicon(NamedTuple):
    """The entries behind each form, lower case, and the words with which one can begin."""

    entries: dict[str, list[LexiconEntry]]
    heads: frozenset[str]


class Guard(NamedTuple):
    """One row of ``guards.tsv``: which words must, or must not, be at a place beside the entry."""

    place: str
    wanted: bool
    words: frozenset[str]


@cache
def lexicon() -> LoadedLexicon:
    """The entries of ``words.tsv`` by each of their forms; an entry goes before a form of another one."""
    known = "|".join(map(re.escape, ("", "literal", *guards())))
    rows = table("loaded-words", "words", **{"class": ".+", "form": "a|n|v|nv|m|p", "guard": known})
    entries = [LexiconEntry(*row) for row in rows]
    found = {entry.entry.lower(): [entry] for entry in entries}
    for entry in entries:
        for shape in dict.fromkeys(_shapes(entry.entry.lower(), entry.form)):
            found.setdefault(shape, []).append(entry)
    return LoadedLexicon(found, frozenset(shape.split()[0] for shape in found))


def _shapes(word: str, form: str) -> list[str]:
    """The other forms of an entry: the plural, the forms of a verb, the adverb of an adjective."""
    if "v" in form:
        return irregular_forms().get(word) or inflect(word)
    if form == "n":
        return [inflect(word)[0]]
    return [_adverb(word)] if form == "a" and " " not in word and not word.endswith("ly") else []


def _adverb(word: str) -> str:
    for ending, adverb in (("ic", "ically"), ("le", "ly"), ("y", "ily"), ("ll", "lly")):
        if word.endswith(ending):
            return word[: -len(ending)] + adverb
    return word + "ly"


@cache
def guards() -> dict[str, list[Guard]]:
    """The rows of ``guards.tsv`` by guard."""
    rows = table("loaded-words", "guards", place="before|after|near|", test="has|not|")
    determiners = " ".join(words for name, _, _, words in rows if name == "DET")
    found: dict[str, list[Guard]] = {"DET": [Guard("", True, frozenset(determiners.split()))]}
    for name, place, test, words in rows:
        if place:
            listed = frozenset(words.replace("DET", determiners).split())
            found.setdefault(name, []).append(Guard(place, test == "has", listed))
    return found


@cache
def reporting_forms() -> dict[str, LexiconEntry]:
    """Forms of plain reporting verbs, from the list of the quotes lens; a form that is often a noun is left out."""
    kept = ("say", "judge", "warn", "claim", "promise", "urge")
    return {
        form: LexiconEntry(cue.verb, "reporting verb", "v", "verb")
        for form, cue in cues().items()
        if cue.sense in kept and not cue.particle and not cue.noun
    }


@cache
def frame_cues() -> dict[str, re.Pattern[str]]:
    """One pattern for each item of the codebook that has cue words."""
    found = {}
    for item, cues_of in by_name("loaded-words", "frames").items():
        try:
            found[item] = re.compile(rf"\b(?:{'|'.join(cues_of.split(', '))})\b", re.IGNORECASE)
        except re.error as error:
            told = f"frames.tsv: the cues of {item} cannot be read as a pattern: {error}. A bracket that is meant needs a \\."
            raise MedialitError(told) from None
    return found


_MONTH_BEFORE = frozenset("in on of since until by last next this early late mid from to between before after".split())
_THAT = frozenset("that how why what whether when where who".split())
# Verbs that nearly always report speech in news; the others, such as "continue", do so beside a quotation or "that".
_ALWAYS = frozenset(
    "say tell report announce state reply respond declare write confirm clarify inform ask cite".split()
)


def guard_holds(
    entry: LexiconEntry, text: str, words: list[Span], lower: list[str], place: int, length: int, shouting: bool
) -> bool:
    """Does the entry mean here what its class says? ``shouting``: capitals are the style of this line."""
    before = lower[place - 1] if place and _close(text, words[place - 1].end, words[place].start) else ""
    last = place + length - 1
    near: list[str] = []
    for k in range(last + 1, min(len(words), last + 3)):
        if not _close(text, words[k - 1].end, words[k].start):
            break
        near.append(lower[k])
    after = near[0] if near else ""
    shown = text[words[place].start : words[last].end]
    opens = not text[: words[place].start].rstrip() or text[: words[place].start].rstrip()[-1] in '.!?:“"‘(–—•-'
    # A capital inside a sentence is a name ("Hope", "the Patriot missile"), unless the list has it with one ("Nazi").
    if shown[0].isupper() and not (entry.entry[0].isupper() or opens or shouting) and not shown.isupper():
        return False
    determiners = guards()["DET"][0].words
    if entry.form == "v" and before in determiners and lower[place] in (entry.entry, entry.entry + "s"):
        return False
    if entry.guard == "verb":
        at_mark = re.match(r"[\s,:]*[“\"]", text[words[last].end : words[last].end + 4])
        return before not in determiners and (entry.entry in _ALWAYS or after in _THAT or bool(at_mark))
    if entry.entry == "may" and (
        re.match(r"\s*,?\s*\d", text[words[last].end : words[last].end + 8])
        or (shown[0].isupper() and before in _MONTH_BEFORE)
    ):
        return False  # the month
    if entry.form == "m" and not after:
        return False
    around = {"before": [before], "after": [after], "near": near}
    rows = guards().get(entry.entry if entry.guard == "literal" else entry.guard, ())
    return all(any(w in row.words or ("*" in row.words and w) for w in around[row.place]) == row.wanted for row in rows)


def _close(text: str, end: int, start: int) -> bool:
    """Is there no punctuation between two words?"""
    return not text[end:start].strip(" \u00a0-")
