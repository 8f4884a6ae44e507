"""Words to compare: lower case, without punctuation, in any language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from medialit.article import Article, Span, as_article

# Scripts without spaces between words (Thai, Lao, Burmese, Khmer, kana, Han): one sign is one token.
_SIGNS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Accents and vowel signs that belong to a word but are not letters to Python (Hebrew, Arabic, Indic scripts).
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0d7f\u200c\u200d"
# Initials such as U.S. and numbers such as 1,587 are one word each.
_FIRST = r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)+|"
_WORD = re.compile(rf"{_FIRST}(?:[^\W_]|[{_MARKS}])+(?:['’\-](?:[^\W_]|[{_MARKS}])+)*")
_PLAIN = re.compile(_FIRST + r"[^\W_]+(?:['’\-][^\W_]+)*")
_SIGN = re.compile(f"[{_SIGNS}]")
_MARK = re.compile(rf"[{_MARKS}]")


def tokens(text: str | Article) -> tuple[list[str], list[Span]]:
    """(words, spans): the words of a text in lower case, and where each stands.

    A possessive ’s is cut off, so that "Japan’s" counts as "japan"; hyphenated words stay whole. Where a script puts no
    spaces between words, every sign counts as one. Limits: no grammar, so "launch" and "launches" are two words, and
    signs stand in for words in Japanese or Thai. Linear in the text.
    """
    words, spans = [], []
    for word, start, end in found_words(text):
        words.append(word)
        spans.append(Span(start, end))
    return words, spans


def word_counts(text: str | Article) -> Counter[str]:
    """How often each word of a text occurs (see ``tokens``)."""
    return Counter(word for word, _, _ in found_words(text))


def found_words(text: str | Article) -> Iterator[tuple[str, int, int]]:
    """(word, start, end) of each word, one after the other."""
    text = text if isinstance(text, str) else as_article(text).text
    signs = _SIGN.search(text) is not None
    pattern = _WORD if _MARK.search(text) else _PLAIN
    for match in pattern.finditer(text):
        start, end = match.span()
        if signs and _SIGN.search(text, start, end):
            yield from _cut(text, start, end)
            continue
        word = match.group().casefold()
        if word.endswith(("’s", "'s")):
            word = word[:-2]
        yield word.replace("’", "'").rstrip("."), start, end


def _cut(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """A stretch with signs: every sign alone, what stands between them as words."""
    begin = start
    for match in _SIGN.finditer(text, start, end):
        if begin < match.start():
            yield text[begin : match.start()].casefold(), begin, match.start()
        yield match.group(), match.start(), match.end()
        begin = match.end()
    if begin < end:
        yield text[begin:end].casefold(), begin, end
