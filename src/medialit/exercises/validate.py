"""Does an answer fit its form? A plain sentence when it does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medialit.exercises.forms import (
    ActForm,
    CardForm,
    ChoiceForm,
    CorrectForm,
    Form,
    LabForm,
    MatrixForm,
    NumberForm,
    OrderForm,
    RewriteForm,
    SpanForm,
    TableForm,
    TextForm,
    VerifyForm,
)


def is_blank(answer: Any) -> bool:
    """True when nothing was answered: None, ``...``, an empty list, a text of spaces, a table of empty cells."""
    if answer is None or answer is ...:
        return True
    if isinstance(answer, str):
        return not answer.strip()
    if isinstance(answer, Mapping):
        return all(is_blank(value) for value in answer.values())
    if isinstance(answer, list | tuple):
        return all(is_blank(value) for value in answer)
    return False


def problem_with(form: Form, answer: Any, length: int = 0) -> str | None:
    """What keeps this answer from being checked, in one sentence; None when it fits.

    ``answer`` is plain data; ``length`` is the number of characters of the article, for spans.
    """
    return _CHECKS[type(form)](form, answer, length)


def _choice(form: ChoiceForm, answer: Any, _: int) -> str | None:
    keys = [option.key for option in form.options]
    if not form.several:
        return None if answer in keys and isinstance(answer, str) else f"Hand in one of these: {_list(keys)}."
    if not isinstance(answer, list):
        return f"Hand in a list with some of these: {_list(keys)}."
    return _unknown([x for x in answer if x not in keys], keys)


def _number(form: NumberForm, answer: Any, _: int) -> str | None:
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return "Hand in a number, for instance 7."
    if form.minimum is not None and answer < form.minimum:
        return f"The number cannot be below {form.minimum:g}."
    if form.maximum is not None and answer > form.maximum:
        return f"The number cannot be above {form.maximum:g}."
    return None


def _text(_form: TextForm, answer: Any, _: int) -> str | None:
    return None if isinstance(answer, str) else "Hand in a text between quotation marks."


def _order(form: OrderForm, answer: Any, _: int) -> str | None:
    keys = [option.key for option in form.options]
    if not isinstance(answer, list):
        return f"Hand in a list of keys in order, from: {_list(keys)}."
    problem = _unknown([x for x in answer if x not in keys], keys)
    if problem:
        return problem
    doubled = {x for x in answer if answer.count(x) > 1}
    if doubled:
        return f"“{min(doubled)}” stands twice in your order. Keep it once."
    if not form.optional and len(answer) < len(keys):
        return f"Your order has {len(answer)} of {len(keys)} items. Put every item in."
    return None


def _table(form: TableForm, answer: Any, _: int) -> str | None:
    rows = [row.key for row in form.rows]
    fields = {field.name: field for field in form.fields}
    if not isinstance(answer, dict):
        return f"Hand in one entry for each row, such as {{“{rows[0]}”: {{“{next(iter(fields))}”: …}}}}."
    problem = _unknown([x for x in answer if x not in rows], rows)
    if problem:
        return problem
    for row, cells in answer.items():
        if not isinstance(cells, dict):
            return f"Row “{row}” needs named fields: {_list(list(fields))}."
        for name, value in cells.items():
            if name not in fields:
                return f"Row “{row}” has a field “{name}”. Known fields: {_list(list(fields))}."
            keys = [option.key for option in fields[name].options]
            if fields[name].several:
                chosen = value or []
                if not isinstance(chosen, list):
                    return f"Row “{row}”, field “{name}” needs a list, such as [“{keys[0]}”]."
                problem = _unknown([x for x in chosen if x not in keys], keys)
                if problem:
                    return f"Row “{row}”, field “{name}”: {problem}"
                continue
            if value is not None and keys and value not in keys:
                return f"Row “{row}”, field “{name}”: “{value}” is not one of {_list(keys)}."
            if value is not None and not keys and (isinstance(value, bool) or not isinstance(value, int | float)):
                return f"Row “{row}”, field “{name}” needs a number."
    return None


def _spans(form: SpanForm, answer: Any, length: int) -> str | None:
    if not isinstance(answer, list):
        return "Hand in a list of spans, such as [[120, 135], [200, 240]]."
    labels = [option.key for option in form.labels]
    for number, span in enumerate(answer, 1):
        size = 3 if labels else 2
        if not (isinstance(span, list) and len(span) == size and all(type(x) is int for x in span[:2])):
            shape = (
                "two whole numbers and a label: [start, end, label]" if labels else "two whole numbers: [start, end]"
            )
            return f"Span {number} needs {shape}."
        if labels and span[2] not in labels:
            return f"Span {number} has the label “{str(span[2])[:40]}”. Labels: {', '.join(labels)}."
        start, end = span[:2]
        if start < 0 or end <= start:
            return f"Span {number} ends before it starts. Choose its words again."
        if end > length:
            return f"Span {number} ends after the last character of the article ({length:,}). Pick the end again."
    return None


def _verify(form: VerifyForm, answer: Any, _: int) -> str | None:
    claims = [claim.key for claim in form.claims]
    if not isinstance(answer, dict):
        return f"Hand in one entry for each claim, such as {{“{claims[0]}”: {{“verdict”: …, “evidence”: […]}}}}."
    problem = _unknown([x for x in answer if x not in claims], claims)
    if problem:
        return problem
    for claim, cells in answer.items():
        if not isinstance(cells, dict):
            return f"Claim “{claim}” needs named fields: verdict, evidence, certainty."
        problem = _judgement(form, claim, cells)
        if problem:
            return problem
    return None


def _judgement(form: VerifyForm, claim: str, cells: dict[str, Any]) -> str | None:
    for name in cells:
        if name not in ("verdict", "evidence", "certainty"):
            return f"Claim “{claim}” has a field “{name}”. Known fields: verdict, evidence, certainty."
    verdicts = [option.key for option in form.verdicts]
    verdict, evidence, certainty = cells.get("verdict"), cells.get("evidence") or [], cells.get("certainty")
    if verdict is not None and verdict not in verdicts:
        return f"Claim “{claim}”: “{str(verdict)[:40]}” is not a verdict. Choose one of: {', '.join(verdicts)}."
    if not isinstance(evidence, list) or not all(isinstance(card, str) for card in evidence):
        return f"Claim “{claim}”: hand in the evidence as a list of card names."
    unknown = [card for card in evidence if card not in form.cards]
    if unknown:
        return f"Claim “{claim}”: there is no evidence card “{unknown[0][:40]}”. Search for it again."
    doubled = next((card for card in evidence if evidence.count(card) > 1), None)
    if doubled:
        return f"Claim “{claim}”: the card “{doubled}” is cited twice. A card counts once; find another origin."
    if verdict and not evidence:
        return f"Claim “{claim}” has a verdict but no evidence. Open a card and cite it."
    if certainty is not None and certainty not in (1, 2, 3):
        return f"Claim “{claim}”: certainty is 1, 2 or 3, or nothing."
    return None


def _lab(form: LabForm, answer: Any, _: int) -> str | None:
    if not isinstance(answer, dict):
        return "Hand in a dictionary with first, second, alpha, band and reading."
    known = ("first", "second", "alpha", "band", "reading")
    problem = _unknown([x for x in answer if x not in known], list(known))
    if problem:
        return problem
    items = [item.key for item in form.items]
    for name in ("first", "second"):
        coding = answer.get(name) or {}
        if not isinstance(coding, dict):
            return f"The {name} coding needs yes or no for each item, such as {{“{items[0]}”: “yes”}}."
        problem = _unknown([x for x in coding if x not in items], items)
        if problem:
            return f"The {name} coding: {problem}"
        stranger = next((x for x in coding.values() if x not in ("yes", "no")), None)
        if stranger is not None:
            return f"The {name} coding has the label “{str(stranger)[:20]}”. Labels are yes and no."
    alpha = answer.get("alpha")
    if alpha is not None and (isinstance(alpha, bool) or not isinstance(alpha, int | float) or not -1 <= alpha <= 1):
        return "Alpha is a number from -1 to 1, for instance 0.46."
    for name, options in (("band", form.bands), ("reading", form.readings)):
        keys = [option.key for option in options]
        if answer.get(name) is not None and answer[name] not in keys:
            return f"The {name} “{str(answer[name])[:40]}” is not one of: {_list(keys)}."
    return None


def _act(form: ActForm, answer: Any, _: int) -> str | None:
    if not isinstance(answer, dict):
        return f"Hand in a dictionary with {_list(list(form.names))}."
    problem = _unknown([x for x in answer if x not in form.names], list(form.names))
    if problem:
        return problem
    wrong = next((name for name in form.names if not isinstance(answer.get(name, ""), str)), None)
    return f"“{wrong}” needs a text." if wrong else None


# Longer than any sentence: a whole text was pasted.
MAX_REWRITE = 2000


def _rewrite(form: RewriteForm, answer: Any, _: int) -> str | None:
    keys = [sentence.key for sentence in form.sentences]
    if not isinstance(answer, dict):
        return f"Hand in one text for each sentence, such as {{“{keys[0]}”: “…”}}."
    problem = _unknown([x for x in answer if x not in keys], keys)
    if problem:
        return problem
    for key, text in answer.items():
        if text is not None and not isinstance(text, str):
            return f"Sentence {key} needs a text between quotation marks."
        if text and len(text) > MAX_REWRITE:
            return f"Sentence {key} has {len(text):,} characters. Write one sentence."
    return None


def _correct(form: CorrectForm, answer: Any, _: int) -> str | None:
    if not isinstance(answer, dict):
        return "Hand in the claim and the corrected paragraph: {“claim”: “…”, “text”: “…”}."
    problem = _unknown([x for x in answer if x not in ("claim", "text")], ["claim", "text"])
    if problem:
        return problem
    keys = [claim.key for claim in form.claims]
    if answer.get("claim") is None:
        return f"Say which claim you correct, as “claim”. One of these: {_list(keys)}."
    if problem := _unknown([answer["claim"]] if answer["claim"] not in keys else [], keys):
        return f"The claim {problem}"
    text = answer.get("text")
    if text is not None and not isinstance(text, str):
        return "The corrected paragraph needs a text between quotation marks."
    if text and len(text) > form.limit:
        return f"Your paragraph has {len(text):,} characters. A card has room for {form.limit}. Shorten it."
    return None


def _card(form: CardForm, answer: Any, _: int) -> str | None:
    blanks = {blank.name: blank for blank in form.blanks}
    if not isinstance(answer, dict):
        return f"Hand in a dictionary with {_list(list(blanks))}."
    if problem := _unknown([x for x in answer if x not in blanks], list(blanks)):
        return problem
    for name, value in answer.items():
        blank = blanks[name]
        if value is None or value == "":
            continue
        if blank.options:
            if value not in [option.key for option in blank.options]:
                what = "there is no evidence card" if name in ("source", "second") else "there is no choice"
                return f"“{blank.label}”: {what} “{str(value)[:40]}”. Choose it from the list."
        elif not isinstance(value, str):
            return f"“{blank.label}” needs a text between quotation marks."
        elif len(value) > blank.limit:
            return f"“{blank.label}” has {len(value):,} characters. A card has room for {blank.limit}. Shorten it."
    return None


def _unknown(strangers: list[Any], keys: list[str]) -> str | None:
    return f"“{str(strangers[0])[:40]}” is not one of: {_list(keys)}." if strangers else None


def _list(keys: list[str]) -> str:
    return ", ".join(keys[:12]) + (" …" if len(keys) > 12 else "")


_CHECKS = {
    ChoiceForm: _choice,
    NumberForm: _number,
    TextForm: _text,
    OrderForm: _order,
    TableForm: _table,
    MatrixForm: _table,
    SpanForm: _spans,
    VerifyForm: _verify,
    ActForm: _act,
    LabForm: _lab,
    RewriteForm: _rewrite,
    CorrectForm: _correct,
    CardForm: _card,
}
