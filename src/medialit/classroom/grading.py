"""Grade one submission: run its notebooks in the jail, score the answers outside of it. Every worker does this."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Protocol

from medialit import __version__
from medialit.classroom.given import Given, from_progress, from_run
from medialit.classroom.intake import Submission
from medialit.classroom.items import AnswerKey
from medialit.classroom.names import one_line
from medialit.classroom.notebooks import read_code
from medialit.classroom.records import Attempt, Grade, Receipt
from medialit.classroom.scorer import score
from medialit.classroom.testkey import Key
from medialit.errors import MedialitError
from medialit.files import course_path, data_path, kit_root

MAX_NOTEBOOKS = 30
MAX_SECONDS = 180.0  # for all notebooks of one submission together
MAX_BESIDE = 5_000_000


class Runner(Protocol):
    """What runs the code of one notebook where it can do no harm."""

    def run(self, cells: list[str], folder_files: dict[str, bytes] | None = None) -> Any:
        """Answers, a problem or nothing, bytes written, seconds."""


@dataclass(frozen=True)
class Options:
    """How to grade. ``cases`` are (name, folder) of cases that are not in the kit; ``tests`` is the key of the tests."""

    run: bool = True
    trust: bool = False
    only: tuple[str, ...] = ()
    cases: tuple[tuple[str, str], ...] = ()
    tests: Key = ()


@dataclass(frozen=True)
class Done:
    """One graded submission; times are filled in where it is written down."""

    receipt: Receipt
    attempts: tuple[Attempt, ...] = ()
    grades: tuple[Grade, ...] = ()

    def at(self, time: str) -> Done:
        """The same with the time of grading."""
        grades = tuple(replace(grade, graded_at=time) for grade in self.grades)
        return Done(replace(self.receipt, graded_at=time), self.attempts, grades)


@lru_cache(maxsize=8)
def stamp(options: Options) -> str:
    """The kit's version, its course and how it grades: another stamp, and a submission is graded anew."""
    found = hashlib.sha256(repr((options.run, options.only, options.cases, options.tests)).encode())
    files = [*course_path().glob("*/*.yaml"), *data_path().glob("*/*.yaml"), *data_path().glob("*/*.txt")]
    for path in sorted(files):
        found.update(str(path.relative_to(kit_root())).encode() + b"\0" + path.read_bytes())
    return f"{__version__}+{found.hexdigest()[:10]}"


class Bench:
    """A key and a jail, made once a worker."""

    def __init__(self, options: Options, jail: Runner | None = None) -> None:
        self.options = options
        # The jail first: it must start before the key is in this process's memory.
        self.jail = jail or (_jail(options) if options.run else None)
        self.key = AnswerKey(dict(options.cases))

    def grade(self, submission: Submission) -> Done:
        """Everything about one submission. What goes wrong is a line in ``problems``; nothing is raised."""
        given, lines = from_progress(submission.progress)
        problems = [*submission.problems, *lines]
        units = [*submission.units, *(one.unit for one in given)]
        spent = 0.0
        for number, (name, data) in enumerate(submission.notebooks.items()):
            try:
                code = read_code(data)
            except MedialitError as error:
                problems.append(f"{name} was not read: {error}.")
                continue
            units += code.units
            if code.remark:
                problems.append(f"{name}: {code.remark}.")
            if self.jail is None or not code.cells:
                continue
            if number >= MAX_NOTEBOOKS or spent > MAX_SECONDS:
                problems.append(f"{name} was not run: the notebooks before it took too long, or were too many.")
                continue
            ran = self.jail.run(code.cells, _beside(submission.others))
            spent += ran.seconds
            given += from_run(ran.answers, name)
            if ran.problem:
                problems.append(f"{name}: {ran.problem}")
        return self._scored(submission, given, units, problems)

    def _scored(self, submission: Submission, given: list[Given], units: list[str], problems: list[str]) -> Done:
        scored = score(
            submission.learner, given, self.key, list(dict.fromkeys(units)), self.options.only, self.options.tests
        )
        lines = tuple(one_line(line) for line in dict.fromkeys([*problems, *scored.problems]))
        receipt = Receipt(
            submission.learner, submission.digest, stamp(self.options), "", scored.units, tuple(submission.files),
            lines, scored.feedback, submission.name, submission.lms, submission.lms_id,
        )  # fmt: skip
        return Done(receipt, scored.attempts, scored.grades)


def failed(submission: Submission, why: str) -> Done:
    """The record of a submission whose grading itself failed. It has no stamp, so that the next run tries again."""
    lines = tuple(one_line(line) for line in (*submission.problems, why))
    return Done(
        Receipt(
            submission.learner, submission.digest, "", "", (), tuple(submission.files), lines, {},
            submission.name, submission.lms, submission.lms_id,
        )
    )  # fmt: skip


def _beside(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files that lay beside the notebook, as far as they are small."""
    kept, total = {}, 0
    for name, data in files.items():
        total += len(data)
        if total > MAX_BESIDE:
            break
        kept[name] = data
    return kept


def _jail(options: Options) -> Runner:
    from medialit.classroom.jail import Jail

    return Jail(trust=options.trust, cases=dict(options.cases))


_benches = threading.local()


def grade_here(submission: Submission, options: Options) -> Done:
    """Grade in this process and thread, with a bench that is kept for the next submission."""
    bench = getattr(_benches, "bench", None)
    if bench is None or bench.options != options:
        bench = _benches.bench = Bench(options)
    return bench.grade(submission)
