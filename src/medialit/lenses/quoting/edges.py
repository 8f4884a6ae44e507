"""Where the message ends, and what stands before ", X said". Positions are word numbers in ``Tokens``."""

from __future__ import annotations

from medialit.lenses.quoting.attribution import Message
from medialit.lenses.quoting.lexicon import Cue, cues, words
from medialit.lenses.quoting.sources import Range, source_before
from medialit.lenses.quoting.tokens import MARKED, Tokens
from medialit.lenses.quoting.verbs import finite, has_verb, plural_before, verb_form, verb_like

_SPOKEN = ("say", "warn", "claim", "promise", "judge")


def clause_end(sentence: Tokens, start: int, at: int, who: Range) -> int:
    """The word after the last one of the message that begins at ``start``; ``at`` is the cue, ``who`` its source."""
    low, size = sentence.low, len(sentence)
    if low[start] == MARKED and _stands_alone(sentence, start, low[start - 1 : start]):
        return start + 1
    before = low[who[0] - 1] if who[0] else ""
    if before in words("det poss") and who[0] > 1:
        before = low[who[0] - 2]  # "After her | sister said"
    relative = low[who[0]] in words("rel") or (before in words("sub") and who[0] <= 2) or before in ("where", "which")
    # "Repeating his claim that ..., the mayor left": an opening clause ends at its comma.
    relative = relative or (
        at < start and low[0].endswith("ing") and low[0] != "according" and at < 6 and "," not in low[:at]
    )
    k = start
    while k < size:
        word = low[k]
        if k > start and _comments(sentence, k, at):
            return k
        if word == ";" or (word == ":" and size - k <= 4 and sentence.capital(size - 1)):
            return k  # also the source at the end of a headline: "... this month: NYT"
        comma_inside = word == MARKED and sentence.last_sign(k) == "," and k > start
        if comma_inside and (relative or _tail(sentence, k) or (k + 1 < size and _adds(sentence, k + 1))):
            return k + 1
        if word == "," and low[k + 1 : k + 2] in (["and"], ["but"]) and _introduces(sentence, k + 2):
            return k
        if word in (",", "—", "-") and k > start:
            if relative and k - start >= 3 and word == ",":
                return k
            if _leaves(sentence, k + 1, who):
                return k
        elif (
            word in ("and", "but", "while", "as")
            and _next_report(sentence, k, who)
            and (low[k + 1] in cues() or has_verb(sentence, start, k, True))
        ) or (word == "according" and low[k + 1 : k + 2] == ["to"] and k > start):
            return k
        k += 1
    return size


def _comments(sentence: Tokens, k: int, at: int) -> bool:
    """True where the reporter goes on: ", despite ...", ", a decision that ...", "before leaving", ", his voice shaking"."""
    low, size = sentence.low, len(sentence)
    if low[k] in ("before", "after", "while") and k + 1 < size and low[k + 1] in words("exit"):
        return True
    if low[k] == "as" and low[k - 1] == MARKED and low[k + 1 : k + 2] and low[k + 1] in words("subject"):
        return low[k + 2 : k + 3] in (["was"], ["were"])  # "“no shame” as she was led away"
    if low[k] != "," or k + 3 >= size:
        return False
    following, second = low[k + 1], low[k + 2]
    if following in ("though", "although"):
        # The reporter looks back from today: "said wages fell, though prices have since dropped".
        cue = cues().get(low[at])
        return bool(cue and cue.form == "past") and bool({"has", "have", "is", "are"} & set(low[k:]))
    if following in words("contrast") or (following == "even" and second in ("as", "though", "if")):
        return True
    if following == "before" and low[k - 1] == MARKED:
        return True
    if following in ("a", "an", "something") and any(
        low[m] in ("that", "which", "he", "she", "they") for m in range(k + 2, min(size, k + 6))
    ):
        return following == "something" or any(low[m] in words("resumed") for m in range(k + 2, min(size, k + 5)))
    if following in words("poss") and any(low[m].endswith("ing") for m in range(k + 3, min(size, k + 5))):
        return True
    if low[k - 1] == MARKED and following == "and" and verb_form(second) in ("past", "part") and second not in cues():
        return True
    return following == "but" and low[k + 2] not in words("subject") and _new_report(sentence, k + 2)


def _introduces(sentence: Tokens, at: int) -> bool:
    """True when the clause at word ``at`` ends in a colon and words in marks: ", and the sign tells why: "Closed"."""
    low = sentence.low
    colon = next((k for k in range(at, len(sentence) - 1) if low[k] in (":", ";", MARKED)), -1)
    return colon > 0 and low[colon : colon + 2] == [":", MARKED] and has_verb(sentence, at, colon, True)


def _new_report(sentence: Tokens, at: int) -> bool:
    """True when a clause with a subject and a verb of its own begins at word ``at``: ", but inspectors found cracks"."""
    if sentence.low[at] in words("aux prep"):
        return False
    return any(verb_like(sentence, m) for m in range(at + 1, min(len(sentence), at + 6)))


