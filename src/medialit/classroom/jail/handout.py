"""What notebook code may know of the course, as plain data. Made where the key is known, so it names what it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from medialit.case import load_case
from medialit.classroom.items import DEFAULT_CASE, AnswerKey
from medialit.errors import MedialitError
from medialit.exercises.registry import UNITS
from medialit.exercises.task import Task
from medialit.files import list_cases

SHOWN_WORDS = 40


def handout(cases: Mapping[str, Path | str] | None = None) -> dict[str, Any]:
    """Every unit on every case: option texts and keys, titles, texts to read. ``cases`` are those beside the kit's."""
    key = AnswerKey(cases)
    places: dict[str, Path | str] = {name: name for name in list_cases()} | dict(cases or {})
    names = {
        k: plan.name for plan in UNITS for k in (plan.name, plan.folder, plan.folder[:2], plan.folder[:2].lstrip("0"))
    }
    return {
        "names": {name: unit for name, unit in names.items() if name},
        "first": DEFAULT_CASE,
        "cases": [_case(name, place) for name, place in places.items()],
        "units": [
            {
                "unit": plan.name,
                "case": case,
                "tasks": {task.id: _task(task) for task in items.tasks.values()},
                "questions": list(items.questions),
            }
            for plan in UNITS
            for case in places
            if (items := key.items(plan.name, case))
        ],
    }


def _case(name: str, place: Path | str) -> dict[str, Any]:
    case = load_case(place)
    try:
        models = {report.id: (report.title, report.text) for report in case.coverage.models}
    except MedialitError:
        models = {}
    # The name under which answers are scored.
    return {
        "name": name,
        "title": case.title,
        "text": case.article.text,
        "glossary": case.glossary,
        "models": models,
    }


def _task(task: Task) -> dict[str, Any]:
    data: dict[str, Any] = {"title": task.title, "form": form_data(task.form)}
    if extras := _EXTRAS.get((task.unit, task.id)):
        data["extras"] = extras(task)
    return data


def form_data(value: Any) -> Any:
    """A form as plain data; ``standin.as_form`` makes it a form again."""
    if is_dataclass(value):
        return {"is": type(value).__name__} | {
            f.name: form_data(getattr(value, f.name)) for f in fields(value) if f.repr
        }
    return [form_data(item) for item in value] if isinstance(value, tuple | list) else value


def _words(task: Any) -> dict[str, Any]:
    """The table of distinctive words above task 4.4."""
    names = ("word", "count", "reference_count", "log_odds", "z")
    rows = [task.found.score(word) for word in task.picked]
    rows += [row for row in task.found.words[:SHOWN_WORDS] if row not in rows]
    return {"picked": list(task.picked), "found": {"words": [{n: getattr(row, n) for n in names} for row in rows]}}


def _voices(task: Any) -> dict[str, Any]:
    """The tables of quoted words above task 4.6."""
    names = ("speaker", "words", "share")
    return {
        "voices": {
            source: {"blocs": [{n: getattr(side, n) for n in names} for side in found.blocs]}
            for source, found in task.voices.items()
        }
    }


def _codings(task: Any) -> dict[str, Any]:
    """The codings that the lab of task 3.4 shows in full."""
    return {"codings": task.codings()}


# What an exercise reads from a task because the unit shows it, by unit and task.
_EXTRAS = {("sources", "4.4"): _words, ("sources", "4.6"): _voices, ("framing", "3.4"): _codings}
