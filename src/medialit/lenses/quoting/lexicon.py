"""The word lists behind the quotes lens, read once from ``datasets/lexicons/reporting``.

The lists are tables that people edit; nothing here knows a verb by heart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from medialit.lenses._tables import by_name, table


class Cue(NamedTuple):
    """One form of a reporting verb: its base form, what it takes, and how it may be read.

    ``form`` is "base", "s", "past" (also the participle) or "ing"; ``noun`` is True when the same word may be a noun.
    """

    verb: str
    form: str
    takes: frozenset[str]
    noun: bool
    sense: str
    particle: str


@cache
def cues() -> dict[str, Cue]:
    """Every form of every reporting verb in the list, lower case."""
    found: dict[str, Cue] = {}
    for verb, forms, takes, noun, sense in _verbs():
        _add_forms(found, verb, forms.split("/") if forms else [], frozenset(takes.split()), bool(noun), sense)
    return found


def own_cues(verbs: Iterable[str]) -> dict[str, Cue]:
    """The forms of verbs that a learner names. Each may be followed by marks or by a clause, whatever our list says."""
    found: dict[str, Cue] = {}
    for word in verbs:
        word = word.strip().lower()
        known = cues().get(word)
        if known:
            takes = known.takes | {"quote", "that"}
            found.update({f: cue._replace(takes=takes) for f, cue in cues().items() if cue.verb == known.verb})
        elif word:
            _add_forms(found, word, [], frozenset({"quote", "that"}), False, "own")
    return found


def _add_forms(
    found: dict[str, Cue], verb: str, forms: list[str], takes: frozenset[str], noun: bool, sense: str
) -> None:
    head, _, particle = verb.partition(" ")
    s, past, participle, ing = forms or inflect(head)
    named = [(head, "base"), (s, "s"), (ing, "ing"), (participle, "participle"), (past, "past")]
    for form, kind in named:
        # "put" is base and past at once: the past is the reading that news needs.
        found[form] = Cue(verb, kind, takes, _also_noun(form, kind, noun), sense, particle)


def _also_noun(form: str, kind: str, noun: bool) -> bool:
    return (noun and kind in ("base", "s")) or form in words("ing-noun")


def inflect(verb: str) -> list[str]:
    """The regular forms of a verb: third person, past, participle, -ing form."""
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        s = verb + "es"
    elif verb.endswith("y") and verb[-2:-1] not in "aeiou":
        s = verb[:-1] + "ies"
    else:
        s = verb + "s"
    if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb):
        verb += verb[-1]  # slam, slammed
    if verb.endswith("e"):
        past = verb + "d"
    elif verb.endswith("y") and verb[-2:-1] not in "aeiou":
        past = verb[:-1] + "ied"
    else:
        past = verb + "ed"
    ing = verb[:-1] + "ing" if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) else verb + "ing"
    return [s, past, past, ing]


def _verbs() -> tuple[list[str], ...]:
    """The reporting verbs: third person, past, participle and -ing form stand together where they are irregular."""
    return table("reporting", "verbs", forms="|[^/]+/[^/]+/[^/]+/[^/]+")


def _common_verbs() -> dict[str, list[str]]:
    """The other verbs by their class; irregular ones as base/past/participle."""
    shape = r"(?:[^/ ]+/[^/ ]+/[^/ ]+ ?)+|[^/]+"
    kinds = by_name("reporting", "common-verbs", "irregular", "verb", "noun-verb", "intransitive", verbs=shape)
    return {kind: verbs.split() for kind, verbs in kinds.items()}


@cache
def irregular_forms() -> dict[str, list[str]]:
    """Third person, past, participle and -ing form of the verbs that the rules of spelling do not give."""
    found = {verb: forms.split("/") for verb, forms, _, _, _ in _verbs() if forms}
    for verb in _common_verbs()["irregular"]:
        base, past, participle = verb.split("/")
        s, _, _, ing = inflect(base)
        found.setdefault(base, [s, past, participle, ing])
    return found


@cache
def verb_forms() -> dict[str, str]:
    """Forms of verbs, each with what it shows: past, part (past and participle alike), s, noun-s, base or noun.

    "noun" and "noun-s" are as often nouns. Reporting verbs are among them.
    """
    found: dict[str, str] = {}
    for verb, forms, _, noun, _ in _verbs():
        s, past, participle, _ = forms.split("/") if forms else inflect(verb.split()[0])
        found |= {verb: "noun" if noun else "base", s: "noun-s" if noun else "s"}
        found |= {participle: "part", past: "part" if past == participle else "past"}
    common = _common_verbs()
    for kind, shape in (("noun-verb", "noun"), ("verb", "base"), ("intransitive", "base"), ("irregular", "base")):
        for verb in common[kind]:
            base, *irregular = verb.split("/")
            found.setdefault(base, shape)
            found.setdefault(inflect(base)[0], "noun-s" if shape == "noun" else "s")
            if irregular:
                found[irregular[1]] = "part"
                found[irregular[0]] = "part" if irregular[0] == irregular[1] else "past"
    return found | {inflect(verb)[1]: "past" for verb in common["intransitive"]}


@cache
def nouns() -> dict[str, str]:
    """Reporting nouns in singular and plural, each with its kind: speech, thought or text."""
    found = {}
    for noun, plural, kind in table("reporting", "nouns"):
        found[noun] = found[plural or noun + "s"] = kind
    return found


@cache
def words(kinds: str) -> frozenset[str]:
    """Small words of one class or several: ``words("det")`` holds the, a, an ..., ``words("det poss")`` my and his too."""
    return frozenset(
        word for name, line in table("reporting", "words") if name in kinds.split() for word in line.split()
    )


@cache
def titles() -> dict[str, str]:
    """Offices, roles and honorifics, each with its kind."""
    return dict(table("reporting", "titles"))


@cache
def groups() -> dict[str, str]:
    """Words for sources without a name ("officials"), each with its kind."""
    return dict(table("reporting", "groups"))


@cache
def media() -> dict[str, str]:
    """Words that show a medium: "whole" names and "part" words."""
    return dict(table("reporting", "media"))


@cache
def bodies() -> frozenset[str]:
    """Words inside the names of bodies, such as ministry or council."""
    return frozenset(row[0] for row in table("reporting", "bodies"))


@cache
def bodies_alone() -> frozenset[str]:
    """Words that may stand for a body named before: "the ministry"."""
    return frozenset(row[0] for row in table("reporting", "bodies") if row[1:] == ["alone"])


@cache
def given_names() -> dict[str, str]:
    """Given names and the pronoun they usually go with; names that go with both are left out."""
    found: dict[str, str] = {}
    both = set()
    for pronoun, line in table("reporting", "given-names"):
        for name in line.split():
            if found.setdefault(name, pronoun) != pronoun:
                both.add(name)
    return {name: pronoun for name, pronoun in found.items() if name not in both}


@cache
def nations() -> dict[str, str]:
    """Country names and their adjectives, each with the country: japanese -> japan."""
    found = {}
    for country, adjectives in table("reporting", "nations"):
        for word in (country, *adjectives.split()):
            found[word.replace("-", " ")] = country
    return found


@cache
def phrases() -> tuple[dict[str, list[tuple[str, ...]]], dict[str, list[str]]]:
    """Phrases with the source after them, and the nouns of "in X's view" and "by X's count"; both by their first word."""
    after: dict[str, list[tuple[str, ...]]] = {}
    inside: dict[str, list[str]] = {}
    for phrase, place in table("reporting", "phrases", source="after|inside"):
        parts = tuple(phrase.split())
        if place == "after":
            after.setdefault(parts[0], []).append(parts)
        else:
            inside.setdefault(parts[0], []).append(parts[-1])
    return after, inside
