"""One small page of feedback a learner: outcomes, points and the next step, never the key and never a trace."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from medialit.classroom.records import Book, Grade, Receipt
from medialit.exercises.quiz import load_quiz
from medialit.exercises.records import Outcome
from medialit.exercises.registry import UNITS, UnitPlan
from medialit.exercises.task import load_texts
from medialit.files import course_path
from medialit.show.html import escape

MAX_PAGE = 30_000
_STYLE = """
:root{color-scheme:light dark;--line:#767676}
@media (prefers-color-scheme:dark){:root{--line:#9a9a9a}}
body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:16px}
h1{font-size:26px;line-height:1.3}h2{font-size:21px;margin-top:32px}
h3{font-size:16px;margin:0;font-weight:600}p{margin:4px 0}
ul.t{list-style:none;padding:0;margin:8px 0}
ul.t>li{border:1px solid var(--line);border-left:6px solid var(--line);border-radius:6px;padding:8px 12px;margin:0 0 8px;
overflow-wrap:anywhere;break-inside:avoid}
li.passed{border-left-color:#009E73!important}li.partly{border-left-color:#E69F00!important}
li.not-yet{border-left-color:#D55E00!important}
@media print{body{max-width:none}}
"""
# From all that can be said to the table alone: the first that fits is taken.
_LEVELS = ((600, 600), (320, 200), (200, 0), (0, 0))


def file_name(learner: str) -> str:
    """The name of a learner's page: safe on every system, and different for different learners."""
    plain = re.sub(r"[^\w.-]+", "_", learner, flags=re.ASCII).strip("._-")[:60]
    # Some systems do not tell capitals apart.
    if plain == learner and plain == plain.lower():
        return f"{plain}.html"
    return f"{plain or 'learner'}-{hashlib.sha256(learner.encode()).hexdigest()[:8]}.html"


def feedback_pages(book: Book) -> Iterable[tuple[str, str]]:
    """(file name, page) for every learner of a gradebook, in order."""
    grades: dict[str, list[Grade]] = {}
    receipts: dict[str, list[Receipt]] = {}
    for grade in book.grades:
        grades.setdefault(grade.learner, []).append(grade)
    for receipt in book.submissions:
        receipts.setdefault(receipt.learner, []).append(receipt)
    for learner, mine in receipts.items():
        yield file_name(learner), feedback_page(mine, grades.get(learner, []))


def feedback_page(receipts: Sequence[Receipt], grades: Sequence[Grade]) -> str:
    """The page of one learner: under 30 KB, with the words of the checks as far as there is room."""
    words = {place: text for receipt in receipts for place, text in receipt.feedback.items()}
    problems = list(dict.fromkeys(line for receipt in receipts for line in receipt.problems))
    for tasks, questions in _LEVELS:
        page = _page(receipts[0].name, grades, words, problems, tasks, questions)
        if len(page.encode()) <= MAX_PAGE:
            return page
        problems = problems[:10]
    return _page(receipts[0].name, grades[:100], {}, problems[:3], 0, 0)


def _page(
    name: str, grades: Sequence[Grade], words: dict[str, str], problems: Sequence[str], tasks: int, questions: int
) -> str:
    parts = [f"<h1>Feedback for {escape(name)}</h1>"]
    if problems:
        lines = "".join(f"<li>{escape(line)}</li>" for line in problems)
        parts.append(f"<h2>What could not be used</h2><ul>{lines}</ul>")
    if not grades:
        parts.append("<p>Nothing could be graded. Ask your instructor what to hand in again.</p>")
    for plan in UNITS:
        for case in sorted({grade.case for grade in grades if grade.unit == plan.name}):
            mine = [grade for grade in grades if (grade.unit, grade.case) == (plan.name, case)]
            parts.append(_unit(plan, case, mine, words, tasks, questions))
    # The number of right statements is the learner's own; what is said about a class is never said about one person.
    if sat := [text for place, text in words.items() if place.startswith("test-")]:
        parts.append(f"<h2>Tests</h2><ul>{''.join(f'<li>{escape(text)}</li>' for text in sat)}</ul>")
    parts.append("<p>You can try every task again: your best attempt counts.</p>")
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>Feedback for {escape(name)}</title><style>{_STYLE}</style></head>\n"
        f"<body><main>\n{chr(10).join(parts)}\n</main></body></html>\n"
    )


def _unit(plan: UnitPlan, case: str, grades: Sequence[Grade], words: dict[str, str], tasks: int, questions: int) -> str:
    titles = _titles(plan.folder)
    known = [grade for grade in grades if grade.task in titles]
    # The course's own order, not the order of letters.
    order = {name: number for number, name in enumerate(titles)}
    known.sort(key=lambda grade: order[grade.task])
    passed = sum(grade.outcome == Outcome.PASSED for grade in known)
    rows = []
    for grade in known:
        limit = tasks if grade.task[:1].isdigit() else questions
        said = _cut(words.get(f"{grade.unit}/{grade.case}/{grade.task}", ""), limit)
        rows.append(_row(grade, titles[grade.task], "" if grade.outcome == Outcome.PASSED else said))
    return (
        f"<h2>{escape(plan.title)}</h2>\n"
        f"<p>{passed} of {len(known)} passed. Story: {escape(case)}.</p>\n"
        f'<ul class="t">\n{chr(10).join(rows)}\n</ul>'
    )


def _row(grade: Grade, title: str, said: str) -> str:
    outcome = Outcome(grade.outcome)
    words = f"<p>{escape(said)}</p>" if said else ""
    tried = f" · {grade.attempts} {'attempt' if grade.attempts == 1 else 'attempts'}" if grade.attempts else ""
    points = f" · {grade.score:.2f} of {grade.max_score:g}" if grade.attempts else ""
    return (
        f'<li class="{outcome.replace(" ", "-")}"><h3>{escape(grade.task)} {escape(title)}</h3>'
        f"<p><strong>{outcome.sign} {outcome.capitalize()}</strong>{points}{tried}</p>{words}</li>"
    )


@lru_cache(maxsize=32)
def _titles(folder: str) -> dict[str, str]:
    """Task and question names of a unit, in the course's order, each with its title or the start of its stem."""
    titles = {name: text.title for name, text in load_texts(course_path(folder, "tasks.yaml")).items()}
    quiz = course_path(folder, "quiz.yaml")
    if quiz.is_file():
        titles |= {question.id: _cut(question.stem, 90) for question in load_quiz(quiz).questions}
    return titles


def _cut(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut between two words."""
    if len(text) <= limit:
        return text
    return text[:limit].rpartition(" ")[0] + " …" if limit else ""
