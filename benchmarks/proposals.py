"""How good the annotation page's proposals are, and how many clicks they save: python benchmarks/proposals.py [--show].

Three stories in ``tests/stories`` and four texts in ``readings``, each with a reading that was made from the text alone.

F1: one-to-one, the same words by at least half (intersection over union of words, as learners' marks are scored).
speaker: of all quotations of the reading that somebody says, the share that is found with the right name.
of found: the same, of those that are found.
Clicks, with typing a name or a word as one: to mark a stretch takes three (its first and last word, its kind), to say who
speaks takes three (somebody else, the name, the reporting word), and one when nobody does. With proposals, what is right
takes one click to confirm; what is false takes one to remove; a wrong edge takes four (remove and mark again), a wrong kind
one, a wrong name three; and what is missing takes what it takes by hand.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path

from quotes import same_name, trimmed

from medialit.article import Article
from medialit.authoring.coding import Coded, read_coding
from medialit.lenses.quotes import Quote, find_quotes
from medialit.scoring.spans import WordIndex, match_spans

HERE = Path(__file__).parent
SETS = (HERE.parent / "tests" / "stories", HERE / "readings")
MARK, SAY, NOBODY, REMOVE, KIND, CONFIRM = 3, 3, 1, 1, 1, 1


def same_speaker(found: Quote, read: Coded) -> bool:
    """The right name, or rightly none."""
    if not read.speaker_name or not found.speaker_name:
        return not read.speaker_name and not found.speaker_name
    return same_name(found.speaker_name, [read.speaker_name])


def measure(article: Article, reading: list[Coded], show: bool = False) -> Counter[str]:
    """Counts over one story; ``hand`` and ``help`` are clicks without proposals and with them."""
    # As the page does: a quotation of several paragraphs in parts.
    found = [replace(quote, content=part) for quote in find_quotes(article) for part in article.lines(quote.content)]
    index = WordIndex(article.text, article.words())
    pairs = match_spans([q.content for q in found], [q.content for q in reading], index)
    said = sum(bool(quote.speaker_name) for quote in reading)
    by_hand = [MARK + (SAY if quote.speaker_name else NOBODY) for quote in reading]
    counts = Counter(found=len(found), read=len(reading), match=len(pairs), said=said, hand=sum(by_hand))
    missed, extra = set(range(len(reading))), set(range(len(found)))
    for i, j, _ in pairs:
        one, other = found[i], reading[j]
        missed.discard(j)
        extra.discard(i)
        edge = trimmed(article.text, one.content) == trimmed(article.text, other.content)
        right = same_speaker(one, other)
        counts["kind"] += one.kind == other.kind
        counts["edge"] += edge
        counts["speaker"] += bool(other.speaker_name) and right
        counts["said and found"] += bool(other.speaker_name)
        counts["help"] += CONFIRM if right else SAY
        counts["help"] += REMOVE + MARK if not edge else KIND * (one.kind != other.kind)
        if show and not (edge and right and one.kind == other.kind):
            print(f"  differs: {article[other.content]!r} {other.speaker_name} {other.kind}")
            print(f"     ours: {article[one.content]!r} {one.speaker_name} {one.kind}")
    counts["help"] += sum(by_hand[j] for j in missed) + REMOVE * len(extra)
    if show:
        for j in sorted(missed):
            print(f"  missed: {article[reading[j].content]!r} {reading[j].speaker_name}")
        for i in sorted(extra):
            print(f"  false: {article[found[i].content]!r} {found[i].speaker_name} {found[i].kind}")
    return counts


def row(counts: Counter[str]) -> str:
    found, read, match = counts["found"], counts["read"], counts["match"]
    saved = 1 - counts["help"] / counts["hand"]
    return (
        f"{read} | {found} | {2 * match / (found + read):.3f} | {match / found:.3f} | {match / read:.3f} | "
        f"{counts['speaker'] / counts['said']:.3f} | {counts['speaker'] / counts['said and found']:.3f} | "
        f"{counts['kind'] / match:.3f} | {counts['hand']} | {counts['help']} | {saved:.0%}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print what differs")
    show = parser.parse_args().show
    print("story | read | proposed | F1 | precision | recall | speaker | of found | kind | by hand | with help | saved")
    for texts in SETS:
        total: Counter[str] = Counter()
        for folder in sorted(path.parent for path in texts.glob("*/reading.yaml")):
            article = Article((folder / "article.txt").read_text(encoding="utf-8"))
            counts = measure(article, read_coding(folder / "reading.yaml", article), show)
            print(f"{folder.name} | {row(counts)}")
            total += counts
        print(f"all of {texts.name} | {row(total)}")


if __name__ == "__main__":
    main()
