"""What only the leader of a room reads: vote questions and keys, what to say at the reveal, and how many copies to print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from medialit.case import Case
from medialit.english import count
from medialit.paths.records import CoursePath, Section
from medialit.paths.unit import find_folder
from medialit.paths.wrong import expected
from medialit.show.board import reveal_view
from medialit.show.html import escape
from medialit.units.board import load_board
from medialit.units.registry import UnitPlan, find_unit, load_tasks
from medialit.widgets.markup import inline_html, to_html

ROOM = 25  # machines and people that a sheet plans for
BEFORE = 15  # minutes before the clock starts
START = (
    f"Start the {ROOM} machines. Open the workshop’s page on each one, and wait until its buttons appear. Two people share "
    "the rows of machines. Put out sticky notes, A/B/C/D cards and the paper pack. If one machine does not start, do not "
    "wait: the pair sits down at another one."
)


def sections(path: CoursePath) -> Iterator[tuple[Section, UnitPlan]]:
    """The sections of a path that belong to a unit, with it, in order."""
    for sitting in path.sittings:
        for section in sitting.sections:
            if unit := sitting.unit_of(section):
                yield section, find_unit(unit)


def votes(path: CoursePath, course: Path, *, key: bool) -> str:
    """The questions that a room votes on, in full; with ``key`` also the right answer and why."""
    parts = []
    for section, plan in sections(path):
        known = find_folder(course, plan.folder).questions
        for name in section.questions:
            question = known[name]
            options = "".join(
                f"<li><b>{escape(option.key.upper())}</b> {inline_html(option.text)}</li>"
                for option in getattr(question.form, "options", ())
            )
            right = f"<p><b>Key:</b> {inline_html(question.in_words)} {inline_html(question.why)}</p>" if key else ""
            # Each learner's page has an order of its own, so a room votes on the letters that it hears.
            order = "Read the letters aloud: on each learner’s page, the options are in another order."
            right = f"<p>{order}</p>{right}" if key and options else right
            listed = f'<ul class="plain">{options}</ul>' if options else "<p>Show your number with your fingers.</p>"
            parts.append(
                f"<h3>{escape(section.name)} (unit {int(plan.folder[:2])}, question {escape(name[1:])})</h3>"
                f"{to_html(question.stem)}{listed}{right}"
            )
    return "".join(parts)


def keys(path: CoursePath, case: Case) -> str:
    """The answers to the exercises of a path."""
    parts = []
    for section, plan in sections(path):
        for name in section.exercises:
            task = load_tasks(plan, case)[name]
            lines = task.form.in_words(task.answer())
            if section.short and hasattr(task.form, "rows"):
                lines = lines[: _short_rows(case, task.id)]
            said = "".join(f"<li>{inline_html(line)}</li>" for line in lines)
            part = f" ({escape(section.part)})" if section.part else ""
            told = f"<ul>{said}</ul>" if said else f"<p>{inline_html(task.solution_text())}</p>"
            parts.append(f"<h3>{escape(name)} {escape(task.title)}{part}</h3>{told}")
    return "".join(parts)


def _short_rows(case: Case, task: str) -> int | None:
    return len(case.coverage.matrix.short) if task == "matrix" else None


def reveal(path: CoursePath, case: Case, course: Path) -> str:
    """What to say at the reveal, and the table behind it; empty when the path or the story has none."""
    section = next((section for section, _ in sections(path) if section.board), None)
    board = load_board(case, course / "board.yaml")
    if section is None or board is None:
        return ""
    found = [piece for piece in board.pieces if piece.id in section.board]
    pieces = "".join(f"<li><b>{escape(piece.shape)}</b> {escape(piece.found)}</li>" for piece in found)
    heard = "".join(f"<p>“{escape(h.they)}” → {escape(h.you)}</p>" for h in section.hear)
    return (
        f"<p><b>Say:</b> {escape(section.say)}</p><p><b>Ask:</b> {escape(section.ask)}</p>{heard}"
        f"<p>These pieces the room can have found:</p><ul>{pieces}</ul>{reveal_view(board.reveal.shown()).html}"
    )


def copies(path: CoursePath) -> str:
    """What to print, and how many copies for a full room. Pairs share what they work on together."""
    pairs = -(-ROOM // 2)
    rows = [
        ("The sheet that you are reading", "1, for you"),
        ("The story", f"{ROOM}, one each"),
        ("Questions for the votes, and the A/B/C/D cards", f"{pairs}, one for each pair"),
        ("Exercises and evidence cards, if the machines fail", f"{pairs}, one for each pair"),
    ]
    if any(section.board for section, _ in sections(path)):
        rows.append(("The case board", f"{pairs}, one for each pair"))
    cells = "".join(f'<tr><th scope="row">{what}</th><td>{many}</td></tr>' for what, many in rows)
    return (
        f"<p>For {count(ROOM, 'person', 'people')}: <code>medialit print --path {path.id}</code> writes the pack.</p>"
        f'<table><thead><tr><th scope="col">Part</th><th scope="col">Copies</th></tr></thead><tbody>{cells}</tbody></table>'
    )


def wrong_answers(path: CoursePath, course: Path) -> str:
    """What a room says instead, and what to answer."""
    rows = "".join(
        f"<tr><td>{escape(w.unit)} {escape(w.question)}</td><td>{escape(w.said)}</td><td>{escape(w.answer)}</td></tr>"
        for w in expected(path, course)
    )
    if not rows:
        return ""
    return (
        '<div class="wide"><table><thead><tr><th scope="col">Question</th>'
        f'<th scope="col">They say</th><th scope="col">You say</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def leader_parts(path: CoursePath, case: Case, course: Path) -> list[tuple[str, str]]:
    """(title, HTML) of everything on a leader's page but the clock."""
    parts = [
        ("Questions for the votes, with the key", votes(path, course, key=True)),
        ("Wrong answers to expect", wrong_answers(path, course)),
        ("What to say at the reveal", reveal(path, case, course)),
        ("Key of the exercises", keys(path, case)),
        ("Copies to print", copies(path)),
    ]
    return [(title, html) for title, html in parts if html]
