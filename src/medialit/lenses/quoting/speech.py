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
from medialit.lenses.quoting.sources import source_after
from medialit.lenses.quoting.subjects import main_subject, speaks
from medialit.lenses.quoting.tokens import Tokens

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
    if not looks_spoken(mark, sentence.text):
        return None
    goes_on = "continues the speaker of the words before it"
    if not any(sentence.is_word(k) for k in range(len(sentence)) if k != at):
        return _marked(mark, speaker, "a quotation that stands by itself", goes_on)
    following = at + 1
    if following < len(sentence) and sentence.low[following] in ("-", "—", "–", "("):
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
        who = main_subject(sentence, at)
        if who:
            span = sentence.span(*who)
            found = "a long stretch in quotation marks without a reporting verb"
            return _marked(mark, span, found, f"subject of its sentence: “{sentence.text[slice(*span)]}”")
    return None


def _marked(mark: Stretch, speaker: Span | None, *why: str) -> Attribution | None:
    return Attribution(mark.inner, speaker, None, "marks", list(why), mark=mark) if speaker else None


def silent_subject(sentence: Tokens, lexicon: Mapping[str, Cue]) -> Span | None:
    """Who a sentence is about when it says that they speak, but not what: "Roe disagreed." "He was asked about it."

    A quotation that follows such a sentence is theirs.
    """
    if not any(word in lexicon for word in sentence.low):
        return None
    who = main_subject(sentence, len(sentence))
    return sentence.span(*who) if who and speaks(sentence, who) else None


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
