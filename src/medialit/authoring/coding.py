"""Two coding passes of the quotes lens: read them, match them, measure how far they agree.

A coding file is a YAML list. Each entry names a line of the article (counted from 0) and repeats words of it:
``content``, ``speaker`` and ``cue``, with ``content_nth`` and so on where the words occur more than once in the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, combinations, count, pairwise
from pathlib import Path
from typing import Any

from pydantic import NonNegativeInt, RootModel

from medialit.article import Article, Span
from medialit.case.load import coder_files
from medialit.case.quotes import QuoteKind
from medialit.case.records import StrictRecord
from medialit.english import percent
from medialit.errors import CaseError, MedialitError
from medialit.files import LineOf, load_yaml, read_text, validated, write_whole, yaml_bytes
from medialit.scoring.agreement import Agreement, alpha_with_interval, cohen_kappa
from medialit.scoring.spans import STRICT, WordIndex, match_spans

SETTLED = "# Made by “medialit author settle” from the files in coding/. Edit those, then run it again.\n"


class Entry(StrictRecord):
    """One entry of a coding file, as it is written there."""

    line: int
    content: str
    content_nth: NonNegativeInt = 0
    speaker: str | None = None
    speaker_nth: NonNegativeInt = 0
    speaker_name: str | None = None
    cue: str | None = None
    cue_nth: NonNegativeInt = 0
    kind: QuoteKind
    nested: bool = False
    note: str = ""
    proposed: bool = False


class _Entries(RootModel[list[Entry]]):
    """The whole of a coding file."""


@dataclass(frozen=True)
class Coded:
    """One attribution as one coder marked it. What is ``proposed`` was found by a program and confirmed by nobody."""

    content: Span
    speaker: Span | None
    speaker_name: str | None
    cue: Span | None
    kind: str
    nested: bool
    note: str
    proposed: bool = False

    @property
    def span(self) -> Span:
        """The words that are said."""
        return self.content


@dataclass(frozen=True)
class CodingAgreement:
    """How far two passes agree.

    ``f1`` and ``strict_f1`` treat one pass as the gold of the other (0 to 1). ``word_alpha`` is Krippendorff's alpha
    over the words of the article, each inside or outside of attributed content. The others are measured over the
    ``matched`` attributions: alpha and kappa of the kind, and plain shares for speaker and cue.
    """

    counts: tuple[int, int]
    matched: int
    f1: float
    strict_f1: float
    word_alpha: Agreement
    kind_alpha: Agreement
    kind_kappa: float | None
    same_speaker: float
    same_cue: float

    def __str__(self) -> str:
        one, other = self.counts
        return (
            f"{one} and {other} attributions; {self.matched} match. F1 {self.f1:.2f}, strict {self.strict_f1:.2f}. "
            f"Alpha over words {_number(self.word_alpha.value)}, of the kind {_number(self.kind_alpha.value)}; "
            f"kappa of the kind {_number(self.kind_kappa)}. "
            f"Same speaker {percent(self.same_speaker)}, same cue {percent(self.same_cue)}."
        )


def read_coding(path: Path, article: Article, *, proposed: bool = False) -> list[Coded]:
    """The attributions of one coding file, in text order; with ``proposed`` also those that nobody has confirmed.

    Raises CaseError for words that the line does not hold, and for an entry that is none.
    """
    data, line_of = load_yaml(path)
    lines = line_spans(article.text)
    entries = validated(_Entries, data or [], path, line_of).root
    coded = [_coded(entry, i, article, lines, path, line_of) for i, entry in enumerate(entries)]
    return sorted((one for one in coded if proposed or not one.proposed), key=lambda c: c.content)


def _coded(entry: Entry, i: int, article: Article, lines: list[Span], path: Path, line_of: LineOf) -> Coded:
    def fault(what: str, field: str) -> CaseError:
        return CaseError(what, file=path, line=line_of((i, field)), field=field)

    if not 0 <= entry.line < len(lines):
        raise fault(f"Lines of the article are numbered 0 to {len(lines) - 1}.", "line")

    def place(field: str, words: str, nth: int) -> Span:
        found = find_nth(article.text, words, lines[entry.line], nth)
        if found is None or not words.strip():
            raise fault(f"Line {entry.line} of the article (the first is 0) does not hold these words.", field)
        return found

    return Coded(
        place("content", entry.content, entry.content_nth),
        place("speaker", entry.speaker, entry.speaker_nth) if entry.speaker else None,
        entry.speaker_name,
        place("cue", entry.cue, entry.cue_nth) if entry.cue else None,
        entry.kind,
        entry.nested,
        entry.note,
        entry.proposed,
    )


def entry_of(quote: Coded, article: Article) -> dict[str, Any]:
    """One quotation as a coding file has it: words of a line, and which time they occur in it."""
    number = article.text.count("\n", 0, quote.content.start)
    line = line_spans(article.text)[number]
    entry: dict[str, Any] = {"line": number}
    for field in ("content", "speaker", "cue"):
        span = getattr(quote, field)
        if span is None or not line.start <= span.start <= span.end <= line.end:
            continue
        entry[field] = words = article[span]
        if nth := which(span, partial(find_nth, article.text, words, line)):
            entry[f"{field}_nth"] = nth
    more = {
        "speaker_name": quote.speaker_name,
        "kind": quote.kind,
        "proposed": quote.proposed,
        "nested": quote.nested,
        "note": quote.note,
    }
    return entry | {name: value for name, value in more.items() if value}


def fresh(letter: str, ids: Iterable[str], digits: int = 1) -> Iterator[str]:
    """New ids after those that there are, such as t4 after t3: no number is used twice."""
    known = [int(n) for one in ids for n in re.findall(rf"^{letter}(\d+)$", one)]
    return (f"{letter}{n:0{digits}}" for n in count(max(known, default=0) + 1))


def which(span: Span, at: Callable[[int], Span | None]) -> int | None:
    """Where the same words occur several times: at which of these places (from 0) a span is; None at none of them."""
    for n in count():
        if (found := at(n)) in (span, None):
            return None if found is None else n
    return None


def line_spans(text: str) -> list[Span]:
    """Where the lines of a text are."""
    ends = accumulate(len(line) + 1 for line in text.split("\n"))
    return [Span(start, end - 1) for start, end in pairwise([0, *ends])]


def find_nth(text: str, words: str, within: Span, nth: int) -> Span | None:
    """Where words are in a stretch of text for the ``nth`` time (counted from 0), or None."""
    at = within.start - 1
    for _ in range(nth + 1):
        at = text.find(words, at + 1, within.end)
        if at < 0:
            return None
    return Span(at, at + len(words))


def compare_codings(article: Article, one: list[Coded], other: list[Coded]) -> CodingAgreement:
    """Measure two passes over the same article."""
    words = article.words()
    index = WordIndex(article.text, words)
    pairs = match_spans([c.content for c in one], [c.content for c in other], index)
    both = [(one[i], other[j]) for i, j, _ in pairs]
    total = len(one) + len(other)
    kinds = [(a.kind, b.kind) for a, b in both]
    inside = [[any(c.content.overlaps(w) for c in coding) for coding in (one, other)] for w in words]
    return CodingAgreement(
        counts=(len(one), len(other)),
        matched=len(both),
        f1=2 * len(both) / total if total else 1.0,
        strict_f1=2 * sum(value >= STRICT for _, _, value in pairs) / total if total else 1.0,
        word_alpha=alpha_with_interval(inside),
        kind_alpha=alpha_with_interval(kinds),
        kind_kappa=cohen_kappa([a for a, _ in kinds], [b for _, b in kinds]),
        same_speaker=_share(_touch(a.speaker, b.speaker) for a, b in both),
        same_cue=_share(_touch(a.cue, b.cue) for a, b in both),
    )


def _touch(one: Span | None, other: Span | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.overlaps(other)


def _number(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.2f}"


def _share(values: Any) -> float:
    known = list(values)
    return sum(known) / len(known) if known else 1.0


def settle(
    article: Article, settled: list[Coded], passes: list[list[Coded]], before: Mapping[str, Span] | None = None
) -> list[dict[str, Any]]:
    """The records of ``attributions.yaml``: spans, kind, and the shares (0 to 1) of the passes behind each.

    ``before`` are the places of records that were there, by id: what is still there keeps its id, and what is new gets the
    next number.
    """
    index = WordIndex(article.text, article.words())
    votes: list[list[str]] = [[] for _ in settled]
    for coding in passes:
        for i, j, _ in match_spans([c.content for c in settled], [c.content for c in coding], index):
            votes[i].append(coding[j].kind)
    before = before or {}
    pairs = match_spans([quote.content for quote in settled], list(before.values()), index)
    kept = {i: list(before)[j] for i, j, _ in pairs}
    new = fresh("q", before, 2)
    records = []
    for i, (quote, kinds) in enumerate(zip(settled, votes, strict=True)):
        record = {
            "id": kept.get(i) or next(new),
            "text": article[quote.content],
            "content": list(quote.content),
            "speaker": quote.speaker and list(quote.speaker),
            "speaker_name": quote.speaker_name or None,
            "cue": quote.cue and list(quote.cue),
            "kind": quote.kind,
            "share": round(len(kinds) / len(passes), 2),
            "kind_share": round(kinds.count(quote.kind) / len(kinds), 2) if kinds else 0.0,
            "nested": quote.nested or None,
            "note": quote.note or None,
        }
        records.append({name: value for name, value in record.items() if value is not None})
    return records


def agreements(folder: Path) -> list[CodingAgreement]:
    """How far each two coding passes of a case agree. Raises CaseError for a fault in a file."""
    article = Article(read_text(folder / "article.txt"))
    return [compare_codings(article, one, other) for one, other in combinations(_passes(folder, article), 2)]


def _passes(folder: Path, article: Article) -> list[list[Coded]]:
    """The passes in which somebody has marked or confirmed something."""
    read = (read_coding(path, article) for _, path in coder_files(folder, "quotes"))
    return [coded for coded in read if coded]


def settle_case(folder: Path) -> None:
    """Write a case's ``attributions.yaml`` from the files in ``coding/``. A quotation that is in it already keeps its id.

    Without ``quotes-coder-*.yaml`` the adjudicated list is its own only pass; without that list, the only coder's pass is
    the key. Raises CaseError for a fault in a file, and MedialitError when nothing is confirmed, or two passes
    have not been brought together.
    """
    article = Article(read_text(folder / "article.txt"))
    passes = _passes(folder, article)
    adjudicated = folder / "coding" / "quotes-adjudicated.yaml"
    if len(passes) > 1 and not adjudicated.is_file():
        raise MedialitError(
            f"{len(passes)} people have coded this article. Where they differ, somebody has to decide: "
            f"medialit author case settle {folder.name}"
        )
    if not passes and not adjudicated.is_file():
        raise MedialitError(
            "No quotation is confirmed yet. "
            "In “Who says what?”, say of at least one of them who says it. Then save that page."
        )
    settled = passes[0] if passes and not adjudicated.is_file() else read_coding(adjudicated, article)
    before: dict[str, Span] = {}
    made = folder / "attributions.yaml"
    if made.is_file() and read_text(made).startswith(SETTLED):
        data, _ = load_yaml(made)
        before = {record["id"]: Span(*record["content"]) for record in data or []}
    records = settle(article, settled, passes or [settled], before)
    write_whole(made, yaml_bytes(records, SETTLED))
