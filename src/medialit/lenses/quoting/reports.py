"""Reporting verbs: "X said that ...", "..., X said", "..., said X", "X, who said ...", "X was told that ...".

For every word of a sentence that may be a reporting verb:

1. Read it: a verb or a noun? Active or passive? ("the report", "was reported by")
2. Look left for who speaks; after a comma or a mark directly before the verb, look right ("..., said X").
3. Look right for what is said: after "that", a colon, a mark, or straight away where the verb allows it.
4. When nothing stands on the right, what was said stands on the left, before a comma.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from medialit.article import Span
from medialit.lenses.quoting.clauses import clause_end, clause_start, has_verb, left_clause, plural_before, trimmed
from medialit.lenses.quoting.finding import Finding
from medialit.lenses.quoting.lexicon import Cue, nouns, words
from medialit.lenses.quoting.sources import Range, known_speaker, source_after, source_before
from medialit.lenses.quoting.wording import MARKED, Words

_BACK = 6


class Reading(NamedTuple):
    """How one cue word is used: ``left`` is the last word before its helping verbs."""

    at: int
    cue: Cue
    left: int
    passive: bool
    infinitive: bool
    helped: bool


def reports(sentence: Words, lexicon: Mapping[str, Cue]) -> Iterator[Finding]:
    """Every attribution that a reporting verb makes in one sentence."""
    for at, word in enumerate(sentence.low):
        cue = lexicon.get(word)
        if cue and (not cue.particle or sentence.low[at + 1 : at + 2] == [cue.particle]):
            reading = _read(sentence, at, cue)
            if reading:
                yield from _attributions(sentence, reading)


def _read(sentence: Words, at: int, cue: Cue) -> Reading | None:
    """Decide how the cue word is used; None when it is a noun or an adjective here."""
    low = sentence.low
    if at and sentence.capital(at) and not sentence.title_case():
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
        elif not (word in words("neg") or word in words("adverb") or (word.endswith("ly") and left < at)):
            break
        left -= 1
    before = low[at - 1] if at else ""
    if cue.noun and not helped and left >= 0 and (low[left] in words("poss") or low[left] in ("the", "a", "an")):
        return None  # "my earlier calls"
    if be and cue.form in ("base", "s") and not infinitive:
        return None
    if cue.noun and not helped and not infinitive and before not in words("subject") and before not in words("rel"):
        if before in words("det") or before in words("poss") or before in words("prep") or before in ("'s", ""):
            return None
        if at + 1 < len(sentence) and low[at + 1] in ("of", "by", "from", "in", "on", "about", "against", ".", "'s"):
            return None
        if cue.form == "ing" or low[at + 1 : at + 2] and low[at + 1] in words("aux"):
            return None
    if (before in words("det") and before not in words("alone")) or before in words("poss"):
        return None
    if before == "'s" and not helped:
        return None
    if cue.form == "base" and not helped and not infinitive and not plural_before(sentence, at - 1):
        return None
    passive = be and cue.form in ("past", "participle")
    return Reading(at, cue, left, passive, infinitive, helped)


def _attributions(sentence: Words, reading: Reading) -> Iterator[Finding]:
    at, cue = reading.at, reading.cue
    if reading.passive:
        yield from _passive(sentence, reading)
        return
    if reading.infinitive:
        yield from _infinitive(sentence, reading)
        return
    if cue.form == "ing" and not reading.helped:
        yield from _participle(sentence, reading)
        return
    before = sentence.low[at - 1] if at else ""
    after_cue = at + 1 + bool(cue.particle)
    # "..., said Jane Roe": the verb stands directly after what was said.
    if before in (",", MARKED, "?", "!", "—", "-") and not reading.helped and _inverts(cue):
        who = source_after(sentence, after_cue)
        what = left_clause(sentence, at, cue, bool(who) and _speaks(sentence, who))
        if who and what and not (what[2] != "mark" and _told_more(sentence, after_cue, who)):
            yield _finding(sentence, what, who, at, cue, "subject after the cue", "left")
            yield from _second_half(sentence, who, who[1], at, cue)
            return
    if at == 0 and cue.form in ("past", "s") and _inverts(cue):
        yield from _opening(sentence, at, cue)
        return
    who = _who_before(sentence, reading)
    if who is None:
        return
    first = who[0]
    if first and sentence.low[first - 1] == "as":
        yield from _as_said(sentence, first - 1, who, at, cue)
        return
    saying = as_saying(sentence, at) if cue.verb in ("quote", "cite") else None
    if saying:
        if low_object := source_after(sentence, after_cue) or _pronoun_at(sentence, after_cue):
            yield from _quoted_as(sentence, saying, low_object, who, at, cue)
        return
    told = clause_start(sentence, after_cue, cue)
    if cue.takes & {"that", "clause"} and _aside_before(sentence, first, after_cue):
        yield from _in_the_middle(sentence, who, after_cue, at, cue)
        return
    what = (
        left_clause(sentence, first, cue, True, True)
        if sentence.low[first - 1 : first] in ([","], [MARKED], ["—"])
        else None
    )
    if told is None or (what and what[2] == "mark"):
        if what:
            yield _finding(sentence, what, who, at, cue, "subject before the cue", "left")
            yield from _second_half(sentence, who, after_cue, at, cue)
        return
    if cue.noun and not reading.helped and told.how == "bare" and not _speaks(sentence, who):
        return  # "opening remarks the mayor made"
    end = clause_end(sentence, told.at, at, who)
    if told.how == "bare" and what and end - told.at < 3:
        yield _finding(sentence, what, who, at, cue, "subject before the cue", "left")
        return
    start, end = trimmed(sentence, told.at, end)
    if start < end:
        found = _finding(sentence, (start, end, told.how), who, at, cue, "subject before the cue", "right")
        found.listener = sentence.span(*told.listener) if told.listener else None
        yield found


def _pronoun_at(sentence: Words, at: int) -> Range | None:
    return (at, at + 1) if sentence.low[at : at + 1] and sentence.low[at] in words("object") | {"her"} else None


def _opening(sentence: Words, at: int, cue: Cue) -> Iterator[Finding]:
    """``Added Roe: "We are late."``: the cue opens the sentence."""
    who = source_after(sentence, at + 1)
    if who:
        for k in range(who[1], min(len(sentence), who[1] + 16)):
            if sentence.low[k] == MARKED and sentence.low[k - 1] in (",", ":"):
                yield _finding(sentence, (k, k + 1, "mark"), who, at, cue, "subject after the cue", "right")
                return


def _as_said(sentence: Words, start: int, who: Range, at: int, cue: Cue) -> Iterator[Finding]:
    """``As Roe put it, ...`` and ``..., as Roe noted``."""
    low, size = sentence.low, len(sentence)
    comma = next((k for k in range(at + 1, min(size, at + 8)) if low[k] in (",", ".")), -1)
    if start == 0 and 0 < comma < size - 3:
        begin, end = trimmed(sentence, comma + 1, clause_end(sentence, comma + 1, at, who))
        if has_verb(sentence, begin, end, True):
            yield _finding(sentence, (begin, end, "clause"), who, at, cue, "after “as”, before the cue", "right")
    elif start and low[start - 1] == "," and comma >= size - 1:
        what = left_clause(sentence, start, cue._replace(takes=frozenset({"quote", "that"})))
        if what:
            yield _finding(sentence, what, who, at, cue, "after “as”, before the cue", "left")


def _speaks(sentence: Words, who: Range) -> bool:
    """True for a source that surely can speak: a pronoun, a name, a title, a group, a body."""
    last = sentence.low[who[1] - 1]
    if last in words("subject") or sentence.capital(who[1] - 1) or last in ("who", "which"):
        return True
    return any(known_speaker(word) or word in nouns() for word in sentence.low[who[0] : who[1]])


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


def main_subject(sentence: Words, before: int) -> Range | None:
    """The subject of the first verb in the clause that ends at ``before``: the source of "..., adding that"."""
    low = sentence.low
    for k in range(max(0, before - 60), before):
        word = low[k]
        known = word in words("aux") or word in words("be")
        if known or (k > 0 and word.endswith("ed") and len(word) > 3) or _reporting(word):
            left = k - 1
            while left >= 0 and (low[left] in words("adverb") or low[left] in words("aux") or low[left].endswith("ly")):
                left -= 1
            who = source_before(sentence, left)
            if who and low[who[0]] not in words("rel"):
                return who
    return None


def _reporting(word: str) -> bool:
    from medialit.lenses.quoting.lexicon import cues

    cue = cues().get(word)
    return bool(cue and cue.form in ("past", "s") and not cue.noun)


def _aside_before(sentence: Words, first: int, after: int) -> bool:
    """True for ``The talks, she said, had failed``: commas around source and cue, then the verb."""
    low = sentence.low
    commas = low[first - 1 : first] == [","] and low[after : after + 1] == [","] and len(sentence) - after >= 4
    return commas and (low[after + 1] in words("aux") or low[after + 1] in words("finite"))


def _in_the_middle(sentence: Words, who: Range, after: int, at: int, cue: Cue) -> Iterator[Finding]:
    """``The talks, she said, had failed``: the part with the verb is the message."""
    begin, end = trimmed(sentence, after + 1, clause_end(sentence, after + 1, at, (at, at + 1)))
    if end - begin >= 2:
        yield _finding(sentence, (begin, end, "middle"), who, at, cue, "subject before the cue", "right")


def _second_half(sentence: Words, who: Range, after: int, at: int, cue: Cue) -> Iterator[Finding]:
    """``"...," said Roe, "..."``: the second part belongs to the same speaker."""
    low = sentence.low
    k = after
    while k < len(sentence) and k - after < 14 and low[k] not in (",", ":", ".", ";", MARKED, "—"):
        k += 1
    if k >= len(sentence):
        return
    start = k if low[k] == MARKED else k + 1
    if low[k] in (",", ":", "—") and low[start : start + 1] in (["adding"], ["and"], ["but"], ["who"]):
        return
    if start < len(sentence) and low[start] == MARKED:
        yield _finding(sentence, (start, start + 1, "mark"), who, at, cue, "second part of a split quotation", "right")


def _passive(sentence: Words, reading: Reading) -> Iterator[Finding]:
    """ "was described by X as ...", "was quoted as saying ...", "was told by X that ..."."""
    low, at, cue = sentence.low, reading.at, reading.cue
    after = at + 1
    saying = as_saying(sentence, at)
    if saying:
        who = source_before(sentence, reading.left)
        medium = source_after(sentence, after + 1) if low[after] == "by" else None
        if who:
            yield from _quoted_as(sentence, saying, who, medium, at, cue)
        return
    if low[after : after + 1] == ["by"]:
        who = source_after(sentence, after + 1)
        if who is None:
            return
        told = clause_start(sentence, who[1], cue._replace(takes=frozenset({"quote", "thatonly"})))
        if told:
            start, end = trimmed(sentence, told.at, clause_end(sentence, told.at, at, who))
            if start < end:
                yield _finding(
                    sentence, (start, end, told.how), who, at, cue, "passive: the speaker stands after 'by'", "right"
                )


def as_saying(sentence: Words, at: int) -> int | None:
    """The word after "as saying" when it follows a form of "quote" or "cite" at word ``at``."""
    low = sentence.low
    for k in range(at + 1, min(len(sentence) - 1, at + 14)):
        if low[k] == "as" and low[k + 1] in ("saying", "telling", "writing", "warning"):
            return k + 2
        if low[k] in (".", ";"):
            break
    return None


def _quoted_as(sentence: Words, saying: int, who: Range, medium: Range | None, at: int, cue: Cue) -> Iterator[Finding]:
    """``Roe was quoted by the agency as saying ...``, ``the agency quoted Roe as saying ...``."""
    told = clause_start(sentence, saying, cue._replace(takes=frozenset({"quote", "that"})))
    what = left_clause(sentence, min(who[0], at if medium is None else medium[0]), cue) if told is None else None
    if told:
        start, end = trimmed(sentence, told.at, clause_end(sentence, told.at, at, who))
        what = (start, end, told.how) if start < end else None
    if what:
        found = _finding(sentence, what, who, at, cue, "quoted as saying it", "right")
        found.medium = sentence.span(*medium) if medium else None
        yield found


def _infinitive(sentence: Words, reading: Reading) -> Iterator[Finding]:
    """ "went on to say that ...", "declined to say whether ..."."""
    at, cue = reading.at, reading.cue
    told = clause_start(sentence, at + 1, cue)
    if not told or told.how not in ("that", "mark", "colon"):
        return
    led = source_before(sentence, reading.left)  # "it led the authors to suspect that ..."
    known = led and known_speaker(sentence.low[reading.left])
    who = led if known else main_subject(sentence, reading.left)
    if who:
        start, end = trimmed(sentence, told.at, clause_end(sentence, told.at, at, who))
        if start < end:
            yield _finding(sentence, (start, end, told.how), who, at, cue, "subject of the verb before 'to'", "right")


def _participle(sentence: Words, reading: Reading) -> Iterator[Finding]:
    """ "..., adding that ...", "a message stating ..."."""
    low, at, cue = sentence.low, reading.at, reading.cue
    told = clause_start(sentence, at + 1, cue)
    if told is None:
        return
    before = low[at - 1] if at else ""
    if before in (",", "and", "while", "by", "before", "after", "when", "—", ""):
        who = main_subject(sentence, at) if at else _after_comma(sentence, told.at)
        note = "subject of the main verb"
    else:
        who, note = source_before(sentence, at - 1), "subject before the cue"
    if who is None:
        return
    start, end = trimmed(sentence, told.at, clause_end(sentence, told.at, at, who))
    if start < end:
        yield _finding(sentence, (start, end, told.how), who, at, cue, note, "right")


def _after_comma(sentence: Words, start: int) -> Range | None:
    """The subject after an opening clause: "Saying that ..., the mayor left"."""
    for k in range(start, min(len(sentence) - 1, start + 40)):
        if sentence.low[k] == ",":
            return source_after(sentence, k + 1)
    return None


def announced(sentence: Words, lexicon: Mapping[str, Cue]) -> tuple[Span, Span] | None:
    """Speaker and cue of a sentence that ends in a colon, so that the next paragraph is what they say; or None."""
    if not len(sentence) or sentence.low[-1] != ":":
        return None
    for at, word in enumerate(sentence.low):
        cue = lexicon.get(word)
        reading = _read(sentence, at, cue) if cue and "quote" in cue.takes else None
        if reading and not reading.passive and not reading.infinitive and cue.form != "ing":
            who = _who_before(sentence, reading)
            if who:
                return sentence.span(*who), sentence.span(at, at + 1)
    return None


def _finding(
    sentence: Words, what: tuple[int, int, str], who: Range, at: int, cue: Cue, note: str, side: str
) -> Finding:
    start, end, how = what
    shown = sentence.raw[at]
    reasons = {
        "that": f"cue “{shown}”, then “that” or a question word",
        "mark": f"quotation marks beside the cue “{shown}”",
        "colon": f"cue “{shown}”, then a colon",
        "bare": f"cue “{shown}”, then a clause without “that”",
        "clause": f"a clause that ends in a comma before the cue “{shown}”",
        "middle": f"cue “{shown}” between commas, in the middle of the message",
        "to": f"cue “{shown}”, then “to”: the message is what somebody will do",
        "about": f"cue “{shown}”: what it judges is the message",
        "as": f"cue “{shown}”, then what it is described as",
        "term": f"cue “{shown}”, then a name for it in quotation marks",
        "of": f"cue “{shown}”, then what it is about",
    }
    span = sentence.span(start, end)
    single = sentence.mark[start] if end - start == 1 else None
    if single:
        span = single.inner if single.inner.start >= span.start and single.inner.end <= span.end else span
        span = single.inner
    why = [reasons[how], f"{note}: “{sentence.text[slice(*sentence.span(*who))]}”"]
    return Finding(Span(*span), sentence.span(*who), sentence.span(at, at + 1), "said", why, mark=single)
