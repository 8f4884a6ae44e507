"""The course view's data and the kernel's side of it: only the kit's own code may ever start on its own."""

import json
import re
import subprocess
import sys

import nbformat
import pytest
import yaml
from some import some

import medialit
from medialit import view
from medialit.authoring.build import as_notebook, targets
from medialit.authoring.course import COURSE_JSON, course_json
from medialit.authoring.source import CODE_DOOR, SHOWN, read_source
from medialit.errors import CaseError, MedialitError
from medialit.files import kit_root
from medialit.launch import LABEXTENSIONS, lab_arguments, write_settings
from medialit.units.registry import UNITS

COURSE = json.loads((kit_root() / COURSE_JSON).read_text(encoding="utf-8"))


def learners_pages():
    found = {
        f"{folder}/{path.stem}": nbformat.read(path, as_version=4)
        for folder in ("notebooks", "exercises")
        for path in sorted((kit_root() / folder).glob("*.ipynb"))
    }
    assert len(found) > 15
    return found


def test_every_code_cell_of_every_page_is_listed_and_no_other():
    pages = learners_pages()
    assert set(COURSE["pages"]) == set(pages)
    for name, notebook in pages.items():
        code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
        assert (COURSE["pages"][name]["code"], notebook.metadata["medialit"]["page"]) == (code, name)


def test_no_solution_is_in_the_list():
    listed = {code for page in COURSE["pages"].values() for code in page["code"]}
    solved = [t for t in targets(kit_root()) if t.path.parent.name == "solutions"]
    cells = [cell.text for target in solved for cell in target.cells if cell.role == "solution"]
    assert len(cells) > 25
    assert not listed & set(cells)


def test_every_page_and_item_has_its_place():
    on_the_way = [name for step in COURSE["steps"] for name in step["pages"]]
    in_workshops = [name for shop in COURSE["workshops"] for name in shop["pages"]]
    assert sorted([COURSE["start"], *on_the_way, *in_workshops]) == sorted(COURSE["pages"])
    units = [step for step in COURSE["steps"] if "unit" in step]
    assert [len(step["pages"]) for step in units] == [2] * len(UNITS)
    assert all(COURSE["pages"][name]["minutes"] > 0 for step in units for name in step["pages"])
    # Every item under a heading can be ticked.
    asked = {item for page in COURSE["pages"].values() for section in page["sections"] for item in section["items"]}
    free = {item for item in asked if item not in COURSE["items"]}
    # Notes and tests have no version; everything else has.
    assert {item.split("/")[0] for item in free if item.endswith("/*")} == {"test-before", "test-after", "test-recheck"}
    assert len(asked - free) > 80
    # And nothing that can be answered is left out.
    assert set(COURSE["items"]) - asked == set()


def test_what_waits_for_a_guess_and_what_is_in_the_story_panel_is_known():
    for name, page in COURSE["pages"].items():
        asked = {item for section in page["sections"] for item in section["items"]}
        calls = [code for code in page["code"] if ".predict(" in code]
        assert len(page["guesses"]) == len(calls), name
        assert set(page["guesses"].values()) <= asked
        assert all(".predict(" in page["code"][int(place)] for place in page["guesses"])
        # A second story is not the one in the panel.
        assert [page["code"][place] for place in page["stories"]] == [
            code for code in page["code"] if ".read(" in code and not code.startswith("pool")
        ]
    lessons = [COURSE["pages"][name] for step in COURSE["steps"] if "unit" in step for name in step["pages"][:1]]
    assert all(page["guesses"] and page["stories"] for page in some(lessons))


# What tells people to run code where a page starts on its own.
RUNNING = re.compile(
    r"run all|run (the|this|its|a) (cell|page)|run it again|when you ran|shift\+enter|run menu|run →", re.I
)
PLAIN = re.compile(r'<(p|div) class="medialit-plain">.*?</\1>', re.S)


def test_nobody_is_told_to_run_cells_where_pages_start_on_their_own():
    """In every page as it is built, words and outputs alike; what the plain view needs is in a frame that the view hides."""
    plain = 0
    for name, notebook in some(learners_pages().items()):
        for cell in notebook.cells:
            shown = [cell.source] if cell.cell_type == "markdown" else []
            shown += ["".join(o.data["text/html"]) for o in cell.get("outputs", ()) if "text/html" in o.get("data", {})]
            for words in shown:
                plain += len(PLAIN.findall(words))
                found = RUNNING.search(PLAIN.sub("", words))
                assert not found, f"{name}: {words[max(0, found.start() - 60) : found.end() + 60]}"
    assert plain > 100
    files = [path for path in kit_root().glob("course/**/*.yaml") if path.name != "interface.yaml"]
    for path in some(files):
        assert not RUNNING.search(PLAIN.sub("", path.read_text(encoding="utf-8"))), path
    told = yaml.safe_load((kit_root() / "course" / "interface.yaml").read_text(encoding="utf-8"))
    assert [key for key, words in some(told.items()) if RUNNING.search(str(words))] == []


