"""Grade one submission: read its files as data, score every answer. Nothing in it is executed. Every worker does this."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from medialit import __version__
from medialit.classroom.given import MAX_ENTRIES, Given, from_progress
from medialit.classroom.intake import Submission
from medialit.classroom.items import AnswerKey
from medialit.classroom.names import one_line, units_named
from medialit.classroom.notebooks import read_notebook
from medialit.classroom.records import Attempt, Done, Receipt
from medialit.classroom.rerun import rerun
from medialit.classroom.scorer import named, score
from medialit.classroom.testkey import Key
from medialit.errors import MedialitError
from medialit.files import course_path, data_path, kit_root

MAX_NOTEBOOKS = 30
MAX_LINES = 50
MAX_BESIDE = 1_000_000  # bytes of a file that a new run finds beside its notebook
NOT_RUN = (
    "{name} holds no answers: nothing was answered in it, or what it showed was cleared. Open it with “medialit lab”, wait "
    "until it is ready, save it with Ctrl+S, and hand it in again."
)


@dataclass(frozen=True)
class Options:
    """How to grade. ``cases`` are (name, folder) of cases that are not in the kit; ``tests`` is the key of the tests.

    ``run`` also runs each notebook again, in a sandbox, and names answers that do not come out as they were handed in.
    ``notes`` also keeps reflections, for the marking page.
    """

    only: tuple[str, ...] = ()
    cases: tuple[tuple[str, str], ...] = ()
    tests: Key = ()
    run: bool = False
    notes: bool = False


@lru_cache(maxsize=8)
def stamp(options: Options) -> str:
    """The kit's version, its course and how it grades: another stamp, and a submission is graded anew."""
    found = hashlib.sha256(repr(options).encode())
    files = [
        *course_path().glob("*/*.yaml"),
        *(path for kind in ("yaml", "txt", "json") for path in data_path().glob(f"*/*.{kind}")),
    ]
    for path in sorted(files):
        found.update(str(path.relative_to(kit_root())).encode() + b"\0" + path.read_bytes())
    return f"{__version__}+{found.hexdigest()[:10]}"


class Grader:
    """The key, loaded once a worker."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.key = AnswerKey(dict(options.cases))

    def grade(self, submission: Submission, earlier: Sequence[Attempt] = ()) -> Done:
        """Everything about one submission. ``earlier`` is what the gradebook holds of this learner already."""
        given, lines = from_progress(submission.progress, notes=self.options.notes)
        problems = [*submission.problems, *lines]
        units = [unit for one in given if not one.review for unit in (one.unit,)]
        for number, (name, data) in enumerate(submission.notebooks.items()):
            if number >= MAX_NOTEBOOKS:
                problems.append(f"{name} was not read: a submission has at most {MAX_NOTEBOOKS} notebooks.")
                continue
            try:
                found, lines, opened = self._notebook(name, data, submission)
            except MedialitError as error:
                problems.append(f"{name} was not read: {error}.")
                continue
            given += found
            problems += lines
            units += [*opened, *units_named(name)]
        if len(given) > MAX_ENTRIES:
            problems.append(f"There are {len(given):,} answers in all. The first {MAX_ENTRIES:,} were read.")
        options = self.options
        scored = score(
            submission.learner,
            [one._replace(late=submission.late) for one in given[:MAX_ENTRIES]],
            self.key,
            list(dict.fromkeys(units)),
            options.only,
            options.tests,
            earlier,
        )
        lines = [one_line(line) for line in dict.fromkeys([*problems, *scored.problems])]
        receipt = _receipt(submission, lines, stamp(options), scored.units, scored.said)
        return Done(receipt, scored.attempts, scored.grades)

    def _notebook(
        self, name: str, data: bytes, submission: Submission
    ) -> tuple[list[Given], list[str], tuple[str, ...]]:
        book = read_notebook(name, data)
        lines = list(book.problems)
        if book.units and not book.ran and not submission.progress:
            lines.append(NOT_RUN.format(name=name))
        answers = book.answers
        if self.options.run and book.units:
            found, more = self._again(name, data, answers, submission.others)
            answers, lines = [*answers, *found], [*lines, *more]
        return answers, lines, book.units

    def _again(
        self, name: str, data: bytes, handed_in: Sequence[Given], beside: Mapping[str, bytes]
    ) -> tuple[list[Given], list[str]]:
        """(answers of a new run, a line about answers by code that did not come out of it)."""
        small = {other: found for other, found in beside.items() if len(found) <= MAX_BESIDE}
        try:
            found = read_notebook(name, rerun(data, small)).answers
        except MedialitError as error:
            return [], [f"{name} was not run again: {error}."]
        came = [(one.item, one.answer) for one in found]
        missing = [one for one in handed_in if one.door == "code" and (one.item, one.answer) not in came]
        cells = ", ".join(dict.fromkeys(f"{one.source.rpartition(', ')[2]} ({self._shown(one)})" for one in missing))
        line = f"{name}: run again, these cells did not give the answer that was handed in: {one_line(cells)}."
        return [one._replace(source=f"{one.source}, run again") for one in found], [line] if missing else []

    def _shown(self, one: Given) -> str:
        """The number of a task, as its page shows it; a question by its name."""
        items = self.key.items(one.unit, one.case)
        return (named(one, items) if items else None) or one.item


def failed(submission: Submission, why: str) -> Done:
    """The record of a submission whose grading itself failed. It has no stamp, so that the next run tries again."""
    return Done(_receipt(submission, [one_line(line) for line in (*submission.problems, why)], "", (), ()))


def _receipt(
    submission: Submission, lines: list[str], kit: str, units: tuple[str, ...], said: tuple[str, ...]
) -> Receipt:
    if len(lines) > MAX_LINES:
        lines = [*lines[:MAX_LINES], f"And {len(lines) - MAX_LINES} lines more."]
    return Receipt(
        submission.learner, submission.digest, kit, "", units, tuple(submission.files), tuple(lines), said,
        submission.name, submission.lms, submission.lms_id, submission.late, submission.hand,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _grader(options: Options) -> Grader:
    return Grader(options)


def grade_here(options: Options, work: tuple[Submission, Sequence[Attempt]]) -> Done:
    """Grade a submission in this process, with a key that is kept for the next one, beside what the gradebook holds of its
    learner. Never raises over a submission."""
    try:
        return _grader(options).grade(*work)
    except Exception as error:
        # The last net: one learner's files must never cost the others their grades.
        return failed(work[0], f"It could not be graded ({type(error).__name__}). Please report it.")
