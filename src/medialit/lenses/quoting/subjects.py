"""The subject of a sentence, for cues that have none beside them: "..., adding that ...", "went on to say"."""

from __future__ import annotations

from medialit.lenses.quoting.lexicon import cues, nouns, words
from medialit.lenses.quoting.sources import Range, known_speaker, source_after, source_before
from medialit.lenses.quoting.tokens import Tokens
from medialit.lenses.quoting.verbs import verb_like


def main_subject(sentence: Tokens, before: int) -> Range | None:
    """The subject of the first verb in the clause that ends at ``before``: the source of "..., adding that"."""
    low = sentence.low
    # "..., the paper reported, adding that": the clause before the last comma has a subject of its own.
    commas = [k for k in range(max(0, before - 20), before - 1) if low[k] == ","]
    if commas:
        for k in range(commas[-1] + 2, before):
            if is_reporting(low[k]) and (who := source_before(sentence, k - 1)) and who[0] == commas[-1] + 1:
                return who
    for k in range(max(0, before - 60), before):
        word = low[k]
        if (k > 0 and verb_like(sentence, k)) or is_reporting(word):
            left = k - 1
            while left >= 0 and (low[left] in words("adverb aux") or low[left].endswith("ly")):
                left -= 1
            who = source_before(sentence, left)
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
    last = sentence.low[who[1] - 1]
    if last in words("subject") or sentence.capital(who[1] - 1) or last in ("who", "which"):
        return True
    return any(known_speaker(word) or word in nouns() for word in sentence.low[who[0] : who[1]])
