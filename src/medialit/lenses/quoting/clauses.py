"""What is said: where the words that belong to a cue begin and end. Positions are word numbers in ``Words``."""

from __future__ import annotations

from typing import NamedTuple

from medialit.lenses.quoting.lexicon import Cue, cues, groups, words
from medialit.lenses.quoting.sources import Range, begins_phrase, source_before
from medialit.lenses.quoting.wording import MARKED, Words

_REACH = 16  # words between a cue and its "that"
_SPOKEN = ("say", "warn", "claim", "promise", "judge")
_STOPS = frozenset(".!?;")


class Told(NamedTuple):
    """Where the message begins, how we know, and who was told."""

    at: int
    how: str
    listener: Range | None = None


def clause_start(sentence: Words, after: int, cue: Cue) -> Told | None:
    """The first word of the message to the right of a cue whose last word stands before ``after``."""
    low, size = sentence.low, len(sentence)
    takes = cue.takes
    clause = "that" in takes or "clause" in takes or "thatonly" in takes
    if after >= size:
        return None
    asked = ("that", "whether") if cue.sense in ("think", "show") else ("that", "whether", "if", "how", "why", "what")
    if clause and low[after] in asked:
        return Told(after + (low[after] == "that"), "that") if after + 1 < size else None
    if low[after] == MARKED:
        # "a band called "Oz"" names it; "she called it "odd"" judges it.
        return None if "term" in takes else Told(after, "mark")
    if low[after] in (":", ",", "—", "-", "–") and after + 1 < size and low[after + 1] == MARKED:
        return Told(after + 1, "mark")
    if low[after] == ":" and after + 2 < size and clause:
        return Told(after + 1, "colon")
    if "to" in takes and low[after] == "to" and after + 1 < size:
        return Told(after, "to")
    if "of" in takes and low[after] in ("of", "about", "against", "for") and after + 1 < size:
        return Told(after + 1, "of")
    further = _further(sentence, after, cue, clause)
    if further:
        return further
    if ("that" in takes or "clause" in takes) and begins_clause(sentence, after, "that" in takes):
        return Told(after, "bare")
    if "as" in takes and sentence.is_word(after) and "as" in low[after + 1 : after + 25]:
        return Told(after, "as")
    if "term" in takes and sentence.is_word(after) and low[after] not in words("prep"):
        near = low[after + 1 : after + 25]
        return Told(after, "term") if MARKED in near and "," not in near[: near.index(MARKED)] else None
    if "about" in takes and (begins_phrase(sentence, after) or sentence.is_word(after)):
        return Told(after, "about") if low[after] not in words("prep") and low[after] not in words("and") else None
    return None


def _further(sentence: Words, after: int, cue: Cue, clause: bool) -> Told | None:
    """The message after a listener or a time or a place: "told reporters on Monday that ..."."""
    low, size = sentence.low, len(sentence)
    listener = _listener(sentence, after) if "listener" in cue.takes else None
    at = listener[1] if listener else after
    aside = at < size and (
        _adjunct(sentence, at) or low[at] in words("time") or low[at] in words("adverb") or low[at] == ","
    )
    if not listener and not aside:
        return None
    for k in range(at, min(size, at + _REACH)):
        word = low[k]
        if word == MARKED and (k == at or low[k - 1] in (",", ":", "—", "that") or not sentence.mark[k].children):
            if k == at or low[k - 1] in (",", ":", "—"):
                return Told(k, "mark", listener)
            break
        if word == "that" and clause and k + 1 < size:
            return Told(k + 1, "that", listener)
        if word in ("whether", "how", "why", "what", "if") and clause and k == at:
            return Told(k, "that", listener)
        if word == "to" and k == at and listener and "to" in cue.takes:
            return Told(k, "to", listener)
        if word == ":" and clause and k + 2 < size:
            return Told(k + 1, "colon", listener)
        if (cue_here := cues().get(word)) and cue_here.form == "ing" and k > at:
            break
        if word in _STOPS or (word in words("aux") and k > at) or (word in words("subject") and k > at):
            break
    if "that" not in cue.takes and "clause" not in cue.takes:
        return None
    if listener and begins_clause(sentence, at, True):
        return Told(at, "bare", listener)
    if aside and low[at] != ",":
        k = _after_aside(sentence, at)
        if k is not None and begins_clause(sentence, k, "that" in cue.takes):
            return Told(k, "bare", listener)
    return None


