"""The jail runs what the course hands out: every notebook, all that a cell may do, and nothing of the key is in it."""

import json
import os
import subprocess
import sys

import pytest

from medialit.classroom.given import from_run
from medialit.classroom.grading import Bench, Options
from medialit.classroom.intake import Submission
from medialit.files import course_path, kit_root

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the jail needs Linux")
if sys.platform == "linux":
    from medialit.classroom.jail import Jail, protections
    from medialit.classroom.jail.parent import parsed

FOLDERS = [path.stem for path in sorted((kit_root() / "solutions").glob("*.ipynb"))]
OPEN = 'import medialit\nunit = medialit.open_unit("quotes")'


@pytest.fixture(scope="module")
def bench():
    found = Bench(Options())
    yield found
    found.jail.close()


@pytest.fixture(scope="module")
def jail(bench):
    return bench.jail


def cells_of(path):
    book = json.loads(path.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]


def test_this_machine_protects_itself():
    found = protections()
    if not found.enough:
        pytest.skip(str(found))
    assert "These walls do not hold" not in str(found)


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_solutions_earn_every_point(bench, folder):
    data = (kit_root() / "solutions" / f"{folder}.ipynb").read_bytes()
    done = bench.grade(Submission("ana", "Ana", {f"{folder}.ipynb": data}))
    assert done.receipt.problems == ()
    assert {g.task: g.score for g in done.grades if g.task[0].isdigit() and g.score < 1} == {}


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("kind", ["exercises", "notebooks"])
def test_untouched_notebooks_run_without_a_fault(jail, kind, folder):
    ran = jail.run(cells_of(kit_root() / kind / f"{folder}.ipynb"))
    assert ran.problem == ""
    assert not [one for one in from_run(ran.answers, "x") if one.unit == "quotes" and one.item[0].isdigit()]


@pytest.mark.parametrize("page", sorted(path.stem for path in course_path("pages").glob("*.md")))
def test_pages_that_belong_to_no_unit_run_without_a_fault_and_hand_in_nothing(jail, page):
    ran = jail.run(cells_of(kit_root() / "notebooks" / f"{page}.ipynb"))
    assert (ran.problem, list(ran.answers)) == ("", [])


@pytest.mark.parametrize("name", ["key.yaml", "seals.yaml", "README.md"])
def test_the_key_of_the_tests_cannot_be_read_in_there(jail, name):
    path = course_path("tests", name)
    assert path.is_file()
    ran = jail.run([f"print(open({str(path)!r}).read())"])
    assert "PermissionError" in ran.problem


def answers(jail, *cells, files=None):
    ran = jail.run([OPEN, *cells], files)
    return [one.answer for one in ran.answers], ran.problem


def test_a_cell_that_fails_does_not_stop_the_next(jail):
    found, problem = answers(jail, "answer = [", "1 / 0", "raise SystemExit", 'unit.check("1.4", ["a"])')
    assert found == [["a"]]
    assert problem.startswith("Cell 2 stopped: SyntaxError")
    assert "2 more stopped" in problem


def test_magic_lines_are_passed_over(jail):
    cells = ("%matplotlib inline\n!ls\nunit.task?\nx = 'b'", "%%bash\nls", "%%time\ny = x", 'unit.check("1.4", [x, y])')
    assert answers(jail, *cells) == ([["b", "b"]], "")


def test_files_beside_the_notebook_can_be_read_and_changed(jail):
    code = (
        "text = open('a.csv').read()\nopen('b.txt', 'w').write(text)\nunit.check('1.4', [open('b.txt').read(), "
        "open('sub/c').read()])"
    )
    assert answers(jail, code, files={"a.csv": b"hello", "sub/c": b"deep"}) == ([["hello", "deep"]], "")


def test_what_one_run_leaves_the_next_does_not_find(jail):
    answers(jail, "open('left', 'w').write('x')\nimport builtins\nbuiltins.left = 1")
    found, problem = answers(
        jail, "import os, builtins\nunit.check('1.4', [os.listdir('.'), hasattr(builtins, 'left')])"
    )
    assert (found, problem) == ([[[], False]], "")


def test_libraries_and_lenses_work(jail):
    code = (
        "import nltk, numpy, statistics, sqlite3, xml.dom.minidom\n"
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.savefig('a.png'); import os\n"
        "quotes = medialit.find_quotes(unit.case.article)\n"
        "words = nltk.tokenize.TreebankWordTokenizer().tokenize('a b')\n"
        "unit.check('1.4', [len(quotes) > 5, len(words), os.path.getsize('a.png') > 1000, float(numpy.sqrt(4))])"
    )
    assert answers(jail, code) == ([[True, 2, True, 2.0]], "")


def test_large_libraries_are_loaded_once_somebody_speaks_of_them():
    jail = Jail()
    # Backwards, because to name a library is to ask for it.
    ask = "import sys\nunit.check('1.4', [name[::-1] in sys.modules for name in ('ypmun', 'txet.ktln')])"
    try:
        assert answers(jail, "import numpy as np, nltk\nunit.check('1.4', [])") == ([[]], "")
        assert answers(jail, ask) == ([[True, True]], "")
    finally:
        jail.close()


