"""Sources named without a reporting verb: "according to X", "in X's view", "X's claim that ..."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medialit.lenses.quoting.attribution import Attribution, Message
from medialit.lenses.quoting.constructions import around
from medialit.lenses.quoting.edges import clause_end, left_clause, trimmed
from medialit.lenses.quoting.lexicon import Cue, nouns, phrases, verb_forms, words
from medialit.lenses.quoting.sources import LONGEST, Range, known_speaker, source_after, source_before
from medialit.lenses.quoting.subjects import is_reporting, main_subject, speaks
from medialit.lenses.quoting.tokens import MARKED, Tokens
from medialit.lenses.quoting.verbs import finite, has_verb

_ANY = Cue("", "base", frozenset({"quote", "that", "clause"}), False, "say", "")


def phrase_findings(sentence: Tokens) -> Iterator[Attribution]:
    """Every attribution in one sentence that a phrase or a noun makes."""
    after, inside = phrases()
    for at, word in enumerate(sentence.low):
        for phrase in after.get(word, ()):
            if sentence.low[at : at + len(phrase)] == list(phrase):
                yield from _after_phrase(sentence, at, at + len(phrase))
        if word in inside:
            yield from _inside_phrase(sentence, at, inside[word])
        if word in nouns():
            yield from _noun(sentence, at)
        elif word in words("adjective"):
            yield from _adjective(sentence, at)


def _long_source(sentence: Tokens, first: int) -> Range | None:
    """The source after "according to": up to the comma or the end, with what describes it."""
    low, size = sentence.low, len(sentence)
    k = first
    while k < size and k - first < LONGEST and low[k] not in (",", ".", ";", ":", "(", "—", "?", "!"):
        if low[k] in words("sub") or (low[k] in words("subject") and k > first):
            break
        if low[k] in ("and", "but") and has_verb(sentence, k + 1, min(size, k + 12)):
            break
        k += 1
    while k > first and low[k - 1] in words("prep and"):
        k -= 1
    return (first, k) if k > first else None


def _after_phrase(sentence: Tokens, at: int, first: int) -> Iterator[Attribution]:
    low, size = sentence.low, len(sentence)
    who = _long_source(sentence, first)
    if who is None:
        return
    if low[first] in ("its", "their") and not any(known_speaker(w) or w in nouns() for w in low[first : who[1]]):
        return  # "according to its plan" names no source
    opens = at == 0 or not any(
        (sentence.is_word(k) or sentence.mark[k]) and low[k] not in ("and", "but", "that", "also") for k in range(at)
    )
    ends = who[1]
    that_before = next((k for k in range(at - 1, max(-1, at - 4), -1) if low[k] == "that"), None)
    if opens or that_before is not None:
        # "According to X, ..." or "has learned that according to X, ..."
        if ends < size and low[ends] == "," and not has_verb(sentence, first, ends):
            ends = _aside_end(sentence, ends)
            who, start = (first, ends), ends + 1
        else:
            short = source_after(sentence, first)
            start = short[1] if short and short[1] < size else ends
            who = short or who
        if start < size:
            begin, end = trimmed(sentence, start, clause_end(sentence, start, at, (at, at + 1)))
            if end - begin >= 2:
                yield found(sentence, begin, end, who, (at, first), "the source follows the phrase")
        return
    yield from _beside_phrase(sentence, at, ends, who, (at, first), "the source follows the phrase")


def _beside_phrase(sentence: Tokens, at: int, ends: int, who: Range, cue: Range, note: str) -> Iterator[Attribution]:
    """The message around, before or after a phrase, words ``at`` to ``ends``, that does not open the sentence."""
    low, size = sentence.low, len(sentence)
    before = at - (at > 0 and low[at - 1] == ",")
    if before > 0 and low[before - 1] in words("rel"):
        before = 0  # "a policy which, according to X, failed"
    rest = size - ends
    both = around(sentence, at, ends)
    if not both and low[ends : ends + 2] == [",", MARKED] and low[at - 1] == "," and low[before - 1] != MARKED:
        both = (ends + 1, ends + 2)  # "The river is, in the words of X, "a drain"."
    if both:
        yield found(sentence, *both, who, cue, note)
        return
    whole = (left_clause(sentence, before, _ANY) or _short_left(sentence, before)) if before else None
    if whole and (whole.how == "mark" or has_verb(sentence, whole[0], whole[1]) or rest < 4):
        yield found(sentence, whole[0], whole[1], who, cue, note)
    if rest >= 5 and low[ends] == "," and not (whole and has_verb(sentence, whole[0], whole[1])):
        # "The bill, according to X, will pass."
        begin, end = trimmed(sentence, ends + 1, clause_end(sentence, ends + 1, at, (at, at + 1)))
        if end - begin >= 3:
            yield found(sentence, begin, end, who, cue, note)


def _aside_end(sentence: Tokens, comma: int) -> int:
    """Step over an aside after the source: "According to the coach, Jane Roe, they won"."""
    low, size = sentence.low, len(sentence)
    closing = next((k for k in range(comma + 1, min(size, comma + 12)) if low[k] == ","), None)
    if closing is None or has_verb(sentence, comma + 1, closing):
        return comma
    inside = range(comma + 1, closing)
    # An aside turns from a role to a name or from a name to a role: "the coach, Jane Roe", "Jane Roe, a coach".
    turns = sentence.capital(comma - 1) != sentence.capital(comma + 1)
    names = turns and low[comma + 1] not in words("prep sub")
    if (
        names
        and len(inside) <= 10
        and has_verb(sentence, closing + 1, size, True)
        and source_after(sentence, comma + 1)
    ):
        return closing
    return comma


def _short_left(sentence: Tokens, end: int) -> Message | None:
    start, end = trimmed(sentence, 0, end)
    return Message(start, end, "clause") if end - start >= 2 else None


def _inside_phrase(sentence: Tokens, at: int, inside: Sequence[str]) -> Iterator[Attribution]:
    """``in X's view, ...``, ``by her own count, ...`` and ``..., in his words``."""
    low, size = sentence.low, len(sentence)
    for k in range(at + 2, min(size, at + 10)):
        if low[k] in inside and (low[k - 1] in ("'s", "own", "'") or low[k - 1] in words("poss")):
            who = (at + 1, max(at + 2, k - (low[k - 1] in ("'s", "own", "'"))))
            note = "the source stands inside the phrase"
            if at and low[at - 1] == ",":
                yield from _beside_phrase(sentence, at, k + 1, who, (at, k + 1), note)
            elif k + 1 < size and low[k + 1] in (",", ":") and k + 2 < size:
                begin, end = trimmed(sentence, k + 1, clause_end(sentence, k + 2, at, (at, at + 1)))
                if low[k - 1] == "own" and (own := source_after(sentence, begin)) and speaks(sentence, own):
                    who = own  # "By his own admission, | Roe slept"
                if end - begin >= 2 or low[begin : begin + 1] == [MARKED]:
                    yield found(sentence, begin, end, who, (at, k + 1), note)
            return
        if not sentence.is_word(k) and low[k] != "'s":
            return


