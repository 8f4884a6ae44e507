"""The forms of an answer: each is known in one place, and reads its own sample answers and nothing else."""

import importlib
import pkgutil
import re

import pytest

import medialit
import medialit.forms
from medialit.errors import MedialitError
from medialit.forms import Form
from medialit.progress import Progress
from medialit.units.registry import UNITS
from medialit.widgets.form import form_page
from medialit.widgets.page import script

TASKS = [task for plan in UNITS for task in medialit.open_unit(plan.name, progress=Progress()).tasks.values()]
ODD = [None, True, 3, "zz", [], ["zz"], [[1, 2, 3, 4]], {}, {"zz": 1}, {"zz": {"zz": 1}}, [None], {"text": 4}]


def test_every_form_is_in_the_file_of_its_kind_and_has_a_widget():
    assert len(TASKS) > 30
    for module in pkgutil.iter_modules(medialit.forms.__path__, "medialit.forms."):
        importlib.import_module(module.name)
    forms, waiting = set(), [Form]
    while waiting:
        more = waiting.pop().__subclasses__()
        forms, waiting = forms | set(more), waiting + more
    assert len(forms) > 10
    assert all(form.__module__ == f"medialit.forms.{form.kind}" for form in forms)
    assert {form.kind for form in forms} <= set(re.findall(r"kit\.forms\.(\w+) =", script()))


def test_a_form_with_a_page_of_its_own_gets_it_and_all_others_the_plain_one():
    pages = {task.form.kind: type(form_page(task.form)).__name__ for task in TASKS}
    assert (pages["spans"], pages["verify"], pages["choice"]) == ("SpansPage", "VerifyPage", "FormPage")
    assert all(name in ("FormPage", f"{kind.capitalize()}Page") for kind, name in pages.items())


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.label)
def test_a_form_reads_the_right_answer_and_refuses_odd_ones_in_a_sentence(task):
    assert task.form.problem(task.answer()) is None
    refused = [told for odd in ODD if (told := task.form.problem(odd))]
    assert len(refused) > 2
    assert all(told.endswith((".", "…")) and len(told) < 1500 for told in refused)
    assert all(line.strip() for line in task.form.in_words(task.answer()))


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.label)
def test_every_task_shows_its_keys_or_an_answer_to_copy(task):
    unit = medialit.open_unit(task.unit, progress=Progress())
    shown = unit.rows(task.label).text
    keys = task.form.all_keys()
    assert all(key.key in shown for key in keys)
    assert keys or task.form.sample() in shown
    assert "list of spans" not in shown


def test_what_is_read_has_the_type_that_a_score_can_rely_on():
    from medialit.forms import Field, Judgment, MarkedSpan, Option, SpanForm, TableForm, VerifyForm

    ab = (Option("a", "A"), Option("b", "B"))
    table = TableForm(ab, (Field("one", "?", ab), Field("many", "?", ab, several=True), Field("n", "?")))
    read = table.read({"a": {"one": "b", "many": ["a"], "n": 2.5}})
    assert (read["a"].key("one"), read["a"].keys("many"), read["a"].number("n")) == ("b", ["a"], 2.5)
    assert (read["b"].key("one"), read["b"].keys("many"), read["b"].number("n")) == ("", [], None)
    assert not read["b"]
    assert SpanForm(((1,),), ab).read([[1, 2, "a"]]) == [MarkedSpan(1, 2, "a")]
    judged = VerifyForm(ab, ab, ("c1",)).read({"a": {"verdict": "b", "evidence": ["c1"]}})
    assert judged == {"a": Judgment("b", ("c1",)), "b": Judgment()}
    with pytest.raises(MedialitError, match="needs a number"):
        table.read({"a": {"n": "two"}})
