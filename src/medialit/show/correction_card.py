"""The correction card as one page: to hand in, to post, to print, to read on a phone.

The page needs nothing but itself: no script, no font, no picture, no address of this machine. Everything that somebody typed
is escaped, and the page forbids scripts besides (Content Security Policy).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from medialit.english import day_in_words
from medialit.show.html import LINK, PAGE, View, escape

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
class CardSource:
    """Where a card's evidence comes from."""

    publisher: str
    title: str
    date: str
    origin: str
    address: str


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
    address, each of which may be unknown). ``corrected`` are (words, new?) parts of the paragraph, ``left_out`` what the
    story had in their place. ``review`` is its ClaimReview.
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
    sources: tuple[CardSource, ...]
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


_CSS = """
:root{color-scheme:light dark;--ground:#fff;--text:#1b1b1b;--soft:#4a4a4a;--line:#767676;--accent:#00558b;--tint:#eef4f9}
@media (prefers-color-scheme:dark){:root{--ground:#16181b;--text:#ececec;--soft:#c2c2c2;--line:#8f8f8f;--accent:#8fc9f2;
--tint:#20262c}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,
"Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:anywhere}
main{max-width:46rem;margin:0 auto;padding:16px}
h1{font-size:1.35rem;line-height:1.35;margin:4px 0 8px}
h2{font-size:1rem;line-height:1.4;margin:16px 0 2px;color:var(--accent)}
p,ul,ol{margin:0 0 4px}
ul,ol{padding-left:1.4em}
ins{text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:3px}
.small{color:var(--soft);font-size:.875rem}
.top{color:var(--soft);margin:0}
.verdict{display:inline-block;border:2px solid var(--accent);border-radius:6px;padding:0 10px;font-weight:700;
color:var(--accent);white-space:nowrap}
.main{border-left:6px solid var(--accent);background:var(--tint);padding:8px 16px;margin:8px 0;border-radius:0 6px 6px 0}
.main h2{margin-top:0}
.pair{display:grid;grid-template-columns:1fr;gap:0 24px}
@media (min-width:40rem){.pair{grid-template-columns:1fr 1fr}}
blockquote{margin:0 0 8px;padding-left:12px;border-left:3px solid var(--line)}
a{color:var(--accent)}
footer{border-top:1px solid var(--line);margin-top:16px;padding-top:8px;color:var(--soft);font-size:.875rem}
@page{margin:12mm}
@media print{:root{--ground:#fff;--text:#000;--soft:#333;--line:#767676;--accent:#00456f;--tint:#fff}
body{font-size:9pt;line-height:1.3}main{max-width:none;padding:0}h1{font-size:13pt}blockquote{margin:0 0 3pt}
h2{margin:5pt 0 0;font-size:9.6pt;break-after:avoid}.pair{grid-template-columns:1fr 1fr}
.small{font-size:8pt}ol{columns:2;column-gap:14pt;font-size:7.8pt}
.main,li,p{break-inside:avoid}.main{padding:4pt 10pt;margin:6pt 0}footer{margin-top:6pt;padding-top:3pt;font-size:7.8pt}
a{text-decoration:none}}
"""
_HEAD = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'\">"
    '<meta name="referrer" content="no-referrer">'
)
_FOOTER = (
    "Made as an exercise with the course kit medialit, by learners, without a name. Nobody paid for it. It judges sentences, "
    "not people. Is something wrong on this card? Tell whoever gave it to you: corrections are corrected openly, with a date."
)


def card_document(card: PublishedCard) -> str:
    """The whole page. The same card always gives the same bytes."""
    return closed_page(f"Correction: {card.headline}", _body(card), data=_json_ld(card.review))


def closed_page(title: str, body: str, *, style: str = "", data: str = "") -> str:
    """A page that loads nothing and runs nothing, in the look of a card. ``body`` and ``data`` are safe HTML already."""
    return (
        f"{_HEAD}<title>{escape(title)}</title><style>{_CSS}{style}</style>{data}</head>"
        f"<body><main>{body}</main></body></html>\n"
    )