def _noun(sentence: Tokens, at: int) -> Iterator[Attribution]:
    """``X's claim that ...``, ``a claim by X that ...``, ``X made the claim that ...``."""
    low, size = sentence.low, len(sentence)
    that = next((k for k in range(at + 1, min(size, at + 9)) if low[k] == "that"), None)
    if that is None or that + 3 >= size or low[that + 1] in words("aux adverb"):
        return
    if verb_forms().get(low[that + 1]) in ("s", "past", "noun-s") or is_reporting(low[that + 1]):
        return  # "a statement that calls for peace"
    between = low[at + 1 : that]
    who: Range | None = None
    note = ""
    if between and between[0] in ("by", "from", "of", "among"):
        if any(is_reporting(word) for word in between):
            return  # "a report by officers warned that"
        who, note = (at + 2, that), "the source follows the noun"
    elif between:
        return
    elif at >= 2 and low[at - 1] in ("'s", "'"):
        who, note = source_before(sentence, at - 2), "the owner of the noun"
    elif at >= 1 and low[at - 1] in words("poss"):
        who, note = (at - 1, at), "the owner of the noun"
    else:
        for k in range(at - 1, max(-1, at - 6), -1):
            if low[k] in words("support"):
                who, note = main_subject(sentence, k + 1), "subject of the verb before the noun"
                break
            if not (sentence.is_word(k) and (low[k] in words("det prep") or low[k].isalpha())):
                break
    if who is None or not has_verb(sentence, that + 1, size, True):
        return
    stop = clause_end(sentence, that + 1, at, who)
    if not has_verb(sentence, 0, at):
        stop = _before_main_verb(sentence, that + 1, stop)
    begin, end = trimmed(sentence, that + 1, stop)
    if end - begin >= 3:
        yield found(sentence, begin, end, who, (at, at + 1), note, "a noun of saying or thinking")


def _adjective(sentence: Tokens, at: int) -> Iterator[Attribution]:
    """``X is confident that ...``, ``X made (it) clear that ...``."""
    low, left = sentence.low, at - 1
    made = low[at] == "clear"
    if low[at + 1 : at + 2] != ["that"] or at + 3 >= len(sentence):
        return
    while left > 0 and (
        low[left] in words("adverb") or low[left].endswith("ly") or low[left] in ("it", "very", "so", "less", "more")
    ):
        left -= 1
    verb = low[left]
    if not (
        verb in ("made", "make", "makes", "making")
        if made
        else verb in words("be") or verb in ("remain", "remains", "remained", "feel", "feels", "felt")
    ):
        return
    while left > 0 and low[left - 1] in words("aux"):
        left -= 1
    who = source_before(sentence, left - 1)
    if who and speaks(sentence, who) and low[who[0]] != "it":
        begin, end = trimmed(sentence, at + 2, clause_end(sentence, at + 2, at, who))
        if end - begin >= 2:
            yield found(
                sentence,
                begin,
                end,
                who,
                (at, at + 1),
                "subject of the adjective",
                "an adjective of thinking or saying",
            )


def _before_main_verb(sentence: Tokens, start: int, end: int) -> int:
    """The end of a clause that is part of the subject: "the claim that it is safe | was met with laughter"."""
    low = sentence.low
    seen = False
    for k in range(start, end):
        if low[k] in words("and sub rel"):
            seen = False
        elif finite(sentence, k) and low[k - 1] not in words("aux neg"):
            # "the warning that the roof leaks was ignored": a form that may be a noun is the verb when one must come.
            if seen or (k > start + 1 and verb_forms().get(low[k - 1]) in ("noun-s", "s", "base")):
                return k
            seen = True
    return end


def found(
    sentence: Tokens, start: int, end: int, who: Range, cue: Range | None, note: str, how: str = ""
) -> Attribution:
    single = sentence.mark[start] if end - start == 1 else None
    content = single.inner if single else sentence.span(start, end)
    span = sentence.span(*cue) if cue else None
    shown = f"cue “{sentence.text[slice(*span)]}”" if span else ""
    why = [", ".join(part for part in (how, shown) if part), f"{note}: “{sentence.text[slice(*sentence.span(*who))]}”"]
    return Attribution(content, sentence.span(*who), span, "according", why, mark=single)
