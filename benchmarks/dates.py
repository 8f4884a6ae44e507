"""How many dates and numbers are found, and how often a date is read right: python benchmarks/dates.py FOLDER.

FOLDER holds GUM's XML (Zeldes 2017; ``_build/src/xml`` of its repository), whose dates were resolved by people against the
day on which each text was written. It is not part of this project. ``dateparser`` runs beside ours when it is installed.

found: a gold date that shares a character with a mention. right: its value is the gold's, day, month or year; a time of day
counts neither way, nor does a dateline in bold. precision: of the mentions found, those that share a character with gold.
numbers: of the words tagged CD (Penn), those inside a number or a date; precision the other way round.
The rules were written with an eye on every second news text (A); B was first scored unseen (see benchmarks/README.md).
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from pathlib import Path
from typing import NamedTuple

from medialit import find_dates, find_numbers

_TIGHT = {".", ",", ";", ":", "?", "!", ")", "n't", "'s", "’s", "%", "”"}


class Dated(NamedTuple):
    """A stretch of text and its value; empty when it has none."""

    start: int
    end: int
    value: str


@dataclass
class Text:
    """A text of GUM: its words joined, the day of writing, its gold dates, and its words with their tags."""

    written: date | None
    text: str = ""
    dates: list[Dated] = field(default_factory=list)
    words: list[tuple[int, int, str]] = field(default_factory=list)


def read(path: Path) -> Text:
    """One file of GUM."""
    raw = path.read_text("utf-8")
    created = re.search(r'dateCreated="(\d{4}-\d\d-\d\d)"', raw)
    found = Text(date.fromisoformat(created[1]) if created else None)
    glued, opened = 0, []
    for line in raw.splitlines():
        if line.startswith("<date"):
            opened.append((len(found.text), dict(re.findall(r'(\w+)="([^"]*)"', line))))
        elif line.startswith("</date"):
            start, marks = opened.pop()
            start += len(found.text[start:]) - len(found.text[start:].lstrip())
            value = marks.get("when") or "/".join(marks[k] for k in ("from", "to") if k in marks)
            found.dates.append(
                Dated(start, len(found.text), "" if "T" in value or "bold" in marks.get("rend", "") else value)
            )
        elif line.startswith("<"):
            glued = 1 if line.startswith("<w>") else 0 if line.startswith("</w") else glued
            if line.startswith(("<p", "<head", "<item", "<sp")) and found.text:
                found.text += "\n"
        elif "\t" in line:
            word, tag = (unescape(part) for part in line.split("\t")[:2])
            tight = not found.text or glued > 1 or word in _TIGHT or found.text.endswith(("\n", "(", "“", "$"))
            found.text += ("" if tight else " ") + word
            found.words.append((len(found.text) - len(word), len(found.text), tag))
            glued += bool(glued)
    return found


def ours(text: Text) -> list[Dated]:
    return [Dated(*m.span, m.value) for m in find_dates(text.text, text.written) if m.kind != "vague"]


def dateparsers(text: Text) -> list[Dated]:
    """The peer: it returns words and a time; the words are looked up in the text in order."""
    from datetime import datetime

    from dateparser.search import search_dates

    now = datetime.combine(text.written or date.today(), datetime.min.time())
    found, at = [], 0
    for words, when in search_dates(text.text, languages=["en"], settings={"RELATIVE_BASE": now}) or []:
        start = text.text.find(words, at)
        if start >= 0:
            at = start + len(words)
            found.append(Dated(start, at, f"{when:%Y-%m-%d}"))
    return found


def meets(a: Dated | tuple[int, int], b: Dated | tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def row(name: str, texts: list[Text], finder: Callable[[Text], list[Dated]]) -> str:
    gold = hit = right = said = fitting = 0
    start = time.process_time()
    for text in texts:
        found = finder(text)
        for one in text.dates:
            near = [each.value for each in found if meets(one, each)]
            if one.value:
                gold, hit = gold + 1, hit + bool(near)
                # A peer that knows only days is right when its day is in the intended month or year.
                right += any(
                    v and (v == one.value or (finder is dateparsers and v.startswith(one.value))) for v in near
                )
        said += len(found)
        fitting += sum(any(meets(each, one) for one in text.dates) for each in found)
    seconds = time.process_time() - start
    size = sum(len(text.text) for text in texts) / 1000
    shares = f"{hit / gold:.3f}  {right / gold:.3f}  {fitting / max(1, said):.3f}"
    return f"{name:34} {gold:5} {shares}  {size / seconds:6.0f} KB/s"


def numbers(texts: list[Text]) -> str:
    tagged = hit = said = fitting = 0
    for text in texts:
        counted = [m for m in find_numbers(text.text) if m.kind not in ("ordinal", "share")]
        spans = [m.span for m in counted] + [m.span for m in find_dates(text.text, text.written)]
        for start, end, tag in text.words:
            if tag == "CD":
                tagged, hit = tagged + 1, hit + any(meets(span, (start, end)) for span in spans)
        said += len(counted)
        fitting += sum(any(tag == "CD" and meets(m.span, (a, b)) for a, b, tag in text.words) for m in counted)
    return f"numbers: {tagged} words tagged CD, {hit / tagged:.3f} found, precision {fitting / said:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("gum/_build/src/xml"))
    folder = parser.parse_args().folder
    paths = sorted(folder.glob("GUM_*.xml"))
    if not paths:
        raise SystemExit(f"No texts of GUM in {folder}. Name the folder of its XML files.")
    texts = {path.stem: read(path) for path in paths}
    news = [name for name in texts if name.startswith("GUM_news")]
    groups = {"news A": news[::2], "news B": news[1::2]} | {
        genre: [name for name in texts if name.startswith(f"GUM_{genre}_")] for genre in ("interview", "bio")
    }
    finders: dict[str, Callable[[Text], list[Dated]]] = {"find_dates": ours}
    try:
        import dateparser.search  # noqa: F401

        finders["dateparser"] = dateparsers
    except ImportError:
        print("dateparser is not installed: no peer in this run.")
    print(f"{'':34} {'gold':>5} found  right  precision")
    for group, names in groups.items():
        for name, finder in finders.items():
            print(row(f"{group}, {name}", [texts[n] for n in names], finder))
    print(numbers([texts[n] for names in groups.values() for n in names]))


if __name__ == "__main__":
    main()
