"""Wheels for Python in the browser: pure ones made here, the course's own, and the lock that names them all."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
import tempfile
import zipfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medialit import __version__
from medialit.errors import MedialitError
from medialit.exercises.wording import for_the_browser
from medialit.site.run import run

# Rooms that no page of a learner imports; the view's bundle and the built pages are in the site itself.
NOT_IN_THE_BROWSER = tuple(f"medialit/{room}/" for room in ("authoring", "classroom", "site", "paths", "labextensions"))
# The kernel asks for these by name before the first cell.
KERNEL = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython")

# Left out of other packages, because no page loads it and a first visit would have to wait for it: tests, what belongs to a
# terminal or to another notebook, pydantic's old self, and nearly all languages that Pygments can color.
_LEFT_OUT = re.compile(
    r"/tests?/|^[^/]+\.data/|^anywidget/(lab|nb)extension/|^pydantic/(v1/|mypy\.py)"
    r"|^IPython/(sphinxext/|testing/(?!__init__|skipdoctest)|terminal/(?!__init__|pt_inputhooks/__init__))"
    # What IPython imports with its own lexers.
    r"|^pygments/lexers/(?!(__init__|_mapping|special|shell|javascript|jvm|_css_builtins|css|ruby|html|perl|python"
    r"|_scheme_builtins|lisp|_lilypond_builtins|lilypond|data|markup)\.py)"
    # What needs models or texts that NLTK would have to download.
    r"|^nltk/(app|book|ccg|chat|chunk|classify|cli|cluster|corpus|downloader|draw|help|inference|langnames|misc|parse"
    r"|sentiment|stem|tag|tbl|tgrep|toolbox|translate|treeprettyprinter|treetransforms|twitter|wsd)[/.]"
)
# What IPython asks for in a terminal, and jedi; a bare page of JupyterLite has it, and benchmarks/site.py compares with one.
NOT_LOADED = ("parso", "prompt_toolkit", "wcwidth", "six", "packaging")
# Completion by jedi would bring 5,600 files; without it, IPython completes names by looking at what is there.
_NO_JEDI = b'raise ImportError("jedi is not part of this site")\n'
# NLTK's own list of everything takes a second to load, and the course needs its tokenizers alone; its counts are there, too.
_NLTK = """
__version__ = {version!r}

def __getattr__(name):
    from importlib import import_module
    if not name.startswith("__"):
        try:
            return import_module(f"nltk.{{name}}")
        except ModuleNotFoundError as error:
            if error.name != f"nltk.{{name}}":
                raise
        for part in ("probability", "util", "text", "collocations", "tokenize", "metrics", "tree", "grammar"):
            module = import_module(f"nltk.{{part}}")
            if hasattr(module, name):
                return getattr(module, name)
    raise AttributeError(f"NLTK in the browser has its tokenizers and counts alone, and no {{name!r}}.")
"""


@dataclass(frozen=True)
class PureWheel:
    """A wheel of Python files alone. ``files``: contents by their path in the wheel."""

    name: str
    version: str
    files: Mapping[str, bytes]

    def write(self, folder: Path) -> Path:
        """Write it to ``folder``, the same bytes for the same files; the path of the wheel."""
        info = f"{self.name}-{self.version}.dist-info"
        files = {
            **self.files,
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {self.name}\nVersion: {self.version}\n".encode(),
            f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: medialit\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        record = "".join(f"{name},sha256={_digest(data)},{len(data)}\n" for name, data in files.items())
        files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
        path = folder / f"{self.name}-{self.version}-py3-none-any.whl"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
            for name in sorted(files):
                # A fixed date: what did not change is not fetched again.
                wheel.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), files[name], zipfile.ZIP_DEFLATED)
        return path


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def course_wheel(checkout: Path, folder: Path) -> Path:
    """The course's own wheel for the browser: what the usual wheel holds, without the rooms of instructors.

    Pages are in it without their outputs, so that one that was changed can be brought back.
    """
    files: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory(prefix="medialit-") as place:
        run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", place], "Building the wheel", checkout)
        with zipfile.ZipFile(next(Path(place).glob("*.whl"))) as wheel:
            for name in wheel.namelist():
                if name.startswith("medialit/") and not name.startswith(NOT_IN_THE_BROWSER):
                    files[name] = _without_outputs(name, wheel.read(name))
    return PureWheel("medialit", __version__, files).write(folder)


def lighter(path: Path, folder: Path) -> Path:
    """Copy a wheel to ``folder`` without what the browser has no use for; the path of the copy."""
    name, version = path.name.split("-")[:2]
    if name == "jedi":
        return PureWheel(name, version, {"jedi/__init__.py": _NO_JEDI}).write(folder)
    copy = folder / path.name
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "nltk/__init__.py":
                data = _NLTK.format(version=version).encode()
            if not _LEFT_OUT.search(entry.filename):
                new.writestr(zipfile.ZipInfo(entry.filename, entry.date_time), data, zipfile.ZIP_DEFLATED)
    return copy


def given(folder: Path, original: Mapping[str, Any], known: Collection[str]) -> dict[str, dict[str, Any]]:
    """What the lock says of NumPy, matplotlib and what they need, from a whole Pyodide in ``folder``; without ``known``.

    Raises MedialitError when the folder has no such packages, a file of them is missing, or it is another Pyodide.
    """
    try:
        own = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
        info, packages = own["info"], own["packages"]
    except (OSError, ValueError, KeyError, TypeError):
        raise MedialitError(
            f"{folder} is not a Pyodide folder: it needs pyodide-lock.json. Unpack the whole distribution, and name that."
        ) from None
    if info != original["info"]:
        raise MedialitError(
            f"{folder} has Python {info.get('python')} ({info.get('abi_version')}), and this site "
            f"{original['info']['python']} ({original['info']['abi_version']}). Get the distribution of the same Pyodide."
        )
    found: dict[str, dict[str, Any]] = {}
    wanted = ["numpy", "matplotlib"]
    while wanted:
        name = wanted.pop()
        if name in found or name in known:
            continue
        entry = packages.get(name) or {}
        if not entry or not (folder / entry["file_name"]).is_file():
            raise MedialitError(
                f"{folder} does not have {entry.get('file_name', name)}. Unpack the whole distribution."
            )
        found[name] = entry
        wanted += entry["depends"]
    return found


def _without_outputs(name: str, data: bytes) -> bytes:
    if not name.endswith(".ipynb"):
        return data
    page = json.loads(data)
    for cell in page["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    return for_the_browser(json.dumps(page, ensure_ascii=False)).encode()


def lock(original: Mapping[str, Any], wheels: Iterable[Path]) -> dict[str, Any]:
    """A lock of exactly these wheels, from the one that comes with Pyodide; the course's own wheel loads all others."""
    packages: dict[str, dict[str, Any]] = {}
    for path in sorted(wheels):
        name, version = path.name.split("-")[:2]
        with zipfile.ZipFile(path) as wheel:
            names = [n for n in wheel.namelist() if ".dist-info/" not in n and ".data/" not in n]
        packages[re.sub(r"[-_.]+", "-", name).lower()] = {
            "name": name.lower(),
            "version": version,
            "file_name": path.name,
            "install_dir": "site",
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "package_type": "package",
            "imports": sorted({name.split("/")[0].removesuffix(".py") for name in names}),
            "depends": [],
            "unvendored_tests": False,
        }
    packages["medialit"]["depends"] = sorted(set(packages) - {"medialit"})
    return {**original, "packages": packages}
