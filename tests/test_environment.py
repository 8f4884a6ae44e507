"""The environments agree: pyproject.toml, environment.yml and constraints.txt list nothing twice and nothing apart."""

import tomllib

import pytest
import yaml
from packaging.requirements import Requirement

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
                waiting.extend(requirement.extras)
            else:
                found.append(requirement)
    return found


def test_conda_brings_python_and_pip_and_the_project_brings_the_rest():
    plain = [entry for entry in ENVIRONMENT["dependencies"] if isinstance(entry, str)]
    (pip,) = [entry["pip"] for entry in ENVIRONMENT["dependencies"] if isinstance(entry, dict)]
    assert plain == [f"python{PROJECT['requires-python']}", "pip"]
    assert pip == ["-c constraints.txt", "-e .[test]"]


def test_no_requirement_is_listed_twice():
    names = [norm(r.name) for r in asked(["test"])]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("requirement", asked(["test"]), ids=lambda r: r.name)
def test_every_requirement_is_pinned_within_its_range(requirement):
    pins = {norm(name): version for name, version in PINS.items()}
    assert norm(requirement.name) in pins
    assert requirement.specifier.contains(pins[norm(requirement.name)], prereleases=True)


def test_the_packages_the_course_is_built_on_are_there():
    names = {norm(r.name) for r in asked(["test"])}
    assert {"jupyterlab", "ipywidgets", "nltk", "matplotlib", "nbval"} <= names


def test_no_machine_path_or_host_stands_in_the_pins():
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "file:" not in text
    assert "://" not in text
