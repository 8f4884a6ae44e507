"""Who speaks: the noun phrase before a cue ("the mayor said") or after it ("said the mayor").

There is no parser here. A noun phrase is read from its inner end outwards, until a word comes that cannot belong to it:
punctuation, a helping verb, a word that begins a clause. Positions are word numbers in ``Tokens``.
"""

from __future__ import annotations

from medialit.lenses.quoting.lexicon import bodies, cues, given_names, groups, media, nouns, titles, words
from medialit.lenses.quoting.tokens import Tokens
from medialit.lenses.quoting.verbs import begins_phrase, has_verb, verb_like

LONGEST = 30  # words in a noun phrase
LONGEST_RELATIVE = 16  # a longer one is left out of the source
Range = tuple[int, int]


def source_before(sentence: Tokens, last: int) -> Range | None:
    """The noun phrase whose last word is ``last``, or None when no source can end there."""
    low = sentence.low
    # "The mayor on Monday said": a time between source and cue belongs to neither.
    while last > 0 and low[last] in words("time adverb") and low[last] not in ("all", "both"):
        last -= 1 + (last > 1 and low[last - 1] in words("prep"))
    if last < 0 or (low[last] in words("det") and low[last] not in words("alone")):
        return None
    if low[last] in words("subject"):
        return (last, last + 1)
    if low[last] in words("and"):
        return None
    if low[last] in words("rel"):
        return (last, last + 1) if last > 0 and (low[last] != "that" or sentence.is_word(last - 1)) else None
    if low[last] in (",", ")"):
        return _with_aside(sentence, last)
    head = before_relative(sentence, last)
    if head is not None and (who := source_before(sentence, head)):
        return (who[0], last + 1) if last - who[0] < LONGEST_RELATIVE else who
    return noun_before(sentence, last)


def noun_before(sentence: Tokens, last: int) -> Range | None:
    """The plain noun phrase whose last word is ``last``: "a message" in "a message stating that"."""
    first = _leftmost(sentence, last)
    first = _without_opening(sentence, first, last)
    return (first, last + 1) if first <= last and _can_speak(sentence, first, last + 1) else None


def before_relative(sentence: Tokens, last: int) -> int | None:
    """The last word of "a man" in "a man who stole a tractor" or "a man accused of theft" when the phrase ends at ``last``.

    A verb between the relative pronoun and the end shows that the relative clause is over. None without such a clause.
    """
    low = sentence.low
    verbs = 0
    reduced: int | None = None
    for k in range(last, max(0, last - 25), -1):
        word = low[k]
        if sentence.mark[k]:
            continue
        if word in words("rel") or word == "whose":
            return (
                k - 1
                if verbs and sentence.is_word(k - 1) and (word != "that" or _after_noun(sentence, k - 1))
                else None
            )
        apart = word in words("opener") or (word in words("sub") and k < last)
        if not (sentence.is_word(k) or word in ("'s", "$")) or apart:
            break
        if word in ("and", "or", "but") and k < last and (begins_phrase(sentence, k + 1) or word == "but"):
            break
        if verb_like(sentence, k):
            following = low[k + 1] if k < last else ""
            held = following in words("prep time")
            if not verbs and held and word not in words("aux") and _after_noun(sentence, k - 1):
                reduced = k - 1
            verbs += 1
    return reduced if verbs == 1 else None


def _after_noun(sentence: Tokens, at: int) -> bool:
    """True for a word that a relative clause may follow: not "said" in "said that", not "claim" in "claim that"."""
    word = sentence.low[at]
    alone = word in ("those", "one", "some", "many", "few", "others", "all")
    known = word in nouns() or word.endswith("ly") or verb_like(sentence, at)
    small = word in words("prep and sub aux adverb time subject object neg rel det poss")
    return sentence.is_word(at) and (alone or not (known or small))


