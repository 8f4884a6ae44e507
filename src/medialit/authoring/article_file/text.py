"""Plain text as an article: its encoding, lines that were broken at a width, and signs that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from itertools import pairwise

from medialit.authoring.article_file.found import Found
from medialit.english import listed
from medialit.errors import MedialitError

ENDS = '.!?”"’:…)»。！？」؟۔।'
_WIDEST = 160  # characters of a line: nobody breaks a text at more
_DRAWN = re.compile("[\ufb00-\ufb06]")  # two letters that a PDF draws as one
WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")


def count_words(lines: Iterable[str]) -> int:
    """How many words some lines have."""
    return sum(len(WORD.findall(line)) for line in lines)


def decoded(name: str, data: bytes) -> str:
    """The text of bytes: UTF-8 or UTF-16, or Windows-1252 where every line that is not plain ASCII can only be that.

    Raises MedialitError that shows the lines where two encodings are mixed.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise MedialitError(f"{name} begins as {encoding[:6].upper()} and goes on as something else.") from None
    if b"\0" in data:
        sides = data[::2].count(0), data[1::2].count(0)
        with suppress(UnicodeDecodeError):
            if min(sides) * 10 < max(sides):
                return data.decode("utf-16-be" if sides[0] > sides[1] else "utf-16-le")
        raise MedialitError(f"{name} is not text: it holds zero bytes. Save it as plain text, as UTF-8.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        lines = data.splitlines()
    other = [n for n, line in enumerate(lines, 1) if not _is_utf8(line)]
    good = [n for n, line in enumerate(lines, 1) if _is_utf8(line) and not line.isascii()]
    if good:
        shown = "; ".join(f"line {n}: {lines[n - 1].decode('ascii', 'replace')[:60]}" for n in (good[0], *other[:2]))
        raise MedialitError(
            f"{name} mixes two encodings: some lines are UTF-8 and {len(other)} are not ({shown}). Copy the text once more "
            "from where it comes from, and save it as UTF-8."
        )
    try:
        text = data.decode("cp1252")
        # Where most letters are none of ASCII, it is another alphabet.
        if sum(not sign.isascii() for sign in text) > sum(sign.isascii() and sign.isalpha() for sign in text):
            raise ValueError
        return text
    except ValueError:
        raise MedialitError(f"{name} is not UTF-8 text, as line {other[0]} shows. Save it again as UTF-8.") from None


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def from_text(text: str) -> Found:
    """Lines are paragraphs, unless the text was broken at a width: at most ends the next word had no room any more."""
    read = [(together(raw), raw) for raw in text.splitlines()]
    lines = [words or tidy_line(raw) for words, raw in read]
    apart = [words for words, _ in read if words]
    width = max(map(len, lines))
    # Letters are not equally wide, so a line of a PDF may look shorter than it was.
    full = [
        bool(line and after)
        and (line[-1] == "-" or len(f"{line} {after.split()[0]}") > (0.95 if line[-1] in ENDS else 0.85) * width)
        for line, after in pairwise([*lines, ""])
    ]
    ends = [line[-1] in ENDS for line, is_full in zip(lines, full, strict=True) if is_full]
    beside = sum(bool(line and after) for line, after in pairwise(lines))
    if width > _WIDEST or 2 * len(ends) <= beside or 2 * sum(ends) >= len(ends):
        return Found(tuple(filter(None, lines)), notes=told_of_apart(apart))
    paragraphs, divided = [""], []
    for line, is_full in zip(lines, full, strict=True):
        paragraphs[-1], word = joined(paragraphs[-1], line)
        divided += word
        if not is_full:
            paragraphs.append("")
    told = ("Lines that were broken in the middle were joined.", *told_of_divided(divided), *told_of_apart(apart))
    return Found(tuple(filter(None, paragraphs)), notes=told)


def tidy_line(text: str) -> str:
    """A line that was broken off, tidy; what divides a word at its end is a plain hyphen."""
    return tidy(re.sub("[\u00ad\u2010]\\s*$", "-", text))


def joined(before: str, line: str) -> tuple[str, list[str]]:
    """Two lines as one, and the word that was divided between them, if there is one."""
    cut, rest = re.search(r"(\w+)-$", before), re.match(r"[^\W\d_]+", line)
    if cut and rest and rest.group()[0].islower():
        return before[:-1] + line, [cut.group(1) + rest.group()]
    return f"{before} {line}".strip(), []


def told_of_divided(divided: list[str]) -> tuple[str, ...]:
    return (f"Words that were divided at the end of a line were joined: {', '.join(divided)}.",) if divided else ()


def together(line: str) -> str:
    """The words of a headline whose letters are set apart, as in ``B R E A K I N G   N E W S``; "" for any other line."""
    signs = line.split()
    words = ["".join(word.split()) for word in re.split(r"\s{2,}", line.strip())]
    letters = [sign.casefold() for sign in signs if sign.isalpha()]
    spaced = len(letters) > 4 and all(len(sign) == 1 for sign in signs) and max(map(len, words)) < 16
    # A row of choices is no word.
    return tidy(" ".join(words)) if spaced and letters != sorted(letters) else ""


def told_of_apart(lines: list[str]) -> tuple[str, ...]:
    told = (
        f"Letters that were set apart were joined: {listed(f'“{line}”' for line in lines)}. Look where its words end."
    )
    return (told,) if lines else ()


def tidy(line: str) -> str:
    """One line without what cannot be seen: control characters, soft hyphens, zero-width spaces, runs of space."""
    line = unicodedata.normalize("NFC", _DRAWN.sub(lambda m: unicodedata.normalize("NFKC", m[0]), line))
    kept = (c for c in line if c in "\t\u200c\u200d" or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cn"))
    return " ".join("".join(kept).split())
