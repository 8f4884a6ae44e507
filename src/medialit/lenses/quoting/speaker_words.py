"""Small questions about the words that name a speaker: what is their head, is it a role, which name counts?"""

from __future__ import annotations

import re

from medialit.lenses.quoting.lexicon import groups, media, titles, words
from medialit.lenses.quoting.names import Name


def longer_form(name: Name, other: Name) -> bool:
    """True when ``other`` is a longer form of ``name``: it begins or ends with it, and both can be the same kind."""
    n = len(name.parts)
    if {name.kind, other.kind} == {"person", "body"} or len(other.parts) > 6:
        return False
    if name.kind == "name" and other.kind == "body" and n == 1 and other.parts[0] != name.parts[0]:
        return False
    if name.kind == "name" and n == 1 and other.parts[0] in media() and other.parts[0] != name.parts[0]:
        return False  # "Oz" is not "BBC Radio Oz"
    if name.gender and other.gender and name.gender != other.gender:
        return False
    return other.parts[-n:] == name.parts or other.parts[:n] == name.parts


def fits(kind: str, gender: str, pronoun: str) -> bool:
    return kind in ("person", "name") and (not gender or not pronoun or gender == pronoun)


_COUNT = re.compile(
    r"(?:close to|up to|(?:more|fewer|less) than|at least|as many as)\b"
    r"|(?:one|two|three|some|many|most|all|none|both|half|\w+ percent|dozens|hundreds|thousands|scores) of\b",
    re.IGNORECASE,
)
_HEAD_ENDS = frozenset("of for in at from with on who which that whose to near by as".split())


def head_of(shown: str) -> str:
    """The words of a phrase up to its first comma or preposition: "a spokesman" of "a spokesman for the club"."""
    end = 0
    count = _COUNT.match(shown)
    for part in shown.split():
        start = shown.index(part, end)
        if end and not (count and start < count.end()) and (part.lower() in _HEAD_ENDS or part[0] in "(,—"):
            break
        end = start + len(part)
        if part.endswith(","):
            return shown[: end - 1]
    return shown[:end]


def is_role(head: str) -> bool:
    """True for a phrase whose main word is a title: "the Japanese leader"."""
    parts = head.lower().split()
    return bool(parts) and (parts[-1] in titles() or parts[-1] in ("figure", "ruler"))


def role_gender(word: str) -> str:
    return {"m": "he", "w": "she"}.get(titles().get(word, "").split()[-1:][0] if titles().get(word) else "", "")


def best_name(named: list[Name], text: str, end: int) -> Name | None:
    """The name that is the head of a phrase: a person before a body, the last before the others."""
    people = [name for name in named if name.kind == "person"]
    if people:
        # "Kim's sister": a name that owns the head is not the speaker.
        owner = text[people[-1].span.end : people[-1].span.end + 2]
        if not (owner in ("'s", "’s") and people[-1].span.end + 2 < end):
            return people[-1]
    rest = [n for n in named if text[n.span.end : n.span.end + 1] not in ("'", "’") or n.span.end + 2 >= end]
    if rest and not text[rest[-1].span.end : end].strip(" .,'’s"):
        return rest[-1]
    return None


def plain(shown: str) -> str | None:
    """The words of an unnamed source without "the"."""
    parts = " ".join(shown.split()).strip(" ,#")
    for article in ("the ", "The "):
        parts = parts.removeprefix(article)
    first = parts.split()[0] if parts else ""
    if first[1:2].isupper():
        return parts  # "MPs"
    if first.lower() in groups() or first.lower() in words("alone"):
        parts = parts[0].lower() + parts[1:]  # "Experts" at the start of a sentence
    return parts or None
