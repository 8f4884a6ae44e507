"""Building notebooks: the same source gives the same bytes, drift is named, faults name their line."""

import shutil

import nbformat
import pytest
from some import some

from medialit.authoring.boxes import LABELS, BoxFault, render_boxes
from medialit.authoring.build import as_notebook, build, buildable, drifted, targets
from medialit.authoring.source import read_source
from medialit.errors import CaseError, MedialitError
from medialit.files import kit_root

LESSON = """# A lesson

:::{question}
Who **speaks**?
:::

```{code-cell} ipython3
print(1 + 1)
```
"""
EXERCISE = """# Exercises

```{code-cell} ipython3
:tags: [stub]
answer = None
```

```{code-cell} ipython3
:tags: [solution]
answer = 42
```

```{code-cell} ipython3
:tags: [wrong]
:outcome: not yet
:score: 0
:says: "too small"
answer = 1
```
"""


def write_course(root):
    unit = root / "course" / "01-test"
    unit.mkdir(parents=True)
    (unit / "lesson.md").write_text(LESSON, encoding="utf-8")
    (unit / "exercise.md").write_text(EXERCISE, encoding="utf-8")
    return root


@pytest.fixture
def course(tmp_path):
    return write_course(tmp_path)


def lesson_alone(course, code):
    """The lesson with this code and no exercises, so that one kernel is started and not three."""
    (course / "course" / "01-test" / "exercise.md").unlink()
    lesson = LESSON.replace("print(1 + 1)", code)
    (course / "course" / "01-test" / "lesson.md").write_text(lesson, encoding="utf-8")


@pytest.fixture(scope="module")
def built_once(tmp_path_factory):
    """Three kernels are started only once; every test gets a copy of what they built."""
    root = write_course(tmp_path_factory.mktemp("built"))
    build(root)
    return root


@pytest.fixture
def built(built_once, tmp_path):
    return shutil.copytree(built_once, tmp_path / "copy")


def sources(path):
    return [cell.source for cell in nbformat.read(path, as_version=4).cells]


def test_learners_get_stubs_and_teachers_get_solutions(built):
    assert "answer = None" in sources(built / "exercises" / "01-test.ipynb")
    assert "answer = 42" in sources(built / "solutions" / "01-test.ipynb")
    for folder in ("exercises", "solutions"):
        assert "answer = 1" not in sources(built / folder / "01-test.ipynb")
    assert "answer = 42" not in sources(built / "exercises" / "01-test.ipynb")


def test_notebooks_are_run_and_keep_their_execution_count(built):
    cells = nbformat.read(built / "notebooks" / "01-test.ipynb", as_version=4).cells
    assert (cells[1].outputs[0].text, cells[1].execution_count) == ("2\n", 1)


def test_a_second_build_changes_nothing(built):
    assert (build(built), drifted(built)) == ([], [])


def test_an_edited_source_is_named(built):
    source = built / "course" / "01-test" / "lesson.md"
    source.write_text(LESSON.replace("1 + 1", "1 + 2"), encoding="utf-8")
    (fault,) = drifted(built)
    assert fault.startswith("notebooks/01-test.ipynb: cell 2 differs from lesson.md")


def test_an_edited_missing_or_broken_notebook_is_named(built):
    path = built / "exercises" / "01-test.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("answer = None", "answer = 42"), encoding="utf-8")
    (built / "solutions" / "01-test.ipynb").write_text("{", encoding="utf-8")
    (built / "notebooks" / "01-test.ipynb").unlink()
    faults = drifted(built)
    assert ["missing" in faults[0], "differs" in faults[1], "not a notebook" in faults[2]] == [True] * 3


def test_a_stripped_notebook_and_a_stray_one_are_named(built):
    path = built / "notebooks" / "01-test.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].outputs, notebook.cells[1].execution_count = [], None
    nbformat.write(notebook, path)
    nbformat.write(notebook, built / "notebooks" / "99-stray.ipynb")
    faults = drifted(built)
    assert "was not run" in faults[0]
    assert "99-stray.ipynb has no source" in faults[1]


def test_a_cell_that_fails_stops_the_build_with_a_sentence(course):
    lesson_alone(course, "1 / 0")
    with pytest.raises(CaseError) as caught:
        build(course)
    assert str(caught.value) == "01-test/lesson.md, line 8: This cell failed: ZeroDivisionError: division by zero"
    assert not (course / "notebooks" / "01-test.ipynb").exists()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import warnings; warnings.warn('old')", "writes a warning"),
        ("from IPython.display import HTML; HTML('<img src=\"a.png\">')", "without alt text"),
        ("import os; print(os.getcwd())", "a path of this machine"),
        ("for _ in range(2000): print('x' * 99)", r"would be 2\d\d KB; the limit is 200 KB"),
        ("import os; os._exit(1)", "Python stopped"),
    ],
)
def test_what_must_not_be_stored_stops_the_build(course, code, words):
    lesson_alone(course, code)
    with pytest.raises(CaseError, match=words):
        build(course)


