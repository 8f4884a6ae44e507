"""Which pages go back to one text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Field, Option, Table, TableForm
from medialit.scoring.clusters import b_cubed


def site_of(publisher: str) -> str:
    """The site of a page, without the agency that it has its text from: ``AP, in The Japan News``."""
    return re.split(r", (?:in|on) (?:the )?", publisher, maxsplit=1, flags=re.I)[-1]


class GroupOrigins(Task[Table]):
    """B-cubed F1 (Bagga & Baldwin 1998) times the share of pages that have a group; the names of groups carry no meaning."""

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
        return {card: site_of(name) for card, name in named.items()}

    @cached_property
    def form(self) -> TableForm:
        clues = {copy.card: copy.clue for copy in self.case.coverage.grouping}
        # By the name of the site: the order of the key would give the groups away, and so would the agency's name.
        names = sorted(self.sites.items(), key=lambda pair: pair[1].casefold())
        rows = tuple(Option(card, f"{name}: {clues[card]}") for card, name in names)
        numbers = range(1, len(set(self.origins.values())) + 3)
        groups = tuple(Option(str(n), self.say("group", n=n)) for n in numbers)
        return TableForm(rows, (Field("group", self.say("field"), groups),))

    def score(self, answer: Table) -> Result:
        given = {card: group for card in self.origins if (group := answer[card].key("group"))}
        found = b_cubed(given, self.origins)
        assert found is not None
        groups, empty = len(set(given.values())), len(self.origins) - len(given)
        apart = found.recall < found.precision
        again = self._again(given)
        told = {"fit": len(given) - len(again), "of": len(self.origins)}
        message = self.say("found", groups=groups, pages=len(given), **told)
        measured = self.say("measured", precision=found.precision, recall=found.recall, f1=found.f1)
        step = ""
        if empty:
            step = self.say("empty", n=empty)
        elif apart:
            step = self.say("apart")
        elif found.precision < 1:
            step = self.say("together")
        details = {"groups": groups, "right": len(set(self.origins.values())), **found.as_dict()}
        # A page without a group earns nothing: alone it would count as a group of its own.
        value = found.f1 * len(given) / len(self.origins)
        codes = ("S-A",) if apart and not empty else ()
        return self.result(value, message, step, details, codes, measured=measured, again=again)

    def _again(self, given: Mapping[str, str]) -> dict[str, str]:
        """Pages that share a group with a page of another origin, or not with one of their own, each with a reason."""
        again = {}
        for card, group in given.items():
            mine = {other for other, its in given.items() if its == group}
            right = {other for other in given if self.origins[other] == self.origins[card]}
            if mine != right:
                again[card] = self.say("row_together" if mine - right else "row_apart")
        return again

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
