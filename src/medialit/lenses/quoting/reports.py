"""Reporting verbs: "X said that ...", "..., X said", "..., said X", "X, who said ...", "X was told that ...".

For every word of a sentence that may be a reporting verb:

1. Read it: a verb or a noun? Active or passive? ("the report", "was reported by")
2. Look left for who speaks; after a comma or a mark directly before the verb, look right ("..., said X").
3. Look right for what is said: after "that", a colon, a mark, or straight away where the verb allows it.
4. When nothing stands on the right, what was said stands on the left, before a comma.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from medialit.article import Span
from medialit.lenses.quoting import constructions
from medialit.lenses.quoting.attribution import Attribution, reported
from medialit.lenses.quoting.clauses import Start, clause_start, listener_at
from medialit.lenses.quoting.cue_words import Reading, read_cue, refused, with_particle
from medialit.lenses.quoting.edges import left_clause, trimmed
from medialit.lenses.quoting.lexicon import Cue, groups, nouns, words
from medialit.lenses.quoting.sources import Range, source_after, source_before
from medialit.lenses.quoting.subjects import main_subject, speaks
from medialit.lenses.quoting.tokens import MARKED, Tokens
from medialit.lenses.quoting.verbs import has_verb, verb_like


def reports(sentence: Tokens, lexicon: Mapping[str, Cue]) -> Iterator[Attribution]:
    """Every attribution that a reporting verb makes in one sentence."""
    for at, word in enumerate(sentence.low):
        cue = lexicon.get(word)
        cue = with_particle(cue, sentence.low[at + 1 : at + 3]) if cue else None
        reading = read_cue(sentence, at, cue) if cue else None
        if reading:
            yield from _attributions(sentence, reading)


def _attributions(sentence: Tokens, reading: Reading) -> Iterable[Attribution]:
    """What one reporting verb attributes. The rarer constructions are tried first; the first that fits is taken."""
    at, cue, after = reading.at, reading.cue, reading.after
    if reading.passive:
        return list(constructions.passive(sentence, reading)) or constructions.told_by_nobody(sentence, reading)
    if reading.infinitive:
        return constructions.infinitive(sentence, reading)
    if cue.form == "ing" and not reading.helped:
        return constructions.participle(sentence, reading)
    if inverted := _inverted(sentence, reading):
        return inverted
    who = _who_before(sentence, reading)
    if who is None or (cue.sense == "hear" and not constructions.hears(sentence, who)):
        return ()
    before = sentence.low[who[0] - 1] if who[0] else ""
    opens = who[0] == 1 or sentence.low[who[0] - 2] in (",", MARKED, "—")
    told = "listener" in cue.takes and (opens or not clause_start(sentence, after, cue))  # "wept as Roe told her that"
    if before == "as" and (told or ("listener" not in cue.takes and not constructions.has_object(sentence, after))):
        return constructions.as_said(sentence, who, at, cue)
    if cue.verb in ("quote", "cite", "report") and (saying := constructions.as_saying(sentence, at)):
        # "the paper quoted Xiao, the mayor, as saying": all between the cue and "as" is the speaker.
        return constructions.quoted_as(sentence, saying, trimmed(sentence, after, saying - 2), who, at, cue)
    if before == "as" and (named := constructions.as_called(sentence, who, at, cue)):
        return [named]
    if before == "what" or (before == "whom" and cue.takes & {"as", "term"}):
        return constructions.what_they_call(sentence, who, after, at, cue)
    last = _aside_end(sentence, after)
    middle = list(constructions.in_the_middle(sentence, who, who[0], last, at, cue))
    found = middle or _plain(sentence, reading, who)
    return constructions.heard(sentence, who, found) if cue.sense == "hear" else found


def _inverted(sentence: Tokens, reading: Reading) -> list[Attribution]:
    """``"...," said Jane Roe`` and ``Said Jane Roe: "..."``: the source stands after the verb."""
    at, cue, after = reading.at, reading.cue, reading.after
    if reading.helped or not _inverts(cue):
        return []
    if at == 0 and cue.form in ("past", "s"):
        return list(constructions.opening(sentence, at, cue))
    if at == 0 or sentence.low[at - 1] not in (",", MARKED, "?", "!", "—", "-"):
        return []
    who = source_after(sentence, after)
    if who and sentence.low[who[0] : who[1] + 1] in (["one", ","], ["another", ","]):
        who = source_after(sentence, who[1] + 1) or who  # "said one, the novelist Ann Lee"
    if who and (middle := list(constructions.in_the_middle(sentence, who, at, who[1], at, cue))):
        return middle
    told_more = not who or _told_more(sentence, who)
    what = left_clause(sentence, at, cue, speaks(sentence, who) and not _apposed(sentence, at)) if who else None
    if not who or not what or (what.how != "mark" and told_more):
        return []
    found = reported(sentence, what, who, at, cue, "subject after the cue")
    return [found, *constructions.second_half(sentence, who, who[1], at, cue)]


def _plain(sentence: Tokens, reading: Reading, who: Range) -> Iterator[Attribution]:
    """``X said that ...``, or ``..., X said`` when nothing is said on the right."""
    at, cue, after, first = reading.at, reading.cue, reading.after, who[0]
    right = clause_start(sentence, after, cue)
    if constructions.said_by_nobody(sentence, reading, who) or (right and _mistaken(sentence, reading, who, right)):
        return
    relative = sentence.low[first] in words("rel") or sentence.low[first] == "whose"
    parted = first > 0 and not relative and sentence.low[first - 1] in (",", MARKED, "—")
    left = left_clause(sentence, first, cue, sure=True, apart=True) if parted else None
    end = constructions.message_end(sentence, right, at, who) if right else 0
    aside = bool(right and cue.verb in ("say", "tell") and not has_verb(sentence, right.at, end))
    if left and (right is None or left.how == "mark" or (right.how == "bare" and (aside or end - right.at < 3))):
        found = reported(sentence, left, who, at, cue, "subject before the cue")
        listener = listener_at(sentence, after) if "listener" in cue.takes else None
        found.listener = sentence.span(*listener) if listener else None
        yield found
        yield from constructions.second_half(sentence, who, after, at, cue)
        return
    if right is None:
        return
    for found in constructions.on_the_right(sentence, right, who, at, cue, "subject before the cue"):
        found.listener = sentence.span(*right.listener) if right.listener else None
        yield found


def _mistaken(sentence: Tokens, reading: Reading, who: Range, right: Start) -> bool:
    """True when a second look shows that the word is no report: "opening remarks the mayor made"."""
    able = speaks(sentence, who)
    if reading.cue.verb == "read" and right.how == "mark":
        return able and not reading.cue.particle and not _is_text(sentence, who)
    if refused(sentence, reading, right):
        return True
    if reading.cue.noun and not reading.helped and not able:
        return True
    if right.how != "matter":
        return False
    joined = reading.cue.form == "base" and sentence.low[reading.left] in ("and", ",")
    return not able or joined or sentence.low[-1] == ":"  # what follows the colon is the message


def _is_text(sentence: Tokens, who: Range) -> bool:
    """True for "the letter" and "its statement", which read "...", while a man reads a book."""
    low = sentence.low[who[0] : who[1]]
    return low == ["it"] or any(word in nouns() or groups().get(word) == "text" or word in words("own") for word in low)


def _aside_end(sentence: Tokens, after: int) -> int:
    """The comma that closes "she told reporters on Monday," when nothing but a listener, a time or a place is inside."""
    for k in range(after, min(len(sentence), after + 8)):
        if sentence.low[k] == ",":
            return k
        if sentence.mark[k] or sentence.low[k] == "that" or verb_like(sentence, k):
            break
    return after


def _inverts(cue: Cue) -> bool:
    """True for verbs that stand before their speaker: "said Roe", but not "told Roe" and not "blamed Roe"."""
    return "listener" not in cue.takes and cue.sense != "judge" and not (cue.noun and cue.form == "base")


def _told_more(sentence: Tokens, who: Range) -> bool:
    """True when the words after the cue look like a message rather than a speaker: "..., said he would go"."""
    following = who[1]
    if following >= len(sentence):
        return False
    return bool(sentence.mark[following]) or sentence.low[following] == "that" or verb_like(sentence, following)


def _apposed(sentence: Tokens, at: int) -> bool:
    """True when the commas before the cue hold an apposition: "Ann Pell, a media analyst, said"."""
    who = source_before(sentence, at - 1)
    return bool(who and who[0] == 0)


def _who_before(sentence: Tokens, reading: Reading) -> Range | None:
    """The subject to the left of the cue, over "and" when a verb before it has the same subject."""
    who = source_before(sentence, reading.left)
    if who is not None or reading.left < 0:
        return who
    if sentence.low[reading.left] not in ("and", "but", ",", "or", "then"):
        return None
    return main_subject(sentence, reading.left)


def announced(sentence: Tokens, lexicon: Mapping[str, Cue]) -> tuple[Span, Span] | None:
    """Speaker and cue of a sentence that ends in a colon, so that the next paragraph is what they say; or None."""
    if not len(sentence) or sentence.low[-1] != ":":
        return None
    for at, word in enumerate(sentence.low):
        cue = lexicon.get(word)
        reading = read_cue(sentence, at, cue) if cue and "quote" in cue.takes else None
        if reading and not reading.passive and not reading.infinitive and reading.cue.form != "ing":
            who = _who_before(sentence, reading)
            if who:
                return sentence.span(*who), sentence.span(at, at + 1)
    return None
