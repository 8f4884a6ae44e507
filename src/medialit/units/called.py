"""The name under which a learner's notebook knows a unit, for the lines that it tells a learner to type."""

from __future__ import annotations

import sys
from typing import Any


def called(unit: Any) -> str:
    """``unit``, or the name that stands for this unit in the notebook: a workshop page opens several side by side."""
    notebook = vars(sys.modules["__main__"])
    names = [name for name, value in notebook.items() if value is unit and not name.startswith("_")]
    return names[0] if names and "unit" not in names else "unit"
