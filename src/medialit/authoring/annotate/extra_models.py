"""Model reports, written for the course from the facts of ``coverage.yaml``: ``reports.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from pathlib import Path
from typing import Any

from medialit.authoring.annotate.base import HEAD, by_hand
from medialit.authoring.annotate.extra_steps import Extra, Typed
from medialit.case import load_case
from medialit.case._coverage_checks import MODEL_LABEL, MODEL_WORDS, faults, marked_words
from medialit.case.coverage import CoverageGold, Fact, ReportsFile
from medialit.english import shortened
from medialit.errors import MedialitError
from medialit.files import load_yaml, yaml_bytes
from medialit.forms import CardForm, Field, Form, Option, TableForm
from medialit.forms.card import Blank
from medialit.units.registry import find_unit, load_tasks

SLOTS = {"first": "model-1", "second": "model-2"}
LOW, HIGH = MODEL_WORDS[0], MODEL_WORDS[-1]
YES_NO = (Option("yes", "Yes"), Option("no", "No"))


class ModelsExtra(Extra):
    """Pages for one or two reports, the facts that each uses, and who says what is between quotation marks in them."""

    name, unit = "models", "sources"
    tasks, title = ("words", "reuse", "voices"), "Model reports of your own"

    def lacking(self) -> str:
        if load_case(self.folder).coverage.facts:
            return ""
        return "It needs facts. Add “Other reports, compared fact by fact” first."

    def pages(self, typed: Typed) -> list[str]:
        self.typed = typed
        return ["first", "second", "facts", *["quotes"] * bool(self._quotations())]

    def tell(self, page: str) -> str:
        return {
            "first": (
                f"Write a report of the story from the facts in your table, in {LOW} to {HIGH} words. Name no real outlet. "
                "Learners compare its words with those of the article. With quotations they can also compare who speaks."
            ),
            "second": (
                "A second report is optional. Begin with the first one and change a few sentences, and learners can see how "
                "much of it was copied."
            ),
            "facts": "Which facts does each report use? A model report uses listed facts and no others.",
            "quotes": "These words are between quotation marks in your reports. Say whose they are and which card has them.",
        }[page]

    # --- forms ---

    def form(self, page: str) -> Form[Any]:
        if page in SLOTS:
            spare = page == "second"
            blanks = [
                Blank("title", "Its headline", limit=120, optional=spare),
                Blank("text", "Its text", limit=4500, lines=14, optional=spare),
            ]
            if spare:
                blanks.append(Blank("copies", "Was it made from the first one?", YES_NO, optional=True))
            return CardForm(tuple(blanks))
        if page == "facts":
            facts = tuple(Option(fact.id, fact.text) for fact in self._facts())
            rows = tuple(Option(slot, self.page(slot)["title"]) for slot in self._written())
            return TableForm(rows, (Field("facts", "The facts it uses", facts, several=True),))
        cards = tuple(Option(card.id, f"{card.publisher}: {card.title}") for card in load_case(self.folder).evidence)
        blanks = []
        for words in self._quotations():
            blanks += [
                Blank(f"who {words}", "Who says it?", limit=80, part=f"“{words}”"),
                Blank(f"side {words}", "For which side does this person or body speak?", limit=60),
                Blank(f"card {words}", "Which card has these words?", cards),
            ]
        return CardForm(tuple(blanks))

    def known(self, page: str) -> dict[str, str]:
        path = self.folder / "reports.yaml"
        before = load_yaml(path)[0] if path.is_file() and not by_hand(path) else {"reports": [], "voices": []}
        reports = {slot: one for slot, name in SLOTS.items() for one in before["reports"] if one["id"] == name}
        if page in SLOTS:
            one = reports.get(page, {})
            copied = {"copies": "yes" if one.get("copies") else "no"} if page == "second" and one else {}
            return {name: one.get(name, "").strip() for name in ("title", "text")} | copied
        if page == "facts":
            return {slot: ",".join(one["facts"]) for slot, one in reports.items()}
        sides = {voice["name"]: voice["bloc"] for voice in before.get("voices", ())}
        typed: dict[str, str] = {}
        for said in (said for one in reports.values() for said in one.get("quotations", ())):
            values = {"who": said["speaker"], "side": sides.get(said["speaker"], ""), "card": said["card"]}
            typed |= {f"{name} {said['words']}": value for name, value in values.items()}
        return typed

    def flat(self, page: str, answer: Mapping[str, Any]) -> dict[str, str]:
        if page != "facts":
            return super().flat(page, answer)
        return {slot: ",".join(cells.get("facts") or []) for slot, cells in answer.items()}

    def shown(self, page: str, kept: dict[str, str]) -> Any:
        if page != "facts":
            return super().shown(page, kept)
        known = {fact.id for fact in self._facts()}
        chosen = {slot: [one for one in kept.get(slot, "").split(",") if one in known] for slot in self._written()}
        return {slot: {"facts": ids} for slot, ids in chosen.items() if ids}

    # --- what was typed ---

    def page(self, page: str) -> Mapping[str, str]:
        return self.typed.get(self.key(page)) or self.known(page)

    def _facts(self) -> tuple[Fact, ...]:
        return load_case(self.folder).coverage.facts

    def _written(self) -> list[str]:
        return [slot for slot in SLOTS if self.page(slot).get("text", "").strip()]

    def _quotations(self) -> list[str]:
        """The words between quotation marks in all reports, each once."""
        return list(dict.fromkeys(words for slot in self._written() for words in marked_words(self.page(slot)["text"])))

    # --- what is refused ---

    def check(self, page: str, typed: Typed) -> None:
        if page in SLOTS:
            self._check_report(page)
        elif page == "facts":
            for slot in self._written():
                if not self.page(page).get(slot):
                    raise MedialitError(f"“{shortened(self.page(slot)['title'], 60)}”: which facts does it use?")
        else:
            told = {"who": "write who says it.", "side": "write for which side that is.", "card": "choose a card."}
            for words in self._quotations():
                for name, what in told.items():
                    if not self.page(page).get(f"{name} {words}", "").strip():
                        raise MedialitError(f"“{shortened(words, 60)}”: {what}")

    def _check_report(self, slot: str) -> None:
        typed = self.page(slot)
        title, text = (typed.get(name, "").strip() for name in ("title", "text"))
        if slot == "second" and not title and not text:
            return
        if not title or not text:
            raise MedialitError(f"The report has no {'headline' if not title else 'text'}.")
        if (n := len(text.split())) not in MODEL_WORDS:
            raise MedialitError(f"A model report has {LOW} to {HIGH} words. This one has {n}.")
        if slot == "second" and " ".join(text.split()) == " ".join(self.page("first").get("text", "").split()):
            raise MedialitError("Both reports have the same text. Change the second one, or leave it out.")

    # --- the file ---

    def made(self, given: Typed) -> dict[Path, bytes]:
        path = self.own("reports.yaml")
        for page in self.pages(self.typed):
            self.check(page, self.typed)
        case = load_case(self.folder)
        said = self.page("quotes")
        voices = {said[f"who {words}"].strip(): said[f"side {words}"].strip() for words in self._quotations()}
        data = {
            "how": "Written for this course from the facts in coverage.yaml.",
            "voices": [{"name": name, "bloc": side} for name, side in voices.items()],
            "reports": [self._report(slot, said) for slot in self._written()],
        }
        gold = CoverageGold(case.coverage.about, ReportsFile.model_validate(data))
        for name, _, fault in faults(gold, case.claim_gold):
            if name == "reports":
                raise MedialitError(fault)
        tried = copy(case)
        vars(tried)["coverage"] = gold
        for task in (one for one in load_tasks(find_unit(self.unit), tried).values() if one.id in self.tasks):
            result = task.check(task.answer())
            if not result.outcome.done:
                raise MedialitError(f"Exercise {task.label} would not work with these reports. {result.message}")
        return {path: yaml_bytes(data, HEAD)}

    def _report(self, slot: str, said: Mapping[str, str]) -> dict[str, Any]:
        typed, facts = self.page(slot), self.page("facts")[slot].split(",")
        text = typed["text"].strip()
        copied = {"copies": SLOTS["first"]} if typed.get("copies") == "yes" and slot == "second" else {}
        return {
            "id": SLOTS[slot],
            "label": MODEL_LABEL,
            "kind": "brief",
            "event": next(fact.event for fact in self._facts() if fact.id in facts),
            "facts": facts,
            **copied,
            "quotations": [
                {"words": words, "speaker": said[f"who {words}"].strip(), "card": said[f"card {words}"]}
                for words in dict.fromkeys(marked_words(text))
            ],
            "title": typed["title"].strip(),
            "text": f"{text}\n",
        }
