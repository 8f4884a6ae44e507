"""The evidence desk: a search page that never changes.

A frozen page stands in for the web, so that leaving the story to look elsewhere (lateral reading, Wineburg & McGrew
2019) can be practised offline, and graded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from medialit.case.claims import Card

_WORD = re.compile(r"[\w.]+")
# Words that stand in every second question and tell cards apart by nothing.
_EMPTY = frozenset(
    "a an the of in on at to for by and or is are was were did do does has have who what when which how it "
    "its with without from as that this their his her they he she".split()
)


def words_of(text: str) -> list[str]:
    """The words of a query or a card that can be looked up, in lower case."""
    return [w.strip(".") for w in _WORD.findall(text.lower()) if w.strip(".") and w not in _EMPTY]


class EvidenceDesk:
    """Evidence cards that can be searched. The same query always gives the same list."""

    def __init__(self, cards: Sequence[Card]) -> None:
        self.cards = {card.id: card for card in cards}

    @cached_property
    def _index(self) -> dict[str, dict[str, int]]:
        # Where a word stands says how much it tells: a keyword more than a title, a title more than the text.
        index: dict[str, dict[str, int]] = {}
        for card in self.cards.values():
            parts = (
                (" ".join(card.keywords), 4),
                (f"{card.title} {card.publisher}", 2),
                (f"{card.fact} {card.date}", 1),
            )
            for text, weight in parts:
                for word in set(words_of(text)):
                    places = index.setdefault(word, {})
                    places[card.id] = places.get(card.id, 0) + weight
        return index

    def search(self, query: str, limit: int = 12) -> list[Card]:
        """Cards that hold words of the query, best first; cards that hold more of the words come before others."""
        points: dict[str, list[int]] = {}
        for word in set(words_of(query)):
            for name, weight in self._index.get(word, {}).items():
                score = points.setdefault(name, [0, 0])
                score[0] += 1
                score[1] += weight
        order = sorted(points, key=lambda name: (-points[name][0], -points[name][1], name))
        return [self.cards[name] for name in order[:limit]]

    def questions_for(self, claim: str) -> list[str]:
        """Searches to begin with: the claim's own words, then names and numbers in it."""
        names = re.findall(r"[A-Z][\w’.-]+(?: [A-Z][\w’.-]+)*|\d[\d,.]*(?: \w+)?", claim)
        long_names = [name.rstrip(".,’") for name in names if len(name) > 3]
        return list(dict.fromkeys([claim, *long_names]))[:4]
