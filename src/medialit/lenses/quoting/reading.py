"""The whole way from an article to its quotes: the seven steps in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medialit.article import Article, Block, Span
from medialit.lenses.quotes import Quote
from medialit.lenses.quoting.finding import Finding
from medialit.lenses.quoting.lexicon import Cue, cues, own_cues
from medialit.lenses.quoting.marks import Marked, marked_stretches
from medialit.lenses.quoting.phrases import colon_finding, phrase_findings
from medialit.lenses.quoting.records import records
from medialit.lenses.quoting.reports import announced, reports
from medialit.lenses.quoting.speech import floating, looks_spoken, scare
from medialit.lenses.quoting.wording import Words, sentences

_DEEPEST = 4  # marks inside marks inside marks ...


def read(article: Article, rules: frozenset[str], own: Sequence[str]) -> list[Quote]:
    """All quotes of an article under the chosen rules."""
    lexicon = dict(cues()) if "said" in rules else {}
    lexicon.update(own_cues(own))
    marks = marked_stretches(article.text, article.blocks)
    found: list[Finding] = []
    starts: list[int] = []
    due: tuple[Span, Span] | None = None  # speaker and cue of "...:" at the end of the paragraph before
    for block, here in _with_marks(article.blocks, marks):
        due = _read_block(article.text, block, here, rules, lexicon, found, starts, due)
    return records(article, _without_doubles(found), starts, marks)


def _with_marks(blocks: Sequence[Block], marks: Sequence[Marked]) -> Iterator[tuple[Block, list[Marked]]]:
    """Every block with the marked stretches that touch it."""
    at = 0
    for block in blocks:
        while at < len(marks) and marks[at].outer.end <= block.span.start:
            at += 1
        last = at
        while last < len(marks) and marks[last].outer.start < block.span.end:
            last += 1
        yield block, list(marks[at:last])


def _read_block(
    text: str,
    block: Block,
    marks: list[Marked],
    rules: frozenset[str],
    lexicon: dict[str, Cue],
    found: list[Finding],
    starts: list[int],
    due: tuple[Span, Span] | None,
) -> tuple[Span, Span] | None:
    """Add the findings of one block; returns who and what announces the next block with a colon."""
    if due and block.kind == "paragraph":
        found.append(_announced(block, marks, *due))
    previous: Finding | None = None
    if found and block.span.start - found[-1].content.end < 8:
        previous = found[-1]
    sentence: Words | None = None
    for sentence in sentences(text, block.span, marks):
        starts.append(sentence.start[0])
        here = list(reports(sentence, lexicon)) if lexicon else []
        if "according" in rules:
            here.extend(phrase_findings(sentence))
            here.extend(colon_finding(sentence, block.kind in ("heading", "post")))
        for at, mark in enumerate(sentence.mark):
            if mark is None:
                continue
            claimed = _claims(here, mark) or (found and _claims(found[-1:], mark))
            if not claimed and "marks" in rules and mark.outer.start >= block.span.start:
                extra = floating(sentence, at, _outermost(here) or previous) or scare(sentence, at)
                here.append(extra)
                claimed = extra.speaker is not None and extra
            if lexicon and mark.outer.start >= block.span.start and looks_spoken(mark, text):
                here.extend(_inside(text, mark, lexicon, claimed or None, 0))
        found.extend(here)
        previous = _outermost(here) or previous
    return announced(sentence, lexicon) if sentence else None


def _announced(block: Block, marks: list[Marked], speaker: Span, cue: Span) -> Finding:
    """The finding for a paragraph after "She wrote:": its quotation, or all of it."""
    mark = marks[0] if marks and marks[0].outer.start == block.span.start else None
    why = ["the paragraph after a colon", "the speaker stands before the colon"]
    return Finding(mark.inner if mark else block.span, speaker, cue, "said", why, mark=mark)


def _outermost(findings: list[Finding]) -> Finding | None:
    """The attribution whose speaker goes on speaking: the last one that is not part of another's message."""
    spoken = [f for f in findings if f.speaker is not None and f.inside is None]
    for finding in reversed(spoken):
        at = finding.cue or finding.speaker
        if not any(f.content.start <= at.start < f.content.end for f in spoken if f is not finding):
            return finding
    return spoken[-1] if spoken else None


def _claims(findings: list[Finding], mark: Marked) -> Finding | None:
    """The narrowest attribution that already covers a stretch in marks."""
    covering = [f for f in findings if f.content.start <= mark.inner.start and mark.inner.end <= f.content.end]
    return min(covering, key=lambda f: f.content.end - f.content.start, default=None)


def _inside(text: str, mark: Marked, lexicon: dict[str, Cue], outer: Finding | None, depth: int) -> Iterator[Finding]:
    """Attributions inside a quotation: "I think we have learned a lot"."""
    for sentence in sentences(text, mark.inner, mark.children):
        for finding in reports(sentence, lexicon):
            finding.inside = mark
            finding.why.append("inside a quotation")
            yield finding
        if depth < _DEEPEST:
            for child in sentence.mark:
                if child and looks_spoken(child, text):
                    yield from _inside(text, child, lexicon, outer, depth + 1)


def _rank(finding: Finding) -> tuple[bool, int]:
    """Findings with a speaker come first, then the one whose cue is nearest."""
    cue = finding.cue or finding.speaker or finding.content
    gap = max(finding.content.start - cue.end, cue.start - finding.content.end, 0)
    return (finding.speaker is None, gap)


def _without_doubles(found: list[Finding]) -> list[Finding]:
    """One finding for one content, the one with the nearest cue; in text order."""
    best: dict[Span, Finding] = {}
    for finding in found:
        other = best.get(finding.content)
        if other is None or _rank(finding) < _rank(other):
            best[finding.content] = finding
    return sorted(best.values(), key=lambda f: (f.content, f.cue or (0, 0)))
