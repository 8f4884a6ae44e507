"""The annotation notebook: an article of one's own becomes a case, part by part, by mouse or keyboard and without YAML.

The program proposes to the first coder. A proposal becomes part of the key only when somebody has confirmed it. A second
coder sees no proposals, and nothing of the first. A part is a module with a :class:`~medialit.widgets.page.Page` that takes
the folder of the case, its article and the number of the coder, and writes files of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from medialit.errors import MedialitError

if TYPE_CHECKING:
    from medialit.widgets.page import Page


@dataclass(frozen=True)
class Part:
    """One part of the notebook: the class that draws it, and its heading."""

    where: str
    title: str


PARTS = {"quotes": Part("medialit.authoring.annotate.quotes:QuoteCoding", "Who says what?")}


def annotate(case: str | Path, coder: int = 1, part: str = "quotes") -> Page:
    """One part of the annotation notebook of a case in a folder, for its first coder or another one.

    Raises MedialitError when there is no such case or part, or when the case or its coding is not one to be changed here.
    """
    from medialit.case import load_case
    from medialit.case.bounds import open_article
    from medialit.files import data_path

    if type(coder) is not int or coder < 1:
        raise MedialitError("Coders are numbered: the first one is coder 1.")
    if part not in PARTS:
        raise MedialitError(f"There is no part “{part}”. Parts: {', '.join(PARTS)}.")
    found = load_case(case)
    if found.folder == data_path(found.folder.name).resolve():
        raise MedialitError(
            f"{found.name} belongs to the kit. Copy its folder, give the copy another name, and annotate that."
        )
    module, _, name = PARTS[part].where.partition(":")
    page: Page = getattr(import_module(module), name)(found.folder, open_article(found.folder, found.title), coder)
    return page


def annotation_page(folder: Path, coder: int) -> Path:
    """The annotation notebook of a case, written into its folder when it is not there yet.

    Raises MedialitError as :func:`annotate` does.
    """
    import nbformat

    from medialit.case import load_case
    from medialit.files import write_whole

    annotate(folder, coder)
    title = load_case(folder).title
    page = folder / f"annotate-coder-{coder}.ipynb"
    if not page.exists():
        v4 = nbformat.v4
        cells = [v4.new_markdown_cell(f"# “{title}”\n\nClick into a cell below and press Shift+Enter.", id="about")]
        for name, part in PARTS.items():
            code = f'import medialit\n\nmedialit.annotate(".", coder={coder}, part="{name}")'
            cells += [v4.new_markdown_cell(f"## {part.title}", id=f"{name}-about"), v4.new_code_cell(code, id=name)]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        made = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
        write_whole(page, f"{nbformat.writes(made)}\n".encode())
    return page
