"""Stretches in quotation marks that no cue has claimed: speech that floats, or a term, a title, a scare quote.

In this order: part of a longer attribution; a continuation of the last speaker; a sentence of its own beside a speaker;
spoken words inside a sentence with a subject. What is left is a term or a title, or marks of distance: kind "scare".
"""

from __future__ import annotations

from medialit.article import Span
from medialit.lenses.quoting.finding import Finding
from medialit.lenses.quoting.lexicon import words
from medialit.lenses.quoting.marks import Marked
from medialit.lenses.quoting.sources import source_after
from medialit.lenses.quoting.subjects import main_subject
from medialit.lenses.quoting.wording import Words

SPEECH_LENGTH = 6  # words in marks that are taken for speech when a speaker is near


def looks_spoken(mark: Marked, text: str) -> bool:
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


def floating(sentence: Words, at: int, previous: Finding | None) -> Finding | None:
    """Attribute the stretch in marks at word ``at``; ``previous`` is the last attribution of this paragraph."""
    mark = sentence.mark[at]
    assert mark is not None
    spoken = looks_spoken(mark, sentence.text)
    alone = not any(sentence.is_word(k) for k in range(len(sentence)) if k != at)
    if alone:
        # The stretch is a sentence by itself.
        if previous and previous.speaker and spoken:
            why = ["a quotation that stands by itself", "continues the speaker of the words before it"]
            return Finding(mark.inner, previous.speaker, None, "marks", why, mark=mark)
        return None
    if not spoken:
        return None
    following = at + 1
    if following < len(sentence) and sentence.low[following] in ("-", "—", "–", "("):
        following += 1
    if at == 0 and following < len(sentence) and sentence.capital(following):
        who = source_after(sentence, following)
        if who and who[1] >= len(sentence) - 1:
            why = [
                "a quotation followed by a name",
                f"the name after it: “{sentence.text[slice(*sentence.span(*who))]}”",
            ]
            return Finding(mark.inner, sentence.span(*who), None, "marks", why, mark=mark)
    before = sentence.low[at - 1] if at else ""
    if (
        before == ","
        and previous
        and previous.speaker
        and spoken
        and set(sentence.low[:2]) & {"if", "when", "while", "although"}
    ):
        why = ["a quotation after an opening clause", "continues the speaker of the words before it"]
        return Finding(mark.inner, previous.speaker, None, "marks", why, mark=mark)
    if before in (":", ",", "—", "-", "") or before in ("that", "is", "was", "as"):
        who = main_subject(sentence, at)
        if who:
            shown = sentence.text[slice(*sentence.span(*who))]
            why = ["a long stretch in quotation marks without a reporting verb", f"subject of its sentence: “{shown}”"]
            return Finding(mark.inner, sentence.span(*who), None, "marks", why, mark=mark)
    return None


_NAMING = frozenset("called named titled entitled dubbed labelled labeled termed nicknamed known".split())


def scare(sentence: Words, at: int) -> Finding:
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
    return Finding(Span(*mark.inner), None, None, "marks", [why], mark=mark)
