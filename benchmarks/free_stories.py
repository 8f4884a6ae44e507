"""Two articles with a free license, from a file to a graded class: python benchmarks/free_stories.py [--gold FOLDER].

The articles are of Wikinews (CC BY 2.5) and are read from ``gum_news`` (GUM, Zeldes 2017), which is not part of this project.
What an author decides about them is in ``free_stories/``: places by sentence and word number, and no word of the articles.
The scripted author is that of the tests (``tests/authors.py``), and so is the class (``tests/learners.py``).

read and proposed: quotations. F1 is at an overlap of half the words, against the reading; the same by ``quotes.py``'s rules
against GUM. Actions are clicks, choices and texts typed, by part. A class of four answers every exercise: somebody with the
key, somebody who answers nothing, a beginning, and everything wrong; the score is the mean over the exercises served.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from proposals import measure
from quotes import Counts, load, score

from medialit.article import Article, Span
from medialit.authoring.casecheck import check_case, verdict
from medialit.authoring.coding import Coded
from medialit.case import load_case
from medialit.case.load import case_faults
from medialit.lenses.quotes import find_quotes

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from authors import Author, Story, docx  # noqa: E402
from leaks import leaks  # noqa: E402
from test_three_stories import DONE, LEARNERS, graded  # noqa: E402

_PLACE = re.compile(r"S(\d+)(?: (\d+)(?:-(?:S(\d+) )?(\d+))?)?")
_EDGE = "“”\"'.,;:!? "
_NOTE = re.compile(r"\W*\(\(\w\w\)\)\W*$")  # Wikinews marks words that it translated


class Places:
    """Where GUM's sentences and words are in the text that an author wants: a line a paragraph, without what is left out."""

    def __init__(self, document: dict[str, Any], left_out: list[str]) -> None:
        self.text, self.sentences = document["text"], document["sentences"]
        self.out = {int(one[1:]) for one in left_out}
        breaks = [0, *(found.end() for found in re.finditer(r"\n\n", self.text)), len(self.text) + 2]
        lines, self.starts = [], {}
        for start, end in pairwise(breaks):
            if not any(start <= self.sentences[n - 1][0] < end for n in self.out):
                self.starts[start, end] = sum(len(line) + 1 for line in lines) - start
                lines.append(self.text[start : end - 2])
        self.article = Article("\n".join(lines) + "\n")

    def moved(self, start: int, end: int) -> Span:
        """A place of GUM's text, in the author's; what goes over the end of a paragraph ends there."""
        (_, high), by = next((edges, by) for edges, by in self.starts.items() if edges[0] <= start < edges[1])
        return self._trimmed(Span(start + by, min(end, high - 2) + by))

    def _trimmed(self, span: Span) -> Span:
        words = self.article[span]
        if note := _NOTE.search(words):
            words = words[: note.start()]
        start = len(words) - len(words.lstrip(_EDGE))
        return Span(span.start + start, span.start + len(words.rstrip(_EDGE)))

    def at(self, place: str) -> Span:
        """ "S9 3-7" and its like."""
        first, word, last, to = _PLACE.fullmatch(place).groups()  # type: ignore[union-attr]
        begin, end = self.sentences[int(first) - 1], self.sentences[int(last or first) - 1]
        if not word:
            return self.moved(*begin)
        words, others = (list(re.finditer(r"\S+", self.text[a:b])) for a, b in (begin, end))
        return self.moved(begin[0] + words[int(word) - 1].start(), end[0] + others[int(to or word) - 1].end())

    def kind(self, span: Span) -> str:
        """By quotation marks, as the codebook has it: the whole, a part, or none of it is between them."""
        line = self.article.block_at(span.start).span  # type: ignore[union-attr]
        before = self.article.text[: span.start].count('"') % 2
        inside = self.article[span].count('"')
        if before and not inside:
            return "direct"
        # The mark at an edge was trimmed away.
        return (
            "mixed"
            if before or inside or '"' in self.article.text[span.end : min(span.end + 1, line.end)]
            else "indirect"
        )


