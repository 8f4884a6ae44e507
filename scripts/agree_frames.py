"""Print the agreement of a case's framing panel, as the tables of its datasheet.

Usage: python scripts/agree_frames.py missile-tests
"""

from __future__ import annotations

import sys

from medialit.authoring.panel import agreement_table
from medialit.case import load_case


def main(name: str) -> None:
    """Read the panel of a case and print its two tables."""
    case = load_case(name)
    print(agreement_table(case.framing, case.article))


if __name__ == "__main__":
    main(sys.argv[1])
