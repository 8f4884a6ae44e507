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
from collections.abc import Sequence
from dataclasses import dataclass, field

from medialit.article import Block, Span

_MARK = re.compile(r"[“”„«»\"‘’']")
_SENTENCE_END = re.compile(r"[.!?…](?=\s)")
_ELISION = re.compile(r"['’](?:s|t|d|m|re|ve|ll|em|til|till|twas|tis|cause|n|round|bout|\d\ds?)\b", re.IGNORECASE)
OPENERS = "“„«\"‘'"
_DOUBLE = '“”„«»"'
_LOOK_AHEAD = 8


@dataclass(eq=False)
class Marked:
    """A stretch in quotation marks. ``outer`` has the marks, ``inner`` has not; ``children`` are marks inside it."""

    outer: Span
    inner: Span
    sign: str
    closed: bool
    children: list[Marked] = field(default_factory=list)


def marked_stretches(text: str, blocks: Sequence[Block], single: bool = True) -> list[Marked]:
    """All stretches in quotation marks that are not inside another one, in text order."""
    top: list[Marked] = []
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


def _in_block(
    text: str, span: Span, carried: tuple[int, str] | None, single: bool
) -> tuple[list[Marked], tuple[int, str] | None]:
    """Pair the marks of one block. Also returns the mark that is still open at its end, if it is a double one."""
    marks = [m.start() for m in _MARK.finditer(text, span.start, span.end)]
    stack: list[tuple[int, str, list[Marked]]] = []
    found: list[Marked] = []
    if carried:
        stack.append((*carried, []))
        marks = marks[1:] if marks and marks[0] == span.start else marks
    for index, at in enumerate(marks):
        sign = text[at]
        if sign in "‘’'" and not single:
            continue
        role = _role(text, span, marks, index, [s for _, s, _ in stack[-3:]])
        if role == "open":
            stack.append((at, sign, []))
        elif role == "close":
            # Single marks that stayed open inside were apostrophes.
            while stack and _family(stack[-1][1]) != _family(sign):
                stack.pop()
            start, opener, children = stack.pop()
            done = Marked(Span(start, at + 1), Span(start + 1, at), opener, True, children)
            (stack[-1][2] if stack else found).append(done)
    still = [entry for entry in stack if entry[1] in _DOUBLE]
    for _, _, children in stack:
        if not (still and children is still[0][2]):
            found.extend(children)
    if not still:
        return found, None
    # What was closed inside an unclosed mark shows where the unclosed one must have ended.
    found.extend(still[0][2])
    return found, (still[0][0], still[0][1])


def _role(text: str, span: Span, marks: list[int], index: int, open_signs: list[str]) -> str:
    at = marks[index]
    sign = text[at]
    before = text[at - 1] if at > span.start else " "
    after = text[at + 1] if at + 1 < span.end else " "
    is_open = any(_family(s) == _family(sign) for s in open_signs)
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
            partner = closes and not is_open and before in ",:" and text.find('"', at + 1, span.end) > 0
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


def _closes_later(text: str, span: Span, marks: list[int], index: int) -> bool:
    """True when a better partner for an open single mark comes soon: then this one was a plural's apostrophe."""
    for at in marks[index + 1 : index + 1 + _LOOK_AHEAD]:
        before, after = text[at - 1], text[at + 1] if at + 1 < span.end else " "
        if text[at] in "‘“" or (text[at] == "'" and before.isspace()):
            return False
        if text[at] in "’'" and not before.isspace() and not after.isalnum():
            return True
    return False


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


def _unclosed(text: str, opened: tuple[int, str], block: Block, found: list[Marked]) -> Marked:
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
    return Marked(Span(start, end), Span(start + 1, end), sign, False)
