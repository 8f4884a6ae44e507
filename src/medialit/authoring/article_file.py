"""Read an article from a file of somebody's own: text, DOCX, a page that a browser saved, or a PDF with a text layer.

Nothing is fetched. What is left out is listed, so that a person can see what the program took for the article.
"""

from __future__ import annotations

import io
import logging
import plistlib
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from importlib.util import find_spec
from itertools import pairwise, zip_longest
from pathlib import Path
from statistics import median
from typing import Any

from medialit.authoring.markdown import without_signs
from medialit.english import count, listed
from medialit.errors import MedialitError

_ENDS = '.!?”"’:…)»。！？」؟۔।'
_LONGEST = 15  # characters of a word on average: there is no language with spaces that has more
_WIDEST = 160  # characters of a line: nobody breaks a text at more
LEAST, MOST = 80, 5_000  # words: less is no story, and more is no page
LARGEST = 30_000_000  # bytes of a file, packed or not
EXTRA = "Install the tools for authors first: pip install 'medialit[author]'."
# What is said where a page has no article for those who are not signed in.
_CLOSED = re.compile(
    r"\b(?:sign|log) ?in\b|\bpassword\b|\bsubscrib\w+ to (?:read|continue)|\balready a (?:subscriber|member)\b|"
    r"\bcontinue reading\b|\baccept (?:all|cookies)\b|\bwe value your privacy\b|\bconsent\b",
    re.IGNORECASE,
)
_EMBEDDED = re.compile(
    r"twitter-tweet|tweet|instagram-media|tiktok-embed|fb-post|bluesky-embed|mastodon-embed|\bembed\b", re.I
)
_DRAWN = re.compile("[\ufb00-\ufb06]")  # two letters that a PDF draws as one
_WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")


