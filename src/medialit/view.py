"""What the course view in JupyterLab asks of a page's kernel. Each answer is JSON in its ``repr``.

A page that is left hands its kernel on to the next one, which then has everything loaded: ``begin`` makes it as good as new.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medialit import __version__
from medialit.errors import MedialitError
from medialit.files import kit_root, read_text

if TYPE_CHECKING:
    from medialit.case import Case

# What the first units need.
_NEEDED = (
    "ipywidgets",
    "medialit.units.welcome",
    "medialit.widgets.quiz",
    "medialit.widgets.task",
    "medialit.show.charts",
)
# The folder of the first page, as the server names it, and where it lies on the disk.
_first: tuple[str, str] | None = None


class Answer(dict[str, Any]):
    """A dictionary that shows itself as JSON."""

    def __repr__(self) -> str:
        return json.dumps(self)


def begin(folder: str = "", *, clear: bool = False, warm: bool = False) -> Answer:
    """Make this kernel ready for a page in ``folder`` (a path of the server, such as ``course/exercises``).

    ``clear`` takes away what the page before left: its widgets, its charts, its names. ``warm`` loads what the first
    page of the course needs, while nobody waits for it.
    """
    global _first
    if _first is None:
        _first = folder, os.getcwd()
    else:
        start, place = _first
        os.chdir(Path(place, os.path.relpath(folder or ".", start or ".")).resolve())
    if clear:
        _clear()
    if warm:
        for name in _NEEDED:
            with suppress(ImportError):
                import_module(name)
    return Answer(version=__version__)


def _clear() -> None:
    """Close all widgets and charts, and forget the names that cells have made."""
    if widgets := sys.modules.get("ipywidgets"):
        widgets.Widget.close_all()
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")
    if ipython := sys.modules.get("IPython"):
        shell = ipython.get_ipython()
        if shell is not None:
            for name in set(shell.user_ns) - set(shell.user_ns_hidden):
                if not name.startswith("_"):
                    del shell.user_ns[name]
            shell.displayhook.flush()
    gc.collect()


def original(page: str) -> Answer:
    """The kit's own notebook of a page (``notebooks/01-quotes``), as it was built. Raises MedialitError for another one."""
    folder, _, name = page.partition("/")
    path = kit_root() / folder / f"{name}.ipynb"
    if folder not in ("notebooks", "exercises") or path.parent != kit_root() / folder or not path.is_file():
        raise MedialitError(f"The course has no page “{page}”.")
    return Answer(page=json.loads(read_text(path)))


def story() -> Answer:
    """The story of the case whose folder this page is in."""
    from medialit.case import load_case

    return Answer(story_of(load_case(os.getcwd())))


def story_of(case: Case) -> dict[str, Any]:
    """The numbered article: each block with its place in the text, in code points, so that marks can be drawn."""
    article = case.article
    blocks = [
        {"kind": block.kind, "number": block.number, "start": block.span.start, "text": article[block.span]}
        for block in article.blocks
    ]
    about = {"case": case.name, "title": case.title, "language": case.about.language}
    about |= {"label": case.about.label, "credit": case.about.credit}
    return {**about, "blocks": blocks, "glossary": dict(case.glossary)}


def saved() -> Answer:
    """The progress file as it should be: with what could not be written yet."""
    from medialit.progress import Progress

    return Answer(text=Progress.default().as_bytes().decode("utf-8"))


def bring_back(text: str) -> Answer:
    """Merge the text of a saved progress file into the one of this course; what is here already is kept."""
    from medialit.progress import Progress

    report = Progress.default().restore(text.encode("utf-8"))
    return Answer(ok=report.ok, said=str(report))
