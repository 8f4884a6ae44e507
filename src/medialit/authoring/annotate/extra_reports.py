"""Other reports of the same story, and what each does with a fact: the matrix and the origins of ``coverage.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from medialit.authoring.annotate.claim_key import card_line
from medialit.authoring.annotate.extra_steps import YES_NO, Answer, Ask, Extra, Leaf, Rows, leaf_of, numbered, table_of
from medialit.authoring.coding import fresh
from medialit.authoring.days import day_of
from medialit.case._coverage_checks import CARD_WORDS, GIST_WORDS, faults
from medialit.case.claims import Card
from medialit.case.coverage import LABELS, CoverageFile, CoverageGold
from medialit.case.load import UNKNOWN
from medialit.english import shortened
from medialit.errors import MedialitError
from medialit.forms import Field, MatrixForm, Option
from medialit.units.registry import find_unit

LEAST, SHORT = 3, 4  # facts and labels that are needed, rows of the short session
STATES, DIFFERS, CONTRADICTS, NOT_FOUND = LABELS
ARTICLE = "article"
ENDLESS = "0001"  # a day before every report: then no fact is too new for one
FACTS = numbered(
    "f", "Fact", 8, LEAST, f"Write at least {LEAST} facts. You have {{n}}.",
    Ask("text", "The fact, in a sentence", limit=200, missing="write the fact that this day belongs to."),
    Ask("since", "The first day on which somebody could report it (optional)", limit=30),
)  # fmt: skip


class ReportsExtra(Extra):
    """Four pages: which cards are reports, which facts, what each report does with each, and what it says instead."""

    name, unit, tasks, title = "reports", "sources", ("matrix", "origins"), "Other reports, compared fact by fact"
    file = "coverage.yaml"

    def lacking(self) -> str:
        told = "It needs at least two evidence cards. Write them in “What does the evidence say?” first."
        return told if len(self.case.evidence) < 2 else ""

    def pages(self) -> list[str]:
        return ["cards", "facts", "cells", *["instead"] * any(self._otherwise())]

    # --- pages ---

    def _cards(self) -> Leaf:
        before, cards = self.before, self.case.evidence
        gist = Ask("gist", "Its headline in your own words", limit=150, words=GIST_WORDS)
        rows = Rows(
            "cards", {one.id: card_line(one) for one in cards},
            (
                Ask("use", "Is it a report of this story?", YES_NO, optional=True), gist,
                Ask("told", "What it tells, in your own words", limit=700, lines=3, words=CARD_WORDS),
                Ask("clue", "What shows where its text came from? (optional)", limit=200),
            ),
        )  # fmt: skip
        reports = {report["id"]: report["gist"] for report in before.get("reports", ())}
        tells = {column["report"]: column["card"] for column in before.get("matrix", {}).get("columns", ())}
        clues = {copy["card"]: copy["clue"] for copy in before.get("grouping", ())}
        known = {
            card.id: {
                "use": "yes" if card.id in reports else "no" * bool(reports),
                "gist": reports.get(card.id, ""),
                "told": tells.get(card.id, card.fact),
                "clue": clues.get(card.id, ""),
            }
            for card in cards
        }
        begins = {"gist": before.get(ARTICLE, {}).get("gist") or self.case.title, rows.name: known}
        return leaf_of([replace(gist, part="The article itself"), rows], begins, self._check_cards)

    def _check_cards(self, said: Answer) -> None:
        rows = said["cards"]
        chosen = [card for card in self.case.evidence if rows[card.id]["use"] == "yes"]
        if len(chosen) < 2:
            raise MedialitError("Choose at least two reports of the same story.")
        pages: dict[tuple[str, str, str], str] = {}
        for card in chosen:
            where = f"“{shortened(card.title, 60)}” ({card.id})"
            for name, what in (("gist", "its headline"), ("told", "what it tells")):
                if not rows[card.id][name]:
                    raise MedialitError(f"{where}: write {what} in your own words.")
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
        if 0 < (n := sum(bool(row["clue"]) for row in rows.values())) < LEAST:
            raise MedialitError(
                f"The exercise on origins needs at least {LEAST} pages, and you described {n}. Describe more, or none."
            )

    def _facts(self) -> Leaf:
        return leaf_of([FACTS], {FACTS.name: self._known()}, self._check_facts)

    def _known(self) -> dict[str, dict[str, str]]:
        """The facts that there are already, by row."""
        facts = (fact | {"since": fact["since"].replace(ENDLESS, "")} for fact in self.before.get("facts", ()))
        return dict(zip(FACTS.heads, facts, strict=False))

    @staticmethod
    def _check_facts(said: Answer) -> None:
        for fact in said[FACTS.name].values():
            day_of(fact["since"], ", or leave it empty")

    def _cells(self) -> Leaf:
        named = find_unit(self.unit).text("matrix").options["labels"]
        labels = tuple(Option(label, named[label]) for label in LABELS)
        columns = tuple(Field(source, name, labels) for source, name in self._sources().items())
        form = MatrixForm(tuple(Option(row, text) for row, text in self._written().items()), columns)
        cells = {row["fact"]: row["cells"] for row in self.before.get("matrix", {}).get("rows", ())}
        known = {row: cells.get(fact["id"], {}) for row, fact in self._known().items()}
        return table_of(form, known, "what does {} do with it? Choose an answer.", self._check_cells)

    @staticmethod
    def _check_cells(cells: Answer) -> None:
        if (used := len({label for row in cells.values() for label in row.values()})) < LEAST:
            raise MedialitError(
                f"Only {used} of the four answers {'is' if used == 1 else 'are'} in use. Go back and add a fact that one of "
                "the reports leaves out or tells otherwise."
            )

    def _instead(self) -> Leaf:
        facts, sources, before = self._written(), self._sources(), self.before
        rows = {fact["id"]: row for row, fact in self._known().items()}
        begins = {
            f"{rows[fact]}|{one['id']}": said
            for one in [before.get(ARTICLE, {}), *before.get("reports", ())]
            for field in ("differs", "contradicts")
            for fact, said in one.get(field, {}).items()
            if fact in rows
        }
        parts: list[Ask] = []
        for row, source, label in self._otherwise():
            does = "says in another way" if label == DIFFERS else "contradicts"
            parts.append(
                Ask(
                    f"{row}|{source}",
                    f"{sources[source]} {does} this. What does it say?",
                    limit=200,
                    part="" if any(one.part == facts[row] for one in parts) else facts[row],
                    missing=f"“{shortened(facts[row], 60)}”: write what {sources[source]} says.",
                )
            )
        return leaf_of(parts, begins)

    # --- what was typed ---

    def _chosen(self) -> list[Card]:
        typed = self.given("cards")
        return [card for card in self.case.evidence if typed.get(f"use {card.id}") == "yes"]

    def _sources(self) -> dict[str, str]:
        """The columns of the matrix, and how each is called."""
        named = {card.id: f"{card.publisher.split(',')[0]} {card.date or ''}".strip() for card in self._chosen()}
        return {ARTICLE: "The article"} | named

    def _written(self) -> dict[str, str]:
        """The facts that are typed so far, by row."""
        return {row: fact["text"] for row, fact in FACTS.found(self.given("facts")).items()}

    def _otherwise(self) -> Iterator[tuple[str, str, str]]:
        """(row, source, label) of each cell in which a report says something else."""
        for row, cells in self.given("cells").items():
            for source in self._sources():
                if (label := cells.get(source, "")) in (DIFFERS, CONTRADICTS):
                    yield row, source, label

    # --- the file ---

    def made(self) -> Mapping[str, Any]:
        before, chosen, sources = self.before, self._chosen(), self._sources()
        typed, facts = self.said("cards"), self.said("facts")[FACTS.name]
        cells, instead = self.said("cells"), self.said("instead")
        known = {fact["text"]: fact["id"] for fact in before.get("facts", ())}
        ids = dict(zip(facts, _numbered((fact["text"] for fact in facts.values()), known), strict=True))
        event = chosen[0].event

        def does(source: str) -> dict[str, Any]:
            """What a source does with the facts: ``states``, ``differs`` and ``contradicts``."""
            by_label = {label: [row for row in facts if cells[row][source] == label] for label in LABELS}
            return {"states": [ids[row] for row in by_label[STATES]]} | {
                field: {ids[row]: instead[f"{row}|{source}"] for row in by_label[label]}
                for field, label in (("differs", DIFFERS), ("contradicts", CONTRADICTS))
            }

        made = before | {
            "how": "One person compared the reports fact by fact.",
            "facts": [
                {
                    "id": ids[row], "event": event, "label": shortened(fact["text"], 40), "text": fact["text"],
                    "since": day_of(fact["since"]) or ENDLESS,
                }
                for row, fact in facts.items()
            ],
            ARTICLE: self._article(event, typed["gist"]) | does(ARTICLE),
            "reports": [_report(card, typed["cards"][card.id]["gist"]) | does(card.id) for card in chosen],
            "matrix": {
                "columns": [
                    {"report": ARTICLE, "card": "You have it in front of you."},
                    *({"report": card.id, "card": typed["cards"][card.id]["told"]} for card in chosen),
                ],
                "rows": [
                    {
                        "key": ids[row].lower(), "fact": ids[row], "text": fact["text"], "cut": n < SHORT,
                        "cells": {source: cells[row][source] for source in sources},
                        "why": _why(sources, cells[row], {name: instead.get(f"{row}|{name}", "") for name in sources}),
                    }
                    for n, (row, fact) in enumerate(facts.items())
                ],
            },
        }  # fmt: skip
        clues = [{"card": card, "clue": row["clue"]} for card, row in typed["cards"].items() if row["clue"]]
        trace = "A credit, a headline or the order of the facts can be a trace. Which pages share one?"
        made |= {"grouping": clues, "grouping_clue": trace} if clues else {"grouping": []}
        gold = CoverageGold(CoverageFile.model_validate(made), None)
        for _, _, fault in faults(gold, self.case.claim_gold):
            raise MedialitError(fault)
        return made

    def _article(self, event: str, gist: str) -> dict[str, Any]:
        place = self.case.about.published
        day = day_of(place.date, " in case.yaml") if place.date != UNKNOWN else ""
        return {
            "id": ARTICLE,
            "publisher": "The article",
            **({"date": day} if day else {"date_note": "The date of the article is not known."}),
            "origin": place.publisher if place.publisher != UNKNOWN else "not known",
            "event": event,
            "read": "whole",
            "gist": gist or self.case.title,
        }


def _report(card: Card, gist: str) -> dict[str, Any]:
    same = {"id", "publisher", "date", "date_note", "address", "origin", "event", "read"}
    return card.model_dump(include=same, exclude_none=True) | {"gist": gist, "cards": [card.id]}


def _why(sources: Mapping[str, str], cells: Mapping[str, str], instead: Mapping[str, str]) -> str:
    """What a learner reads about a row: who states it, and what the others say."""
    heads = {
        STATES: "Stated by",
        DIFFERS: "Told in another way by",
        CONTRADICTS: "Contradicted by",
        NOT_FOUND: "Not found in",
    }
    named = {one: f"{name} (“{instead[one]}”)" if instead[one] else name for one, name in sources.items()}
    said = {label: [named[one] for one in sources if cells[one] == label] for label in heads}
    return " ".join(f"{heads[label]}: {', '.join(names)}." for label, names in said.items() if names)


def _numbered(texts: Iterable[str], known: Mapping[str, str]) -> list[str]:
    """An id for each text; one that had an id keeps it, and a new one gets the next number."""
    new = fresh("F", known.values())
    return [known.get(text) or next(new) for text in texts]