def _body(card: PublishedCard) -> str:
    label = "Correction card · an invented story" if card.invented else "Correction card"
    pair = "".join(
        f"<section><h2>{title}</h2>{_paragraph(text)}</section>"
        for title, text in (
            ("Who speaks", card.voices),
            ("How it is told", card.framing),
            ("How sure we are", f"{card.sure}. {_CHANGE} {card.open}"),
            ("How we looked", card.method),
        )
    )
    return (
        f'<header><p class="top">{escape(label)} · checked on <span data-card="date">{escape(day_in_words(card.date))}</span>'
        f'</p><h1 data-card="headline">{escape(card.headline)}</h1>'
        f'<p class="claim"><strong>The claim:</strong> <span data-card="claim">{escape(card.claim.says)}</span> '
        f"{_verdict(card.claim.verdict)}</p></header>"
        f'<section class="main"><h2>What the story says, and what we found</h2>'
        f"<p>The story says in paragraph {card.paragraph} (¶{card.paragraph}):</p>"
        f"<blockquote>{escape(' '.join(card.words.split()))}</blockquote>"
        f'<p dir="auto" data-card="found">{escape(_line(card.found))}</p><p>{_rests(card.claim)}</p></section>'
        f"<section><h2>The paragraph, corrected</h2>{_corrected(card)}</section>"
        f'<section><h2>In plain words</h2><p dir="auto" data-card="relative">{escape(_line(card.relative))}</p></section>'
        f'<div class="pair">{pair}</div>'
        f"<section><h2>Also checked in this story</h2><ul>{''.join(map(_also, card.also))}</ul></section>"
        f"<section><h2>Sources</h2><ol>{''.join(map(_source, card.sources))}</ol></section>"
        f"<section><h2>The story</h2>{_place(card)}</section>"
        f'<footer><p>{_FOOTER}</p><p>Card number <span data-card="number">{escape(card.number)}</span></p></footer>'
    )


_CHANGE = "It would change with:"
_PARAGRAPHS = "¶ counts the paragraphs and the lines of lists from the top, without headings."
_MUCH = 160  # characters: more is a new paragraph, and a list of what is gone would be as long


def _line(text: str) -> str:
    # One paragraph whatever was typed: line breaks would push the card over its one page.
    return " ".join(text.split())


def _paragraph(text: str) -> str:
    return f'<p dir="auto">{escape(_line(text))}</p>'


def _verdict(verdict: str) -> str:
    sign = f'<span aria-hidden="true">{SIGNS[verdict]}</span>'
    return f'<span class="verdict">{sign} <span data-card="verdict">{escape(verdict.capitalize())}</span></span>'


def _corrected(card: PublishedCard) -> str:
    told = "".join(
        f"<ins>{escape(words.rstrip())}</ins>{' ' * words.endswith(' ')}" if new else escape(words)
        for words, new in card.corrected
    )
    return f'<p dir="auto">{told}</p><p class="small">{escape(_changed(card))}</p>'


def _changed(card: PublishedCard) -> str:
    """What the marks in the corrected paragraph mean, and what is no longer there."""
    new = "Underlined words are new." if any(new for _, new in card.corrected) else "No word is new."
    if not card.left_out:
        return new
    listed = "; ".join(f"“{words.rstrip('.,;:”')}”" for words in card.left_out)
    return (
        f"{new} Left out: {listed}." if len(listed) <= _MUCH else f"{new} Much of the story’s paragraph was left out."
    )


def _rests(claim: CardClaim) -> str:
    """The numbers of a claim's sources, and from how many origins they come."""
    numbers = ", ".join(map(str, claim.sources))
    origins = {0: "none bears on this claim", 1: "one origin"}.get(claim.origins, f"{claim.origins} origins")
    return f"{'Source' if len(claim.sources) == 1 else 'Sources'} {numbers} ({origins})" if numbers else "No source"


def _also(claim: CardClaim) -> str:
    sign = f'<span aria-hidden="true">{SIGNS[claim.verdict]}</span>'
    return f"<li>{escape(claim.says)} <strong>{sign} {escape(claim.verdict)}</strong>. {_rests(claim)}</li>"