def _adjunct(sentence: Words, at: int) -> bool:
    """True for a preposition that may stand between cue and message: "said in a statement", not "admitted to being"."""
    low = sentence.low
    following = low[at + 1] if at + 1 < len(sentence) else "."
    if low[at] == "to":
        named = following in words("det") or following in words("poss") or following in words("object")
        return named or following in groups() or (at + 1 < len(sentence) and sentence.capital(at + 1))
    return (
        low[at] in words("prep")
        and low[at] not in ("of", "about", "against", "like", "than", "as")
        and not (following.endswith("ing") and low[at] in ("to", "for", "by", "with"))
    )


def _listener(sentence: Words, after: int) -> Range | None:
    """Who was told: a pronoun, a name or a short noun phrase directly after the cue."""
    low, size = sentence.low, len(sentence)
    if after >= size:
        return None
    if low[after] in words("object") or low[after] in ("you", "it", "her"):
        return (after, after + 1)
    if not sentence.is_word(after) or low[after] in words("prep") or low[after] in words("sub"):
        return None
    k = after + (low[after] in words("det") or low[after] in words("poss"))
    nouns = 0
    while k < size and sentence.is_word(k) and k - after < 10:
        word = low[k]
        new_phrase = word in words("det") or word in words("poss") or word in words("subject") or word == "there"
        if word in words("aux") or word in words("sub") or word in words("wh") or word in words("time"):
            break
        if nouns and (new_phrase or word in words("prep") or word in words("adverb")):
            break
        if nouns and sentence.capital(k) != sentence.capital(k - 1):
            break
        nouns += word not in words("prep")
        k += 1
    return (after, k) if nouns else None


def _after_aside(sentence: Words, at: int) -> int | None:
    """The word after "on Monday", "yesterday", "in a statement": where a clause may begin."""
    low, size = sentence.low, len(sentence)
    k = at
    if low[k] in words("prep"):
        k += 1
        if k < size and (low[k] in words("det") or low[k] in words("poss")):
            k += 1
        k += 1
    elif low[k] in words("time") or low[k] in words("adverb"):
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


def begins_clause(sentence: Words, at: int, trusted: bool) -> bool:
    """True when a clause can begin at word ``at``.

    ``trusted``: the verb is one that a clause follows ("said"); otherwise a helping verb must show that it is a clause.
    """
    low, size = sentence.low, len(sentence)
    if at >= size or low[at] in _STOPS or low[at] in (",", ":", ")", "and", "or", "but"):
        return False
    if low[at] == "by" and at + 1 < size and low[at + 1][0].isdigit():
        return trusted or has_verb(sentence, at, min(size, at + 30))
    if low[at] in words("wh") and low[at] != "that":
        return False
    if low[at] in ("to", "of", "about", "by", "with", "as", "for", "like", "from", "against", "so", "not"):
        return False
    if size - at < 3:
        return False
    trusted = trusted or low[at] in ("he", "she", "they", "we", "i", "there")
    return has_verb(sentence, at, min(size, at + 30), trusted)


def has_verb(sentence: Words, start: int, end: int, trusted: bool = False) -> bool:
    """True when a finite verb stands in the words, outside of a relative clause.

    Verbs are known by helping verbs, by the reporting verbs of the list and by the ending -ed. With ``trusted`` any
    two words that can be a phrase and something after it are enough.
    """
    low = sentence.low
    relative = 0
    for k in range(start, end):
        word = low[k]
        if word in words("rel") and k > start:
            relative += 1
        elif word in words("sub") and k > start and not trusted:
            relative += 1
        elif word in ("being", "having", "been"):
            continue
        elif word in ("and", "but") and not trusted and k > start and k + 1 < end and begins_phrase(sentence, k + 1):
            break
        elif (word in words("aux") and not (k > start and sentence.capital(k))) or (k > start and _finite(sentence, k)):
            if relative == 0:
                return True
            relative -= 1
        elif word in (";", ":") or (word == "," and not trusted and not _short_aside(sentence, k, end)):
            break
    return (
        trusted
        and end - start >= 4
        and (
            begins_phrase(sentence, start)
            or low[start] in words("subject")
            or sentence.capital(start)
            or low[start].endswith("s")
            or low[start] in words("prep")
        )
    )


