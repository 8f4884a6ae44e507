"""Building notebooks: the same source gives the same bytes, drift is named, faults name their line."""

import nbformat
import pytest

from medialit.authoring.boxes import LABELS, BoxFault, render_boxes
from medialit.authoring.build import as_notebook, build, drifted, targets
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
:says: "too small"
answer = 1
```
"""


@pytest.fixture
def course(tmp_path):
    unit = tmp_path / "course" / "01-test"
    unit.mkdir(parents=True)
    (unit / "lesson.md").write_text(LESSON, encoding="utf-8")
    (unit / "exercise.md").write_text(EXERCISE, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    return tmp_path


@pytest.fixture
def built(course):
    build(course)
    return course


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
    assert cells[1].outputs[0].text == "2\n"
    assert cells[1].execution_count == 1


def test_a_second_build_changes_nothing(built):
    assert build(built) == []
    assert drifted(built) == []


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
    path = course / "course" / "01-test" / "lesson.md"
    path.write_text(LESSON.replace("print(1 + 1)", "1 / 0"), encoding="utf-8")
    with pytest.raises(MedialitError, match="code cell 1 failed while building"):
        build(course)
    assert not (course / "notebooks" / "01-test.ipynb").exists()


def test_a_lesson_of_26_cells_is_too_long(course):
    path = course / "course" / "01-test" / "lesson.md"
    path.write_text("\n".join(["```{code-cell} ipython3\n1\n```\n"] * 26), encoding="utf-8")
    with pytest.raises(CaseError, match="at most 25 cells"):
        targets(course)


@pytest.mark.parametrize("name", LABELS)
def test_every_known_box_says_its_name_in_words(name):
    made = render_boxes(f":::{{{name}}}\nHello\n:::", instructor=True)
    assert f"**{LABELS[name]}**" in made
    assert "\n\nHello\n\n" in made


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


def test_ids_do_not_change_from_build_to_build(course):
    one, other = (as_notebook(targets(course)[0]) for _ in range(2))
    assert one == other


def test_committed_notebooks_agree_with_their_sources_and_stay_small():
    assert drifted(kit_root()) == []
    for folder in ("notebooks", "exercises", "solutions"):
        for path in (kit_root() / folder).glob("*.ipynb"):
            assert path.stat().st_size < 200_000
