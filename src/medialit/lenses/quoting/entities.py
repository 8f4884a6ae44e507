"""Everybody who is named in an article, ready to be looked up by name, by title and by place."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence

from medialit.article import Article, Span
from medialit.lenses.quoting.lexicon import media, nations, words
from medialit.lenses.quoting.names import Name, names_of
from medialit.lenses.quoting.speaker_words import longer_form

_GOES_ON = re.compile(r"(?:He|His|She|Her)\b")
_FIRST = re.compile(r"(?:[“\"‘].{1,200}[”\"’] (?:[a-z]+ )?)?")  # before a name: nothing, or what it says and "said"
NEAR = 40  # mentions that are looked at in each direction


def _as_people(names: list[Name]) -> list[Name]:
    """A name that is a person's in one place ("President Jane Roe") is a person's everywhere."""
    people: dict[tuple[str, ...], Name] = {}
    for name in names:
        if name.kind == "person" and (name.parts not in people or name.gender):
            people[name.parts] = name
    return [
        name._replace(kind="person", gender=name.gender or people[name.parts].gender) if name.parts in people else name
        for name in names
    ]


class Entities:
    """Everybody who is named in one article. ``starts`` are the places where its sentences begin."""

    def __init__(self, article: Article, starts: Sequence[int]) -> None:
        self.text = article.text
        self.names = _as_people(names_of(article))
        self.name_starts = [name.span.start for name in self.names]
        self.sentence_starts = list(starts)
        self.by_part: dict[str, list[int]] = {}
        self.by_role: dict[str, list[int]] = {}
        self.initials: dict[str, int] = {}
        self.genders: dict[str, str] = {}  # what a pronoun has shown, by the fullest name
        self._learn_genders()
        for index, name in enumerate(self.names):
            for part in {name.parts[0], name.parts[-1]}:
                self.by_part.setdefault(part, []).append(index)
            for key in (*name.roles, *name.lands):
                self.by_role.setdefault(key, []).append(index)
            if name.kind == "body" and len(name.parts) > 1:
                letters = "".join(part[0] for part in name.parts if part not in words("prep") and part != "the")
                self.initials.setdefault(letters, index)

    def within(self, span: Span) -> list[Name]:
        """The mentions that lie inside a span."""
        first = bisect_left(self.name_starts, span.start)
        last = bisect_left(self.name_starts, span.end)
        return [name for name in self.names[first:last] if name.span.end <= span.end]

    def shown(self, name: Name) -> str:
        """A name as the article prints it, without "the"."""
        return " ".join(self.text[slice(*name.span)].split())

    def fullest(self, name: Name) -> Name:
        """The longest form of a name among the mentions nearby; the name itself when there is none."""
        if " ".join(name.parts) in nations():
            return name
        if len(name.parts) == 1 and name.parts[0] in self.initials and self.text[slice(*name.span)].isupper():
            return self.names[self.initials[name.parts[0]]]
        best = name
        for part in (name.parts[-1], name.parts[0]):
            places = self.by_part.get(part, ())
            at = bisect_left(places, bisect_left(self.name_starts, name.span.start))
            for index in (*reversed(places[max(0, at - NEAR) : at]), *places[at : at + NEAR]):
                other = self.names[index]
                # "Ryder" is nobody's short form in "the Vane-Ryder campaign".
                paired = "-" in self.text[slice(*other.span)] and " " not in self.text[slice(*other.span)]
                if len(other.parts) > len(best.parts) and longer_form(name, other) and not paired:
                    best = other
            if best is not name:
                return best
        return best

    def _learn_genders(self) -> None:
        """A sentence begins with a name, the next one with "She": a sign that needs no list of given names."""
        for start, following in itertools.pairwise(self.sentence_starts):
            pronoun = _GOES_ON.match(self.text, following)
            quoted = _FIRST.match(self.text, start, following) if pronoun else None
            at = bisect_left(self.name_starts, quoted.end()) if quoted else 0
            names = self.names[at : at + 2]
            alone = len(names) < 2 or names[1].span.start >= following
            if (
                pronoun
                and quoted
                and alone
                and names
                and names[0].span.start == quoted.end()
                and names[0].kind != "body"
            ):
                shown = "she" if pronoun.group() in ("She", "Her") else "he"
                self.genders.setdefault(self.shown(self.fullest(names[0])), shown)

    def gender(self, name: Name, full: Name) -> str:
        """The pronoun that goes with a name, if anything has shown it; ``full`` is its fullest form."""
        return full.gender or name.gender or self.genders.get(self.shown(full), "")

    def around(self, key: str, position: int) -> list[int]:
        places = self.by_role.get(key, [])
        at = bisect_left(places, bisect_left(self.name_starts, position))
        return places[max(0, at - NEAR) : at + NEAR]

    def is_medium(self, span: Span | None) -> str | None:
        """The name of a newspaper, agency or network in a span, or None."""
        if span is None:
            return None
        for name in self.within(span):
            if " ".join(name.parts) in media() or any(media().get(part) == "whole" for part in name.parts):
                return self.shown(self.fullest(name))
            if len(name.parts) > 1 and any(media().get(part) == "part" for part in name.parts):
                return self.shown(name)
        return None
