"""Sentences as lists of words, in which a stretch in quotation marks counts as one word.

So what somebody says cannot confuse the grammar of the sentence that tells us about it, and a full stop inside the
marks does not end that sentence. A cutter of its own, because the marks must be known before the sentences are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from medialit.article import ABBREVIATIONS, Span
from medialit.lenses.quoting.lexicon import cues, words
from medialit.lenses.quoting.marks import Stretch

DASHES = ("-", "—", "–", "―", "--")
MARKED = "“”"  # stands for a whole stretch in quotation marks
CAPITALS = frozenset({"WHO", "IT", "US", "AM"})
LONGEST = 250  # words; a "sentence" without a full stop is cut here, so that reading stays linear
# These may end a sentence as words of their own ("He said no."), so their dot is read as a full stop.
_NOT_SHORT = frozenset("no sun sat mar al fig co".split())
# After these a capital letter begins a name, not a sentence.
_BEFORE_NAMES = frozenset("mr mrs ms dr prof gen col lt sgt capt cmdr adm maj brig gov sen rep hon rev st vs".split())


@cache
def _word() -> re.Pattern[str]:
    short = "|".join(re.escape(a) for a in sorted(ABBREVIATIONS - _NOT_SHORT, key=len, reverse=True))
    return re.compile(
        rf"(?:(?<![^\W_])(?=\w[\w.]{{0,6}}\.)(?:{short})\.(?=\W|$))"  # U.S.  Mr.
        r"|https?://\S{1,200}"
        r"|(?-i:(?<![^\W_])[A-Z]\.(?=\s?[A-Z])(?:[A-Z]\.)*)"  # J. Roe
        r"|['’][sS](?![^\W_])"  # the possessive is a word of its own
        r"|\d[\d,.:]*\d|[@#]?[^\W_](?:[^\W_]|[-‑/&_](?=[^\W_])|\.(?=[^\W_])|['’](?![sS](?![^\W_]))(?=[^\W_]))*"
        r"|\.\.\.+|--+|\S",
        re.IGNORECASE,
    )


class Tokens:
    """One sentence. Lists of equal length: ``raw`` and ``low`` (lower case) words, ``start``, ``end``, ``mark``."""

    __slots__ = ("_titled", "end", "low", "mark", "raw", "start", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.raw: list[str] = []
        self.low: list[str] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.mark: list[Stretch | None] = []
        self._titled: bool | None = None  # asked when the sentence is complete

    def __len__(self) -> int:
        return len(self.raw)

    def add(self, raw: str, start: int, end: int, mark: Stretch | None = None) -> None:
        low = raw.lower()
        if "’" in low:
            low = low.replace("’", "'")
        elif raw in CAPITALS and not (self.raw and self.raw[-1].isupper()):
            low = raw  # the WHO and the US are names, not small words
        self.raw.append(raw)
        self.low.append(low)
        self.start.append(start)
        self.end.append(end)
        self.mark.append(mark)

    def span(self, first: int, last: int) -> Span:
        """The characters from word ``first`` up to but not including word ``last``."""
        return Span(self.start[first], self.end[last - 1])

    def capital(self, k: int) -> bool:
        """True when word ``k`` begins with a capital letter."""
        return self.raw[k][0].isupper()

    def last_sign(self, k: int) -> str:
        """The last character inside the marks of piece ``k``; a space for words and for empty marks."""
        mark = self.mark[k]
        inner = self.text[slice(*mark.inner)].rstrip("’'") if mark else ""
        return inner[-1:] or " "

    @property
    def titled(self) -> bool:
        """True for a headline in which most words begin with a capital letter."""
        if self._titled is None:
            self._titled = sum(raw[0].isupper() for raw in self.raw) > 0.6 * len(self.raw)
        return self._titled

    def is_word(self, k: int) -> bool:
        """True for words and numbers, False for punctuation and stretches in marks."""
        return self.raw[k][0].isalnum() or self.raw[k][0] in "@#"


def sentences(text: str, span: Span, marks: Sequence[Stretch]) -> list[Tokens]:
    """The sentences of a stretch of text; ``marks`` are the marked stretches that overlap it, in order."""
    found: list[Tokens] = []
    now = Tokens(text)
    at = span.start
    for mark in (*marks, None):
        until = max(at, min(mark.outer.start, span.end)) if mark else span.end
        for match in _word().finditer(text, at, until):
            now.add(match.group(), match.start(), match.end())
            last = match.group()
            ends = last[0] in ".!?…" and _ends_here(text, match, until)
            if ends or len(now) >= LONGEST or (last[-1] == "." and len(last) > 2 and _ends_short(text, match, until)):
                found.append(now)
                now = Tokens(text)
        if mark and mark.outer.start < span.end:
            at = min(mark.outer.end, span.end)
            now.add(MARKED, max(mark.outer.start, span.start), at, mark)
            if len(now) >= LONGEST or _ends_after(text, mark, at, span.end):
                found.append(now)
                now = Tokens(text)
    if len(now):
        found.append(now)
    return found


def _ends_here(text: str, match: re.Match[str], until: int) -> bool:
    """A full stop ends a sentence when a space follows and no small letter after that."""
    at = match.end()
    if at >= until:
        return True
    following = text[at : at + 4].lstrip(")] ")[:1]
    return (text[at].isspace() or text[at] in ")]") and not (following.islower() or following in list(",;:"))


def _ends_short(text: str, match: re.Match[str], until: int) -> bool:
    """ "at 5 p.m. Another ...": after a short form, a small word with a capital letter begins a sentence."""
    if match.group().lower().rstrip(".") in _BEFORE_NAMES:
        return False
    following = _NEXT.search(text, match.end(), min(until, match.end() + 30))
    word = following.group() if following else ""
    if not word and match.group().lower() in ("a.m.", "p.m."):
        return text[until + 1 : until + 2].isupper()  # "at 5 p.m. “We ..."
    return word[:1].isupper() and word.lower() in words("det subject prep and sub")


_NEXT = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|\S")


def _ends_after(text: str, mark: Stretch, at: int, end: int) -> bool:
    """A stretch in marks ends the sentence when it has its own full stop and no "said" follows it."""
    if mark.inner.end <= mark.inner.start or text[mark.inner.end - 1] not in ".!?…":
        return False
    following = [m.group() for m in _NEXT.finditer(text, at, min(end, at + 80))][:7]
    if not following or following[0] in OPEN_MARKS:
        return True
    if following[0][0].islower() or following[0] in ",—–-(":
        return False
    for k, word in enumerate(following):
        if not (word[0].isalnum() or word in "’'"):
            return True
        cue = cues().get(word.lower())
        if cue and cue.form in ("past", "s"):
            # `"We won." Roe said.` is one sentence, `"We won." Roe said the game was fair.` is two.
            return text[mark.inner.end - 1] == "." and following[k + 1 : k + 2] not in ([], ["."], [","])
        if word.lower() in words("aux"):
            return True
    return True


OPEN_MARKS = '“„«"‘'
