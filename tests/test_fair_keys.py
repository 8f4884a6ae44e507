"""Keys that a good learner finds fair: two defensible readings both count, and no answer passes without a choice."""

from pathlib import Path

import pytest
import yaml
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
    """The question of a chain does not name a hand that belongs to it; the record that is given with it may."""
    task = next(t for t in tasks(case) if t.label == "1.4")
    named = {option.key: option.text.lower() for option in task.form.options}
    for key in some(task.answer()):
        assert named[key] not in f"{task.case.chain.question} {task.text.instruction}".lower()


# --- answers of readers who did not see the keys ---

BY_READERS = yaml.safe_load(Path(__file__).with_name("answers_by_readers.yaml").read_text(encoding="utf-8"))
DONE = (Outcome.PASSED, Outcome.COMPLETE)


@pytest.mark.parametrize("name", BY_READERS)
def test_answers_count_as_a_teacher_would_count_them(name):
    unit = open_unit(name, progress=Progress())
    known = {**{task.label: task for task in unit.tasks.values()}, **{q.id: q for q in unit.questions.questions}}
    rows = BY_READERS[name]
    assert len(rows) == 34
    wrong = []
    for row in rows:
        result = known[row["task"]].check(row["answer"])
        if (result.outcome in DONE) != (row["kind"] in ("sensible", "reader")):
            wrong.append((row["task"], row["kind"], row["why"], result))
        # What only a person can find out is never passed by a program.
        assert row["kind"] != "reader" or result.outcome is Outcome.COMPLETE
    assert wrong == []


@pytest.mark.parametrize(
    ("given", "meant"),
    [("B", "b"), (" b ", "b"), ("b)", "b"), ("(B)", "b"), ("b.", "b"), ("bb", "bb"), (7, 7), (["B"], ["b"])],
)
def test_a_key_may_be_typed_in_any_of_the_usual_ways(given, meant):
    assert open_unit("welcome", progress=Progress()).tasks["0.0"].plain(given) == meant


def test_words_of_the_learners_own_are_never_changed():
    """Also where they look like a key."""
    for name, label in (("correction", "5.4"), ("correction", "5.3"), ("framing", "3.5")):
        task = open_unit(name, progress=Progress()).tasks[label]
        answer = task.answer() | {"found": "C21.", "text": "C21)", "w1": "W2 ."}
        assert task.plain(answer) == answer
    task = open_unit("correction", progress=Progress()).tasks["5.4"]
    assert task.plain({"sure": 3, "rating": "1", "date": "3", "claim": "C21"}) == {
        "sure": "3",
        "rating": "1",
        "date": "3",
        "claim": "c21",
    }


@pytest.mark.parametrize("case", CASES)
def test_the_key_of_every_task_is_written_as_it_is_saved(case):
    checked = [task.plain(task.answer()) == task.answer() for task in tasks(case)]
    assert len(checked) > 30
    assert all(checked)
