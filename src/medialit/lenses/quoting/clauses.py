"""Where the message begins: after "that", a colon, a mark, or straight after the cue. Positions are word numbers."""

from __future__ import annotations

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
    """The first word of the message to the right of a cue whose last word stands before ``after``."""
    low, size = sentence.low, len(sentence)
    takes = cue.takes
    clause = "that" in takes or "clause" in takes or "thatonly" in takes
    if after >= size:
        return None
    asked = ("that", "whether") if cue.sense in ("think", "show") else ("that", "whether", "if", "how", "why", "what")
    if clause and low[after] in asked and after + 1 < size and sentence.is_word(after + 1):
        return Start(after + (low[after] == "that"), "that") if after + 1 < size else None
    if low[after].endswith("ly") and low[after + 1 : after + 2] in (["that"], ["how"], ["why"], [":"], [MARKED]):
        return clause_start(sentence, after + 1, cue)  # "noted drily that"
    if low[after] == MARKED:
        # "a band called "Oz"" names it; "she called it "odd"" judges it.
        # "to inform "the enemies" about it": the mark is who was told.
        told = "listener" in takes and after + 1 < size and sentence.is_word(after + 1)
        named = "term" in takes and cue.form not in ("s", "base") and low[after - 2] not in words("subject")
        return None if named or told else Start(after, "mark")
    if low[after] in (":", ",", "—", "-", "–") and after + 1 < size and low[after + 1] == MARKED:
        return Start(after + 1, "mark")
    if low[after] == ":" and after + 2 < size and clause:
        return Start(after + 1, "colon")
    relative = low[after - 2] in words("subject") or (MARKED in low[after:] and words("rel") & set(low[:after]))
    if "as" in takes and low[after] == "as" and relative:
        return Start(after + 1, "as") if after + 1 < size else None  # "a claim he described as "odd""
    if "to" in takes and low[after] == "to" and names_deed(sentence, after + 1):
        unsaid = cue.verb == "decline" and low[after + 1] in words("unsaid")
        return None if unsaid else Start(after, "to")
    if "on" in takes and low[after] in ("on", "upon"):
        to = next((k for k in range(after + 2, min(size, after + 12)) if low[k] == "to"), size)
        return Start(to, "to", (after + 1, to)) if names_deed(sentence, to + 1) else None
    if "np" in takes and names_matter(sentence, after):
        to = next((k for k in range(after + 1, min(size, after + 8)) if low[k] == "to"), size)
        if names_deed(sentence, to + 1) and not has_verb(sentence, after, to):
            return Start(after, "to")
    if "of" in takes and low[after] in ("of", "about", "against", "for") and after + 1 < size:
        return Start(after + 1, "of") if low[after + 1] not in words("object subject") else None
    if f"+{low[after]}" in takes and after + 1 < size and low[after + 1] not in groups():
        return Start(after + 1, "of")
    if cue.verb == "plead" and "guilty" in low[after : after + 2]:
        return Start(after, "matter")
    further = _further(sentence, after, cue, clause)
    if further:
        return further
    sure = "that" in takes or (cue.sense == "hear" and sentence.capital(after))
    if (sure or "clause" in takes) and begins_clause(sentence, after, sure):
        return Start(after, "bare")
    near = low[after + 1 : after + 25]
    announces = any(low[k] == ":" and low[k + 1] == MARKED for k in range(after, size - 1))
    near = near[: next((k for k, word in enumerate(near) if word in (",", ";")), 25)]
    if "as" in takes and not announces and sentence.is_word(after) and "as" in near and low[after] not in words("prep"):
        return Start(after, "as")
    if "like" in takes and "to" in near and MARKED in near and not announces:
        return Start(after, "about")
    if "over" in takes and not announces and sentence.is_word(after) and {"as", "for", "over"} & set(near):
        return Start(after, "about")
    if "term" in takes and sentence.is_word(after) and low[after] not in words("prep"):
        return Start(after, "term") if MARKED in near or _named_so(sentence, after) else None
    # "citing two officials" names a source, not a message.
    named = cue.verb == "cite" and any(known_speaker(w) for w in low[after : after + 4])
    if "matter" in takes and not named and names_matter(sentence, after):
        return Start(after, "matter")
    if "about" in takes and not announces and (begins_phrase(sentence, after) or sentence.is_word(after)):
        small = low[after] in words("prep and particle")
        return None if small else Start(after, "about")
    return None


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
