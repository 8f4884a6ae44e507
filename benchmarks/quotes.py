"""How well and how fast quotes are found: python benchmarks/quotes.py [folder of public gold].

Accuracy is measured on ``gum_news`` (20 Wikinews articles; GUM, Zeldes 2017), which is not part of this project: give
its folder as an argument or in MEDIALIT_GOLD (default ../shared/gold). Both finders run in the same process.

Scoring. Outer quotation marks, punctuation and a leading "that" are trimmed from both spans.
exact: the same span.
overlap: one-to-one, intersection over union of characters of at least .5.
+speaker: overlap, and the speaker span overlaps a gold source span.
name: of the gold attributions to somebody with a name, the share that is found and resolved to that name (two words
in common with a form of it, or its only word).
direct+speaker: of the gold attributions that stand in quotation marks, the share that is found with its speaker.
Gold attributions without a source count neither way. Scare quotes are no attributions and are left out.
The rules were written with an eye on half A; half B was first scored unseen (see benchmarks/README.md).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from medialit import find_quotes
from medialit.lenses.quotes import Quote, quote_mark_rule
from medialit.lenses.quoting.lexicon import titles

_EDGE = "“”\"„«»‘’'.,;:!?…—–- \n\t()[]"
_THAT = re.compile(r"that\s+", re.IGNORECASE)
Span = tuple[int, int]


@dataclass
class Counts:
    """Hits and totals over documents; F1 values from 0 to 1."""

    found: int = 0
    gold: int = 0
    exact: int = 0
    overlap: int = 0
    speaker: int = 0
    named: int = 0
    name_right: int = 0
    marked: int = 0
    marked_right: int = 0

    def f1(self, hits: int) -> float:
        return 2 * hits / (self.found + self.gold) if self.found + self.gold else 0.0

    def row(self) -> str:
        precision, recall = self.overlap / max(1, self.found), self.overlap / max(1, self.gold)
        return (
            f"{self.f1(self.exact):.3f}  {self.f1(self.overlap):.3f}  {precision:.3f}  {recall:.3f}  "
            f"{self.f1(self.speaker):.3f}  {self.name_right / max(1, self.named):.3f} ({self.named})  "
            f"{self.marked_right / max(1, self.marked):.3f} ({self.marked})"
        )


def trimmed(text: str, span: Sequence[int]) -> Span:
    """A span without marks, punctuation and "that" at its edges."""
    start, end = span
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    match = _THAT.match(text, start, end)
    return (match.end(), end) if match else (start, end)


def iou(one: Span, other: Span) -> float:
    """Intersection over union in characters."""
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    union = (one[1] - one[0]) + (other[1] - other[0]) - shared
    return shared / union if union else 0.0


def same_name(found: str | None, gold: list[str]) -> bool:
    """Two shared words with one of the gold forms of the name, or one when no form has more than one.

    The forms are the gold name and the named mentions of the same person, since spellings differ within articles.
    """
    mine = _name_words(found or "")
    forms = [_name_words(name) for name in gold]
    needed = min(2, max((len(form) for form in forms), default=1))
    return any(len(mine & form) >= needed for form in forms)


def _name_words(name: str) -> set[str]:
    return {word for word in re.findall(r"\w+", name.lower()) if word not in titles() and word not in ("the", "of")}


def _forms(document: dict, attribution: dict) -> list[str]:
    """The gold name and the named mentions (at most five words, capital letter) of its person."""
    person = next((p for p in document["people"] if p["entity"] == attribution["entity"]), {"mentions": []})
    mentions = [document["text"][a:b] for a, b in person["mentions"]]
    return [attribution["name"], *(m for m in mentions if m[:1].isupper() and len(m.split()) <= 5)]


def score(document: dict, quotes: Sequence[Quote], counts: Counts, show: bool = False) -> None:
    """Add one document to the counts; with ``show`` print what was missed and what was too much."""
    text = document["text"]
    gold = document["attributions"]
    spans = [trimmed(text, (g["content"][0][0], g["content"][-1][1])) for g in gold]
    ours = [q for q in quotes if q.kind != "scare"]
    mine = [trimmed(text, q.content) for q in ours]
    pairs = sorted(((iou(m, s), i, j) for i, m in enumerate(mine) for j, s in enumerate(spans)), reverse=True)
    match: dict[int, int] = {}
    for value, i, j in pairs:
        if value >= 0.5 and i not in match.values() and j not in match:
            match[j] = i
    people = {p["entity"]: p for p in document["people"]}
    for j, attribution in enumerate(gold):
        hit = match.get(j)
        if not attribution["usable"]:
            counts.found -= hit is not None
            continue
        counts.gold += 1
        speaker_right = False
        if hit is not None:
            quote = ours[hit]
            counts.exact += mine[hit] == spans[j]
            counts.overlap += 1
            source = attribution["source"]
            speaker_right = bool(
                quote.speaker and source and quote.speaker[0] < source[1] and source[0] < quote.speaker[1]
            )
            if not speaker_right and not quote.speaker and attribution["name"]:
                speaker_right = same_name(quote.speaker_name, _forms(document, attribution))
            counts.speaker += speaker_right
        elif show:
            print(f"  MISSED  {attribution['kind']:8} {_words(text, attribution)}")
        if show and hit is not None and not speaker_right:
            print(f"  SPEAKER {text[slice(*quote.speaker)] if quote.speaker else None!r} | {_words(text, attribution)}")
        if attribution["kind"] == "direct":
            counts.marked += 1
            counts.marked_right += speaker_right
        if attribution["name"] and attribution["entity"] in people:
            counts.named += 1
            right = hit is not None and same_name(ours[hit].speaker_name, _forms(document, attribution))
            counts.name_right += right
            if show and hit is not None and not right:
                shown = _words(text, attribution)[:110]
                print(f"  NAME    {ours[hit].speaker_name!r} for {attribution['name']!r}: {shown}")
    counts.found += len(ours)
    if show:
        for i, quote in enumerate(ours):
            if i not in match.values():
                cue = text[slice(*quote.cue)] if quote.cue else None
                who = text[slice(*quote.speaker)] if quote.speaker else None
                print(f"  EXTRA   {quote.kind:8} cue={cue!r} who={who!r} {text[slice(*quote.content)][:130]!r}")


def _words(text: str, attribution: dict) -> str:
    cue = text[slice(*attribution["cue"])] if attribution["cue"] else None
    source = text[slice(*attribution["source"])] if attribution["source"] else None
    return f"cue={cue!r} who={source!r} {text[attribution['content'][0][0] : attribution['content'][-1][1]][:170]!r}"


def load(folder: Path) -> list[dict]:
    """The documents of gum_news in file order."""
    path = folder / "gum_news" / "gum_news_train.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []


def accuracy(documents: list[dict], finder: Callable[[str], list[Quote]], show: bool = False) -> Counts:
    """Score one finder over documents."""
    counts = Counts()
    for document in documents:
        if show:
            print(f"## {document['id']}")
        score(document, finder(document["text"]), counts, show)
    return counts


def speed(documents: list[dict], finder: Callable[[str], list[Quote]]) -> None:
    """Print KB a second on news repeated to 10 KB, 100 KB, 1 MB and 10 MB."""
    text = "\n\n".join(d["text"] for d in documents)
    finder(text[:2000])
    for size in (10_000, 100_000, 1_000_000, 10_000_000):
        sample = (text * (size // len(text) + 1))[:size]
        start = time.perf_counter()
        found = len(finder(sample))
        seconds = time.perf_counter() - start
        print(f"  {size // 1000:>6} KB  {seconds:8.3f} s  {size / 1000 / seconds:8.0f} KB/s  {found} quotes")


def main() -> None:
    parser = argparse.ArgumentParser(description="Accuracy and speed of the quotes lens on public gold.")
    default = os.environ.get("MEDIALIT_GOLD", str(Path(__file__).resolve().parents[1] / ".." / "shared" / "gold"))
    parser.add_argument("gold", nargs="?", default=default, help="folder that holds gum_news")
    parser.add_argument("--errors", choices=["a", "b", "all"], help="print the errors of one half of the documents")
    parser.add_argument("--no-speed", action="store_true", help="accuracy only")
    options = parser.parse_args()
    documents = load(Path(options.gold))
    if not documents:
        print(f"Skipped: there is no gum_news in {options.gold}. Give the folder of public gold as an argument.")
        return
    halves = {"a": documents[0::2], "b": documents[1::2], "all": documents}
    if options.errors:
        accuracy(halves[options.errors], find_quotes, show=True)
    print("half  finder            exact  overlap  prec.  recall  +speaker  name (n)  direct+speaker (n)")
    for half, part in halves.items():
        for name, finder in (("quote-mark rule", quote_mark_rule), ("find_quotes", find_quotes)):
            print(f"{half:4}  {name:16}  {accuracy(part, finder).row()}")
    if not options.no_speed:
        print("find_quotes, one process:")
        speed(documents, find_quotes)


if __name__ == "__main__":
    main()