def matter_end(sentence: Tokens, start: int, stops: tuple[str, ...] = ()) -> int:
    """The word after a noun phrase that is a message: up to a comma, a new verb, a clause of time or one of ``stops``."""
    low, size = sentence.low, len(sentence)
    for k in range(start + 1, size):
        word = low[k]
        if word in (",", ";", ":", "—") and not (
            word == "," and (_goes_on(sentence, k + 1) or _listed(sentence, k + 1))
        ):
            return k
        if word in ("and", "but") and k + 1 < size:
            cue = cues().get(low[k + 1])
            if (cue and cue.form in ("past", "s")) or finite(sentence, k + 1):
                return k
        if word in ("while", "after", "before", "when", "because", "although", "though", "despite", *stops):
            return k
    return size


def _listed(sentence: Tokens, k: int) -> bool:
    """True when a list goes on after a comma: "new roads, | two clinics and a school"."""
    commas = 0
    for m in range(k, min(len(sentence) - 1, k + 12)):
        if sentence.low[m] in ("and", "or"):
            return m > k and not verb_like(sentence, m + 1)
        commas += sentence.low[m] == ","
        if commas > 2 or verb_like(sentence, m) or sentence.low[m] in words("sub rel"):
            break
    return False


def _goes_on(sentence: Tokens, k: int) -> bool:
    """True when a comma is followed by a participle that belongs to the noun phrase: "plans to go, leaving us"."""
    low = sentence.low
    k += low[k : k + 1] in (["instead"], ["thus"], ["thereby"], ["possibly"])
    return k < len(sentence) and low[k].endswith("ing") and low[k] not in cues()


def _stands_alone(sentence: Tokens, at: int, before: list[str]) -> bool:
    """True when a stretch in marks is the whole message and not the beginning of a longer one."""
    if sentence.last_sign(at) in ".,!?…" or at + 1 >= len(sentence):
        return True
    word = sentence.low[at + 1]
    if before in (["of"], ["about"], ["against"], ["for"]):
        return not sentence.is_word(at + 1)
    if word == "and" and sentence.low[at + 2 : at + 3] == ["that"]:
        return False
    return not sentence.is_word(at + 1) or word in words("and sub") or word in ("in", "at", "on", "during", "to")


def _leaves(sentence: Tokens, k: int, who: Range) -> bool:
    """True when the words after a comma no longer belong to the message."""
    low = sentence.low
    if k >= len(sentence):
        return False
    word = low[k]
    if word == "according" or _adds(sentence, k):
        return True
    if word in ("and", "but", "while", "although", "though", "whereas", "as"):
        return _next_report(sentence, k, who)
    return _tail(sentence, k)


def _adds(sentence: Tokens, k: int) -> bool:
    """True for "adding that", "specifically citing" and "said" at word ``k``: the same speaker goes on."""
    low = sentence.low
    cue = cues().get(low[k + 1] if low[k].endswith("ly") and k + 1 < len(sentence) else low[k])
    return bool(cue and (cue.form == "ing" or (cue.form == "past" and cue.verb in ("say", "tell", "add"))))


def _tail(sentence: Tokens, k: int) -> bool:
    """True for ", the mayor said." at the end of a sentence."""
    low = sentence.low
    for m in range(k + 1, min(len(sentence), k + 12)):
        cue = cues().get(low[m])
        told = low[m : m + 2] in (["was", "told"], ["were", "told"])
        spoken = cue and cue.form in ("past", "s") and not cue.noun and "clause" in cue.takes
        if spoken or told or low[m] in ("said", "says"):
            ends = m + 1 + told >= len(sentence) or low[m + 1 + told] in (".", ",", MARKED)
            return ends and source_before(sentence, m - 1) is not None
        if low[m] in (",", ";") or low[m] in words("aux"):
            return False
    return False


def _next_report(sentence: Tokens, k: int, who: Range) -> bool:
    """True when ``and``, ``but`` ... at word ``k`` begins a new report: "and added", "but the council denied"."""
    low = sentence.low
    for m in range(k + 1, min(len(sentence), k + 14)):
        word = low[m]
        cue = cues().get(word)
        plain = cue and cue.form == "base" and m == k + 1 and low[who[0]] in ("they", "we", "i", "you")
        plain = plain or (cue and cue.form == "base" and not cue.noun and m > k + 1 and plural_before(sentence, m - 1))
        if m == k + 1 and cue and cue.form in ("past", "s") and not cue.noun:
            return True
        if m == k + 2 and cue and low[k - 1] in (",", MARKED) and low[k + 1] in words("subject"):
            return cue.form in ("past", "s") and low[m + 1 : m + 2] == ["that"]  # "..., and he hoped that"
        if cue and (plain or (cue.form in ("past", "s") and not cue.noun)) and cue.sense in _SPOKEN:
            if m == k + 1 or low[m - 1] in words("adverb"):
                return True
            return source_before(sentence, m - 1) is not None and "quote" in cue.takes and m + 1 < len(sentence)
        if word == "," and k + 1 < m and _aside_then_cue(sentence, m):
            return True  # "..., while Ann Lee, an analyst, said"
        if word in (",", ";", ":", MARKED) or (word in words("aux") and word not in ("has", "have", "had")):
            return False
    return False


