"""The tasks are written against a case, not against the missile story: all of them run on an invented local one."""

import re

import pytest
from learners import NO_KEY, other
from some import some

import medialit
from medialit.case.coverage import LABELS
from medialit.exercises.records import Outcome
from medialit.files import data_path, list_cases, read_text
from medialit.progress import Progress
from medialit.scoring.spans import WordIndex, score_spans
from medialit.units.registry import UNITS

NAME = "averstow-pool"


def opened(unit):
    return medialit.open_unit(unit, case=NAME, progress=Progress())


def tasks():
    for plan in UNITS:
        if plan.name in SKIPPED:
            continue
        for task in opened(plan.name).tasks.values():
            yield pytest.param(task, id=task.label)


SKIPPED = {plan.name for plan in UNITS if plan.name == "framing" and not data_path(NAME, "frames.yaml").is_file()}
EVERY = list(tasks())


@pytest.mark.parametrize("task", EVERY)
def test_wrong_answers_do_not_pass(task):
    if task.label in NO_KEY:
        pytest.skip("a guess and a certainty have no key: giving one is full marks")
    answer = ["marks"] if task.label == "1.3" else other(task)
    result = task.check(answer)
    assert result.outcome in (Outcome.PARTLY, Outcome.NOT_YET), result
    assert result.score < task.text.pass_at


def test_a_certainty_or_a_rule_alone_and_places_in_hints():
    task = opened("claims").tasks["2.5"]
    answer = {name: {"certainty": "3"} for name in task.answer()}
    assert task.check(answer).outcome is Outcome.NOT_YET
    # Hints that point to a place point to the right one.
    quotes, sources = opened("quotes").tasks, opened("sources").tasks
    assert "¶13" in quotes["1.6"].hints[1]
    assert "¶9" in quotes["1.4"].hints[1]
    assert "36 belong" in quotes["1.5"].hints[2]
    assert sources["4.3"].crowded == (7, 8)


@pytest.mark.parametrize("rules", [["marks"], ["according"], []])
def test_one_rule_that_sees_little_does_not_beat_the_simplest(rules):
    assert opened("quotes").tasks["1.3"].check(rules).outcome is not Outcome.PASSED


def test_words_of_tasks_are_filled_in_and_those_of_the_course_speak_of_its_own_story():
    # That no task of this story speaks of the other one, ``leaks`` shows.
    for plan in some(UNITS):
        for name in (NAME, "missile-tests"):
            for task in some(medialit.open_unit(plan.name, name, progress=Progress()).tasks.values()):
                said = " ".join((task.prompt, *task.hints, task.solution_text()))
                assert "{" not in said
                assert name == NAME or "Averstow" not in said


def test_the_second_case_says_everywhere_that_it_is_invented():
    case = medialit.load_case(NAME)
    assert case.about.invented
    assert case.about.provenance.startswith("INVENTED")
    assert "invented" in case.title
    assert "invented" in read_text(data_path(NAME, "README.md")).lower()
    view = opened("quotes").read()
    assert "invented" in view.text
    assert "invented" in view.html
    assert "invented" not in medialit.open_unit("quotes", progress=Progress()).read().text
    for card in case.evidence:
        assert "(invented)" in card.publisher
        assert re.match(r"https://[\w.-]+\.example/", card.address)
    assert all("(invented)" in report.publisher for report in case.coverage.reports)


def test_the_second_case_is_the_size_of_a_lesson_and_holds_two_events():
    case = medialit.load_case(NAME)
    sentences = [s for s in case.article.sentences if case.article.blocks[s.block].number]
    words = sum(len(case.article[s.span].split()) for s in sentences)
    assert 500 <= words <= 700
    assert 14 <= words / len(sentences) <= 18
    checkable = [claim for claim in case.claims if claim.kind == "checkable"]
    assert sum(claim.verdict == "supported" for claim in checkable) >= 0.45 * len(checkable)
    assert len({claim.verdict for claim in checkable}) >= 5
    assert {quote.kind for quote in case.quotes} == {"direct", "mixed", "indirect", "scare"}
    # Two events meet in the second case too.
    gold = medialit.load_case(NAME).coverage
    events = {piece.event for piece in gold.split}
    assert {"A", "B"} <= events
    used = {cell.label for row in gold.matrix.rows for cell in row.cells.values()}
    assert used == set(LABELS)


@pytest.mark.parametrize("name", sorted(set(list_cases()) & {NAME, "missile-tests"}))
def test_the_quote_finder_reads_both_stories(name):
    case = medialit.load_case(name)
    index = WordIndex(case.article.text, case.article.words())
    found = [quote.content for quote in medialit.find_quotes(case.article)]
    assert score_spans(found, [quote.content for quote in case.quotes], index).f1 >= 0.90
