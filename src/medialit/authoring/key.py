"""The answer key of a course on a case, as Markdown: for facilitators, apart from everything a learner opens."""

from __future__ import annotations

from typing import Any

from medialit.case import Case
from medialit.errors import CaseError
from medialit.exercises.forms import (
    ChoiceForm,
    OrderForm,
    SpanForm,
    TableForm,
    VerifyForm,
)
from medialit.exercises.quiz import Question, Quiz, load_quiz
from medialit.exercises.registry import UNITS, UnitPlan, load_tasks
from medialit.exercises.task import Task
from medialit.files import course_path

HEAD = """# Answer key: {title}

Made by `medialit key` from the course and the case. Do not edit it, and keep it away from learners.
The key is a reading, not the truth: where somebody differs and gives a reason, talk about the reason.
"""


def answer_key(case: Case) -> str:
    """The whole key on one case: every quiz question and every exercise of every unit, as Markdown."""
    parts = [HEAD.format(title=case.title)]
    for plan in UNITS:
        parts.append(f"## {int(plan.folder[:2])} · {plan.title}\n")
        parts += _unit(plan, case)
    return "\n".join(parts).rstrip() + "\n"


def _unit(plan: UnitPlan, case: Case) -> list[str]:
    quiz = load_quiz(course_path(plan.folder, "quiz.yaml"))
    parts = ["### Quiz\n", "| | Question | Right | Why |\n|---|---|---|---|"]
    parts[-1] += "".join(
        f"\n| {q.id} | {_cell(q.stem)} | {_cell(right(q))} | {_cell(_why(q))} |" for q in quiz.questions
    )
    parts += ["", "Wrong answers and a sentence to say:\n", _misconceptions(quiz), "", "### Exercises\n"]
    try:
        return parts + _exercises(plan, case)
    except CaseError as error:
        # A case of one's own may leave out a unit.
        return [*parts, f"Not on this case. {error}\n"]


def _exercises(plan: UnitPlan, case: Case) -> list[str]:
    parts = []
    for task in load_tasks(plan, case).values():
        star = " ★" if task.text.in_class else ""
        parts += [f"**{task.id}{star} {task.title.rstrip('?')}.** {task.solution_text()}\n", *_answer(task)]
    return parts


def _misconceptions(quiz: Quiz) -> str:
    return "\n".join(f"- **{code}** {words}" for code, words in quiz.misconceptions.items())


def right(question: Question) -> str:
    """The right answer to a question, in words."""
    if question.options:
        return "; ".join(f"**{option.id}** {option.text}" for option in question.options if option.right)
    if isinstance(question.form, OrderForm):
        return "**" + ", ".join(question.key) + "**"
    if isinstance(question.key, tuple):
        return "; ".join(question.key[:4]) + " …"
    return f"**{question.key:g}** {getattr(question.form, 'unit', '')}".strip()


def _why(question: Question) -> str:
    return question.right or " ".join(option.feedback for option in question.options if option.right)


def _answer(task: Task) -> list[str]:
    """The answer that earns full marks, as a list; empty where the solution says it all."""
    answer, form = task.answer(), task.form
    if isinstance(form, SpanForm):
        text = task.case.article
        lines = [f"¶{_paragraph(task, s[0])}: {text.text[s[0] : s[1]]}" for s in answer]
    elif isinstance(form, OrderForm):
        names = _names(form)
        lines = [names[key] for key in answer]
    elif isinstance(form, ChoiceForm):
        names = _names(form)
        lines = [names[key] for key in (answer if form.several else [answer])]
    elif isinstance(form, VerifyForm):
        claims = {claim.key: claim.text for claim in form.claims}
        lines = [f"{claims[k]} → **{v['verdict']}** ({', '.join(v['evidence'])})" for k, v in answer.items()]
    elif isinstance(form, TableForm):
        lines = _rows(form, answer)
    else:
        # The solution says it in words.
        lines = []
    sign = "1." if isinstance(form, OrderForm) else "-"
    return [*(f"{sign} {_line(line)}" for line in lines), ""] if lines else []


def _paragraph(task: Task, start: int) -> int | str:
    block = task.case.article.block_at(start)
    return block.number if block and block.number else "–"


def _names(form: Any) -> dict[str, str]:
    return {option.key: option.text for option in form.options}


def _rows(form: Any, answer: dict[str, dict[str, Any]]) -> list[str]:
    rows = {row.key: row.text for row in form.rows}
    fields = {field.name: field for field in form.fields}
    lines = []
    for key, cells in answer.items():
        said = []
        for name, value in cells.items():
            names = {option.key: option.text for option in fields[name].options} if name in fields else {}
            shown = ", ".join(names.get(v, v) for v in value) if isinstance(value, list) else names.get(value, value)
            label = fields[name].label.rstrip("?:… ") if name in fields else name
            said.append(f"{label}: **{shown}**")
        lines.append(f"{rows.get(key, key)} → {'; '.join(said)}")
    return lines


def _cell(text: str) -> str:
    return _line(text).replace("|", "\\|")


def _line(text: str) -> str:
    return " ".join(str(text).split())
