"""The guides as a documentation site: those of docs/, the README, and an API reference from docstrings. Built by Sphinx."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from medialit import __version__
from medialit.site.fetch import environment
from medialit.site.run import run

# In an environment of their own, because they need an older parser of Markdown than the course has.
BUILDER = ("sphinx==9.0.4", "myst-parser==5.2.0", "furo==2025.12.19")
# What is in no page that learners can open.
KEY = "answer-key.md"
PARTS = {
    "Learn": ("start", "privacy"),
    "Teach": ("instructor", "grading", "tests"),
    "Lead a workshop": ("facilitator", "room", "deploy"),
    "Write": ("authoring", "contributing", "releasing"),
    "About": ("accessibility", "changelog"),
}
# The project's own pages, by the name that they have among the guides.
FRONT = {"README.md": "start", "CONTRIBUTING.md": "contributing", "CHANGELOG.md": "changelog"}
API = {
    "The story": ("article", "case"),
    "Lenses": ("lenses",),
    "Scores": ("scoring",),
    "Answers": ("forms", "exercises", "progress"),
}
SETTINGS = """
import sys
sys.path.extend({path!r})
project, author, language = "medialit", "medialit", "en"
release = {version!r}
html_title = "One news story, four lenses"
extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_heading_anchors = 4
myst_url_schemes = {{"http": None, "https": None, "mailto": None, "site": "../{{{{path}}}}",
"live": "../live/notebooks/index.html?path={{{{path}}}}"}}
html_theme = "furo"
html_show_sphinx = html_copy_source = html_show_sourcelink = False
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
html_theme_options = {{"top_of_page_buttons": [], "light_css_variables": {{"color-brand-primary": "#00558a",
"color-brand-content": "#00558a", "color-brand-visited": "#5b3f91", "color-foreground-muted": "#595959"}},
"dark_css_variables": {{"color-brand-primary": "#8ac7ff", "color-brand-content": "#8ac7ff", "color-brand-visited": "#c9b3f5",
"color-foreground-muted": "#b0b0b0"}}}}
pygments_style, pygments_dark_style = "a11y-high-contrast-light", "a11y-high-contrast-dark"
suppress_warnings = ["myst.xref_missing", "docutils", "ref.python", "toc.not_included"]
"""
LINK = re.compile(r"\]\(([^)#\s]*)(#[^)\s]*)?\)")


def write_guides(checkout: Path, cache: Path, out: Path) -> None:
    """Build the documentation into ``out``. Raises MedialitError when something cannot be fetched or built."""
    python = environment(cache.resolve() / "guides", BUILDER, "the builder of the guides", held=False)
    with tempfile.TemporaryDirectory(prefix="medialit-") as place:
        source = Path(place, "source")
        shutil.copytree(checkout / "docs" / "images", source / "images")
        for path in (checkout / "docs").glob("*.md"):
            if path.name != KEY:
                (source / path.name).write_text(_page(path.read_text(encoding="utf-8"), "docs"), encoding="utf-8")
        for name, guide in FRONT.items():
            text = (checkout / name).read_text(encoding="utf-8").replace("# medialit\n", "# About the course\n", 1)
            (source / f"{guide}.md").write_text(_page(text, ""), encoding="utf-8")
        _api(checkout / "src" / "medialit", source / "api")
        listed = {page for names in PARTS.values() for page in names}
        more = sorted({path.stem for path in source.glob("*.md")} - listed)
        (source / "index.md").write_text(_index(more), encoding="utf-8")
        settings = SETTINGS.format(path=[entry for entry in sys.path if entry], version=__version__)
        (source / "conf.py").write_text(settings, encoding="utf-8")
        run([python, "-m", "sphinx", "-q", "-b", "html", "-j", "2", source, out], "Building the guides")
    for page in out.rglob("*.html"):
        _for_everyone(page)
    for left in (".doctrees", "_sources", ".buildinfo", "objects.inv"):
        path = out / left
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


# What the theme leaves out for those who use the keyboard or listen.
_FIXES = (
    ('role="heading"', 'role="heading" aria-level="2"'),
    ('<div class="table-wrapper', '<div tabindex="0" role="region" aria-label="Table" class="table-wrapper'),
    ('<a href="https://github.com/pradyunsg/furo">Furo</a>', "Furo"),
    ("<pre>", '<pre tabindex="0">'),
    # Tables that are read line by line, and two buttons that do not touch on a narrow screen.
    (
        "</head>",
        "<style>article table.docutils :is(th,td){text-align:left;vertical-align:top}"
        ".header-right{column-gap:.75rem}</style></head>",
    ),
)


def _for_everyone(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for old, new in _FIXES:
        text = text.replace(old, new)
    page.write_text(text, encoding="utf-8")


def _page(text: str, folder: str) -> str:
    """A guide whose links lead inside the site; what is not in it is named without a link, and wrong answers stay out."""
    sheet = "`medialit paths 50 --sheet plan.html` writes these answers on the leader’s sheet.\n"
    text = re.sub(r"<!-- wrong \w+ -->.*?<!-- end -->", sheet, text, flags=re.DOTALL)

    def there(link: re.Match[str]) -> str:
        target, part = link[1], link[2] or ""
        if not target or re.match(r"\w+:", target):
            return link[0]
        path = Path(folder, target).as_posix()
        path = re.sub(r"(^|/)(?:[\w.-]+)/\.\./", r"\1", path)
        if path.startswith(("notebooks/", "exercises/")) and path.endswith(".ipynb"):
            return f"](live:{path})"
        if path in FRONT:
            return f"]({FRONT[path]}.md{part})"
        if path.startswith("docs/") and path.endswith((".md", ".png")) and path != f"docs/{KEY}":
            return f"]({path.removeprefix('docs/')}{part})"
        return "]()"

    text = LINK.sub(there, text)
    # A link to nothing is its words alone.
    return re.sub(r"\[([^\[\]]+)\]\(\)", r"\1", text)


def _index(more: list[str]) -> str:
    """The first page of the guides; ``more``: pages that no part names."""
    parts = [_list(part, [*pages, *(more if part == "About" else [])]) for part, pages in PARTS.items()]
    names = [f"api/{room}" for rooms in API.values() for room in rooms]
    parts.append(_list("API reference", names))
    lead = (
        "# Guides\n\nFor those who take, teach, lead or change the course *One news story, four lenses*.\n\n"
        "[Back to the course](site:index.html)\n"
    )
    return "\n\n".join((lead, *parts, ""))


def _list(title: str, names: Iterable[str]) -> str:
    return f"```{{toctree}}\n:caption: {title}\n:maxdepth: 1\n\n" + "\n".join(names) + "\n```"


def _api(package: Path, out: Path) -> None:
    """One page for each room of the package: its modules, with what their docstrings say."""
    out.mkdir()
    for title, rooms in API.items():
        for room in rooms:
            place = package / room
            paths = sorted(place.rglob("*.py")) if place.is_dir() else [package / f"{room}.py"]
            modules = [".".join(path.relative_to(package.parent).with_suffix("").parts) for path in paths]
            modules = [name.removesuffix(".__init__") for name in modules if "._" not in name.replace(".__init__", "")]
            head = f"# {title}: `medialit.{room}`\n"
            parts = [f"## `{name}`\n\n```{{eval-rst}}\n.. automodule:: {name}\n   :members:\n```\n" for name in modules]
            (out / f"{room}.md").write_text("\n".join((head, *parts)), encoding="utf-8")