def test_the_list_is_the_same_in_every_build_and_the_story_the_article(tmp_path):
    built = [(f"{t.path.parent.name}/{t.path.stem}", t.cells) for t in targets(kit_root())]
    pages = [(name, cells) for name, cells in built if not name.startswith("solutions/")]
    assert course_json(kit_root(), pages) == (kit_root() / COURSE_JSON).read_text(encoding="utf-8")
    # The story is the article word for word.
    text = medialit.load_case(COURSE["case"]).article.text
    blocks = COURSE["story"]["blocks"]
    assert [b["number"] for b in blocks if b["number"]] == list(range(1, max(b["number"] for b in blocks) + 1))
    assert all(text[b["start"] : b["start"] + len(b["text"])] == b["text"] for b in blocks)


def test_extension_and_package_have_one_version():
    for place in ("labextension/package.json", "src/medialit/labextensions/medialit/package.json"):
        package = json.loads((kit_root() / place).read_text(encoding="utf-8"))
        assert package["version"] == medialit.__version__
    assert COURSE["version"] == medialit.__version__
    bundle = [path for path in (LABEXTENSIONS / "medialit" / "static").iterdir() if path.suffix == ".js"]
    assert 0 < sum(path.stat().st_size for path in bundle) < 150_000


SOURCE = """# A page

```{code-cell} ipython3
unit = 1
```

```{code-cell} ipython3
:tags: [show-code]
print(unit)
```

*Code door, optional.* Change the line.

```{code-cell} ipython3
:tags: [stub]
answer = None
```

```{code-cell} ipython3
:tags: [solution]
answer = 1
```
"""


def test_pages_and_tags(tmp_path):
    unit = tmp_path / "course" / "01-a"
    unit.mkdir(parents=True)
    (unit / "exercise.md").write_text(SOURCE, encoding="utf-8")
    exercise, solution = (as_notebook(target) for target in targets(tmp_path))
    folded = {"jupyter": {"source_hidden": True}}
    door = {"tags": [CODE_DOOR]}
    assert [c.metadata for c in exercise.cells] == [{}, folded, {"tags": [SHOWN]}, door, door]
    assert solution.cells[-1].metadata == {}
    # An unknown tag is named.
    path = tmp_path / "lesson.md"
    path.write_text(SOURCE.replace("show-code", "show"), encoding="utf-8")
    with pytest.raises(CaseError, match="show-code"):
        read_source(path)


def in_a_kernel(cells, folder):
    """Run cells in a fresh shell of IPython that starts in ``folder``, as a kernel does; what they print."""
    start = "from IPython.core.interactiveshell import InteractiveShell as S; shell = S.instance()"
    script = f"{start}\nfor cell in {cells!r}: shell.run_cell(cell, store_history=False).raise_error()"
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True)
    assert not done.returncode, done.stdout + done.stderr
    return done.stdout.splitlines()


def test_a_page_after_another_finds_its_own_folder_and_nothing_left_over(tmp_path):
    for name in ("notebooks", "exercises"):
        (tmp_path / "a" / name).mkdir(parents=True)
    where = "import os; print(os.path.basename(os.getcwd()))"
    cells = [
        "from medialit import view; view.begin('a/notebooks'); import builtins, ipywidgets",
        "builtins.box = ipywidgets.Text(); left = 1; print(box.comm is None)",
        "_ = view.begin('a/exercises', clear=True)",
        f"print('left' in globals(), 'view' in globals(), box.comm is None); {where}",
        f"from medialit import view; _ = view.begin('a/notebooks'); {where}",
    ]
    assert in_a_kernel(cells, tmp_path / "a" / "notebooks") == ["False", "False False True", "exercises", "notebooks"]


def test_answers_are_json_and_a_foreign_file_a_sentence(monkeypatch, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", "from medialit import view; print(repr(view.begin(warm=True)))"],
        capture_output=True,
        text=True,
    )
    assert json.loads(done.stdout) == {"version": medialit.__version__}
    # Bringing back a foreign file is a sentence.
    monkeypatch.setenv("MEDIALIT_PROGRESS", str(tmp_path))
    answer = json.loads(repr(view.bring_back("not a progress file")))
    assert answer["ok"] is False
    assert answer["said"]


@pytest.mark.parametrize(
    "page",
    ["notebooks/none", "solutions/01-quotes", "notebooks/../solutions/01-quotes", "notebooks", "/etc/passwd", ""],
)
def test_only_a_learners_page_is_brought_back(page):
    with pytest.raises(MedialitError, match="no page"):
        view.original(page)
    assert view.original("notebooks/01-quotes")["page"]["cells"]


def test_the_lab_knows_the_course_view_and_plain_turns_it_off(tmp_path):
    assert f"--LabApp.extra_labextensions_path={LABEXTENSIONS}" in lab_arguments(kit_root(), tmp_path, None, False)
    write_settings(tmp_path)
    page = json.loads((tmp_path / "page_config.json").read_text(encoding="utf-8"))
    assert "medialit" not in page["disabledExtensions"]
    write_settings(tmp_path, plain=True)
    page = json.loads((tmp_path / "page_config.json").read_text(encoding="utf-8"))
    assert page["disabledExtensions"] == {"medialit": True}