def story(name: str, data: dict[str, Any], document: dict[str, Any]) -> Story:
    """The record that the scripted author goes by."""
    places = Places(document, data["left_out"])
    article, at = places.article, places.at
    gold = document["attributions"]
    reading, second, named = [], {}, {}
    for row in data["quotations"]:
        one = gold[row["gum"]] if "gum" in row else None
        span = places.moved(one["content"][0][0], one["content"][-1][1]) if one else at(row["at"])
        who = article[at(row["who"])]
        cue = places.moved(*one["cue"]) if one and one["cue"] else at(row["cue"]) if "cue" in row else None
        speaker = places.moved(*one["source"]) if one and one["source"] else None
        reading.append(Coded(span, speaker, who, cue, places.kind(span), False, ""))
        named[f"gum {row['gum']}" if one else row["at"]] = span
        if "second" in row:
            second[span] = None if row["second"] == "none" else row["second"]
    sides = {article[at(row["who"])]: row["side"] for row in data["quotations"]}
    wording = data["wording"]
    told = {
        "words": [(at(one["at"]), one["class"]) for one in wording["words"]],
        "techniques": [(at(one["at"]), one["technique"]) for one in wording["techniques"]],
        "questions": {key: [at(place)] for key, place in wording["questions"].items()},
        "functions": {key: [at(place) for place in found] for key, found in wording["functions"].items()},
    }
    if plain := wording.get("plain"):
        told["plain"] = [at(plain["at"]), at(plain["word"]), plain["plain"], plain["loaded"]]
    title = article.text.partition("\n")[0]
    about = {"title": title, "address": document["url"], **data["about"]}
    reading.sort(key=lambda one: one.content)
    file = docx(lines(document)) if data["file"].endswith(".docx") else page(document, places.out)
    return Story(
        name, article, (data["file"], file), about, reading, sides, [(at(one["at"]), one) for one in data["claims"]],
        second, data.get("cards", []), data.get("verdicts", []), told, extras(data, article, at, named),
    )  # fmt: skip


def extras(data: dict[str, Any], article: Article, at: Any, named: dict[str, Span]) -> dict[str, Any]:
    """The pages of “More exercises”, filled in."""
    made = {"terms": [{}]}
    for n, term in enumerate(data["terms"], 1):
        made["terms"][0] |= {f"term word{n}": article[at(term["at"])], f"means word{n}": term["means"]}
    for name, groups in (
        ("chain", {"hands": ("hand", "text", "why"), "strangers": ("stranger", "text", "why")}),
        ("repair", {"versions": ("version", "text", "print", "why"), "reasons": ("wrong", "text")}),
    ):
        if given := data.get(name):
            typed = {key: text for key, text in given.items() if key not in groups} | {"quote": named[given["quote"]]}
            if name == "repair":
                typed["right"], *given["reasons"] = given["reasons"]
            for group, (row, *fields) in groups.items():
                for n, texts in enumerate(given[group], 1):
                    cells = [texts] if isinstance(texts, str) else texts
                    typed |= {f"{field} {row}{n}": text for field, text in zip(fields, cells, strict=True)}
            made[name] = [typed]
    return made


def lines(document: dict[str, Any]) -> list[str]:
    return [line for line in document["text"].split("\n") if line]


