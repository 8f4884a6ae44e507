"""The views of unit 2 and its evidence desk."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from medialit.case.load import UNKNOWN
from medialit.exercises.claimreview import before_publishing
from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.lenses.flight import check_flight
from medialit.progress import Entry
from medialit.show.calibration import calibration_chart
from medialit.show.charts import bar_chart
from medialit.show.html import View, escape, fold, note_view, page, titled
from medialit.show.tables import table_view
from medialit.units.claims.looking import Looking, looking
from medialit.units.claims.publish import PublishCheck
from medialit.units.claims.sure import SayHowSure
from medialit.units.claims.verify import VerifyClaims
from medialit.units.desk import DeskUnit

DESK = "desk"


class ClaimsUnit(DeskUnit):
    """Which statements can be checked, and do they hold?"""

    # --- looking, by either door ---

    def _prepare(self, task: Task[Any], form: Any) -> None:
        """The evidence desk tells which cards were opened, and when a verdict was given."""
        if isinstance(task, VerifyClaims):
            form.on_step(self._step)

    def _step(self, step: dict[str, str]) -> None:
        self.record.add(Entry(kind="event", task=DESK, answer=step))

    def looked(self) -> Looking:
        """How this learner looked so far, from the local record."""
        return looking([entry.answer for entry in self.record.entries("event", DESK)], self.desk.cards)

    def submit(self, task_id: str, answer: Any, **how: Any) -> Result:
        """As everywhere; a verdict by code is a step too, and the feedback of the desk's task says how you looked."""
        if not isinstance(self.tasks.find(task_id), VerifyClaims):
            return super().submit(task_id, answer, **how)
        known = {key for entry in self.record.entries("event", DESK) if (key := entry.answer.get("judge"))}
        for claim, cells in answer.items() if isinstance(answer, dict) else ():
            if isinstance(claim, str) and claim not in known and isinstance(cells, dict) and cells.get("verdict"):
                self._step({"judge": claim})
        result = super().submit(task_id, answer, **how)
        if not result.details:
            return result
        found = self.looked()
        first = self.say("left_first" if found.left_first else "judged_first")
        many = self.say("opened", n=found.opened, origins=found.origins, dates=found.dates)
        details = {**result.details, "looking": round(found.score, 3)}
        return replace(result, message=f"{result.message} {first} {many}", details=details)

    # --- views of what the learner did ---

    def calibration(self) -> View:
        """How sure you were of your verdicts, and how often you were right: a curve and its table."""
        task = self.the(SayHowSure)
        saved = self.record.last(task)
        if saved is None:
            return self.first_do(SayHowSure, "calibration_first")
        pairs = task.pairs(task.read(saved.answer))
        return calibration_chart([c for c, _ in pairs], [r for _, r in pairs])

    def claimreview(self) -> View:
        """Your published check as a reader sees it and, folded away, as ClaimReview, the form that other programs read."""
        task = self.the(PublishCheck)
        saved = self.record.last(task)
        review = task.check(saved.answer).details.get("review") if saved else None
        if not review:
            return self.first_do(PublishCheck, "claimreview_first")
        about, place = self.case.about, self.case.about.published
        read = {
            "check_claim": review["claimReviewed"],
            "check_verdict": review["reviewRating"]["alternateName"],
            "check_why": review.get("reviewBody", ""),
            "check_source": "; ".join(
                f"{c['name']} ({c['datePublished']})" if "datePublished" in c else c["name"] for c in review["citation"]
            ),
        }
        if place.address != UNKNOWN:
            unknown = "; ".join(about.unknown)
            read["check_about"] = self.say("check_page", address=place.address, note=place.note, unknown=unknown)
        named = [(self.say(name), words) for name, words in read.items() if words]
        shown = "".join(
            f'<p style="margin:4px 0"><strong>{escape(name)}:</strong> {escape(words)}</p>' for name, words in named
        )
        card = View("\n".join(f"{name}: {words}" for name, words in named), titled(self.say("check_read"), shown))
        text = json.dumps(review, indent=2, ensure_ascii=False)
        box = "border:1px solid #909090;padding:8px;white-space:pre-wrap;overflow-wrap:anywhere;font-size:14px"
        still = " ".join(before_publishing(review))
        note = note_view(self.say("claimreview_lacks", fields=still)) if still else View("", "")
        programs = View(text, page(f'<pre style="{box}">{escape(text)}</pre>'))
        return card + fold(programs + note, self.say("check_programs"))

    # --- views of the lesson ---

    def worth(self, top: int = 8) -> View:
        """The sentences that the claims lens would check first, with its reasons in words."""
        from medialit.lenses.claims import score_claims

        article = self.case.article
        scores = sorted(score_claims(article), key=lambda s: (-s.score, s.sentence))[:top]
        rows = [
            {
                "Where": f"¶{article.blocks[article.sentences[s.sentence - 1].block].number}",
                "Begins": " ".join(article[s.span].split()[:7]) + " …",
                "Score": f"{s.score:.2f}",
                "Kind": s.kind,
                "Because": ", ".join(s.reasons[:3]),
            }
            for s in scores
        ]
        return table_view(rows, caption=self.say("worth"))

    def speed(self, distance: float = 350, speed: float = 50, height: float = 50) -> View:
        """What a stated speed would mean: distance and height in km, speed in km/h."""
        try:
            found = check_flight(distance, speed, height)
        except (TypeError, ValueError):
            return note_view(self.say("speed_wanted"))
        given = {"distance": distance, "speed": speed, "height": height}
        answers = {
            "speed_time": f"{found.hours:.1f} hours",
            "speed_range": f"{found.range_m:.0f} m",
            "speed_rise": f"{found.height_m:.0f} m",
            "speed_least": f"{found.least_kmh:,.0f} km/h",
            "speed_launch": f"{found.launch_kmh:,.0f} km/h",
        }
        rows = [{"Question": self.say(name, **given), "Answer": answer} for name, answer in answers.items()]
        table = table_view(rows, caption=self.say("speed_caption"))
        values = [speed, round(found.least_kmh, -1), round(found.launch_kmh, -1)]
        labels = [self.say(name, **given) for name in ("speed_stated", "speed_for_distance", "speed_for_both")]
        title = self.say("speed_title", times=found.launch_kmh / speed)
        parts = (f"{label} {value:,.0f} km/h" for label, value in zip(labels, values, strict=True))
        alt = f"Bar chart. {title}. {'; '.join(parts).replace(chr(10), ' ')}."
        return bar_chart(labels, values, title=title, unit="km/h", alt=alt, table=table)
