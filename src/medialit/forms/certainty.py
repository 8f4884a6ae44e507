"""How sure somebody is of an answer, in words: what each certainty pays, without adjectives."""

from __future__ import annotations

from medialit.forms.base import Option
from medialit.scoring.calibration import PAYOFF


def payoff_text(certainty: int) -> str:
    """``2: +2 if right, −2 if not``."""
    right, wrong = PAYOFF[certainty]
    return f"{certainty}: +{right} if right, {'−' if wrong else ''}{abs(wrong)} if not"


CERTAINTIES = tuple(Option(str(level), payoff_text(level)) for level in PAYOFF)