def test_a_live_widget_is_left_out_and_its_text_form_stays(course):
    lesson_alone(course, "import ipywidgets\nipywidgets.IntSlider()")
    build(course)
    notebook = nbformat.read(course / "notebooks" / "01-test.ipynb", as_version=4)
    assert set(notebook.cells[1].outputs[0].data) == {"text/plain"}
    assert "widgets" not in notebook.metadata


def test_the_builders_own_progress_is_not_stored(course):
    code = """from IPython.display import HTML
import os
HTML(f'<a href="data:application/x-ndjson;base64,{os.urandom(6).hex()}">file</a>')"""
    lesson_alone(course, code)
    build(course)
    assert build(course) == []
    assert "x-ndjson;base64,Cg==" in (course / "notebooks" / "01-test.ipynb").read_text(encoding="utf-8")


def run_and_saved(notebook):
    notebook.cells[1].outputs[0].text = "3\n"


def emptied(notebook):
    notebook.cells[1].outputs = []


def kernel_changed(notebook):
    notebook.metadata["kernelspec"]["name"] = "conda-env-mine"


def cell_marked(notebook):
    notebook.cells[0].metadata["collapsed"] = True


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (run_and_saved, "outputs are not those of the build"),
        (emptied, "outputs are not those of the build"),
        (kernel_changed, "metadata are not those of the build"),
        (cell_marked, "metadata are not those of the build"),
    ],
)
def test_a_notebook_that_was_run_and_saved_elsewhere_is_named(built, change, words):
    path = built / "notebooks" / "01-test.ipynb"
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    nbformat.write(notebook, path)
    (fault,) = drifted(built)
    assert fault.startswith("notebooks/01-test.ipynb: its")
    assert words in fault


def test_a_check_changes_nothing(built):
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in built.rglob("*") if path.is_file()}
    drifted(built)
    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in built.rglob("*") if path.is_file()}


def test_a_full_disk_leaves_the_old_notebook(built, monkeypatch):
    old = (built / "notebooks" / "01-test.ipynb").read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    (built / "course" / "01-test" / "exercise.md").unlink()
    (built / "course" / "01-test" / "lesson.md").write_text(LESSON.replace("1 + 1", "1 + 3"), encoding="utf-8")
    monkeypatch.setattr("medialit.files.os.replace", full)
    with pytest.raises(MedialitError, match="No space left on device"):
        build(built)
    assert ((built / "notebooks" / "01-test.ipynb").read_bytes(), list(built.rglob("*.part"))) == (old, [])


def test_a_lesson_of_33_cells_is_too_long(course):
    path = course / "course" / "01-test" / "lesson.md"
    path.write_text("\n".join(["```{code-cell} ipython3\n1\n```\n"] * 33), encoding="utf-8")
    with pytest.raises(CaseError, match="at most 32 cells"):
        targets(course)


@pytest.mark.parametrize("name", LABELS)
def test_every_known_box_says_its_name_in_words(name):
    made = render_boxes(f":::{{{name}}}\nHello\n:::", instructor=True)
    assert f"**{LABELS[name]}**" in made
    assert "\n\nHello\n\n" in made


def test_an_example_that_answers_a_guess_stays_shut():
    made = render_boxes(":::{folded-example}\nThree of five.\n:::")
    assert made.index("<details>") < made.index("</summary>") < made.index("Three of five.") < made.index("</details>")


def test_boxes_for_instructors_are_left_out():
    assert render_boxes("before\n\n:::{instructor}\nThe key.\n:::\n\nafter").split() == ["before", "after"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n:::{danger}\nb\n:::", 1, "no box “danger”"),
        ("a\n\n:::{limits}\nb", 2, "has no end"),
        (":::{limits}\n:::{example}\n:::\n:::", 1, "inside the box"),
    ],
)
def test_a_faulty_box_names_its_line(text, line, words):
    with pytest.raises(BoxFault, match=words) as caught:
        render_boxes(text)
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        (":::{question}", ":::{danger}", 3, "no box “danger”"),
        ("Who **speaks**?", "![](map.png)", 4, "no alt text"),
        ("Who **speaks**?", '<img src="map.png">', 4, "no alt text"),
        ("Who **speaks**?", '<img src="map.png" alt=" ">', 4, "no alt text"),
        ("Who **speaks**?", '<img\n  data-alt="x"\n  src="map.png">', 4, "no alt text"),
        ("Who **speaks**?", "Who?\n![][map]", 5, "no alt text"),
        ("print(1 + 1)", ":tags: [hidden]\nprint(1)", 8, "one of these tags"),
    ],
)
def test_a_fault_in_a_lesson_names_file_and_line(course, old, new, line, words):
    path = course / "course" / "01-test" / "lesson.md"
    path.write_text(LESSON.replace(old, new), encoding="utf-8")
    with pytest.raises(CaseError, match=words) as caught:
        read_source(path)
    assert (caught.value.file.name, caught.value.line) == ("lesson.md", line)


