"""Is this word a reporting verb here, or a noun ("the report")? Active or passive?"""

from __future__ import annotations

from typing import NamedTuple

from medialit.lenses.quoting.clauses import Start
from medialit.lenses.quoting.lexicon import Cue, words
from medialit.lenses.quoting.sources import before_relative, source_before
from medialit.lenses.quoting.tokens import MARKED, Tokens
from medialit.lenses.quoting.verbs import begins_clause, plural_before

_BACK = 6  # words between a verb and its subject: "has also repeatedly"


class Reading(NamedTuple):
    """How one cue word is used: ``left`` is the last word before its helping verbs."""

    at: int
    cue: Cue
    left: int
    passive: bool
    infinitive: bool
    helped: bool

    @property
    def after(self) -> int:
        """The word after the cue and its particle ("pointed out")."""
        return self.at + 1 + bool(self.cue.particle)


def read_cue(sentence: Tokens, at: int, cue: Cue) -> Reading | None:
    """Decide how the cue word is used; None when it is a noun or an adjective here."""
    low = sentence.low
    if at and sentence.capital(at) and not sentence.titled:
        return None  # "the United States"
    left, be, helped, infinitive = at - 1, False, False, False
    while left >= 0 and at - left <= _BACK:
        word = low[left]
        if word in words("be") or (word == "'s" and left and low[left - 1] in words("subject")):
            be, helped = True, True
        elif word in words("aux"):
            helped = True
        elif word == "to" and left == at - 1 and cue.form == "base":
            infinitive = True
            break
        elif not (word in words("neg adverb") or _adverb(sentence, left)):
            break
        left -= 1
    before = low[at - 1] if at else ""
    if cue.noun and not helped and left >= 0 and (low[left] in words("poss") or low[left] in ("the", "a", "an")):
        return None  # "my earlier calls"
    if be and cue.form in ("base", "s") and not infinitive:
        return None
    if cue.noun and not helped and not infinitive and before not in words("subject rel"):
        if before in words("det poss prep") or before in ("'s", ""):
            return None
        if at + 1 < len(sentence) and low[at + 1] in ("of", "by", "from", "in", "on", "about", "against", ".", "'s"):
            return None
        if cue.form == "ing" or (low[at + 1 : at + 2] and low[at + 1] in words("aux")):
            return None
    if (before in words("det") and before not in words("alone")) or before in words("poss"):
        return None
    if before == "'s" and not helped:
        return None
    if cue.form == "base" and not helped and not infinitive and not _plural_subject(sentence, at, cue.noun):
        return None
    passive = be and cue.form in ("past", "participle")
    return Reading(at, cue, left, passive, infinitive, helped)


def with_particle(cue: Cue, following: list[str]) -> Cue | None:
    """The cue with the word after it: "called out" may cry or find, but "called out the guard" is no report."""
    word = following[0] if following else ""
    if cue.particle:
        # "He goes, “Shut the door.”"
        return cue if word == cue.particle else cue._replace(particle="") if following == [",", MARKED] else None
    if word in ("out", "off", "up") and "that" not in cue.takes and following[1:] not in (["to"], ["of"]):
        return cue._replace(particle=word, takes=frozenset({"quote", "thatonly"}))
    return cue


def refused(sentence: Tokens, reading: Reading, told: Start) -> bool:
    """True for "would not say what she paid": nothing is said; not for "would not say that it was late"."""
    helping = set(sentence.low[reading.left + 1 : reading.at])
    negated = helping & {"not", "never"} or any(word.endswith("n't") or word == "cannot" for word in helping)
    asked = told.how == "that" and sentence.low[told.at] in words("wh") and reading.cue.sense == "say"
    return bool(negated and asked and not helping & {"has", "have", "had", "hasn't", "haven't", "hadn't"})


def _plural_subject(sentence: Tokens, at: int, noun: bool) -> bool:
    """True when a base form is the verb of what stands before: "Parents whose children attend the school say"."""
    if plural_before(sentence, at - 1):
        return True
    head = before_relative(sentence, at - 1)
    if head is None:
        who = source_before(sentence, at - 1)
        inner = range(who[0] + 1, who[1]) if who else range(0)
        head = next((k - 1 for k in inner if sentence.low[k] in words("prep")), None)
    opens = not noun or (at + 1 < len(sentence) and begins_clause(sentence, at + 1, True))
    return head is not None and opens and sentence.low[head] != "," and plural_before(sentence, head)


def _adverb(sentence: Tokens, at: int) -> bool:
    """True for "strongly", and for "more" before such a word; not for a name such as the China Daily."""
    word = sentence.low[at]
    if word in ("more", "most") and at + 1 < len(sentence):
        word = sentence.low[at + 1]
    return word.endswith("ly") and word not in words("ly-noun") and not sentence.capital(at)
