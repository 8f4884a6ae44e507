"""Every solution passes, every recorded wrong answer gets its own outcome and words, for every unit."""

import ast
from dataclasses import replace
from functools import cache

import pytest
from some import some

import medialit
from medialit.authoring.source import read_source, with_solutions, wrong_answers
from medialit.exercises.records import Outcome
from medialit.files import course_path
from medialit.progress import Progress
from medialit.units.base import Unit
from medialit.units.registry import UNITS


@cache
def source(plan):
    return read_source(course_path(plan.folder, "exercise.md"))


def value_of(code, names):
    """What a notebook would show for a cell: the value of its last line."""
    body = ast.parse(code).body
    exec(compile(ast.Module(body[:-1], []), "cell", "exec"), names)
    return eval(compile(ast.Expression(body[-1].value), "cell", "eval"), names)


def opened(plan):
    return {"medialit": medialit, "unit": medialit.open_unit(plan.name, progress=Progress())}


def solutions(plan):
    return [cell for cell in with_solutions(source(plan)) if cell.role == "solution"]


def wrong(plan):
    return list(wrong_answers(source(plan)))


# The sources are read by the one process that runs this file, and not by every process that looks for tests.
PLANS = pytest.mark.parametrize("plan", UNITS, ids=lambda p: p.name)


@PLANS
def test_every_solution_gets_full_marks(plan, subtests):
    # What checks nothing, such as a chart of one's own, is run with the notebook.
    for cell in some(cell for cell in solutions(plan) if ".check(" in cell.text):
        with subtests.test(line=cell.line):
            names = opened(plan)
            shown = value_of(cell.text, names)
            (entry,) = names["unit"].progress.entries("attempt")
            assert entry.outcome in ("passed", "complete")
            assert Outcome(entry.outcome).capitalize() in shown.text
            assert entry.score == 1.0


@PLANS
def test_every_wrong_answer_gets_its_own_words_and_its_score(plan, subtests, monkeypatch):
    given, submit = [], Unit.submit

    def keep(*args, **more):
        given.append(submit(*args, **more))
        return given[-1]

    monkeypatch.setattr(Unit, "submit", keep)
    cells = wrong(plan)
    assert len(cells) >= 2 * len(opened(plan)["unit"].tasks)
    for cell in cells:
        with subtests.test(line=cell.line):
            shown = value_of(cell.text, opened(plan))
            expected = Outcome(cell.outcome)
            assert shown.text.startswith(f"{expected.sign} {expected.capitalize()}.")
            assert cell.says in shown.text
            assert round(given[-1].score, 3) == cell.score


@PLANS
def test_every_task_has_a_solution_and_wrong_answers(plan):
    tasks = set(opened(plan)["unit"].tasks)
    solved = {t for t in tasks for c in solutions(plan) if f'check("{t}"' in c.text}
    assert solved == tasks
    for task in tasks:
        assert sum(f'check("{task}"' in c.text for c in wrong(plan)) >= 2


class EqualsEverything:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1


@PLANS
@pytest.mark.parametrize(
    "bad",
    [EqualsEverything(), [EqualsEverything()], {1, 2}, object, float("nan"), "x" * 10_000_000, [["a", "b"]], 10**400],
    ids=["equals all", "in a list", "set", "class", "nan", "10 MB", "words for numbers", "huge"],
)
def test_bad_input_gets_one_plain_sentence_and_no_credit(plan, bad):
    for task in some(opened(plan)["unit"].tasks.values()):
        result = task.check(bad)
        assert result.outcome is not Outcome.PASSED, task.label
        assert result.score < 1
        assert 10 < len(str(result)) < 500
        assert "Traceback" not in str(result)


def test_every_answer_to_the_task_as_it_is_today_is_for_a_grader_and_none_to_an_older_one():
    unit = medialit.open_unit("quotes", progress=Progress())
    task = unit.tasks["1.4"]
    for answer in (task.answer(), task.answer()[:2], task.answer()[:1]):
        unit.submit("1.4", answer)
    unit.record.add(replace(unit.record.last(task), id="", version="0-older"))
    assert len(unit.record.entries("attempt", task)) == 4
    found = unit.record.answers([task])
    assert {one["version"] for one in found} == {task.version}
    assert len(found) == 3