def _source(source: CardSource) -> str:
    where = f"{source.publisher}, {day_in_words(source.date)}: {source.title}. Text from: {source.origin}."
    return f"<li>{escape(where)} {_address(source.address)}</li>"


def _address(address: str) -> str:
    shown = escape(address)
    if not address.startswith(("https://", "http://")):
        return shown
    return f'<a href="{shown}" target="_blank" rel="noopener noreferrer">{shown}</a>'


def _place(card: PublishedCard) -> str:
    """Where a stranger finds the story, and how its paragraphs are counted."""
    if card.invented:
        return (
            f"<p>{escape(f'“{card.story}”. It was written for a course, and it appeared nowhere. {_PARAGRAPHS}')}</p>"
        )
    told = " · ".join(f"{name}: {card.place[name]}" for name in ("publisher", "headline", "author", "date"))
    note = f" ({escape(card.place_note)})" if card.place_note else ""
    told = f"{escape(told[:1].upper() + told[1:])} · address: {_address(card.place['address'])}{note}"
    return f"<p>{told}. {escape(_PARAGRAPHS)}</p>"


def _json_ld(review: Mapping[str, Any] | None) -> str:
    """The ClaimReview as data for other programs. No "<" is left in it, so nothing typed can end the block."""
    if not review:
        return ""
    data = json.dumps(review, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        data = data.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">{data}</script>'


def card_text(card: PublishedCard) -> str:
    """The card as plain text."""
    sources = (f"{s.publisher}, {day_in_words(s.date)}: {s.title} ({s.address})" for s in card.sources)
    where = "It was written for a course." if card.invented else " · ".join(f"{k}: {v}" for k, v in card.place.items())
    verdict = card.claim.verdict
    lines = [
        f"CORRECTION CARD{' · an invented story' if card.invented else ''} · checked on {day_in_words(card.date)}",
        f"{card.headline}\nThe claim: {card.claim.says} {SIGNS[verdict]} {verdict.capitalize()}",
        f"The story says in ¶{card.paragraph}: {_line(card.words)}\n{card.found}\n{_rests(card.claim)}",
        f"The paragraph, corrected: {card.paragraph_text}\n{_changed_text(card)}",
        f"In plain words: {card.relative}",
        f"Who speaks: {card.voices}",
        f"How it is told: {card.framing}",
        f"How sure we are: {card.sure}. {_CHANGE} {card.open}",
        f"How we looked: {card.method}",
        "Also checked: " + "; ".join(f"{c.says} {SIGNS[c.verdict]} {c.verdict}, {_rests(c)}" for c in card.also),
        "Sources: " + "; ".join(f"{n}. {told}" for n, told in enumerate(sources, 1)),
        f"The story “{card.story}”: {where} {_PARAGRAPHS}",
        f"{_FOOTER} Card number {card.number}",
    ]
    return "\n\n".join(lines)


def _changed_text(card: PublishedCard) -> str:
    new = "; ".join(f"“{words.strip()}”" for words, new in card.corrected if new)
    return f"New words: {new}. {_changed(card).partition('. ')[2]}".strip() if new else _changed(card)


def card_preview(card: PublishedCard, name: str = FILE_NAME, said: str = "", *, offer: bool = True) -> View:
    """The card inside a notebook, with a link that hands over the page."""
    page = card_document(card)
    link = ""
    if offer:
        data = base64.b64encode(page.encode()).decode()
        link = (
            f'<p style="margin:4px 0"><a download="{escape(name)}" href="data:text/html;base64,{data}" '
            f'style="{LINK}">Download {escape(name)}</a></p>'
        )
    note = f'<p style="margin:4px 0">{escape(said)}</p>' if said else ""
    shown = f'<div style="{PAGE}">{note}{link}{card_section(card)}</div>'
    return View("\n\n".join(filter(None, [said, card_text(card)])), shown)


def card_section(card: PublishedCard) -> str:
    """The card as a part of another page, with inline styles only."""
    return f'<section style="{_FRAME}">{_inline(_body(card))}</section>'


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


def _inline(body: str) -> str:
    """The card inside a notebook. What was typed is escaped already, so no sign of it can be taken for a tag."""
    for plain, styled in _INLINE.items():
        body = body.replace(plain, styled)
    return body
