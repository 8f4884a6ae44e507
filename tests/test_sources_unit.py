"""Unit 4: the merge is found from the learner's own table and piles, also in the short session; and bad texts."""

import itertools

import pytest
from pages import press

import medialit
from medialit.errors import MedialitError
from medialit.lenses.sources.tokens import found_words
from medialit.progress import Progress
from medialit.show.sources import finding, voices_pair, words_chart
from medialit.show.tables import table_view
from medialit.units.sources.matrix import sides


@pytest.fixture
def unit():
    return medialit.open_unit("sources", progress=Progress())


def four_rows(unit):
    task = unit.tasks["4.1"]
    return {row.key: task.answer()[row.key] for row in task.rows if row.cut}


def test_the_short_form_shows_four_rows_and_hands_in_to_the_same_task(unit):
    widget = unit.task("4.1", short=True)
    assert [row.key for row in widget.task.form.rows] == list(four_rows(unit))
    assert "In class" not in widget.text_form()
    assert widget.answer(four_rows(unit)).score == 1
    assert unit.record.last(unit.tasks["4.1"]).answer == four_rows(unit)
    # Come back: the short form, and the long one, find the answer again.
    assert unit.task("4.1", short=True).form.value == four_rows(unit)
    assert unit.task("4.1").form.value == four_rows(unit)
    assert "agree with the story on one fact" in unit.my_matrix().text


def test_only_the_matrix_has_a_short_form_and_keeps_what_was_saved(unit):
    unit.submit("4.1", unit.tasks["4.1"].answer())
    assert unit.task("4.1", short=True).form.value == unit.tasks["4.1"].answer()
    with pytest.raises(MedialitError, match=r"Task 4\.2 has no short form"):
        unit.task("4.2", short=True)


def test_a_button_turns_to_the_short_form_and_back_and_hands_in_to_the_whole_task(unit):
    widget = unit.task("4.1")
    four, short = four_rows(unit), widget.block.spec["form"]["short"]
    assert short == {"rows": list(four), "few": "In class: 4 rows only", "all": "Show all 10 rows"}
    assert "Passed" not in press(widget, "check", answer=dict([next(iter(four.items()))]))["feedback"]
    assert len(widget.task.form.rows) == 10


@pytest.mark.parametrize("act", ["draft", "check"])
def test_the_short_form_does_not_take_the_place_of_more_rows(unit, act):
    press(unit.task("4.1"), act, answer=unit.tasks["4.1"].answer())
    widget = unit.task("4.1", short=True)
    assert (len(widget.task.form.rows), widget.form.value) == (10, unit.tasks["4.1"].answer())


def test_four_rows_and_the_piles_tell_of_the_merge_in_words_and_only_then(unit):
    assert "Fill in 4.1 first" in unit.my_matrix().text
    assert "stands" not in unit.my_matrix().text + unit.my_timeline().text
    unit.submit("4.1", four_rows(unit))
    said = unit.my_matrix().text
    assert "The article, like Kyodo News 2024-03-18 and AP 2024-03-18, disagrees with AP 2025-02-28" in said
    assert "The article, like KBS World 2025-02-22 and AP 2025-02-28, disagrees with Kyodo News 2024-03-18" in said
    assert "Kyodo News 2024-03-18 and AP 2025-02-28 each agree with the story on one fact" in said
    unit.submit("4.3", unit.tasks["4.3"].answer())
    assert "this one story is about" in unit.my_timeline().text


def test_the_words_follow_the_learners_cells_and_not_the_key(unit):
    blank = {row: dict.fromkeys(cells, "not found") for row, cells in four_rows(unit).items()}
    unit.submit("4.1", blank)
    assert "no source disagrees with the story" in unit.my_matrix().text


def test_sides_of_rows_that_say_nothing():
    assert sides([], "me") == ([], set())
    rows = [
        ("One", {"me": "states", "x": "states", "y": "contradicts"}),
        ("Two", {"me": "states", "x": "contradicts"}),
        ("Three", {"me": "contradicts", "x": "states"}),
        ("Four", {"x": "states", "y": "contradicts"}),
    ]
    found, both = sides(rows, "me")
    assert (found, both) == ([("One", ["x"], ["y"]), ("Two", [], ["x"])], {"x"})


@pytest.mark.parametrize(
    ("cell", "slip", "says", "code"),
    [
        (("kishida", "reuters-b"), "contradicts", "silence for a denial", ("S-C",)),
        (("words", "ap-b"), "contradicts", "different wording for a denial", ("S-D",)),
        (("kishida", "ap-a"), "states", "more than the card says", ()),
        (("ballistic", "ap-b"), "states", "the opposite", ()),
        (("ballistic", "ap-b"), "states differently", "both be true", ()),
        (("ballistic", "ap-b"), "not found", "isn't silence", ()),
        (("ballistic", "ap-a"), "not found", "does state the fact", ()),
        (("words", "ap-b"), "states", "not the same", ()),
        (("words", "ap-b"), "not found", "in other words", ()),
    ],
)
def test_every_slip_in_the_matrix_has_its_own_words(unit, cell, slip, says, code):
    answer = unit.tasks["4.1"].answer()
    answer[cell[0]] = answer[cell[0]] | {cell[1]: slip}
    result = unit.tasks["4.1"].check(answer)
    assert says in result.next_step
    assert result.codes == code
    assert next(row.text for row in unit.tasks["4.1"].rows if row.key == cell[0]) in result.next_step


@pytest.mark.parametrize("answer", [{"upi-28feb25": {"group": None}}, {"upi-28feb25": {}}])
def test_no_group_at_all_is_not_an_attempt(unit, answer):
    assert str(unit.tasks["4.2"].check(answer).outcome) == "not attempted"


