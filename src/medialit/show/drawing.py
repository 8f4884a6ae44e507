"""A chart as SVG: bars, signs, lines and words on two axes. Text stays text, and ink takes the color of the page."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from textwrap import wrap
from typing import Any, NamedTuple

from medialit.show.html import escape

# Okabe & Ito (2008); each color has a hatch as its second sign.
SERIES = (("#0072B2", ""), ("#E69F00", "/"), ("#009E73", "."), ("#CC79A7", "x"), ("#999999", "-"), ("#56B4E9", "\\"))
_HATCH = {
    "/": "M0 8L8 0M-2 2L2 -2M6 10L10 6",
    "\\": "M0 0L8 8M-2 6L2 10M6 -2L10 2",
    "x": "M0 8L8 0M0 0L8 8",
    "-": "M0 4H8",
    ".": "M3 4a1 1 0 1 0 2 0a1 1 0 1 0 -2 0",
}
# Signs around 0,0 that are told apart without color.
SIGNS = {
    "circle": "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0Z",
    "triangle": "M0 -7L7 6H-7Z",
    "square": "M-6 -6H6V6H-6Z",
    "dash": "M-8 -2H8V2H-8Z",
}
_SIZE = 13
_LEAST = 11  # pixels on the screen: smaller words are hard to read
_LINE = 1.25  # of a line of words, in its size
_NARROW = frozenset("iljtfrI.,:;'’|!()[]¶ ")

Ticks = Sequence[tuple[float, str]]


class Axis(NamedTuple):
    """From where to where it runs (left to right, top to bottom), what is written along it, and what it is called."""

    start: float
    end: float
    ticks: Ticks = ()
    label: str = ""


class Drawing:
    """Marks are given in the units of the two axes; ``height`` is that of the plot in pixels, ``width`` of the whole."""

    def __init__(
        self,
        x: Axis,
        y: Axis,
        *,
        title: str,
        height: float,
        width: float = 720,
        ticks_above: bool = False,
        lines: bool = True,
        grid: bool = False,
    ) -> None:
        self._x, self._y, self._width = x, y, width
        rows = [(place, _fit(label, 0.45 * width)) for place, label in y.ticks]
        side = 22 if y.label else 0
        self._left = side + 12 + max((_long(line) for _, label in rows for line in label), default=0)
        heading = wrap(title, int((width - 8) / 8.6))
        columns = [(place, label.split("\n")) for place, label in x.ticks]
        deep = max((len(label) for _, label in columns), default=0) * _SIZE * _LINE + 8
        self._top = 10 + 20 * len(heading) + (deep if ticks_above else 6)
        self._base = self._top + height
        self._parts: list[str] = []
        self._hatches: dict[str, str] = {}
        for number, line in enumerate(heading):
            self._words(2, 17 + 20 * number, [line], size=16, bold=True)
        if lines:
            self._parts.append(f'<path d="M{self._left:g} {self._top:g}V{self._base:g}H{width:g}" {_STROKE}/>')
        for place, label in rows:
            if grid:
                self._parts.append(f'<path d="M{self._left:g} {self._down(place):.1f}H{width:g}" {_FAINT}/>')
            self._words(self._left - 8, self._down(place), label, anchor="end", middle=True)
        under = self._base + 18
        for place, label in columns:
            at = self._top - deep + 14 if ticks_above else under
            self._words(self._across(place), at, label, anchor="middle")
            if lines and not ticks_above:
                self._parts.append(f'<path d="M{self._across(place):.1f} {self._base:g}v5" {_STROKE}/>')
        self._height = self._base + (8 if ticks_above else deep + 2)
        if x.label:
            below = wrap(x.label, int((width - self._left) / 6.2))
            self._words((self._left + width) / 2, self._height + 14, below, anchor="middle")
            self._height += 14 + _SIZE * _LINE * len(below)
        if y.label:
            middle = (self._top + self._base) / 2
            self._parts.append(
                f'<text transform="translate(14 {middle:g})rotate(-90)" text-anchor="middle" {_INK}>{escape(y.label)}</text>'
            )

    def bar(
        self,
        x: tuple[float, float],
        y: float,
        deep: float,
        fill: str,
        *,
        hatch: str = "",
        edge: str = "",
        thick: float = 1,
    ) -> None:
        """A bar or a cell from ``x[0]`` to ``x[1]``, ``deep`` high around ``y``. Without ``fill`` it is hardly seen."""
        a, b = self._across(x[0]), self._across(x[1])
        top, bottom = self._down(y - deep / 2), self._down(y + deep / 2)
        paint = f'fill="{fill}"' if fill else _EMPTY
        box = f'x="{a:.1f}" y="{min(top, bottom):.1f}" width="{b - a:.1f}" height="{abs(bottom - top):.1f}"'
        self._parts.append(f'<rect {box} {paint} stroke="{edge or "none"}" stroke-width="{thick:g}"/>')
        if hatch:
            name = self._hatches.setdefault(hatch, f"{zlib.crc32(repr(self._parts).encode()):x}")
            self._parts.append(f'<rect {box} fill="url(#h{name})"/>')

    def sign(self, x: float, y: float, shape: str, color: str) -> None:
        """One of ``SIGNS``."""
        place = f"translate({self._across(x):.1f} {self._down(y):.1f})"
        self._parts.append(f'<path transform="{place}" d="{SIGNS[shape]}" fill="{color}"/>')

    def line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """A dashed line between two points."""
        a, b = (f"{self._across(x):.1f} {self._down(y):.1f}" for x, y in (start, end))
        self._parts.append(f'<path d="M{a}L{b}" stroke-dasharray="6 4" {_STROKE}/>')

    def words(
        self, x: float, y: float, text: str, *, dx: float = 0, dy: float = 0, anchor: str = "middle", ink: str = ""
    ) -> None:
        """Words at a point, moved by ``dx`` and ``dy`` pixels; ``ink`` is their color where the ground is not the page's."""
        at = self._across(x) + dx, self._down(y) + dy
        self._words(*at, [text], anchor=anchor, middle=True, ink=ink)

    def below(self, lines: Sequence[str]) -> None:
        """Lines under everything, such as what the signs mean."""
        self._words(self._left, self._height + 14, lines)
        self._height += 14 + _SIZE * _LINE * len(lines)

    def svg(self, alt: str) -> str:
        """The drawing as one picture with its alt text, so wide that its words are at least ``_LEAST`` pixels high."""
        tiles = "".join(
            f'<pattern id="h{name}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<path d="{_HATCH[hatch]}" stroke="#FFFFFF" stroke-width="1.2" fill="none"/></pattern>'
            for hatch, name in self._hatches.items()
        )
        least = math.ceil(self._width * _LEAST / _SIZE)
        return (
            f'<svg role="img" aria-label="{escape(alt)}" viewBox="0 0 {self._width:g} {self._height + 6:.0f}" '
            f'width="{self._width:g}" style="min-width:{least}px;max-width:100%;height:auto" font-size="{_SIZE}" '
            f'font-family="sans-serif">{f"<defs>{tiles}</defs>" if tiles else ""}{"".join(self._parts)}</svg>'
        )

    def _across(self, x: float) -> float:
        room = self._width - self._left - 8
        return self._left + (x - self._x.start) / ((self._x.end - self._x.start) or 1) * room

    def _down(self, y: float) -> float:
        return self._top + (y - self._y.start) / ((self._y.end - self._y.start) or 1) * (self._base - self._top)

    def _words(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        *,
        anchor: str = "",
        size: int = _SIZE,
        bold: bool = False,
        middle: bool = False,
        ink: str = "",
    ) -> None:
        if middle:  # around y, not on it
            y += 0.35 * size - (len(lines) - 1) * size * _LINE / 2
        style = (f' text-anchor="{anchor}"' if anchor else "") + (' font-size="16" font-weight="700"' if bold else "")
        color = f'fill="{ink}"' if ink else _INK
        for number, line in enumerate(lines):
            at = f'x="{x:.1f}" y="{y + number * size * _LINE:.1f}"'
            self._parts.append(f"<text {at} {color}{style}>{escape(line)}</text>")


