"""Is it a clause? A message without "that" must show a verb: "he confirmed the deal was dead", not "the deal".

There is no tagger. A verb is known by a helping verb, by a table of common forms, by a reporting verb, or by the ending
-ed before a word that can follow a verb. Positions are word numbers in ``Tokens``.
"""

from __future__ import annotations

from medialit.lenses.quoting.lexicon import groups, verb_forms, words
from medialit.lenses.quoting.tokens import MARKED, Tokens

STOPS = frozenset(".!?;")


def begins_clause(sentence: Tokens, at: int, trusted: bool) -> bool:
    """True when a clause can begin at word ``at``.

    ``trusted``: the verb is one that a clause follows ("said"); otherwise a helping verb must show that it is a clause.
    """
    low, size = sentence.low, len(sentence)
    if at >= size or low[at] in STOPS or low[at] in (",", ":", ")", "and", "or", "but"):
        return False
    following = low[at + 1] if at + 1 < size else "."
    counts = low[at : at + 2] in (["as", "many"], ["as", "few"], ["up", "to"])
    if counts or (low[at] in ("by", "about", "around") and (following[0].isdigit() or following in words("det"))):
        return trusted or has_verb(sentence, at, min(size, at + 30))
    if low[at] in words("aux") or (finite(sentence, at) and not sentence.capital(at)):
        return False  # a verb without a subject
    if low[at] in words("wh") and low[at] != "that":
        return False
    if low[at] in ("to", "of", "about", "by", "with", "as", "for", "like", "from", "against", "so", "not"):
        return False
    if (size - at < 3 and MARKED not in low[at + 1 :]) or (low[at] in words("prep") and not trusted):
        return False  # "the men found in the water may leave" is no message
    trusted = trusted or low[at] in ("he", "she", "they", "we", "i", "there")
    return has_verb(sentence, at, min(size, at + 30), trusted)


def begins_phrase(sentence: Tokens, at: int) -> bool:
    """True when a new noun phrase begins at word ``at``: an article, a pronoun, a name, a stretch in marks."""
    word = sentence.low[at]
    if word == MARKED:
        return True
    return (
        word in words("det poss subject")
        or word in ("there", "nobody", "no")
        or (sentence.capital(at) and at > 0 and not sentence.capital(at - 1))
    )


def has_verb(sentence: Tokens, start: int, end: int, trusted: bool = False) -> bool:
    """True when a finite verb stands in the words, outside of a relative clause.

    Verbs are known by helping verbs, by the reporting verbs of the list and by the ending -ed. With ``trusted`` any
    two words that can be a phrase and something after it are enough.
    """
    low = sentence.low
    relative = 0
    for k in range(start, end):
        word = low[k]
        if ((word in words("rel") or word == "whose") and k > start) or (
            word in words("sub") and k > start and not trusted
        ):
            relative += 1
        elif word in ("being", "having", "been"):
            continue
        elif word in ("and", "but") and not trusted and k > start and _new_clause(sentence, k + 1, end):
            break
        elif (trusted or _name_before(sentence, start, k)) and k > start and not relative and verb_like(sentence, k):
            return True
        elif (word in words("aux") and finite(sentence, k)) or (k > start and finite(sentence, k)):
            if relative == 0:
                return True
            relative -= 1
        elif trusted and k > start and sentence.mark[k]:
            return True
        elif word in (";", ":") or (word == "," and not trusted and not _short_aside(sentence, k, end)):
            break
    return (
        trusted
        and end - start >= 4
        and (
            begins_phrase(sentence, start)
            or low[start] in words("subject prep")
            or sentence.capital(start)
            or low[start].endswith("s")
        )
    )


def _name_before(sentence: Tokens, start: int, k: int) -> bool:
    """True when only a name stands before word ``k``: "claimed Okoye paid for it"."""
    return start < k <= start + 4 and all(sentence.capital(m) and sentence.is_word(m) for m in range(start, k))


def _new_clause(sentence: Tokens, at: int, end: int) -> bool:
    """True when "and" joins another clause or another verb: "the deal and has signed it"."""
    return at < end and (begins_phrase(sentence, at) or verb_like(sentence, at))


def _short_aside(sentence: Tokens, comma: int, end: int) -> bool:
    """True when the comma opens a short aside: "the man, 45, died"."""
    return "," in sentence.low[comma + 1 : min(end, comma + 8)]


def finite(sentence: Tokens, k: int) -> bool:
    """True when word ``k`` is the finite verb of a clause: a helping verb, a known form, or -ed where it can be one."""
    low = sentence.low
    word, before = low[k], low[k - 1] if k else ""
    if word in words("aux"):
        named = k and sentence.capital(k) and not sentence.titled
        return word not in ("be", "been", "being", "having") and before != "to" and not named
    form = verb_form(word)
    if not form or not k or (sentence.capital(k) and not sentence.titled):
        return False
    if (before in words("det") and before not in words("alone")) or before in words("poss prep"):
        return False
    if before in words("aux") or before == "to" or (before in words("neg") and low[k - 2] in words("aux")):
        return False
    if form in ("past", "s"):
        return True
    if before in words("subject") or before in ("who", "which"):
        return True
    after = low[k + 1] if k + 1 < len(sentence) else "."
    opens = after in words("det poss object") or after in ("that", MARKED)
    if form == "noun-s":
        return opens or (sentence.capital(k - 1) and not before.endswith("s"))
    if form in ("base", "noun"):
        return plural_before(sentence, k - 1) and before not in (",", "and", ")") and (opens or form == "base")
    # "festivals related to", "recommended doses": only what follows shows that a participle is the verb of its clause.
    return (
        opens
        or after in ".,;"
        or (after.endswith("ing") and len(after) > 5)
        or (k + 1 < len(sentence) and sentence.capital(k + 1) and after not in words("time"))
    )


def verb_form(word: str) -> str:
    """Which form of a verb a word may be (see ``lexicon.verb_forms``); "" for none."""
    ending = word.endswith("ed") and len(word) > 3 and not word.endswith("eed") and word not in words("ed-noun")
    return verb_forms().get(word) or ("part" if ending else "")


def verb_like(sentence: Tokens, k: int) -> bool:
    """True when word ``k`` has the form of a verb and no small word before it says that it is none."""
    word, before = sentence.low[k], sentence.low[k - 1] if k else ""
    if word in words("aux"):
        return word not in ("be", "been", "being", "having")
    form = verb_form(word)
    bound = before in words("det") and before not in words("rel")
    bound = bound or before in words("poss aux") or before == "to"
    if not form or bound or sentence.capital(k):
        return False
    if form in ("base", "noun"):
        return plural_before(sentence, k - 1) and form == "base"
    return form != "noun-s" and before not in words("prep")


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
