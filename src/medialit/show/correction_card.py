"""The correction card as one page: to hand in, to post, to print, to read on a phone.

The page needs nothing but itself: no script, no font, no picture, no address of this machine. Everything that somebody typed
is escaped, and the page forbids scripts besides (Content Security Policy).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from medialit.case.claims import Card
from medialit.english import day_in_words
from medialit.files import course_path
from medialit.show.download import link
from medialit.show.html import View, escape, page
from medialit.show.templates import template

FILE_NAME = "correction-card.html"
SIGNS = {
    "supported": "✓",
    "missing context": "◐",
    "outdated": "◷",
    "misattributed": "△",
    "contradicted": "✕",
    "not established": "?",
}


@dataclass(frozen=True)
class CardClaim:
    """A claim that was checked, its verdict, from how many origins, and the numbers of its sources on the card."""

    says: str
    verdict: str
    origins: int
    sources: tuple[int, ...]


@dataclass(frozen=True)
class PublishedCard:
    """Everything that is on a card, as plain data.

    ``headline`` is the corrected statement. ``place`` says where the story appeared (publisher, headline, author, date,
    address, each of which may be unknown, and its license). ``corrected`` are (words, new?) parts of the paragraph,
    ``left_out`` what the story had in their place. ``review`` is its ClaimReview.
    """

    number: str
    story: str
    invented: bool
    place: Mapping[str, str]
    place_note: str
    date: str
    headline: str
    claim: CardClaim
    paragraph: int
    words: str
    found: str
    corrected: tuple[tuple[str, bool], ...]
    left_out: tuple[str, ...]
    also: tuple[CardClaim, ...]
    sources: tuple[Card, ...]
    voices: str
    framing: str
    sure: str
    open: str
    method: str
    relative: str
    review: Mapping[str, Any] | None = None

    @property
    def paragraph_text(self) -> str:
        """The whole corrected paragraph."""
        return "".join(words for words, _ in self.corrected)

    @property
    def new(self) -> str:
        """The words of the corrected paragraph that the story does not have."""
        return "; ".join(f"“{words.strip()}”" for words, new in self.corrected if new)

    @property
    def gone(self) -> str:
        """The words of the story that are no longer there."""
        return "; ".join(f"“{words.rstrip('.,;:”')}”" for words in self.left_out)


def card_document(card: PublishedCard) -> str:
    """The whole page. The same card always gives the same bytes."""
    return _rendered("card.html.j2", card, data=_json_ld(card.review))


def card_text(card: PublishedCard) -> str:
    """The card as plain text."""
    return _rendered("card.txt.j2", card).strip()


def _rendered(name: str, card: PublishedCard, **more: str) -> str:
    return template(course_path("print", name)).render(card=card, signs=SIGNS, day=day_in_words, **more)


def _json_ld(review: Mapping[str, Any] | None) -> str:
    """The ClaimReview as data for other programs. No "<" is left in it, so nothing typed can end the block."""
    if not review:
        return ""
    data = json.dumps(review, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        data = data.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">{data}</script>'


def card_preview(card: PublishedCard, name: str = FILE_NAME, said: str = "", *, offer: bool = True) -> View:
    """The card inside a notebook, with a link that hands over the page."""
    shown = link(name, card_document(card).encode(), "text/html").html if offer else ""
    note = f'<p style="margin:4px 0">{escape(said)}</p>' if said else ""
    return View("\n\n".join(filter(None, [said, card_text(card)])), page(f"{note}{shown}{card_section(card)}"))


def card_section(card: PublishedCard) -> str:
    """The card as a part of another page, with inline styles only."""
    body = _rendered("card-body.html.j2", card)
    # What was typed is escaped already, so no sign of it can be taken for a tag.
    for plain, styled in _INLINE.items():
        body = body.replace(plain, styled)
    return f'<section style="{_FRAME}">{body}</section>'


_FRAME = "border:1px solid #808080;border-radius:6px;padding:8px 16px;margin:8px 0;overflow-wrap:anywhere"
# A notebook keeps inline styles only, and its own headings come first.
_INLINE = {
    'class="top"': 'style="margin:0"',
    'class="verdict"': 'style="display:inline-block;border:2px solid #808080;border-radius:6px;padding:0 12px"',
    'class="main"': 'style="border-left:6px solid #0072B2;padding:4px 12px;margin:8px 0"',
    'class="pair"': "",
    '<h1 data-card="headline">': '<h3 style="margin:4px 0 8px">',
    'class="claim"': 'style="margin:0 0 4px"',
    'class="small"': 'style="margin:0 0 4px;font-size:14px"',
    "</h1>": "</h3>",
    "<h2>": '<h4 style="margin:12px 0 2px">',
    "</h2>": "</h4>",
    "<blockquote>": '<blockquote style="margin:4px 0;padding-left:12px;border-left:3px solid #808080">',
    "<p>": '<p style="margin:0 0 4px">',
    '<p dir="auto"': '<p style="margin:0 0 4px" dir="auto"',
}
