"""The answer key of a course on a case, as Markdown: for facilitators, apart from everything a learner opens."""

from __future__ import annotations

from typing import Any

from medialit.authoring.readers import readers
from medialit.case import Case
from medialit.exercises.quiz import Quiz
from medialit.exercises.task import Task
from medialit.forms import VerifyForm
from medialit.show.html import isolated
from medialit.units.registry import UNITS, UnitPlan, load_tasks

HEAD = """# Answer key: {title}

Made by `medialit author key` from the course and the case. Do not edit it, and keep it away from learners.
The key is a reading, not the truth: where somebody differs and gives a reason, talk about the reason.
"""


def answer_key(case: Case) -> str:
    """The whole key on one case: every quiz question and every exercise of every unit, as Markdown."""
    parts = [HEAD.format(title=case.title), *(f"{told}\n" for told in (case.about.label, case.about.credit) if told)]
    parts += _readers(case)
    for plan in UNITS:
        parts.append(f"## {int(plan.folder[:2])} · {plan.title}\n")
        parts += _unit(plan, case)
    text = "\n".join(parts).rstrip() + "\n"
    return isolated(text) if case.article.direction == "rtl" else text


def _readers(case: Case) -> list[str]:
    """Who read what, and how far they agree."""
    lines = []
    for read in readers(case):
        rows = " ".join(f"{row}." for row in read.measured)
        who = "one person." if read.people == 1 else f"{read.people} people, each alone. {read.found}".rstrip()
        lines.append(f"- {read.title}: {who} {rows}".rstrip())
    return ["Who read the story for this key:\n", *lines, ""] if lines else []


def _unit(plan: UnitPlan, case: Case) -> list[str]:
    quiz, tasks = plan.quiz_on(case), load_tasks(plan, case)
    if not (tasks or quiz.questions):
        return [
            "This unit is not part of the course on this story. “medialit author case check” says what would open it.\n"
        ]
    parts = ["### Quiz\n", "| | Question | Right | Why |\n|---|---|---|---|"]
    parts[-1] += "".join(
        f"\n| {q.id} | {_cell(q.stem)} | {_cell(q.on_paper)} | {_cell(q.why)} |" for q in quiz.questions
    )
    parts += ["", "Wrong answers and a sentence to say:\n", _misconceptions(quiz), "", "### Exercises\n"]
    for task in tasks.values():
        star = " ★" if task.text.in_class else " ☆" if task.text.optional else ""
        parts += [f"**{task.label}{star} {task.title.rstrip('?')}.** {task.solution_text()}\n", *_answer(task)]
    return parts + [f"{one} {one.why}\n" for one in tasks.left_out if not one.optional]


def _misconceptions(quiz: Quiz) -> str:
    return "\n".join(f"- **{code}** {words}" for code, words in quiz.misconceptions.items())


def _answer(task: Task[Any]) -> list[str]:
    """The answer that earns full marks, as a list; empty where the solution says it all."""
    answer = task.answer()
    lines = task.form.in_words(answer)
    if isinstance(task.form, VerifyForm):
        claims = map(task.case.claim_gold.claim, answer)
        lines = [f"{line} {claim.explanation}" for line, claim in zip(lines, claims, strict=True)]
    sign = "1." if task.form.kind == "order" else "-"
    return [*(f"{sign} {_line(line)}" for line in lines), ""] if lines else []


def _cell(text: str) -> str:
    return _line(text).replace("|", "\\|")


def _line(text: str) -> str:
    return " ".join(str(text).split())
