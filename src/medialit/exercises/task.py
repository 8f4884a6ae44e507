"""A task: one auto-graded step. It asks the case for its gold and knows nothing of how it is shown."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from medialit.case import Case
from medialit.errors import MedialitError
from medialit.exercises.answers import plain
from medialit.exercises.records import Outcome, Result
from medialit.files import load_model
from medialit.forms import Form, is_blank
from medialit.scoring.spans import WordIndex


class TaskText(BaseModel):
    """The words of one task in ``tasks.yaml``. ``pass_at`` and ``partly_at`` are scores from 0 to 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    minutes: int
    in_class: bool = False
    version: int = 1
    instruction: str
    hints: list[str]
    pass_at: float = 0.8
    partly_at: float = 0.4
    solution: str


class TaskFile(BaseModel):
    """The whole of ``tasks.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: str
    tasks: list[TaskText]


Answer = TypeVar("Answer")


class Task(Generic[Answer]):
    """One task of a unit on one case, generic over the answer that its form reads.

    A subclass says which ``form`` the answer has, how ``score`` measures it and what the right ``answer`` is.
    """

    id: ClassVar[str]

    def __init__(self, text: TaskText, case: Case, unit: str) -> None:
        self.text, self.case, self.unit = text, case, unit
        self.title, self.minutes = text.title, text.minutes

    # What a subclass writes -------------------------------------------------------------------------------------

    @cached_property
    def form(self) -> Form[Answer]:
        """The shape of the answer."""
        raise NotImplementedError

    def score(self, answer: Answer) -> Result:
        """Measure an answer as the form reads it."""
        raise NotImplementedError

    def answer(self) -> Any:
        """The answer that earns full marks, from the case's gold."""
        raise NotImplementedError

    def facts(self) -> dict[str, object]:
        """Words of the case that the hints and the solution may fill in."""
        return {}

    # What every task does the same way --------------------------------------------------------------------------

    @property
    def prompt(self) -> str:
        """What to do, in one or two sentences."""
        return self.text.instruction.format(**self.facts())

    @property
    def hints(self) -> tuple[str, ...]:
        """The hint ladder: concept, paragraph, one worked step."""
        facts = self.facts()
        return tuple(hint.format(**facts) for hint in self.text.hints)

    def solution_text(self) -> str:
        """The solution in words."""
        return self.text.solution.format(**self.facts())

    @cached_property
    def version(self) -> str:
        """The written version and a digest of all that a learner is asked, so that an edit is never overlooked."""
        asked = f"{self.text.title}\n{self.text.instruction}\n{self.form!r}"
        return f"{self.text.version}-{hashlib.sha256(asked.encode()).hexdigest()[:6]}"

    @cached_property
    def index(self) -> WordIndex:
        """Finds the words of the article that a span covers."""
        return WordIndex(self.case.article.text, self.case.article.words())

    def blank(self) -> Any:
        """The answer of somebody who has not begun."""
        return None

    def check(self, answer: Any, _certainty: Any = None) -> Result:
        """Outcome and feedback for any answer at all; never raises. How sure somebody is counts for questions only."""
        if is_blank(answer):
            return Result(
                Outcome.NOT_ATTEMPTED, 0.0, "There is no answer yet.", "Answer by click or by code, then check."
            )
        try:
            answer = plain(answer)
        except MedialitError as error:
            return Result(Outcome.COULD_NOT_CHECK, 0.0, str(error))
        try:
            given = self.read(answer)
        except MedialitError as error:
            return Result(Outcome.COULD_NOT_CHECK, 0.0, str(error), "Nothing was counted. Mend it and check again.")
        result = self.score(given)
        # Sums of parts may end a hair above 1.
        return replace(result, score=min(1.0, max(0.0, round(result.score, 6))))

    def read(self, answer: Any) -> Answer:
        """A plain answer as the form reads it. Raises MedialitError, in one sentence, for what cannot be scored."""
        return self.form.read(answer)

    def problem(self, answer: Any) -> str | None:
        """What keeps a plain answer from being scored; None when it can be."""
        try:
            self.read(answer)
        except MedialitError as error:
            return str(error)
        return None

    def plain(self, answer: Any) -> Any:
        """The answer as plain data. Raises MedialitError for what is none."""
        return plain(answer)

    def outcome(self, score: float) -> Outcome:
        """Passed, partly or not yet, by the task's own marks."""
        # A hair's breadth for rounding: .7999999 is .80.
        if score + 1e-9 >= self.text.pass_at:
            return Outcome.PASSED
        return Outcome.PARTLY if score + 1e-9 >= self.text.partly_at else Outcome.NOT_YET


class RawTask(Task[Any]):
    """A task that still measures the plain answer itself, once its form has read it."""

    def read(self, answer: Any) -> Any:
        self.form.read(answer)
        return answer


def load_texts(path: Path) -> dict[str, TaskText]:
    """The texts of a unit's tasks by id. Raises CaseError when the file is damaged."""
    return {text.id: text for text in load_model(TaskFile, path).tasks}
