"""Which words of a corrected paragraph are new, and which words of the story were left out."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

Part = tuple[str, bool]
_WORD = re.compile(r"\S+\s*")
# A quotation mark or an apostrophe that was typed in another shape is no change.
_SHAPES = str.maketrans("“”„’‘", '"""\'\'')


def changes(original: str, corrected: str) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """The corrected text in (words, new?) parts that join to the whole of it, and the words that were left out, in order."""
    before, after = _WORD.findall(original), _WORD.findall(corrected)
    match = SequenceMatcher(None, [_same(w) for w in before], [_same(w) for w in after], autojunk=False)
    parts: list[Part] = []
    gone: list[str] = []
    for what, i, j, k, end in match.get_opcodes():
        if end > k:
            parts.append(("".join(after[k:end]), what != "equal"))
        if what != "equal" and j > i:
            gone.append("".join(before[i:j]).strip())
    return tuple(parts), tuple(gone)


def _same(word: str) -> str:
    # A comma that became a period, inside or outside of a quotation mark, is none either.
    return re.sub(r"[.,;:]+(?=\"?$)", "", word.strip().translate(_SHAPES))
