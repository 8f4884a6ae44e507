"""What the static site is made with, without a browser and without the network: wheels, the kit for a stick, its servers."""

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest
from family import ends_with_us

from medialit.errors import MedialitError
from medialit.site.build import build_site, write_kit
from medialit.site.guides import _page
from medialit.site.wheels import PureWheel, given, lighter, lock

# As a learner may name a folder.
PLACE = "Kurs für Łucja 教室"


def test_a_wheel_is_the_same_for_the_same_files_and_its_lock_names_it(tmp_path):
    one = PureWheel("medialit", "1.0", {"medialit/a.py": b"x = 1"}).write(tmp_path)
    before = one.read_bytes()
    other = PureWheel("other_one", "2.0", {"other/__init__.py": b"", "other/tests/t.py": b""}).write(tmp_path)
    assert PureWheel("medialit", "1.0", {"medialit/a.py": b"x = 1"}).write(tmp_path).read_bytes() == before
    known = lock({"info": {"python": "3.14"}, "packages": {"numpy": {}}}, [one, other])
    assert set(known["packages"]) == {"medialit", "other-one"}
    assert known["packages"]["medialit"]["depends"] == ["other-one"]
    assert known["packages"]["other-one"]["imports"] == ["other"]
    (tmp_path / "new").mkdir()
    assert not [n for n in zipfile.ZipFile(lighter(other, tmp_path / "new")).namelist() if "tests" in n]


INFO = {"python": "3.14.2", "abi_version": "2026_0", "arch": "wasm32"}


def whole_pyodide(folder, info=INFO, without=""):
    """A folder as Pyodide hands it out, with wheels of nothing; ``without`` is a file that was lost."""
    depends = {"numpy": [], "matplotlib": ["numpy", "six", "pillow"], "pillow": [], "six": [], "pandas": ["numpy"]}
    entries = {name: {"file_name": f"{name}-1-any.whl", "depends": list(all_)} for name, all_ in depends.items()}
    folder.mkdir(exist_ok=True)
    for entry in entries.values():
        if entry["file_name"] != without:
            (folder / entry["file_name"]).write_bytes(b"x")
    (folder / "pyodide-lock.json").write_text(json.dumps({"info": info, "packages": entries}), encoding="utf-8")
    return folder


def test_a_whole_pyodide_gives_numpy_and_matplotlib_and_what_they_need(tmp_path):
    found = given(whole_pyodide(tmp_path / "p"), {"info": INFO}, {"six"})
    assert sorted(found) == ["matplotlib", "numpy", "pillow"]
    assert found["pillow"]["file_name"] == "pillow-1-any.whl"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda folder: (folder / "pyodide-lock.json").unlink(), "is not a Pyodide folder"),
        (lambda folder: (folder / "pyodide-lock.json").write_text("{", encoding="utf-8"), "is not a Pyodide folder"),
        (lambda folder: (folder / "pyodide-lock.json").write_text("[]", encoding="utf-8"), "is not a Pyodide folder"),
        (
            lambda folder: whole_pyodide(folder, INFO | {"python": "3.12.1"}),
            "has Python 3.12.1 .* and this site 3.14.2",
        ),
        (lambda folder: (folder / "pillow-1-any.whl").unlink(), "does not have pillow-1-any.whl"),
        (lambda folder: shutil.rmtree(folder), "is not a Pyodide folder"),
    ],
)
def test_a_folder_that_is_no_whole_pyodide_is_named(tmp_path, change, says):
    folder = whole_pyodide(tmp_path / "p")
    change(folder)
    with pytest.raises(MedialitError, match=says):
        given(folder, {"info": INFO}, ())


def test_nltk_in_the_browser_loads_its_counts_only_when_they_are_asked_for(tmp_path):
    parts = ("probability", "util", "text", "collocations", "tokenize", "metrics", "tree", "grammar")
    files = {f"nltk/{name}.py": b"" for name in (*parts, "wsd")}
    files |= {"nltk/__init__.py": b"from nltk.wsd import *", "nltk/probability.py": b"FreqDist = 7"}
    wheel = PureWheel("nltk", "3", files).write(tmp_path)
    (tmp_path / "new").mkdir()
    code = (
        "import nltk, sys; print('nltk.probability' in sys.modules, nltk.FreqDist, nltk.__version__, nltk.text.__name__, "
        "hasattr(nltk, 'wsd'), hasattr(nltk, 'nothing'))"
    )
    light = lighter(wheel, tmp_path / "new")
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], env={"PYTHONPATH": str(light)}, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "7", "3", "nltk.text", "False", "False"]


