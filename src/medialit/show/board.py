"""The case board as people see it: pieces that are empty or filled, and the reveal. As HTML, and as plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from medialit.case.records import Record
from medialit.show.html import LINK, View, escape, page, paragraph
from medialit.show.tables import table_view

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
EMPTY, TRIED, FILLED = "empty", "tried", "filled"
_SIGN = {EMPTY: "○", TRIED: "◐", FILLED: "✓"}


@dataclass(frozen=True)
class Piece:
    """One piece: the question on its shape, what was found (empty until then), and the learner's own result.

    ``place`` names where it comes from, ``href`` leads there from ``notebooks/``.
    """

    id: str
    shape: str
    state: str
    found: str
    result: str
    place: str
    href: str


class Reveal(Record):
    """What the pieces add up to: a table with a column for each event, and what stays open.

    ``opens`` names the pieces that open it, ``rests`` what its words rest on.
    """

    id: Literal["reveal"]
    opens: Annotated[list[str], Field(min_length=1)]
    title: Words
    rests: Annotated[list[str], Field(min_length=1)]
    told: Words
    columns: Annotated[list[Words], Field(min_length=2)]
    rows: Annotated[list[list[Words]], Field(min_length=1)]
    open: Words


@dataclass(frozen=True)
class Board:
    """A board as it is now. ``reveal`` is None until ``missing`` (the shapes that it waits for) is empty."""

    title: str
    pieces: tuple[Piece, ...]
    reveal: Reveal | None
    missing: tuple[str, ...] = ()

    @property
    def filled(self) -> int:
        """How many pieces are filled."""
        return sum(piece.state == FILLED for piece in self.pieces)

    @property
    def count(self) -> str:
        """How far it is, in words."""
        return f"{self.filled} of {len(self.pieces)} pieces found"


def board_view(board: Board, *, links: bool = True, together: Reveal | None = None) -> View:
    """The board in a page. ``links`` leads from each piece to where it comes from.

    ``together`` is a reveal that a room opens when it is ready, whatever is filled.
    """
    items = "".join(_piece(piece, links) for piece in board.pieces)
    shown = View(
        "\n".join([f"{board.title}: {board.count}", *map(_line, board.pieces)]),
        page(
            f'<h3 style="margin:8px 0">{escape(board.title)}: {escape(board.count)}</h3>'
            '<ul style="list-style:none;margin:8px 0;padding:0;display:grid;gap:8px;'
            f'grid-template-columns:repeat(auto-fill,minmax(min(100%,216px),1fr))">{items}</ul>'
        ),
    )
    if board.reveal:
        return shown + reveal_view(board.reveal)
    if together:
        opened = reveal_view(together)
        line = "The reveal: open it together, at the end"
        fold = f'<details style="margin:8px 0"><summary style="{LINK};cursor:pointer">{line}</summary>{opened.html}</details>'
        return shown + View(f"{line}\n{opened.text}", fold)
    waits = "The last part opens when you have answered: " + " ".join(board.missing)
    return shown + paragraph(waits)


def _piece(piece: Piece, links: bool) -> str:
    filled = piece.state == FILLED
    sign = f'<span aria-hidden="true">{_SIGN[piece.state]}</span>'
    border = "2px solid #0072B2" if filled else "2px dashed #808080"
    where = escape(piece.place)
    if links:
        style = "display:inline-block;min-height:24px;text-decoration:underline"
        where = f'<a href="{escape(piece.href)}" style="{style}">{where}</a>'
    body = f'<p style="margin:4px 0">{escape(piece.found)}</p>' if filled else ""
    lead = {FILLED: "", TRIED: "Look again: ", EMPTY: "Find out in "}[piece.state]
    result = f"{escape(piece.result)} " if piece.result else ""
    return (
        f'<li style="border:{border};border-radius:6px;padding:8px 12px;margin:0;break-inside:avoid;overflow-wrap:anywhere">'
        f'<p style="margin:0"><strong>{sign} {escape(piece.shape)}</strong></p>{body}'
        f'<p style="margin:4px 0 0;font-size:14px">{result}{lead}{where}</p></li>'
    )


def _line(piece: Piece) -> str:
    lead = {FILLED: piece.found, TRIED: "not found yet.", EMPTY: "not found yet."}[piece.state]
    return " ".join(filter(None, [f"{_SIGN[piece.state]} {piece.shape}", lead, piece.result, f"({piece.place})"]))


def reveal_view(reveal: Reveal) -> View:
    """The reveal: the two events side by side with the story."""
    rows = [dict(zip(reveal.columns, row, strict=True)) for row in reveal.rows]
    table = table_view(rows, caption="What fits which launch")
    said = f'<p style="margin:8px 0">{escape(reveal.told)}</p>'
    after = f'<p style="margin:8px 0">{escape(reveal.open)}</p>'
    return View(
        f"{reveal.title}\n{reveal.told}\n{table.text}\n{reveal.open}",
        page(f'<h3 style="margin:16px 0 8px">{escape(reveal.title)}</h3>{said}{table.html}{after}'),
    )
