"""The views of a unit's saved work: welcome, feedback, summary, download, restore."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medialit.browser import IN_BROWSER
from medialit.case import load_case
from medialit.english import percent
from medialit.exercises.records import Outcome, Result
from medialit.exercises.wording import say, where_saved
from medialit.files import COURSE_CASE, taught_case
from medialit.progress import FILE_NAME, Progress, best, count, hints, is_review, latest
from medialit.show.download import link
from medialit.show.html import View, note_view
from medialit.show.tables import table_view

if TYPE_CHECKING:
    from medialit.units.base import Unit


def feedback_view(result: Result, problem: str | None = None) -> View:
    """The feedback to an answer by code: the same words as by click."""
    rows = ", ".join(result.details.get("again", ()))
    return note_view(str(result), f"Rows to look at again: {rows}." if rows else "", problem or "")


def welcome(unit: Unit) -> View:
    """What is open, and what was saved before."""
    attempts = unit.progress.entries("attempt", unit.plan.name, case=unit.case.name)
    attempts = [entry for entry in attempts if not is_review(entry)]
    if attempts:
        done = len({task.id if (task := unit.tasks.saved_as(entry.task)) else entry.task for entry in attempts})
        saved = say("welcome_back", n=done)
    else:
        saved = say("welcome", here=where_saved())
    lines = [f"Unit: {unit.plan.title}. Article: {unit.case.title}", unit.case.about.label, saved]
    trouble = [*unit.progress.warnings, unit.progress.problem or ""]
    if unit.taught:
        # Nobody should look for the story of this page in the exercises. The course view says so under the title.
        lines[:2] = say("lesson_story", story=unit.taught.case.title), unit.taught.case.about.label
    elif unit.case.name == COURSE_CASE != (taught := taught_case()):
        trouble.append(say("workshop_story", story=load_case(taught).title))
    view = note_view(*lines, *trouble)
    # The course view says all this beside the page; only trouble is shown there as well.
    return view if any(trouble) else View(view.text, f'<div class="medialit-plain">{view.html}</div>')


def following(unit: Unit, name: str, make: Callable[[], View], of: Callable[[], object] | None = None) -> Any:
    """A view that is drawn again whenever this kernel saves something, or only when what ``of`` says is another."""
    from medialit.widgets.live import LiveView

    return LiveView(unit.progress, f"{unit.plan.name}/{unit.case.name}/{name}", make, of)


def summary_view(unit: Unit) -> View:
    """Every task and question with outcome, best score, attempts and hints."""
    rows: list[dict[str, Any]] = []
    left_out = 0
    mine = unit.progress.entries("attempt", unit.plan.name, case=unit.case.name)
    called = {q.id: f"Question {number}" for number, q in enumerate(unit.questions.questions, 1)}
    for item in [*unit.tasks.values(), *unit.questions.questions]:
        names = (item.id, *item.was)
        entries = [entry for entry in mine if entry.task in names]
        top, last = best(entries, item.version), latest(entries, item.version)
        outcome = Outcome(top.outcome or "") if top else Outcome.NOT_ATTEMPTED
        optional = item.optional
        left_out += optional and top is None
        edited = bool(entries) and last is None
        rows.append(
            {
                "Task": f"{called.get(item.id, item.label)}{' ☆' if optional else ''} {getattr(item, 'title', '')}".strip(),
                "Outcome": f"{outcome.sign} {outcome}" + (" (the task was changed since)" if edited else ""),
                "Best score": percent(top.score or 0) if top else "–",
                "Attempts": count(entries, item.version),
                "Hints": hints(entries, item.version),
            }
        )
    passed = sum(row["Outcome"].startswith((Outcome.PASSED.sign, Outcome.COMPLETE.sign)) for row in rows)
    return table_view(rows, caption=f"Your unit {unit.plan.title}: {passed} of {len(rows) - left_out} passed")


def download_view(progress: Progress) -> View:
    """The link, with the file as it is now."""
    where = say("file_where", name=progress.path.name) if progress.path and not IN_BROWSER else ""
    given = link(FILE_NAME, progress.as_bytes(), "application/x-ndjson")
    return note_view(f"{say('file_ready')} {where}".strip(), inner=given.html)


_COPY_AGAIN = 10  # answers


def keep_a_copy(progress: Progress) -> str:
    """Where all answers can vanish at once: a reminder after the first one, and after every tenth. Elsewhere nothing."""
    on_binder = bool(os.environ.get("BINDER_LAUNCH_HOST"))
    given = len(progress.entries("attempt")) if IN_BROWSER or on_binder else 0
    if not given or (given > 1 and given % _COPY_AGAIN):
        return ""
    return say("copy_browser" if IN_BROWSER else "copy_binder")


class SavedWork:
    """What a learner's pages have in common: a progress file that can be taken along and brought back."""

    progress: Progress

    def download(self) -> Any:
        """A link that hands over the progress file as it is when it is clicked; nothing leaves the machine."""
        from medialit.widgets.live import LiveView

        return LiveView(self.progress, "download", lambda: download_view(self.progress))

    def restore(self, file: str | Path | None = None) -> Any:
        """Bring saved work back: name a file, or choose one by click. Nothing that is here already is lost."""
        from medialit.widgets.files import RestoreWidget

        return note_view(str(self.progress.restore(file))) if file is not None else RestoreWidget(self.progress.restore)


def keys_view(item: Any) -> View:
    """The keys of an answer to a task or a question, and what each stands for."""
    rows = [{"Field": key.field, "Key": key.key, "Stands for": key.text} for key in item.form.all_keys()]
    if not rows:
        return note_view(f"An answer to this task looks like this: {item.form.sample()}.", item.form.advice)
    return table_view(rows, caption=f"Keys for {item.label}")
