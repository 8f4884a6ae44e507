"""What the course says it takes is not far below what reading and tasks take."""

import pytest
from some import some
from typer.testing import CliRunner

from medialit.authoring.commands import app
from medialit.authoring.times import FORMS, PROSE, Timed, reading, tasks, times


def test_no_stated_time_is_more_than_15_percent_too_short():
    found = [*some(times()), *some(tasks())]
    assert len(found) > 150
    assert sum(one.computed > 1 for one in found) > 80  # most of it is something to read or to do
    assert [
        f"{one.sitting}, {one.section}: {one.stated:g} of {one.computed:.1f}" for one in found if one.too_short
    ] == []


@pytest.mark.parametrize(
    ("markdown", "minutes"),
    [
        ("word " * 200, 1),
        ("| word |\n" * 120, 1),
        ("word " * 100 + "\n\n" + "| word | word |\n" * 30, 0.5 + 0.5),
        ("```{code-cell} ipython3\n" + "word\n" * 500 + "```\n\n" + "word " * 50, 0.25),
        (":::{measure}\n" + "word " * 500 + "\n:::\n\n" + "word " * 50, 0.25),  # folded
        (":::{limits}\n" + "word " * 50 + "\n:::\n", 0.25),
        ("% rests: course\n" + "word " * 50, 0.25),
        ("*Code door, optional.* " + "word " * 500, 0),
        ("", 0),
    ],
    ids=["prose", "table", "both", "code", "folded box", "open box", "note for authors", "code door", "nothing"],
)
def test_prose_is_read_faster_than_tables(markdown, minutes):
    assert (PROSE, FORMS) == (200, 120)
    assert reading(markdown) == pytest.approx(minutes)


@pytest.mark.parametrize(("stated", "short"), [(10, False), (8.5, False), (8.4, True), (20, False)])
def test_fifteen_percent_is_the_limit(stated, short):
    assert Timed("alone", "1", "x", stated, 10).too_short is short


def test_six_claims_take_longer_than_two():
    """What was found: 14 minutes were stated for six claims, and in class they hold two."""
    (desk,) = (one for one in tasks() if one.section.startswith("2.4"))
    assert desk.computed == pytest.approx(28, abs=1.5)
    assert Timed("task", "2", "2.4", 14, desk.computed).too_short


def test_authors_see_the_table_and_can_ask_for_what_is_too_short():
    shown = CliRunner().invoke(app, ["times"])
    assert shown.exit_code == 0
    assert len(shown.output.splitlines()) == len(times()) + len(tasks()) > 150
    assert CliRunner().invoke(app, ["times", "--short"]).output == ""
