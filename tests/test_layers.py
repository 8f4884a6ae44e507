"""A room imports only from rooms below it, and what a learner uses opens no socket, thread or process."""

import ast
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from some import cannot_fail, some

import medialit

SOURCE = Path(medialit.__file__).parent
FLOORS = (
    ("errors",),
    ("browser", "english", "records"),
    ("article",),
    ("files",),
    ("case",),
    ("lenses",),
    ("scoring",),
    ("show",),
    ("progress",),
    ("forms",),
    ("exercises",),
    ("widgets",),
    ("units",),
    ("view",),
    ("paths",),
    ("launch", "classroom"),
    ("site",),
    ("authoring",),
    ("cli",),
    ("__main__",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
NOT_FOR_LEARNERS = {"paths", "authoring", "site", "classroom", "launch", "cli", "__main__"}
FORBIDDEN = {"socket", "threading", "subprocess", "multiprocessing", "concurrent", "asyncio", "urllib.request", "http"}
FILES = sorted(SOURCE.rglob("*.py"))


def room_of(path):
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@cache
def imports(path):
    """Names of all modules that a file imports, wherever the import stands."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return names + [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0]


def test_a_room_imports_only_from_below():
    assert {room_of(path) for path in FILES} <= {*FLOOR, "__init__"}, (
        "a room has no floor yet: give it one in this test"
    )
    rooms = [(path, room_of(path), name.split(".")) for path in FILES for name in imports(path)]
    up = [
        (path.name, ".".join(parts))
        for path, room, parts in some(rooms)
        if room != "__init__" and parts[0] == "medialit" and len(parts) > 1
        if parts[1] != room and FLOOR[parts[1]] >= FLOOR[room]
    ]
    assert up == []


def module_of(path):
    return ".".join(("medialit", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")


MODULES = {module_of(path) for path in FILES}


def run_by(node):
    """Every node below this one, without what only a type checker reads."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        yield child
        yield from run_by(child)


def needs(code):
    """Modules of the kit that this code imports while it runs, at the top or inside a function."""
    for node in run_by(ast.parse(code)):
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "Import by the whole name."
            # The name may be a module of the package, or something that the module holds.
            named = [whole if (whole := f"{node.module}.{a.name}") in MODULES else node.module for a in node.names]
        else:
            continue
        yield from (name for name in named if name in MODULES)


def circle(graph):
    """The modules of one circle, or none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def test_no_modules_import_each_other_in_a_circle():
    # The package itself answers for names that it loads when asked: everybody may import it.
    graph = {module_of(p): set(needs(p.read_text(encoding="utf-8"))) - {"medialit"} for p in FILES}
    assert graph["medialit.widgets.quiz"] > {"medialit.widgets.block", "medialit.widgets.page"}
    assert circle(graph) == []


@pytest.mark.parametrize("late", ["{}", "def late():\n    {}", "if True:\n    {}"])
def test_a_circle_is_found_wherever_the_import_stands(late):
    back = late.format("from medialit.case import load")
    assert circle({"medialit.case.load": {"medialit.case.gold"}, "medialit.case.gold": set(needs(back))})
    only_types = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from medialit.case import load"
    assert not circle({"medialit.case.load": {"medialit.case.gold"}, "medialit.case.gold": set(needs(only_types))})


def test_learners_rooms_open_no_sockets_threads_or_processes():
    learners = [path for path in FILES if room_of(path) not in NOT_FOR_LEARNERS]
    found = {(name, path.name) for path in learners for name in imports(path)}
    assert not [one for one in some(found) if FORBIDDEN & {one[0], one[0].partition(".")[0]}]


# What is imported, one after the other, and what none of it has loaded up to there.
NOT_LOADED = {
    "import medialit": "nltk pandas matplotlib ipywidgets numpy yaml pydantic",
    "from medialit.progress import Progress; Progress().restore(b'x')": (
        "pydantic nltk numpy pandas socket subprocess threading ipywidgets medialit.exercises"
    ),
    "import medialit.lenses.claims": "sklearn numpy pandas nltk",
    "import medialit.forms, medialit.units.registry": "ipywidgets",
    "import medialit.authoring.commands, medialit.authoring.article_file": "lxml docx pdfminer trafilatura",
}


def test_nothing_heavy_is_loaded_before_it_is_needed():
    lines = [
        f"{line}\nprint([name for name in {names.split()} if name in sys.modules])"
        for line, names in NOT_LOADED.items()
    ]
    code = "\n".join(["import sys", *lines])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert dict(zip(NOT_LOADED, done.stdout.splitlines(), strict=True)) == dict.fromkeys(NOT_LOADED, "[]")


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(AttributeError, match="load_case"):
        medialit.nothing_of_the_kind  # noqa: B018


def test_ruff_looks_at_every_file_of_ours():
    root = SOURCE.parents[1]
    if not (root / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run(["git", "ls-files", "-z", "*.py"], cwd=root, capture_output=True, text=True, check=True)
    tracked = {str(root / name) for name in listed.stdout.split("\0") if name and (root / name).exists()}
    assert len(tracked) > 300
    looked = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--show-files", "."],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert tracked - set(looked.stdout.splitlines()) == set()


def test_no_test_passes_when_there_is_nothing_to_look_at():
    files = [path for path in Path(__file__).parent.glob("**/test_*.py") if "node_modules" not in path.parts]
    found = {path.name: cannot_fail(path.read_text(encoding="utf-8")) for path in some(files)}
    assert {name: tests for name, tests in found.items() if tests} == {}


@pytest.mark.parametrize(
    ("body", "blind"),
    [
        ("for x in load(): assert x", True),
        ("for x in load():\n  for y in (1, 2): assert y", True),
        ("for x in (1, 2): assert x", False),
        ("for x in some(load()): assert x", False),
        ("xs = load()\nassert xs\nfor x in xs: assert x.ok", False),
        ("xs = load()\nassert not xs.faults\nfor x in xs: assert x.ok", False),
        ("assert all(x for x in load())", True),
        ("assert not [x for x in load() if x.bad]", True),
        ("assert not any(x.bad for x in load())", True),
        ("assert [x for x in load() if x.bad] == []", True),
        ("assert [x for x in some(load()) if x.bad] == []", False),
        ("assert {x.n for x in load()} == {1}", False),
        ("for x in load():\n  with pytest.raises(ValueError): x()", True),
        ("for x in load(): helper(x)\nassert True or x", False),
        ("helper(2)\nfor x in load(): assert x", False),
    ],
)
def test_a_test_that_cannot_fail_is_noticed(body, blind):
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    text = f"def helper(x):\n    assert x\n\ndef test_it():\n{lines}"
    assert cannot_fail(text) == (["test_it"] if blind else [])
