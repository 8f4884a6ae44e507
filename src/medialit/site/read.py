"""The landing page, and the lessons as pages to read: what their cells have put out, without a kernel and without code."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator

from medialit import __version__
from medialit.files import START_PAGE, course_path, load_model
from medialit.launch import LABEXTENSIONS
from medialit.show.templates import template

PAGES = Path(__file__).parent / "pages"
_ANSWER = "application/vnd.medialit.answer+json"
LIVE = "../live/notebooks/index.html?path="


def course() -> dict[str, Any]:
    """What the course view knows of the course: pages in their order, with minutes."""
    found: dict[str, Any] = json.loads((LABEXTENSIONS / "medialit" / "course.json").read_text(encoding="utf-8"))
    return found


class Settings(BaseModel):
    """What ``course/site.yaml`` sets."""

    model_config = ConfigDict(extra="forbid")
    repository: str

    @field_validator("repository")
    @classmethod
    def _known(cls, address: str) -> str:
        if address and not _REPOSITORY.fullmatch(address):
            raise ValueError("This is an address such as https://github.com/NAME/REPOSITORY, or nothing.")
        return address

    @property
    def binder(self) -> str:
        """The link that opens the course on Binder, on its start page; empty without a repository."""
        if not (found := _REPOSITORY.fullmatch(self.repository)):
            return ""
        host, owner, name = found.groups()
        place = f"gh/{owner}/{name}" if host == "github" else f"gl/{owner}%2F{name}"
        return f"https://mybinder.org/v2/{place}/HEAD?urlpath=lab/tree/notebooks/{START_PAGE}.ipynb"


_REPOSITORY = re.compile(r"https://(github|gitlab)\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?/?")


def write_landing(out: Path, megabytes: float) -> None:
    """The page with three doors. ``megabytes``: what the first visit to the live course loads."""
    known = course()
    lessons = [known["pages"][step["pages"][0]] for step in known["steps"] if "unit" in step]
    minutes = [page["minutes"] for page in lessons]
    shops = [
        {"page": page, "words": f"{shop['minutes']} minutes" + (f", part {part}" if len(shop["pages"]) > 1 else "")}
        for shop in known["workshops"]
        for part, page in enumerate(shop["pages"], 1)
    ]
    page = template(PAGES / "landing.html.j2").render(
        style=(PAGES / "site.css").read_text(encoding="utf-8"),
        minutes={"short": min(minutes), "long": max(minutes)},
        workshops=shops,
        megabytes=round(megabytes),
        version=__version__,
        binder=load_model(Settings, course_path("site.yaml")).binder,
    )
    (out / "index.html").write_text(page, encoding="utf-8")


def write_lessons(checkout: Path, out: Path) -> None:
    """One page for each lesson, and a list of them, in ``out``."""
    known = course()
    names = [step["pages"][0] for step in known["steps"] if "unit" in step]
    pages = [{"file": f"{name.split('/')[1]}.html", "title": known["pages"][name]["title"]} for name in names]
    out.mkdir(parents=True)
    shutil.copy(PAGES / "site.css", out)
    made = template(PAGES / "lesson.html.j2")
    first = {"file": "index.html", "title": "All lessons"}
    rows = [first, *pages]
    for at, (name, page) in enumerate(zip(names, pages, strict=True), 1):
        body = _body(checkout / f"{name}.ipynb", set(names))
        after = rows[at + 1] if at + 1 < len(rows) else None
        html = made.render(pages=rows, **page, live=name, body=body, back=rows[at - 1], next=after)
        (out / page["file"]).write_text(html, encoding="utf-8")
    items = "".join(
        f'<li><a href="{page["file"]}">{page["title"]}</a>, {known["pages"][name]["minutes"]} minutes</li>\n'
        for name, page in zip(names, pages, strict=True)
    )
    body = (
        f"<h1>The lessons, to read</h1>\n<p>Questions and charts are here as text and pictures.</p>\n<ul>\n{items}</ul>"
    )
    html = made.render(pages=rows, **first, live=known["start"], body=body, back=None, next=pages[0])
    (out / "index.html").write_text(html, encoding="utf-8")


def _body(notebook: Path, lessons: set[str]) -> str:
    """The cells of a notebook as HTML. Links lead to the page to read where there is one, else to the live page."""
    import nbformat
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    settings = Config()
    settings.NbConvertBase.display_data_priority = [
        "text/html",
        "image/svg+xml",
        "image/png",
        "text/markdown",
        "text/plain",
    ]
    settings.HTMLExporter.exclude_input = True
    settings.HTMLExporter.exclude_output_prompt = True
    page = nbformat.read(notebook, 4)
    for cell in page.cells:
        # Answers for a grader are in outputs of their own, which show nothing.
        if cell.cell_type == "code":
            cell.outputs = [o for o in cell.outputs if _ANSWER not in o.get("data", ())]
    html, _ = HTMLExporter(template_name="basic", config=settings).from_notebook_node(page)  # type: ignore[no-untyped-call]

    def there(link: re.Match[str]) -> str:
        folder, name, rest = link[1] or "notebooks/", link[2], link[3] or ""
        page = f"{folder.removeprefix('../')}{name}"
        if page in lessons:
            return f'href="{name}.html{rest}"'
        return f'href="{LIVE}{page}.ipynb"'

    html = re.sub(r'<a class="anchor-link".*?</a>', "", html)
    # What is wider than the window scrolls in a frame of its own, which the keyboard reaches.
    html = html.replace("<table", '<div class="wide" role="region" aria-label="Table" tabindex="0"><table')
    html = html.replace("</table>", "</table></div>")
    return re.sub(r'href="((?:\.\./)?(?:notebooks|exercises)/)?([\w-]+)\.ipynb(#[^"]*)?"', there, html)
