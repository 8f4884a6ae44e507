"""From findings to records: who it really is, which kind it is, through whose hands it came."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from medialit.article import Article, Span
from medialit.lenses.quoting.attribution import Attribution
from medialit.lenses.quoting.coreference import Coreference, Entity
from medialit.lenses.quoting.marks import Stretch
from medialit.lenses.quoting.quote import Kind, Quote

_ACCOUNT = re.compile(r"^\s*[―—–-]{1,2}\s*(.{1,120}?)\s*\(@(\w+)\)")


def records(article: Article, found: list[Attribution], starts: list[int], marks: Sequence[Stretch]) -> list[Quote]:
    """The quotes of an article. Speakers are resolved in text order, since a pronoun points back."""
    entities = Coreference(article, starts)
    posts = _posts(article)
    marked = sorted(_all_starts(marks))
    known: dict[Span, Entity] = {}
    last: Entity | None = None  # who spoke last, and where
    last_start: int | None = None
    around: list[tuple[int, Entity, bool]] = []  # the attributions that the present one stands in
    quotes: list[Quote] = []
    for finding in sorted(found, key=lambda f: (f.content.start, -f.content.end)):
        while around and around[-1][0] <= finding.content.start:
            around.pop()
        medium = next((who for _, who, is_medium in reversed(around) if is_medium), None)
        who: Entity | None = None
        if finding.speaker is not None:
            first_person = article[finding.speaker].lower() in ("i", "we")
            before = around[-1][1] if first_person and around else last
            who = known.get(finding.speaker)
            if who is None and first_person and not around and not finding.inside:
                who = entities.writer(finding.speaker)
            who = who or entities.resolve(finding.speaker, before, last_start, finding.content)
            known[finding.speaker] = who
            if not finding.inside:
                if not first_person and not any(finding.speaker.start < end for end, _, _ in around):
                    last, last_start = who, finding.speaker.start
                is_medium = who.kind != "person" and entities.is_medium(who.mentions[-1]) is not None
                around.append((finding.content.end, who, is_medium))
        via = _via(entities, finding, medium, posts)
        quotes.append(_record(finding, _kind(finding, marked), who, via))
    return sorted(quotes, key=lambda q: (q.content, q.cue or (0, 0)))


def _record(finding: Attribution, kind: Kind, who: Entity | None, via: tuple[str, ...]) -> Quote:
    why = tuple(finding.why)
    if who is None:
        return Quote(finding.content, None, None, finding.cue, kind, why, via=via)
    why += (who.why,) if who.why else ()
    return Quote(finding.content, finding.speaker, who.name, finding.cue, kind, why, who.mentions, who.unnamed, via)


def _kind(finding: Attribution, marked: Sequence[int]) -> Kind:
    """The kind of a quote; ``marked`` are the places where stretches in marks begin."""
    if finding.mark is not None:
        return "direct" if finding.speaker or finding.cue else "scare"
    at = bisect_left(marked, finding.content.start)
    return "mixed" if at < len(marked) and marked[at] < finding.content.end else "indirect"


def _all_starts(marks: Sequence[Stretch]) -> Iterator[int]:
    for mark in marks:
        yield mark.outer.start
        yield from _all_starts(mark.children)


def _via(
    entities: Coreference, finding: Attribution, around: Entity | None, posts: list[tuple[Span, str]]
) -> tuple[str, ...]:
    """The media and accounts that passed a quote on: who was told, who reports it, who posted it."""
    via = [name for span in (finding.medium, finding.listener) if (name := entities.is_medium(span))]
    if around and around.name and around.name not in via:
        via.append(around.name)
    at = bisect_right(posts, finding.content.start, key=lambda post: post[0].start) - 1
    if at >= 0 and finding.content.start < posts[at][0].end:
        via.append(posts[at][1])
    return tuple(via)


def _posts(article: Article) -> list[tuple[Span, str]]:
    """Posts with the account that signed them, in text order."""
    found: list[tuple[Span, str]] = []
    begun: int | None = None
    for block in article.blocks:
        if block.kind != "post":
            begun = None
            continue
        begun = block.span.start if begun is None else begun
        match = _ACCOUNT.match(article[block.span])
        if match:
            found.append((Span(begun, block.span.end), match.group(1)))
            begun = None
    return found
