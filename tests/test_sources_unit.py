"""Unit 4: the merge is found from the learner's own table and piles, also in the short session; and bad texts."""

import pytest

import medialit
from medialit.progress import Progress


@pytest.fixture
def unit():
    return medialit.open_unit("sources", progress=Progress())


def test_the_short_session_of_four_rows_works_alone(unit):
    task = unit.tasks["4.1"]
    short = {row.key: task.answer()[row.key] for row in task.rows if row.cut}
    assert len(short) == 4
    result = unit.submit("4.1", short)
    assert (str(result.outcome), result.score) == ("passed", 1.0)
    assert "4 rows" in result.message


def test_a_row_that_was_begun_counts(unit):
    task = unit.tasks["4.1"]
    short = {row.key: task.answer()[row.key] for row in task.rows if row.cut}
    long_row = next(row for row in task.rows if not row.cut)
    assert task.check(short | {long_row.key: {"article": "not found"}}).score < 1


def test_before_an_answer_no_view_tells_of_two_events(unit):
    for view in (unit.my_matrix(), unit.my_timeline(), unit.cards()):
        assert "March 18" not in view.text
        assert "two piles of" not in view.text
    assert "first" in unit.my_timeline().text


def test_matrix_and_timeline_show_the_merge_without_a_hint(unit):
    for task in ("4.1", "4.3"):
        unit.submit(task, unit.tasks[task].answer())
    said = unit.my_timeline().text
    assert "this one story tells of the launches of March 18, 2024 and of the test of February 26, 2025" in said
    assert "told together in ¶8" in said
    assert "✗ contradicts" in unit.my_matrix().text


def test_one_pile_is_not_called_two(unit):
    unit.submit("4.3", {piece.claim: {"event": "A"} for piece in unit.case.coverage.split})
    assert "All your facts lie in one pile" in unit.my_timeline().text


def test_silence_read_as_denial_is_named(unit):
    task = unit.tasks["4.1"]
    answer = task.answer()
    answer["kishida"] = answer["kishida"] | {"reuters-b": "contradicts"}
    result = task.check(answer)
    assert result.codes == ("S-C",)
    assert "silence" in result.next_step


def test_a_second_defensible_label_counts(unit):
    task = unit.tasks["4.1"]
    row = next(r for r in task.rows if any(c.other for c in r.cells.values()))
    source, cell = next((s, c) for s, c in row.cells.items() if c.other)
    answer = task.answer()
    answer[row.key] = answer[row.key] | {source: cell.other}
    assert task.check(answer).score == 1


def test_the_questions_of_the_test_are_five_of_ten(unit):
    task = unit.tasks["4.7"]
    assert len(task.answer()) == 5
    assert len(task.form.options) == 10


@pytest.mark.parametrize("window", ["3", "5", "8", "12"])
def test_any_window_can_be_chosen(unit, window):
    share = unit.tasks["4.5"].shared(int(window)).a_in_b
    assert unit.submit("4.5", {"reuse": {"window": window, "share": share, "reading": "copied"}}).score == 1


def test_every_chart_of_the_unit_has_words_and_a_table(unit):
    for task in ("4.1", "4.3"):
        unit.submit(task, unit.tasks[task].answer())
    for view in (unit.words(), unit.voices(), unit.my_matrix(), unit.my_timeline(), unit.paragraph_dates(8)):
        assert 'alt="' in view.html
        assert "<table" in view.html
        assert "<caption" in view.html
