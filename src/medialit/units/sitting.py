"""A test as a learner takes it: before the course, after it, and a week later. It never says what was right or wrong
while a test is open, because it does not know."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from medialit.article import Article
from medialit.case import load_case
from medialit.errors import MedialitError
from medialit.exercises.seals import load_seals
from medialit.exercises.sittings import (
    AFTER,
    BEFORE,
    DAYS,
    DRAW,
    DRAW_UNIT,
    OPENED,
    WHICH,
    Offer,
    count_right,
    draw,
    handed_in,
    offer,
    recheck_day,
    unit_of,
)
from medialit.exercises.statements import NOT_TRUE, TRUE, ParallelForm, TestStatement, load_forms, load_texts
from medialit.exercises.wording import say
from medialit.progress import Entry, Progress
from medialit.show.answer_output import AnswerOutput
from medialit.show.article_view import article_view
from medialit.show.download import link
from medialit.show.html import View, escape, fold, note_view, page
from medialit.show.tables import table_view
from medialit.units.record import for_grader
from medialit.units.registry import BY_NAME
from medialit.units.saved import SavedWork

Now = Callable[[], datetime]
_SAID = {True: TRUE, False: NOT_TRUE, "true": TRUE, "not true": NOT_TRUE, "not-true": NOT_TRUE, "false": NOT_TRUE}


def open_test(which: str, progress: Progress | None = None, now: Now | None = None) -> TestSitting:
    """Open a test: ``"before"``, ``"after"`` or ``"recheck"``. ``now`` gives the time, for trying out.

    Raises MedialitError when there is no such test.
    """
    name = str(which).strip().lower()
    if name not in WHICH:
        raise MedialitError(f"There is no test “{which}”. Tests: {', '.join(WHICH)}.")
    return TestSitting(name, progress or Progress.default(), now or (lambda: datetime.now(UTC)))


class TestSitting(SavedWork):
    """One test with the learner's saved answers."""

    def __init__(self, which: str, progress: Progress, now: Now) -> None:
        self.which, self.progress, self._now = which, progress, now
        self.title, self.unit = say(f"test_{which}"), unit_of(which)
        self._output: AnswerOutput | None = None

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return self.welcome()._repr_mimebundle_()

    # --- where it stands ---

    @property
    def offer(self) -> Offer:
        """The form that this learner meets here, or why there is none."""
        return offer(self.progress.entries(), self.which, self._now())

    @property
    def form(self) -> ParallelForm | None:
        """The statements, or None when this test is not offered."""
        return load_forms().get(self.offer.form)

    @property
    def begun(self) -> bool:
        """Was it opened?"""
        return bool(self.progress.entries("event", self.unit, OPENED))

    @property
    def done(self) -> Entry | None:
        """What was handed in, or None."""
        return handed_in(self.progress.entries(), self.which)

    @property
    def answers(self) -> dict[str, str]:
        """What was answered so far: ``{statement id: "true" or "not-true"}``."""
        if done := self.done:
            return dict(done.answer) if isinstance(done.answer, dict) else {}
        form = self.form
        if form is None:
            return {}
        drafts = [e for e in self.progress.entries("draft", self.unit) if e.version == form.stamp]
        said = {e.task: e.answer for e in drafts}  # the newest of each
        return {s.id: said[s.id] for s in form.statements if said.get(s.id) in (TRUE, NOT_TRUE)}

    def welcome(self) -> View:
        """What this is, and where it stands."""
        return note_view(f"{self.title}.", self.state(), *self.progress.warnings, self.progress.problem or "")

    def state(self) -> str:
        """Where this test stands, in a sentence."""
        if self.done:
            return say("test_done")
        found = self.offer
        if not found.form:
            return found.why
        if self.begun:
            return say("test_begun", n=len(self.answers), of=self._length())
        return say("test_not_begun")

    def _length(self) -> int:
        return len(self.form.statements) if self.form else 0

    # --- taking it ---

    def begin(self) -> str | None:
        """Open the form. A sentence when it cannot be opened, or not be saved."""
        if self.done:
            return say("test_done_already")
        found = self.offer
        if not found.form:
            return found.why
        if not self.begun:
            if draw(self.progress.entries()) is None:
                number = int.from_bytes(os.urandom(2), "big")
                self.progress.add(Entry(kind="event", unit=DRAW_UNIT, task=DRAW, answer=number))
                found = self.offer
            self.progress.add(Entry(kind="event", unit=self.unit, task=OPENED, answer=found.form))
        return self.progress.problem

    def parts(self) -> Iterator[tuple[str, View, list[TestStatement]]]:
        """(heading, story to read, statements about it), story by story."""
        form = self.form
        if form is None:
            return
        for name in dict.fromkeys(s.case for s in form.statements):
            mine = [s for s in form.statements if s.case == name]
            text = load_texts().get(name)
            yield text.title if text else "The article of the course", _story(name), mine

    def answer(self, statement: str, said: Any, *, door: str = "code") -> str:
        """Call a statement true (``True``) or not true (``False``). What is said back is never right or wrong."""
        form = self.form
        if self.done or form is None or not self.begun:
            return say("test_begin_first") if form and not self.done else self.state()
        mine = next((s for s in form.statements if s.id == str(statement).strip().lower()), None)
        if mine is None:
            return say("test_no_statement", name=str(statement)[:20], first=form.statements[0].id)
        word = said.strip().lower() if type(said) is str else said if type(said) is bool else None
        given = _SAID.get(word)
        if given is None:
            return say("test_true_or_false")
        if self.answers.get(mine.id) != given:
            self._add(Entry("draft", task=mine.id, answer=given, case=mine.case), form, door)
        return self.progress.problem or say("test_kept", name=mine.id, said="true" if given == TRUE else "not true")

    def hand_in(self, *, unfinished: bool = False, door: str = "code") -> View:
        """Hand in the whole test, once. With ``unfinished`` statements may stay open."""
        form = self.form
        if self.done or form is None or not self.begun:
            return note_view(say("test_begin_first") if form and not self.done else self.state())
        given = self.answers
        if (missing := self.missing()) and not unfinished:
            return note_view(say("test_unfinished", missing=missing))
        self._add(Entry("attempt", task=form.name, answer=given, outcome="kept"), form, door)
        if door == "code":
            AnswerOutput(self._handed_in())
        elif self._output:
            self._output.update(self._handed_in())
        return self.closing()

    def _handed_in(self) -> list[dict[str, Any]]:
        return [for_grader(done)] if (done := self.done) else []

    def _add(self, entry: Entry, form: ParallelForm, door: str) -> None:
        self.progress.add(replace(entry, unit=self.unit, version=form.stamp, door=door))

    def missing(self) -> str:
        """A sentence about statements without an answer; empty when there are none."""
        open_ones = self._length() - len(self.answers)
        return say("test_missing", n=open_ones) if open_ones else ""

    def sheet(self) -> Any:
        """The test by click."""
        from medialit.widgets.sheet import SheetWidget

        self._output = AnswerOutput(self._handed_in())
        return SheetWidget(self)

    def statements(self) -> View:
        """The test to read, for those who answer by typing. This opens it."""
        problem = self.begin()
        if self.done or not self.offer.form:
            return note_view(self.state())
        shown = note_view(problem) if problem else note_view(say("test_answer_by_code"))
        for heading, story, statements in self.parts():
            lines = "".join(f"<li><strong>{s.id}</strong>: {escape(s.text)}</li>" for s in statements)
            text = "\n".join(f"{s.id}: {s.text}" for s in statements)
            shown += View(heading, page(f"<h3>{escape(heading)}</h3>")) + story + View(text, page(f"<ul>{lines}</ul>"))
        return shown

    # --- when it is over ---

    def closing(self) -> View:
        """What is said once it is handed in."""
        trouble = self.progress.problem or ""
        if self.which == BEFORE:
            return note_view(say("test_thanks"), say("test_no_verdict"), trouble)
        # Inside a widget a link to another page would load JupyterLab anew.
        said = note_view(say("test_thanks"), trouble) + self.result(links=False)
        return said + self.reminder() if self.which == AFTER else said

    def result(self, *, links: bool = True) -> View:
        """How many were right in each test, once the test after is handed in. For your own eyes."""
        entries = self.progress.entries()
        if handed_in(entries, AFTER) is None:
            return note_view(say("test_numbers_later"))
        seals, rows, last = load_seals(), [], None
        for which in WHICH:
            done = handed_in(entries, which)
            form, title = load_forms().get(done.task) if done else None, say(f"test_{which}")
            if done is None or form is None:
                continue
            if done.version != form.stamp:
                rows.append({"Test": title, "Right": "the test was changed since", "Article": "", "New texts": ""})
                continue
            found = count_right(form, done.answer if isinstance(done.answer, dict) else {}, seals)
            if found is None:
                return note_view(say("test_no_key"))
            last = found
            row = {"Test": title, "Right": f"{found.right} of {found.of}"}
            new = [counts for name, counts in found.stories.items() if name in load_texts()]
            old = [counts for name, counts in found.stories.items() if name not in load_texts()]
            for column, parts in (("Article", old), ("New texts", new)):
                row[column] = f"{sum(right for right, _ in parts)} of {sum(of for _, of in parts)}"
            rows.append(row)
        shown = table_view(rows, caption="Your numbers")
        shown += note_view(say("test_chance"), say("test_private"))
        return shown + _again(last.lenses, links) if last else shown

    def reminder(self) -> View:
        """A small file for your calendar: the day on which the recheck opens."""
        done = handed_in(self.progress.entries(), AFTER)
        if done is None:
            return note_view(say("test_day_unknown"))
        day = recheck_day(done.time)
        calendar = _calendar(day).encode()
        said = note_view(say("test_day", day=day, days=DAYS), say("test_take_along"))
        return said + link("recheck.ics", calendar, "text/calendar", "Download a reminder")


