"""Grade a class: take in, leave out what is graded already, spread the rest, write each down at once, then the files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from medialit.classroom import cluster, pool
from medialit.classroom.export import canvas_csv, gradebook_csv, moodle_csv
from medialit.classroom.grading import Done, Options, failed, grade_here, stamp
from medialit.classroom.intake import Bundle, Submission, scan
from medialit.classroom.pages import feedback_pages
from medialit.classroom.store import Store
from medialit.errors import MedialitError

DATABASE = "gradebook.db"
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
    files: tuple[Path, ...]


def grade_class(
    paths: Sequence[Path | str],
    out: Path,
    options: Options,
    *,
    jobs: int = 0,
    database: str = "",
    dask: str = "",
    on_step: Callable[[Step], None] = lambda _: None,
    say: Say = lambda _: None,
) -> Summary:
    """Grade everything found at ``paths`` and write the gradebook and its files to the folder ``out``.

    ``jobs`` is the number of worker processes, 0 for one a core. Each submission is written down when it is graded,
    so that a killed run goes on where it stopped. A script that calls this does so under ``if __name__ == "__main__":``,
    because the workers import it. Raises MedialitError when there is nothing to grade or the gradebook
    cannot be used.
    """
    bundles, lines = scan(paths)
    for line in lines:
        say(line)
    if not bundles:
        raise MedialitError("There is nothing to grade here: no notebook, no progress file and no zip file was found.")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MedialitError(f"The folder {out} cannot be made ({error.strerror}).") from None
    store = Store(database or out / DATABASE)
    try:
        run = _Run(store, options, len(bundles), on_step)
        waiting = run.waiting(bundles)
        work = partial(_work, options=options)
        if dask:
            client = cluster.connect(dask)
            try:
                _agree(cluster.on_every_worker(client, partial(stamp, options)), options)
                run.keep(cluster.spread(client, work, waiting, failed))
            finally:
                client.close()
        else:
            run.keep(pool.spread(work, waiting, min(jobs or cores(), len(bundles)), failed))
        store.tidy()
        book = store.book()
    finally:
        store.close()
    texts = {"gradebook.csv": gradebook_csv(book), "canvas.csv": canvas_csv(book), "moodle.csv": moodle_csv(book)}
    texts |= {f"feedback/{name}": page for name, page in feedback_pages(book)}
    (out / "feedback").mkdir(exist_ok=True)
    for name, text in texts.items():
        _write(out / name, text)
    return Summary(run.total, run.graded, run.before, run.not_graded, tuple(out / name for name in texts))


class _Run:
    """Counts, and writes down what comes back."""

    def __init__(self, store: Store, options: Options, total: int, on_step: Callable[[Step], None]) -> None:
        self.store, self.options, self.total, self.on_step = store, options, total, on_step
        self.known, self.stamp = store.known(), stamp(options)
        self.graded = self.before = self.not_graded = 0

    def waiting(self, bundles: Iterable[Bundle]) -> Iterator[Submission]:
        """Submissions that are not graded yet, read one by one as they are asked for."""
        for bundle in bundles:
            submission = bundle.read()
            if (submission.learner, submission.digest, self.stamp) in self.known:
                self.before += 1
                self._step(submission.learner, (), new=False)
            else:
                yield submission

    def keep(self, results: Iterable[Done]) -> None:
        """Write down each result as it comes."""
        for done in results:
            done = done.at(now())
            self.store.keep(done.receipt, done.attempts, done.grades)
            self.graded += 1
            self.not_graded += not done.receipt.units
            self._step(done.receipt.learner, done.receipt.problems, new=True)

    def _step(self, learner: str, problems: tuple[str, ...], *, new: bool) -> None:
        self.on_step(Step(learner, self.graded + self.before, self.total, problems, new))


def _work(submission: Submission, options: Options) -> Done:
    return grade_here(submission, options)


def _agree(stamps: Iterable[str], options: Options) -> None:
    if any(found != stamp(options) for found in stamps):
        raise MedialitError(
            "The workers of the Dask cluster have another version of medialit or of the course. Install the same there."
        )


def cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1


def now() -> str:
    """The time of grading, UTC to the second; SOURCE_DATE_EPOCH fixes it, for output that can be compared."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    time = datetime.fromtimestamp(int(fixed), UTC) if fixed.isdigit() else datetime.now(UTC)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def _write(path: Path, text: str) -> None:
    """Whole or not at all: a reader never meets half a file."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as error:
        raise MedialitError(f"{path} cannot be written ({error.strerror}).") from None
