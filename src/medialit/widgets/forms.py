"""The widget of each form of answer. ``value`` is the plain answer that the code door would hand in."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from medialit.errors import MedialitError
from medialit.forms import Form
from medialit.widgets.form import FormWidget

# By the kind of the form. A widget is loaded when it is first shown.
WIDGETS = {
    "act": "fields:ActWidget",
    "card": "card:CardWidget",
    "choice": "fields:ChoiceWidget",
    "correct": "card:CorrectWidget",
    "lab": "lab:LabWidget",
    "matrix": "matrix:MatrixWidget",
    "number": "fields:NumberWidget",
    "order": "order:OrderWidget",
    "rewrite": "rewrite:RewriteWidget",
    "spans": "marking:MarkingWidget",
    "table": "fields:TableWidget",
    "text": "fields:TextWidget",
    "verify": "evidence:EvidenceWidget",
}


def form_widget(form: Form[Any], **given: Any) -> FormWidget:
    """The widget of a form; a ``label`` is for the forms that have no words of their own.

    Raises MedialitError for an unknown form, or for one without the article or the desk that it needs.
    """
    if getattr(form, "kind", None) not in WIDGETS:
        raise MedialitError(f"There is no widget for an answer of the form “{type(form).__name__}”.")
    module, _, name = WIDGETS[form.kind].partition(":")
    made: FormWidget = getattr(import_module(f"medialit.widgets.{module}"), name)(form, **given)
    return made
