"""The rarer constructions of a reporting verb: passives, participles, "as X put it", quotations that are split."""

from __future__ import annotations

from collections.abc import Iterator

from medialit.lenses.quoting.attribution import Attribution, Message, reported
from medialit.lenses.quoting.clauses import Start, clause_start, names_matter
from medialit.lenses.quoting.cue_words import Reading
from medialit.lenses.quoting.edges import clause_end, left_clause, matter_end, trimmed
from medialit.lenses.quoting.lexicon import Cue, words
from medialit.lenses.quoting.sources import Range, known_speaker, source_after, source_before
from medialit.lenses.quoting.subjects import main_subject, subject_after_comma
from medialit.lenses.quoting.tokens import MARKED, Tokens
from medialit.lenses.quoting.verbs import has_verb


def message_end(sentence: Tokens, told: Start, at: int, who: Range) -> int:
    """The word after the message: of a noun phrase, or of a clause."""
    return matter_end(sentence, told.at) if told.how == "matter" else clause_end(sentence, told.at, at, who)


def has_object(sentence: Tokens, after: int) -> bool:
    """True when a noun phrase follows the cue: "as he suggests more talks", not "as he noted last year"."""
    if after >= len(sentence) or sentence.low[after] in words("time"):
        return False
    return names_matter(sentence, after) and sentence.low[after] != "it"


def what_they_call(sentence: Tokens, who: Range, after: int, at: int, cue: Cue) -> Iterator[Attribution]:
    """``what he calls a crisis``, ``what critics say is a trap``: the noun phrase is the message."""
    low, size = sentence.low, len(sentence)
    if "what" not in cue.takes:
        return
    start = after + (low[after : after + 1] in (["as"], ["is"], ["are"], ["was"], ["were"], ["to"]))
    start += low[start : start + 1] == ["be"]
    if start < size and (sentence.is_word(start) or low[start] == MARKED) and low[start] not in words("prep"):
        begin, end = trimmed(sentence, start, matter_end(sentence, start, ("with", "by", "as")))
        if begin < end:
            yield reported(sentence, Message(begin, end, "what"), who, at, cue, "subject before the cue", "right")


def second_half(sentence: Tokens, who: Range, after: int, at: int, cue: Cue) -> Iterator[Attribution]:
    """``"...," said Roe, "..."``: the second part belongs to the same speaker."""
    low = sentence.low
    k = after
    while k < len(sentence) and k - after < 14 and low[k] not in (",", ":", ".", ";", MARKED, "—"):
        k += 1
    if k >= len(sentence):
        return
    if low[k] == MARKED and k > after:
        return  # a mark in the middle of an aside: she told "Good Morning Oz" on Sunday
    start = k if low[k] == MARKED else k + 1
    if low[k] in (",", ":", "—") and low[start : start + 1] in (["adding"], ["and"], ["but"], ["who"]):
        return
    if start < len(sentence) and low[start] == MARKED:
        yield reported(
            sentence, Message(start, start + 1, "mark"), who, at, cue, "second part of a split quotation", "right"
        )


def aside_before(sentence: Tokens, first: int, after: int) -> bool:
    """True for ``The talks, she said, had failed``: commas around source and cue, then the verb."""
    low = sentence.low
    if low[first - 1 : first] != [","] or len(sentence) - after < 4:
        return False
    verb = low[after + (low[after] == ",")]
    return verb in words("aux") or (low[after] == "," and verb in words("finite"))


def in_the_middle(sentence: Tokens, who: Range, after: int, at: int, cue: Cue) -> Iterator[Attribution]:
    """``The talks, she said, had failed``: the part with the verb is the message."""
    start = after + (sentence.low[after] == ",")
    begin, end = trimmed(sentence, start, clause_end(sentence, start, at, (at, at + 1)))
    if end - begin >= 2:
        yield reported(sentence, Message(begin, end, "middle"), who, at, cue, "subject before the cue", "right")


def opening(sentence: Tokens, at: int, cue: Cue) -> Iterator[Attribution]:
    """``Added Roe: "We are late."``: the cue opens the sentence."""
    who = source_after(sentence, at + 1)
    if who:
        for k in range(who[1], min(len(sentence), who[1] + 16)):
            if sentence.low[k] == MARKED and sentence.low[k - 1] in (",", ":"):
                yield reported(sentence, Message(k, k + 1, "mark"), who, at, cue, "subject after the cue", "right")
                return


