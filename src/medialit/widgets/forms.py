"""One widget for each form of answer. ``value`` is the plain answer that the code door would hand in."""

from __future__ import annotations

from typing import Any

from medialit.article import Article
from medialit.errors import MedialitError
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
from medialit.widgets.card import CardWidget, CorrectWidget
from medialit.widgets.evidence import EvidenceWidget
from medialit.widgets.fields import ActWidget, ChoiceWidget, NumberWidget, TableWidget, TextWidget
from medialit.widgets.form import FormWidget
from medialit.widgets.lab import LabWidget
from medialit.widgets.marking import MarkingWidget
from medialit.widgets.matrix import MatrixWidget
from medialit.widgets.order import OrderWidget
from medialit.widgets.rewrite import RewriteWidget

# The first that fits: a form that is a special kind of another stands before it.
_WIDGETS: dict[type, Any] = {
    LabForm: LabWidget,
    RewriteForm: RewriteWidget,
    CorrectForm: CorrectWidget,
    CardForm: CardWidget,
    MatrixForm: MatrixWidget,
    OrderForm: OrderWidget,
    ActForm: ActWidget,
    ChoiceForm: ChoiceWidget,
    NumberForm: NumberWidget,
    TextForm: TextWidget,
    TableForm: TableWidget,
}
# These have words of their own, and take no label.
_UNLABELLED = (LabForm, RewriteForm, CorrectForm, CardForm, MatrixForm)


def form_widget(form: Form, article: Article | None = None, label: str | None = None, desk: Any = None) -> FormWidget:
    """The widget of a form. A SpanForm needs the article, a VerifyForm the desk.

    Raises MedialitError for an unknown form.
    """
    if isinstance(form, VerifyForm):
        if desk is None:
            raise MedialitError("This task needs an evidence desk, but none was given.")
        return EvidenceWidget(form, desk)
    if isinstance(form, SpanForm):
        if article is None:
            raise MedialitError("This task marks words in an article, but no article was given.")
        return MarkingWidget(form, article)
    made = next((widget for kind, widget in _WIDGETS.items() if isinstance(form, kind)), None)
    if made is None:
        raise MedialitError(f"There is no widget for an answer of the form “{type(form).__name__}”.")
    return made(form, label) if label and not isinstance(form, _UNLABELLED) else made(form)
