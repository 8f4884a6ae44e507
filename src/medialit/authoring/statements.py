"""The statements of the tests before and after: their seals, and their table of pairs for ``course/tests/README.md``."""

from __future__ import annotations

import os

from medialit.classroom.testkey import KEY, read_key
from medialit.exercises.seals import SEALS, load_seals, seal
from medialit.exercises.statements import FORMS, NOT_TRUE, RECHECK, TRUE, TestStatement, load_forms
from medialit.files import COURSE_CASE, course_path, write_whole

HEAD = """\
# Made by “medialit author seal”; do not edit. Salted SHA-256 of each statement's right answer: "salt seal".
# With it a learner's own computer can count what was right in a test that is finished. It hides the key from a glance,
# not from somebody who tries both answers. Take this file away, and only the instructor can count.
"""


def write_seals() -> int:
    """Make ``seals.yaml`` from ``key.yaml``; returns how many seals it holds.

    A seal that still fits stays the same, so that a run without a change writes nothing new. Raises CaseError where the
    key is missing, as in an installed package.
    """
    old, lines = load_seals(), []
    for name, entry in read_key(course_path("tests", KEY)).items():
        answer = TRUE if entry.holds else NOT_TRUE
        salt = old.get(name, "").partition(" ")[0] or os.urandom(8).hex()
        lines.append(f'  {name}: "{salt} {seal(salt, name, answer)}"\n')
    write_whole(course_path("tests", SEALS), f"{HEAD}seals:\n{''.join(lines)}".encode())
    return len(lines)


def pair_table() -> str:
    """The pairs, then the statements of the recheck, as a Markdown table. Raises CaseError where the key is missing."""
    key, forms = read_key(course_path("tests", KEY)), load_forms()
    partners = {s.pair: s for s in forms[FORMS[1]].statements}
    lines = [
        "| pair | text | lens | topic | expected difficulty | A | B | holds |",
        "|---|---|---|---|---|---|---|---|",
    ]

    def line(one: TestStatement, other: TestStatement | None = None) -> str:
        both = [one, other] if other else [one]
        cells = (
            one.pair,
            "article" if one.case == COURSE_CASE else "new",
            one.lens,
            one.topic,
            str(one.difficulty),
            one.id,
            other.id if other else "",
            "yes" if all(key[s.id].holds for s in both) else "no",
        )
        return f"| {' | '.join(cells)} |"

    for one in sorted(forms[FORMS[0]].statements, key=lambda s: (s.case != COURSE_CASE, s.lens, s.pair)):
        lines.append(line(one, partners[one.pair]))
    return "\n".join([*lines, *map(line, forms[RECHECK].statements)])
