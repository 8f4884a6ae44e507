"""The print pack: a workshop on paper. The story, evidence cards, the matrix, verdicts, and cards to vote with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from medialit.case import Case
from medialit.exercises.prediction import Prediction, load_predictions
from medialit.exercises.task import Task
from medialit.forms import MatrixForm, TableForm, VerifyForm
from medialit.paths.leader import leader_parts, sections, votes
from medialit.paths.records import CoursePath, Section
from medialit.paths.sheet import LEADER_STYLE, STYLE, html_page
from medialit.paths.unit import find_folder
from medialit.progress import Progress
from medialit.show.html import escape
from medialit.units.board import load_board
from medialit.units.registry import load_tasks
from medialit.widgets.markup import inline_html, to_html

LETTERS = ("A", "B", "C", "D")
# The same words as in unit 2.
VERDICTS = (
    ("supported", "the record we found agrees"),
    ("missing context", "so, but something is left out that changes the meaning"),
    ("outdated", "it was so, and is told as if it were now"),
    ("misattributed", "tied to the wrong event, the wrong speaker, or words the speaker did not use"),
    ("contradicted", "the record we found says otherwise"),
    ("not established", "we looked, and found nothing that settles it"),
)
# Cards for every claim would fill forty pages; a room on paper gets through two.
ON_PAPER = 2
_STYLE = """
section{break-before:page;page-break-before:always}
section:first-of-type{break-before:auto;page-break-before:auto}
.letter{font-size:60vmin;line-height:1;text-align:center;font-weight:700;margin:10vmin 0 0}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(18rem,1fr));gap:12px}
.card{border:1px solid #333;border-radius:6px;padding:8px 12px;break-inside:avoid}
.card h3{margin:0 0 4px;font-size:1rem}
.shape{min-height:7rem}blockquote{border-left:3px solid #333;margin:8px 0;padding-left:12px}
.fill td{height:2.6rem;min-width:4rem}.fill th[scope=row]{min-width:9rem;font-weight:400}
@media print{.cards{grid-template-columns:1fr 1fr}.letter{font-size:140mm}}
"""


def print_pack(case: Case, path: CoursePath | None = None, course: Path | None = None) -> str:
    """One HTML file to print, for a room on paper.

    Without a ``path`` it has whatever a room may use, and no key. With one it has the hook, the questions and the exercises
    of that workshop, its case board, and at the end a page for the leader, with the key.
    """
    if path is None or course is None:
        parts = [_story(case), _claims(case), _cards(case), _matrix(case), _verdicts()]
        leader = []
    else:
        parts = [
            _hook(path, course),
            _story(case),
            _votes(path, course),
            *_exercises(path, case),
            _board(path, case, course),
        ]
        told = "".join(f"<h3>{title}</h3>{html}" for title, html in leader_parts(path, case, course))
        leader = [f"<h2>For the leader alone: take this page out</h2>{told}"]
    parts = [*filter(None, parts), *map(_letter, LETTERS), *leader]
    sections = "\n".join(f"<section>{part}</section>" for part in parts)
    title = f"Print pack: {path.title if path else case.title}"
    return html_page(title, f"<h1>{escape(title)}</h1>\n{sections}", STYLE + LEADER_STYLE + _STYLE)


def _hook(path: CoursePath, course: Path) -> str:
    """The opening question of a workshop, with the sentences that it is about."""
    section, plan = next(sections(path))
    unit = find_folder(course, plan.folder)
    lesson = unit.under(section.heading)
    quoted = "".join(
        f"<blockquote>{inline_html(line)}</blockquote>" for line in re.findall(r"^> (.+)$", lesson, re.MULTILINE)
    )
    guesses = load_predictions(unit.folder / "predictions.yaml")
    asked = "".join(_guess(guesses[name]) for name in re.findall(r'unit\.predict\("(\w+)"', lesson))
    return f"<h2>{escape(section.name)}</h2><p>{escape(section.do)}</p>{quoted}{asked}"


def _guess(guess: Prediction) -> str:
    options = "".join(f"<li><b>{escape(o.id.upper())}</b> {inline_html(o.text)}</li>" for o in guess.options)
    return f'{to_html(guess.stem)}<ul class="plain">{options}</ul>'


def _votes(path: CoursePath, course: Path) -> str:
    asked = votes(path, course, key=False)
    return f"<h2>Questions for the votes</h2>{asked}" if asked else ""


def _exercises(path: CoursePath, case: Case) -> list[str]:
    """A page for each exercise of the workshop that can be done on paper."""
    parts: list[str] = []
    for section, plan in sections(path):
        for name in section.exercises:
            task = load_tasks(plan, case)[name]
            if isinstance(task.form, VerifyForm):
                parts += [_claims(case), _cards(case), _verdicts()]
            elif isinstance(task.form, MatrixForm):
                parts.append(_matrix(case))
            elif isinstance(task.form, TableForm) and not section.short:
                parts.append(_table(task, section))
    return parts


def _table(task: Task[Any], section: Section) -> str:
    """An exercise of rows and fields, to fill in by hand."""
    form = task.form
    assert isinstance(form, TableForm)
    head = "".join(f'<th scope="col">{escape(field.label)}</th>' for field in form.fields)
    rows = form.rows[
        : _FIRST.get(section.part.split()[2] if section.part.startswith("the first ") else "", len(form.rows))
    ]
    body = "".join(f'<tr><th scope="row">{escape(r.text)}</th>{"<td></td>" * len(form.fields)}</tr>' for r in rows)
    lists = "".join(
        f"<p><b>{escape(field.label)}</b> {escape(' · '.join(option.text for option in field.options))}</p>"
        for field in form.fields
        if field.options
    )
    return (
        f"<h2>{escape(task.title)}</h2><p>{inline_html(task.prompt)}</p>{lists}"
        f'<div class="wide"><table class="fill"><thead><tr><th scope="col">Row</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


# What "the first ten statements" says in paths.yaml.
_FIRST = {"two": 2, "four": 4, "ten": 10}


def _board(path: CoursePath, case: Case, course: Path) -> str:
    """The case board of the workshop, to fill in by hand."""
    wanted = next((section.board for section, _ in sections(path) if section.board), [])
    board = load_board(case, course / "board.yaml")
    if board is None or not wanted:
        return ""
    shapes = "".join(
        f'<div class="card shape"><h3>{escape(piece.shape)}</h3></div>' for piece in board.pieces if piece.id in wanted
    )
    return (
        f"<h2>{escape(board.title)}</h2><p>Write what you find out into each shape. At the end, put them together.</p>"
        f'<div class="cards">{shapes}</div><p><b>What happened to this story?</b></p><div class="card shape"></div>'
    )


def _story(case: Case) -> str:
    from medialit.units import open_unit

    unit = open_unit("quotes", case.folder, Progress())
    return f"<h2>The story</h2><p>¶ counts the paragraphs. Numbers after words point below.</p>{unit.read().html}"


def _claims(case: Case) -> str:
    gold = case.claim_gold
    rows = "".join(
        f"<tr><td>{n}</td><td>{escape(claim.says)}</td><td></td><td></td></tr>"
        for n, name in enumerate(gold.verify[:ON_PAPER], 1)
        if (claim := gold.find_claim(name))
    )
    return (
        "<h2>Look it up</h2><p>Here are two claims from the story. Find cards that speak about exactly this claim, from two "
        'origins. Then write your verdict.</p><div class="wide"><table class="fill"><thead><tr><th scope="col">No.</th>'
        '<th scope="col">Claim</th><th scope="col">Cards</th><th scope="col">Verdict, and how sure (1 to 3)</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cards(case: Case) -> str:
    """The cards that bear on the claims to verify, and as many again that do not, in the order of their publishers."""
    gold = case.claim_gold
    wanted = set(gold.verify[:ON_PAPER])
    near = [c for c in gold.evidence if wanted & {*c.supports, *c.contradicts, *c.context}]
    others = [c for c in gold.evidence if c not in near][: len(near) // 2]
    shown = sorted([*near, *others], key=lambda c: (c.publisher, c.id))
    cards = "".join(
        f'<div class="card"><h3>{n}. {escape(c.publisher)}</h3><p><b>{escape(c.title)}</b></p>'
        f"<p>{escape(c.date or 'no date')} · The text comes from: {escape(c.origin)}</p><p>{escape(c.fact)}</p></div>"
        for n, c in enumerate(shown, 1)
    )
    return f'<h2>Evidence cards</h2><p>Cut them apart. Some do not help.</p><div class="cards">{cards}</div>'


def _matrix(case: Case) -> str:
    from medialit.units.registry import find_unit, load_tasks
    from medialit.units.sources.matrix import FillMatrix

    task = load_tasks(find_unit("sources"), case)["4.1"]
    assert isinstance(task, FillMatrix)
    names = list(task.names.values())
    empty = "<td></td>" * len(names)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    rows = "".join(f'<tr><th scope="row">{escape(row.text)}</th>{empty}</tr>' for row in case.coverage.matrix.short)
    sources = "".join(
        f'<div class="card"><h3>{escape(name)}</h3><p>{escape(column.card)}</p><p>{escape(column.note)}</p></div>'
        for name, column in zip(names, case.coverage.matrix.columns, strict=False)
    )
    return (
        "<h2>Facts by sources</h2><p>Write S (states), D (states differently), C (contradicts) or – (not found here). "
        f'Go by these cards and by nothing else.</p><div class="cards">{sources}</div>'
        '<div class="wide"><table class="fill"><thead><tr>'
        f'<th scope="col">Fact</th>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _verdicts() -> str:
    rows = "".join(f'<tr><th scope="row">{name}</th><td>{when}</td></tr>' for name, when in VERDICTS)
    return (
        '<h2>What a verdict can be</h2><table><thead><tr><th scope="col">Verdict</th><th scope="col">When</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
        "<p>How sure: 1 a guess, 2 right two times out of three, 3 right four times out of five.</p>"
    )


def _letter(letter: str) -> str:
    return f'<p class="letter">{letter}</p>'
