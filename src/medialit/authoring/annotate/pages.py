"""The notebooks in which a case is begun, annotated and settled, and what the course view must know to show them.

The course view runs a cell on its own only when its code is in a list that the notebook did not bring. The command that
starts the server makes this list here, from the same functions that write the notebooks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medialit.authoring.annotate import PARTS, SETTLED, annotate, settle
from medialit.case import load_case
from medialit.errors import MedialitError
from medialit.files import read_text, write_whole
from medialit.view import story_of

BEGIN = "begin-a-case"
_YOURS = "Your own article"
_NO_STORY = {"case": "", "title": "", "language": "en", "label": "", "credit": "", "blocks": [], "glossary": {}}


@dataclass(frozen=True)
class AuthorPage:
    """A notebook for authors: its name (the file, without .ipynb), its title, and ``parts``, each (heading, code).

    ``about`` is the heading at its top.
    """

    name: str
    title: str
    about: str
    parts: tuple[tuple[str, str], ...]

    def write(self, folder: Path) -> Path:
        """Write it into a folder. A notebook there is replaced, unless it has cells that were not made here."""
        path = folder / f"{self.name}.ipynb"
        if _has_own_cells(path):
            return path
        cells = [_cell("about", f"# {self.about}")]
        for number, (heading, code) in enumerate(self.parts, 1):
            if heading:
                cells.append(_cell(f"part-{number}-about", f"## {heading}"))
            cells.append(_cell(f"part-{number}", code, cell_type="code", execution_count=None, outputs=[]))
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        about = {"kernelspec": kernel, "medialit": {"page": self.name}}
        made = {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
        write_whole(path, f"{json.dumps(made, ensure_ascii=False, indent=1)}\n".encode())
        return path

    def known(self) -> dict[str, Any]:
        """The page as ``course.json`` would have it."""
        sections = [{"title": heading, "items": []} for heading, _ in self.parts if heading]
        return {
            "title": self.title,
            "code": [code for _, code in self.parts],
            "sections": sections,
            "stories": [],
            "guesses": {},
        }


def _cell(name: str, source: str, **more: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source, **more}


def _has_own_cells(path: Path) -> bool:
    """Does a notebook hold a cell that :meth:`AuthorPage.write` never makes?"""
    if not path.is_file():
        return False
    try:
        cells = json.loads(read_text(path))["cells"]
        return any(not str(cell.get("id")).startswith(("about", "part-")) for cell in cells)
    except (ValueError, KeyError, TypeError, AttributeError):
        return True


def begin_page(name: str = "") -> AuthorPage:
    """The page on which a case is begun; with a name, that of its folder is proposed."""
    given = json.dumps(name) if name else ""
    return AuthorPage(BEGIN, "Begin", _YOURS, (("", f"import medialit\n\nmedialit.begin_case({given})"),))


def coder_page(coder: int, about: str = _YOURS) -> AuthorPage:
    """The annotation notebook of a coder. Its code is the same for every case: it works on the folder it is in."""
    parts = (
        (part.title, f'import medialit\n\nmedialit.annotate(".", coder={coder}, part="{name}")')
        for name, part in PARTS.items()
    )
    return AuthorPage(f"annotate-coder-{coder}", f"Coder {coder}", about, tuple(parts))


def settle_page(about: str = _YOURS) -> AuthorPage:
    """The page on which the passes of several coders are brought together."""
    parts = ((part.title, f'import medialit\n\nmedialit.settle(".", part="{name}")') for name, part in SETTLED.items())
    return AuthorPage("settle-coders", "Where coders differ", about, tuple(parts))


def settle_notebook(folder: Path) -> Path:
    """Write the notebook of the settle page into the folder of a case. Raises MedialitError as :func:`settle` does."""
    settle(folder)
    return settle_page(load_case(folder).title).write(folder)


def annotation_page(folder: Path, coder: int) -> Path:
    """Write the annotation notebook of a case into its folder. Raises MedialitError as :func:`annotate` does."""
    annotate(folder, coder)
    return coder_page(coder, load_case(folder).title).write(folder)


def begin_notebook(folder: Path, name: str = "") -> Path:
    """Write the notebook in which a case is begun. Raises MedialitError when the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return begin_page(name).write(folder)
    except OSError as error:
        raise MedialitError(
            f"Nothing can be written to {folder} ({error.strerror}). Choose another folder with --folder."
        ) from None


def view_of(pages: Iterable[AuthorPage], folder: Path | None = None) -> str:
    """What the course view shows in place of the course, as JSON: these pages, and the story of the case in a folder.

    The pages that a first coder can make on the way are known as well.
    """
    known = {page.name: page.known() for page in pages}
    if coder_page(1).name in known:
        known |= {page.name: page.known() for page in (coder_page(2), settle_page())}
    case = load_case(folder) if folder else None
    data = {
        "brand": case.title if case else _YOURS,
        "case": case.name if case else "",
        "start": "",
        "steps": [{"title": page["title"], "pages": [name]} for name, page in known.items()],
        "workshops": [],
        "pages": known,
        "items": {},
        "board": {"title": "", "pieces": []},
        "story": story_of(case) if case else _NO_STORY,
    }
    return json.dumps(data, ensure_ascii=False)
