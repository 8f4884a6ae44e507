"""What the site is made of and the course is not: the builder of JupyterLite, Python for the browser, and wheels for it.

All of it comes from the registries of Python and npm, and is kept in a cache, so that the next build asks nobody.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from medialit.files import kit_root
from medialit.site.run import run
from medialit.site.wheels import PureWheel

# In an environment of its own: beside JupyterLab it breaks the modules that JupyterLab's extensions share.
BUILDER = (
    "jupyterlite-core==0.8.6",
    "jupyterlite-pyodide-kernel==0.8.6",
    "jupyter-server",
    "ipywidgets",
    "anywidget",
)
# What a page of the course imports, with what that needs; the kernel's own packages are the first two lines.
LEARNERS = (
    "ipython", "decorator", "jedi", "parso", "matplotlib-inline", "pygments", "stack-data", "executing", "asttokens",
    "pure-eval", "traitlets", "prompt-toolkit", "wcwidth", "comm", "six", "ipython-pygments-lexers", "micropip", "packaging",
    "ipywidgets", "anywidget", "psygnal", "nltk", "pydantic", "pydantic-core", "typing-extensions", "typing-inspection",
    "annotated-types", "jinja2",
)  # fmt: skip
# These have parts in C that they can do without: where their Python is in their wheels.
PURE = {"pyyaml": "yaml", "markupsafe": "markupsafe"}
QUIET = ("--quiet", "--disable-pip-version-check")
# The files of the npm package that a browser asks for; the others are for Node.
PYODIDE_FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "package.json")


@dataclass(frozen=True)
class Fetched:
    """Where the parts are: the builder's Python, Pyodide's folder, and the wheels for the browser."""

    python: Path
    pyodide: Path
    wheels: tuple[Path, ...]

    @property
    def kernel_wheels(self) -> list[Path]:
        """The wheels that come with JupyterLite's kernel."""
        folder = (
            self.python.parents[1] / "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
        )
        return [p for name in ("ipykernel", "piplite", "pyodide_kernel") for p in folder.glob(f"{name}-*.whl")]


def environment(folder: Path, packages: Iterable[str], what: str, held: bool = True) -> Path:
    """The Python of a virtual environment with these packages; it is made when it is missing or out of date.

    ``held``: to the versions that the course names.
    """
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp, wanted = folder / ".ready", "\n".join((*packages, sys.version, _constraints().read_text(encoding="utf-8")))
    if not (stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted):
        run([sys.executable, "-m", "venv", "--clear", folder], f"Making an environment for {what}")
        install: list[str | Path] = [*QUIET, "install", *(("-c", _constraints()) if held else ()), *packages]
        run([python, "-m", "pip", *install], f"Fetching {what}")
        stamp.write_text(wanted, encoding="utf-8")
    return python


def fetch(cache: Path) -> Fetched:
    """Bring everything into the cache that is not there yet. Raises MedialitError where a registry does not answer."""
    cache = cache.resolve()
    python = environment(cache / "builder", BUILDER, "JupyterLite")
    said = "from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION as v; print(v)"
    version = run([python, "-c", said], "Asking JupyterLite for its Python").strip()
    pyodide = cache / f"pyodide-{version}"
    if not (pyodide / "node_modules/pyodide/package.json").is_file():
        pyodide.mkdir(parents=True, exist_ok=True)
        quiet = ("--silent", "--no-audit", "--no-fund")
        run(["npm", "install", *quiet, f"pyodide@{version}"], "Fetching Python for the browser", pyodide)
    distribution = pyodide / "node_modules/pyodide"
    return Fetched(python, distribution, tuple(_wheels(python, distribution, cache / "wheels")))


def _wheels(python: Path, pyodide: Path, folder: Path) -> Iterable[Path]:
    pins = _pins()
    info = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]
    major, minor = info["python"].split(".")[:2]
    target: list[str | Path] = [
        "--platform", f"pyemscripten_{info['abi_version']}_wasm32", "--platform", "any", "--implementation", "cp",
        "--python-version", f"{major}.{minor}", "--abi", f"cp{major}{minor}", "--abi", "none",
    ]  # fmt: skip
    wanted = {name: f"{name}=={pins[name]}" if name in pins else name for name in LEARNERS}
    missing = [spec for name, spec in wanted.items() if not _found(folder, name, pins.get(name, ""))]
    if missing:
        _download(python, folder, "--only-binary=:all:", *target, *missing)
    for name in LEARNERS:
        yield _found(folder, name, pins.get(name, ""))[-1]
    for name, inside in PURE.items():
        yield _pure(python, folder, name, inside, pins[name])


def _pure(python: Path, folder: Path, name: str, inside: str, version: str) -> Path:
    """A package without its parts in C: the Python files of this computer's wheel. There is no wheel for the browser."""
    there = _found(folder, name, version)
    if there:
        return there[-1]
    source = folder / "for-this-computer"
    _download(python, source, "--only-binary=:all:", f"{name}=={version}")
    with zipfile.ZipFile(_found(source, name, version)[-1]) as wheel:
        files = {n: wheel.read(n) for n in wheel.namelist() if n.startswith(f"{inside}/") and n.endswith(".py")}
    return PureWheel(name, version, files).write(folder)


def _download(python: Path, folder: Path, *what: str | Path) -> None:
    said = "Fetching the packages for the browser"
    run([python, "-m", "pip", *QUIET, "download", "--no-deps", "-d", folder, *what], said)


def _found(folder: Path, name: str, version: str) -> list[Path]:
    return sorted(folder.glob(f"{name.replace('-', '_')}-{version or '*'}-*.whl"))


def _constraints() -> Path:
    return kit_root() / "constraints.txt"


def _pins() -> dict[str, str]:
    lines = _constraints().read_text(encoding="utf-8").splitlines()
    pins = (line.split("==") for line in lines if "==" in line and not line.startswith("#"))
    return {name.strip().lower().replace("_", "-"): version.split(";")[0].strip() for name, version in pins}
