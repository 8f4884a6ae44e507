"""Reporting verbs: "X said that ...", "..., X said", "..., said X", "X, who said ...", "X was told that ...".

For every word of a sentence that may be a reporting verb:

1. Read it: a verb or a noun? Active or passive? ("the report", "was reported by")
2. Look left for who speaks; after a comma or a mark directly before the verb, look right ("..., said X").
3. Look right for what is said: after "that", a colon, a mark, or straight away where the verb allows it.
4. When nothing stands on the right, what was said stands on the left, before a comma.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from medialit.article import Span
from medialit.lenses.quoting import turns
from medialit.lenses.quoting.clauses import clause_start, listener_at
from medialit.lenses.quoting.cue_words import Reading, read_cue
from medialit.lenses.quoting.edges import left_clause, trimmed
from medialit.lenses.quoting.finding import Finding, reported
from medialit.lenses.quoting.lexicon import Cue, words
from medialit.lenses.quoting.sources import Range, source_after, source_before
from medialit.lenses.quoting.subjects import main_subject, speaks
from medialit.lenses.quoting.wording import MARKED, Words


def reports(sentence: Words, lexicon: Mapping[str, Cue]) -> Iterator[Finding]:
    """Every attribution that a reporting verb makes in one sentence."""
    for at, word in enumerate(sentence.low):
        cue = lexicon.get(word)
        if cue and (not cue.particle or sentence.low[at + 1 : at + 2] == [cue.particle]):
            reading = read_cue(sentence, at, cue)
            if reading:
                yield from _attributions(sentence, reading)


def _attributions(sentence: Words, reading: Reading) -> Iterator[Finding]:
    at, cue = reading.at, reading.cue
    if reading.passive:
        yield from turns.passive(sentence, reading)
        return
    if reading.infinitive:
        yield from turns.infinitive(sentence, reading)
        return
    if cue.form == "ing" and not reading.helped:
        yield from turns.participle(sentence, reading)
        return
    before = sentence.low[at - 1] if at else ""
    after_cue = at + 1 + bool(cue.particle)
    # "..., said Jane Roe": the verb stands directly after what was said.
    if before in (",", MARKED, "?", "!", "—", "-") and not reading.helped and _inverts(cue):
        who = source_after(sentence, after_cue)
        what = left_clause(sentence, at, cue, bool(who) and speaks(sentence, who))
        if who and what and not (what[2] != "mark" and _told_more(sentence, after_cue, who)):
            yield reported(sentence, what, who, at, cue, "subject after the cue", "left")
            yield from turns.second_half(sentence, who, who[1], at, cue)
            return
    if at == 0 and cue.form in ("past", "s") and _inverts(cue):
        yield from turns.opening(sentence, at, cue)
        return
    who = _who_before(sentence, reading)
    if who is None:
        return
    first = who[0]
    object_ = turns.has_object(sentence, after_cue) and "listener" not in cue.takes
    if first and sentence.low[first - 1] == "as" and not object_:
        yield from turns.as_said(sentence, first - 1, who, at, cue)
        return
    saying = turns.as_saying(sentence, at) if cue.verb in ("quote", "cite") else None
    if saying:
        # "the paper quoted Xiao, the mayor, as saying": all between the cue and "as" is the speaker.
        yield from turns.quoted_as(sentence, saying, trimmed(sentence, after_cue, saying - 2), who, at, cue)
        return
    if first and sentence.low[first - 1] == "what":
        yield from turns.what_they_call(sentence, who, after_cue, at, cue)
        return
    told = clause_start(sentence, after_cue, cue)
    if told and told.how == "matter" and (sentence.low[-1] == ":" or not speaks(sentence, who)):
        return
    if cue.takes & {"that", "clause"} and turns.aside_before(sentence, first, after_cue):
        yield from turns.in_the_middle(sentence, who, after_cue, at, cue)
        return
    what = (
        left_clause(sentence, first, cue, True, True)
        if sentence.low[first - 1 : first] in ([","], [MARKED], ["—"])
        else None
    )
    if told is None or (what and what[2] == "mark"):
        if what:
            found = reported(sentence, what, who, at, cue, "subject before the cue", "left")
            listener = listener_at(sentence, after_cue) if "listener" in cue.takes else None
            found.listener = sentence.span(*listener) if listener else None
            yield found
            yield from turns.second_half(sentence, who, after_cue, at, cue)
        return
    if cue.noun and not reading.helped and not speaks(sentence, who):
        return  # "opening remarks the mayor made"
    if told.how == "matter" and cue.form == "base" and sentence.low[reading.left] in ("and", ","):
        return  # "wanted to meet them and express support"
    end = turns.message_end(sentence, told, at, who)
    if told.how == "bare" and what and end - told.at < 3:
        yield reported(sentence, what, who, at, cue, "subject before the cue", "left")
        return
    start, end = trimmed(sentence, told.at, end)
    if start < end:
        found = reported(sentence, (start, end, told.how), who, at, cue, "subject before the cue", "right")
        found.listener = sentence.span(*told.listener) if told.listener else None
        yield found


def _inverts(cue: Cue) -> bool:
    """True for verbs that stand before their speaker: "said Roe", but not "told Roe" and not "blamed Roe"."""
    return "listener" not in cue.takes and cue.sense != "judge"


def _told_more(sentence: Words, after_cue: int, who: Range) -> bool:
    """True when the words after the cue look like a message rather than a speaker: "..., said he would go"."""
    following = who[1]
    if following >= len(sentence):
        return False
    word = sentence.low[following]
    return word in words("aux") and not (word in ("has", "have", "had") and sentence.low[following - 1] == ",")


def _who_before(sentence: Words, reading: Reading) -> Range | None:
    """The subject to the left of the cue, over "and" when a verb before it has the same subject."""
    who = source_before(sentence, reading.left)
    if who is not None or reading.left < 0:
        return who
    if sentence.low[reading.left] not in ("and", "but", ",", "or", "then"):
        return None
    return main_subject(sentence, reading.left)


def announced(sentence: Words, lexicon: Mapping[str, Cue]) -> tuple[Span, Span] | None:
    """Speaker and cue of a sentence that ends in a colon, so that the next paragraph is what they say; or None."""
    if not len(sentence) or sentence.low[-1] != ":":
        return None
    for at, word in enumerate(sentence.low):
        cue = lexicon.get(word)
        reading = read_cue(sentence, at, cue) if cue and "quote" in cue.takes else None
        if reading and not reading.passive and not reading.infinitive and cue.form != "ing":
            who = _who_before(sentence, reading)
            if who:
                return sentence.span(*who), sentence.span(at, at + 1)
    return None
