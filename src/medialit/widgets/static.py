"""The text form of a question or task: what stands in the notebook before it runs, and where widgets do not run.

No key, no saved answer, nothing random: the same quiz gives the same text.
"""

from __future__ import annotations

from html import escape

from medialit.exercises.forms import (
    ActForm,
    Blank,
    CardForm,
    ChoiceForm,
    CorrectForm,
    Form,
    LabForm,
    MatrixForm,
    NumberForm,
    Option,
    OrderForm,
    RewriteForm,
    SpanForm,
    TableForm,
    TextForm,
    VerifyForm,
)

RUN = "To answer by clicking, run this cell: Shift+Enter."


def sample(form: Form) -> str:
    """An answer of the right shape, as code, with dots where the learner's own answer goes.

    No key of a table or a list stands in it: the first one might happen to be right.
    """
    if isinstance(form, ChoiceForm):
        return '["…", "…"]' if form.several else f'"{form.options[0].key}"'
    if isinstance(form, NumberForm):
        return "7" if form.maximum is None or form.maximum >= 7 else f"{form.maximum:g}"
    if isinstance(form, TextForm):
        return '"your words"'
    if isinstance(form, OrderForm):
        return '["…", "…", …]'
    if isinstance(form, TableForm):
        cells = ((f.name, '["…"]' if f.several else '"…"' if f.options else "…") for f in form.fields)
        fields = ", ".join(f'"{name}": {value}' for name, value in cells)
        return f'{{"{form.rows[0].key}": {{{fields}}}{", …" if len(form.rows) > 1 else ""}}}'
    if isinstance(form, ActForm):
        return "{" + ", ".join(f'"{name}": "…"' for name in form.names) + "}"
    if isinstance(form, VerifyForm):
        rest = ", …" if len(form.claims) > 1 else ""
        return f'{{"{form.claims[0].key}": {{"verdict": "…", "evidence": ["…", "…"], "certainty": …}}{rest}}}'
    if isinstance(form, LabForm):
        return '{"first": {…}, "second": {…}, "alpha": …, "band": "…", "reading": "…"}'
    if isinstance(form, RewriteForm):
        return f'{{"{form.sentences[0].key}": "your sentence", …}}'
    if isinstance(form, CorrectForm):
        return '{"claim": "…", "text": "the whole paragraph in your words"}'
    if isinstance(form, CardForm):
        return "{" + ", ".join(f'"{blank.name}": "…"' for blank in form.blanks) + "}"
    return '[[start, end, "label"], …]' if isinstance(form, SpanForm) and form.labels else "[[start, end], …]"


def lines(form: Form) -> list[tuple[str, str]]:
    """(sign, text) of everything that can be chosen: the sign is what an answer by code holds."""
    if isinstance(form, ChoiceForm | OrderForm):
        return [_pair(option) for option in form.options]
    if isinstance(form, MatrixForm):
        columns = [(field.name, field.label) for field in form.fields]
        return [_pair(option) for option in form.rows] + columns + [_pair(option) for option in form.labels]
    if isinstance(form, TableForm):
        rows = [_pair(option) for option in form.rows]
        fields = []
        for field in form.fields:
            choices = _choices(field.options)
            fields.append((field.name, f"{field.label} {choices}"))
        return rows + fields
    if isinstance(form, SpanForm):
        numbers = [n for part in form.parts for n in part]
        named = ", ".join(f"S{n}" for n in numbers)
        return ([(named, named)] if numbers else []) + [_pair(option) for option in form.labels]
    if isinstance(form, RewriteForm):
        return [(sentence.key, sentence.text) for sentence in form.sentences]
    if isinstance(form, CorrectForm):
        return [(claim.key, f"¶{claim.number}: {claim.says}") for claim in form.claims]
    if isinstance(form, CardForm):
        return [(blank.name, f"{blank.label} {_room(blank)}") for blank in form.blanks]
    if isinstance(form, VerifyForm):
        return [_pair(option) for option in (*form.claims, *form.verdicts)]
    if isinstance(form, LabForm):
        return [_pair(option) for option in (*form.coders, *form.bands, *form.readings)]
    return []


def _room(blank: Blank) -> str:
    if blank.options:
        return _choices(blank.options)
    return f"({blank.words} words)" if blank.words else f"({blank.limit} characters)"


# A longer list, such as every sentence of the article, is told by its ends.
MANY = 12


def _choices(options: tuple[Option, ...]) -> str:
    if len(options) > MANY:
        return f"{options[0].key} to {options[-1].key}"
    return "; ".join(_named(option) for option in options) or "a number"


def _pair(option: Option) -> tuple[str, str]:
    return option.key, option.text.replace("\n", " ")


def _named(option: Option) -> str:
    return option.text if option.key == option.text else f"{option.key} = {option.text}"


def form_text(form: Form, indent: str = "  ") -> str:
    """The choices of a form, one a line."""
    return "\n".join(f"{indent}{key}) {text}" if key != text else f"{indent}- {text}" for key, text in lines(form))


def form_html(form: Form) -> str:
    """The choices of a form as a list."""
    items = []
    for key, text in lines(form):
        sign = f"<strong>{escape(key)})</strong> " if key != text else ""
        items.append(f'<li style="margin:4px 0">{sign}{escape(text)}</li>')
    return f'<ul style="list-style-type:none;padding-left:16px;margin:4px 0">{"".join(items)}</ul>' if items else ""


def code_html(code: str) -> str:
    """A line of code inside a sentence."""
    return f'<code style="white-space:pre-wrap;overflow-wrap:break-word">{escape(code)}</code>'


def frame_html(title: str, inner: str) -> str:
    """A titled block in the page's own colours."""
    return (
        '<div style="max-width:736px;font-size:16px;line-height:1.6">'
        f'<h3 style="margin:8px 0">{escape(title)}</h3>{inner}</div>'
    )
