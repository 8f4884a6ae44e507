"""The environments agree: pyproject.toml, environment.yml and constraints.txt list nothing twice and nothing apart."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distribution, distributions

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from some import some

import medialit
from medialit.authoring.verify import STEPS, WORKSHOPS, more
from medialit.files import kit_root

ROOT = kit_root()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
PINS = dict(
    line.split("==")
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)


def norm(name):
    return name.lower().replace("_", "-").replace(".", "-")


def asked(extras):
    """Every requirement of the project with these extras, its own extras opened up."""
    found = [Requirement(text) for text in PROJECT["dependencies"]]
    waiting = list(extras)
    while waiting:
        for text in PROJECT["optional-dependencies"][waiting.pop()]:
            requirement = Requirement(text)
            if requirement.name == "medialit":
                waiting.extend(sorted(requirement.extras))
            else:
                found.append(requirement)
    return found


def test_the_version_is_written_down_once():
    assert PROJECT["dynamic"] == ["version"]
    assert "version" not in PROJECT


def test_the_workflow_runs_the_commands_of_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))["jobs"]
    matrix = jobs["readme"]["strategy"]["matrix"]
    assert {name.split("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}
    assert len(matrix["python"]) == 3
    assert all(SpecifierSet(PROJECT["requires-python"]).contains(version) for version in matrix["python"])
    lines = [line for step in jobs["readme"]["steps"] for line in step.get("run", "").splitlines()]
    assert len(lines) == 4
    for line in lines:
        # On Windows the version is chosen by name; otherwise each line is the README's own.
        assert line.replace("py -${{ matrix.python }}", "py") in readme, line


def test_conda_brings_python_and_pip_and_the_project_brings_the_rest():
    plain = [entry for entry in ENVIRONMENT["dependencies"] if isinstance(entry, str)]
    (pip,) = [entry["pip"] for entry in ENVIRONMENT["dependencies"] if isinstance(entry, dict)]
    python, *rest = plain
    # repo2docker reads only this form and otherwise starts from its own default, which is older than ours.
    version = re.fullmatch(r"python=(\d+\.\d+)", python)[1]
    assert SpecifierSet(PROJECT["requires-python"]).contains(version)
    assert (rest, pip) == (["pip"], ["-c constraints.txt", "-e .", "notebook"])


def test_binder_reads_this_environment_and_no_other_file():
    """What repo2docker looks for before environment.yml, or instead of it."""
    before = ("binder", ".binder", "Dockerfile", "Project.toml", "runtime.txt", "install.R", "default.nix")
    assert [name for name in before if (ROOT / name).exists()] == []
    assert os.access(ROOT / "postBuild", os.X_OK)


def test_a_page_asks_for_little_and_the_browser_for_nothing_that_it_cannot_have():
    found = [Requirement(text) for text in PROJECT["dependencies"]]
    here, there = (
        {r.name for r in found if not r.marker or r.marker.evaluate({"sys_platform": s})}
        for s in ("linux", "emscripten")
    )
    assert there == {"ipywidgets", "anywidget", "nltk", "pydantic", "pyyaml", "jinja2", "traitlets"}
    assert here - there == {"jupyterlab", "ipykernel", "nbformat", "typer", "matplotlib"}


def test_what_binder_runs_after_the_set_up_works(tmp_path):
    """The same script with a Python of its own place, so that this environment stays as it is."""
    env = {**os.environ, "JUPYTER_DATA_DIR": str(tmp_path / "jupyter")}
    script = (ROOT / "postBuild").read_text(encoding="utf-8")
    code = script.partition("<<'END'\n")[2].partition("END\n")[0]
    code = code.replace("sys.prefix", repr(str(tmp_path)))
    subprocess.run([sys.executable, "-c", code], env=env, check=True)
    overrides = tmp_path / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    assert "notification" in overrides.read_text(encoding="utf-8")
    assert (tmp_path / "jupyter" / "nbsignatures.db").exists()


def test_no_requirement_is_listed_twice():
    names = [norm(r.name) for r in asked(["test", "browser"])]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("requirement", asked(["test", "browser"]), ids=lambda r: r.name)
def test_every_requirement_is_pinned_within_its_range(requirement):
    pins = {norm(name): version for name, version in PINS.items()}
    assert norm(requirement.name) in pins
    assert re.fullmatch(r"[\w.]+", pins[norm(requirement.name)]), "no path of a machine and no host"
    assert requirement.specifier.contains(pins[norm(requirement.name)], prereleases=True)


def test_every_pin_can_be_installed_with_the_oldest_python_that_is_allowed():
    oldest = PROJECT["requires-python"].removeprefix(">=") + ".0"
    here = [one.metadata for one in distributions() if PINS.get(one.name) == one.version]
    assert len(here) > 50
    assert [m["Name"] for m in here if not SpecifierSet(m["Requires-Python"] or "").contains(oldest)] == []


def test_every_package_that_the_kit_imports_is_declared():
    imported = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(node.module.split(".")[0])
    # "medialit author train" asks for scikit-learn by name: nobody else needs it.
    imported -= {"medialit", "sklearn", "scipy", *sys.stdlib_module_names}
    assert len(imported) > 10
    files = [file for r in asked(["author"]) for file in distribution(r.name).files]
    assert imported - {file.parts[0].removesuffix(".py") for file in files} == set()


def test_the_readme_starts_with_two_commands_and_the_same_for_windows():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    start, windows = re.findall(r"```\n(.*?)```", text, re.DOTALL)[:2]
    assert [line.split("#")[0].strip() for line in start.splitlines()] == ["make lab", "make test"]
    assert [line.rpartition("\\")[2] for line in windows.splitlines()] == [
        "py -m venv .venv",
        'python -m pip install -c constraints.txt -e ".[test]"',
        "medialit lab",
        "python -m medialit.authoring.verify",
    ]


def test_the_continuous_check_runs_the_readmes_commands():
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("make test")] == [
        f"make test{x}" for x in ("", "-more", "-floors", "-browser")
    ]
    assert lines[-1] == "make test-browser"
    assert "set -euo pipefail" in lines


def test_what_make_test_leaves_out_is_run_by_make_test_more():
    left_out = {a.partition("=")[2] for _, command in STEPS for a in command if a.startswith("--ignore")}
    assert left_out == {WORKSHOPS, "tests/browser"}
    assert set(some(page.relative_to(ROOT).as_posix() for page in ROOT.glob(WORKSHOPS))) <= set(more(ROOT)[0][1])


def test_the_version_is_written_in_one_place_and_told_truly_elsewhere():
    told = {
        "README.md": r"medialit-([\d.]+)-py3",
        "docs/grading.md": r"medialit-([\d.]+)-py3",
        "docs/releasing.md": r"for instance `v([\d.]+)`",
        "CHANGELOG.md": r"^## ([\d.]+)",
        "labextension/package.json": r'^  "version": "(.+)"',
    }
    for name, pattern in told.items():
        found = re.search(pattern, (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        assert found, name
        assert found[1] == medialit.__version__, name
