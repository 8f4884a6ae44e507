"""Unit 5, the correction desk: three claims become a card that can be handed in or posted."""

from __future__ import annotations

import re
from typing import Any

from medialit.case.correction import WANTED
from medialit.errors import MedialitError
from medialit.exercises.records import Result
from medialit.files import COURSE_CASE
from medialit.progress import latest
from medialit.show.correction_card import FILE_NAME, card_document, card_preview
from medialit.show.html import View, note_view, spoken
from medialit.show.tables import table_view
from medialit.units.correction.card import FillCard, claimreview
from medialit.units.correction.choose import ROW
from medialit.units.correction.page import CARD, CORRECT, PARTS, VERIFY, DraftCard
from medialit.units.correction.readers import ReadUnit
from medialit.units.correction.rubric import WORTH, mean_points
from medialit.units.correction.verify import VerifyChosen
from medialit.units.registry import find_unit
from medialit.units.saved import following

WELCOME, CHOOSE = "welcome", "choose"


class CorrectionUnit(ReadUnit):
    """Publish a correction card."""

    desk_task = VerifyChosen

    # --- one task hands on to the next ---

    def task(self, task_id: str, *, short: bool = False) -> Any:
        """The click door of a task. What was answered before is not asked again: it is there already."""
        widget = super().task(task_id, short=short)
        name = self._task(task_id).id
        self._live[name] = widget.form
        self._hand_on(name)
        return widget

    @property
    def _live(self) -> dict[str, Any]:
        live: dict[str, Any] = self.__dict__.setdefault("_live_forms", {})
        return live

    def submit(self, task_id: str, answer: Any, **how: Any) -> Result:
        """As everywhere; the tasks that follow take over what they can."""
        result = super().submit(task_id, answer, **how)
        if task := self.tasks.find(task_id):
            names = [each.id for each in self.tasks.values()]
            for name in names[names.index(task.id) + 1 :]:
                self._hand_on(name)
        return result

    def _hand_on(self, name: str) -> None:
        """Give one task on the page what earlier tasks know."""
        form, answers = self._live.get(name), self.answers()
        if form is None:
            return
        ticked = ((answers.get(CHOOSE) or {}).get(ROW) or {}).get("claims") or []
        chosen = ticked if len(set(ticked)) == WANTED else []
        if name in (VERIFY, CORRECT):
            # What was judged already stays, also when somebody began here.
            known = chosen or list(answers.get(VERIFY) or {})
            instead = "" if known else self.say("choose_first", task=self.tasks[CHOOSE].label)
            form.offer(self.the(VerifyChosen).chosen(known) if name == VERIFY else known, instead)
        elif name == CARD:
            claim = (answers.get(CORRECT) or {}).get("claim")
            cells = (answers.get(VERIFY) or {}).get(claim) or {}
            cited = cells.get("evidence") or []
            first, second = self._two(cited)
            form.offer("claim", chosen)
            form.offer("source", cited)
            form.offer("second", cited)
            form.suggest({"claim": claim, "verdict": cells.get("verdict"), "source": first, "second": second})

    def _two(self, cited: list[str]) -> tuple[str, str]:
        """The first cited card and the next one of another origin; empty where there is none."""
        cards = [card for name in cited if (card := self.case.claim_gold.find_card(name))]
        if not cards:
            return "", ""
        return cards[0].id, next((card.id for card in cards if card.origin != cards[0].origin), "")

    def answers(self) -> dict[str, Any]:
        """The last answer to each task, by its name, from the progress file alone."""
        return {task.id: entry.answer for task in self.tasks.values() if (entry := self.record.last(task))}

    # --- the card ---

    def draft(self) -> DraftCard:
        """Your card as it is now, finished or not."""
        self.the(FillCard)
        return DraftCard(self.tasks, self.answers(), self.say)

    def card(self) -> View:
        """Your card: written beside this notebook, shown here, and as a link. Made from the progress file alone."""
        draft = self.draft()
        if missing := draft.missing():
            return note_view(self.say("card_not_finished"), *missing)
        page, name = draft.page(), self._file()
        said = self.say("card_ready", number=page.number)
        said += self._beside(name, spoken(card_document(page), self.case.about.language), "card")
        return card_preview(page, name, said)

    def example(self) -> View:
        """The worked card, on claims that nobody can choose."""
        self.the(FillCard)
        example = self.case.correction.example
        written = example.answers()
        parts = dict(zip(PARTS, (written["judged"], written["correction"], written["card"]), strict=True))
        return card_preview(DraftCard(self.tasks, parts, self.say).page(), said=example.why, offer=False)

    def _file(self) -> str:
        if self.case.name == COURSE_CASE:
            return FILE_NAME
        return FILE_NAME.replace(".html", f"-{re.sub(r'[^a-z0-9-]', '', self.case.name.lower())[:40]}.html")

    def _number(self) -> str:
        draft = self.draft() if CARD in self.tasks else None
        return "" if draft is None or draft.missing() else draft.number

    # --- what it is worth ---

    def score(self) -> Any:
        """What your card is worth so far: .60 from the kit, .40 from whoever read it. It follows each answer."""
        return following(self, "score", self._score_view)

    def _score_view(self) -> View:
        points, reviews = self.draft().points(), self.reviews()
        given = mean_points(reviews)
        rows = [
            {"Part": self.say(f"points_{part}"), "Points": f"{got:.2f}", "Of": f"{worth:.2f}"}
            for part, (got, worth) in points.items()
        ]
        shown = self.say("not_read") if given is None else f"{given:.2f}"
        rows.append({"Part": self.say("points_readers", n=len(reviews)), "Points": shown, "Of": f"{WORTH:.2f}"})
        total = sum(round(got, 2) for got, _ in points.values()) + round(given or 0.0, 2)
        return table_view(rows, caption=self.say("points_together", total=total))

    def batch_rows(self) -> list[dict[str, Any]]:
        """One row for each claim that you judged, as plain data: for a table of your own."""
        answers, gold = self.answers(), self.case.claim_gold
        now = self.case.timeline.now
        date = (answers.get(CARD) or {}).get("date") or (now.date if now else "")
        rows: list[dict[str, Any]] = []
        for name, cells in (answers.get(VERIFY) or {}).items():
            cards, verdict = [gold.card(one) for one in cells.get("evidence") or []], cells.get("verdict", "")
            row = {
                "claim": name,
                "says": gold.claim(name).says,
                "verdict": verdict,
                "certainty": cells.get("certainty"),
            }
            row |= {"cards": len(cards), "origins": len({c.origin for c in cards}), "fault": ""}
            try:
                claimreview(self.case, gold.claim(name), verdict, date, cards)
            except MedialitError as error:
                row["fault"] = str(error)
            rows.append(row)
        return rows

    def batch(self) -> View:
        """The same as a table, with what keeps a claim from being published as ClaimReview."""
        rows = self.batch_rows()
        if not rows:
            return self.first_do(VerifyChosen, "batch_first")
        shown = [{k.capitalize(): ("–" if v in (None, "") else v) for k, v in row.items()} for row in rows]
        return table_view(shown, caption=self.say("batch", n=len(rows)))

    # --- looking back ---

    def then(self) -> View:
        """What you said of the story when you first read it, in unit 0."""
        asked = find_unit(WELCOME).predictions["trust"]
        entries = self.progress.entries("event", WELCOME, "trust", self.case.name)
        before = latest(entries, asked.version, "event")
        if before is None:
            return note_view(self.say("then_nothing"))
        text = next((o.text for o in asked.options if o.id == before.answer), str(before.answer))
        said = self.say("then", answer=text)
        if before.certainty:
            said += " " + self.say("then_certainty", certainty=before.certainty)
        notes = self.progress.entries("note", WELCOME, "trust-reason", self.case.name)
        return note_view(said, self.say("then_reason", reason=notes[-1].text) if notes else "")
