"""The rarer constructions of a reporting verb: passives, participles, "as X put it", quotations that are split."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from medialit.lenses.quoting.attribution import Attribution, Message, reported
from medialit.lenses.quoting.clauses import Start, clause_start, names_matter
from medialit.lenses.quoting.cue_words import Reading
from medialit.lenses.quoting.edges import clause_end, left_clause, matter_end, trimmed
from medialit.lenses.quoting.lexicon import Cue, cues, nouns, words
from medialit.lenses.quoting.sources import Range, known_speaker, noun_before, source_after, source_before
from medialit.lenses.quoting.subjects import main_subject, speaks, subject_after_comma
from medialit.lenses.quoting.tokens import MARKED, Tokens
from medialit.lenses.quoting.verbs import begins_phrase, has_verb, verb_form, verb_like

_NOBODY = frozenset({"nobody", "anyone", "anybody"})


def message_end(sentence: Tokens, told: Start, at: int, who: Range) -> int:
    """The word after the message: of a noun phrase, or of a clause."""
    end = matter_end(sentence, told.at) if told.how == "matter" else clause_end(sentence, told.at, at, who)
    noun_phrase = told.how in ("matter", "about")
    if noun_phrase and sentence.low[who[0]] in words("rel"):
        # "Voters who backed the tax | said": the verb of the main clause ends what the relative clause is about.
        end = next((k for k in range(told.at + 1, end) if verb_like(sentence, k)), end)
    return end


def on_the_right(
    sentence: Tokens, told: Start | None, who: Range, at: int, cue: Cue, note: str
) -> Iterator[Attribution]:
    """The message that begins at ``told``, up to its end; nothing where none is left without its punctuation."""
    start, end = trimmed(sentence, told.at, message_end(sentence, told, at, who)) if told else (0, 0)
    if told and start < end:
        yield reported(sentence, Message(start, end, told.how), who, at, cue, note)


def has_object(sentence: Tokens, after: int) -> bool:
    """True when a noun phrase follows the cue: "as he suggests more talks", not "as he noted last year"."""
    if after >= len(sentence) or sentence.low[after] in words("time"):
        return False
    return names_matter(sentence, after) and sentence.low[after] != "it"


def what_they_call(sentence: Tokens, who: Range, after: int, at: int, cue: Cue) -> Iterator[Attribution]:
    """``what he calls a crisis``, ``whom he described as a friend``: the noun phrase is the message."""
    low, size = sentence.low, len(sentence)
    if "what" not in cue.takes:
        return
    start = after + (low[after : after + 1] in (["as"], ["is"], ["are"], ["was"], ["were"], ["to"]))
    start += low[start : start + 1] == ["be"]
    if start < size and (sentence.is_word(start) or low[start] == MARKED) and low[start] not in words("prep"):
        begin, end = trimmed(sentence, start, matter_end(sentence, start, ("with", "by", "as")))
        if begin < end:
            yield reported(sentence, Message(begin, end, "what"), who, at, cue, "subject before the cue")


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
        yield reported(sentence, Message(start, start + 1, "mark"), who, at, cue, "second part of a split quotation")


def around(sentence: Tokens, first: int, last: int) -> Range | None:
    """The message that runs on both sides of words ``first`` to ``last``: ``The talks, | she said, | had failed``.

    Commas part them from it. Only "Instead," or "However," before them is left out: what follows is the message.
    """
    low = sentence.low
    if first < 2 or low[first - 1] != "," or low[last : last + 1] != [","]:
        return None
    end = clause_end(sentence, last + 1, first, (first, last)) if last + 1 < len(sentence) else last
    if end - last < 3 or low[last + 1] == MARKED or low[first - 2] == MARKED or low[last + 1] in words("rel"):
        return None
    begin = _clause_begin_before(sentence, first - 1)
    if sentence.mark[begin] and sentence.last_sign(begin) in ",!?":
        return None  # ""We won," said Roe, for fear, he said, of silence": she has spoken
    links = words("link and")
    if all(word in links or word in words("adverb") for word in low[begin : first - 1]):
        return trimmed(sentence, last + 1, end) if has_verb(sentence, last + 1, end, True) else None
    if low[begin] != "that":
        begin, end = trimmed(sentence, begin, end)
    goes_on = verb_form(low[last + 1]) or low[last + 1] in words("aux neg")
    if low[begin] in words("opener") and begins_phrase(sentence, last + 1):
        return begin, end  # "When he was a boy, he tells me, you could hear them"
    whole = has_verb(sentence, last + 1, end) and not has_verb(sentence, begin, first - 1)
    aside = any(
        low[k] in nouns() or low[k] in ("interview", "speech", "tweet", "post") for k in range(begin, first - 1)
    )
    return (begin, end) if begin < first - 1 and (goes_on or (whole and not aside)) else None


def _clause_begin_before(sentence: Tokens, end: int) -> int:
    """The word after the last semicolon or colon before ``end``; 0 without one."""
    return next((k + 1 for k in range(end - 1, -1, -1) if sentence.low[k] in (";", ":")), 0)


def in_the_middle(sentence: Tokens, who: Range, first: int, last: int, at: int, cue: Cue) -> Iterator[Attribution]:
    """``The talks, she said, had failed``: source and cue are words ``first`` to ``last``."""
    relative = sentence.low[who[0]] in words("rel")  # "Roe, who has offered help, was ..."
    both = around(sentence, first, last) if cue.takes & {"that", "clause"} and not relative else None
    if both and both[0] < both[1]:
        note = "subject before the cue" if who[0] < at else "subject after the cue"
        yield reported(sentence, Message(*both, "middle"), who, at, cue, note)


def opening(sentence: Tokens, at: int, cue: Cue) -> Iterator[Attribution]:
    """``Added Roe: "We are late."``: the cue opens the sentence."""
    who = source_after(sentence, at + 1)
    if who:
        for k in range(who[1], min(len(sentence), who[1] + 16)):
            if sentence.low[k] == MARKED and sentence.low[k - 1] in (",", ":"):
                yield reported(sentence, Message(k, k + 1, "mark"), who, at, cue, "subject after the cue")
                return


def as_said(sentence: Tokens, who: Range, at: int, cue: Cue) -> Iterator[Attribution]:
    """``As Roe put it, ...`` and ``..., as Roe noted``."""
    low, size, start = sentence.low, len(sentence), who[0] - 1
    comma = next((k for k in range(at + 1, min(size, at + 8)) if low[k] in (",", ".")), -1)
    if start == 0 and 0 < comma < size - 3:
        begin, end = trimmed(sentence, comma + 1, clause_end(sentence, comma + 1, at, who))
        if low[begin] == MARKED and end == begin + 1:
            yield reported(sentence, Message(begin, end, "mark"), who, at, cue, "after “as”, before the cue")
        elif has_verb(sentence, begin, end, True):
            yield reported(sentence, Message(begin, end, "clause"), who, at, cue, "after “as”, before the cue")
    elif start and low[start - 1] in (",", MARKED) and comma >= size - 1:
        what = left_clause(sentence, start, cue._replace(takes=frozenset({"quote", "that"})))
        if what:
            yield reported(sentence, what, who, at, cue, "after “as”, before the cue")


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
    by = next((k for k in range(after, min(len(sentence), after + 12)) if low[k] == "by"), None)
    if by is not None and low[after] == "as" and by > after + 1:
        # "described as "a disgrace" by its sponsor"
        who = source_after(sentence, by + 1)
        if who:
            who = _with_name(sentence, who)
            begin, end = trimmed(sentence, after + 1, by)
            how = "mark" if low[begin] == MARKED and end == begin + 1 else "as"
            yield reported(sentence, Message(begin, end, how), who, at, cue, "passive: the speaker comes after 'by'")
        return
    if by == after:
        who = source_after(sentence, after + 1)
        if who is None:
            return
        kinds = {"quote", "thatonly"} | ({"of"} if cue.sense in ("judge", "warn", "claim") else set())
        start = who[1] + (low[who[1] : who[1] + 1] == ["as"])
        told = clause_start(sentence, start, cue._replace(takes=frozenset(kinds)))
        yield from on_the_right(sentence, told, who, at, cue, "passive: the speaker comes after 'by'")


def told_by_nobody(sentence: Tokens, reading: Reading) -> list[Attribution]:
    """``He was told that ...``, ``..., the court was told``: who says it is left out."""
    cue = reading.cue
    who = source_before(sentence, reading.left) if "listener" in cue.takes and cue.sense != "urge" else None
    if not who:
        return []
    told = clause_start(sentence, reading.at + 1, cue)
    what = None if told or not hears(sentence, who) else left_clause(sentence, who[0], cue._replace(sense="hear"))
    made = [reported(sentence, what, who, reading.at, cue, "")] if what else []
    return heard(sentence, who, made or on_the_right(sentence, told, who, reading.at, cue, ""))


def hears(sentence: Tokens, who: Range) -> bool:
    """True for a court, an inquiry, a committee: before them people speak."""
    return bool(words("hearing") & set(sentence.low[who[0] : who[1]]))


def heard(sentence: Tokens, who: Range, made: Iterable[Attribution]) -> list[Attribution]:
    """What a court or somebody else was told: ``who`` is no speaker but the one who is told."""
    found = list(made)
    for one in found:
        shown = sentence.text[slice(*sentence.span(*who))]
        one.speaker, one.listener, one.why[1:] = (
            None,
            sentence.span(*who),
            [f"who says it is left out; told: “{shown}”"],
        )
    return found


def as_called(sentence: Tokens, who: Range, at: int, cue: Cue) -> Attribution | None:
    """``the “milk run”, as drivers call the first tram``: the name in marks is the message."""
    k = who[0] - 2
    k -= k > 0 and sentence.low[k] == ","
    if k < 0 or sentence.low[k] != MARKED or not cue.takes & {"term", "as"}:
        return None
    return reported(sentence, Message(k, k + 1, "mark"), who, at, cue, "after “as”, before the cue")


def _with_name(sentence: Tokens, who: Range) -> Range:
    """``its sponsor, Karl Voss``: the source with the name that follows it."""
    beside = source_after(sentence, who[1] + 1) if sentence.low[who[1] : who[1] + 1] == [","] else None
    named = beside and sentence.capital(beside[0]) and not sentence.capital(who[1] - 1)
    return (who[0], beside[1]) if beside and named else who


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
    note = "quoted as saying it"
    made = [reported(sentence, what, who, at, cue, note)] if what else on_the_right(sentence, told, who, at, cue, note)
    for found in made:
        found.medium = sentence.span(*medium) if medium else None
        yield found


def said_by_nobody(sentence: Tokens, reading: Reading, who: Range) -> bool:
    """True for "nobody thought it was true", "no one said that", and "we want no one to think that"."""
    low = sentence.low
    before = low[reading.left - 1 : reading.left] if reading.infinitive else []
    return low[who[0]] in _NOBODY or low[who[0] : who[0] + 2] == ["no", "one"] or bool(_NOBODY & set(before))


def infinitive(sentence: Tokens, reading: Reading) -> Iterator[Attribution]:
    """ "went on to say that ...", "declined to say whether ..."."""
    at, cue, before = reading.at, reading.cue, cues().get(sentence.low[reading.left - 1] if reading.left else "")
    asks = cue.verb == "know" and before and before.verb in ("want", "ask", "demand")  # "wanted to know if"
    told = clause_start(sentence, at + 1, cue._replace(sense="ask") if asks else cue)
    judged = told and told.how in ("as", "term") and MARKED in sentence.low[told.at :]  # "went on to call it “odd”"
    if (
        not told
        or not (judged or told.how in ("that", "mark", "colon"))
        or (sentence.low[told.at] == "what" and not asks)
    ):
        return
    if before and before.verb in ("decline", "refuse") and cue.verb in words("unsaid"):
        return
    led = source_before(sentence, reading.left)  # "it led the authors to suspect that ..."
    known = led and known_speaker(sentence.low[reading.left])
    who = led if known else main_subject(sentence, reading.left)
    if who and not said_by_nobody(sentence, reading, who):
        yield from on_the_right(sentence, told, who, at, cue, "subject of the verb before 'to'")


def participle(sentence: Tokens, reading: Reading) -> Iterator[Attribution]:
    """ "..., adding that ...", "a message stating ..."."""
    low, at, cue = sentence.low, reading.at, reading.cue
    told = clause_start(sentence, at + 1, cue)
    if told is None or (told.how == "about" and words("thing") & set(low[told.at : told.at + 3])):
        return  # "slamming the door"
    before = low[at - 1] if at else ""
    if before.endswith("ly") and at > 1:
        before = low[at - 2]  # ", specifically citing"
    if before == MARKED and sentence.last_sign(at - 1) == ",":
        before = ","
    if before in (",", "and", "while", "by", "before", "after", "when", "—", ""):
        who = main_subject(sentence, at) if at else subject_after_comma(sentence, told.at)
        note = "subject of the main verb"
    else:
        pronoun = before in words("subject")
        who, note = (source_before if pronoun else noun_before)(sentence, at - 1), "subject before the cue"
        if who and who[0] and low[who[0] - 1] in words("aux") and verb_form(low[who[0]]):
            left = next((k for k in range(who[0] - 1, 0, -1) if low[k] not in words("aux adverb")), 0)
            who = source_before(sentence, left)  # "one man was | led away shouting"
        who = who if who and speaks(sentence, who) else None
    if who:
        yield from on_the_right(sentence, told, who, at, cue, note)
