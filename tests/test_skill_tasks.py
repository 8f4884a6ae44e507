"""Tasks that a case brings as data: marks worked out by hand, a sentence for each wrong answer, and faults in the data."""

import itertools
import shutil

import pytest
import yaml
from marks import BOTH, A, M, rows, scored, tasks, too_few
from pages import press, sent

import medialit
from medialit.case.skills import Skill
from medialit.errors import CaseError, MedialitError
from medialit.exercises.records import Outcome
from medialit.files import data_path, kit_root
from medialit.progress import Progress
from medialit.units.registry import UNITS

SKILLS = {
    "1.7": "quotes",
    "2.7": "claims",
    "2.8": "claims",
    "3.7": "framing",
    "4.8": "sources",
    "4.9": "sources",
    "5.5": "correction",
}
EVERY = [pytest.param(case, name, id=f"{name} {case}") for name in SKILLS for case in BOTH]


def task_of(case, name):
    return tasks(SKILLS[name], case)[name]


def but(case, name, **changed):
    """The key with some cells changed: ``but(M, "1.7", r1="kind fact out")``; a dash leaves a cell empty."""
    key = task_of(case, name).answer()
    columns = next(iter(key.values()))
    for row, said in changed.items():
        key[row] = {column: value for column, value in zip(columns, said.split(), strict=True) if value != "-"}
    return key


# Each cell is worth the same. 1.7 has 18, 2.7, 2.8 and 3.7 have 12, 4.8 has 10, 4.9 has 14, and 5.5 has 10 of them.
TABLE = [
    (M, "1.7", but(M, "1.7", r1="nobody view out"), 15 / 18),
    (M, "1.7", but(M, "1.7", r1="named fact more", r3="kind fact more"), 17 / 18),  # two readings for half a point each
    (M, "1.7", but(M, "1.7", r4="named fact stay", r6="- - -"), 14 / 18),
    (A, "1.7", but(A, "1.7", r4="kind view more"), 17 / 18),
    (A, "1.7", but(A, "1.7", r2="nobody view out", r6="named fact stay"), 12 / 18),
    (A, "1.7", but(A, "1.7", r5="- fact more"), 16.5 / 18),
    (BOTH, "2.7", but(M, "2.7", r3="yes nothing", r4="yes claims"), 8 / 12),
    (BOTH, "2.7", but(M, "2.7", r2="yes inside"), 11.5 / 12),
    (BOTH, "2.7", but(M, "2.7", r5="yes -", r6="yes -"), 8 / 12),
    (M, "2.8", but(M, "2.8", r2="who sound", r4="when sound", r5="rule thin"), 10.5 / 12),
    (M, "2.8", but(M, "2.8", r6="who sound", r1="who thin"), 8.5 / 12),
    (M, "2.8", but(M, "2.8", r3="nothing -"), 10 / 12),
    (A, "2.8", but(A, "2.8", r3="when thin", r5="when sound"), 10.75 / 12),
    (A, "2.8", but(A, "2.8", r1="who thin", r6="who thin"), 9.5 / 12),
    (A, "2.8", but(A, "2.8", r2="who thin", r4="- off"), 10 / 12),
    (M, "3.7", but(M, "3.7", r1="asks p20"), 10.75 / 12),
    (M, "3.7", but(M, "3.7", r5="against p16", r6="source p15"), 10.75 / 12),
    (M, "3.7", but(M, "3.7", r2="bare p7", r3="bare -"), 8 / 12),
    (A, "3.7", but(A, "3.7", r6="source p3"), 11.5 / 12),
    (A, "3.7", but(A, "3.7", r1="bare p1", r2="bare p1"), 9.25 / 12),
    (A, "3.7", but(A, "3.7", r4="source p1", r5="bare nowhere"), 8.25 / 12),
    (BOTH, "4.8", but(M, "4.8", r5="none meeting"), 9 / 10),
    (BOTH, "4.8", but(M, "4.8", r2="caption meeting"), 8 / 10),
    (BOTH, "4.8", but(M, "4.8", r1="- meeting", r4="none test"), 8 / 10),
    (BOTH, "4.9", but(M, "4.9", r2="copy none", r5="copy none"), 13 / 14),
    (BOTH, "4.9", but(M, "4.9", r1="maker good", r4="maker good"), 10 / 14),
    (BOTH, "4.9", but(M, "4.9", r6="maker none", r7="- good"), 12 / 14),
    (BOTH, "5.5", but(M, "5.5", r1="limit drop", r2="source drop", r3="date check"), 8.5 / 10),
    (M, "5.5", but(M, "5.5", r4="nothing drop", r5="nothing share"), 8 / 10),
    (BOTH, "5.5", but(M, "5.5", r1="date wait", r5="nothing check"), 7.5 / 10),
    (A, "5.5", but(A, "5.5", r2="source share", r5="nothing share"), 8.75 / 10),
]


