"""Score the answers of a gradebook again after a key was changed: what would change is shown before it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from medialit.classroom.grade import now
from medialit.classroom.items import AnswerKey
from medialit.classroom.records import Attempt, Book, Grade, place_of
from medialit.classroom.scorer import score
from medialit.classroom.store import Store, read_book
from medialit.english import count
from medialit.errors import MedialitError


class Change(NamedTuple):
    """One grade before and after. ``attempts`` are all of its answers, scored again."""

    old: Grade
    new: Grade
    attempts: tuple[Attempt, ...]

    @property
    def line(self) -> str:
        """What changes, for whom, by how much."""
        old, new = self.old, self.new
        before, after = (("none" if score is None else f"{score:.4g}") for score in (old.score, new.score))
        by = f", {(new.score or 0) - (old.score or 0):+.4g}" if old.score is not None and new.score is not None else ""
        return f"{new.learner} {new.unit} {new.task}: {before} → {after} ({old.outcome} → {new.outcome}{by})"


def regrade(
    book: Book, learners: Sequence[str] = (), tasks: Sequence[str] = (), cases: Mapping[str, Path | str] | None = None
) -> list[Change]:
    """Grades that today's key gives otherwise, in order; of all, or of some ``learners`` and ``tasks`` (1.2 or quotes/q3).

    Answers to another version of a task keep their scores. Raises MedialitError when a learner or a task has no grade.
    """
    key = AnswerKey(cases)
    mine: dict[str, list[Attempt]] = defaultdict(list)
    for one in book.attempts:
        mine[one.learner].append(one)
    names = {receipt.name: receipt.learner for receipt in book.submissions}
    wanted = {names.get(name, name) for name in learners}
    for name in wanted - {receipt.learner for receipt in book.submissions}:
        raise MedialitError(f"There is no learner {name} in this gradebook. The names are those in gradebook.csv.")
    for task in tasks:
        if not any(_is(task, grade) for grade in book.grades):
            raise MedialitError(f"There is no grade for {task} in this gradebook. Write a task like 1.2, or quotes/q3.")
    old = {place_of(grade): grade for grade in book.grades}
    changes = []
    for learner in sorted(wanted or mine):
        scored = score(learner, (), key, earlier=mine[learner])
        answers: dict[tuple[str, str, str, str], list[Attempt]] = defaultdict(list)
        for one in scored.attempts:
            answers[place_of(one)].append(one)
        for new in scored.grades:
            before = old.get(place_of(new))
            if before is None or (tasks and not any(_is(task, new) for task in tasks)):
                continue
            if (before.outcome, before.score) != (new.outcome, new.score):
                changes.append(Change(before, replace(new, graded_at=now()), tuple(answers[place_of(new)])))
    return changes


def _is(task: str, grade: Grade) -> bool:
    unit, slash, name = task.rpartition("/")
    return grade.task == name and (not slash or grade.unit == unit)


def regrade_command(
    place: str, learners: Sequence[str], tasks: Sequence[str], cases: Sequence[tuple[str, str]], *, write: bool
) -> list[str]:
    """What ``medialit regrade`` does. Returns the lines to say."""
    changes = regrade(read_book(place), learners, tasks, dict(cases))
    lines = [change.line for change in changes]
    if not changes:
        return ["Nothing changes."]
    people, items = len({one.new.learner for one in changes}), len({(one.new.unit, one.new.task) for one in changes})
    where = count(items, "task or question", "tasks and questions")
    lines.append(f"Changed grades: {len(changes)}, of {count(people, 'learner')}, in {where}.")
    if not write:
        return [*lines, "Nothing was written. Run it again with --write to write this down."]
    with Store(place) as store:
        store.change([one for change in changes for one in change.attempts], [change.new for change in changes])
    return [*lines, "Written. Run “medialit grade” again for the files and the feedback."]