def as_said(sentence: Tokens, who: Range, at: int, cue: Cue) -> Iterator[Attribution]:
    """``As Roe put it, ...`` and ``..., as Roe noted``."""
    low, size, start = sentence.low, len(sentence), who[0] - 1
    comma = next((k for k in range(at + 1, min(size, at + 8)) if low[k] in (",", ".")), -1)
    if start == 0 and 0 < comma < size - 3:
        begin, end = trimmed(sentence, comma + 1, clause_end(sentence, comma + 1, at, who))
        if low[begin] == MARKED and end == begin + 1:
            yield reported(sentence, Message(begin, end, "mark"), who, at, cue, "after “as”, before the cue", "right")
        elif has_verb(sentence, begin, end, True):
            yield reported(sentence, Message(begin, end, "clause"), who, at, cue, "after “as”, before the cue", "right")
    elif start and low[start - 1] == "," and comma >= size - 1:
        what = left_clause(sentence, start, cue._replace(takes=frozenset({"quote", "that"})))
        if what:
            yield reported(sentence, what, who, at, cue, "after “as”, before the cue", "left")


def passive(sentence: Tokens, reading: Reading) -> Iterator[Attribution]:
    """ "was described by X as ...", "was quoted as saying ...", "was told by X that ..."."""
    low, at, cue = sentence.low, reading.at, reading.cue
    after = at + 1
    saying = as_saying(sentence, at)
    if saying:
        who = source_before(sentence, reading.left)
        medium = source_after(sentence, after + 1) if low[after] == "by" else None
        if who:
            yield from quoted_as(sentence, saying, who, medium, at, cue)
        return
    if low[after : after + 1] == ["by"]:
        who = source_after(sentence, after + 1)
        if who is None:
            return
        told = clause_start(sentence, who[1], cue._replace(takes=frozenset({"quote", "thatonly"})))
        if told:
            start, end = trimmed(sentence, told.at, message_end(sentence, told, at, who))
            if start < end:
                yield reported(
                    sentence,
                    Message(start, end, told.how),
                    who,
                    at,
                    cue,
                    "passive: the speaker stands after 'by'",
                    "right",
                )


def as_saying(sentence: Tokens, at: int) -> int | None:
    """The word after "as saying" when it follows a form of "quote" or "cite" at word ``at``."""
    low = sentence.low
    for k in range(at + 1, min(len(sentence) - 1, at + 25)):
        if low[k] == "as" and low[k + 1] in ("saying", "telling", "writing", "warning"):
            return k + 2
        if low[k] in (".", ";"):
            break
    return None


def quoted_as(
    sentence: Tokens, saying: int, who: Range, medium: Range | None, at: int, cue: Cue
) -> Iterator[Attribution]:
    """``Roe was quoted by the agency as saying ...``, ``the agency quoted Roe as saying ...``."""
    if who[0] >= who[1]:
        return
    told = clause_start(sentence, saying, cue._replace(takes=frozenset({"quote", "that"})))
    what = left_clause(sentence, min(who[0], at if medium is None else medium[0]), cue) if told is None else None
    if told:
        start, end = trimmed(sentence, told.at, message_end(sentence, told, at, who))
        what = Message(start, end, told.how) if start < end else None
    if what:
        found = reported(sentence, what, who, at, cue, "quoted as saying it", "right")
        found.medium = sentence.span(*medium) if medium else None
        yield found


def infinitive(sentence: Tokens, reading: Reading) -> Iterator[Attribution]:
    """ "went on to say that ...", "declined to say whether ..."."""
    at, cue = reading.at, reading.cue
    told = clause_start(sentence, at + 1, cue)
    if not told or told.how not in ("that", "mark", "colon") or sentence.low[told.at] == "what":
        return
    led = source_before(sentence, reading.left)  # "it led the authors to suspect that ..."
    known = led and known_speaker(sentence.low[reading.left])
    who = led if known else main_subject(sentence, reading.left)
    if who:
        start, end = trimmed(sentence, told.at, message_end(sentence, told, at, who))
        if start < end:
            yield reported(
                sentence, Message(start, end, told.how), who, at, cue, "subject of the verb before 'to'", "right"
            )


def participle(sentence: Tokens, reading: Reading) -> Iterator[Attribution]:
    """ "..., adding that ...", "a message stating ..."."""
    low, at, cue = sentence.low, reading.at, reading.cue
    told = clause_start(sentence, at + 1, cue)
    if told is None:
        return
    before = low[at - 1] if at else ""
    if before.endswith("ly") and at > 1:
        before = low[at - 2]  # ", specifically citing"
    if before in (",", "and", "while", "by", "before", "after", "when", "—", ""):
        who = main_subject(sentence, at) if at else subject_after_comma(sentence, told.at)
        note = "subject of the main verb"
    else:
        who, note = source_before(sentence, at - 1), "subject before the cue"
    if who is None:
        return
    start, end = trimmed(sentence, told.at, message_end(sentence, told, at, who))
    if start < end:
        yield reported(sentence, Message(start, end, told.how), who, at, cue, note, "right")