def _with_aside(sentence: Tokens, last: int) -> Range | None:
    """``Jane Roe, the mayor of Oz,`` or ``the council (WC)``: the phrase before an aside, with it if it names."""
    low = sentence.low
    opener = "(" if low[last] == ")" else ","
    at = last - 1
    while at > 0 and low[at] != opener and last - at < LONGEST:
        if low[at] == ";" or sentence.mark[at]:
            return None
        at -= 1
    if at <= 0 or low[at] != opener or at == last - 1:
        return None
    if at >= 3 and low[at - 1].isdigit() and low[at - 2] == ",":
        at -= 2  # "Jane Roe, 34, a teacher, said"
    before = source_before(sentence, at - 1)
    if before is None:
        return None
    first_inside = low[at + 1]
    small = first_inside in words("prep sub rel time subject")
    beside = opener == "," and not (small or first_inside.endswith(("ing", "ly")))
    if beside and sentence.capital(at + 1) and has_verb(sentence, at + 1, last):
        return None  # "with their maps, Ann Lee gave them tea, asked"
    # "Jane Roe, director of the museum of Oz, Springfield, said": one more aside between the name and the cue.
    first = before[0]
    party = "-" in sentence.raw[first]  # "Ann Lee, R-Ohio, who"
    if first >= 2 and low[first - 1] == "," and sentence.capital(first - 2) and (party or not sentence.capital(first)):
        earlier = source_before(sentence, first - 2)  # not "At a meeting in May, a spokesman, Ann Lee, said"
        before = earlier if earlier and (not earlier[0] or not sentence.is_word(earlier[0] - 1)) else before
    if beside and low[before[0]] in words("subject"):
        return (at + 1, last)  # "an engineer who worked on it, Ann Lee, said"
    return (before[0], last) if beside else before


def _leftmost(sentence: Tokens, last: int) -> int:
    """The furthest word to the left that may still belong to the noun phrase that ends at ``last``."""
    low, at = sentence.low, last
    while at >= 0 and last - at < LONGEST:
        word = low[at]
        if sentence.mark[at]:
            if at == last or not _nickname(sentence, at):
                break
        elif word in ("and", "or", "&"):
            if not _joins(sentence, at):
                break
        elif word in ("to", "for", "like"):
            before = low[at - 1] if at else ""
            known = before in titles() or before in words("adjective-to") or (at > 0 and sentence.capital(at - 1))
            if not (known and at < last):
                break
        elif word in ("'s", "'", "-", ".") and at > 0:
            pass
        elif not sentence.is_word(at) or _ends_phrase(sentence, at, last):
            break
        at -= 1
    return at + 1


def _nickname(sentence: Tokens, at: int) -> bool:
    """True for a short stretch in marks inside a name: Jane "Jay" Roe."""
    mark = sentence.mark[at]
    inside = 0 < at < len(sentence) - 1 and sentence.capital(at - 1) and sentence.capital(at + 1)
    return bool(mark and inside and mark.inner.end - mark.inner.start < 20)


def _ends_phrase(sentence: Tokens, at: int, last: int) -> bool:
    word = sentence.low[at]
    if word in words("prep"):
        return at == last or (word == "as" and sentence.low[at - 1 : at] != ["such"])
    if word == "there":
        return True
    if sentence.capital(at) and at > 0:
        return False
    if word in words("aux sub rel neg"):
        return word != "that" or at == last or begins_phrase(sentence, at + 1)
    if word in words("subject object") or word in ("what", "why", "how", "when", "where"):
        return True
    if word in words("adverb") or (word in words("time") and at < last and sentence.low[at + 1] != "'s"):
        return word not in ("all", "both") or at == last
    cue = cues().get(word)
    if cue and cue.form in ("past", "ing", "s") and not cue.noun and at < last:
        return not (at > 0 and sentence.low[at - 1] in words("det poss"))
    return word.endswith("ly") and at < last and word not in words("ly-noun")


def _joins(sentence: Tokens, at: int) -> bool:
    """True when ``and`` joins two names or two plain nouns rather than two clauses."""
    if at == 0 or at + 1 >= len(sentence) or not sentence.is_word(at - 1):
        return False
    low = sentence.low
    if low[at + 1] in words("det subject"):
        return sentence.capital(at - 1) and at >= 2 and low[0] in ("both", "the", "a")
    return sentence.capital(at - 1) or not sentence.capital(at + 1)


