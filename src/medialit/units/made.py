"""Questions about a case, made from its key: up to nine, with the words of ``course/*/made.yaml``.

Each is about something that nobody disputes (share 1), and its id comes from the key's, so that a longer key keeps it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from medialit.case import Case, GoldQuote, lacks
from medialit.english import filled, shortened
from medialit.errors import CaseError, NotServed
from medialit.exercises.quiz import OneQuestion, Question
from medialit.files import load_yaml, validated
from medialit.units.sources.origins import site_of

MOST = 3  # questions of each sort
OPTIONS = 4
WORDS = 6  # of a description or a name; feedback has a limit
SHORTEST = 3  # words that a question can be about
LENGTH = 140  # characters of the story that a question repeats
KINDS = ("mixed", "direct", "indirect", "scare")
NUMBERS = ("", "one", "two", "three", "four")
_MARKS = re.compile(r"[“”„«»\"\[\]]")
_INNER = re.compile(r"(?<!\w)[‘'](.+?)[’'](?!\w)")
_WORD = re.compile(r"\w{3,}")

Template = dict[str, Any]
Made = tuple[dict[str, str], list[Question]]


def made_from(path: Path, case: Case) -> Made:
    """(misconceptions, questions) for a unit with the words in ``path``; nothing where there is no such file.

    A file of the case that is damaged costs the questions that are made from it, and nothing else. Raises CaseError where
    the words themselves do not fit.
    """
    if not path.is_file():
        return {}, []
    data, line_of = load_yaml(path)
    if not isinstance(data, dict):
        raise CaseError("This needs named fields.", file=path)
    made: list[Question] = []
    name = ""
    try:
        for name in (sort for sort in _MAKERS if sort in data):
            asked: list[dict[str, Any]] = []
            with suppress(CaseError, NotServed):
                asked += _MAKERS[name](case, data[name], data["one_reader"])
            made += [validated(OneQuestion, one, path, line_of, (name,)) for one in asked]
        return data["misconceptions"] if made else {}, made
    except (KeyError, TypeError, AttributeError) as error:
        what = f"{error} is missing" if isinstance(error, KeyError) else "a part of it is of another kind"
        raise CaseError(
            f"No question can be made from this: {what}.", file=path, line=line_of((name,)), field=name
        ) from None


def _question(
    name: str, template: Template, facts: dict[str, object], options: list[dict[str, Any]], more: str
) -> dict[str, Any]:
    """One question as data; ``more`` is said at the end of all feedback."""
    said = [
        {
            "id": letter,
            **option,
            "text": filled(option["text"], **facts),
            "feedback": f"{filled(option['feedback'], **facts)} {more}".strip(),
        }
        for letter, option in zip("abcdef", options, strict=False)
    ]
    asked = {key: template[key] for key in ("version", "asks", "certainty")}
    hints = [filled(hint, **facts) for hint in template["hints"]]
    stem = filled(template["stem"], **facts)
    return {"id": name, "type": "one", "stem": stem, "hints": hints, "options": said, **asked}


# --- quotations -------------------------------------------------------------------------------------------------------


def _kinds(case: Case, words: Template, alone: str) -> Iterator[dict[str, Any]]:
    """What kind is a quotation? One question for each kind, so that one answer everywhere earns little."""
    first = {quote.kind: quote for quote in reversed(_sure(case))}
    for kind in [kind for kind in KINDS if kind in first][:MOST]:
        quote = first[kind]
        options = []
        for other, text in words["options"].items():
            if other == kind:
                options.append({"text": text, "right": True, "feedback": words["right"][kind]})
            else:
                wrong = words["wrong"][other]
                options.append({"text": text, "code": wrong["codes"][kind], "feedback": wrong["feedback"]})
        more = alone if case.one_reader("quotes") else ""
        yield _question(_id("kind", quote.id), words, _facts(case, quote), options, more)


def _speakers(case: Case, words: Template, alone: str) -> Iterator[dict[str, Any]]:
    """Who is behind a pronoun or a description? The names look alike, so that none stands out by its form."""
    named = [*(voice.name for voice in case.voices), *(q.speaker_name for q in case.quotes if q.speaker_name)]
    names = list(dict.fromkeys(named))
    unnamed = {voice.name for voice in case.voices if voice.unnamed}
    asked: set[str] = set()
    for quote in _sure(case):
        name = quote.speaker_name
        if not quote.speaker or not name or name in asked or len(asked) == MOST:
            continue
        said = " ".join(case.article[quote.speaker].split())
        others = [n for n in names if n != name and _form(n) == _form(name) and (n in unnamed) == (name in unnamed)]
        if said.lower() in ("he", "she"):
            others = [n for n in others if _may_be_a_person(case, n)]
        if _akin(said, name) or len(others) < 2 or max(len(said.split()), len(name.split())) > WORDS:
            continue
        asked.add(name)
        others = sorted(others, key=lambda other: _digest(quote.id, other))[: OPTIONS - 1]
        before = {other: case.article.text.rfind(other, 0, quote.content.start) for other in others}
        near = max(before, key=lambda other: before[other])
        options: list[dict[str, Any]] = [{"text": "{name}", "right": True, "feedback": words["right"]}]
        for other in others:
            wrong = words["wrong"]["near" if other == near and before[near] >= 0 else "far"]
            options.append({"text": _plain(other), **wrong})
        options.sort(key=lambda option: (name if option.get("right") else option["text"]).casefold())
        facts = _facts(case, quote) | {"said": case.isolated(said), "name": case.isolated(name)}
        yield _question(_id("who", quote.id), words, facts, options, alone if case.one_reader("quotes") else "")


def _sure(case: Case) -> list[GoldQuote]:
    """Quotations in numbered paragraphs that nobody disputes; first those that are in no exercise, then by their ids."""
    found = [
        quote
        for quote in case.quotes
        if quote.share >= 1
        and quote.kind_share >= 1
        and not quote.nested
        and _paragraph(case, quote)
        # A word or two can be anywhere in a paragraph.
        and (quote.kind == "scare" or len(quote.text.split()) >= SHORTEST)
    ]
    return sorted(found, key=lambda quote: (quote.id in case.sorting, len(quote.id), quote.id))


def _paragraph(case: Case, quote: GoldQuote) -> int:
    block = case.article.block_at(quote.content.start)
    return block.number or 0 if block else 0


def _facts(case: Case, quote: GoldQuote) -> dict[str, object]:
    # Without its marks: the story shows them, and the question asks for them.
    text = shortened(_INNER.sub(r"\1", _MARKS.sub("", quote.text)).rstrip(" ,;"), LENGTH)
    return {"paragraph": _paragraph(case, quote), "text": case.isolated(text)}


def _form(name: str) -> tuple[bool, bool]:
    """What a name looks like: as a rule, that of a person has two words or more and each begins with a capital."""
    words = name.split()
    return all(not word[0].islower() for word in words), len(words) > 1


def _may_be_a_person(case: Case, name: str) -> bool:
    """A body is often called by words that the story uses, too: “Safe Way Home” is not who “she” is."""
    return not any(re.search(rf"\b{re.escape(word.lower())}\b", case.article.text) for word in _WORD.findall(name))


def _akin(said: str, name: str) -> bool:
    """Do they share a word, or the beginning of one? Then a reader needs no story."""
    one, other = ({word[:5] for word in _WORD.findall(text.lower())} for text in (said, name))
    return bool(one & other) or said.lower() == name.lower()


# --- origins ----------------------------------------------------------------------------------------------------------


def _origins(case: Case, words: Template, alone: str) -> Iterator[dict[str, Any]]:
    """How many origins are behind some pages? Each question has another number: one answer everywhere earns little."""
    if lacks(case, words["needs"]):
        return
    cards = {card.id: card for card in case.evidence}
    groups: dict[str, list[str]] = {}
    for copy in case.coverage.grouping:
        card = cards[copy.card]
        groups.setdefault(card.origin, []).append(f"{site_of(card.publisher)}: {copy.clue.rstrip('.')}.")
    for number in range(1, MOST + 1):
        pages = _spread(list(groups.values()), number)
        if not pages:
            continue
        pages.sort(key=lambda page: _digest(str(number), page))
        told = " ".join(f"({place}) {case.isolated(page)}" for place, page in enumerate(pages, 1))
        options = []
        for n, text in enumerate(words["options"], 1):
            if n == number:
                options.append({"text": text, "right": True, "feedback": words["right"]})
            else:
                options.append({"text": text, **words["wrong"]["more" if n > number else "fewer"]})
        facts: dict[str, object] = {"number": NUMBERS[OPTIONS], "pages": told}
        yield _question(f"origins-{number}", words, facts, options, alone)


def _spread(groups: list[list[str]], number: int) -> list[str]:
    """Four pages with so many origins: the first that will do, or none."""
    for first in groups:
        rest = [group for group in groups if group is not first][: number - 1]
        wanted = OPTIONS - len(rest)
        if len(rest) == number - 1 and len(first) >= wanted:
            return [*first[:wanted], *(group[0] for group in rest)]
    # Two pairs, where no origin has more.
    pairs = [group[:2] for group in groups if len(group) > 1][:2]
    return [page for pair in pairs for page in pair] if number == 2 and len(pairs) == 2 else []


# --- all of them ------------------------------------------------------------------------------------------------------


def _id(sort: str, name: str) -> str:
    """The id of a question: that of what it is made from, in the letters that an id may have."""
    plain = re.sub(r"[^a-z0-9_-]", "-", name.lower())
    return f"{sort}-{plain}" if plain == name and len(plain) <= 20 else f"{sort}-{plain[:12]}-{_digest(name)[:6]}"


def _digest(*texts: str) -> str:
    return hashlib.sha256("/".join(texts).encode()).hexdigest()


def _plain(text: str) -> str:
    """A text of the case in which nothing is filled in."""
    return text.replace("{", "{{").replace("}", "}}")


_MAKERS: dict[str, Callable[[Case, Template, str], Iterator[dict[str, Any]]]] = {
    "kind": _kinds,
    "who": _speakers,
    "origins": _origins,
}
