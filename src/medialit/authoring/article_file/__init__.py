"""Read an article from a file of somebody's own: text, DOCX, a page that a browser saved, or a PDF with a text layer.

Nothing is fetched. What is left out is listed, so that a person can see what the program took for the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from medialit.authoring.article_file.docx import from_docx
from medialit.authoring.article_file.found import LARGEST, LEAST, MOST, Found, needs
from medialit.authoring.article_file.markdown import without_signs
from medialit.authoring.article_file.page import from_html, in_one_file
from medialit.authoring.article_file.pdf import from_pdf
from medialit.authoring.article_file.text import count_words, decoded, from_text
from medialit.english import count
from medialit.errors import MedialitError

_LONGEST = 15  # characters of a word on average: there is no language with spaces that has more


def read_article(path: Path, article: int = 0) -> Found:
    """The article in a file; ``article`` chooses one of several on a page, counted from 1.

    Raises MedialitError, in a sentence or two, for what is no article or cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise MedialitError(f"There is no file {path}.") from None
    except OSError as error:
        raise MedialitError(f"{path} cannot be read ({error.strerror}).") from None
    return article_in(path.name, data, article)


def article_in(name: str, data: bytes, article: int = 0) -> Found:
    """The article in the bytes of a file with this name, or of a text that was pasted.

    Raises MedialitError as :func:`read_article` does.
    """
    if len(data) > LARGEST:
        raise too_large(name, len(data))
    found = _read(name, data, article)
    words = count_words(found.paragraphs)
    if words < LEAST and found.about.get("closed"):
        raise MedialitError(
            f"{name} looks like a page that asks you to sign in, to pay or to agree to something: it has "
            f"{count(words, 'word')} of text. Open the article in your browser so that you can read all of it, and save the "
            "page again."
        )
    if words < LEAST and "closed" in found.about:
        raise MedialitError(
            f"{name} has {count(words, 'word')} of text. A case needs an article of {LEAST} words or more. If your browser "
            "shows more, copy the article there and paste it."
        )
    check_length(name, found.paragraphs)
    return found


def too_large(name: str, size: int) -> MedialitError:
    """What is said of a file of so many bytes."""
    return MedialitError(f"{name} has {size // 1_000_000} MB. An article is far smaller: is it the right file?")


def check_length(name: str, lines: Iterable[str]) -> None:
    """Raises MedialitError for an article that is too short for a case, or too long, or has no spaces between its words."""
    text = " ".join(lines)
    words = count_words([text])
    if len(text) > _LONGEST * max(LEAST / 2, len(text.split())):
        raise MedialitError(
            f"{name} has hardly any spaces. The course cannot tell the words and sentences of such a text apart, as in "
            "Chinese, Japanese and Thai. Choose an article in a language that puts spaces between words."
        )
    if words < LEAST:
        raise MedialitError(f"{name} has {count(words, 'word')}. A case needs an article of {LEAST} words or more.")
    if words > MOST:
        raise MedialitError(f"{name} has {words:,} words. Choose one article of at most {MOST:,} words.")


def _read(name: str, data: bytes, article: int) -> Found:
    if not data.strip():
        raise MedialitError(f"{name} is empty.")
    if data.startswith(b"{\\rtf"):
        raise MedialitError(f"{name} is RTF. Open it in your word processor and save it as DOCX or as plain text.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise MedialitError(
            f"{name} is an old Word file, or locked with a password. Open it in your word processor and save it as DOCX, "
            "without a password."
        )
    if data.startswith(b"%PDF-"):
        return from_pdf(name, data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return from_docx(name, data)
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")):
        raise MedialitError(f"{name} is a picture. Type the text, or copy it from a page, into a text file.")
    head = data[:2000].replace(b"\0", b"").lower()
    if data.startswith(b"bplist00") or re.search(rb"^mime-version:", head, re.MULTILINE):
        return from_html(name, *in_one_file(name, data), article)
    saved = Path(name).suffix.lower() in (".html", ".htm", ".xhtml")
    if saved or b"<html" in head or b"<!doctype html" in head:
        declared = re.search(rb"charset=[\"']?([\w-]+)", data[:4000])
        return from_html(name, data, declared.group(1).decode() if declared else "", article)
    text = decoded(name, data)
    if Path(name).suffix.lower() not in (".md", ".markdown"):
        return from_text(text)
    needs("markdown_it", "Markdown files")
    text, notes, left = without_signs(text)
    found = from_text(text)
    return replace(found, left_out=tuple(dict.fromkeys(left)), notes=(*notes, *found.notes))
