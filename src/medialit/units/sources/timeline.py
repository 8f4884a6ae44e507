"""Give each fact of the story to an event, or to none."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Field, Option, Table, TableForm

NEITHER = "neither"
SIGNS = ("●", "▲", "■")


class SplitTimeline(Task[Table]):
    """Accuracy; half credit for a label that readers share."""

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
        blocks = Counter(self.paragraph(start) for start in starts)
        return tuple(sorted(number for number, _ in blocks.most_common(2)))

    @cached_property
    def form(self) -> TableForm:
        events = [Option(key, f"{sign} {self.names[key]}") for key, sign in zip(self.events, SIGNS, strict=False)]
        options = (*events, Option(NEITHER, self.say("neither")))
        # In the order of the story: the file lists them event by event.
        pieces = sorted(self.case.coverage.split, key=lambda piece: self.case.claim_gold.claim(piece.claim).span.start)
        return TableForm(tuple(Option(p.claim, p.text) for p in pieces), (Field("event", self.say("field"), options),))

    def score(self, answer: Table) -> Result:
        credit, wrong, pieces = 0.0, [], self.case.coverage.split
        given = {piece.claim: answer[piece.claim].key("event") for piece in pieces}
        for piece in pieces:
            if given[piece.claim] == piece.event:
                credit += 1
            elif given[piece.claim] and given[piece.claim] == piece.other:
                credit += 0.5
            elif given[piece.claim]:
                wrong.append(piece)
        placed = Counter(place for place in given.values() if place)
        piles = ", ".join(self.say("pile", n=placed[key], event=self.names[key]) for key in self.events)
        message = self.say("found", points=credit, of=len(pieces), piles=piles, neither=placed[NEITHER])
        empty, step = len(pieces) - placed.total(), ""
        if empty:
            step = self.say("empty", n=empty)
        elif wrong:
            step = self.say("look", fact=wrong[0].text, why=wrong[0].why)
        again = {piece.claim: piece.why for piece in wrong}
        return self.result(credit / len(pieces), message, step, {"piles": dict(placed)}, again=again)

    def answer(self) -> dict[str, dict[str, str]]:
        return {piece.claim: {"event": piece.event} for piece in self.case.coverage.split}

    def facts(self) -> dict[str, object]:
        counts = Counter(piece.event for piece in self.case.coverage.split)
        first = self.case.coverage.split[0]
        belong = (self.say("belong", n=counts[key], event=self.names[key]) for key in self.events)
        return {
            "facts": len(self.case.coverage.split),
            "events": "; ".join(belong),
            "neither": counts[NEITHER],
            "where": " and ".join(f"¶{number}" for number in self.crowded),
            "first": first.text,
            "first_why": first.why,
        }
