"""What one rule found, before names are resolved: the raw form of a quote."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from medialit.article import Span
from medialit.lenses.quoting.lexicon import Cue
from medialit.lenses.quoting.marks import Stretch
from medialit.lenses.quoting.sources import Range
from medialit.lenses.quoting.tokens import Tokens


class Message(NamedTuple):
    """What is said: words ``start`` to ``end``, and how we know where it is (a key of the reasons below)."""

    start: int
    end: int
    how: str


@dataclass
class Attribution:
    """One attribution as a rule reads it.

    ``listener`` is who was told, ``medium`` who passed it on; ``mark`` is set when the content is just one stretch in
    marks, ``inside`` when the cue itself stands in a quotation; ``why`` grows with every step.
    """

    content: Span
    speaker: Span | None
    cue: Span | None
    rule: str
    why: list[str] = field(default_factory=list)
    listener: Span | None = None
    medium: Span | None = None
    mark: Stretch | None = None
    inside: Stretch | None = None


def reported(sentence: Tokens, what: Message, who: Range, at: int, cue: Cue, note: str) -> Attribution:
    start, end, how = what
    shown = sentence.raw[at]
    reasons = {
        "that": f"cue “{shown}”, then “that” or a question word",
        "mark": f"quotation marks beside the cue “{shown}”",
        "colon": f"cue “{shown}”, then a colon",
        "bare": f"cue “{shown}”, then a clause without “that”",
        "clause": f"a clause that ends in a comma before the cue “{shown}”",
        "matter": f"cue “{shown}”, then what the message is about",
        "what": f"“what ... {shown}”: the words that follow are the speaker’s view",
        "middle": f"cue “{shown}” between commas, in the middle of the message",
        "to": f"cue “{shown}”, then “to”: the message is what somebody will do",
        "about": f"cue “{shown}”: what it judges is the message",
        "as": f"cue “{shown}”, then what it is described as",
        "term": f"cue “{shown}”, then a name for it in quotation marks",
        "of": f"cue “{shown}”, then what it is about",
    }
    span = sentence.span(start, end)
    single = sentence.mark[start] if end - start == 1 else None
    if single:
        span = single.inner
    why = [reasons[how], f"{note}: “{sentence.text[slice(*sentence.span(*who))]}”"]
    return Attribution(Span(*span), sentence.span(*who), sentence.span(at, at + 1), "said", why, mark=single)
