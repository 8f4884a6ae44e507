"""What is handed in is left in the output of its cell, as plain data that a grader can read without running anything."""

import json
import subprocess
import sys

import pytest

import medialit
from medialit.exercises.quiz import load_quiz
from medialit.files import course_path, kit_root
from medialit.progress import Progress
from medialit.show import answer_output
from medialit.show.answer_output import MIME, AnswerOutput, cell_digest
from medialit.units.record import MAX_TRIES

sys.path.insert(0, str(kit_root() / "benchmarks"))
from run_cells import outputs_of

OPEN = 'import medialit\nunit = medialit.open_unit("quotes")'
CHAIN = ["officials", "newspaper", "agency", "account", "story"]


@pytest.fixture(autouse=True)
def one_log(tmp_path, monkeypatch):
    """The cells of a test share a progress file, as the cells of a course do."""
    monkeypatch.setenv("MEDIALIT_PROGRESS", str(tmp_path / "my-progress.jsonl"))


def left(*cells):
    """For each cell after the first the records in its outputs, and whether each says which cell it belongs to."""
    cells = [OPEN, *cells]
    found = []
    for source, outputs in zip(cells, outputs_of(cells), strict=True):
        data = [output["data"][MIME] for output in outputs if MIME in output.get("data", {})]
        assert all(set(output["data"]) == {MIME} for output in outputs if MIME in output.get("data", {}))
        assert all(one["format"] == 1 and one["cell"] == cell_digest(source) for one in data)
        found.append([one["answers"] for one in data])
    assert found[0] == []
    return found[1:]


def test_a_check_by_code_leaves_its_answer_whatever_is_shown_of_it():
    shown, quiet, two = left(
        'unit.check("1.4", ["story"])',
        'said = unit.check("1.4", ["agency"])',
        'unit.check("1.4", ["account"])\nunit.check("q1", "b")',
    )
    version = medialit.open_unit("quotes", progress=Progress()).tasks["1.4"].version
    where = {"unit": "quotes", "case": "missile-tests", "item": "chain", "version": version}
    assert shown == [[{**where, "door": "code", "certainty": None, "answer": ["story"]}]]
    assert [one["answer"] for (one,) in quiet] == [["agency"]]
    assert [(one["item"], one["answer"]) for (one,) in two] == [("chain", ["account"]), ("q1", "b")]


@pytest.mark.parametrize("answer", ["None", "...", "[]", "'  '", "{1, 2}", "object()", "float('nan')", "'\\ud800'"])
def test_what_is_blank_or_no_plain_data_leaves_nothing(answer):
    assert left(f'unit.check("1.4", {answer})') == [[]]


def test_an_answer_that_does_not_fit_and_a_widget_shown_again():
    assert [one["answer"] for ((one,),) in left('unit.check("1.4", "no list")')] == ["no list"]
    left('w = unit.task("1.4")\nw.block.hand_in(["story"], "click", None)')
    (again,) = left('unit.task("1.4")')
    assert [[one["answer"] for one in output] for output in again] == [[["story"]]]


def test_a_widget_has_an_output_that_follows_each_check():
    task, _, quiz, _ = left(
        'w = unit.task("1.4")\nw',
        'w.block.hand_in(["story"], "click", None)\nw.answer(["agency"])',
        "q = unit.quiz()\nq",
        'q.boxes["q1"].hand_in("b", "click", 2)',
    )
    assert [[(one["door"], one["answer"]) for one in output] for output in task] == [
        [("click", ["story"]), ("code", ["agency"])]
    ]
    assert [[(one["item"], one["answer"], one["certainty"]) for one in output] for output in quiz] == [[("q1", "b", 2)]]


def test_a_guess_and_a_look_back_are_left_with_what_they_are():
    (guess,) = left('unit.predict("p1", "a")')
    assert [[(one["item"], one["kind"]) for one in output] for output in guess] == [[("p1", "event")]]
    name = load_quiz(course_path("00-welcome", "quiz.yaml")).questions[0].id
    (back,) = left(f'b = unit.look_back("welcome-{name}")\nb.answer("welcome-{name}", "a")')
    assert [[(one["unit"], one["item"], one["review"]) for one in output] for output in back] == [
        [("welcome", name, True)]
    ]


def test_a_test_is_left_when_it_is_handed_in_and_not_before():
    sheet, handed = left(
        'test = medialit.open_test("before")\ntest.sheet()\ntest.begin()\ntest.answer(test.form.statements[0].id, True)',
        "test.hand_in(unfinished=True)",
    )
    assert sheet == [[]]
    assert [[(one["unit"], len(one["answer"])) for one in output] for output in handed] == [[("test-before", 1)]]


def test_many_attempts_leave_the_best_and_the_newest(monkeypatch):
    made = f'w = unit.task("1.4")\nw.answer({CHAIN!r})\nfor n in range(50):\n    w.answer(["story", "account"][: 1 + n % 2])'
    answers = [one["answer"] for one in left(made)[0][0]]
    assert (len(answers), answers[0]) == (MAX_TRIES, CHAIN)
    # The oldest are left out when all together are too large.
    monkeypatch.setattr(answer_output, "MAX_BYTES", 500)
    made = 'w = unit.task("1.4")\nfor n in ("story", "agency", "account", "officials", "newspaper"): w.answer([n])'
    answers = [one["answer"] for one in left(made)[0][0]]
    assert answers[-1] == ["newspaper"]
    assert 1 < len(answers) < 5
    assert len(json.dumps(answers)) < 500


def test_the_digest_knows_a_changed_cell_but_not_its_line_ends():
    assert cell_digest("a = 1\nb = 2") == cell_digest("\na = 1\r\nb = 2\n") != cell_digest("a = 1\nb = 3")
    assert len(cell_digest("")) == 8


def test_outside_ipython_nothing_happens():
    code = f'{OPEN}\nprint(unit.check("1.4", ["story"]))\nimport sys\nprint("IPython" in sys.modules)'
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("False")
    assert "IPython" in sys.modules
    AnswerOutput([{"answer": 1}]).update([])


def test_a_kernel_without_a_history_still_knows_the_cell():
    class Publisher:
        def publish(self, **what):
            seen.append(what["data"][MIME]["cell"])

    class Shell:
        display_pub, seen = Publisher(), []

        def get_parent(self):
            return {"content": {"code": "unit.check()"}}

    seen = []
    shell = Shell()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer_output, "_shell", lambda: shell)
        AnswerOutput()
        patch.setattr(Shell, "get_parent", lambda _: {})
        AnswerOutput()
    assert seen == [cell_digest("unit.check()"), cell_digest("")]
