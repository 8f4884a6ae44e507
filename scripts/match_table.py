"""Print the table of matched pairs that stands in ``course/tests/README.md``, from the forms and the key."""

from __future__ import annotations

from medialit.classroom.testkey import KEY, read_key
from medialit.exercises.statements import FORMS, RECHECK, load_forms
from medialit.files import course_path

ARTICLE = "missile-tests"


def table() -> str:
    """The pairs, then the statements of the recheck, as a Markdown table."""
    key, forms = read_key(course_path("tests", KEY)), load_forms()
    other = {s.pair: s for s in forms[FORMS[1]].statements}
    lines = [
        "| pair | text | lens | topic | expected difficulty | A | B | holds |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in sorted(forms[FORMS[0]].statements, key=lambda s: (s.case != ARTICLE, s.lens, s.pair)):
        two = other[one.pair]
        holds = "yes" if key[one.id].holds and key[two.id].holds else "no"
        row = (
            one.pair,
            "article" if one.case == ARTICLE else "new",
            one.lens,
            one.topic,
            str(one.difficulty),
            one.id,
            two.id,
            holds,
        )
        lines.append(f"| {' | '.join(row)} |")
    for s in forms[RECHECK].statements:
        row = (
            s.pair,
            "article" if s.case == ARTICLE else "new",
            s.lens,
            s.topic,
            str(s.difficulty),
            s.id,
            "",
            "yes" if key[s.id].holds else "no",
        )
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
