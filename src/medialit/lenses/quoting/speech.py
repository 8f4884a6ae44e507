"""Stretches in quotation marks that no cue has claimed: speech that floats, or a term, a title, a scare quote.

In this order: part of a longer attribution; a continuation of the last speaker; a sentence of its own beside a speaker;
spoken words inside a sentence with a subject. What is left is a term or a title, or marks of distance: kind "scare".
"""

from __future__ import annotations

from collections.abc import Mapping

from medialit.article import Span
from medialit.lenses.quoting.attribution import Attribution
from medialit.lenses.quoting.lexicon import Cue, words
from medialit.lenses.quoting.marks import Stretch
from medialit.lenses.quoting.sources import Range, source_after, source_before
from medialit.lenses.quoting.subjects import main_subject, speaks
from medialit.lenses.quoting.tokens import DASHES, Tokens
from medialit.lenses.quoting.verbs import verb_form

SPEECH_LENGTH = 6  # words in marks that are taken for speech when a speaker is near


def looks_spoken(mark: Stretch, text: str) -> bool:
    """True for a stretch that reads like an utterance: long enough, or a sentence with its own end."""
    inner = text[mark.inner.start : min(mark.inner.end, mark.inner.start + 400)]
    count = len(inner.split())
    if count >= SPEECH_LENGTH:
        capitals = sum(word[:1].isupper() for word in inner.split())
        return capitals < 0.7 * count
    low = inner.lower().split()
    return count >= 3 and (
        inner.rstrip()[-1:] in ".,!?" or bool(set(low) & words("person")) or bool(set(low) & words("be"))
    )


def floating(sentence: Tokens, at: int, speaker: Span | None) -> Attribution | None:
    """Attribute the stretch in marks at word ``at``; ``speaker`` is who spoke, or was described, just before."""
    mark = sentence.mark[at]
    assert mark is not None
    goes_on = "continues the speaker of the words before it"
    if not any(sentence.is_word(k) for k in range(len(sentence)) if k != at):
        whole = looks_spoken(mark, sentence.text) or sentence.last_sign(at) in ".!?"
        return _marked(mark, speaker, "a quotation that stands alone", goes_on) if whole else None
    beside = _beside(sentence, at)
    if beside:
        span, cue = sentence.span(*beside[0]), sentence.span(*beside[1])
        why = [f"quotation marks beside “{sentence.text[slice(*cue)]}”", f"beside it: “{sentence.text[slice(*span)]}”"]
        return Attribution(mark.inner, span, cue, "marks", why, mark=mark)
    if not looks_spoken(mark, sentence.text):
        return None
    following = at + 1
    if following < len(sentence) and sentence.low[following] in (*DASHES, "("):
        following += 1
    if at == 0 and following < len(sentence) and sentence.capital(following):
        who = source_after(sentence, following)
        if who and who[1] >= len(sentence) - 1:
            span = sentence.span(*who)
            return _marked(mark, span, "a quotation followed by a name", f"the name: “{sentence.text[slice(*span)]}”")
    before = sentence.low[at - 1] if at else ""
    if before == "," and speaker and set(sentence.low[:2]) & {"if", "when", "while", "although"}:
        return _marked(mark, speaker, "a quotation after an opening clause", goes_on)
    if before in (":", ",", "—", "-", "", "that", "is", "was", "as"):
        joint = next(
            (k for k in range(at - 1, 0, -1) if sentence.low[k - 1 : k + 1] in ([",", "and"], [",", "but"])), 0
        )
        who = source_after(sentence, joint + 1) if joint and before == ":" else None
        who = who or main_subject(sentence, at) or (source_before(sentence, at - 2) if before == ":" else None)
        if who and (before != ":" or speaks(sentence, who) or who[0] == 0):
            span = sentence.span(*who)
            found = "a long stretch in quotation marks without a reporting verb"
            return _marked(mark, span, found, f"subject of its sentence: “{sentence.text[slice(*span)]}”")
    return None


def _beside(sentence: Tokens, at: int) -> tuple[Range, Range] | None:
    """Source and verb after a whole utterance: ``"..., " he averred``, ``"...," deadpanned Amara Diallo``.

    Any verb will do where the mark ends as speech does, in a comma, an exclamation or a question mark.
    """
    low, size, first = sentence.low, len(sentence), at + 1
    if first < size and low[first] == ",":
        first += 1
    elif sentence.last_sign(at) not in ",!?":
        return None
    if first >= size or not sentence.is_word(first):
        return None
    if verb_form(low[first]) in ("past", "part", "s", "noun-s") and not sentence.capital(first):
        who = source_after(sentence, first + 1)
        return (who, (first, first + 1)) if who and speaks(sentence, who) else None
    who = source_after(sentence, first)
    if who is None or not speaks(sentence, who):
        return None
    verb = who[1]
    while verb < size and (low[verb] in words("adverb") or low[verb].endswith("ly")):
        verb += 1
    known = verb < size and verb_form(low[verb]) in ("past", "part", "s", "noun-s", "base")
    return (who, (verb, verb + 1)) if known else None


def _marked(mark: Stretch, speaker: Span | None, *why: str) -> Attribution | None:
    return Attribution(mark.inner, speaker, None, "marks", list(why), mark=mark) if speaker else None


def silent_subject(sentence: Tokens, lexicon: Mapping[str, Cue]) -> Span | None:
    """Who a sentence is about that quotes nobody: "Roe disagreed." "Ann Lee leaned over the fence."

    A quotation that follows such a sentence is theirs.
    """
    who = main_subject(sentence, len(sentence))
    if who is None or not speaks(sentence, who):
        return None
    person = sentence.low[who[0]] in ("he", "she") or (who[1] - who[0] > 1 and sentence.capital(who[1] - 1))
    told = any(word in lexicon for word in sentence.low)
    return sentence.span(*who) if told or (person and lexicon) else None


_NAMING = frozenset("called named titled entitled dubbed labelled labeled termed nicknamed known".split())


def scare(sentence: Tokens, at: int) -> Attribution:
    """The record for marks that nobody speaks."""
    mark = sentence.mark[at]
    assert mark is not None
    inner = sentence.text[mark.inner.start : min(mark.inner.end, mark.inner.start + 200)]
    parts = inner.split()
    capitals = sum(word[:1].isupper() for word in parts)
    before = sentence.low[at - 1] if at else ""
    if before == "so-called":
        why = "in marks after “so-called”: the writer keeps a distance"
    elif before in _NAMING or (len(parts) > 1 and capitals >= 0.6 * len(parts)):
        why = "in marks as a name or a title, not as speech"
    else:
        why = "in marks, but no speaker and no cue: a term, or the writer keeps a distance"
    return Attribution(Span(*mark.inner), None, None, "marks", [why], mark=mark)