def _without_opening(sentence: Tokens, first: int, last: int) -> int:
    """Drop what stands before the phrase proper: "but", "In Oz on Monday" before "the mayor"."""
    low = sentence.low
    while first <= last and (
        low[first] in words("and")
        or low[first] in ("'s", "-", "&", ".", ",")
        or (low[first] in words("adverb") and low[first] != "both")
        or (low[first] in ("that", "what") and 0 < first < last)
        or low[first] in ("last", "next", "earlier")
        or (low[first] in words("time") and not (first < last and low[first + 1] == "'s"))
    ):
        first += 1
    if first > last or low[first] not in words("prep"):
        return first
    if low[first] == "with":
        return first + 1  # "..., with Roe saying"
    at = first + 1
    if at <= last and low[at] in words("det poss"):
        at += 1
    # The phrase after the preposition ends where a new one begins.
    while at < last:
        at += 1
        begins = low[at] in words("det poss")
        turn = sentence.capital(at) != sentence.capital(at - 1) and low[at - 1] not in words("prep")
        if (begins or turn) and low[at - 1] not in words("prep det"):
            return _without_opening(sentence, at, last)
    joins = low[first] in words("sub")  # "before | guests asked"
    return last if first + 1 < last or (joins and first + 1 == last) else last + 1


def _can_speak(sentence: Tokens, first: int, last: int) -> bool:
    """A source needs a noun: not only small words, numbers or days."""
    if last - first == 1 and sentence.low[first] in words("wh") and sentence.low[first] not in words("rel"):
        return False  # "Why did ..."
    for at in range(first, last):
        word = sentence.low[at]
        if sentence.mark[at]:
            continue
        if last - first == 1 and word in words("alone"):
            return True
        if word in words("det") and word in ("this", "that", "these", "all", "both", "some", "many", "most", "few"):
            return last - first > 1 or word in ("some", "many", "most", "few", "both", "all")
        if word in words("det prep time adverb"):
            continue
        if word[0].isalpha() or word[0] in "@#":
            return True
    return False


def source_after(sentence: Tokens, first: int) -> Range | None:
    """The noun phrase that begins at ``first`` (after "said"), or None."""
    low, size = sentence.low, len(sentence)
    at = first
    if at >= size or not _may_begin(sentence, at):
        return None
    if low[at] in words("subject") and not (sentence.capital(at) and at + 1 < size and sentence.capital(at + 1)):
        return (at, at + 1)
    while at < size and at - first < LONGEST:
        word = low[at]
        if sentence.mark[at]:
            if not _nickname(sentence, at):
                break
        elif word in ("'s", "-", "&"):
            pass
        elif word == "and":
            if not (at + 1 < size and _joins(sentence, at)):
                break
        elif word in words("prep"):
            inside = word in ("of", "for", "from", "at", "to") and at + 1 < size and sentence.is_word(at + 1)
            if not inside or low[at + 1].endswith("ing"):
                break
            if word in ("to", "from", "at", "for") and not (sentence.capital(at + 1) or low[at + 1] in ("the", "a")):
                break
        elif (
            not sentence.is_word(at)
            or word in words("aux sub rel")
            or (
                at > first
                and low[at - 1] not in words("prep")
                and low[at - 1] != "and"
                and (
                    word in words("det poss time adverb subject")
                    or (word.endswith("ly") and word not in words("ly-noun") and not sentence.capital(at))
                )
            )
        ):
            break
        elif (
            at > first
            and low[at - 1] in media()
            and sentence.capital(at)
            and word not in bodies()
            and word not in media()
        ):
            break  # "ABC News | Basya"
        elif at > first and verb_like(sentence, at) and not low[at - 1].endswith("ly"):
            break
        at += 1
    while at > first and (low[at - 1] in words("prep") or low[at - 1] in ("'s", "-", "&", "and")):
        at -= 1
    return (first, at) if at > first and _can_speak(sentence, first, at) else None


def _may_begin(sentence: Tokens, at: int) -> bool:
    word = sentence.low[at]
    if not sentence.is_word(at) or word in words("aux sub object"):
        return False
    if word in words("subject det poss") or sentence.capital(at):
        return word not in words("time")
    return (
        word in titles()
        or word in groups()
        or word in bodies()
        or word in given_names()
        or (
            at + 1 < len(sentence)
            and word not in words("prep adverb time and")
            and not word.endswith(("ly", "ing"))
            and (sentence.capital(at + 1) or known_speaker(sentence.low[at + 1]))
        )
    )


def known_speaker(word: str) -> bool:
    """True for a title, a group or a body: author, officials, ministry."""
    return word in titles() or word in groups() or word in bodies()
