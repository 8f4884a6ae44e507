"""A task: one auto-graded step. It asks the case for its gold and knows nothing of how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import AfterValidator, Field, model_validator

from medialit.case import Case, lacks
from medialit.case.lacking import lacking
from medialit.case.records import Record
from medialit.case.serves import NEEDS
from medialit.english import filled, said_in, spread
from medialit.errors import MedialitError
from medialit.exercises.answers import plain
from medialit.exercises.records import NOT_ATTEMPTED, Outcome, Result, could_not_check, stamped
from medialit.files import load_model
from medialit.forms import Form, Option, is_blank
from medialit.forms.base import refusal
from medialit.scoring.agreement import Label, alpha_with_interval
from medialit.scoring.spans import WordIndex


def _known(need: str) -> str:
    if need not in NEEDS:
        raise ValueError(f"There is no need “{need}”. Needs are in course/needs.yaml: {', '.join(NEEDS)}.")
    return need


Need = Annotated[str, AfterValidator(_known)]


class TaskText(Record):
    """The words of one task in ``tasks.yaml``. ``pass_at`` and ``partly_at`` are scores from 0 to 1.

    ``name`` is the task's own, under which answers are saved; ``was`` are the names under which they were saved before.
    ``number`` is for display alone: it follows from the task's place in the course. ``says`` is what the feedback is made
    of, ``options`` are lists to choose from (``{list: {key: text}}``). An ``optional`` task is beside the minutes of the
    paths. ``needs`` is what it needs of a case, by the names of ``needs.yaml``. A task with a ``table`` is one that the case
    brings as data, and this says what its rows are. A case that lacks any of it leaves the task out. A ``private`` one is
    for the learner alone: it is no task of the unit, and nothing of it is kept.
    """

    name: str
    was: tuple[str, ...] = ()
    number: str = ""
    title: str
    minutes: int
    in_class: bool = False
    needs: tuple[Need, ...] = ()
    table: str = ""
    optional: bool = False
    private: bool = False
    version: int = 1
    instruction: str
    hints: Annotated[list[str], Field(min_length=1)]
    short_minutes: int = 0
    pass_at: float = 0.8
    partly_at: float = 0.4
    solution: str
    says: dict[str, str] = Field(default_factory=dict)
    options: dict[str, dict[str, str]] = Field(default_factory=dict)

    def lacking(self, case: Case) -> str:
        """What a case lacks for it, in one sentence for an author; empty when it can be given on this case."""
        if self.table:
            return "" if self.name in case.skills else str(lacking("table", name=self.name, rows=self.table))
        return lacks(case, self.needs)


class TaskFile(Record):
    """The whole of ``tasks.yaml``. ``first`` is the number of the first task."""

    first: int = 1
    tasks: list[TaskText]

    @model_validator(mode="after")
    def _each_name_once(self) -> TaskFile:
        names = [name for task in self.tasks for name in (task.name, *task.was)]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(
                f"Two tasks have the name {twice}. Answers are saved under it, so it must be one task's alone."
            )
        return self


class SharedText(Record):
    """Words that tasks of more than one unit use: the whole of ``shared.yaml``."""

    says: dict[str, str] = Field(default_factory=dict)
    options: dict[str, dict[str, str]] = Field(default_factory=dict)


Answer = TypeVar("Answer")


class Task(Generic[Answer]):
    """One task of a unit on one case, generic over the answer that its form reads.

    A subclass says which ``form`` the answer has, how ``score`` measures it and what the right ``answer`` is.
    """

    # Whether the answer holds sentences that no program can judge: then a reader decides, and it is never passed.
    for_a_reader: ClassVar[bool] = False

    def __init__(self, text: TaskText, case: Case, unit: str, *, short: bool = False) -> None:
        self.text, self.case, self.unit, self.short = text, case, unit, short
        self.id, self.was, self.label = text.name, text.was, text.number
        self.title, self.minutes, self.optional = text.title, text.minutes, text.optional

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

    def say(self, name: str, /, **values: object) -> str:
        """One sentence of the feedback, with its names in braces filled in."""
        return said_in(self.text.says, name, f"The task {self.id} in tasks.yaml of {self.unit}", **values)

    def fits_or_not(self, good: bool) -> str:
        """Whether a part of an answer fits, for a sentence of the feedback."""
        return self.say("fits" if good else "fits_not")

    def options(self, name: str) -> tuple[Option, ...]:
        """A list of options that the course words."""
        return tuple(Option(key, text) for key, text in self.wording(name).items())

    def wording(self, name: str) -> dict[str, str]:
        """The same list as texts by key."""
        if name not in self.text.options:
            raise MedialitError(f"The task {self.id} in tasks.yaml of {self.unit} has no “{name}” under “options”.")
        return self.text.options[name]

    def result(
        self,
        score: float,
        message: str,
        step: str = "",
        details: dict[str, Any] | None = None,
        codes: Iterable[str] = (),
        *,
        measured: str | Callable[[], str] = "",
        again: Mapping[str, str] | None = None,
    ) -> Result:
        """A result whose outcome follows from the task's own marks; ``again`` are rows to look at again, with reasons."""
        details = {**(details or {}), **({"again": dict(again)} if again else {})}
        measure = (lambda: measured) if isinstance(measured, str) else measured
        return Result(self.outcome(score), score, message, step, details, tuple(codes), measure)

    def say_alpha(self, name: str, units: Sequence[Sequence[Label]], **values: object) -> str:
        """One of its sentences about Krippendorff's alpha of these units and its interval; empty where it is undefined."""
        found = alpha_with_interval(units)
        if found.value is None:
            return ""
        return self.say(name, value=found.value, spread=spread(found.low, found.high), **values)

    def paragraph(self, position: int) -> int:
        """The number of the paragraph at a position of the article; 0 in a heading."""
        block = self.case.article.block_at(position)
        return block.number if block else 0

    def place(self, position: int) -> str:
        """The same in words: ``¶3``, or ``the heading``."""
        number = self.paragraph(position)
        return f"¶{number}" if number else "the heading"

    @property
    def prompt(self) -> str:
        """What to do, in one or two sentences."""
        return filled(self.text.instruction, **self.facts())

    @property
    def hints(self) -> tuple[str, ...]:
        """The hint ladder: concept, paragraph, one worked step. One that a case has no words for is left out."""
        facts = self.facts()
        return tuple(told for hint in self.text.hints if (told := filled(hint, **facts).strip()))

    def solution_text(self) -> str:
        """The solution in words, and a word of warning where one person alone made the key."""
        told = filled(self.text.solution, **self.facts())
        alone = not self.text.table and self.case.one_reader(self.unit)
        return f"{told} {self.say('one_reader')}" if alone else told

    @cached_property
    def version(self) -> str:
        """The written version and a digest of all that a learner is asked, so that an edit is never overlooked."""
        asked = f"{self.text.title}\n{self.text.instruction}\n{self.form.asked()}"
        return stamped(self.text.version, asked)

    @cached_property
    def index(self) -> WordIndex:
        """Finds the words of the article that a span covers."""
        return WordIndex(self.case.article.text, self.case.article.words())

    def cut(self) -> Task[Answer]:
        """The same task as a short session does it: an answer to it is an answer to the whole."""
        text = self.text.model_copy(update={"minutes": self.text.short_minutes})
        return type(self)(text, self.case, self.unit, short=True)

    def check(self, answer: Any, _certainty: Any = None, _first: Any = None) -> Result:
        """Outcome and feedback for any answer at all; never raises. How sure somebody is counts for questions only."""
        if is_blank(answer):
            return NOT_ATTEMPTED
        try:
            answer = self.plain(answer)
        except MedialitError as error:
            return Result(Outcome.COULD_NOT_CHECK, 0.0, str(error))
        try:
            given = self.read(answer)
        except MedialitError as error:
            return could_not_check(str(error))
        result = self.score(given)
        # Sums of parts may end a hair above 1.
        return replace(result, score=min(1.0, max(0.0, round(result.score, 6))))

    def read(self, answer: Any) -> Answer:
        """A plain answer as the form reads it. Raises MedialitError, in one sentence, for what cannot be scored."""
        return self.form.read(answer)

    def problem(self, answer: Any) -> str | None:
        """What keeps a plain answer from being scored; None when it can be."""
        return refusal(self.read, answer)

    def plain(self, answer: Any) -> Any:
        """The answer as plain data, with its keys as the form writes them. Raises MedialitError for what is none."""
        return self.form.evened(plain(answer))

    def outcome(self, score: float) -> Outcome:
        """Passed (or complete, where a reader decides), partly or not yet, by the task's own marks."""
        # A hair's breadth for rounding: .7999999 is .80.
        if score + 1e-9 >= self.text.pass_at:
            return Outcome.COMPLETE if self.for_a_reader else Outcome.PASSED
        return Outcome.PARTLY if score + 1e-9 >= self.text.partly_at else Outcome.NOT_YET


def load_texts(path: Path) -> dict[str, TaskText]:
    """The texts of a unit's tasks by number, in order. Raises CaseError when a file is damaged."""
    file, shared, texts = load_model(TaskFile, path), path.parent.with_name("shared.yaml"), {}
    common = load_model(SharedText, shared) if shared.is_file() else SharedText()
    for place, text in enumerate(file.tasks, file.first):
        number = f"{int(path.parent.name[:2])}.{place}"
        words = {"says": common.says | text.says, "options": common.options | text.options}
        texts[number] = text.model_copy(update={"number": number, **words})
    return texts


def load_words(path: Path) -> dict[str, str]:
    """The words of a unit's views by name (``words.yaml``), and those that several units share."""
    files = (path.parent.with_name("shared.yaml"), path)
    return {name: text for file in files if file.is_file() for name, text in load_model(SharedText, file).says.items()}
