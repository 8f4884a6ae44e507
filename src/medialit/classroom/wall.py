"""The wall: one page from the correction cards that a class handed in. Only the text of a card is taken, never its HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path

from medialit.classroom.names import HandInName, cleaned, from_file, from_folder, one_line
from medialit.classroom.sources import Refused, Source, folder_source, zip_source
from medialit.english import count, listed
from medialit.errors import MedialitError
from medialit.files import course_path, write_whole
from medialit.show.correction_card import SIGNS
from medialit.show.templates import template
from medialit.units.correction.rubric import NUMBER

MAX_CARD = 300_000  # bytes; a card has at most 60,000
# What is taken from a card, and how long it may be: somewhat more than a blank holds.
LIMITS = {
    "headline": 150,
    "claim": 300,
    "verdict": 20,
    "found": 400,
    "relative": 500,
    "number": 9,
    "date": 40,
    "invented": 40,
}
_NEEDED = ("headline", "claim", "verdict", "found", "number")


@dataclass(frozen=True)
class WallCard:
    """What a card says; ``invented`` is empty where its story is a real one. ``who`` are the names of its file or folder."""

    headline: str
    claim: str
    verdict: str
    found: str
    number: str
    relative: str = ""
    date: str = ""
    invented: str = ""
    who: tuple[str, ...] = ()


class _Text(HTMLParser):
    """The text of the elements that a card marks with ``data-card``; the first of each name counts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: dict[str, str] = {}
        self._inside: tuple[str, str] | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("data-card")
        if self._inside is None and name in LIMITS and name not in self.parts:
            self._inside, self.parts[name] = (tag, name), ""

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[0] == tag:
            self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.parts[self._inside[1]] += data


def read_card(data: bytes) -> WallCard:
    """A card from its file. Raises MedialitError with the reason, as the end of a sentence, when it is none."""
    parts = _Text(data.decode("utf-8", "replace")).parts
    told = {name: " ".join(text.split()) for name, text in parts.items()}
    if lacking := [name for name in _NEEDED if not told.get(name)]:
        if len(lacking) == len(_NEEDED):
            raise MedialitError("it is not a correction card of this course")
        raise MedialitError(f"its {listed(lacking)} {'is' if len(lacking) == 1 else 'are'} missing")
    if long := next((name for name, text in told.items() if len(text) > LIMITS[name]), None):
        raise MedialitError(f"its {long} is longer than a card allows")
    if told["verdict"].lower() not in SIGNS:
        raise MedialitError("its verdict is none of the six")
    if not NUMBER.fullmatch(told["number"]):
        raise MedialitError("its card number is damaged")
    return WallCard(**told)  # type: ignore[arg-type]


def collect(folder: Path) -> tuple[list[WallCard], list[str]]:
    """(cards in the order of their numbers, one line for each file that was skipped). A card handed in twice appears once.

    ``folder`` may be a zip file. Raises MedialitError when there is none.
    """
    if not folder.exists():
        raise MedialitError(f"There is no folder {folder}. Check its name.")
    try:
        sources = folder_source(folder) if folder.is_dir() else zip_source(folder)
    except Refused as refused:
        raise MedialitError(f"{folder.name} could not be read: {refused}.") from None
    found: dict[WallCard, tuple[str, ...]] = {}
    skipped: list[str] = []
    for source in sources:
        if source.empty or not source.parts[-1].lower().endswith((".html", ".htm")):
            continue
        try:
            if source.fault:
                raise Refused(source.fault)
            card = read_card(source.read(MAX_CARD))
        except (Refused, MedialitError) as error:
            why = "it is too large for a card" if getattr(error, "too_large", False) else error
            skipped.append(f"{one_line(source.name, 80)} was skipped: {why}.")
            continue
        found[card] = (*found.get(card, ()), *_who(source))
    # By number, so that the order says nothing about who handed a card in.
    cards = [replace(card, who=tuple(dict.fromkeys(who))) for card, who in found.items()]
    return sorted(cards, key=lambda card: (card.number, card.headline)), skipped


def _who(source: Source) -> Iterable[str]:
    named: HandInName | None = from_folder(source.parts[0])
    if len(source.parts) == 1:
        named = from_file(re.sub(r"[-_ ]*correction-card(?:-[a-z0-9-]+)?", "", source.parts[-1], flags=re.IGNORECASE))
    return [cleaned(named.shown or named.who)] if named else []


def wall_page(cards: list[WallCard], *, names: bool = False) -> str:
    """The wall as one HTML page. Names are on it only when ``names`` is set."""
    return template(course_path("print", "wall.html.j2")).render(cards=cards, names=names, signs=SIGNS)


def wall_command(folder: Path, out: Path, names: bool) -> bool:
    """What ``medialit wall`` does. True when there is at least one card on the wall."""
    cards, skipped = collect(folder)
    for line in skipped:
        print(line)
    if not cards:
        print(f"There is no correction card in {folder}. Learners hand in the file correction-card.html.")
        return False
    write_whole(out, wall_page(cards, names=names).encode())
    print(f"wrote {out}: {count(len(cards), 'card')}{'' if names else ', without names'}.")
    return True