def _story(name: str) -> View:
    """A text of the tests in full, or the article of the course behind a line to open."""
    if text := load_texts().get(name):
        return note_view(say("test_new_text", genre=text.genre)) + article_view(Article(text.text, title=text.title))
    case = load_case(name)
    # Without the word list: some of its explanations say that a word judges.
    return fold(article_view(case.article), "Show the story again")


def _again(lenses: dict[str, tuple[int, int]], linked: bool) -> View:
    """Where to look again: the lenses with most misses, as links to their lessons."""
    misses = {lens: of - right for lens, (right, of) in lenses.items() if right < of}
    if not misses:
        return View("", "")
    most = max(misses.values())
    chosen = [BY_NAME[lens] for lens, n in misses.items() if n == most and lens in BY_NAME]
    if not chosen:
        return View("", "")
    names = " · ".join(plan.title for plan in chosen)
    links = " · ".join(f'<a href="{plan.folder}.ipynb">{escape(plan.title)}</a>' for plan in chosen)
    shown = links if linked else escape(names)
    return View(f"Look again at: {names}", page(f'<p style="margin:8px 0">Look again at: {shown}</p>'))


def _calendar(day: str) -> str:
    """An event of a whole day (RFC 5545)."""
    date = day.replace("-", "")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//medialit//recheck//EN",
        "BEGIN:VEVENT",
        f"UID:medialit-recheck-{date}",
        f"DTSTAMP:{date}T000000Z",
        f"DTSTART;VALUE=DATE:{date}",
        "SUMMARY:medialit: the recheck opens (5 minutes)",
        "DESCRIPTION:Open the page 08-recheck of the course. Take your file my-progress.jsonl with you.",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(lines) + "\r\n"
