"""Tables of answers with partial credit: each row is a case, a task, an answer as plain data and the score that it earns.

A score is worked out by hand from the marking scheme in the task's docstring, never copied from what the program gives.
"""

from collections import Counter
from functools import cache

import pytest

import medialit
from medialit.progress import Progress

M, A = "missile-tests", "averstow-pool"
BOTH = (M, A)


@cache
def tasks(unit, case=M):
    return medialit.open_unit(unit, case=case, progress=Progress()).tasks


def scored(unit, case, name, answer):
    return tasks(unit, case)[name].check(answer)


def earns(unit, case, name, answer, score):
    """Whether an answer earns this score, and the outcome that the task's own marks give it."""
    task, result = tasks(unit, case)[name], scored(unit, case, name, answer)
    assert result.score == pytest.approx(score, abs=1e-6)
    passed = "complete" if task.for_a_reader else "passed"
    marks = ((task.text.pass_at, passed), (task.text.partly_at, "partly"), (0, "not yet"))
    return result.outcome == next(outcome for least, outcome in marks if score + 1e-9 >= least)


def rows(table):
    """The table for ``pytest.mark.parametrize("case", "name", "answer", "score")``, each row named by its place."""
    nth = Counter()
    named = []
    for case, name, answer, score in table:
        for one in BOTH if case is BOTH else (case,):
            nth[one, name] += 1
            named.append(pytest.param(one, name, answer, score, id=f"{name} {one} {nth[one, name]}"))
    return named


def too_few(table, names, least=3):
    """The tasks that have fewer than ``least`` answers between nothing and everything in the table, on either story."""
    found = Counter((row.values[0], row.values[1]) for row in rows(table) if 0 < row.values[3] < 1)
    return [(case, name) for case in BOTH for name in names if found[case, name] < least]


def cells(field, **values):
    """A table answer with one field: ``cells("kind", s01="opinion")`` is ``{"s01": {"kind": "opinion"}}``."""
    return {row: {field: value} for row, value in values.items()}


def spans(case, *words, label=None):
    """Where these words are in the story: ``[start, end]``, or ``[start, end, label]``."""
    text = medialit.load_case(case).article.text
    found = [[at, at + len(one)] for one in words if (at := text.find(one)) >= 0]
    assert len(found) == len(words), [one for one in words if one not in text]
    return [[*span, label] if label else span for span in found]