@pytest.mark.parametrize(("case", "name", "answer", "score"), rows(TABLE))
def test_partial_credit(case, name, answer, score):
    assert scored(SKILLS[name], case, name, answer).score == pytest.approx(score, abs=1e-6)


def test_every_one_is_in_the_table_three_times_on_either_story():
    assert too_few(TABLE, SKILLS) == []
    found = {name for plan in UNITS for name, task in tasks(plan.name).items() if task.text.table}
    assert found == set(SKILLS)


@pytest.mark.parametrize(("case", "name"), EVERY)
def test_the_same_in_every_row_is_no_answer(case, name):
    task = task_of(case, name)
    columns = {field.name: [option.key for option in field.options] for field in task.form.fields}
    every = list(itertools.product(*columns.values()))
    assert len(every) >= 6
    for same in every:
        result = task.check({row.key: dict(zip(columns, same, strict=True)) for row in task.form.rows})
        assert result.outcome is Outcome.NOT_YET, (same, result.score)


def full(cell):
    """The options that earn all of a cell."""
    return {cell.key} | {option for option, credit in cell.also.items() if credit == 1}


@pytest.mark.parametrize(("case", "name"), EVERY)
def test_each_wrong_answer_has_a_sentence_of_its_own(case, name):
    """One cell at a time: what is said names the row, is short, and differs from option to option."""
    task, tried = task_of(case, name), 0
    for row in task.skill.rows:
        for field in task.form.fields:
            names = {option.key: option.text for option in field.options}
            sentences = set()
            for option in names.keys() - full(row.cells[field.name]):
                answer = task.answer()
                answer[row.id][field.name] = option
                result = task.check(answer)
                assert result.score < 1
                said = result.message.partition(f"“{row.name}”: ")[2].removesuffix(
                    "(This reading can be defended, too, for part of the credit.)"
                )
                assert 10 <= len(said) <= 180, (row.id, option, said)
                sentences.add(said)
                tried += 1
            assert len(sentences) >= min(2, len(names) - 1)
    assert tried >= 18


def test_a_second_reading_is_called_one_and_a_wrong_one_is_not():
    task = task_of(M, "1.7")
    assert "can be defended" in task.check(but(M, "1.7", r4="named fact more")).message
    assert "can be defended" not in task.check(but(M, "1.7", r4="nobody fact more")).message


def test_many_slips_are_counted_and_three_rows_are_spoken_of():
    result = task_of(M, "2.7").check({f"r{n}": {"follows": "yes", "need": "claims"} for n in (1, 2, 4, 5, 6)})
    assert result.message.count("“") == 3
    assert "2 more rows do not fit yet." in result.next_step
    assert "2 answers are still missing." in result.next_step


def test_the_codes_of_known_misconceptions_are_kept():
    assert task_of(M, "4.8").check(but(M, "4.8", r2="caption test")).codes == ("S-C",)
    assert task_of(M, "5.5").check(but(M, "5.5", r4="nothing drop")).codes == ("W-D",)


# --- data that is missing or damaged ---


@pytest.fixture
def own(tmp_path):
    """A copy of the second case, and how its skills are changed."""
    folder = tmp_path / "own-case"
    shutil.copytree(data_path(A), folder)

    def change(edit):
        path = folder / "skills.yaml"
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        edit(data["skills"])
        path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        return medialit.load_case(folder)

    change.folder = folder
    return change


