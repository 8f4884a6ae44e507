"""The bounds of a case's sentences and words, kept in ``bounds.json`` so that no key depends on a tokenizer's version."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from pathlib import Path

from medialit.article import Article, Bounds, Span
from medialit.case.records import Record, SpanField
from medialit.errors import CaseError
from medialit.files import read_text, validated, write_whole

FILE = "bounds.json"


class Cut(Record):
    """One sentence and the words in it."""

    span: SpanField
    words: list[SpanField]


class BoundsFile(Record):
    """The whole of ``bounds.json``. ``cut_by`` names the tokenizer that cut the text with this checksum."""

    sha256: str
    cut_by: str
    sentences: list[Cut]


def open_article(folder: Path, title: str = "", language: str = "en") -> Article:
    """The article of a case with the bounds it was frozen with; cut by the tokenizer of today before that.

    Raises CaseError when a file is damaged.
    """
    article = Article(read_text(folder / "article.txt"), title, language=language)
    return (
        Article(article.text, title, load_bounds(folder, article), language) if (folder / FILE).is_file() else article
    )


def load_bounds(folder: Path, article: Article) -> Bounds:
    """The bounds that a case was frozen with. Raises CaseError when they are missing or do not fit the text."""
    path = folder / FILE
    if not path.is_file():
        raise CaseError(f"This file is missing. Write it with: medialit author case freeze {folder.name}", file=path)
    try:
        data = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise CaseError("This is not valid JSON.", file=path, line=getattr(error, "lineno", None)) from None
    kept = validated(BoundsFile, data, path, lambda _: None)
    if kept.sha256 != checksum(article.text):
        raise CaseError(
            "These are the bounds of another text. Delete this file, then write it again: "
            f"medialit author case freeze {folder.name}",
            file=path,
        )
    bounds = Bounds(tuple(s.span for s in kept.sentences), tuple(word for s in kept.sentences for word in s.words))
    inside = all(s.span.start <= start and end <= s.span.end for s in kept.sentences for start, end in s.words)
    whole = all((block := article.block_at(start)) and end <= block.span.end for start, end in bounds.sentences)
    if not (inside and whole and _in_order(bounds.sentences) and _complete(article.text, bounds.words)):
        raise CaseError(
            "Sentences and words must cover the text in its order, a sentence inside its paragraph, a word inside its "
            "sentence.",
            file=path,
        )
    return bounds


def freeze(folder: Path) -> Bounds:
    """Cut a case's article with the tokenizer of today, and write ``bounds.json``.

    Raises CaseError when the file is already there: sentence numbers of a case that is in use must not change.
    """
    path = folder / FILE
    if path.exists():
        raise CaseError(
            "This file is already there. Delete it to cut the text again; then check every sentence number in the "
            "case's other files.",
            file=path,
        )
    import nltk

    article = Article(read_text(folder / "article.txt"))
    head = json.dumps({"sha256": checksum(article.text), "cut_by": f"NLTK {nltk.__version__}"})
    lines = [json.dumps({"span": s.span, "words": article.words(s.span)}) for s in article.sentences]
    # One sentence a line, so that a change can be read.
    text = head[:-1] + ', "sentences": [\n' + ",\n".join(lines) + "\n]}\n"
    write_whole(path, text.encode())
    return article.bounds


def checksum(text: str) -> str:
    """The SHA-256 of a text, as case.yaml has it."""
    return hashlib.sha256(text.encode()).hexdigest()


def _complete(text: str, words: tuple[Span, ...]) -> bool:
    """True when the words are in order and leave nothing out but space."""
    edges = [0, *(edge for word in words for edge in word), len(text)]
    between = zip(edges[::2], edges[1::2], strict=True)
    return all(start <= end and not text[start:end].strip() for start, end in between)


def _in_order(spans: tuple[Span, ...]) -> bool:
    return all(one.end <= other.start for one, other in pairwise(spans))
