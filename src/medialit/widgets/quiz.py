"""The quiz: one question at a time or all below each other, as the learner likes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from medialit.errors import MedialitError
from medialit.exercises.quiz import Question, Quiz
from medialit.exercises.records import Outcome, Result
from medialit.forms import ChoiceForm, Form, OrderForm
from medialit.scoring.calibration import PAYOFF
from medialit.show.html import RUN, code, run_line, titled
from medialit.widgets.block import CheckedBlock, Problem, Submit, milliseconds, signed
from medialit.widgets.markup import note_html, to_html
from medialit.widgets.page import Page, words

_NOTHING = object()  # not None: that is an answer which nobody has typed yet


def _in_order(question: Question, keys: Sequence[str]) -> Form[Any]:
    """The form of a question with its options in this order."""
    if not (keys and isinstance(question.form, ChoiceForm)):
        return question.form
    options = {option.key: option for option in question.form.options}
    return replace(question.form, options=tuple(options[key] for key in keys))


class QuestionBlock(CheckedBlock):
    """One question with its form, Check, Hint, certainty and an announced place for feedback."""

    on_result: Callable[[], None] = staticmethod(lambda: None)

    def hand_in(self, answer: Any, door: str, certainty: int | None) -> Result:
        result = super().hand_in(self.item.plain(answer), door, certainty)
        self.on_result()
        return result

    def answer_by_code(self, answer: Any, certainty: int | None = None) -> Result:
        """The code door: the same answer, the same submit, the same feedback on the page."""
        answer = self.item.plain(answer)
        self._show_answer(answer, certainty)
        return self.hand_in(answer, "code", certainty)

    def _show_answer(self, answer: Any, certainty: Any, **how: Any) -> bool:
        """Put an answer into the form; False when it does not fit there."""
        # A draft may be longer than an answer, or no number yet: it was typed, so it comes back.
        if not how.get("draft") and self.item.check(answer).outcome is Outcome.COULD_NOT_CHECK:
            return False
        try:
            self.put(answer, certainty if type(certainty) is int and certainty in PAYOFF else None, **how)
        except MedialitError:
            return False
        return True

    def solution_html(self) -> str:
        answer = to_html(f"**The answer.** {self.item.in_words}")
        return f'<div class="ml-note">{answer}{to_html(self.item.why)}</div>'

    def restore(self, saved: Mapping[str, Any]) -> bool:
        """Show a saved answer with its feedback, or a draft; False when it no longer fits the question."""
        answer, certainty, draft = saved.get("answer"), saved.get("certainty"), bool(saved.get("draft"))
        first = saved.get("first") or (answer, certainty)
        result = self.item.check(answer, certainty, first)
        fits = draft or result.outcome.counts
        if not fits or not self._show_answer(answer, certainty, draft=draft, time=milliseconds(saved.get("time"))):
            return False
        if draft:
            self.counts({**saved, "answer": None})
            self.say(feedback=note_html("What you had chosen is back. It is not checked yet."))
            return True
        self.counts({"attempts": 1, **saved, "outcome": result.outcome})
        self.points = self.item.check(*first).details.get("points")
        self.show(result, before="This is your saved answer.")
        return True


class QuizWidget(Page):
    """All questions of a quiz.

    ``submit``, ``keep`` (with the question before the answer), ``contest`` and ``problem`` as for :class:`Checked`. ``saved``
    maps a question's id to ``{"answer": …, "certainty": …, "attempts": …, "hints": …}``, ``places`` to its name in this
    browser, and ``order`` gives the keys of a question's options as this learner sees them. ``call`` is how the learner's
    notebook reaches this widget, for the text form. ``language`` is that of the story.
    ``about`` maps questions to the case whose story they are about, where that is not the one beside the page; ``story`` is
    that story as HTML.
    """

    def __init__(
        self,
        quiz: Quiz,
        submit: Submit,
        saved: Mapping[str, Mapping[str, Any]] | None = None,
        *,
        call: str = "quiz",
        problem: Problem = None,
        keep: Callable[[Question, Any, int | None], str | None] | None = None,
        contest: Callable[[str, str], str | None] | None = None,
        places: Mapping[str, str] | None = None,
        order: Callable[[Question], Sequence[str]] = lambda _: (),
        language: str = "en",
        about: Mapping[str, str] | None = None,
        story: str = "",
    ) -> None:
        self.quiz, self._call = quiz, call
        total, text = len(quiz.questions), words()

        def block(number: int, question: Question) -> QuestionBlock:
            buttons = [
                ("check", text["check"], f"{text['check']} question {number}"),
                ("hint", text["hint"], f"{text['hint']} for question {number}"),
                ("show", text["show_me"], f"{text['show_me']} the answer to question {number}"),
            ]
            if contest:
                buttons.append(("contest", text["disagree"], f"{text['disagree']} with question {number}"))
            return QuestionBlock(
                question, submit, problem=problem, contest=contest,
                keep=(lambda answer, sure: keep(question, answer, sure)) if keep else None,
                title=question.stem, over=f"Question {number} of {total}",
                form=_in_order(question, order(question)),
                certainty=question.certainty, buttons=buttons, key=(places or {}).get(question.id, ""),
            )  # fmt: skip

        self.boxes = {question.id: block(n, question) for n, question in enumerate(quiz.questions, 1)}
        if language != "en":
            for box in self.boxes.values():
                box.spec["language"] = language
        for name, case in (about or {}).items():
            self.boxes[name].spec["story"] = case
        intro = self._restore(saved or {}) + story
        super().__init__(self.boxes.values(), title=quiz.title, intro=intro, paged=total > 1)
        for box in self.boxes.values():
            box.on_result = self._count
        self._count()

    def answer(self, question_id: Any, answer: Any = _NOTHING, certainty: int | None = None) -> Result:
        """Answer by code: ``quiz.answer("q3", "b", certainty=2)`` does what a click does.

        Where there is only one question, the answer is enough: ``unit.quiz("q3").answer("b")``. Raises MedialitError when
        there is no such question, or when it is not clear which one is meant.
        """
        if answer is _NOTHING:
            if len(self.boxes) > 1:
                raise MedialitError(f"Say which question the answer is for: {self._example(self.quiz.questions[0])}.")
            question_id, answer = next(iter(self.boxes)), question_id
        return self.boxes[self.quiz[question_id].id].answer_by_code(answer, certainty)

    def hint(self, question_id: str) -> str:
        """The next hint of a question; the widget shows it too."""
        return self.boxes[self.quiz[question_id].id].hint()

    def _restore(self, saved: Mapping[str, Mapping[str, Any]]) -> str:
        known = {key: value for key, value in saved.items() if key in self.boxes}
        back = sum(self.boxes[key].restore(value) for key, value in known.items())
        said = []
        if back:
            said.append(f"Your saved answers are back: {back} of {len(self.boxes)}. You can change them.")
        if len(known) > back:
            said.append(f"Saved answers that no longer fit their question: {len(known) - back}. Please answer again.")
        return "".join(map(note_html, said))

    def _count(self) -> None:
        outcomes = [box.outcome for box in self.boxes.values()]
        answered = [outcome for outcome in outcomes if outcome]
        text = f"Answered: {len(answered)} of {len(outcomes)}. Passed: {answered.count(Outcome.PASSED)}."
        points = [box.points for box in self.boxes.values() if box.points is not None]
        if points:
            text += f" Certainty points of your first answers: {signed(sum(points))}."
        self.foot = f"<p>{text}</p>"

    # the text form ------------------------------------------------------------------------------------------------

    def _example(self, question: Question) -> str:
        return f'{self._call}.answer("{question.id}", {question.form.sample()})'

    def text_form(self) -> str:
        first = self._example(self.quiz.questions[0])
        parts = [self.quiz.title, f"{RUN} To answer by typing, with your own answer: {first}"]
        for question in self.quiz.questions:
            what, typed = self._typed(question)
            block = [f"{question.id}. {question.stem}", question.form.as_text(), typed and f"  {what} {typed}"]
            parts.append("\n".join(filter(None, block)))
        return "\n\n".join(parts)

    def html_form(self) -> str:
        first = code(self._example(self.quiz.questions[0]))
        parts = [run_line(f" To answer by typing, with your own answer: {first}")]
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
