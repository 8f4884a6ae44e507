"""The whole way from an article to its quotes: the seven steps in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medialit.article import Article, Block, Span
from medialit.lenses.quoting.attribution import Attribution
from medialit.lenses.quoting.layouts import after_dateline, colon_finding, post_finding, turn_finding, turns
from medialit.lenses.quoting.lexicon import Cue, cues, own_cues
from medialit.lenses.quoting.marks import Stretch, marked_stretches, marks_by_block
from medialit.lenses.quoting.phrases import phrase_findings
from medialit.lenses.quoting.quote import Quote
from medialit.lenses.quoting.records import records
from medialit.lenses.quoting.reports import announced, reports
from medialit.lenses.quoting.speech import floating, looks_spoken, scare, silent_subject
from medialit.lenses.quoting.tokens import Tokens, sentences

_DEEPEST = 4  # marks inside marks inside marks ...


def read(article: Article, rules: frozenset[str], own: Sequence[str]) -> list[Quote]:
    """All quotes of an article under the chosen rules."""
    lexicon = dict(cues()) if "said" in rules else {}
    lexicon.update(own_cues(own))
    marks = marked_stretches(article.text, article.blocks)
    reader = _Reader(article.text, rules, lexicon)
    if "according" in rules:
        reader.turns = turns(article.text, article.blocks)
    for block, here in marks_by_block(article.blocks, marks):
        reader.read_block(block, here)
    return records(article, _without_doubles(reader.found), reader.starts, marks)


class _Reader:
    """Goes through the sentences in order and remembers who spoke last."""

    def __init__(self, text: str, rules: frozenset[str], lexicon: dict[str, Cue]) -> None:
        self.text = text
        self.rules = rules
        self.lexicon = lexicon
        self.found: list[Attribution] = []
        self.starts: list[int] = []  # where sentences begin
        self.speaker: Span | None = None  # who would go on speaking if a quotation stood alone now
        self.turns: dict[int, Span] = {}  # blocks that begin with a speaker's name and a colon, by their start
        self.before: list[Block] = []  # the last blocks
        self.due: tuple[Span, Span] | None = None  # speaker and cue of "...:" at the end of the paragraph before

    def read_block(self, block: Block, marks: list[Stretch]) -> None:
        """Add the findings of one block."""
        if self.due and block.kind == "paragraph":
            self.found.append(_announced(block, marks, *self.due))
        if block.kind == "heading":
            self.speaker = None
        sentence: Tokens | None = None
        for sentence in sentences(self.text, self._after_name(block), marks):
            self.starts.append(sentence.start[0])
            self.found.extend(self._read_sentence(sentence, block))
        self.due = announced(sentence, self.lexicon) if sentence else None
        self._close_post(block)

    def _after_name(self, block: Block) -> Span:
        """The block, without "ADEYEMI:" before a turn of an interview (the turn is kept), and without a dateline."""
        name = self.turns.get(block.span.start)
        said = turn_finding(self.text, block, name) if name else None
        if said is None:
            return after_dateline(self.text, block)
        self.found.append(said)
        self.speaker = name
        return said.content

    def _close_post(self, block: Block) -> None:
        """A signed post is what its account says, unless it passes on what others say."""
        own = (
            post_finding(self.text, self.before, block) if block.kind == "post" and "according" in self.rules else None
        )
        if own and not any(
            f.speaker and own.content.start <= f.content.start < own.content.end for f in self.found[-8:]
        ):
            self.found.append(own)
        self.before = [*self.before[-3:], block]

    def _read_sentence(self, sentence: Tokens, block: Block) -> list[Attribution]:
        here = list(reports(sentence, self.lexicon)) if self.lexicon else []
        if "according" in self.rules:
            here.extend(phrase_findings(sentence))
            here.extend(colon_finding(sentence, block.kind in ("heading", "post")))
        here = _passed_on(here)
        for at, mark in enumerate(sentence.mark):
            if mark is None or mark.outer.start < block.span.start:
                continue
            claimed = _claims(here, mark) or (self.found and _claims(self.found[-1:], mark))
            if not claimed and "marks" in self.rules:
                here.append(floating(sentence, at, _lasting(here) or self.speaker) or scare(sentence, at))
            if self.lexicon and looks_spoken(mark, self.text):
                here.extend(_inside(self.text, mark, self.lexicon))
        speaker = _lasting(here) or silent_subject(sentence, self.lexicon)
        if speaker and self.text[slice(*speaker)] != "I":  # what follows “Why?” I asked. is an answer
            self.speaker = speaker
        return here


def _announced(block: Block, marks: list[Stretch], speaker: Span, cue: Span) -> Attribution:
    """The finding for a paragraph after "She wrote:": its quotation, or all of it."""
    mark = marks[0] if marks and marks[0].outer.start == block.span.start else None
    why = ["the paragraph after a colon", "the speaker stands before the colon"]
    return Attribution(mark.inner if mark else block.span, speaker, cue, "said", why, mark=mark)


def _lasting(findings: list[Attribution]) -> Span | None:
    """The speaker who goes on speaking: of the last attribution that is not part of another's message."""
    spoken = [f for f in findings if f.speaker is not None and f.inside is None]
    spoken = [f for f in spoken if f.mark is not None] or spoken  # who is quoted, not who reports it
    for finding in reversed(spoken):
        at = finding.cue or finding.speaker or finding.content
        if not any(f.content.start <= at.start < f.content.end for f in spoken if f is not finding):
            return finding.speaker
    return spoken[-1].speaker if spoken else None


