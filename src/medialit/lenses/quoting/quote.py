"""The record of one attribution: who says what, and which words tell us so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from medialit.article import Span
from medialit.records import PlainRecord

Kind = Literal["direct", "mixed", "indirect", "scare"]


@dataclass(frozen=True)
class Quote(PlainRecord):
    """One attribution. Spans are character offsets into the article's text.

    ``speaker`` are the words that name the source here, ``speaker_name`` is its fullest name in the article;
    ``unnamed`` is True for sources without one ("officials"), whose words then stand in ``speaker_name``.
    ``mentions`` is the chain from the words at the cue to the fullest name. ``via`` are media and accounts that passed
    the words on, the nearest to the speaker first. ``why`` says in plain words how the quote was found.
    """

    content: Span
    speaker: Span | None
    speaker_name: str | None
    cue: Span | None
    kind: Kind
    why: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    unnamed: bool = False
    via: tuple[str, ...] = ()
