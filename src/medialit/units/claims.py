"""Unit 2, Claims: the views of its lesson and the evidence desk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from medialit.case.desk import Looking, looking
from medialit.exercises.records import Result
from medialit.progress import Entry
from medialit.show.html import View
from medialit.units.desk import DeskUnit

DESK = "desk"


class ClaimsUnit(DeskUnit):
    """Which statements can be checked, and do they hold?"""

    desk_task = "2.4"

    # --- looking, by either door ---

    def task(self, task_id: str) -> Any:
        """The click door of a task. The evidence desk tells which cards were opened, and when a verdict was given."""
        widget = super().task(task_id)
        if hasattr(widget.form, "on_step"):
            widget.form.on_step(self._step)
        return widget

    def _step(self, step: dict[str, str]) -> None:
        self.record.add(Entry(kind="event", task=DESK, answer=step))

    def looked(self) -> Looking:
        """How this learner looked so far, from the local record."""
        return looking([entry.answer for entry in self.record.entries("event", DESK)], self.desk.cards)

    def submit(self, task_id: str, answer: Any, **how: Any) -> Result:
        """As everywhere; a verdict by code is a step too, and the feedback of 2.4 says how you looked."""
        known = {key for entry in self.record.entries("event", DESK) if (key := entry.answer.get("judge"))}
        if task_id == "2.4" and isinstance(answer, dict):
            for claim, cells in answer.items():
                if isinstance(claim, str) and claim not in known and isinstance(cells, dict) and cells.get("verdict"):
                    self._step({"judge": claim})
        result = super().submit(task_id, answer, **how)
        if task_id != "2.4" or not result.details:
            return result
        found = self.looked()
        message = f"{result.message} {found.sentence()} Looking: {found.score:.2f} of 1."
        return replace(result, message=message, details={**result.details, "looking": round(found.score, 3)})

    # --- views of what the learner did ---

    def calibration(self) -> View:
        """How sure you were in 2.5, and how often that was right: a curve and its table."""
        from medialit.show.calibration import calibration_chart
        from medialit.units.saved import note_view

        saved = self.record.last(self._task("2.5"))
        if saved is None:
            return note_view(
                "Do 2.5 first, then choose Run → Run All Cells again. It shows how well your certainty fits."
            )
        result = self._task("2.5").check(saved.answer)
        pairs = result.details.get("calibration", {}).get("pairs", [])
        return calibration_chart([c for c, _ in pairs], [r for _, r in pairs])

    def claimreview(self) -> View:
        """Your check of 2.6 as ClaimReview, the form that search engines read."""
        import json

        from medialit.show.html import escape, page
        from medialit.units.saved import note_view

        saved = self.record.last(self._task("2.6"))
        review = self._task("2.6").check(saved.answer).details.get("review") if saved else None
        if not review:
            return note_view(
                "Fill in 2.6 first, then choose Run → Run All Cells again. It shows your check as ClaimReview."
            )
        text = json.dumps(review, indent=2, ensure_ascii=False)
        box = "border:1px solid #909090;padding:8px;white-space:pre-wrap;overflow-wrap:anywhere;font-size:14px"
        return View(text, page(f'<pre style="{box}">{escape(text)}</pre>'))

    # --- views of the lesson ---

    def worth(self, top: int = 8) -> View:
        """The sentences that the claims lens would check first, with its reasons in words."""
        from medialit.lenses.claims import score_claims
        from medialit.show.tables import table_view

        article = self.case.article
        scores = sorted(score_claims(article), key=lambda s: (-s.score, s.sentence))[:top]
        rows = [
            {
                "Sentence": f"S{s.sentence}",
                "Begins": " ".join(article[s.span].split()[:7]) + " …",
                "Score": f"{s.score:.2f}",
                "Kind": s.kind,
                "Because": ", ".join(s.reasons[:3]),
            }
            for s in scores
        ]
        return table_view(rows, caption="What the claims lens would check first")

    def speed(self, distance: float = 350, speed: float = 50, height: float = 50) -> View:
        """What a stated speed would mean: distance and height in km, speed in km/h."""
        from medialit.lenses.flight import check_flight
        from medialit.show.charts import bar_chart
        from medialit.show.tables import table_view
        from medialit.units.saved import note_view

        try:
            found = check_flight(distance, speed, height)
        except (TypeError, ValueError):
            return note_view("Type three numbers above zero: distance in km, speed in km/h, height in km.")
        rows = [
            {"Question": f"How long do {distance:g} km take at {speed:g} km/h?", "Answer": f"{found.hours:.1f} hours"},
            {
                "Question": f"How far can something fly that is thrown at {speed:g} km/h?",
                "Answer": f"{found.range_m:.0f} m",
            },
            {"Question": "How high does it rise at most?", "Answer": f"{found.height_m:.0f} m"},
            {"Question": f"Lowest speed for {distance:g} km", "Answer": f"{found.least_kmh:,.0f} km/h"},
            {
                "Question": f"Speed for {distance:g} km and {height:g} km of height",
                "Answer": f"{found.launch_kmh:,.0f} km/h",
            },
        ]
        table = table_view(rows, caption="School physics, without air: estimates, not measurements")
        values = [speed, round(found.least_kmh, -1), round(found.launch_kmh, -1)]
        labels = [
            "stated in the story",
            f"at least needed\nfor {distance:g} km",
            f"needed for {distance:g} km\nand {height:g} km height",
        ]
        title = f"The stated speed is about {found.launch_kmh / speed:,.0f} times too small"
        parts = "; ".join(
            f"{label.replace(chr(10), ' ')} {value:,.0f} km/h" for label, value in zip(labels, values, strict=True)
        )
        return bar_chart(labels, values, title=title, unit="km/h", alt=f"Bar chart. {title}. {parts}.", table=table)
