"""Unit 5, the correction desk: three claims become a card that can be handed in or posted."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from medialit.errors import MedialitError
from medialit.exercises.cardform import claimreview
from medialit.exercises.correction import WANTED, auto_score
from medialit.exercises.publish import PARTS, card_number, card_page, not_ready
from medialit.exercises.records import Result
from medialit.exercises.rubric import WORTH, mean_points
from medialit.files import write_whole
from medialit.progress import latest
from medialit.show.correction_card import FILE_NAME, card_document, card_preview
from medialit.show.html import View
from medialit.units.readers import ReadUnit

WELCOME = "welcome"
_NAMES = {
    "claims": "Claims: verdicts, evidence and origins, as in 2.4",
    "independence": "Evidence: two independent origins for each claim",
    "quotations": "Quotations unaltered",
    "claimreview": "ClaimReview valid",
    "facts": "Facts kept in the corrected paragraph",
}


class CorrectionUnit(ReadUnit):
    """Publish a correction card."""

    desk_task = "5.2"

    # --- one task hands on to the next ---

    def task(self, task_id: str) -> Any:
        """The click door of a task. What was answered before is not asked again: it stands there already."""
        widget = super().task(task_id)
        self._live[widget.task.id] = widget.form
        self._hand_on(widget.task.id)
        return widget

    @property
    def _live(self) -> dict[str, Any]:
        return self.__dict__.setdefault("_live_forms", {})

    def submit(self, task_id: str, answer: Any, **how: Any) -> Result:
        """As everywhere; the tasks that follow take over what they can."""
        result = super().submit(task_id, answer, **how)
        if str(task_id) in self.tasks:
            for name in self._live:
                if name > str(task_id):
                    self._hand_on(name)
        return result

    def _hand_on(self, name: str) -> None:
        """Give one task on the page what earlier tasks know."""
        form, answers = self._live.get(name), self.answers()
        chosen = ((answers.get("5.1") or {}).get("card") or {}).get("claims") or []
        chosen = chosen if len(set(chosen)) == WANTED else []
        if form is None:
            return
        if name == "5.2":
            form.offer(self._task("5.2").chosen(chosen))  # type: ignore[attr-defined]
        elif name == "5.3":
            form.offer(chosen)
        elif name == "5.4":
            judged, claim = answers.get("5.2") or {}, (answers.get("5.3") or {}).get("claim")
            cells = judged.get(claim) or {}
            first, second = self._two(cells.get("evidence") or [])
            form.offer("claim", chosen)
            form.offer("source", cells.get("evidence") or [])
            form.offer("second", cells.get("evidence") or [])
            form.suggest({"claim": claim, "verdict": cells.get("verdict"), "source": first, "second": second})

    def _two(self, cited: list[str]) -> tuple[str, str]:
        """The first cited card and the next one of another origin; empty where there is none."""
        cards = [card for name in cited if (card := self.case.claim_gold.card(name))]
        if not cards:
            return "", ""
        return cards[0].id, next((card.id for card in cards if card.origin != cards[0].origin), "")

    def answers(self) -> dict[str, Any]:
        """The last answer to each task, by its id, from the progress file alone."""
        return {name: entry.answer for name, task in self.tasks.items() if (entry := self.record.last(task))}

    # --- the card ---

    def card(self) -> View:
        """Your card: written beside this notebook, shown here, and as a link. Made from the progress file alone."""
        from medialit.units.saved import note_view

        answers = self.answers()
        missing = not_ready(self.tasks, answers)
        if missing:
            return note_view(
                "Your card is not finished yet. Do this first, then choose Run → Run All Cells again.", *missing
            )
        page, name = card_page(self.tasks, answers), self._file()
        said = f"Card {page.number} is ready."
        if self.progress.path:
            try:
                write_whole(Path.cwd() / name, card_document(page).encode())
                said += f" It is in the file {name}, beside this notebook. To print it, open it and press Ctrl+P."
            except OSError as error:
                said += f" The file could not be written here ({error.strerror}). The link hands over the same page."
        return card_preview(page, name, said)

    def example(self) -> View:
        """The worked card, on claims that nobody can choose."""
        written = self.case.correction.example.answers()
        parts = dict(zip(PARTS, (written["judged"], written["correction"], written["card"]), strict=True))
        return card_preview(card_page(self.tasks, parts), said=self.case.correction.example.why, offer=False)

    def _file(self) -> str:
        if self.case.name == "missile-tests":
            return FILE_NAME
        return FILE_NAME.replace(".html", f"-{re.sub(r'[^a-z0-9-]', '', self.case.name.lower())[:40]}.html")

    def _number(self) -> str:
        answers = self.answers()
        return "" if not_ready(self.tasks, answers) else card_number(self.case.name, answers)

    # --- what it is worth ---

    def score(self) -> Any:
        """What your card is worth so far: .60 from the kit, .40 from whoever read it. It follows each answer."""
        from medialit.units.saved import following

        return following(self, "score", self._score_view)

    def _score_view(self) -> View:
        from medialit.show.tables import table_view

        rows = [
            {"Part": _NAMES[part], "Points": f"{points:.2f}", "Of": f"{worth:.2f}"}
            for part, (points, worth) in auto_score(self.tasks, self.answers()).items()
        ]
        reviews, given = self.reviews(), mean_points(self.reviews())
        shown = "not read yet" if given is None else f"{given:.2f}"
        rows.append({"Part": f"Your readers' levels ({len(reviews)} reviews)", "Points": shown, "Of": f"{WORTH:.2f}"})
        total = sum(float(row["Points"]) for row in rows if row["Points"] != "not read yet")
        return table_view(rows, caption=f"Your card: {total:.2f} of 1.00")

    def batch_rows(self) -> list[dict[str, Any]]:
        """One row for each claim that you judged, as plain data: for a table of your own."""
        answers, gold = self.answers(), self.case.claim_gold
        date = (answers.get("5.4") or {}).get("date") or str(self.case.timeline.now.date)
        rows = []
        for name, cells in (answers.get("5.2") or {}).items():
            cards = [gold.card(one) for one in cells.get("evidence") or []]
            row = {"claim": name, "says": gold.claim(name).says, "verdict": cells.get("verdict", "")}
            row |= {"certainty": cells.get("certainty"), "cards": len(cards), "origins": len({c.origin for c in cards})}
            try:
                claimreview(self.case, gold.claim(name), row["verdict"], date, sources=cards)
                row["fault"] = ""
            except MedialitError as error:
                row["fault"] = str(error)
            rows.append(row)
        return rows

    def batch(self) -> View:
        """The same as a table, with what keeps a claim from being published as ClaimReview."""
        from medialit.show.tables import table_view
        from medialit.units.saved import note_view

        rows = self.batch_rows()
        if not rows:
            return note_view("Check 5.2 first, then run this cell again. It makes one row of each claim.")
        shown = [{k.capitalize(): ("–" if v in (None, "") else v) for k, v in row.items()} for row in rows]
        return table_view(shown, caption=f"{len(rows)} claims; “fault” says what a ClaimReview still needs")

    # --- looking back ---

    def then(self) -> View:
        """What you said of the story when you first read it, in unit 0."""
        from medialit.exercises.prediction import load_predictions
        from medialit.files import course_path
        from medialit.units.saved import note_view

        asked = load_predictions(course_path("00-welcome", "predictions.yaml"))["trust"]
        entries = self.progress.entries("event", WELCOME, "trust", self.case.name)
        before = latest(entries, asked.stamp, "event")
        if before is None:
            return note_view(
                "Your progress file holds no first rating of this story. It is asked for in unit 0. "
                "If you did unit 0 on another computer, bring that file back with unit.restore()."
            )
        text = next((o.text for o in asked.options if o.id == before.answer), str(before.answer))
        sure = f" Your certainty was {before.certainty}." if before.certainty else ""
        notes = self.progress.entries("note", WELCOME, "trust-reason", self.case.name)
        why = f"Your reason then: “{notes[-1].text}”" if notes else ""
        return note_view(f"When you first read the story, you chose: {text}.{sure}", why)
