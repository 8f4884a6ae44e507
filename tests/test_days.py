"""Dates as authors write them."""

import pytest

from medialit.authoring.days import day_of
from medialit.errors import MedialitError


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025-03-10", "2025-03-10"),
        (" March 10, 2025 ", "2025-03-10"),
        ("10.3.2025", "2025-03-10"),
        ("13/11/2025", "2025-11-13"),
        ("11/13/2025", "2025-11-13"),
        ("7/7/2025", "2025-07-07"),
        ("2025-03", "2025-03"),
        ("2025", "2025"),
        ("", ""),
    ],
)
def test_a_date_that_means_one_day_is_taken(typed, day):
    assert day_of(typed) == day


@pytest.mark.parametrize("typed", ["12/11/2025", "11/12/2025", "11-12-2025"])
def test_a_date_that_can_mean_two_days_is_asked_about(typed):
    with pytest.raises(MedialitError, match=r"can mean two days\. Write 2025-11-12 or 2025-12-11\."):
        day_of(typed)


def test_what_is_no_date_is_said_with_what_else_can_be_done():
    with pytest.raises(MedialitError, match=r"“some day” is not a date that can be read\..*, or leave it empty\."):
        day_of("some day", ", or leave it empty")
    with pytest.raises(MedialitError, match=r"Write 2025-11-12 or 2025-12-11, or leave it empty\."):
        day_of("12/11/2025", ", or leave it empty")