def _short_aside(sentence: Words, comma: int, end: int) -> bool:
    """True when the comma opens a short aside: "the man, 45, died"."""
    return "," in sentence.low[comma + 1 : min(end, comma + 8)]


def _finite(sentence: Words, k: int) -> bool:
    word = sentence.low[k]
    if sentence.low[k - 1] in words("det") or sentence.low[k - 1] in words("prep") or not sentence.is_word(k):
        return False
    if word in words("finite"):
        return True
    cue = cues().get(word)
    if cue and cue.form in ("past", "s") and not cue.noun and not word.endswith("ed"):
        return True
    following = sentence.low[k + 1] if k + 1 < len(sentence) else "."
    if not word.endswith("ed") or len(word) < 5:
        return False
    if sentence.low[k - 1] in words("subject"):
        return True
    # "festivals related to", "recommended doses": only what follows shows that -ed is the verb of its clause.
    return (
        following in words("det")
        or following in words("poss")
        or following in words("object")
        or following in ".,;"
        or following in ("that", MARKED)
        or (following.endswith("ing") and len(following) > 5)
        or (sentence.capital(k + 1) and not sentence.capital(k) and following not in words("time"))
    )


def clause_end(sentence: Words, start: int, at: int, who: Range) -> int:
    """The word after the last one of the message that begins at ``start``; ``at`` is the cue, ``who`` its source."""
    low, size = sentence.low, len(sentence)
    if low[start] == MARKED and _stands_alone(sentence, start, low[start - 1 : start]):
        return start + 1
    relative = low[who[0]] in words("rel") or (who[0] > 0 and low[who[0] - 1] in words("sub") and who[0] <= 2)
    # "Repeating his claim that ..., the mayor left": an opening clause ends at its comma.
    relative = relative or (
        at < start and low[0].endswith("ing") and low[0] != "according" and at < 6 and "," not in low[:at]
    )
    k = start
    while k < size:
        word = low[k]
        if word == ";":
            return k
        if word == MARKED and k > start and sentence.text[sentence.mark[k].inner.end - 1] == ",":
            if relative or _tail(sentence, k):
                return k + 1
        if word in (",", "—", "-") and k > start:
            if relative and k - start >= 3 and word == ",":
                return k
            if _leaves(sentence, k + 1, who):
                return k
        elif word in ("and", "but", "while", "as") and k > start and _next_report(sentence, k, who):
            return k
        elif word == "according" and low[k + 1 : k + 2] == ["to"] and k > start:
            return k
        k += 1
    return size


def plural_before(sentence: Words, at: int) -> bool:
    """True when a base form can be a verb here: after a plural or a plural pronoun."""
    if at < 0:
        return False
    word = sentence.low[at]
    if word in words("adverb") and at > 0:
        return plural_before(sentence, at - 1)
    if word in words("plural") or groups().get(word) == "people":
        return True
    return (word.endswith("s") and not word.endswith(("ss", "'s"))) or word in ("who", "which", "that", ",", "and", ")")


def _stands_alone(sentence: Words, at: int, before: list[str]) -> bool:
    """True when a stretch in marks is the whole message and not the beginning of a longer one."""
    mark = sentence.mark[at]
    if mark and sentence.text[mark.inner.end - 1 : mark.inner.end] in ".,!?…":
        return True
    if at + 1 >= len(sentence):
        return True
    word = sentence.low[at + 1]
    if before in (["of"], ["about"], ["against"], ["for"]):
        return not sentence.is_word(at + 1)
    return (
        not sentence.is_word(at + 1)
        or word in words("and")
        or word in words("sub")
        or word in ("in", "at", "on", "during", "to")
    )


def _leaves(sentence: Words, k: int, who: Range) -> bool:
    """True when the words after a comma no longer belong to the message."""
    low = sentence.low
    if k >= len(sentence):
        return False
    word = low[k]
    cue = cues().get(word)
    if cue and (cue.form == "ing" or (cue.form == "past" and cue.verb in ("say", "tell", "add"))):
        return True
    if word == "according":
        return True
    if word in ("and", "but", "while", "although", "though", "whereas", "as"):
        return _next_report(sentence, k, who)
    return _tail(sentence, k)


