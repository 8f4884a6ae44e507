"""Fill in a card."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from medialit.errors import MedialitError
from medialit.forms.base import Form, Key, Option, described, keyed, keys_of, listed, refuse_unknown


@dataclass(frozen=True)
class Blank:
    """One line of a card: a choice when it has options, else words of at most ``limit`` characters.

    ``words`` is the number of words that are asked for at most; ``lines`` the height of the box. An ``optional`` one may stay
    empty. ``part`` is the heading of the part of the card that begins here, ``note`` a sentence under it (Markdown). A part
    folds away with ``fold``. Of parts that are ``found`` only some matter: they are searched, and most are hidden at first.
    With ``when``, a blank is only shown while the first one of its part holds one of these keys. A box may ``suggest`` what
    is typed in the other boxes that do.
    """

    name: str
    label: str
    options: tuple[Option, ...] = ()
    limit: int = 0
    words: int = 0
    lines: int = 1
    optional: bool = False
    part: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    fold: bool = field(default=False, repr=False)
    found: bool = field(default=False, repr=False)
    when: tuple[str, ...] = field(default=(), repr=False)
    suggest: bool = field(default=False, repr=False)

    @property
    def room(self) -> str:
        """What can be chosen, or how much can be written."""
        if self.options:
            return described(self.options)
        return f"({self.words} words)" if self.words else f"({self.limit} characters)"


@dataclass(frozen=True)
class CardForm(Form[dict[str, str]]):
    """Fill in a card (answer: ``{name: key or words}``); read with "" for what is empty, and no spaces around words."""

    kind: ClassVar[str] = "card"
    writes: ClassVar[bool] = True
    blanks: tuple[Blank, ...]

    @property
    def names(self) -> list[str]:
        """The names of its blanks."""
        return [blank.name for blank in self.blanks]

    def read(self, answer: Any) -> dict[str, str]:
        self.unfinished(answer)
        for blank in self.blanks:
            value = answer.get(blank.name) or ""
            if not blank.options and len(value) > blank.limit:
                raise MedialitError(
                    f"“{blank.label}” has {len(value):,} characters. A card has room for {blank.limit}. Shorten what begins "
                    f"with “{value[:40]}”."
                )
        return {blank.name: (answer.get(blank.name) or "").strip() for blank in self.blanks}

    def unfinished(self, answer: Any) -> None:
        blanks = {blank.name: blank for blank in self.blanks}
        if not isinstance(answer, dict):
            raise MedialitError(f"Hand in a dictionary with {listed(blanks)}.")
        refuse_unknown(answer, blanks)
        for name, value in answer.items():
            if value is not None and value != "":
                _check_blank(blanks[name], value)

    def sample(self) -> str:
        return "{" + ", ".join(f'"{blank.name}": "…"' for blank in self.blanks) + "}"

    def all_keys(self) -> list[Key]:
        return [key for blank in self.blanks for key in keyed(blank.name, blank.options)]

    def choices(self) -> list[tuple[str, str]]:
        return [(blank.name, f"{blank.label} {blank.room}") for blank in self.blanks]


def _check_blank(blank: Blank, value: Any) -> None:
    if blank.options:
        if value not in keys_of(blank.options):
            what = "there is no evidence card" if blank.name in ("source", "second") else "there is no choice"
            raise MedialitError(f"“{blank.label}”: {what} “{str(value)[:40]}”. Choose it from the list.")
    elif not isinstance(value, str):
        raise MedialitError(f"“{blank.label}” needs a text between quotation marks.")
