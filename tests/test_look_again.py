"""What a check says beside the score: which rows to look at again and why, and measures only for those who want them."""

import re
from functools import cache

import pytest

from medialit import open_unit
from medialit.exercises.records import FOR_MEASURERS
from medialit.forms import TableForm
from medialit.progress import Progress
from medialit.units.registry import UNITS
from medialit.widgets.markup import result_html

CASES = ("missile-tests", "averstow-pool")
MEASURES = re.compile(
    r"\b(?:[Mm]acro[- ]?F1|F1|B-cubed|[Aa]lpha|[Ee]ntropy|[Pp]recision|[Rr]ecall|NDCG|Brier|[Kk]appa|bits?|log-odds)\b"
)


@cache
def tasks(case):
    return [task for plan in UNITS for task in open_unit(plan.name, case, progress=Progress()).tasks.values()]


def tables():
    return [
        pytest.param(task, id=f"{task.label} {case}")
        for case in CASES
        for task in tasks(case)
        if isinstance(task.form, TableForm) and len(task.form.rows) > 1
    ]


def spoiled(task, row, answer):
    """The answer with another choice in one row; None when there is no other."""
    right = task.check(answer).score
    for field in task.form.fields:
        given = answer[row].get(field.name)
        if field.several:
            return answer | {row: answer[row] | {field.name: given[:-1] or [field.options[0].key]}}
        for option in field.options:
            changed = answer | {row: answer[row] | {field.name: option.key}}
            if option.key != given and task.check(changed).score < right:
                return changed
    return None


def test_there_are_tables():
    assert len(tables()) >= 20


@pytest.mark.parametrize("task", tables())
def test_a_table_names_the_row_to_look_at_again_and_why(task):
    answer = task.answer()
    assert "again" not in task.check(answer).details
    if task.label == "2.5":  # never scored: how sure somebody is has no key
        row = task.form.rows[0].key
        wrong = answer | {row: {"verdict": "not established", "certainty": "1"}}
        assert set(task.check(wrong).details["again"]) == {row}
        return
    tried = 0
    for row in (one.key for one in task.form.rows):
        wrong = spoiled(task, row, answer)
        if wrong is None:
            continue
        again = task.check(wrong).details["again"]
        assert row in again
        assert again[row].endswith((".", "?", ".)")), again[row]
        if task.label != "4.2":  # a page that moves changes the company of others, too
            assert set(again) == {row}
        tried += 1
    assert tried >= min(3, len(task.form.rows))


@pytest.mark.parametrize("task", tables())
def test_an_empty_row_is_not_called_wrong(task):
    answer = task.answer()
    first = task.form.rows[0].key
    left = {key: cells for key, cells in answer.items() if key != first}
    again = task.check(left).details.get("again", {})
    assert first not in again


@cache
def feedback():
    """Every result that the solutions, everything empty and everything else wrong give, on both stories."""
    found = []
    for task in (task for case in CASES for task in tasks(case)):
        answer = task.answer()
        answers = [answer]
        if isinstance(task.form, TableForm):
            answers += [wrong for row in task.form.rows if (wrong := spoiled(task, row.key, answer))]
        if isinstance(answer, list) and len(answer) > 1:
            answers += [answer[: len(answer) // 2], answer[::-1]]
        found += [(task, task.check(one)) for one in answers]
    return found


def test_measures_are_only_for_those_who_measure():
    seen, measured = 0, set()
    for task, result in feedback():
        seen += 1
        assert not MEASURES.search(f"{result.message} {result.next_step}"), (task.label, result)
        for name in ("prompt", "hints", "title"):
            assert not MEASURES.search(str(getattr(task, name))), (task.label, name)
        if result.measured:
            measured.add(task.label)
            assert MEASURES.search(result.measured) or "of 1." in result.measured, (task.label, result.measured)
            assert result.measured.count(" ") >= 9, "a number with its name and a sentence"
            page = result_html(result)
            assert page.index("<details>") < page.index(FOR_MEASURERS) < page.index(result.measured[:12])
    assert seen >= 150
    assert measured >= {"1.1", "1.3", "1.5", "2.1", "2.2", "2.3", "2.5", "3.1", "3.2", "3.3", "3.4", "4.1", "4.2"}


def test_numbers_and_their_nouns_agree_in_all_feedback():
    noun = "word|claim|row|mark|task|question|answer|hint|card|sentence|page|cell|statement|fact|speaker|group|hand|passage"
    one, many = re.compile(rf"\b1 (?:{noun})s\b"), re.compile(rf"\b(?:0|[2-9]|[1-9]\d+) (?:{noun})\b(?!-)")
    seen = 0
    for task, result in feedback():
        said = f"{result.message} {result.next_step} {result.measured} {' '.join(result.details.get('again', {}).values())}"
        assert not one.search(said), (task.id, said)
        assert not many.search(said), (task.id, said)
        seen += bool(re.search(rf"\d (?:{noun})", said))
    assert seen >= 20


def test_no_table_asks_for_a_number_that_is_shown():
    """Nobody copies a number from a table into a field: all fields of tables are choices."""
    typed = [
        (task.label, f.name)
        for case in CASES
        for task in tasks(case)
        if isinstance(task.form, TableForm)
        for f in task.form.fields
        if not f.options
    ]
    assert typed == []


def test_the_code_door_names_the_rows():
    unit = open_unit("claims", progress=Progress())
    answer = unit.tasks["2.2"].answer() | {"s03": {"kind": "checkable"}}
    assert "Rows to look at again: s03." in unit.check("2.2", answer).text


@pytest.mark.parametrize("case", CASES)
def test_a_verdict_that_does_not_fit_marks_its_claim(case):
    task = open_unit("claims", case, progress=Progress()).tasks["2.4"]
    answer = task.answer()
    name = next(iter(answer))
    wrong = answer | {name: answer[name] | {"verdict": "not established"}}
    assert set(task.check(wrong).details["again"]) == {name}
