"""Does a corrected paragraph keep what has to stay? Its quotations to the letter, and the facts that hold.

Facts are what can be compared without understanding: numbers, names and the little word "not". What a sentence means is for
the person who reads the card.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from medialit.case.claims import Card, Claim
from medialit.english import MONTHS, day_in_words

# Double marks only: a single one may be an apostrophe.
_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]*)[”“»\"]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:[-.][^\W\d_]+)*")
_ENDS = " \n\t,.;:!?…"
_SMALL = dict(
    zip("two three four five six seven eight nine ten eleven twelve".split(), map(str, range(2, 13)), strict=True)
)
_ORDINALS = "third fourth fifth sixth seventh eighth ninth tenth".split()
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_NOT = frozenset("not no never nobody none nothing without cannot".split())
# Words with a capital that name nothing by themselves.
_NO_NAME = frozenset("i a an the mr mrs ms dr".split())

NEAR = 6  # words within which a number and what it counts are


@dataclass(frozen=True)
class ParagraphCheck:
    """What was compared. ``kept`` + ``lost`` were to be kept; ``strange`` came in from nowhere we know of."""

    kept: tuple[str, ...]
    lost: tuple[str, ...]
    strange: tuple[str, ...]


def quotations(text: str) -> list[str]:
    """What stands between double quotation marks, without the stops that editors put inside them."""
    return [words for found in _QUOTED.findall(text) if (words := _evened(found))]


def unclosed(text: str) -> bool:
    """True when a quotation mark has no partner."""
    return len(re.findall(r"[“”„«»\"]", text)) % 2 == 1


def _evened(words: str) -> str:
    return " ".join(words.replace("’", "'").split()).strip(_ENDS)


def check_quotations(
    rewrite: str, original: str, article: str, cards: Iterable[Card], faulty: str = ""
) -> ParagraphCheck:
    """Are all quotations of the rewrite words that were quoted before, and are those of the paragraph still there?

    A quotation may come from the article or a card's own words; a part of one is allowed, other words are not.
    Quotations that stand in ``faulty`` (the words of the claims that do not hold) may be left out.
    """
    known = [*quotations(article), *(_evened(card.quotation) for card in cards if card.quotation)]
    given = quotations(rewrite)
    strange = tuple(words for words in given if not any(_within(words, one) for one in known))
    loose = _evened(faulty)
    wanted = [words for words in quotations(original) if words not in loose]
    kept = tuple(words for words in wanted if words in given)
    return ParagraphCheck(kept, tuple(words for words in wanted if words not in given), strange)


def _within(part: str, whole: str) -> bool:
    """Does ``part`` stand in ``whole`` as whole words?"""
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", whole) is not None


def facts(text: str) -> set[str]:
    """Numbers, names and negations of a text, evened out: 38,000 is 38000, three is 3, Japan’s is japan."""
    text = text.replace("’", "'")
    found = {_digits(number) for number in _NUMBER.findall(text)}
    starts = _sentence_starts(text)
    words = [(m.start(), m.group().rstrip(".")) for m in _WORD.finditer(re.sub(r"'s\b", "  ", text))]
    inside = {word.lower() for at, word in words if word[0].isupper() and at not in starts}
    for at, word in words:
        lower = word.lower()
        if lower in _SMALL:
            found.add(_SMALL[lower])
        elif lower in _NOT or lower.endswith("n't"):
            found.add("not")
        # The first word of a sentence is a name when it is one elsewhere.
        elif word[0].isupper() and lower not in _NO_NAME | _DAYS and (at not in starts or lower in inside):
            found.add(lower)
    return found


def _digits(number: str) -> str:
    return re.sub(r"[,.](?=\d{3}(?!\d))", "", number).replace(",", ".")


def _sentence_starts(text: str) -> set[int]:
    return {m.end() for m in re.finditer(r"(?:^|[.!?:]['\"”’)]*\s+)['\"“‘(]*", text)}


def to_keep(paragraph: str, start: int, claims: Sequence[Claim]) -> set[str]:
    """The facts that the record supports, in a paragraph that begins at ``start``; ``claims`` are those in it.

    Where nothing is supported: all facts outside the claims that do not hold.
    """
    sound = [c for c in claims if c.verdict == "supported"]
    wrong = [c for c in claims if c.verdict and c.verdict != "supported"]
    end = start + len(paragraph)
    if not sound:
        return facts(_cut(paragraph, start, end, start, wrong))
    found: set[str] = set()
    for claim in sound:
        smaller = [w for w in wrong if claim.span.start <= w.span.start and w.span.end <= claim.span.end]
        part = _cut(paragraph, claim.span.start, min(end, claim.span.end), start, smaller)
        # A lower-case word in front: the claim may begin in the middle of a sentence, so its first word counts.
        found |= facts(
            f"x {part}" if claim.span.start > start and paragraph[claim.span.start - start - 1] == " " else part
        )
    return found & (facts(paragraph) | facts(f"x {paragraph}"))


def _cut(paragraph: str, start: int, end: int, offset: int, holes: Sequence[Claim]) -> str:
    text = list(paragraph[start - offset : end - offset])
    for claim in holes:
        for at in range(max(start, claim.span.start), min(end, claim.span.end)):
            text[at - start] = " "
    return "".join(text)


def check_facts(rewrite: str, keep: set[str], article: str, cards: Sequence[Card]) -> ParagraphCheck:
    """Which of the facts to ``keep`` stand in the rewrite, and which of its facts stand on no page we know of."""
    given = facts(rewrite)
    # A name that opens a sentence is no worse kept than one in the middle.
    loosely = given | facts(f"x {rewrite}") | {word.lower() for word in _WORD.findall(rewrite.replace("’", " "))}
    known = facts(article) | {w.lower() for w in _WORD.findall(article.replace("’", " "))} | facts_of(cards)
    strange = sorted(given - known - {"not"})
    return ParagraphCheck(tuple(sorted(keep & loosely)), tuple(sorted(keep - loosely)), tuple(strange))


def facts_of(cards: Iterable[Card]) -> set[str]:
    """Everything that a rewrite may take from these cards: numbers, names, and the parts of a date in words."""
    found: set[str] = set()
    for card in cards:
        text = f"{card.publisher} {card.title}. {card.fact} {card.quotation} {card.origin}"
        found |= facts(text) | {word.lower() for word in _WORD.findall(text.replace("’", " "))}
        found |= _date(card.date)
    return found


def _date(day: str | None) -> set[str]:
    parts = (day or "").split("-")
    if not parts[0]:
        return set()
    found = {parts[0]}
    if len(parts) > 1:
        found.add(MONTHS[int(parts[1]) - 1].lower())
    if len(parts) > 2:
        found.add(str(int(parts[2])))
    return found


def traces(rewrite: str, original: str, cards: Sequence[Card]) -> bool:
    """Does the rewrite say when, or by whose record? A detail of the date or the publisher that was not there before."""
    marks = set()
    for card in cards:
        marks |= _date(card.date) | {
            w.lower() for w in _WORD.findall(f"{card.publisher} {card.origin}") if w[0].isupper()
        }
    now = {w.lower() for w in _WORD.findall(rewrite.replace("’", " "))} | facts(rewrite)
    before = {w.lower() for w in _WORD.findall(original.replace("’", " "))} | facts(original)
    return bool((now - before) & (marks - _NO_NAME - {"of", "on", "in", "town"}))


def names_record(text: str, cards: Iterable[Card]) -> bool:
    """Does a text have the whole name of who is on record, or the day of a card, be it new or as it was before?"""
    named = set()
    for card in cards:
        day = day_in_words(card.date or "").partition(",")[0].split()
        named |= {" ".join(day), " ".join(reversed(day))}
        named |= {re.sub(r"^The | \(.*|,.*", "", name) for name in (card.publisher, card.origin)}
    return any(_within(_evened(name).lower(), _evened(text).lower()) for name in named if name)


def still_says(rewrite: str, claim: str, quoted: bool = False, cards: Sequence[Card] = ()) -> bool:
    """Are the words of a claim still in the rewrite, one after the other? Small words between them do not hide it.

    Where the marks are what is wrong (``quoted``), the words may stay without marks. Another number in the same words
    corrects nothing, unless one of the ``cards`` has that number with what it counts just behind it.
    """
    wanted = _said(claim)
    found = [_said(words) for words in (quotations(rewrite) if quoted else [rewrite])]
    runs = [said[at : at + len(wanted)] for said in found for at in range(len(said) - len(wanted) + 1)]
    told = [_said(f"{card.title} {card.fact} {card.quotation}") for card in cards]
    near = {(word, one) for said in told for at, word in enumerate(said) for one in said[at + 1 : at + NEAR]}

    def same(old: str, new: str) -> bool:
        if old == new:
            return True
        return _is_number(old) and _is_number(new) and (new, wanted[-1]) not in near

    return bool(wanted) and any(all(map(same, wanted, run)) for run in runs)


def _is_number(word: str) -> bool:
    return word[0].isdigit()


def readable(rewrite: str, known: str) -> bool:
    """Are two thirds of the words of a text in ``known`` or small ones? A program can tell no more than that."""
    words = re.findall(r"[^\W\d_]+", rewrite.lower())
    there = set(re.findall(r"[^\W\d_]+", known.lower())) | _LITTLE
    return sum(word in there for word in words) >= len(words) * 2 / 3


_LITTLE = frozenset(
    "a an the of at to in on by for and that this its their as is was were are has had have been be it".split()
)


def _said(text: str) -> list[str]:
    pieces = re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", text.lower().replace("’", "'"))
    numbers = _SMALL | {word: str(n) for n, word in enumerate(_ORDINALS, 3)}
    said = (_digits(piece) if piece[0].isdigit() else numbers.get(piece, piece) for piece in pieces)
    return [piece for piece in said if piece not in _LITTLE]
