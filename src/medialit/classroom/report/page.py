"""The report as one HTML page and as a notebook. Nothing is loaded from anywhere, and nothing is sent."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from medialit.classroom.report import certainty, claims, correction, course, framing, pairs, quotes, sources, tests
from medialit.classroom.report.frames import Frames
from medialit.classroom.report.unseen import by_case, unseen
from medialit.classroom.store import read_book
from medialit.show.html import View, escape

SECTIONS: dict[str, tuple[str, Callable[[Frames], View]]] = {
    "completion": ("Who did what", course.completion),
    "misconceptions": ("What the class believes", course.misconceptions),
    "items": ("Item by item", course.item_table),
    "quotes": (
        "Quotes: what was missed, and who was taken for whom",
        by_case("quotes", quotes.missed_spans, quotes.kinds, quotes.confusions),
    ),
    "claims": ("Claims: verdicts and evidence", by_case("claims", claims.verdicts, claims.evidence, claims.looking)),
    "certainty": ("How sure, and how right", certainty.certainty),
    "framing": ("Framing: how far the class agrees", by_case("framing", framing.coding)),
    "sources": (
        "Sources: the matrix, origins and the merge",
        by_case("sources", sources.matrix, sources.grouping, sources.merge),
    ),
    "correction": ("The correction card", by_case("correction", correction.card)),
    "tests": ("Before and after", tests.before_and_after),
    "reliability": ("How far each quiz holds together", course.reliability),
    "pairs": ("Equal wrong answers", pairs.same_wrong),
    "unseen": ("What this page cannot see", unseen),
}
_STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:16px}
h1{font-size:28px;line-height:1.3}h2{font-size:21px;margin-top:40px}
section div[style]{max-width:none!important}section p{max-width:46rem}
nav ul{padding-left:20px}a{color:inherit}
img{max-width:100%;height:auto}
@media print{body{max-width:none}nav{display:none}h2{break-after:avoid}}
"""
_NOTE = (
    "For the instructor alone. Numbers about fewer than five learners are hidden. First attempts are used for items and "
    "misconceptions, best attempts for levels. Made on this computer; nothing was uploaded."
)


class ClassReport:
    """A class report over one gradebook: ``section(name)`` gives one of SECTIONS as a View."""

    def __init__(self, place: Path | str) -> None:
        self.place = place
        self.frames = Frames(read_book(place))
        self._made: dict[str, View] = {}

    def section(self, name: str) -> View:
        """One section. Raises KeyError for an unknown name."""
        if name not in self._made:
            self._made[name] = SECTIONS[name][1](self.frames)
        return self._made[name]

    def html(self) -> str:
        """The whole report as one page."""
        links = "".join(f'<li><a href="#{name}">{escape(title)}</a></li>' for name, (title, _) in SECTIONS.items())
        parts = [
            f'<section id="{name}"><h2>{escape(title)}</h2>{self.section(name).html}</section>'
            for name, (title, _) in SECTIONS.items()
        ]
        return (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            f"<title>What the class believes</title><style>{_STYLE}</style></head><body><main>"
            f"<h1>What the class believes</h1><p>{escape(_NOTE)}</p>"
            f'<nav aria-label="Sections"><ul>{links}</ul></nav>{"".join(parts)}</main></body></html>'
        )

    def notebook(self) -> str:
        """The same as a notebook (JSON): one cell a section, with its output, to go on from."""
        import nbformat

        v4 = nbformat.v4
        cells = [
            v4.new_markdown_cell(f"# What the class believes\n\n{_NOTE}", id="head"),
            v4.new_code_cell(
                f"from medialit.classroom.report.page import Report\n\nreport = Report({str(self.place)!r})",
                id="open",
            ),
        ]
        for count, (name, (title, _)) in enumerate(SECTIONS.items(), 1):
            view = self.section(name)
            output = v4.new_output("execute_result", view._repr_mimebundle_(), execution_count=count)
            cells.append(v4.new_markdown_cell(f"## {title}", id=f"title-{name}"))
            cells.append(
                v4.new_code_cell(
                    f'report.section("{name}")', outputs=[output], execution_count=count, id=f"cell-{name}"
                )
            )
        return f"{nbformat.writes(v4.new_notebook(cells=cells))}\n"


def write_report(place: Path | str, out: Path) -> list[Path]:
    """Write ``report.html`` and ``report.ipynb`` into a folder; returns their paths.

    Raises MedialitError when there is no gradebook.
    """
    out.mkdir(parents=True, exist_ok=True)
    written = []
    with _uncollected():
        report = ClassReport(place)
        texts = {"report.html": report.html(), "report.ipynb": report.notebook()}
    for name, text in texts.items():
        part = out / f"{name}.part"
        part.write_text(text, encoding="utf-8")
        part.replace(out / name)
        written.append(out / name)
    return written


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector, which would go through a whole gradebook again and again and find nothing."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