def _passed_on(findings: list[Attribution]) -> list[Attribution]:
    """Without "according to the Courier" after ``"...," said Roe``: the medium passes on what she said."""
    kept = [f for f in findings if f.rule == "said"]
    for finding in findings:
        if finding.rule == "said":
            continue
        start, end = finding.content
        spoken = [
            f for f in kept if f.mark and f.cue and start - 1 <= f.content.start and f.content.end < f.cue.start < end
        ]
        if spoken and finding.speaker:
            spoken[0].medium = spoken[0].medium or finding.speaker
        else:
            kept.append(finding)
    return kept


def _claims(findings: list[Attribution], mark: Stretch) -> bool:
    """True when an attribution already covers a stretch in marks."""
    return any(f.content.start <= mark.inner.start and mark.inner.end <= f.content.end for f in findings)


def _inside(text: str, mark: Stretch, lexicon: dict[str, Cue], depth: int = 0) -> Iterator[Attribution]:
    """Attributions inside a quotation: "I think we have learned a lot"."""
    for sentence in sentences(text, mark.inner, mark.children):
        for finding in reports(sentence, lexicon):
            if finding.speaker and text[slice(*finding.speaker)].lower() == "you":
                continue  # "I hope you find it useful" reports nobody
            finding.inside = mark
            finding.why.append("inside a quotation")
            yield finding
        if depth < _DEEPEST:
            for child in sentence.mark:
                if child and looks_spoken(child, text):
                    yield from _inside(text, child, lexicon, depth + 1)


def _rank(finding: Attribution) -> tuple[bool, int]:
    """Findings with a speaker come first, then the one whose cue is nearest."""
    cue = finding.cue or finding.speaker or finding.content
    gap = max(finding.content.start - cue.end, cue.start - finding.content.end, 0)
    return (finding.speaker is None, gap)


def _without_doubles(found: list[Attribution]) -> list[Attribution]:
    """One finding for one content, the one with the nearest cue; in text order."""
    best: dict[Span, Attribution] = {}
    for finding in found:
        other = best.get(finding.content)
        if other is None or _rank(finding) < _rank(other):
            best[finding.content] = finding
    return sorted(best.values(), key=lambda f: (f.content, f.cue or (0, 0)))
