"""Read ``quiz.yaml`` into plain records and refuse what would mislead a learner."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from medialit.errors import CaseError
from medialit.exercises.forms import ChoiceForm, Form, NumberForm, Option, OrderForm, TextForm
from medialit.exercises.questions import Question, Quiz, QuizOption, Trap, normal
from medialit.exercises.quiz_schema import QUESTION_TYPES, QuizFile
from medialit.files import LineOf, load_yaml, validated

Place = tuple[str | int, ...]
# Words of explained feedback: long enough to explain, short enough to be read (pedagogy C).
WRONG_WORDS = (25, 60)
RIGHT_WORDS = (15, 60)


def read_quiz(path: Path) -> Quiz:
    """The quiz of a file. Raises CaseError with file, line and field of the first fault."""
    path = Path(path)
    data, line_of = load_yaml(path)
    head = validated(QuizFile, data, path, line_of)
    questions = []
    for i, raw in enumerate(head.questions):
        place: Place = ("questions", i)
        kind = raw.get("type")
        if not isinstance(kind, str) or kind not in QUESTION_TYPES:
            what = f"“{kind}” is not a type of question. Known types: {', '.join(QUESTION_TYPES)}."
            _refuse(what, path, line_of, (*place, "type"))
        model = validated(QUESTION_TYPES[kind], raw, path, line_of, place)
        questions.append(_record(model.model_dump()))
        for where, what in _faults(raw, questions[-1], set(head.misconceptions)):
            _refuse(what, path, line_of, (*place, *where))
    for i, what in _file_faults(questions):
        _refuse(what, path, line_of, ("questions", i, "id"))
    return Quiz(head.title, tuple(questions), dict(head.misconceptions))


def _refuse(what: str, path: Path, line_of: LineOf, place: Place) -> None:
    field = ".".join(str(step) if isinstance(step, str) else str(step + 1) for step in place)
    raise CaseError(what, file=path, line=line_of(place), field=field)


# --- records ----------------------------------------------------------------------------------------------------


def _record(raw: dict[str, Any]) -> Question:
    kind = raw["type"]
    common = {
        "id": raw["id"],
        "type": kind,
        "stem": raw["stem"],
        "version": f"{raw['version']}-{_digest(raw)}",
        "hints": tuple(raw["hints"]),
        "certainty": raw["certainty"],
        "form": _form(raw),
    }
    if kind in ("one", "several"):
        options = tuple(QuizOption(**option) for option in raw["options"])
        missed = Trap(**raw["missed"]) if kind == "several" else None
        return Question(**common, options=options, otherwise=missed)
    key = {"number": "answer", "order": "order", "text": "accept"}[kind]
    value = raw[key] if kind == "number" else tuple(raw[key])
    return Question(
        **common,
        key=value,
        tolerance=raw.get("tolerance", 0.0),
        right=raw["right"],
        traps=tuple(Trap(**_tupled(trap)) for trap in raw["traps"]),
        otherwise=Trap(**raw["otherwise"]),
    )


def _tupled(raw: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}


def _form(raw: dict[str, Any]) -> Form:
    kind = raw["type"]
    if kind == "number":
        return NumberForm(raw["unit"], raw["minimum"], raw["maximum"])
    if kind == "text":
        return TextForm()
    options = tuple(Option(o["id"], o["text"]) for o in raw["items" if kind == "order" else "options"])
    return OrderForm(options) if kind == "order" else ChoiceForm(options, several=kind == "several")


def _digest(raw: dict[str, Any]) -> str:
    """Six hex digits over what is asked and what is right. A mended hint or explanation keeps old answers."""
    asked = {
        name: raw[name] for name in ("type", "stem", "unit", "answer", "tolerance", "order", "accept") if name in raw
    }
    asked["options"] = [[o["id"], o["text"], o.get("right")] for o in raw.get("options", raw.get("items", []))]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:6]


# --- faults that a schema cannot see ----------------------------------------------------------------------------


def _faults(raw: dict[str, Any], question: Question, known: set[str]) -> Iterator[tuple[Place, str]]:
    """(place inside the question, sentence) for each fault."""
    if question.type in ("one", "several"):
        yield from _choice_faults(question)
    else:
        yield from _words(question.right, RIGHT_WORDS, ("right",))
        for i, trap in enumerate(question.traps):
            yield from _words(trap.feedback, WRONG_WORDS, ("traps", i, "feedback"))
        yield from _key_faults(question)
    if question.otherwise:
        name = "missed" if question.type == "several" else "otherwise"
        yield from _words(question.otherwise.feedback, WRONG_WORDS, (name, "feedback"))
    for place, code in _codes(raw):
        if code not in known:
            yield place, f"The code {code} is not in the list “misconceptions”. Add its sentence there."


def _choice_faults(question: Question) -> Iterator[tuple[Place, str]]:
    right = sum(option.right for option in question.options)
    if question.type == "one" and right != 1:
        yield ("options",), f"Exactly one option must be right, not {right}."
    if question.type == "several" and right == 0:
        yield ("options",), "At least one option must be right."
    ids = [option.id for option in question.options]
    for i, option in enumerate(question.options):
        if ids.count(option.id) > 1:
            yield ("options", i, "id"), f"The option {option.id} stands twice."
        if option.right and option.code:
            yield ("options", i, "code"), "A right option has no misconception. Remove the code."
        if not option.right and not option.code:
            yield ("options", i), f"The wrong option {option.id} needs the code of its misconception."
        yield from _words(option.feedback, RIGHT_WORDS if option.right else WRONG_WORDS, ("options", i, "feedback"))


def _key_faults(question: Question) -> Iterator[tuple[Place, str]]:
    if question.type == "order":
        shown = [option.key for option in question.form.options]
        if sorted(question.key) != sorted(set(shown)) or len(shown) != len(set(shown)):
            yield ("order",), "The order must name every item once, and no other."
        elif list(question.key) == shown:
            yield ("items",), "The items are written in the right order already. Write them in another one."
        for i, trap in enumerate(question.traps):
            strangers = [x for x in trap.before if x not in shown]
            if strangers:
                yield ("traps", i, "before"), f"There is no item {strangers[0]}."
            elif question.key.index(trap.before[0]) < question.key.index(trap.before[1]):
                yield ("traps", i, "before"), "This is the right order of the two. Turn it round."
    for i, trap in enumerate(question.traps):
        if question.type == "number" and (trap.value is None) == (trap.low is None and trap.high is None):
            yield ("traps", i), "Give a value, or low and high."
        if question.type == "number" and trap.fits_number(question.key):
            yield ("traps", i), "This trap would catch the right number."
        if question.type == "text" and {normal(x) for x in trap.any_of} & {normal(x) for x in question.key}:
            yield ("traps", i, "any_of"), "This trap would catch an accepted answer."


def _words(text: str, limits: tuple[int, int], place: Place) -> Iterator[tuple[Place, str]]:
    count = len(text.split())
    if not limits[0] <= count <= limits[1]:
        yield place, f"This feedback has {count} words. Write {limits[0]} to {limits[1]}."


def _codes(raw: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    if isinstance(raw, dict):
        if raw.get("code"):
            yield (*place, "code"), raw["code"]
        for name, value in raw.items():
            yield from _codes(value, (*place, name))
    elif isinstance(raw, list):
        for i, value in enumerate(raw):
            yield from _codes(value, (*place, i))


def _file_faults(questions: list[Question]) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for i, question in enumerate(questions):
        if question.id in seen:
            yield i, f"The question {question.id} stands twice."
        seen.add(question.id)
    keys = Counter(o.id for q in questions if q.type == "one" for o in q.options if o.right)
    if sum(keys.values()) >= 3:
        letter, count = keys.most_common(1)[0]
        # Somebody who always picks the same letter must not do well.
        if count > (sum(keys.values()) + 1) // 2:
            last = max(i for i, q in enumerate(questions) if q.type == "one")
            yield last, f"Option {letter} is right in {count} of {sum(keys.values())} questions. Move some keys."