def _tail(sentence: Words, k: int) -> bool:
    """True for ", the mayor said." at the end of a sentence."""
    low = sentence.low
    for m in range(k + 1, min(len(sentence), k + 12)):
        cue = cues().get(low[m])
        if cue and cue.form in ("past", "s") and not cue.noun and "clause" in cue.takes or low[m] in ("said", "says"):
            ends = m + 1 >= len(sentence) or low[m + 1] in (".", ",", MARKED)
            return ends and source_before(sentence, m - 1) is not None
        if low[m] in (",", ";") or low[m] in words("aux"):
            return False
    return False


def _next_report(sentence: Words, k: int, who: Range) -> bool:
    """True when ``and``, ``but`` ... at word ``k`` begins a new report: "and added", "but the council denied"."""
    low = sentence.low
    for m in range(k + 1, min(len(sentence), k + 14)):
        word = low[m]
        cue = cues().get(word)
        plain = cue and cue.form == "base" and m == k + 1 and low[who[0]] in ("they", "we", "i", "you")
        plain = plain or (cue and cue.form == "base" and not cue.noun and m > k + 1 and plural_before(sentence, m - 1))
        if m == k + 1 and cue and cue.form in ("past", "s") and not cue.noun:
            return True
        if cue and (plain or (cue.form in ("past", "s") and not cue.noun)) and cue.sense in _SPOKEN:
            if m == k + 1 or low[m - 1] in words("adverb"):
                return True
            return source_before(sentence, m - 1) is not None and "quote" in cue.takes and m + 1 < len(sentence)
        if word in (",", ";", ":", MARKED) or (word in words("aux") and word not in ("has", "have", "had")):
            return False
    return False


def left_clause(
    sentence: Words, first: int, cue: Cue, sure: bool = False, apart: bool = False
) -> tuple[int, int, str] | None:
    """What stands before ``..., X said``: words (start, end, how), or None. ``first`` is the word after the comma.

    ``sure``: the speaker makes it all but certain that a message stands before. ``apart``: a comma or another mark
    must part a stretch in marks from the speaker.
    """
    low = sentence.low
    end = first
    while end > 0 and low[end - 1] in (",", "—", "-", "?", "!"):
        end -= 1
    if end <= 0:
        return None
    if low[end - 1] == MARKED:
        start = end - 1
        if "quote" not in cue.takes and "that" not in cue.takes:
            return None
        # The "History" section said: a mark that only stands before the source is no message.
        if apart and end == first and sentence.text[sentence.mark[start].inner.end - 1] not in ",.!?—…":
            return None
        # Words before the mark in the same clause belong to the message: The plan was "a disaster", Roe said.
        begin = _clause_begin(sentence, start)
        short = sentence.mark[start].inner.end - sentence.mark[start].inner.start < 30
        if start - begin >= 2 and (short or has_verb(sentence, begin, start)):
            return (*trimmed(sentence, begin, end), "clause")
        return (start, end, "mark")
    if "that" not in cue.takes and "clause" not in cue.takes:
        return None
    start, end = trimmed(sentence, _clause_begin(sentence, end), end)
    if end - start < 3 or (low[end - 1] in words("time") and end - start < 5) or low[end - 1] in words("adverb"):
        return None
    if low[start] in words("sub") or low[start].endswith("ed"):
        return None  # "When he left, she said no", "Asked about it, she said no"
    if sum(low[k].isalpha() and not sentence.capital(k) for k in range(start, end)) < 2:
        return None  # a dateline
    trusted = (
        sure
        and (cue.sense in _SPOKEN or "that" in cue.takes)
        and low[start] not in words("prep")
        and not low[start].endswith("ing")
    )
    return (start, end, "clause") if has_verb(sentence, start, end, trusted) else None


def _clause_begin(sentence: Words, end: int) -> int:
    for k in range(end - 1, 0, -1):
        if sentence.low[k] in (";", ":"):
            return k + 1
        if sentence.low[k] in ("and", "but") and sentence.low[k - 1] == "," and has_verb(sentence, k + 1, end):
            return k + 1
    return 0


def trimmed(sentence: Words, start: int, end: int) -> tuple[int, int]:
    """The words without punctuation, "that" and joining words at their edges."""
    low = sentence.low
    while start < end and (low[start] in (",", ":", "—", "-", ".", "that") or low[start] in ("and", "but")):
        start += 1
    while end > start and (
        low[end - 1] in (",", ";", ":", ".", "!", "?", "—", "-", "and", "but", "while", "as", "...")
    ):
        end -= 1
    return start, end
