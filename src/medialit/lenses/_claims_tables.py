"""The word tables of the claims lens, read once: ``datasets/lexicons/claims``."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from medialit.lenses._tables import by_name, table


class Sign(NamedTuple):
    """One row of ``signs.tsv``: single words, beginnings of words, and phrases as tuples of words."""

    key: str
    reason: str
    words: frozenset[str]
    beginnings: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]


class Rule(NamedTuple):
    """One row of ``kinds.tsv``: ``pattern`` as written, ``unless`` a sign that switches the rule off."""

    kind: str
    reason: str
    unless: str
    pattern: str


@lru_cache(maxsize=1)
def sign_table() -> tuple[Sign, ...]:
    """The signs, in the order of the table."""
    found = []
    for key, reason, words in table("claims", "signs", sign=".+", reason=".+", words=".+"):
        parts = [word for word in words.split() if word != "code"]
        single = frozenset(w for w in parts if "_" not in w and not w.endswith("*"))
        beginnings = tuple(w[:-1] for w in parts if w.endswith("*"))
        phrases = tuple(tuple(w.split("_")) for w in parts if "_" in w)
        found.append(Sign(key, reason, single, beginnings, phrases))
    return tuple(found)


@lru_cache(maxsize=1)
def rule_table() -> tuple[Rule, ...]:
    """The kind rules, in the order in which they are tried."""
    return tuple(Rule(*row) for row in table("claims", "kinds", kind=".+", reason=".+", unless=".*", pattern=".+"))


@lru_cache(maxsize=16)
def word_class(name: str) -> frozenset[str]:
    """The words of one class of ``words.tsv``; a phrase keeps its ``_``."""
    return frozenset(by_name("claims", "words", name, words=".+")[name].split())
