"""The last part of the notebook: what works by now, a second person, and how a class gets the story."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from medialit.article import Article
from medialit.authoring.annotate.base import AnnotationStep, Steps
from medialit.authoring.annotate.claim_key import say
from medialit.authoring.casecheck import Finding, check_case, verdict
from medialit.show.html import escape
from medialit.units.registry import find_unit
from medialit.widgets.markup import note_html


class Finish(Steps):
    """Which exercises work, asked when somebody wants to know; then the way to other people: a second coder, a class."""

    about = "What works now in “{}”"

    def __init__(self, folder: Path, article: Article, coder: int) -> None:
        self.works_on(folder, article, coder)
        super().__init__([self._works(), self._second(), self._teach()] if coder == 1 else [self._done()])

    def _works(self) -> AnnotationStep:
        return self.step("works", "What works now?", say("finish_works"), None, [("look", "Look")], self._look)

    def _look(self, *_: Any) -> None:
        found = check_case(self.folder)
        told, _ready = verdict(found)
        lists = [("The case", [one for one in found if not one.unit and one.sign != "good"])]
        units = groupby((one for one in found if one.unit), key=lambda one: one.unit)
        lists += [(find_unit(name).title, list(some)) for name, some in units]
        shown = "".join(_folded(title, some) for title, some in lists if some)
        self._parts["works"].say(feedback=f"{note_html(told)}{shown}")

    def _second(self) -> AnnotationStep:
        buttons = [("second", "Make their notebook"), ("settle", "Bring both together")]
        return self.step("second", "A second person", say("finish_second"), None, buttons, self._pressed_second)

    def _pressed_second(self, act: str, _: Any) -> None:
        from medialit.authoring.annotate.pages import annotation_page, settle_notebook

        page = annotation_page(self.folder, 2) if act == "second" else settle_notebook(self.folder)
        there = f'<p><a class="ml-button ml-primary medialit-open" href="{escape(page.name)}">Open it</a></p>'
        self._parts["second"].say(feedback=note_html(say(f"finish_{act}_made")) + there)

    def _teach(self) -> AnnotationStep:
        place = f'"{self.folder}"' if " " in str(self.folder) else str(self.folder)
        rows = "".join(
            f"<li>{escape(say(f'finish_{name}'))}:<br><code>{escape(command)}</code></li>"
            for name, command in (
                ("lab", f"medialit lab --case {place}"),
                ("print", f"medialit print --case {place}"),
                ("key", f"medialit author key --case {place} --out key.md"),
                ("grade", f"medialit grade FILES --case {place} --out graded"),
                ("pack", f"medialit author case pack {place}"),
            )
        )
        told = say("finish_teach")
        return self.step("teach", "For your class", told, None, [], lambda *_: None, more=f"<ul>{rows}</ul>")

    def _done(self) -> AnnotationStep:
        return self.step("done", "You are done", say("finish_done"), None, [], lambda *_: None)


def _folded(title: str, found: Sequence[Finding]) -> str:
    lines = "".join(f"<li>{escape(str(one))}</li>" for one in found)
    return f"<details><summary>{escape(title)}</summary><ul>{lines}</ul></details>"
