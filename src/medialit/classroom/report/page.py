"""The report as one HTML page and as a notebook. Nothing is loaded from anywhere, and nothing is sent."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from medialit.classroom.export import write_files
from medialit.classroom.items import case_at
from medialit.classroom.pages import in_their_language, invented, one_reading
from medialit.classroom.report import certainty, course, pairs, tests
from medialit.classroom.report.frames import Frames
from medialit.classroom.report.unseen import by_case, unseen
from medialit.classroom.store import read_book
from medialit.errors import MedialitError
from medialit.show.html import View
from medialit.show.templates import template
from medialit.units.registry import UNITS

Section = tuple[str, Callable[[Frames], View]]


def _of_units() -> dict[str, Section]:
    """The sections of the units that have one: ``TITLE`` and ``PARTS`` of the module ``report`` in a unit's folder."""
    modules = {plan.name: f"medialit.units.{plan.name}.report" for plan in UNITS}
    found = {name: import_module(module) for name, module in modules.items() if find_spec(module)}
    if bare := [name for name, module in found.items() if not {"TITLE", "PARTS"} <= vars(module).keys()]:
        raise MedialitError(f"units/{bare[0]}/report.py needs a TITLE and PARTS, as units/framing/report.py has them.")
    return {name: (module.TITLE, by_case(name, *module.PARTS)) for name, module in found.items()}


SECTIONS: dict[str, Section] = {
    "completion": ("Who did what", course.completion),
    "misconceptions": ("What the class believes", course.misconceptions),
    "items": ("Item by item", course.item_table),
    "certainty": ("How sure, and how right", certainty.certainty),
    **_of_units(),
    "tests": ("Before and after", tests.before_and_after),
    "reliability": ("How far each quiz holds together", course.reliability),
    "pairs": ("Equal wrong answers", pairs.same_wrong),
    "unseen": ("What this page cannot see", unseen),
}
_PAGE = Path(__file__).with_name("report.html.j2")
_NOTE = (
    "For the instructor alone. Numbers about fewer than five learners are hidden. First attempts are used for items and "
    "misconceptions, best attempts for levels. Made on this computer; nothing was uploaded."
)


class ClassReport:
    """A class report over one gradebook: ``section(name)`` gives one of SECTIONS as a View.

    ``cases`` are folders of cases that are not in the kit.
    """

    def __init__(self, place: Path | str, cases: Sequence[Path | str] = ()) -> None:
        self.place, self.cases = place, [case_at(Path(case))[1] for case in cases]
        book = read_book(place)
        self.frames = Frames(book)
        about = one_reading(sorted({(one.unit, one.case) for one in book.attempts}))
        self.note = " ".join(filter(None, (_NOTE, invented(one.case for one in book.attempts), about)))
        self._made: dict[str, View] = {}

    def section(self, name: str) -> View:
        """One section. Raises KeyError for an unknown name."""
        if name not in self._made:
            view = SECTIONS[name][1](self.frames)
            self._made[name] = View(view.text, in_their_language(view.html, set(self.frames.attempts["case"])))
        return self._made[name]

    def html(self) -> str:
        """The whole report as one page."""
        sections = [(name, title, self.section(name).html) for name, (title, _) in SECTIONS.items()]
        return template(_PAGE).render(note=self.note, sections=sections)

    def notebook(self) -> str:
        """The same as a notebook (JSON): one cell a section, with its output, to go on from."""
        import nbformat

        v4 = nbformat.v4
        own = f", {self.cases!r}" if self.cases else ""
        cells = [
            v4.new_markdown_cell(f"# What the class believes\n\n{self.note}", id="head"),
            v4.new_code_cell(
                f"from medialit.classroom.report.page import ClassReport\n\nreport = ClassReport({str(self.place)!r}{own})",
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


def write_report(place: Path | str, out: Path, cases: Sequence[Path | str] = ()) -> list[Path]:
    """Write ``report.html`` and ``report.ipynb`` into a folder; returns their paths. ``cases`` are those of one's own.

    Raises MedialitError when there is no gradebook, or no case in one of the folders.
    """
    with _uncollected():
        report = ClassReport(place, cases)
        return write_files(out, {"report.html": report.html(), "report.ipynb": report.notebook()})


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
