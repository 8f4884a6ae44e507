"""Tasks 4.2, 4.3 and 4.7: reports by origin, the facts of a story on two events, and a test that tells them apart."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cached_property
from typing import Any

from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import RawTask
from medialit.forms import ChoiceForm, Field, Form, Option, TableForm
from medialit.scoring.clusters import b_cubed
from medialit.scoring.order import set_f1

NEITHER = "neither"


class GroupOrigins(RawTask):
    """4.2: which pages go back to one text. B-cubed F1 (Bagga & Baldwin 1998); the names of groups carry no meaning."""

    id = "4.2"

    @cached_property
    def origins(self) -> dict[str, str]:
        """The origin of each card."""
        cards = {card.id: card for card in self.case.evidence}
        return {copy.card: cards[copy.card].origin for copy in self.case.coverage.grouping}

    @cached_property
    def sites(self) -> dict[str, str]:
        """The site of each card, without the agency that it has its text from."""
        cards = {card.id: card for card in self.case.evidence}
        named = {copy.card: cards[copy.card].publisher for copy in self.case.coverage.grouping}
        return {
            card: re.split(r", (?:in|on) (?:the )?", name, maxsplit=1, flags=re.I)[-1] for card, name in named.items()
        }

    @cached_property
    def form(self) -> Form[Any]:
        clues = {copy.card: copy.clue for copy in self.case.coverage.grouping}
        # By the name of the site: the order of the key would give the groups away, and so would the agency's name.
        names = sorted(self.sites.items(), key=lambda pair: pair[1].casefold())
        rows = [Option(card, f"{name}: {clues[card]}") for card, name in names]
        groups = tuple(Option(str(n), f"group {n}") for n in range(1, len(set(self.origins.values())) + 3))
        return TableForm(tuple(rows), (Field("group", "Group", groups),))

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        given = {card: cells["group"] for card, cells in answer.items() if cells.get("group")}
        found = b_cubed(given, self.origins) if given else None
        if found is None:
            return Result(
                Outcome.NOT_ATTEMPTED, 0.0, "No page has a group yet.", "Begin with two pages that share a credit."
            )
        value = found.f1
        groups, right = len(set(given.values())), len(set(self.origins.values()))
        empty = len(self.origins) - len(given)
        message = (
            f"You made {groups} groups of {len(given)} pages. B-cubed precision {found.precision:.2f}, "
            f"recall {found.recall:.2f}, F1 {value:.2f}."
        )
        codes: tuple[str, ...] = ()
        step = ""
        if empty:
            step = f"{empty} pages have no group yet."
        elif found.recall < found.precision and found.recall < 1:
            step, codes = (
                "Some pages that you keep apart go back to one text. Look at order, figures and small words.",
                ("S-A",),
            )
        elif found.precision < 1:
            step, codes = (
                "Some pages that you put together have different reporters behind them. Read the credit again.",
                (),
            )
        details = {"groups": groups, "right": right, **found.as_dict()}
        return Result(self.outcome(value), value, message, step, details, codes)

    def answer(self) -> dict[str, dict[str, str]]:
        names = {origin: str(n) for n, origin in enumerate(dict.fromkeys(self.origins.values()), 1)}
        return {card: {"group": names[origin]} for card, origin in self.origins.items()}

    def facts(self) -> dict[str, object]:
        members: dict[str, list[str]] = defaultdict(list)
        for row in self.form.rows:
            members[self.origins[row.key]].append(self.sites[row.key])
        largest = sorted(members.items(), key=lambda pair: -len(pair[1]))
        return {
            "pages": len(self.origins),
            "groups": len(members),
            "whole": "; ".join(f"{origin}: {', '.join(sites)}" for origin, sites in largest),
            "clue": self.case.coverage.about.grouping_clue,
            "one": largest[0][1][0],
            "two": largest[0][1][-1],
        }


class SplitTimeline(RawTask):
    """4.3: give each fact of the story to an event, or to neither. Accuracy; half credit for a label that readers share."""

    id = "4.3"

    @property
    def names(self) -> dict[str, str]:
        """What each event is called."""
        return {key: self.case.timeline.names[key] for key in self.events}

    @cached_property
    def events(self) -> tuple[str, ...]:
        """The events that the facts belong to."""
        return tuple(sorted({piece.event for piece in self.case.coverage.split} - {NEITHER}))

    @cached_property
    def crowded(self) -> tuple[int, ...]:
        """The two paragraphs that hold most of the facts, in text order."""
        starts = [self.case.claim_gold.claim(piece.claim).span.start for piece in self.case.coverage.split]
        blocks = Counter(block.number for start in starts if (block := self.case.article.block_at(start)))
        return tuple(sorted(number for number, _ in blocks.most_common(2)))

    @cached_property
    def form(self) -> Form[Any]:
        signs = ("●", "▲", "■")
        events = [Option(key, f"{sign} {self.names[key]}") for key, sign in zip(self.events, signs, strict=False)]
        options = (*events, Option(NEITHER, "– cannot be told"))
        # In the order of the story: the file lists them event by event.
        pieces = sorted(self.case.coverage.split, key=lambda piece: self.case.claim_gold.claim(piece.claim).span.start)
        rows = tuple(Option(piece.claim, piece.text) for piece in pieces)
        return TableForm(rows, (Field("event", "Belongs to", options),))

    def score(self, answer: dict[str, dict[str, Any]]) -> Result:
        credit, wrong, empty = 0.0, [], 0
        for piece in self.case.coverage.split:
            given = answer.get(piece.claim, {}).get("event")
            empty += not given
            if given == piece.event:
                credit += 1
            elif given and given == piece.other:
                credit += 0.5
            elif given:
                wrong.append((piece, given))
        pieces = self.case.coverage.split
        value = credit / len(pieces)
        placed = Counter(place for cells in answer.values() if (place := cells.get("event")))
        piles = ", ".join(f"{placed[key]} to {self.names[key]}" for key in self.events)
        message = f"{credit:g} of {len(pieces)} points. You gave {piles}, and {placed[NEITHER]} to neither."
        step = ""
        if empty:
            step = f"{empty} facts have no place yet."
        elif wrong:
            piece = wrong[0][0]
            step = f"Look at “{piece.text}” again. {piece.why}"
        return Result(self.outcome(value), value, message, step, {"piles": dict(placed)})

    def answer(self) -> dict[str, dict[str, str]]:
        return {piece.claim: {"event": piece.event} for piece in self.case.coverage.split}

    def facts(self) -> dict[str, object]:
        counts = Counter(piece.event for piece in self.case.coverage.split)
        first = self.case.coverage.split[0]
        return {
            "facts": len(self.case.coverage.split),
            "events": "; ".join(f"{counts[key]} belong to {self.names[key]}" for key in self.events),
            "neither": counts[NEITHER],
            "where": " and ".join(f"¶{number}" for number in self.crowded),
            "first": first.text,
            "first_why": first.why,
        }


class BuildTest(RawTask):
    """4.7: choose the questions that tell the events apart. F1 of the chosen set."""

    id = "4.7"

    @cached_property
    def form(self) -> Form[Any]:
        return ChoiceForm(tuple(Option(q.key, q.text) for q in self.case.coverage.about.questions), several=True)

    def score(self, answer: list[str]) -> Result:
        right, given = set(self.answer()), set(answer)
        value = set_f1(given, right)
        extra, missed = given - right, right - given
        message = (
            f"{len(given & right)} of {len(right)} questions that tell the events apart, {len(extra)} that do not."
        )
        step, codes = "", ()
        questions = self.case.coverage.about.questions
        if extra:
            question = next(q for q in questions if q.key in extra)
            codes = tuple(q.code for q in questions if q.key in extra and q.code)
            step = f"Ask “{question.text}” of a report of each event. {question.why}"
        elif missed:
            step = "Go back to your matrix: which rows have “states it” on one side and “contradicts” on the other?"
        return Result(self.outcome(value), value, message, step, {"f1": round(value, 3)}, codes)

    def answer(self) -> list[str]:
        return [q.key for q in self.case.coverage.about.questions if q.tells]

    def facts(self) -> dict[str, object]:
        questions = self.case.coverage.about.questions
        return {
            "questions": len(questions),
            "right": sum(q.tells for q in questions),
            "first": next(q.text for q in questions if q.tells),
            "whole": " ".join(q.text for q in questions if q.tells),
        }