@dataclass(frozen=True)
class Found:
    """An article as it was read. ``paragraphs`` are its lines, the headline first; the rest is what is known about it.

    ``left_out`` are texts of the file that are not in the article, ``notes`` what was changed or guessed, in sentences.
    """

    paragraphs: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    about: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text of article.txt."""
        return "\n".join(self.paragraphs) + "\n"


class SeveralArticles(MedialitError):
    """A page holds several articles: ``heads`` are their headlines, in order."""

    def __init__(self, name: str, heads: list[str]) -> None:
        shown = "; ".join(f"{n}: “{head}”" for n, head in enumerate(heads, 1))
        super().__init__(
            f"{name} holds {len(heads)} articles. Choose one with --article, for instance --article 1. {shown}."
        )
        self.name, self.heads = name, heads


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


def count_words(lines: Iterable[str]) -> int:
    """How many words some lines have."""
    return sum(len(_WORD.findall(line)) for line in lines)


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
        return _from_pdf(name, data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _from_docx(name, data)
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")):
        raise MedialitError(f"{name} is a picture. Type the text, or copy it from a page, into a text file.")
    head = data[:2000].replace(b"\0", b"").lower()
    if data.startswith(b"bplist00") or re.search(rb"^mime-version:", head, re.MULTILINE):
        return _from_html(name, *_in_one_file(name, data), article)
    saved = Path(name).suffix.lower() in (".html", ".htm", ".xhtml")
    if saved or b"<html" in head or b"<!doctype html" in head:
        declared = re.search(rb"charset=[\"']?([\w-]+)", data[:4000])
        return _from_html(name, data, declared.group(1).decode() if declared else "", article)
    text = decoded(name, data)
    if Path(name).suffix.lower() not in (".md", ".markdown"):
        return _from_text(text)
    _needs("markdown_it", "Markdown files")
    text, notes, left = without_signs(text)
    found = _from_text(text)
    return replace(found, left_out=tuple(dict.fromkeys(left)), notes=(*notes, *found.notes))


def _needs(library: str, files: str) -> None:
    """Raises MedialitError where what reads these files is not installed."""
    if find_spec(library) is None:
        raise MedialitError(f"{files} need a library that is not here. {EXTRA}")


# --- plain text -----------------------------------------------------------------------------------------------------


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


def _from_text(text: str) -> Found:
    """Lines are paragraphs, unless the text was broken at a width: at most ends the next word had no room any more."""
    read = [(together(raw), raw) for raw in text.splitlines()]
    lines = [words or _line(raw) for words, raw in read]
    apart = [words for words, _ in read if words]
    width = max(map(len, lines))
    # Letters are not equally wide, so a line of a PDF may look shorter than it was.
    full = [
        bool(line and after)
        and (line[-1] == "-" or len(f"{line} {after.split()[0]}") > (0.95 if line[-1] in _ENDS else 0.85) * width)
        for line, after in pairwise([*lines, ""])
    ]
    ends = [line[-1] in _ENDS for line, is_full in zip(lines, full, strict=True) if is_full]
    beside = sum(bool(line and after) for line, after in pairwise(lines))
    if width > _WIDEST or 2 * len(ends) <= beside or 2 * sum(ends) >= len(ends):
        return Found(tuple(filter(None, lines)), notes=_apart(apart))
    paragraphs, divided = [""], []
    for line, is_full in zip(lines, full, strict=True):
        paragraphs[-1], word = joined(paragraphs[-1], line)
        divided += word
        if not is_full:
            paragraphs.append("")
    told = ("Lines that were broken in the middle were joined.", *_told(divided), *_apart(apart))
    return Found(tuple(filter(None, paragraphs)), notes=told)


def _line(text: str) -> str:
    """A line that was broken off, tidy; what divides a word at its end is a plain hyphen."""
    return tidy(re.sub("[\u00ad\u2010]\\s*$", "-", text))


def joined(before: str, line: str) -> tuple[str, list[str]]:
    """Two lines as one, and the word that was divided between them, if there is one."""
    cut, rest = re.search(r"(\w+)-$", before), re.match(r"[^\W\d_]+", line)
    if cut and rest and rest.group()[0].islower():
        return before[:-1] + line, [cut.group(1) + rest.group()]
    return f"{before} {line}".strip(), []


def _told(divided: list[str]) -> tuple[str, ...]:
    return (f"Words that were divided at the end of a line were joined: {', '.join(divided)}.",) if divided else ()


def together(line: str) -> str:
    """The words of a headline whose letters are set apart, as in ``B R E A K I N G   N E W S``; "" for any other line."""
    signs = line.split()
    words = ["".join(word.split()) for word in re.split(r"\s{2,}", line.strip())]
    letters = [sign.casefold() for sign in signs if sign.isalpha()]
    spaced = len(letters) > 4 and all(len(sign) == 1 for sign in signs) and max(map(len, words)) < 16
    # A row of choices is no word.
    return tidy(" ".join(words)) if spaced and letters != sorted(letters) else ""


def _apart(lines: list[str]) -> tuple[str, ...]:
    told = (
        f"Letters that were set apart were joined: {listed(f'“{line}”' for line in lines)}. Look where its words end."
    )
    return (told,) if lines else ()


def tidy(line: str) -> str:
    """One line without what cannot be seen: control characters, soft hyphens, zero-width spaces, runs of space."""
    line = unicodedata.normalize("NFC", _DRAWN.sub(lambda m: unicodedata.normalize("NFKC", m[0]), line))
    kept = (c for c in line if c in "\t\u200c\u200d" or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cn"))
    return " ".join("".join(kept).split())


# --- DOCX -----------------------------------------------------------------------------------------------------------


_DOCX = "word/document.xml"
# Parts of a document that are not the article: what stands above and below a page, and notes.
_AROUND = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml")
# What of a paragraph is not read in it: words that were deleted or moved away, how something is said, and the paragraphs of
# a box, which are read on their own.
_NOT_READ = frozenset("del moveFrom delText instrText rt pPr drawing pict txbxContent Fallback".split())


def _from_docx(name: str, data: bytes) -> Found:
    _needs("lxml", "DOCX files")
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


# --- HTML -----------------------------------------------------------------------------------------------------------

_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li blockquote figcaption td th dt dd div section article header footer aside nav button label "
    "form br".split()
)


# What is kept for screen readers alone, and what nobody sees.
_UNSEEN_CLASS = re.compile(
    r"(?<![\w-])(?:sr-only|visually-?hidden|screen-?reader-(?:text|only)|element-invisible)(?:-focusable)?(?![\w-])",
    re.I,
)
_UNSEEN_STYLE = re.compile(
    r"display:\s*none|visibility:\s*hidden|clip:\s*rect\(\s*[01]|(?:left|top|text-indent):\s*-\d{4}", re.I
)


def _in_one_file(name: str, data: bytes) -> tuple[bytes, str]:
    """(page, its encoding or "") of a page that a browser saved with all that belongs to it: MHTML, or a web archive."""
    try:
        if data.startswith(b"bplist00"):
            page = plistlib.loads(data)["WebMainResource"]
            return page["WebResourceData"], page.get("WebResourceTextEncodingName", "")
        body: Any = message_from_bytes(data, policy=policy.default).get_body(("html",))
        return body.get_payload(decode=True), body.get_content_charset("")
    except Exception:
        raise MedialitError(f"{name} holds no page that can be read. Save the page again, as HTML.") from None


def _from_html(name: str, data: bytes, declared: str, article: int) -> Found:
    _needs("trafilatura", "Pages that a browser saved")
    import trafilatura
    from lxml import html

    text = _page_text(name, data, declared)
    try:
        page = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text))
    except Exception:
        raise MedialitError(f"{name} is not a page that can be read. Save it once more in your browser.") from None
    whole, hidden = page, _take_hidden(page)
    several = [
        one for one in page.iter("article") if len(_said(one).split()) >= LEAST and one.find(".//article") is None
    ]
    longest = max((len(_said(one)) for one in several), default=0)
    several = [one for one in several if len(_said(one)) >= 0.4 * longest]
    if len(several) > 1:
        if not 1 <= article <= len(several):
            heads = [next((_said(h) for h in one.iter("h1", "h2", "h3")), _said(one)[:60]) for one in several]
            raise SeveralArticles(name, heads)
        for other in several:
            if other is not several[article - 1]:
                other.drop_tree()
    # What a page says about itself tells who wrote it.
    said = [html.tostring(one, encoding="unicode") for one in page.iterfind(".//script[@type='application/ld+json']")]
    _prepare(page)
    found: Any = trafilatura.bare_extraction(
        "".join([*said, html.tostring(page, encoding="unicode")]),
        include_comments=False, include_tables=False, with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )  # fmt: skip
    lines = [
        tidy(line.lstrip("-– ") if line.startswith("- ") else line)
        for line in (found.text if found else "").split("\n")
    ]
    title = next((_said(one) for one in page.iter("h1")), "") or (found.title if found else "") or ""
    lines = [line for line in lines if line]
    if title and lines and title not in lines[:3]:
        lines.insert(0, tidy(title))
    about = {"title": tidy(title)}
    if found:
        about |= {
            "author": found.author or "",
            "publisher": found.sitename or "",
            "date": found.date or "",
            "address": found.url or "",
        }
    closed = whole.find(".//input[@type='password']") is not None or _CLOSED.search(_said(whole))
    about["closed"] = "yes" if closed else ""
    kept = _plain(" ".join(lines))
    left = (line for line in _leaves(whole) if _plain(line) and _plain(line) not in kept)
    notes = ("Text that the page keeps hidden was left out.",) if hidden else ()
    return Found(tuple(lines), tuple(dict.fromkeys([*left, *hidden])), notes, about)


def _page_text(name: str, data: bytes, declared: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        if declared and declared.lower().replace("-", "") != "utf8":
            return data.decode("cp1252" if declared.lower() in ("iso-8859-1", "latin1") else declared)
    except (LookupError, UnicodeDecodeError):
        pass
    return decoded(name, data)


def _take_hidden(page: Any) -> list[str]:
    """Take out what a page holds and does not show, and return its lines. A script shows what holds much of the text."""
    gone: list[Any] = []
    length = len(_written(page))
    for one in list(page.iter()):
        said = _written(one) if isinstance(one.tag, str) and _is_unseen(one) else ""
        if said and len(said) <= 0.4 * length and not any(above in gone for above in one.iterancestors()):
            gone.append(one)
    lines = [tidy(line) for one in gone for line in _lines(one)]
    for one in gone:
        one.drop_tree()
    for letter in page.iter("span", "b", "strong", "big"):
        if len(_said(letter)) < 3:
            letter.attrib.pop("aria-hidden", None)
    return list(filter(None, lines))


def _is_unseen(element: Any) -> bool:
    """Is an element hidden? The large first letter of a sentence, which screen readers pass over, is not."""
    passed = element.get("aria-hidden") == "true" and element.tag in _BLOCKS
    named = _UNSEEN_CLASS.search(element.get("class") or "") or _UNSEEN_STYLE.search(element.get("style") or "")
    return passed or named is not None or element.get("hidden") is not None


def _written(element: Any) -> str:
    """The text of an element without that of scripts."""
    inside = element.xpath(
        ".//text()[not(ancestor::script or ancestor::style or ancestor::noscript or ancestor::template)]"
    )
    return " ".join("".join(inside).split())


def _prepare(page: Any) -> None:
    """Make paragraphs of what only looks like one: embedded posts, cells that lay out a page, and double line breaks."""
    from lxml import etree

    for gone in list(page.iter("script", "style", "noscript", "template", "rt", "rp")):
        gone.drop_tree()
    for quote in page.iter("q"):
        quote.text = f"“{quote.text or ''}"
        quote.tail = f"”{quote.tail or ''}"
    for inside in list(page.iter("q", "ruby", "rb")):
        inside.drop_tag()
    for post in [one for one in page.iter("blockquote", "div") if _EMBEDDED.search(one.get("class") or "")]:
        # The element may have been inside another post.
        if post.getparent() is None:
            continue
        lines = [line for line in _lines(post) if line]
        if 0 < len(lines) <= 8:
            place = post.getparent().index(post)
            tail, post.tail = post.tail, None
            made = [etree.Element("p") for _ in lines]
            for one, line in zip(made, lines, strict=True):
                one.text = line
            made[-1].tail = tail
            post.getparent()[place : place + 1] = made
    length = len(_said(page))
    for table in list(page.iter("table")):
        if any(len(_said(cell)) > 0.4 * length for cell in table.iter("td")):
            for one in table.iter("table", "tbody", "tr", "td"):
                one.tag = "div"
    for box in [one for one in page.iter() if isinstance(one.tag, str) and len(one.findall("br")) > 3]:
        _break_up(box)


def _break_up(box: Any) -> None:
    """Turn what two line breaks keep apart into paragraphs."""
    from lxml import etree

    made, now = [], etree.Element("p")
    now.text = box.text or ""
    breaks = 0
    for child in list(box):
        tail, child.tail = child.tail or "", None
        if child.tag == "br":
            breaks += 1
            if breaks == 2:
                made.append(now)
                now = etree.Element("p")
            text = (" " if breaks == 1 else "") + tail
        else:
            breaks = 0
            now.append(child)
            text = tail
        if text.strip():
            breaks = 0
        if len(now):
            now[-1].tail = (now[-1].tail or "") + text
        else:
            now.text = (now.text or "") + text
    made.append(now)
    box.text = None
    box[:] = [one for one in made if _said(one)]
    box.tag = "div"


def _said(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _lines(element: Any) -> list[str]:
    """The text of an element, a line for each block and each piece beside one."""
    lines = [""]
    for event in _walk(element):
        if event is None:
            lines.append("")
        else:
            lines[-1] += event
    return [" ".join(line.split()) for line in lines]


def _walk(element: Any) -> Any:
    yield element.text or ""
    for child in element:
        if not isinstance(child.tag, str):
            yield child.tail or ""
            continue
        block = child.tag in _BLOCKS
        if block:
            yield None
        yield from _walk(child)
        if block:
            yield None
        yield child.tail or ""


def _leaves(page: Any) -> list[str]:
    """Everything that a page shows, block by block."""
    body = page.find("body")
    return [tidy(line) for line in _lines(body if body is not None else page)]


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


# --- PDF ------------------------------------------------------------------------------------------------------------


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


def _from_pdf(name: str, data: bytes) -> Found:
    _needs("pdfminer", "PDF files")
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
                    if not isinstance(line, LTTextLine) or not (text := _line(raw := _drawn(list(line)))):
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
    notes = (*_told(divided), *_apart(apart))
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
    known = {word.casefold() for text in others for word in _WORD.findall(text)}
    found = []
    for line, page, letter in large:
        for beside in page:
            if letter.x0 < beside.x0 < letter.x1 + 2 * line.size and letter.y0 + line.size / 2 < beside.y < line.y:
                beside.x0 = line.x0
        first, apart, rest = line.text[0], line.text[1:2], line.text[2:]
        if apart == " " and rest[:1].isalpha():
            left = _WORD.findall(rest)[0]
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
            ends = before.text[-1] in _ENDS and before.x1 + word < right
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
