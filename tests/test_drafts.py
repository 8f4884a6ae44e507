"""What is filled in, wholly or in part, comes back as it was, whatever a check would say of it."""

import json

import pytest
from pages import press
from some import some

import medialit
from medialit.forms import ChoiceForm, OrderForm
from medialit.progress import Progress

UNITS = ("welcome", "quotes", "claims", "framing", "sources", "correction")
LONG = "what the writer of this story said about it " * 120
UNSURE = "seven, or nine"


def halves(answer):
    """Parts of an answer, as they stand in a form that is not filled in yet."""
    if isinstance(answer, dict):
        for key, value in answer.items():
            yield {key: value}
            for part in halves(value) if isinstance(value, dict) else ():
                yield {key: part}
    elif isinstance(answer, list):
        yield answer[:1]


def overfull(form, answer):
    """The answer with a text in it that is too long, or that is no number."""
    if form.kind == "number":
        yield UNSURE
    elif form.kind == "text":
        yield LONG
    elif form.kind == "table":
        for field in form.fields:
            if not field.options:
                yield {form.rows[0].key: {field.name: UNSURE}}
    elif form.kind in ("rewrite", "correct", "card"):
        free = [blank.name for blank in form.blanks if not blank.options] if form.kind == "card" else ["text"]
        for key in answer if form.kind == "rewrite" else free:
            yield {**answer, key: LONG}


def back(tmp_path, unit, form, draft, number):
    """What a form shows of a draft when everything is opened again."""
    path = tmp_path / f"{number}.jsonl"
    page = form(medialit.open_unit(unit, progress=Progress(path)))
    name = next(name for name, block in page._parts.items() if hasattr(block, "item"))
    assert press(page, "draft", name, draft)["kept"]
    assert Progress(path).entries("attempt") == []
    state = form(medialit.open_unit(unit, progress=Progress(path))).state[name]
    assert state["draft"] is True
    return state["answer"], state.get("feedback") or ""


@pytest.mark.parametrize("name", UNITS)
def test_a_task_that_is_done_or_half_done_and_not_checked_comes_back(name, tmp_path):
    unit, tried = medialit.open_unit(name, progress=Progress(":memory:")), 0
    for task in some(unit.tasks.values()):
        whole = json.loads(json.dumps(unit.task(task.label).form.shown(task.answer())))
        parts = [] if isinstance(task.form, ChoiceForm | OrderForm) else list(halves(task.answer()))[:5]
        for draft in [whole, *parts, *list(overfull(task.form, task.answer()))[:2]]:
            tried += 1
            found, said = back(tmp_path, name, lambda u, t=task: u.task(t.label), draft, tried)
            assert found == draft, (task.label, draft, said)
            assert "not checked yet" in said
    assert tried > 3


@pytest.mark.parametrize(("unit", "question"), [("quotes", "q6"), ("quotes", "q7"), ("claims", "q7")])
@pytest.mark.parametrize("draft", [LONG, UNSURE, "not a number"])
def test_a_text_that_no_check_would_take_comes_back(unit, question, draft, tmp_path):
    found, said = back(tmp_path, unit, lambda u: u.quiz(question), draft, 0)
    assert found.strip() == draft.strip()
    assert "not checked yet" in said
