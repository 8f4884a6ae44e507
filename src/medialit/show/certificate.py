"""A certificate to print: what was done, who read it, the card, the board, and what the page does and does not prove.

Self-contained: it loads nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from medialit.files import course_path
from medialit.show.templates import template


def certificate_page(
    *,
    course: str,
    story: str,
    rows: Sequence[tuple[str, str, str, str]],
    levels: str,
    tests: Sequence[str],
    readers: str,
    card: str,
    board: str,
    date: str,
    digest: str,
) -> str:
    """The whole page. ``rows`` are (unit, exercises done, questions done, passed).

    ``digest`` is the SHA-256 of the copy beside it. ``card`` and ``board`` are HTML that is safe already, or empty.
    """
    page = template(course_path("print", "certificate.html.j2"))
    return page.render(
        course=course, story=story, rows=rows, levels=levels, tests=tests, readers=readers, card=card,
        board=board, date=date, digest=digest,
    )  # fmt: skip
