"""The quiz: all questions in one column.

One column, and not one question at a time, because nothing then appears or vanishes around the focus: a screen reader
finds every question by its heading, a browser's search finds every word, a class can jump to "question 5", and the
order on the page is the order of the Tab key. The price, a longer page, is paid with a count at the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import ipywidgets as w

from medialit.errors import MedialitError
from medialit.exercises.quiz import Question, Quiz
from medialit.exercises.records import Outcome, Result
from medialit.forms import ChoiceForm, OrderForm
from medialit.scoring.calibration import PAYOFF
from medialit.show.html import RUN, code, titled
from medialit.widgets.certainty import certainty_list
from medialit.widgets.desk import Desk, Problem, Submit, handed_in, signed
from medialit.widgets.forms import form_widget
from medialit.widgets.look import button, classed, html, live, note_html, row, tools


def checked_text(answer: Any) -> str:
    """``Your answer: b.``: says what was checked, should the form show something newer by now."""
    if type(answer) not in (str, int, float, list) or (not answer and answer != 0):
        return ""
    text = ", ".join(map(str, answer)) if isinstance(answer, list) else str(answer)
    return f"Your answer: {text[:60]}{'…' if len(text) > 60 else '.'}"


class QuestionWidget(w.VBox):
    """One question with its form, Check, Hint, certainty and an announced place for feedback."""

    def __init__(self, question: Question, submit: Submit, place: str, problem: Problem = None) -> None:
        self.question, self._submit = question, submit
        self.points: int | None = None
        heading = f'<h3 class="medialit-name" style="margin:4px 0;font-size:18px">{escape(place)}</h3>'
        several = isinstance(question.form, ChoiceForm) and question.form.several
        self.form = form_widget(question.form, **({"label": "Choose all that fit"} if several else {}))
        self.certainty = certainty_list()
        self.check = button(f"Check {question.id}", self._clicked, primary=True)
        self.hint = button(f"Hint {question.id}", lambda: self.desk.hint())
        self.feedback, hints = live(), live()
        self.desk = Desk(tuple(question.hints), self.feedback, hints, problem)
        self._watchers: list[Any] = []
        super().__init__(
            (
                html(f'{heading}<p style="margin:4px 0">{escape(question.stem)}</p>'),
                self.form,
                *([self.certainty] if question.certainty else []),
                row(self.check, self.hint),
                self.feedback,
                hints,
            )
        )
        classed(self, "medialit-block")

    def on_result(self, callback: Any) -> None:
        """Call ``callback()`` after each check."""
        self._watchers.append(callback)

    def _clicked(self) -> None:
        certainty = self.certainty.value or None
        self._hand_in(self.question.plain(self.form.value), "click", certainty)

    def answer(self, answer: Any, certainty: int | None = None) -> Result:
        """The code door: the same answer, the same submit, the same feedback on the page."""
        answer = self.question.plain(answer)
        self._show(answer, certainty)
        return self._hand_in(answer, "code", certainty)

    def _show(self, answer: Any, certainty: Any) -> bool:
        """Put an answer into the form; False when it does not fit there."""
        try:
            fits = self.question.check(answer).outcome is not Outcome.COULD_NOT_CHECK
            if fits:
                self.form.set(answer)
            if type(certainty) is int and certainty in PAYOFF:
                self.certainty.value = certainty
        except MedialitError:
            return False
        return fits

    def _hand_in(self, answer: Any, door: str, certainty: Any) -> Result:
        named = {"door": door, "certainty": certainty, "hints": self.desk.hints_shown}
        result = handed_in(self._submit, self.question.id, answer, **named)
        self.points = result.details.get("points", self.points)
        self.desk.take(result, (answer, door, certainty), checked_text(answer))
        for callback in self._watchers:
            callback()
        return result

    def restore(self, saved: Mapping[str, Any]) -> bool:
        """Show a saved answer with its feedback; False when it no longer fits the question."""
        answer, certainty = saved.get("answer"), saved.get("certainty")
        result = self.question.check(answer, certainty)
        if result.outcome in (Outcome.NOT_ATTEMPTED, Outcome.COULD_NOT_CHECK) or not self._show(answer, certainty):
            return False
        self.desk.restore({"attempts": 1, **saved, "outcome": result.outcome})
        self.points = result.details.get("points")
        self.desk.show(result, before="This is your saved answer.", checked=checked_text(answer))
        return True


class QuizWidget(w.VBox):
    """All questions of a quiz.

    ``submit(question_id, answer, door=…, certainty=…, hints=…)`` returns the Result and keeps it. ``saved`` maps a
    question's id to ``{"answer": …, "certainty": …, "attempts": …, "hints": …}``. ``call`` is how the learner's
    notebook reaches this widget, for the text form. ``problem()`` says why an answer was not saved, or None.
    """

    def __init__(
        self,
        quiz: Quiz,
        submit: Submit,
        saved: Mapping[str, Mapping[str, Any]] | None = None,
        *,
        call: str = "quiz",
        problem: Problem = None,
    ) -> None:
        self.quiz, self._call = quiz, call
        total = len(quiz.questions)
        self.boxes = {
            question.id: QuestionWidget(question, submit, f"Question {n} of {total} · {question.id}", problem)
            for n, question in enumerate(quiz.questions, 1)
        }
        self._note, self._progress = html(), html()
        heading = html(f'<h2 style="margin:8px 0;font-size:20px">{escape(quiz.title)}</h2>')
        super().__init__((tools(), heading, self._note, *self.boxes.values(), self._progress))
        classed(self, "medialit")
        self._restore(saved or {})
        for box in self.boxes.values():
            box.on_result(self._count)
        self._count()

    def answer(self, question_id: str, answer: Any, certainty: int | None = None) -> Result:
        """Answer by code: ``quiz.answer("q3", "b", certainty=2)`` does what a click does.

        Raises MedialitError when there is no such question.
        """
        return self.boxes[self.quiz[question_id].id].answer(answer, certainty)

    def hint(self, question_id: str) -> str:
        """The next hint of a question; the widget shows it too."""
        return self.boxes[self.quiz[question_id].id].desk.hint()

    def _restore(self, saved: Mapping[str, Mapping[str, Any]]) -> None:
        known = {key: value for key, value in saved.items() if key in self.boxes}
        back = sum(self.boxes[key].restore(value) for key, value in known.items())
        said = []
        if back:
            said.append(f"Your saved answers are back: {back} of {len(self.boxes)}. You can change them.")
        if len(known) > back:
            said.append(f"Saved answers that no longer fit their question: {len(known) - back}. Please answer again.")
        self._note.value = "".join(map(note_html, said))

    def _count(self) -> None:
        outcomes = [box.desk.outcome for box in self.boxes.values()]
        answered = [outcome for outcome in outcomes if outcome]
        text = f"Answered: {len(answered)} of {len(outcomes)}. Passed: {answered.count(Outcome.PASSED)}."
        points = [box.points for box in self.boxes.values() if box.points is not None]
        if points:
            text += f" Certainty points of your last answers: {signed(sum(points))}."
        self._progress.value = f'<p style="margin:8px 0"><strong>{text}</strong></p>'

    # the text form ------------------------------------------------------------------------------------------------

    def _example(self, question: Question) -> str:
        return f'{self._call}.answer("{question.id}", {question.form.sample()})'

    def text_form(self) -> str:
        """Questions and options as plain text, never the key."""
        first = self._example(self.quiz.questions[0])
        parts = [self.quiz.title, f"{RUN} To answer by typing, with your own answer: {first}"]
        for question in self.quiz.questions:
            what, typed = self._typed(question)
            block = [f"{question.id}. {question.stem}", question.form.as_text(), typed and f"  {what} {typed}"]
            parts.append("\n".join(filter(None, block)))
        return "\n\n".join(parts)

    def html_form(self) -> str:
        """The same as HTML that needs neither styles nor scripts."""
        first = code(self._example(self.quiz.questions[0]))
        parts = [f"<p>{RUN} To answer by typing, with your own answer: {first}</p>"]
        for question in self.quiz.questions:
            what, line = self._typed(question)
            typed = f'<p style="margin:4px 0">{what} {code(line)}</p>' if line else ""
            stem = f'<p style="margin:16px 0 4px 0"><strong>{question.id}.</strong> {escape(question.stem)}</p>'
            parts.append(stem + question.form.as_html() + typed)
        return titled(self.quiz.title, "".join(parts))

    def _typed(self, question: Question) -> tuple[str, str]:
        """What to say about typing, and the code; both empty where the first example shows it already."""
        if isinstance(question.form, ChoiceForm) and not question.form.several:
            return "", ""
        what = " (all letters, in order)" if isinstance(question.form, OrderForm) else ""
        return f"By typing{what}:", self._example(question)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle = super()._repr_mimebundle_(**kwargs)
        return {**bundle, "text/plain": self.text_form(), "text/html": self.html_form()}
