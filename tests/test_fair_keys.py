"""Keys that a good learner finds fair: two defensible readings both count, and no answer passes without a choice."""

import pytest
from some import some

from medialit import open_unit
from medialit.case import load_case
from medialit.exercises.quiz import load_quiz
from medialit.exercises.records import Outcome
from medialit.files import course_path
from medialit.forms import ChoiceForm, TableForm
from medialit.progress import Progress
from medialit.units.registry import UNITS

CASES = ("missile-tests", "averstow-pool")


def tasks(case):
    for plan in UNITS:
        yield from open_unit(plan.name, case, progress=Progress()).tasks.values()


@pytest.mark.parametrize("case", CASES)
def test_a_claim_that_cards_contradict_can_be_called_contradicted(case):
    """Unless as many cards support it: then the cards are about two events, or two times."""
    gold = load_case(case).claim_gold
    against = {claim.id: [card.id for card in gold.evidence if claim.id in card.contradicts] for claim in gold.claims}
    backed = {claim.id: [card.id for card in gold.evidence if claim.id in card.supports] for claim in gold.claims}
    found = [
        claim for claim in gold.claims if len(against[claim.id]) >= 2 and len(against[claim.id]) > len(backed[claim.id])
    ]
    assert len(found) >= 4
    for claim in found:
        if claim.verdict != "outdated":
            assert "contradicted" in (claim.verdict, claim.other), claim.id


def test_a_changed_quotation_is_misattributed_or_contradicted():
    cases = {name: load_case(name).claim_gold for name in CASES}
    for claim in (cases["missile-tests"].claim("c30"), cases["averstow-pool"].claim("c26")):
        assert {claim.verdict, claim.other} == {"misattributed", "contradicted"}
        assert claim.share == 0.5
    label = open_unit("claims", progress=Progress()).tasks["2.4"].text.options["verdicts"]["misattributed"]
    assert "words the speaker did not use" in label


def everything(form):
    """The answer of somebody who ticks all there is; None when the form has nothing to tick."""
    if isinstance(form, ChoiceForm) and form.several:
        return [option.key for option in form.options]
    if isinstance(form, TableForm) and any(field.several for field in form.fields):
        return {
            row.key: {f.name: [o.key for o in f.options] if f.several else f.options[0].key for f in form.fields}
            for row in form.rows
        }
    return None


@pytest.mark.parametrize("case", CASES)
def test_nobody_passes_a_task_by_ticking_everything(case):
    ticked = {task.label: task.check(answer) for task in tasks(case) if (answer := everything(task.form)) is not None}
    assert len(ticked) >= 3
    assert [name for name, result in ticked.items() if result.outcome in (Outcome.PASSED, Outcome.COMPLETE)] == []


def test_nobody_passes_a_question_by_ticking_everything():
    questions = [
        q for path in course_path(".").glob("*/quiz.yaml") for q in load_quiz(path).questions if q.type == "several"
    ]
    assert len(questions) >= 2
    for question in questions:
        assert question.check([option.id for option in question.options]).outcome is not Outcome.PASSED, question.stem


@pytest.mark.parametrize("case", CASES)
def test_arguable_statements_have_two_kinds(case):
    """A vague warning, a challenge to come and a question that suggests its answer: readers can differ."""
    statements = load_case(case).claim_gold.classify
    either = [s for s in statements if s.other]
    assert len(either) >= (3 if case == "missile-tests" else 1)
    for s in either:
        task = next(t for t in tasks(case) if t.label == "2.2")
        answer = task.answer()
        assert task.check(answer | {s.key: {"kind": s.other}}).score == 1.0


@pytest.mark.parametrize("case", CASES)
def test_no_prompt_names_its_own_answer(case):
    """The instruction of a chain does not name a hand that belongs to it."""
    task = next(t for t in tasks(case) if t.label == "1.4")
    named = {option.key: option.text.lower() for option in task.form.options}
    for key in some(task.answer()):
        assert named[key] not in task.prompt.lower()