class Grid(Drawing):
    """Cells in rows and columns, each of which is named; ``across`` says what the columns are and what the signs mean."""

    def __init__(self, rows: Sequence[str], columns: Sequence[str], *, title: str, across: str, **look: Any) -> None:
        x = Axis(-0.5, len(columns) - 0.5, list(enumerate(columns)), across)
        y = Axis(-0.5, len(rows) - 0.5, list(enumerate(rows)))
        super().__init__(x, y, title=title, height=38 * len(rows), lines=False, **look)

    def cell(self, x: int, y: int, fill: str, words: str, ink: str = "", *, framed: bool = False) -> None:
        """One cell; without ``fill`` it is hardly seen. A frame goes over its neighbors, so draw framed ones last."""
        edge, thick = ("#D55E00", 3) if framed else ("", 1)
        self.bar((x - 0.47, x + 0.47), y, 0.9, fill, edge=edge, thick=thick)
        if words:
            self.words(x, y, words, ink=ink)


_INK = 'fill="currentColor"'
_STROKE = 'stroke="currentColor" stroke-opacity=".65" fill="none"'
_EMPTY = 'fill="currentColor" fill-opacity=".06"'
_FAINT = 'stroke="currentColor" stroke-opacity=".18" fill="none"'


def steps(top: float, most: int = 6) -> Ticks:
    """Round numbers from 0 to ``top``, ``most`` at most."""
    top = top or 1
    rough = top / (most - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= rough * 0.999)
    return [(step * n, f"{step * n:,.10g}") for n in range(int(top / step + 0.001) + 1)]


def shade(share: float) -> str:
    """From pale gray for 0 to the kit's blue for 1."""
    return "#" + "".join(f"{round(242 + (goal - 242) * share):02X}" for goal in (0, 90, 142))


def _long(text: str) -> float:
    """About how many pixels words take in a common font."""
    return sum(0.36 if sign in _NARROW else 0.66 for sign in text) * _SIZE


def _fit(label: str, room: float) -> list[str]:
    letters = max(8, int(room / (0.55 * _SIZE)))
    return [part for line in label.split("\n") for part in wrap(line, letters) or [""]]
