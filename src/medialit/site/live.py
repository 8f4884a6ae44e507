"""The live course: JupyterLite's single-document app and Lab, with the course view, Python and the pages in one folder."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

from medialit.errors import MedialitError
from medialit.exercises.wording import for_the_browser
from medialit.launch import FOLDERS, LABEXTENSIONS, SETTINGS
from medialit.show.templates import template
from medialit.site.fetch import PYODIDE_FILES, Fetched
from medialit.site.run import digests, run
from medialit.site.wheels import KERNEL, NOT_LOADED, course_wheel, given, lighter, lock

TITLE = "One news story, four lenses"
PAGES = Path(__file__).parent / "pages"
# What is large and loaded at every start: compiled once here, not each time in every browser.
COMPILED = ("medialit", "ipython", "pydantic", "nltk", "ipywidgets", "anywidget", "pyyaml", "jinja2", "traitlets")
APPS = ("lab", "notebooks", "tree")
_NOT_PAGES = shutil.ignore_patterns(".ipynb_checkpoints", "*.new*")
KERNEL_PLUGIN = "@jupyterlite/pyodide-kernel-extension:kernel"


def write_live(checkout: Path, fetched: Fetched, out: Path, whole: Path | None = None) -> None:
    """Build the live course into ``out``, which must not be there yet. Raises MedialitError when the builder fails.

    From ``whole``, a whole Pyodide, cells can import NumPy and matplotlib; a browser fetches them when one does.
    """
    with tempfile.TemporaryDirectory(prefix="medialit-") as place:
        lite = Path(place)
        later = _pyodide(checkout, fetched, lite / "static" / "pyodide", whole)
        for name in FOLDERS:
            shutil.copytree(checkout / name, lite / "files" / name, ignore=_NOT_PAGES)
            for page in (lite / "files" / name).glob("*.ipynb"):
                page.write_text(for_the_browser(page.read_text(encoding="utf-8")), encoding="utf-8")
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
    _answer_errors(out)
    _first_seconds(out, later)


# JupyterLite's drive leaves Python waiting for ever when the page meets an error (no room, a file that is gone). This is what
# the page and the worker between them say instead, so that Python raises OSError and start.js tells the learner.
_ERRORS = {
    "build/*.js": (
        r"(_driveContentsProcessor\.processDriveRequest\(\w+\))",
        r"\1.catch(error=>(dispatchEvent(new CustomEvent('medialit-drive',{detail:error})),{failed:true}))",
    ),
    "service-worker.js": (
        r"new Response\(JSON\.stringify\((\w+)\.response\)\)",
        r"new Response(JSON.stringify(\1.response),{status:\1.response?.failed?500:200})",
    ),
}


def _answer_errors(out: Path) -> None:
    for where, (old, new) in _ERRORS.items():
        changed = 0
        for path in out.glob(where):
            text, count = re.subn(old, new, path.read_text(encoding="utf-8"))
            if count:
                path.write_text(text, encoding="utf-8")
            changed += count
        if changed != 1:
            raise MedialitError("This JupyterLite has another drive than the site knows.")


def _first_seconds(out: Path, later: Collection[str]) -> None:
    """What a page shows while it loads, and what keeps it for the time without the network; ``later`` is loaded on demand."""
    names = [path for path in (out / "static/pyodide").iterdir() if path.name not in ("package.json", *later)]
    pages = sorted(path for part in ("files", "api/contents") for path in (out / part).rglob("*.*"))
    start = {
        "files": {path.relative_to(out).as_posix(): path.stat().st_size for path in sorted(names)},
        "pages": [path.relative_to(out).as_posix() for path in pages],
    }
    (out / "start.json").write_text(json.dumps(start), encoding="utf-8")
    shutil.copy(PAGES / "start.js", out)
    digest = hashlib.sha256(json.dumps(digests(out), sort_keys=True).encode()).hexdigest()[:16]
    worker = out / "service-worker.js"
    # JupyterLite's worker takes over at once; here a newer version of the course waits for the learner.
    own = worker.read_text(encoding="utf-8")
    if "self.skipWaiting()," not in own:
        raise MedialitError("This JupyterLite has another service worker than the site knows.")
    before = template(PAGES / "service-worker.js").render(digest=digest)
    worker.write_text(before + own.replace("self.skipWaiting(),", ""), encoding="utf-8")
    for app in APPS:
        page = out / app / "index.html"
        text = page.read_text(encoding="utf-8").replace("<html>", '<html lang="en">', 1)
        text = re.sub("<title>.*?</title>", f"<title>{TITLE}</title>", text, count=1)
        icon = '<link rel="icon" href="../lab/favicon.ico">\n    <script src="../start.js"></script>\n'
        page.write_text(text.replace("<style>", f"{icon}    <style>", 1), encoding="utf-8")


def _pyodide(checkout: Path, fetched: Fetched, folder: Path, whole: Path | None) -> list[str]:
    """Fill Pyodide's folder of the site; the names of the files that no page of the course asks for."""
    folder.mkdir(parents=True)
    for name in PYODIDE_FILES:
        shutil.copy(fetched.pyodide / name, folder)
    for path in (*fetched.wheels, *fetched.kernel_wheels):
        if path.name.split("-")[0] not in NOT_LOADED:
            lighter(path, folder)
    course_wheel(checkout, folder)
    with tempfile.TemporaryDirectory(prefix="medialit-") as place:
        for name in COMPILED:
            shutil.move(next(folder.glob(f"{name}-*.whl")), place)
        compiler: list[str | Path] = ["node", PAGES / "compile.mjs", fetched.pyodide, place, folder]
        run(compiler, "Compiling for the browser")
    original = json.loads((fetched.pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
    known = lock(original, folder.glob("*.whl"))
    more = given(whole, original, known["packages"]) if whole else {}
    for entry in more.values():
        shutil.copy(Path(whole or "") / entry["file_name"], folder)
    known["packages"] |= more
    (folder / "pyodide-lock.json").write_text(json.dumps(known), encoding="utf-8")
    return [entry["file_name"] for entry in more.values()]


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
