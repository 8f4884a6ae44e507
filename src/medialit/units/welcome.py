"""Unit 0, Welcome: is everything there, how does it work, and what do you think of the story at first sight?"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from medialit.progress import Entry, Progress
from medialit.show.html import View
from medialit.units.base import Unit


class WelcomeUnit(Unit):
    """Can I trust this story enough to pass it on?"""

    def task(self, task_id: str) -> Any:
        """The click door of a task. The button of 0.1 saves and restores for real."""
        widget = super().task(task_id)
        if hasattr(widget.form, "offer"):
            widget.form.offer(self.round_trip)
        return widget

    def round_trip(self) -> dict[str, str]:
        """Save your progress file, bring it back into an empty one, and give the check sums of both."""
        self.record.add(Entry(kind="event", task="round-trip"))
        data, back = self.progress.as_bytes(), Progress()
        back.restore(data)
        sums = [hashlib.sha256(part).hexdigest()[:16] for part in (data, back.as_bytes())]
        return {"saved": sums[0], "restored": sums[1]}

    def environment(self) -> View:
        """Is everything here that the course needs? In words and signs."""
        from medialit.show.tables import table_view

        rows = [
            _line("Python runs", True, ""),
            _line("The story and its data are here", bool(self.case.article.text), "Install the course again."),
            _line("Boxes and buttons", _there("ipywidgets"), "Use the code door, or install ipywidgets."),
            _line("Charts", _there("matplotlib"), "Every chart has a table: go on with that."),
            _line(
                "Your answers can be saved",
                not self.progress.problem,
                "Your answers stay only until you close the page.",
            ),
            _line("Network", True, "", "not needed: nothing is loaded and nothing is sent"),
        ]
        return table_view(rows, caption="Is everything here?")

    def everything(self) -> View:
        """What four lenses see in this story, at one glance."""
        return self._quotes() + self._claims() + self._words() + self._sources()

    def _quotes(self) -> View:
        from medialit.lenses.quotes import find_quotes
        from medialit.show.tables import table_view

        kinds = Counter(quote.kind for quote in find_quotes(self.case.article))
        rows = [{"Kind": kind, "Found": n} for kind, n in sorted(kinds.items())]
        return table_view(rows, caption="Quotes: who is speaking? What the lens finds, by kind")

    def _claims(self) -> View:
        from medialit.lenses.claims import score_claims
        from medialit.show.tables import table_view

        article = self.case.article
        best = sorted(score_claims(article), key=lambda s: (-s.score, s.sentence))[:3]
        rows = [{"Sentence": f"S{s.sentence}", "Begins": " ".join(article[s.span].split()[:9]) + " …"} for s in best]
        return table_view(rows, caption="Claims: what can be checked? Three sentences that the lens would check first")

    def _words(self) -> View:
        from medialit.lenses.framing import loaded_words
        from medialit.show.tables import table_view

        words = [w for w in loaded_words(self.case.article) if not w.in_quotation]
        rows = []
        for cls in ("one-sided term", "subjective intensifier", "hedge"):
            found = list(dict.fromkeys(w.word.lower() for w in words if w.cls == cls))
            rows.append({"Class": cls, "Words": ", ".join(found[:6])})
        return table_view(rows, caption="Framing: what does the telling make you see? Words that a list marks")

    def _sources(self) -> View:
        from medialit.show.tables import table_view

        reports = self.case.coverage.reports
        years = Counter(str(report.date)[:4] for report in reports if report.date)
        rows = [{"Year": year, "Reports": n} for year, n in sorted(years.items())]
        return table_view(rows, caption=f"Sources: what do others say? {len(reports)} reports on this, by year")


def _line(what: str, good: bool, otherwise: str, told: str = "") -> dict[str, str]:
    return {
        "What": what,
        "Here?": "✓ yes" if good else "○ no",
        "What to do": told or ("nothing" if good else otherwise),
    }


def _there(package: str) -> bool:
    from importlib.util import find_spec

    return find_spec(package) is not None
