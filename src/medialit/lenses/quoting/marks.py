"""Quotation marks: which opens, which closes, and what stands between them.

1. Every mark is read as opening, closing or neither. Curly marks say so themselves; a straight mark opens when a space
   stands before it and closes when a space or a full stop stands after it; in doubt it closes what is open.
2. Opening and closing marks are paired, so that marks inside marks are nested.
3. A mark that never closes runs on into the next paragraph when that one begins with an opening mark, as newspapers
   print long quotations; otherwise it ends with its sentence.
4. A single mark counts only when it finds its partner: most of them are apostrophes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from medialit.article import Block, Span

_MARK = re.compile(r"‘‘|’’|``|''|[“”„«»\"‘’']")
_SENTENCE_END = re.compile(r"[.!?…](?=\s)")
_ELISION = re.compile(r"['’](?:s|t|d|m|re|ve|ll|em|til|till|twas|tis|cause|n|round|bout|\d\ds?)\b", re.IGNORECASE)
OPENERS = "“„«\"‘'"
_DOUBLE = '“”„«»"'
_LOOK_AHEAD = 8


# Marks made of two signs, and the one that they stand for.
_TWO = {"‘‘": "“", "’’": "”", "``": "“", "''": '"'}


class _Sign(NamedTuple):
    """One quotation mark in the text; ``sign`` is the mark it stands for."""

    start: int
    end: int
    sign: str


@dataclass(eq=False)
class Stretch:
    """A stretch in quotation marks. ``outer`` has the marks, ``inner`` has not; ``children`` are marks inside it."""

    outer: Span
    inner: Span
    sign: str
    closed: bool
    children: list[Stretch] = field(default_factory=list)


def marked_stretches(text: str, blocks: Sequence[Block], single: bool = True) -> list[Stretch]:
    """All stretches in quotation marks that are not inside another one, in text order."""
    top: list[Stretch] = []
    carried: tuple[int, str] | None = None
    for number, block in enumerate(blocks):
        found, carried = _in_block(text, block.span, carried, single)
        if carried:
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            if not (following and block.number and following.number and _continues(text, following, carried[1])):
                found.append(_unclosed(text, carried, block, found))
                carried = None
        top.extend(m for m in found if text[slice(*m.inner)].strip())
    return sorted(top, key=lambda m: m.outer)


def marks_by_block(blocks: Sequence[Block], marks: Sequence[Stretch]) -> Iterator[tuple[Block, list[Stretch]]]:
    """Every block with the marked stretches that touch it."""
    at = 0
    for block in blocks:
        while at < len(marks) and marks[at].outer.end <= block.span.start:
            at += 1
        last = at
        while last < len(marks) and marks[last].outer.start < block.span.end:
            last += 1
        yield block, list(marks[at:last])


def _in_block(
    text: str, span: Span, carried: tuple[int, str] | None, single: bool
) -> tuple[list[Stretch], tuple[int, str] | None]:
    """Pair the marks of one block. Also returns the mark that is still open at its end, if it is a double one."""
    marks = [_Sign(m.start(), m.end(), _TWO.get(m.group(), m.group())) for m in _MARK.finditer(text, *span)]
    stack: list[tuple[_Sign, list[Stretch]]] = []
    found: list[Stretch] = []
    if carried:
        stack.append((_Sign(carried[0], carried[0] + 1, carried[1]), []))
        marks = marks[1:] if marks and marks[0].start == span.start else marks
    for index, mark in enumerate(marks):
        if mark.sign in "‘’'" and not single:
            continue
        role = _role(text, span, marks, index, [opened.sign for opened, _ in stack[-3:]])
        if role == "open":
            stack.append((mark, []))
        elif role == "close":
            # Single marks that stayed open inside were apostrophes.
            while stack and not _pairs(stack[-1][0].sign, mark.sign):
                stack.pop()
            opened, children = stack.pop()
            outer, inner = Span(opened.start, mark.end), Span(opened.end, mark.start)
            (stack[-1][1] if stack else found).append(Stretch(outer, inner, opened.sign, True, children))
    # What was closed inside an unclosed mark shows where the unclosed one must have ended.
    for _, children in stack:
        found.extend(children)
    still = next((opened for opened, _ in stack if opened.sign in _DOUBLE), None)
    return found, (still.start, still.sign) if still else None


def _role(text: str, span: Span, marks: list[_Sign], index: int, open_signs: list[str]) -> str:
    """Whether a mark opens, closes or does neither ("open", "close", "none")."""
    at, end, sign = marks[index]
    before = text[at - 1] if at > span.start else " "
    after = text[end] if end < span.end else " "
    is_open = any(_pairs(s, sign) for s in open_signs)
    if sign in "“„«":
        # “ closes after „ (German), and where somebody typed it at the end of a quotation.
        slip = is_open and after.isspace() and not before.isalnum()
        return "close" if sign == "“" and (open_signs[-1:] == ["„"] or slip) else "open"
    if sign in "”»":
        return "close" if is_open else "none"
    if sign == '"':
        opens = not after.isspace() and (before.isspace() or before in "([{—–-‘'“/")
        closes = not before.isspace() and not after.isalnum()
        if opens != closes:
            # A mark that looks closing with none open: a slip such as `said," We won."` when a partner follows.
            partner = closes and not is_open and before in ",:" and text.find('"', end, span.end) > 0
            return "open" if opens or partner else ("close" if is_open else "none")
        return "close" if is_open else "open"
    if sign == "‘":
        return "open" if not before.isalnum() and not after.isspace() else "none"
    if not before.isalnum() and before not in ".,!?…’" and (after.isalnum() or after == "["):
        # ’ opens only where somebody typed the wrong mark for an elision, so it never counts as opening.
        return "open" if sign == "'" and not _ELISION.match(text, at) else "none"
    if is_open and not before.isspace() and not after.isalnum():
        return "none" if before == "s" and after == " " and _closes_later(text, span, marks, index) else "close"
    return "none"


def _closes_later(text: str, span: Span, marks: list[_Sign], index: int) -> bool:
    """True when a better partner for an open single mark comes soon: then this one was a plural's apostrophe."""
    for at, end, sign in marks[index + 1 : index + 1 + _LOOK_AHEAD]:
        before, after = text[at - 1], text[end] if end < span.end else " "
        if sign in "‘“" or (sign == "'" and before.isspace()):
            return False
        if sign in "’'" and not before.isspace() and not after.isalnum():
            return True
    return False