def test_what_no_page_of_a_browser_loads_is_left_out(tmp_path):
    kept = (
        "IPython/core/page.py",
        "IPython/terminal/pt_inputhooks/__init__.py",
        "pygments/lexers/python.py",
        "pydantic/v2.py",
    )
    gone = (
        "IPython/terminal/embed.py",
        "pygments/lexers/ada.py",
        "pydantic/v1/main.py",
        "nltk/tag/api.py",
        "x/tests/a.py",
    )
    wheel = PureWheel("many", "1", dict.fromkeys((*kept, *gone), b"")).write(tmp_path)
    (tmp_path / "new").mkdir()
    names = zipfile.ZipFile(lighter(wheel, tmp_path / "new")).namelist()
    assert {name for name in names if ".dist-info/" not in name} == set(kept)


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(MedialitError, match="holds something else"):
        build_site(tmp_path, tmp_path / "cache", print)
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("link", "there"),
    [
        ("[Start](../README.md#start)", "[Start](start.md#start)"),
        ("[the key](answer-key.md)", "the key"),
        ("[paths](../course/paths.yaml)", "paths"),
        ("[board](../notebooks/05b-case-board.ipynb)", "[board](live:notebooks/05b-case-board.ipynb)"),
        ("[50](#50-minutes)", "[50](#50-minutes)"),
        ("[grading](grading.md#due)", "[grading](grading.md#due)"),
    ],
)
def test_links_of_a_guide_stay_inside_the_site(link, there):
    assert _page(f"See {link}.", "docs") == f"See {there}."


def test_wrong_answers_of_a_workshop_stay_on_the_leaders_sheet():
    said = _page("A\n<!-- wrong 50 -->\n| q4 | b: Two translations |\n<!-- end -->\nB", "docs")
    assert "Two translations" not in said
    assert "--sheet" in said


@pytest.fixture
def kit(tmp_path):
    """A kit of a small site, unpacked where a learner may put it, at a free port."""
    site = tmp_path / "site"
    (site / "live").mkdir(parents=True)
    for name, text in {"index.html": "<h1>Here</h1>", "live/a.wasm": "\0asm", "site.json": "{}"}.items():
        (site / name).write_text(text, encoding="utf-8")
    write_kit(site, tmp_path / "kit.zip")
    place = tmp_path / PLACE
    with zipfile.ZipFile(tmp_path / "kit.zip") as packed:
        packed.extractall(place)
    folder = place / "medialit-course"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for path in (folder / "serve.py", folder / "serve.pl"):
        path.write_text(path.read_text(encoding="utf-8").replace("8642", str(port)), encoding="utf-8")
    return folder, port


def answer(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as came:
        return came.headers["Content-Type"].split(";")[0], came.read()


@pytest.mark.skipif(os.name == "nt", reason="This script is for macOS and Linux.")
@pytest.mark.parametrize("language", ["python3", "perl"])
def test_the_kit_serves_from_a_folder_with_any_name(kit, tmp_path, language):
    folder, port = kit
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", language):
        found = sys.executable if name == "python3" else shutil.which(name)
        if found is None:
            pytest.skip(f"There is no {name} here.")
        (tools / name).symlink_to(found)
    command = ["sh", "Start the course.command", "--no-browser"]
    env = {"PATH": str(tools), "LANG": "C.UTF-8"}
    running = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, text=True, **ends_with_us())
    try:
        assert f"http://127.0.0.1:{port}/" in running.stdout.readline()
        assert answer(port, "/") == ("text/html", b"<h1>Here</h1>")
        assert answer(port, "/live/a.wasm?v=1") == ("application/wasm", b"\0asm")
        for outside in ("/../serve.py", "/%2e%2e/serve.py", "/live/none.js"):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                answer(port, outside)
        said = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=30, check=False)
        assert "is in use" in said.stdout + said.stderr
    finally:
        running.terminate()
        running.wait(10)


def test_a_kit_that_was_not_unpacked_whole_says_so(kit):
    folder, _ = kit
    (folder / "course" / "index.html").unlink()
    done = subprocess.run(
        [sys.executable, folder / "serve.py"], capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 1
    assert "Unpack the whole zip file" in done.stdout


def test_the_windows_script_names_the_same_port_and_types():
    kit = Path(__file__).parents[1] / "src/medialit/site/kit"
    for name in ("serve.ps1", "serve.pl", "README.txt"):
        assert "8642" in (kit / name).read_text(encoding="utf-8")
    assert "'application/wasm'" in (kit / "serve.ps1").read_text(encoding="utf-8")
