"""A PDF with a text layer: paragraphs out of the lines that are drawn on its pages."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from medialit.authoring.article_file.found import Found, needs
from medialit.authoring.article_file.text import ENDS, WORD, joined, tidy_line, together, told_of_apart, told_of_divided
from medialit.english import listed
from medialit.errors import MedialitError

_SAME = 0.8  # sizes of letters differ by less
_LARGE = 1.8  # times as large as the letters beside it: a letter that begins a story
_LEVEL = 4  # what is on one line differs in height by less


@dataclass
class _Line:
    """A line of a page: where it begins and ends, its upper edge from below, the size of its letters, and its text."""

    x0: float
    x1: float
    y: float
    size: float
    text: str
    page: int


def from_pdf(name: str, data: bytes) -> Found:
    needs("pdfminer", "PDF files")
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTChar, LTTextContainer, LTTextLine

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    pages: list[list[_Line]] = []
    large: list[tuple[_Line, list[_Line], Any]] = []
    apart: list[str] = []
    turned = False
    try:
        for number, drawn in enumerate(extract_pages(io.BytesIO(data), laparams=LAParams(boxes_flow=None))):
            pages.append([])
            for box in drawn:
                for line in box if isinstance(box, LTTextContainer) else ():
                    if not isinstance(line, LTTextLine) or not (text := tidy_line(raw := _drawn(list(line)))):
                        continue
                    chars = [char for char in line if isinstance(char, LTChar)]
                    if not all(char.upright for char in chars):
                        turned = True
                        continue
                    words = together(raw)
                    if words and "  " not in raw.strip():
                        words = together(_by_gaps(chars))
                    apart += [words] * bool(words)
                    size = median(char.size for char in chars)
                    read = _Line(line.x0, line.x1, line.y1, size, words or text, number)
                    pages[-1].append(read)
                    if chars[0].size > _LARGE * size and chars[0].get_text().isalpha():
                        read.y = max(char.y1 for char in chars[1:])
                        large.append((read, pages[-1], chars[0]))
    except Exception:
        raise MedialitError(
            f"{name} cannot be read as a PDF: it is damaged or protected. Copy its text into a text file."
        ) from None
    if not any(pages):
        raise MedialitError(
            f"{name} has no text layer: its pages are pictures, as a scanner makes them. Type the text, or find it as a page "
            "or a document."
        )
    letters = [unicodedata.bidirectional(char) for page in pages for line in page for char in line.text]
    if letters.count("R") + letters.count("AL") > letters.count("L"):
        raise MedialitError(
            f"{name} is written from right to left, and a PDF keeps such letters in the wrong order. Copy the text into a "
            "text file, and compare it with the page."
        )
    joined_letters = _with_first_letters(pages, large)
    for page in pages:
        page.sort(key=lambda line: (-round(line.y), line.x0))
        if _in_columns(page):
            raise MedialitError(
                f"{name} is set in columns, and a program that reads across them mixes up its sentences. Copy the text, "
                "column by column, into a text file."
            )
    around = _running(pages) + [line for page in pages for line in page if line.text.isdigit()]
    paragraphs, divided = _grouped([line for page in pages for line in page if line not in around])
    notes = (*told_of_divided(divided), *told_of_apart(apart))
    if joined_letters:
        notes += (f"A large first letter was joined to the rest of its word: {listed(joined_letters)}.",)
    if turned:
        notes += ("Text that runs up or down a page was left out.",)
    left_out = dict.fromkeys(line.text for line in around)
    return Found(tuple(paragraphs), tuple(left_out), notes, {"title": paragraphs[0] if paragraphs else ""})


def _drawn(signs: list[Any]) -> str:
    """The text of a line. A space on which the next letter is drawn is a place where the word could have been divided."""
    beside = [*signs[1:], None]
    return "".join(
        one.get_text()
        for one, after in zip(signs, beside, strict=True)
        if not (
            one.get_text() == " " and hasattr(one, "x0") and hasattr(after, "x0") and after.x0 < (one.x0 + one.x1) / 2
        )
    )


def _by_gaps(chars: list[Any]) -> str:
    """The letters of a line with one space between them, and two where the gap is wider than most."""
    letters = [char for char in chars if char.get_text().strip()]
    gaps = [other.x0 - one.x1 for one, other in pairwise(letters)]
    wide = 1.6 * median(gaps) if gaps else 0
    return "".join(
        f"{'  ' if gap > wide else ' '}{char.get_text()}" for char, gap in zip(letters, [0, *gaps], strict=True)
    )


def _with_first_letters(pages: list[list[_Line]], large: list[tuple[_Line, list[_Line], Any]]) -> list[str]:
    """Join a large first letter to its word, and move the lines beside it to where it begins; returns these words.

    *A*, *I* and *O* can be words, and what begins with a capital may be a word of its own. Such a letter is joined only where
    the word occurs elsewhere, and what is left of it does not.
    """
    begun = [line for line, *_ in large]
    others = [line.text for page in pages for line in page if line not in begun]
    known = {word.casefold() for text in others for word in WORD.findall(text)}
    found = []
    for line, page, letter in large:
        for beside in page:
            if letter.x0 < beside.x0 < letter.x1 + 2 * line.size and letter.y0 + line.size / 2 < beside.y < line.y:
                beside.x0 = line.x0
        first, apart, rest = line.text[0], line.text[1:2], line.text[2:]
        if apart == " " and rest[:1].isalpha():
            left = WORD.findall(rest)[0]
            word = first + left
            sure = first not in "AIO" and left[0].islower()
            if sure or (word.casefold() in known and left.casefold() not in known):
                line.text = first + rest
                found.append(word)
    return found


def _in_columns(page: list[_Line]) -> bool:
    """Whether a page is set in two columns: lines in its left half are as high up as lines in its right half."""
    middle = (min((line.x0 for line in page), default=0) + max((line.x1 for line in page), default=0)) / 2
    left = [line.y for line in page if line.x1 < middle + 10 and len(line.text) > 15]
    right = [line.y for line in page if line.x0 > middle - 10 and len(line.text) > 15]
    return min(len(left), len(right)) > 5 and min(left) < max(right) and min(right) < max(left)


def _running(pages: list[list[_Line]]) -> list[_Line]:
    """Heads and feet: what is as high as the first or last line of a page and comes back, with another number, on others."""
    edges = [
        line for page in pages for line in page if abs(line.y - page[0].y) < _LEVEL or abs(line.y - page[-1].y) < _LEVEL
    ]
    counts = Counter(re.sub(r"\d+", "#", line.text) for line in edges)
    return [line for line in edges if len(pages) > 1 and counts[re.sub(r"\d+", "#", line.text)] > 1]


def _grouped(lines: list[_Line]) -> tuple[list[str], list[str]]:
    """(paragraphs, words that were joined), by gaps, indents, the size of letters, and lines that end early."""
    # Many paragraphs of a news story have one line, so the step inside a paragraph need not be the usual one.
    steps: dict[int, float] = {}
    for a, b in pairwise(lines):
        if a.page == b.page and a.y > b.y + 4 and abs(a.size - b.size) < _SAME:
            steps[round(a.size)] = min(a.y - b.y, steps.get(round(a.size), 1.7 * a.size))
    starts = Counter(round(line.x0) for line in lines)
    # As far left as more than a line or two begin: most paragraphs may have one line that is indented, and no other.
    left = min((x for x, times in starts.items() if times > max(1, len(lines) / 20)), default=0)
    right = max((line.x1 for line in lines), default=0)
    paragraphs: list[str] = []
    divided: list[str] = []
    before: _Line | None = None
    for line in lines:
        apart = True
        if before is not None:
            word = (line.x1 - line.x0) * len(f"{line.text.split()[0]} ") / len(line.text)
            ends = before.text[-1] in ENDS and before.x1 + word < right
            indented = left + 5 < line.x0 < left + 60
            step = steps.get(round(line.size), 0)
            gap = before.page == line.page and before.y - line.y > 1.25 * step
            apart = gap or indented or abs(before.size - line.size) > _SAME or ends
        if apart:
            paragraphs.append(line.text)
        else:
            paragraphs[-1], word_found = joined(paragraphs[-1], line.text)
            divided += word_found
        before = line
    return paragraphs, divided
