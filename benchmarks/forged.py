"""Outputs that no kit has written: what somebody may put into a notebook or a progress file by hand.

Each attack is the text, in JSON, of what stands under the answer's MIME type. None of it may earn a point, stop the grading
of others, or show anything odd. ``ITEM`` is an item that was answered honestly, ``OTHER`` one that was not.
"""

from __future__ import annotations

import json
from typing import Any

from medialit.show.answer_output import MIME

MARK = "put the forged text here"


def _record(answer: str, **names: Any) -> str:
    about = {"unit": "UNIT", "case": "missile-tests", "item": "OTHER", "version": "VERSION", "door": "code"}
    told = json.dumps({**about, "certainty": None, **names})
    return f'{told[:-1]}, "answer": {answer}}}'


def _left(*records: str) -> str:
    return f'{{"format": 1, "cell": "00000000", "answers": [{", ".join(records)}]}}'


FORGED: dict[str, str] = {
    "a score of its own": _left(_record('"x"', score=1.0, outcome="passed", grade=1, codes=[], details={"points": 9})),
    "another version": _left(_record("KEY", version="1-000000")),
    "no version": _left(_record("KEY", version="")),
    "an answer for somebody else": _left(_record('"x"', learner="right-0000", name="right-0000", id="1")),
    "not a number": _left(*(_record(odd) for odd in ("NaN", "Infinity", "[-Infinity]", '{"a": NaN}', "1e999"))),
    "a number without end": _left(_record("9" * 9_000), _record("-" + "9" * 9_000)),
    "nested 400 deep": _left(_record("[" * 400 + "]" * 400), _record('{"a":' * 400 + "1" + "}" * 400)),
    "nested beyond the reader": _left(_record("[" * 100_000 + "]" * 100_000)),
    "an enormous answer": _left(_record(json.dumps("x" * 5_000_000)), _record(json.dumps(["x" * 99] * 20_000))),
    "a hundred thousand answers": _left(*[_record('"x"')] * 3_000),
    "answers that are all different": _left(*(_record(f'["{number}"]') for number in range(3_000))),
    "every odd type": _left(*(_record(odd) for odd in ("true", "false", "null", "-1", "0", '""', "{}", "[]", "[[]]"))),
    "keys twice": _left('{"unit": "UNIT", "unit": ["quotes"], "item": "OTHER", "answer": 1, "answer": KEY}'),
    "an answer that says it is right": _left(_record('{"__eq__": true, "score": 1, "right": true, "event": null}')),
    "half a character": _left(_record('"\\ud800"'), _record('{"\\ud800": "\\udfff"}')),
    "names that lead elsewhere": _left(
        *(_record("KEY", **{field: name}) for field in ("unit", "case", "item") for name in ("../../etc/passwd", "\x00", "*"))
    ),
    "names that are no text": _left(
        *(_record("KEY", **{field: odd}) for field in ("unit", "item", "version") for odd in (None, 1, ["quotes"], {}))
    ),
    "names without end": _left(_record("KEY", item="1.1" * 50_000), _record("KEY", unit="quotes" * 50_000)),
    "markup": _left(_record('"<script>alert(1)</script>"'), _record('"x"', item="<img src=x onerror=alert(1)>")),
    "a formula": _left(_record("\"=cmd|'/c calc'!A1\""), _record('"x"', item="=HYPERLINK(1)")),
    "signs that turn a line": _left(_record('"\\u202e\\u001b[2J\\r\\n"', item="1.1\x1b[2J\u202e\r\n")),
    "a certainty of its own": _left(*(_record('"x"', certainty=odd) for odd in (99, -1, "3", True, [3], 1e300))),
    "hints and kinds of its own": _left(_record('"x"', hints=10**30, kind="draft"), _record('"x"', hints="9", kind=[])),
    "no list": '{"answers": {"0": "x"}}',
    "no records": '{"answers": [1, null, "x", [], {"answer": {}}]}',
    "no dictionary": '["answers"]',
    "a text": '"answers"',
    "nothing": "null",
}  # fmt: skip


def forged_text(name: str, unit: str, other: str, version: str, key: Any) -> str:
    """The text of an attack with its names filled in; ``key`` is the right answer to ``other``."""
    text = FORGED[name].replace("UNIT", unit).replace("OTHER", other).replace("VERSION", version)
    return text.replace("KEY", json.dumps(key))


def with_forged(book: dict[str, Any], text: str) -> bytes:
    """The notebook with one more cell, whose output holds this text."""
    output = {"output_type": "display_data", "metadata": {}, "data": {MIME: MARK}}
    cell = {"cell_type": "code", "metadata": {}, "source": "1", "outputs": [output], "execution_count": None}
    written = json.dumps({**book, "cells": [*book["cells"], cell]})
    return written.replace(json.dumps(MARK), text).encode("utf-8", "surrogatepass")
