"""The forms of an answer, one file a form."""

from __future__ import annotations

from medialit.forms.act import ActForm
from medialit.forms.base import Form, Key, Option, is_blank
from medialit.forms.card import Blank, CardForm
from medialit.forms.choice import ChoiceForm
from medialit.forms.correct import Corrected, CorrectForm, Passage
from medialit.forms.lab import Comparison, LabForm
from medialit.forms.matrix import MatrixForm
from medialit.forms.number import NumberForm
from medialit.forms.order import OrderForm
from medialit.forms.rewrite import RewriteForm, RewriteSentence, RewriteSlot
from medialit.forms.spans import MarkedSpan, SpanForm
from medialit.forms.table import Cells, Field, Table, TableForm
from medialit.forms.text import TextForm
from medialit.forms.verify import Judgment, VerifyForm
