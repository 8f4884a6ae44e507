"""The subject of a sentence, for cues that have none beside them: "..., adding that ...", "went on to say"."""

from __future__ import annotations

from medialit.lenses.quoting.lexicon import cues, nouns, words
from medialit.lenses.quoting.sources import Range, known_speaker, source_after, source_before
from medialit.lenses.quoting.tokens import Tokens
from medialit.lenses.quoting.verbs import verb_like


def main_subject(sentence: Tokens, before: int) -> Range | None:
    """The subject of the first verb in the clause that ends at ``before``: the source of "..., adding that"."""
    low = sentence.low
    begin = max(0, before - 60)
    if not begin and (low[0] in words("opener") or low[0].endswith(("ed", "ing"))) and "," in low[: before - 1]:
        comma = low.index(",")  # "Asked if they would win, Roe was defiant"
        begin = comma + 1 if source_after(sentence, comma + 1) else 0
    for k in range(begin, before):
        word = low[k]
        if (k > 0 and verb_like(sentence, k)) or is_reporting(word):
            left = k - 1
            while left >= 0 and (low[left] in words("adverb aux") or low[left].endswith("ly")):
                left -= 1
            who = source_before(sentence, left) if left >= begin else None
            if who and low[who[0]] not in words("rel"):
                return who
    return None


def is_reporting(word: str) -> bool:

    cue = cues().get(word)
    return bool(cue and cue.form in ("past", "s") and not cue.noun)


def subject_after_comma(sentence: Tokens, start: int) -> Range | None:
    """The subject after an opening clause: "Saying that ..., the mayor left"."""
    for k in range(start, min(len(sentence) - 1, start + 40)):
        if sentence.low[k] == ",":
            return source_after(sentence, k + 1)
    return None


def speaks(sentence: Tokens, who: Range) -> bool:
    """True for a source that surely can speak: a pronoun, a name, a title, a group, a body."""
    at = who[1] - 1 - 2 * (who[1] - who[0] > 2 and sentence.low[who[1] - 1].isdigit())  # "Ann Lee, 41"
    last = sentence.low[at]
    if last in words("subject") or sentence.capital(at) or last in ("who", "which"):
        return True
    return any(known_speaker(word) or word in nouns() for word in sentence.low[who[0] : who[1]])