def numbers(unit, folder):
    return list(medialit.open_unit(unit, case=folder, progress=Progress()).tasks)


def test_a_case_without_the_data_leaves_the_tasks_out(own):
    own(lambda skills: skills.pop("caption"))
    assert {"4.8", "4.9"} & {*numbers("sources", own.folder)} == {"4.9"}
    (own.folder / "skills.yaml").unlink()
    assert not {"4.8", "4.9"} & {*numbers("sources", own.folder)}
    assert "1.7" not in numbers("quotes", own.folder)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda row: row["cells"]["do"].update(key="print"), "see “print”"),
        (lambda row: row["cells"]["do"].update(also={"maybe": 0.5}), "see “maybe”"),
        (lambda row: row["cells"]["do"]["says"].update(later="Later."), "see “later”"),
    ],
)
def test_a_key_that_cannot_be_chosen_is_named(own, edit, said):
    case = own(lambda skills: edit(skills["unnamed"]["rows"][0] | skills["unnamed"]["rows"][1]))
    task = medialit.open_unit("quotes", case=case.folder, progress=Progress()).tasks["1.7"]
    with pytest.raises(MedialitError, match=said):
        _ = task.form


def test_a_table_without_rows_is_named(own):
    case = own(lambda skills: skills["unnamed"].update(rows=[]))
    with pytest.raises(CaseError, match=r"field skills\.unnamed\.rows: This needs 1 or more"):
        _ = case.skills


def test_an_option_without_a_sentence_is_named(own):
    case = own(lambda skills: skills["caption"]["options"]["event"].update(other="something else"))
    task = medialit.open_unit("sources", case=case.folder, progress=Progress()).tasks["4.8"]
    with pytest.raises(MedialitError, match=r"one sentence for each option of “event”; see “other”"):
        _ = task.form


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda rows: rows[0]["rests"].append("c99"), "c99"),
        (lambda rows: rows[0]["cells"].pop("do"), "same columns"),
        (lambda rows: rows[1].update(id="r1"), "same id"),
        (lambda rows: rows[1].update(points=3), "not known here"),
    ],
)
def test_a_damaged_file_is_named_with_what_is_wrong(own, edit, said):
    case = own(lambda skills: edit(skills["unnamed"]["rows"]))
    with pytest.raises(CaseError, match=said):
        _ = case.skills


def test_several_can_be_ticked_and_are_scored_by_f1(own):
    def several(skills):
        for row in skills["repost"]["rows"]:
            cell = row["cells"]["lost"]
            cell["key"] = [cell["key"]] if row["id"] != "r1" else ["limit", "date"]

    case = own(several)
    task = medialit.open_unit("correction", case=case.folder, progress=Progress()).tasks["5.5"]
    answer = task.answer()
    assert task.check(answer).score == 1
    answer["r1"]["lost"] = ["limit"]  # one of two: F1 2/3
    result = task.check(answer)
    assert result.score == pytest.approx((9 + 2 / 3) / 10)
    assert "The date is there, in ¶11." in result.message
    answer["r1"]["lost"] = ["source", "date"]  # one right, one wrong: F1 1/2
    assert task.check(answer).score == pytest.approx(9.5 / 10)


# --- optional: nobody loses by leaving one out ---


def test_an_optional_task_counts_only_once_it_was_tried():
    from medialit.units.unit_progress import items_of, unit_progress

    unit = medialit.open_unit("quotes", progress=Progress())
    items = items_of(unit.plan, unit.case)
    for task in unit.tasks.values():
        if not task.text.optional:
            unit.submit(task.id, task.answer())
    for question in unit.questions.questions:
        unit.submit(question.id, question.key)
    before = unit_progress(unit.plan, items, M, unit.progress.entries())
    counts = len([task for task in unit.tasks.values() if not task.optional])
    all_of_it = counts + len(unit.questions.questions)
    assert (before.items, before.tried, before.exercises.points) == (all_of_it, all_of_it, counts)
    unit.submit("1.7", but(M, "1.7", r1="nobody view out"))
    after = unit_progress(unit.plan, items, M, unit.progress.entries())
    assert (after.items, after.tried) == (all_of_it + 1, all_of_it + 1)
    assert after.exercises.points == pytest.approx(counts + 15 / 18, abs=1e-4)


