"""A room imports only from rooms below it, and what a learner uses opens no socket, thread or process."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import medialit

SOURCE = Path(medialit.__file__).parent
FLOORS = (
    ("errors",),
    ("lean",),
    ("article",),
    ("files",),
    ("case",),
    ("lenses",),
    ("scoring",),
    ("show",),
    ("progress",),
    ("exercises",),
    ("widgets",),
    ("units",),
    ("paths",),
    ("authoring", "launch", "classroom"),
    ("cli",),
    ("__main__",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
NOT_FOR_LEARNERS = {"paths", "authoring", "classroom", "launch", "cli", "__main__"}
FORBIDDEN = {"socket", "threading", "subprocess", "multiprocessing", "concurrent", "asyncio", "urllib.request", "http"}
FILES = sorted(SOURCE.rglob("*.py"))


def room_of(path):
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path):
    """Names of all modules that a file imports, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_room_imports_only_from_below(path):
    room = room_of(path)
    if room == "__init__":
        return
    assert room in FLOOR, f"{room} has no floor yet: give it one in this test"
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "medialit" and len(parts) > 1 and parts[1] != room:
            assert FLOOR[parts[1]] < FLOOR[room], f"{path.name} reaches up to {name}"


@pytest.mark.parametrize("path", [p for p in FILES if room_of(p) not in NOT_FOR_LEARNERS], ids=lambda p: p.name)
def test_learners_rooms_open_no_sockets_threads_or_processes(path):
    for name in imports(path):
        assert not any(name == bad or name.startswith(bad + ".") for bad in FORBIDDEN), f"{path.name} imports {name}"


def test_importing_the_kit_loads_nothing_heavy():
    heavy = ("nltk", "pandas", "matplotlib", "ipywidgets", "numpy", "yaml", "pydantic")
    code = f"import medialit, sys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(AttributeError, match="load_case"):
        medialit.nothing_of_the_kind  # noqa: B018
