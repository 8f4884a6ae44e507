"""An evidence card as a learner reads it."""

from __future__ import annotations

from medialit.case.claims import Card
from medialit.show.html import LINK, View, chip, escape, page

# What a date field may leave open.
_UNDATED = "no date"


def card_line(card: Card) -> str:
    """One line of a result list: who, when, what."""
    return f"{card.publisher} · {card.date or _UNDATED} · {card.title}"


def _linked(card: Card) -> str:
    """The address, to be followed; empty when there is none on the web."""
    if not card.address or not card.address.startswith(("https://", "http://")):
        return ""
    where = escape(card.address)
    return f'Address: <a href="{where}" target="_blank" rel="noopener noreferrer" style="{LINK}">{where}</a>'


def card_view(card: Card) -> View:
    """Publisher, date, origin and the fact in our words; at most one short quotation."""
    read = (
        "" if card.read == "whole" else "Only part of this page could be read. What it leaves out may be in the rest."
    )
    quotation = f"In its own words: “{card.quotation}”" if card.quotation else ""
    origin = f"The text comes from: {card.origin}"
    address = f"Address: {card.address}" if card.address else card.address_note
    lines = [
        card_line(card),
        origin,
        card.fact.strip(),
        quotation,
        read,
        address,
        f"Card: {card.id}",
    ]
    html = (
        '<div style="border:1px solid #909090;border-radius:6px;padding:8px 16px;margin:8px 0">'
        f'<p style="margin:0 0 4px 0"><strong>{escape(card.publisher)}</strong> · {escape(card.date or _UNDATED)} '
        f"{chip(card.role)}</p>"
        f'<p style="margin:0 0 4px 0"><em>{escape(card.title)}</em></p>'
        f'<p style="margin:0 0 8px 0">{escape(origin)}</p>'
        f'<p style="margin:0 0 4px 0">{escape(card.fact.strip())}</p>'
        + (f'<p style="margin:0 0 4px 0">{escape(quotation)}</p>' if quotation else "")
        + (f'<p style="margin:0 0 4px 0;font-size:14px">{escape(read)}</p>' if read else "")
        + f'<p style="margin:0;font-size:14px;overflow-wrap:anywhere">{_linked(card) or escape(address)}</p></div>'
    )
    return View("\n".join(line for line in lines if line), page(html))
