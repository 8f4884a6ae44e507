"""How much of one report is in another, and what that shows."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Field, Option, Table, TableForm
from medialit.lenses.sources import SharedPassages, shared_passages
from medialit.units.sources.words import near

ROW = "reuse"
WINDOWS = (3, 5, 8, 12)
SHOWN = 5  # the window of the worked answer


class ReuseWindow(Task[Table]):
    """The share of shared windows, for a window that you choose (.5), and what that shows (.5)."""

    @cached_property
    def pair(self) -> tuple[str, str]:
        """The copy and the text that it was made from, by id."""
        copy = next(report for report in self.case.coverage.models if report.copies)
        return copy.id, copy.copies or ""

    def shared(self, window: int) -> SharedPassages:
        """What the copy shares with the other text, in windows of so many words."""
        texts = self.case.coverage.model_articles()
        return shared_passages(texts[self.pair[0]], texts[self.pair[1]], n=window)

    @cached_property
    def form(self) -> TableForm:
        windows = tuple(Option(str(n), self.say("words", n=n)) for n in WINDOWS)
        fields = (
            Field("window", self.say("window"), windows),
            Field("share", self.say("share")),
            Field("reading", self.say("reading"), self.options("readings"), long=True),
        )
        return TableForm((Option(ROW, self.say("row")),), fields)

    def score(self, answer: Table) -> Result:
        cells = answer[ROW]
        window, reading = cells.key("window"), cells.key("reading")
        share = bool(window) and near(cells.number("share"), self.shared(int(window)).a_in_b, 0.02)
        right, step = reading == "copied", ""
        codes: tuple[str, ...] = ()
        if not window:
            step = self.say("choose")
        elif not share:
            step = self.say("divide")
        elif reading == "two sources":
            step, codes = self.say("where_from"), ("S-A",)
        elif not right:
            step = self.say("longest")
        said = {
            "share": self.say("fits" if share else "fits_not"),
            "reading": self.say("fits" if right else "fits_not"),
        }
        return self.result(
            0.5 * share + 0.5 * right, self.say("found", **said), step, {"window": window or None}, codes
        )

    def answer(self) -> dict[str, dict[str, Any]]:
        share = round(self.shared(SHOWN).a_in_b or 0, 2)
        return {ROW: {"window": str(SHOWN), "share": share, "reading": "copied"}}

    def facts(self) -> dict[str, object]:
        found = self.shared(SHOWN)
        return {
            "shared": found.shared,
            "windows": found.windows_a,
            "share": f"{found.a_in_b:.2f}",
            "run": found.runs[0].words if found.runs else 0,
        }
