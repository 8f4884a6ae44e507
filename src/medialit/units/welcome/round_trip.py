"""Save, bring back, compare."""

from __future__ import annotations

import re
from functools import cached_property

from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import Task
from medialit.forms import ActForm

_CHECKSUM = re.compile(r"[0-9a-f]{16}")  # as the button gives it


class RoundTrip(Task[dict[str, str]]):
    """Pass or fail: the checksum of what came back is that of what was saved."""

    @cached_property
    def form(self) -> ActForm:
        return ActForm(self.say("button"), ("saved", "restored"))

    def score(self, answer: dict[str, str]) -> Result:
        if _CHECKSUM.fullmatch(answer["saved"]) and answer["saved"] == answer["restored"]:
            return Result(Outcome.PASSED, 1.0, self.say("same"))
        return Result(Outcome.NOT_YET, 0.0, self.say("differ"), self.say("again"))

    def answer(self) -> dict[str, str]:
        return {"saved": "0" * 16, "restored": "0" * 16}
