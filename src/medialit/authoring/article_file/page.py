"""A page that a browser saved: its article, by trafilatura, and what the page shows beside it or hides."""

from __future__ import annotations

import plistlib
import re
from email import message_from_bytes, policy
from typing import Any

from medialit.authoring.article_file.found import LEAST, Found, SeveralArticles, needs
from medialit.authoring.article_file.text import WORD, decoded, tidy
from medialit.errors import MedialitError

# What is said where a page has no article for those who are not signed in.
_CLOSED = re.compile(
    r"\b(?:sign|log) ?in\b|\bpassword\b|\bsubscrib\w+ to (?:read|continue)|\balready a (?:subscriber|member)\b|"
    r"\bcontinue reading\b|\baccept (?:all|cookies)\b|\bwe value your privacy\b|\bconsent\b",
    re.IGNORECASE,
)
_EMBEDDED = re.compile(
    r"twitter-tweet|tweet|instagram-media|tiktok-embed|fb-post|bluesky-embed|mastodon-embed|\bembed\b", re.I
)
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


def in_one_file(name: str, data: bytes) -> tuple[bytes, str]:
    """(page, its encoding or "") of a page that a browser saved with all that belongs to it: MHTML, or a web archive."""
    try:
        if data.startswith(b"bplist00"):
            page = plistlib.loads(data)["WebMainResource"]
            return page["WebResourceData"], page.get("WebResourceTextEncodingName", "")
        body: Any = message_from_bytes(data, policy=policy.default).get_body(("html",))
        return body.get_payload(decode=True), body.get_content_charset("")
    except Exception:
        raise MedialitError(f"{name} holds no page that can be read. Save the page again, as HTML.") from None


def from_html(name: str, data: bytes, declared: str, article: int) -> Found:
    needs("trafilatura", "Pages that a browser saved")
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
    return " ".join(WORD.findall(text.casefold()))