def test_facts_and_reports_that_do_not_exist_are_named(unit):
    for call in (
        lambda: unit.compare("Z9"),
        lambda: unit.compare("A1", sources=["no-such"]),
        lambda: unit.model_reports("no-such"),
    ):
        with pytest.raises(MedialitError, match=r"There is no .*Known: "):
            call()


def test_titles_and_charts_of_nothing():
    assert finding([]) == "0 of 0 facts are stated by some source, and no source contradicts them"
    assert "2 groups" in finding([["states", "", "states"], ["silent", "states", ""]])
    assert finding([["states", "contradicts"], ["", ""]]) == "1 of 2 facts: one source states what another contradicts"
    assert "1 of 1 facts are stated" in finding([["states", "states"]])
    table = table_view([{"a": 1}], caption="A table")
    assert words_chart([], table) == table
    assert "Nobody is quoted" in voices_pair(("one", []), ("other", []), table).text


def test_rows_that_were_begun_and_second_labels(unit):
    task = unit.tasks["4.1"]
    short = {row.key: task.answer()[row.key] for row in task.rows if row.cut}
    long_row = next(row for row in task.rows if not row.cut)
    assert task.check(short | {long_row.key: {"article": "not found"}}).score < 1
    # A second defensible label counts.
    task = unit.tasks["4.1"]
    row = next(r for r in task.rows if any(c.other for c in r.cells.values()))
    source, cell = next((s, c) for s, c in row.cells.items() if c.other)
    answer = task.answer()
    answer[row.key] = answer[row.key] | {source: cell.other}
    assert task.check(answer).score == 1
    right = unit.tasks["4.7"].answer()
    assert unit.tasks["4.7"].check([*right, "threat"]).codes == ("S-I",)
    assert unit.tasks["4.7"].check([*right, "told"]).codes == ("S-G",)
    # Neither the order nor the names of the pages give the origins away.
    task = unit.tasks["4.2"]
    origins = [task.origins[row.key] for row in task.form.rows]
    assert sum(a == b for a, b in itertools.pairwise(origins)) <= 2
    assert not any(row.text.startswith(("AP", "Reuters")) for row in task.form.rows)


def test_no_views_tell_before_an_answer_and_one_pile_is_not_called_two(unit):
    for view in (unit.my_matrix(), unit.my_timeline(), unit.cards()):
        assert "March 18" not in view.text
        assert "two piles of" not in view.text
    assert "first" in unit.my_timeline().text
    unit.submit("4.3", {piece.claim: {"event": "A"} for piece in unit.case.coverage.split})
    assert "All your facts are in one pile" in unit.my_timeline().text


def test_matrix_and_timeline_show_the_merge_without_a_hint(unit):
    for task in ("4.1", "4.3"):
        unit.submit(task, unit.tasks[task].answer())
    said = unit.my_timeline().text
    assert "this one story is about the launches of March 18, 2024 and about the test of February 26, 2025" in said
    assert "mixed together in ¶8" in said
    assert "✗ contradicts" in unit.my_matrix().text


def test_every_chart_of_the_unit_has_words_and_a_table(unit):
    for task in ("4.1", "4.3"):
        unit.submit(task, unit.tasks[task].answer())
    for view in (
        unit.words(),
        unit.voices(),
        unit.compare("A2", "B4"),
        unit.my_matrix(),
        unit.my_timeline(),
        unit.timeline(8),
    ):
        assert '<svg role="img" aria-label="' in view.html
        assert "<table" in view.html
        assert "<caption" in view.html


@pytest.mark.parametrize("case", ["missile-tests", "averstow-pool"])
def test_every_run_that_is_shown_stands_in_the_story_and_is_short(case):
    unit = medialit.open_unit("sources", case=case, progress=Progress())
    traces = unit.case.coverage.about.traces
    assert len(traces) >= 2
    for trace in traces:
        for run in trace.runs:
            (found,) = medialit.shared_passages(unit.case.article, run, n=4).runs
            assert found.words == len(list(found_words(run))) <= min(15, trace.longest)
            assert f"“{run}” ({found.words} words)" in unit.traces().text


def test_the_two_texts_are_a_year_apart_and_the_rest_is_not_claimed(unit):
    text = unit.traces().text
    (kishida,) = [line for line in text.splitlines() if "international society" in line]
    (enemies,) = [line for line in text.splitlines() if "our security environment" in line]
    assert ("2024-03-18" in kishida, "14 words" in kishida, kishida.split()[-1]) == (True, True, "¶9")
    assert ("2025-02-28" in enemies, "19 words" in enemies, enemies.split()[-1]) == (True, True, "¶15")
    assert "Who joined them, and why, is not known." in text


def test_the_picture_of_dates_belongs_to_the_end_of_this_unit(unit):
    rows = [line for line in unit.timeline().text.splitlines() if line.startswith("¶")]
    assert {row.split()[0] for row in rows} >= {"¶8", "¶9", "¶15", "¶17"}
    only = [line for line in unit.timeline(8).text.splitlines() if line.startswith("¶")]
    assert [row.split() for row in only] == [row.split() for row in rows if row.startswith("¶8 ")]
    # What ¶8 says itself, not only what the record has about it.
    assert len(only) == 2
    assert "the fourth of the year" in only[1]
    assert any("2024-03-18" in row for row in only)
    assert any("2025-02-26" in row for row in only)
    assert not hasattr(medialit.open_unit("claims", progress=Progress()), "timeline")
