"""The text form of a question or task: what stands in the notebook before it runs, and where widgets do not run.

No key, no saved answer, nothing random: the same quiz gives the same text.
"""

from __future__ import annotations

from html import escape

from medialit.exercises.forms import (
    ChoiceForm,
    Form,
    NumberForm,
    Option,
    OrderForm,
    SpanForm,
    TableForm,
    TextForm,
)

RUN = "To answer by clicking, run this cell: Shift+Enter."


def sample(form: Form) -> str:
    """An answer of the right shape, as code, with dots where the learner's own answer goes.

    No key of a table or a list stands in it: the first one might happen to be right.
    """
    if isinstance(form, ChoiceForm):
        return '["…", "…"]' if form.several else f'"{form.options[0].key}"'
    if isinstance(form, NumberForm):
        return "7"
    if isinstance(form, TextForm):
        return '"your words"'
    if isinstance(form, OrderForm):
        return '["…", "…", …]'
    if isinstance(form, TableForm):
        cells = ((field.name, '"…"' if field.options else "…") for field in form.fields)
        fields = ", ".join(f'"{name}": {value}' for name, value in cells)
        return f'{{"{form.rows[0].key}": {{{fields}}}{", …" if len(form.rows) > 1 else ""}}}'
    return "[[start, end], …]"


def lines(form: Form) -> list[tuple[str, str]]:
    """(sign, text) of everything that can be chosen: the sign is what an answer by code holds."""
    if isinstance(form, ChoiceForm | OrderForm):
        return [_pair(option) for option in form.options]
    if isinstance(form, TableForm):
        rows = [_pair(option) for option in form.rows]
        fields = []
        for field in form.fields:
            choices = "; ".join(_named(option) for option in field.options) or "a number"
            fields.append((field.name, f"{field.label} {choices}"))
        return rows + fields
    if isinstance(form, SpanForm):
        numbers = [n for part in form.parts for n in part]
        named = ", ".join(f"S{n}" for n in numbers)
        return [(named, named)] if numbers else []
    return []


def _pair(option: Option) -> tuple[str, str]:
    return option.key, option.text


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
    return f"<code>{escape(code)}</code>"


def frame_html(title: str, inner: str) -> str:
    """A titled block in the page's own colours."""
    return (
        '<div style="max-width:736px;font-size:16px;line-height:1.6">'
        f'<h3 style="margin:8px 0">{escape(title)}</h3>{inner}</div>'
    )