def test_a_wrong_answer_must_say_what_it_gets(course):
    path = course / "course" / "01-test" / "exercise.md"
    path.write_text(EXERCISE.replace(':says: "too small"\n', ""), encoding="utf-8")
    with pytest.raises(CaseError, match="needs its outcome"):
        read_source(path)


CELL = "```{{code-cell}} ipython3\n:tags: [{}]\n{}x = 1\n```\n"
STUB, SOLUTION = CELL.format("stub", ""), CELL.format("solution", "")
WRONG = CELL.format("wrong", ':outcome: "not yet"\n:score: 0.25\n:says: "x"\n')


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (STUB, 2, "has no solution"),
        (STUB + STUB + SOLUTION, 2, "has no solution"),
        (SOLUTION, 2, "has no stub"),
        (STUB + SOLUTION + WRONG + SOLUTION, 17, "has no stub"),
        (STUB + WRONG + SOLUTION, 6, "after the solution"),
        (STUB + SOLUTION + WRONG.replace("not yet", "passed"), 10, "cannot get “passed”"),
        (STUB + SOLUTION + WRONG.replace(":score: 0.25\n", ""), 10, "needs its score"),
        (STUB + SOLUTION + WRONG.replace("0.25", "most"), 10, "needs its score"),
        (STUB + SOLUTION + WRONG.replace("0.25", "1.0"), 10, "needs its score"),
    ],
)
def test_stub_solution_and_wrong_answers_belong_together(course, text, line, words):
    path = course / "course" / "01-test" / "exercise.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match=words) as caught:
        read_source(path)
    assert caught.value.line == line


def test_a_lesson_has_no_tags(course):
    (course / "course" / "01-test" / "lesson.md").write_text(STUB + SOLUTION, encoding="utf-8")
    with pytest.raises(CaseError, match=r"Only exercise\.md"):
        targets(course)


def test_only_the_instructors_copy_has_the_boxes_for_instructors(course):
    path = course / "course" / "01-test" / "exercise.md"
    path.write_text(EXERCISE + "\n+++\n\n:::{instructor}\nAllow ten minutes.\n:::\n", encoding="utf-8")
    texts = {t.path.parent.name: "".join(c.text for c in t.cells) for t in targets(course)}
    assert "Allow ten minutes" in texts["solutions"]
    assert "Allow ten minutes" not in texts["exercises"]
    assert all(cell.text for target in targets(course) for cell in target.cells)


def test_ids_do_not_change_from_build_to_build(course):
    one, other = (as_notebook(targets(course)[0]) for _ in range(2))
    assert one == other


def test_committed_notebooks_stay_small():
    # That they agree with their sources is a step of its own in "make test".
    for folder in ("notebooks", "exercises", "solutions"):
        for path in some((kit_root() / folder).glob("*.ipynb")):
            assert path.stat().st_size < 200_000


def test_a_page_that_belongs_to_no_unit_becomes_a_notebook_of_its_name(course):
    pages = course / "course" / "pages"
    pages.mkdir()
    (pages / "00b-a-page.md").write_text(LESSON, encoding="utf-8")
    # A folder without a number, such as that of the tests, is no unit.
    (course / "course" / "tests").mkdir()
    names = [t.path.relative_to(course).as_posix() for t in targets(course)]
    assert names[0] == "notebooks/00b-a-page.ipynb"
    assert [t.path.name for t in targets(course, ["pages"])] == ["00b-a-page.ipynb"]
    assert "00b-a-page.ipynb" not in [t.path.name for t in targets(course, ["01-test"])]
    assert buildable(course) == ["01-test", "pages"]
    assert as_notebook(targets(course, ["pages"])[0]).metadata["medialit"]["source"] == "course/pages/00b-a-page.md"
    with pytest.raises(MedialitError, match="There is no unit “tests”"):
        targets(course, ["tests"])
    (pages / "00b-a-page.md").write_text(EXERCISE, encoding="utf-8")
    with pytest.raises(CaseError, match=r"Only exercise\.md has cells with tags"):
        targets(course)
