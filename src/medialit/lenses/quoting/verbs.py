"""Is it a clause? A message without "that" must show a verb: "he confirmed the deal was dead", not "the deal".

There is no tagger. A verb is known by a helping verb, by a table of common forms, by a reporting verb, or by the ending
-ed before a word that can follow a verb. Positions are word numbers in ``Tokens``.
"""

from __future__ import annotations

from medialit.lenses.quoting.lexicon import cues, groups, words
from medialit.lenses.quoting.sources import begins_phrase
from medialit.lenses.quoting.tokens import MARKED, Tokens

STOPS = frozenset(".!?;")


def begins_clause(sentence: Tokens, at: int, trusted: bool) -> bool:
    """True when a clause can begin at word ``at``.

    ``trusted``: the verb is one that a clause follows ("said"); otherwise a helping verb must show that it is a clause.
    """
    low, size = sentence.low, len(sentence)
    if at >= size or low[at] in STOPS or low[at] in (",", ":", ")", "and", "or", "but"):
        return False
    if low[at] == "by" and at + 1 < size and low[at + 1][0].isdigit():
        return trusted or has_verb(sentence, at, min(size, at + 30))
    if low[at] in words("wh") and low[at] != "that":
        return False
    if low[at] in ("to", "of", "about", "by", "with", "as", "for", "like", "from", "against", "so", "not"):
        return False
    if size - at < 3 or (low[at] in words("prep") and not trusted):
        return False  # "the men found in the water may leave" is no message
    trusted = trusted or low[at] in ("he", "she", "they", "we", "i", "there")
    return has_verb(sentence, at, min(size, at + 30), trusted)


def has_verb(sentence: Tokens, start: int, end: int, trusted: bool = False) -> bool:
    """True when a finite verb stands in the words, outside of a relative clause.

    Verbs are known by helping verbs, by the reporting verbs of the list and by the ending -ed. With ``trusted`` any
    two words that can be a phrase and something after it are enough.
    """
    low = sentence.low
    relative = 0
    for k in range(start, end):
        word = low[k]
        if (word in words("rel") and k > start) or (word in words("sub") and k > start and not trusted):
            relative += 1
        elif word in ("being", "having", "been"):
            continue
        elif word in ("and", "but") and not trusted and k > start and _new_clause(sentence, k + 1, end):
            break
        elif (word in words("aux") and not (k > start and sentence.capital(k))) or (k > start and _finite(sentence, k)):
            if relative == 0:
                return True
            relative -= 1
        elif word in (";", ":") or (word == "," and not trusted and not _short_aside(sentence, k, end)):
            break
    return (
        trusted
        and end - start >= 4
        and (
            begins_phrase(sentence, start)
            or low[start] in words("subject")
            or sentence.capital(start)
            or low[start].endswith("s")
            or low[start] in words("prep")
        )
    )


def _new_clause(sentence: Tokens, at: int, end: int) -> bool:
    """True when "and" joins another clause or another verb: "the deal and has signed it"."""
    return at < end and (begins_phrase(sentence, at) or sentence.low[at] in words("aux"))


def _short_aside(sentence: Tokens, comma: int, end: int) -> bool:
    """True when the comma opens a short aside: "the man, 45, died"."""
    return "," in sentence.low[comma + 1 : min(end, comma + 8)]


def _finite(sentence: Tokens, k: int) -> bool:
    word = sentence.low[k]
    if sentence.low[k - 1] in words("det") or sentence.low[k - 1] in words("prep") or not sentence.is_word(k):
        return False
    if word in words("finite"):
        return True
    cue = cues().get(word)
    if cue and cue.form in ("past", "s") and not cue.noun and not word.endswith("ed"):
        return True
    following = sentence.low[k + 1] if k + 1 < len(sentence) else "."
    if not word.endswith("ed") or len(word) < 5:
        return False
    if sentence.low[k - 1] in words("subject"):
        return True
    # "festivals related to", "recommended doses": only what follows shows that -ed is the verb of its clause.
    return (
        following in words("det")
        or following in words("poss")
        or following in words("object")
        or following in ".,;"
        or following in ("that", MARKED)
        or (following.endswith("ing") and len(following) > 5)
        or (sentence.capital(k + 1) and not sentence.capital(k) and following not in words("time"))
    )


def plural_before(sentence: Tokens, at: int) -> bool:
    """True when a base form can be a verb here: after a plural or a plural pronoun."""
    if at < 0:
        return False
    word = sentence.low[at]
    if word in words("adverb") and at > 0:
        return plural_before(sentence, at - 1)
    if word in words("plural") or groups().get(word) == "people":
        return True
    return (word.endswith("s") and not word.endswith(("ss", "'s"))) or word in ("who", "which", "that", ",", "and", ")")
