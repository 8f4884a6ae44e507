"""Speakers that the layout names: "Jane Roe: ...", a headline with its source, a turn of an interview, a signed post."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from medialit.article import Block, Span
from medialit.lenses.quoting.attribution import Attribution
from medialit.lenses.quoting.lexicon import given_names, media, nations, words
from medialit.lenses.quoting.phrases import found
from medialit.lenses.quoting.sources import known_speaker
from medialit.lenses.quoting.tokens import DASHES, MARKED, Tokens
from medialit.lenses.quoting.verbs import verb_form

# "ADEYEMI: It is safe", "Priya Nair (chair): Not for a day", "Q: Why?"
_TURN = re.compile(r"((?:[A-Z][\w.'’-]*)(?: (?:[A-Z][\w.'’-]*|of|de|van|al)){0,4})(?: \([^()\n]{1,40}\))?:\s+(?=\S)")
# "PORT HALE, Sept. 14 (Northline) - ", "OSLO — "
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’]*[A-Z](?:[ -][A-Z.'’]+){0,3}"
    r"(?:, [A-Z][\w.'’]*(?: [\w.'’]+){0,2}){0,3}(?: ?\([^()\n]{2,40}\))? ?[―—–-]{1,2} (?=[A-Z“\"'‘])"
)
_SIGNED = re.compile(r"\s*[―—–-]{1,2}\s*(.{1,120}?)\s*\(@\w+\)")


def colon_finding(sentence: Tokens, heading: bool) -> Iterator[Attribution]:
    """``Jane Roe: "..."``, a headline ``Roe: we will win`` or ``...: NYT``, a pull quote ``"..." - Jane Roe``."""
    low, size = sentence.low, len(sentence)
    for k in range(size):
        if low[k] not in (":", *DASHES):
            continue
        if low[k] == ":" and 1 <= k <= 6 and k + 1 < size and _name_like(sentence, 0, k):
            quoted = low[k + 1] == MARKED
            if not _is_label(low[:k]) and (quoted or (heading and size - k > 3 and _speaks(sentence, 0, k))):
                content = (k + 1, k + 2) if quoted else (k + 1, size)
                yield found(sentence, *content, (0, k), None, "the name before the colon", "a name and a colon")
                return
        if low[k] == ":" and k == 1 and low[0] == MARKED and heading:
            last = next((m for m in range(2, size) if verb_form(low[m]) and not known_speaker(low[m])), size)
            if (last > 2 and known_speaker(low[last - 1])) or _name_like(sentence, 2, last):
                yield found(sentence, 0, 1, (2, last), None, "who the heading names after it", "a mark and a colon")
                return
        comma = next((m for m in range(k + 1, min(size, k + 8)) if low[m] == ","), size)
        pulled = 1 <= k <= 2 and low[k - 1] == MARKED
        last = comma if pulled else size
        while last > k + 1 and not sentence.is_word(last - 1):
            last -= 1
        tail = (k + 1, last)
        unnamed = heading and last - k <= 3 and _lower_speaker(sentence, last - 1)
        if 1 <= last - k - 1 <= 6 and (_name_like(sentence, *tail) or unnamed):
            if pulled:
                yield found(sentence, k - 1, k, tail, None, "the name after the dash", "a stretch in marks and a dash")
                return
            if heading and k >= 4:
                note = "the name at the end of the heading"
                yield found(sentence, 0, k, tail, None, note, "a heading with its source")
                return


def _is_label(low: Sequence[str]) -> bool:
    """True for BREAKING, Photo, Read more: labels of a desk, not speakers."""
    return bool(words("label") & set(low)) and not (len(low) > 1 and known_speaker(low[-1]))


def _name_like(sentence: Tokens, first: int, last: int) -> bool:
    """True when the words are a name: capital letters, apart from small joining words."""
    return (
        first < last
        and sentence.capital(first)
        and all(
            sentence.is_word(k) and (sentence.capital(k) or sentence.low[k] in ("of", "the", "de", "van", "al"))
            for k in range(first, last)
        )
    )


def _lower_speaker(sentence: Tokens, k: int) -> bool:
    return known_speaker(sentence.low[k]) and not sentence.capital(k)


def _speaks(sentence: Tokens, first: int, last: int) -> bool:
    """True for words before a colon that can speak: a title, a group, a body, a country, a name; not "Weather"."""
    low = sentence.low[first:last]
    known = any(known_speaker(w) or w in media() or w in given_names() or w in nations() for w in low)
    return known or last - first > 1 or sentence.raw[first].isupper()


def turns(text: str, blocks: Sequence[Block]) -> dict[int, Span]:
    """Blocks that begin as a turn of an interview ("ADEYEMI: It is safe"), by their start, with the speaker's words.

    Two such blocks in a row are an interview; a single one needs words that can only be a speaker.
    """
    names: list[tuple[int, Span | None]] = []
    for block in blocks:
        match = _TURN.match(text, *block.span) if block.kind != "heading" else None
        name = Span(*match.span(1)) if match and not _is_label(match.group(1).lower().split()) else None
        names.append((block.span.start, name))
    kept = {}
    for k, (start, name) in enumerate(names):
        beside = any(0 <= m < len(names) and names[m][1] for m in (k - 1, k + 1))
        if name and (beside or _only_speaker(text[slice(*name)])):
            kept[start] = name
    return kept


def _only_speaker(shown: str) -> bool:
    """True when words before a colon can only be a speaker: "ADEYEMI", "Mayor", "Ann Lee"."""
    parts = shown.lower().split()
    return known_speaker(parts[-1]) or parts[0] in given_names() or (shown.isupper() and len(parts[-1]) > 3)


def after_dateline(text: str, block: Block) -> Span:
    """A block without the place, the day and the agency before its first sentence."""
    match = _DATELINE.match(text, *block.span) if block.kind == "paragraph" else None
    return Span(match.end(), block.span.end) if match else block.span


def turn_finding(text: str, block: Block, name: Span) -> Attribution | None:
    """One turn of an interview or a transcript: all of the block after the colon."""
    start = text.index(":", name.end) + 1
    while start < block.span.end and text[start].isspace():
        start += 1
    if start >= block.span.end or text[start] in '“"„«':
        return None
    why = ["a name and a colon, as in an interview", f"the name before the colon: “{text[slice(*name)]}”"]
    return Attribution(Span(start, block.span.end), name, None, "according", why)


def post_finding(text: str, before: Sequence[Block], signature: Block) -> Attribution | None:
    """A post with its signature line below: ``We lost the barn. / — Ole Dahl (@oledahl)``; not one that a medium signs."""
    match = _SIGNED.match(text, *signature.span)
    first = None
    for block in reversed(before[-4:]):
        end = first.start if first else signature.span.start
        if block.kind != "post" and text[block.span.end : end] != "\n":
            break
        first = Span(block.span.start, first.end if first else block.span.end)
    if not match or not first or any(part in media() for part in match.group(1).lower().split()):
        return None
    why = ["a post", f"its signature: “{match.group(1)}”"]
    return Attribution(first, Span(*match.span(1)), None, "according", why)
