"""Signs of a sentence that is worth a check: what stands in it, by table and by a few patterns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from medialit.lenses._claims_tables import Sign, sign_table, word_class

SHORT, LONG = 10, 22  # words: below and from which a sentence counts as short or long

_WORD = re.compile(r"\d[\d,.:/]*\d|\d|[a-z]+(?:'[a-z]+)?|[%$€£]")
# From the start of a word only: tried at every letter, a long word would take the square of its length.
_LINK = re.compile(r"(?<!\S)\S*(?:://|www\.|pic\.twitter)\S*")
# "May" with a capital letter is a month or a name, unless it opens a question or a wish.
_MAY = re.compile(r"(?<=\w )May\b|(?<=\w, )May\b|^\W*May(?= [A-Z0-9])")
_IN_MAY = re.compile(r"\b(?:in|on|of|since|until|by|last|this|next|early|late|mid) May\b|\bMay \d")
# "The will" and "the might" are no verbs; "right now" praises nobody.
_OTHER_SENSE = re.compile(
    r"\b(?:the|a|an|my|his|her|its|our|their|your|of|free|good|ill|political) (?:will|might)\b"
    r"|\b(?:the|a|this|that|coal|gold) mine\b|\bright(?= (?:now|after|before|here|there|away)\b)",
    re.IGNORECASE,
)
_PLAIN = str.maketrans({"’": "'", "‘": "'"})
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
# A capital letter inside a sentence, or two at its start: a name. "I" is not one.
_NAME = re.compile(
    r"(?<=[a-z0-9,;:] )(?!I\b)[A-Z][\w.'’-]+|^\W*[A-Z]\w+ (?!I\b)[A-Z]\w+"
    r"|^\W*(?!(?:It|He|She|That|There|Here|What|Who|Where|How|When|Why|Let|This|One|Every\w+|Nobody|Today)\b)[A-Z]\w+['’]s\b"
)
_SELF = frozenset({"i", "we", "you"})
_LEAD_IN = frozenset({"while", "but", "and", "now", "though"})


# A page, its proposals and its score ask about the same sentences.
@lru_cache(maxsize=1024)
def words_of(sentence: str) -> tuple[str, ...]:
    """Lower-case words, numbers and money signs, in order; curly apostrophes count as straight ones.

    Links are left out, and so is "May" when it is a month or a name: it would be taken for the verb.
    """
    plain = _OTHER_SENSE.sub(" ", _MAY.sub(" ", _LINK.sub(" ", sentence))).translate(_PLAIN)
    return tuple(_WORD.findall(plain.lower()))


@lru_cache(maxsize=1024)
def signs_of(sentence: str) -> dict[str, tuple[str, ...]]:
    """The signs found in a sentence, in table order, each with the words that showed it.

    A sign that no single word shows ("is short", "tells of the past") may come with an empty tuple.
    """
    words = words_of(sentence)
    by_code = _by_code(sentence.translate(_PLAIN), words)
    found: dict[str, tuple[str, ...]] = {}
    for sign in sign_table():
        shown = _looked_up(sign, words) + by_code.get(sign.key, ())
        if shown or sign.key in by_code:
            found[sign.key] = tuple(dict.fromkeys(shown))
    return found


def names_source(sentence: str) -> bool:
    """True when somebody other than the writer is named as the one who said it."""
    words = words_of(sentence)
    place = _saying_place(words)
    if place is None or not words or words[0] in word_class("nobody"):
        return False
    if place and words[place - 1] in _SELF:
        return False
    if len(words) > 1 and words[0] in _LEAD_IN and words[1] in word_class("nobody"):
        return False
    return bool(_NAME.search(sentence.translate(_PLAIN)) or word_class("source") & set(words))


def _saying_place(words: Sequence[str]) -> int | None:
    for i, word in enumerate(words):
        if word in word_class("saying") or "_".join(words[i : i + 2]) in word_class("saying"):
            return i
    return None


def _looked_up(sign: Sign, words: Sequence[str]) -> tuple[str, ...]:
    hits = [w for w in words if w in sign.words or w.startswith(sign.beginnings)]
    for phrase in sign.phrases:
        size = len(phrase)
        if any(words[i : i + size] == phrase for i in _places(phrase[0], words)):
            hits.append(" ".join(phrase))
    return tuple(hits)


def _places(word: str, words: Sequence[str]) -> list[int]:
    return [i for i, other in enumerate(words) if other == word]


@lru_cache(maxsize=4096)
def _is_past(word: str) -> bool:
    if word in word_class("past"):
        return True
    return len(word) > 3 and word.endswith("ed") and not word.endswith("eed") and word not in word_class("notpast")


def _state(words: Sequence[str], i: int) -> bool:
    """True for a participle after a form of "be" or "have", or before its noun: "we are determined", "the lost years"."""
    before = [w for w in words[max(0, i - 2) : i] if w not in ("not", "also", "so", "very") and not w.endswith("ly")]
    return (
        words[i] not in word_class("past-only")
        and bool(before)
        and before[-1] in word_class("held") | word_class("help")
    )


def _helps(word: str) -> bool:
    return word in word_class("help") or word.endswith("'ve")


def _participle(word: str) -> bool:
    return word in word_class("part") or (len(word) > 4 and word.endswith(("ed", "en")))


def _by_code(sentence: str, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    digits = [w for w in words if w[0].isdigit()]
    years = [w for w in digits if _YEAR.fullmatch(w)]
    if digits:
        found["number"] = tuple(digits)
    if years or _IN_MAY.search(sentence):
        found["date"] = tuple(years)
    past = [w for i, w in enumerate(words) if _is_past(w) and not _state(words, i)]
    if past:
        found["past"] = tuple(past)
    if any(_helps(a) and any(_participle(b) for b in words[i + 1 : i + 3]) for i, a in enumerate(words)):
        found["perfect"] = ()
    if any(w.endswith("'ll") for w in words):
        found["future"] = ()
    if _NAME.search(sentence):
        found["name"] = ()
    if names_source(sentence):
        found["said"] = ()
    if sentence.rstrip(' "”)').endswith("?"):
        found["question"] = ()
    if len(words) < SHORT:
        found["short"] = ()
    elif len(words) >= LONG:
        found["long"] = ()
    return found
