"""What made-up learners answer, on any case: a beginning, or everything filled in and wrong."""

import copy

from medialit.forms import (
    ActForm,
    CardForm,
    ChoiceForm,
    CorrectForm,
    LabForm,
    OrderForm,
    RewriteForm,
    SpanForm,
    TableForm,
    VerifyForm,
)

# A guess and a certainty have no key: giving one is full marks.
NO_KEY = ("0.3", "2.5")


def little(task):
    """A beginning: the first mark, row or choice only; None where the answer is one thing."""
    answer = copy.deepcopy(task.answer())
    if isinstance(answer, list):
        return answer[:1]
    if isinstance(answer, dict):
        key = next(iter(answer))
        first = answer[key]
        if len(answer) == 1 and isinstance(first, dict):
            name = next(iter(first))
            return {key: {name: first[name]}}
        return {key: first}
    return None


def other(task):
    """Everything filled in, and wrong."""
    answer, form = copy.deepcopy(task.answer()), task.form
    if isinstance(form, SpanForm):
        last = len(task.case.article.text)
        return [
            [max(0, a - 200), max(1, a - 190), *rest] if a > 200 else [last - 20, last, *rest] for a, _, *rest in answer
        ]
    if isinstance(form, OrderForm):
        return answer[::-1]
    if isinstance(form, ChoiceForm):
        keys = [option.key for option in form.options]
        return [key for key in keys if key not in answer][:1] if form.several else next(k for k in keys if k != answer)
    if isinstance(form, VerifyForm):
        strange = [card.key if hasattr(card, "key") else card for card in form.cards]
        for name, cells in answer.items():
            cells["verdict"] = next(v.key for v in form.verdicts[::-1] if v.key != cells["verdict"])
            bearing = next(claim.evidence for claim in task.case.claims if claim.id == name)
            cells["evidence"] = [card for card in strange if card not in bearing][:1]
        return answer
    if isinstance(form, TableForm):
        for cells in answer.values():
            for field in form.fields:
                if field.name != "claim":  # with another claim, another verdict may be right
                    cells[field.name] = _another(field, cells.get(field.name))
        return answer
    if isinstance(form, ActForm):
        return dict.fromkeys(answer, "1" * 16) | {form.names[-1]: "2" * 16}
    if isinstance(form, LabForm):
        return answer | {"band": "undefined", "reading": "none"}
    if isinstance(form, RewriteForm):
        return dict.fromkeys(answer, "Nothing happened.")
    if isinstance(form, CorrectForm):
        return answer | {"text": "A monkey of the name of Zorba took all the water away on a Sunday in 1899."}
    if isinstance(form, CardForm):
        return answer | {"rating": "5", "verdict": "contradicted", "date": "soon"}
    if isinstance(answer, int | float):
        ends = (getattr(form, "minimum", None), getattr(form, "maximum", None))
        return max((answer * 2 + 100 if end is None else end for end in ends), key=lambda end: abs(end - answer))
    keys = {field: [key for name, key, _ in form.all_keys() if name == field] for field, _, _ in form.all_keys()}
    if isinstance(answer, dict) and answer.keys() <= keys.keys():
        return {field: next(key for key in keys[field] if key != value) for field, value in answer.items()}
    raise AssertionError(
        f"Nobody here can answer a form of the kind “{form.kind}” wrongly. Add it to “other” in tests/learners.py."
    )


def _another(field, value):
    if field.several:
        return [option.key for option in field.options if option.key not in (value or [])][:1]
    if field.options:
        return next((option.key for option in field.options[::-1] if option.key != value), value)
    return (value or 0) + 7
