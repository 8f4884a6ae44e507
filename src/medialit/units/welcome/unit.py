"""The views of unit 0: is everything there, how does it work, and what do four lenses see?"""

from __future__ import annotations

import hashlib
from collections import Counter
from importlib.util import find_spec
from typing import Any

from medialit.exercises.task import Task
from medialit.lenses.framing import loaded_words
from medialit.lenses.quotes import find_quotes
from medialit.progress import Entry, Progress
from medialit.show.html import View, note_view
from medialit.show.tables import table_view
from medialit.units.base import Unit
from medialit.units.welcome.round_trip import RoundTrip

CLASSES = ("one-sided term", "subjective intensifier", "hedge")


class WelcomeUnit(Unit):
    """Can I trust this story enough to pass it on?"""

    def _prepare(self, task: Task[Any], form: Any) -> None:
        """The button of the round trip saves and restores for real."""
        if isinstance(task, RoundTrip):
            form.offer(self.round_trip)

    def round_trip(self) -> dict[str, str]:
        """Save your progress file, bring it back into an empty one, and give the checksums of both."""
        self.record.add(Entry(kind="event", task="round-trip"))
        back = Progress()
        back.restore(self.progress.as_bytes())
        return {"saved": _checksum(self.progress), "restored": _checksum(back)}

    def environment(self) -> View:
        """What the course needs and does not find, with what to do; one sentence when all is here."""
        there = {
            "story": bool(self.case.article.text),
            "buttons": find_spec("ipywidgets") is not None,
            "saving": not self.progress.problem,
        }
        rows = [
            {"What": self.say(f"here_{name}"), "Here?": self.say("here_no"), "What to do": self.say(f"lacking_{name}")}
            for name, good in there.items()
            if not good
        ]
        return table_view(rows, caption=self.say("here")) if rows else note_view(self.say("here_all"))

    def everything(self) -> View:
        """What four lenses see in this story, at one glance."""
        return self._quotes() + self._claims() + self._framing() + self._sources()

    def _quotes(self) -> View:
        kinds = Counter(quote.kind for quote in find_quotes(self.case.article))
        rows = [{"How": self.say(f"kind_{kind}"), "Found": n} for kind, n in sorted(kinds.items())]
        return table_view(rows, caption=self.say("lens_quotes"))

    def _claims(self) -> View:
        from medialit.lenses.claims import score_claims

        article = self.case.article
        best = sorted(score_claims(article), key=lambda s: (-s.score, s.sentence))[:3]
        rows = [
            {
                "Where": f"¶{article.blocks[article.sentences[s.sentence - 1].block].number}",
                "Begins": " ".join(article[s.span].split()[:9]) + " …",
            }
            for s in best
        ]
        return table_view(rows, caption=self.say("lens_claims"))

    def _framing(self) -> View:
        words = [w for w in loaded_words(self.case.article) if not w.in_quotation]
        rows = []
        for cls in CLASSES:
            found = list(dict.fromkeys(w.word.lower() for w in words if w.cls == cls))
            rows.append(
                {
                    "What they do": self.say(f"class_{cls.replace(' ', '_').replace('-', '_')}"),
                    "Words": ", ".join(found[:6]),
                }
            )
        return table_view(rows, caption=self.say("lens_framing"))

    def _sources(self) -> View:
        reports = self.case.coverage.reports
        years = Counter(str(report.date)[:4] for report in reports if report.date)
        rows = [{"Year": year, "Reports": n} for year, n in sorted(years.items())]
        return table_view(rows, caption=self.say("lens_sources", n=len(reports)))


def _checksum(progress: Progress) -> str:
    """Sixteen hexadecimal digits of what a progress file says, without the times and names that differ in each run."""
    said = [(e.kind, e.unit, e.case, e.task, e.version, e.answer, e.text) for e in progress.entries()]
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]
