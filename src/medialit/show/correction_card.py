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
    """A claim that was checked, its verdict, and from how many independent origins."""

    says: str
    verdict: str
    origins: int


@dataclass(frozen=True)
class PublishedCard:
    """Everything that stands on a card, as plain data. ``reviews`` are the ClaimReviews, the corrected claim's first."""

    number: str
    story: str
    invented: bool
    date: str
    claim: str
    verdict: str
    paragraph: int
    words: str
    found: str
    corrected: str
    also: tuple[CardClaim, ...]
    sources: tuple[CardSource, ...]
    voices: str
    framing: str
    sure: str
    open: str
    method: str
    relative: str
    reviews: tuple[Mapping[str, Any], ...] = ()


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
p,ul{margin:0 0 4px}
ul{padding-left:1.2em}
.top{color:var(--soft);margin:0}
.verdict{display:inline-block;border:2px solid var(--accent);border-radius:6px;padding:2px 12px;font-weight:700;
color:var(--accent)}
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
    title = f"Correction card: {card.verdict}: {card.claim}"
    return (
        f"{_HEAD}<title>{escape(title)}</title><style>{_CSS}</style>{_json_ld(card.reviews)}</head>"
        f"<body><main>{_body(card)}</main></body></html>\n"
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
        f'<header><p class="top">{escape(label)} · checked on {escape(day_in_words(card.date))}</p>'
        f"<h1>{escape(card.claim)}</h1>"
        f'<p><span class="verdict"><span aria-hidden="true">{SIGNS[card.verdict]}</span> {escape(card.verdict.capitalize())}'
        "</span></p></header>"
        f'<section class="main"><h2>What the story says, and what we found</h2>'
        f"<p>The story “{escape(card.story)}” says in ¶{card.paragraph}:</p>"
        f"<blockquote>{escape(' '.join(card.words.split()))}</blockquote>"
        f"{_paragraph(card.found)}</section>"
        f"<section><h2>The paragraph, corrected</h2>{_paragraph(card.corrected)}</section>"
        f"<section><h2>In plain words</h2>{_paragraph(card.relative)}</section>"
        f'<div class="pair">{pair}</div>'
        f"<section><h2>Also checked in this story</h2><ul>{''.join(map(_also, card.also))}</ul></section>"
        f"<section><h2>Sources</h2><ul>{''.join(map(_source, card.sources))}</ul></section>"
        f"<footer><p>{_FOOTER}</p><p>Card number {escape(card.number)}</p></footer>"
    )


_CHANGE = "It would change with:"


def _paragraph(text: str) -> str:
    # One paragraph whatever was typed: line breaks would push the card over its one page.
    return f'<p dir="auto">{escape(" ".join(text.split()))}</p>'


def _also(claim: CardClaim) -> str:
    origins = "1 origin" if claim.origins == 1 else f"{claim.origins} independent origins"
    sign = f'<span aria-hidden="true">{SIGNS[claim.verdict]}</span>'
    return f"<li>{escape(claim.says)} <strong>{sign} {escape(claim.verdict)}</strong> ({origins})</li>"


def _source(source: CardSource) -> str:
    where = f"{source.publisher}, {day_in_words(source.date)}: {source.title}. Text from: {source.origin}."
    said = escape(where)
    if source.address.startswith(("https://", "http://")):
        shown = escape(source.address)
        said += f' <a href="{shown}" target="_blank" rel="noopener noreferrer">{shown}</a>'
    else:
        said += f" {escape(source.address)}"
    return f"<li>{said}</li>"


def _json_ld(reviews: tuple[Mapping[str, Any], ...]) -> str:
    """ClaimReviews as data for search engines. No "<" is left in it, so nothing typed can end the block."""
    if not reviews:
        return ""
    data = json.dumps(list(reviews), ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        data = data.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">{data}</script>'


def card_text(card: PublishedCard) -> str:
    """The card as plain text."""
    lines = [
        f"CORRECTION CARD{' · an invented story' if card.invented else ''} · checked on {day_in_words(card.date)}",
        f"{card.claim}\n{SIGNS[card.verdict]} {card.verdict.capitalize()}",
        f"The story “{card.story}” says in ¶{card.paragraph}: {' '.join(card.words.split())}\n{card.found}",
        f"The paragraph, corrected: {card.corrected}",
        f"In plain words: {card.relative}",
        f"Who speaks: {card.voices}",
        f"How it is told: {card.framing}",
        f"How sure we are: {card.sure}. {_CHANGE} {card.open}",
        f"How we looked: {card.method}",
        "Also checked: " + "; ".join(f"{c.says} {SIGNS[c.verdict]} {c.verdict} ({c.origins})" for c in card.also),
        "Sources: "
        + "; ".join(f"{s.publisher}, {day_in_words(s.date)}: {s.title} ({s.address})" for s in card.sources),
        f"{_FOOTER} Card number {card.number}",
    ]
    return "\n\n".join(lines)


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
    frame = f'<section style="{_FRAME}">{_inline(_body(card))}</section>'
    return View("\n\n".join(filter(None, [said, card_text(card)])), f'<div style="{PAGE}">{note}{link}{frame}</div>')


_FRAME = "border:1px solid #808080;border-radius:6px;padding:8px 16px;margin:8px 0;overflow-wrap:anywhere"
# A notebook keeps inline styles only, and its own headings come first.
_INLINE = {
    'class="top"': 'style="margin:0"',
    'class="verdict"': 'style="display:inline-block;border:2px solid #808080;border-radius:6px;padding:0 12px"',
    'class="main"': 'style="border-left:6px solid #0072B2;padding:4px 12px;margin:8px 0"',
    'class="pair"': "",
    "<h1>": '<h3 style="margin:4px 0 8px">',
    "</h1>": "</h3>",
    "<h2>": '<h4 style="margin:12px 0 2px">',
    "</h2>": "</h4>",
    "<blockquote>": '<blockquote style="margin:4px 0;padding-left:12px;border-left:3px solid #808080">',
    "<p>": '<p style="margin:0 0 4px">',
    '<p dir="auto">': '<p dir="auto" style="margin:0 0 4px">',
}


def _inline(body: str) -> str:
    """The card inside a notebook. What was typed is escaped already, so no sign of it can be taken for a tag."""
    for plain, styled in _INLINE.items():
        body = body.replace(plain, styled)
    return body
