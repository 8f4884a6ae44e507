"""The same note with its two sides swapped: what is done with it, beside what was wished. For the learner alone."""

from __future__ import annotations

from functools import cached_property

from medialit.english import listed
from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import Task
from medialit.forms import Field, Option, Table, TableForm

COLUMNS = ("surprise", "wish", "do")


class OwnWish(Task[Table]):
    """No key and no marks. Rows whose ids begin alike, such as 1a and 1b, are the two halves of a pair."""

    @cached_property
    def form(self) -> TableForm:
        rows = tuple(Option(row.id, row.text) for row in self.case.skills[self.id].rows)
        return TableForm(rows, tuple(Field(name, self.say(name), self.options(name)) for name in COLUMNS))

    def score(self, answer: Table) -> Result:
        rows = self.case.skills[self.id].rows
        said = []
        for wish in ("glad", "sorry"):
            felt = [row.id for row in rows if answer[row.id].key("wish") == wish]
            if felt:
                believed = sum(answer[name].key("do") == "believe" for name in felt)
                said.append(self.say(wish, n=len(felt), believed=believed))
        done: dict[str, set[str]] = {}
        for row in rows:
            done.setdefault(row.name, set()).add(answer[row.id].key("do"))
        apart = [name for name, deeds in done.items() if len(deeds - {""}) > 1]
        empty = sum(not answer[row.id].key(name) for row in rows for name in COLUMNS)
        if apart:
            said.append(self.say("apart", pairs=listed(apart)))
        elif not empty:
            said.append(self.say("alike"))
        step = self.say("skill_empty", n=empty) if empty else ""
        return Result(Outcome.COMPLETE, 1.0, " ".join(said), step)

    def facts(self) -> dict[str, object]:
        return {"lead": self.case.skills[self.id].lead}