def page(document: dict[str, Any], out: set[int]) -> bytes:
    """The article as a browser saves a page of a wiki: captions in figures, the date above, links around it."""
    captions = {document["text"][slice(*document["sentences"][n - 1])] for n in out}
    title, *body = lines(document)
    parts = [
        f'<figure class="thumb"><img src="a_files/1.jpg" alt=""><figcaption>{escape(line)}</figcaption></figure>'
        if any(line.startswith(one) for one in captions) and n
        else f'<p><strong class="published">{escape(line)}</strong></p>'
        if not n
        else f"<p>{escape(line)}</p>"
        for n, line in enumerate(body)
    ]
    links = (
        '<div class="infobox noprint"><ul><li><a href="#">Share it</a></li><li><a href="#">Print it</a></li></ul></div>'
    )
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} - Wikinews</title></head>
<body><div id="mw-navigation"><ul><li><a href="#">Main Page</a></li><li><a href="#">Newsroom</a></li></ul></div>
<div id="content" role="main"><h1 id="firstHeading">{escape(title)}</h1>
<div id="siteSub">From Wikinews, the free news source</div>
<div id="mw-content-text"><div class="mw-parser-output">{"".join(parts)}{links}
<h2>Sources</h2><ul><li><a href="#">A list of pages</a></li></ul></div></div>
<div id="catlinks"><a href="#">Categories</a>: <ul><li><a href="#">Published</a></li></ul></div></div>
<footer><p>All text is available under a free license.</p></footer></body></html>""".encode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.environ.get("MEDIALIT_GOLD", str(ROOT / ".." / "shared" / "gold"))
    parser.add_argument("--gold", default=default, help="folder that holds gum_news")
    parser.add_argument("--show", action="store_true", help="print which quotations differ (words of the articles)")
    options = parser.parse_args()
    documents = {one["id"]: one for one in load(Path(options.gold))}
    if not documents:
        print(f"Skipped: there is no gum_news in {options.gold}. Give the folder of public gold with --gold.")
        return
    for path in sorted((Path(__file__).parent / "free_stories").glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory() as place:
            report(
                story(path.stem, data, documents[data["document"]]),
                documents[data["document"]],
                Path(place),
                options.show,
            )


def report(one: Story, document: dict[str, Any], place: Path, show: bool) -> None:
    """One story, from its file to a graded class."""
    print(f"\n{one.name}: {one.file[0]}, {len(one.article.text.split())} words")
    counts = measure(one.article, one.quotations, show)
    f1 = 2 * counts["match"] / (counts["found"] + counts["read"])
    print(f"  quotations read {counts['read']}, proposed {counts['found']}: F1 {f1:.2f}, right speaker", end=" ")
    print(f"{counts['speaker']} of {counts['said']}; clicks by hand {counts['hand']}, with proposals {counts['help']}")
    gum = Counts()
    score(document, find_quotes(document["text"]), gum, show)
    print(
        f"  against GUM: {gum.gold} attributions, F1 {gum.f1(gum.overlap):.2f}, with speaker {gum.f1(gum.speaker):.2f}"
    )
    author = Author(one, place).begin().quotes().claims().evidence().wording().extras()
    alone = author.actions
    if one.second:
        measured = author.second_coder().settle()
        print("  second coder:", ", ".join(f"{m.what} {m.percent:.0%}" for m in measured))
    print(f"  actions {alone}: {', '.join(f'{part} {count}' for part, count in author.parts.items())}")
    start = time.perf_counter()
    told, _ = verdict(check_case(author.folder))
    print(f"  case check {time.perf_counter() - start:.2f} s: {told}")
    for fault in case_faults(author.folder):
        print(f"  FAULT {fault}")
    case = load_case(author.folder)
    assert case.about.credit.count("CC BY 2.5") == 1
    labels, rows = graded(author.folder, place)
    print(f"  served {len(labels)}: {', '.join(sorted(labels))}")
    for learner in LEARNERS:
        found = [rows.get((learner, label)) for label in labels]
        passed = sum(row is not None and row["outcome"] in DONE for row in found)
        mean = sum(float(row["score"] or 0) if row else 0 for row in found) / len(found)
        print(f"  {learner}: {passed} of {len(labels)} passed, mean score {mean:.2f}")
        odd = [
            label
            for label in labels
            if learner != "key" and (row := rows.get((learner, label))) and row["outcome"] in DONE
        ]
        if odd:
            print(f"  WRONGLY PASSED by {learner}: {', '.join(odd)}")
    if found := leaks(author.folder):
        print(f"  OF THE COURSE'S STORY: {found}")


if __name__ == "__main__":
    main()
