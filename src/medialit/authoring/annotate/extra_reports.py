"""Other reports of the same story, and what each does with a fact: the matrix and the origins of ``coverage.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from medialit.authoring.annotate.base import HEAD, by_hand
from medialit.authoring.annotate.extra_steps import Extra, Typed
from medialit.case import load_case
from medialit.case._coverage_checks import CARD_WORDS, GIST_WORDS, faults
from medialit.case.claims import Card
from medialit.case.coverage import LABELS, CoverageFile, CoverageGold
from medialit.case.load import UNKNOWN
from medialit.english import read_day, shortened
from medialit.errors import MedialitError
from medialit.files import load_yaml, yaml_bytes
from medialit.forms import CardForm, Field, Form, MatrixForm, Option
from medialit.forms.card import Blank
from medialit.units.registry import find_unit

FACTS, LEAST, SHORT = 8, 3, 4  # facts in the form, facts and labels that are needed, rows of the short session
STATES, DIFFERS, CONTRADICTS, NOT_FOUND = LABELS
ARTICLE = "article"
ENDLESS = "0001"  # a day before every report: then no fact is too new for one


class ReportsExtra(Extra):
    """Four pages: which cards are reports, which facts, what each report does with each, and what it says instead."""

    name, unit, tasks, title = "reports", "sources", ("matrix", "origins"), "Other reports, compared fact by fact"

    @property
    def _cards(self) -> tuple[Card, ...]:
        return load_case(self.folder).evidence

    def lacking(self) -> str:
        if len(self._cards) >= 2:
            return ""
        return "It needs at least two evidence cards. Write them in “What does the evidence say?” first."

    def pages(self, typed: Typed) -> list[str]:
        pages = ["cards", "facts", "cells"]
        return [*pages, "instead"] if list(self._otherwise(typed.get(self.key("cells"), {}))) else pages

    def tell(self, page: str) -> str:
        return {
            "cards": (
                "Which of your evidence cards come from reports of the same story? Choose at least two, from at least two "
                "origins, and write down what each tells: learners compare that. For the exercise on origins, write for at "
                "least three pages what shows where their text came from."
            ),
            "facts": (
                "Write at least three facts of the story, one in each box. Choose some that a report leaves out, or tells in "
                "another way."
            ),
            "cells": (
                "What does each report do with each fact? Use at least three of the four answers in all: with fewer, the "
                "same answer everywhere would do well."
            ),
            "instead": "What does the report say there? Learners read it when they have answered.",
        }[page]

    # --- forms ---

    def form(self, page: str) -> Form[Any]:
        if page == "cards":
            return CardForm(tuple(self._card_blanks()))
        if page == "facts":
            return CardForm(tuple(self._fact_blanks()))
        if page == "cells":
            told = next(text for text in find_unit(self.unit).texts.values() if text.name == "matrix").options["labels"]
            labels = tuple(Option(label, told[label]) for label in LABELS)
            columns = (Field(name, self._source(name), labels) for name in self._sources())
            return MatrixForm(tuple(Option(row, text) for row, text in self._facts().items()), tuple(columns))
        facts = self._facts()
        blanks: list[Blank] = []
        for row, source, label in self._otherwise(self.page("cells")):
            said = "says in another way" if label == DIFFERS else "contradicts"
            part = facts[row] if row not in [blank.name.partition("|")[0] for blank in blanks] else ""
            ask = f"{self._source(source)} {said} this. What does it say?"
            blanks.append(Blank(f"{row}|{source}", ask, limit=200, part=part))
        return CardForm(tuple(blanks))

    def _card_blanks(self) -> Iterator[Blank]:
        yes_no = (Option("yes", "Yes"), Option("no", "No"))
        yield Blank("gist", "Its headline in your own words", limit=150, part="The article itself")
        for card in self._cards:
            part = f"{card.publisher}, {card.date or 'no date'}: {card.title}"
            yield Blank(f"use {card.id}", "Is it a report of this story?", yes_no, part=part)
            yield Blank(f"gist {card.id}", "Its headline in your own words", limit=150, optional=True)
            yield Blank(f"told {card.id}", "What it tells, in your own words", limit=700, lines=3, optional=True)
            yield Blank(f"clue {card.id}", "What shows where its text came from? (optional)", limit=200, optional=True)

    def _fact_blanks(self) -> Iterator[Blank]:
        for n in range(1, FACTS + 1):
            spare = n > LEAST
            yield Blank(
                f"f{n}", "The fact, in a sentence", limit=200, optional=spare, part=f"Fact {n}{' (optional)' * spare}"
            )
            yield Blank(
                f"f{n}since", "The first day on which somebody could report it (optional)", limit=30, optional=True
            )

    def known(self, page: str) -> dict[str, str]:
        before = self._before()
        if page == "cards":
            reports = {report["id"]: report for report in before.get("reports", ())}
            told = {column["report"]: column["card"] for column in before.get("matrix", {}).get("columns", ())}
            clues = {copy["card"]: copy["clue"] for copy in before.get("grouping", ())}
            typed = {"gist": before.get(ARTICLE, {}).get("gist") or load_case(self.folder).title}
            for card in self._cards:
                typed |= {
                    f"use {card.id}": ("yes" if card.id in reports else "no") if reports else "",
                    f"gist {card.id}": reports.get(card.id, {}).get("gist", ""),
                    f"told {card.id}": told.get(card.id, card.fact),
                    f"clue {card.id}": clues.get(card.id, ""),
                }
            return typed
        rows = {f"f{n}": fact for n, fact in enumerate(before.get("facts", ()), 1)}
        if page == "facts":
            since = {f"{row}since": fact["since"] for row, fact in rows.items() if fact["since"] != ENDLESS}
            return {row: fact["text"] for row, fact in rows.items()} | since
        sources = [before.get(ARTICLE, {"id": ARTICLE}), *before.get("reports", ())]
        cells = {row["fact"]: row["cells"] for row in before.get("matrix", {}).get("rows", ())}
        if page == "cells":
            return {
                f"{row}|{name}": label
                for row, fact in rows.items()
                for name, label in cells.get(fact["id"], {}).items()
            }
        return {
            f"{row}|{one['id']}": one[field][fact["id"]]
            for row, fact in rows.items()
            for one in sources
            for field in ("differs", "contradicts")
            if fact["id"] in one.get(field, {})
        }

    def flat(self, page: str, answer: Mapping[str, Any]) -> dict[str, str]:
        if page != "cells":
            return super().flat(page, answer)
        return {f"{row}|{source}": label for row, cells in answer.items() for source, label in cells.items() if label}

    def shown(self, page: str, kept: dict[str, str]) -> Any:
        if page != "cells":
            return super().shown(page, kept)
        made: dict[str, dict[str, str]] = {}
        for row in self._facts():
            for source in self._sources():
                if label := kept.get(f"{row}|{source}"):
                    made.setdefault(row, {})[source] = label
        return made

    # --- what was typed ---

    def page(self, page: str) -> Mapping[str, str]:
        """What was typed on a page; what the case has, as long as nothing was."""
        return self.typed.get(self.key(page)) or self.known(page)

    def _before(self) -> dict[str, Any]:
        path = self.folder / "coverage.yaml"
        return dict(load_yaml(path)[0]) if path.is_file() and not by_hand(path) else {}

    def _chosen(self) -> list[Card]:
        typed = self.page("cards")
        return [card for card in self._cards if typed.get(f"use {card.id}") == "yes"]

    def _sources(self) -> list[str]:
        return [ARTICLE, *(card.id for card in self._chosen())]

    def _source(self, name: str) -> str:
        card = next((card for card in self._cards if card.id == name), None)
        if card is None:
            return "The article"
        return f"{card.publisher.split(',')[0]} {card.date or ''}".strip()

    def _facts(self) -> dict[str, str]:
        typed = self.page("facts")
        return {row: text for n in range(1, FACTS + 1) if (text := typed.get(row := f"f{n}", "").strip())}

    def _otherwise(self, cells: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
        """(row, source, label) of each cell in which a report says something else."""
        for row in self._facts():
            for source in self._sources():
                if (label := cells.get(f"{row}|{source}", "")) in (DIFFERS, CONTRADICTS):
                    yield row, source, label

    # --- what is refused ---

    def check(self, page: str, typed: Typed) -> None:
        checks = {"cards": self._check_cards, "facts": self._check_facts, "cells": self._check_cells}
        checks.get(page, self._check_instead)(self.page(page))

    def _check_facts(self, typed: Mapping[str, str]) -> None:
        facts = list(self._facts().values())
        if len(facts) < LEAST:
            raise MedialitError(
                f"Write at least {LEAST} facts. There {'is' if len(facts) == 1 else 'are'} {len(facts)}."
            )
        if twice := next((text for text in facts if facts.count(text) > 1), None):
            raise MedialitError(f"“{shortened(twice, 60)}” is there twice. Keep it once.")
        for name, day in typed.items():
            if name.endswith("since") and day.strip() and not read_day(day):
                raise MedialitError(f"“{day}” is not a date. Write it as March 18, 2024, or leave it empty.")

    def _check_cells(self, cells: Mapping[str, str]) -> None:
        facts = self._facts()
        for row, text in facts.items():
            for source in self._sources():
                if not cells.get(f"{row}|{source}"):
                    told = f"what does {self._source(source)} do with it? Choose an answer."
                    raise MedialitError(f"“{shortened(text, 60)}”: {told}")
        used = {cells[f"{row}|{source}"] for row in facts for source in self._sources()}
        if len(used) < LEAST:
            raise MedialitError(
                f"Only {len(used)} of the four answers {'is' if len(used) == 1 else 'are'} in use. Go back and add a fact "
                "that one of the reports leaves out or tells otherwise."
            )

    def _check_instead(self, typed: Mapping[str, str]) -> None:
        for row, source, _ in self._otherwise(self.page("cells")):
            if not typed.get(f"{row}|{source}", "").strip():
                raise MedialitError(f"“{shortened(self._facts()[row], 60)}”: write what {self._source(source)} says.")

    def _check_cards(self, typed: Mapping[str, str]) -> None:
        chosen = self._chosen()
        if len(chosen) < 2:
            raise MedialitError("Choose at least two reports of the same story.")
        pages: dict[tuple[str, str, str], str] = {}
        for card in chosen:
            told = {name: typed.get(f"{name} {card.id}", "").strip() for name in ("gist", "told")}
            where = f"“{shortened(card.title, 60)}” ({card.id})"
            if not all(told.values()):
                raise MedialitError(
                    f"{where}: write {'its headline' if not told['gist'] else 'what it tells'} in your own words."
                )
            for name, what, most in (("gist", "the headline", GIST_WORDS), ("told", "what it tells", CARD_WORDS)):
                if (n := len(told[name].split())) > most:
                    raise MedialitError(f"{where}: {what} has {n} words. Shorten it to {most}.")
            same = (card.publisher, card.title, card.date or "")
            if same in pages:
                raise MedialitError(f"{where} is from the same page as {pages[same]}. Choose each report once.")
            pages[same] = card.id
        if len({card.origin for card in chosen}) < 2:
            raise MedialitError(
                f"All these reports go back to {chosen[0].origin}, so they count as one. Choose a report of another origin."
            )
        if len({card.event for card in chosen}) > 1:
            raise MedialitError("These cards are about different events. Choose reports of one event.")
        clues = [card for card in self._cards if typed.get(f"clue {card.id}", "").strip()]
        if 0 < len(clues) < LEAST:
            raise MedialitError(
                f"The exercise on origins needs at least {LEAST} pages, and you described {len(clues)}. Describe more, "
                "or none."
            )

    # --- the file ---

    def made(self, given: Typed) -> dict[Path, bytes]:
        path, before = self.own("coverage.yaml"), self._before()
        for page in self.pages(self.typed):
            self.check(page, self.typed)
        facts = self._facts()
        ids = _numbered(facts.values(), {fact["text"]: fact["id"] for fact in before.get("facts", ())})
        rows = {row: ids[text] for row, text in facts.items()}
        event = self._chosen()[0].event
        typed, cells = self.page("facts"), self.page("cells")
        since = {row: read_day(typed.get(f"{row}since", "")) or ENDLESS for row in facts}
        made = before | {
            "how": "One person compared the reports fact by fact.",
            "facts": [
                {"id": rows[row], "event": event, "label": shortened(text, 40), "text": text, "since": since[row]}
                for row, text in facts.items()
            ],
            ARTICLE: self._article(event) | self._does(ARTICLE, rows),
            "reports": [self._report(card) | self._does(card.id, rows) for card in self._chosen()],
            "matrix": {
                "columns": [
                    {"report": ARTICLE, "card": "You have it in front of you."},
                    *({"report": card.id, "card": self.page("cards")[f"told {card.id}"].strip()} for card in self._chosen()),
                ],
                "rows": [
                    {
                        "key": rows[row].lower(), "fact": rows[row], "text": text, "cut": n < SHORT,
                        "cells": {source: cells[f"{row}|{source}"] for source in self._sources()},
                        "why": self._why(row),
                    }
                    for n, (row, text) in enumerate(facts.items())
                ],
            },
        }  # fmt: skip
        clues = {
            card.id: clue for card in self._cards if (clue := self.page("cards").get(f"clue {card.id}", "").strip())
        }
        if clues:
            made["grouping"] = [{"card": card, "clue": clue} for card, clue in clues.items()]
            made["grouping_clue"] = (
                "A credit, a headline or the order of the facts can be a trace. Which pages share one?"
            )
        else:
            made.pop("grouping", None)
        gold = CoverageGold(CoverageFile.model_validate(made), None)
        for _, _, fault in faults(gold, load_case(self.folder).claim_gold):
            raise MedialitError(fault)
        return {path: yaml_bytes(made, HEAD)}

    def _article(self, event: str) -> dict[str, Any]:
        place = load_case(self.folder).about.published
        day = read_day(place.date) if place.date != UNKNOWN else ""
        return {
            "id": ARTICLE,
            "publisher": "The article",
            **({"date": day} if day else {"date_note": "The date of the article is not known."}),
            "origin": place.publisher if place.publisher != UNKNOWN else "not known",
            "event": event,
            "read": "whole",
            "gist": self.page("cards").get("gist", "").strip() or load_case(self.folder).title,
        }

    def _report(self, card: Card) -> dict[str, Any]:
        return {
            "id": card.id,
            "publisher": card.publisher,
            **({"date": card.date} if card.date else {"date_note": card.date_note or "The page has no date."}),
            "address": card.address,
            "origin": card.origin,
            "event": card.event,
            "read": card.read,
            "gist": self.page("cards")[f"gist {card.id}"].strip(),
            "cards": [card.id],
        }

    def _does(self, source: str, rows: Mapping[str, str]) -> dict[str, Any]:
        """What a source does with the facts: ``states``, ``differs`` and ``contradicts``."""
        cells, instead = self.page("cells"), self.page("instead")
        said = {row: instead.get(f"{row}|{source}", "").strip() for row in rows}
        return {"states": [rows[row] for row in rows if cells[f"{row}|{source}"] == STATES]} | {
            field: {rows[row]: said[row] for row in rows if cells[f"{row}|{source}"] == label}
            for field, label in (("differs", DIFFERS), ("contradicts", CONTRADICTS))
        }

    def _why(self, row: str) -> str:
        """What a learner reads about a row: who states it, and what the others say."""
        cells, instead = self.page("cells"), self.page("instead")
        by_label: dict[str, list[str]] = {}
        for source in self._sources():
            said = instead.get(f"{row}|{source}", "").strip()
            label = cells[f"{row}|{source}"]
            name = self._source(source)
            by_label.setdefault(label, []).append(f"{name} (“{said}”)" if label in (DIFFERS, CONTRADICTS) else name)
        heads = {
            STATES: "Stated by",
            DIFFERS: "Told in another way by",
            CONTRADICTS: "Contradicted by",
            NOT_FOUND: "Not found in",
        }
        return " ".join(f"{heads[label]}: {', '.join(by_label[label])}." for label in LABELS if label in by_label)


def _numbered(texts: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """An id for each text; one that had an id keeps it, and a new one gets the next number."""
    number = max((int(n) for one in known.values() for n in re.findall(r"^F(\d+)$", one)), default=0)
    made: dict[str, str] = {}
    for text in texts:
        number += text not in known
        made[text] = known.get(text, f"F{number}")
    return made
