"""The lists behind the framing lens, read once, and the guards that keep a listed word from misfiring."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from medialit.article import Span
from medialit.files import data_path, read_text
from medialit.lenses.quoting.lexicon import cues, inflect


class LexiconEntry(NamedTuple):
    """One line of ``words.tsv``: ``form`` is a, n, v, m or p, ``guard`` the name of a test or empty."""

    entry: str
    cls: str
    form: str
    guard: str


class LoadedLexicon(NamedTuple):
    """All forms of all entries, lower case, and the words with which one can begin."""

    entries: dict[str, LexiconEntry]
    heads: frozenset[str]


# Verbs whose forms the rules of spelling do not give: third person, past, participle, -ing.
_IRREGULAR = {
    "know": "knows knew known knowing",
    "forget": "forgets forgot forgotten forgetting",
    "admit": "admits admitted admitted admitting",
    "regret": "regrets regretted regretted regretting",
    "grasp": "grasps grasped grasped grasping",
    "swear": "swears swore sworn swearing",
    "lay": "lays laid laid laying",
    "spew": "spews spewed spewed spewing",
    "goad": "goads goaded goaded goading",
    "slam": "slams slammed slammed slamming",
    "brag": "brags bragged bragged bragging",
    "rebut": "rebuts rebutted rebutted rebutting",
    "grovel": "grovels grovelled grovelled grovelling",
    "trample": "tramples trampled trampled trampling",
    "mislead": "misleads misled misled misleading",
    "see": "sees saw seen seeing",
    "refer": "refers referred referred referring",
    "deny": "denies denied denied denying",
    "decry": "decries decried decried decrying",
    "vilify": "vilifies vilified vilified vilifying",
}


@cache
def lexicon() -> LoadedLexicon:
    """The entries of ``words.tsv`` by each of their forms."""
    found: dict[str, LexiconEntry] = {}
    lines = read_text(data_path("lexicons", "loaded-words", "words.tsv")).splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")][1:]
    for word, cls, form, guard in rows:
        entry = LexiconEntry(word, cls, form, guard)
        for shape in _shapes(word, form):
            found.setdefault(shape, entry)
    return LoadedLexicon(found, frozenset(shape.split()[0] for shape in found))


def _shapes(word: str, form: str) -> list[str]:
    if form == "v":
        return [word, *(_IRREGULAR[word].split() if word in _IRREGULAR else inflect(word))]
    return [word, inflect(word)[0]] if form == "n" else [word]


@cache
def reporting_forms() -> dict[str, LexiconEntry]:
    """Forms of plain reporting verbs, from the list of the quotes lens; a form that is often a noun is left out."""
    kept = ("say", "judge", "warn", "claim")
    return {
        form: LexiconEntry(cue.verb, "reporting verb", "v", "verb")
        for form, cue in cues().items()
        if cue.sense in kept and not cue.particle and not cue.noun
    }


@cache
def frame_cues() -> dict[str, re.Pattern[str]]:
    """One pattern for each item of the codebook that has cue words."""
    lines = read_text(data_path("lexicons", "loaded-words", "frames.tsv")).splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")][1:]
    return {item: re.compile(rf"\b(?:{'|'.join(words.split(', '))})\b", re.IGNORECASE) for item, words in rows}


# --- guards -----------------------------------------------------------------------------------------------------

_DETERMINERS = frozenset(
    "a an the this that these those his her its their our my your no any every each some another such of’s".split()
)
_THAT = frozenset("that how why what whether when where who".split())
_CLAUSE = frozenset("that the he she they it we i you his her its their this these there a an no".split())
_OBJECT = _CLAUSE | frozenset("him them us me everyone people residents".split())
_MONTH_BEFORE = frozenset("in on of since until by last next this early late mid from to between before after".split())
_AFTER_APPEAR = frozenset("in on at before with for by from during alongside together".split())
_LITERAL = {
    "regime": "tax sanctions legal regulatory training exercise licensing trade tariff inspection fitness drug treatment",
    "extreme": "weather sports sport heat cold temperatures rainfall poverty",
    "critical": "care infrastructure mass minerals condition thinking acclaim illness raw",
    "historic": "building buildings site sites house district centre center town church landmark monument",
    "gross": "domestic national income profit margin salary weight pay earnings",
}


def guard_holds(
    entry: LexiconEntry, text: str, words: list[Span], lower: list[str], place: int, length: int, shouting: bool
) -> bool:
    """Does the entry mean here what its class says? ``shouting``: capitals are the style of this line."""
    before = lower[place - 1] if place and _close(text, words[place - 1].end, words[place].start) else ""
    last = place + length - 1
    after = lower[last + 1] if last + 1 < len(words) and _close(text, words[last].end, words[last + 1].start) else ""
    shown = text[words[place].start : words[last].end]
    opens = not text[: words[place].start].rstrip() or text[: words[place].start].rstrip()[-1] in '.!?:“"‘(–—•-'
    # A capital inside a sentence is a name: "Hope", "the Patriot missile".
    if shown[0].isupper() and not (opens or shouting) and not shown.isupper():
        return False
    if entry.form == "v" and before in _DETERMINERS and lower[place] in (entry.entry, entry.entry + "s"):
        return False
    return _GUARDS[entry.guard](entry, before, after, text, words[last].end, shown, opens)


def _close(text: str, end: int, start: int) -> bool:
    """Is there no punctuation between two words?"""
    return not text[end:start].strip(" \u00a0-")


def _modal(entry: LexiconEntry, before: str, after: str, text: str, end: int, shown: str, opens: bool) -> bool:
    """``may`` the modal verb, not May the month."""
    if entry.entry != "may":
        return bool(after)
    if re.match(r"\s*,?\s*\d", text[end:]) or (shown[0].isupper() and before in _MONTH_BEFORE):
        return False
    return bool(after)


# Verbs that nearly always report speech in news; the others, such as "continue", do so beside a quotation or "that".
_ALWAYS = frozenset(
    "say tell report announce state reply respond declare write confirm clarify inform ask cite".split()
)


def _at_mark(text: str, end: int) -> bool:
    """Does a quotation begin right after this place?"""
    return bool(re.match(r"[\s,:]*[“\"]", text[end:]))


_GUARDS = {
    "": lambda entry, before, after, text, end, shown, opens: (
        _modal(entry, before, after, text, end, shown, opens) if entry.form == "m" else True
    ),
    "verb": lambda entry, before, after, text, end, *_: (
        before not in _DETERMINERS and (entry.entry in _ALWAYS or after in _THAT or _at_mark(text, end))
    ),
    "to": lambda _e, _b, after, *_: after == "to",
    "in": lambda _e, _b, after, *_: after == "in",
    "that": lambda _e, _b, after, *_: after == "that",
    "factive": lambda _e, before, after, *_: after in _THAT and before not in _DETERMINERS,
    "clause": lambda _e, before, after, *_: after in _CLAUSE and before not in _DETERMINERS,
    "assertive": lambda _e, before, _after, *_: before not in _DETERMINERS,
    "seem": lambda _e, _b, after, *_: bool(after),
    "appear": lambda _e, _b, after, *_: bool(after) and after not in _AFTER_APPEAR,
    "prevent": lambda *_: True,
    "force": lambda _e, before, after, *_: before not in _DETERMINERS and after in _OBJECT,
    "regime": lambda e, before, after, *_: before not in _LITERAL["regime"].split(),
    "extreme": lambda e, before, after, *_: after not in _LITERAL["extreme"].split(),
    "critical": lambda e, before, after, *_: after not in (*_LITERAL["critical"].split(), "of"),
    "historic": lambda e, before, after, *_: after not in _LITERAL["historic"].split(),
    "gross": lambda e, before, after, *_: after not in _LITERAL["gross"].split(),
}