def test_forms_and_texts_are_there(jail):
    code = (
        "form = unit.tasks['1.2'].form\n"
        "unit.check('1.2', {row.key: {'kind': form.fields[2].options[0].key} for row in form.rows})\n"
        "unit.check('1.1', [unit.span('a number')])\n"
        "unit.quiz().answer('q1', 'b', 2)\n"
        "assert len(unit.case.glossary) > 3 and unit.case.article.sentences"
    )
    ran = jail.run([OPEN, code])
    assert ran.problem == ""
    assert [(one.task, one.door, one.certainty) for one in ran.answers] == [
        ("1.2", "code", None),
        ("1.1", "code", None),
        ("q1", "code", 2),
    ]


def test_what_is_no_plain_answer_is_told(jail):
    found, problem = answers(jail, "import numpy\nunit.check('1.4', numpy.zeros(3))")
    assert found == []
    assert problem.startswith("1.4: ")
    assert "tolist" in problem


def test_a_unit_a_task_and_a_case_that_are_not_there_are_told(jail):
    assert "There is no task “9.9”" in answers(jail, "unit.check('9.9', 1)")[1]
    assert "There is no unit “nothing”" in answers(jail, "medialit.open_unit('nothing')")[1]
    assert "There is no case “nowhere”" in answers(jail, "medialit.open_unit('quotes', case='nowhere')")[1]
    assert "not there while notebooks are graded" in answers(jail, "unit.case.quotes")[1]


def test_printing_is_counted_and_shown_to_nobody(jail, capfd):
    ran = jail.run(["print('x' * 999)", "import os\nos.write(1, b'y')"])
    assert ran.output_bytes == 1000
    assert capfd.readouterr() == ("", "")


GOOD = {"unit": "quotes", "case": "c", "task": "1.4", "answer": 1, "door": "code", "certainty": 2}


@pytest.mark.parametrize(
    "row",
    [
        "{",
        "[]",
        "null",
        "[" * 100_000,
        '{"unit": "a"}',
        json.dumps(GOOD | {"unit": 1}),
        json.dumps(GOOD | {"task": "x" * 61}),
        json.dumps(GOOD).replace('"answer": 1', '"answer": NaN'),
        json.dumps(GOOD).replace('"answer": 1', f'"answer": {"9" * 5000}'),
        json.dumps(GOOD | {"answer": "x" * 150_001}),
        "\x00\xff",
    ],
    ids=range(11),
)
def test_what_is_no_answer_is_left_out(row):
    data = f"{row}\n{json.dumps(GOOD)}\n".encode("latin-1")
    found, _, end, _ = parsed(data)
    assert [(one.answer, one.certainty) for one in found] == [(1, 2)]
    assert end is None


@pytest.mark.parametrize("sure", [True, "3", 2.5, -1, 99, [1], None])
def test_a_certainty_that_is_none_becomes_nothing(sure):
    found, *_ = parsed(json.dumps(GOOD | {"certainty": sure, "door": ["x"]}).encode())
    assert (found[0].certainty, found[0].door) == (None, "code")


def test_a_case_of_ones_own_can_be_opened(tmp_path):
    import shutil

    shutil.copytree(kit_root() / "datasets" / "missile-tests", tmp_path / "ours")
    jail = Jail(cases={"ours": tmp_path / "ours"})
    code = f'import medialit\nmedialit.open_unit("quotes", case="{tmp_path}/ours").check("1.4", ["a"])'
    ran = jail.run([code])
    jail.close()
    assert [(one.case, one.answer) for one in ran.answers] == [("ours", ["a"])]


def test_another_copy_of_the_kit_beside_the_libraries_stays_shut(tmp_path, monkeypatch):
    from medialit.classroom.jail import places

    copy = tmp_path / "python3.11" / "site-packages"
    (copy / "medialit" / "_kit" / "datasets").mkdir(parents=True)
    (copy / "numpy").mkdir()
    monkeypatch.setattr(places, "_SYSTEM", (*places._SYSTEM, str(tmp_path)))
    rules = [(path, rights) for path, rights in places.readable() if str(tmp_path) in path]
    assert (str(copy / "numpy"), places.READ) in rules
    shut = copy / "medialit" / "_kit" / "datasets"
    assert not [path for path, rights in rules if rights == places.READ and shut.is_relative_to(path)]


def test_a_folder_without_rights_is_not_left_for_the_next_notebook(tmp_path):
    """Root can look into any folder, so this is tried as somebody else."""
    code = (
        f"import os; os.mkdir('shut', 0); os.mkdir('odd', 0o300); open('odd/left', 'w').close()\n"
        f"import sys; sys.path.insert(0, {str(kit_root() / 'src')!r})\n"
        "from medialit.classroom.jail.nursery import empty; empty('.'); print(os.listdir('.'))"
    )
    become = []
    if os.geteuid() == 0:
        become = ["setpriv", "--reuid=65533", "--regid=65533", "--clear-groups"]
        os.chmod(tmp_path, 0o777)
        for parent in tmp_path.parents[:3]:
            os.chmod(parent, os.stat(parent).st_mode | 0o011)
    try:
        done = subprocess.run(
            [*become, sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("There is no setpriv here to become somebody else.")
    if "Permission denied" in done.stderr and "mkdir('shut'" not in done.stderr and "empty" not in done.stderr:
        pytest.skip("Nobody else can start this interpreter.")
    assert done.stdout.strip() == "[]", done.stderr
