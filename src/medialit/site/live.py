"""The live course: JupyterLite's single-document app and Lab, with the course view, Python and the pages in one folder."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from medialit.launch import FOLDERS, LABEXTENSIONS, SETTINGS
from medialit.site.fetch import PYODIDE_FILES, Fetched
from medialit.site.run import run
from medialit.site.wheels import KERNEL, course_wheel, lock

APPS = ("lab", "notebooks", "tree")
_NOT_PAGES = shutil.ignore_patterns(".ipynb_checkpoints", "*.new*")
KERNEL_PLUGIN = "@jupyterlite/pyodide-kernel-extension:kernel"


def write_live(checkout: Path, fetched: Fetched, out: Path) -> None:
    """Build the live course into ``out``, which must not be there yet. Raises MedialitError when the builder fails."""
    with tempfile.TemporaryDirectory(prefix="medialit-") as place:
        lite = Path(place)
        _pyodide(checkout, fetched, lite / "static" / "pyodide")
        for name in FOLDERS:
            shutil.copytree(checkout / name, lite / "files" / name, ignore=_NOT_PAGES)
        (lite / "jupyter-lite.json").write_text(json.dumps(_configuration()), encoding="utf-8")
        (lite / "overrides.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
        # The builder looks for extensions where its own environment has them.
        extensions = fetched.python.parents[1] / "share/jupyter/labextensions"
        shutil.rmtree(extensions / "medialit", ignore_errors=True)
        shutil.copytree(LABEXTENSIONS / "medialit", extensions / "medialit")
        build: list[str | Path] = [
            "build",
            "--lite-dir",
            lite,
            "--contents",
            lite / "files",
            "--output-dir",
            out,
            "--no-sourcemaps",
        ]
        apps = [part for app in APPS for part in ("--apps", app)]
        run([fetched.python, "-m", "jupyterlite_core", *build, *apps], "Building the live course", lite)


def _pyodide(checkout: Path, fetched: Fetched, folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in PYODIDE_FILES:
        shutil.copy(fetched.pyodide / name, folder)
    for path in (*fetched.wheels, *fetched.kernel_wheels):
        shutil.copy(path, folder)
    course_wheel(checkout, folder)
    original = json.loads((fetched.pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
    (folder / "pyodide-lock.json").write_text(json.dumps(lock(original, folder.glob("*.whl"))), encoding="utf-8")


def _configuration() -> dict[str, Any]:
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": [*KERNEL, "medialit"]}}
    data = {
        "appName": "medialit",
        "collaborative": False,
        "exposeAppInBrowser": True,
        # Sharing would copy an address that works on no other computer.
        "disabledExtensions": ["@jupyterlab/filebrowser-extension:share-file"],
        "litePluginSettings": {KERNEL_PLUGIN: kernel},
    }
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": data}
