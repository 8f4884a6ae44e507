"""The marking pages: one self-contained HTML file for each thing that a person must judge. They work offline."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from medialit.classroom.export import people_of, write_files
from medialit.classroom.items import AnswerKey
from medialit.classroom.marks import CARD, latest, read_marks, take
from medialit.classroom.names import one_line
from medialit.classroom.pages import one_reading, titles_of
from medialit.classroom.pseudonyms import KEY_FILE, Pseudonyms
from medialit.classroom.records import Attempt, Book, Mark, place_of
from medialit.classroom.store import Store, read_book
from medialit.english import day_in_words
from medialit.errors import MedialitError
from medialit.exercises.records import Outcome
from medialit.forms import Form
from medialit.show.templates import template
from medialit.units.correction.rubric import CRITERIA, LEVELS, rubric_text
from medialit.units.registry import find_unit, number_of

_PAGE, _SCRIPT = (Path(__file__).with_name(name) for name in ("marking.html.j2", "marking.js"))
CONTESTS, NOTES = "disagreements", "reflections"
_SCORES = (("", "Leave the score as it is"), ("0", "0"), ("0.25", "0.25"), ("0.5", "0.5"), ("0.75", "0.75"), ("1", "1"))
_COMPLETE = (("0", "Not yet"), ("0.5", "Partly"), ("1", "Convincing"))
# What the forms without labels of their own call the parts of an answer.
_LABELS = {
    "claim": "Claim",
    "text": "Paragraph",
    "verdict": "Verdict",
    "evidence": "Cards",
    "certainty": "Certainty, 1 to 3",
}
_WHOLE = ("correction", number_of("correction", "card"))
_PARTS = [number_of("correction", name) for name in ("verify", "correct")]
_BLIND = "Names are hidden."


def marking_pages(book: Book, key: Pseudonyms, *, names: bool = False) -> dict[str, str]:
    """Page by name of its file: one for each task with answers that are *complete*, one for the rubric of the correction
    card, one for what learners disagreed with, and one for reflections where they were collected. Blind unless ``names``.
    """
    tasks = sorted({(one.unit, one.task) for one in book.grades if one.outcome == Outcome.COMPLETE})
    pages = {}
    for unit, task in tasks:
        title = f"{find_unit(unit).title}: {titles_of(unit).get(task, task)}"
        pages[f"marking-{task}.html"] = _page(book, key, names, task, title, list(_complete(book, unit, task)))
    cards = [one for _, one in _best(book, *_WHOLE)] if _WHOLE in tasks else []
    for name, title, found in (
        (CARD, "The correction card", cards),
        (CONTESTS, "I disagree", [one for one in book.attempts if one.kind == "contest"]),
        (NOTES, "Reflections", [one for one in book.attempts if one.kind == "note"]),
    ):
        if found:
            pages[f"marking-{name}.html"] = _page(book, key, names, name, title, found)
    return pages


def _best(book: Book, unit: str, task: str) -> Iterator[tuple[Any, Attempt]]:
    made = {(place_of(a), a.nth): a for a in book.attempts}
    for grade in book.grades:
        one = made.get((place_of(grade), grade.nth))
        if (grade.unit, grade.task) == (unit, task) and one:
            yield grade, one


def _complete(book: Book, unit: str, task: str) -> Iterator[Attempt]:
    return (one for grade, one in _best(book, unit, task) if grade.outcome == Outcome.COMPLETE)


def _page(book: Book, key: Pseudonyms, names: bool, task: str, title: str, found: Sequence[Attempt]) -> str:
    marks, people = latest(book.marks), people_of(book)
    # In order of the codes, which were drawn: the order of names would tell who is who.
    found = sorted(found, key=lambda one: (key.code(one.learner), one.unit, one.case, one.item, one.nth))
    items = []
    for one in found:
        target = CARD if task == CARD else one.item
        before = marks.get((*place_of(one)[:3], target))
        code = key.code(one.learner)
        contest = task in (CONTESTS, NOTES)
        about = (
            f"{find_unit(one.unit).title} {titles_of(one.unit, one.case).get(one.item, one.item)}" if contest else ""
        )
        items.append(
            {
                "place": {"code": code, "unit": one.unit, "case": one.case, "task": target},
                "who": f"{people[one.learner].name} ({code})" if names and one.learner in people else code,
                "about": about,
                "words": str(one.answer) if contest else "",
                "answer": _disputed(book, one) if contest else _parts(book, one, task),
                "before": _before(before, book, one),
            }
        )
    text = rubric_text()
    if task == CARD:
        rubric = [
            (
                name,
                text.criteria[name].asks,
                [(level, f"{level}: {text.criteria[name].levels[level]}") for level in LEVELS],
            )
            for name in CRITERIA
        ]
    else:
        rubric = [("score", "Score", list(_SCORES if task in (CONTESTS, NOTES) else _COMPLETE))]
    if task == NOTES:
        rubric = []
    about = one_reading((one.unit, one.case) for one in found)
    intro = " ".join(filter(None, ("" if names else _BLIND, about)))
    comments = sorted({mark.reason for mark in book.marks if mark.reason})
    stamp = hashlib.sha256(f"{task} {key.path.resolve()}".encode()).hexdigest()[:12]
    return template(_PAGE).render(
        title=f"Marking: {title}", intro=intro, items=items, rubric=rubric, levelled=task == CARD,
        replying=task in (CONTESTS, NOTES), script=_SCRIPT.read_text(encoding="utf-8"),
        page={"id": f"medialit-{stamp}", "task": task, "comments": comments, "levels": len(CRITERIA) if task == CARD else 0},
    )  # fmt: skip


def _before(mark: Mark | None, book: Book, one: Attempt) -> dict[str, str]:
    """What was marked already, as the page holds it."""
    replies = [m.reply for m in book.marks if m.reply and place_of(m) == place_of(one)]
    found = {"reply": replies[-1]} if replies and one.kind in ("contest", "note") else {}
    if mark is None:
        return found
    score = {} if mark.levels or mark.score is None else {"score": f"{mark.score:g}"}
    return {**mark.levels, **score, "reason": mark.reason, **found}


def _disputed(book: Book, one: Attempt) -> list[tuple[str, str]]:
    """The best answer to what a learner disagreed with."""
    for grade, best in _best(book, one.unit, one.item):
        if (grade.learner, grade.case) == (one.learner, one.case):
            score = [("Score", f"{best.score:g} of 1"), ("Outcome", str(best.outcome))]
            return [*as_read(best), *score]
    return []


def _parts(book: Book, one: Attempt, task: str) -> list[tuple[str, str]]:
    """An answer; for the card with the claims that were verified and the paragraph that was corrected."""
    before = [
        other
        for name in (_PARTS if task == CARD else ())
        for _, other in _best(book, one.unit, name)
        if (other.learner, other.case) == (one.learner, one.case)
    ]
    return [line for each in (*before, one) for line in as_read(each)]


def as_read(one: Attempt) -> list[tuple[str, str]]:
    """(label, words) of an answer, as the learner read them on the page instead of the keys that are saved."""
    items = _key().items(one.unit, one.case)
    item: Any = {**items.graded(), **items.predictions}.get(one.item) if items else None
    form = getattr(item, "form", None)
    if not isinstance(form, Form) or form.problem(one.answer):
        return _plain(one.answer)  # a task that is not known here, or an answer from before it was changed
    parts = getattr(form, "blanks", getattr(form, "fields", ()))
    labels: dict[str, str] = {**_LABELS, **{part.name: part.label for part in parts}}
    words: dict[str, dict[str, str]] = {}
    for name, key, text in form.all_keys():
        words.setdefault(name, {})[key] = text
    cards = getattr(getattr(form, "desk", None), "cards", {}).values()
    words["evidence"] = {card.id: f"{card.publisher}, {day_in_words(card.date or 'no date')}" for card in cards}
    rows = {key: text for texts in words.values() for key, text in texts.items()}

    def label(name: str) -> str:
        return labels.get(name) or rows.get(name, name)

    def said(value: Any, name: str) -> str:
        if isinstance(value, Mapping):
            return "\n".join(f"{label(n).rstrip('?:… ')}: {said(v, n)}" for n, v in value.items())
        if isinstance(value, list):
            return "; ".join(said(each, name) for each in value)
        return words.get(name, {}).get(str(value), str(value))

    if not isinstance(one.answer, Mapping):
        return [("Answer", "\n".join(form.in_words(one.answer)) or said(one.answer, "answer"))]
    names = [part.name for part in parts if part.name in one.answer] if hasattr(form, "blanks") else list(one.answer)
    return [(label(n), said(one.answer[n], n)) for n in names if one.answer[n] not in (None, "")]


@cache
def _key() -> AnswerKey:
    return AnswerKey()


def _plain(value: Any) -> list[tuple[str, str]]:
    fields = value.items() if isinstance(value, Mapping) else [("Answer", value)]
    return [(str(name).replace("_", " "), _text(held)) for name, held in fields]


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return "\n".join(f"{str(name).replace('_', ' ')}: {_text(held)}" for name, held in value.items())
    if isinstance(value, list):
        return ("\n" if any(isinstance(one, (dict, list)) for one in value) else ", ").join(map(_text, value))
    return str(value)


def mark_command(place: Path, out: Path | None, files: Sequence[Path], *, names: bool) -> list[str]:
    """What ``medialit mark`` does: write the pages, or take marks into the gradebook. Returns the lines to say."""
    key = Pseudonyms(place.with_name(KEY_FILE))
    book = read_book(place)
    if not files:
        pages = marking_pages(book, key, names=names)
        if not pages:
            raise MedialitError("Nothing here needs a person: no complete answer, no card, nobody disagrees.")
        key.save(people_of(book))
        written = write_files(out or place.parent, pages)
        return [*(f"wrote {path}" for path in written), f"The codes are in {key.path}. Keep it."]
    said = []
    with Store(place) as store:
        for path in files:
            marks, lines = read_marks(path, key)
            count, changes = take(store, marks, people_of(book))
            said += [
                *lines,
                *changes,
                f"{path.name}: {count} new {'mark' if count == 1 else 'marks'} in the gradebook.",
            ]
    return [*map(one_line, said), "Run “medialit grade” again to write the files and the feedback with them."]