def _aside_then_cue(sentence: Tokens, comma: int) -> bool:
    low = sentence.low
    closing = next((k for k in range(comma + 1, min(len(sentence) - 1, comma + 10)) if low[k] == ","), None)
    cue = cues().get(low[closing + 1]) if closing else None
    return bool(cue and cue.form in ("past", "s") and not cue.noun)


def left_clause(sentence: Tokens, first: int, cue: Cue, sure: bool = False, apart: bool = False) -> Message | None:
    """What stands before ``..., X said``, or None. ``first`` is the word after the comma.

    ``sure``: the speaker makes it all but certain that a message stands before. ``apart``: a comma or another mark
    must part a stretch in marks from the speaker.
    """
    end = first
    while end > 0 and sentence.low[end - 1] in (",", "—", "-", "?", "!"):
        end -= 1
    if end <= 0:
        return None
    if sentence.low[end - 1] == MARKED:
        return _left_marks(sentence, end, cue, apart and end == first)
    if not cue.takes & {"that", "clause"}:
        return None
    start, end = trimmed(sentence, _clause_begin(sentence, end), end)
    if cue.sense == "hear" and has_verb(sentence, start, end):
        start = max((k + 1 for k in range(end) if sentence.low[k] == ";"), default=0)
        return Message(start, end, "clause")  # whatever stands before ", the court heard"
    if not _can_be_message(sentence, start, end):
        return None
    opening = _opening_phrase(sentence, start, end)
    begins = sentence.low[opening]
    trusted = sure and (cue.sense in _SPOKEN or "that" in cue.takes)
    trusted = trusted and begins not in words("prep") and not begins.endswith("ing")
    if trusted and sentence.low[first] in words("subject"):
        return Message(start, end, "clause")  # "plastic stiffens with age, she says"
    return Message(start, end, "clause") if has_verb(sentence, opening, end, trusted) else None


def _left_marks(sentence: Tokens, end: int, cue: Cue, touching: bool) -> Message | None:
    """The message that ends with a stretch in marks; ``touching`` when the speaker follows without a comma."""
    start = end - 1
    if not cue.takes & {"quote", "that"}:
        return None
    acted = cues().get(cue.verb, cue).noun
    if touching and (sentence.last_sign(start) not in ",.!?—…" or (acted and sentence.last_sign(start) == ".")):
        return None  # the "History" section said: the mark is part of the speaker; "We won." He smiled.
    # Words before the mark in the same clause belong to the message: The plan was "a disaster", Roe said.
    begin = _clause_begin(sentence, start)
    again = end < len(sentence) and sentence.low[end] in words("subject")
    if again and start > 1 and sentence.low[start - 1] in (",", ":") and sentence.low[start - 2] in cues():
        return Message(start, end, "mark")  # "Sanders said, "I'll let you guess," he said"
    short = sentence.end[start] - sentence.start[start] < 32
    if start - begin >= 2 and (short or has_verb(sentence, begin, start)):
        return Message(*trimmed(sentence, begin, end), "clause")
    return Message(start, end, "mark")


def _can_be_message(sentence: Tokens, start: int, end: int) -> bool:
    """False for what often stands before ", X said" and is no message: a time, an opening clause, a dateline."""
    low = sentence.low
    closes = low[end - 1] in words("adverb") and low[end - 1] not in words("object")
    if end - start < 3 or (low[end - 1] in words("time") and end - start < 5) or closes:
        return False
    if sentence.mark[start] and sentence.last_sign(start) in ",!?":
        return False  # "“We won,” said Roe, for fear": she has spoken
    if low[start] in words("sub") or low[start].endswith("ed"):
        return False  # "When he left, she said no", "Asked about it, she said no"
    return sentence.titled or sum(low[k].isalpha() and not sentence.capital(k) for k in range(start, end)) >= 2


def _opening_phrase(sentence: Tokens, start: int, end: int) -> int:
    """The word after "In the counties near Oz," and the like, where the clause proper begins."""
    low = sentence.low
    if low[start] not in words("prep") or low[start + 1] in ("least", "most") or low[start + 1][0].isdigit():
        return start + (low[start] in words("prep"))
    comma = next((k for k in range(start + 1, end) if low[k] == ","), end)
    return comma + 1 if end - comma > 4 else start


def _clause_begin(sentence: Tokens, end: int) -> int:
    for k in range(end - 1, 0, -1):
        if sentence.low[k] in (";", ":"):
            return k + 1
        if sentence.low[k] in ("and", "but") and sentence.low[k - 1] == "," and has_verb(sentence, k + 1, end):
            return k + 1
    return 0


def trimmed(sentence: Tokens, start: int, end: int) -> tuple[int, int]:
    """The words without punctuation, "that" and joining words at their edges."""
    low = sentence.low
    while start < end and low[start] in (",", ":", "—", "-", ".", "that", "and", "but"):
        if low[start : start + 2] == ["that", "'s"]:
            break
        start += 1
    while end > start and (
        low[end - 1] in (",", ";", ":", ".", "!", "?", "—", "-", "and", "but", "while", "as", "even", "...")
    ):
        end -= 1
    return start, end
