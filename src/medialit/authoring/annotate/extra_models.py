"""Model reports, written for the course from the facts of ``coverage.yaml``: ``reports.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medialit.authoring.annotate.extra_steps import YES_NO, Answer, Ask, Extra, Leaf, Rows, leaf_of, table_of
from medialit.case._coverage_checks import MODEL_LABEL, MODEL_WORDS, faults, marked_words
from medialit.case.coverage import CoverageGold, ReportsFile
from medialit.errors import MedialitError
from medialit.forms import Field, Option, TableForm

SLOTS = {"first": "model-1", "second": "model-2"}
LOW, HIGH = MODEL_WORDS[0], MODEL_WORDS[-1]


class ModelsExtra(Extra):
    """Pages for one or two reports, the facts that each uses, and who says what is between quotation marks in them."""

    name, unit, file = "models", "sources", "reports.yaml"
    tasks, title = ("words", "reuse", "voices"), "Model reports of your own"

    def lacking(self) -> str:
        return "" if self.case.coverage.facts else "It needs facts. Add “Other reports, compared fact by fact” first."

    def pages(self) -> list[str]:
        return [*SLOTS, "facts", *["quotes"] * bool(self._quotations())]

    @property
    def _reports(self) -> dict[str, Any]:
        """The reports that there are already, by slot."""
        known = {one["id"]: one for one in self.before.get("reports", ())}
        return {slot: known[name] for slot, name in SLOTS.items() if name in known}

    def _written(self) -> dict[str, dict[str, Any]]:
        """The reports that are typed so far, by slot."""
        return {slot: typed for slot in SLOTS if (typed := self.given(slot)).get("text", "").strip()}

    def _quotations(self) -> list[str]:
        """The words between quotation marks in all reports, each once."""
        return list(dict.fromkeys(words for typed in self._written().values() for words in marked_words(typed["text"])))

    # --- pages ---

    def _first(self) -> Leaf:
        return self._report("first")

    def _second(self) -> Leaf:
        return self._report("second", Ask("copies", "Was it made from the first one?", YES_NO, optional=True))

    def _report(self, slot: str, *more: Ask) -> Leaf:
        def check(said: Answer) -> None:
            if more and not said["title"] and not said["text"]:
                return
            for name, what in (("title", "headline"), ("text", "text")):
                if not said[name]:
                    raise MedialitError(f"The report has no {what}.")
            if (n := len(said["text"].split())) not in MODEL_WORDS:
                raise MedialitError(f"A model report has {LOW} to {HIGH} words. This one has {n}.")
            if more and said["text"].split() == self.given("first").get("text", "").split():
                raise MedialitError("Both reports have the same text. Change the second one, or leave it out.")

        before = self._reports.get(slot, {})
        copied = "yes" if before.get("copies") else "no" * bool(before)
        begins = before | {"text": before.get("text", "").strip(), "copies": copied}
        parts = [Ask("title", "Its headline", limit=120), Ask("text", "Its text", limit=4500, lines=14), *more]
        return leaf_of(parts, begins, check)

    def _facts(self) -> Leaf:
        facts = tuple(Option(fact.id, fact.text) for fact in self.case.coverage.facts)
        rows = tuple(Option(slot, typed.get("title", "")) for slot, typed in self._written().items())
        return table_of(
            TableForm(rows, (Field("facts", "The facts it uses", facts, several=True),)),
            {slot: {"facts": one["facts"]} for slot, one in self._reports.items()},
            "which facts does it use?",
        )

    def _quotes(self) -> Leaf:
        side = "For which side does this person or body speak?"
        cards = tuple(Option(card.id, f"{card.publisher}: {card.title}") for card in self.case.evidence)
        rows = Rows(
            "said",
            {words: f"“{words}”" for words in self._quotations()},
            (
                Ask("who", "Who says it?", limit=80, missing="write who says it."),
                Ask("side", side, limit=60, missing="write for which side that is."),
                Ask("card", "Which card has these words?", cards, missing="choose a card."),
            ),
        )
        sides = {voice["name"]: voice["bloc"] for voice in self.before.get("voices", ())}
        known = {
            one["words"]: {"who": one["speaker"], "side": sides.get(one["speaker"], ""), "card": one["card"]}
            for report in self._reports.values()
            for one in report.get("quotations", ())
        }
        return leaf_of([rows], {rows.name: known})

    # --- the file ---

    def made(self) -> Mapping[str, Any]:
        case, facts = self.case, self.said("facts")
        said = self.said("quotes")["said"] if self._quotations() else {}
        voices = {one["who"]: one["side"] for one in said.values()}
        data = {
            "how": "Written for this course from the facts in coverage.yaml.",
            "voices": [{"name": name, "bloc": side} for name, side in voices.items()],
            "reports": [self._made(slot, typed, facts[slot]["facts"], said) for slot, typed in self._written().items()],
        }
        gold = CoverageGold(case.coverage.about, ReportsFile.model_validate(data))
        for name, _, fault in faults(gold, case.claim_gold):
            if name == "reports":
                raise MedialitError(fault)
        self.try_out("work with these reports", self.tasks, coverage=gold)
        return data

    def _made(self, slot: str, typed: Answer, facts: list[str], said: Mapping[str, Answer]) -> dict[str, Any]:
        text = typed["text"].strip()
        return {
            "id": SLOTS[slot],
            "label": MODEL_LABEL,
            "kind": "brief",
            "event": next(fact.event for fact in self.case.coverage.facts if fact.id in facts),
            "facts": facts,
            **({"copies": SLOTS["first"]} if typed.get("copies") == "yes" else {}),
            "quotations": [
                {"words": words, "speaker": said[words]["who"], "card": said[words]["card"]}
                for words in dict.fromkeys(marked_words(text))
            ],
            "title": typed["title"].strip(),
            "text": f"{text}\n",
        }
