"""How much of one report is in another, and what that shows."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Field, Option, Table, TableForm
from medialit.lenses.sources import SharedPassages, shared_passages

ROW = "reuse"
WINDOWS = (3, 5, 8, 12)
SHOWN = 5  # the window of the worked answer
BANDS = (20, 40, 60, 80, 100)  # of a hundred windows, up to so many are shared


class ReuseWindow(Task[Table]):
    """About how many windows are shared, for a window that you choose (.5), and what that shows (.5)."""

    @cached_property
    def pair(self) -> tuple[str, str]:
        """The copy and the text that it was made from, by id."""
        copy = next(report for report in self.case.coverage.models if report.copies)
        return copy.id, copy.copies or ""

    def shared(self, window: int) -> SharedPassages:
        """What the copy shares with the other text, in windows of so many words."""
        texts = self.case.coverage.model_articles()
        return shared_passages(texts[self.pair[0]], texts[self.pair[1]], n=window)

    def band(self, window: int) -> str:
        """The key of the band that the share of shared windows is in."""
        return next(str(n) for n in BANDS if 100 * (self.shared(window).a_in_b or 0) <= n)

    @cached_property
    def form(self) -> TableForm:
        windows = tuple(Option(str(n), self.say("words", n=n)) for n in WINDOWS)
        fields = (
            Field("window", self.say("window"), windows),
            Field("share", self.say("share"), tuple(Option(str(n), self.say("up_to", low=n - 20, n=n)) for n in BANDS)),
            Field("reading", self.say("reading"), self.options("readings"), long=True),
        )
        return TableForm((Option(ROW, self.say("row")),), fields)

    def score(self, answer: Table) -> Result:
        cells = answer[ROW]
        window, reading = cells.key("window"), cells.key("reading")
        share = bool(window) and cells.key("share") == self.band(int(window))
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
        message = self.say("found", share=self.fits_or_not(share), reading=self.fits_or_not(right))
        return self.result(0.5 * share + 0.5 * right, message, step, {"window": window}, codes)

    def answer(self) -> dict[str, dict[str, Any]]:
        return {ROW: {"window": str(SHOWN), "share": self.band(SHOWN), "reading": "copied"}}

    def facts(self) -> dict[str, object]:
        found = self.shared(SHOWN)
        return {
            "shared": found.shared,
            "windows": found.windows_a,
            "share": f"{100 * (found.a_in_b or 0):.0f}",
            "run": found.runs[0].words if found.runs else 0,
        }
