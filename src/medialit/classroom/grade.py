"""Grade a class: take in, leave out what is graded already, spread the rest, write each down at once, then the files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from medialit.classroom.export import (
    Totals,
    feedback_zips,
    gradebook_csv,
    grades_csv,
    make_folder,
    people_of,
    worksheet_csv,
    write_files,
)
from medialit.classroom.grading import Options, failed, grade_here, stamp
from medialit.classroom.intake import Bundle, Submission, scan
from medialit.classroom.marks import with_marks
from medialit.classroom.pages import feedback_pages, file_name
from medialit.classroom.plan import CoursePlan, PlannedTotals
from medialit.classroom.pseudonyms import KEY_FILE, Pseudonyms
from medialit.classroom.records import Attempt, Done
from medialit.classroom.spread import spread
from medialit.classroom.store import Store
from medialit.classroom.worksheet import Worksheet
from medialit.english import some
from medialit.errors import MedialitError

DATABASE = "gradebook.db"
WORTH_A_WORKER = 500  # submissions for which loading the key once more pays
TOGETHER = 20  # submissions that are written down together, at most
Say = Callable[[str], None]


class Step(NamedTuple):
    """One submission is dealt with: of whom, which of how many, in which lines; ``new`` when it was graded now."""

    learner: str
    number: int
    total: int
    problems: tuple[str, ...]
    new: bool


@dataclass(frozen=True)
class Summary:
    """What a run did."""

    total: int
    graded: int
    before: int
    not_graded: int
    nothing: int
    files: tuple[Path, ...]


def grade_class(
    paths: Sequence[Path | str],
    out: Path,
    options: Options,
    *,
    jobs: int = 0,
    database: str = "",
    due: Sequence[str] = (),
    worksheet: Worksheet | None = None,
    roster: Worksheet | None = None,
    plan: CoursePlan | None = None,
    pseudonyms: bool = False,
    leave_out: Sequence[Path] = (),
    on_step: Callable[[Step], None] = lambda _: None,
    say: Say = lambda _: None,
) -> Summary:
    """Grade everything found at ``paths`` and write the gradebook and its files to the folder ``out``.

    ``jobs`` is the number of worker processes, 0 for as many as the class is worth, at most one a core. ``due`` names units
    in which an untouched task is a zero and not a blank. ``worksheet`` is filled in and written to ``out``; it and ``roster``
    name those who handed in nothing. ``plan`` says what counts. With ``pseudonyms`` the files for people have
    codes for names, and the key is a file of its own. ``leave_out`` are files that are nobody's work.

    Each submission is written down soon after it is graded, so that a killed run goes on where it stopped. A script that
    calls this does so under ``if __name__ == "__main__":``, because the workers import it. Raises MedialitError when there is
    nothing to grade or the gradebook cannot be used.
    """
    sheets = [sheet for sheet in (worksheet, roster) if sheet]
    people = [person for sheet in sheets for person in sheet.people if person]
    bundles, lines = scan(paths, people, [out, *leave_out])
    for line in lines:
        say(line)
    if not bundles:
        raise MedialitError("There is nothing to grade here: no notebook, no progress file and no zip file was found.")
    make_folder(out)
    with Store(database or out / DATABASE) as store:
        run = _Run(store, options, len(bundles), on_step)
        work = partial(grade_here, options)
        jobs = jobs or min(cores(), 1 + len(bundles) // WORTH_A_WORKER)
        try:
            for done in spread(work, run.waiting(bundles), jobs, _lost):
                run.keep(done)
        finally:
            run.write()
        store.tidy()
        book = store.book()
    book = with_marks(book)
    totals = PlannedTotals(book, plan, moment(), due) if plan else Totals(book, due)
    for line in totals.lines:
        say(line)
    pages = feedback_pages(book, due, totals.told)
    files: dict[str, str | bytes] = {}
    if worksheet and worksheet.kind != "names":
        files[f"{worksheet.kind}-worksheet.csv"], missing = worksheet_csv(worksheet, book, totals)
        if missing:
            say(f"Not on the worksheet: {some(missing, 10)}.")
    files |= feedback_zips(book, pages)
    named, key = list(pages), Pseudonyms(out / KEY_FILE)
    who: Callable[[str], str] = str
    if pseudonyms:
        # What goes back to the platform keeps its names; what is looked at here does not.
        key.save(people_of(book))
        book, who = key.masked(book), lambda code: key.learner(code) or code
        pages = feedback_pages(book, due, lambda code: totals.told(who(code)))
    files |= {"gradebook.csv": gradebook_csv(book), "grades.csv": grades_csv(book, totals, who)}
    files |= {f"feedback/{file_name(learner)}": page for learner, page in pages.items()}
    written = write_files(out, files)
    # Pages of an earlier run with the other kind of names would tell, beside these, who is who.
    other = {f"feedback/{file_name(name)}" for learner in named for name in (learner, key.known(learner))} - set(files)
    if old := [out / name for name in sorted(other) if (out / name).is_file()]:
        for path in old:
            path.unlink()
        kind = "names" if pseudonyms else "codes"
        say(f"Removed {len(old)} feedback {'page' if len(old) == 1 else 'pages'} with {kind} from an earlier run.")
    return Summary(run.total, run.graded, run.before, run.not_graded, run.nothing, tuple(written))


Work = tuple[Submission, list[Attempt]]


class _Run:
    """Counts, and writes down what comes back."""

    def __init__(self, store: Store, options: Options, total: int, on_step: Callable[[Step], None]) -> None:
        self.store, self.total, self.on_step = store, total, on_step
        self.known, self.stamp = store.known(), stamp(options)
        self.learners = {learner for learner, _, _ in self.known}
        self.held: list[Done] = []
        self.graded = self.before = self.not_graded = self.nothing = 0

    def waiting(self, bundles: Iterable[Bundle]) -> Iterator[Work]:
        """Submissions that are not graded yet, read one by one as they are asked for, with what was graded before."""
        for bundle in bundles:
            submission = bundle.read()
            if (submission.learner, submission.digest, self.stamp) in self.known:
                self.before += 1
                self._step(submission.learner, (), new=False)
            else:
                yield submission, self.store.attempts(submission.learner) if bundle.learner in self.learners else []

    def keep(self, done: Done) -> None:
        """Write down a result."""
        self.held.append(done.at(now()))
        if len(self.held) >= TOGETHER:
            self.write()
        self.graded += 1
        self.nothing += not done.receipt.files and not done.receipt.problems[1:]
        self.not_graded += not done.receipt.units and bool(done.receipt.files or done.receipt.problems[1:])
        self._step(done.receipt.learner, done.receipt.problems, new=True)

    def write(self) -> None:
        """Write down what is held back: writing a few together is several times faster."""
        held, self.held = self.held, []
        if held:
            self.store.keep(held, fresh={one.receipt.learner for one in held} - self.learners)

    def _step(self, learner: str, problems: tuple[str, ...], *, new: bool) -> None:
        self.on_step(Step(learner, self.graded + self.before, self.total, problems, new))


def _lost(item: Work) -> Done:
    return failed(item[0], "Its grader was stopped twice, perhaps for want of memory. It was not graded.")


def cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1


def now() -> str:
    """The time of grading, UTC to the second; SOURCE_DATE_EPOCH fixes it, for output that can be compared."""
    return moment().strftime("%Y-%m-%dT%H:%M:%SZ")


def moment() -> datetime:
    """The same as a datetime in UTC."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(fixed), UTC) if fixed.isdigit() else datetime.now(UTC)
