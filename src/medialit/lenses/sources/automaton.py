"""A suffix automaton over words: every run of words of a text, in space linear in the text.

Blumer et al. 1985, "The smallest automaton recognizing the subwords of a text", Theoretical Computer Science 40.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence


class SuffixAutomaton:
    """Finds the longest run of words that ends at each place of another text and stands in this one.

    Words are whole numbers from 0. A state with one way out, which most have, costs a few numbers; only branching ones
    have a dictionary. So five million characters fit into memory.
    """

    def __init__(self, words: Sequence[int]) -> None:
        self.length = array("l", [0])
        self._link = array("l", [-1])
        self._last_word = array("l", [-1])  # where the first occurrence ends
        self._only_word = array("l", [-1])
        self._only_state = array("l", [-1])
        self._ways: dict[int, dict[int, int]] = {}
        last = 0
        for place, word in enumerate(words):
            last = self._add(word, place, last)

    def _new(self, length: int, link: int, place: int) -> int:
        self.length.append(length)
        self._link.append(link)
        self._last_word.append(place)
        self._only_word.append(-1)
        self._only_state.append(-1)
        return len(self.length) - 1

    def _go(self, state: int, word: int) -> int:
        """The state after one more word, or -1."""
        if self._only_word[state] == word:
            return self._only_state[state]
        ways = self._ways.get(state)
        return ways.get(word, -1) if ways else -1

    def _set(self, state: int, word: int, target: int) -> None:
        only = self._only_word[state]
        if only in (-1, word):
            self._only_word[state], self._only_state[state] = word, target
        else:
            self._ways.setdefault(state, {})[word] = target

    def _add(self, word: int, place: int, last: int) -> int:
        current = self._new(self.length[last] + 1, 0, place)
        state = last
        while state != -1 and self._go(state, word) == -1:
            self._set(state, word, current)
            state = self._link[state]
        if state == -1:
            return current
        target = self._go(state, word)
        if self.length[target] == self.length[state] + 1:
            self._link[current] = target
            return current
        clone = self._new(self.length[state] + 1, self._link[target], self._last_word[target])
        self._only_word[clone], self._only_state[clone] = self._only_word[target], self._only_state[target]
        if target in self._ways:
            self._ways[clone] = dict(self._ways[target])
        while state != -1 and self._go(state, word) == target:
            self._set(state, word, clone)
            state = self._link[state]
        self._link[target] = self._link[current] = clone
        return current

    def longest_runs(self, words: Sequence[int], least: int) -> list[tuple[int, int, int]]:
        """(length, end in this text, end in ``words``) of each run that cannot be made longer on the right.

        Only runs of ``least`` words or more; ends are exclusive. In the order of ``words``; starts and ends both grow.
        """
        runs = []
        state = length = 0
        for place, word in enumerate(words):
            following = self._go(state, word)
            if following == -1:
                if length >= least:
                    runs.append((length, self._last_word[state] + 1, place))
                while state != -1 and (following := self._go(state, word)) == -1:
                    state = self._link[state]
                if state == -1:
                    state = length = 0
                    continue
                length = self.length[state]
            state, length = following, length + 1
        if length >= least:
            runs.append((length, self._last_word[state] + 1, len(words)))
        return runs