def test_the_gradebook_shows_an_optional_task_and_adds_it_to_nothing():
    from medialit.classroom.export import Totals
    from medialit.classroom.records import Book, Grade, Receipt

    def grade(learner, task, score):
        return Grade(learner, "quotes", task, "passed", score, 1.0, 1, "", M, "1")

    grades = [grade("ana", "1.6", 1.0), grade("ben", "1.6", 1.0), grade("ben", "1.7", 0.5)]
    people = [Receipt(name, "d", "k", "", ("quotes",)) for name in ("ana", "ben")]
    totals = Totals(Book([], grades, people), [])
    assert totals.most == {"Quotes tasks": 1.0}
    assert [totals.percent(name) for name in ("ana", "ben")] == ["100.00", "100.00"]


# --- my own wish: for the learner alone ---


def wished(**cells):
    """An answer to the six notes; ``a="no sorry check"`` for all notes of that half."""
    half = {key: dict(zip(("surprise", "wish", "do"), said.split(), strict=True)) for key, said in cells.items()}
    return {f"{n}{side}": dict(half[side]) for n in (1, 2, 3) for side in half}


def test_a_wish_is_shown_and_kept_nowhere(tmp_path):
    path = tmp_path / "my-progress.jsonl"
    unit = medialit.open_unit("correction", case=A, progress=Progress(path))
    before = list(unit.tasks)
    table = unit.own("wish")
    result = table.answer(wished(a="yes sorry doubt", b="no glad believe"))
    assert "You would be glad about 3 notes, and you believe 3 of them at once." in result.message
    assert "You would be sorry about 3 notes, and you believe 0 of them at once." in result.message
    assert "the posters, the numbers and the meeting differently" in result.message
    press(table, "check", answer=wished(a="no even check", b="no even check"))
    assert "You treat the two notes of every pair alike." in sent(table)
    assert unit.progress.entries() == []
    assert not path.exists() or path.read_text(encoding="utf-8") == ""
    (spec,) = table.blocks
    assert (spec["drafts"], spec["key"]) == (False, "")  # the browser keeps nothing, either
    assert "5.6" not in before
    assert unit.summary().value.count("My own wish") == 0


def test_a_wish_has_no_key_and_says_what_is_missing():
    table = medialit.open_unit("correction", case=A, progress=Progress()).own("wish")
    result = table.answer({"1a": {"wish": "glad"}})
    assert (result.outcome, result.score) == (Outcome.COMPLETE, 1.0)
    assert "17 answers are still missing" in result.next_step
    assert "alike" not in result.message
    assert table.answer(None).outcome is Outcome.NOT_ATTEMPTED
    assert "could be" not in table.text_form()
    assert '.own("wish").answer(' in table.text_form()


@pytest.mark.parametrize(("unit", "case"), [("correction", M), ("quotes", A)])
def test_where_there_is_no_such_table_it_is_said(unit, case):
    shown = medialit.open_unit(unit, case=case, progress=Progress()).own("wish")
    assert "There is no table “wish” for you alone" in shown.text


def test_no_report_and_no_grade_knows_a_wish():
    from medialit.classroom.items import AnswerKey

    items = AnswerKey().items("correction", A)
    assert not {"5.6", "wish"} & set(items.graded())


def test_the_guide_shows_a_table_that_can_be_read_and_names_each():
    guide = (kit_root() / "docs" / "authoring.md").read_text(encoding="utf-8")
    section = guide.partition("### Tables for the ☆ exercises")[2].partition("\n## ")[0]
    skills = yaml.safe_load(section.partition("```yaml")[2].partition("```")[0])["skills"]
    assert [*Skill.model_validate(skills["unnamed"]).rows[0].cells] == [*task_of(A, "1.7").skill.rows[0].cells]
    assert all(name in section for name in SKILLS)
