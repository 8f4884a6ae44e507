"""Which of the four moves of SIFT each action is (Caulfield 2019)."""

from __future__ import annotations

from functools import cached_property

from medialit.exercises.records import Result
from medialit.exercises.task import Task
from medialit.forms import Field, Table, TableForm

RIGHT = {"clip": "trace", "owner": "investigate", "angry": "stop", "others": "find"}


class MatchMoves(Task[Table]):
    """Accuracy; the moves have no fixed order."""

    @cached_property
    def form(self) -> TableForm:
        return TableForm(self.options("actions"), (Field("move", self.say("field"), self.options("moves")),))

    def score(self, answer: Table) -> Result:
        rows = self.form.rows
        wrong = [row for row in rows if answer[row.key].key("move") != RIGHT[row.key]]
        empty, right = sum(not answer[row.key] for row in rows), len(rows) - len(wrong)
        step = self.say("empty", n=empty) if empty else self.say("read", action=wrong[0].text) if wrong else ""
        again = {row.key: self.say("about") for row in wrong if answer[row.key]}
        return self.result(right / len(rows), self.say("found", right=right, of=len(rows)), step, again=again)

    def answer(self) -> dict[str, dict[str, str]]:
        return {key: {"move": move} for key, move in RIGHT.items()}
