"""The list of certainties beside an answer."""

from __future__ import annotations

import ipywidgets as w

from medialit.forms.certainty import payoff_text
from medialit.scoring.calibration import PAYOFF


def certainty_list() -> w.Dropdown:
    """A list of certainties with their pay-offs; its value is 0 when nothing is marked."""
    options = [("not marked", 0), *((payoff_text(level), level) for level in PAYOFF)]
    return w.Dropdown(options=options, value=0, description="How sure are you? (if you like)")
