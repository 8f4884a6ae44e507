"""Where the message begins: after "that", a colon, a mark, or straight after the cue. Positions are word numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise, takewhile
from typing import NamedTuple

from medialit.lenses.quoting.lexicon import Cue, cues, groups, words
from medialit.lenses.quoting.sources import Range, known_speaker
from medialit.lenses.quoting.tokens import MARKED, Tokens
from medialit.lenses.quoting.verbs import STOPS, begins_clause, begins_phrase, has_verb, verb_like

_REACH = 16  # words between a cue and its "that"


class Start(NamedTuple):
    """Where the message begins, how we know, and who was told."""

    at: int
    how: str
    listener: Range | None = None


def clause_start(sentence: Tokens, after: int, cue: Cue) -> Start | None:
    """The first word of the message to the right of a cue whose last word stands before ``after``.

    The first rule that decides counts, also where it decides that there is none.
    """
    if after >= len(sentence):
        return None
    return next(chain.from_iterable(rule(sentence, after, cue) for rule in _RULES), None)


Decision = Iterator[Start | None]


def _takes_clause(cue: Cue) -> bool:
    return not cue.takes.isdisjoint(("that", "clause", "thatonly"))


def _that(sentence: Tokens, after: int, cue: Cue) -> Decision:
    """Where "that" or a question word begins a clause: "said that it was late", "asked whether it was late"."""
    asked = ("that", "whether") if cue.sense in ("think", "show") else ("that", "whether", "if", "how", "why", "what")
    word = sentence.low[after]
    if _takes_clause(cue) and word in asked and after + 1 < len(sentence) and sentence.is_word(after + 1):
        yield Start(after + (word == "that"), "that")


def _adverb(sentence: Tokens, after: int, cue: Cue) -> Decision:
    """Behind an adverb, as if it were not there: "noted drily that"."""
    low = sentence.low
    if low[after].endswith("ly") and low[after + 1 : after + 2] in (["that"], ["how"], ["why"], [":"], [MARKED]):
        yield clause_start(sentence, after + 1, cue)


def _mark(sentence: Tokens, after: int, cue: Cue) -> Decision:
    """A mark straight after the cue, or after a colon, comma or dash; a colon before a clause."""
    low, size, takes = sentence.low, len(sentence), cue.takes
    if low[after] == MARKED:
        # "a band called "Oz"" names it; "she called it "odd"" judges it.
        # "to inform "the enemies" about it": the mark is who was told.
        told = "listener" in takes and after + 1 < size and sentence.is_word(after + 1)
        named = "term" in takes and cue.form not in ("s", "base") and low[after - 2] not in words("subject")
        yield None if named or told else Start(after, "mark")
    if low[after] in (":", ",", "—", "-", "–") and low[after + 1 : after + 2] == [MARKED]:
        yield Start(after + 1, "mark")
    if low[after] == ":" and after + 2 < size and _takes_clause(cue):
        yield Start(after + 1, "colon")


def _as_said(sentence: Tokens, after: int, cue: Cue) -> Decision:
    """Behind "as", where what is described stands before: "a claim he described as "odd""."""
    low = sentence.low
    if "as" in cue.takes and low[after] == "as":
        relative = MARKED in low[after:] and words("rel") & set(low[:after])
        if relative or low[after - 2] in words("subject"):
            yield Start(after + 1, "as") if after + 1 < len(sentence) else None


def _deed(sentence: Tokens, after: int, cue: Cue) -> Decision:
    """A deed: "vowed to fight", "called on them to leave", "urged the council to act"."""
    low, takes = sentence.low, cue.takes
    if "to" in takes and low[after] == "to" and names_deed(sentence, after + 1):
        unsaid = cue.verb == "decline" and low[after + 1] in words("unsaid")
        yield None if unsaid else Start(after, "to")
    if "on" in takes and low[after] in ("on", "upon"):
        to = _to(sentence, after + 2, after + 12)
        yield Start(to, "to", (after + 1, to)) if names_deed(sentence, to + 1) else None
    if "np" in takes and names_matter(sentence, after):
        to = _to(sentence, after + 1, after + 8)
        if names_deed(sentence, to + 1) and not has_verb(sentence, after, to):
            yield Start(after, "to")


def _to(sentence: Tokens, start: int, end: int) -> int:
    """Where the next "to" is; after the sentence when there is none."""
    size = len(sentence)
    return next((k for k in range(start, min(size, end)) if sentence.low[k] == "to"), size)


def _of(sentence: Tokens, after: int, cue: Cue) -> Decision:
    """What a preposition brings: "warned of floods", "asked for time". And "pleaded guilty"."""
    low = sentence.low
    further = after + 1 < len(sentence)
    if "of" in cue.takes and low[after] in ("of", "about", "against", "for") and further:
        yield Start(after + 1, "of") if low[after + 1] not in words("object subject") else None
    if f"+{low[after]}" in cue.takes and further and low[after + 1] not in groups():
        yield Start(after + 1, "of")
    if cue.verb == "plead" and "guilty" in low[after : after + 2]:
        yield Start(after, "matter")


def _told(sentence: Tokens, after: int, cue: Cue) -> Decision:
    """Behind who was told, and when or where: "told reporters on Monday that it was late"."""
    if further := _further(sentence, after, cue, _takes_clause(cue)):
        yield further


def _bare(sentence: Tokens, after: int, cue: Cue) -> Decision:
    """A clause without "that": "said it was late"."""
    sure = "that" in cue.takes or (cue.sense == "hear" and sentence.capital(after))
    if (sure or "clause" in cue.takes) and begins_clause(sentence, after, sure):
        yield Start(after, "bare")


def _judged(sentence: Tokens, after: int, cue: Cue) -> Decision:
    """What is judged comes first: "described the plan as odd", "praised her for it", "called him a crook"."""
    low, takes, word = sentence.low, cue.takes, sentence.is_word(after)
    near = list(takewhile(lambda one: one not in (",", ";"), low[after + 1 : after + 25]))
    announces = _announces(sentence, after)
    if "as" in takes and not announces and word and "as" in near and low[after] not in words("prep"):
        yield Start(after, "as")
    if "like" in takes and "to" in near and MARKED in near and not announces:
        yield Start(after, "about")
    if "over" in takes and not announces and word and {"as", "for", "over"} & set(near):
        yield Start(after, "about")
    if "term" in takes and word and low[after] not in words("prep"):
        yield Start(after, "term") if MARKED in near or _named_so(sentence, after) else None


def _matter(sentence: Tokens, after: int, cue: Cue) -> Decision:
    """What it is about: "announced plans to leave", "criticized the plan"."""
    low = sentence.low
    # "citing two officials" names a source, not a message.
    named = cue.verb == "cite" and any(known_speaker(w) for w in low[after : after + 4])
    if "matter" in cue.takes and not named and names_matter(sentence, after):
        yield Start(after, "matter")
    phrase = begins_phrase(sentence, after) or sentence.is_word(after)
    if "about" in cue.takes and phrase and not _announces(sentence, after):
        yield None if low[after] in words("prep and particle") else Start(after, "about")


def _announces(sentence: Tokens, after: int) -> bool:
    """Does a colon with a mark follow somewhere? Then that is where the message begins."""
    return any(pair == (":", MARKED) for pair in pairwise(sentence.low[after:]))


_RULES = (_that, _adverb, _mark, _as_said, _deed, _of, _told, _bare, _judged, _matter)


def _named_so(sentence: Tokens, after: int) -> bool:
    """True for "called her a crook" and "called the bill a gift", not for "called the police a day later"."""
    low, size = sentence.low, len(sentence)
    for k in range(after + 1, min(size - 1, after + 8)):
        end = k + 1 == size or not sentence.is_word(k + 1)
        if low[k] in words("verdict") and (low[k] in ("a", "an") or end):
            small = low[k - 1] in words("prep and") or (not end and low[k + 1] in words("time"))
            return not small and (end or low[k + 1] not in ("few", "cab", "taxi", "doctor", "halt"))
        if not sentence.is_word(k) or verb_like(sentence, k):
            break
    return False


def names_deed(sentence: Tokens, at: int) -> bool:
    """True when a verb can be at word ``at``: "to fight", not "to the council" or "to 3 percent"."""
    if at >= len(sentence) or not sentence.is_word(at):
        return False
    return not (begins_phrase(sentence, at) or sentence.raw[at][0].isdigit() or sentence.capital(at))


def names_matter(sentence: Tokens, at: int) -> bool:
    """True when a noun phrase begins at word ``at``: "announced plans", "confirmed the deal"."""
    word = sentence.low[at]
    if word in ("this", "that", "these", "those") and not (at + 1 < len(sentence) and sentence.is_word(at + 1)):
        return False
    if begins_phrase(sentence, at):
        return word not in ("there", "he", "she", "they", "we", "i", "it", "you")
    small = words("prep and sub aux adverb time object neg rel link")
    return sentence.is_word(at) and word not in small and not word.endswith("ly")


def _further(sentence: Tokens, after: int, cue: Cue, clause: bool) -> Start | None:
    """The message after a listener or a time or a place: "told reporters on Monday that ..."."""
    low, size = sentence.low, len(sentence)
    listener = listener_at(sentence, after) if "listener" in cue.takes else None
    at = listener[1] if listener else after
    aside = at < size and (_adjunct(sentence, at) or low[at] in words("time adverb") or low[at] == ",")
    if not listener and not aside:
        return None
    for k in range(at, min(size, at + _REACH)):
        word = low[k]
        if word == MARKED:
            if low[k - 1] in (",", ":", "—", "to"):
                return Start(k, "mark", listener)
            break
        if word == "that" and clause and k + 1 < size:
            return Start(k + 1, "that", listener)
        if word in ("whether", "how", "why", "what", "if") and clause and k == at + (low[at] in words("adverb")):
            return Start(k, "that", listener)
        if word == "to" and k == at and listener and "to" in cue.takes:
            return Start(k, "to", listener)
        if word == "of" and k > at and "of" in cue.takes and low[k + 1 : k + 2] == [MARKED]:
            return Start(k + 1, "mark", listener)  # "complained in his book of "noise""
        if word == "for" and k == at and listener and "+for" in cue.takes and k + 1 < size:
            return Start(k + 1, "of", listener)
        if word == ":" and clause and k + 2 < size:
            return Start(k + 1, "colon", listener)
        if (cue_here := cues().get(word)) and cue_here.form == "ing" and k > at:
            break
        if word in STOPS or (word in words("aux") and k > at) or (word in words("subject") and k > at):
            break
    if "that" not in cue.takes and "clause" not in cue.takes:
        return None
    if aside and low[at] != ",":
        start = _after_aside(sentence, at)
        if start is not None and begins_clause(sentence, start, "that" in cue.takes):
            return Start(start, "bare", listener)
    return Start(at, "bare", listener) if listener and begins_clause(sentence, at, True) else None


def _adjunct(sentence: Tokens, at: int) -> bool:
    """True for a preposition that may stand between cue and message: "said in a statement", not "admitted to being"."""
    low = sentence.low
    following = low[at + 1] if at + 1 < len(sentence) else "."
    if low[at] == "to":
        named = following in words("det poss object")
        return named or following in groups() or (at + 1 < len(sentence) and sentence.capital(at + 1))
    return (
        low[at] in words("prep")
        and low[at] not in ("of", "about", "against", "like", "than", "as")
        and not (following.endswith("ing") and low[at] in ("to", "for", "by", "with"))
    )


def listener_at(sentence: Tokens, after: int) -> Range | None:
    """Who was told: a pronoun, a name or a short noun phrase directly after the cue."""
    low, size = sentence.low, len(sentence)
    if after >= size:
        return None
    if low[after] in words("object") or low[after] in ("you", "it", "her"):
        return (after, after + 1)
    if not sentence.is_word(after) or low[after] in words("prep sub"):
        return None
    k = after + (low[after] in words("det poss"))
    nouns = 0
    while k < size and sentence.is_word(k) and k - after < 10:
        word = low[k]
        new_phrase = word in words("det poss subject") or word == "there"
        if word in words("aux sub wh time"):
            break
        if nouns and (new_phrase or word in words("prep adverb")):
            break
        if nouns and sentence.capital(k) != sentence.capital(k - 1) and not known_speaker(word):
            break
        nouns += word not in words("prep")
        k += 1
    return (after, k) if nouns else None


def _after_aside(sentence: Tokens, at: int) -> int | None:
    """The word after "on Monday", "yesterday", "in a statement": where a clause may begin."""
    low, size = sentence.low, len(sentence)
    k = at
    if low[k] in words("prep"):
        k += 1
        if k < size and low[k] in words("det poss"):
            k += 1
        k += 1
    elif low[k] in words("time adverb"):
        k += 1
    while k < size and k - at < 8 and low[k] not in words("aux") and low[k] not in ("to", "given"):
        if low[k] in words("time") or (low[k] == "," and k + 1 < size):
            k += 1
            continue
        if begins_phrase(sentence, k):
            return k
        if not sentence.is_word(k):
            return None
        k += 1
    return None