def _pairs(opened: str, sign: str) -> bool:
    """True when one mark can close what the other opened; a straight and a curly mark do, where somebody mixed them."""
    return _family(opened) == _family(sign) or (opened == '"' and sign == "”") or (opened == "“" and sign == '"')


def _family(sign: str) -> str:
    return {"“": "“", "”": "“", "„": "“", "«": "«", "»": "«", '"': '"'}.get(sign, "'")


def _continues(text: str, block: Block, sign: str) -> bool:
    """True when a block goes on with the quotation before it: it opens with a mark, or its first mark closes."""
    first = text[block.span.start]
    if first in OPENERS and _family(first) == _family(sign):
        return True
    for match in _MARK.finditer(text, block.span.start, block.span.end):
        at = match.start()
        if _family(text[at]) == _family(sign):
            after = text[at + 1 : at + 2]
            return text[at] in "”»" or (text[at] == '"' and not text[at - 1].isspace() and not after.isalnum())
    return False


def _unclosed(text: str, opened: tuple[int, str], block: Block, found: list[Stretch]) -> Stretch:
    """A stretch for a mark that never closes: to the next mark, or to the end of its sentence or of its block."""
    start, sign = opened
    end = block.span.end
    begins_block = start <= block.span.start
    later = [m.outer.start for m in found if m.outer.start > start]
    if later:
        end = min(later)
    elif not begins_block:
        stop = _SENTENCE_END.search(text, start, end)
        end = stop.end() if stop else end
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return Stretch(Span(start, end), Span(start + 1, end), sign, False)
