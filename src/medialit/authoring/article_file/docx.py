"""A document of a word processor as a reader sees it: with all corrections made, without tables, boxes and notes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from medialit.authoring.article_file.found import LARGEST, Found, needs
from medialit.authoring.article_file.text import tidy
from medialit.errors import MedialitError

_DOCX = "word/document.xml"
# Parts of a document that are not the article: headers, footers and notes.
_AROUND = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml")
# What of a paragraph is not read in it: words that were deleted or moved away, how something is said, and the paragraphs of
# a box, which are read on their own.
_NOT_READ = frozenset("del moveFrom delText instrText rt pPr drawing pict txbxContent Fallback".split())


def from_docx(name: str, data: bytes) -> Found:
    needs("lxml", "DOCX files")
    from lxml import etree

    try:
        parts = zipfile.ZipFile(io.BytesIO(data))
        if _DOCX not in parts.namelist():
            raise MedialitError(f"{name} is not a DOCX file. Open it in your word processor and save it as DOCX.")
        if sum(part.file_size for part in parts.infolist()) > LARGEST:
            raise MedialitError(
                f"{name} unpacks to more than {LARGEST // 1_000_000} MB. Save the text alone in a new file."
            )
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        read = {
            part: etree.fromstring(parts.read(part), parser)
            for part in parts.namelist()
            if part in (_DOCX, "docProps/core.xml") or _AROUND.fullmatch(part)
        }
    except MedialitError:
        raise
    except Exception:
        # A damaged archive fails in many ways, in the libraries' own words.
        raise MedialitError(f"{name} is damaged. Open it in your word processor and save it again.") from None
    document = read.pop(_DOCX)
    core = read.pop("docProps/core.xml", document)
    about = {field: core.findtext(f"{{*}}{tag}") or "" for field, tag in (("title", "title"), ("author", "creator"))}
    lines, left_out = _document(document)
    tables = any(" | " in line for line in left_out)
    notes = ("Tables are not part of the article. If one belongs to it, write it as sentences.",) if tables else ()
    for part in read.values():
        left_out += [line for both in _document(part) for line in both]
    return Found(tuple(lines), tuple(dict.fromkeys(left_out)), notes, about)


def _document(root: Any) -> tuple[list[str], list[str]]:
    """(lines of the text, lines in tables and boxes). A column with much of the text lays out a page, and is no table."""
    large: set[Any] = set()
    for table in root.iter("{*}tbl"):
        for column in zip_longest(*(row.iterchildren("{*}tc") for row in table.iterchildren("{*}tr"))):
            cells = [cell for cell in column if cell is not None]
            if sum(len(text) for cell in cells for text in cell.itertext()) > 0.4 * sum(map(len, root.itertext())):
                large.update(cells)
    lines: list[str] = []
    left_out: list[str] = []
    for one in root.iter("{*}p", "{*}tr"):
        around = [above.tag.rpartition("}")[2] for above in one.iterancestors()]
        cell = next(one.iterancestors("{*}tc"), None)
        if "Fallback" in around or (cell is not None and cell not in large):
            continue
        if one.tag.endswith("}p"):
            (left_out if _NOT_READ.intersection(around) else lines).extend(map(tidy, "".join(_pieces(one)).split("\n")))
        elif not large.intersection(one.iter("{*}tc")):
            left_out.append(" | ".join(tidy(" ".join(_pieces(cell))) for cell in one.iterchildren("{*}tc")))
    return list(filter(None, lines)), [line for line in left_out if line.strip(" |")]


def _pieces(element: Any) -> Iterator[str]:
    """The words of a part of a document as a reader sees them, with the changes of those who corrected it."""
    for one in element.iterchildren("{*}*"):
        tag = one.tag.rpartition("}")[2]
        if tag == "t":
            yield one.text or ""
        elif tag in ("br", "cr", "tab", "noBreakHyphen"):
            yield {"tab": " ", "noBreakHyphen": "-"}.get(tag, "\n")
        elif tag not in _NOT_READ and not (tag == "r" and _is_hidden(one)):
            yield from _pieces(one)


def _is_hidden(run: Any) -> bool:
    found = run.find("{*}rPr/{*}vanish")
    return found is not None and not {"0", "false", "off"}.intersection(found.attrib.values())
