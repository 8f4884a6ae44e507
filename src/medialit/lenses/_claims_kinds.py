"""What kind of statement a sentence makes: the rules of ``kinds.tsv``, tried from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from medialit.lenses._claims_signs import names_source, signs_of, words_of
from medialit.lenses._claims_tables import rule_table, word_class
from medialit.lenses.quoting.lexicon import verb_forms
from medialit.lenses.quoting.lexicon import words as small_words

CHECKABLE, PREDICTION, OPINION, NOT_AS_WRITTEN = KINDS = (
    "checkable",
    "prediction",
    "opinion",
    "not checkable as written",
)
NO_RULE = "says something that a record can confirm or contradict"

_VERB_ENDS = ("n't", "'ll", "'re", "'ve", "'d", "'m")
_FIGURES = frozenset("percent large measure money number".split())
_SHOWABLE = _FIGURES | frozenset("change deed law said".split())
_BEFORE_NOUN = small_words("det") | small_words("poss") | small_words("prep") | small_words("and")
# A view is only the frame of what follows: "In my opinion, unemployment fell to 4 percent".
_VIEW = re.compile(
    r"\W*(?:in my (?:opinion|view|judge?ment),?|i (?:think|believe|guess|suppose|feel)(?: that)?|as i see it,?)\s+",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:at|from|with|of) (?:the )?[A-Z]\w+.* (?:say|said|believe|think|thought|argue|warn|agree)")
_WOULD = re.compile(r"\bwould\b(?! (?:have|like|rather)\b)")
_WAS_TO = re.compile(
    r"\b(?:was|were)\b(?= (?:\w+ly )?(?:going|likely|unlikely|expected|set|poised|due|bound|certain|about) to\b)"
)
_JUDGING = ("call", "describ", "dismiss", "brand", "hail", "label")
_GAP = r"(?: \S+){0,4}?"


def kind_of(sentence: str, heading: bool = False) -> tuple[str, str]:
    """(kind, reason in words) of one sentence; the reason repeats the words that decided."""
    view = _VIEW.match(sentence)
    if view and signs_of(sentence[view.end() :]).keys() & _SHOWABLE and kind_of(sentence[view.end() :])[0] == CHECKABLE:
        return CHECKABLE, f"what follows “{view.group().strip(' ,')}” can be checked"
    words = words_of(sentence)
    plain = " " + " ".join(_split(word) for word in words) + " "
    signs = signs_of(sentence)
    for rule in rule_table():
        if rule.unless and _is_off(rule.unless, sentence, signs):
            continue
        if rule.pattern.startswith("<"):
            if _BY_CODE[rule.pattern](sentence, words, heading):
                return rule.kind, _with_words(rule.reason, signs, rule.pattern)
        elif match := _compiled(rule.pattern).search(plain):
            return rule.kind, f"{rule.reason}: “{match.group().strip()}”"
    return CHECKABLE, NO_RULE


def kind_of_message(message: str, cue: str = "") -> tuple[str, str]:
    """(kind, reason) of what somebody is reported to have said, with the reporting word ``cue``.

    A report is told one tense back, so *it would rain* is about the future as much as *it will rain*. A few words that
    somebody is said to have *called* something are a judgment.
    """
    now = _WAS_TO.sub(lambda was: "is" if was[0].lower() == "was" else "are", _WOULD.sub("will", message))
    kind, why = kind_of(now)
    words = words_of(now)
    few = len(words) <= 8 and (cue.startswith(_JUDGING) or "value" in signs_of(now))
    if few and (kind == CHECKABLE or _no_verb(now, words, False)):
        return OPINION, "praises or blames"
    if _no_verb(now, words, False):
        return CHECKABLE, NO_RULE
    return kind, why.replace("“will”", "“would”") if now != message else why


def all_signs(sentence: str) -> dict[str, tuple[str, ...]]:
    """The signs of a sentence in table order, with "statement" when its kind is checkable."""
    found = signs_of(sentence)
    return found | ({"statement": ()} if kind_of(sentence)[0] == CHECKABLE else {})


def _is_off(unless: str, sentence: str, signs: dict[str, tuple[str, ...]]) -> bool:
    if unless == "source":
        return names_source(sentence)
    return bool(_FROM.search(sentence)) if unless == "from" else unless in signs


def _split(word: str) -> str:
    """ "they'll" as "they 'll", so that a pattern can ask for the short form."""
    return re.sub(r"(?<=\w)('(?:ll|re|m|ve|d))$", r" \1", word)


@lru_cache(maxsize=128)
def _compiled(pattern: str) -> re.Pattern[str]:
    """A row's pattern as an expression over words that are parted by one space."""
    parts = []
    for part in pattern.split():
        if part == "...":
            parts.append(_GAP)
            continue
        choices = "|".join(re.escape(c).replace(r"\*", r"\w*").replace("_", " ") for c in part.split("|"))
        parts.append(f" (?:{choices})")
    return re.compile("".join(parts) + "(?= )")


def _with_words(reason: str, signs: dict[str, tuple[str, ...]], pattern: str) -> str:
    shown = signs.get("value", ())
    return f"{reason}: “{shown[0]}”" if pattern == "<value>" and shown else reason


def _no_verb(sentence: str, words: Sequence[str], _: bool) -> bool:
    """A line without a verb and without a figure: a heading, an exclamation. Any verb makes a full statement."""
    if len(words) > 12 or signs_of(sentence).keys() & _FIGURES:
        return False
    ended = sentence.rstrip(' "”)').endswith((".", "!"))
    return not any(_verb_at(words, k, ended) for k in range(len(words)))


def _verb_at(words: Sequence[str], k: int, ended: bool) -> bool:
    """True when word ``k`` can be a finite verb; in a sentence with a full stop also "stains" in "Coffee stains teeth"."""
    word, before = words[k], words[k - 1] if k else ""
    if word.endswith(_VERB_ENDS) or (word in word_class("verb") and not (before.endswith("ing") and not ended)):
        return True
    form = verb_forms().get(word, "part" if word.endswith("ed") else "")
    bound = not k or before in _BEFORE_NOUN or before.endswith(("ing", "ly", "al", "ous", "ful", "ic"))
    if bound or not (form or (ended and word.endswith("s") and not word.endswith(("ss", "us", "is")))):
        return False
    return form in ("past", "s") or ended


def _value(sentence: str, words: Sequence[str], _: bool) -> bool:
    """Praise or blame, and nothing that a record could show beside it."""
    signs = signs_of(sentence)
    return "value" in signs and not signs.keys() & _SHOWABLE


def _polite(sentence: str, words: Sequence[str], _: bool) -> bool:
    return "polite" in signs_of(sentence) and len(words) <= 12


_BY_CODE: dict[str, Callable[[str, Sequence[str], bool], bool]] = {
    "<question>": lambda sentence, _, __: sentence.rstrip(' "”)').endswith("?"),
    "<heading>": lambda _, __, heading: heading,
    "<no verb>": _no_verb,
    "<value>": _value,
    "<polite>": _polite,
}
