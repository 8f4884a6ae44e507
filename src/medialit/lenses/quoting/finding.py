"""What one rule found, before names are resolved: the raw form of a quote."""

from __future__ import annotations

from dataclasses import dataclass, field

from medialit.article import Span
from medialit.lenses.quoting.marks import Marked


@dataclass
class Finding:
    """One attribution as a rule reads it. ``listener`` is who was told, ``medium`` who passed it on; ``why`` grows with every step."""

    content: Span
    speaker: Span | None
    cue: Span | None
    rule: str
    why: list[str] = field(default_factory=list)
    listener: Span | None = None
    medium: Span | None = None
    mark: Marked | None = None
    inside: Marked | None = None
    strength: int = 1
