"""A unit as a learner uses it: tasks, questions and saved work.

Clicks and code end in the same place, ``Unit.submit``: one plain answer, one scorer, one line in the progress file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from medialit.article import Span
from medialit.case import Case
from medialit.english import said_in
from medialit.errors import Lacking, MedialitError, NotServed
from medialit.exercises.records import Outcome, Result
from medialit.exercises.task import Task, load_words
from medialit.files import course_path
from medialit.progress import Entry, Progress
from medialit.show.answer_output import AnswerOutput
from medialit.show.article_view import article_view
from medialit.show.html import View, fold, note_view, spoken
from medialit.units.called import called
from medialit.units.record import UnitRecord
from medialit.units.registry import UnitPlan, load_tasks, private_task
from medialit.units.saved import SavedWork, feedback_view, following, keep_a_copy, keys_view, summary_view, welcome

if TYPE_CHECKING:
    from medialit.exercises.quiz import Quiz

Kind = TypeVar("Kind", bound=Task[Any])
Answer = TypeVar("Answer")


# Who asks for an exercise by its number is told where the story has none; what is drawn around it is then left out.
_TELL = ("task", "check", "hint", "solution", "rows", "own")


def _said(view: Callable[..., Any]) -> Callable[..., Any]:
    """The same view, but what this story has no data for is said, once for an exercise, instead of raised."""

    @wraps(view)
    def shown(*given: Any, **named: Any) -> Any:
        if given[0].for_class:
            return getattr(given[0].taught, view.__name__)(*given[1:], **named)
        try:
            made = view(*given, **named)
        except NotServed as missing:
            lacking = isinstance(missing, Lacking)
            told = given[0].say("not_here") if lacking else str(missing)
            made = note_view(told) if view.__name__ in _TELL else View("", "")
        article = given[0].case.article
        return View(made.text, spoken(made.html, article.language)) if isinstance(made, View) else made

    return shown


class Unit(SavedWork):
    """One unit on one case, with the learner's saved work."""

    def __init__(self, plan: UnitPlan, case: Case, progress: Progress) -> None:
        self.plan, self.case, self.progress = plan, case, progress
        self.record = UnitRecord(progress, plan.name, case.name)
        self.tasks = load_tasks(plan, case)
        # In a lesson on the course's story: the same unit on the case that the class works on.
        self.taught: Unit | None = None
        # While a lesson shows what was answered on that case.
        self.for_class = False
        self._hints: dict[str, int] = {}
        self._fixed: tuple[str, ...] = ()
        self._words = load_words(course_path(plan.folder, "words.yaml"))

    def __init_subclass__(cls) -> None:
        # A view that this story has no data for says so: an error would stop a notebook that runs from top to bottom.
        for name, made in vars(cls).copy().items():
            if not name.startswith("_") and getattr(made, "__annotations__", {}).get("return") in ("View", "Any"):
                setattr(cls, name, _said(made))

    def say(self, name: str, /, **values: object) -> str:
        """A sentence of this unit's views, with its names in braces filled in."""
        return said_in(self._words, name, f"words.yaml of {self.plan.folder}", **values)

    def the(self, kind: type[Kind]) -> Kind:
        """The unit's task of this kind."""
        found = next((task for task in self.tasks.values() if isinstance(task, kind)), None)
        if found is None:
            name = kind.__module__.rpartition(".")[2]
            raise NotServed(str(self.tasks.missing(name) or self.say("not_here")))
        return found

    def given(self, kind: type[Task[Answer]]) -> Answer | None:
        """The last answer to the task of this kind, as its form reads it; None when there is none."""
        task = self.the(kind)
        saved = self.record.last(task)
        return task.read(saved.answer) if saved and task.problem(saved.answer) is None else None

    def first_do(self, kind: type[Task[Any]], name: str) -> View:
        """What a view says that shows an answer before there is one."""
        return note_view(self.say(name, task=self.the(kind).label))

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        view: View = self.welcome()
        return view._repr_mimebundle_()

    @_said
    def welcome(self) -> View:
        """What is open and what was saved before."""
        return welcome(self)

    def read(self, parts: int | Sequence[int] | None = None, *, folded: bool = False) -> View:
        """The article in short numbered parts, with hard words explained; ``folded`` behind a line to open.

        Raises MedialitError when there is no such part.
        """
        view, about = article_view(self.case.article, parts=parts, glossary=self.case.glossary), self.case.about
        if about.label:
            view = note_view(about.label) + view
        if about.credit:
            view += note_view(about.credit)
        return fold(view, "Show the story") if folded else view

    # --- tasks ---

    @_said
    def task(self, task_id: str, *, short: bool = False) -> Any:
        """The click door of a task. ``short`` shows the part that a short session does, and no more."""
        task = self._task(task_id)
        if task.text.short_minutes:
            return self._lengths(task, task.cut(), short, task.say("short_rows"))
        if short:
            raise MedialitError(self.say("no_short_form", task=task.label))
        return self._door(task, self.record.kept(task), self._followed(task))

    def _followed(self, *items: Any) -> Callable[..., Result]:
        """``submit`` for a widget of the cell that runs: the output of that cell follows each check."""
        follow = self._output(*items)

        def submit(*given: Any, **how: Any) -> Result:
            result = self.submit(*given, **how)
            follow()
            return result

        return submit

    def _output(self, *items: Any, kind: str = "attempt") -> Callable[[], None]:
        """What was handed in for items, in the output of the cell that runs; what is returned brings it up to date."""
        output = AnswerOutput(self.record.answers(items, kind))
        return lambda: output.update(self.record.answers(items, kind))

    def _door(
        self,
        task: Task[Any],
        kept: dict[str, Any] | None,
        submit: Callable[..., Result],
        short: tuple[str, ...] = (),
        rows: str = "",
    ) -> Any:
        """The widget of a task, or of a short form of it that hands in to the whole one, with what was saved.

        ``short`` are the rows of a short form that a learner can turn to, and ``rows`` what a row is called.
        """
        from medialit.widgets.task import TaskWidget

        whole = self._task(task.id)
        return TaskWidget(
            task,
            submit,
            kept,
            lambda _, reason: self._contest(whole, reason),
            call=called(self),
            problem=self._after,
            prepare=lambda form: self._prepare(whole, form),
            keep=lambda answer, certainty: self.record.draft(whole, answer, certainty),
            place=self.record.place(whole),
            short=short,
            rows=rows,
            language=self.case.about.language,
        )

    def _after(self) -> str:
        """What is to be said about saving after an answer: that it did not work, or that a copy is wise."""
        return self.record.problem() or keep_a_copy(self.progress)

    def _contest(self, item: Any, reason: str) -> str | None:
        return self.record.add(Entry(kind="contest", task=item.id, version=item.version, text=reason))

    def _lengths(self, task: Task[Any], cut: Task[Any], short: bool, rows: str) -> Any:
        """A task that a lesson may do in part: the short form alone, or all of it with a button that turns to the short one.

        If you have saved more than the short form asks for, you get all of it, so that nothing is lost.
        """
        kept, keys = self.record.kept(task), tuple(row.key for row in getattr(cut.form, "rows", ()))
        submit = self._followed(task)
        if len(keys) == len(getattr(task.form, "rows", ())):  # a case so small that the short form is all of it
            return self._door(task, kept, submit)
        if short and not (kept and set(kept["answer"]) - set(keys)):
            return self._door(cut, kept, submit)
        return self._door(task, kept, submit, () if short else keys, rows)

    def _prepare(self, task: Task[Any], form: Any) -> None:
        """What a unit puts into the form of a task before a saved answer is shown in it."""

    @_said
    def own(self, name: str) -> Any:
        """A table for your eyes alone: it is answered on the page, and nothing of it is kept, scored or handed in."""
        from medialit.widgets.task import TaskWidget

        task = private_task(self.plan, self.case, name)
        return TaskWidget(task, lambda _, answer, **_how: task.check(answer), call=called(self))

    @_said
    def check(self, task_id: str, answer: Any = None) -> View:
        """The code door of a task or a question: check an answer, see the feedback. Never raises over an answer."""
        if not answer and self.tasks.missing(task_id):
            # Nothing was typed, and the task itself has said it.
            return View("", "")
        result = self.submit(task_id, answer, door="code", hints=self._hints.get(self._item(task_id).id, 0))
        if result.outcome is Outcome.NOT_ATTEMPTED:
            result = replace(result, message=self.say("nothing_typed"), next_step="")
        return feedback_view(result, self._after())

    @_said
    def hint(self, task_id: str) -> View:
        """The next hint: first the idea, then the paragraph, then one worked step."""
        item = self._item(task_id)
        ladder = item.hints
        shown = min(self._hints.get(item.id, 0) + 1, len(ladder))
        self._hints[item.id] = shown
        return note_view(f"Hint {shown} of {len(ladder)}. {ladder[shown - 1]}")

    @_said
    def solution(self, task_id: str) -> View:
        """The solution in words, once something was tried or all hints were read."""
        task = self._task(task_id)
        tried = self.record.entries("attempt", task)
        if not tried and self._hints.get(task.id, 0) < len(task.hints):
            return note_view(f"Try {task.label} once, or read all {len(task.hints)} hints. Then the solution opens.")
        return note_view(task.solution_text())

    @_said
    def rows(self, task_id: str) -> View:
        """The keys that a coded answer to this task or question uses, with what they stand for."""
        return keys_view(self._item(task_id))

    def span(self, words: str, nth: int = 0) -> Span:
        """Where these words stand in the article, as ``(start, end)``; ``nth`` counts from 0 when they occur often.

        Raises MedialitError when they do not stand there.
        """
        return self.case.article.find(words, nth)

    # --- questions ---

    @property
    def questions(self) -> Quiz:
        """The unit's quiz as plain records."""
        return self.plan.quiz_on(self.case)

    def quiz(self, *wanted: str) -> Any:
        """The unit's quiz, or only the questions that are ``wanted``: ``unit.quiz("q3")``.

        ``unit.quiz().answer("q3", "b")`` does the same as a click. Raises MedialitError when there is no such question.
        """
        if self.taught:
            mine = [name for name in wanted if name in self.taught.questions]
            return self.taught._quiz(mine, beside=True) if mine or not wanted else note_view(self.say("other_story"))
        return self._quiz(wanted)

    def _quiz(self, wanted: Sequence[str], *, beside: bool = False) -> Any:
        """The quiz on this unit's own case; ``beside`` a page that shows another story."""
        from medialit.widgets.quiz import QuizWidget

        quiz = self.questions.only(*wanted) if wanted else self.questions
        if not quiz.questions:
            return note_view(self.say("other_story"))
        call = f"{called(self)}.quiz({', '.join(map(json.dumps, wanted))})"
        saved = {q.id: found for q in quiz.questions if (found := self.record.kept(q))}
        # The course's own questions name no place of this story.
        told = self.say("your_story", story=self.case.title)
        own = [q.id for q in quiz.questions if beside and q.id not in self.plan.quiz]
        submit = self._followed(*quiz.questions)
        return QuizWidget(
            quiz,
            submit,
            saved,
            call=call,
            problem=self._after,
            keep=self.record.draft,
            contest=lambda name, reason: self._contest(self.questions[name], reason),
            places={question.id: self.record.place(question) for question in quiz.questions},
            order=self.record.order,
            language=self.case.about.language,
            about=dict.fromkeys(own, self.case.name),
            # The course view has it beside the page.
            story=f'<div class="medialit-plain">{fold(self.read(), told).html}</div>' if own else "",
        )

    def look_back(self, *fixed: str) -> Any:
        """Two questions of earlier units: what you missed, then what you met longest ago. It takes three minutes.

        ``fixed`` names those that somebody without a history gets: ``unit.look_back("quotes-q1", "quotes-q7")``. A later
        ``unit.look_back()`` without names keeps them.
        """
        from medialit.units.review import review_quiz

        if self.taught:
            return self.taught.look_back(*fixed)
        self._fixed = fixed or self._fixed
        return review_quiz(self, self._fixed)

    def predict(self, name: str, answer: Any = None, *, about: View | None = None, reveal: View | None = None) -> Any:
        """Ask for a guess before the result is shown. A guess is kept, never graded."""
        from medialit.widgets.predict import PredictWidget

        try:
            prediction = self.plan.predictions[name]
        except KeyError:
            raise MedialitError(
                f"There is no guess “{name}” here. Known: {', '.join(self.plan.predictions)}."
            ) from None

        follow = self._output(prediction, kind="event")

        def keep(answer: Any, certainty: int | None) -> str | None:
            entry = Entry(kind="event", task=name, version=prediction.version, answer=answer, certainty=certainty)
            problem = self.record.add(entry)
            follow()
            return problem

        before = self.record.last(prediction, "event")
        widget = PredictWidget(
            prediction, keep, before.answer if before else None, reveal, about=about, call=called(self),
            place=self.record.place(prediction),
        )  # fmt: skip
        if answer is not None:
            widget.answer(answer)
        return widget

    def reflect(self, prompt: str, text: str | None = None, name: str = "reflection") -> Any:
        """A place to think in writing. What is written is saved, never graded and never sent."""
        from medialit.widgets.predict import ReflectWidget

        notes = self.record.entries("note", name)
        widget = ReflectWidget(
            prompt,
            lambda words: self.record.add(Entry(kind="note", task=name, text=words)),
            (notes[-1].text or "") if notes else "",
            self.record.place_named(name, "note"),
        )
        if text is not None:
            widget.keep(text)
        return widget

    # --- one door for every answer ---

    def submit(
        self, task_id: str, answer: Any, *, door: str = "code", certainty: int | None = None, hints: int = 0
    ) -> Result:
        """Score one answer and log it. Both doors end here; the same answer gives the same result."""
        item = self._item(task_id)
        if door == "code":
            self.record.leave(item, answer, certainty, hints)
        result: Result = item.check(answer, certainty, self.record.first(item))
        if result.outcome.counts:
            self.record.attempt(item, item.plain(answer), result, door, certainty, hints)
        return result

    def _item(self, task_id: str) -> Any:
        known = {question.id: question for question in self.questions.questions}
        return self.tasks.find(task_id) or known.get(str(task_id)) or self._task(task_id)

    def _task(self, task_id: str) -> Task[Any]:
        try:
            return self.tasks[task_id]
        except KeyError:
            raise MedialitError(f"There is no task “{task_id}” here. Tasks: {', '.join(self.tasks)}.") from None

    # --- saved work ---

    def summary(self) -> Any:
        """Every task with its outcome, best score and number of attempts. It follows each answer."""
        return following(self, "summary", lambda: summary_view(self))

    @_said
    def follow(self, make: Callable[[], View], *tasks: str) -> Any:
        """A view of your answers to these tasks, drawn again when you answer one: ``unit.follow(unit.card, "5.4")``."""
        if self.taught:
            return self.taught.follow(lambda: self._on_taught(make), *tasks)
        wanted = [self._task(task) for task in tasks if not self.tasks.missing(task)]
        if not wanted:
            return View("", "")
        return following(self, "+".join(tasks), make, lambda: [self.record.last(task) for task in wanted])

    def _on_taught(self, make: Callable[[], View]) -> View:
        """What ``make`` shows, with the views of the case that the class works on instead of the course's."""
        self.for_class = True
        try:
            return make()
        finally:
            self.for_class = False
