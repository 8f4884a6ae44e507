"""Make ``course/tests/seals.yaml`` from ``course/tests/key.yaml``: run it after a change of the key.

A seal that still fits is left as it is, so that a run without a change writes nothing new.
"""

from __future__ import annotations

import os

from medialit.classroom.testkey import KEY, read_key
from medialit.exercises.seals import SEALS, load_seals, seal
from medialit.exercises.statements import NOT_TRUE, TRUE
from medialit.files import course_path

HEAD = """\
# Made by scripts/seal_tests.py; do not edit. Salted SHA-256 of each statement's right answer: "salt seal".
# With it a learner's own computer can count what was right in a test that is finished. It hides the key from a glance,
# not from somebody who tries both answers. Take this file away, and only the instructor can count.
"""


def main() -> None:
    """Write the seals, whole or not at all."""
    old, lines = load_seals(), []
    for name, entry in read_key(course_path("tests", KEY)).items():
        answer = TRUE if entry.holds else NOT_TRUE
        salt = old.get(name, "").partition(" ")[0] or os.urandom(8).hex()
        lines.append(f'  {name}: "{salt} {seal(salt, name, answer)}"')
    place = course_path("tests", SEALS)
    part = place.with_name(f"{place.name}.part")
    part.write_text(f"{HEAD}seals:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    part.replace(place)
    print(f"{len(lines)} seals written to {place.name}.")


if __name__ == "__main__":
    main()
